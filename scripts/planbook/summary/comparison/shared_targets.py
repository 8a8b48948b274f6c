"""Targets of one statistic and one unit in two plans or more: the changes that the plans set out to make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planbook.analysis.kpis.planned_change import PlannedChange, compute_planned_change
from planbook.summary.comparison.comparable_values import Member, list_members
from planbook.summary.kpis.kpi_facts import PlanKpis

#: What two places of different size can be held against each other by: per cent of the baseline, or the
#: difference itself where it does not grow with the place (ポイント, 年, 倍).
Scale = Literal["percent", "difference"]
#: Reasons of a percentage that is not given which say that the figure itself does not grow with the place.
_FREE_OF_SIZE = ("rate", "years")


@dataclass(frozen=True)
class TargetRow:
    """The target of one plan with the change that it sets out to make."""

    member: Member
    change: PlannedChange


@dataclass(frozen=True)
class SharedTarget:
    """Targets of one statistic, unit, group and kind of count.

    Parameters
    ----------
    statistic : key of reference/statistics.csv.
    group : 男性 …; None for everybody.
    unit : of the differences.
    scale : by what the rows are drawn; None where only a table is fair.
    rows : in the order of plans and documents, of at least two plans.
    """

    statistic: str
    group: str | None
    unit: str | None
    scale: Scale | None
    rows: tuple[TargetRow, ...]


def find_shared_targets(plans: Sequence[PlanKpis]) -> tuple[SharedTarget, ...]:
    """Return the targets that two plans or more set for one thing; 参考指標 have none."""
    groups: dict[tuple, list[TargetRow]] = {}
    for member in list_members(plans):
        one = member.series
        change = compute_planned_change(one)
        if one.statistic is None or not one.is_judged or change.difference is None:
            continue
        key = (one.statistic, member.group, member.unit, change.unit, one.type, member.is_per)
        groups.setdefault(key, []).append(TargetRow(member, change))
    return tuple(
        SharedTarget(statistic, group, unit, choose_scale(rows), tuple(rows))
        for (statistic, group, _, unit, *_), rows in groups.items()
        if len({row.member.plan_id for row in rows}) > 1
    )


def choose_scale(rows: Sequence[TargetRow]) -> Scale | None:
    """Return by what the changes of places of different size can be drawn on one scale; None where by nothing."""
    changes = [row.change for row in rows]
    if any(change.change_pct is not None for change in changes):
        return "percent" if all(percent_of(row) is not None for row in rows) else None
    moving = [change for change in changes if change.form not in ("maintain", "zero")]
    free = all(change.form == "points" or change.refusal in _FREE_OF_SIZE for change in moving)
    return "difference" if moving and free else None


def percent_of(row: TargetRow) -> Decimal | None:
    """Return the planned change in per cent of the baseline; 0 for what is to be kept; None where none is allowed."""
    kept = row.change.form == "maintain" and row.member.series.baseline.value > 0
    return row.change.difference if kept else row.change.change_pct
