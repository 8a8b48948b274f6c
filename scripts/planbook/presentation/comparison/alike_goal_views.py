"""Helps for reading: goals of different plans that are worded alike, and themes that words speak for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.analysis.goal_structure.tree import Goal
from planbook.presentation.comparison.compare_goal_views import goal_labels_of, goal_sources
from planbook.presentation.html import Html, escape, fold
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import Page, View
from planbook.presentation.shared_words import show_marked
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.goal_structure.alike_goals import MOST_SHOWN, AlikeGoals
from planbook.summary.goal_structure.plan_goals import PlanGoals
from planbook.summary.goal_structure.theme_suggestions import PlanSuggestions
from planbook.vocabulary.catalogue import text


def folded_suggestions(page: Page, found: Sequence[PlanSuggestions]) -> Html:
    """Return the table of suggestions, folded: it helps who enters themes, not who reads about the plans."""
    table = table_suggestions(found)
    if table is None:
        return page.say("入力と違うテーマの候補はありません。")
    caption = text("語の近さから挙げたテーマが、入力と違う項目")
    return fold(
        text("入力と違うテーマの候補を見る（{n}項目）", n=len(table.frame)), page.table(table, caption)
    )


def table_suggestions(found: Sequence[PlanSuggestions]) -> DataTable | None:
    """Return the items whose words speak for another theme than those entered; None where there are none."""
    labels = goal_labels_of([one.facts for one in found])
    rows = [
        {
            "goal": show_marked(item.goal.shown_title, item.suggestions[0].shared),
            "plan": labels[one.facts.plan.plan_id],
            "entered": join(list(dict.fromkeys(link.theme for link in item.goal.themes))),
            "suggested": join([suggestion.theme for suggestion in item.suggestions]),
            "example": show_marked(item.suggestions[0].example.words, item.suggestions[0].shared)
            + Html(f"<br><small>{escape(item.suggestions[0].example.origin)}</small>"),
            "score": item.suggestions[0].score,
            "plan_ids": one.facts.plan.plan_id,
        }
        for one in found
        for item in one.differing
    ]
    if not rows:
        return None
    columns = [
        Column("goal", text("項目（共通する語に印）")),
        Column("plan", text("計画")),
        Column("entered", text("入力したテーマ")),
        Column("suggested", text("語が近いテーマ")),
        Column("example", text("最も近い例")),
        Column("score", text("近さ（0〜1）"), 2),
    ]
    table = data_table(pd.DataFrame(rows), columns, {text("計画"): "plan"}, plans="plan_ids")
    return replace(table, stacks=True)


def view_alike(found: Sequence[AlikeGoals], goals: Sequence[PlanGoals]) -> View | None:
    """Return the alike goals of different plans with their shared words marked; None where there are none.

    The page shows the most alike ones of every two plans, the download all.
    """
    if not found:
        return None
    labels = goal_labels_of(goals)
    rows = [
        {
            "first": _side(one.first, one.pair.earlier, one.pair.shared, labels),
            "second": _side(one.second, one.pair.later, one.pair.shared, labels),
            "shared": join(one.pair.shared),
            "score": one.pair.score,
            "plan_ids": one.plan_ids,
            "first_plan": labels[one.first.plan.plan_id],
            "first_title": one.pair.earlier.heading,
            "second_plan": labels[one.second.plan.plan_id],
            "second_title": one.pair.later.heading,
        }
        for one in found
    ]
    frame = pd.DataFrame(rows)
    nearest = frame.groupby("plan_ids", sort=False).head(MOST_SHOWN)
    columns = [
        Column("first", text("一つめの計画の項目")),
        Column("second", text("二つめの計画の項目")),
        Column("shared", text("共通する語")),
        Column("score", text("近さ（0〜1）"), 2),
    ]
    file_columns = [
        Column("first_plan", text("一つめの計画")),
        Column("first_title", text("一つめの計画の項目")),
        Column("second_plan", text("二つめの計画")),
        Column("second_title", text("二つめの計画の項目")),
        *columns[2:],
    ]
    table = data_table(nearest, columns, plans="plan_ids")
    table = replace(table, stacks=True, as_file=data_table(frame, file_columns))
    involved = [facts for facts in goals if any(facts in (one.first, one.second) for one in found)]
    return View(None, table, goal_sources(involved), "")


def _side(facts: PlanGoals, goal: Goal, shared: Sequence[str], labels: dict[str, str]) -> Html:
    number = f"{escape(goal.number)} " if goal.number else ""
    name = escape(labels[facts.plan.plan_id])
    return Html(f"{number}{show_marked(goal.shown_title, shared)}<br><small>{name}</small>")
