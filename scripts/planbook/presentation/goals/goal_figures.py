"""The goal hierarchy as a picture, divided where it would be too high for a sheet, with its downloads."""

from __future__ import annotations

import pandas as pd

from planbook.analysis.goal_structure.counts import count_below, count_indicators
from planbook.analysis.goal_structure.tree import FRAME, Goal, GoalTree
from planbook.load.plan import Plan
from planbook.presentation.charts.goals import LINE, TreeRow, draw_tree, measure_height
from planbook.presentation.goals import goal_labels as labels
from planbook.presentation.html import Html
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import Page
from planbook.presentation.sources import locator_words
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.goal_structure.plan_goals import theme_order
from planbook.summary.kpis.plan_series import list_series
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef

#: Pixels; a higher picture would be scaled down on A4 until its letters are too small.
HIGHEST = 620


def tree_figures(page: Page, plan: Plan, tree: GoalTree) -> Html:
    """Return the whole hierarchy as a picture, divided between top goals where it would be too high."""
    if not tree.goals:
        return page.note(
            "missing", text("この資料には、目標の体系の掲載がありません。"), title=text("図はありません")
        )
    packs = _pack(plan, tree)
    figures = [_figure(page, plan, tree, pack, n, len(packs)) for n, pack in enumerate(packs, start=1)]
    return Html("".join(figure.markup for figure in figures))


def _pack(plan: Plan, tree: GoalTree) -> list[list[Goal]]:
    """Divide the top goals into as few pictures as possible, and these evenly."""
    packs = _fill(plan, tree, HIGHEST)
    for limit in range(HIGHEST, 0, -LINE):
        lower = _fill(plan, tree, limit)
        if len(lower) > len(packs):
            break
        packs = lower
    return packs


def _fill(plan: Plan, tree: GoalTree, limit: int) -> list[list[Goal]]:
    packs: list[list[Goal]] = []
    for goal in tree.goals:
        if packs and measure_height(tree_rows(plan, tree, [*packs[-1], goal])) <= limit:
            packs[-1].append(goal)
        else:
            packs.append([goal])
    return packs


def _figure(page: Page, plan: Plan, tree: GoalTree, pack: list[Goal], number: int, total: int) -> Html:
    rows = tree_rows(plan, tree, pack)
    legend = {
        theme: text("{code} {theme}", code=theme, theme=labels.theme_name(plan, theme))
        for theme in theme_order(plan)
    }
    caption = text("目標の体系（印と記号は国のテーマ）")
    if total > 1:
        caption = text("{caption} {number}／{total}", caption=caption, number=number, total=total)
    return page.figure(
        f"tree-{number}",
        draw_tree(rows, legend),
        goal_table(plan, pack),
        caption=caption,
        alternative=text("目標の体系を段に分けた図。") + "".join(_row_words(row) for row in rows),
        sources=document_sources(plan, pack),
    )


def _row_words(row: TreeRow) -> str:
    counts = text("（{counts}）", counts=row.counts) if row.counts else ""
    if not row.themes:
        return text("{title}{counts}。", title=row.title, counts=counts)
    return text("{title} {codes}{counts}。", title=row.title, codes=join(row.themes), counts=counts)


def tree_rows(plan: Plan, tree: GoalTree, goals: list[Goal]) -> list[TreeRow]:
    """Return the rows of the picture: every level, parents before their children."""
    series = list_series(plan)
    indicators = count_indicators(tree, series)
    own = {
        goal_id: len({one.indicator for one in series if one.goal_id == goal_id}) for goal_id in indicators
    }
    rows: list[TreeRow] = []

    def add(goal: Goal, parent: int | None) -> None:
        indent = 0 if parent is None else rows[parent].indent + 1
        themes = tuple(dict.fromkeys(link.theme for link in goal.themes))
        counts = _below_words(plan, goal, indicators[goal.goal_id]) if indent == 0 else _own_words(goal, own)
        title = text("（{name}）", name=goal.shown_title) if goal.role == FRAME else _marked(goal)
        rows.append(TreeRow(indent, parent, title, themes, counts))
        here = len(rows) - 1
        for child in goal.children:
            add(child, here)

    for goal in goals:
        add(goal, None)
    return rows


def _marked(goal: Goal) -> str:
    return f"{goal.marks}{goal.heading}" if goal.marks else goal.heading


def _own_words(goal: Goal, own: dict[str, int]) -> str:
    """Return how many indicators hang on a lower item itself; nothing for none."""
    return text("指標 {n}", n=own[goal.goal_id]) if own[goal.goal_id] else ""


def _below_words(plan: Plan, goal: Goal, indicators: int) -> str:
    counts = [(plan.reference.label("levels", level), n) for level, n in count_below(goal).items()]
    if indicators:
        counts.append((text("指標"), indicators))
    return join([text("{noun} {n}", noun=noun, n=n) for noun, n in counts])


def goal_table(plan: Plan, goals: list[Goal]) -> DataTable:
    """Return every node below the given goals, one row a node and theme: what the downloads hold."""
    rows = [
        _goal_row(plan, top, node, link)
        for top in goals
        for node in top.walk()
        for link in node.themes or (None,)
    ]
    columns = [
        Column("title", text("名称")),
        Column("number", text("番号")),
        Column("level", text("階層")),
        Column("marks", text("印")),
        Column("theme", text("テーマ")),
        Column("evidence", text("根拠の語")),
        Column("confirmed", text("確認")),
        Column("top", text("最上位の目標")),
        Column("place", text("資料の中の位置")),
        Column("goal_id", text("目標ID")),
    ]
    return data_table(pd.DataFrame(rows), columns)


def _goal_row(plan: Plan, top: Goal, node: Goal, link) -> dict[str, object]:
    confirmed = None if link is None else text("確認済み") if link.confirmed else text("要確認")
    return {
        "title": node.shown_title,
        "number": node.number,
        "level": plan.reference.label("levels", node.level),
        "marks": node.marks,
        "theme": link.theme if link else None,
        "evidence": link.evidence if link else None,
        "confirmed": confirmed,
        "top": top.heading,
        "place": locator_words(plan.document_source(node)),
        "goal_id": node.goal_id,
    }


def document_sources(plan: Plan, goals: list[Goal]) -> tuple[SourceRef, ...]:
    """Return one source for each document that the goals stand in."""
    return tuple({goal.document: plan.document_source(goal) for goal in goals}.values())
