"""Figures of indicators with their units, as sentences print them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.rounding import format_number
from planbook.vocabulary.unit_relations import split_unit
from planbook.vocabulary.units import in_words, per_in_words


@dataclass(frozen=True)
class Amount:
    """A figure with its unit, in words of the run's language."""

    value: Decimal
    unit: str | None
    decimals: int = 0
    sign: bool = False

    def __str__(self) -> str:
        bare, yearly = split_unit(self.unit)
        figure = format_number(self.value, self.decimals, sign=self.sign)
        shown = f"{figure}%" if bare == "%" else in_words(figure, bare)
        return per_in_words(shown, "年" if yearly else None)


def amount_of(one: Series, value: Value) -> Amount:
    """Return a stated value as it prints, with the digits of the document."""
    return Amount(value.value, one.unit_of(value), value.decimals)
