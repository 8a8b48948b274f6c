"""Totals over several years (累計): what they may be compared with, and from when they count.

A total of N years T grows from nothing: its progress is A / T, and its time runs from the start of the
accumulation, t1 − N years, not from the date of the baseline. A baseline of one year beside it is another
quantity. Neither a difference nor a rate of growth exists between the two; what may be compared is the
yearly flow, T / N against B.

A yearly flow (年間の量) covers one year also where nobody has written so. Of every other kind a value of unknown
length stands in no comparison with a total of several years: `span_refusal` says why.

A running total is the exception: where the baseline covers several years and began on the same day as the
target's, the target contains it, and (A − B) / (T − B) is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planbook.analysis.kpis.moments import Moment, decimal_of, moment_of
from planbook.analysis.kpis.series import Series, Value

_NO_TOTALS = ("rate", "index", "survey_share", "yes_no")


@dataclass(frozen=True)
class Accumulation:
    """A total of several years that starts from nothing.

    Parameters
    ----------
    years : N, the years that the target covers.
    yearly_target : T / N, per year.
    yearly_base : the baseline per year; None where the years that it covers are not written.
    start : when the counting starts; None where the target has no date.
    actual : the total so far; None where it cannot be told, and then `refusal` says why.
    summed : the total so far is the sum of the yearly actuals.
    refusal : key of `planbook.analysis.kpis.reasons.REASONS`.
    """

    years: Decimal
    yearly_target: Decimal
    yearly_base: Decimal | None
    start: Moment | None
    actual: Decimal | None = None
    summed: bool = False
    refusal: str | None = None


def is_total_of_years(series: Series) -> bool:
    """Tell whether a baseline of one year stands against a target of several years."""
    base, target = series.baseline, series.target
    return (
        covers_years(series)
        and base is not None
        and base.is_number
        and series.years_of(base) == 1
        and target is not None
    )


def covers_years(series: Series) -> bool:
    """Tell whether the target is a number that sums up more than one year."""
    target = series.target
    if target is None or not target.is_number or series.type in _NO_TOTALS:
        return False
    return target.years is not None and target.years > 1


def span_refusal(series: Series, first: Value, second: Value) -> str | None:
    """Tell why two values may not be subtracted because of the years that they cover; None where they may.

    Parameters
    ----------
    first, second : the one that counts from and the one that it is held against: baseline or actual, and target.
    """
    if series.type in ("rate", "index", "survey_share"):
        return None
    spans = series.years_of(first), series.years_of(second)
    if series.type == "cumulative":
        # running totals cover more years the later they are
        one_year = spans[0] == 1 and spans[1] is None
        return "total_years_unknown" if one_year and second.kind == "target" else None
    if None not in spans:
        return "years_differ" if spans[0] != spans[1] else None
    if max(span or 0 for span in spans) <= 1:
        return None
    unknown = first if spans[0] is None else second
    return _UNKNOWN_SPANS.get(unknown.kind, "target_years_unknown")


_UNKNOWN_SPANS = {"baseline": "base_years_unknown", "actual": "actual_years_unknown"}


def find_accumulation(series: Series, end: Moment | None, actual: Value | None) -> Accumulation | None:
    """Return the accumulation that a target is, or None for every other kind of target.

    Parameters
    ----------
    end : when the target is due; None where that is not known.
    actual : the latest actual.
    """
    declared = covers_years(series) and series.type == "cumulative"
    if not (is_total_of_years(series) or (declared and not _is_running(series, end))):
        return None
    base, target = series.baseline, series.target
    start = end.shifted(-target.years) if end is not None else None
    span = series.years_of(base)
    known = base is not None and base.is_number and span is not None and span > 0
    total, summed, refusal = _total_so_far(series, start, actual)
    return Accumulation(
        years=target.years,
        yearly_target=decimal_of(Fraction(target.value) / Fraction(target.years)),
        yearly_base=decimal_of(Fraction(base.value) / Fraction(span)) if known else None,
        start=start,
        actual=total,
        summed=summed,
        refusal=refusal,
    )


def _is_running(series: Series, end: Moment | None) -> bool:
    base = series.baseline
    when = moment_of(base)
    if when is None or end is None or not base.is_number or base.years is None or base.years <= 1:
        return False
    return when.shifted(-base.years).time == end.shifted(-series.target.years).time


def _total_so_far(
    series: Series, start: Moment | None, actual: Value | None
) -> tuple[Decimal | None, bool, str | None]:
    """Return the total, whether it is a sum of years, and why there is none."""
    if actual is None:
        return None, False, "no_actual"
    span = series.years_of(actual)
    if span is None:
        # A series that is declared a running count says what its actuals are.
        declared = series.type == "cumulative"
        return (actual.value, False, None) if declared else (None, False, "actual_years_unknown")
    passed = moment_of(actual).time - start.time if start is not None else None
    if passed is None or Fraction(span) == passed:
        alone = passed is None and span == 1
        return (None, False, "one_year_actual") if alone else (actual.value, False, None)
    if span != 1:
        return None, False, "accumulation_differs"
    total = _sum_of_years(series, start, passed)
    return (total, True, None) if total is not None else (None, False, "one_year_actual")


def _sum_of_years(series: Series, start: Moment, passed: Fraction) -> Decimal | None:
    """Add up the yearly actuals since the start, if none of them is missing."""
    if passed.denominator != 1 or passed < 1:
        return None
    yearly = {
        moment_of(value).time: value.value
        for value in series.actuals
        if value.is_number and value.is_dated and series.years_of(value) == 1
    }
    wanted = [start.time + year for year in range(1, int(passed) + 1)]
    return sum((yearly[time] for time in wanted), Decimal(0)) if set(wanted) <= set(yearly) else None
