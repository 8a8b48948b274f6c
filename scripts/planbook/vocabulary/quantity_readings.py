"""What a matched figure means: the step from the words of `quantity_forms` to a `Quantity`."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from planbook.vocabulary.amounts import Amount, Hint, in_unit, read_amount, read_range_amounts
from planbook.vocabulary.characters import shown
from planbook.vocabulary.errors import InputError, Message, Problem, message
from planbook.vocabulary.figures import Quantity
from planbook.vocabulary.quantity_forms import CHANGES, QUALIFIERS_BEHIND
from planbook.vocabulary.units import UNITS

_CALENDAR_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
NO_HINT = Hint()


def quantity_of(found: re.Match[str], hint: Hint = NO_HINT) -> Quantity:
    """Give a match its meaning; combinations of words that have none are an `InputError`.

    Parameters
    ----------
    found : a match of `figure_pattern`.
    hint : the unit of the table head, for a figure without a unit of its own.
    """
    quantity = _range(found, hint) if found["joint"] else _single(found, hint)
    if found["yearly"] and found["per"]:
        raise refusal(found[0], message("「年間」と「/年」などの単位あたりが重なっています。"))
    per = found["per"] or ("年" if found["yearly"] else hint.per)
    return replace(quantity, per=per, change=CHANGES.get(found["change"]))


def _single(found: re.Match[str], hint: Hint) -> Quantity:
    if found["unit"] == "年" and _CALENDAR_YEAR.fullmatch(found["amount"]):
        raise refusal(found[0], message("年（暦）であって、数量ではありません。"))
    written, unit = _with_hint(found["amount"], found["unit"], hint)
    amount = read_amount(written)
    if found["hundredths"]:
        if found["unit"] != "割" or not amount.is_plain:
            raise refusal(found[0], message("「分」の前に「割」がありません。"))
        amount = Amount(amount.value + Decimal(found["hundredths"]) / 10, Decimal("0.1"), is_plain=False)
    about = found["before"] or found["before2"]
    qualifier = QUALIFIERS_BEHIND.get(found["behind"], "about" if about else "exact")
    if about or qualifier == "about":
        amount = replace(amount, step=amount.rough_step())
    amount, unit, as_unit = in_unit(amount, unit)
    value = _signed(amount.value, found["sign"])
    low, high = value - amount.step / 2, value + amount.step / 2
    if qualifier in ("at_least", "more_than"):
        low, high = value, None
    elif qualifier in ("at_most", "less_than"):
        low, high = None, value
    return Quantity("number", value, low, high, amount.step, qualifier, unit, as_unit=as_unit)


def _range(found: re.Match[str], hint: Hint) -> Quantity:
    units = {UNITS.get(unit, unit) for unit in (found["unit"], found["unit2"]) if unit}
    bound = QUALIFIERS_BEHIND.get(found["behind"], "about") != "about"
    if len(units) > 1 or found["hundredths"] or bound:
        raise refusal(found[0], message("範囲の両端の単位や言い方がそろっていません。"))
    if found["joint"] == "-" and (not units or found["sign2"]):
        # 5-1 is the code of an indicator, 0243-55-5090 a telephone number
        raise refusal(found[0], message("ハイフンでつないだ数は、範囲か符号か番号かを区別できません。"))
    last, unit = _with_hint(found["amount2"], next(iter(units), None), hint)
    ends = read_range_amounts(found["amount"], last, inherit=not found["unit"])
    scaled = [in_unit(amount, unit) for amount in ends]
    if scaled[0][1] != scaled[1][1]:  # 5,000円～1万円
        scaled = [in_unit(amount, unit, keep_money=False) for amount in ends]
    (low_end, stored_unit, low_as), (high_end, _, high_as) = scaled
    low, high = _signed(low_end.value, found["sign"]), _signed(high_end.value, found["sign2"])
    if low > high:
        raise refusal(found[0], message("範囲の終わりが始めより小さくなっています。"))
    return Quantity(
        state="number",
        low=low,
        high=high,
        precision=max(low_end.step, high_end.step),
        qualifier="range",
        unit=stored_unit,
        as_unit=low_as if low_as == high_as else None,
    )


def _with_hint(amount: str, unit: str | None, hint: Hint) -> tuple[str, str | None]:
    if unit or hint.unit is None:
        return amount, UNITS.get(unit, unit)
    return amount + hint.multiplier, hint.unit  # a multiplier in both places makes the amount malformed


def _signed(value: Decimal, sign: str | None) -> Decimal:
    return -value if value and sign and sign != "+" else value


def refusal(raw: str, what: Message) -> InputError:
    """Make the error of a figure that cannot be read."""
    return InputError(
        Problem(
            what=what,
            found=shown(raw),
            allowed=message(
                "63,095人、約42,000人、10万人程度、4割、△40、272,000t-CO2/年、10～15人、100人以上、"
                "431.5万円 (H30)、↗ ↘ →（向きだけ）、-（なし）、…（不詳）、x（秘匿）"
            ),
            remedy=message("数と単位だけを書いてください。ここにない単位は、単位の列で指定してください。"),
        )
    )
