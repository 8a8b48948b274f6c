"""A figure with its unit, its precision and the interval that it stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from planbook.vocabulary.characters import shown
from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.rounding import to_decimal

State = Literal["number", "up", "down", "keep", "none", "unknown", "suppressed"]
Qualifier = Literal["exact", "about", "at_least", "at_most", "less_than", "more_than", "range"]


@dataclass(frozen=True)
class Quantity:
    """One figure as written and the interval that it stands for.

    Parameters
    ----------
    state : a number, an arrow (up, down, keep), or one of the three ways of not giving one.
    value : the number; None for a range and for every other state.
    low, high : the interval; None where it is open-ended. See `contains` for which ends belong to it.
    precision : the step that the figure is rounded to (63,095 → 1, 13.3 → 0.1, 約42,000 → 1,000).
    qualifier : the wording around the number (約, 程度, 以上, 未満 …).
    unit : normalised (名 → 人, 箇所 → か所); 万円 and other money units stay as written.
    per : what it is counted per: 「年」 in 246,500t-CO2/年.
    as_unit : the unit of the document where the value was converted: 「割」 (→ %), 「万人」 (→ 人).
    change : 「4割縮小」 is a decrease by 40 %, not a level of 40 %.
    reference : the year behind it in brackets, as written: 「H30」.
    as_written, span : the raw string, and where `find_quantities` found it; not part of equality.
    """

    state: State
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    precision: Decimal | None = None
    qualifier: Qualifier = "exact"
    unit: str | None = None
    per: str | None = None
    as_unit: str | None = None
    change: Literal["decrease", "increase"] | None = None
    reference: str | None = None
    as_written: str = field(default="", compare=False)
    span: tuple[int, int] | None = field(default=None, compare=False)


def contains(quantity: Quantity, value: object) -> bool:
    """Tell whether `value`, in the unit of the quantity, is one that the figure may stand for.

    A rounded figure stands for the numbers that round half up to it: the end nearer to zero belongs to the
    interval, the other one does not (13.3 % is 13.25 up to but not 13.35; 0 has neither end). 以上 and 以下
    include their bound, 未満 and 超 do not, a range includes both ends as written.

    Raises
    ------
    InputError : the quantity is not a number, or `value` is not finite.
    """
    if quantity.state != "number":
        raise InputError(
            Problem(
                what=message("数値ではないため、値の範囲を比べられません。"),
                found=shown(quantity.as_written),
                allowed=message("数値のある値"),
                remedy=message("矢印や「-」の値は、比べる前に分けてください。"),
            )
        )
    number = to_decimal(value)
    closed_low, closed_high = _closed_ends(quantity)
    low, high = quantity.low, quantity.high
    above = low is None or number > low or (closed_low and number == low)
    below = high is None or number < high or (closed_high and number == high)
    return above and below


def _closed_ends(quantity: Quantity) -> tuple[bool, bool]:
    if quantity.qualifier in ("exact", "about"):
        return quantity.value > 0, quantity.value < 0
    return quantity.qualifier in ("at_least", "range"), quantity.qualifier in ("at_most", "range")
