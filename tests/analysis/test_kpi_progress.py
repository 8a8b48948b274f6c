"""Typed KPI arithmetic: cases worked by hand, and what must hold of any numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from kpi_arithmetic_house import PERIOD_END, from_case, series, triple, value
from planbook.analysis.kpis.forms import Form, form_of
from planbook.analysis.kpis.moments import mixes_kinds, moment_of, moment_of_day
from planbook.analysis.kpis.on_track import group_rules, judge_under_all
from planbook.analysis.kpis.pace import path, path_points
from planbook.analysis.kpis.planned_change import compute_planned_change
from planbook.analysis.kpis.progress_computation import compute_progress, compute_readings
from planbook.analysis.kpis.reasons import REASONS, REMARKS, VERDICTS
from planbook.load.reference import load_reference
from planbook.vocabulary.rounding import round_half_up

# every scalar stays the string that it is written as: 35.0 has a digit, "-" is no number
CASES = yaml.load(
    (Path(__file__).parent / "kpi_cases.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
KEYS = {
    "name", "why", "role", "type", "direction", "unit", "tolerance", "baseline", "interim", "target", "actual",
    "assumed_target_end", "form", "difference_unit", "figures", "reasons", "margin", "verdict", "verdict_reason",
    "yearly", "marks", "reason", "remarks",
}  # fmt: skip
FIGURES = {
    "planned": "planned", "change": "change", "gap": "gap", "progress": "progress_pct", "elapsed": "elapsed_pct",
    "required": "required_pace", "observed": "observed_pace", "ratio": "pace_ratio_pct", "projection": "projection",
    "path": "path_value",
}  # fmt: skip
RULES = ("national", "tama", "nagano", "nagayo")


@pytest.fixture(scope="module")
def rules(real_data):
    return group_rules(load_reference(real_data).table("on_track_rules").rows)


def rounded_like(number, expected: str):
    if number is None:
        return "-"
    decimals = len(expected.partition(".")[2])
    return str(round_half_up(number, decimals))


def progress_of(case):
    assumed = case.get("assumed_target_end")
    return compute_progress(
        from_case(case),
        period_end=PERIOD_END,
        assumed_target_end=date.fromisoformat(assumed) if assumed else None,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_worked_by_hand(case, rules):
    assert set(case) <= KEYS, "a misspelt key would check nothing"
    progress = progress_of(case)
    assert progress.form == case["form"]
    expected = case["figures"]
    found = {name: rounded_like(getattr(progress, FIGURES[name]), words) for name, words in expected.items()}
    assert found == {name: words if words == "-" else str(Decimal(words)) for name, words in expected.items()}
    refusals = {
        name: progress.refusals.get(FIGURES[name].replace("elapsed_pct", "elapsed")) for name in expected
    }
    assert {name: refusals[name] for name, words in expected.items() if words != "-" and refusals[name]} == {}
    assert [name for name, words in expected.items() if words == "-" and refusals[name] not in REASONS] == []
    for name, key in case.get("reasons", {}).items():
        assert (name, refusals.get(name)) == (name, key)
    assert progress.remarks == tuple(case.get("remarks", ()))
    assert (progress.verdict or "-") == case.get("verdict", "-")
    assert progress.verdict_refusal == case.get("verdict_reason") or "verdict_reason" not in case
    if "difference_unit" in case:
        assert progress.difference_unit == case["difference_unit"]
    if "margin" in case:
        assert rounded_like(progress.margin and progress.margin.width, case["margin"]) == case["margin"]
    if "yearly" in case:
        total = progress.accumulation
        assert (total.yearly_target, total.yearly_base) == tuple(
            Decimal(case["yearly"][k]) for k in ("target", "base")
        )
    judged = judge_under_all(progress, rules)
    assert tuple(judged[rule].mark_ja or "-" for rule in RULES) == tuple(case["marks"])
    if "reason" in case:
        assert {judgement.reason for judgement in judged.values()} == {case["reason"]}


def test_the_cases_cover_every_form_and_every_reason():
    assert len(CASES) >= 30
    assert {case["form"] for case in CASES} == set(get_args(Form))
    said = {key for case in CASES for key in progress_of(case).refusals.values()}
    said |= {progress_of(case).verdict_refusal for case in CASES} | {case.get("reason") for case in CASES}
    # the rest has its own tests, here and with the rules
    elsewhere = {"total_base", "zero_total", "target_years_unknown", "accumulation_differs", "dates_reversed",
                 "no_direction", "no_width", "no_yearly_base",
                 "rate", "years", "small_count", "total_of_years", "stock_or_flow"}  # fmt: skip
    assert set(REASONS) - said == elsewhere
    assert {case.get("verdict", "-") for case in CASES} - {"-"} == set(VERDICTS)


def test_every_sentence_is_a_sentence():
    assert all(sentence.endswith("。") for sentence in (*REASONS.values(), *REMARKS.values()))
    assert "達成" not in "".join(VERDICTS.values())


# ------------------------------------------------- dates


@pytest.mark.parametrize(
    ("words", "day", "time"),
    [
        ("1 @ FY2025", date(2026, 3, 31), Fraction(2026) + Fraction(1, 4)),
        ("1 @ 2019", date(2019, 12, 31), Fraction(2020)),
        ("1 @ 2025-10", date(2025, 10, 31), Fraction(2025) + Fraction(10, 12)),
        ("1 @ 2024-02-29", date(2024, 2, 29), Fraction(2024) + Fraction(2, 12)),
        ("1 @ 2025-10-01", date(2025, 10, 1), 2025 + (9 + Fraction(1, 31)) / 12),
    ],
)
def test_a_value_holds_on_the_last_day_that_its_date_can_mean(words, day, time):
    moment = moment_of(value("actual", words))
    assert (moment.last_day, moment.time) == (day, time)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1)))
def test_a_day_comes_back_from_its_time(day):
    assert moment_of_day(day).last_day == day


def test_dates_of_different_kinds_are_mixed_unless_they_fall_on_one_day_of_the_year():
    year, fiscal, march = (moment_of(value("actual", f"1 @ {w}")) for w in ("2019", "FY2025", "2024-03-31"))
    assert (fiscal.time - year.time, mixes_kinds(year, fiscal)) == (
        Fraction("6.25"),
        True,
    )  # 2020.0 → 2026.25
    assert (fiscal.time - march.time, mixes_kinds(march, fiscal, None)) == (2, False)


def test_the_latest_actual_is_by_its_last_day():
    # fiscal year 2023 ends on 2024-03-31, after 2023-10-01, though "2023" sorts before it
    one = series(*(value("actual", w) for w in ("7 @ FY2023", "5 @ 2023-10-01")))
    assert compute_progress(one, period_end=None).actual_value == 7


# ------------------------------------------------- the path


def test_the_path_bends_at_interim_and_earlier_targets():
    one = series(
        value("baseline", "100 @ FY2020"), value("interim", "106 @ FY2023"), value("target", "110 @ FY2024"),
        value("target", "130 @ FY2026"),
    )  # fmt: skip
    assert [(m.last_day.year, v) for m, v in path_points(one)] == [
        (2021, 100),
        (2024, 106),
        (2025, 110),
        (2027, 130),
    ]
    days = [date(year, 3, 31) for year in (2020, 2021, 2022, 2024, 2026, 2027, 2028)]
    # outside: none; 100 + 6/3; 110 + 20/2
    assert [path(one, day) for day in days] == [None, 100, 102, 106, 120, 130, None]


def test_the_path_of_a_total_starts_from_nothing():
    one = series(
        value("baseline", "12 @ FY2018 years=1"), value("target", "100 @ FY2025 years=5"), type="cumulative"
    )
    assert [(m.last_day, v) for m, v in path_points(one)] == [
        (date(2021, 3, 31), 0),
        (date(2026, 3, 31), 100),
    ]
    assert path(one, date(2024, 3, 31)) == 60


@pytest.mark.parametrize(
    "one",
    [
        triple(100, 120, 110, dates=("-", "FY2025", "FY2023")),
        triple(100, 120, 110, dates=("FY2020", "-", "FY2023")),
        triple(100, 120, 110, dates=("FY2025", "FY2020", "FY2023")),
        triple(100, "↗", 110),
        triple("-", 120, 110),
        triple(0, 1, 0, type="yes_no"),
        series(value("baseline", "5 @ FY2020 unit=千人"), value("target", "6000 @ FY2025")),
    ],
)
def test_without_a_straight_line_there_is_no_path(one):
    assert path_points(one) == ()
    assert path(one, date(2023, 3, 31)) is None


def test_an_undated_target_has_a_path_only_as_if():
    one = triple(100, 150, 130, dates=("FY2020", "-", "FY2023"))
    assert path(one, date(2024, 3, 31)) is None
    assert path(one, date(2024, 3, 31), PERIOD_END) == 130


# ------------------------------------------------- readings


def test_an_undated_target_gives_two_readings_and_the_second_is_labelled():
    stated, assumed = compute_readings(
        triple(340, 380, 350, dates=("FY2020", "-", "FY2023")), period_end=PERIOD_END
    )
    assert (stated.reading, stated.elapsed, stated.reason("elapsed")) == (
        None,
        None,
        REASONS["no_target_date"],
    )
    assert (assumed.reading, assumed.elapsed_pct) == ("計画最終年度と解した場合", 60)
    assert (stated.gap, stated.ratio) == (assumed.gap, assumed.ratio)


def test_a_dated_target_is_never_read_otherwise():
    (only,) = compute_readings(triple(340, 380, 350), period_end=date(2030, 3, 31))
    assert (only.reading, only.elapsed_pct) == (None, 60)
    forced = compute_progress(triple(340, 380, 350), period_end=None, assumed_target_end=date(2030, 3, 31))
    assert (forced.assumed_target_end, forced.elapsed_pct) == (None, 60)


def test_today_tells_the_unfinished_and_the_overdue():
    one = triple(340, 380, 350)
    remarks = [compute_progress(one, period_end=None, today=date(*day)).remarks
               for day in ((2024, 3, 30), (2024, 3, 31), (2026, 3, 31), (2026, 4, 1))]  # fmt: skip
    assert remarks == [("unfinished",), (), (), ("past_due",)]


def test_a_target_beyond_the_plan_is_remarked():
    assert "target_after_period" in compute_progress(triple(1, 2, 1), period_end=date(2025, 3, 31)).remarks


def test_a_declared_unit_of_a_year_is_remarked():
    one = series(value("baseline", "1 @ FY2020 unit=件"), value("target", "2 @ FY2025 unit=件/年"), unit="件")
    progress = compute_progress(one, period_end=PERIOD_END)
    assert (progress.planned, progress.difference_unit) == (1, "件")
    assert "unit_written_differently" in progress.remarks


def test_the_unit_of_a_value_is_its_own_or_the_indicators_and_no_other_values():
    rows = (
        value("baseline", "5 @ FY2020", None),
        value("target", "7 @ FY2025"),
        value("actual", "6 @ FY2023"),
    )
    borrowed = compute_progress(series(*rows, unit=None), period_end=PERIOD_END)
    assert (borrowed.refusals["planned"], borrowed.gap) == ("different_units", 1)
    assert compute_progress(series(*rows, unit="人"), period_end=PERIOD_END).planned == 2


def test_without_a_baseline_the_gap_has_the_unit_of_the_target():
    one = series(value("target", "60 @ FY2025", "%"), value("actual", "50 @ FY2023", "%"), unit=None)
    progress = compute_progress(one, period_end=PERIOD_END)
    assert (progress.unit, progress.difference_unit, progress.gap) == ("%", "ポイント", 10)


def test_a_target_is_reached_from_the_side_that_is_better():
    assert compute_progress(triple(10, 11, 14), period_end=None).attained is True
    assert compute_progress(triple(10, 11, 10.5), period_end=None).attained is False
    assert compute_progress(triple(14, 11, 10, direction="down"), period_end=None).attained is True
    contradicted = compute_progress(triple(120, 100, 110), period_end=None)
    assert (contradicted.attained, contradicted.required_pace) == (None, -5)


def test_what_chance_may_do_to_the_planned_change_in_words():
    share = triple("57.6", "60.3", "58.8", unit="%", type="survey_share", survey_n=Decimal(1000))
    words = compute_progress(share, period_end=None).margin_words
    assert str(words) == "標本誤差±4.3ポイント。8割の見込みで見分けられる差は6.2ポイントから"
    births = triple(340, 380, 350, type="annual_flow")
    assert str(compute_progress(births, period_end=None).margin_words) == "偶然の幅±53人"
    few = triple(1, 2, 1, unit="件", type="annual_flow")
    assert str(compute_progress(few, period_end=None).margin_words) == "偶然の幅±3.4件"
    unknown = triple("57.6", "60.3", "58.8", unit="%", type="survey_share")
    assert compute_progress(unknown, period_end=None).margin_words is None
    assert compute_progress(triple(300, 350, 335), period_end=None).margin_words is None
    kept = triple(0, 0, 0, type="annual_flow", direction="down")
    assert compute_progress(kept, period_end=None).margin_words is None  # no change is planned


# ------------------------------------------------- totals of several years


def total(*actuals, base="12 @ FY2020 years=1", target="100 @ FY2025 years=5", **fields):
    bases = [value("baseline", base, "件")] if base else []
    rows = [value("actual", words, "件") for words in actuals]
    return series(
        *bases, value("target", target, "件"), *rows, **{"type": "cumulative", "unit": "件"} | fields
    )


@pytest.mark.parametrize(
    ("one", "figure", "reason"),
    [
        (total("50 @ FY2023", type="annual_flow"), "gap", "one_year_actual"),
        (total("50 @ FY2023", type="undecided"), "gap", "actual_years_unknown"),
        (total("50 @ FY2023 years=3", base="60 @ FY2020 years=5", target="100 @ FY2025", type="undecided"), "planned", "target_years_unknown"),
        (total("50 @ FY2023 years=4"), "gap", "accumulation_differs"),
        (total("0 @ FY2023 years=3", target="0 @ FY2025 years=5"), "ratio", "zero_total"),
        (total("50 @ FY2023", base="60 @ FY2020 years=5"), "planned", "total_base"),
        (total("50 @ FY2023", target="100 @ - years=5"), "observed_pace", "no_target_date"),
        (total("50 @ FY2019"), "observed_pace", "before_baseline"),
        (triple(100, 120, 110, dates=("FY2025", "FY2025", "FY2026")), "elapsed", "dates_reversed"),
    ],
)  # fmt: skip
def test_reasons_of_rare_cases(one, figure, reason):
    assert compute_progress(one, period_end=PERIOD_END).refusals[figure] == reason


def test_a_total_without_a_baseline_still_counts_from_nothing():
    progress = compute_progress(total("50 @ FY2023", base=None), period_end=PERIOD_END)
    # 50/100, three of the five years
    assert (progress.progress_pct, progress.elapsed_pct, progress.accumulation.yearly_base) == (50, 60, None)
    assert "from_zero" in progress.remarks


def test_a_zero_total_that_is_zero_is_kept(rules):
    progress = compute_progress(total("0 @ FY2023 years=3", target="0 @ FY2025 years=5", direction="down"), period_end=None)  # fmt: skip
    assert (progress.form, progress.verdict) == ("ceiling_zero", "zero_kept")
    assert judge_under_all(progress, rules)["national"].mark == "A"


def test_the_planned_change_of_a_total_is_its_yearly_flow():
    change = compute_planned_change(total())
    # 100 ÷ 5 − 12 = 8 a year; never 100 against 12
    assert (change.form, change.difference, change.change_pct, change.unit) == (
        "difference",
        8,
        None,
        "件/年",
    )
    assert (change.refusal, change.remark) == ("total_of_years", "converted_to_yearly")


def test_equal_numbers_of_one_and_of_five_years_are_not_a_target_to_maintain():
    one = total(base="100 @ FY2020 years=1")
    assert form_of(one) == "cumulative"
    assert compute_planned_change(one).difference == -80


# ------------------------------------------------- the real plan


def test_every_indicator_of_every_real_plan_has_figures_or_reasons(real_data, rules):
    from planbook.analysis.kpis.series import read_series  # noqa: PLC0415
    from planbook.load.plan import load_plan  # noqa: PLC0415

    plan = load_plan(real_data, "11233-strategy-2")
    for one in read_series(plan.frame("kpis"), plan.frame("kpi_values")):
        for progress in compute_readings(one, period_end=PERIOD_END):
            assert progress.gap is None  # no actual is entered
            assert progress.reason("gap")
            kind = "outside" if progress.form == "direction_only" else "not_yet"
            assert {j.kind for j in judge_under_all(progress, rules).values()} == {kind}


# ------------------------------------------------- properties

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
positive = st.decimals(min_value="0.01", max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
dates = st.sampled_from(["FY2018", "FY2020", "FY2023", "FY2025", "2019", "2022-10", "2021-01-15", "-"])
types = st.sampled_from(
    ["level", "annual_flow", "cumulative", "rate", "index", "survey_share", "yes_no", "undecided"]
)
directions = st.sampled_from(["up", "down", "keep", "undecided"])
years = st.sampled_from([None, Decimal(1), Decimal(3), Decimal(5)])
texts = st.one_of(numbers, st.sampled_from(["↗", "↘", "→", "-"]))


@given(
    st.tuples(texts, texts, numbers),
    st.tuples(dates, dates, dates),
    types,
    directions,
    st.tuples(years, years, years),
)
def test_nothing_divides_by_zero_and_everything_is_a_number_or_has_a_reason(
    rules, figures, when, type_, direction, spans
):
    one = triple(*figures, dates=when, type=type_, direction=direction, unit="件")
    one = replace(one, values=tuple(replace(v, years=y) for v, y in zip(one.values, spans, strict=True)))
    for progress in compute_readings(one, period_end=PERIOD_END, today=date(2026, 11, 28)):
        for name in (*FIGURES.values(), "ratio", "planned_pace"):
            figure = getattr(progress, name)
            reason = progress.refusals.get(name.replace("elapsed_pct", "elapsed"))
            assert (figure is None) == (reason is not None), name
            assert reason is None or progress.reason(name.replace("elapsed_pct", "elapsed"))
        for judgement in judge_under_all(progress, rules).values():
            assert judgement.mark
            assert (judgement.kind in ("not_yet", "outside")) == (judgement.reason is not None)
            assert (judgement.kind == "outside") == (progress.form == "direction_only")
        assert progress.required_pace is None or not progress.attained
        if progress.projection is not None and all(v.value >= 0 for v in one.values if v.is_number):
            assert progress.projection >= 0


plain_types = st.sampled_from(["level", "annual_flow", "index", "undecided"])


def whole(base, target, actual, type_="level", **fields):
    return compute_progress(
        triple(base, target, actual, type=type_, direction="undecided", **fields), period_end=None
    )


@given(numbers, numbers, numbers, plain_types)
def test_no_sign_is_lost(base, target, actual, type_):
    progress = whole(base, target, actual, type_)
    assert base + progress.change == actual
    assert actual + progress.gap == target
    assert base + progress.planned == target
    if progress.ratio is not None:
        assert (progress.ratio > 0) == (progress.change * progress.planned > 0)
        if not progress.attained:
            assert progress.required_pace * 2 == progress.gap
        assert progress.observed_pace * progress.change >= 0


@given(numbers, numbers, numbers, plain_types)
def test_a_unit_a_thousand_times_smaller_changes_no_ratio_and_no_mark(rules, base, target, actual, type_):
    one, other = whole(base, target, actual, type_), whole(base * 1000, target * 1000, actual * 1000, type_)
    assert one.form == other.form
    assert one.ratio == other.ratio
    assert one.progress_pct == other.progress_pct
    assert one.gap * 1000 == other.gap
    assert marks(one, rules) == marks(other, rules)


@given(positive, positive, numbers, plain_types)
def test_less_is_better_is_the_mirror_of_more(rules, base, target, actual, type_):
    assume(base != target)
    # mirrored at the baseline, so that its tenth stays its tenth
    one, other = whole(base, target, actual, type_), whole(base, 2 * base - target, 2 * base - actual, type_)
    assert (one.ratio, -one.gap) == (other.ratio, other.gap)
    assume("ceiling_zero" not in (one.form, other.form))
    assert marks(one, rules) == marks(other, rules)


@given(numbers, numbers)
def test_the_ends_of_progress(base, target):
    assume(base != target)
    assert whole(base, target, base).ratio == 0
    assert whole(base, target, target).ratio == 1


@given(numbers, numbers, numbers)
def test_at_the_end_the_projection_is_the_actual(base, target, actual):
    progress = whole(base, target, actual, dates=("FY2020", "FY2025", "FY2025"))
    assert progress.elapsed == 1
    if progress.form != "ceiling_zero":
        assert progress.projection == actual


@given(numbers, numbers, numbers, numbers)
def test_a_better_actual_never_gets_a_worse_mark(rules, base, target, first, second):
    assume(base != target)
    better, worse = (max, min) if target > base else (min, max)
    good, bad = (whole(base, target, pick(first, second)) for pick in (better, worse))
    for rule, judgement in judge_under_all(good, rules).items():
        other = judge_under_all(bad, rules)[rule]
        if judgement.kind == other.kind == "class":
            assert judgement.rank <= other.rank


def marks(progress, rules):
    return {rule: judgement.mark for rule, judgement in judge_under_all(progress, rules).items()}
