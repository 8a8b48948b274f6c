"""The tree edit distance: the published example, trees counted by hand, and the definition tried out on small trees."""

from __future__ import annotations

from functools import cache

import pytest
from goal_house import make_tree
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.analysis.goal_structure.correspondence import has_same_title
from planbook.analysis.goal_structure.distance import measure_distance


def distance(first, second):
    found = measure_distance(make_tree(first), make_tree(second), has_same_title)
    return found.edits


def test_the_example_of_zhang_and_shasha():
    """Zhang and Shasha (1989), figure 4: f(d(a c(b)) e) and f(c(d(a b)) e) are two steps apart."""
    first = "f\n  d\n    a\n    c\n      b\n  e"
    second = "f\n  c\n    d\n      a\n      b\n  e"
    assert distance(first, second) == 2


@pytest.mark.parametrize(
    ("first", "second", "edits"),
    [
        ("a\n  b\n  c", "a\n  b\n  c", 0),
        ("a\n  b\n  c", "a\n  b", 1),
        ("a\n  b", "a\n  x", 2),
        # a measure that moves below another goal is dropped here and added there
        ("a\n  m\nb", "a\nb\n  m", 2),
        # the order counts
        ("a\nb", "b\na", 2),
        # a level put in between is one insertion
        ("a\n  b\n  c", "a\n  s\n    b\n    c", 1),
        # sub-headings are no level of the hierarchy
        ("a\n  (区分)\n    b", "a\n  b", 0),
        ("a\nb\nc", "(視点)", 3),
        ("(視点)", "(視点)", 0),
        # nothing in common: every node of both goes or comes
        ("a\n  b", "x\n  y\n  z", 5),
    ],
)
def test_edits_counted_by_hand(first, second, edits):
    assert distance(first, second) == edits
    assert distance(second, first) == edits


def test_the_share_is_of_the_nodes_of_both():
    found = measure_distance(make_tree("a\n  b"), make_tree("a\n  x\n  y"), has_same_title)
    assert (found.edits, found.nodes, found.share, found.kept) == (3, 5, 0.6, 1)
    assert measure_distance(make_tree("(視点)"), make_tree("(視点)"), has_same_title).share is None


def test_the_share_runs_from_the_same_to_nothing_left():
    same = make_tree("a\n  b\nc")
    assert measure_distance(same, same, has_same_title).share == 0
    found = measure_distance(same, make_tree("x\n  y\nz"), has_same_title)
    assert (found.share, found.kept) == (1, 0)


def test_what_is_entered_as_corresponding_costs_nothing():
    tied = {("b", "x")}
    found = measure_distance(
        make_tree("a\n  b"),
        make_tree("a\n  x"),
        lambda one, other: has_same_title(one, other) or (one.goal_id, other.goal_id) in tied,
    )
    assert found.edits == 0


NODES = st.recursive(
    st.tuples(st.sampled_from("abc"), st.just(())),
    lambda below: st.tuples(st.sampled_from("abc"), st.lists(below, max_size=2).map(tuple)),
    max_leaves=4,
)
FORESTS = st.lists(NODES, min_size=1, max_size=2).map(tuple)


@cache
def by_definition(first, second):
    """The recursion that defines the distance of ordered forests, on tuples (label, children)."""
    if not first and not second:
        return 0
    if not first:
        return sum(size(tree) for tree in second)
    if not second:
        return sum(size(tree) for tree in first)
    (label, below), (other, others) = first[-1], second[-1]
    return min(
        by_definition(first[:-1] + below, second) + 1,
        by_definition(first, second[:-1] + others) + 1,
        by_definition(below, others) + by_definition(first[:-1], second[:-1]) + 2 * (label != other),
    )


def size(tree):
    return 1 + sum(size(child) for child in tree[1])


class Node:
    """As much of a goal as the distance looks at."""

    role = "goal"

    def __init__(self, tree):
        self.label = tree[0]
        self.children = tuple(Node(child) for child in tree[1])


class Tree:
    def __init__(self, forest):
        self.tops = tuple(Node(tree) for tree in forest)


def edits(first, second):
    return measure_distance(Tree(first), Tree(second), lambda one, other: one.label == other.label).edits


@settings(max_examples=150)
@given(FORESTS, FORESTS)
def test_it_is_the_distance_of_the_definition(first, second):
    assert edits(first, second) == by_definition(first, second)


@settings(max_examples=60)
@given(FORESTS, FORESTS, FORESTS)
def test_it_is_a_metric(first, second, third):
    assert edits(first, first) == 0
    assert (edits(first, second) == 0) == (first == second)
    assert edits(first, second) == edits(second, first)
    assert edits(first, third) <= edits(first, second) + edits(second, third)
