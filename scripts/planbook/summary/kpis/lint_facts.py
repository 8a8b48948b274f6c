"""What the lint of a plan's indicators knows beside their rows, gathered from the plan."""

from __future__ import annotations

from planbook.analysis.frames import list_records
from planbook.analysis.kpis.calendar import PlanYears, ReleaseCalendar
from planbook.analysis.kpis.lint import KpiFinding, LintContext, lint, list_pending, read_judgements
from planbook.analysis.kpis.lint_rules_calendar import find_calendar
from planbook.analysis.kpis.series import Series
from planbook.load.plan import Plan
from planbook.summary.kpis.evidence_facts import gather_evidence
from planbook.summary.kpis.plan_series import list_series
from planbook.vocabulary.characters import fold


def build_lint_context(plan: Plan) -> LintContext:
    """Return the plan's years, statistics, judgements, evidence and goal numbers."""
    period = plan.file.period
    numbers = [row["number"] for row in list_records(plan.frame("goals"))]
    return LintContext(
        years=PlanYears(period.start_fiscal_year, period.end_fiscal_year),
        statistics={row.statistic: row for row in plan.reference.table("statistics").rows},
        judgements=read_judgements(plan.frame("kpi_judgements")),
        evidence=gather_evidence(plan),
        goal_numbers=frozenset(fold(number).text for number in numbers if number is not None),
    )


def gather_findings(plan: Plan) -> tuple[list[KpiFinding], list[KpiFinding]]:
    """Return the plan's findings, and what a person has left undecided."""
    series = list_series(plan)
    context = build_lint_context(plan)
    return lint(series, context=context), list_pending(series, context=context)


def gather_calendars(plan: Plan) -> list[tuple[Series, ReleaseCalendar | None]]:
    """Return every series that counts with its calendar; None where the statistic behind it is not known."""
    context = build_lint_context(plan)
    series = list_series(plan)
    judged = [one for one in series if one.role != "reference" and one.repeats is None]
    return [(one, find_calendar(one, context)) for one in judged]
