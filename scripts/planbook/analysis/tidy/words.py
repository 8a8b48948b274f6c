"""What a cell's text is: a number in disguise, several values, a mark, a time."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from planbook.vocabulary.characters import fold, unify_marks
from planbook.vocabulary.eras import ERA_OFFSETS
from planbook.vocabulary.units import MONEY_SCALES, PERS, UNITS

TextKind = Literal["number", "mark", "standard_mark", "ditto", "brackets", "range", "pairs", "codes", "word"]

_CACHE = 1 << 16
_LONGEST_MARK = 5
_FIGURE = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_UNIT_WORDS = sorted(
    {*UNITS, *(f"{scale}{unit}" for scale in MONEY_SCALES for unit in ("", "円", "人"))},
    key=len,
    reverse=True,
)
_UNIT = "(?:" + "|".join(map(re.escape, _UNIT_WORDS)) + ")"
_PER = "(?:/(?:" + "|".join(map(re.escape, PERS)) + "))"
_NUMBER = re.compile(rf"約?[-+±△▲]?[¥$]?({_FIGURE}){_UNIT}?{_PER}?(?:程度)?")
_BRACKETS = re.compile(rf"[-+△▲]?{_FIGURE}{_UNIT}?[(\[]約?[-+△▲]?{_FIGURE}{_UNIT}?[)\]]")
_RANGE = re.compile(
    rf"[-+△▲]?{_FIGURE}{_UNIT}?(?:~|から|→)[-+△▲]?{_FIGURE}{_UNIT}?(?:まで|度)?|{_FIGURE}-{_FIGURE}年度?"
)
_SEPARATOR = re.compile(r"[\s、,，;；/／・]+")
_PAIR = re.compile(rf"[^\W\d_]{{1,12}}[:：]?{_FIGURE}{_UNIT}?")
_SEXES = re.compile(rf"(?:(?:男|女|計|総数|男性|女性|男子|女子)[:：]?{_FIGURE}人?){{2,}}")
_FORMS: tuple[tuple[TextKind, re.Pattern], ...] = (
    ("brackets", _BRACKETS),
    ("range", _RANGE),
    ("pairs", _SEXES),
)
_LEADING_ZERO = re.compile(r"0[0-9]")
# 第1期 第2版, 平成20 …: numbers that count or date a thing are part of its name
_ORDINAL = re.compile(r"第|No|明治|大正|昭和|平成|令和|[MTSHR][0-9]")
_CODES = re.compile(r"[A-Z]{1,2}[0-9]{1,3}(?:[、,，;；/／・ ]+[A-Z]{1,2}[0-9]{1,3})+")
_MARKS = frozenset(
    ["-", "--", "...", "..", "…", "……", "x", "χ", "×", "*", "**", "※", "・", "△", "▲", ".", "?", "NA", "N/A", "n/a",
     "na", "N.A.", "nan", "NaN", "null", "NULL", "#N/A", "/", "—", "○", "◯", "〇"]
)  # fmt: skip
_STANDARD_MARKS = frozenset(["X", "***"])
_DITTO = frozenset(["〃", "同上", "々", '"', "''", "”", "“", "″", "ditto"])

_ERA = re.compile(
    r"(?:明治|大正|昭和|平成|令和|㍾|㍽|㍼|㍻|㋿|(?<![A-Za-z])[MTSHR](?=[0-9元]))\.?(?:[0-9]{1,2}|元)(?:年度?|\.|/|$)?"
)
_ERA_HINT = re.compile("[明大昭平令㍾㍽㍼㍻㋿MTSHRＭＴＳＨＲ]")
_WESTERN = re.compile(r"(?<![0-9])(?:1[89]|2[01])[0-9]{2}(?![0-9])")
_ERA_WHOLE = re.compile(
    rf"(?:{_ERA.pattern})[0-9年月日度末現在時点()./\-~からまで間明治大正昭和平成令元MTSHR]*"
)
# 「令和5年推計」 is the name of an edition, no time of the figures below it.
_ERA_IN_HEADING = re.compile(
    r"(?:明治|大正|昭和|平成|令和)(?:[0-9]{1,2}|元)年(?!度?(?:[0-9]{1,2}月)?(?:推計|版|改))"
)
_PERIOD = re.compile(
    r".*[0-9元年月日度末](?:~|から|→).*[0-9元].*|(?:1[89]|2[01])[0-9]{2}-(?:1[89]|2[01])[0-9]{2}年?度?"
)
_TIME = re.compile(
    r"(?:FY)?(?:1[89]|2[01])[0-9]{2}(?:年度?末?|年?[-/.年][0-9]{1,2}(?:月|[-/.月][0-9]{1,2}日?)?)?(?:現在|末|時点)?"
    r"|(?:1[89]|2[01])[0-9]{8}"
)


# What `fold` treats apart: numerals in circles or raised, and characters without width.
_SPECIAL = re.compile(
    "[\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u24ff\u2776-\u2793\u3200-\u32ff\u00ad\u200b-\u200f\u2060\ufeff]"
)


def _folded(text: str) -> str:
    """Return `fold` without its memory of the raw characters, which takes most of its time on a large table."""
    if text.isascii():
        return "".join(text.split())
    if _SPECIAL.search(text):
        return fold(text).text
    return "".join(unify_marks(unicodedata.normalize("NFKC", text)).split())


@lru_cache(_CACHE)
def text_kind(text: str) -> TextKind:
    """Return what the text of a cell is.

    Examples
    --------
    >>> text_kind("1,234人"), text_kind("△５．６"), text_kind("10(5)"), text_kind("男10 女12"), text_kind("…")
    ('number', 'number', 'brackets', 'pairs', 'mark')
    >>> text_kind("07210"), text_kind("基本目標1 しごと"), text_kind("0〜14歳")
    ('word', 'word', 'range')
    """
    if len(text) > _LONGEST_MARK and not any(map(str.isdigit, text)):
        return "word"  # most cells of text end here: folding them would take most of the time
    folded = _folded(text)
    if text.strip() in _DITTO:
        return "ditto"
    if folded in _MARKS or folded in _STANDARD_MARKS:
        return "standard_mark" if folded in _STANDARD_MARKS else "mark"
    number = _NUMBER.fullmatch(folded)
    if number:
        return "word" if _LEADING_ZERO.match(number[1]) else "number"
    for kind, form in _FORMS:
        if form.fullmatch(folded):
            return kind
    return _several(text) if _SEPARATOR.search(text.strip()) else "word"


def _several(text: str) -> TextKind:
    spaced = fold(text, drop_spaces=False).text.strip()
    if _CODES.fullmatch(spaced):
        return "codes"
    pieces = [piece for piece in _SEPARATOR.split(spaced) if piece]
    if len(pieces) > 1 and all(_PAIR.fullmatch(p) and not _ORDINAL.match(p) for p in pieces):
        return "pairs"
    joined = re.sub(r"(?<=[^\W\d_])\s+(?=[0-9])", "", spaced)  # 「男 10 女 12」
    pieces = [piece for piece in _SEPARATOR.split(joined) if piece]
    if len(pieces) > 1 and all(_PAIR.fullmatch(p) and not _ORDINAL.match(p) for p in pieces):
        return "pairs"
    return "pairs" if len(pieces) > 1 and all(_NUMBER.fullmatch(p) for p in pieces) else "word"


@lru_cache(_CACHE)
def is_era_only(text: str) -> bool:
    """Tell whether the whole text is a time in Japanese years without a western one."""
    if not _ERA_HINT.search(text):
        return False
    folded = _folded(text)
    return bool(_ERA_WHOLE.fullmatch(folded)) and not _WESTERN.search(folded)


def names_era(text: str) -> bool:
    """Tell whether an era is written out, not by its letter."""
    return any(era in text for era in ("明治", *ERA_OFFSETS))


def mentions_era_only(text: str) -> bool:
    """Tell whether a heading names a Japanese year and no western one."""
    folded = _folded(text)
    return bool(_ERA_IN_HEADING.search(folded)) and not _WESTERN.search(folded)


def mentions_western_year(text: str) -> bool:
    """Tell whether a western year stands anywhere in the text."""
    return bool(_WESTERN.search(_folded(text)))


@lru_cache(_CACHE)
def is_period(text: str) -> bool:
    """Tell whether the text is a span of time with two ends."""
    folded = _folded(text)
    return bool(_PERIOD.fullmatch(folded)) and bool(_WESTERN.search(folded) or _ERA.search(folded))


@lru_cache(_CACHE)
def is_time(text: str) -> bool:
    """Tell whether the text is a time: a year, a month, a day, a fiscal year, in either calendar."""
    return bool(_TIME.fullmatch(_folded(text))) or is_era_only(text) or is_period(text)
