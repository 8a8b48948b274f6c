"""What constant rates would have projected in the past, against what was counted.

From every base census the cohort change ratios of the five years before it and its own child–woman ratio are held
constant; the projected total is compared with the census five, ten … years later. The errors are those of this
method. They say how far such lines went astray, not how probable anything is.

Persons of unknown age are in the published totals but in no age group, and their share changes from census to
census. "distributed" gives them the ages of the others in every census, so that ratios and totals count the same
people; "dropped" leaves them out of the projection, which then looks too low wherever ages are often unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from planbook.analysis.projection.change_ratios import Pair, compute_change_ratios, sum_by_parent
from planbook.analysis.projection.checks import Array, refuse_cells, require_shape
from planbook.analysis.projection.cohorts import FEMALE, MALE, WIDTH, Cohorts
from planbook.analysis.projection.engine import Fertility, Projection, project_population
from planbook.analysis.projection.fertility import compute_child_woman_ratio
from planbook.analysis.projection.transitions import CohortTransition
from planbook.vocabulary.errors import InputError, Problem, message

Unknown = Literal["distributed", "dropped"]


@dataclass(frozen=True)
class History:
    """Censuses of the same municipalities, every five years.

    Parameters
    ----------
    censuses : persons of known age, oldest first.
    totals : shape (census, municipality), persons of unknown age included; may reach further than `censuses`
        by censuses of which only totals are known.
    parents : the larger area of each municipality, for cohorts of nobody.

    Raises
    ------
    InputError : censuses that are not five years apart or not of the same municipalities, or fewer totals.
    """

    censuses: tuple[Cohorts, ...]
    totals: Array
    parents: tuple[str, ...]

    def __post_init__(self) -> None:
        for before, after in pairwise(self.censuses):
            Pair(before, after)
        count = len(self.censuses[0].municipalities)
        require_shape("totals", self.totals, (max(len(self.totals), len(self.censuses)), count), whole=True)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of `totals`."""
        return tuple(self.censuses[0].year + WIDTH * at for at in range(len(self.totals)))

    def position(self, year: int) -> int:
        """Return the place of a census that has another one before it."""
        years = self.years[1 : len(self.censuses)]
        if year not in years:
            raise InputError(
                Problem(
                    what=message("その年を基準年とする検証はできません。"),
                    place={"key": "base"},
                    found=str(year),
                    allowed=message("{years}", years=", ".join(map(str, years))),
                    remedy=message("年齢別の国勢調査が、基準年と5年前の両方にある年を選んでください。"),
                )
            )
        return self.years.index(year)


def distribute_unknown(census: Cohorts, totals: Array) -> Cohorts:
    """Give persons of unknown age the sexes and ages of the others of their municipality.

    Parameters
    ----------
    census : persons of known age.
    totals : shape (municipality,), persons of unknown age included.

    Notes
    -----
    Mostly people of working age have no age in a census; pro rata they are spread too evenly.

    Raises
    ------
    InputError : fewer persons than those of known age, or persons where no age at all is known.
    """
    known = census.totals
    refuse_cells(
        message("総数が年齢別の人口の合計より少ないか、年齢別の人口がまったくありません。"),
        (totals < known) | ((known == 0) & (totals > 0)),
        (census.municipalities,),
        message("総数と年齢別の表が同じ年、同じ市域のものかを確かめてください。"),
    )
    factor = np.divide(totals, known, out=np.ones_like(known), where=known > 0)
    return replace(census, persons=census.persons * factor[:, None, None])


def project_constant_rates(
    history: History, base_year: int, horizon: int, unknown: Unknown = "distributed"
) -> Projection:
    """Project every municipality with the cohort change ratios and the child–woman ratio of one census.

    Parameters
    ----------
    history : the censuses.
    base_year : the census to start from; the ratios come from the five years before it.
    horizon : last year.
    unknown : what becomes of persons of unknown age.

    Notes
    -----
    Children are split by the sex ratio of all municipalities together at the base.
    """
    at = history.position(base_year)
    censuses = history.censuses[at - 1 : at + 1]
    if unknown == "distributed":
        censuses = [distribute_unknown(c, history.totals[at - 1 + i]) for i, c in enumerate(censuses)]
    pair = Pair(*censuses)
    wide = Pair(*(sum_by_parent(c, history.parents) for c in (pair.before, pair.after)))
    ratios = compute_change_ratios(pair, wide).values
    children = pair.after.persons[:, :, 0].sum(axis=0)
    steps = (horizon - base_year) // WIDTH
    sex_ratio = np.full((steps, 1, 1), 100 * children[MALE] / children[FEMALE])
    woman_ratio = compute_child_woman_ratio(pair.after, wide.after)
    return project_population(
        pair.after,
        CohortTransition(np.broadcast_to(ratios, (steps, 1, *ratios.shape))),
        Fertility(np.broadcast_to(woman_ratio, (steps, 1, len(woman_ratio))), sex_ratio),
        horizon,
    )


def run_backtest(
    history: History, bases: Sequence[int], last_year: int, unknown: Unknown = "distributed"
) -> pd.DataFrame:
    """Compare constant-rate projections with the censuses that followed.

    Parameters
    ----------
    history : the censuses.
    bases : base years; each is projected to `last_year` and every census on the way is scored.
    last_year : last census used.
    unknown : what becomes of persons of unknown age.

    Returns
    -------
    columns base_year, horizon_years, muni_code, base_persons, projected_persons, actual_persons,
    error_pct = 100 · (projected / actual − 1), missing where nobody lived at the base or at the census.
    """
    return pd.concat([_score(history, base, last_year, unknown) for base in bases], ignore_index=True)


def _score(history: History, base_year: int, last_year: int, unknown: Unknown) -> pd.DataFrame:
    projection = project_constant_rates(history, base_year, last_year, unknown)
    at = history.years.index(base_year)
    base = history.totals[at]
    parts = []
    for step in range(1, len(projection.years)):
        projected, actual = projection.totals[step, 0], history.totals[at + step]
        lived = (actual > 0) & (base > 0)
        ratio = np.divide(projected, actual, out=np.full_like(base, np.nan), where=lived)
        parts.append(
            pd.DataFrame(
                {
                    "base_year": base_year,
                    "horizon_years": WIDTH * step,
                    "muni_code": list(projection.municipalities),
                    "base_persons": base,
                    "projected_persons": projected,
                    "actual_persons": actual,
                    "error_pct": 100 * (ratio - 1),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
