"""Children per woman: the child–woman ratio, its path, and its conversion from and to the total fertility rate.

``CWR = children 0–4 / women 15–49`` of one date. A municipality keeps its ratio to the nation,
``CWR_i(t) = CWR_nat(t) · CWR_i(base) / CWR_nat(base)``, and the nation's ``k(t) = TFR_nat(t) / CWR_nat(t)`` turns a
total fertility rate into a child–woman ratio. A value that was converted is not a fertility rate that anybody
measured: it is shown as 「TFR換算値」.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planbook.analysis.projection.checks import Array, refuse_cells, require_rates
from planbook.analysis.projection.cohorts import Cohorts
from planbook.vocabulary.errors import InputError, Problem, message


def compute_child_woman_ratio(cohorts: Cohorts, parents: Cohorts | None = None) -> Array:
    """Compute the child–woman ratio by municipality; that of `parents` where there is no woman.

    Raises
    ------
    InputError : no woman of childbearing age, and no larger area to take the ratio from; names the code.
    """
    ratio = cohorts.child_woman_ratio
    if parents is not None:
        ratio = np.where(np.isnan(ratio), parents.child_woman_ratio, ratio)
    refuse_cells(
        message("女性（15～49歳）が0人で、子ども女性比を計算できません。"),
        np.isnan(ratio),
        (cohorts.municipalities,),
        message("都道府県など、より広い地域の率を与えてください。0とはみなしません。"),
    )
    return ratio


def extend_child_woman_ratio(base: Array, national: Array) -> Array:
    """Prolong municipal child–woman ratios along the nation's, their ratio to it held.

    Parameters
    ----------
    base : shape (municipality,), at the base year.
    national : shape (step + 1,), the nation's at the base year and at the end of each step; above 0.

    Returns
    -------
    shape (step + 1, municipality).

    Examples
    --------
    >>> extend_child_woman_ratio(np.array([0.2, 0.1]), np.array([0.2, 0.22])).round(3).tolist()
    [[0.2, 0.1], [0.22, 0.11]]
    """
    require_rates("child_woman_ratio", base, (tuple(str(at) for at in range(len(base))),))
    points = tuple(str(at) for at in range(len(national)))
    require_rates("national child_woman_ratio", national, (points,))
    refuse_cells(
        message("全国の子ども女性比が0です。"),
        national == 0,
        (points,),
        message("全国の0～4歳人口と15～49歳女性人口を確かめてください。"),
    )
    return national[:, None] * (base / national[0])


@dataclass(frozen=True)
class Conversion:
    """The factors k(t) between total fertility rate and child–woman ratio.

    Parameters
    ----------
    factors : k by year, the years of the projection; births per woman over children per woman.
    source_ids : where the nation's TFR and child–woman ratio come from.
    """

    factors: Mapping[int, float]
    source_ids: tuple[str, ...]

    def factor(self, year: int) -> float:
        """Return k of a year; an `InputError` where the table has none: nothing is interpolated."""
        k = self.factors.get(year)
        if k is None or not np.isfinite(k) or k <= 0:
            raise InputError(
                Problem(
                    what=message("TFRと子ども女性比の換算比がない年です。"),
                    place={"key": str(year)},
                    found=str(k),
                    allowed=message("{years}", years=", ".join(map(str, sorted(self.factors)))),
                    remedy=message("換算比の表にその年の正の値を加え、出典を付けてください。"),
                )
            )
        return k

    def to_ratio(self, tfr: Array | float, year: int) -> Array | float:
        """Return the child–woman ratio that a total fertility rate stands for."""
        return tfr / self.factor(year)

    def to_tfr(self, ratio: Array | float, year: int) -> Array | float:
        """Return the TFR換算値 of a child–woman ratio."""
        return ratio * self.factor(year)


def make_conversion(
    national_tfr: Mapping[int, float], national_ratio: Mapping[int, float], source_ids: tuple[str, ...]
) -> Conversion:
    """Make the factors k(t) = TFR(t) / CWR(t) for the years that both have.

    Examples
    --------
    >>> round(make_conversion({2015: 1.45}, {2015: 0.1918}, ("a", "b")).factor(2015), 3)
    7.56
    """
    years = sorted(set(national_tfr) & set(national_ratio))
    return Conversion({year: national_tfr[year] / national_ratio[year] for year in years}, source_ids)
