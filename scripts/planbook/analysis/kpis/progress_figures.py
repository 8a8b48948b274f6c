"""The figures of `planbook.analysis.kpis.progress`, each a number or the reason why there is none.

The straight line is not drawn to where an indicator has never been and cannot be expected: below 0 where none
of its values is negative, and beyond 0 … 100 for per cent where all of its values lie within that. A rate that
has a value beyond 100 % (a growth index, a ratio to another year) is no share and goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from planbook.analysis.kpis.cumulative import Accumulation
from planbook.analysis.kpis.forms import contradicts_direction, direction_of, form_of
from planbook.analysis.kpis.moments import decimal_of
from planbook.analysis.kpis.pace import Timeline
from planbook.analysis.kpis.progress_refusals import (
    Inputs,
    base_refusal,
    elapsed_refusal,
    form_refusal,
    left_refusal,
    pair_refusal,
    passed_refusal,
    target_refusal,
    total_refusal,
    unit_refusal,
)
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.unit_relations import is_percent

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
    out.values["attained"] = _has_attained(out, inputs)
    _put_ratio(out, inputs)
    _put_paces(out, inputs)
    _put_outlook(out, inputs)
    refusal = None if path_value is not None else _path_refusal(out, inputs)
    out.put("path_value", refusal, lambda: path_value)
    return out


def _put_differences(out: Figures, x: Inputs) -> None:
    base, target = x.series.baseline, x.series.target
    start = total_refusal(x) or pair_refusal(x.series, base, target)
    out.put("planned", target_refusal(x) or base_refusal(x) or start, lambda: x.target - x.base)
    missing = "no_actual" if x.value is None else None
    since = total_refusal(x) or pair_refusal(x.series, base, x.value)
    out.put("change", form_refusal(x) or base_refusal(x) or missing or since, lambda: x.actual - x.base)
    total = x.accumulation.refusal if x.accumulation is not None else None
    until = unit_refusal(x.series, x.value, target) if total is None and x.accumulation is not None else None
    until = until or total or (pair_refusal(x.series, x.value, target) if x.accumulation is None else None)
    out.put("gap", target_refusal(x) or missing or until, lambda: x.target - x.actual)


def _has_attained(out: Figures, x: Inputs) -> bool | None:
    """Tell whether A has reached T, see `Progress.attained`."""
    gap, direction = out.values["gap"], direction_of(x.series)
    no_side = direction is None or contradicts_direction(x.series)
    if gap is None or no_side or form_of(x.series) in ("maintain", "direction_only", "yes_no"):
        return None
    if x.accumulation is not None and direction < 0 and not x.timeline.is_final:
        return None  # a total that should stay small is below its target until it is not
    return gap * direction <= 0


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
    length = elapsed_refusal(x, whole=True)
    if total is not None:
        out.put("planned_pace", None, lambda: total.yearly_target)
    else:
        refusal = out.refusals.get("planned") or length
        out.put("planned_pace", refusal, lambda: _per_year(x.target - x.base, time.length))
    out.put("required_pace", _required_refusal(out, x), lambda: _per_year(x.target - x.actual, time.left))
    refusal = out.refusals.get("gap" if total is not None else "change") or passed_refusal(x)
    out.put("observed_pace", refusal, lambda: _per_year(x.actual - x.base, time.passed))


def _required_refusal(out: Figures, x: Inputs) -> str | None:
    """Tell why nothing is required per year: nothing can be told, is left, or is to move."""
    refusal = out.refusals.get("gap") or left_refusal(x)
    if refusal:
        return refusal
    form = form_of(x.series)
    if form == "maintain" or (form == "ceiling_zero" and x.base == x.target):
        return "maintain"
    if x.accumulation is not None and direction_of(x.series) == -1:
        return "total_ceiling"
    return "already_reached" if out.values["attained"] else None


def _put_outlook(out: Figures, x: Inputs) -> None:
    elapsed = x.timeline.elapsed
    out.put("elapsed", elapsed_refusal(x), lambda: elapsed)
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
    """Tell whether the straight line leaves what the values can be, see the module's docstring."""
    stated = [value.value for value in x.series.values if value.is_number]
    if _is_share(x) and all(0 <= value <= 100 for value in stated) and not 0 <= projection <= 100:
        return "projection_impossible"
    return "projection_below_zero" if projection < 0 and all(value >= 0 for value in stated) else None


def _is_share(x: Inputs) -> bool:
    unit = x.series.unit_of(x.value)
    if x.series.type == "survey_share":
        return unit is None or is_percent(unit)
    return x.series.type != "index" and is_percent(unit)


def _per_year(difference: Decimal, years: Fraction) -> Decimal:
    return decimal_of(Fraction(difference) / years)


def _path_refusal(out: Figures, x: Inputs) -> str:
    planned = out.refusals.get("planned") if x.accumulation is None else None
    refusal = planned or elapsed_refusal(x, whole=True) or x.timeline.elapsed_refusal
    return refusal or "after_target"
