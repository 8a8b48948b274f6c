"""パターン1 of a municipality: the newest IPSS projection with rates behind it, and the same from today's census.

IPSS publishes totals by municipality (and three broad ages of the last year), not the rates behind them. So the
base is the census by age, survival comes from the life table, the age pattern of migration from the censuses before
disasters, and both migration and births are fitted to the published figures: 「…に合わせた推計」.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planbook.analysis.population import select_concept, select_totals
from planbook.analysis.projection.calibration import Assumed, Fit, fit_to_totals
from planbook.analysis.projection.change_ratios import Pair, compute_residuals, find_negative_ratios
from planbook.analysis.projection.checks import Array
from planbook.analysis.projection.cohorts import WIDTH, Cohorts
from planbook.analysis.projection.fertility import (
    Conversion,
    compute_child_woman_ratio,
    extend_child_woman_ratio,
)
from planbook.analysis.projection.rates import Origin, Rates
from planbook.load.plan import Plan
from planbook.load.reference import Reference
from planbook.summary.outlook.ages import AgeHistory, gather_ages
from planbook.summary.population_facts import main_edition
from planbook.summary.survival_rates import (
    future_survival_sources,
    national_path,
    national_ratios,
    read_conversion,
    sex_ratio_of,
    survival_between,
)
from planbook.vocabulary.errors import InputError
from planbook.vocabulary.schemas.municipality import MunicipalityFile

#: Intervals whose mean gives the age pattern of migration.
PATTERN_INTERVALS = 2
#: The ages of the base year and the projection's own total of it may differ by this share.
BASE_TOLERANCE = 0.005
#: Age group from which persons are old (65+), counted in groups of five years.
_OLD = 13


class Unavailable(Exception):
    """A baseline that the data at hand do not allow; `reason` is one of `REASONS`."""

    def __init__(self, reason: Reason):
        super().__init__(reason)
        self.reason = reason


Reason = Literal[
    "no_projection", "no_base_ages", "no_migration_pattern", "off_grid", "base_mismatch", "empty_cohort"
]


@dataclass(frozen=True)
class Baseline:
    """Pattern 1 and what it was made of.

    Parameters
    ----------
    edition : whose totals it meets.
    rates : from the edition's base year on.
    now : the same rates from the newest census total on; equal to `rates` where there is none after the base year.
    fit : shifts of migration, factor on the child–woman ratios.
    ages : the ages by year.
    base_bridged : whether the base is a 接続値.
    pattern : the intervals whose migration gave the age pattern.
    pattern_disturbed : whether all that there was lies in disturbed years.
    conversion : k(t).
    census_left_out : a census after the base year that the rates could not be brought to; None where there is none.
    old_found, old_published : persons of 65 and over in the last year, fitted nowhere; None where none were published.
    """

    edition: str
    rates: Rates
    now: Rates
    fit: Fit
    ages: AgeHistory
    base_bridged: bool
    pattern: tuple[tuple[int, int], ...]
    pattern_disturbed: bool
    conversion: Conversion
    census_left_out: int | None
    old_found: float | None
    old_published: float | None

    @property
    def last_year(self) -> int:
        """The last year of the projection."""
        return self.rates.base.year + WIDTH * self.rates.steps


def gather_baseline(plan: Plan) -> Baseline:
    """Gather パターン1 of a plan's municipality.

    Raises
    ------
    Unavailable : no projection (as the 13 municipalities of 浜通り), no ages at its base year, no two censuses by age.
    InputError : rates that cannot be, with the cells.
    """
    projections = plan.municipality.frame("projections")
    edition = main_edition(plan, projections)
    if edition is None:
        raise Unavailable("no_projection")
    totals = {
        int(r.year): float(r.population_persons) for r in select_totals(projections, edition).itertuples()
    }
    ages = gather_ages(plan.municipality)
    base = ages.at(min(totals))
    if base is None:
        raise Unavailable("no_base_ages")
    if abs(base.totals[0] / totals[base.year] - 1) > BASE_TOLERANCE:
        raise Unavailable("base_mismatch")
    # Mortality and births are tabled as far as the nation's; what lies beyond is nobody's assumption.
    end = min(max(totals), max(national_ratios(plan.reference)))
    years = range(base.year + WIDTH, end + 1, WIDTH)
    if not years or any(year not in totals for year in years):
        raise Unavailable("off_grid")
    pattern, intervals, disturbed = _migration_pattern(plan, ages)
    assumed = _assume(plan, base, pattern, len(years))
    young, old = _broad(projections, edition, years[-1])
    fit = fit_to_totals(assumed, np.array([totals[year] for year in years]), young)
    origins = _origins(plan, edition, ages, base.year, (intervals, disturbed))
    rates = Rates(base, assumed.survival, fit.migration, fit.child_woman_ratio, assumed.sex_ratio, origins)
    now = _start_from_census(plan, assumed, fit, rates)
    return Baseline(
        edition=edition,
        rates=rates,
        now=now,
        fit=fit,
        ages=ages,
        base_bridged=base.year not in ages.census,
        pattern=intervals,
        pattern_disturbed=disturbed,
        conversion=read_conversion(plan.reference),
        census_left_out=None if now is not rates else _later_census(plan, rates),
        old_found=float(fit.path[-1].persons[..., _OLD:].sum()) if old else None,
        old_published=old,
    )


def _assume(plan: Plan, base: Cohorts, pattern: Array, steps: int) -> Assumed:
    starts = [base.year + WIDTH * step for step in range(steps)]
    survival = [survival_between(plan.reference, plan.municipality.code, year) for year in starts]
    path = national_path(plan.reference, (*starts, starts[-1] + WIDTH))
    return Assumed(
        base,
        np.stack(survival)[:, None],
        pattern[None],
        extend_child_woman_ratio(compute_child_woman_ratio(base), path),
        np.array([sex_ratio_of(plan.reference, year + WIDTH) for year in starts]),
    )


def is_disturbed(file: MunicipalityFile, start: int, end: int) -> bool:
    """Tell whether the years from `start` to `end` share more than an end with a disturbed period."""
    return any(start < period.end and end > period.start for period in file.disturbed_periods)


def migration_between(plan: Plan, ages: AgeHistory, start: int) -> Array:
    """Return net migration rates by age at `start`, the residual of two censuses; shape (sex, age).

    Raises
    ------
    Unavailable : a cohort of nobody has no rate, and no larger area's is at hand.
    """
    if (ages.at(start).persons <= 0).any():
        raise Unavailable("empty_cohort")
    survival = survival_between(plan.reference, plan.municipality.code, start)
    pair = Pair(ages.at(start), ages.at(start + WIDTH))
    rates = compute_residuals(pair, survival[None])
    if find_negative_ratios(survival[None], rates):
        # In a tiny open group the shared residual can exceed the survival of the oldest: nobody is left, not fewer.
        return np.maximum(rates.values[0], -survival)
    return rates.values[0]


def _migration_pattern(plan: Plan, ages: AgeHistory) -> tuple[Array, tuple[tuple[int, int], ...], bool]:
    """Return the mean of the last undisturbed intervals; of the last ones where all are disturbed."""
    quiet = [pair for pair in ages.pairs if not is_disturbed(plan.municipality.file, *pair)]
    chosen = tuple((quiet or list(ages.pairs))[-PATTERN_INTERVALS:])
    if not chosen:
        raise Unavailable("no_migration_pattern")
    return np.mean([migration_between(plan, ages, start) for start, _ in chosen], axis=0), chosen, not quiet


def _broad(projections, edition: str, year: int) -> tuple[float | None, float | None]:
    """Return the published persons under 15 and of 65 and over; None where they are not published."""
    rows = projections[
        (projections["edition"] == edition)
        & (projections["variant"] == "standard")
        & (projections["year"] == year)
        & (projections["age_kind"] != "total")
        & (projections["sex"] == "total")
    ]
    young = rows[(rows["age_end"] <= 15).fillna(False)]["population_persons"]
    old = rows[(rows["age_start"] >= 65)]["population_persons"]
    return (float(young.sum()) if len(young) else None, float(old.sum()) if len(old) else None)


def _start_from_census(plan: Plan, assumed: Assumed, fit: Fit, rates: Rates) -> Rates:
    """Return the rates from the newest census on the grid on, its total met by migration alone."""
    census = select_concept(plan.municipality.frame("population"), "census")
    counted = {row.as_of.year: float(row.population_persons) for row in census.itertuples()}
    sources = {row.as_of.year: row.source_id for row in census.itertuples()}
    steps = 0
    while rates.base.year + WIDTH * (steps + 1) in counted and steps + 1 < rates.steps:
        steps += 1
    if not steps:
        return rates
    totals = np.array([counted[rates.base.year + WIDTH * (step + 1)] for step in range(steps)])
    known = Assumed(
        assumed.base,
        assumed.survival[:steps],
        assumed.pattern,
        fit.child_woman_ratio[: steps + 1],
        assumed.sex_ratio[:steps],
    )
    try:
        base = fit_to_totals(known, totals).path[-1]
    except InputError:
        # So steep a fall that the age pattern of migration cannot carry it: パターン1 itself is the start, and
        # the page says that the census is not in it (`census_left_out`).
        return rates
    return Rates(
        base,
        rates.survival[steps:],
        rates.migration[steps:],
        rates.child_woman_ratio[steps:],
        rates.sex_ratio[steps:],
        {**rates.origins, "base": _origin_of_now(rates, base.year, sources)},
    )


def _origin_of_now(rates: Rates, year: int, sources: Mapping[int, str]) -> Origin:
    """Return where a base of today comes from: the census total it was brought to, and the ages it grew out of."""
    grown = rates.origins["base"]
    return Origin(tuple(dict.fromkeys((sources[year], *grown.source_ids))), (grown.period[0], year))


def _later_census(plan: Plan, rates: Rates) -> int | None:
    """Return the year of a census on the first step after the base."""
    census = select_concept(plan.municipality.frame("population"), "census")
    first = rates.base.year + WIDTH
    return first if rates.steps > 1 and first in {day.year for day in census["as_of"]} else None


def ratio_sources(reference: Reference, year: int) -> tuple[str, ...]:
    """Return the ids behind the nation's child–woman ratio from `year` on."""
    rows = reference.table("national_fertility").rows
    return tuple(dict.fromkeys(row.ratio_source_id for row in rows if row.year >= year))


def _origins(
    plan: Plan,
    edition: str,
    ages: AgeHistory,
    year: int,
    pattern: tuple[tuple[tuple[int, int], ...], bool],
) -> Mapping[str, Origin]:
    intervals, disturbed = pattern
    published = dict.fromkeys(
        plan.municipality.frame("projections").query("edition == @edition")["source_id"]
    )
    counted = dict.fromkeys(name for pair in intervals for at in pair for name in ages.source_ids[at])
    national = ratio_sources(plan.reference, year)
    return {
        "base": Origin(ages.source_ids[year], (year, year)),
        "survival": Origin(future_survival_sources(plan.reference, plan.municipality.code), (year, year)),
        "migration": Origin((*counted, *published), (intervals[0][0], intervals[-1][1]), disturbed),
        "child_woman_ratio": Origin((*ages.source_ids[year], *national, *published), (year, year)),
        "sex_ratio": Origin(national, (year, year)),
    }
