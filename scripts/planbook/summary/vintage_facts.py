"""Published projections against what was counted, as sourced numbers."""

from __future__ import annotations

import pandas as pd

from planbook.analysis.population import list_editions
from planbook.analysis.projection_vintages import compare_vintages
from planbook.load.plan import Plan
from planbook.vocabulary.numbers import Number, change_pct, difference, number


def gather_vintages(plan: Plan) -> pd.DataFrame:
    """Compare every published edition with the censuses after its base; see `compare_vintages`."""
    base_years = {edition: _base_year(plan, edition) for edition in reversed(plan.reference.editions())}
    frames = (plan.municipality.frame(name) for name in ("projections", "population"))
    return compare_vintages(*frames, base_years)


def list_baseless(plan: Plan) -> list[str]:
    """List the editions at hand whose base census is not known, so that they are compared with none."""
    editions = list_editions(plan.municipality.frame("projections"), plan.reference.editions())
    return [edition for edition in editions if _base_year(plan, edition) is None]


def _base_year(plan: Plan, edition: str) -> int | None:
    return plan.reference.row("editions", edition).base_census_year


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
