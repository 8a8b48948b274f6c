"""Which plans are compared pairwise, and what the pair of 二戸市 amounts to, counted from its tables."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import combinations

import pytest

from comparison_house import ALL, NINOHE, NINOHE_BASIC, REPOSITORY, plan_of
from line_house import add_plan, change_plan, load_all, relate, write_links
from planbook.analysis.goal_structure.suggestions import ExampleIndex, compare_goals, suggest_themes
from planbook.analysis.goal_structure.themes import NO_THEME
from planbook.summary.comparison.kpi_comparison import gather_kpi_comparison
from planbook.summary.goal_structure.alike_goals import LOWEST_ALIKE, gather_alike_goals
from planbook.summary.goal_structure.plan_goals import gather_all_goals
from planbook.summary.goal_structure.plan_pairs import (
    count_flows,
    gather_named_pair,
    gather_pairs,
    list_pairs,
    list_standings,
)
from planbook.summary.goal_structure.suggestion_rows import link_rows, theme_rows
from planbook.summary.goal_structure.theme_suggestions import (
    gather_suggestions,
    index_examples,
    join_quality,
    make_goal_space,
)
from planbook.vocabulary.schemas import PLAN_TABLES

FIRST, SECOND, THIRD = (f"47999-strategy-{n}" for n in (1, 2, 3))
WHOLE = "47999-comprehensive-1"
GOALS = "g1,,basic_goal,基本目標1,しごとをつくる\ng1-1,g1,measure,施策1,農業"


@pytest.fixture
def line(country):
    """第1期 2015–, 第2期 2020–, 第3期 2025–."""
    add_plan(country, SECOND, 2020, GOALS, f"g1,{FIRST},g1,しごと,yes")
    add_plan(country, THIRD, 2025, GOALS, f"g1,{SECOND},g1,しごと,no")
    return country


def pairs_of(country):
    return [
        (pair.earlier.plan.plan_id, pair.later.plan.plan_id, pair.relation)
        for pair in gather_pairs(gather_all_goals(load_all(country)))
    ]


def test_each_term_is_compared_with_the_one_before_it(line):
    assert pairs_of(line) == [(FIRST, SECOND, "place"), (SECOND, THIRD, "place")]


def test_what_plan_yml_relates_is_compared_and_says_how(line):
    change_plan(line.path / "plans" / THIRD, related=relate("predecessor", FIRST))
    assert pairs_of(line) == [
        (FIRST, SECOND, "place"),
        (FIRST, THIRD, "predecessor"),
        (SECOND, THIRD, "place"),
    ]


def test_plans_of_other_kinds_are_compared_with_each_other(line):
    add_plan(line, WHOLE, 2018, "p1,,policy,政策1,しごと", related=relate("upper", SECOND))
    found = pairs_of(line)
    assert (WHOLE, SECOND, "upper") in found
    assert (FIRST, WHOLE, "place") in found
    assert (FIRST, THIRD, "place") not in found
    assert len(found) == len(set(found)) == 5


def test_one_plan_makes_no_pair(country):
    assert pairs_of(country) == []
    assert gather_pairs(gather_all_goals([])) == ()


def test_plans_of_different_places_make_no_pair():
    goals = gather_all_goals([plan_of(plan_id) for plan_id in ALL])
    assert [(a.plan.plan_id, b.plan.plan_id) for a, b in list_pairs(goals)] == [(NINOHE, NINOHE_BASIC)]


def test_the_order_of_the_plans_does_not_matter(line):
    plans = load_all(line)
    first, second = (gather_pairs(gather_all_goals(given)) for given in (plans, plans[::-1]))
    assert [pair.key for pair in first] == [pair.key for pair in second]
    assert [pair.links for pair in first] == [pair.links for pair in second]


def test_an_upper_plan_that_begins_earlier_is_linked_from_either_side(line):
    """The strategy names the plan above it; its links turn round when that one begins later."""
    add_plan(line, WHOLE, 2022, "p1,,policy,政策1,しごと")
    write_links(line.path / "plans" / SECOND, f"g1,{WHOLE},p1,しごと,no")
    pair = next(
        pair for pair in gather_pairs(gather_all_goals(load_all(line))) if pair.key == f"{SECOND}+{WHOLE}"
    )
    assert [(link.earlier_id, link.later_id) for link in pair.links] == [("g1", "p1")]


def test_years_between_two_periods(line):
    change_plan(line.path / "plans" / THIRD, period={"start_fiscal_year": 2027, "end_fiscal_year": 2030})
    first, second = gather_pairs(gather_all_goals(load_all(line)))
    assert first.gap_years is None
    assert second.gap_years == (2025, 2026)


def test_links_to_goals_that_are_gone_are_kept_apart(line):
    write_links(line.path / "plans" / SECOND, f"g1,{FIRST},g1,しごと,yes\ng1-1,{FIRST},g9,農業,no")
    pair = gather_pairs(gather_all_goals(load_all(line)))[0]
    assert [link.earlier_id for link in pair.links] == ["g1"]
    assert [link.earlier_id for link in pair.dangling] == ["g9"]


def test_a_link_entered_with_both_plans_counts_once(line):
    write_links(line.path / "plans" / FIRST, f"g1,{SECOND},g1,しごと,no")
    pair = gather_pairs(gather_all_goals(load_all(line)))[0]
    assert [(link.earlier_id, link.later_id, link.confirmed) for link in pair.links] == [("g1", "g1", True)]


def test_only_plans_that_follow_each_other_are_a_succession(line):
    add_plan(line, WHOLE, 2018, "p1,,policy,政策1,しごと", related=relate("upper", SECOND))
    found = {
        (p.earlier.plan.plan_id, p.later.plan.plan_id): p.is_succession
        for p in gather_pairs(gather_all_goals(load_all(line)))
    }
    assert found[FIRST, SECOND]
    assert not found[WHOLE, SECOND]
    assert not found[FIRST, WHOLE]


def test_what_is_suggested_is_not_what_is_linked_already(line):
    first, second = gather_pairs(gather_all_goals(load_all(line)))
    for pair in (first, second):
        # g1 is linked in both; 農業 is called the same and waits for a person
        assert [(one.earlier.goal_id, one.later.goal_id) for one in pair.suggestions] == [("g1-1", "g1-1")]
        assert pair.by_title.edits == 0


def test_indicators_are_compared_only_where_both_documents_list_some(line):
    pair = gather_pairs(gather_all_goals(load_all(line)))[0]
    assert pair.indicators is None
    for name in ("kpis.csv", "kpi_values.csv"):
        (line.path / "plans" / SECOND / name).write_bytes((line.plan / name).read_bytes())
    pair = gather_pairs(gather_all_goals(load_all(line)))[0]
    (shared,) = pair.indicators.shared
    # the earlier plan first; on what the values rest is as on the page of indicators
    assert [(one.plan_id, one.series.name) for one in shared.members] == [
        (FIRST, "出生数"),
        (SECOND, "出生数"),
    ]
    assert shared.values == gather_kpi_comparison([pair.earlier.plan, pair.later.plan]).shared[0].values
    assert pair.indicators.alike.pairs == ()


def test_of_two_plans_the_earlier_one_comes_first_among_their_indicators(line):
    """The comprehensive plan has the smaller id, and begins later."""
    add_plan(line, WHOLE, 2018, "p1,,policy,政策1,しごと")
    for name in ("kpis.csv", "kpi_values.csv"):
        table = (line.plan / name).read_text(encoding="utf-8").replace(",g1,", ",p1,")
        (line.path / "plans" / WHOLE / name).write_text(table, encoding="utf-8")
    pairs = {pair.key: pair for pair in gather_pairs(gather_all_goals(load_all(line)))}
    (shared,) = pairs[f"{FIRST}+{WHOLE}"].indicators.shared
    assert [one.plan_id for one in shared.members] == [FIRST, WHOLE]


@pytest.fixture(scope="module")
def ninohe():
    return gather_pairs(gather_all_goals([plan_of(plan_id) for plan_id in ALL]))[0]


def rows(plan_id, table):
    path = REPOSITORY / "data" / "plans" / plan_id / f"{table}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_every_link_of_ninohe_is_counted_once(ninohe):
    entered = rows(NINOHE, "goal_links")
    within = [link for match in (*ninohe.tops, *ninohe.parts) for link in match.links]
    assert len(ninohe.links) == len(entered) == len(within) + len(ninohe.across)
    # 基本目標Ⅲ speaks of women, who have a measure item of their own in the basic plan
    assert [(link.earlier_id, link.later_id) for link in ninohe.across] == [("g3", "p2-4")]
    assert not ninohe.dangling
    # entered by reading; nobody of the city has confirmed them
    assert {row["confirmed"] for row in entered} == {"no"}


def test_standings_of_ninohe(ninohe):
    def count(side):
        found = list_standings(ninohe, side)
        return [sum(one == name for one in found.values()) for name in ("linked", "near", "none")]

    assert count("earlier") == [18, 10, 3]
    assert count("later") == [22, 16, 27]


def test_flows_of_ninohe(ninohe):
    """By hand from goal_links.csv: the top goal is what stands before the first hyphen."""
    by_hand = {}
    for row in rows(NINOHE, "goal_links"):
        pair = row["goal_id"].split("-")[0], row["other_goal_id"].split("-")[0]
        if "-" in row["goal_id"] or "-" in row["other_goal_id"]:
            by_hand[pair] = by_hand.get(pair, 0) + 1
    assert count_flows(ninohe) == by_hand
    assert by_hand["g1", "p1"] == 3
    assert by_hand["g2", "p2"] == 4


def test_distances_of_ninohe_are_in_order(ninohe):
    """What counts as the same grows from equal titles to links to anything: the distance shrinks."""
    assert ninohe.by_title.nodes == 35 + 69
    assert ninohe.by_shape.edits <= ninohe.by_links.edits <= ninohe.by_title.edits
    # a tree of 35 cannot become one of 69 with fewer insertions
    assert ninohe.by_shape.edits >= 69 - 35


def test_themes_of_ninohe(ninohe):
    """G1–G4 in both; X1 and A in the comprehensive plan alone."""
    assert ninohe.jaccard == pytest.approx(4 / 6)


def test_suggested_themes_of_the_real_plans_are_mostly_those_entered():
    """Each plan without its own examples; the figure on the methods page is this one."""
    found = gather_suggestions(gather_all_goals([plan_of(plan_id) for plan_id in ALL]))
    quality = join_quality(found)
    assert quality.goals == len({(i, row["goal_id"]) for i in ALL for row in rows(i, "goal_themes")})
    assert quality.precision >= 0.75
    assert quality.reach >= 0.55


def test_a_plan_is_no_example_for_itself():
    found = gather_suggestions(gather_all_goals([plan_of(plan_id) for plan_id in ALL]))
    for one in found:
        own = one.facts.plan.short_title
        examples = [s.example.origin for suggestions in one.by_goal.values() for s in suggestions]
        assert examples
        assert not any(own in origin for origin in examples)


def test_leaving_a_plan_out_finds_what_examples_without_it_find():
    goals = gather_all_goals([plan_of(plan_id) for plan_id in ALL])
    for facts, found in zip(goals, gather_suggestions(goals), strict=True):
        others = index_examples([other for other in goals if other is not facts])
        alone = ExampleIndex(others.examples, make_goal_space(goals))
        assert found.by_goal == suggest_themes(facts.tree, alone)
        assert any(found.by_goal.values())


def test_a_goal_of_no_theme_is_no_example():
    goals = gather_all_goals([plan_of(plan_id) for plan_id in ALL])
    entered = {link.theme for facts in goals for goal in facts.tree.everything for link in goal.themes}
    assert NO_THEME in entered
    assert {example.theme for example in index_examples(goals).examples} == entered - {NO_THEME}


def test_suggestions_become_rows_of_the_tables():
    goals = gather_all_goals([plan_of(plan_id) for plan_id in ALL])
    found = next(one for one in gather_suggestions(goals) if one.facts.plan.plan_id == NINOHE_BASIC)
    # 二戸's goals all have themes but two sub-headings and the vision
    assert {row["goal_id"] for row in theme_rows(found)} <= {"dream", "common-goal", "base-s1"}
    everything = theme_rows(found, everything=True)
    assert len(everything) > 30
    for row in everything:
        assert set(row) == set(PLAN_TABLES["goal_themes"].model_fields)
        assert row["confirmed"] == "no"
    pair = gather_named_pair(goals, NINOHE_BASIC, NINOHE)
    for plan_id, other in ((NINOHE_BASIC, NINOHE), (NINOHE, NINOHE_BASIC)):
        ids = {row["goal_id"] for row in rows(plan_id, "goals")}
        others = {row["goal_id"] for row in rows(other, "goals")}
        for row in link_rows(pair, plan_id):
            assert set(row) == set(PLAN_TABLES["goal_links"].model_fields)
            assert row["goal_id"] in ids
            assert (row["other_plan_id"], row["other_goal_id"] in others) == (other, True)


def test_alike_goals_are_those_that_holding_every_two_plans_against_each_other_finds():
    """The five plans, and two of them once more under another id: titles that repeat are looked up once."""
    goals = gather_all_goals([plan_of(plan_id) for plan_id in ALL])
    goals = (*goals, *(renamed(facts, f"{facts.plan.plan_id}9") for facts in goals[:2]))
    space = make_goal_space(goals)
    pairwise = [
        (first.plan.plan_id, second.plan.plan_id, pair)
        for first, second in combinations(goals, 2)
        for pair in compare_goals(first.tree.nodes, second.tree.nodes, space, lowest=0.2)
    ]
    found = gather_alike_goals(goals, lowest=0.2)
    assert len(found) > 100
    assert [(one.first.plan.plan_id, one.second.plan.plan_id, one.pair) for one in found] == sorted(
        pairwise, key=lambda one: -one[2].score
    )


def renamed(facts, plan_id):
    file = facts.plan.file.model_copy(update={"plan_id": plan_id})
    return replace(facts, plan=replace(facts.plan, file=file))


def test_alike_goals_are_of_two_plans_and_in_order_of_likeness():
    found = gather_alike_goals(gather_all_goals([plan_of(plan_id) for plan_id in ALL]))
    assert [one.pair.score for one in found] == sorted((one.pair.score for one in found), reverse=True)
    assert all(one.pair.score >= LOWEST_ALIKE and one.pair.shared for one in found)
    assert all(one.first.plan.plan_id < one.second.plan.plan_id for one in found)
    # three plans word the third national pillar almost as the state does
    assert {found[0].pair.earlier.goal_id, found[0].pair.later.goal_id} == {"g3"}
