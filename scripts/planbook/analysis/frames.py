"""Rows of a validated frame as records, with None where a cell is empty."""

from __future__ import annotations

import pandas as pd


def list_records(frame: pd.DataFrame | None) -> list[dict[str, object]]:
    """Return the rows as dicts; a missing cell is None, not NA; [] for a table that is not there."""
    if frame is None:
        return []
    rows = frame.to_dict("records")
    return [{name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in rows]
