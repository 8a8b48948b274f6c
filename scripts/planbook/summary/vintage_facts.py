"""Published projections against what was counted, as sourced numbers."""

from __future__ import annotations

import pandas as pd

from planbook.analysis.projection_vintages import compare_vintages
from planbook.load.plan import Plan
from planbook.vocabulary.numbers import Number, change_pct, difference, number


def gather_vintages(plan: Plan) -> pd.DataFrame:
    """Compare every published edition with the censuses after its base; see `compare_vintages`."""
    base_years = {
        edition: plan.reference.row("editions", edition).base_census_year
        for edition in reversed(plan.reference.editions())
    }
    frames = (plan.municipality.frame(name) for name in ("projections", "population"))
    return compare_vintages(*frames, base_years)


def edition_gap(plan: Plan, row) -> tuple[Number, Number, Number, Number | None]:
    """Return projected, counted, their difference and its share for a row of `gather_vintages`."""
    as_of = f"{row.year}-10-01"
    projected = number(
        row.projected_persons,
        as_of=as_of,
        concept="projection",
        source=plan.official_source(row.projection_source_id),
    )
    actual = number(
        row.actual_persons,
        as_of=as_of,
        concept="census",
        source=plan.official_source(row.actual_source_id),
    )
    return projected, actual, difference(projected, actual), change_pct(projected, actual)
