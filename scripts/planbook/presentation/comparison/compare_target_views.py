"""The targets of several plans side by side: against the projection, against the past, and what they take."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planbook.presentation.charts import compare_population as charts
from planbook.presentation.comparison.compare_labels import (
    labels_of,
    plan_ids_of,
    plan_labels,
    rate_sources,
    row_label,
    span_words,
    unique,
)
from planbook.presentation.page import View
from planbook.presentation.population.population_words import edition_name
from planbook.presentation.population.trend_rows import edition_signs
from planbook.presentation.tables import Column, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.comparison.comparison_facts import Comparison, PlanFacts
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.summary.comparison.target_ambition import Ambition
from planbook.summary.outlook.needs import Seen
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.provenance import SourceRef

PRECEDENTS = {
    "ordinary": plain("見られたことがある"),
    "disturbed": plain("災害などの影響のあった時期にだけ見られた"),
    "never": plain("どの5年間にもなかった"),
}


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
    rows = [
        {**row, "plan_ids": plan.plan.plan_id}
        for plan in comparison.plans
        for row in _ambition_rows(labels[plan.plan.plan_id], plan)
    ]
    columns = [
        Column("plan", text("計画")),
        Column("year", text("目標年")),
        Column("target", text("目標（人）"), 0),
        Column("projected", text("その年の推計（人）"), 0),
        Column("gap", text("差（人）"), 0, sign=True),
        Column("gap_pct", text("差（%）"), 1, sign=True),
        Column("averted", text("目標が 抑える割合（%）"), 1),
    ]
    frame = pd.DataFrame(rows, columns=[*(column.name for column in columns), "plan_ids"])
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
    table = data_table(frame, columns, plans="plan_ids")
    if not compared:
        return View(None, table, sources, "")
    chart, words = _ambition_chart(labels, compared)
    return View(chart, table, sources, words)


def _ambition_rows(label: str, plan: PlanFacts) -> list[dict[str, object]]:
    if not plan.ambitions:
        return [{"plan": label}]
    return [
        {
            "plan": label,
            "year": _year(item),
            "target": item.facts.persons.value,
            "projected": item.facts.projected.value if item.facts.projected else None,
            "gap": item.facts.gap.value if item.facts.gap else None,
            "gap_pct": item.facts.gap_pct.value if item.facts.gap_pct else None,
            "averted": item.averted.value if item.averted else None,
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
                "plan_ids": plan.plan.plan_id,
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
    plans, places, plan_ids = _labels(comparison), labels_of(comparison), plan_ids_of(comparison)
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
            own = {"plan_ids": plan_ids[place.code]}
            rows.append(_pace_row(places[place.code], place, None) | own)
            drawn += [mark | own for mark in _pace_marks(places[place.code], place, None)]
        for plan, item in aims:
            own = {"plan_ids": plan.plan.plan_id}
            label = plans[plan.plan.plan_id]
            rows.append(_pace_row(label, place, item) | own)
            drawn += [mark | own for mark in _pace_marks(row_label(label, item), place, item)]
    if not rows:
        return None
    columns = [
        Column("plan", text("計画・市区町村")),
        Column("pace", text("実績（人/年）"), 0, sign=True),
        Column("observed", text("実績（%/年）"), 2, sign=True),
        Column("year", text("目標年")),
        Column("need", text("必要な歩み（人/年）"), 0, sign=True),
        Column("required", text("必要な歩み（%/年）"), 2, sign=True),
    ]
    frame = pd.DataFrame(rows, columns=[*(column.name for column in columns), "plan_ids"])
    words = text(
        "1年あたりの人口増減を、直近の実績と目標に必要な歩みでならべた図（最新の国勢調査人口に対する%）。{parts}。",
        parts=text("、").join(f"{row['row']} {row['series']} {row['label']}" for row in drawn),
    )
    return View(
        charts.draw_pace(pd.DataFrame(drawn)),
        data_table(frame, columns, plans="plan_ids"),
        unique(sources),
        words,
    )


def _pace_row(label: str, place: PlaceFacts, item: Ambition | None) -> dict[str, object]:
    facts = place.population
    row = {
        "plan": label,
        "pace": facts.pace.value,
        "observed": place.pace_share.value,
    }
    if item is None:
        return row
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
    """Return the migration that each target takes; None without a target.

    A target without a year has no figure here: what it would take depends on a year that the plan does not name.
    """
    if not comparison.ambitions:
        return None
    labels = _labels(comparison)
    rows = [
        {**_migration_row(labels[plan.plan.plan_id], item), "plan_ids": plan.plan.plan_id}
        for plan, item in comparison.ambitions
    ]
    columns = [
        Column("plan", text("計画")),
        Column("year", text("目標年")),
        Column("needed", text("目標に届く 純移動（人/年）"), 0, sign=True),
        Column("usual", text("推計の 純移動（人/年）"), 0, sign=True),
        Column("extra", text("毎年あと 何人（人/年）"), 0, sign=True),
        Column("rate", text("同、千人あたり（人/年）"), 1, sign=True),
    ]
    frame = pd.DataFrame(rows, columns=[*(column.name for column in columns), "plan_ids"])
    return View(None, data_table(frame, columns, plans="plan_ids"), _migration_sources(comparison), "")


def _migration_sources(comparison: Comparison) -> tuple[SourceRef, ...]:
    return unique([*_document_sources(comparison), *rate_sources(comparison.places)])


def _migration_row(label: str, item: Ambition) -> dict[str, object]:
    row: dict[str, object] = {"plan": label, "year": _year(item)}
    need = item.migration
    if need is None or need.year_assumed:
        return row
    return {
        **row,
        "needed": need.needed.value,
        "usual": need.usual.value,
        "extra": need.extra.value,
        "rate": need.extra_rate.value if need.extra_rate else None,
    }


def view_precedents(comparison: Comparison) -> View | None:
    """Return whether the migration that a dated target takes has been seen; None where nothing can be held so."""
    labels = _labels(comparison)
    rows = [
        {
            "plan": labels[plan.plan.plan_id],
            "year": _year(item),
            "needed": item.migration.needed.value,
            "highest": item.migration.highest_seen.value,
            "when": _span_words(item.migration.highest),
            "precedent": text(PRECEDENTS[item.migration.precedent]) if item.migration.precedent else None,
            "plan_ids": plan.plan.plan_id,
        }
        for plan, item in comparison.ambitions
        if item.migration is not None and not item.migration.year_assumed and item.migration.highest
    ]
    if not rows:
        return None
    columns = [
        Column("plan", text("計画")),
        Column("year", text("目標年")),
        Column("needed", text("目標に届く 純移動（人/年）"), 0, sign=True),
        Column("highest", text("これまでの 最大（人/年）"), 0, sign=True),
        Column("when", text("最大だった期間")),
        Column("precedent", text("これまでに 見られたか")),
    ]
    table = data_table(pd.DataFrame(rows), columns, plans="plan_ids")
    return View(None, table, _migration_sources(comparison), "")


def _span_words(seen: Seen) -> str:
    span = span_words((seen.start, seen.end))
    return text("{span}（災害などの影響がある）", span=span) if seen.disturbed else span
