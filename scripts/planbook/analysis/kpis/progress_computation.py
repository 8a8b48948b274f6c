"""Computes the `Progress` of an indicator from its rows; the figures' definitions stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planbook.analysis.kpis.cumulative import Accumulation, find_accumulation
from planbook.analysis.kpis.forms import difference_unit, direction_of, form_of, leading_unit
from planbook.analysis.kpis.pace import latest_actual, next_interim, path, target_end, trace_timeline
from planbook.analysis.kpis.progress import Progress
from planbook.analysis.kpis.progress_figures import compute_figures
from planbook.analysis.kpis.progress_remarks import list_remarks
from planbook.analysis.kpis.sampling import measure_margin
from planbook.analysis.kpis.series import Series, Value
from planbook.analysis.kpis.verdicts import find_verdict


def compute_progress(
    series: Series,
    *,
    period_end: date | None,
    today: date | None = None,
    assumed_target_end: date | None = None,
) -> Progress:
    """Return how far an indicator has come.

    Parameters
    ----------
    period_end : last day of the plan, for a remark on targets beyond it; None leaves the remark out.
    today : tells values of an unfinished year and targets that are past due; None leaves the remarks out.
    assumed_target_end : taken for the target's date where the document states none. The result then has a
        `reading` to print beside every figure of it. Without it, an undated target gets no on-track verdict.
    """
    end = target_end(series, assumed_target_end)
    actual = latest_actual(series)
    accumulation = find_accumulation(series, end, actual)
    timeline = trace_timeline(series, end, accumulation)
    here = path(series, timeline.now, assumed_target_end) if timeline.now is not None else None
    figures = compute_figures(series, actual, accumulation, timeline, here)
    progress = Progress(
        **_stated(series),
        **_chances(series, actual, accumulation),
        actual=actual,
        timeline=timeline,
        next_interim=next_interim(series, timeline.now),
        accumulation=accumulation,
        assumed_target_end=assumed_target_end if end is not None and not series.target.is_dated else None,
        refusals=figures.refusals,
        **figures.values,
    )
    return replace(progress, remarks=list_remarks(series, progress, period_end=period_end, today=today))


def _stated(series: Series) -> dict[str, object]:
    """Return what follows from the rows alone, without an actual."""
    return {
        "kpi_id": series.kpi_id,
        "role": series.role,
        "is_judged": series.is_judged,
        "form": form_of(series),
        "direction": direction_of(series),
        "unit": leading_unit(series),
        "difference_unit": difference_unit(series),
        "baseline": series.baseline,
        "target": series.target,
    }


def _chances(series: Series, actual: Value | None, accumulation: Accumulation | None) -> dict[str, object]:
    """Return the margins and the verdict that they allow; a total of several years has no margin beside its base."""
    pairs = (actual, series.target) if accumulation is None else (None, None)
    margin, planned = (measure_margin(series, series.baseline, other) for other in pairs)
    verdict, refusal = find_verdict(series, actual, margin) if series.is_judged else (None, "reference")
    return {"margin": margin, "planned_margin": planned, "verdict": verdict, "verdict_refusal": refusal}


def compute_readings(
    series: Series, *, period_end: date | None, today: date | None = None
) -> tuple[Progress, ...]:
    """Return the progress as the document dates it, then 「計画最終年度と解した場合」 if its target is undated."""
    stated = compute_progress(series, period_end=period_end, today=today)
    if series.target is None or series.target.is_dated or period_end is None:
        return (stated,)
    assumed = compute_progress(series, period_end=period_end, today=today, assumed_target_end=period_end)
    return stated, assumed
