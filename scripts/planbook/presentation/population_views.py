"""From analyses to what the charts and tables of the population pages take: labels, years, columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.analysis.population import (
    list_editions,
    select_concept,
    select_totals,
    years_between,
)
from planbook.load.plan import Plan
from planbook.presentation.charts import population as charts
from planbook.presentation.page import View
from planbook.presentation.population_words import CONCEPTS, edition_name
from planbook.presentation.tables import Column, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.population_facts import PopulationFacts, target_number
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef


def decimal_year(day: date) -> float:
    """Return a date as a year with a fraction: 1 October 2020 is 2020.75 on the time axis."""
    start = date(day.year, 1, 1)
    return day.year + (day - start).days / (date(day.year + 1, 1, 1) - start).days


#: Signs for projections that have none of their own, in the order in which they are needed.
SPARE_SIGNS = ("stated", "base", "band")


def edition_signs(plan: Plan, editions: Sequence[str]) -> dict[str, str]:
    """Return the sign (key of `ROLES`) of each projection edition; one unknown to the theme takes a spare one."""
    signs, spare = {}, list(SPARE_SIGNS)
    for edition in editions:
        own = edition.replace("ipss", "ipss_")
        signs[edition] = own if own in ROLES else spare.pop(0) if len(spare) > 1 else spare[0]
    return signs


def view_trend(plan: Plan, since: int = 1980) -> View | None:
    """Return the one chart: 実績 (census, register), 推計 (every edition), 目標; None without any series."""
    rows: list[dict] = []
    sources: list[SourceRef] = []
    population = plan.municipality.frame("population")
    for concept, role in (("census", "observed"), ("register", "register")):
        series = select_concept(population, concept)
        for row in series[series["as_of"].map(lambda day: day.year) >= since].itertuples():
            status = text("（速報）") if row.status == "preliminary" else ""
            line = _line(role, row.as_of, row.population_persons, row.as_of.isoformat() + status)
            # Two ways of counting are never joined: the register held Japanese residents only until 2012.
            rows.append({**line, "segment": f"{role}/{row.residents}"})
            sources.append(plan.official_source(row.source_id))
    projections = plan.municipality.frame("projections")
    signs = edition_signs(plan, list_editions(projections, plan.reference.editions()))
    for edition, role in signs.items():
        for row in select_totals(projections, edition).itertuples():
            day = date(int(row.year), 10, 1)
            line = _line(role, day, row.population_persons, day.isoformat())
            rows.append({**line, "series": plan.reference.label("editions", edition), "segment": edition})
            sources.append(plan.official_source(row.source_id))
    for target in plan.file.outlook.targets:
        rows.append({**_target_row(plan, target), "segment": "target"})
        sources.append(plan.document_source(target))
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    columns = [
        Column("series", text("系列")),
        Column("when", text("時点")),
        Column("persons", text("人口（人）"), 0),
    ]
    table = data_table(frame, columns)
    return View(
        charts.draw_trend(frame), table, tuple(dict.fromkeys(sources)), _trend_alternative(plan, frame)
    )


def _trend_alternative(plan: Plan, frame: pd.DataFrame) -> str:
    parts = []
    for series, rows in frame[frame["mark"] == "line"].groupby("series", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        parts.append(
            text(
                "{series}は{first}の{a}人から{last}の{b}人。",
                series=series, first=first["when"], a=f"{first['persons']:,.0f}", last=last["when"], b=f"{last['persons']:,.0f}",
            )
        )  # fmt: skip
    for row in frame[frame["mark"] != "line"].itertuples():
        parts.append(text("目標は{persons}人（{when}）。", persons=f"{row.persons:,.0f}", when=row.when))
    return text("{place}の人口の折れ線グラフ。", place=plan.municipality.name) + "".join(parts)


def _line(role: str, day: date, persons: object, when: str) -> dict:
    return {
        "role": role,
        "series": ROLES[role].label,
        "year": decimal_year(day),
        "persons": float(persons),
        "mark": "line",
        "when": when,
        "label": "",
    }


def _target_row(plan: Plan, target) -> dict:
    persons = target_number(plan, target)
    dated = target.year is not None
    label = str(persons) if dated else text("目標 {value}（年の記載なし）", value=persons)
    return {
        "role": "target",
        "series": ROLES["target"].label,
        "year": decimal_year(date(target.year, 10, 1)) if dated else None,
        "persons": float(target.population_persons),
        "mark": "point" if dated else "level",
        "when": f"{target.year}" if dated else text("年の記載なし"),
        "label": label,
    }


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
