"""The figures of an indicator's progress as numbers that say how they were computed and from what."""

from __future__ import annotations

from decimal import Decimal

from planbook.analysis.kpis.progress import Progress
from planbook.load.plan import Plan
from planbook.presentation.kpis.kpi_values import unit_form, value_number
from planbook.summary.kpis.kpi_facts import KpiFacts
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number
from planbook.vocabulary.rounding import format_number


def _figures(plan: Plan, facts: KpiFacts) -> dict[str, Number]:
    """Return baseline, target and actual as numbers of their documents, those that there are."""
    progress = facts.progress
    stated = {"base": progress.baseline, "target": progress.target, "actual": progress.actual}
    return {
        name: value_number(plan, facts.series, value)
        for name, value in stated.items()
        if value is not None and value.is_number
    }


def _decimals(figures: dict[str, Number]) -> int:
    return max((n.decimals for n in figures.values()), default=0)


def _difference(plan: Plan, facts: KpiFacts, value: Decimal | None, parts: tuple[str, str]) -> Number | None:
    if value is None:
        return None
    figures, progress = _figures(plan, facts), facts.progress
    decimals = _decimals(figures)
    unit = "points" if progress.difference_unit == "ポイント" else unit_form(progress.difference_unit)
    shown = format_number(value, decimals, sign=True)
    if progress.accumulation is not None or not set(parts) <= set(figures):
        # A total is held against nothing but its target; the sum of its years has no line of its own.
        formula = text("累計の実績と目標値の差 ＝ {value}", value=shown)
        return Number(value, unit, decimals, sign=True, formula=formula, inputs=tuple(figures.values()))
    first, second = (figures[part] for part in parts)
    formula = f"{first.bare()} − {_bracketed(second)} ＝ {shown}"
    return Number(value, unit, decimals, sign=True, formula=formula, inputs=(first, second))


def gap_number(plan: Plan, facts: KpiFacts) -> Number | None:
    """Return what is left to the target; None where there is no gap."""
    return _difference(plan, facts, facts.progress.gap, ("target", "actual"))


def change_number(plan: Plan, facts: KpiFacts) -> Number | None:
    """Return what has changed since the baseline; None where it cannot be told."""
    return _difference(plan, facts, facts.progress.change, ("actual", "base"))


def planned_number(plan: Plan, facts: KpiFacts) -> Number | None:
    """Return what the plan set out to change; None where it cannot be told."""
    return _difference(plan, facts, facts.progress.planned, ("target", "base"))


def progress_number(plan: Plan, facts: KpiFacts) -> Number | None:
    """Return the progress p in per cent; None where it does not exist or would mislead."""
    progress = facts.progress
    if progress.progress_pct is None:
        return None
    figures = _figures(plan, facts)
    shown = format_number(progress.progress_pct, 1)
    base, target, actual = (figures.get(name) for name in ("base", "target", "actual"))
    if progress.accumulation is not None:
        total = format_number(progress.actual_value, _decimals(figures))
        formula = f"{total} ÷ {target.bare()} ＝ {shown}%"
    else:
        formula = (
            f"（{actual.bare()} − {_bracketed(base)}）÷（{target.bare()} − {_bracketed(base)}）＝ {shown}%"
        )
    return Number(progress.progress_pct, "percent", 1, formula=formula, inputs=tuple(figures.values()))


def elapsed_number(facts: KpiFacts) -> Number | None:
    """Return the elapsed share of the time in per cent; None where a date is missing."""
    progress = facts.progress
    if progress.elapsed_pct is None:
        return None
    line = progress.timeline
    days = {"start": line.start.last_day, "now": line.now.last_day, "end": line.end.last_day}
    formula = text(
        "{start}から{end}までのうち{now}まで ＝ {value}%",
        value=format_number(progress.elapsed_pct, 1),
        **{name: day.isoformat() for name, day in days.items()},
    )
    return Number(progress.elapsed_pct, "percent", 1, formula=formula)


def pace_number(plan: Plan, facts: KpiFacts, which: str) -> Number | None:
    """Return a pace per year: required, observed or planned; None where there is none."""
    value = getattr(facts.progress, f"{which}_pace")
    if value is None:
        return None
    figures, progress = _figures(plan, facts), facts.progress
    line = progress.timeline
    spans = {"required": (progress.gap, line.left), "observed": (progress.change, line.passed)}
    if progress.accumulation is not None:
        spans["observed"] = (progress.actual_value, line.passed)
    amount, years = spans.get(which, (progress.planned, line.length))
    decimals = _decimals(figures) + 1
    unit = "points" if progress.difference_unit == "ポイント" else unit_form(progress.difference_unit)
    formula = None
    if amount is not None and years is not None:
        formula = text(
            "{amount} ÷ {years}年 ＝ 年 {value}",
            amount=format_number(amount, decimals - 1, sign=True),
            years=format_number(
                Decimal(years.numerator) / Decimal(years.denominator), 0 if years.denominator == 1 else 2
            ),
            value=format_number(value, decimals, sign=True),
        )
    return Number(value, unit, decimals, sign=True, formula=formula, inputs=tuple(figures.values()))


def projection_number(plan: Plan, facts: KpiFacts) -> Number | None:
    """Return the value at the target's date if the observed pace lasts; None where none is given."""
    progress: Progress = facts.progress
    # Something to be kept, or kept at zero, has no course that could be drawn on.
    if progress.projection is None or progress.form in ("maintain", "ceiling_zero", "direction_only"):
        return None
    figures = _figures(plan, facts)
    decimals = _decimals(figures)
    shown = format_number(progress.projection, decimals)
    if progress.accumulation is not None:
        formula = text("数え始めから実績までの歩みを目標の時点まで延ばす ＝ {value}", value=shown)
    else:
        formula = text("当初値から実績までの歩みを目標の時点まで延ばす ＝ {value}", value=shown)
    return Number(
        progress.projection,
        unit_form(progress.unit),
        decimals,
        formula=formula,
        inputs=tuple(figures.values()),
    )


def _bracketed(n: Number) -> str:
    return f"（{n.bare()}）" if n.value < 0 else n.bare()
