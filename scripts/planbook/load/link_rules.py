"""Rules of goal_links.csv: every link leads to a goal of another plan that is there."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.load.roots import DataRoot
from planbook.load.tables import Table, read_table
from planbook.vocabulary.errors import PlanbookError, Problem, message
from planbook.vocabulary.schemas import PLAN_TABLES

_MOST_NAMED = 12


def link_problems(root: DataRoot, plan_id: str, table: Table | None) -> Iterator[Problem]:
    """List every link to a plan or a goal that does not exist; nothing for a plan without goal_links.csv.

    A plan whose goals.csv cannot be read is reported for itself, not once more for every link to it.
    """
    known_plans = [name for name in root.plan_ids() if name != plan_id] if table is not None else []
    goals: dict[str, tuple[str, ...] | None] = {}
    for row, line in zip(table.rows, table.lines, strict=True) if table is not None else ():
        if row.other_plan_id not in known_plans:
            yield Problem(
                message("相手の計画がありません"),
                table.shown,
                {"row": line, "column": "other_plan_id"},
                found=row.other_plan_id,
                allowed=message("plans/ にある、ほかの計画のID：{known}", known=_some(known_plans)),
                remedy=message("計画IDの書き誤りを直すか、相手の計画を plans/ に加えてください"),
            )
            continue
        if row.other_plan_id not in goals:
            goals[row.other_plan_id] = _goal_ids(root, row.other_plan_id)
        known = goals[row.other_plan_id]
        if known is not None and row.other_goal_id not in known:
            yield Problem(
                message("相手の計画に、この目標がありません"),
                table.shown,
                {"row": line, "column": "other_goal_id"},
                found=row.other_goal_id,
                allowed=message(
                    "{plan} の goals.csv にあるID：{known}", plan=row.other_plan_id, known=_some(known)
                ),
                remedy=message("IDの書き誤りを直すか、相手の計画の goals.csv に行を加えてください"),
            )


def _goal_ids(root: DataRoot, plan_id: str) -> tuple[str, ...] | None:
    path = root.plan_folder(plan_id) / "goals.csv"
    try:
        return tuple(row.goal_id for row in read_table(path, PLAN_TABLES["goals"], root.shown(path)).rows)
    except (PlanbookError, OSError):
        return None


def _some(known) -> str:
    names = list(known)
    return "、".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "") or "—"
