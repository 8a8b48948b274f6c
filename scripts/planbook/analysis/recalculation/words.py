"""Pieces of sentences that speak the language of the run: dates, quotations, names, lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planbook.analysis.recalculation.official import EditionInfo
from planbook.vocabulary.bilingual import Bilingual
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.rounding import format_number, to_decimal

_DIGITS_SHOWN = 2


@dataclass(frozen=True)
class Listed:
    """Parts side by side, parted by 「、」 or by `separator`."""

    parts: tuple[object, ...]
    separator: str = "、"

    def __str__(self) -> str:
        return text(self.separator).join(str(part) for part in self.parts)


def listed(parts: Iterable[object]) -> Listed:
    """Put parts side by side with 「、」."""
    return Listed(tuple(parts))


def sentences(*parts: Message | None) -> Message | None:
    """Put sentences one behind the other; None where there is none."""
    kept = [part for part in parts if part is not None]
    if not kept:
        return None
    joined = kept[0]
    for part in kept[1:]:
        joined = message("{first}{second}", first=joined, second=part)
    return joined


def quote(written: str) -> Message:
    """Return a string as written in corner brackets, once where it has them already; a bracket inside becomes 『』."""
    return message("「{words}」", words=_inside(written).replace("「", "『").replace("」", "』"))


def _inside(written: str) -> str:
    whole = written.startswith("「") and written.endswith("」") and written.find("」") == len(written) - 1
    return written[1:-1] if whole else written


def says(*written: str) -> Message:
    """Return what the document at hand states: the quotations alone, each once."""
    once = dict.fromkeys(_inside(one) for one in written)
    return message("{parts}", parts=listed(quote(one) for one in once))


def when(iso: str) -> Message:
    """Return an ISO date in words, as precise as it is: 2005年12月1日, 2019年12月, 2040年."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return message("{year}年{month}月{day}日", year=parts[0], month=parts[1], day=parts[2])
    if len(parts) == 2:
        return message("{year}年{month}月", year=parts[0], month=parts[1])
    return message("{year}年", year=parts[0])


def edition_words(edition: EditionInfo) -> Bilingual:
    """Return the name of a projection edition."""
    return Bilingual(edition.name_ja, edition.name_en)


def figure(value: object, decimals: int | None = None, *, sign: bool = False) -> str:
    """Return a number with the digits it has, or with `decimals`."""
    number = to_decimal(value)
    if decimals is None:
        decimals = max(0, -number.as_tuple().exponent)
    return format_number(number, decimals, sign=sign)


def percent(value: Decimal, decimals: int = _DIGITS_SHOWN, *, sign: bool = True) -> str:
    """Return per cent with two digits: a recomputation shows more digits than the claim."""
    return format_number(value, decimals, sign=sign) + "%"


def persons(value: object, *, sign: bool = False) -> Message:
    """Return a number of persons, rounded to one."""
    return message("{number}人", number=format_number(value, sign=sign))


def bracketed(value: object, decimals: int | None = None) -> str:
    """Return a number for the middle of a formula: a negative one in brackets."""
    shown = figure(value, decimals)
    return f"（{shown}）" if to_decimal(value) < 0 else shown


def period_words(period: tuple[date, date]) -> Message:
    """Return the first and the last day of a period in words; fiscal years where it is made of whole ones."""
    first, behind = period[0], period[1] + timedelta(days=1)
    if (first.month, first.day, behind.month, behind.day) == (4, 1, 4, 1):
        if first.year == behind.year - 1:
            return message("{year}年度", year=first.year)
        return message("{start}〜{end}年度", start=first.year, end=behind.year - 1)
    start, end = (when(day.isoformat()) for day in period)
    return message("{start}から{end}まで", start=start, end=end)
