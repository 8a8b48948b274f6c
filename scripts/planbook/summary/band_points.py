"""The points of a line with its band as sourced numbers, each with the computation that led to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from planbook.analysis.projection.band_line import BandLine
from planbook.load.plan import Plan
from planbook.summary.population_facts import Observation
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.rounding import MINUS
from planbook.vocabulary.schemas.backtest import ErrorBandRow


@dataclass(frozen=True)
class BandPoint:
    """The line at one year.

    Parameters
    ----------
    year : on 1 October.
    persons : the line.
    low, high : the ends of the band; None at the base and past the last year with a band.
    """

    year: int
    persons: Number
    low: Number | None
    high: Number | None


def make_points(
    plan: Plan, line: BandLine, rows: Sequence[ErrorBandRow], start: int, census: Sequence[Observation]
) -> tuple[BandPoint, ...]:
    """Make sourced numbers of a line and its band.

    Parameters
    ----------
    plan : for the sources of the error table.
    line : from `project_band`.
    rows : of the error table, for the size class of the line.
    start : first of the five years whose rates are held.
    census : census totals, the base's among them.
    """
    base = _base_number(line, census)
    by_horizon = {row.horizon_years: row for row in rows}
    points = [BandPoint(line.years[0], base, None, None)]
    for at, year in enumerate(line.years[1:], start=1):
        persons = _line_number(base, (start, line.years[0], year), line.projected[at])
        low = high = None
        if np.isfinite(line.low[at]):
            row = by_horizon[year - line.years[0]]
            source = plan.official_source(row.source_id)
            low = _end_number(persons, line.low[at], (row.q90_pct, source))
            high = _end_number(persons, line.high[at], (row.q10_pct, source))
        points.append(BandPoint(year, persons, low, high))
    return tuple(points)


def _base_number(line: BandLine, census: Sequence[Observation]) -> Number:
    """Return the census total of the base; a sum of ages that is another one stands for itself."""
    counted = next((o.persons for o in census if o.as_of.year == line.years[0]), None)
    if counted is not None and abs(float(counted.value) - line.projected[0]) < 0.5:
        return counted
    return number(
        line.projected[0],
        as_of=f"{line.years[0]}-10-01",
        formula=text("{year}年の男女・年齢別の人口の合計", year=line.years[0]),
        inputs=(counted,) if counted else (),
    )


def _line_number(base: Number, years: tuple[int, int, int], persons: float) -> Number:
    start, end, year = years
    computed = number(persons, as_of=f"{year}-10-01", concept="projection")
    formula = text(
        "コーホート変化率法。{base}から、{start}〜{end}年の率を一定として{year}年まで計算 ＝ {persons}",
        base=base.bare(),
        start=start,
        end=end,
        year=year,
        persons=computed.bare(),
    )
    return Number(computed.value, as_of=computed.as_of, concept="projection", formula=formula, inputs=(base,))


def _end_number(line: Number, persons: float, error: tuple[Decimal, SourceRef]) -> Number:
    pct, source = error
    share = number(pct, "percent", decimals=3, sign=True, source=source)
    value = number(persons)
    sign = MINUS if pct < 0 else "+"
    formula = f"{line.bare()} ÷ (1 {sign} {number(abs(pct), decimals=3).bare()}%) ＝ {value.bare()}"
    return Number(value.value, as_of=line.as_of, concept="projection", formula=formula, inputs=(line, share))
