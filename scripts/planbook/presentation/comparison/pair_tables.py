"""Tables of two plans of one place: what corresponds, what stands alone, how far the hierarchies are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.analysis.goal_structure.correspondence import (
    GoalLink,
    Group,
    group_goals,
    list_everything,
)
from planbook.analysis.goal_structure.tree import Goal
from planbook.presentation.comparison import pair_words as words
from planbook.presentation.comparison.compare_goal_views import goal_sources
from planbook.presentation.comparison.pair_words import Side
from planbook.presentation.html import Html, escape
from planbook.presentation.page import View
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.goal_structure.plan_pairs import PlanPair, list_standings
from planbook.vocabulary.catalogue import plain, text

STANDING_WORDS = {
    "near": plain("上か下の項目に対応"),
    "none": plain("対応の入力なし"),
}


def table_groups(pair: PlanPair, groups: Sequence[Group]) -> DataTable:
    """Return one row a group: goals of both plans, what became of them, and why."""
    rows = [_group_row(group) for group in groups]
    return replace(data_table(pd.DataFrame(rows), _group_columns(pair)), stacks=True)


def plan_columns(pair: PlanPair) -> list[Column]:
    """Return a column for each of the two plans."""
    first, second = words.names_of(pair)
    return [Column("earlier", first), Column("later", second)]


def _group_columns(pair: PlanPair) -> list[Column]:
    return [
        Column("fate", text("どうなったか")),
        *plan_columns(pair),
        Column("evidence", text("根拠の語")),
    ]


def _group_row(group: Group) -> dict[str, object]:
    return {
        "fate": text(words.FATE_WORDS[group.fate]),
        "earlier": _lines(group.earlier),
        "later": _lines(group.later),
        "evidence": _evidence(group.links),
    }


def _evidence(links: Sequence[GoalLink]) -> Html | None:
    """Return the words that speak for the links, whether a person confirmed them, and the notes; each once."""
    if not links:
        return None
    stated = dict.fromkeys((link.evidence, link.confirmed) for link in links)
    lines = [
        text(
            "「{evidence}」（{confirmed}）",
            evidence=evidence,
            confirmed=text("確認済み") if confirmed else text("要確認"),
        )
        for evidence, confirmed in stated
    ]
    notes = dict.fromkeys(link.note for link in links if link.note)
    return Html("<br>".join([*map(escape, lines), *(f"<small>{escape(note)}</small>" for note in notes)]))


def _lines(goals: Sequence[Goal]) -> Html | None:
    return Html("<br>".join(escape(goal.heading) for goal in goals)) if goals else None


def groups_across(pair: PlanPair) -> list[Group]:
    """Return the links that lead from a top goal, or from a frame, to an item of another level, one a group."""
    shown = {link for group in (*pair.tops, *pair.parts) for link in group.links}
    goals = [
        {goal.goal_id: goal for goal in list_everything(facts.tree)} for facts in (pair.earlier, pair.later)
    ]
    return [
        group_goals([goals[0][link.earlier_id]], [goals[1][link.later_id]], [link])[0]
        for link in pair.links
        if link not in shown
    ]


def _alone(pair: PlanPair, groups: Sequence[Group]) -> list[tuple[Side, Goal]]:
    """Return the goals of `groups` that no link leads from, neither within their level nor across."""
    across = groups_across(pair)
    reached = {
        "earlier": {goal.goal_id for group in across for goal in group.earlier},
        "later": {goal.goal_id for group in across for goal in group.later},
    }
    sides: tuple[Side, ...] = ("earlier", "later")
    return [
        (side, goal)
        for side in sides
        for group in groups
        if not group.links
        for goal in getattr(group, side)
        if goal.goal_id not in reached[side]
    ]


def view_parts(pair: PlanPair) -> View | None:
    """Return every item below the top goals: groups that links tie first, then those of one plan alone.

    None where neither document lists any. The download has one datum a cell.
    """
    groups = [*(group for group in pair.parts if group.links), *groups_across(pair)]
    standings = {side: list_standings(pair, side) for side in ("earlier", "later")}
    rows = [_group_row(group) for group in groups]
    rows += [
        {"fate": text(STANDING_WORDS[standings[side][goal.goal_id]]), side: _lines([goal])}
        for side, goal in _alone(pair, pair.parts)
    ]
    if not rows:
        return None
    columns = _group_columns(pair)
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    table = data_table(frame, columns, {text("どうなったか"): "fate"})
    table = replace(table, stacks=True, as_file=_parts_file(pair))
    return View(None, table, goal_sources([pair.earlier, pair.later]), "")


def _parts_file(pair: PlanPair) -> DataTable:
    """Return one row a link, and one an item without any."""
    titles = [
        {goal.goal_id: goal for goal in list_everything(facts.tree)} for facts in (pair.earlier, pair.later)
    ]
    rows = []
    for group in (*pair.tops, *pair.parts, *groups_across(pair)):
        for link in group.links:
            rows.append(
                {
                    "fate": text(words.FATE_WORDS[group.fate]),
                    "earlier": titles[0][link.earlier_id].heading,
                    "later": titles[1][link.later_id].heading,
                    "evidence": link.evidence,
                    "confirmed": text("確認済み") if link.confirmed else text("要確認"),
                    "note": link.note,
                }
            )
    rows += [
        {"fate": text(words.FATE_WORDS["unmatched"]), side: goal.heading}
        for side, goal in _alone(pair, (*pair.tops, *pair.parts))
    ]
    columns = [
        *_group_columns(pair),
        Column("confirmed", text("人による確認")),
        Column("note", text("備考")),
    ]
    return data_table(pd.DataFrame(rows, columns=[column.name for column in columns]), columns)


def table_distance(pair: PlanPair) -> DataTable:
    """Return the edit distances: by shape alone, by entered links, by equal titles."""
    kinds = [
        (text("名称を見ず、形だけを比べる"), pair.by_shape),
        (text("名称が同じか、対応を入力した項目を同じとみる"), pair.by_links),
        (text("名称が同じ項目だけを同じとみる"), pair.by_title),
    ]
    rows = [
        {"kind": kind, "edits": found.edits, "share": found.share}
        for kind, found in kinds
        if found is not None
    ]
    columns = [
        Column("kind", text("何を同じとみるか")),
        Column("edits", text("回数"), 0),
        Column("share", text("二つの項目の数に対する比"), 2),
    ]
    return data_table(pd.DataFrame(rows), columns)
