"""Rules about the sheet as a whole: merged cells, objects, gaps, titles, further tables (1-4, 1-6, 1-8, 2-1, 2-2)."""

from __future__ import annotations

from planbook.analysis.tidy.cells import is_figure, is_filled
from planbook.analysis.tidy.layout import Layout, Table, repeated
from planbook.analysis.tidy.report import Collector, Columns, Rows, part_words
from planbook.load.tidy.contents import Sheet, column_letters


def check_parts(sheet: Sheet, take: Collector) -> None:
    """Check what a sheet has besides its cells."""
    for name in sheet.parts.merged:
        take.add("merged", sheet.name, name)
    for thing in sheet.parts.things:
        fault = "comment" if thing.kind == "comment" else "object"
        take.add(fault, sheet.name, found=part_words(thing.kind, thing.name))
    if sheet.parts.hidden:
        take.add("hidden", sheet.name, found=part_words("sheet", sheet.name))
    last = len(sheet.rows)
    width = max(map(len, sheet.rows), default=0)
    # Beyond the cells a sheet may hide all its columns or rows: nobody loses anything there.
    for row in sheet.parts.hidden_rows:
        if row < last:
            take.add("hidden", sheet.name, Rows(row), part_words("rows", str(row + 1)))
    for column in sheet.parts.hidden_columns:
        if column < width:
            take.add("hidden", sheet.name, Columns(column), part_words("columns", column_letters(column)))


def check_layout(sheet: Sheet, layout: Layout, take: Collector) -> None:
    """Check gaps, titles, notes and further tables."""
    if not layout.tables:
        # A sheet of charts has no cells, and what is wrong with it is said already.
        if not sheet.parts.things:
            take.add("empty_sheet", sheet.name)
        return
    if layout.offset:
        take.add("offset", sheet.name, (layout.tables[0].heading[0], layout.tables[0].columns[0]))
    for row in layout.blank_rows:
        take.add("blank_row", sheet.name, Rows(row))
    for column in layout.blank_columns:
        take.add("blank_column", sheet.name, Columns(column))
    for fault, rows in (("title_row", layout.titles), ("note_row", layout.notes)):
        for row in rows:
            column, value = next((c, v) for c, v in enumerate(sheet.rows[row]) if is_filled(v))
            take.add(fault, sheet.name, (row, column), str(value))
    for table in layout.tables[1:]:
        take.add(
            "second_table", sheet.name, (table.heading[0], table.columns[0]), table.label(table.columns[0])
        )
    _check_beside(sheet, layout, take)


def _check_beside(sheet: Sheet, layout: Layout, take: Collector) -> None:
    """Take a table that stands to the right of another: behind a blank column the headings begin anew."""
    table = layout.tables[0]
    for gap in layout.blank_columns:
        left = {table.label(c) for c in table.columns if c < gap} - {""}
        right = [c for c in table.columns if c > gap]
        if left & {table.label(c) for c in right}:
            take.add("second_table", sheet.name, (table.heading[0], right[0]), table.label(right[0]))
            return


def check_heading(table: Table, take: Collector) -> None:
    """Check that every column has a name of its own, in one row."""
    sheet = table.sheet
    values = [table.value(table.heading[0], column) for column in table.columns]
    if len(values) > 1 and 2 * sum(map(is_figure, values)) > len(values):
        take.add("no_heading_row", sheet.name, (table.heading[0], table.columns[0]), str(values[0]))
        return
    if len(table.heading) > 1:
        rows = Rows(table.heading[0], table.heading[-1])
        take.add("heading_of_rows", sheet.name, rows, count=len(table.heading))
    covered = _covered(sheet)
    for column in table.columns:
        named = False
        for row in table.heading:
            if is_filled(table.value(row, column)):
                named = True
            elif not named and (row, column) not in covered and _counts(table, row, column):
                take.add("empty_heading", sheet.name, (row, column))
    labels = {column: table.label(column) for column in table.columns}
    twice = repeated(labels.values())
    for column, label in labels.items():
        if label in twice:
            take.add("repeated_heading", sheet.name, (table.heading[0], column), label)


def _counts(table: Table, row: int, column: int) -> bool:
    """Tell whether an empty cell of a heading leaves something unnamed.

    In a heading of several rows a cell above the only name of its column is no omission at the left edge,
    where the names of the rows stand; right of another name it is: the name is left out for its neighbours.
    """
    return row == table.heading[-1] or any(
        is_filled(table.value(row, other)) for other in table.columns if other < column
    )


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Return the cells that merged ranges near the top hide; 1-4 says already what is wrong with them."""
    from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415 - a CSV has no ranges

    found: set[tuple[int, int]] = set()
    for name in sheet.parts.merged:
        left, top, right, bottom = range_boundaries(name)
        if (right - left + 1) * (bottom - top + 1) <= _LARGEST_RANGE:
            found.update((r - 1, c - 1) for r in range(top, bottom + 1) for c in range(left, right + 1))
    return found


# A heading's range covers a few hundred cells at most; a merged column would cover a million.
_LARGEST_RANGE = 10_000
