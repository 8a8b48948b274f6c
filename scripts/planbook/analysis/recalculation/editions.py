"""Projection editions beside a stated number, and which of them came out after a plan began."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from planbook.analysis.recalculation.official import EditionInfo, Projected
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import edition_words, figure, listed, percent, persons
from planbook.vocabulary.errors import Message, message


def is_later(statements: Statements, edition: EditionInfo) -> bool:
    """Tell whether an edition came out after the plan was adopted, or began where no date of adoption is written.

    An undated edition is not called later.
    """
    began = statements.file.adopted or f"{statements.file.period.start_fiscal_year}-04-01"
    if not edition.published:
        return False
    length = min(len(began), len(edition.published), 7)
    return edition.published[:length] >= began[:length]


def listed_gaps(value: Decimal, at_hand: Iterable[tuple[EditionInfo, Projected]], year: int) -> Message:
    """Return the stated value beside each edition."""
    return message(
        "{parts}", parts=listed(set_beside(value, edition, year, found) for edition, found in at_hand)
    )


def set_beside(value: Decimal, edition: EditionInfo, year: int, found: Projected) -> Message:
    """Return a stated number beside one edition, with the difference and its share."""
    gap = value - found.persons
    share = percent(gap / found.persons * 100, 1) if found.persons > 0 else "-"
    values = {
        "edition": edition_words(edition),
        "year": year,
        "projected": persons(found.persons),
        "other": figure(found.persons, 0),
        "value": figure(value, 0),
        "gap": persons(gap, sign=True),
        "pct": share,
    }
    if found.between:
        return message(
            "{edition}の{year}年（{a}年と{b}年から直線で補間）は{projected}：{value} − {other} ＝ {gap}（{pct}）",
            a=found.between[0],
            b=found.between[1],
            **values,
        )
    return message("{edition}の{year}年は{projected}：{value} − {other} ＝ {gap}（{pct}）", **values)
