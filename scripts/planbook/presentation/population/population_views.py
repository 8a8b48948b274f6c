"""From analyses to what the charts and tables of the population pages take: labels, years, columns."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.analysis.population import list_editions, select_concept, years_between
from planbook.load.plan import Plan
from planbook.presentation.charts import population as charts
from planbook.presentation.page import View
from planbook.presentation.population.population_words import CONCEPTS, edition_name
from planbook.presentation.population.trend_rows import (
    crossing_rows,
    decimal_year,
    describe_crossing,
    describe_rows,
    edition_signs,
    observed_rows,
    projected_rows,
    target_row,
)
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.population_facts import PopulationFacts, gather_population
from planbook.vocabulary.catalogue import text

__all__ = ["decimal_year", "trend_table", "view_pace", "view_targets", "view_trend"]


def view_trend(plan: Plan, since: int = 1980) -> View | None:
    """Return the one chart: 実績 (census, register), 推計 (every edition with its base year), 目標, and the crossing.

    None without any series. Register figures brought to the census's basis are drawn in `concept_views`: on an
    axis from zero they would hide behind the census.
    """
    facts = gather_population(plan)
    rows, sources = observed_rows(plan, since)
    projections = plan.municipality.frame("projections")
    for edition, role in edition_signs(plan, list_editions(projections, plan.reference.editions())).items():
        more_rows, more_sources = projected_rows(plan, edition, role)
        rows, sources = rows + more_rows, sources + more_sources
    for target in plan.file.outlook.targets:
        rows.append(target_row(plan, target))
        sources.append(plan.document_source(target))
    rows += crossing_rows(facts)
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    alternative = describe_rows(plan.municipality.name, frame) + "".join(
        describe_crossing(item, edition_name(plan, facts.edition)) for item in facts.targets
    )
    return View(charts.draw_trend(frame), trend_table(frame), tuple(dict.fromkeys(sources)), alternative)


def trend_table(frame: pd.DataFrame) -> DataTable:
    """Return the numbers of a chart of `trend_rows`."""
    columns = [
        Column("name", text("系列")),
        Column("base", text("推計の基準年")),
        Column("when", text("時点")),
        Column("persons", text("人口（人）"), 0),
    ]
    return data_table(
        frame, [column for column in columns if column.name != "base" or frame["base"].notna().any()]
    )


def view_targets(plan: Plan, facts: PopulationFacts) -> View | None:
    """Return each target beside the projection and the pace it takes; None without a target."""
    if not facts.targets:
        return None
    rows = [
        {
            "year": str(item.target.year) if item.target.year else text("記載なし"),
            "target": item.persons.value,
            "basis": text(CONCEPTS[item.target.basis]),
            "projected": item.projected.value if item.projected else None,
            "gap": item.gap.value if item.gap else None,
            "gap_pct": item.gap_pct.value if item.gap_pct else None,
            "required": item.required.value if item.required else None,
        }
        for item in facts.targets
    ]
    columns = [
        Column("year", text("目標年")),
        Column("target", text("目標（人）"), 0),
        Column("basis", text("人口の種類")),
        Column("projected", text("{edition}（人）", edition=edition_name(plan, facts.edition)), 0),
        Column("gap", text("差（人）"), 0, sign=True),
        Column("gap_pct", text("差（%）"), 1, sign=True),
        Column("required", text("必要な歩み（人/年）"), 0, sign=True),
    ]
    parts = [item.persons for item in facts.targets] + [item.projected for item in facts.targets]
    if facts.latest is not None:
        parts.append(facts.latest.persons)
    sources = tuple(dict.fromkeys(part.source for part in parts if part is not None))
    return View(None, data_table(pd.DataFrame(rows), columns), sources, "")


def view_pace(plan: Plan, facts: PopulationFacts) -> View | None:
    """Return yearly changes: the last two census intervals, the projection, and what each target takes."""
    rows = [
        _pace_row(
            "observed",
            text("実績 {start}→{end}年", start=a.as_of.year, end=b.as_of.year),
            b.persons,
            a.persons,
        )
        for a, b in itertools.pairwise(facts.census[-3:])
    ]
    for (start, a), (end, b) in zip(facts.projection, facts.projection[1:], strict=False):
        if facts.latest and start >= facts.latest.as_of.year and end <= start + 5 and len(rows) < 4:
            name = text("推計 {start}→{end}年", start=start, end=end)
            rows.append(_pace_row(edition_signs(plan, [facts.edition])[facts.edition], name, b, a))
    for item in facts.targets:
        if item.required is not None:
            name = text("目標 {year}年に{value}", year=item.target.year, value=item.persons)
            rows.append(_bar("pace", name, item.required.value))
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    frame["series"] = frame["role"].map(lambda role: ROLES[role].label)
    columns = [
        Column("name", text("内容")),
        Column("persons_per_year", text("1年あたりの増減（人）"), 0, sign=True),
    ]
    observed = [
        plan.official_source(s)
        for s in dict.fromkeys(select_concept(plan.municipality.frame("population"), "census")["source_id"])
    ]
    projected = [number.source for _, number in facts.projection[:1]]
    stated = [item.persons.source for item in facts.targets]
    alternative = text("{place}の1年あたりの人口増減の棒グラフ。", place=plan.municipality.name) + text(
        "、"
    ).join(f"{row.name} {row.label}" for row in frame[["name", "label"]].itertuples(index=False))
    return View(
        charts.draw_pace(frame), data_table(frame, columns), (*observed, *projected, *stated), alternative
    )


def _pace_row(role: str, name: str, new, old) -> dict:
    years = years_between(date.fromisoformat(old.as_of), date.fromisoformat(new.as_of))
    return _bar(role, name, (new.value - old.value) / years)


def _bar(role: str, name: str, per_year: Decimal) -> dict:
    return {
        "role": role,
        "name": name,
        "persons_per_year": float(per_year),
        "label": Column("", "", 0, sign=True).show(per_year),
    }
