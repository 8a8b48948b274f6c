"""人口減少段階: whether the old still grow in number, stand still, or fall too, while the population declines.

The stage of a year compares it with one base year. It is defined where the total has fallen and those under 65
have; the limits between the stages are a table of thresholds (`Thresholds`), lower limits of the decline of those
65 and over in per cent: 0 and 10 make three stages.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pandas as pd

from planbook.analysis.population import BROAD_AGES, compute_age_indices
from planbook.analysis.projection.influence import Thresholds, classify_ratio
from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.rounding import round_half_up, to_decimal

Outcome = Literal["stage", "not_declining", "undefined", "missing"]
PARTS = ("young", "working", "old")


@dataclass(frozen=True)
class Stage:
    """One year against the base.

    Parameters
    ----------
    year : the year.
    outcome : ``stage``; ``not_declining``: the total has not fallen; ``undefined``: it has, but those under 65 have
        not, or nobody was 65 at the base; ``missing``: a figure of the year or of the base is missing.
    level : 1 old increasing, 2 old constant or slightly falling, 3 old falling; None without a stage.
    total_index, under_65_index, old_index : base = 100; None where the base is nobody or a figure is missing.
    """

    year: int
    outcome: Outcome
    level: int | None
    total_index: Decimal | None
    under_65_index: Decimal | None
    old_index: Decimal | None


def classify_stages(frame: pd.DataFrame, thresholds: Thresholds) -> tuple[Stage, ...]:
    """Classify every year after the first one of `frame`.

    Parameters
    ----------
    frame : columns year, young (0–14), working (15–64), old (65+); persons, one row a year. The first year is the base.
    thresholds : lower limits of the decline of `old`, in per cent, from the second stage on.

    Raises
    ------
    InputError : a year twice, or a negative figure.
    """
    _require_years(frame)
    rows = frame.sort_values("year").to_dict("records")
    return tuple(_classify(rows[0], row, thresholds) for row in rows[1:])


def _classify(base: dict, row: dict, thresholds: Thresholds) -> Stage:
    year = int(row["year"])
    if any(pd.isna(part[name]) for part in (base, row) for name in PARTS):
        return Stage(year, "missing", None, None, None, None)
    young, working, old = (to_decimal(row[name]) for name in PARTS)
    young_0, working_0, old_0 = (to_decimal(base[name]) for name in PARTS)
    total, total_0 = young + working + old, young_0 + working_0 + old_0
    indices = (
        _index(total, total_0),
        _index(young + working, young_0 + working_0),
        _index(old, old_0),
    )
    if total >= total_0:
        return Stage(year, "not_declining", None, *indices)
    if young + working >= young_0 + working_0 or not old_0:
        return Stage(year, "undefined", None, *indices)
    decline_pct = (old_0 - old) / old_0 * 100
    return Stage(year, "stage", classify_ratio(decline_pct, thresholds).level, *indices)


def _index(value: Decimal, base: Decimal) -> Decimal | None:
    return value / base * 100 if base else None


def _require_years(frame: pd.DataFrame) -> None:
    twice = frame["year"][frame["year"].duplicated()]
    negative = frame["year"][(frame[list(PARTS)].astype(float) < 0).any(axis=1)]
    for what, years in (
        (message("同じ年の行が2つ以上あります。"), twice),
        (message("人口が負の年があります。"), negative),
    ):
        if len(years):
            raise InputError(
                Problem(
                    what=what,
                    place={"column": "year"},
                    found=", ".join(str(year) for year in years),
                    allowed=message("1年に1行、0以上の人口"),
                    remedy=message("年齢3区分の表を確かめてください。"),
                )
            )


def compute_indices(frame: pd.DataFrame) -> pd.DataFrame:
    """Compute 高齢化率 and the age indices of every year of `frame` that has all three ages.

    Returns
    -------
    columns year, ageing_rate_pct, child_index, aged_index, dependency_index, ageing_index; from whole persons.
    """
    whole = frame.dropna(subset=list(PARTS)).sort_values("year")
    broad = pd.DataFrame(
        [
            {
                "as_of": int(row["year"]),
                "broad_age": name,
                "population_persons": int(round_half_up(row[part])),
            }
            for row in whole.to_dict("records")
            for part, name in zip(PARTS, BROAD_AGES, strict=True)
        ],
        columns=["as_of", "broad_age", "population_persons"],
    )
    return compute_age_indices(broad).rename(columns={"as_of": "year"})
