"""Everything that is known of a plan's indicators, gathered once for its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from planbook.analysis.findings import Answered, match_replies, read_replies
from planbook.analysis.kpis.calendar import ReleaseCalendar
from planbook.analysis.kpis.evaluations import Evaluation, read_evaluations
from planbook.analysis.kpis.lint import KpiFinding, lint, list_pending
from planbook.analysis.kpis.lint_rules_calendar import find_calendar
from planbook.analysis.kpis.listing import Listing, describe_listing, list_unique
from planbook.analysis.kpis.on_track import Judgement, choose_rule, group_rules, judge, judge_under_all
from planbook.analysis.kpis.past_range import EvidenceSeries
from planbook.analysis.kpis.progress import Progress
from planbook.analysis.kpis.progress_computation import compute_readings
from planbook.analysis.kpis.series import Series
from planbook.load.plan import Plan
from planbook.summary.kpis.known_until import known_until
from planbook.summary.kpis.lint_facts import build_lint_context
from planbook.summary.kpis.plan_series import list_series


@dataclass(frozen=True)
class KpiFacts:
    """One indicator with all that is known of it.

    Parameters
    ----------
    readings : its progress as the document dates the target, then 「計画最終年度と解した場合」 where it does not.
    judgement : under the rule in force, of `progress`.
    under_all : the marks under every rule of the table, of `progress`.
    findings : of the lint; a reply does not take one away, only a mended table does.
    pending : what a person has left undecided.
    """

    series: Series
    readings: tuple[Progress, ...]
    judgement: Judgement
    under_all: Mapping[str, Judgement]
    findings: tuple[KpiFinding, ...]
    pending: tuple[KpiFinding, ...]
    evidence: tuple[EvidenceSeries, ...]
    calendar: ReleaseCalendar | None
    evaluations: tuple[Evaluation, ...]

    @property
    def progress(self) -> Progress:
        """The reading that is shown: the document's own, or the assumed one, which says of itself that it is."""
        return self.readings[-1]


@dataclass(frozen=True)
class PlanKpis:
    """The indicators of a plan.

    Parameters
    ----------
    facts : one a series, in file order, repetitions included.
    answers : every finding with its replies, also those that are no longer found.
    """

    plan: Plan
    facts: tuple[KpiFacts, ...]
    answers: Mapping[str, Answered]
    evaluations: tuple[Evaluation, ...]

    @cached_property
    def series(self) -> list[Series]:
        """Every series, in file order."""
        return [item.series for item in self.facts]

    @cached_property
    def listing(self) -> Listing:
        """What the document lists: nothing, names, or values."""
        return describe_listing(self.series)

    @cached_property
    def counted(self) -> list[KpiFacts]:
        """What counts: neither repetitions nor reference indicators (参考指標)."""
        unique = {one.kpi_id for one in list_unique(self.series)}
        return [f for f in self.facts if f.series.kpi_id in unique and f.series.role != "reference"]

    @cached_property
    def with_actual(self) -> list[KpiFacts]:
        """Those of `counted` that have a dated actual."""
        return [item for item in self.counted if item.progress.actual is not None]

    def of(self, kpi_id: str) -> KpiFacts:
        """Return the facts of one series."""
        return next(item for item in self.facts if item.series.kpi_id == kpi_id)


def gather_kpis(plan: Plan) -> PlanKpis:
    """Gather the indicators of a plan; a plan without any has no facts."""
    series = list_series(plan)
    context = build_lint_context(plan)
    found, pending = lint(series, context=context), list_pending(series, context=context)
    replies = {k: v for k, v in read_replies(plan.frame("replies")).items() if k.startswith("K")}
    answers = match_replies([finding.id for finding in found], replies)
    evaluations = tuple(read_evaluations(plan.frame("evaluations")))
    rules = group_rules(plan.reference.table("on_track_rules").rows)
    facts, today = [], known_until(plan)
    for one in series:
        readings = compute_readings(one, period_end=context.years.end, today=today)
        facts.append(
            KpiFacts(
                series=one,
                readings=readings,
                judgement=judge(readings[-1], rules[choose_rule(one, plan.file.on_track_rule)]),
                under_all=judge_under_all(readings[-1], rules),
                findings=tuple(f for f in found if f.kpi_id == one.kpi_id),
                pending=tuple(f for f in pending if f.kpi_id == one.kpi_id),
                evidence=tuple(context.evidence.get(one.kpi_id, ())),
                calendar=find_calendar(one, context),
                evaluations=tuple(
                    row for row in evaluations if (row.object_kind, row.object_id) == ("kpi", one.kpi_id)
                ),
            )
        )
    return PlanKpis(plan, tuple(facts), answers, evaluations)
