"""The goal hierarchy of a plan with what is measured of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.analysis.goal_structure.measures import Coverage, TreeMeasures, measure_coverage, measure_tree
from planbook.analysis.goal_structure.themes import (
    ThemeCounts,
    count_themes,
    count_unconfirmed,
    list_number_mismatches,
    list_pillars,
)
from planbook.analysis.goal_structure.tree import Goal, GoalTree, build_tree
from planbook.analysis.kpis.series import Series
from planbook.load.plan import Plan
from planbook.summary.kpis.plan_series import list_series

#: The generation of plans that follow none of the national strategy: 総合計画.
ANY_GENERATION = "any"
#: Every goal is held against every other one, so the work grows with the square of their number.
MOST_GOALS = 5000


@dataclass(frozen=True)
class PlanGoals:
    """What a plan's document lists of goals.

    Parameters
    ----------
    plan, tree, series : the plan, its hierarchy and its indicators.
    measures : of the hierarchy.
    coverage : where the indicators hang; None where the document lists none.
    themes : how many measures (goals, where there are no measures) each theme has.
    pillars : of the national strategy of the plan's generation, in their order.
    unconfirmed, links : theme links that no person has confirmed, and all.
    """

    plan: Plan
    tree: GoalTree
    series: tuple[Series, ...]
    measures: TreeMeasures
    coverage: Coverage | None
    themes: ThemeCounts
    pillars: tuple[str, ...]
    unconfirmed: int
    links: int

    @property
    def present_themes(self) -> tuple[str, ...]:
        """The themes that any node of the hierarchy has, in the order of the reference table."""
        found = {link.theme for goal in self.tree.walk() for link in goal.themes}
        return tuple(theme for theme in theme_order(self.plan) if theme in found)

    @property
    def mismatches(self) -> list[tuple[Goal, str]]:
        """The top goals whose number is not that of their national pillar, with the pillar.

        A plan of no generation numbers its goals by itself: there nothing can differ.
        """
        if self.plan.file.generation == ANY_GENERATION:
            return []
        return list_number_mismatches(self.tree, self.pillars)


def gather_goals(plan: Plan) -> GoalTree:
    """Return the goal hierarchy of a plan."""
    roles = {row.level: row.role for row in plan.reference.table("levels").rows}
    return build_tree(plan.frame("goals"), roles, plan.frame("goal_themes"))


def theme_order(plan: Plan) -> list[str]:
    """Return the codes of the themes in the order of the reference table."""
    return list(dict.fromkeys(row.theme for row in plan.reference.table("themes").rows))


def pillars_of(plan: Plan) -> tuple[str, ...]:
    """Return the pillars of the national strategy that the plan's generation has, in their order."""
    rows = plan.reference.table("themes").rows
    return list_pillars([row.theme for row in rows if row.generation == plan.file.generation])


def gather_plan_goals(plan: Plan) -> PlanGoals:
    """Gather the goals of a plan."""
    tree, series = gather_goals(plan), list_series(plan)
    unconfirmed, links = count_unconfirmed(tree)
    return PlanGoals(
        plan=plan,
        tree=tree,
        series=tuple(series),
        measures=measure_tree(tree),
        coverage=measure_coverage(tree, series),
        themes=count_themes(tree, theme_order(plan)),
        pillars=pillars_of(plan),
        unconfirmed=unconfirmed,
        links=links,
    )


def gather_all_goals(plans: Sequence[Plan]) -> tuple[PlanGoals, ...]:
    """Gather the goals of several plans in the order of their ids, which says nothing of better or worse."""
    return tuple(gather_plan_goals(plan) for plan in sorted(plans, key=lambda plan: plan.plan_id))


def can_be_compared(plans: Sequence[PlanGoals]) -> bool:
    """Tell whether the goals are few enough to hold each against every other one."""
    return sum(facts.measures.nodes for facts in plans) <= MOST_GOALS
