"""A figure against the words that it was taken from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planbook.vocabulary.errors import Problem, message
from planbook.vocabulary.quantities import find_quantities
from planbook.vocabulary.rounding import plain_decimal
from planbook.vocabulary.unit_relations import split_unit
from planbook.vocabulary.units import MONEY_SCALES, UNITS

_KNOWN = {*UNITS.values(), *(f"{scale}円" for scale in MONEY_SCALES)}


def contradictions(shown: str, place: dict[str, object], value: Decimal, stated) -> Iterator[Problem]:
    """Report a figure that its own quotation contradicts: a page would cite 50,000 for 500,000.

    Parameters
    ----------
    shown, place : the file and the place in it, as messages show them.
    value : the figure of the table.
    stated : a row or part with `as_written` and `reading`; a row that has a `unit` has it checked as well.
    """
    written = stated.reading or stated.as_written
    quantities = [quantity for quantity in find_quantities(written) if quantity.value is not None]
    figures = [quantity.value for quantity in quantities]
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
        return
    unit = getattr(stated, "unit", None)
    units = [quantity.unit for quantity in quantities if quantity.value == value]
    if unit and units and all(_differ(unit, other) for other in units):
        yield Problem(
            message("単位が、原文「{written}」にある単位と合いません", written=written),
            shown,
            {**place, "column": "unit"},
            found=unit,
            allowed=message("{units}", units="、".join(dict.fromkeys(units))),
            remedy=message(
                "この列には原文に書かれた単位を書きます。値と単位のどちらを写し違えたかを確かめてください"
            ),
        )


def _differ(unit: str, other: str | None) -> bool:
    """Tell whether two units are both understood and different; another spelling and 「/年」 make no difference."""
    known = [split_unit(name)[0] for name in (unit, other)]
    return all(name in _KNOWN for name in known) and known[0] != known[1]
