"""Rounding for display: half up on the number as it prints, never half to even, never in the middle of a sum.

The analyses keep unrounded values. What a reader sees is rounded here, once, at the end.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from planbook.vocabulary.catalogue import text
from planbook.vocabulary.errors import InputError, Problem, message

MINUS = "\u2212"
NO_VALUE = "-"

# The default context holds 28 digits and would refuse to quantize longer numbers.
_WIDE = Context(prec=700, rounding=ROUND_HALF_UP)


def to_decimal(value: object) -> Decimal:
    """Return a number as the decimal it prints as: 0.1 is 0.1, not the binary fraction behind it.

    Accepts int, float, Decimal and NumPy scalars; refuses NaN, infinity, None, bool and text.
    """
    if isinstance(value, numbers.Number) and not isinstance(value, bool | complex | Fraction):
        if isinstance(value, numbers.Integral):
            return Decimal(int(value))
        number = value if isinstance(value, Decimal) else Decimal(str(value))
        if number.is_finite():
            return number
    raise InputError(
        Problem(
            what=message("有限の数ではないため、丸めや書式を適用できません。"),
            found=f"{value!r} ({type(value).__name__})",
            allowed=message("整数、小数、Decimal、NumPyの数（NaN、無限大、None、真偽値、文字列は不可）"),
            remedy=message(
                "値がない場合は None を format_or_dash に渡すか、計算の前に欠測を除いてください。"
            ),
        )
    )


def plain_decimal(value: object) -> str:
    """Return a number for a machine: no exponent, no grouping, ASCII minus, every digit as it stands.

    Examples
    --------
    >>> plain_decimal(Decimal("4E+4")), plain_decimal(-13.3), plain_decimal(Decimal("60.0"))
    ('40000', '-13.3', '60.0')
    """
    return f"{to_decimal(value):f}"


def round_half_up(value: object, decimals: int = 0) -> Decimal:
    """Round half away from zero on the decimal representation (四捨五入).

    Parameters
    ----------
    value : a finite number.
    decimals : digits kept behind the point; negative ones round to tens, hundreds and so on.

    Examples
    --------
    >>> round_half_up(0.125, 2), round_half_up(2.5), round_half_up(-2.5), round_half_up(42499, -3)
    (Decimal('0.13'), Decimal('3'), Decimal('-3'), Decimal('42000'))
    """
    rounded = to_decimal(value).quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    if decimals < 0:
        rounded = rounded.quantize(Decimal(1), context=_WIDE)
    return abs(rounded) if rounded == 0 else rounded  # no minus zero


def format_number(value: object, decimals: int = 0, *, sign: bool = False, grouping: bool = True) -> str:
    """Return a number for readers, rounded half up, with 「−」 (U+2212) for minus.

    Parameters
    ----------
    value : a finite number; anything else raises `InputError`.
    decimals : digits behind the point (negative ones round to tens, hundreds …).
    sign : write 「+」 before a positive number. Zero never has a sign.
    grouping : separate thousands by commas.

    Examples
    --------
    >>> format_number(54675.5), format_number(-0.04, 1), format_number(40, sign=True)
    ('54,676', '0.0', '+40')
    """
    rounded = round_half_up(value, decimals)
    mark = MINUS if rounded < 0 else "+" if sign and rounded > 0 else ""
    return mark + (f"{abs(rounded):,f}" if grouping else f"{abs(rounded):f}")


def format_percent(value_pct: object, decimals: int = 1, *, sign: bool = False) -> str:
    """Return a percentage; `value_pct` is already in per cent (13.34, not 0.1334).

    Examples
    --------
    >>> format_percent(-13.345)
    '−13.3%'
    """
    return format_number(value_pct, decimals, sign=sign) + "%"


def format_points(value_pct_point: object, decimals: int = 1, *, sign: bool = True) -> str:
    """Return a difference of two rates in percentage points (ポイント), never in per cent of per cent.

    Examples
    --------
    >>> format_points(60.3 - 57.6)
    '+2.7ポイント'
    """
    return text("{number}ポイント", number=format_number(value_pct_point, decimals, sign=sign))


def format_or_dash(
    value: object | None, decimals: int = 0, *, sign: bool = False, grouping: bool = True
) -> str:
    """Return `format_number`, or 「-」 for None, the one way to say that there is no value.

    NaN still raises: a missing value that got into arithmetic is an error, not an absence.
    """
    return NO_VALUE if value is None else format_number(value, decimals, sign=sign, grouping=grouping)


def largest_remainder(values: Iterable[object], total: int | None = None) -> list[int]:
    """Round to integers that add up to `total`; no value moves by one or more.

    Every value is rounded down, then the missing units go to the largest remainders. Equal remainders are
    served in the order of position, so the same input always gives the same output.

    Parameters
    ----------
    values : finite numbers of any sign.
    total : the sum to reach; without it the sum of the values, rounded half up.

    Raises
    ------
    InputError : a total that lies outside what rounding alone can reach. Scale the values first.

    Examples
    --------
    >>> largest_remainder([1.5, 1.5, 2.0])
    [2, 1, 2]
    """
    exact = [Fraction(to_decimal(value)) for value in values]
    floors = [math.floor(value) for value in exact]
    remainders = [value - floor for value, floor in zip(exact, floors, strict=True)]
    reachable = sum(floors), sum(floors) + sum(remainder > 0 for remainder in remainders)
    wanted = _half_up(sum(exact, Fraction(0))) if total is None else _whole(total)
    if not reachable[0] <= wanted <= reachable[1]:
        raise InputError(_unreachable(wanted, reachable, sum(exact, Fraction(0))))
    order = sorted(range(len(exact)), key=lambda position: (-remainders[position], position))
    for position in order[: wanted - reachable[0]]:
        floors[position] += 1
    return floors


def _half_up(value: Fraction) -> int:
    rounded = math.floor(abs(value) + Fraction(1, 2))
    return rounded if value >= 0 else -rounded


def _whole(total: object) -> int:
    number = to_decimal(total)
    if number != number.to_integral_value():
        raise InputError(
            Problem(
                what=message("合計は整数でなければなりません。"),
                found=str(total),
                allowed=message("整数"),
                remedy=message("合計を先に四捨五入してください。"),
            )
        )
    return int(number)


def _unreachable(wanted: int, reachable: tuple[int, int], actual: Fraction) -> Problem:
    return Problem(
        what=message("端数の処理だけではこの合計になりません（値の合計 {actual}）。", actual=float(actual)),
        found=str(wanted),
        allowed=message("{low} から {high} までの整数", low=reachable[0], high=reachable[1]),
        remedy=message("先に値を合計に合わせて比例配分してから、端数を処理してください。"),
    )
