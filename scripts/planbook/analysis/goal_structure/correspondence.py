"""Which goals of two plans correspond, and what became of those that do not.

The correspondence is entered (goal_links.csv: many to many, with the words that speak for it, and whether a
person confirmed it). What it amounts to follows from it: a goal with one partner of the same title is kept, of
another title reworded; a goal with several partners is split; several goals with one partner are merged. A goal
without a partner has none *in the document at hand*: an outline or a poster leaves out things that the plan has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from planbook.analysis.frames import list_records
from planbook.analysis.goal_structure.tree import Goal, GoalTree
from planbook.vocabulary.characters import fold

Fate = Literal["kept", "reworded", "split", "merged", "regrouped", "unmatched"]
FATES: tuple[Fate, ...] = ("kept", "reworded", "split", "merged", "regrouped", "unmatched")


@dataclass(frozen=True)
class GoalLink:
    """A goal of the earlier plan and one of the later that stand for the same; fields as in goal_links.csv."""

    earlier_id: str
    later_id: str
    evidence: str
    confirmed: bool
    note: str | None = None


def read_links(links: pd.DataFrame | None, other_plan_id: str) -> tuple[GoalLink, ...]:
    """Return the links of a plan's goal_links.csv that lead to `other_plan_id`; () where there are none."""
    return tuple(
        GoalLink(row["other_goal_id"], row["goal_id"], row["evidence"], bool(row["confirmed"]), row["note"])
        for row in list_records(links)
        if row["other_plan_id"] == other_plan_id
    )


def has_same_title(first: Goal, second: Goal) -> bool:
    """Tell whether two goals are called the same; width, blanks and punctuation do not count."""
    return _title(first) == _title(second)


def _title(goal: Goal) -> str:
    return "".join(letter for letter in fold(goal.shown_title).text.lower() if letter.isalnum())


@dataclass(frozen=True)
class Group:
    """Goals of two plans that belong together by links, directly or through one another.

    Parameters
    ----------
    earlier, later : in file order; one of them is empty for a goal without a partner.
    links : between them.
    fate : what became of them.
    """

    earlier: tuple[Goal, ...]
    later: tuple[Goal, ...]
    links: tuple[GoalLink, ...]
    fate: Fate

    @property
    def confirmed(self) -> bool:
        """Tell whether a person confirmed every link."""
        return bool(self.links) and all(link.confirmed for link in self.links)


def list_everything(tree: GoalTree) -> list[Goal]:
    """Return all nodes and the frames beside them, in file order of each."""
    return [*tree.walk(), *(node for frame in tree.frames for node in frame.walk())]


def group_goals(earlier: Sequence[Goal], later: Sequence[Goal], links: Iterable[GoalLink]) -> list[Group]:
    """Put goals that links tie together into groups; a goal without a link is a group of its own.

    Links to goals outside the two lists are ignored: so one level can be looked at by itself.

    Returns
    -------
    groups in the order of the earlier plan, then those of the later plan alone.
    """
    first = {goal.goal_id: goal for goal in earlier}
    second = {goal.goal_id: goal for goal in later}
    inside = [link for link in links if link.earlier_id in first and link.later_id in second]
    groups, seen = [], set()
    for goal in earlier:
        if goal.goal_id in seen:
            continue
        left, right = _reach(goal.goal_id, inside)
        seen |= left
        ties = tuple(link for link in inside if link.earlier_id in left)
        mine = tuple(goal for goal in earlier if goal.goal_id in left)
        theirs = tuple(goal for goal in later if goal.goal_id in right)
        groups.append(Group(mine, theirs, ties, _fate(mine, theirs)))
    reached = {link.later_id for link in inside}
    groups += [Group((), (goal,), (), "unmatched") for goal in later if goal.goal_id not in reached]
    return groups


def _reach(start: str, links: Sequence[GoalLink]) -> tuple[set[str], set[str]]:
    """Return the goals of both plans that can be reached from one of the earlier plan."""
    left, right = {start}, set()
    while True:
        more_right = {link.later_id for link in links if link.earlier_id in left}
        more_left = left | {link.earlier_id for link in links if link.later_id in more_right}
        if more_left == left and more_right == right:
            return left, right
        left, right = more_left, more_right


def _fate(earlier: Sequence[Goal], later: Sequence[Goal]) -> Fate:
    if not later:
        return "unmatched"
    if len(earlier) == len(later) == 1:
        return "kept" if has_same_title(earlier[0], later[0]) else "reworded"
    if len(earlier) == 1:
        return "split"
    return "merged" if len(later) == 1 else "regrouped"


def measure_jaccard(first: Iterable[str], second: Iterable[str]) -> float | None:
    """Return the share of themes that both have among those that either has; None where neither has any.

    Examples
    --------
    >>> measure_jaccard(["G1", "G2"], ["G2", "G3", "G4"])
    0.25
    """
    one, other = set(first), set(second)
    return len(one & other) / len(one | other) if one | other else None
