"""What a column is: figures, times, area codes, names, numbers that only name a thing, words as a document has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from planbook.analysis.tidy.cells import is_area_code, is_filled, is_number
from planbook.analysis.tidy.layout import Table
from planbook.analysis.tidy.words import text_kind
from planbook.vocabulary.characters import fold
from planbook.vocabulary.units import UNITS

Role = Literal["figures", "time", "code", "area", "identifier", "words"]

_BRACKETED = re.compile(r"[(\[【〔〈<]([^)\]】〕〉>]*)[)\]】〕〉>]")
_QUOTED = re.compile(r"原文|原表記|記載のとおり|as written|verbatim", re.I)
_CODE = re.compile(
    r"(?:団体|地域|市区?町村|自治体|都道府県|区域)(?:の)?(?:コード|code)|(?:area|municipality|muni|prefecture|region)[ _]?code",
    re.I,
)
_CODE_WORD = re.compile(r"コード|code$", re.I)
_AREA = re.compile(
    r"(?:市区町村|市町村|都道府県|団体|自治体|地域|区市町村)(?:の)?(?:名|名称|名等)?|県名|市名|町村名|municipality|prefecture|area|region",
    re.I,
)
_IDENTIFIER = re.compile(
    r"番号|コード|記号|順位|順番|連番|通番|(?:^|[^a-z])(?:id|no\.?|code|rank)$|^#$", re.I
)
_TIME = re.compile(
    r"(?:年|年度|年次|年月|年月日|時点|期間|西暦|和暦|日付|月|時期|現在|期首|期末|始め|終わり|始期|終期)$"
    r"|(?:^|[ _])(?:(?:fiscal |base |target )?year|date|period|as of|from|to|start|end)$",
    re.I,
)
_SPAN = re.compile(r"期間|区間|世代|period|span", re.I)
_UNIT_COLUMN = re.compile(r"単位|unit", re.I)
# what stands in brackets behind a name and is no unit
_PART = re.compile(r"男女?計?|女|計|総数|総計|合計|再掲|内数|うち数|male|female|total", re.I)
#: Figures that have no unit.
_UNIT_FREE = re.compile(
    r"指数|倍率|比率$|(?<!構成)(?<!年)(?<!期)(?<!月)比$|係数|偏差値|特殊出生率|TFR|CWR|段階|階級|スコア|得点"
    r"|\b(?:index|ratio|coefficient|score|stage|class)$",
    re.I,
)


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    position : counted from 0.
    label : its heading.
    quotes : it holds words as a document writes them.
    numbers, disguised : how many cells are numbers, and how many are numbers written as text.
    filled : how many cells hold anything.
    """

    position: int
    label: str
    role: Role
    quotes: bool
    numbers: int
    disguised: int
    filled: int

    @property
    def spans(self) -> bool:
        """Tell whether the heading says that a cell is a span of time."""
        return bool(_SPAN.search(self.label))


def is_quoting(label: str) -> bool:
    """Tell whether a heading says that its column holds words as a document writes them."""
    return bool(_QUOTED.search(label))


def describe_columns(table: Table) -> list[Column]:
    """Describe every column of a table from its heading and its cells."""
    return [_describe(table, position) for position in table.columns]


def _describe(table: Table, position: int) -> Column:
    numbers = disguised = marks = filled = 0
    for row in table.body:
        value = table.value(row, position)
        if not is_filled(value):
            continue
        filled += 1
        if is_number(value):
            numbers += 1
        elif isinstance(value, str):
            kind = text_kind(value)
            disguised += kind in ("number", "brackets")
            marks += kind in ("mark", "standard_mark")
    mostly = numbers + disguised > 0 and 2 * (numbers + disguised) >= filled - marks
    quotes = is_quoting(table.label(position))
    role = _role(
        fold(table.name(position), drop_spaces=False).text, figures=mostly and not (quotes and not numbers)
    )
    # 27,100 households are no code of Osaka: what has a unit counts something.
    if role not in ("code", "time") and not _heads_unit(table, position):
        role = "code" if _holds_area_codes(table, position, role) else role
    return Column(position, table.label(position), role, quotes, numbers, disguised, filled)


def _holds_area_codes(table: Table, position: int, role: Role) -> bool:
    """Tell whether a column holds area codes, whatever its heading.

    Every cell is one, and one at least cannot be a mere figure: text, or six digits with their check digit
    in at least three rows. Numbers under a heading such as 番号 stay numbers.
    """
    values = [value for value in (table.value(row, position) for row in table.body) if is_filled(value)]
    if role == "identifier" and not _CODE_WORD.search(table.name(position)):
        return False
    if not values or not all(map(is_area_code, values)):
        return False
    checked = len(values) > 2 and all(len(str(value).strip()) == 6 for value in values)
    return checked or any(isinstance(value, str) for value in values)


def _role(label: str, *, figures: bool) -> Role:
    bare = _BRACKETED.sub("", label).strip()
    if _CODE.search(bare):
        return "code"
    if _IDENTIFIER.search(bare):
        return "identifier"
    if _TIME.search(bare):
        return "time"
    if figures:
        return "figures"
    return "area" if _AREA.fullmatch(bare) else "words"


def has_unit(column: Column, table: Table) -> bool:
    """Tell whether the unit of a column of figures is stated, or none belongs to it.

    In brackets in the heading, in a row of units of the heading, or in a column of units.
    """
    label = fold(column.label, drop_spaces=False).text
    if _heads_unit(table, column.position) or _UNIT_FREE.search(label):
        return True
    return any(_UNIT_COLUMN.search(table.label(other)) for other in table.columns)


def _heads_unit(table: Table, position: int) -> bool:
    label = fold(table.label(position), drop_spaces=False).text
    inside = (words.strip() for words in _BRACKETED.findall(label))
    if any(words and not (_PART.fullmatch(words) or _CODE_WORD.search(words)) for words in inside):
        return True
    return any(fold(part).text in UNITS for part in table.labels[position])
