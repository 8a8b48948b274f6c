"""What the lint of a plan's indicators knows beside their rows, gathered from the plan."""

from __future__ import annotations

from planbook.analysis.frames import list_records
from planbook.analysis.kpis.calendar import PlanYears
from planbook.analysis.kpis.lint import LintContext, read_judgements
from planbook.load.plan import Plan
from planbook.summary.kpis.evidence_facts import gather_evidence
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
