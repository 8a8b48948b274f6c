"""Tables of the errors of the past, and the bands that are drawn from them: 「過去の誤差の幅(80%)」.

With e = projected / actual − 1 and its 10 % and 90 % points q10 and q90, a projected P has the band
``lo = P / (1 + q90)``, ``hi = P / (1 + q10)``. The mean is ruled by a few places (towns that were evacuated, tiny
islands), so it is given with and without those that the caller names.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from planbook.vocabulary.errors import InputError, Problem, message

ALL = "all"


@dataclass(frozen=True)
class SizeClasses:
    """Classes of population at the base; a limit belongs to the class above it.

    Parameters
    ----------
    limits_persons : lower limits of the second class and those after it, ascending.
    """

    limits_persons: tuple[int, ...] = (5_000, 10_000, 30_000, 100_000)

    def __post_init__(self) -> None:
        if any(low >= high for low, high in pairwise((0, *self.limits_persons))):
            raise InputError(
                Problem(
                    what=message("人口規模の区分の境は、正で昇順でなければなりません。"),
                    found=str(self.limits_persons),
                    remedy=message("境を小さいほうから並べてください。"),
                )
            )

    @property
    def labels(self) -> tuple[str, ...]:
        """Keys of the classes: -5000, 5000-10000 … 100000-."""
        edges = ("", *map(str, self.limits_persons), "")
        return tuple(f"{low}-{high}" for low, high in pairwise(edges))

    def classify(self, persons: pd.Series) -> pd.Series:
        """Return the key of the class of each figure.

        Examples
        --------
        >>> SizeClasses((10, 20)).classify(pd.Series([9, 10, 25])).tolist()
        ['-10', '10-20', '20-']
        """
        at = np.searchsorted(self.limits_persons, persons.to_numpy(dtype=float), side="right")
        return pd.Series([self.labels[i] for i in at], index=persons.index)


def tabulate_errors(
    errors: pd.DataFrame, classes: SizeClasses | None = None, outliers: Collection[str] = ()
) -> pd.DataFrame:
    """Tabulate errors by horizon and size class.

    Parameters
    ----------
    errors : from `run_backtest`, or another method's errors with the same columns.
    classes : by population at the base; the size classes of the book unless given.
    outliers : codes that the second pair of means leaves out.

    Returns
    -------
    columns horizon_years, size_class ("all" first), n, bases (how many base years), q10_pct, q90_pct,
    median_absolute_pct, mape_pct, malpe_pct, n_without, mape_without_pct, malpe_without_pct; MAPE is the mean
    absolute error, MALPE the mean error with its sign (positive: projected too high).
    """
    classes = classes or SizeClasses()
    scored = errors.dropna(subset=["error_pct"])
    scored = scored.assign(size_class=classes.classify(scored["base_persons"]))
    rows = []
    for horizon, group in scored.groupby("horizon_years", sort=True):
        for name in (ALL, *classes.labels):
            part = group if name == ALL else group[group["size_class"] == name]
            if len(part):
                rows.append({"horizon_years": horizon, "size_class": name, **_measure(part, outliers)})
    return pd.DataFrame(rows)


def _measure(part: pd.DataFrame, outliers: Collection[str]) -> dict[str, float]:
    error = part["error_pct"]
    usual = error[~part["muni_code"].isin(list(outliers))]
    return {
        "n": len(error),
        "bases": part["base_year"].nunique(),
        "q10_pct": error.quantile(0.1),
        "q90_pct": error.quantile(0.9),
        "median_absolute_pct": error.abs().median(),
        "mape_pct": error.abs().mean(),
        "malpe_pct": error.mean(),
        "n_without": len(usual),
        "mape_without_pct": usual.abs().mean(),
        "malpe_without_pct": usual.mean(),
    }


def draw_bands(
    projected: pd.DataFrame, table: pd.DataFrame, classes: SizeClasses | None = None
) -> pd.DataFrame:
    """Put the band of the past around projected totals.

    Parameters
    ----------
    projected : columns horizon_years, base_persons, projected_persons, and any others.
    table : from `tabulate_errors`.
    classes : those of `table`.

    Returns
    -------
    `projected` with lo_persons and hi_persons; missing where the table has no row: past its last horizon
    there is no band, and none is invented.
    """
    classes = classes or SizeClasses()
    keyed = projected.assign(size_class=classes.classify(projected["base_persons"]))
    quantiles = table[["horizon_years", "size_class", "q10_pct", "q90_pct"]]
    joined = keyed.merge(quantiles, on=["horizon_years", "size_class"], how="left", validate="many_to_one")
    joined["lo_persons"] = joined["projected_persons"] / (1 + joined["q90_pct"] / 100)
    joined["hi_persons"] = joined["projected_persons"] / (1 + joined["q10_pct"] / 100)
    return joined.drop(columns=["q10_pct", "q90_pct"])


def measure_coverage(banded: pd.DataFrame) -> pd.DataFrame:
    """Tell how often what came lay inside the band.

    Parameters
    ----------
    banded : from `draw_bands`, with actual_persons; rows without a band or without anybody are left out.

    Returns
    -------
    columns horizon_years, n, inside, above (more people than the band), below; shares 0…1.
    """
    usable = banded.dropna(subset=["lo_persons"])
    usable = usable[(usable["actual_persons"] > 0) & (usable["base_persons"] > 0)]
    marked = usable.assign(
        above=usable["actual_persons"] > usable["hi_persons"],
        below=usable["actual_persons"] < usable["lo_persons"],
    )
    shares = marked.groupby("horizon_years").agg(
        n=("above", "size"), above=("above", "mean"), below=("below", "mean")
    )
    shares.insert(1, "inside", 1 - shares["above"] - shares["below"])
    return shares.reset_index()
