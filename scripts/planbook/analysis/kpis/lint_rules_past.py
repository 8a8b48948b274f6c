"""Rules on the level of a target: K11, the past carried on; K12, beyond every value at hand of the ten years before.

The values that a target may be held against are the indicator's own or, where it has too few, those of the
official series linked to it. Of several linked series every one must show the finding: which of them the
indicator follows is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from planbook.analysis.kpis.amounts import Amount, amount_of
from planbook.analysis.kpis.lint_rules_base import Hit, LintContext, places_of
from planbook.analysis.kpis.past_range import (
    EvidenceSeries,
    Point,
    extend_line,
    own_points,
    select_past,
    value_bounds,
)
from planbook.analysis.kpis.planned_change import compute_planned_change
from planbook.analysis.kpis.series import Series
from planbook.vocabulary.errors import Message, message

_SIGNS = {"up": 1, "down": -1}
Past = tuple[tuple[Point, ...], EvidenceSeries | None]


def gather_past(one: Series, context: LintContext) -> list[Past]:
    """Return the runs of past values that the target may be held against; [] where none is at hand."""
    if one.target is None or not one.target.is_number:
        return []
    own = select_past(own_points(one), context.years.start)
    if own:
        return [(own, None)]
    linked = [series for series in context.evidence.get(one.kpi_id, ()) if series.is_comparable(one)]
    runs = [(select_past(series.points, context.years.start), series) for series in linked]
    return [(points, series) for points, series in runs if points]


def check_trend(one: Series, _: Sequence[Series], context: LintContext) -> Hit | None:
    """K11: the straight line through the past reaches the target, within its last digit, in the target's year."""
    runs = gather_past(one, context)
    bounds = value_bounds(one.target) if runs else None
    if bounds is None or compute_planned_change(one).form in ("maintain", "zero"):
        return None
    at = Point(*bounds, one.target.value)
    width = max(one.tolerance or Decimal(0), _half_digit(one))
    reached = [extend_line(points, at) for points, _ in runs]
    if any(abs(value - at.value) > width for value in reached):
        return None
    details = [_trend_words(one, run, value) for run, value in zip(runs, reached, strict=True)]
    return Hit(_joined(details), places_of(one, one.target))


def _half_digit(one: Series) -> Decimal:
    return Decimal(1).scaleb(-one.target.decimals) / 2


def _trend_words(one: Series, run: Past, reached: Decimal) -> Message:
    points, series = run
    return message(
        "{what}（{first}から{last}までの{count}回）を直線で延ばすと{reached}になり、目標{target}と同じ水準です{caution}",
        what=_what(series),
        first=points[0].words,
        last=points[-1].words,
        count=len(points),
        reached=Amount(reached, one.unit_of(one.target), one.target.decimals + 1),
        target=amount_of(one, one.target),
        caution=_caution(series),
    )


def check_range(one: Series, _: Sequence[Series], context: LintContext) -> Hit | None:
    """K12: the target lies, in the wanted direction, beyond every value at hand of the ten years before the plan."""
    runs = gather_past(one, context)
    sign = _wanted_sign(one)
    if not runs or sign == 0:
        return None
    if not all(_is_beyond(one.target.value, points, sign) for points, _ in runs):
        return None
    return Hit(_joined([_range_words(one, run, sign) for run in runs]), places_of(one, one.target))


def _wanted_sign(one: Series) -> int:
    if one.has_pair and one.baseline.value != one.target.value:
        return 1 if one.target.value > one.baseline.value else -1
    return 0 if one.has_pair else _SIGNS.get(one.direction, 0)


def _is_beyond(target: Decimal, points: Sequence[Point], sign: int) -> bool:
    values = [point.value for point in points]
    return target > max(values) if sign > 0 else target < min(values)


def _range_words(one: Series, run: Past, sign: int) -> Message:
    points, series = run
    values = [point.value for point in points]
    words = {
        "what": _what(series),
        "years": _years_words(points),
        "low": _plain_amount(min(values), one),
        "high": _plain_amount(max(values), one),
        "target": amount_of(one, one.target),
        "caution": _caution(series),
    }
    if sign > 0:
        return message(
            "{what}の手元にある値（{years}）は{low}〜{high}で、目標{target}はそのどれよりも大きい値です{caution}",
            **words,
        )
    return message(
        "{what}の手元にある値（{years}）は{low}〜{high}で、目標{target}はそのどれよりも小さい値です{caution}",
        **words,
    )


def _years_words(points: Sequence[Point]) -> Message:
    """Name every value's year: three values of ten years are not ten."""
    words = points[0].words
    for point in points[1:]:
        words = message("{first}、{then}", first=words, then=point.words)
    return words


def _plain_amount(value: Decimal, one: Series) -> Amount:
    decimals = max(0, -value.as_tuple().exponent)
    return Amount(value, one.unit_of(one.target), decimals)


def _what(series: EvidenceSeries | None) -> Message:
    return series.label if series is not None else message("この指標の実績")


def _caution(series: EvidenceSeries | None) -> Message | str:
    return message("（指標とは数え方が違うことがあります）") if series is not None else ""


def _joined(details: Sequence[Message]) -> Message:
    joined = details[0]
    for detail in details[1:]:
        joined = message("{first}。{then}", first=joined, then=detail)
    return joined
