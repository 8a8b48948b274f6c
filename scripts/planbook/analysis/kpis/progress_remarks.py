"""What to know beside the figures of `planbook.analysis.kpis.progress`, as keys of `REMARKS`."""

from __future__ import annotations

from datetime import date

from planbook.analysis.kpis.cumulative import is_total_of_years
from planbook.analysis.kpis.forms import contradicts_direction, number_of
from planbook.analysis.kpis.moments import moment_of_day
from planbook.analysis.kpis.progress import Progress
from planbook.analysis.kpis.series import Series
from planbook.analysis.kpis.verdicts import dead_band
from planbook.vocabulary.unit_relations import compare_units


def list_remarks(
    series: Series, progress: Progress, *, period_end: date | None, today: date | None
) -> tuple[str, ...]:
    """Return the remarks that hold, in the order of reading: what is assumed, how it is counted, how sure."""
    holds = {
        "assumed_target_end": progress.assumed_target_end is not None,
        **_of_dates(progress, period_end, today),
        **_of_counting(series, progress),
        **_of_certainty(series, progress),
    }
    return tuple(key for key, true in holds.items() if true)


def _of_dates(progress: Progress, period_end: date | None, today: date | None) -> dict[str, bool]:
    time = progress.timeline
    now = moment_of_day(today).time if today is not None else None
    last = moment_of_day(period_end).time if period_end is not None else None
    return {
        "mixed_dates": time.is_mixed,
        "unfinished": now is not None and time.now is not None and now < time.now.time,
        "past_due": now is not None and time.end is not None and now > time.end.time and not time.is_final,
        "after_target_date": time.left is not None and time.left < 0,
        "target_after_period": last is not None and time.end is not None and time.end.time > last,
    }


def _of_counting(series: Series, progress: Progress) -> dict[str, bool]:
    total = progress.accumulation
    units = {series.unit_of(value) for value in series.values if value.is_number}
    relations = {compare_units(one, other) for one in units for other in units}
    base, target = number_of(series.baseline), number_of(series.target)
    return {
        "unit_written_differently": "per_year" in relations,
        "type_undecided": series.type == "undecided" and progress.change is not None,
        "yearly_flow": total is not None and is_total_of_years(series),
        "from_zero": total is not None and not is_total_of_years(series),
        "summed": total is not None and total.summed,
        "running_actual": _is_taken_as_running(series, progress),
        "direction_contradicts": contradicts_direction(series),
        "keep_but_differs": progress.form == "maintain" and None not in (base, target) and base != target,
    }


def _is_taken_as_running(series: Series, progress: Progress) -> bool:
    """Tell whether an actual of a declared total does not say over how many years it runs, and is used."""
    actual = progress.actual
    used = progress.gap is not None or progress.change is not None
    return series.type == "cumulative" and actual is not None and actual.years is None and used


def _of_certainty(series: Series, progress: Progress) -> dict[str, bool]:
    change, planned = progress.change, progress.planned
    margin, ahead = progress.margin, progress.planned_margin
    band = dead_band(series, margin)
    return {
        "within_margin": bool(margin and change is not None and margin.covers(change)),
        "target_within_margin": bool(ahead and planned and ahead.covers(planned)),
        "survey_without_n": series.type == "survey_share" and change is not None and margin is None,
        "no_dead_band": progress.form == "direction_only" and progress.verdict is not None and band is None,
    }
