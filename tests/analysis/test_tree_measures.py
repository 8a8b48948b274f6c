"""Measures of a goal hierarchy against trees counted by hand, and what must hold for any counts."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from goal_house import make_tree
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.goal_structure.counts import list_without_goal, list_without_indicator
from planbook.analysis.goal_structure.measures import measure_coverage, measure_evenness, measure_tree
from planbook.analysis.goal_structure.tree import GoalTree
from planbook.analysis.kpis.listing import read_series

# Two goals, one with a sub-heading; four lowest items: a1x, a2, b1, and none other.
TREE = """
(視点)
a
  a1
    a1x
  a2
b
  (区分)
    b1
"""


def test_measures_of_a_tree_counted_by_hand():
    measures = measure_tree(make_tree(TREE))
    assert (measures.nodes, measures.depth, measures.breadth) == (6, 3, 3)
    assert (measures.tops, measures.leaves, measures.leaves_by_top) == (2, 3, (2, 1))
    shares = (2 / 3, 1 / 3)
    assert measures.evenness == pytest.approx(-sum(p * math.log(p) for p in shares) / math.log(2))


def test_a_document_of_goals_alone_has_goals_as_its_lowest_items():
    measures = measure_tree(make_tree("a\nb\nc"))
    assert (measures.depth, measures.leaves, measures.leaves_by_top) == (1, 3, (1, 1, 1))
    assert measures.evenness == pytest.approx(1)


def test_a_document_of_views_alone_has_no_hierarchy():
    measures = measure_tree(make_tree("(視点)"))
    assert (measures.nodes, measures.depth, measures.breadth, measures.tops, measures.leaves) == (
        0,
        0,
        0,
        0,
        0,
    )
    assert measures.evenness is None


@pytest.mark.parametrize(
    ("counts", "evenness"),
    [
        ([3, 3], 1),
        ([4, 0], 0),
        ([1, 1, 0], math.log(2) / math.log(3)),
        ([7], None),
        ([], None),
        ([0, 0], None),
    ],
)
def test_evenness_by_hand(counts, evenness):
    assert measure_evenness(counts) == (None if evenness is None else pytest.approx(evenness))


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8), st.integers(2, 5))
def test_evenness_stays_between_0_and_1_whatever_order_and_scale(counts, factor):
    evenness = measure_evenness(counts)
    assert evenness is None or 0 <= evenness <= 1
    for other in (sorted(counts), [count * factor for count in counts]):
        assert measure_evenness(other) == (None if evenness is None else pytest.approx(evenness, abs=1e-12))


def series(*rows):
    """Series from (kpi id, goal, code, base, target, repeats)."""
    kpis = [
        {
            "kpi_id": kpi, "goal_id": goal, "role": "kpi", "code": code, "name": f"指標{code}", "group": None,
            "unit": "件", "type": "level", "direction": "up", "survey_n": None, "on_track_rule": None,
            "repeats": repeats, "as_written": kpi, "document": "text", "locator": "L1", "note": None,
            "tolerance": None, "statistic": None, "department": None, "row": n,
        }
        for n, (kpi, goal, code, _, _, repeats) in enumerate(rows, start=2)
    ]  # fmt: skip
    values = [
        {
            "kpi_id": kpi, "kind": kind, "state": "number", "value": value, "unit": None, "fiscal_year": None,
            "as_of": None, "as_written": str(value), "document": "text", "locator": "L1", "source_id": None,
            "years": None, "respondents": None, "published": None, "row": 2,
        }
        for kpi, _, _, base, target, _ in rows
        for kind, value in (("baseline", base), ("target", target))
        if value is not None
    ]  # fmt: skip
    return read_series(pd.DataFrame(kpis), pd.DataFrame(values) if values else None)


def test_coverage_by_hand():
    """Goal a has an indicator below it, b none; k3 repeats k1, k4 hangs on no goal, k2 has no base."""
    found = measure_coverage(
        make_tree(TREE),
        series(
            ("k1", "a2", "1", 5, 9, None),
            ("k2", "a", "2", None, 3, None),
            ("k3", "a", "1", 5, 9, "k1"),
            ("k4", None, "4", 1, 2, None),
        ),
    )
    assert (found.indicators, found.calculable) == (3, 2)
    assert (found.tops, found.tops_with) == (2, 1)
    assert (found.leaves, found.leaves_with) == (3, 1)
    assert [one.kpi_id for one in found.without_goal] == ["k4"]


def test_an_indicator_that_hangs_on_a_view_hangs_on_no_goal():
    found = measure_coverage(make_tree(TREE), series(("k1", "視点", "1", 1, 2, None)))
    assert [one.kpi_id for one in found.without_goal] == ["k1"]
    assert found.tops_with == 0


def test_an_indicator_around_or_beside_the_hierarchy_hangs_on_no_goal():
    """柱 holds goals a and b; 共通政策 stands beside them. k1 is on a, k2 on 柱, k3 on 共通政策."""
    tree = make_tree("(柱)\n  a\n    a1\n  b\n(共通政策)")
    listed = series(
        ("k1", "a", "1", 1, 2, None), ("k2", "柱", "2", 1, 2, None), ("k3", "共通政策", "3", 1, 2, None)
    )  # fmt: skip
    assert [one.kpi_id for one in list_without_goal(tree, listed)] == ["k2", "k3"]
    assert [goal.goal_id for goal in list_without_indicator(tree, listed)] == ["b"]
    found = measure_coverage(tree, listed)
    assert (found.tops, found.tops_with, found.leaves, found.leaves_with) == (2, 1, 2, 0)
    assert [one.kpi_id for one in found.without_goal] == ["k2", "k3"]


def test_an_indicator_listed_again_under_a_goal_hangs_there():
    tree = make_tree("a\nb")
    listed = series(
        ("k1", None, "1", 1, 2, None), ("k2", "b", "1", 1, 2, "k1"), ("k3", None, "3", 1, 2, None)
    )
    assert [one.kpi_id for one in list_without_goal(tree, listed)] == ["k3"]
    assert [goal.goal_id for goal in list_without_indicator(tree, listed)] == ["a"]


def test_the_groups_of_an_indicator_without_a_goal_are_one():
    listed = series(
        ("男", None, "1", 1, 2, None), ("x", None, "2", 1, 2, None), ("女", None, "1", 1, 2, None)
    )
    assert [one.kpi_id for one in list_without_goal(make_tree("a"), listed)] == ["男", "x"]


def test_of_two_documents_only_the_one_that_lists_indicators_says_which_goals_have_none():
    """a and b stand in the text, c in an outline that lists no indicator: c is not said to have none."""
    tree = make_tree("a\n  a1\nb\nc")
    outline = replace(tree.goals[2], document="outline")
    two = GoalTree((*tree.goals[:2], outline), ())
    listed = series(("k1", "a1", "1", 1, 2, None))
    assert [goal.goal_id for goal in list_without_indicator(two, listed)] == ["b"]
    found = measure_coverage(two, listed)
    assert (found.tops, found.tops_with, found.leaves, found.leaves_with) == (2, 1, 2, 1)
    assert found.without_goal == ()
    # an indicator of the text that hangs on a goal of the outline hangs on a goal
    across = series(("k1", "c", "1", 1, 2, None))
    assert list_without_goal(two, across) == []
    assert [goal.goal_id for goal in list_without_indicator(two, across)] == ["a", "b"]
    # where no goal stands in the document with the indicators, nothing can be said of goals
    apart = GoalTree((outline,), ())
    assert list_without_indicator(apart, across) is None
    assert (measure_coverage(apart, across).tops, measure_coverage(apart, across).leaves) == (0, 0)


def test_nothing_is_said_of_coverage_where_no_indicator_is_listed():
    assert measure_coverage(make_tree(TREE), []) is None
