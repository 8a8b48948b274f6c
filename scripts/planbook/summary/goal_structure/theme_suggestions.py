"""Themes that words speak for, held against those entered: of each plan by the examples of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.analysis.goal_structure.correspondence import list_everything
from planbook.analysis.goal_structure.suggestions import (
    Example,
    SuggestionQuality,
    ThemeSuggestion,
    rate_suggestions,
    suggest_themes,
)
from planbook.analysis.goal_structure.tree import Goal
from planbook.analysis.text_similarity import TextSpace, make_space
from planbook.load.reference import Reference
from planbook.summary.goal_structure.plan_goals import PlanGoals, can_be_compared
from planbook.vocabulary.catalogue import text


@dataclass(frozen=True)
class Differing:
    """A goal whose words speak for another theme than those entered.

    Parameters
    ----------
    goal : with the themes entered.
    suggestions : most alike first.
    """

    goal: Goal
    suggestions: tuple[ThemeSuggestion, ...]


@dataclass(frozen=True)
class PlanSuggestions:
    """What the words of one plan speak for.

    Parameters
    ----------
    facts : the plan.
    by_goal : goal id → suggestions, most alike first; () where nothing speaks.
    quality : of the first suggestion of each goal, against the themes entered.
    """

    facts: PlanGoals
    by_goal: dict[str, tuple[ThemeSuggestion, ...]]
    quality: SuggestionQuality

    @property
    def differing(self) -> list[Differing]:
        """The goals with themes entered, none of which the words speak for."""
        found = []
        for goal in list_everything(self.facts.tree):
            suggestions = self.by_goal[goal.goal_id]
            own = {link.theme for link in goal.themes}
            if own and suggestions and not own & {one.theme for one in suggestions}:
                found.append(Differing(goal, suggestions))
        return found


def national_examples(reference: Reference) -> list[Example]:
    """Return the wordings of the national strategies."""
    return [
        Example(row.theme, row.words, reference.row("sources", row.source_id).title)
        for row in reference.table("theme_words").rows
    ]


def make_goal_space(plans: Sequence[PlanGoals]) -> TextSpace:
    """Return how rare each gram is among the goals of the plans and the national wordings."""
    titles = [goal.shown_title for facts in plans for goal in list_everything(facts.tree)]
    national = national_examples(plans[0].plan.reference) if plans else []
    return make_space([*titles, *(example.words for example in national)])


def _goal_examples(facts: PlanGoals) -> list[Example]:
    return [
        Example(link.theme, goal.shown_title, text("{plan}の項目", plan=facts.plan.short_title))
        for goal in list_everything(facts.tree)
        for link in goal.themes
    ]


def gather_suggestions(plans: Sequence[PlanGoals]) -> tuple[PlanSuggestions, ...]:
    """Suggest themes for each plan from the national wordings and from the other plans.

    Returns
    -------
    one a plan, in their order; () where `can_be_compared` says no.
    """
    if not plans or not can_be_compared(plans):
        return ()
    space = make_goal_space(plans)
    return tuple(suggest_for(facts, plans, space) for facts in plans)


def suggest_for(facts: PlanGoals, plans: Sequence[PlanGoals], space: TextSpace) -> PlanSuggestions:
    """Suggest themes for one of the plans from the national wordings and from the others."""
    examples = national_examples(facts.plan.reference)
    for other in plans:
        if other.plan.plan_id != facts.plan.plan_id:
            examples += _goal_examples(other)
    by_goal = suggest_themes(facts.tree, examples, space)
    return PlanSuggestions(facts, by_goal, rate_suggestions(list_everything(facts.tree), by_goal))


def join_quality(found: Sequence[PlanSuggestions]) -> SuggestionQuality:
    """Return the quality over all plans: every plan was left out of its own examples."""
    parts = [one.quality for one in found]
    return SuggestionQuality(
        sum(part.goals for part in parts),
        sum(part.suggested for part in parts),
        sum(part.right for part in parts),
    )
