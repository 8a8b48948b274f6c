"""Rules that need more than the indicators' rows: the plan's years, its goals, a statistic, past values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from planbook.analysis.kpis.amounts import amount_of
from planbook.analysis.kpis.lint_rules_base import Hit, LintContext, places_of, series_place
from planbook.analysis.kpis.listing import list_unique
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.characters import fold
from planbook.vocabulary.errors import message

_DIGITS = re.compile(r"\d+")
#: Codes that must be seen to name one indicator each before a shared one is called a slip.
_LEAST_OTHER_CODES = 3


def check_code(one: Series, series: Sequence[Series], context: LintContext) -> Hit | None:
    """K09: a code that is an indicator's own number stands at two indicators.

    Codes are taken for the indicators' own only where the document shows it: they are no numbers of its goals,
    they count up through the document, and all but one of them, three at least, name one indicator each. Codes
    of another plan's measures (施策) jump to and fro or are shared in several places; then nothing can be shown.
    """
    if one.code is None or one.repeats is not None or not one.is_judged:
        return None
    listed = [other for other in list_unique(series) if other.code and other.document == one.document]
    numbers = [tuple(int(digits) for digits in _DIGITS.findall(fold(other.code).text)) for other in listed]
    counting = all(numbers) and len({len(number) for number in numbers}) == 1
    if not counting or any(later < earlier for earlier, later in pairwise(numbers)):
        return None
    named: dict[str, set[str]] = {}
    for other in listed:
        named.setdefault(fold(other.code).text, set()).add(fold(other.name).text)
    shared = [code for code, names in named.items() if len(names) > 1]
    mine = fold(one.code).text
    if shared != [mine] or mine in context.goal_numbers or len(named) - 1 < _LEAST_OTHER_CODES:
        return None
    holders = [other for other in listed if fold(other.code).text == mine]
    if len({(other.goal_id, other.group) for other in holders}) > 1:
        return None
    others = [other for other in holders if fold(other.name).text != fold(one.name).text]
    detail = message("番号「{code}」は「{name}」にも付いています", code=one.code, name=others[0].name)
    return Hit(detail, tuple(series_place(other) for other in (one, *others)))


def check_baseline_in_plan(one: Series, _: Sequence[Series], context: LintContext) -> Hit | None:
    """K20: the baseline is surely of a time after the plan's first day."""
    base = one.baseline
    if base is None or not base.is_number or not _is_after(base, context):
        return None
    detail = message(
        "計画は{year}年度に始まりますが、当初値は{when}の値です",
        year=context.years.first,
        when=_time_words(base),
    )
    return Hit(detail, places_of(one, base))


def _is_after(value: Value, context: LintContext) -> bool:
    if value.fiscal_year is not None:
        return value.fiscal_year >= context.years.first  # a year's value is complete at its end
    # «2022» may be any day of 2022: only what cannot lie before the first day is after it.
    parts = [int(part) for part in (value.as_of or "").split("-") if part]
    first = context.years.start
    return bool(parts) and tuple(parts) > (first.year, first.month, first.day)[: len(parts)]


def _time_words(value: Value):
    if value.fiscal_year is not None:
        return message("{year}年度", year=value.fiscal_year)
    return value.as_of


def check_mean_only(one: Series, series: Sequence[Series], context: LintContext) -> Hit | None:
    """K19: a mean whose source has the sexes apart, listed without them."""
    statistic = context.statistics.get(one.statistic) if one.statistic else None
    if statistic is None or not (statistic.is_mean and statistic.by_sex) or one.group is not None:
        return None
    if any(other.group is not None and other.indicator == one.indicator for other in series):
        return None
    values = [value for value in (one.baseline, one.target) if value is not None and value.is_number]
    detail = message("当初値・目標値は{value}だけです", value=amount_of(one, values[0])) if values else None
    return Hit(detail, places_of(one, *values))
