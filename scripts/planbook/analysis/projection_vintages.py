"""Published projections against what was counted afterwards: every edition, every year that a census reached."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from planbook.analysis.population import select_concept

COLUMNS = (
    "edition", "variant", "base_year", "year", "horizon_years", "projected_persons", "actual_persons",
    "difference_persons", "error_pct", "status", "projection_source_id", "actual_source_id",
)  # fmt: skip


def compare_vintages(
    projections: pd.DataFrame | None, population: pd.DataFrame | None, base_years: Mapping[str, int | None]
) -> pd.DataFrame:
    """Compare the projected totals of every edition with the census of the same year.

    Parameters
    ----------
    projections : table projections.csv.
    population : table population.csv.
    base_years : the census that each edition starts from; its own year is no projection and is left out. An edition
        whose base is not known (None) is left out: nobody can tell which of its years were ahead of it.

    Returns
    -------
    one row an edition, variant and year, in the order of `base_years`, then of years; columns `COLUMNS`.
    difference = projected − actual in persons, error_pct in per cent of the actual, None where nobody was counted;
    status is that of the census: final or preliminary. Empty where no year is in common.
    """
    if projections is None:
        return pd.DataFrame(columns=list(COLUMNS))
    census = {row.as_of.year: row for row in select_concept(population, "census").itertuples()}
    totals = projections[(projections["age_kind"] == "total") & (projections["sex"] == "total")]
    rows = []
    known = {edition: year for edition, year in base_years.items() if year is not None}
    for edition, base_year in known.items():
        own = totals[totals["edition"] == edition].sort_values(["year", "variant"], ascending=[True, False])
        for row in own.itertuples():
            counted = census.get(int(row.year))
            if counted is not None and row.year > base_year:
                rows.append((edition, row.variant, base_year, *_compare(row, base_year, counted)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _compare(row, base_year: int, counted) -> tuple:
    projected = Decimal(int(row.population_persons))
    actual = Decimal(int(counted.population_persons))
    return (
        int(row.year),
        int(row.year) - base_year,
        projected,
        actual,
        projected - actual,
        (projected - actual) / actual * 100 if actual else None,
        counted.status,
        row.source_id,
        counted.source_id,
    )
