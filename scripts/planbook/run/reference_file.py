"""Write a table of data/reference: checked by its own schema, so that what is written can be read."""

from __future__ import annotations

import csv
import io
import math
from decimal import Decimal
from pathlib import Path

import pandas as pd

from planbook.run.files import write_atomic
from planbook.vocabulary.rounding import plain_decimal, round_half_up
from planbook.vocabulary.schemas.fields import Row

#: Excel takes a file for UTF-8 only when it begins with this.
_BOM = "\ufeff"
#: Digits behind the point of a computed figure: two more than the pages show, which round it again.
DECIMALS = 3


def write_reference(path: Path, model: type[Row], frame: pd.DataFrame) -> None:
    """Write `frame` as a reference table in one step; the columns are those of `model`, in its order.

    Parameters
    ----------
    path : the file; an old one stands until the new one is whole.
    model : the schema of a row.
    frame : floats are rounded half up to `DECIMALS`, missing values become empty cells, tuples are joined by ``;``.

    Raises
    ------
    pydantic.ValidationError : a row that the reader would refuse; nothing is written.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(model.model_fields)
    for record in frame.to_dict("records"):
        cells = {name: _cell(record[name]) for name in model.model_fields}
        model.model_validate({name: cell or None for name, cell in cells.items()})
        writer.writerow(cells.values())
    write_atomic(path, _BOM + stream.getvalue())


def _cell(value: object) -> str:
    """Return one cell.

    Examples
    --------
    >>> _cell(1.0005), _cell(float("nan")), _cell((1995, 2000)), _cell("all")
    ('1.001', '', '1995;2000', 'all')
    """
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    if isinstance(value, float | Decimal):
        return "" if math.isnan(value) else plain_decimal(round_half_up(value, DECIMALS))
    return str(value)
