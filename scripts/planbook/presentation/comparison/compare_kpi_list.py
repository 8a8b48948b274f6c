"""All indicators of all plans in one table: to look up what others measure for the same field."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planbook.analysis.goal_structure.themes import themes_of
from planbook.analysis.kpis.listing import list_unique
from planbook.presentation.comparison.compare_kpi_labels import (
    labels_of,
    listing_sources,
    plan_cells,
    plan_columns,
)
from planbook.presentation.comparison.compare_kpi_reasons import TYPE_WORDS
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis import kpi_values as shown
from planbook.presentation.kpis.kpi_downloads import value_table
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.comparison.kpi_comparison import KpiComparison, PlanIndicators
from planbook.summary.goal_structure.plan_goals import ANY_GENERATION, gather_goals, theme_order
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import format_number

#: Series in the table at most: with more of them a browser takes long to open the page.
MOST_SERIES = 3000


def indicator_list(page: Page, comparison: KpiComparison) -> Html:
    """Return every series with its values, folded, with filters and downloads; nothing where there is none."""
    if not comparison.listing:
        return Html("")
    count = sum(len(list_unique(row.kpis.series)) for row in comparison.listing)
    if count > MOST_SERIES:
        return page.say(
            "指標が{n}系列あるので、一つの表にはしていません。計画をしぼってこのページを作り直すと示します。",
            n=format_number(count),
        )
    figure = page.figure(
        "all",
        None,
        list_table(page, comparison),
        caption=text("手元の資料が掲げる指標のすべて（再掲を除く）"),
        alternative="",
        sources=listing_sources(comparison.listing),
    )
    summary = escape(
        text("すべての指標を一つの表で見る、テーマや数え方でしぼる（{n}系列）", n=format_number(count))
    )
    return Html(f'<details class="pb-data pb-fold"><summary>{summary}</summary>{figure}</details>')


def list_table(page: Page, comparison: KpiComparison) -> DataTable:
    """Return one row a series, in the order of plans and documents, repetitions left out."""
    labels = labels_of(comparison)
    rows = [cells for row in comparison.listing for cells in _rows(page, row, labels[row.plan.plan_id])]
    columns = [
        Column("plan", text("計画")),
        Column("shown_name", text("指標")),
        Column("counting", text("数え方")),
        Column("shown_themes", text("国のテーマ")),
        Column("values", text("当初値・目標値")),
    ]
    filters = {text("国のテーマ"): "themes", text("数え方"): "counting", text("役割"): "role"}
    file = [
        *plan_columns(),
        Column("counting", text("数え方")),
        Column("shown_themes", text("国のテーマ")),
        *value_table(comparison.listing[0].plan, comparison.listing[0].kpis.series[:1]).columns,
    ]
    frame = pd.DataFrame(rows)
    table = data_table(frame, columns, filters, plans="plan_ids")
    return replace(table, stacks=True, as_file=data_table(frame, file))


def _rows(page: Page, row: PlanIndicators, label: str) -> list[dict[str, object]]:
    plan, series = row.plan, list_unique(row.kpis.series)
    themes = themes_of(gather_goals(plan))
    stated = value_table(plan, series).frame.to_dict("records")
    found = []
    for one, cells in zip(series, stated, strict=True):
        own = {link.theme for link in themes.get(one.goal_id, ())}
        names = [_theme(row, theme) for theme in theme_order(plan) if theme in own] or [text("テーマなし")]
        found.append(
            {
                **cells,
                **plan_cells(plan),
                "plan": label,
                "shown_name": shown.coded_name(one),
                "counting": text(TYPE_WORDS[one.type]),
                "themes": names,
                "shown_themes": shown.join(names),
                "values": shown.stacked_values(page, plan, one, None),
                "plan_ids": plan.plan_id,
            }
        )
    return found


def _theme(row: PlanIndicators, theme: str) -> str:
    label = row.plan.reference.theme_label(theme, ANY_GENERATION)
    return text("{code} {theme}", code=theme, theme=label)
