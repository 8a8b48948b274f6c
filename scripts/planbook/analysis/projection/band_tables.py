"""The tables that the book keeps of a backtest: errors by method, years ahead and size, and how the bands held.

The bands are made from censuses with ages only. Totals of later censuses are held back: they show whether bands
made without them hold, and never change a band.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from planbook.analysis.projection.backtest import History, run_backtest
from planbook.analysis.projection.cohorts import Cohorts
from planbook.analysis.projection.error_bands import (
    ALL,
    SizeClasses,
    draw_bands,
    measure_coverage,
    tabulate_errors,
)
from planbook.load.census_history import CensusTable
from planbook.vocabulary.errors import InputError, Problem, message

#: The method of the backtest in the tables: cohort change ratios (コーホート変化率法).
CHANGE_RATIOS = "ccr"
#: So many of the latest bases are used: the oldest one is then 20 years before the last census.
MOST_BASES = 4


def make_history(table: CensusTable) -> History:
    """Make the history of a backtest from a census file; the larger area of a municipality is its prefecture."""
    censuses = tuple(
        Cohorts(year, table.municipalities, persons)
        for year, persons in zip(table.years, table.persons, strict=True)
    )
    return History(censuses, table.totals, tuple(code[:2] for code in table.municipalities))


def choose_bases(history: History, most: int = MOST_BASES) -> tuple[int, ...]:
    """Return the latest base years: the censuses with ages that have one before and one after them.

    Raises
    ------
    InputError : fewer than three censuses with ages.
    """
    years = tuple(census.year for census in history.censuses)
    if len(years) < 3:
        raise InputError(
            Problem(
                what=message("年齢別の国勢調査が3回に満たないので、検証できません。"),
                found=", ".join(map(str, years)),
                allowed=message("5年おきの3回以上"),
                remedy=message("率を求める年、基準とする年、確かめる年の3回分の表を与えてください。"),
            )
        )
    return years[1:-1][-most:]


def backtest_history(history: History, bases: Sequence[int]) -> pd.DataFrame:
    """Run the backtest up to the last census with ages; a base that has no census after it is refused.

    Raises
    ------
    InputError : a base without a census with ages five years before it, or after it.
    """
    last = history.censuses[-1].year
    if late := [base for base in bases if base >= last]:
        raise InputError(
            Problem(
                what=message("基準年より後に、年齢別の国勢調査がありません。"),
                place={"key": "bases"},
                found=", ".join(map(str, late)),
                allowed=message("{last}年より前の年", last=last),
                remedy=message("幅は年齢別の国勢調査だけから作ります。基準年から除いてください。"),
            )
        )
    return run_backtest(history, sorted(set(bases)), last)


def score_published(published: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Bring published projections beside their censuses into the form of `run_backtest`, by edition.

    Parameters
    ----------
    published : columns code, edition, base_year, year, projected_persons, base_persons, actual_persons.
    """
    frame = published.astype(
        dict.fromkeys(("projected_persons", "base_persons", "actual_persons"), "float64")
    )
    frame["horizon_years"] = (frame["year"] - frame["base_year"]).astype(int)
    frame["base_year"] = frame["base_year"].astype(int)
    lived = (frame["actual_persons"] > 0) & (frame["base_persons"] > 0)
    frame["error_pct"] = (100 * (frame["projected_persons"] / frame["actual_persons"] - 1)).where(
        lived, np.nan
    )
    frame = frame.rename(columns={"code": "muni_code"})
    return {str(edition): group for edition, group in frame.groupby("edition", sort=True)}


def tabulate_methods(
    errors: Mapping[str, pd.DataFrame], outliers: Collection[str], classes: SizeClasses | None = None
) -> pd.DataFrame:
    """Tabulate the errors of several methods under each other.

    Parameters
    ----------
    errors : method → frame from `run_backtest` or `score_published`.
    outliers : codes that the second pair of means leaves out.
    classes : by population at the base.

    Returns
    -------
    the columns of `tabulate_errors` after a column method; bases holds the base years, not their number.
    """
    parts = []
    for method, scored in errors.items():
        table = tabulate_errors(scored, classes, outliers)
        if table.empty:
            continue
        keyed = scored.dropna(subset=["error_pct"])
        keyed = keyed.assign(size_class=(classes or SizeClasses()).classify(keyed["base_persons"]))
        table["bases"] = [_base_years(keyed, row.horizon_years, row.size_class) for row in table.itertuples()]
        table.insert(0, "method", method)
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def _base_years(keyed: pd.DataFrame, horizon: int, size_class: str) -> tuple[int, ...]:
    rows = keyed[keyed["horizon_years"] == horizon]
    if size_class != ALL:
        rows = rows[rows["size_class"] == size_class]
    return tuple(sorted(int(year) for year in rows["base_year"].unique()))


def validate_bands(history: History, table: pd.DataFrame, classes: SizeClasses | None = None) -> pd.DataFrame:
    """Tell how often the totals that the bands were not made from lay inside them.

    Parameters
    ----------
    history : with totals beyond its censuses with ages.
    table : the bands of `CHANGE_RATIOS`, from `tabulate_errors`.
    classes : those of `table`.

    Returns
    -------
    columns horizon_years, validation_year, n, inside_pct, above_pct, below_pct; empty without such totals.
    """
    parts = [pd.DataFrame(columns=["horizon_years", "validation_year", "n", "inside", "above", "below"])]
    possible = [census.year for census in history.censuses[1:]]
    for year in history.years[len(history.censuses) :]:
        bases = [year - horizon for horizon in sorted(set(table["horizon_years"]), reverse=True)]
        bases = [base for base in bases if base in possible]
        if not bases:
            continue
        errors = run_backtest(history, bases, year)
        errors = errors[errors["base_year"] + errors["horizon_years"] == year]
        shares = measure_coverage(draw_bands(errors, table, classes))
        parts.append(shares.assign(validation_year=year))
    frame = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    for name in ("inside", "above", "below"):
        frame[f"{name}_pct"] = 100 * frame.pop(name)
    return frame[["horizon_years", "validation_year", "n", "inside_pct", "above_pct", "below_pct"]]
