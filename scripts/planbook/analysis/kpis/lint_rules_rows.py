"""Rules that the indicators' rows decide alone: K01–K08, K10, K21.

Each returns a `Hit` where it holds and None where it does not or cannot be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.kpis.amounts import amount_of
from planbook.analysis.kpis.cumulative import covers_years, span_refusal
from planbook.analysis.kpis.lint_rules_base import Hit, places_of, series_place
from planbook.analysis.kpis.planned_change import compute_planned_change
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.errors import message
from planbook.vocabulary.rounding import plain_decimal
from planbook.vocabulary.unit_relations import compare_units, split_unit

#: A name with this word has the change of prices taken out of its money.
_REAL = "実質"


def has_number(value: Value | None) -> bool:
    """Tell whether a value is there and is a number."""
    return value is not None and value.is_number


def has_target(one: Series) -> bool:
    """Tell whether the target is a number or an arrow."""
    return one.target is not None and (one.target.is_number or one.target.is_direction)


def check_baseline(one: Series, _: Sequence[Series]) -> Hit | None:
    """K01: no baseline in figures."""
    return None if has_number(one.baseline) else Hit(None, places_of(one, one.baseline))


def check_baseline_year(one: Series, _: Sequence[Series]) -> Hit | None:
    """K02: a baseline without its time."""
    if not has_number(one.baseline) or one.baseline.is_dated:
        return None
    return Hit(None, places_of(one, one.baseline))


def check_target(one: Series, _: Sequence[Series]) -> Hit | None:
    """K03: neither a number nor an arrow as target."""
    return None if has_target(one) else Hit(None, places_of(one, one.target))


def check_target_year(one: Series, _: Sequence[Series]) -> Hit | None:
    """K04: a target without its time."""
    if not has_target(one) or one.target.is_dated:
        return None
    return Hit(None, places_of(one, one.target))


def check_direction_only(one: Series, _: Sequence[Series]) -> Hit | None:
    """K05: an arrow in place of a target."""
    if one.target is None or not one.target.is_direction:
        return None
    return Hit(None, places_of(one, one.target))


def check_units(one: Series, _: Sequence[Series]) -> Hit | None:
    """K06: baseline and target differ in unit, or in the number of years that they cover.

    A total (累計) grows with the years: there another number of years is what is meant.
    """
    if not one.has_pair:
        return None
    base, target = one.baseline, one.target
    units = [one.unit_of(value) for value in (base, target)]
    if compare_units(*units) != "same":
        shown = [unit or message("（単位なし）") for unit in units]
        detail = message("当初値は「{base}」、目標値は「{target}」です", base=shown[0], target=shown[1])
        return Hit(detail, places_of(one, base, target))
    spans = [one.years_of(value) for value in (base, target)]
    if one.type == "cumulative" or None in spans or spans[0] == spans[1]:
        return None
    detail = message(
        "当初値は{base}年分、目標値は{target}年分の数です",
        base=plain_decimal(spans[0]),
        target=plain_decimal(spans[1]),
    )
    return Hit(detail, places_of(one, base, target))


def check_counting(one: Series, _: Sequence[Series]) -> Hit | None:
    """K07: stock, yearly flow or total: not written, while there are figures."""
    stated = [value for value in (one.baseline, one.target) if has_number(value)]
    if (
        one.has_pair
        and covers_years(one)
        and span_refusal(one, one.baseline, one.target) == "base_years_unknown"
    ):
        detail = message(
            "目標値は{years}年分の数ですが、当初値が何年分の数かは書かれていません",
            years=plain_decimal(one.target.years),
        )
        return Hit(detail, places_of(one, *stated))
    if one.type != "undecided" or not any(value.is_number for value in one.values):
        return None
    if any(_says_yearly(one, value) for value in stated):
        return None  # one of the units says it: that the other does not is K06
    return Hit(None, places_of(one, *stated))


def _says_yearly(one: Series, value: Value) -> bool:
    return split_unit(one.unit_of(value))[1]


def check_repetition(one: Series, series: Sequence[Series]) -> Hit | None:
    """K08: the same indicator stands under another goal."""
    if one.repeats is None:
        return None
    first = next((other for other in series if other.kpi_id == one.repeats), None)
    places = (series_place(one), *([series_place(first)] if first else []))
    return Hit(None, places)


def check_unchanged(one: Series, _: Sequence[Series]) -> Hit | None:
    """K10: the target is the baseline, though neither to be kept nor a ceiling of zero."""
    if one.direction == "keep" or one.type == "yes_no" or compute_planned_change(one).form != "maintain":
        return None
    detail = message("当初値も目標値も{value}です", value=amount_of(one, one.target))
    return Hit(detail, places_of(one, one.baseline, one.target))


def check_money(one: Series, _: Sequence[Series]) -> Hit | None:
    """K21: an amount of money that does not say whether prices are taken out."""
    stated = [value for value in (one.baseline, one.target) if has_number(value)]
    units = [split_unit(one.unit_of(value))[0] or "" for value in stated]
    if _REAL in one.name or not any(unit.split("/")[0].endswith("円") for unit in units):
        return None
    return Hit(None, places_of(one, *stated))


ROW_RULES = {
    "K01": check_baseline,
    "K02": check_baseline_year,
    "K03": check_target,
    "K04": check_target_year,
    "K05": check_direction_only,
    "K06": check_units,
    "K07": check_counting,
    "K08": check_repetition,
    "K10": check_unchanged,
    "K21": check_money,
}
