"""A figure against the words that it was taken from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planbook.vocabulary.errors import Problem, message
from planbook.vocabulary.quantities import find_quantities
from planbook.vocabulary.rounding import plain_decimal


def contradictions(shown: str, place: dict[str, object], value: Decimal, stated) -> Iterator[Problem]:
    """Report a figure that its own quotation contradicts: a page would cite 50,000 for 500,000.

    Parameters
    ----------
    shown, place : the file and the place in it, as messages show them.
    value : the figure of the table.
    stated : a row or part with `as_written` and `reading`.
    """
    written = stated.reading or stated.as_written
    figures = [quantity.value for quantity in find_quantities(written) if quantity.value is not None]
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
