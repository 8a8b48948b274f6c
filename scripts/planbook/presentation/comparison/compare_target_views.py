"""The targets of several plans side by side: against the projection, against the past, and what they take."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planbook.presentation.charts import compare_population as charts
from planbook.presentation.comparison.compare_labels import (
    labels_of,
    plan_labels,
    rate_sources,
    reason_words,
    row_label,
    span_words,
    unique,
)
from planbook.presentation.page import View
from planbook.presentation.population.population_words import CONCEPTS, edition_name
from planbook.presentation.population.trend_rows import edition_signs
from planbook.presentation.tables import Column, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.comparison.comparison_facts import Comparison, PlanFacts
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.summary.comparison.target_ambition import Ambition
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.provenance import SourceRef

MISSING = {
    "no_year": plain("目標の年が資料に書かれていない"),
    "no_projection": plain("比べられる推計がない"),
    "year_outside": plain("推計に目標の年の値がない"),
}
PRECEDENTS = {
    "ordinary": plain("見られたことがある"),
    "disturbed": plain("災害などの影響のあった時期にだけ見られた"),
    "never": plain("どの5年間にもなかった"),
}
_NOT_LISTED = plain("この資料には掲載がない")


def _labels(comparison: Comparison) -> dict[str, str]:
    return plan_labels([row.plan for row in comparison.plans])


def _year(item: Ambition) -> str:
    return str(item.facts.target.year) if item.facts.target.year else text("記載なし")


def _document_sources(comparison: Comparison) -> list[SourceRef]:
    return [item.facts.persons.source for _, item in comparison.ambitions]


def view_ambition(comparison: Comparison) -> View | None:
    """Return every target beside the projection of its year; a plan without one says so. None without plans.

    The chart shows the targets that can be held against a projection; without any, the table stands alone.
    """
    if not comparison.plans:
        return None
    labels = _labels(comparison)
    rows = [row for plan in comparison.plans for row in _ambition_rows(labels[plan.plan.plan_id], plan)]
    columns = [
        Column("plan", text("計画")),
        Column("year", text("目標年")),
        Column("target", text("目標（人）"), 0),
        Column("basis", text("人口の種類")),
        Column("projected", text("その年の推計（人）"), 0),
        Column("gap", text("差（人）"), 0, sign=True),
        Column("gap_pct", text("差（%）"), 1, sign=True),
        Column("averted", text("推計の減少のうち目標が抑える割合（%）"), 1),
        Column("edition", text("推計の版")),
        Column("remark", text("備考")),
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    compared = [(plan, item) for plan in comparison.plans for item in plan.compared]
    sources = unique(
        [
            *_document_sources(comparison),
            *(
                plan.plan.document_source(plan.plan.file.period)
                for plan in comparison.plans
                if not plan.ambitions
            ),
            *(item.facts.projected.source for _, item in compared),
            *(p.population.latest.persons.source for p in comparison.places if p.population.latest),
        ]
    )
    table = data_table(frame, columns)
    if not compared:
        return View(None, table, sources, "")
    chart, words = _ambition_chart(labels, compared)
    return View(chart, table, sources, words)


def _ambition_rows(label: str, plan: PlanFacts) -> list[dict[str, object]]:
    if not plan.ambitions:
        return [{"plan": label, "remark": text(_NOT_LISTED)}]
    return [
        {
            "plan": label,
            "year": _year(item),
            "target": item.facts.persons.value,
            "basis": text(CONCEPTS[item.facts.target.basis]),
            "projected": item.facts.projected.value if item.facts.projected else None,
            "gap": item.facts.gap.value if item.facts.gap else None,
            "gap_pct": item.facts.gap_pct.value if item.facts.gap_pct else None,
            "averted": item.averted.value if item.averted else None,
            "edition": edition_name(plan.plan, item.facts.edition) if item.facts.gap else None,
            "remark": text(MISSING[item.facts.missing]) if item.facts.missing else None,
        }
        for item in plan.ambitions
    ]


def _ambition_chart(labels: dict[str, str], compared: list[tuple[PlanFacts, Ambition]]):
    editions = list(dict.fromkeys(item.facts.edition for _, item in compared))
    rows = []
    for plan, item in compared:
        edition = item.facts.edition
        if item.facts.gap_pct is None:
            continue
        rows.append(
            {
                "row": row_label(labels[plan.plan.plan_id], item),
                "role": edition_signs(plan.plan, editions)[edition],
                "series": edition_name(plan.plan, edition),
                "gap_pct": float(item.facts.gap_pct.value),
                "label": str(item.facts.gap_pct),
                "persons": text("{gap}（{share}）", gap=item.facts.gap, share=item.facts.gap_pct),
            }
        )
    words = text(
        "目標が推計から何%離れているかを、市区町村コードの順にならべた図。{parts}。",
        parts=text("、").join(f"{row['row']} {row['persons']}" for row in rows),
    )
    return (charts.draw_ambition(pd.DataFrame(rows)) if rows else None), words


def view_pace(comparison: Comparison) -> View | None:
    """Return yearly change as it was and as the targets take it, in per cent of the newest census.

    A municipality without a target ahead shows the past alone. None where none has two censuses.
    """
    plans, places = _labels(comparison), labels_of(comparison)
    rows, drawn, sources = [], [], []
    for place in comparison.places:
        if place.pace_share is None:
            continue
        aims = [
            (plan, item)
            for plan in comparison.plans
            if plan.place is place
            for item in plan.ambitions
            if item.required is not None
        ]
        sources += [observed.persons.source for observed in place.population.census[-2:]]
        sources += [item.facts.persons.source for _, item in aims]
        if not aims:
            rows.append(_pace_row(places[place.code], place, None))
            drawn += _pace_marks(places[place.code], place, None)
        for plan, item in aims:
            rows.append(_pace_row(plans[plan.plan.plan_id], place, item))
            drawn += _pace_marks(row_label(plans[plan.plan.plan_id], item), place, item)
    if not rows:
        return None
    columns = [
        Column("plan", text("計画・市区町村")),
        Column("span", text("実績の期間")),
        Column("status", text("最新の国勢調査")),
        Column("pace", text("実績（人/年）"), 0, sign=True),
        Column("observed", text("実績（%/年）"), 2, sign=True),
        Column("year", text("目標年")),
        Column("need", text("必要な歩み（人/年）"), 0, sign=True),
        Column("required", text("必要な歩み（%/年）"), 2, sign=True),
        Column("remark", text("備考")),
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    words = text(
        "1年あたりの人口増減を、直近の実績と目標に必要な歩みでならべた図（最新の国勢調査人口に対する%）。{parts}。",
        parts=text("、").join(f"{row['row']} {row['series']} {row['label']}" for row in drawn),
    )
    return View(charts.draw_pace(pd.DataFrame(drawn)), data_table(frame, columns), unique(sources), words)


def _pace_row(label: str, place: PlaceFacts, item: Ambition | None) -> dict[str, object]:
    facts = place.population
    row = {
        "plan": label,
        "span": span_words((facts.census[-2].as_of.year, facts.latest.as_of.year)),
        "pace": facts.pace.value,
        "observed": place.pace_share.value,
        "status": text("速報値") if facts.latest.preliminary else text("確定値"),
    }
    if item is None:
        return {**row, "remark": text("年のある目標が、この資料には掲載がない")}
    return {
        **row,
        "year": _year(item),
        "need": item.facts.required.value,
        "required": item.required.value,
    }


def _pace_marks(row: str, place: PlaceFacts, item: Ambition | None) -> Iterable[dict[str, object]]:
    for role, share in (("observed", place.pace_share), ("pace", item.required if item else None)):
        if share is not None:
            yield {
                "row": row,
                "role": role,
                "series": ROLES[role].label,
                "share": float(share.value),
                "label": str(share),
            }


def view_migration(comparison: Comparison) -> View | None:
    """Return the migration that each target takes, beside what has been seen; None without a target."""
    if not comparison.ambitions:
        return None
    labels = _labels(comparison)
    rows = [_migration_row(labels[plan.plan.plan_id], plan, item) for plan, item in comparison.ambitions]
    columns = [
        Column("plan", text("計画")),
        Column("year", text("目標年")),
        Column("span", text("計算の期間")),
        Column("needed", text("目標に届く純移動（人/年）"), 0, sign=True),
        Column("usual", text("パターン1の純移動（人/年）"), 0, sign=True),
        Column("extra", text("毎年あと何人（人/年）"), 0, sign=True),
        Column("rate", text("同、人口千人あたり（人/年）"), 1, sign=True),
        Column("highest", text("これまでの5年間で最大の純移動（人/年）"), 0, sign=True),
        Column("when", text("その期間")),
        Column("precedent", text("これまでに見られたか")),
        Column("remark", text("備考")),
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    sources = unique([*_document_sources(comparison), *rate_sources(comparison.places)])
    return View(None, data_table(frame, columns), sources, "")


MIGRATION_MISSING = {
    "outside_years": plain("推計の年（5年おき）に目標の年がない"),
    "reached": plain("推計の率のままで届く"),
    "out_of_reach": plain("人口の5%を超える転入超過が毎年要る"),
}


def _migration_row(label: str, plan: PlanFacts, item: Ambition) -> dict[str, object]:
    row: dict[str, object] = {"plan": label, "year": _year(item)}
    need = item.migration
    if need is None:
        words = MIGRATION_MISSING.get(item.migration_missing)
        return {**row, "remark": text(words) if words else reason_words(plan.place)}
    highest = need.highest
    return {
        **row,
        "span": span_words((need.start, need.year)),
        "needed": need.needed.value,
        "usual": need.usual.value,
        "extra": need.extra.value,
        "rate": need.extra_rate.value if need.extra_rate else None,
        "highest": need.highest_seen.value if highest else None,
        "when": _span_words(highest) if highest else None,
        "precedent": text(PRECEDENTS[need.precedent]) if need.precedent else None,
        "remark": text("目標に年がないので、推計の最後の年とおいた参考") if need.year_assumed else None,
    }


def _span_words(seen) -> str:
    span = span_words((seen.start, seen.end))
    return text("{span}（災害などの影響がある）", span=span) if seen.disturbed else span
