"""The crosswalk: which goals of each plan belong to which national theme, and what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.analysis.goal_structure.tree import Goal
from planbook.presentation.comparison.compare_goal_views import goal_labels_of, goal_sources
from planbook.presentation.goals.goal_labels import theme_name
from planbook.presentation.html import Html, escape, fold
from planbook.presentation.page import Page, View
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.goal_structure.plan_goals import PlanGoals, theme_order
from planbook.vocabulary.catalogue import text


def table_crosswalk(goals: Sequence[PlanGoals]) -> DataTable | None:
    """Return which top goal of each plan belongs to which theme; the download has every item. None without any."""
    labels = goal_labels_of(goals)
    rows = [
        _crosswalk_row(facts, labels, goal, link)
        for theme in _all_themes(goals)
        for facts in goals
        for goal in facts.tree.tops
        for link in goal.themes
        if link.theme == theme
    ]
    if not rows:
        return None
    columns = [
        Column("theme", text("国のテーマ")),
        Column("plan", text("計画")),
        Column("goal", text("最上位の目標")),
        Column("evidence", text("根拠の語")),
    ]
    table = data_table(pd.DataFrame(rows), columns, {text("国のテーマ"): "theme"}, plans="plan_ids")
    return replace(table, stacks=True)


def _all_themes(goals: Sequence[PlanGoals]) -> list[str]:
    return theme_order(goals[0].plan) if goals else []


def _crosswalk_row(facts: PlanGoals, labels: dict[str, str], goal: Goal, link) -> dict[str, object]:
    plan = facts.plan
    place = _place_words(facts, goal, link.theme)
    remark = f"<br><small>{escape(place)}</small>" if place else ""
    confirmed = text("確認済み") if link.confirmed else text("要確認")
    return {
        "theme": text("{code} {theme}", code=link.theme, theme=theme_name(plan, link.theme)),
        "plan": labels[plan.plan_id],
        "goal": Html(f"{escape(goal.heading)}{remark}"),
        "evidence": Html(
            escape(text("「{evidence}」（{confirmed}）", evidence=link.evidence, confirmed=confirmed))
            + (f"<br><small>{escape(link.note)}</small>" if link.confirmed and link.note else "")
        ),
        "plan_ids": plan.plan_id,
    }


def _place_words(facts: PlanGoals, goal: Goal, theme: str) -> str | None:
    """Say that the number of a goal is not that of its pillar; None where it is, or where that is no question."""
    if (goal.goal_id, theme) not in {(one.goal_id, pillar) for one, pillar in facts.mismatches}:
        return None
    return text("番号と国の柱の順が違う（国では{n}番目）", n=facts.pillars.index(theme) + 1)


def folded_crosswalk(page: Page, goals: Sequence[PlanGoals]) -> Html:
    """Return every item of every plan with its themes, folded and to download; nothing without any."""
    view = whole_crosswalk(goals)
    if view is None:
        return Html("")
    caption = text("すべての項目と国のテーマ")
    figure = page.figure("crosswalk", None, view.table, caption=caption, alternative="", sources=view.sources)
    return fold(text("すべての項目の対応を一つの表で見る、ダウンロードする"), figure)


def whole_crosswalk(goals: Sequence[PlanGoals]) -> View | None:
    """Return every item of every plan with its themes; None without any."""
    labels = goal_labels_of(goals)
    rows = [
        {
            "code": facts.plan.municipality.code,
            "place": facts.plan.municipality.name,
            "plan": labels[facts.plan.plan_id],
            "level": facts.plan.reference.label("levels", goal.level),
            "goal": goal.heading,
            "theme": link.theme if link else None,
            "name": theme_name(facts.plan, link.theme) if link else text("テーマの入力なし"),
            "evidence": link.evidence if link else None,
            "confirmed": None if link is None else text("確認済み") if link.confirmed else text("要確認"),
            "note": link.note if link else None,
            "goal_id": goal.goal_id,
            "plan_id": facts.plan.plan_id,
        }
        for facts in goals
        for goal in facts.tree.everything
        for link in goal.themes or (None,)
    ]
    if not rows:
        return None
    columns = [
        Column("goal", text("項目")),
        Column("plan", text("計画")),
        Column("level", text("階層")),
        Column("theme", text("テーマ")),
        Column("name", text("国のテーマ")),
        Column("evidence", text("根拠の語")),
        Column("confirmed", text("確認")),
        Column("note", text("備考")),
    ]
    filters = {text("計画"): "plan", text("国のテーマ"): "name"}
    extra = [
        Column("code", text("団体コード")),
        Column("place", text("団体名")),
        *columns,
        Column("goal_id", text("目標ID")),
        Column("plan_id", text("計画ID")),
    ]
    frame = pd.DataFrame(rows)
    table = data_table(frame, columns, filters, plans="plan_id")
    table = replace(table, as_file=data_table(frame, extra), stacks=True)
    return View(None, table, goal_sources(goals), "")
