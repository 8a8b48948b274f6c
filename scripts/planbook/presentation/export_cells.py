"""Records as the downloads hold them: one datum a cell, numbers as numbers, no blanks for layout.

What a page shows is for reading: 「2025（速報）」 stands among years, and a heading has a blank where a phone may
break it. The downloads are for machines, so years become numbers and words move to a column of their own.
"""

from __future__ import annotations

import re

from planbook.analysis.tidy.columns import is_quoting
from planbook.analysis.tidy.spelling import without_layout_blanks
from planbook.vocabulary.catalogue import text

Records = list[dict[str, object]]

_YEAR = re.compile(r"((?:1[89]|2[01])[0-9]{2})(?:\s?[（(](.+)[）)])?")
_DIGIT = re.compile(r"\d")
_BREAK = re.compile(r"\s*[\r\n]+\s*")


def export_records(records: Records) -> Records:
    """Return the records of a table by the rules for machine-readable tables; the given ones stay as they are.

    Headings lose the blanks beside Japanese characters. Text loses blanks at its ends and line breaks. In a
    column of years or of numbers a cell holds a number or nothing; a word that stood there moves to a column
    「…についての注」 to its right. Columns that quote a document keep its words.
    """
    if not records:
        return []
    columns: dict[str, list[object]] = {}
    for name in records[0]:
        cells = [_clean(record[name]) for record in records]
        figures, notes = (cells, []) if is_quoting(name) else _parted(cells)
        heading = _free(without_layout_blanks(name), columns, name)
        columns[heading] = figures
        if any(note is not None for note in notes):
            columns[_free(text("{heading}についての注", heading=heading), columns)] = notes
    rows = zip(*columns.values(), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _clean(value: object) -> object:
    return _BREAK.sub(" ", value.strip()) or None if isinstance(value, str) else value


def _parted(cells: list[object]) -> tuple[list[object], list[object]]:
    """Return the cells, and the words that may not stand among its numbers (None where there is none).

    Text is a column of years when a year stands in it and no other cell has a digit: codes, dates and numbers
    of chapters have.
    """
    words = [cell for cell in cells if isinstance(cell, str)]
    numbers = any(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in cells)
    years = {word: _YEAR.fullmatch(word) for word in words}
    plain_year = any(found and found[2] is None for found in years.values())
    others = [word for word, found in years.items() if not found]
    if not words or not (numbers or (plain_year and not any(map(_DIGIT.search, others)))):
        return cells, []
    pairs = [_split(cell) if isinstance(cell, str) else (cell, None) for cell in cells]
    return [figure for figure, _ in pairs], [note for _, note in pairs]


def _split(cell: str) -> tuple[int | None, str | None]:
    found = _YEAR.fullmatch(cell)
    return (int(found[1]), found[2]) if found else (None, cell)


def _free(heading: str, taken: dict[str, list[object]], otherwise: str | None = None) -> str:
    """Return a heading that no column has yet."""
    if heading not in taken:
        return heading
    if otherwise is not None and otherwise not in taken:
        return otherwise
    number = 2
    while f"{heading}{number}" in taken:
        number += 1
    return f"{heading}{number}"
