"""What changed a municipality's population between its censuses, interval by interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from planbook.analysis.concept_bridge import LONGEST_GAP_DAYS
from planbook.analysis.decomposition import Decomposition, decompose_change
from planbook.analysis.interval_flows import IntervalFlows, sum_flows
from planbook.analysis.population import compute_flows, select_concept
from planbook.analysis.projection.backtest import distribute_unknown
from planbook.analysis.projection.checks import Array
from planbook.analysis.projection.cohorts import SEXES, WIDTH, Cohorts
from planbook.load.plan import Plan
from planbook.summary.outlook.ages import gather_ages
from planbook.summary.survival_rates import SURVIVAL_SOURCES, survival_between
from planbook.vocabulary.ages import five_year_groups
from planbook.vocabulary.errors import InputError
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.schemas.municipality import DisturbedPeriod


@dataclass(frozen=True)
class Interval:
    """Five years between two censuses.

    Parameters
    ----------
    start, end : years, 1 October.
    decomposition : births, deaths, net migration.
    disturbed : the periods of municipality.yml that lie in it; empty for ordinary years.
    bridged : the ages of one of the two dates were not counted, but brought from the register 「接続値」.
    register : natural and social change by the register in the same years; None where it does not cover them.
    ages_from : the table of the ages at the start and at the end; None where the municipality has none.
    sources : of the ages, then of the survival ratios.
    """

    start: int
    end: int
    decomposition: Decomposition
    disturbed: tuple[DisturbedPeriod, ...]
    bridged: bool
    register: IntervalFlows | None
    ages_from: tuple[SourceRef | None, SourceRef | None]
    sources: tuple[SourceRef, ...]


def gather_intervals(plan: Plan) -> tuple[Interval, ...]:
    """Decompose every five years for which the municipality's ages and the survival ratios are at hand."""
    history = gather_ages(plan.municipality)
    cohorts = {**history.bridged, **history.census}
    survival = {}
    for year in cohorts:
        if year + WIDTH in cohorts:
            with suppress(InputError):  # no life table for these years: they make no interval
                survival[year] = survival_between(plan.reference, plan.municipality.code, year)
    return gather_decomposition(plan, cohorts, survival)


def _counted_years(plan: Plan) -> list[int]:
    ages = plan.municipality.frame("age_sex")
    if ages is None:
        return []
    known = (ages["concept"] == "census") & ages["age_kind"].isin(("interval", "open"))
    days = ages[known & ages["sex"].isin(SEXES)].groupby("as_of").size()
    return sorted(day.year for day, cells in days.items() if cells == len(SEXES) * len(five_year_groups()))


def gather_decomposition(
    plan: Plan, cohorts_by_year: Mapping[int, Cohorts], survival_by_year: Mapping[int, Array]
) -> tuple[Interval, ...]:
    """Decompose every five years between two of the given dates, oldest first.

    Parameters
    ----------
    plan : its municipality is the one in the cohorts.
    cohorts_by_year : ages at 1 October; where they fall short of the census total, those of unknown age are given
        the ages of the others. A year whose census did not count five-year ages is marked as bridged.
    survival_by_year : by the first of the five years; shape (sex, age), or (1, sex, age).

    Notes
    -----
    Years that are not five apart, or without survival ratios, make no interval.

    Raises
    ------
    InputError : more people in the ages than the census counted.
    """
    counted = set(_counted_years(plan))
    flows = compute_flows(plan.municipality.frame("vital"))
    whole = {year: _complete(plan, cohorts) for year, cohorts in sorted(cohorts_by_year.items())}
    intervals = []
    for start, end in pairwise(whole):
        if end - start != WIDTH or start not in survival_by_year:
            continue
        survival = survival_by_year[start]
        survival = survival.reshape(1, *survival.shape[-2:])
        parts = decompose_change(whole[start], whole[end], survival)
        intervals.append(
            Interval(
                start=start,
                end=end,
                decomposition=parts,
                disturbed=tuple(
                    period
                    for period in plan.municipality.file.disturbed_periods
                    if period.start < end and period.end > start
                ),
                bridged=not {start, end} <= counted,
                register=sum_flows(flows, date(start, 10, 1), date(end, 10, 1)),
                ages_from=tuple(next(iter(_age_sources(plan, year)), None) for year in (start, end)),
                sources=_all_sources(plan, (start, end)),
            )
        )
    return tuple(intervals)


def _complete(plan: Plan, cohorts: Cohorts) -> Cohorts:
    """Give those of unknown age the ages of the others, so that the ages add up to the census total."""
    census = select_concept(plan.municipality.frame("population"), "census")
    total = census.loc[census["as_of"] == date(cohorts.year, 10, 1), "population_persons"]
    # Half a person: bridged ages are raked in floating point.
    if total.empty or abs(float(total.iloc[0]) - float(cohorts.totals.sum())) < 0.5:
        return cohorts
    return distribute_unknown(cohorts, np.array([float(total.iloc[0])]))


def _age_sources(plan: Plan, year: int) -> list[SourceRef]:
    """Return the tables behind the ages of 1 October; what a census left open came from the register around it."""
    ages = plan.municipality.frame("age_sex")
    if ages is None:
        return []
    day = date(year, 10, 1)
    used = (ages["concept"] == "census") & (ages["as_of"] == day)
    if year not in _counted_years(plan):
        near = ages["as_of"].map(lambda other: abs((other - day).days) <= LONGEST_GAP_DAYS)
        used |= (ages["concept"] == "register") & near
    return [plan.official_source(source_id) for source_id in dict.fromkeys(ages[used]["source_id"])]


def _all_sources(plan: Plan, years: Sequence[int]) -> tuple[SourceRef, ...]:
    ages = [source for year in years for source in _age_sources(plan, year)]
    survival = [plan.official_source(source_id) for source_id in SURVIVAL_SOURCES]
    return tuple(dict.fromkeys([*ages, *survival]))
