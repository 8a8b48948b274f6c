"""Migration and births fitted to the totals of a published projection whose rates are not published.

In every step the migration of each age is shifted by the same multiple of its own size (the plus–minus method:
gains grow as losses shrink, the age pattern stays)::

    m'[a] = m[a] + d · |m[a]|

The total at the end of a step is linear in d, so d follows from two evaluations. One factor on the child–woman
ratios of all steps is found by halving so that those under 15 at the last year are the published ones. What is not
fitted (the persons of 65 and over) remains as a check.

References
----------
Akers & Siegel (1965) on the plus–minus method; Smith, Tayman & Swanson (2013), ch. 8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planbook.analysis.projection.checks import Array, refuse_cells, require_shape
from planbook.analysis.projection.cohorts import Cohorts
from planbook.analysis.projection.engine import advance_cohorts
from planbook.vocabulary.errors import InputError, Problem, message

#: Factors on the child–woman ratios between which the one that fits is sought.
LEVELS = (0.2, 3.0)
#: Persons under 15 are met within this many.
TOLERANCE_PERSONS = 0.01
_HALVINGS = 60
_YOUNG = 3


@dataclass(frozen=True)
class Assumed:
    """What a fit starts from.

    Parameters
    ----------
    base : persons at the base year.
    survival : shape (step, municipality, sex, age), any axis but the first may be 1.
    pattern : net migration rates by age whose shape is kept; shape (municipality, sex, age).
    child_woman_ratio : shape (step + 1, municipality).
    sex_ratio : shape (step,), males per 100 females at ages 0–4.
    """

    base: Cohorts
    survival: Array
    pattern: Array
    child_woman_ratio: Array
    sex_ratio: Array

    def advance(self, cohorts: Cohorts, step: int, migration: Array, level: float = 1.0) -> Cohorts:
        """Return the population five years later."""
        ratio = level * self.child_woman_ratio[step + 1]
        return advance_cohorts(cohorts, self.survival[step] + migration, ratio, self.sex_ratio[step])


@dataclass(frozen=True)
class Fit:
    """Rates that reproduce the published totals.

    Parameters
    ----------
    migration : shape (step, municipality, sex, age).
    child_woman_ratio : shape (step + 1, municipality); the base year's is left as it was.
    shifts : d by step and municipality.
    level : factor on the child–woman ratios, by municipality; 1 where no young persons were given.
    path : the populations from the base year on.
    """

    migration: Array
    child_woman_ratio: Array
    shifts: Array
    level: Array
    path: tuple[Cohorts, ...]


def fit_to_totals(assumed: Assumed, totals: Array, young: float | None = None) -> Fit:
    """Fit migration to totals, and births to the young of the last year, for one municipality.

    Parameters
    ----------
    assumed : the rates to start from.
    totals : shape (step,), persons at the end of each step.
    young : persons under 15 at the end of the last step; None leaves the child–woman ratios as they are.

    Raises
    ------
    InputError : nobody moves in the pattern; or no factor between `LEVELS` gives the young.
    """
    require_shape("totals", totals, (len(assumed.survival),), whole=True)
    level = 1.0 if young is None else _find_level(assumed, totals, young)
    path, shifts = _follow(assumed, totals, level)
    migration = np.stack([shift_migration(assumed.pattern, shift) for shift in shifts])
    ratios = assumed.child_woman_ratio.copy()
    ratios[1:] *= level
    return Fit(migration, ratios, np.array(shifts)[:, None], np.array([level]), tuple(path))


def shift_migration(pattern: Array, shift: Array | float) -> Array:
    """Shift net migration rates by a multiple of their size: gains grow, losses shrink.

    Examples
    --------
    >>> shift_migration(np.array([-0.2, 0.0, 0.1]), 0.5).round(3).tolist()
    [-0.1, 0.0, 0.15]
    """
    return pattern + shift * np.abs(pattern)


def _follow(assumed: Assumed, totals: Array, level: float) -> tuple[list[Cohorts], list[float]]:
    path, shifts = [assumed.base], []
    for step, total in enumerate(totals):
        unmoved, moved = (
            assumed.advance(path[-1], step, shift_migration(assumed.pattern, shift), level).totals[0]
            for shift in (0.0, 1.0)
        )
        refuse_cells(
            message("年齢別の純移動率がすべて0で、推計の総数に合わせられません。"),
            np.array([moved <= unmoved]),
            (assumed.base.municipalities,),
            message("移動率の期間を変えるか、国勢調査の年齢別人口を確かめてください。"),
        )
        shift = (total - unmoved) / (moved - unmoved)
        shifts.append(shift)
        path.append(assumed.advance(path[-1], step, shift_migration(assumed.pattern, shift), level))
    return path, shifts


def _find_level(assumed: Assumed, totals: Array, young: float) -> float:
    (low, high), refused, found = LEVELS, None, None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        try:
            found = _follow(assumed, totals, middle)[0][-1].persons[..., :_YOUNG].sum()
        except InputError as error:
            # With so many births the totals would take more leavers than there are people: fewer may do.
            refused, high = error, middle
            continue
        if abs(found - young) < TOLERANCE_PERSONS:
            return middle
        low, high = (middle, high) if found < young else (low, middle)
    if found is None and refused is not None:
        raise refused
    raise InputError(
        Problem(
            what=message("年少人口に合う子ども女性比が見つかりません。"),
            found=f"{young:g}",
            allowed=message("子ども女性比の{low}〜{high}倍", low=LEVELS[0], high=LEVELS[1]),
            remedy=message("推計の総数と年齢3区分が同じ版のものかを確かめてください。"),
        )
    )
