"""Indicators: the planned change in its allowed form, what is missing, and the counts; worked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.kpis.listing import (
    Series,
    Value,
    count_series,
    describe_listing,
    list_unique,
    read_series,
)
from planbook.analysis.kpis.planned_change import REASONS, compare_units, compute_planned_change, split_unit
from planbook.analysis.kpis.progress_computation import compute_progress
from planbook.analysis.kpis.reasons import REASONS as OTHER_REASONS
from planbook.load.plan import load_plan

PLACE = {"document": "text", "locator": "L1"}


def value(kind, written, number=None, unit=None, *, state="number", year=None, as_of=None):
    decimal = None if number is None else Decimal(number)
    return Value(kind, state, decimal, unit, year, as_of, written, "text", "L1")


def series(*values, kpi_id="k1", type="level", unit="人", direction="up", **fields):
    """A series with the given values; every other column has an unremarkable content."""
    columns = {
        "goal_id": "g1", "role": "kpi", "code": None, "name": kpi_id, "group": None, "survey_n": None,
        "on_track_rule": None, "repeats": None, "as_written": kpi_id, **PLACE,
    } | fields  # fmt: skip
    return Series(kpi_id=kpi_id, type=type, unit=unit, direction=direction, values=values, **columns)


def pair(base, target, unit="人", target_unit=None, **fields):
    return series(
        value("baseline", base, base, unit), value("target", target, target, target_unit or unit),
        **({"unit": unit} | fields),
    )  # fmt: skip


# ------------------------------------------------- the table of the 004 document, computed by hand

KITAMOTO = {
    # 438.3 − 431.5 = 6.8; 6.8 ÷ 431.5 = 1.576 %
    "k5-1": ("percent", "6.8", "1.6", "万円", None),
    "k5-3": ("none", None, None, None, "no_baseline"),
    "k6-3-1": ("direction", None, None, None, "direction_only"),
    # 0 − (−40) = 40; no percentage of a negative base
    "k7-1": ("difference", "40", None, "人", "base_not_positive"),
    "k1-1": ("direction", None, None, None, "direction_only"),
    # 380 − 340 = 40; 40 ÷ 340 = 11.76 %
    "k7-2": ("percent", "40", "11.8", "人", None),
    # 19.00 − 18.43 = 0.57; 21.50 − 20.72 = 0.78; years have no percentage
    "k2-2-male": ("difference", "0.57", None, "年", "years"),
    "k2-2-female": ("difference", "0.78", None, "年", "years"),
    "k3-2": ("direction", None, None, None, "direction_only"),
    # 60.3 − 57.6 = 2.7 points, not 4.7 %
    "k4-1": ("points", "2.7", None, "ポイント", None),
    # 246,500 − 272,000 = −25,500; ÷ 272,000 = −9.375 %
    "k4-3": ("percent", "-25500", "-9.4", "t-CO2", None),
    "k4-6": ("zero", "0", None, "人", None),
    # 60.0 − 48.6 = 11.4; 60.0 − 26.2 = 33.8
    "k1-4-children": ("points", "11.4", None, "ポイント", None),
    "k1-4-students": ("points", "33.8", None, "ポイント", None),
    "k3-1-1": ("direction", None, None, None, "direction_only"),
    # 2件/年 − 1件 = 1件, if both are meant for one year; no percentage in that doubt
    "k3-1-2": ("difference", "1", None, "件", "stock_or_flow"),
    "k3-2-repeat": ("direction", None, None, None, "direction_only"),
    # 20 − 11 = 9; one more or less would move a percentage by 9 points
    "k6-3-2": ("difference", "9", None, "件", "small_count"),
}


@pytest.fixture(scope="module")
def kitamoto(real_data):
    plan = load_plan(real_data, "11233-strategy-2")
    return {one.kpi_id: one for one in read_series(plan.frame("kpis"), plan.frame("kpi_values"))}


@pytest.mark.parametrize("kpi_id", KITAMOTO)
def test_the_planned_change_of_every_row(kitamoto, kpi_id):
    change = compute_planned_change(kitamoto[kpi_id])
    form, difference, pct, unit, refusal = KITAMOTO[kpi_id]
    assert (change.form, change.unit, change.refusal) == (form, unit, refusal)
    assert change.difference == (None if difference is None else Decimal(difference))
    rounded = None if change.change_pct is None else str(round(change.change_pct, 1))
    assert rounded == pct


def test_remarks_stand_beside_a_difference(kitamoto):
    remarks = {kpi_id: compute_planned_change(one).remark for kpi_id, one in kitamoto.items()}
    assert {k for k, remark in remarks.items() if remark == "unit_written_differently"} == {
        "k4-3", "k4-6", "k3-1-2"
    }  # fmt: skip
    assert {k for k, remark in remarks.items() if remark == "survey_without_n"} == {
        "k4-1", "k1-4-children", "k1-4-students"
    }  # fmt: skip


def test_the_counts(kitamoto):
    counts = count_series(list(kitamoto.values()))
    # 16 rows of which 3-2 twice; 2-2 and 1-4 have two groups each: 16 + 2 = 18, 15 + 2 = 17
    assert (counts.rows, counts.listed, counts.indicators, counts.series) == (16, 18, 15, 17)
    # 17 = 12 pairs + 4 arrows + 2 without baseline − 1-1, which is both
    assert (counts.with_pair, counts.direction_only, counts.without_baseline) == (12, 4, 2)
    assert (counts.with_baseline_year, counts.with_target_year, counts.without_target) == (3, 0, 0)


def test_a_document_of_names(real_data):
    plan = load_plan(real_data, "03213-comprehensive-2")
    listed = read_series(plan.frame("kpis"), plan.frame("kpi_values"))
    assert (len(listed), describe_listing(listed)) == (8, "names")


@pytest.mark.parametrize("plan_id", ["07210-strategy-2", "03213-strategy-1", "07202-strategy-3"])
def test_a_document_without_indicators(real_data, plan_id):
    plan = load_plan(real_data, plan_id)
    listed = read_series(plan.frame("kpis"), plan.frame("kpi_values"))
    assert (listed, describe_listing(listed), count_series(listed).series) == ([], "none", 0)


# ------------------------------------------------- forms, one rule at a time


@pytest.mark.parametrize(
    ("one", "form", "refusal"),
    [
        (pair("200", "150"), "percent", None),
        (pair("0", "30"), "difference", "base_not_positive"),
        (pair("-40", "-10"), "difference", "base_not_positive"),
        (pair("120", "-10"), "difference", "sign_change"),
        (pair("120", "0", direction="down"), "percent", None),
        (pair("99", "120"), "difference", "small_count"),
        (pair("100", "120"), "percent", None),
        (pair("1.42", "1.80", unit=None, type="rate"), "difference", "rate"),
        (pair("100", "105", unit=None, type="index"), "difference", "rate"),
        (pair("50.0", "55.0", unit="%", type="rate"), "points", None),
        (pair("50.0", "55.0", unit="％", type="level"), "points", None),
        (pair("380", "380"), "maintain", None),
        (pair("0", "0", direction="down"), "zero", None),
        (pair("0", "0", direction="up"), "maintain", None),
        (pair("500", "0.05", unit="万円", target_unit="億円"), "none", "different_units"),
        (pair("120", "130", unit="名", target_unit="人"), "percent", None),
        (pair("120", "130", unit="人", target_unit="人/年"), "difference", "stock_or_flow"),
        (pair("0", "1", type="yes_no", unit=None), "none", "yes_no"),
        # a rate is one whatever type it is entered under; a percentage of it depends on its scale
        (pair("1.10", "1.24", unit="倍"), "difference", "rate"),
        (pair("2", "3", unit="倍"), "difference", "rate"),
        (pair("5", "8", unit="年間"), "difference", "years"),
        (pair("30", "45", unit="日"), "percent", None),  # a length of time is an amount
    ],
)
def test_forms(one, form, refusal):
    change = compute_planned_change(one)
    assert (change.form, change.refusal) == (form, refusal)
    assert (change.change_pct is not None) == (form == "percent")


@pytest.mark.parametrize("state", ["none", "unknown", "suppressed"])
def test_a_value_that_is_no_number_is_never_a_zero(state):
    missing_base = series(value("baseline", "-", state=state), value("target", "20人", "20"))
    missing_target = series(value("baseline", "20人", "20"), value("target", "-", state=state))
    assert compute_planned_change(missing_base).refusal == "no_baseline"
    assert compute_planned_change(missing_target).refusal == "no_target"
    assert compute_planned_change(series()).refusal == "no_target"


def test_an_arrow_is_never_a_difference_even_with_a_baseline():
    arrow = series(value("baseline", "3,908件", "3908"), value("target", "↗", state="up"))
    assert compute_planned_change(arrow).difference is None


def test_every_refusal_has_its_sentence():
    change = compute_planned_change(pair("-40", "0"))
    assert change.reason == "当初値が0以下のため、割合では示さず、差だけを示します。"
    assert all(sentence.endswith("。") for sentence in REASONS.values())
    said_twice = [key for key in set(REASONS) & set(OTHER_REASONS) if REASONS[key] != OTHER_REASONS[key]]
    assert said_twice == ["no_baseline"]  # there an actual is at hand


def test_units():
    assert split_unit("件／年") == ("件", True)
    assert compare_units("0人", "0人") == "same"
    assert compare_units("％", "%") == "same"
    assert compare_units("t-CO2", "t-CO2/年") == "per_year"
    assert compare_units("人", "件") == "different"
    assert compare_units(None, "人") == "different"


def test_the_planned_change_runs_from_the_first_baseline_to_the_last_target():
    # 2015: 100人, 2020: 110人; interim 2023: 130人, targets 2025: 140人 and 2030: 180人 → 180 − 100 = 80
    one = series(
        value("baseline", "110", "110", year=2020), value("baseline", "100", "100", year=2015),
        value("target", "180", "180", year=2030), value("target", "140", "140", year=2025),
        value("interim", "130", "130", year=2023), value("actual", "120", "120", year=2022),
    )  # fmt: skip
    assert compute_planned_change(one).difference == 80
    assert [item.fiscal_year for item in one.of_kind("target")] == [2025, 2030]


# ------------------------------------------------- reading and counting


def frames(*rows):
    kpis = [
        {
            "kpi_id": kpi_id, "goal_id": goal, "role": "kpi", "code": None, "name": name, "group": group, "unit": "人",
            "type": "level", "direction": "up", "survey_n": None, "on_track_rule": None, "repeats": None,
            "as_written": name, "note": None, "tolerance": None, "statistic": None, "department": None, "row": 2,
            **PLACE,
        }
        for kpi_id, goal, name, group, _ in rows
    ]  # fmt: skip
    values = [
        {
            "kpi_id": kpi_id, "kind": "target", "state": "number", "value": Decimal(number), "unit": "人",
            "fiscal_year": None, "as_of": None, "as_written": f"{number}人", "source_id": None, "years": None,
            "respondents": None, "published": None, "row": 2, **PLACE,
        }
        for kpi_id, _, _, _, number in rows
    ]  # fmt: skip
    return pd.DataFrame(kpis), pd.DataFrame(values)


def test_a_repetition_without_a_mark_is_found_by_name_group_and_values():
    read = read_series(*frames(("a", "g1", "参加率", None, "30"), ("b", "g2", "参加率", None, "30")))
    assert [one.repeats for one in read] == [None, "a"]
    assert count_series(read).series == 1


def test_a_repetition_is_found_by_what_the_plan_states_and_not_by_its_actuals():
    kpis, values = frames(("a", "g1", "参加率", None, "30"), ("b", "g2", "参加率", None, "30"))
    actual = values.iloc[[0]].assign(kind="actual", fiscal_year=2022, value=Decimal("27"), as_written="27人")
    read = read_series(
        kpis, pd.concat([values, actual], ignore_index=True).astype(object).where(lambda f: f.notna(), None)
    )
    assert [one.repeats for one in read] == [None, "a"]
    arrows = values.assign(state="up", value=None, as_written="↗")
    both = pd.concat([arrows, actual, actual.assign(kpi_id="b")], ignore_index=True).astype(object)
    # the same number measured later does not make two names one indicator
    assert [one.repeats for one in read_series(kpis, both.where(both.notna(), None))] == [None, None]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # a fiscal year ends in the spring of the next year
        ({"as_of": "2025-10-01"}, {"year": 2025}),
        ({"as_of": "2025"}, {"year": 2025}),
        ({"as_of": "2025-09-30"}, {"as_of": "2025-10"}),
        ({}, {"as_of": "1990"}),
    ],
)
def test_values_stand_in_the_order_of_the_last_day_that_they_can_mean(first, second):
    for kind in ("baseline", "target", "actual", "interim"):
        one, other = value(kind, "1", "1", **first), value(kind, "2", "2", **second)
        for listed in ((one, other), (other, one)):
            assert series(*listed).of_kind(kind) == (one, other)
    listed = series(
        value("baseline", "2", "2", **second), value("baseline", "1", "1", **first),
        value("target", "4", "4", **second), value("target", "3", "3", **first),
    )  # fmt: skip
    assert (listed.baseline.value, listed.target.value) == (1, 4)


def test_the_same_name_with_another_value_or_group_is_no_repetition():
    rows = [
        ("a", "g1", "参加率", None, "30"),
        ("b", "g2", "参加率", None, "40"),
        ("c", "g2", "参加率", "男性", "30"),
    ]
    assert list_unique(read_series(*frames(*rows))) == read_series(*frames(*rows))


def test_without_a_number_a_name_makes_no_repetition():
    kpis, values = frames(("a", "g1", "満足度", None, "30"), ("b", "g2", "満足度", None, "30"))
    assert [one.repeats for one in read_series(kpis, None)] == [None, None]
    arrows = values.assign(state="up", value=None, as_written="↗")
    assert [one.repeats for one in read_series(kpis, arrows)] == [None, None]


@pytest.mark.parametrize("change", [{"code": ["1-1", "2-1"]}, {"role": ["kpi", "reference"]}])
def test_another_code_or_role_makes_no_repetition(change):
    kpis, values = frames(("a", "g1", "参加率", None, "30"), ("b", "g2", "参加率", None, "30"))
    assert [one.repeats for one in read_series(kpis.assign(**change), values)] == [None, None]


def test_groups_of_one_indicator_are_one_indicator():
    rows = [("a", "g1", "寿命", "男性", "18"), ("b", "g1", "寿命", "女性", "20")]
    counts = count_series(read_series(*frames(*rows)))
    assert (counts.indicators, counts.series) == (1, 2)


def test_a_plan_without_the_tables():
    assert read_series(None, None) == []


# ------------------------------------------------- properties

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
types = st.sampled_from(["level", "annual_flow", "cumulative", "rate", "index", "survey_share", "undecided"])
units = st.sampled_from(["人", "件", "%", "年", "万円", "t-CO2", None])


@given(numbers, numbers, types, units)
def test_the_difference_adds_up_and_nothing_divides_by_zero(base, target, type_, unit):
    change = compute_planned_change(pair(base, target, unit=unit, type=type_))
    assert base + change.difference == target
    if change.change_pct is not None:
        assert base > 0
        assert change.change_pct * (target - base) >= 0  # the percentage has the sign of the difference


@given(numbers, numbers, types, st.integers(min_value=1, max_value=1000))
def test_a_percentage_does_not_depend_on_the_unit(base, target, type_, factor):
    one = compute_planned_change(pair(base, target, unit="万円", type=type_))
    other = compute_planned_change(pair(base * factor, target * factor, unit="円", type=type_))
    assert (one.form, one.refusal) == (other.form, other.refusal)
    if one.change_pct is not None:
        assert abs(one.change_pct - other.change_pct) < Decimal("0.000001")


def spanned(base, target, base_years, target_years, **fields):
    one = pair(base, target, **{"unit": "件", "type": "undecided"} | fields)
    years = [None if y is None else Decimal(y) for y in (base_years, target_years)]
    return replace(one, values=tuple(replace(v, years=y) for v, y in zip(one.values, years, strict=True)))


@pytest.mark.parametrize(
    ("one", "form", "difference", "refusal"),
    [
        # 20 a year against 12: a yearly flow needs no word on its years
        (spanned("12", "100", None, "5", type="annual_flow"), "difference", 8, "total_of_years"),
        (spanned("12", "100", "1", "5", type="annual_flow"), "difference", 8, "total_of_years"),
        (spanned("12", "20", None, "1", type="annual_flow"), "difference", 8, "small_count"),
        (spanned("60", "100", "3", "5", type="annual_flow"), "none", None, "years_differ"),
        (spanned("12", "100", None, "5"), "none", None, "base_years_unknown"),
        (spanned("12", "100", None, "5", type="level"), "none", None, "base_years_unknown"),
        (spanned("60", "100", "5", None), "none", None, "target_years_unknown"),
        (spanned("12", "100", None, "5", type="cumulative"), "none", None, "total_base"),
        (spanned("12", "100", "1", None, type="cumulative"), "none", None, "total_years_unknown"),
        (spanned("120", "200", None, None, type="cumulative"), "percent", 80, None),  # a running total
    ],
)
def test_a_total_of_years_is_not_subtracted_from_something_else(one, form, difference, refusal):
    change = compute_planned_change(one)
    assert (change.form, change.difference, change.refusal) == (form, difference, refusal)
    if refusal == "total_of_years":
        refusal, difference = "one_year_base", None
    progress = compute_progress(one, period_end=None)
    assert progress.planned == difference
    if difference is None:
        assert progress.refusals["planned"] == refusal


spans = st.sampled_from([None, 1, 3, 5])


@given(st.tuples(numbers, numbers), types, st.tuples(units, units, units), st.tuples(spans, spans))
def test_both_computations_of_the_planned_change_agree(figures, type_, written, years):
    one = spanned(*figures, *years, type=type_, unit=written[0])
    values = [replace(v, unit=u) for v, u in zip(one.values, written[1:], strict=True)]
    one = replace(one, values=tuple(values))
    change, progress = compute_planned_change(one), compute_progress(one, period_end=None)
    if change.refusal == "total_of_years":
        assert progress.refusals["planned"] == "one_year_base"
    else:
        assert change.difference == progress.planned
        assert change.difference is None or split_unit(change.unit)[0] == progress.difference_unit


@given(numbers, types, units)
def test_keeping_a_value_is_no_change(base, type_, unit):
    change = compute_planned_change(pair(base, base, unit=unit, type=type_))
    assert change.form in ("maintain", "zero")
    assert change.difference == 0
