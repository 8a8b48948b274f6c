"""A figure against the words that it was taken from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planbook.vocabulary.errors import Problem, message
from planbook.vocabulary.quantities import Quantity, find_quantities
from planbook.vocabulary.rounding import plain_decimal
from planbook.vocabulary.unit_relations import split_unit
from planbook.vocabulary.units import MONEY_SCALES, UNITS

_KNOWN = {*UNITS.values(), *(f"{scale}円" for scale in MONEY_SCALES)}


def figure_problems(
    shown: str, place: dict[str, object], value: Decimal, stated, *, signed: bool = False
) -> Iterator[Problem]:
    """Report a figure that its own quotation contradicts: a page would cite 50,000 for 500,000.

    Parameters
    ----------
    shown, place : the file and the place in it, as messages show them.
    value : the figure of the table.
    stated : a row or part with `as_written` and `reading`; a string without a figure contradicts nothing.
    signed : whether the table writes what falls (4割縮小) as a negative figure.
    """
    written = stated.reading or stated.as_written
    figures = [_figure(quantity, signed) for quantity in _quantities(written)]
    if figures and value not in figures:
        yield Problem(
            message("値が、原文「{written}」にある数と合いません", written=written),
            shown,
            place,
            found=plain_decimal(value),
            allowed=message("{figures}", figures="、".join(plain_decimal(figure) for figure in figures)),
            remedy=message(
                "値か原文のどちらかを直すか、原文が崩れているなら reading に正しい読みを書いてください"
            ),
        )


def unit_problems(shown: str, line: int, row) -> Iterator[Problem]:
    """Report a unit that the quotation contradicts.

    Parameters
    ----------
    shown, line : the table and its line, as messages show them.
    row : a row with `value`, `unit`, `as_written` and `reading`.
    """
    written = row.reading or row.as_written
    units = [quantity.unit for quantity in _quantities(written) if quantity.value == row.value]
    if row.unit and units and all(_differ(row.unit, other) for other in units):
        yield Problem(
            message("単位が、原文「{written}」にある単位と合いません", written=written),
            shown,
            {"row": line, "column": "unit"},
            found=row.unit,
            allowed=message("{units}", units="、".join(dict.fromkeys(units))),
            remedy=message(
                "この列には原文に書かれた単位を書きます。値と単位のどちらを写し違えたかを確かめてください"
            ),
        )


def _quantities(written: str) -> list[Quantity]:
    return [quantity for quantity in find_quantities(written) if quantity.value is not None]


def _figure(quantity: Quantity, signed: bool) -> Decimal:
    return -quantity.value if signed and quantity.change == "decrease" else quantity.value


def _differ(unit: str, other: str | None) -> bool:
    """Tell whether two units are both understood and different; another spelling and 「/年」 make no difference."""
    known = [split_unit(name)[0] for name in (unit, other)]
    return all(name in _KNOWN for name in known) and known[0] != known[1]
