"""The cohort-component method in steps of five years, for all scenarios and municipalities at once.

Within one step, for sex s and age group a (0 = the youngest, w = the open group)::

    P[t+5, a+1, s] = P[t, a, s] · (S[a, s] + m[a, s])                                   a < w − 1
    P[t+5, w, s]   = P[t, w−1, s] · (S[w−1, s] + m[w−1, s]) + P[t, w, s] · (S[w, s] + m[w, s])
    P[t+5, 0]      = W[t+5] · CWR[t+5],   W = women of childbearing age at t+5
    male = P[t+5, 0] · SR / (100 + SR),   female = the rest

S survival ratio, m net migration rate (0 in a closed population), CWR child–woman ratio, SR males per 100 females
at ages 0–4. The first two lines are a `Transition`, which sees the populations of all municipalities together: a
form in which those who leave make up a pool that is shared out fits the same place as the net form.

References
----------
Preston, Heuveline & Guillot (2001), Demography, ch. 6; Smith, Tayman & Swanson (2013), A Practitioner's Guide to
State and Local Population Projections, ch. 7.

Examples
--------
Three age groups, childbearing in the middle one; by hand: 5–9 = 100·0.9, 10+ = 80·0.8 + 50·0.4 = 84,
women 5–9 = 90, so 0–4 = 90·0.5 = 45, half of them male.

>>> from planbook.vocabulary.ages import AgeGroup
>>> from planbook.analysis.projection.transitions import make_net_transition
>>> ages = AgeAxis((AgeGroup(0, 5), AgeGroup(5, 10), AgeGroup(10, None)), AgeGroup(5, 10))
>>> base = Cohorts(2020, ("A",), np.array([[[100.0, 80, 50], [100, 80, 50]]]), ages)
>>> survival = np.array([0.9, 0.8, 0.4]).reshape(1, 1, 1, 1, 3)
>>> closed = make_net_transition(survival, np.zeros((1, 1, 1, 1, 1)), base)
>>> births = Fertility(np.full((1, 1, 1), 0.5), np.full((1, 1, 1), 100.0))
>>> project_population(base, closed, births, 2025).persons[1, 0, 0].tolist()
[[22.5, 90.0, 84.0], [22.5, 90.0, 84.0]]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planbook.analysis.projection.checks import (
    Array,
    name_axes,
    require_horizon,
    require_persons,
    require_rates,
    require_shape,
    require_steps,
)
from planbook.analysis.projection.cohorts import FEMALE, MALE, SEXES, WIDTH, AgeAxis, Cohorts
from planbook.analysis.projection.transitions import CohortTransition, Transition


@dataclass(frozen=True)
class Fertility:
    """The children of each step.

    Parameters
    ----------
    child_woman_ratio : shape (step, scenario, municipality), at the end of the step; any axis but the first may be 1.
    sex_ratio : males per 100 females at ages 0–4; the same axes.
    """

    child_woman_ratio: Array
    sex_ratio: Array

    def split(self, women: Array, step: int) -> tuple[Array, Array]:
        """Return girls and boys 0–4 of `women`; shape (scenario, municipality) each."""
        children = women * self.child_woman_ratio[step]
        boys = children * (self.sex_ratio[step] / (100 + self.sex_ratio[step]))
        return children - boys, boys


@dataclass(frozen=True)
class Projection:
    """Projected persons, the base year included.

    Parameters
    ----------
    years : base year to horizon, every five years.
    scenarios, municipalities, ages : the labels of the axes.
    persons : shape (year, scenario, municipality, sex, age); unrounded.
    """

    years: tuple[int, ...]
    scenarios: tuple[str, ...]
    municipalities: tuple[str, ...]
    ages: AgeAxis
    persons: Array

    @property
    def totals(self) -> Array:
        """Persons by (year, scenario, municipality)."""
        return self.persons.sum(axis=(-1, -2))


def project_population(
    base: Cohorts,
    transition: Transition,
    fertility: Fertility,
    horizon: int,
    scenarios: tuple[str, ...] = ("base",),
) -> Projection:
    """Project population by sex and five-year age group.

    Parameters
    ----------
    base : persons by municipality, sex and age.
    transition : what becomes of those alive; `make_net_transition`, or a form with a pool of migrants.
    fertility : child–woman and sex ratios, at least one row a step.
    horizon : last year; the base year plus a multiple of five.
    scenarios : the names of the scenario axis.

    Raises
    ------
    InputError : a horizon off the five-year grid, too few steps of rates, a missing or negative rate or result.

    Notes
    -----
    Rates are constant within a step. Migrants of the step are children's parents at its end.
    """
    steps = require_horizon(base.year, horizon, WIDTH)
    shape = (len(scenarios), *base.persons.shape)
    _check_fertility(fertility, (steps, *shape[:2]), (scenarios, base.municipalities))
    persons = np.empty((steps + 1, *shape))
    persons[0] = base.persons
    for step in range(steps):
        after = persons[step + 1]
        after[..., 1:] = transition(persons[step], step)
        women = after[..., FEMALE, base.ages.fertile].sum(axis=-1)
        after[..., FEMALE, 0], after[..., MALE, 0] = fertility.split(women, step)
        require_persons(after, (scenarios, *base.axes))
    years = tuple(base.year + WIDTH * step for step in range(steps + 1))
    return Projection(years, scenarios, base.municipalities, base.ages, persons)


def advance_cohorts(cohorts: Cohorts, ratios: Array, child_woman_ratio: Array, sex_ratio: float) -> Cohorts:
    """Return the population five years later: one step, one scenario.

    Parameters
    ----------
    cohorts : persons at the start.
    ratios : survival + net migration; shape (municipality, sex, age), any axis may be 1.
    child_woman_ratio : at the end; shape (municipality,).
    sex_ratio : males per 100 females at ages 0–4.
    """
    after = project_population(
        cohorts,
        CohortTransition(np.broadcast_to(ratios, cohorts.persons.shape)[None, None]),
        Fertility(
            np.broadcast_to(child_woman_ratio, (1, 1, len(cohorts.municipalities))),
            np.full((1, 1, 1), sex_ratio),
        ),
        cohorts.year + WIDTH,
    )
    return Cohorts(after.years[-1], cohorts.municipalities, after.persons[-1, 0], cohorts.ages)


def _check_fertility(
    fertility: Fertility, shape: tuple[int, int, int], labels: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    for name, rates in (
        ("child_woman_ratio", fertility.child_woman_ratio),
        ("sex_ratio", fertility.sex_ratio),
    ):
        require_steps(name, len(rates), shape[0])
        require_shape(name, rates[: shape[0]], shape)
        require_rates(name, rates, name_axes(rates.shape, ("step", *labels)))


def tabulate_projection(projection: Projection) -> pd.DataFrame:
    """Lay a projection out as a tidy frame.

    Returns
    -------
    columns scenario, muni_code, year, sex, age_start, age_end (Int64, missing for the open top),
    population_persons (float); one row a cell.
    """
    ages = projection.ages.groups
    axes = (projection.years, projection.scenarios, projection.municipalities, SEXES, range(len(ages)))
    names = ["year", "scenario", "muni_code", "sex", "age"]
    frame = pd.MultiIndex.from_product(axes, names=names).to_frame(index=False)
    starts = np.array([group.age_start for group in ages])
    ends = pd.array([pd.NA if group.is_open else group.age_end for group in ages], dtype="Int64")
    age = frame.pop("age").to_numpy()
    frame["age_start"], frame["age_end"] = starts[age], ends[age]
    frame["population_persons"] = projection.persons.ravel()
    return frame[["scenario", "muni_code", "year", "sex", "age_start", "age_end", "population_persons"]]
