"""Check a table file against the published rules; nothing is opened or changed here."""

from __future__ import annotations

from planbook.analysis.tidy.cells import is_filled
from planbook.analysis.tidy.check_axes import check_area, check_time, check_units
from planbook.analysis.tidy.check_cells import check_cells, check_heading_cells
from planbook.analysis.tidy.check_layout import check_heading, check_layout, check_parts
from planbook.analysis.tidy.columns import describe_columns
from planbook.analysis.tidy.layout import Table, find_layout
from planbook.analysis.tidy.report import KEPT, Collector, Report, Rows
from planbook.load.tidy.contents import Contents, Sheet
from planbook.vocabulary.errors import InputError

#: Sheets that describe the table: the rules for tables do not apply to them.
METADATA_SHEETS = ("メタデータ", "metadata")


def check_contents(contents: Contents, kept: int = KEPT) -> Report:
    """Return every finding in a file; `kept` of each kind and sheet are given in full."""
    take = Collector(contents.file, kept)
    for notice in contents.notices:
        take.add(notice.fault, found=notice.found)
    exempt = tuple(sheet.name for sheet in contents.sheets if is_metadata(sheet))
    for sheet in contents.sheets:
        if not is_metadata(sheet):
            _check_sheet(sheet, take)
    return take.report(exempt)


def report_refusal(file: str, refusal: InputError) -> Report:
    """Return the report on a file that its reader refused."""
    take = Collector(file)
    for problem in refusal.problems:
        take.take(problem)
    return take.report()


def is_metadata(sheet: Sheet) -> bool:
    """Tell whether a sheet describes the table instead of being one."""
    return sheet.name.strip().lower() in METADATA_SHEETS


def _check_sheet(sheet: Sheet, take: Collector) -> None:
    check_parts(sheet, take)
    layout = find_layout(sheet)
    take.tables += len(layout.tables)
    check_layout(sheet, layout, take)
    for table in layout.tables:
        check_heading(table, take)
        check_heading_cells(table, take)
        if sheet.widths:
            _check_widths(table, take)
        if table.body:
            columns = describe_columns(table)
            check_cells(table, columns, take)
            check_units(table, columns, take)
            check_time(table, columns, take)
            check_area(table, columns, take)


def _check_widths(table: Table, take: Collector) -> None:
    """Take the rows of a CSV that have more or fewer cells than the heading."""
    sheet = table.sheet
    wanted = sheet.widths[table.heading[0]]
    for row in table.body:
        if sheet.widths[row] != wanted and any(map(is_filled, sheet.rows[row])):
            take.add("csv_row_width", sheet.name, Rows(row), f"{sheet.widths[row]} / {wanted}")
