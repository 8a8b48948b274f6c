"""Themes that words speak for, held against those entered: of each plan by the examples of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.analysis.goal_structure.suggestions import (
    Example,
    ExampleIndex,
    SuggestionQuality,
    ThemeSuggestion,
    rate_suggestions,
    suggest_themes,
)
from planbook.analysis.goal_structure.themes import NO_THEME
from planbook.analysis.goal_structure.tree import Goal
from planbook.analysis.text_similarity import TextSpace, make_space
from planbook.load.reference import Reference
from planbook.summary.goal_structure.plan_goals import PlanGoals
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
        for goal in self.facts.tree.everything:
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
    titles = [goal.shown_title for facts in plans for goal in facts.tree.everything]
    national = national_examples(plans[0].plan.reference) if plans else []
    return make_space([*titles, *(example.words for example in national)])


def index_examples(plans: Sequence[PlanGoals]) -> ExampleIndex:
    """Return the national wordings and the goals of all plans; a goal that belongs to no theme speaks for none."""
    examples = national_examples(plans[0].plan.reference) if plans else []
    for facts in plans:
        origin = text("{plan}の項目", plan=facts.plan.short_title)
        examples += [
            Example(link.theme, goal.shown_title, origin, facts.plan.plan_id)
            for goal in facts.tree.everything
            for link in goal.themes
            if link.theme != NO_THEME
        ]
    return ExampleIndex(examples, make_goal_space(plans))


def gather_suggestions(plans: Sequence[PlanGoals]) -> tuple[PlanSuggestions, ...]:
    """Suggest themes for each plan, in their order, from the national wordings and from the other plans."""
    examples = index_examples(plans)
    return tuple(suggest_for(facts, examples) for facts in plans)


def suggest_for(facts: PlanGoals, examples: ExampleIndex) -> PlanSuggestions:
    """Suggest themes for one of the plans from the national wordings and from the others.

    Parameters
    ----------
    facts : the plan; its own goals are no examples.
    examples : of `index_examples`, made of plans with this one among them.
    """
    by_goal = suggest_themes(facts.tree, examples, leave_out=facts.plan.plan_id)
    return PlanSuggestions(facts, by_goal, rate_suggestions(facts.tree.everything, by_goal))


def join_quality(found: Sequence[PlanSuggestions]) -> SuggestionQuality:
    """Return the quality over all plans: every plan was left out of its own examples."""
    parts = [one.quality for one in found]
    return SuggestionQuality(
        sum(part.goals for part in parts),
        sum(part.suggested for part in parts),
        sum(part.right for part in parts),
    )
