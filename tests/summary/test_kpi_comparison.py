"""What documents list of indicators, counted by hand, and what plans share: by statistic, by name, by likeness."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from comparison_house import ALL, KITAMOTO, NIHONMATSU, NINOHE, NINOHE_BASIC, plan_of
from kpi_arithmetic_house import series, triple, value
from kpi_comparison_house import add_plan, births, indicator, rate
from planbook.load.plan import load_readable
from planbook.summary.comparison import shared_indicators
from planbook.summary.comparison.comparable_values import Member, Reason, compare_values, year_of
from planbook.summary.comparison.kpi_comparison import KpiComparison, Written, gather_kpi_comparison
from planbook.summary.comparison.shared_indicators import LOWEST_LIKENESS, compare_plans
from planbook.summary.comparison.shared_targets import percent_of
from planbook.summary.goal_structure.plan_goals import gather_plan_goals


def compare(*plan_ids: str) -> KpiComparison:
    return gather_kpi_comparison([plan_of(plan_id) for plan_id in plan_ids])


def row(comparison, plan_id):
    return next(row for row in comparison.plans if row.plan.plan_id == plan_id)


# ------------------------------------------------------------------------------------------------ what is listed


def test_the_order_is_that_of_the_codes_whatever_order_they_come_in():
    ids = list(ALL)
    random.Random(3).shuffle(ids)
    assert ids != list(ALL)
    assert [row.plan.plan_id for row in compare(*ids).plans] == list(ALL)


def test_no_plan_at_all():
    comparison = gather_kpi_comparison([])
    assert (comparison.plans, comparison.shared, comparison.targets) == ((), (), ())
    assert (comparison.alike.pairs, comparison.alike.found) == ((), 0)
    assert (
        comparison.listing == comparison.with_values == comparison.with_pairs == comparison.with_actuals == []
    )


def test_the_counts_of_a_document_with_values_by_hand():
    """北本市: 18 rows of kpis.csv, one of them again (再掲); two indicators have two groups each."""
    found = row(compare(*ALL), KITAMOTO)
    assert found.written == Written(
        series=17,
        baseline=15,  # 5-3 and 1-1 have 「-」
        baseline_year=3,  # (H30), (R1), (R1)
        target=13,  # the four other ones are ↗
        target_year=0,
        measurable=0,
        pairs=12,  # of the 13 targets, 5-3 has no baseline
        surveys=5,  # 1-1, 3-2, 4-1, and 1-4 for 児童 and 生徒
        surveys_with_n=0,
        actual=0,
    )
    assert found.indicators == 15
    assert found.by_role == {"target_indicator": 15}
    assert found.by_type == {
        "annual_flow": 6,
        "rate": 1,
        "undecided": 3,
        "survey_share": 4,
        "level": 1,
    }
    # 3-2 stands under 基本目標4 and again under 横断的な目標: it counts in both themes
    assert found.by_theme == {"G1": 2, "G2": 2, "G3": 2, "G4": 5, "X1": 4, "X2": 1}
    assert found.without_goal == 0
    assert found.goals_without == ()


def test_names_without_values_and_documents_without_indicators():
    comparison = compare(*ALL)
    names = row(comparison, NINOHE_BASIC)
    assert (names.indicators, names.written.series, names.written.baseline, names.written.pairs) == (
        8,
        8,
        0,
        0,
    )
    assert names.by_theme["G4"] == 4
    nothing = row(comparison, NIHONMATSU)
    assert nothing.written is None  # not in this document is no count of 0
    assert (nothing.indicators, nothing.goals_without) == (0, None)
    assert [r.plan.plan_id for r in comparison.listing] == [NINOHE_BASIC, KITAMOTO]
    assert [r.plan.plan_id for r in comparison.with_values] == [KITAMOTO]
    assert comparison.with_actuals == []


def test_an_indicator_without_a_goal_and_a_goal_without_an_indicator(country):
    plan = add_plan(country, 1, [indicator("移住者数", goal_id=""), indicator("創業の件数", "件")])
    found = gather_kpi_comparison([plan]).plans[0]
    assert found.without_goal == 1
    assert [goal.goal_id for goal in found.goals_without] == ["g2"]
    assert found.by_theme == {None: 2}


def test_a_reference_indicator_is_listed_and_not_measured(country):
    happy = indicator("地域幸福度", "点", role="reference", baseline="50 @ 2020", target="60 @ 2025")
    found = gather_kpi_comparison(
        [add_plan(country, 1, [happy, rate(base="1.3 @ 2019", aim="1.5 @ 2024")])]
    ).plans[0]
    assert (found.indicators, found.written.series) == (2, 1)


def test_a_broken_plan_is_left_out_and_the_others_are_compared(country):
    add_plan(country, 1, [rate(base="1.3 @ 2019", aim="1.5 @ 2024")])
    add_plan(country, 2, [rate(base="1.2 @ 2019", aim="1.6 @ 2024")])
    country.replace(country.path / "plans" / "47999-strategy-2" / "kpis.csv", ",rate,up,", ",ratio,up,")
    plans, broken = load_readable(country.root, country.root.plan_ids())
    assert broken == ["47999-strategy-2"]
    comparison = gather_kpi_comparison(plans)
    assert len(comparison.plans) == 1
    assert comparison.shared == ()


# ------------------------------------------------------------------------------------- may values be compared?

STATISTIC = {"statistic": "s1"}


def member(plan_id: str, one) -> Member:
    return Member(SimpleNamespace(plan=SimpleNamespace(plan_id=plan_id)), SimpleNamespace(series=one))


def judged(*pairs):
    return compare_values([member(plan_id, one) for plan_id, one in pairs])


def usual(base=100, aim=120, **fields):
    return triple(base, aim, 110, **{**STATISTIC, **fields})


@pytest.mark.parametrize(
    ("other", "verdict", "reasons"),
    [
        (usual(), "yes", []),
        (series(unit="人", **STATISTIC), "no", [Reason("values", plans=1, total=2)]),
        (usual(unit="件"), "no", [Reason("units", ("人", "件"))]),
        (usual(unit=None), "no", [Reason("units", ("人", None))]),
        (usual(unit="人/年"), "part", [Reason("yearly")]),
        (usual(unit="名"), "yes", []),  # another spelling of 人
        (usual(type="cumulative"), "no", [Reason("types", ("level", "cumulative"))]),
        (usual(type="undecided"), "part", [Reason("undecided")]),
        (usual(group="男性"), "no", [Reason("groups", (None, "男性"))]),
        (usual(name="一人あたりの指標"), "no", [Reason("per")]),
        (usual(statistic="s2"), "part", [Reason("statistics", ("s1", "s2"))]),
        (usual(statistic=None), "part", [Reason("no_statistic")]),
        (usual(dates=("FY2019", "FY2025", "FY2023")), "part", [Reason("baseline_years", ("FY2019", "FY2020"))]),
        (usual(dates=("2020", "FY2025", "FY2023")), "part", [Reason("baseline_years", ("2020", "FY2020"))]),
        (usual(dates=("FY2020", "FY2030", "FY2023")), "part", [Reason("target_years", ("FY2025", "FY2030"))]),
        (usual(dates=("FY2020", "-", "FY2023")), "part", [Reason("target_undated")]),
        (usual(dates=("-", "FY2025", "FY2023")), "part", [Reason("baseline_undated")]),
        (usual(aim="↗"), "yes", []),  # baselines of one year; an arrow is no target to compare
    ],
)  # fmt: skip
def test_a_pair_of_values(other, verdict, reasons):
    found = judged(("a", usual()), ("b", other))
    assert (found.verdict, list(found.reasons)) == (verdict, reasons)


def test_shares_of_different_surveys_are_never_compared():
    survey = {"type": "survey_share", "unit": "%"}
    apart = judged(("a", usual(**survey, statistic=None)), ("b", usual(**survey, statistic=None)))
    assert (apart.verdict, [reason.key for reason in apart.reasons]) == ("no", ["survey"])
    assert judged(("a", usual(**survey)), ("b", usual(**survey))).verdict == "yes"  # one and the same survey


def test_only_the_groups_that_two_plans_have_are_judged():
    """男性 and 女性 in one plan, men alone in the other: men are compared, in whatever unit women come."""
    men, women = usual(group="男性"), usual(group="女性", unit="件")
    assert judged(("a", men), ("a", women), ("b", men)).verdict == "yes"


def test_of_several_plans_some_without_values_the_others_are_compared():
    found = judged(("a", usual()), ("b", usual()), ("c", series(unit="人", **STATISTIC)))
    assert (found.verdict, found.reasons) == ("part", (Reason("some_values", plans=2, total=3),))


def test_what_forbids_stands_before_what_is_only_a_reserve():
    found = judged(("a", usual()), ("b", usual(unit="件", statistic=None, type="undecided")))
    assert [reason.key for reason in found.reasons] == ["units", "undecided", "no_statistic"]


@pytest.mark.parametrize(
    ("stated", "year"),
    [("1 @ FY2020", "FY2020"), ("1 @ 2019", "2019"), ("1 @ 2019-10-01", "2019"), ("1 @ -", None)],
)
def test_a_fiscal_year_is_no_calendar_year(stated, year):
    assert year_of(value("baseline", stated)) == year


# ------------------------------------------------------------------------------------------------ what is shared


def test_one_statistic_in_two_real_plans_and_why_its_values_are_not_compared():
    (shared,) = compare(*ALL).shared
    assert (shared.kind, shared.key, shared.plan_ids) == (
        "statistic",
        "net-product",
        [NINOHE_BASIC, KITAMOTO],
    )
    assert [m.series.name for m in shared.members] == ["市内純生産額", "就業者一人あたり市内純生産"]
    assert shared.values.verdict == "no"
    assert [reason.key for reason in shared.values.reasons] == ["values", "per"]


def test_names_that_resemble_each_other_in_the_real_plans():
    alike = compare(*ALL).alike
    pairs = {(one.first[0].series.name, one.second[0].series.name): one for one in alike.pairs}
    pair = pairs["地域活動参加率", "地域活動に参加している市民の割合"]
    assert pair.score >= LOWEST_LIKENESS
    assert {"地域活動", "参加"} <= set(pair.words)
    assert [m.plan_id for m in (*pair.first, *pair.second)] == [NINOHE_BASIC, KITAMOTO]
    assert (pair.values.verdict, pair.values.reasons[0]) == ("no", Reason("values", plans=1, total=2))
    # one statistic already puts these two together
    assert ("市内純生産額", "就業者一人あたり市内純生産") not in pairs
    # a common ending says nothing
    assert not [names for names in pairs if "災害による負傷者数および死亡者数" in names]


def test_a_likeness_can_be_wrong_and_can_miss_what_is_related():
    """The pairs that the chapter on methods names: the likeness in force is a rule of thumb."""
    pairs = {(one.first[0].series.name, one.second[0].series.name): one for one in compare(*ALL).alike.pairs}
    wrong = pairs["就業者数", "就業者一人あたり市内純生産"]
    assert wrong.words == ("就業",)
    assert wrong.values.verdict == "no"
    assert ("合計特殊出生率", "出生数") not in pairs
    assert {"合計特殊出生率", "出生数"} <= {
        one.name for row in compare(*ALL).plans for one in row.kpis.series
    }
    assert len(pairs) == 2


def test_what_hangs_on_no_goal_is_counted_as_on_the_page_of_goals(country):
    again = indicator("移住者数", goal_id="g2", baseline="1 @ 2015", target="2 @ 2019")
    plans = [
        *(plan_of(plan_id) for plan_id in ALL),
        add_plan(country, 1, [indicator("移住者数", goal_id=""), indicator("創業の件数", "件", goal_id="")]),
        add_plan(country, 2, [again, indicator("創業の件数", "件", goal_id="")]),
    ]
    found = gather_kpi_comparison(plans).plans
    assert [row.without_goal for row in found if row.plan.municipality.code == "47999"] == [2, 1]
    for row_ in found:
        coverage = gather_plan_goals(row_.plan).coverage
        assert row_.without_goal == (len(coverage.without_goal) if coverage else 0)
        assert len(row_.goals_without or ()) == (coverage.tops - coverage.tops_with if coverage else 0)


def test_a_single_plan_shares_nothing_with_itself():
    comparison = compare(KITAMOTO)
    assert (comparison.shared, comparison.alike.pairs, comparison.targets) == ((), (), ())


def test_one_name_in_two_plans(country):
    first = add_plan(country, 1, [indicator("移住者数"), indicator("空き家の戸数", "戸")])
    second = add_plan(country, 2, [indicator("移住者数 "), indicator("移住者の数")])
    comparison = gather_kpi_comparison([first, second])
    (shared,) = comparison.shared
    assert (shared.kind, shared.key) == ("name", "移住者数")
    (pair,) = comparison.alike.pairs  # the same name is no pair of names that resemble each other
    assert [m.plan_id for m in pair.first] == ["47999-strategy-1", "47999-strategy-2"]
    assert [m.series.name for m in pair.second] == ["移住者の数"]


def test_a_name_that_the_statistic_names_already_is_not_told_twice(country):
    plans = [add_plan(country, n, [births(base="340 @ 2019", aim="380 @ 2024")]) for n in (1, 2)]
    assert [one.kind for one in gather_kpi_comparison(plans).shared] == ["statistic"]
    without = replace_statistic(country, plans[1])
    assert [one.kind for one in gather_kpi_comparison([plans[0], without]).shared] == ["name"]


def replace_statistic(country, plan):
    """The same plan, of whose births the statistic is not known."""
    file = country.path / "plans" / plan.plan_id / "kpis.csv"
    country.replace(file, "births-register", "")
    return load_readable(country.root, [plan.plan_id])[0][0]


def test_more_pairs_than_can_be_read_are_counted_and_the_most_alike_stay(country, monkeypatch):
    plans = [
        add_plan(country, 1, [indicator("移住者数"), indicator("図書館の利用者数")]),
        add_plan(country, 2, [indicator("移住者の総数"), indicator("図書館利用者数")]),
    ]
    everything = gather_kpi_comparison(plans).alike
    assert (len(everything.pairs), everything.found) == (2, 2)
    best = max(everything.pairs, key=lambda one: one.score)
    monkeypatch.setattr(shared_indicators, "MOST_PAIRS", 1)
    cut = gather_kpi_comparison(plans).alike
    assert (cut.found, [one.words for one in cut.pairs]) == (2, [best.words])
    monkeypatch.setattr(shared_indicators, "MOST_NAMES", 3)
    none = gather_kpi_comparison(plans).alike
    assert (none.pairs, none.names, none.was_compared) == ((), 4, False)


def test_two_of_three_plans_that_share_something(country):
    plans = [
        add_plan(country, 1, [indicator("移住者数", baseline="10 @ 2019")]),
        add_plan(country, 2, [indicator("移住者数", baseline="20 @ 2019")]),
        add_plan(country, 3, [indicator("移住者数", type="cumulative", baseline="30 @ 2019")]),
    ]
    (shared,) = gather_kpi_comparison(plans).shared
    assert shared.values.verdict == "no"  # a total beside quantities
    assert (
        compare_plans(shared, ["47999-strategy-1", "47999-strategy-2"]).verdict == "part"
    )  # statistic unknown
    assert compare_plans(shared, ["47999-strategy-1", "47999-strategy-3"]).verdict == "no"
    assert compare_plans(shared, ["47999-strategy-1"]) is None


# ------------------------------------------------------------------------------------------------ shared targets


def targets(country, *plans):
    return gather_kpi_comparison([add_plan(country, n, rows) for n, rows in enumerate(plans, 1)]).targets


def test_none_of_the_real_plans_share_a_target():
    assert compare(*ALL).targets == ()


def test_rates_differ_by_their_unit_and_counts_by_per_cent(country):
    by_rate, by_births = targets(
        country,
        [rate(base="1.30 @ 2018", aim="1.60 @ 2025"), births(base="340 @ 2018", aim="380 @ 2025")],
        [rate(base="1.45 @ 2020", aim="1.45 @ 2026"), births(base="1200 @ 2020", aim="1100 @ 2026")],
    )
    assert (by_rate.statistic, by_rate.scale, by_rate.unit) == ("tfr-bayes", "difference", None)
    assert [row.change.difference for row in by_rate.rows] == [Decimal("0.30"), 0]
    assert (by_births.statistic, by_births.scale, by_births.unit) == ("births-register", "percent", "人")
    # 40 ÷ 340 and −100 ÷ 1,200
    assert [round(percent_of(row), 2) for row in by_births.rows] == [Decimal("11.76"), Decimal("-8.33")]


def test_counts_without_a_percentage_are_on_no_common_scale(country):
    """50 births or fewer: one more or less moves the percentage by two points."""
    (found,) = targets(
        country, [births(base="50 @ 2018", aim="60 @ 2025")], [births(base="1200 @ 2020", aim="1100 @ 2026")]
    )
    assert found.scale is None
    both_small = targets(
        country, [births(base="50 @ 2018", aim="60 @ 2025")], [births(base="40 @ 2018", aim="45 @ 2025")]
    )
    assert both_small[0].scale is None


def test_a_value_to_be_kept_stands_at_zero_per_cent(country):
    (found,) = targets(
        country,
        [births(base="340 @ 2018", aim="340 @ 2025")],
        [births(base="1200 @ 2020", aim="1100 @ 2026")],
    )
    assert (found.scale, percent_of(found.rows[0])) == ("percent", 0)


@pytest.mark.parametrize(
    "other",
    [
        rate(base="1.30 @ 2018", aim="↗"),
        births(base="340 @ 2018", aim="380 @ 2025", unit="世帯"),
        births(base="340 @ 2018", aim="380 @ 2025", group="男児"),
        births(base="340 @ 2018", aim="1900 @ 2025", type="cumulative"),
        births(base="340 @ 2018", aim="380 @ 2025", role="reference"),
        {**births(base="340 @ 2018", aim="380 @ 2025"), "values": {"target": "380 @ 2025"}},
    ],
)
def test_another_thing_is_no_shared_target(country, other):
    assert targets(country, [births(base="340 @ 2018", aim="380 @ 2025")], [other]) == ()


def test_two_targets_of_one_plan_are_not_shared(country):
    twice = [
        births(base="340 @ 2018", aim="380 @ 2025"),
        births(base="300 @ 2018", aim="310 @ 2025", code="2"),
    ]
    assert targets(country, twice, []) == ()


def test_nothing_of_a_comparison_depends_on_the_order_of_the_plans():
    one, other = compare(NINOHE, KITAMOTO, NINOHE_BASIC), compare(KITAMOTO, NINOHE_BASIC, NINOHE)
    assert [replace(s, members=()) for s in one.shared] == [replace(s, members=()) for s in other.shared]
    assert [(p.score, p.words) for p in one.alike.pairs] == [(p.score, p.words) for p in other.alike.pairs]
