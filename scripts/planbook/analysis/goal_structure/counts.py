"""What may be counted and picked from a goal hierarchy."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.goal_structure.tree import FRAME, Goal, GoalTree
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
    everything = [*tree.walk(), *(node for frame in tree.frames for node in frame.walk())]
    return [goal for goal in everything if goal.cause == "extraction"]


def count_indicators(tree: GoalTree, series: Sequence[Series]) -> dict[str, int]:
    """Count the indicators listed under each node or anything below it.

    An indicator that two goals list counts once in each, and once in a goal above both.
    """
    listed: dict[str | None, set[str]] = {}
    for one in series:
        listed.setdefault(one.goal_id, set()).add(_indicator_name(one, series))
    counts = {}
    for goal in tree.walk():
        counts[goal.goal_id] = len(set().union(*(listed.get(node.goal_id, set()) for node in goal.walk())))
    return counts


def _indicator_name(one: Series, series: Sequence[Series]) -> str:
    """Return the name under which an indicator counts: groups share it, a repetition has its original's."""
    first = next((other for other in series if other.kpi_id == one.repeats), one)
    return f"{first.goal_id}/{first.code}/{first.name}"


def list_without_indicator(tree: GoalTree, series: Sequence[Series]) -> list[Goal] | None:
    """Return the top goals under which no indicator is listed; None where that cannot be said.

    It can be said of a goal only where its own document lists indicators at all.
    """
    documents = {one.document for one in series}
    if not documents:
        return None
    counts = count_indicators(tree, series)
    return [goal for goal in tree.goals if goal.document in documents and not counts[goal.goal_id]]
