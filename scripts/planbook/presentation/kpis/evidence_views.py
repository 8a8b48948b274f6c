"""Official series beside an indicator: not its actual, but what is already known, each with its concept named."""

from __future__ import annotations

from datetime import date

import pandas as pd

from planbook.analysis.kpis.past_range import EvidenceSeries
from planbook.presentation.charts.kpi_evidence import draw_evidence
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_values import run_on, series_name, value_number
from planbook.presentation.page import Page, View
from planbook.presentation.tables import Column, data_table
from planbook.summary.kpis.evidence_facts import latest_words, match_baseline
from planbook.summary.kpis.kpi_facts import KpiFacts, PlanKpis
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import format_number

#: Signs of the series in one chart, in the order in which kpi_evidence.csv links them.
ROLES = ("register", "observed", "bridged", "natural")
#: Years before the plan's start that a chart goes back to.
YEARS_BACK = 15


def evidence_figures(page: Page, kpis: PlanKpis) -> Html:
    """Return chart and sentences for every indicator with linked official series; nothing where there is none."""
    linked = [item for item in kpis.counted if item.evidence]
    if not linked:
        return Html("")
    return Html("".join(_figure(page, kpis, item).markup for item in linked))


def _figure(page: Page, kpis: PlanKpis, item: KpiFacts) -> Html:
    one, name = item.series, series_name(item.series)
    view = view_evidence(kpis, item)
    figure = page.figure(
        f"evidence-{one.kpi_id}",
        view.chart,
        view.table,
        caption=text(
            "「{name}」の手がかりになる公的統計（実績そのものではない。{first}から）",
            name=name,
            first=view.table.frame["when"].iloc[0],
        ),
        alternative=view.alternative,
        sources=view.sources,
    )
    items = []
    for series in item.evidence:
        matched = match_baseline(one, series)
        words = [latest_words(kpis.plan, series), *([matched.words] if matched else [])]
        items.append(
            Html(
                escape(
                    run_on([text("{sentence}。", sentence=str(part)) for part in (*words, series.relation)])
                )
            )
        )
    return figure + page.bullets(items)


def view_evidence(kpis: PlanKpis, item: KpiFacts) -> View:
    """Return the linked series of one indicator over time, with its baseline and target as levels."""
    plan = kpis.plan
    since = date(plan.file.period.start_fiscal_year - YEARS_BACK, 1, 1)
    rows = [
        {
            "series": str(series.label), "role": ROLES[place % len(ROLES)], "year": _middle(point.start, point.end),
            "when": str(point.words), "value": float(point.value), "words": _words(series, point.value),
            "decimal": point.value,
        }
        for place, series in enumerate(item.evidence)
        for point in series.points
        if point.end >= since or series.points[-1].end < since
    ]  # fmt: skip
    levels = [
        {"label": text("{kind} {value}", kind=text(kind), value=value_number(plan, item.series, value)), "role": role,
         "value": float(value.value)}
        for role, kind, value in (("base", "当初値", item.series.baseline), ("target", "目標値", item.series.target))
        if value is not None and value.is_number and item.evidence[0].is_comparable(item.series)
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    columns = [
        Column("series", text("統計")),
        Column("when", text("時点")),
        Column("decimal", _title(item.evidence[0]), _decimals(item.evidence[0])),
    ]
    sources = dict.fromkeys(point.source_id for series in item.evidence for point in series.points)
    return View(
        draw_evidence(frame.drop(columns="decimal"), pd.DataFrame(levels), item.evidence[0].unit or ""),
        data_table(frame, columns),
        tuple(plan.official_source(source) for source in sources),
        _alternative(item, rows, levels),
    )


def _middle(start: date, end: date) -> float:
    """Return the middle of a period as a decimal year: a calendar year stands at its own mark, half a year on."""
    return start.year if start.year == end.year else (start.year + end.year) / 2


def _decimals(series: EvidenceSeries) -> int:
    return max(max(0, -point.value.as_tuple().exponent) for point in series.points)


def _title(series: EvidenceSeries) -> str:
    return text("値（{unit}）", unit=series.unit) if series.unit else text("値（単位なし）")


def _words(series: EvidenceSeries, value) -> str:
    return f"{format_number(value, _decimals(series))}{series.unit or ''}"


def _alternative(item: KpiFacts, rows: list[dict], levels: list[dict]) -> str:
    ends = []
    for series in item.evidence:
        own = [row for row in rows if row["series"] == str(series.label)]
        ends.append(
            text(
                "{series}は{first}の{start}から{last}の{end}。",
                series=str(series.label),
                first=own[0]["when"],
                start=own[0]["words"],
                last=own[-1]["when"],
                end=own[-1]["words"],
            )
        )
    marks = [text("{sentence}。", sentence=level["label"]) for level in levels]
    opening = text("公的統計の折れ線グラフと、指標の当初値・目標値の水平線。")
    return run_on([opening, *ends, *marks])
