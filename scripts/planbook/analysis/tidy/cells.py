"""What a single cell is: empty, a number, a figure, an area code."""

from __future__ import annotations

import re
from functools import lru_cache

from planbook.analysis.tidy.words import text_kind
from planbook.vocabulary.codes import possible_codes
from planbook.vocabulary.errors import InputError

YEARS = range(1800, 2200)
# the national statistics centre sets an R before the five digits
_REGION = re.compile(r"R[0-9]{5}")
_DIGITS = re.compile(r"[0-9]{5,6}")


def is_filled(value: object) -> bool:
    """Tell whether a cell holds anything to see."""
    return value is not None and not (isinstance(value, str) and not value.strip())


def is_number(value: object) -> bool:
    """Tell whether a cell is typed as a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_figure(value: object) -> bool:
    """Tell whether a cell holds data rather than a label: a number that is no year, or one in disguise."""
    if is_number(value):
        return value not in YEARS
    if isinstance(value, str):
        return text_kind(value) in ("number", "brackets") and not value.strip().endswith(("年", "年度"))
    return False


def is_area_code(value: object) -> bool:
    """Tell whether a cell may be a whole area code: five digits, six with their check digit, or R and five.

    Examples
    --------
    >>> [is_area_code(code) for code in ("07210", "072109", "R01100", "072100", "99999", "7210")]
    [True, True, True, False, False, False]
    """
    text = str(value).strip()
    if _REGION.fullmatch(text):
        text = text[1:]
    return bool(_DIGITS.fullmatch(text)) and is_code(text)


@lru_cache(1 << 14)
def is_code(text: str) -> bool:
    """Tell whether digits have a reading as an area code, with or without their leading zero."""
    try:
        return bool(possible_codes(text))
    except InputError:
        return False
