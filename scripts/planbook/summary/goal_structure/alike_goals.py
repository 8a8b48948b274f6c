"""Goals of different plans whose words are alike: a help for reading, not a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from planbook.analysis.goal_structure.suggestions import LinkSuggestion, compare_goals
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
    space = make_goal_space(plans)
    found = [
        AlikeGoals(first, second, pair)
        for first, second in combinations(plans, 2)
        for pair in compare_goals(first.tree.nodes, second.tree.nodes, space, lowest=lowest)
    ]
    return sorted(found, key=lambda one: -one.pair.score)
