"""Suggestions as rows of goal_themes.csv and goal_links.csv: for a person to read, correct and confirm."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.goal_structure.suggestions import ThemeSuggestion
from planbook.analysis.goal_structure.tree import Goal
from planbook.summary.goal_structure.plan_pairs import PlanPair
from planbook.summary.goal_structure.theme_suggestions import PlanSuggestions
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import format_number

Row = dict[str, str]


def theme_rows(found: PlanSuggestions, *, everything: bool = False) -> list[Row]:
    """Return the suggested themes of the goals without any; of all goals with `everything`."""
    return [
        _theme_row(goal, suggestion)
        for goal in found.facts.tree.everything
        if everything or not goal.themes
        for suggestion in found.by_goal[goal.goal_id]
    ]


def _theme_row(goal: Goal, suggestion: ThemeSuggestion) -> Row:
    own = next((word for word in suggestion.shared if word in goal.shown_title), None)
    example = suggestion.example
    note = text(
        "候補（近さ{score}）。例：「{words}」（{origin}）",
        score=format_number(suggestion.score, 2),
        words=example.words,
        origin=example.origin,
    )
    if own is None:
        note = text("{note}。根拠の語は親の目標にある", note=note)
    return {
        "goal_id": goal.goal_id,
        "theme": suggestion.theme,
        "evidence": own or suggestion.shared[0],
        "confirmed": "no",
        "note": note,
    }


def link_rows(pair: PlanPair, plan_id: str) -> list[Row]:
    """Return the suggested links as rows of the goal_links.csv of `plan_id`, one of the two plans."""
    turned = pair.earlier.plan.plan_id == plan_id
    other = (pair.later if turned else pair.earlier).plan.plan_id
    rows = []
    for one in pair.suggestions:
        ids: Sequence[Goal] = (one.earlier, one.later) if turned else (one.later, one.earlier)
        rows.append(
            {
                "goal_id": ids[0].goal_id,
                "other_plan_id": other,
                "other_goal_id": ids[1].goal_id,
                "evidence": one.shared[0],
                "other_evidence": one.shared[0],
                "confirmed": "no",
                "note": text("候補（近さ{score}）", score=format_number(one.score, 2)),
            }
        )
    return rows
