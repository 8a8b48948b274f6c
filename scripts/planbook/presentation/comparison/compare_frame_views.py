"""What plans put across their goals: visions, viewpoints, common policies, cross-cutting goals, marked items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.analysis.goal_structure.counts import list_marked
from planbook.analysis.goal_structure.tree import Goal
from planbook.presentation.comparison.compare_goal_views import goal_labels_of, goal_sources
from planbook.presentation.goals.goal_labels import mark_meaning
from planbook.presentation.html import Html, escape
from planbook.presentation.page import View
from planbook.presentation.tables import Column, data_table
from planbook.summary.goal_structure.plan_goals import PlanGoals
from planbook.vocabulary.catalogue import text

#: Goals of the hierarchy that say of themselves that they hold for all others.
CROSS_LEVELS = ("cross_goal",)


def view_frames(goals: Sequence[PlanGoals]) -> View | None:
    """Return what each plan puts across its goals, one row a plan and kind; None where none has any."""
    labels = goal_labels_of(goals)
    rows, files = [], []
    for facts in goals:
        for kind, members in _kinds(facts).items():
            own = {"plan": labels[facts.plan.plan_id], "kind": kind, "plan_ids": facts.plan.plan_id}
            rows.append(own | {"count": len(members), "names": _lines(members)})
            files += [own | {"name": goal.heading} for goal in members]
    if not rows:
        return None
    columns = [
        Column("plan", text("計画")),
        Column("kind", text("種類")),
        Column("count", text("数（個）"), 0),
        Column("names", text("名称")),
    ]
    file_columns = [*columns[:2], Column("name", text("名称"))]
    table = data_table(pd.DataFrame(rows), columns, plans="plan_ids")
    table = replace(table, stacks=True, as_file=data_table(pd.DataFrame(files), file_columns))
    involved = [facts for facts in goals if _kinds(facts)]
    return View(None, table, goal_sources(involved), "")


def _kinds(facts: PlanGoals) -> dict[str, list[Goal]]:
    """Return the frames beside the hierarchy by level, the cross-cutting goals, and what the document marks."""
    found: dict[str, list[Goal]] = {}
    crossing = [goal for goal in facts.tree.tops if goal.level in CROSS_LEVELS]
    for goal in (*facts.tree.frames, *crossing):
        found.setdefault(facts.plan.reference.label("levels", goal.level), []).append(goal)
    for goal in list_marked(facts.tree):
        meaning = mark_meaning(facts.plan, goal.marks)
        words = {"mark": goal.marks, "meaning": meaning}
        kind = text("{mark} {meaning}", **words) if meaning else text("印 {mark}", mark=goal.marks)
        found.setdefault(kind, []).append(goal)
    return found


def _lines(goals: Sequence[Goal]) -> Html:
    return Html("<br>".join(escape(goal.heading) for goal in goals))
