"""Rows of the charts of population over time: observed series, projections, targets, crossings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from planbook.analysis.population import select_concept, select_totals
from planbook.load.plan import Plan
from planbook.presentation.theme import ROLES
from planbook.summary.population_facts import PopulationFacts, TargetFacts, target_number
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


def line_row(role: str, day: date, persons: object, when: str) -> dict:
    """Return one point of a line; `role` is a key of `ROLES`."""
    return {
        "role": role,
        "series": ROLES[role].label,
        "name": ROLES[role].label,
        "base": None,
        "year": decimal_year(day),
        "persons": float(persons),
        "mark": "line",
        "when": when,
        "label": "",
        "segment": role,
    }


def observed_rows(plan: Plan, since: int) -> tuple[list[dict], list[SourceRef]]:
    """Return the census and the register from the year `since` on, and their sources."""
    rows: list[dict] = []
    sources: list[SourceRef] = []
    population = plan.municipality.frame("population")
    for concept, role in (("census", "observed"), ("register", "register")):
        series = select_concept(population, concept)
        for row in series[series["as_of"].map(lambda day: day.year) >= since].itertuples():
            status = text("（速報）") if row.status == "preliminary" else ""
            line = line_row(role, row.as_of, row.population_persons, row.as_of.isoformat() + status)
            # Two ways of counting are never joined: the register held Japanese residents only until 2012.
            rows.append({**line, "segment": f"{role}/{row.residents}"})
            sources.append(plan.official_source(row.source_id))
    return rows, sources


def projected_rows(plan: Plan, edition: str, role: str) -> tuple[list[dict], list[SourceRef]]:
    """Return the totals of one projection, its base year in the legend where it is known, and its sources."""
    name = plan.reference.label("editions", edition)
    base = plan.reference.row("editions", edition).base_census_year
    series = text("{edition}{base}年基準", edition=name, base=base) if base else name
    rows: list[dict] = []
    sources: list[SourceRef] = []
    for row in select_totals(plan.municipality.frame("projections"), edition).itertuples():
        day = date(int(row.year), 10, 1)
        line = line_row(role, day, row.population_persons, day.isoformat())
        own = {"series": series, "name": name, "base": str(base) if base else None, "segment": edition}
        rows.append({**line, **own})
        sources.append(plan.official_source(row.source_id))
    return rows, sources


def target_row(plan: Plan, target) -> dict:
    """Return a target: a point in its year, or a level where it has none."""
    persons = target_number(plan, target)
    dated = target.year is not None
    day = date(target.year, 10, 1) if dated else date(1, 1, 1)
    return {
        **line_row("target", day, target.population_persons, f"{target.year}"),
        "year": decimal_year(day) if dated else None,
        "mark": "point" if dated else "level",
        "when": f"{target.year}" if dated else text("年の記載なし"),
        "label": str(persons) if dated else text("目標 {value}（年の記載なし）", value=persons),
    }


def month_words(day: date) -> str:
    """Return a day as its month, which is as near as a line between two published years can be read."""
    return text("{year}年{month}月", year=day.year, month=day.month)


def crossing_rows(facts: PopulationFacts) -> list[dict]:
    """Return where the main projection falls to each target; nothing for a target that it does not reach."""
    return [
        {
            **line_row("crossing", item.crossing, item.persons.value, month_words(item.crossing)),
            "mark": "crossing",
            "label": month_words(item.crossing),
        }
        for item in facts.targets
        if item.crossing is not None
    ]


def describe_rows(place: str, frame: pd.DataFrame) -> str:
    """Return the text alternative of a chart of such rows."""
    parts = []
    for name, rows in frame[frame["mark"] == "line"].groupby("name", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        values = {"series": name, "first": first["when"], "a": f"{first['persons']:,.0f}"}
        if len(rows) == 1:
            parts.append(text("{series}は{first}に{a}人。", **values))
            continue
        parts.append(
            text(
                "{series}は{first}の{a}人から{last}の{b}人。",
                **values, last=last["when"], b=f"{last['persons']:,.0f}",
            )
        )  # fmt: skip
    for row in frame[frame["role"] == "target"].itertuples():
        parts.append(text("目標は{persons}人（{when}）。", persons=f"{row.persons:,.0f}", when=row.when))
    return text("{place}の人口の折れ線グラフ。", place=place) + "".join(parts)


def describe_crossing(item: TargetFacts, edition: str) -> str:
    """Return when the main projection falls to a target, for a text alternative; nothing where it does not."""
    if item.crossing is None:
        return ""
    return text(
        "{edition}の線は、{when}に{persons}を下回る。",
        edition=edition,
        when=month_words(item.crossing),
        persons=item.persons,
    )
