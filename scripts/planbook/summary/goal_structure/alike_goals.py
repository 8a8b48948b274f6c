"""Goals of different plans whose words are alike: a help for reading, not a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from planbook.analysis.goal_structure.suggestions import LinkSuggestion
from planbook.analysis.goal_structure.tree import Goal
from planbook.analysis.text_similarity import compare_within
from planbook.summary.goal_structure.plan_goals import PlanGoals, can_be_compared
from planbook.summary.goal_structure.theme_suggestions import make_goal_space

#: Titles this alike read as variations of one wording.
LOWEST_ALIKE = 0.35
#: How many pairs a page shows of two plans; the download has all.
MOST_SHOWN = 12


@dataclass(frozen=True)
class AlikeGoals:
    """A goal of each of two plans; `pair` names them in the order of the plans."""

    first: PlanGoals
    second: PlanGoals
    pair: LinkSuggestion

    @property
    def plan_ids(self) -> str:
        """Both ids, joined: shown while both plans are chosen."""
        return f"{self.first.plan.plan_id}+{self.second.plan.plan_id}"


def gather_alike_goals(plans: Sequence[PlanGoals], *, lowest: float = LOWEST_ALIKE) -> list[AlikeGoals]:
    """Return the alike goals of every two plans, most alike first, then by plan and place in the document.

    None are sought where `can_be_compared` says no.
    """
    if not can_be_compared(plans):
        return []
    holders: dict[str, list[_Held]] = {}
    for number, facts in enumerate(plans):
        for place, goal in enumerate(facts.tree.nodes):
            holders.setdefault(goal.shown_title, []).append(_Held(number, place, goal))
    titles, held = list(holders), list(holders.values())
    in_plans = [{one.plan for one in group} for group in held]
    found = [
        (*sorted(pair, key=lambda one: one.plan), likeness)
        for likeness in compare_within(
            titles,
            make_goal_space(plans),
            lowest=lowest,
            wanted=lambda left, right: len(in_plans[left] | in_plans[right]) > 1,
        )
        for pair in _list_pairs(held[likeness.left], held[likeness.right])
    ]
    found.sort(key=lambda one: (-one[2].score, one[0].plan, one[1].plan, one[0].place, one[1].place))
    return [
        AlikeGoals(
            plans[first.plan],
            plans[second.plan],
            LinkSuggestion(first.goal, second.goal, likeness.score, likeness.words),
        )
        for first, second, likeness in found
    ]


class _Held(NamedTuple):
    """A goal by the numbers of its plan and of its place there."""

    plan: int
    place: int
    goal: Goal


def _list_pairs(first: list[_Held], second: list[_Held]) -> list[tuple[_Held, _Held]]:
    """Return every goal of the one with every goal of the other that is of another plan; of a list with itself once."""
    pairs = combinations(first, 2) if first is second else product(first, second)
    return [(one, other) for one, other in pairs if one.plan != other.plan]
