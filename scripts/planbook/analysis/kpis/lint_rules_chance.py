"""Rules on chance: K14, a survey without its number of respondents; K15, numbers too small to tell a change.

The margins are those of `planbook.analysis.kpis.sampling`; a change that lies exactly on one is within it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from planbook.analysis.kpis.amounts import Amount, amount_of
from planbook.analysis.kpis.lint_rules_base import Hit, places_of
from planbook.analysis.kpis.margin_words import margin_amount
from planbook.analysis.kpis.sampling import (
    Margin,
    measure_margin,
    minimum_detectable,
    respondents_needed,
    respondents_of,
    share_margin,
)
from planbook.analysis.kpis.series import Series
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.rounding import format_number, round_half_up
from planbook.vocabulary.unit_relations import compare_units, is_percent, split_unit

#: Respondents of the example beside a survey that does not give its own.
ASSUMED_RESPONDENTS = 1000
#: A net balance below this is the small difference of two larger flows.
SMALL_BALANCE = 100
_PEOPLE = ("人", "世帯")


def check_respondents(one: Series, _: Sequence[Series]) -> Hit | None:
    """K14: a share from a survey, and neither the indicator nor its first value says of how many."""
    stated = [value for value in (one.baseline, *one.actuals) if value is not None and value.is_number]
    first = stated[0] if stated else None
    if one.type != "survey_share" or respondents_of(one, first) is not None:
        return None
    return Hit(_survey_words(one), places_of(one, first))


def _survey_words(one: Series) -> Message | None:
    if not one.has_pair or not all(is_percent(one.unit_of(v)) for v in (one.baseline, one.target)):
        return None
    base, target = one.baseline.value, one.target.value
    if base == target or not all(0 <= share <= 100 for share in (base, target)):
        return None
    change = Amount(target - base, "ポイント", max(one.baseline.decimals, one.target.decimals), sign=True)
    shares = (base, ASSUMED_RESPONDENTS, target, ASSUMED_RESPONDENTS)
    margin = Margin("survey", share_margin(*shares), minimum_detectable(*shares))
    return _assumed_words(
        margin, change, respondents_needed(base, target), respondents_needed(base, target, power=True)
    )


def _assumed_words(margin: Margin, change: Amount, needed: int, powered: int) -> Message:
    """Say what a survey of the assumed size would tell of the planned change: sampling error, and 80 % power."""
    values = {
        "n": format_number(ASSUMED_RESPONDENTS),
        "margin": Amount(margin.width, "ポイント", 1),
        "detectable": Amount(margin.detectable, "ポイント", 1),
        "change": change,
    }
    if margin.covers(change.value):
        return message(
            "仮に回答者が当初も目標の年も{n}人なら、差の標本誤差は±{margin}で、予定する変化{change}はその中にあります。"
            "8割の見込みで見分けられる差は{detectable}からです。"
            "どちらの年にも、変化が誤差を上回るには{needed}人、8割の見込みで見分けるには{powered}人ほどの回答が要ります（無作為に選んだ場合。全員に尋ねた調査なら標本誤差はない）",
            needed=_about(needed),
            powered=_about(powered),
            **values,
        )
    if abs(change.value) < margin.detectable:
        return message(
            "仮に回答者が当初も目標の年も{n}人なら、差の標本誤差は±{margin}で、予定する変化{change}はそれを上回りますが、"
            "8割の見込みで見分けられる差（{detectable}から）には届きません。"
            "見分けるには、どちらの年にも{powered}人ほどの回答が要ります（無作為に選んだ場合。全員に尋ねた調査なら標本誤差はない）",
            powered=_about(powered),
            **values,
        )
    return message(
        "仮に回答者が当初も目標の年も{n}人なら、差の標本誤差は±{margin}、8割の見込みで見分けられる差は{detectable}からで、"
        "予定する変化{change}はどちらも上回ります（無作為に選んだ場合。全員に尋ねた調査なら標本誤差はない）",
        **values,
    )


def _about(needed: int) -> str:
    """Return a number of respondents in three figures: more digits would say more than the assumptions carry."""
    return format_number(round_half_up(Decimal(needed), min(0, 3 - len(str(needed)))))


def check_small_numbers(one: Series, _: Sequence[Series]) -> Hit | None:
    """K15: the planned change is no larger than what comes by chance between two single years."""
    if not one.has_pair or one.baseline.value == one.target.value:
        return None
    if compare_units(*(one.unit_of(v) for v in (one.baseline, one.target))) == "different":
        return None
    detail = _balance_words(one) if one.baseline.value < 0 else _count_words(one)
    return Hit(detail, places_of(one, one.baseline, one.target)) if detail else None


def _count_words(one: Series) -> Message | None:
    base, target = one.baseline, one.target
    margin = measure_margin(one, base, target)
    if margin is None or margin.kind != "count" or (target.value == 0 and one.direction == "down"):
        return None
    change = target.value - base.value
    if not margin.covers(change):
        return None
    unit = split_unit(one.unit_of(base))[0]
    return message(
        "{change}の変化は、偶然の幅±{margin}の中にあります（1.96×√（{base}＋{target}））",
        change=Amount(abs(change), unit),
        margin=margin_amount(margin, unit),
        base=format_number(base.value),
        target=format_number(target.value),
    )


def _balance_words(one: Series) -> Message | None:
    base, target = one.baseline, one.target
    if one.type not in ("annual_flow", "undecided") or split_unit(one.unit_of(base))[0] not in _PEOPLE:
        return None
    if max(abs(base.value), abs(target.value)) >= SMALL_BALANCE:
        return None
    unit = split_unit(one.unit_of(base))[0]
    return message(
        "{base}は、入った数と出た数の差です。もとの二つの数それぞれの偶然の振れが重なるため、予定する変化（{change}）と見分けにくくなります",
        base=amount_of(one, base),
        change=Amount(target.value - base.value, unit, sign=True),
    )


CHANCE_RULES = {"K14": check_respondents, "K15": check_small_numbers}
