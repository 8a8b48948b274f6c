"""From a plan to its checks: its statements, the official figures, the outcome of its own assumptions."""

from __future__ import annotations

from decimal import Decimal

from planbook.analysis.kpis.series import read_series
from planbook.analysis.recalculation.checks import Check
from planbook.analysis.recalculation.official import EditionInfo, Official
from planbook.analysis.recalculation.rules import run_rules
from planbook.analysis.recalculation.stated import ScenarioResult, WorldResult
from planbook.analysis.recalculation.statements import Statements, read_claims, read_goals, read_rows
from planbook.load.plan import Plan
from planbook.summary.outlook.baseline import Unavailable, gather_baseline
from planbook.summary.outlook.stated import ROUND_SHARE, Absence, StatedScenario, gather_stated
from planbook.vocabulary.rounding import to_decimal

_SHOWN_WORLDS = ("adoption", "today")


def gather_checks(plan: Plan) -> tuple[Check, ...]:
    """Run every rule over a plan; the checks are in the order of its documents."""
    return run_rules(gather_statements(plan))


def gather_statements(plan: Plan) -> Statements:
    """Gather what the rules read of a plan."""
    kpis, values = plan.frame("kpis"), plan.frame("kpi_values")
    return Statements(
        file=plan.file,
        claims=read_claims(plan.frame("claims")),
        goals=read_goals(plan.frame("goals")),
        series=tuple(read_series(kpis, values)),
        rows=read_rows(kpis, values),
        official=gather_official(plan),
        scenario=gather_scenario(plan),
    )


def gather_official(plan: Plan) -> Official:
    """Gather the municipality's totals and projections, and every edition, the newest publication first."""
    rows = [plan.reference.row("editions", name) for name in plan.reference.editions()]
    editions = tuple(EditionInfo(row.edition, row.name_ja, row.name_en, row.published) for row in rows)
    return Official(plan.municipality.frame("population"), plan.municipality.frame("projections"), editions)


def gather_scenario(plan: Plan) -> ScenarioResult | None:
    """Compute the plan's own assumptions as at adoption and as of today; None where it states none."""
    outlook = plan.file.outlook
    if not outlook.assumptions or not outlook.targets:
        return None
    try:
        baseline = gather_baseline(plan)
    except Unavailable:
        baseline = None
    stated = gather_stated(plan, baseline)
    if isinstance(stated, Absence):
        return ScenarioResult(None, (), stated.reason)
    worlds = tuple(_world(stated, key) for key in _SHOWN_WORLDS if stated.world(key) is not None)
    return ScenarioResult(stated.target.id, worlds, stated.adoption_missing)


def _world(stated: StatedScenario, key: str) -> WorldResult:
    world = stated.world(key)
    reaching, readings = stated.reaching(key)
    low, high = (_persons(value) for value in stated.range_of(key))
    return WorldResult(
        key,
        world.edition,
        world.rates.base.year,
        reaching,
        readings,
        low,
        high,
        world.hindsight,
        world.verified,
        to_decimal(100 * ROUND_SHARE),
    )


def _persons(value: float) -> Decimal:
    return to_decimal(round(value, 6))
