"""One municipality's line at constant rates with the band of past errors, and what lies in it, as sourced numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import pandas as pd

from planbook.analysis.projection.band_line import has_rates, project_band
from planbook.analysis.projection.band_tables import CHANGE_RATIOS
from planbook.analysis.projection.cohorts import WIDTH, Cohorts
from planbook.load.plan import Plan
from planbook.summary.band_points import BandPoint, make_points
from planbook.summary.outlook.ages import gather_ages
from planbook.summary.population_facts import Observation, gather_population, target_number
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.rounding import round_half_up
from planbook.vocabulary.schemas.backtest import ErrorBandRow
from planbook.vocabulary.schemas.municipality import DisturbedPeriod
from planbook.vocabulary.schemas.plan_file import PopulationTarget

#: The line is drawn this far at least; further where a target lies further.
HORIZON_YEARS = 30

#: Where a figure lies. edge: a rough figure (約) whose rounding reaches over an end of the band; beyond: past the last
#: year with a band; between: not at one of the line's years; before: not after the base; no_year: undated.
Position = Literal["inside", "above", "below", "edge", "beyond", "between", "before", "no_year"]

#: Why there is no line: no ages at two dates five years apart; somebody is missing whom the rates need; no errors of
#: places of this size.
Missing = Literal["no_ages", "empty_age", "no_errors"]


@dataclass(frozen=True)
class NoBands:
    """That there is no line with a band, and why."""

    reason: Missing


@dataclass(frozen=True)
class BandTarget:
    """A target of the plan against the band."""

    target: PopulationTarget
    persons: Number
    position: Position
    point: BandPoint | None


@dataclass(frozen=True)
class BandCensus:
    """A census after the base against the band."""

    observation: Observation
    position: Position
    point: BandPoint | None


@dataclass(frozen=True)
class BandSupport:
    """How many errors the band at one number of years ahead was made from, and from which bases."""

    horizon_years: int
    bases: tuple[int, ...]
    errors: Number


@dataclass(frozen=True)
class BandCoverage:
    """What share of all municipalities a census that the bands were not made from put inside them."""

    horizon_years: int
    year: int
    inside: Number


@dataclass(frozen=True)
class BandFacts:
    """A line at constant rates, its band, and what lies in it.

    Parameters
    ----------
    rates : first and last year of the five years whose rates are held; the last one is the base.
    points : the base first, then every five years.
    census : every census total, oldest first.
    later : those after the base.
    targets : of the plan, by year, undated ones last.
    disturbed : periods of municipality.yml that overlap the years of the rates.
    size_class : the class of the base population, a key of error_bands.csv.
    support : what the band of this class was made from, by years ahead.
    coverage : how the bands of all classes held on censuses that they were not made from.
    sources : of the persons by age that the rates come from.
    bridged : those years of `rates` whose ages are 接続値, brought from the register.
    """

    rates: tuple[int, int]
    points: tuple[BandPoint, ...]
    census: tuple[Observation, ...]
    later: tuple[BandCensus, ...]
    targets: tuple[BandTarget, ...]
    disturbed: tuple[DisturbedPeriod, ...]
    size_class: str
    support: tuple[BandSupport, ...]
    coverage: tuple[BandCoverage, ...]
    sources: tuple[SourceRef, ...]
    bridged: tuple[int, ...] = ()

    @property
    def base_year(self) -> int:
        """The year from which the line starts."""
        return self.rates[1]

    @property
    def last_banded(self) -> BandPoint:
        """The last point with a band."""
        return [point for point in self.points if point.low is not None][-1]


def gather_newest_bands(plan: Plan) -> BandFacts | NoBands:
    """Gather the facts of `BandFacts` from the newest ages at hand that have others five years before them."""
    ages = gather_ages(plan.municipality)
    years = sorted({*ages.census, *ages.bridged}, reverse=True)
    newest = next((year for year in years if year - WIDTH in years), None)
    if newest is None:
        return NoBands("no_ages")
    pair = (newest - WIDTH, newest)
    names = dict.fromkeys(name for year in pair for name in ages.source_ids[year])
    found = gather_bands(
        plan, ages.at(pair[0]), ages.at(pair[1]), [plan.official_source(name) for name in names]
    )
    if isinstance(found, NoBands):
        return found
    return replace(found, bridged=tuple(year for year in pair if year not in ages.census))


def gather_bands(
    plan: Plan, before: Cohorts | None, after: Cohorts | None, sources: Sequence[SourceRef] = ()
) -> BandFacts | NoBands:
    """Gather the facts of `BandFacts`, or why there are none.

    Parameters
    ----------
    plan : whose targets and census totals are held against the band.
    before, after : persons of its municipality by sex and age, five years apart, those of unknown age distributed.
    sources : where those persons come from; the census totals of the two years unless given.

    Raises
    ------
    InputError : dates that are not five years apart, or of more than one municipality.
    """
    if before is None or after is None:
        return NoBands("no_ages")
    if not has_rates(before, after):
        return NoBands("empty_age")
    all_rows = [row for row in plan.reference.table("error_bands").rows if row.method == CHANGE_RATIOS]
    line = project_band(before, after, _last_year(plan, after.year), _frame(all_rows))
    rows = sorted((r for r in all_rows if r.size_class == line.size_class), key=lambda r: r.horizon_years)
    if not rows:
        return NoBands("no_errors")
    census = gather_population(plan).census
    points = make_points(plan, line, rows, before.year, census)
    rates = (before.year, after.year)
    of_rates = [o.persons.source for o in census if o.as_of.year in rates]
    return BandFacts(
        rates=rates,
        points=points,
        census=census,
        later=tuple(_place_census(o, points) for o in census if o.as_of.year > after.year),
        targets=tuple(
            _place_target(plan, target, points)
            for target in sorted(plan.file.outlook.targets, key=lambda target: target.year or 9999)
        ),
        disturbed=tuple(
            period
            for period in plan.municipality.file.disturbed_periods
            if period.start < rates[1] and period.end > rates[0]
        ),
        size_class=line.size_class,
        support=tuple(
            BandSupport(
                row.horizon_years,
                row.bases,
                number(row.n, "items", source=plan.official_source(row.source_id)),
            )
            for row in rows
        ),
        coverage=_coverage(plan),
        sources=tuple(sources) or tuple(dict.fromkeys(of_rates)),
    )


def _coverage(plan: Plan) -> tuple[BandCoverage, ...]:
    return tuple(
        BandCoverage(
            row.horizon_years,
            row.validation_year,
            number(row.inside_pct, "percent", source=plan.official_source(row.source_id)),
        )
        for row in plan.reference.table("band_coverage").rows
    )


def _last_year(plan: Plan, base_year: int) -> int:
    """Return the last year of the line: `HORIZON_YEARS` ahead, or the first step that reaches every target."""
    years = [target.year for target in plan.file.outlook.targets if target.year]
    ahead = max([HORIZON_YEARS, *(year - base_year for year in years)])
    return base_year + -(-ahead // WIDTH) * WIDTH


def _frame(rows: Sequence[ErrorBandRow]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "horizon_years": row.horizon_years,
                "size_class": row.size_class,
                "q10_pct": float(row.q10_pct),
                "q90_pct": float(row.q90_pct),
            }
            for row in rows
        ],
        columns=["horizon_years", "size_class", "q10_pct", "q90_pct"],
    )


def _place_target(plan: Plan, target: PopulationTarget, points: Sequence[BandPoint]) -> BandTarget:
    persons = target_number(plan, target)
    half = target.precision / 2 if target.qualifier == "about" else Decimal(0)
    position, point = _place(target.year, (persons.value - half, persons.value + half), points)
    return BandTarget(target, persons, position, point)


def _place_census(observation: Observation, points: Sequence[BandPoint]) -> BandCensus:
    value = observation.persons.value
    return BandCensus(observation, *_place(observation.as_of.year, (value, value), points))


def _place(
    year: int | None, span: tuple[Decimal, Decimal], points: Sequence[BandPoint]
) -> tuple[Position, BandPoint | None]:
    if year is None or year <= points[0].year:
        return ("no_year" if year is None else "before"), None
    point = next((point for point in points if point.year == year), None)
    last = max(p.year for p in points if p.low is not None)
    if point is None or point.low is None:
        return ("beyond" if year > last else "between"), point
    # Whole persons, as the ends are shown: nobody is to read that 7,290 lies above 7,290.
    return _compare(span, (round_half_up(point.low.value), round_half_up(point.high.value))), point


def _compare(span: tuple[Decimal, Decimal], band: tuple[Decimal, Decimal]) -> Position:
    (least, most), (low, high) = span, band
    if low <= least and most <= high:
        return "inside"
    if least > high:
        return "above"
    return "below" if most < low else "edge"
