"""Survival ratios of five-year groups out of a life table given as mean yearly qx of five-year bands.

Within a band every single year has the band's q. With l(0) = 1 and deaths spread evenly over a year of age,
``L(x) = (l(x) + l(x+1)) / 2``; above the last band its q goes on for ever, so ``T = l · (1/q − 1/2)``. Then
``S[a] = L5[a+1] / L5[a]``, for the last closed group L5 of the band that opens the open group over its own L5,
and for the open group ``S = T(x+5) / T(x)``: 90+ is T(95)/T(90).

A table is brought to another life expectancy by one factor on its hazards, ``h(x) = −ln(1 − q(x))``, the same at
all ages. That is a relational model with one parameter: it keeps the age pattern, which is all that a national
table can lend to a prefecture.

References
----------
Preston, Heuveline & Guillot (2001), ch. 3 and 6.3; METHODS of the book, section 1.1.
"""

from __future__ import annotations

import numpy as np

from planbook.analysis.projection.checks import Array, require_rates
from planbook.analysis.projection.cohorts import WIDTH
from planbook.vocabulary.errors import InputError, Problem, message

#: Life expectancy is met within this many years.
TOLERANCE_YEARS = 1e-6
#: Factors on the hazards between which a solution is sought: e0 from about 50 to about 120.
FACTORS = (1e-3, 1e2)
_HALVINGS = 100


def compute_life_expectancy(qx: Array) -> Array:
    """Compute life expectancy at birth in years.

    Parameters
    ----------
    qx : shape (…, band); mean yearly probability of dying, five-year bands from age 0.

    Examples
    --------
    A constant q has e0 = 1/q − 1/2:

    >>> float(compute_life_expectancy(np.full(20, 0.02)).round(9))
    49.5
    """
    _require_qx(qx)
    person_years, rest = _person_years(qx)
    return person_years.sum(axis=-1) + rest


def compute_survival(qx: Array) -> Array:
    """Compute survival ratios by age at the start of five years.

    Parameters
    ----------
    qx : shape (…, band); the last two bands make up the open group: 0–4 … 95–99 gives 0–4 … 90+.

    Returns
    -------
    shape (…, band − 1), ratio 0…1.

    Raises
    ------
    InputError : a missing q, or one outside 0…1.
    """
    _require_qx(qx)
    person_years, rest = _person_years(qx)
    closed = person_years[..., 1:-1] / person_years[..., :-2]
    top = person_years[..., -1] + rest
    open_group = top / (person_years[..., -2] + top)
    return np.concatenate([closed, open_group[..., None]], axis=-1)


def scale_to_life_expectancy(qx: Array, life_expectancy: Array) -> Array:
    """Scale the hazards of a table so that it has a given life expectancy at birth.

    Parameters
    ----------
    qx : shape (…, band), the standard table.
    life_expectancy : years, broadcast against qx without its last axis; e.g. (prefecture, sex).

    Returns
    -------
    qx of shape (…, band), whose life expectancy differs from the one given by less than `TOLERANCE_YEARS`.

    Raises
    ------
    InputError : a life expectancy that no factor between `FACTORS` gives.

    Notes
    -----
    Solved by halving the logarithm of the factor; life expectancy falls with it, so there is one solution.
    """
    _require_qx(qx)
    target = np.asarray(life_expectancy, dtype=float)
    hazard = -np.log1p(-np.broadcast_to(qx, (*target.shape, qx.shape[-1])))
    low, high = (np.full(target.shape, np.log(factor)) for factor in FACTORS)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        too_long = _expectancy_of(hazard, middle) > target
        low, high = np.where(too_long, middle, low), np.where(too_long, high, middle)
    off = np.abs(_expectancy_of(hazard, middle) - target)
    if not (off < TOLERANCE_YEARS).all():
        wrong = target[~(off < TOLERANCE_YEARS)]
        raise InputError(
            Problem(
                what=message("この平均寿命に合う生命表を、ハザードの比例では作れません。"),
                place={"key": "life_expectancy"},
                found=", ".join(f"{years:g}" for years in wrong[:5]),
                remedy=message("平均寿命の単位（年）と、男女の並びを確かめてください。"),
            )
        )
    return -np.expm1(-hazard * np.exp(middle)[..., None])


def _expectancy_of(hazard: Array, log_factor: Array) -> Array:
    person_years, rest = _person_years(-np.expm1(-hazard * np.exp(log_factor)[..., None]))
    return person_years.sum(axis=-1) + rest


def _person_years(qx: Array) -> tuple[Array, Array]:
    """Return person-years in each band and above the last, per person born."""
    p = 1 - qx
    entering = np.cumprod(np.concatenate([np.ones((*p.shape[:-1], 1)), p**WIDTH], axis=-1), axis=-1)
    # Σ (l(x) + l(x+1)) / 2 over the band = l · (1 + p) / 2 · (1 + p + … + p⁴)
    inside = (1 + p) / 2 * sum(p**year for year in range(WIDTH))
    return entering[..., :-1] * inside, entering[..., -1] * (1 / qx[..., -1] - 0.5)


def _require_qx(qx: Array) -> None:
    bands = tuple(f"{WIDTH * band}-{WIDTH * band + WIDTH - 1}" for band in range(qx.shape[-1]))
    require_rates("qx", qx, [*(("*",) * size for size in qx.shape[:-1]), bands], upper=1)
    if (qx <= 0).any() or (qx >= 1).any() or qx.shape[-1] < 3:
        raise InputError(
            Problem(
                what=message("死亡確率は0より大きく1より小さくなければならず、年齢は3区分以上要ります。"),
                found=f"{qx.min():g}–{qx.max():g}, {qx.shape[-1]}",
                remedy=message("欠けた区分を0や1で埋めず、元の生命表を確かめてください。"),
            )
        )
