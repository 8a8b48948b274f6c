"""What the document of each plan gives, thing by thing: the ground on which plans can or cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planbook.analysis.kpis.listing import count_series
from planbook.load.plan import Plan
from planbook.summary.goal_structure.plan_goals import gather_plan_goals
from planbook.summary.kpis.plan_series import list_series

Subject = Literal[
    "target",
    "assumptions",
    "goals",
    "measures",
    "indicators",
    "values",
    "years",
    "actuals",
    "reviews",
    "results",
]
State = Literal["all", "some", "announced", "none", "moot"]


@dataclass(frozen=True)
class Content:
    """Whether a document gives one thing.

    Parameters
    ----------
    subject : the thing.
    state : all, some (of `total` only `count`), announced (the document says that there is some, and gives none),
        none; moot where nothing is there that could have it.
    count, total : how many have it of how many; None where it is not counted.
    """

    subject: Subject
    state: State
    count: int | None = None
    total: int | None = None


def list_contents(plan: Plan) -> tuple[Content, ...]:
    """Return what a plan's document gives, in the order of `Subject`.

    Actuals and results of reviews are what the book's data holds: they come from later documents.
    """
    outlook, facts, series = plan.file.outlook, gather_plan_goals(plan), list_series(plan)
    dated = sum(target.year is not None for target in outlook.targets)
    measures = sum(goal.role != "goal" for goal in facts.tree.nodes)
    evaluations = plan.frame("evaluations")
    contents = (
        _share("target", dated, len(outlook.targets)) if outlook.targets else Content("target", "none"),
        _count("assumptions", len(outlook.assumptions))
        if outlook.targets
        else Content("assumptions", "moot"),
        _count("goals", facts.measures.tops),
        _count("measures", measures),
        *_indicators(series),
        _count("reviews", len(plan.file.reviewers)),
        _count("results", 0 if evaluations is None else len(evaluations)),
    )
    announced = {item.subject for item in plan.file.announced}
    return tuple(
        replace(item, state="announced") if item.state == "none" and item.subject in announced else item
        for item in contents
    )


def _indicators(series: Sequence) -> tuple[Content, ...]:
    """Return what is given of indicators; without any of them the rest is no question."""
    if not series:
        moot = (Content(subject, "moot") for subject in ("values", "years", "actuals"))
        return (Content("indicators", "none", 0), *moot)
    counts = count_series(series)
    judged = [one for one in series if one.repeats is None and one.is_judged]
    return (
        _count("indicators", counts.indicators),
        _share("values", counts.with_pair, counts.series),
        _share("years", counts.with_target_year, counts.series),
        _share("actuals", sum(bool(one.actuals) for one in judged), len(judged))
        if judged
        else Content("actuals", "moot"),
    )


def _count(subject: Subject, count: int) -> Content:
    return Content(subject, "all" if count else "none", count)


def _share(subject: Subject, count: int, total: int) -> Content:
    state: State = "all" if count == total else "some" if count else "none"
    return Content(subject, state, count, total)
