"""Rules on chance: K14, a survey without its number of respondents; K15, numbers too small to tell a change.

The margins are those of `planbook.analysis.kpis.sampling`; a change that lies exactly on one is within it.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.kpis.lint_rules_base import Amount, Hit, amount_of, places_of
from planbook.analysis.kpis.sampling import measure_margin, respondents_needed, respondents_of, share_margin
from planbook.analysis.kpis.series import Series
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.rounding import format_number
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
    if not one.has_pair or not all(is_percent(v.unit or one.unit) for v in (one.baseline, one.target)):
        return None
    base, target = one.baseline.value, one.target.value
    if base == target or not all(0 <= share <= 100 for share in (base, target)):
        return None
    margin = share_margin(base, ASSUMED_RESPONDENTS, target, ASSUMED_RESPONDENTS)
    decimals = max(one.baseline.decimals, one.target.decimals)
    values = {
        "n": format_number(ASSUMED_RESPONDENTS),
        "margin": Amount(margin, "ポイント", 1),
        "change": Amount(target - base, "ポイント", decimals, sign=True),
    }
    if abs(target - base) > margin:
        return message(
            "仮に回答者が当初も目標の年も{n}人なら、差の標本誤差は±{margin}で、予定する変化{change}はそれを上回ります",
            **values,
        )
    return message(
        "仮に回答者が当初も目標の年も{n}人なら、差の標本誤差は±{margin}で、予定する変化{change}はその中にあります。"
        "変化が誤差を上回るには、どちらの年にも{needed}人以上の回答が要ります（無作為に選んだ場合）",
        needed=format_number(respondents_needed(base, target)),
        **values,
    )


def check_small_numbers(one: Series, _: Sequence[Series]) -> Hit | None:
    """K15: the planned change is no larger than what comes by chance between two single years."""
    if not one.has_pair or one.baseline.value == one.target.value:
        return None
    if compare_units(*(v.unit or one.unit for v in (one.baseline, one.target))) == "different":
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
    unit = split_unit(base.unit or one.unit)[0]
    return message(
        "{change}の変化は、偶然の幅±{margin}の中にあります（1.96×√（{base}＋{target}））",
        change=Amount(abs(change), unit),
        margin=Amount(margin.width, unit, 0 if margin.width >= 10 else 1),
        base=format_number(base.value),
        target=format_number(target.value),
    )


def _balance_words(one: Series) -> Message | None:
    base, target = one.baseline, one.target
    if one.type not in ("annual_flow", "undecided") or split_unit(base.unit or one.unit)[0] not in _PEOPLE:
        return None
    if max(abs(base.value), abs(target.value)) >= SMALL_BALANCE:
        return None
    unit = split_unit(base.unit or one.unit)[0]
    return message(
        "{base}は、入った数と出た数の差です。もとの二つの数それぞれの偶然の振れが重なるため、予定する変化（{change}）と見分けにくくなります",
        base=amount_of(one, base),
        change=Amount(target.value - base.value, unit, sign=True),
    )


CHANCE_RULES = {"K14": check_respondents, "K15": check_small_numbers}
