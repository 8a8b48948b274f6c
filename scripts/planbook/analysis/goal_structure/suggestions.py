"""Suggest national themes of goals, and correspondences of goals, from their words. They never decide.

A goal is held against examples: the wordings of the national strategies (reference/theme_words.csv) and the
goals of *other* plans whose themes are entered. The most alike example of each theme speaks for it, and is named
together with the words it shares. Titles such as 「整備と適切な維持管理」 say nothing alone, so the title above
is read along with half the weight.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planbook.analysis.goal_structure.tree import FRAME, Goal, GoalTree
from planbook.analysis.text_similarity import TextIndex, TextSpace, compare_texts, list_shared_words

#: How much the title above a goal counts beside its own.
ABOVE_WEIGHT = 0.5
#: Below this likeness nothing is suggested: two titles then share a word by chance as often as not.
LOWEST_THEME = 0.15
#: A second theme is suggested only when it is nearly as alike as the first.
NEARLY = 0.8


@dataclass(frozen=True)
class Example:
    """Words that are known to speak for a theme.

    Parameters
    ----------
    theme : code of themes.csv.
    words : a wording of a national strategy, or the title of a goal.
    origin : where it stands, in words for readers.
    """

    theme: str
    words: str
    origin: str


@dataclass(frozen=True)
class ThemeSuggestion:
    """A theme that the words of a goal speak for.

    Parameters
    ----------
    goal_id : of the goal.
    theme : code of themes.csv.
    score : likeness to the example, 0 to 1.
    shared : the words that the goal, or the goal above it, shares with the example, longest first.
    example : the most alike one.
    """

    goal_id: str
    theme: str
    score: float
    shared: tuple[str, ...]
    example: Example


def suggest_themes(
    tree: GoalTree, examples: Sequence[Example], space: TextSpace, *, lowest: float = LOWEST_THEME
) -> dict[str, tuple[ThemeSuggestion, ...]]:
    """Return the suggested themes of every node and frame, most alike first; () where nothing speaks.

    Parameters
    ----------
    tree : the plan's goals.
    examples : of other plans and of the national strategies, never of this plan.
    space : made from a collection that holds the titles and the examples.
    lowest : likeness below which nothing is suggested.
    """
    index = TextIndex(space.vector(example.words) for example in examples)
    found: dict[str, tuple[ThemeSuggestion, ...]] = {}

    def descend(goal: Goal, above: Goal | None) -> None:
        vector = _join(space.vector(goal.shown_title), space.vector(above.shown_title) if above else {})
        best: dict[str, ThemeSuggestion] = {}
        for place, score in index.score(vector, lowest=lowest).items():
            example = examples[place]
            known = best.get(example.theme)
            if known and score <= known.score:
                continue
            shared = list_shared_words(goal.shown_title, example.words)
            if not shared and above:
                shared = list_shared_words(above.shown_title, example.words)
            if shared:
                best[example.theme] = ThemeSuggestion(goal.goal_id, example.theme, score, shared, example)
        found[goal.goal_id] = _choose(best.values())
        for child in goal.children:
            descend(child, goal)

    for goal in (*tree.goals, *tree.frames):
        descend(goal, None)
    return found


def _join(own: dict[str, float], above: dict[str, float]) -> dict[str, float]:
    joined = dict(own)
    for gram, weight in above.items():
        joined[gram] = joined.get(gram, 0.0) + ABOVE_WEIGHT * weight
    length = math.sqrt(math.fsum(weight * weight for weight in joined.values()))
    return {gram: weight / length for gram, weight in joined.items()} if length else {}


def _choose(suggestions: Iterable[ThemeSuggestion]) -> tuple[ThemeSuggestion, ...]:
    ranked = sorted(suggestions, key=lambda one: (-one.score, one.theme))
    return tuple(one for one in ranked if one.score >= NEARLY * ranked[0].score)


@dataclass(frozen=True)
class SuggestionQuality:
    """How often the first suggestion is a theme that was entered by hand.

    Parameters
    ----------
    goals : goals with themes entered.
    suggested : of these, those with a suggestion.
    right : of these, those whose first suggestion is among the entered themes.
    """

    goals: int
    suggested: int
    right: int

    @property
    def precision(self) -> float | None:
        """The right ones of the suggested, 0 to 1; None where nothing was suggested."""
        return self.right / self.suggested if self.suggested else None

    @property
    def reach(self) -> float | None:
        """The suggested ones of all, 0 to 1; None where no goal has a theme."""
        return self.suggested / self.goals if self.goals else None


def rate_suggestions(
    labelled: Iterable[Goal], suggestions: dict[str, tuple[ThemeSuggestion, ...]]
) -> SuggestionQuality:
    """Hold suggestions against the themes that were entered; goals without any are left out."""
    goals = [goal for goal in labelled if goal.themes]
    suggested = [goal for goal in goals if suggestions.get(goal.goal_id)]
    right = [
        goal
        for goal in suggested
        if suggestions[goal.goal_id][0].theme in {link.theme for link in goal.themes}
    ]
    return SuggestionQuality(len(goals), len(suggested), len(right))


@dataclass(frozen=True)
class LinkSuggestion:
    """Two goals whose words are alike.

    Parameters
    ----------
    earlier, later : of the two plans.
    score : likeness, 0 to 1.
    shared : the words they share, longest first.
    """

    earlier: Goal
    later: Goal
    score: float
    shared: tuple[str, ...]


def suggest_links(
    earlier: Sequence[Goal], later: Sequence[Goal], space: TextSpace, *, lowest: float
) -> list[LinkSuggestion]:
    """Return for every goal its most alike one of the other plan, both ways, in the order of the earlier plan.

    Only goals of the hierarchy are held against each other; frames say what holds for everything.
    """
    first = [goal for goal in earlier if goal.role != FRAME]
    second = [goal for goal in later if goal.role != FRAME]
    alike = compare_goals(first, second, space, lowest=lowest)
    best: set[tuple[str, str]] = set()
    for side in ("earlier", "later"):
        ranked: dict[str, LinkSuggestion] = {}
        for pair in alike:
            key = getattr(pair, side).goal_id
            if key not in ranked or pair.score > ranked[key].score:
                ranked[key] = pair
        best |= {(pair.earlier.goal_id, pair.later.goal_id) for pair in ranked.values()}
    return [pair for pair in alike if (pair.earlier.goal_id, pair.later.goal_id) in best]


def compare_goals(
    first: Sequence[Goal], second: Sequence[Goal], space: TextSpace, *, lowest: float
) -> list[LinkSuggestion]:
    """Return every pair of goals whose titles share a word and are at least `lowest` alike."""
    pairs = compare_texts(
        [goal.shown_title for goal in first], [goal.shown_title for goal in second], space, lowest=lowest
    )
    return [LinkSuggestion(first[pair.left], second[pair.right], pair.score, pair.words) for pair in pairs]
