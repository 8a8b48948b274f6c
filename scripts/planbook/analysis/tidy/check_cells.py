"""Rules about single cells, each by what its column is (1-2, 1-3, 1-5, 1-7, 1-10, 1-13)."""

from __future__ import annotations

from planbook.analysis.tidy.cells import is_filled, is_number
from planbook.analysis.tidy.columns import Column
from planbook.analysis.tidy.layout import Table
from planbook.analysis.tidy.report import Collector
from planbook.analysis.tidy.spelling import blank_fault, odd_characters, without_layout_blanks
from planbook.analysis.tidy.words import is_period, is_time, text_kind
from planbook.load.tidy.contents import ErrorValue, Formula, Sheet

_IN_FIGURES = {
    "number": "number_as_text",
    "brackets": "value_in_brackets",
    "range": "range_of_values",
    "pairs": "paired_values",
    "codes": "word_among_numbers",
    "mark": "mark",
    "standard_mark": "standard_mark",
    "ditto": "ditto",
    "word": "word_among_numbers",
}
_IN_WORDS = {
    "brackets": "value_in_brackets",
    "pairs": "paired_values",
    "codes": "list_of_codes",
    "ditto": "ditto",
}


def check_cells(table: Table, columns: list[Column], take: Collector) -> None:
    """Check every cell of the data."""
    for column in columns:
        place = column.position
        for row in table.body:
            value = table.value(row, place)
            if isinstance(value, str):
                _check_text(table.sheet, (row, place), value, column, take)
    _check_labels(table, columns, take)


def check_heading_cells(table: Table, take: Collector) -> None:
    """Check the characters and the blanks of the heading."""
    sheet = table.sheet
    for row in table.heading:
        for column in table.columns:
            value = table.value(row, column)
            if isinstance(value, Formula):
                take.add("formula", sheet.name, (row, column), value)
            elif isinstance(value, str):
                fault = blank_fault(value)
                if fault is None and value != without_layout_blanks(value):
                    fault = "blank_in_heading"
                if fault:
                    take.add(fault, sheet.name, (row, column), value)
                found, lost = odd_characters(value)
                if found:
                    fault = "lost_character" if lost else "character_in_heading"
                    take.add(fault, sheet.name, (row, column), found)


def _check_text(sheet: Sheet, cell: tuple[int, int], value: str, column: Column, take: Collector) -> None:
    if isinstance(value, Formula):
        take.add("formula", sheet.name, cell, value)
        return
    if isinstance(value, ErrorValue):
        take.add("error_value", sheet.name, cell, value)
        return
    soft = column.quotes
    fault = blank_fault(value)
    if fault:
        take.add(fault, sheet.name, cell, value, soft=soft and fault != "only_blanks")
    if fault == "only_blanks":
        return
    found, lost = odd_characters(value)
    if found:
        in_figures = column.role == "figures"
        fault = "lost_character" if lost else "character_in_number" if in_figures else "character_in_text"
        take.add(fault, sheet.name, cell, found, soft=soft)
    fault = _by_role(value, column)
    if fault:
        take.add(fault, sheet.name, cell, value, soft=soft)


def _by_role(value: str, column: Column) -> str | None:
    kind = text_kind(value)
    if column.role == "figures":
        return _IN_FIGURES[kind]
    if column.role == "time":
        return _in_time(value, kind, column)
    if column.role in ("code", "identifier") or (column.quotes and kind == "brackets"):
        return None
    return _IN_WORDS.get(kind)


def _in_time(value: str, kind: str, column: Column) -> str | None:
    if is_period(value):
        return "range_label" if column.spans or not column.numbers else "range_of_values"
    if kind == "number" and value.strip().isdecimal() and 2 * column.disguised >= column.filled:
        return "year_as_text"  # among ISO dates a year is a date like the others
    if is_time(value):
        return None
    if kind in ("mark", "standard_mark", "ditto", "pairs"):
        return kind if kind != "pairs" else "paired_values"
    return "word_among_numbers" if 2 * column.numbers >= column.filled else None


def _check_labels(table: Table, columns: list[Column], take: Collector) -> None:
    """Take a name of a row that is left out below an equal one: an empty cell in the first column."""
    first = columns[0]
    if first.role == "figures" or not any(column.role == "figures" for column in columns[1:]):
        return
    seen = False
    for row in table.body:
        if is_filled(table.value(row, first.position)):
            seen = True
        elif seen and any(is_number(table.value(row, column.position)) for column in columns[1:]):
            take.add("empty_label", table.sheet.name, (row, first.position))
