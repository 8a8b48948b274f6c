"""The heading of a table: what Excel adds to it, which columns lack, and which ones were meant by another name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

from pydantic import TypeAdapter, ValidationError

from planbook.load.tidy.contents import column_letters
from planbook.vocabulary.characters import fold
from planbook.vocabulary.errors import Message, Problem, message
from planbook.vocabulary.schemas.fields import Row

Record = tuple[int, list[str]]


def without_trailing_columns(records: Sequence[Record]) -> list[Record]:
    """Return the records without the empty columns that Excel leaves at the right: no heading, no cell."""
    if not records:
        return []
    header = records[0][1]
    filled = [
        place for _, cells in records for place, cell in enumerate(cells[: len(header)]) if cell.strip()
    ]
    width = max(filled, default=-1) + 1
    return [(line, _cut(cells, width)) for line, cells in records]


def _cut(cells: list[str], width: int) -> list[str]:
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def heading_problems(records: Sequence[Record], model: type[Row], shown: str) -> Iterator[Problem]:
    """List what is wrong with the heading, the first record: columns empty, missing, unknown or repeated."""
    line, header = records[0]
    known = list(model.model_fields)
    named = [name for name in header if name.strip()]
    missing = [name for name in known if name not in named]
    unknown = [name for name in dict.fromkeys(named) if name not in known]
    meant = _renames(unknown, missing, model, records)
    for place, name in enumerate(header):
        if not name.strip():
            yield _unnamed(place, line, records, known, shown)
    for name in missing:
        if name not in meant.values():
            yield _missing(name, header, known, shown)
    for name in unknown:
        lacking = [other for other in missing if other not in meant.values()]
        yield _unknown(name, _remedy(name, meant.get(name), lacking, known), known, shown)
    for name, count in Counter(named).items():
        if count > 1:
            yield Problem(
                message("同じ列が{count}回あります", count=count),
                shown,
                {"column": name},
                remedy=message("一つだけ残してください"),
            )


def _unnamed(place: int, line: int, records: Sequence[Record], known: list[str], shown: str) -> Problem:
    cells = ((number, row[place]) for number, row in records[1:] if place < len(row) and row[place].strip())
    first = next(cells, None)
    return Problem(
        message("{letters}列の見出しが空です", letters=column_letters(place)),
        shown,
        {"row": line},
        found=message("{row}行目：{cell}", row=first[0], cell=first[1]) if first else None,
        allowed=message("{known}", known="、".join(known)),
        remedy=message("見出しを書いてください。要らない列なら、セルの値を確かめてから列ごと除いてください"),
    )


def _missing(name: str, header: list[str], known: list[str], shown: str) -> Problem:
    return Problem(
        message("列がありません"),
        shown,
        {"column": name},
        found="、".join(header),
        allowed=message("{known}", known="、".join(known)),
        remedy=message("見出しの行に「{name}」を加え、値がなければ空のままにしてください", name=name),
    )


def _unknown(name: str, remedy: Message, known: list[str], shown: str) -> Problem:
    return Problem(
        message("知らない列です"),
        shown,
        {"column": name},
        found=name,
        allowed=message("{known}", known="、".join(known)),
        remedy=remedy,
    )


def _remedy(name: str, meant: str | None, lacking: list[str], known: list[str]) -> Message:
    if meant:
        return message(
            "見出し「{name}」を「{meant}」に直してください。下の値はそのまま残ります", name=name, meant=meant
        )
    if lacking:
        return message(
            "足りない列（{missing}）のどれかの値なら、見出しをその名前に直してください。列を除くと値が失われます",
            missing="、".join(lacking),
        )
    close = get_close_matches(name, known, 1)
    if close:
        return message("「{close}」の書き誤りなら直してください", close=close[0])
    return message("この列を除いてください")


def _renames(
    unknown: Sequence[str], missing: Sequence[str], model: type[Row], records: Sequence[Record]
) -> dict[str, str]:
    """Return which missing column an unknown heading means, where one only can be meant.

    By its Japanese title, by its words (reply_date for date), by its spelling, and at last, where one heading and
    one column are left over, because the values under the heading are such as the column takes.
    """
    meant: dict[str, str] = {}
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda name, column: fold(name).text == fold(model.model_fields[column].title or "").text,
        _shares_words,
        lambda name, column: bool(get_close_matches(name, [column], 1)),
    )
    for test in tests:
        for name in unknown:
            left = [c for c in missing if c not in meant.values() and test(name, c)]
            if name not in meant and len(left) == 1:
                meant[name] = left[0]
    names, columns = ([n for n in unknown if n not in meant], [c for c in missing if c not in meant.values()])
    if len(names) == len(columns) == 1 and _fits(names[0], columns[0], model, records):
        meant[names[0]] = columns[0]
    return meant


def _shares_words(name: str, column: str) -> bool:
    words, others = set(name.lower().split("_")), set(column.split("_"))
    return words < others or others < words


def _fits(name: str, column: str, model: type[Row], records: Sequence[Record]) -> bool:
    place = records[0][1].index(name)
    cells = [row[place].strip() or None for _, row in records[1:] if place < len(row)]
    takes = TypeAdapter(model.model_fields[column].rebuild_annotation())
    try:
        for cell in cells:
            takes.validate_python(cell)
    except ValidationError:
        return False
    return any(cells)
