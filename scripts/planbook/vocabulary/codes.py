"""Municipality codes: five digits, text, zero kept. What Excel makes of them is recognised, not swallowed.

A code is handed around as its five digits (``07210``); the sixth, the check digit, is for the edges.

Excel drops the leading zero of a code. The result is not always unique: the text ``12211`` is the five-digit
code of 成田市, but also what is left of ``012211``, the six-digit code of 名寄市. This can only happen to the
prefectures 01–04, whose six-digit codes turn into five digits that begin with 10 to 47. Text of five digits
that is a valid five-digit code is read as one; who knows that a column has six-digit codes says so
(``digits=6``). A *number* of five digits has lost its type, so where both readings exist it is refused.
"""

from __future__ import annotations

import numbers
import re
from dataclasses import dataclass
from typing import Literal

from planbook.vocabulary.characters import fold, shown
from planbook.vocabulary.errors import InputError, Message, Problem, message
from planbook.vocabulary.plan_ids import PlanId, parse_plan_id

__all__ = [
    "MunicipalityCode",
    "MunicipalityKind",
    "PlanId",
    "check_digit",
    "municipality_kind",
    "parse_municipality_code",
    "parse_plan_id",
    "possible_codes",
    "six_digit",
]

#: 政令指定都市, 特別区, 市, 町村.
MunicipalityKind = Literal["designated_city", "special_ward", "city", "town_or_village"]

_WEIGHTS = (6, 5, 4, 3, 2)
_TOKYO = "13"
_FIVE = re.compile(r"(?:0[1-9]|[1-3][0-9]|4[0-7])[0-9]{3}")
_MANGLED = re.compile(r"'?([0-9]{4,6})(?:\.0+)?")


@dataclass(frozen=True, order=True)
class MunicipalityCode:
    """A municipality (or, with three zeros, a prefecture).

    Parameters
    ----------
    code5 : the five-digit code (標準地域コード), text.
    prefecture : its first two digits.
    check_digit : the sixth digit of the six-digit code.
    """

    code5: str
    prefecture: str
    check_digit: str

    @property
    def code6(self) -> str:
        """The six-digit code (全国地方公共団体コード)."""
        return self.code5 + self.check_digit

    def __str__(self) -> str:
        return self.code5


def check_digit(code5: str) -> str:
    """Return the sixth digit: (11 − (6a + 5b + 4c + 3d + 2e) mod 11) mod 10.

    Examples
    --------
    >>> check_digit("07210"), check_digit("11233")
    ('9', '0')
    """
    if not isinstance(code5, str) or not _FIVE.fullmatch(code5):
        raise _refusal(code5, message("5桁の市区町村コードではありません。"), _ask_source())
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code5, strict=True))
    return str((11 - total % 11) % 10)


def six_digit(code5: str) -> str:
    """Return the six-digit code.

    Examples
    --------
    >>> six_digit("07210")
    '072109'
    """
    return code5 + check_digit(code5)


def municipality_kind(code5: str) -> MunicipalityKind:
    """Return what kind of municipality a five-digit code stands for, which its third digit says.

    A ward of a designated city (01101) has no kind of its own: the digit is its city's.

    Examples
    --------
    >>> municipality_kind("14100"), municipality_kind("13101"), municipality_kind("03213")
    ('designated_city', 'special_ward', 'city')
    """
    if code5[2] == "1":
        return "special_ward" if code5.startswith(_TOKYO) else "designated_city"
    return "city" if code5[2] == "2" else "town_or_village"


def possible_codes(value: object) -> tuple[str, ...]:
    """Return every five-digit code that a code with or without its leading zero may mean, likeliest first.

    Examples
    --------
    >>> possible_codes("72109"), possible_codes("7210"), possible_codes("12211")
    (('07210',), ('07210',), ('12211', '01221'))
    """
    digits = _digits(value)
    if digits is None:
        return ()
    five, six = _readings(digits)
    return tuple(dict.fromkeys(code for code in (five, six) if code))


def parse_municipality_code(
    text: str | int | float, *, lenient: bool = False, digits: Literal[5, 6] | None = None
) -> MunicipalityCode:
    """Read a code of five digits, or of six with its check digit.

    Parameters
    ----------
    text : text; a number is what Excel has made of a code.
    lenient : accept a mangled code (leading zero lost, ``.0`` added, full width, a number) where it has one
        reading only. Otherwise it raises, and the remedy names the proper code.
    digits : how many digits the codes of this column have, where that is known; it settles ambiguity.

    Examples
    --------
    >>> parse_municipality_code("072109").code5, parse_municipality_code("7210.0", lenient=True).code5
    ('07210', '07210')
    """
    found = _digits(text)
    readings = _readings(found) if found else (None, None)
    if digits and all(readings):
        readings = (readings[0], None) if digits == 5 else (None, readings[1])
    if isinstance(text, str) and re.fullmatch(r"[0-9]{5,6}", text):
        proper = readings[len(text) - 5]
        if proper:
            return _code(proper)
    candidates = list(dict.fromkeys(code for code in readings if code))
    if len(candidates) == 1 and lenient:
        return _code(candidates[0])
    if not candidates:
        raise _unknown(text, found)
    raise _mangled(text, [six_digit(code) if digits == 6 else code for code in candidates])


def _digits(value: object) -> str | None:
    """Return the digits of a code, Excel's traces removed; None when it is no code at all."""
    if isinstance(value, bool) or not isinstance(value, str | numbers.Real):  # NumPy's numbers are Real
        return None
    found = _MANGLED.fullmatch(fold(str(value)).text)
    return found[1] if found else None


def _readings(digits: str) -> tuple[str | None, str | None]:
    """Return the code that the digits are as five-digit and as six-digit code, a lost zero restored."""
    five, six = digits.zfill(5), digits.zfill(6)
    as_five = five if len(digits) <= 5 and _FIVE.fullmatch(five) else None
    is_six = len(digits) >= 5 and _FIVE.fullmatch(six[:5]) and check_digit(six[:5]) == six[5]
    return as_five, six[:5] if is_six else None


def _code(code5: str) -> MunicipalityCode:
    return MunicipalityCode(code5, code5[:2], check_digit(code5))


def _mangled(value: object, candidates: list[str]) -> InputError:
    if len(candidates) > 1:
        remedy = message(
            "{codes} のどちらかを確かめ、文字列として書いてください。列の桁数が分かるなら指定してください。",
            codes=" / ".join(candidates),
        )
        return _refusal(value, message("先頭の0が失われた可能性があり、コードが1つに決まりません。"), remedy)
    remedy = message(
        "{code} と書いてください。Excelでは、書き込む前に列の書式を文字列にしてください。", code=candidates[0]
    )
    return _refusal(
        value, message("市区町村コードの形が崩れています（Excelが先頭の0を消すことがあります）。"), remedy
    )


def _unknown(value: object, digits: str | None) -> InputError:
    if digits and len(digits) == 6 and _FIVE.fullmatch(digits[:5]):
        expected = six_digit(digits[:5])
        remedy = message("5桁が正しければ {code} です。資料のコードを確かめてください。", code=expected)
        return _refusal(value, message("6桁の市区町村コードの検査数字が合いません。"), remedy)
    return _refusal(value, message("市区町村コードではありません。"), _ask_source())


def _ask_source() -> Message:
    return message("総務省の全国地方公共団体コードの一覧で確かめてください。")


def _refusal(value: object, what: Message, remedy: Message) -> InputError:
    return InputError(
        Problem(
            what=what,
            found=shown(value) if isinstance(value, str) else f"{value!r} ({type(value).__name__})",
            allowed=message(
                "半角数字の文字列5桁（例 07210）、または検査数字つき6桁（例 072109）。先頭2桁は01～47"
            ),
            remedy=remedy,
        )
    )
