"""Cohort change ratios and residual migration: what two dates say about the cohorts between them.

With ``expected[a] = P[t, a] · S[a]`` the residual of a cohort is::

    m[a] = (P[t+5, a+1] − expected[a]) / P[t, a]
    m[w−1] = m[w] = (P[t+5, w] − expected[w−1] − expected[w]) / (P[t, w−1] + P[t, w])

because those observed in the open group were in either of two groups; the two share one residual. With S = 0
the residual is the cohort change ratio (コーホート変化率, Hamilton–Perry). A cohort of nobody has no rate: it takes
that of a larger area, and the cell is reported.

References
----------
Hamilton & Perry (1962), Social Forces 41; Smith, Tayman & Swanson (2013), ch. 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planbook.analysis.projection.checks import Array, Mask, name_cells, refuse_cells, require_rates
from planbook.analysis.projection.cohorts import WIDTH, Cohorts
from planbook.vocabulary.errors import InputError, Problem, message


@dataclass(frozen=True)
class Pair:
    """The same municipalities at two dates five years apart.

    Parameters
    ----------
    before, after : the two dates; the same municipalities and ages.

    Raises
    ------
    InputError : dates that are not five years apart, or other municipalities or ages.
    """

    before: Cohorts
    after: Cohorts

    def __post_init__(self) -> None:
        if self.after.year - self.before.year != WIDTH or self.before.axes != self.after.axes:
            raise InputError(
                Problem(
                    what=message("二つの人口が、同じ市区町村・同じ年齢階級の5年をはさむ組ではありません。"),
                    found=f"{self.before.year}, {self.after.year}; {self._difference()}",
                    remedy=message("市域と年齢階級をそろえ、5年あいた二つの年を与えてください。"),
                )
            )

    def _difference(self) -> str:
        strangers = sorted(set(self.before.municipalities) ^ set(self.after.municipalities))
        return ", ".join(strangers[:5]) or "—"


@dataclass(frozen=True)
class CohortRates:
    """Rates of cohorts by age at the start.

    Parameters
    ----------
    values : shape (municipality, sex, age).
    filled : marks the cells that took the rate of the larger area.
    axes : labels of the axes.
    """

    values: Array
    filled: Mask
    axes: tuple[tuple[str, ...], ...]

    @property
    def filled_cells(self) -> tuple[tuple[str, str, str], ...]:
        """The cells (municipality, sex, age) that took the rate of the larger area."""
        return tuple(
            tuple(self.axes[axis][at] for axis, at in enumerate(cell)) for cell in np.argwhere(self.filled)
        )


def sum_by_parent(cohorts: Cohorts, parents: Sequence[str]) -> Cohorts:
    """Return, for every municipality, the persons of the larger area it belongs to.

    Parameters
    ----------
    cohorts : all municipalities of the larger areas.
    parents : the area of each municipality, such as its prefecture's code.

    Examples
    --------
    >>> from planbook.analysis.projection.cohorts import AgeAxis
    >>> from planbook.vocabulary.ages import AgeGroup
    >>> ages = AgeAxis((AgeGroup(0, 5), AgeGroup(5, None)), AgeGroup(0, 5))
    >>> towns = Cohorts(2020, ("A", "B", "C"), np.array([[[1.0, 2], [3, 4]], [[5, 6], [7, 8]], [[9, 9], [9, 9]]]), ages)
    >>> sum_by_parent(towns, ("x", "x", "y")).persons[:2, 0].tolist()
    [[6.0, 8.0], [6.0, 8.0]]
    """
    _, at = np.unique(np.asarray(parents), return_inverse=True)
    sums = np.zeros((at.max() + 1, *cohorts.persons.shape[1:]))
    np.add.at(sums, at, cohorts.persons)
    return replace(cohorts, persons=sums[at])


def compute_change_ratios(pair: Pair, parents: Pair | None = None) -> CohortRates:
    """Compute cohort change ratios; those of `parents` where a cohort was nobody.

    Parameters
    ----------
    pair : the municipalities at two dates.
    parents : the larger areas in the same order, from `sum_by_parent`; None when no cell may be filled.

    Returns
    -------
    ratio of persons at t+5 to those at t, by age at t; the last two ages share one.

    Raises
    ------
    InputError : a cohort of nobody without a larger area, or where the larger area has nobody either.
    """
    return compute_residuals(pair, np.zeros((1, 1, 1)), parents)


def compute_residuals(pair: Pair, survival: Array, parents: Pair | None = None) -> CohortRates:
    """Compute net migration rates as residuals of survival.

    Parameters
    ----------
    pair : the municipalities at two dates; or a published projection at two of its years.
    survival : shape (municipality, sex, age), each axis may be 1; ratio 0…1 by age at the start.
    parents : as in `compute_change_ratios`.

    Returns
    -------
    net migrants alive at t+5 per person at t, by age at t.

    Raises
    ------
    InputError : survival outside 0…1; a cohort of nobody that cannot be filled, by name.
    """
    require_rates("survival", survival, [("*",) * size for size in survival.shape], upper=1)
    rates = _residuals(pair, survival)
    empty = np.isnan(rates)
    if parents is not None and empty.any():
        rates = np.where(empty, _residuals(parents, survival), rates)
    refuse_cells(
        message("期首の人口が0人のコーホートがあり、率を計算できません。"),
        np.isnan(rates),
        pair.before.axes,
        message("都道府県など、より広い地域の率を与えてください。0とはみなしません。"),
    )
    return CohortRates(rates, empty, pair.before.axes)


def _residuals(pair: Pair, survival: Array) -> Array:
    """Return the residuals; NaN where nobody was at risk."""
    at_risk = _merge_open(pair.before.persons)
    expected = _merge_open(pair.before.persons * survival)
    moved = pair.after.persons[..., 1:] - expected
    rates = np.divide(moved, at_risk, out=np.full(at_risk.shape, np.nan), where=at_risk > 0)
    return np.concatenate([rates, rates[..., -1:]], axis=-1)


def _merge_open(persons: Array) -> Array:
    merged = persons[..., :-1].copy()
    merged[..., -1] += persons[..., -1]
    return merged


def find_negative_ratios(survival: Array, migration: CohortRates) -> str | None:
    """Name the cells in which survival and residual add up to less than nobody; None where there is none.

    In a tiny open group the shared residual may exceed the survival of the oldest: such a pair cannot be
    projected and has to be pooled with its neighbours.
    """
    negative = survival + migration.values < 0
    return name_cells(negative, migration.axes) if negative.any() else None
