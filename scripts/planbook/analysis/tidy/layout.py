"""Where on a sheet the table is: its heading, its rows, and what stands above, below and between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from planbook.analysis.tidy.cells import is_figure, is_filled
from planbook.analysis.tidy.headings import SAMPLE, names_columns
from planbook.load.tidy.contents import Sheet
from planbook.vocabulary.units import UNITS

_NOTE = re.compile(r"\s*(?:[（(〔［\[]?(?:注|備考|出典|出所|資料|※|＊|\*)|Notes?\b|Source)")
_MOST_HEADING_ROWS = 8


@dataclass
class Table:
    """One table of a sheet; rows and columns are counted from 0.

    Parameters
    ----------
    heading : its rows.
    columns : those with any value, left to right.
    labels : for each column the words of its heading, top down.
    body : its rows of data.
    """

    sheet: Sheet
    heading: range
    columns: list[int]
    labels: dict[int, tuple[str, ...]]
    body: list[int] = field(default_factory=list)

    def value(self, row: int, column: int) -> object:
        """Return a cell, None where the row ends before it."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def label(self, column: int) -> str:
        """Return the heading of a column as one text."""
        return " ".join(self.labels[column])

    def name(self, column: int) -> str:
        """Return what the last row of the heading calls a column; a row of units names nothing."""
        labels = self.labels[column]
        return next((label for label in reversed(labels) if label not in UNITS), self.label(column))

    def named_at(self, column: int) -> tuple[int, int]:
        """Return the cell of that name: row and column."""
        name = self.name(column)
        rows = (row for row in reversed(self.heading) if str(self.value(row, column)).strip() == name)
        return next(rows, self.heading[-1]), column


@dataclass
class Layout:
    """What stands where on a sheet.

    Parameters
    ----------
    titles, notes, blank_rows : rows above the heading, below the data, and empty ones between data.
    blank_columns : empty columns between columns with values.
    """

    tables: list[Table] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    blank_rows: list[int] = field(default_factory=list)
    blank_columns: list[int] = field(default_factory=list)
    offset: bool = False


def find_layout(sheet: Sheet) -> Layout:
    """Find the tables of a sheet; an empty sheet has none."""
    filled = [sum(map(is_filled, row)) for row in sheet.rows]
    rows = [row for row, count in enumerate(filled) if count]
    if not rows:
        return Layout()
    columns = _used_columns(sheet, rows)
    found = Layout(offset=rows[0] > 0 or columns[0] > 0)
    found.blank_columns = sorted(set(range(columns[0], columns[-1] + 1)) - set(columns))
    last = _cut_notes(sheet, rows, filled, len(columns), found)
    _Walk(sheet, rows[:last], filled, columns, found).run()
    return found


def _used_columns(sheet: Sheet, rows: Iterable[int]) -> list[int]:
    used: set[int] = set()
    for row in rows:
        cells = sheet.rows[row]
        if len(cells) > len(used) or not used.issuperset(range(len(cells))):
            used.update(column for column, value in enumerate(cells) if is_filled(value))
    return sorted(used)


def _cut_notes(sheet: Sheet, rows: list[int], filled: list[int], width: int, found: Layout) -> int:
    """Note the rows below the data; return how many of `rows` are left."""
    last = len(rows)
    while last > 2:
        row = rows[last - 1]
        words = next(value for value in sheet.rows[row] if is_filled(value))
        apart = row - rows[last - 2] > 1
        if not (isinstance(words, str) and filled[row] == 1 and width > 1):
            break
        if not (_NOTE.match(words) or (width > 2 and (apart or len(words) > 15 or found.notes))):
            break
        found.notes.insert(0, row)
        last -= 1
    return last


class _Walk:
    """One way down the rows of a sheet."""

    def __init__(self, sheet: Sheet, rows: list[int], filled: list[int], columns: list[int], found: Layout):
        self.sheet, self.rows, self.filled, self.columns, self.found = sheet, rows, filled, columns, found
        self.enough = max(2, -(-len(columns) // 2)) if len(columns) > 1 else 1

    def run(self) -> None:
        start = next((i for i, row in enumerate(self.rows) if self.filled[row] >= self.enough), 0)
        self.found.titles += self.rows[:start]
        position = self._open(start)
        before = self.rows[position - 1]
        while position < len(self.rows):
            row = self.rows[position]
            heading = self._next_heading(position, gap=row - before > 1)
            if heading is not None:
                self.found.titles += self.rows[position:heading]
                position = self._open(heading)
            else:
                self.found.blank_rows += range(before + 1, row)
                self.found.tables[-1].body.append(row)
                position += 1
            before = self.rows[position - 1]

    def _open(self, position: int) -> int:
        """Begin a table with the heading at `position`; return the position of its first row of data."""
        end = self._heading_end(position)
        heading = range(self.rows[position], self.rows[end - 1] + 1)
        labels = {
            column: tuple(
                str(row[column]).strip()
                for row in (self.sheet.rows[r] for r in heading)
                if column < len(row) and is_filled(row[column])
            )
            for column in self.columns
        }
        self.found.tables.append(Table(self.sheet, heading, self.columns, labels))
        return end

    def _heading_end(self, position: int) -> int:
        """Return the position behind the last row of a heading: rows of words that complete the row above.

        They fill its empty cells, state the units, or name the columns where the rows above give codes or years.
        """
        merged = _merged_rows(self.sheet)
        end = position + 1
        open_columns = self._empty(self.rows[position])
        for next_end in range(position + 2, min(len(self.rows), position + _MOST_HEADING_ROWS) + 1):
            row, above = self.rows[next_end - 1], self.rows[next_end - 2]
            values = [value for value in self.sheet.rows[row] if is_filled(value)]
            if row != above + 1 or any(map(is_figure, values)) or any(isinstance(v, date) for v in values):
                break
            units = sum(1 for value in values if isinstance(value, str) and value in UNITS)
            filled_now = open_columns - self._empty(row)
            completes = filled_now and self._figures_follow(next_end)
            if row in merged or completes or units * 2 > len(values) or self._names_columns(next_end - 1):
                end = next_end
            open_columns -= filled_now
        return end

    def _names_columns(self, position: int) -> bool:
        below = [self.sheet.rows[row] for row in self.rows[position + 1 : position + 1 + SAMPLE]]
        return names_columns(self.sheet.rows[self.rows[position]], below, self.columns)

    def _figures_follow(self, position: int) -> bool:
        return any(
            is_figure(value) for row in self.rows[position : position + 5] for value in self.sheet.rows[row]
        )

    def _empty(self, row: int) -> set[int]:
        cells = self.sheet.rows[row]
        return {c for c in self.columns if c >= len(cells) or not is_filled(cells[c])}

    def _next_heading(self, position: int, *, gap: bool) -> int | None:
        """Return where a further table's heading is, if one begins here; it may have titles above it."""
        table = self.found.tables[-1]
        if self._repeats_heading(self.rows[position], table):
            return position
        if not gap or not table.body:
            return None
        for candidate in range(position, min(position + 3, len(self.rows) - 1)):
            row = self.rows[candidate]
            if self.filled[row] >= 2 and self._is_heading(row) and self._figures_follow(candidate + 1):
                return candidate
            if self.filled[row] > 1:
                return None
        return None

    def _is_heading(self, row: int) -> bool:
        values = [value for value in self.sheet.rows[row] if is_filled(value)]
        return not any(is_figure(v) or isinstance(v, (date, datetime)) for v in values) and any(
            isinstance(value, str) for value in values
        )

    def _repeats_heading(self, row: int, table: Table) -> bool:
        first = self.sheet.rows[table.heading[0]]
        cells = self.sheet.rows[row]
        return bool(table.body) and cells == first and self.filled[row] >= 2


def _merged_rows(sheet: Sheet) -> set[int]:
    """Return the rows (from 0), but the first, of every merged range that spans several rows near the top."""
    found: set[int] = set()
    for name in sheet.parts.merged:
        numbers = [int(number) for number in re.findall(r"[0-9]+", name)]
        if len(numbers) == 2 and numbers[1] - numbers[0] < _MOST_HEADING_ROWS:
            found.update(range(numbers[0], numbers[1]))
    return found


def repeated(labels: Iterable[str]) -> set[str]:
    """Return the labels that stand more than once."""
    return {label for label, count in Counter(labels).items() if count > 1 and label}
