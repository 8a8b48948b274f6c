"""Digits with their multipliers, read exactly: 「1億2千万」, 「431.5万」, 「4割2分」, 「1,741」."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.quantity_forms import DIGITS, MULTIPLIER, MULTIPLIERS
from planbook.vocabulary.units import MONEY_SCALES, PERS, UNITS

# More digits are a broken cell, and with 兆 behind them Decimal would begin to round.
_MAX_DIGITS = 15

_PAIRS = re.compile(rf"({DIGITS})({MULTIPLIER})?")
_WELL_FORMED = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Amount:
    """A number and the step that its last written digit counts in.

    Parameters
    ----------
    value : the number.
    step : one unit of the last written digit, multiplier included (10万 → 10,000; 13.3 → 0.1).
    multiplier : the single multiplier behind the digits, empty when there is none or several.
    is_plain : digits alone, without a decimal point or multiplier behind the last of them.
    """

    value: Decimal
    step: Decimal
    multiplier: str = ""
    is_plain: bool = True

    def scaled(self, factor: Decimal | int) -> Amount:
        """Return the amount in another unit, written with the decimals that its step has."""
        step = (self.step * factor).normalize()
        decimals = min(step, Decimal(1))  # never 4E+1
        return replace(self, value=(self.value * factor).quantize(decimals), step=step.quantize(decimals))

    def rough_step(self) -> Decimal:
        """Return the step behind an 「約」 or 「程度」.

        Behind a multiplier or a decimal point every digit is written by choice, so the last one counts:
        10万人程度 → 10,000. In plain digits zeros have to be written, so the last digit that is not zero
        counts: 約42,000 → 1,000. A step as large as the figure itself is taken one place finer, as
        約100,000 would otherwise mean anything from 50,000: → 10,000.
        """
        step = self.step
        if self.is_plain and self.value:
            while self.value % (step * 10) == 0:
                step *= 10
        return step / 10 if step >= self.value > 0 else step


@dataclass(frozen=True)
class Hint:
    """The unit of a table head, for cells that have none of their own."""

    multiplier: str = ""
    unit: str | None = None
    per: str | None = None


def read_amount(written: str) -> Amount:
    """Read folded digits with multipliers; malformed ones are an `InputError` that names the readings."""
    pairs = _PAIRS.findall(written)
    if "".join(digits + multiplier for digits, multiplier in pairs) != written:
        raise _malformed(written, [])
    value, above = Decimal(0), None
    for digits, multiplier in pairs:
        factor = MULTIPLIERS.get(multiplier, 1)
        part = _read_digits(digits, written) * factor
        if above is not None and (part >= above or "." in written):
            raise _malformed(written, [])
        value, above = value + part, factor
    digits, multiplier = pairs[-1]
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) * MULTIPLIERS.get(multiplier, 1)
    single = multiplier if len(pairs) == 1 else ""
    return Amount(value, step, single, is_plain=not multiplier and "." not in digits).scaled(1)


def read_range_amounts(first: str, last: str, *, inherit: bool) -> tuple[Amount, Amount]:
    """Read the two ends of a range; 「10～15万」 lends its multiplier to the first end.

    It does so when the first figure has neither multiplier nor unit (`inherit`) and is the smaller one as
    written: 「1～2割」, 「10～15万人」, but not 「500～1万人」.
    """
    low, high = read_amount(first), read_amount(last)
    if inherit and not low.multiplier and high.multiplier:
        factor = MULTIPLIERS[high.multiplier]
        if low.value * factor < high.value:
            return replace(low.scaled(factor), multiplier=high.multiplier, is_plain=False), high
    return low, high


def in_unit(
    amount: Amount, unit: str | None, *, keep_money: bool = True
) -> tuple[Amount, str | None, str | None]:
    """Return the amount, the unit it is stored in, and the unit it was written in where that differs.

    割 becomes %, 10万人 becomes 100,000 人; 431.5万円 stays, because money is published in such units.
    """
    if unit == "割":
        return amount.scaled(10), "%", "割"
    if unit == "円" and keep_money and amount.multiplier in MONEY_SCALES:
        kept = amount.scaled(Decimal(1) / MULTIPLIERS[amount.multiplier])
        return kept, amount.multiplier + "円", None
    return amount, unit, amount.multiplier + (unit or "") if amount.multiplier else None


def read_hint(written: str | None) -> Hint:
    """Take the unit of a table head apart: 「千人」 → 千, 人; 「件/年」 → 件, 年."""
    if not written:
        return Hint()
    unit, slash, per = written.rpartition("/")
    if not slash or written in UNITS or per not in PERS:
        unit, per = written, None
    found = re.fullmatch(rf"({MULTIPLIER})(.+)", unit)
    if found and found[2] in UNITS:
        return Hint(found[1], UNITS[found[2]], per)
    return Hint("", UNITS.get(unit, unit), per)


def _read_digits(digits: str, written: str) -> Decimal:
    if sum(character.isdecimal() for character in digits) > _MAX_DIGITS:
        raise _malformed(written, [])
    if _WELL_FORMED.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    raise _malformed(written, _readings(digits))


def _readings(digits: str) -> list[str]:
    """Return what malformed digits may have meant: 1,23 → 123, 1.23; 1.234,5 → 1,234.5."""
    candidates = [digits.replace(",", "")]
    if digits.count(",") == 1:
        candidates.append(digits.replace(".", "").replace(",", "."))
    return list(dict.fromkeys(f"{Decimal(c):,f}" for c in candidates if c.count(".") <= 1))


def _malformed(written: str, readings: list[str]) -> InputError:
    if readings:
        remedy = message(
            "資料を確かめ、正しい値（{readings} など）に直してください。", readings=" / ".join(readings)
        )
    else:
        remedy = message("資料を確かめ、1つの数として書き直してください。")
    return InputError(
        Problem(
            what=message("数字の並びを1つの数として読み取れません。"),
            found=written,
            allowed=message(
                "3桁ごとの桁区切り（1,741）か区切りなし（1741）、小数点は1つ、1億2千万のような書き方"
            ),
            remedy=remedy,
        )
    )
