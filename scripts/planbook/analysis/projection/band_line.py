"""One municipality's line at constant rates, with the band of past errors around it.

The line is the projection that the backtest scored: cohort change ratios of five years and the child–woman ratio
at their end, held. Only to such a line do its errors belong; a line by another method has other errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planbook.analysis.projection.backtest import History, project_constant_rates
from planbook.analysis.projection.checks import Array
from planbook.analysis.projection.cohorts import FEMALE, Cohorts
from planbook.analysis.projection.error_bands import SizeClasses, draw_bands
from planbook.vocabulary.errors import InputError, Problem, message


@dataclass(frozen=True)
class BandLine:
    """A line and its band, every five years from the base.

    Parameters
    ----------
    years : the base first.
    projected : persons; at the base those that were counted.
    low, high : persons; at the base the same as `projected`, NaN past the last horizon of the table.
    size_class : the class of the base population, a key of the table.
    """

    years: tuple[int, ...]
    projected: Array
    low: Array
    high: Array
    size_class: str


def has_rates(before: Cohorts, after: Cohorts) -> bool:
    """Tell whether every cohort had somebody at the start and there are women to relate children to.

    A village may have nobody of some age. It has no rates of its own then, and the larger area that could lend
    them is not at hand for one municipality alone.
    """
    start = before.persons[..., :-1].copy()
    start[..., -1] += before.persons[..., -1]  # the last two ages share one ratio
    women = after.persons[:, FEMALE, after.ages.fertile].sum(axis=-1)
    return bool((start > 0).all() and (women > 0).all() and after.persons[:, FEMALE, 0].sum() > 0)


def project_band(
    before: Cohorts, after: Cohorts, horizon: int, table: pd.DataFrame, classes: SizeClasses | None = None
) -> BandLine:
    """Project one municipality at the rates between two dates and draw the band of past errors around it.

    Parameters
    ----------
    before, after : persons of one municipality five years apart, those of unknown age distributed.
    horizon : last year; that of `after` plus a multiple of five.
    table : rows of one method: horizon_years, size_class, q10_pct, q90_pct.
    classes : those of `table`.

    Returns
    -------
    the line every five years. ``low = P / (1 + q90)``, ``high = P / (1 + q10)`` by the class of the base.

    Raises
    ------
    InputError : more than one municipality, dates that are not five years apart, a cohort of nobody (`has_rates`).

    Notes
    -----
    Children are split by the sex ratio of those counted at the base.
    """
    if len(after.municipalities) != 1:
        raise InputError(
            Problem(
                what=message("誤差の幅は、市区町村を一つずつ計算します。"),
                found=", ".join(after.municipalities),
                remedy=message("一つの市区町村の人口を与えてください。"),
            )
        )
    history = History((before, after), np.array([before.totals, after.totals]), after.municipalities)
    projection = project_constant_rates(history, after.year, horizon)
    projected = projection.totals[:, 0, 0]
    frame = pd.DataFrame(
        {
            "horizon_years": [year - after.year for year in projection.years],
            # Ages that were bridged or shared out add up to a count but for the last bits.
            "base_persons": round(projected[0]),
            "projected_persons": projected,
        }
    )
    banded = draw_bands(frame, table, classes)
    low, high = (banded[name].to_numpy(dtype=float, copy=True) for name in ("lo_persons", "hi_persons"))
    low[0] = high[0] = projected[0]
    return BandLine(projection.years, projected, low, high, str(banded["size_class"].iloc[0]))
