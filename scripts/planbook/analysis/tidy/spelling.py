"""How a text is written: blanks and line breaks for layout, characters that not every machine has."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_CACHE = 1 << 16
_CJK = "\u3005\u3007\u3040-\u30ff\u4e00-\u9fff"
_SPACED = re.compile(rf"[{_CJK}](?:[ \u3000]+[{_CJK}])+")
_BLANKS = re.compile(r"[ \t\u3000\u00a0]{2,}|\t")


@lru_cache(_CACHE)
def blank_fault(text: str) -> str | None:
    """Return the fault of the blanks and line breaks of a text, None where it has none."""
    if not text.strip():
        return "only_blanks"
    if "\n" in text or "\r" in text:
        return "line_break"
    if text != text.strip():
        return "edge_blank"
    if _SPACED.fullmatch(text):
        return "spaced_letters"
    return "row_of_blanks" if _BLANKS.search(text) else None


def without_layout_blanks(text: str) -> str:
    """Return a heading without the blanks beside Japanese characters; English words stay apart.

    Examples
    --------
    >>> without_layout_blanks("推計の TFR換算値"), without_layout_blanks("Total fertility rate")
    ('推計のTFR換算値', 'Total fertility rate')
    """
    pieces = text.split()
    joined = pieces[:1]
    for before, piece in pairwise(pieces):
        apart = not (_is_wide(before[-1]) or _is_wide(piece[0]))
        joined.append(" " + piece if apart else piece)
    return "".join(joined)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


@lru_cache(_CACHE)
def odd_characters(text: str) -> tuple[str, bool]:
    """Return the machine-dependent characters of a text, and whether one is lost (private use, U+FFFD).

    Circled and Roman numerals, enclosed and squared characters, half-width kana, the other signs of the
    extensions that vendors made to JIS X 0208, ideographs outside it (髙, 﨑), private use.
    """
    if text.isascii():
        return "", False
    found = "".join(dict.fromkeys(filter(_is_odd, text)))
    return found, any(_is_lost(ord(c)) for c in found)


_ODD = (
    (0x2160, 0x2188), (0x2460, 0x24FF), (0x2776, 0x2793), (0x3200, 0x33FF), (0xF900, 0xFAFF), (0xFF61, 0xFF9F),
)  # fmt: skip
_ODD_ONES = frozenset(map(ord, "№℡∑∟⊿∮〝〟"))


@lru_cache(_CACHE)
def _is_odd(character: str) -> bool:
    code = ord(character)
    if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x3FFFF:
        return not _is_in_jis(character)
    return code in _ODD_ONES or _is_lost(code) or any(first <= code <= last for first, last in _ODD)


def _is_in_jis(character: str) -> bool:
    try:
        character.encode("shift_jis")  # JIS X 0208 without any vendor's extension, unlike cp932
    except UnicodeEncodeError:
        return False
    return True


def _is_lost(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000 or code == 0xFFFD
