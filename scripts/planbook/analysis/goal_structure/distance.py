"""The distance of two goal hierarchies: how few nodes are to be deleted and inserted to make one of the other.

This is the edit distance of ordered labelled trees of Zhang and Shasha (1989), with 1 for each node deleted or
inserted; a node that is replaced by one that does not correspond to it is deleted and inserted, 2. So the edits are
the nodes of both trees less two for each pair of nodes that can stay where it is, and divided by the nodes of both
they are 0 for the same hierarchy and 1 when nothing of one is left in the other. The order of goals counts: a goal
that moves up is deleted and inserted again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planbook.analysis.goal_structure.measures import list_children
from planbook.analysis.goal_structure.tree import Goal, GoalTree

Same = Callable[[Goal, Goal], bool]


@dataclass(frozen=True)
class TreeDistance:
    """How far two hierarchies are apart.

    Parameters
    ----------
    edits : fewest deletions and insertions.
    nodes : of both hierarchies together.
    """

    edits: int
    nodes: int

    @property
    def kept(self) -> int:
        """How many nodes of the one stay where they are as nodes of the other."""
        return (self.nodes - self.edits) // 2

    @property
    def share(self) -> float | None:
        """The edits over the nodes of both, 0 to 1; None where neither has any."""
        return self.edits / self.nodes if self.nodes else None


def measure_distance(first: GoalTree, second: GoalTree, same: Same) -> TreeDistance:
    """Return the edit distance of two hierarchies; frames are left out.

    Parameters
    ----------
    first, second : the hierarchies; each hangs below one root, which costs nothing.
    same : tells whether a node of the first and one of the second stand for the same thing.
    """
    one, other = _Ordered(first), _Ordered(second)
    return TreeDistance(_edit(one, other, same), one.size + other.size)


class _Ordered:
    """A hierarchy in postorder below an invented root, as the algorithm walks it.

    `nodes` are its nodes, None for the root; `leftmost` the position of the first leaf below each; `keyroots` the
    nodes whose first leaf no node further up shares.
    """

    def __init__(self, tree: GoalTree):
        self.nodes: list[Goal | None] = []
        self.leftmost: list[int] = []
        firsts = [self._add(top) for top in tree.tops]
        self._append(None, firsts)
        self.size = len(self.nodes) - 1
        last = {first: position for position, first in enumerate(self.leftmost)}
        self.keyroots = sorted(last.values())

    def _add(self, goal: Goal) -> int:
        return self._append(goal, [self._add(child) for child in list_children(goal)])

    def _append(self, goal: Goal | None, firsts: Sequence[int]) -> int:
        first = firsts[0] if firsts else len(self.nodes)
        self.nodes.append(goal)
        self.leftmost.append(first)
        return first


def _edit(one: _Ordered, other: _Ordered, same: Same) -> int:
    trees = [[0] * len(other.nodes) for _ in one.nodes]
    for i in one.keyroots:
        for j in other.keyroots:
            _edit_below(one, other, i, j, trees, same)
    return trees[-1][-1]


def _edit_below(one: _Ordered, other: _Ordered, i: int, j: int, trees: list[list[int]], same: Same) -> None:
    """Fill in the distances of the subtrees on the leftmost paths below two key roots."""
    left, right = one.leftmost, other.leftmost
    rows, columns = i - left[i] + 2, j - right[j] + 2
    forest = [[0] * columns for _ in range(rows)]
    for row in range(1, rows):
        forest[row][0] = forest[row - 1][0] + 1
    for column in range(1, columns):
        forest[0][column] = forest[0][column - 1] + 1
    for row in range(1, rows):
        x = left[i] + row - 1
        for column in range(1, columns):
            y = right[j] + column - 1
            dropped, added = forest[row - 1][column] + 1, forest[row][column - 1] + 1
            if left[x] == left[i] and right[y] == right[j]:
                kept = forest[row - 1][column - 1] + _replace_cost(one.nodes[x], other.nodes[y], same)
                trees[x][y] = forest[row][column] = min(dropped, added, kept)
            else:
                kept = forest[left[x] - left[i]][right[y] - right[j]] + trees[x][y]
                forest[row][column] = min(dropped, added, kept)


def _replace_cost(first: Goal | None, second: Goal | None, same: Same) -> int:
    """Return 0 for nodes that stand for the same; the invented roots do, and nothing else does for them."""
    if first is None or second is None:
        # A root never stands for a goal: both hierarchies keep theirs, since deleting and inserting costs less.
        return 0 if first is second else 3
    return 0 if same(first, second) else 2
