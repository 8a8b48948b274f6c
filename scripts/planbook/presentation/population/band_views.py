"""From the facts of a band to its chart and table."""

from __future__ import annotations

from datetime import date

import pandas as pd

from planbook.load.plan import Plan
from planbook.presentation.charts.bands import BandSeries, draw_band
from planbook.presentation.page import View
from planbook.presentation.population.band_words import bridged_years
from planbook.presentation.population.population_views import decimal_year
from planbook.presentation.tables import Column, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.error_band_facts import BandFacts, NoBands
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef

#: Counts before this year are left out: the chart is about what came and what comes.
SINCE = 1995


def view_bands(plan: Plan, facts: BandFacts | NoBands, since: int = SINCE) -> View | None:
    """Return the line at constant rates with the band of past errors; None where there is none.

    Parameters
    ----------
    plan : the plan.
    facts : from `gather_bands`.
    since : the first year whose census is shown.
    """
    if isinstance(facts, NoBands):
        return None
    series = _series(facts)
    census = [o for o in facts.census if o.as_of.year >= since]
    rows = [*_line_rows(facts, series), *_target_rows(facts)]
    rows += [
        {
            **_row("observed", decimal_year(o.as_of), float(o.persons.value), "dot"),
            "when": o.as_of.isoformat() + (text("（速報）") if o.preliminary else ""),
        }
        for o in census
    ]
    frame = pd.DataFrame(rows)
    return View(draw_band(frame, series), _table(facts, since), _sources(facts), _alternative(plan, facts))


def _series(facts: BandFacts) -> BandSeries:
    start, end = facts.rates
    years = facts.last_banded.year - facts.base_year
    return BandSeries(
        line=text("{start}〜{end}年の率が続いた場合", start=start, end=end),
        beyond=text("同じ線の{years}年より先（幅なし）", years=years),
        band=text("過去の誤差の幅（80%）"),
    )


def _line_rows(facts: BandFacts, series: BandSeries) -> list[dict]:
    last = facts.last_banded.year
    rows = []
    for point in facts.points:
        year = decimal_year(date(point.year, 10, 1))
        persons = float(point.persons.value)
        when = {"when": f"{point.year}"}
        if point.year <= last:
            rows.append({**_row("base", year, persons, "line"), **when, "series": series.line})
            # The band opens at the base, where the persons were counted.
            low, high = (float(end.value) if end else persons for end in (point.low, point.high))
            area = {**_row("band", year, persons, "area"), **when, "series": series.band}
            rows.append({**area, "low": low, "high": high})
        if point.year >= last:
            rows.append({**_row("base", year, persons, "line"), **when, "series": series.beyond})
    order = [series.line, series.band, series.beyond]
    return sorted(rows, key=lambda row: order.index(row["series"]))


def _target_rows(facts: BandFacts) -> list[dict]:
    rows = []
    for item in facts.targets:
        year = item.target.year
        dated = decimal_year(date(year, 10, 1)) if year else None
        label = str(item.persons) if year else text("目標 {value}（年の記載なし）", value=item.persons)
        row = _row("target", dated, float(item.persons.value), "point" if year else "level")
        rows.append({**row, "label": label, "when": str(year) if year else text("年の記載なし")})
    return rows


def _row(role: str, year: float | None, persons: float, mark: str) -> dict:
    return {
        "role": role,
        "series": ROLES[role].label,
        "year": year,
        "persons": persons,
        "low": None,
        "high": None,
        "mark": mark,
        "label": "",
        "when": "",
    }


def _table(facts: BandFacts, since: int):
    points = {point.year: point for point in facts.points}
    census = {o.as_of.year: o for o in facts.census if o.as_of.year >= since}
    targets: dict[int | None, list] = {}
    for item in facts.targets:
        targets.setdefault(item.target.year, []).append(item)
    years = sorted({*points, *census, *(year for year in targets if year)})
    rows = [
        _table_row(year, points.get(year), census.get(year), target)
        for year in [*years, *([None] if None in targets else [])]
        for target in targets.get(year, [None])
    ]
    columns = [
        Column("year", text("年")),
        Column(
            "line",
            _line_heading(facts),
            0,
        ),
        Column("low", text("過去の誤差の幅の下端（人）"), 0),
        Column("high", text("過去の誤差の幅の上端（人）"), 0),
        Column("census", text("国勢調査（人）"), 0),
        Column("target", text("目標（人）"), 0),
    ]
    return data_table(pd.DataFrame(rows), columns)


def _line_heading(facts: BandFacts) -> str:
    years = {"start": facts.rates[0], "end": facts.rates[1]}
    if not facts.bridged:
        return text("{start}〜{end}年の率が続いた場合（人）", **years)
    return text(
        "{start}〜{end}年の率が続いた場合（{bridged}の年齢は接続値、人）",
        **years,
        bridged=bridged_years(facts),
    )


def _table_row(year, point, observation, target) -> dict:
    status = text("（速報）") if observation is not None and observation.preliminary else ""
    return {
        "year": f"{year}{status}" if year else text("年の記載なし"),
        "line": point.persons.value if point else None,
        "low": point.low.value if point and point.low else None,
        "high": point.high.value if point and point.high else None,
        "census": observation.persons.value if observation else None,
        "target": target.persons.value if target else None,
    }


def _sources(facts: BandFacts) -> tuple[SourceRef, ...]:
    numbers = [o.persons for o in facts.census] + [item.persons for item in facts.targets]
    ends = [part for point in facts.points if point.low for part in point.low.inputs]
    found = [*facts.sources, *(n.source for n in (*numbers, *ends))]
    return tuple(dict.fromkeys(source for source in found if source is not None))


def _alternative(plan: Plan, facts: BandFacts) -> str:
    last, end = facts.last_banded, facts.points[-1]
    words = text(
        "{place}の人口の図。{start}〜{base}年の率が続いた場合の線は、{base}年の{a}から{year}年の{b}になり、"
        "過去の誤差の幅は{low}から{high}。{end}年までの線は破線で、幅はない。",
        place=plan.municipality.name, start=facts.rates[0], base=facts.base_year, a=facts.points[0].persons,
        year=last.year, b=last.persons, low=last.low, high=last.high, end=end.year,
    )  # fmt: skip
    if facts.bridged:
        words += text("{years}の年齢は接続値。", years=bridged_years(facts))
    for item in facts.targets:
        when = str(item.target.year) if item.target.year else text("年の記載なし")
        words += text("目標は{persons}（{when}）。", persons=item.persons, when=when)
    return words
