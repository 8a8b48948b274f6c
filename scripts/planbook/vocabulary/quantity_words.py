"""A quantity in words, in the language of the run."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.figures import Quantity
from planbook.vocabulary.quantity_forms import MULTIPLIERS
from planbook.vocabulary.rounding import format_number
from planbook.vocabulary.units import in_words, per_in_words

_SYMBOLS = {"up": "↗", "down": "↘", "keep": "→", "none": "-", "unknown": "…", "suppressed": "x"}

_QUALIFIED = {
    "about": plain("約{amount}"),
    "at_least": plain("{amount}以上"),
    "at_most": plain("{amount}以下"),
    "less_than": plain("{amount}未満"),
    "more_than": plain("{amount}超"),
}


def format_quantity(quantity: Quantity) -> str:
    """Return a figure as precise as it was written: 「約42,000人」, 「10万人程度」 as 「約10万人」.

    In Japanese the unit of the document is kept (4割, 10万人) and `parse_quantity` reads the result back as
    the same quantity, but for figures with several multipliers (1億2千万円). In English the converted value
    is given (40%, 100,000).

    Examples
    --------
    >>> from planbook.vocabulary.quantities import parse_quantity
    >>> [format_quantity(parse_quantity(cell)) for cell in ("10万人程度", "△40人", "0人/年", "…", "10～15人")]
    ['約10万人', '−40人', '0人/年', '…', '10～15人']
    """
    if quantity.state != "number":
        return _SYMBOLS[quantity.state]
    shown = _in_unit_of_document(quantity) if current_language() == "ja" else replace(quantity, as_unit=None)
    words = _qualified(shown)
    if shown.change == "decrease":
        words = text("{amount}減", amount=words)
    elif shown.change == "increase":
        words = text("{amount}増", amount=words)
    return f"{words} ({shown.reference})" if shown.reference else words


def _qualified(quantity: Quantity) -> str:
    if quantity.qualifier == "range":
        low = _number(quantity.low, quantity)
        return per_in_words(
            text("{low}～{high}", low=low, high=_counted(quantity.high, quantity)), quantity.per
        )
    amount = per_in_words(_counted(quantity.value, quantity), quantity.per)
    return amount if quantity.qualifier == "exact" else text(_QUALIFIED[quantity.qualifier], amount=amount)


def _counted(value: Decimal, quantity: Quantity) -> str:
    return in_words(_number(value, quantity), quantity.as_unit or quantity.unit)


def _number(value: Decimal, quantity: Quantity) -> str:
    return format_number(value, max(0, -quantity.precision.normalize().as_tuple().exponent))


def _in_unit_of_document(quantity: Quantity) -> Quantity:
    factor = _factor(quantity)
    scaled = {
        name: None if getattr(quantity, name) is None else getattr(quantity, name) / factor
        for name in ("value", "low", "high", "precision")
    }
    return replace(quantity, **scaled)


def _factor(quantity: Quantity) -> int:
    if quantity.as_unit is None:
        return 1
    if quantity.as_unit == "割":
        return 10
    return MULTIPLIERS[quantity.as_unit.removesuffix(quantity.unit or "")]
