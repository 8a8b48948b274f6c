"""Time and path: how much of the way from baseline to target has passed, and where the straight path runs."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planbook.analysis.kpis.cumulative import Accumulation, find_accumulation, span_refusal
from planbook.analysis.kpis.forms import number_of
from planbook.analysis.kpis.moments import Moment, decimal_of, mixes_kinds, moment_of, moment_of_day
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.unit_relations import compare_units


@dataclass(frozen=True)
class Timeline:
    """The three moments of an indicator: t0, t and t1; each None where it is not known.

    Parameters
    ----------
    start : of the baseline, or of the counting for a total of several years.
    now : of the latest actual.
    end : of the target.
    """

    start: Moment | None
    now: Moment | None
    end: Moment | None

    @property
    def passed(self) -> Fraction | None:
        """Years from start to now."""
        return self.now.time - self.start.time if self.now and self.start else None

    @property
    def left(self) -> Fraction | None:
        """Years from now to the end; negative once it has passed."""
        return self.end.time - self.now.time if self.now and self.end else None

    @property
    def length(self) -> Fraction | None:
        """Years from start to end."""
        return self.end.time - self.start.time if self.start and self.end else None

    @property
    def is_final(self) -> bool:
        """Tell whether the actual is of the target's date or later."""
        return self.left is not None and self.left <= 0

    @property
    def is_mixed(self) -> bool:
        """Tell whether fiscal years, years and days are compared with each other."""
        return mixes_kinds(self.start, self.now, self.end)

    @property
    def elapsed(self) -> Fraction | None:
        """τ = (t − t0) / (t1 − t0), at most 1; None where `elapsed_refusal` says why."""
        return min(Fraction(1), self.passed / self.length) if self.elapsed_refusal is None else None

    @property
    def passed_refusal(self) -> str | None:
        """Why no time is known to have passed since the start."""
        if self.now is None:
            return "no_actual"
        if self.start is None:
            return "no_base_date"
        return "before_baseline" if self.passed < 0 else None

    @property
    def elapsed_refusal(self) -> str | None:
        """Why there is no share of elapsed time."""
        if self.now is not None and self.end is None:
            return "no_target_date"
        if self.passed_refusal:
            return self.passed_refusal
        return "dates_reversed" if self.length <= 0 else None


def latest_actual(series: Series) -> Value | None:
    """Return the latest actual that is a number and has a date."""
    dated = [value for value in series.actuals if value.is_number and value.is_dated]
    return dated[-1] if dated else None


def target_end(series: Series, assumed_target_end: date | None = None) -> Moment | None:
    """Return when the target is due: its own date, else the assumed one."""
    own = moment_of(series.target)
    if own is not None or assumed_target_end is None or series.target is None:
        return own
    return moment_of_day(assumed_target_end)


def trace_timeline(series: Series, end: Moment | None, accumulation: Accumulation | None) -> Timeline:
    """Return the moments of a series; a total of several years starts when its counting starts."""
    start = moment_of(series.baseline) if number_of(series.baseline) is not None else None
    if accumulation is not None:
        start = accumulation.start
    return Timeline(start, moment_of(latest_actual(series)), end)


def path_points(series: Series, assumed_target_end: date | None = None) -> tuple[tuple[Moment, Decimal], ...]:
    """Return the corners of the straight path from baseline to target, through interim and earlier targets.

    Empty for done or not done, where baseline or target has no number or no date, where their units or the
    years that they cover differ, or where the target does not lie after the baseline. A total of several years
    starts from 0.
    """
    end, target = target_end(series, assumed_target_end), number_of(series.target)
    accumulation = find_accumulation(series, end, None)
    start = trace_timeline(series, end, accumulation).start
    if end is None or target is None or start is None or start.time >= end.time:
        return ()
    first = Decimal(0) if accumulation is not None else series.baseline.value
    corners = {start.time: (start, first)}
    for value in (*series.of_kind("target"), *series.of_kind("interim")):
        when = moment_of(value)
        if value.is_number and when is not None and start.time < when.time < end.time:
            corners[when.time] = (when, value.value)
    corners[end.time] = (end, target)
    fits = series.type != "yes_no" and _has_one_unit(series)
    if accumulation is None:
        fits = fits and span_refusal(series, series.baseline, series.target) is None
    return tuple(corners[time] for time in sorted(corners)) if fits else ()


def path(series: Series, t: date | Moment, assumed_target_end: date | None = None) -> Decimal | None:
    """Return the value of the straight path at a time; None before its start, after its end, or without one."""
    time = (t if isinstance(t, Moment) else moment_of_day(t)).time
    points = path_points(series, assumed_target_end)
    if not points or not points[0][0].time <= time <= points[-1][0].time:
        return None
    after = bisect_left([moment.time for moment, _ in points], time)
    if after == 0:
        return points[0][1]
    (left, low), (right, high) = points[after - 1], points[after]
    share = (time - left.time) / (right.time - left.time)
    return decimal_of(Fraction(low) + share * (Fraction(high) - Fraction(low)))


def next_interim(series: Series, now: Moment | None) -> Value | None:
    """Return the first interim target that is due at or after a moment; None without one."""
    dated = [value for value in series.of_kind("interim") if value.is_number and value.is_dated]
    due = (value for value in dated if now is not None and moment_of(value).time >= now.time)
    return next(due, None)


def _has_one_unit(series: Series) -> bool:
    stated = [value for value in series.values if value.is_number and value.kind != "actual"]
    units = [series.unit_of(value) for value in stated]
    return all(compare_units(units[0], unit) != "different" for unit in units)
