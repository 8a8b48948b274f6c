"""The indicators of several plans side by side: what each document lists of them, and what the plans share.

Every count is of the documents at hand. They are of different kinds, an outline beside a full text, so a count
says what a document lists and nothing of the plan behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planbook.analysis.goal_structure.counts import list_without_goal, list_without_indicator
from planbook.analysis.goal_structure.themes import themes_of
from planbook.analysis.goal_structure.tree import Goal, GoalTree
from planbook.analysis.kpis.listing import list_unique
from planbook.analysis.kpis.measurability import count_measurable
from planbook.analysis.kpis.sampling import respondents_of
from planbook.analysis.kpis.series import Series
from planbook.load.plan import Plan
from planbook.summary.comparison.shared_indicators import (
    AlikeNames,
    SharedIndicator,
    find_alike,
    find_shared,
)
from planbook.summary.comparison.shared_targets import SharedTarget, find_shared_targets
from planbook.summary.goal_structure.plan_goals import gather_goals
from planbook.summary.kpis.kpi_facts import PlanKpis, gather_kpis


@dataclass(frozen=True)
class Written:
    """What stands beside the series of a plan's documents; repetitions and 参考指標 are left out.

    Parameters
    ----------
    series : how many there are.
    baseline, baseline_year, target, target_year : how many have a number, or a year, there.
    measurable : how many have all four.
    pairs : how many have both numbers, dated or not.
    surveys, surveys_with_n : shares from a survey, and those of which the document says how many answered.
    actual : how many have a dated actual in the data of this book.
    """

    series: int
    baseline: int
    baseline_year: int
    target: int
    target_year: int
    measurable: int
    pairs: int
    surveys: int
    surveys_with_n: int
    actual: int


@dataclass(frozen=True)
class PlanIndicators:
    """The indicators of one plan, counted; groups (男性, 女性) and repetitions of an indicator count once.

    Parameters
    ----------
    kpis : the indicators themselves.
    written : None where the documents at hand list no indicator.
    by_role, by_type : role or type → indicators.
    by_theme : theme → indicators whose goals have it; None for those whose goals have no theme. One with two
        themes counts in both.
    without_goal : indicators that hang on no goal.
    goals_without : top goals at and below which none is listed; None where that can be said of no goal.
    """

    kpis: PlanKpis
    written: Written | None
    by_role: Mapping[str, int]
    by_type: Mapping[str, int]
    by_theme: Mapping[str | None, int]
    without_goal: int
    goals_without: tuple[Goal, ...] | None

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.kpis.plan

    @property
    def indicators(self) -> int:
        """How many indicators the documents list."""
        return sum(self.by_role.values())


@dataclass(frozen=True)
class KpiComparison:
    """The indicators of several plans, in an order that says nothing of better or worse.

    Parameters
    ----------
    plans : every plan, those without indicators too.
    shared : indicators with one statistic or one name in two plans or more.
    alike : indicators whose names resemble each other.
    targets : targets of one statistic and unit in two plans or more.
    """

    plans: tuple[PlanIndicators, ...]
    shared: tuple[SharedIndicator, ...]
    alike: AlikeNames
    targets: tuple[SharedTarget, ...]

    @cached_property
    def listing(self) -> list[PlanIndicators]:
        """The plans whose documents list indicators."""
        return [row for row in self.plans if row.written is not None]

    @cached_property
    def with_values(self) -> list[PlanIndicators]:
        """Those of `listing` whose documents write values."""
        return [row for row in self.plans if row.kpis.listing == "values"]

    @cached_property
    def with_pairs(self) -> list[PlanIndicators]:
        """Those of `listing` with at least one indicator that has numbers for baseline and target."""
        return [row for row in self.listing if row.written.pairs]

    @cached_property
    def with_actuals(self) -> list[PlanIndicators]:
        """Those of `listing` with at least one actual in the data of this book."""
        return [row for row in self.listing if row.written.actual]


def gather_kpi_comparison(plans: Sequence[Plan]) -> KpiComparison:
    """Gather the indicators of every plan and what they share, by the area codes; empty for no plans."""
    return compare_in_order(sorted(plans, key=lambda plan: plan.plan_id))


def compare_in_order(plans: Sequence[Plan]) -> KpiComparison:
    """Gather the same in the order given: of two plans the earlier one first."""
    rows = tuple(_plan_row(plan) for plan in plans)
    kpis = [row.kpis for row in rows]
    return KpiComparison(rows, find_shared(kpis), find_alike(kpis), find_shared_targets(kpis))


def _plan_row(plan: Plan) -> PlanIndicators:
    kpis, tree = gather_kpis(plan), gather_goals(plan)
    first = {one.indicator: one for one in reversed(list_unique(kpis.series))}
    without = list_without_indicator(tree, kpis.series)
    return PlanIndicators(
        kpis=kpis,
        written=_count_written(kpis) if kpis.series else None,
        by_role=_count([one.role for one in first.values()]),
        by_type=_count([one.type for one in first.values()]),
        by_theme=_count_themes(kpis.series, tree),
        without_goal=len(list_without_goal(tree, kpis.series)),
        goals_without=None if without is None else tuple(without),
    )


def _count(words: Sequence[str]) -> dict[str, int]:
    return {word: words.count(word) for word in dict.fromkeys(words)}


def _count_written(kpis: PlanKpis) -> Written:
    documents = count_measurable(kpis.series, coverage=kpis.plan.file.coverage)
    surveys = [item.series for item in kpis.counted if item.series.type == "survey_share"]
    return Written(
        series=sum(one.counts.series for one in documents),
        baseline=sum(one.with_baseline for one in documents),
        baseline_year=sum(one.counts.with_baseline_year for one in documents),
        target=sum(one.with_target for one in documents),
        target_year=sum(one.counts.with_target_year for one in documents),
        measurable=sum(one.measurable for one in documents),
        pairs=sum(one.counts.with_pair for one in documents),
        surveys=len(surveys),
        surveys_with_n=sum(_has_respondents(one) for one in surveys),
        actual=len(kpis.with_actual),
    )


def _has_respondents(one: Series) -> bool:
    return any(respondents_of(one, value) is not None for value in (one.baseline, *one.actuals))


def _count_themes(series: Sequence[Series], tree: GoalTree) -> dict[str | None, int]:
    """Count indicators by the themes of every goal that lists them, the goals that list them again included."""
    themes, originals = themes_of(tree), {one.kpi_id: one for one in series}
    found: dict[object, set[str]] = {}
    for one in series:
        first = originals.get(one.repeats, one)
        own = found.setdefault(first.indicator, set())
        own.update(link.theme for link in themes.get(one.goal_id, ()))
    counts: dict[str | None, int] = {}
    for names in found.values():
        for theme in sorted(names) or [None]:
            counts[theme] = counts.get(theme, 0) + 1
    return counts
