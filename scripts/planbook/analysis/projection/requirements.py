"""The inverse of a projection: what migration, births or arrivals of households reach a given population.

Migration under 65 is shifted in every step by the same multiple of its size (`shift_migration`) until no age loses
anybody any more; what is still lacking comes as newcomers of given ages, the same number every year. That of older
people stays: more moves into care homes are no way to reach a target. (Shifting on would turn the exodus of
the young into an influx of the same ages, which no place has seen.) Births are a total fertility rate that holds
from the first step on. All is solved within `TOLERANCE_PERSONS`. Households arrive in equal numbers a year, stand in
the population at the end of the step in which they came, and from then on live under the municipality's own rates;
their number follows from one projection, because the population is linear in them.

References
----------
藤山浩 (2015) 田園回帰1%戦略, for the count of households that keep a place; Preston, Heuveline & Guillot (2001), ch. 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planbook.analysis.projection.calibration import shift_migration
from planbook.analysis.projection.checks import Array, require_horizon, require_steps
from planbook.analysis.projection.cohorts import WIDTH
from planbook.analysis.projection.engine import (
    Fertility,
    Projection,
    advance_cohorts,
    project_population,
)
from planbook.analysis.projection.fertility import Conversion
from planbook.analysis.projection.rates import Rates
from planbook.analysis.projection.transitions import Transition, make_net_transition

#: A target is met within this many persons.
TOLERANCE_PERSONS = 0.5
#: Net migrants a year beyond this share of the population at the start count as out of reach.
LIMIT_SHARE_A_YEAR = 0.05
#: Migration from this age on stays as it is.
SHIFTED_BELOW = 65
#: Total fertility rates between which one is sought.
FERTILITY_BOUNDS = (0.1, 4.0)
#: Multiples between which a shift is sought: at 1 nobody leaves on balance, at −1 losses are doubled.
_SHIFTS = (-1.0, 1.0)
_HALVINGS = 60


@dataclass(frozen=True)
class Requirement:
    """A way to reach a population.

    Parameters
    ----------
    total_fertility_rate : TFR換算値 held from the first step on; None: the births of the rates.
    net_migrants_a_year : mean of the steps; None where the population cannot be reached.
    shift : the multiple in `shift_migration`; None likewise.
    newcomers_a_year : who come beyond that; 0 where the shift alone is enough.
    """

    total_fertility_rate: float | None
    net_migrants_a_year: float | None
    shift: float | None
    newcomers_a_year: float = 0.0


@dataclass(frozen=True)
class ArrivingTransition:
    """A transition after which newcomers stand in the population.

    Parameters
    ----------
    moving : what becomes of those who are there.
    newcomers : shape (scenario, municipality, sex, age), persons of a step; those of 0–4 are not looked at, since
        the children of newcomers are counted like everybody's.
    """

    moving: Transition
    newcomers: Array

    def __call__(self, population: Array, step: int) -> Array:
        """Return persons of the second to the last age group five years later."""
        return self.moving(population, step) + self.newcomers[..., 1:]


def project_shifted(
    rates: Rates, shifts: Array, horizon: int, ratios: Array | None = None, newcomers: Array | None = None
) -> tuple[Projection, Array]:
    """Project with shifted migration, one scenario a shift.

    Parameters
    ----------
    rates : of one municipality.
    shifts : shape (scenario,).
    horizon : last year.
    ratios : child–woman ratios of shape (step, scenario); those of `rates` when None.
    newcomers : persons a year of shape (scenario, sex, age), nobody of 0–4; none when None.

    Returns
    -------
    the projection, and net migrants a year (newcomers among them) of shape (scenario,), the mean of the steps.
    """
    steps = require_horizon(rates.base.year, horizon, WIDTH)
    require_steps("rates", rates.steps, steps)
    survival = rates.survival[:steps, None]
    below = np.array([group.age_start < SHIFTED_BELOW for group in rates.base.ages.groups])
    by_age = shifts.reshape(1, -1, 1, 1, 1) * below
    migration = np.maximum(shift_migration(rates.migration[:steps, None], by_age), -survival)
    own = np.broadcast_to(rates.child_woman_ratio[1 : steps + 1], (steps, len(shifts)))
    coming = np.zeros((len(shifts), *rates.base.persons.shape[1:])) if newcomers is None else newcomers
    projection = project_population(
        rates.base,
        ArrivingTransition(make_net_transition(survival, migration, rates.base), WIDTH * coming[:, None]),
        Fertility((own if ratios is None else ratios)[..., None], rates.sex_ratio[:steps, None, None]),
        horizon,
        tuple(f"shift-{at}" for at in range(len(shifts))),
    )
    moved = (projection.persons[:-1] * migration).sum(axis=(2, 3, 4))
    return projection, moved.mean(axis=0) / WIDTH + coming.sum(axis=(1, 2))


def solve_migration(
    rates: Rates, population: float, year: int, ratios: Array | None = None, profile: Array | None = None
) -> tuple[Requirement, ...]:
    """Find the migration that gives a population, once for each path of births.

    Parameters
    ----------
    rates : of one municipality, the first scenario.
    population : persons wanted at `year`.
    year : on the five-year grid of the rates.
    ratios : child–woman ratios of shape (step, path); None for those of the rates.
    profile : sexes and ages of one newcomer, shape (sex, age), sum 1, nobody of 0–4; None: nobody may come beyond
        the shift.

    Returns
    -------
    one requirement a path; without numbers where it takes more than `LIMIT_SHARE_A_YEAR` of the population.
    """
    count = 1 if ratios is None else ratios.shape[1]
    low, high = (np.full(count, bound) for bound in _SHIFTS)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        projection, moved = project_shifted(rates, middle, year, ratios)
        found = projection.totals[-1, :, 0]
        low, high = np.where(found < population, middle, low), np.where(found < population, high, middle)
    lacking = np.zeros(count)
    if profile is not None and (found < population - TOLERANCE_PERSONS).any():
        one = np.broadcast_to(profile, (count, *profile.shape))
        with_one = project_shifted(rates, middle, year, ratios, one)[0].totals[-1, :, 0]
        # The population is linear in newcomers.
        lacking = np.where(
            found < population - TOLERANCE_PERSONS, (population - found) / (with_one - found), 0
        )
        projection, moved = project_shifted(rates, middle, year, ratios, lacking[:, None, None] * profile)
        found = projection.totals[-1, :, 0]
    reached = np.abs(found - population) < TOLERANCE_PERSONS
    bearable = moved <= LIMIT_SHARE_A_YEAR * rates.base.totals[0]
    return tuple(
        Requirement(None, float(m), float(s), float(n)) if ok else Requirement(None, None, None)
        for m, s, n, ok in zip(moved, middle, lacking, reached & bearable, strict=True)
    )


def trace_frontier(
    rates: Rates,
    population: float,
    year: int,
    fertility: Sequence[float],
    conversion: Conversion,
    profile: Array | None = None,
) -> tuple[Requirement, ...]:
    """Find, for each total fertility rate, the net migration that reaches a population.

    Parameters
    ----------
    rates, population, year : as in `solve_migration`.
    fertility : total fertility rates, each held from the first step on.
    conversion : k(t).
    profile : of newcomers, as in `solve_migration`.
    """
    years = range(rates.base.year + WIDTH, year + 1, WIDTH)
    ratios = np.array([[conversion.to_ratio(tfr, at) for tfr in fertility] for at in years])
    found = solve_migration(rates, population, year, ratios, profile)
    return tuple(replace(item, total_fertility_rate=tfr) for item, tfr in zip(found, fertility, strict=True))


def solve_fertility(rates: Rates, population: float, year: int, conversion: Conversion) -> float | None:
    """Find the total fertility rate, held from the first step on, that alone reaches a population.

    Returns
    -------
    TFR換算値; None where none between `FERTILITY_BOUNDS` does.
    """
    years = np.array([conversion.factor(at) for at in range(rates.base.year + WIDTH, year + 1, WIDTH)])
    low, high = FERTILITY_BOUNDS
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        found = project_shifted(rates, np.zeros(1), year, (middle / years)[:, None])[0].totals[-1, 0, 0]
        if abs(found - population) < TOLERANCE_PERSONS:
            return middle
        low, high = (middle, high) if found < population else (low, middle)
    return None


def project_arrivals(rates: Rates, households: Array, horizon: int) -> Projection:
    """Project with one household of each type arriving a year.

    Parameters
    ----------
    rates : of one municipality.
    households : shape (type, sex, age), persons a household.
    horizon : last year.

    Notes
    -----
    Those who came within a step are counted at its end with the ages they came at; the children they bring are
    theirs, and births to them are counted from the next step on, so that no child is counted twice.
    """
    steps = require_horizon(rates.base.year, horizon, WIDTH)
    require_steps("rates", rates.steps, steps)
    names = tuple(f"type-{at}" for at in range(len(households)))
    persons = np.empty((steps + 1, len(households), *rates.base.persons.shape))
    persons[0] = rates.base.persons
    for step in range(steps):
        ratios = rates.survival[step] + rates.migration[step]
        for at, household in enumerate(households):
            now = replace(rates.base, year=rates.base.year + WIDTH * step, persons=persons[step, at])
            after = advance_cohorts(now, ratios, rates.child_woman_ratio[step + 1], rates.sex_ratio[step])
            persons[step + 1, at] = after.persons + WIDTH * household
    years = tuple(rates.base.year + WIDTH * step for step in range(steps + 1))
    return Projection(years, names, rates.base.municipalities, rates.base.ages, persons)


def count_households(rates: Rates, households: Array, population: float, year: int) -> Array:
    """Return how many households of each type a year reach a population; shape (type,).

    Parameters
    ----------
    rates : of one municipality.
    households : shape (type, sex, age).
    population : persons wanted at `year`; below what is projected anyway, the number is negative.
    year : on the five-year grid.
    """
    with_one = project_arrivals(rates, households, year).totals[-1, :, 0]
    without = project_arrivals(rates, np.zeros((1, *households.shape[1:])), year).totals[-1, 0, 0]
    return (population - without) / (with_one - without)
