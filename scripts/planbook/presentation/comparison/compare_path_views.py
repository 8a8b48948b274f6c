"""Paths of population side by side: one panel a municipality, all on the same scales."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd

from planbook.presentation.charts import compare_population as charts
from planbook.presentation.comparison.compare_labels import (
    count_words,
    labels_of,
    plan_ids_of,
    unique,
    when_words,
)
from planbook.presentation.page import View
from planbook.presentation.population.population_words import edition_name
from planbook.presentation.population.trend_rows import decimal_year, edition_signs
from planbook.presentation.tables import Column, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.comparison.comparison_facts import Comparison, PlanFacts
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.summary.population_facts import TargetFacts
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number
from planbook.vocabulary.rounding import format_number

#: Years before the base year with which the panels begin.
PANEL_YEARS = 25


def common_census_year(comparison: Comparison) -> int | None:
    """Return the newest census year that most municipalities have; None where none has a census."""
    years = Counter(item.as_of.year for place in comparison.places for item in place.population.census)
    return max(years, key=lambda year: (years[year], year), default=None)


def view_paths(comparison: Comparison, base_year: int | None = None) -> View | None:
    """Return one panel a municipality on equal scales: census, main projection and targets as an index.

    Parameters
    ----------
    comparison : the municipalities; one without a census of the base year is left out.
    base_year : the census that is 100; the newest one that most of them have when None.
    """
    year = base_year or common_census_year(comparison)
    labels, plan_ids = labels_of(comparison), plan_ids_of(comparison)
    rows, sources = [], []
    for place in comparison.places:
        base = next((c for c in place.population.census if c.as_of.year == year), None)
        if base is None or base.persons.value <= 0:
            continue
        panel = [
            *_census_rows(place, year),
            *_projected_rows(comparison, place),
            *(
                {**_target_row(plan, a.facts), "plan_ids": plan.plan.plan_id}
                for plan in comparison.plans
                if plan.place is place
                for a in plan.ambitions
            ),
        ]
        head = {"place": labels[place.code], "plan_ids": plan_ids[place.code]}
        rows += [{**head, **row, "index": row["persons"] / float(base.persons.value) * 100} for row in panel]
        sources += [row["source"] for row in panel]
    if not rows:
        return None
    frame = pd.DataFrame(rows).drop(columns="source")
    ends = frame["end"]
    frame["label"] = frame["label"].where(~ends, frame["index"].map(lambda value: format_number(value, 1)))
    columns = [
        Column("place", text("市区町村")),
        Column("name", text("系列")),
        Column("when", text("時点")),
        Column("persons", text("人口（人）"), 0),
        Column("index", text("指数（{year}年＝100）", year=year), 1),
    ]
    alternative = text(
        "{places}の人口の指数を、同じ目盛りの図で上から順にならべたもの（{year}年＝100）。",
        places=count_words([p for p in comparison.places if labels[p.code] in set(frame["place"])]),
        year=year,
    ) + "".join(_path_words(name, group) for name, group in frame.groupby("place", sort=False))
    table = data_table(frame, columns, plans="plan_ids")
    return View(charts.draw_paths(frame, year), table, unique(sources), alternative)


def _path_row(role: str, name: str, day: date | None, persons: Number) -> dict:
    return {
        "role": role,
        "series": name,
        "name": name,
        "year": decimal_year(day) if day else None,
        "persons": float(persons.value),
        "mark": "line",
        "label": "",
        "end": False,
        "source": persons.source,
    }


def _census_rows(place: PlaceFacts, year: int) -> list[dict]:
    return [
        {
            **_path_row("observed", ROLES["observed"].label, item.as_of, item.persons),
            "when": when_words(item),
        }
        for item in place.population.census
        if item.as_of.year >= year - PANEL_YEARS
    ]


def _projected_rows(comparison: Comparison, place: PlaceFacts) -> list[dict]:
    facts = place.population
    editions = [p.population.edition for p in comparison.places if p.population.edition]
    signs = edition_signs(place.plan, list(dict.fromkeys(editions)))
    rows = [
        {
            **_path_row(
                signs[facts.edition], edition_name(place.plan, facts.edition), date(year, 10, 1), persons
            ),
            "when": str(year),
        }
        for year, persons in facts.projection
    ]
    if rows:
        rows[-1]["end"] = True
    return rows


def _target_row(plan: PlanFacts, item: TargetFacts) -> dict:
    dated = item.target.year is not None
    row = _path_row(
        "target", ROLES["target"].label, date(item.target.year, 10, 1) if dated else None, item.persons
    )
    label = str(item.persons) if dated else text("目標 {value}（年の記載なし）", value=item.persons)
    return {
        **row,
        "name": text("計画の目標（{plan}）", plan=plan.plan.short_title),
        "mark": "point" if dated else "level",
        "when": str(item.target.year) if dated else text("年の記載なし"),
        "label": label,
    }


def _path_words(place: str, rows: pd.DataFrame) -> str:
    """Say the newest census, the end of the projection and the targets of one panel."""
    said = [rows[rows["role"] == "observed"].tail(1), rows[rows["end"]], rows[rows["role"] == "target"]]
    parts = [
        f"{name} {when} {format_number(index, 1)}"
        for part in said
        for name, when, index in zip(part["name"], part["when"], part["index"], strict=True)
    ]
    return text("{place}：{parts}。", place=place, parts=text("、").join(parts))
