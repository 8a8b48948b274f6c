"""What stands in a table file: the cells as they are typed, and what lies around and over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class Formula(str):
    """The text of a formula cell; a number or a word only after a spreadsheet has computed it."""

    __slots__ = ()


class ErrorValue(str):
    """What a spreadsheet writes where it could not compute: #REF!, #N/A …."""

    __slots__ = ()


@dataclass(frozen=True)
class Thing:
    """Something that lies on a sheet and is no cell.

    Parameters
    ----------
    kind : what it is.
    name : the part of the workbook that holds it.
    """

    kind: Literal["chart", "image", "shape", "comment", "embedded"]
    name: str


@dataclass(frozen=True)
class Parts:
    """What a sheet has besides its cells.

    Parameters
    ----------
    merged : merged ranges as the sheet names them, ``B2:C2``.
    hidden_rows, hidden_columns : counted from 0.
    hidden : the sheet itself is hidden.
    """

    merged: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden: bool = False
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or the one table of a CSV.

    Parameters
    ----------
    name : empty for a CSV.
    rows : the cells from row 1 and column A on; a row ends with its last value. A cell is None, str, int,
        float, bool, a date, `Formula` or `ErrorValue`. In a CSV a plain number is int or float; digits that
        begin with a zero are text.
    widths : how many cells each row of a CSV has; empty for a workbook.
    """

    name: str
    rows: list[tuple]
    parts: Parts = Parts()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Notice:
    """Something about the file as a whole: the name of a fault, and what was found."""

    fault: str
    found: str


@dataclass(frozen=True)
class Contents:
    """A table file as read.

    Parameters
    ----------
    file : the path as the user knows it.
    kind : workbook or CSV: in a CSV no cell can say that it is text.
    notices : what the reader saw on the way: encoding, delimiter.
    """

    file: str
    kind: Literal["xlsx", "csv"]
    sheets: tuple[Sheet, ...]
    notices: tuple[Notice, ...] = ()


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the A1 name of a cell; row and column are counted from 0."""
    return f"{column_letters(column)}{row + 1}"
