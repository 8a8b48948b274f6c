"""Targets of one statistic side by side: the changes that plans set out to make, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.presentation.charts import compare_kpis as charts
from planbook.presentation.comparison.compare_kpi_labels import (
    MOST_DRAWN,
    labels_of,
    plan_cells,
    plan_columns,
)
from planbook.presentation.comparison.compare_kpi_reasons import pair_ids, statistic_name
from planbook.presentation.comparison.compare_labels import unique
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis import kpi_values as shown
from planbook.presentation.kpis.kpi_downloads import value_table
from planbook.presentation.kpis.kpi_figures import document_sources
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.comparison.kpi_comparison import KpiComparison
from planbook.summary.comparison.shared_targets import SharedTarget, TargetRow, percent_of
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.units import in_words


def target_figures(page: Page, comparison: KpiComparison) -> Html:
    """Return the targets that two plans or more set for one statistic; a sentence where there is none.

    Nothing with fewer than two plans: then there is nothing to compare with.
    """
    if len(comparison.plans) < 2:
        return Html("")
    if not comparison.targets:
        return page.say(
            "同じ統計の同じ単位の目標を、2つ以上の計画が数値で掲げている例は、手元の資料にはありません。目標の大きさをならべた図は示しません。"
        )
    said = page.say(
        "同じ統計、同じ単位、同じ区分の目標だけをならべます。目盛りは図の中で同じです。予定する変化が大きいことも小さいことも、良し悪しではありません。"
    )
    figures = [
        _figure(page, comparison, one, number) for number, one in enumerate(comparison.targets, start=1)
    ]
    return said + Html("".join(figure.markup for figure in figures))


def _figure(page: Page, comparison: KpiComparison, one: SharedTarget, number: int) -> Html:
    labels = labels_of(comparison)
    ids = list(dict.fromkeys(row.member.plan_id for row in one.rows))
    figure = page.figure(
        f"targets-{number}",
        charts.draw_changes(pd.DataFrame(_drawn(one, labels)), _axis(one)) if _is_drawn(one) else None,
        _target_table(page, one, labels),
        caption=_caption(one),
        alternative=_alternative(one, labels) if _is_drawn(one) else "",
        sources=unique(
            source for row in one.rows for source in document_sources(row.member.plan, [row.member.series])
        ),
    )
    notes = _notes(page, one)
    body = figure + (page.bullets(notes) if notes else Html(""))
    return Html(f'<div data-pb-plans="{escape(pair_ids(ids))}">{body}</div>')


def _is_drawn(one: SharedTarget) -> bool:
    return one.scale is not None and len(one.rows) <= MOST_DRAWN


def _caption(one: SharedTarget) -> str:
    name = statistic_name(one.statistic, one.rows[0].member.plan.reference)
    what = text("{name}（{group}）", name=name, group=one.group) if one.group else name
    return (
        text("予定する変化：{what}。三角が当初値、星が目標値", what=what)
        if _is_drawn(one)
        else text("目標値：{what}", what=what)
    )


def _axis(one: SharedTarget) -> str:
    if one.scale == "percent":
        return text("当初値に対する変化（%）")
    return (
        text("当初値からの変化（{unit}）", unit=in_words("", one.unit))
        if one.unit
        else text("当初値からの変化")
    )


def _row_label(row: TargetRow, labels: dict[str, str], rows: Sequence[TargetRow]) -> str:
    """Return the plan, with the name of the indicator where a plan has two of them."""
    label = labels[row.member.plan_id]
    twice = sum(other.member.plan_id == row.member.plan_id for other in rows) > 1
    return f"{label} {row.member.series.name}" if twice else label


def _drawn(one: SharedTarget, labels: dict[str, str]) -> list[dict[str, object]]:
    rows = []
    for row in one.rows:
        change = percent_of(row) if one.scale == "percent" else row.change.difference
        number = shown.show_change(row.member.plan, row.member.series)
        share = number.share if one.scale == "percent" else number.number
        rows.append(
            {
                "row": _row_label(row, labels, one.rows),
                "change": float(change),
                "label": number.text() if share is None else str(share),
                "words": number.text(),
                "plan_ids": row.member.plan_id,
            }
        )
    return rows


def _alternative(one: SharedTarget, labels: dict[str, str]) -> str:
    parts = [f"{row['row']} {row['words']}" for row in _drawn(one, labels)]
    return text(
        "当初値から目標値までの変化を、同じ目盛りで計画の順にならべた図。{parts}。", parts=join(parts)
    )


def _target_table(page: Page, one: SharedTarget, labels: dict[str, str]) -> DataTable:
    rows, file = [], []
    for row in one.rows:
        plan, series = row.member.plan, row.member.series
        rows.append(
            {
                "plan": labels[row.member.plan_id],
                "name": shown.series_name(series),
                "baseline": shown.value_cell(page, plan, series, series.baseline),
                "target": shown.value_cell(page, plan, series, series.target),
                "change": shown.show_change(plan, series).html(page),
                "plan_ids": row.member.plan_id,
            }
        )
        stated = value_table(plan, [series])
        file.append({**stated.frame.iloc[0].to_dict(), **plan_cells(plan)})
    columns = [
        Column("plan", text("計画")),
        Column("name", text("指標")),
        Column("baseline", text("当初値")),
        Column("target", text("目標値")),
        Column("change", text("予定する変化")),
    ]
    as_file = data_table(pd.DataFrame(file), [*plan_columns(), *stated.columns])
    table = data_table(pd.DataFrame(rows), columns, plans="plan_ids")
    return replace(table, stacks=True, as_file=as_file)


def _notes(page: Page, one: SharedTarget) -> list[Html]:
    """Name what differs between the rows although statistic and unit are one."""
    found = []
    spans = [
        tuple(shown.year_words(value) for value in (row.member.series.baseline, row.member.series.target))
        for row in one.rows
    ]
    if any(None in span for span in spans):
        found.append(
            page.words(
                "当初値の年か目標の年度が書かれていないものがあります。何年かけた変化かは比べられません。"
            )
        )
    elif len(set(spans)) > 1:
        found.append(page.words("当初値の年と目標の年度が計画によって違います。何年かけた変化かが違います。"))
    if one.scale is None:
        found.append(
            page.words("まちの大きさによって変わる数なので、変化の大きさを同じ目盛りの図にはしていません。")
        )
    return found
