"""Measures of a goal hierarchy: how deep, how broad, how even, and where indicators hang.

None of them is better when it is larger. A document that lists more of its plan has more of everything, so
they describe what a document lists and compare plans only where the documents are of one kind.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planbook.analysis.goal_structure.counts import (
    count_indicators,
    list_judged,
    list_leaves,
    list_without_goal,
)
from planbook.analysis.goal_structure.tree import FRAME, Goal, GoalTree
from planbook.analysis.kpis.listing import list_unique
from planbook.analysis.kpis.series import Series


@dataclass(frozen=True)
class TreeMeasures:
    """What can be counted of one hierarchy; frames are left out.

    Parameters
    ----------
    nodes : how many nodes.
    depth : how many levels.
    breadth : nodes of the level that has most.
    tops : how many nodes at the top.
    leaves : nodes below which nothing is listed.
    leaves_by_top : of each top goal, in file order; a top goal without anything below is a leaf itself.
    evenness : of `leaves_by_top`, 0 (all under one) to 1 (the same under each); None with fewer than two top goals.
    """

    nodes: int
    depth: int
    breadth: int
    tops: int
    leaves: int
    leaves_by_top: tuple[int, ...]
    evenness: float | None


def measure_tree(tree: GoalTree) -> TreeMeasures:
    """Measure a hierarchy; every count of one without nodes is 0."""
    nodes = tree.nodes
    leaves = list_leaves(tree)
    ids = {leaf.goal_id for leaf in leaves}
    tops = tree.tops
    by_top = tuple(sum(node.goal_id in ids for node in top.walk()) for top in tops)
    return TreeMeasures(
        nodes=len(nodes),
        depth=tree.depth,
        breadth=max(Counter(node.depth for node in nodes).values(), default=0),
        tops=len(tops),
        leaves=len(leaves),
        leaves_by_top=by_top,
        evenness=measure_evenness(by_top),
    )


def list_children(goal: Goal) -> Iterable[Goal]:
    """Yield the next nodes of the hierarchy below a node; a sub-heading between them is looked through."""
    for child in goal.children:
        if child.role == FRAME:
            yield from list_children(child)
        else:
            yield child


def measure_evenness(counts: Sequence[int]) -> float | None:
    """Return Shannon's entropy of the shares over the highest possible one; None with fewer than two counts.

    Parameters
    ----------
    counts : not negative; those of 0 lower the evenness.

    Examples
    --------
    >>> measure_evenness([5, 5, 5]), measure_evenness([9, 0]), measure_evenness([4])
    (1.0, 0.0, None)
    """
    total = sum(counts)
    if len(counts) < 2 or total == 0:
        return None
    shares = [count / total for count in counts if count]
    entropy = -math.fsum(share * math.log(share) for share in shares)
    return min(1.0, max(0.0, entropy / math.log(len(counts))))


@dataclass(frozen=True)
class Coverage:
    """Where the indicators of a document hang.

    Parameters
    ----------
    indicators : how many there are, groups and repetitions once.
    calculable : how many of them have a number for the beginning and for the target.
    tops, tops_with : top goals of the documents that list indicators, and those with one at or below them.
    leaves, leaves_with : lowest nodes of these documents, and those with an indicator of their own.
    without_goal : indicators that hang on no goal of the hierarchy, the first series of each.
    """

    indicators: int
    calculable: int
    tops: int
    tops_with: int
    leaves: int
    leaves_with: int
    without_goal: tuple[Series, ...]


def measure_coverage(tree: GoalTree, series: Sequence[Series]) -> Coverage | None:
    """Tell where indicators hang; None where the document lists none: then nothing can be said."""
    if not series:
        return None
    counts = count_indicators(tree, series)
    tops = list_judged(tree, series)
    documents = {one.document for one in series}
    leaves = [leaf for leaf in list_leaves(tree) if leaf.document in documents]
    own = {one.goal_id for one in series}
    first = list_unique(series)
    return Coverage(
        indicators=len({one.indicator for one in first}),
        calculable=len({one.indicator for one in first if one.has_pair}),
        tops=len(tops),
        tops_with=sum(counts[goal.goal_id] > 0 for goal in tops),
        leaves=len(leaves),
        leaves_with=sum(leaf.goal_id in own for leaf in leaves),
        without_goal=tuple(list_without_goal(tree, series)),
    )
