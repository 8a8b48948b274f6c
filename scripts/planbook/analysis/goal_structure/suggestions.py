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
    plan_id : of the plan whose goal it is; None for a wording of a national strategy.
    """

    theme: str
    words: str
    origin: str
    plan_id: str | None = None


class ExampleIndex:
    """Examples that goals are held against; words that several examples have are looked up once.

    Parameters
    ----------
    examples : in the order in which, of equally alike ones, the first speaks.
    space : made from a collection that holds the titles of the goals and the examples.
    """

    def __init__(self, examples: Sequence[Example], space: TextSpace):
        self.examples = tuple(examples)
        self.space = space
        by_words: dict[str, dict[str, list[tuple[int, Example]]]] = {}
        for number, example in enumerate(examples):
            by_words.setdefault(example.words, {}).setdefault(example.theme, []).append((number, example))
        self._by_theme = list(by_words.values())
        self._index = TextIndex(space.vector(words) for words in by_words)

    def rank(
        self, vector: dict[str, float], *, lowest: float, leave_out: str | None
    ) -> list[tuple[float, Example]]:
        """Return likeness and example, most alike first, one for every theme that the same words have.

        Parameters
        ----------
        vector : of a goal.
        lowest : likeness below which an example does not speak.
        leave_out : the plan whose goals are no examples.
        """
        found = []
        for place, score in self._index.score(vector, lowest=lowest).items():
            for held in self._by_theme[place].values():
                first = next((one for one in held if leave_out is None or one[1].plan_id != leave_out), None)
                if first:
                    found.append((score, *first))
        found.sort(key=lambda one: (-one[0], one[1]))
        return [(score, example) for score, _, example in found]


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
    tree: GoalTree, examples: ExampleIndex, *, leave_out: str | None = None, lowest: float = LOWEST_THEME
) -> dict[str, tuple[ThemeSuggestion, ...]]:
    """Return the suggested themes of every node and frame, most alike first; () where nothing speaks.

    Parameters
    ----------
    tree : the plan's goals.
    examples : of plans and of the national strategies.
    leave_out : the plan of the tree, where its own goals are among the examples.
    lowest : likeness below which nothing is suggested.
    """
    space = examples.space
    found: dict[str, tuple[ThemeSuggestion, ...]] = {}

    def descend(goal: Goal, above: Goal | None) -> None:
        vector = _join(space.vector(goal.shown_title), space.vector(above.shown_title) if above else {})
        ranked = examples.rank(vector, lowest=lowest, leave_out=leave_out)
        found[goal.goal_id] = _choose(goal, above, ranked)
        for child in goal.children:
            descend(child, goal)

    for goal in (*tree.goals, *tree.frames):
        descend(goal, None)
    return found


def _choose(
    goal: Goal, above: Goal | None, ranked: Iterable[tuple[float, Example]]
) -> tuple[ThemeSuggestion, ...]:
    """Return the best example of each theme that shares a word, as long as it is nearly as alike as the first."""
    best: dict[str, ThemeSuggestion] = {}
    needed = 0.0
    for score, example in ranked:
        if score < needed:
            break
        if example.theme in best:
            continue
        shared = list_shared_words(goal.shown_title, example.words)
        if not shared and above:
            shared = list_shared_words(above.shown_title, example.words)
        if shared:
            needed = needed or NEARLY * score
            best[example.theme] = ThemeSuggestion(goal.goal_id, example.theme, score, shared, example)
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.theme)))


def _join(own: dict[str, float], above: dict[str, float]) -> dict[str, float]:
    joined = dict(own)
    for gram, weight in above.items():
        joined[gram] = joined.get(gram, 0.0) + ABOVE_WEIGHT * weight
    length = math.sqrt(math.fsum(weight * weight for weight in joined.values()))
    return {gram: weight / length for gram, weight in joined.items()} if length else {}


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
