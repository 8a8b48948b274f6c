"""An indicator that repeats another has no actuals of its own: one figure in two places would drift apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planbook.load.tables import Table
from planbook.vocabulary.errors import Problem, message


def repeated_actual_problems(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Report every actual of an indicator that kpis.csv marks as repeating another."""
    kpis, values = tables.get("kpis"), tables.get("kpi_values")
    if kpis is None or values is None:
        return
    origins = {row.kpi_id: row.repeats for row in kpis.rows if row.repeats is not None}
    for row, line in zip(values.rows, values.lines, strict=True):
        if row.kind == "actual" and row.kpi_id in origins:
            yield Problem(
                message("再掲の実績はもとの指標に書いてください"),
                values.shown,
                {"row": line, "column": "kpi_id"},
                found=row.kpi_id,
                allowed=message("再掲でない指標のID。この指標のもとは {origin}", origin=origins[row.kpi_id]),
                remedy=message(
                    "kpi_id を {origin} に直してください。もとの指標に同じ実績があれば、この行を除きます",
                    origin=origins[row.kpi_id],
                ),
            )
