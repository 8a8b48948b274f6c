"""Which rows above the figures are headings: rows of names over columns of figures, codes or times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from planbook.analysis.tidy.cells import YEARS, is_filled, is_number
from planbook.analysis.tidy.words import is_time, text_kind

Kind = Literal["figure", "year", "code", "time", "mark", "word"]

_CODE = re.compile(r"[A-Z]?[0-9]{4,10}")
#: How many rows below a row tell what its columns hold.
SAMPLE = 20


def names_columns(row: tuple, below: Sequence[tuple], columns: Sequence[int]) -> bool:
    """Tell whether a row names what stands below it, though another row of headings stands above.

    It does where words stand over figures, codes or times in at least two columns and in most of them, and
    nothing in it is like the cells below: a row of data may hold words in the place of its figures, but its
    code, its time or its name is one like the others.
    """
    words, over = set(), 0
    for column in columns:
        value = _cell(row, column)
        under = [cell for cell in (_cell(cells, column) for cells in below) if is_filled(cell)]
        if not is_filled(value) or not under:
            continue
        kind, usual = _kind(value), _usual(under)
        if kind == "mark" or kind == usual != "word" or (usual == "word" and value in under):
            return False
        if usual in ("figure", "code", "time", "year"):
            over += 1
            if kind == "word":
                words.add(value)
    return len(words) >= 2 and 2 * len(words) >= over


def _cell(cells: tuple, column: int) -> object:
    return cells[column] if column < len(cells) else None


def _usual(values: Sequence[object]) -> Kind:
    kinds = Counter(kind for kind in map(_kind, values) if kind != "mark")
    return kinds.most_common(1)[0][0] if kinds else "mark"


def _kind(value: object) -> Kind:
    if is_number(value):
        return "year" if value in YEARS else "figure"
    if isinstance(value, date):
        return "time"
    text = str(value).strip()
    tests: tuple[tuple[Kind, Callable[[], object]], ...] = (
        ("code", lambda: _CODE.fullmatch(text)),
        ("time", lambda: is_time(text)),
        ("figure", lambda: text_kind(text) in ("number", "brackets")),
        ("mark", lambda: text_kind(text) in ("mark", "standard_mark", "ditto")),
    )
    return next((kind for kind, test in tests if test()), "word")
