"""The goal hierarchy as nested lists and in tables."""

from __future__ import annotations

import pandas as pd

from planbook.analysis.goal_structure.counts import count_below, count_indicators, count_levels
from planbook.analysis.goal_structure.themes import count_themes
from planbook.analysis.goal_structure.tree import Goal, GoalTree
from planbook.load.plan import Plan
from planbook.presentation.goals import goal_labels as labels
from planbook.presentation.html import Html, escape
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.goal_structure.plan_goals import theme_order
from planbook.summary.kpis.plan_series import list_series
from planbook.vocabulary.catalogue import text


def tree_list(plan: Plan, tree: GoalTree) -> Html:
    """Return the complete hierarchy as nested lists, with marks, themes and the words that speak for them."""
    items = "".join(_item(plan, goal) for goal in tree.goals)
    return Html(f'<ul class="pb-tree">{items}</ul>' if items else "")


def frame_lists(page: Page, plan: Plan, tree: GoalTree) -> Html:
    """Return the frames (視点, 共通政策 …) by level, apart from the hierarchy; a sentence when there is none."""
    if not tree.frames:
        return page.say("この資料には、体系の外に掲げられた視点や共通政策などはありません。")
    parts = []
    for level in count_levels(tree.frames):
        goals = [goal for goal in tree.frames if goal.level == level]
        heading = labels.counted(plan.reference.label("levels", level), len(goals))
        items = page.bullets([Html(_label(plan, goal)) for goal in goals])
        parts.append(f"<p><strong>{escape(heading)}</strong></p>{items}")
    return Html("".join(parts))


def _item(plan: Plan, goal: Goal) -> str:
    below = "".join(_item(plan, child) for child in goal.children)
    return f"<li>{_label(plan, goal)}{f'<ul>{below}</ul>' if below else ''}</li>"


def _label(plan: Plan, goal: Goal) -> str:
    """Return number, title, mark and themes of one node."""
    number = f'<span class="pb-tree-number">{escape(goal.number)}</span>' if goal.number else ""
    title = f'<span class="pb-tree-title">{escape(goal.shown_title)}</span>'
    if goal.marks:
        meaning = labels.mark_meaning(plan, goal.marks)
        label = text("{mark} {meaning}", mark=goal.marks, meaning=meaning) if meaning else goal.marks
        title += f'<span class="pb-mark">{escape(label)}</span>'
    return number + title + "".join(_chip(plan, link) for link in goal.themes)


def _chip(plan: Plan, link) -> str:
    label = text("{code} {theme}", code=link.theme, theme=labels.theme_name(plan, link.theme))
    evidence = text("「{evidence}」", evidence=link.evidence)
    chip = f'<span class="pb-mark pb-theme-{escape(link.theme)}">{escape(label)}</span>'
    return f"{chip}<small>{escape(evidence)}</small> "


def level_table(plan: Plan, tree: GoalTree) -> DataTable | None:
    """Return what stands below each top goal, by level; None where the document lists nothing below them."""
    indicators = count_indicators(tree, list_series(plan))
    levels = [
        level for level in count_levels(tree.nodes) if any(level in count_below(goal) for goal in tree.goals)
    ]
    if not levels and not any(indicators.values()):
        return None
    rows = []
    for goal in tree.goals:
        below = count_below(goal)
        row = {"goal": goal.heading, "indicators": indicators[goal.goal_id]}
        rows.append(row | {level: below.get(level, 0) for level in levels})
    columns = [Column("goal", text("最上位の目標"))]
    columns += [Column(level, plan.reference.label("levels", level), 0) for level in levels]
    if any(indicators.values()):
        columns.append(Column("indicators", text("指標（再掲を含む）"), 0))
    return data_table(pd.DataFrame(rows), columns)


def theme_table(plan: Plan, tree: GoalTree) -> DataTable | None:
    """Return the themes of the top goals with the words that speak for them; None without any."""
    rows = [
        {
            "goal": goal.heading,
            "theme": text("{code} {theme}", code=link.theme, theme=labels.theme_name(plan, link.theme)),
            "evidence": text("「{evidence}」", evidence=link.evidence),
            "confirmed": text("確認済み") if link.confirmed else text("要確認"),
            "note": link.note,
        }
        for goal in tree.goals
        for link in goal.themes
    ]
    if not rows:
        return None
    columns = [
        Column("goal", text("最上位の目標")),
        Column("theme", text("国のテーマ")),
        Column("evidence", text("根拠の語")),
        Column("confirmed", text("確認")),
    ]
    if any(row["note"] for row in rows):
        columns.append(Column("note", text("備考")))
    return data_table(pd.DataFrame(rows), columns)


def theme_count_table(plan: Plan, tree: GoalTree) -> DataTable | None:
    """Return how many measures (goals, where there are no measures) count in each theme; None without any."""
    counts = count_themes(tree, theme_order(plan))
    if not counts.by_theme:
        return None
    rows = [
        {"theme": text("{code} {theme}", code=theme, theme=labels.theme_name(plan, theme)), "nodes": n}
        for theme, n in counts.by_theme.items()
    ]
    title = text("施策の数") if counts.role == "measure" else text("目標の数")
    return data_table(pd.DataFrame(rows), [Column("theme", text("国のテーマ")), Column("nodes", title, 0)])
