"""Figures as documents write them, read into values that know their precision and their unit.

0, 「-」 (there is none), 「…」 (unknown) and 「x」 (suppressed) are four different things, and an arrow is a
target without a number. Nothing here guesses: what cannot be read is an `InputError`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from planbook.vocabulary.amounts import read_hint
from planbook.vocabulary.calendar_jp import parse_date
from planbook.vocabulary.characters import Folded, fold, require_text, shown
from planbook.vocabulary.errors import InputError, message
from planbook.vocabulary.figures import Qualifier, Quantity, State, contains
from planbook.vocabulary.quantity_forms import NOT_QUANTITIES, figure_pattern
from planbook.vocabulary.quantity_readings import quantity_of, refusal
from planbook.vocabulary.quantity_words import format_quantity
from planbook.vocabulary.units import UNITS

__all__ = [
    "Qualifier",
    "Quantity",
    "State",
    "contains",
    "find_quantities",
    "format_quantity",
    "parse_quantity",
]

_STATES: dict[str, State] = (
    dict.fromkeys(("-", "--", "ー"), "none")
    | dict.fromkeys(("..", "...", "......", "***", "不詳", "不明"), "unknown")
    | dict.fromkeys(("x", "X", "χ", "Χ"), "suppressed")
    | dict.fromkeys(("↗", "↑", "⬆", "増加", "上昇", "向上"), "up")
    | dict.fromkeys(("↘", "↓", "⬇", "減少", "低下"), "down")
    | dict.fromkeys(("→", "➡", "維持", "現状維持", "横ばい"), "keep")
)
_REFERENCE = re.compile(r" ?\((?P<reference>[^()]*)\)")
# an arrow in emoji style carries an invisible selector
_SELECTORS = dict.fromkeys((0xFE0E, 0xFE0F))


def parse_quantity(text: str, *, unit_hint: str | None = None) -> Quantity:
    """Read one cell: a number with its unit, an arrow, or a sign for no value.

    Parameters
    ----------
    text : the whole cell. A figure inside a sentence is for `find_quantities`.
    unit_hint : the unit of the table (人, 千人, 万円 …): used where the cell has none, and understood in the
        cell even when it is an unusual one. A unit that is written in the cell wins.

    Examples
    --------
    >>> q = parse_quantity("約42,000人")
    >>> q.value, q.precision, q.low, q.high, q.unit
    (Decimal('42000'), Decimal('1000'), Decimal('41500'), Decimal('42500'), '人')
    >>> parse_quantity("…").state, parse_quantity("－").state, parse_quantity("↗").state
    ('unknown', 'none', 'up')
    """
    folded = _stripped(fold(require_text(text), drop_spaces=False))
    state = _STATES.get(folded.text.translate(_SELECTORS))
    if state is not None:
        return Quantity(state, as_written=text)
    hint = read_hint(fold(unit_hint).text if unit_hint else None)
    pattern = figure_pattern(None if hint.unit in UNITS else hint.unit)
    found = re.compile(rf"{pattern.pattern}(?:{_REFERENCE.pattern})?").fullmatch(folded.text)
    if found is None:
        raise refusal(text, message("数値として読み取れません。"))
    if found["reference"] is not None and not _is_date(found["reference"]):
        raise refusal(text, message("数値の後ろの括弧の中を、年や日付として読み取れません。"))
    try:
        quantity = quantity_of(found, hint)
    except InputError as error:
        # the inner reader knows the folded pieces only; the user knows the cell
        raise InputError(replace(problem, found=shown(text)) for problem in error.problems) from None
    reference = folded.as_written(*found.span("reference")) if found["reference"] else None
    return replace(quantity, reference=reference, as_written=text)


def find_quantities(text: str) -> list[Quantity]:
    """Find the figures in running text, each with its span in it.

    Years, dates, ordinals (第2期), codes (5-1), telephone numbers and bare integers without a unit
    (基本目標1) are no quantities; a number that cannot be read with certainty is left out.

    Examples
    --------
    >>> [q.as_written for q in find_quantities("令和2年12月1日現在では、54,676人となり、10年間で13.3%減少")]
    ['54,676人', '10年間', '13.3%減少']
    """
    folded = fold(require_text(text), drop_spaces=False)
    masked = NOT_QUANTITIES.sub(lambda found: "\0" * len(found[0]), folded.text)
    quantities = []
    for found in figure_pattern(in_prose=True).finditer(masked):
        quantity = _read_in_prose(found, masked)
        if quantity is None:
            continue
        start, end = found.span()
        reference = _REFERENCE.match(folded.text, end)
        if reference and _is_date(reference["reference"]):
            end = reference.end()
            quantity = replace(quantity, reference=folded.as_written(*reference.span("reference")))
        written = folded.as_written(start, end)
        quantities.append(replace(quantity, as_written=written, span=folded.span(start, end)))
    return quantities


def _read_in_prose(found: re.Match[str], text: str) -> Quantity | None:
    if not _stands_alone(found, text):
        return None
    try:
        return quantity_of(found)
    except InputError:
        return None


def _stands_alone(found: re.Match[str], text: str) -> bool:
    before, behind = text[: found.start()][-1:], text[found.end() :][:1]
    if re.fullmatch(r"[A-Za-z0-9.,/\-]", before) or (found["sign"] in ("-", "+") and before == ")"):
        return False
    if found["unit"] or found["unit2"]:
        return True
    if re.fullmatch(r"[A-Za-z0-9\-]", behind) or found["joint"]:
        return False
    marked = found["before"] or found["before2"] or found["behind"] or (found["sign"] or "")[:1] in ("△", "▲")
    return bool(marked or re.search(r"[^0-9]", found["amount"]))


def _stripped(folded: Folded) -> Folded:
    text = folded.text
    start = len(text) - len(text.lstrip(" "))
    return folded.part(start, max(start, len(text.rstrip(" "))))


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except InputError:
        return False
    return True
