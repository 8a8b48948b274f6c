"""Tables of two plans of one place: what corresponds, what stands alone, how far the hierarchies are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.analysis.goal_structure.correspondence import GoalLink, Match
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


def table_matches(pair: PlanPair, matches: Sequence[Match]) -> DataTable:
    """Return one row a goal of the earlier plan: its partners with what speaks for each, and how it corresponds."""
    rows = [_match_row(pair, match) for match in matches]
    return replace(data_table(pd.DataFrame(rows), _match_columns(pair)), stacks=True)


def table_across(pair: PlanPair) -> DataTable | None:
    """Return one row a link between items of different levels; None without any."""
    if not pair.across:
        return None
    columns = [*plan_columns(pair), Column("evidence", text("根拠の語"))]
    return replace(data_table(pd.DataFrame(_across_rows(pair)), columns), stacks=True)


def _across_rows(pair: PlanPair) -> list[dict[str, object]]:
    goals = _goals_by_id(pair)
    return [
        {
            "earlier": goals[0][link.earlier_id].heading,
            "later": goals[1][link.later_id].heading,
            "evidence": _evidence([link]),
        }
        for link in pair.across
    ]


def plan_columns(pair: PlanPair) -> list[Column]:
    """Return a column for each of the two plans."""
    first, second = words.names_of(pair)
    return [Column("earlier", first), Column("later", second)]


def _match_columns(pair: PlanPair) -> list[Column]:
    return [
        *plan_columns(pair),
        Column("evidence", text("根拠の語")),
        Column("fate", words.fate_heading(pair)),
    ]


def _match_row(pair: PlanPair, match: Match) -> dict[str, object]:
    return {
        "earlier": match.earlier.heading if match.earlier else None,
        "later": _partners(match),
        "evidence": _evidence(match.links),
        "fate": _fate_words(pair, match),
    }


def _fate_words(pair: PlanPair, match: Match) -> str:
    # A goal whose only links lead to another level has a partner: the table of those links shows it.
    if match.links or list_alone(pair, [match]):
        return words.fate_words(pair, match.fate)
    return text("段の違う項目")


def _partners(match: Match) -> Html | None:
    """Return the partners, a paragraph each, so that each stands beside what speaks for it."""
    if not match.later:
        return None
    return Html("".join(f"<div>{escape(goal.heading)}</div>" for goal in match.later))


def _evidence(links: Sequence[GoalLink]) -> Html | None:
    """Return what speaks for each link, in their order, and whether a person confirmed it; None without links."""
    if not links:
        return None
    return Html("".join(f"<div>{_link_words(link)}</div>" for link in links))


def _link_words(link: GoalLink) -> str:
    confirmed = text("確認済み") if link.confirmed else text("要確認")
    note = f"<small>{escape(link.note)}</small>" if link.note else ""
    quoted = quoted_words(link)
    if quoted is None:
        return text("{note}（{confirmed}）", note=note, confirmed=escape(confirmed))
    head = escape(text("{quoted}（{confirmed}）", quoted=quoted, confirmed=confirmed))
    return f"{head}<br>{note}" if note else head


def quoted_words(link: GoalLink) -> str | None:
    """Return the words of both titles that speak for a link; None where they do not stand in the titles."""
    first, second = link.earlier_words, link.later_words
    if first and second and first != second:
        return text("「{first}」と「{second}」", first=first, second=second)
    found = first or second
    return text("「{words}」", words=found) if found else None


def _goals_by_id(pair: PlanPair) -> list[dict[str, Goal]]:
    return [{goal.goal_id: goal for goal in facts.tree.everything} for facts in (pair.earlier, pair.later)]


def list_alone(pair: PlanPair, matches: Sequence[Match]) -> list[tuple[Side, Goal]]:
    """Return the goals that no link leads from, neither within their level nor across, with their plan."""
    across = {
        "earlier": {link.earlier_id for link in pair.across},
        "later": {link.later_id for link in pair.across},
    }
    alone: list[tuple[Side, Goal]] = []
    for match in matches:
        if match.links:
            continue
        side: Side = "earlier" if match.earlier else "later"
        goals = (match.earlier,) if match.earlier else match.later
        alone += [(side, goal) for goal in goals if goal.goal_id not in across[side]]
    return alone


def view_parts(pair: PlanPair) -> View | None:
    """Return every item below the top goals: what links tie first, then what stands alone in one plan.

    None where neither document lists any. The download has one datum a cell.
    """
    standings = {side: list_standings(pair, side) for side in ("earlier", "later")}
    rows = [_match_row(pair, match) for match in pair.parts if match.links]
    rows += [{**row, "fate": text("段の違う項目")} for row in _across_rows(pair)]
    rows += [
        {"fate": text(STANDING_WORDS[standings[side][goal.goal_id]]), side: goal.heading}
        for side, goal in list_alone(pair, pair.parts)
    ]
    if not rows:
        return None
    columns = _match_columns(pair)
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    table = data_table(frame, columns, {words.fate_heading(pair): "fate"})
    table = replace(table, stacks=True, as_file=_parts_file(pair))
    return View(None, table, goal_sources([pair.earlier, pair.later]), "")


def _parts_file(pair: PlanPair) -> DataTable:
    """Return one row a link, and one an item without any."""
    goals = _goals_by_id(pair)
    fates = {link: match.fate for match in (*pair.tops, *pair.parts) for link in match.links}
    rows = [
        {
            "fate": words.fate_words(pair, fates[link]) if link in fates else text("段の違う項目"),
            "earlier": goals[0][link.earlier_id].heading,
            "later": goals[1][link.later_id].heading,
            "earlier_words": link.earlier_words,
            "later_words": link.later_words,
            "confirmed": text("確認済み") if link.confirmed else text("要確認"),
            "note": link.note,
        }
        for link in pair.links
    ]
    rows += [
        {"fate": words.fate_words(pair, "unmatched"), side: goal.heading}
        for side, goal in list_alone(pair, (*pair.tops, *pair.parts))
    ]
    first, second = words.names_of(pair)
    columns = [
        *plan_columns(pair),
        Column("fate", words.fate_heading(pair)),
        Column("earlier_words", text("{plan}の根拠の語", plan=first)),
        Column("later_words", text("{plan}の根拠の語", plan=second)),
        Column("confirmed", text("確認")),
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
        {"kind": kind, "kept": found.kept, "edits": found.edits, "share": found.share}
        for kind, found in kinds
        if found is not None
    ]
    columns = [
        Column("kind", text("何を同じとみるか")),
        Column("kept", text("動かさずに残せる項目（組）"), 0),
        Column("edits", text("削除と追加（回）"), 0),
        Column("share", text("距離（0〜1）"), 2),
    ]
    return data_table(pd.DataFrame(rows), columns)
