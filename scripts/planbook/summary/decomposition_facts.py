"""What changed a municipality's population between its censuses, interval by interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from planbook.analysis.decomposition import Decomposition, decompose_change
from planbook.analysis.interval_flows import IntervalFlows, sum_flows
from planbook.analysis.population import compute_flows
from planbook.analysis.projection.checks import Array
from planbook.analysis.projection.cohorts import WIDTH
from planbook.load.plan import Plan
from planbook.summary.outlook.ages import AgeHistory, gather_ages
from planbook.summary.survival_rates import survival_between, survival_sources
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
    ages_from : the first table of the ages at the start and at the end.
    sources : every table of the ages, then of the survival ratios.
    """

    start: int
    end: int
    decomposition: Decomposition
    disturbed: tuple[DisturbedPeriod, ...]
    bridged: bool
    register: IntervalFlows | None
    ages_from: tuple[SourceRef, SourceRef]
    sources: tuple[SourceRef, ...]


def gather_intervals(plan: Plan) -> tuple[Interval, ...]:
    """Decompose every five years for which the municipality's ages and the survival ratios are at hand."""
    history = gather_ages(plan.municipality)
    years = {*history.bridged, *history.census}
    survival = {}
    for year in years:
        if year + WIDTH in years:
            with suppress(InputError):  # no life table for these years: they make no interval
                survival[year] = survival_between(plan.reference, plan.municipality.code, year)
    return gather_decomposition(plan, history, survival)


def gather_decomposition(
    plan: Plan, history: AgeHistory, survival_by_year: Mapping[int, Array]
) -> tuple[Interval, ...]:
    """Decompose every five years between two dates whose ages are known, oldest first.

    Parameters
    ----------
    plan : of the municipality in `history`.
    history : from `gather_ages`; those of unknown age are distributed there.
    survival_by_year : by the first of the five years; shape (sex, age), or (1, sex, age).

    Notes
    -----
    Years that are not five apart, or without survival ratios, make no interval.
    """
    flows = compute_flows(plan.municipality.frame("vital"))
    intervals = []
    for start, end in pairwise(sorted({*history.census, *history.bridged})):
        if end - start != WIDTH or start not in survival_by_year:
            continue
        survival = survival_by_year[start]
        survival = survival.reshape(1, *survival.shape[-2:])
        ages = [_official(plan, history.source_ids[year]) for year in (start, end)]
        intervals.append(
            Interval(
                start=start,
                end=end,
                decomposition=decompose_change(history.at(start), history.at(end), survival),
                disturbed=tuple(
                    period
                    for period in plan.municipality.file.disturbed_periods
                    if period.start < end and period.end > start
                ),
                bridged=not {start, end} <= history.census.keys(),
                register=sum_flows(flows, date(start, 10, 1), date(end, 10, 1)),
                ages_from=(ages[0][0], ages[1][0]),
                sources=tuple(dict.fromkeys([*ages[0], *ages[1], *_survival_tables(plan)])),
            )
        )
    return tuple(intervals)


def _survival_tables(plan: Plan) -> list[SourceRef]:
    return _official(plan, survival_sources(plan.reference, plan.municipality.code))


def _official(plan: Plan, source_ids: Iterable[str]) -> list[SourceRef]:
    return [plan.official_source(source_id) for source_id in source_ids]
