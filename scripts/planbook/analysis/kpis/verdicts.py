"""Verdicts of the forms that have no rate of progress: kept, as directed, zero, done.

A verdict holds at the date of the actual and needs no date of the target. None of them is an on-track class.
"""

from __future__ import annotations

from decimal import Decimal

from planbook.analysis.kpis.forms import (
    contradicts_direction,
    direction_of,
    form_of,
    number_of,
    planned_direction,
)
from planbook.analysis.kpis.sampling import Margin
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.unit_relations import compare_units

Verdict = tuple[str | None, str | None]


def find_verdict(series: Series, actual: Value | None, margin: Margin | None) -> Verdict:
    """Return the verdict (key of `VERDICTS`) and, if the form should have one and has not, the reason.

    Parameters
    ----------
    actual : the latest.
    margin : what chance may do to the change from the baseline to it.
    """
    form = form_of(series)
    if form not in _BY_FORM:
        return None, None
    if actual is None:
        return None, "no_actual"
    return _BY_FORM[form](series, actual, margin)


def dead_band(series: Series, margin: Margin | None) -> Decimal | None:
    """Return the width within which a change counts as none; None where neither declared nor measured."""
    widths = [series.tolerance, margin.width if margin is not None else None]
    return max((width for width in widths if width is not None), default=None)


def kept_value(series: Series) -> Decimal | None:
    """Return the value that is to be kept: the target where it is a number, else the baseline."""
    target = number_of(series.target)
    return target if target is not None else number_of(series.baseline)


def _judge_direction(series: Series, actual: Value, margin: Margin | None) -> Verdict:
    base = number_of(series.baseline)
    if base is None:
        return None, "no_base_to_compare"
    refusal = _comparison_refusal(series, actual)
    if contradicts_direction(series):
        return None, "direction_contradicts"
    band = dead_band(series, margin)
    if refusal is None and band is None and series.type == "survey_share":
        refusal = "survey_without_n"
    if refusal is not None:
        return None, refusal
    moved = (actual.value - base) * planned_direction(series)
    if abs(moved) <= (band or 0):
        return "within_error", None
    return ("as_directed" if moved > 0 else "against"), None


def _judge_keeping(series: Series, actual: Value, margin: Margin | None) -> Verdict:
    kept = kept_value(series)
    if kept is None:
        return None, "no_base_to_compare"
    refusal = _comparison_refusal(series, actual)
    if refusal is not None:
        return None, refusal
    tolerance = series.tolerance
    if tolerance is None and margin is not None and margin.kind == "survey":
        tolerance = margin.width
    if tolerance is None:
        return None, "no_tolerance"
    moved = actual.value - kept
    if abs(moved) <= tolerance:
        return "kept", None
    return ("kept_better" if moved * (direction_of(series) or 0) > 0 else "left"), None


def _judge_zero(series: Series, actual: Value, margin: Margin | None) -> Verdict:
    if _comparison_refusal(series, actual) == "different_units":
        return None, "different_units"
    # A sum over any number of years is zero if each of them is.
    if actual.value <= (series.tolerance or 0):
        return "zero_kept", None
    # On the way down to zero, the rate of progress tells.
    return ("zero_exceeded" if not number_of(series.baseline) else None), None


def _judge_act(series: Series, actual: Value, margin: Margin | None) -> Verdict:
    return ("done" if actual.value >= 1 else "not_done"), None


def _comparison_refusal(series: Series, actual: Value) -> str | None:
    against = series.baseline if number_of(series.baseline) is not None else series.target
    if compare_units(series.unit_of(against), series.unit_of(actual)) == "different":
        return "different_units"
    spans = series.years_of(against), series.years_of(actual)
    return "years_differ" if None not in spans and spans[0] != spans[1] else None


_BY_FORM = {
    "direction_only": _judge_direction,
    "maintain": _judge_keeping,
    "ceiling_zero": _judge_zero,
    "yes_no": _judge_act,
}
