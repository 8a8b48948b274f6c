"""The figures of `planbook.analysis.kpis.progress`, each a number or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from planbook.analysis.kpis.cumulative import Accumulation, is_total_of_years
from planbook.analysis.kpis.forms import form_of, number_of, unit_of
from planbook.analysis.kpis.moments import decimal_of
from planbook.analysis.kpis.pace import Timeline
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.unit_relations import compare_units, is_percent

#: A rate of progress outside these bounds is printed as its pair of differences.
LOWEST, HIGHEST = -1, 2


@dataclass
class Figures:
    """Figures by name, and the reason (key of `REASONS`) of each that is not given."""

    values: dict[str, object] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, refusal: str | None, compute: Callable[[], object]) -> None:
        """Enter a figure; it is computed only if nothing stands against it."""
        self.values[name] = compute() if refusal is None else None
        if refusal is not None:
            self.refusals[name] = refusal


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


def compute_figures(
    series: Series,
    actual: Value | None,
    accumulation: Accumulation | None,
    timeline: Timeline,
    path_value: Decimal | None,
) -> Figures:
    """Return every figure of a series with its reason where it is not given."""
    inputs = Inputs(series, actual, accumulation, timeline)
    out = Figures({"actual_value": inputs.actual})
    _put_differences(out, inputs)
    _put_ratio(out, inputs)
    _put_paces(out, inputs)
    _put_outlook(out, inputs)
    refusal = None if path_value is not None else _path_refusal(out, inputs)
    out.put("path_value", refusal, lambda: path_value)
    return out


def _put_differences(out: Figures, x: Inputs) -> None:
    base, target = x.series.baseline, x.series.target
    start = _total_refusal(x) or _pair_refusal(x.series, base, target)
    out.put("planned", _target_refusal(x) or _base_refusal(x) or start, lambda: x.target - x.base)
    missing = "no_actual" if x.value is None else None
    since = _total_refusal(x) or _pair_refusal(x.series, base, x.value)
    out.put("change", _form_refusal(x) or _base_refusal(x) or missing or since, lambda: x.actual - x.base)
    total = x.accumulation.refusal if x.accumulation is not None else None
    until = _unit_refusal(x.series, x.value, target) if total is None and x.accumulation is not None else None
    until = until or total or (_pair_refusal(x.series, x.value, target) if x.accumulation is None else None)
    out.put("gap", _target_refusal(x) or missing or until, lambda: x.target - x.actual)


def _put_ratio(out: Figures, x: Inputs) -> None:
    out.put(
        "ratio",
        _ratio_refusal(out, x),
        lambda: (Fraction(x.actual) - Fraction(x.base)) / (Fraction(x.target) - Fraction(x.base)),
    )
    ratio = out.values["ratio"]
    refusal = out.refusals.get("ratio") or _percent_refusal(x, ratio)
    out.put("progress_pct", refusal, lambda: decimal_of(ratio * 100))


def _ratio_refusal(out: Figures, x: Inputs) -> str | None:
    if x.accumulation is not None:
        return out.refusals.get("gap") or ("zero_total" if x.target == 0 else None)
    if "gap" not in out.refusals and x.base is None:
        return "no_baseline"
    refusal = next(
        (out.refusals[name] for name in ("gap", "planned", "change") if name in out.refusals), None
    )
    return refusal or ("maintain" if form_of(x.series) == "maintain" or x.base == x.target else None)


def _percent_refusal(x: Inputs, ratio: Fraction) -> str | None:
    if x.accumulation is None and x.base <= 0 and not (x.base == 0 and x.series.type == "cumulative"):
        return "base_not_positive"
    if min(x.target, x.actual) < 0:
        return "sign_change"
    return None if LOWEST <= ratio <= HIGHEST else "out_of_range"


def _put_paces(out: Figures, x: Inputs) -> None:
    time, total = x.timeline, x.accumulation
    length = _elapsed_refusal(x, whole=True)
    if total is not None:
        out.put("planned_pace", None, lambda: total.yearly_target)
    else:
        refusal = out.refusals.get("planned") or length
        out.put("planned_pace", refusal, lambda: _per_year(x.target - x.base, time.length))
    refusal = out.refusals.get("gap") or _left_refusal(x)
    out.put("required_pace", refusal, lambda: _per_year(x.target - x.actual, time.left))
    refusal = out.refusals.get("gap" if total is not None else "change") or _passed_refusal(x)
    out.put("observed_pace", refusal, lambda: _per_year(x.actual - x.base, time.passed))


def _put_outlook(out: Figures, x: Inputs) -> None:
    elapsed = x.timeline.elapsed
    out.put("elapsed", _elapsed_refusal(x), lambda: elapsed)
    del out.values["elapsed"]  # it is a property of the timeline
    still = "no_time_passed" if elapsed == 0 else None
    refusal = out.refusals.get("progress_pct") or out.refusals.get("elapsed") or still
    out.put("pace_ratio_pct", refusal, lambda: decimal_of(out.values["ratio"] / elapsed * 100))
    refusal = out.refusals.get("observed_pace") or out.refusals.get("elapsed") or still
    if refusal is None and x.timeline.left < 0:
        refusal = "after_target"
    if refusal is None:
        refusal = _projection_refusal(x, _project(x))
    out.put("projection", refusal, lambda: decimal_of(_project(x)))


def _project(x: Inputs) -> Fraction:
    return Fraction(x.base) + (Fraction(x.actual) - Fraction(x.base)) / x.timeline.elapsed


def _projection_refusal(x: Inputs, projection: Fraction) -> str | None:
    """Tell whether the straight line leaves what the values can be."""
    if form_of(x.series) == "ceiling_zero" and projection < 0:
        return "projection_below_zero"
    shares = x.series.type == "survey_share" and is_percent(unit_of(x.series, x.value) or "%")
    return "projection_impossible" if shares and not 0 <= projection <= 100 else None


def _per_year(difference: Decimal, years: Fraction) -> Decimal:
    return decimal_of(Fraction(difference) / years)


def _form_refusal(x: Inputs) -> str | None:
    return "yes_no" if x.series.type == "yes_no" else None


def _target_refusal(x: Inputs) -> str | None:
    target = x.series.target
    if x.series.type == "yes_no":
        return "yes_no"
    if target is None or not target.is_number:
        return "direction_only" if target is not None and target.is_direction else "no_target"
    return None


def _base_refusal(x: Inputs) -> str | None:
    return "no_base_to_compare" if number_of(x.series.baseline) is None and x.accumulation is None else None


def _total_refusal(x: Inputs) -> str | None:
    if x.accumulation is None:
        return None
    return "one_year_base" if is_total_of_years(x.series) else "total_base"


def _unit_refusal(series: Series, first: Value | None, second: Value | None) -> str | None:
    if first is None or second is None:
        return None
    different = compare_units(unit_of(series, first), unit_of(series, second)) == "different"
    return "different_units" if different else None


def _pair_refusal(series: Series, first: Value | None, second: Value | None) -> str | None:
    """Tell why two values may not be subtracted: another unit, or another number of years."""
    if first is None or second is None:
        return None
    refusal = _unit_refusal(series, first, second)
    if refusal or series.type in ("rate", "index", "survey_share"):
        return refusal
    if series.type == "cumulative":
        # running totals cover more years the later they are
        one_year = first.years == 1 and second.years is None
        return "total_years_unknown" if one_year and second.kind == "target" else None
    known = first.years is not None and second.years is not None
    return "years_differ" if known and first.years != second.years else None


def _elapsed_refusal(x: Inputs, *, whole: bool = False) -> str | None:
    """Tell why no share of time is known; `whole`: why not even the time from start to end is."""
    time = x.timeline
    if time.now is None and not whole:
        return "no_actual"
    if time.end is None:
        return "no_target_date"
    if time.start is None:
        return _base_refusal(x) or "no_base_date"
    if whole:
        return "dates_reversed" if time.length <= 0 else None
    return time.elapsed_refusal


def _left_refusal(x: Inputs) -> str | None:
    if x.timeline.end is None:
        return "no_target_date"
    return "no_time_left" if x.timeline.is_final else None


def _passed_refusal(x: Inputs) -> str | None:
    if x.accumulation is not None and x.timeline.end is None:
        return "no_target_date"
    return x.timeline.passed_refusal or ("no_time_passed" if x.timeline.passed == 0 else None)


def _path_refusal(out: Figures, x: Inputs) -> str:
    planned = out.refusals.get("planned") if x.accumulation is None else None
    refusal = planned or _elapsed_refusal(x, whole=True) or x.timeline.elapsed_refusal
    return refusal or "after_target"
