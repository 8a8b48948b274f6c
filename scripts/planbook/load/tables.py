"""Read and validate one CSV table: every cell is read as text, then converted by its column."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from planbook.load.headings import heading_problems, without_trailing_columns
from planbook.load.problems import problems_of
from planbook.load.textfile import csv_problem, read_text
from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.schemas.fields import Row


@dataclass(frozen=True)
class Table:
    """A validated table.

    Parameters
    ----------
    rows : one model instance per row, in file order.
    lines : the line of each row in the file, 1-based with the header as line 1, as Excel counts.
    shown : the file's path as messages show it.
    """

    model: type[Row]
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    shown: str

    def frame(self) -> pd.DataFrame:
        """Return the rows as a frame: text as str, missing as None/NA, decimals as `Decimal`, dates as date."""
        columns = list(self.model.model_fields)
        data = {name: [getattr(row, name) for row in self.rows] for name in columns}
        frame = pd.DataFrame({name: pd.Series(values, dtype=_dtype(values)) for name, values in data.items()})
        frame["row"] = pd.Series(self.lines, dtype="int64")
        return frame


def _dtype(values: list[object]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "Int64"
    if kinds == {str}:
        return "string"
    return "object"


def read_table(path: Path, model: type[Row], shown: str) -> Table:
    """Read a CSV table against its row model.

    Raises
    ------
    InputError
        With every problem of the file: missing, unknown or repeated columns; rows of another length;
        cells that their column refuses; repeated keys.
    """
    records = without_trailing_columns(split_records(read_text(path, shown), shown))
    if not records:
        raise InputError(
            Problem(
                message("見出しの行がありません"),
                file=shown,
                allowed=message("{known}", known="、".join(model.model_fields)),
            )
        )
    wrong = list(heading_problems(records, model, shown))
    if wrong:
        raise InputError(wrong)
    _, header = records[0]
    rows, lines, problems = [], [], []
    for line, record in records[1:]:
        if len(record) != len(header):
            problems.append(length_problem(record, header, line, shown))
            continue
        cells = {name: cell if cell.strip() else None for name, cell in zip(header, record, strict=True)}
        try:
            rows.append(model.model_validate(cells))
            lines.append(line)
        except ValidationError as error:
            problems += problems_of(error, model, shown, {"row": line})
    table = Table(model, tuple(rows), tuple(lines), shown)
    problems += duplicate_problems(table)
    if problems:
        raise InputError(problems)
    return table


def split_records(text: str, shown: str) -> list[tuple[int, list[str]]]:
    """Split into records with the row number that Excel shows; wholly empty rows are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    try:
        for number, record in enumerate(reader, start=1):
            if any(cell.strip() for cell in record):
                records.append((number, record))
    except csv.Error as error:
        raise InputError(csv_problem(shown, reader.line_num, error)) from None
    return records


def length_problem(record: list[str], header: list[str], line: int, shown: str) -> Problem:
    """Return what is wrong with a row that has more or fewer cells than the heading."""
    return Problem(
        message("セルの数が見出しと合いません"),
        shown,
        {"row": line},
        found=str(len(record)),
        allowed=message("{count}個のセル", count=len(header)),
        remedy=message("コンマを含むセルを二重引用符で囲むか、余分なコンマを除いてください"),
    )


def duplicate_problems(table: Table) -> list[Problem]:
    """List rows whose key (the columns declared as key) repeats an earlier row's."""
    keys = [
        name for name, field in table.model.model_fields.items() if (field.json_schema_extra or {}).get("key")
    ]
    first: dict[tuple, int] = {}
    problems = []
    for row, line in zip(table.rows, table.lines, strict=True):
        key = tuple(getattr(row, name) for name in keys)
        if key in first:
            shown_key = "、".join(str(part) for part in key if part is not None)
            problems.append(
                Problem(
                    message(
                        "{first}行目と同じ行です（{columns}が重なっている）",
                        first=first[key],
                        columns="、".join(keys),
                    ),
                    table.shown,
                    {"row": line, "column": keys[0]},
                    found=shown_key,
                    allowed=message("表の中で一つだけの組み合わせ"),
                    remedy=message("どちらかの行を直すか除いてください"),
                )
            )
        else:
            first[key] = line
    return problems
