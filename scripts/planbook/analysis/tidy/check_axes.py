"""Rules about the axes of a table: units, time and area (1-9, 1-11, 1-12)."""

from __future__ import annotations

import re
from functools import lru_cache

from planbook.analysis.tidy.cells import YEARS, is_area_code, is_code, is_filled, is_number
from planbook.analysis.tidy.columns import Column, has_unit
from planbook.analysis.tidy.layout import Table
from planbook.analysis.tidy.report import Collector
from planbook.analysis.tidy.words import (
    is_era_only,
    is_time,
    mentions_era_only,
    mentions_western_year,
    names_era,
    text_kind,
)

_AREA_NAME = re.compile(r".{1,12}[都道府県市区町村郡]")
# All but 北海道, whose name has no shorter form.
# fmt: off
_PREFECTURES = frozenset([
    "青森", "岩手", "宮城", "秋田", "山形", "福島", "茨城", "栃木", "群馬", "埼玉", "千葉", "東京",
    "神奈川", "新潟", "富山", "石川", "福井", "山梨", "長野", "岐阜", "静岡", "愛知", "三重", "滋賀",
    "京都", "大阪", "兵庫", "奈良", "和歌山", "鳥取", "島根", "岡山", "広島", "山口", "徳島", "香川",
    "愛媛", "高知", "福岡", "佐賀", "長崎", "熊本", "大分", "宮崎", "鹿児島", "沖縄",
])
# fmt: on
_NATION = ("00000", "000000")


def check_units(table: Table, columns: list[Column], take: Collector) -> None:
    """Check that every column of figures says its unit."""
    for column in columns:
        if column.role == "figures" and not column.quotes and not has_unit(column, table):
            take.add("no_unit", table.sheet.name, table.named_at(column.position), column.label)


def check_time(table: Table, columns: list[Column], take: Collector) -> None:
    """Check that times are in western years, or have them beside them."""
    sheet = table.sheet
    western = any(_holds_western_years(table, column) for column in columns)
    times = any(column.role == "time" for column in columns)
    for column in columns:
        if mentions_era_only(column.label):
            take.add("era_only", sheet.name, (table.heading[0], column.position), column.label)
        if column.role in ("code", "identifier"):
            continue
        for row in table.body:
            value = table.value(row, column.position)
            # H1 or S2 is a year among times only; elsewhere it is somebody's abbreviation.
            if isinstance(value, str) and is_era_only(value) and (column.role == "time" or names_era(value)):
                times = True
                if not western:
                    take.add("era_only", sheet.name, (row, column.position), value, soft=column.quotes)
    headed = any(mentions_western_year(column.label) or is_time(column.label) for column in columns)
    if not (times or western or headed or any(mentions_era_only(column.label) for column in columns)):
        take.add("no_time", sheet.name)


def _holds_western_years(table: Table, column: Column) -> bool:
    """Tell whether a column of times gives a western year in every filled cell."""
    if column.role != "time" or not column.filled:
        return False
    values = (table.value(row, column.position) for row in table.body)
    return all(_is_western(value) for value in values if is_filled(value))


def _is_western(value: object) -> bool:
    if is_number(value):
        return value in YEARS or len(str(value)) == 10  # a time-axis code of e-Stat
    return not isinstance(value, str) or mentions_western_year(value)


def check_area(table: Table, columns: list[Column], take: Collector) -> None:
    """Check area codes and names."""
    sheet = table.sheet
    codes = [column for column in columns if column.role == "code"]
    for column in codes:
        _check_codes(table, column, take)
    names = [column for column in columns if _holds_area_names(table, column)]
    for column in names:
        for row in table.body:
            value = table.value(row, column.position)
            if isinstance(value, str) and value.strip() in _PREFECTURES and "都道府県" in column.label:
                take.add("short_prefecture", sheet.name, (row, column.position), value)
    if names and not codes:
        take.add("name_without_code", sheet.name, (table.heading[0], names[0].position), names[0].label)
    if not names and not codes:
        take.add("no_area", sheet.name)


def _holds_area_names(table: Table, column: Column) -> bool:
    if column.role == "area":
        return True
    if column.role != "words":
        return False
    values = [table.value(row, column.position) for row in table.body]
    words = [value for value in values if isinstance(value, str)]
    return bool(words) and all(_AREA_NAME.fullmatch(word) for word in words)


def _check_codes(table: Table, column: Column, take: Collector) -> None:
    prefectures = "都道府県" in column.label or "prefecture" in column.label.lower()
    typed = table.sheet.name != ""  # a cell of a CSV cannot say that it is text
    for row in table.body:
        value = table.value(row, column.position)
        if is_filled(value) and not isinstance(value, bool):
            fault = _code_fault(value, prefectures=prefectures, typed=typed)
            if fault:
                take.add(fault, table.sheet.name, (row, column.position), str(value))


@lru_cache(1 << 14)
def _code_fault(value: object, *, prefectures: bool, typed: bool) -> str | None:
    text = str(value).strip()
    if text_kind(text) in ("mark", "standard_mark"):
        return "code_mark"
    if text.startswith("R") and is_area_code(text):
        return None
    if prefectures and re.fullmatch(r"[0-9]{1,2}", text):
        whole = len(text) == 2
        valid = 1 <= int(text) <= 47 or text == "00"
    else:
        whole = len(text) in (5, 6)
        valid = text in _NATION or is_code(text)
    if not valid:
        return "code_unknown"
    if not whole:
        return "code_lost_zero"
    return "code_as_number" if typed and is_number(value) else None
