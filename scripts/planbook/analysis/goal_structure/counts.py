"""What may be counted and picked from a goal hierarchy."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.goal_structure.tree import FRAME, Goal, GoalTree
from planbook.analysis.kpis.listing import list_unique
from planbook.analysis.kpis.series import Series


def count_levels(goals: Sequence[Goal]) -> dict[str, int]:
    """Count nodes by level, in the order in which the levels first appear."""
    counts: dict[str, int] = {}
    for goal in goals:
        counts[goal.level] = counts.get(goal.level, 0) + 1
    return counts


def count_below(goal: Goal) -> dict[str, int]:
    """Count what is listed below a node, by level; frames are left out."""
    return count_levels([node for node in goal.walk() if node is not goal and node.role != FRAME])


def list_leaves(tree: GoalTree) -> list[Goal]:
    """Return the nodes of the hierarchy below which nothing more is listed."""
    return [goal for goal in tree.nodes if goal.is_leaf]


def list_marked(tree: GoalTree) -> list[Goal]:
    """Return the nodes that the document marks (★ …)."""
    return [goal for goal in tree.nodes if goal.marks]


def list_damaged(tree: GoalTree) -> list[Goal]:
    """Return the nodes whose text was damaged when it was extracted from the document."""
    everything = tree.everything
    return [goal for goal in everything if goal.cause == "extraction"]


def count_indicators(tree: GoalTree, series: Sequence[Series]) -> dict[str, int]:
    """Count the indicators listed under each node or anything below it.

    An indicator that two goals list counts once in each, and once in a goal above both.
    """
    names = _indicator_names(series)
    listed: dict[str | None, set[object]] = {}
    for one in series:
        listed.setdefault(one.goal_id, set()).add(names[one.kpi_id])
    counts = {}
    for goal in tree.walk():
        counts[goal.goal_id] = len(set().union(*(listed.get(node.goal_id, set()) for node in goal.walk())))
    return counts


def _indicator_names(series: Sequence[Series]) -> dict[str, object]:
    """Return the name under which each series counts: groups share it, a repetition has its original's."""
    originals = {one.kpi_id: one for one in series}
    return {one.kpi_id: originals.get(one.repeats, one).indicator for one in series}


def list_judged(tree: GoalTree, series: Sequence[Series]) -> list[Goal]:
    """Return the top goals of which it can be said whether an indicator is listed: their own document lists some."""
    documents = {one.document for one in series}
    return [goal for goal in tree.tops if goal.document in documents]


def list_without_indicator(tree: GoalTree, series: Sequence[Series]) -> list[Goal] | None:
    """Return the top goals at and below which no indicator is listed; None where that can be said of none."""
    judged = list_judged(tree, series)
    if not judged:
        return None
    counts = count_indicators(tree, series)
    return [goal for goal in judged if not counts[goal.goal_id]]


def list_without_goal(tree: GoalTree, series: Sequence[Series]) -> list[Series]:
    """Return the indicators that hang on no goal, the first series of each.

    A frame beside the hierarchy, or around all of it, is no goal; a sub-heading within a goal belongs to it. An
    indicator that is listed again under a goal hangs on that one.
    """
    goals = {node.goal_id for top in tree.tops for node in top.walk()}
    names = _indicator_names(series)
    hanging = {names[one.kpi_id] for one in series if one.goal_id in goals}
    loose: dict[object, Series] = {}
    for one in list_unique(series):
        if names[one.kpi_id] not in hanging:
            loose.setdefault(names[one.kpi_id], one)
    return list(loose.values())
