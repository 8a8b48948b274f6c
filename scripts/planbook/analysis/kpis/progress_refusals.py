"""What the figures of `planbook.analysis.kpis.progress_figures` are computed from, and what stands against each.

A refusal is a key of `planbook.analysis.kpis.reasons.REASONS`, or None where nothing stands against a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planbook.analysis.kpis.cumulative import Accumulation, is_total_of_years, span_refusal
from planbook.analysis.kpis.forms import number_of
from planbook.analysis.kpis.pace import Timeline
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.unit_relations import compare_units


@dataclass(frozen=True)
class Inputs:
    """What the figures of one series are computed from; see `planbook.analysis.kpis.progress` for the symbols."""

    series: Series
    value: Value | None
    accumulation: Accumulation | None
    timeline: Timeline

    @property
    def base(self) -> Decimal | None:
        """B; a total of several years starts from 0."""
        return number_of(self.series.baseline) if self.accumulation is None else Decimal(0)

    @property
    def target(self) -> Decimal | None:
        """T."""
        return number_of(self.series.target)

    @property
    def actual(self) -> Decimal | None:
        """A."""
        return number_of(self.value) if self.accumulation is None else self.accumulation.actual


def form_refusal(x: Inputs) -> str | None:
    """Tell why no difference exists at all: done or not done."""
    return "yes_no" if x.series.type == "yes_no" else None


def target_refusal(x: Inputs) -> str | None:
    """Tell why there is no T."""
    target = x.series.target
    if x.series.type == "yes_no":
        return "yes_no"
    if target is None or not target.is_number:
        return "direction_only" if target is not None and target.is_direction else "no_target"
    return None


def base_refusal(x: Inputs) -> str | None:
    """Tell why there is no B; a total of several years has one, 0."""
    return "no_base_to_compare" if number_of(x.series.baseline) is None and x.accumulation is None else None


def total_refusal(x: Inputs) -> str | None:
    """Tell why a total of several years is not held against its baseline."""
    if x.accumulation is None:
        return None
    return "one_year_base" if is_total_of_years(x.series) else "total_base"


def unit_refusal(series: Series, first: Value | None, second: Value | None) -> str | None:
    """Tell why two values have no common unit."""
    if first is None or second is None:
        return None
    different = compare_units(series.unit_of(first), series.unit_of(second)) == "different"
    return "different_units" if different else None


def pair_refusal(series: Series, first: Value | None, second: Value | None) -> str | None:
    """Tell why two values may not be subtracted: another unit, or another number of years."""
    if first is None or second is None:
        return None
    return unit_refusal(series, first, second) or span_refusal(series, first, second)


def elapsed_refusal(x: Inputs, *, whole: bool = False) -> str | None:
    """Tell why no share of time is known; `whole`: why not even the time from start to end is."""
    time = x.timeline
    if time.now is None and not whole:
        return "no_actual"
    if time.end is None:
        return "no_target_date"
    if time.start is None:
        return base_refusal(x) or "no_base_date"
    if whole:
        return "dates_reversed" if time.length <= 0 else None
    return time.elapsed_refusal


def left_refusal(x: Inputs) -> str | None:
    """Tell why no time is left until the target."""
    if x.timeline.end is None:
        return "no_target_date"
    return "no_time_left" if x.timeline.is_final else None


def passed_refusal(x: Inputs) -> str | None:
    """Tell why no time has passed since the start."""
    if x.accumulation is not None and x.timeline.end is None:
        return "no_target_date"
    return x.timeline.passed_refusal or ("no_time_passed" if x.timeline.passed == 0 else None)
