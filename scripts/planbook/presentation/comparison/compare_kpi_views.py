"""Plans side by side by what their documents list of indicators: how many, what is written, of which kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from planbook.analysis.kpis.listing import list_unique
from planbook.load.plan import Plan
from planbook.presentation.charts import compare_kpis as charts
from planbook.presentation.comparison.compare_kpi_labels import (
    MOST_DRAWN,
    count_column,
    label_with_document,
    labels_of,
    listing_sources,
    plan_cells,
    plan_columns,
    plan_link,
    view_figure,
)
from planbook.presentation.comparison.compare_kpi_reasons import TYPE_WORDS
from planbook.presentation.html import Html
from planbook.presentation.kpis.kpi_values import join, run_on
from planbook.presentation.kpis.kpi_words import ROLE_WORDS
from planbook.presentation.page import Page, View
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.comparison.kpi_comparison import KpiComparison, PlanIndicators
from planbook.summary.goal_structure.plan_goals import ANY_GENERATION, theme_order
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.rounding import format_number

#: Short enough for the head of a narrow column.
_ROLES = {**ROLE_WORDS, "kpi": plain("KPI")}
#: What may be written beside a series; the fields are those of `Written`.
_WRITTEN = {
    "series": plain("系列"),
    "baseline": plain("当初値が 数値"),
    "baseline_year": plain("当初値の 年"),
    "target": plain("目標値が 数値"),
    "target_year": plain("目標の 年度"),
    "measurable": plain("四つが そろう"),
    "actual": plain("実績"),
}
#: What only the download has: of some series alone.
_SURVEYS = {
    "surveys": plain("アンケートの割合の系列"),
    "surveys_with_n": plain("うち回答者数が書かれている系列"),
}

#: A blank between two full-width letters is a place where a heading may be broken, and no part of it.
_BREAK = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")

#: Of the types, with a blank where a heading may be broken.
_TYPES = {**TYPE_WORDS, "survey_share": plain("アンケートの 割合")}

Counts = Mapping[str, int]


def view_listing(comparison: KpiComparison) -> View | None:
    """Return what each document is and how many indicators it lists, by role; None without plans."""
    if not comparison.plans:
        return None
    labels = labels_of(comparison)
    roles = [role for role in _ROLES if any(role in row.by_role for row in comparison.plans)]
    rows = []
    for row in comparison.plans:
        listed = row.written is not None
        cells = {role: row.by_role.get(role, 0) if listed else None for role in roles}
        rows.append(
            {
                **plan_cells(row.plan),
                "plan": plan_link(row.plan, labels[row.plan.plan_id]),
                "coverage": coverage_words(row.plan.file),
                **cells,
                "indicators": row.indicators if listed else None,
                "series": len(list_unique(row.kpis.series)) if listed else None,
                "plan_ids": row.plan.plan_id,
            }
        )
    counts = [
        *(Column(role, text(_ROLES[role]), 0) for role in roles),
        Column("indicators", text("指標の合計"), 0),
        Column("series", text("系列"), 0),
    ]
    coverage = Column("coverage", text("手元の資料"))
    table = data_table(
        pd.DataFrame(rows), [Column("plan", text("計画")), coverage, *counts], plans="plan_ids"
    )
    table = replace(table, as_file=_file(rows, {c.name: c.title for c in counts}))
    return View(None, table, listing_sources(comparison.plans), "")


def view_written(comparison: KpiComparison) -> View | None:
    """Return how many series have a value and a year written; None where no document lists an indicator."""
    titles = {key: text(words) for key, words in _WRITTEN.items()}

    def counts(row: PlanIndicators) -> Counts:
        return {key: getattr(row.written, key) for key in (*_WRITTEN, *_SURVEYS)}

    return _view_counts(
        comparison,
        titles,
        counts,
        lead=text("計画ごとに、系列の数と、値や年が書かれている系列の数を丸の大きさで表した図。"),
        further={key: text(words) for key, words in _SURVEYS.items()},
    )


def types_figure(page: Page, comparison: KpiComparison) -> Html:
    """Return the figure of types; nothing where no document lists an indicator."""
    return view_figure(page, "types", view_types(comparison), text("数え方の種類別の指標の数"))


def themes_figure(page: Page, comparison: KpiComparison) -> Html:
    """Return the figure of themes; nothing where no indicator serves a goal with a theme."""
    return view_figure(page, "themes", view_themes(comparison), text("属する目標の国のテーマ別の指標の数"))


def view_types(comparison: KpiComparison) -> View | None:
    """Return how many indicators are of each type; None where no document lists an indicator."""
    used = [name for name in _TYPES if any(name in row.by_type for row in comparison.plans)]
    return _view_counts(
        comparison,
        {name: text(_TYPES[name]) for name in used},
        lambda row: row.by_type,
        lead=text("計画ごとに、数え方の種類別の指標の数を丸の大きさで表した図。"),
    )


def view_themes(comparison: KpiComparison) -> View | None:
    """Return how many indicators serve goals of each national theme; None where none serves a goal with a theme."""
    present = {theme for row in comparison.plans for theme in row.by_theme}
    if not present - {None}:
        return None
    plan = comparison.plans[0].plan
    titles = {
        theme: text("{code} {theme}", code=theme, theme=_theme_name(plan, theme))
        for theme in theme_order(plan)
        if theme in present
    }
    if None in present:
        titles["none"] = text("テーマなし")
    return _view_counts(
        comparison,
        titles,
        lambda row: {theme or "none": count for theme, count in row.by_theme.items()},
        lead=text("計画ごとに、属する目標の国のテーマ別の指標の数を丸の大きさで表した図。"),
    )


def _theme_name(plan: Plan, theme: str) -> str:
    """Return a theme as no single generation calls it, with a blank where its name may be broken."""
    return plan.reference.theme_label(theme, ANY_GENERATION).replace("・", "・ ")


def _view_counts(
    comparison: KpiComparison,
    titles: Mapping[str, str],
    counts: Callable[[PlanIndicators], Counts],
    *,
    lead: str,
    further: Mapping[str, str] | None = None,
) -> View | None:
    """Return one row a plan and one column a kind.

    A plan whose document lists no indicator has no figure in the table, not 0, and is not drawn.

    Parameters
    ----------
    titles : key → heading, of the columns that are drawn.
    counts : of a plan that lists indicators.
    lead : what the picture shows.
    further : columns of the download alone.
    """
    if not comparison.listing:
        return None
    labels, columns = labels_of(comparison), {**titles, **(further or {})}
    rows, drawn = [], []
    for row in comparison.plans:
        found = counts(row) if row.written is not None else None
        cells = {key: found.get(key, 0) if found is not None else None for key in columns}
        label = label_with_document(row, labels[row.plan.plan_id])
        rows.append(
            {
                **plan_cells(row.plan),
                "plan": labels[row.plan.plan_id],
                "coverage": coverage_words(row.plan.file),
                **cells,
                "plan_ids": row.plan.plan_id,
            }
        )
        if found is not None:
            drawn += [_circle(label, titles[key], cells[key], row.plan.plan_id) for key in titles]
    shown = [Column(key, title, 0) for key, title in titles.items()]
    table = data_table(pd.DataFrame(rows), [Column("plan", text("計画")), *shown], plans="plan_ids")
    table = replace(table, as_file=_file(rows, columns))
    frame = pd.DataFrame(drawn)
    few = len(comparison.listing) <= MOST_DRAWN
    chart = charts.draw_counts(frame, list(titles.values())) if few else None
    return View(chart, table, listing_sources(comparison.plans), run_on([lead, *_row_words(frame)]))


def _circle(plan: str, column: str, count: int, plan_id: str) -> dict[str, object]:
    shown = format_number(count)
    words = text("{name} {count}", name=_BREAK.sub("", column), count=shown)
    return {
        "plan": plan,
        "column": column,
        "count": count,
        "shown": shown,
        "words": words,
        "plan_ids": plan_id,
    }


def _row_words(frame: pd.DataFrame) -> list[str]:
    return [
        text("{plan}：{counts}。", plan=plan, counts=join(list(group["words"])))
        for plan, group in frame.groupby("plan", sort=False)
    ]


def _file(rows: list[dict[str, object]], counts: Mapping[str, str]) -> DataTable:
    """Return the same rows for a download: key → heading of the columns of counts."""
    columns = [count_column(key, _BREAK.sub("", title)) for key, title in counts.items()]
    coverage = Column("coverage", text("手元の資料"))
    return data_table(pd.DataFrame(rows), [*plan_columns(), coverage, *columns])
