"""The indicator series of a plan."""

from __future__ import annotations

from planbook.analysis.kpis.series import Series, read_series
from planbook.load.plan import Plan


def list_series(plan: Plan) -> list[Series]:
    """Return the series of a plan with their values, in file order; [] for a plan without kpis.csv."""
    return read_series(plan.frame("kpis"), plan.frame("kpi_values"))
