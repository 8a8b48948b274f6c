"""Rules of goal_links.csv: every link leads to a goal of another plan, and says what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planbook.load.roots import DataRoot
from planbook.load.tables import Table, read_table
from planbook.vocabulary.characters import fold
from planbook.vocabulary.errors import PlanbookError, Problem, message
from planbook.vocabulary.schemas import PLAN_TABLES, PlanFile

_MOST_NAMED = 12
Titles = Mapping[str, str]


def link_problems(
    root: DataRoot, plan_id: str, file: PlanFile | None, tables: Mapping[str, Table]
) -> Iterator[Problem]:
    """List every link to a plan or a goal that does not exist, or without words that speak for it.

    Nothing for a plan without goal_links.csv. A plan whose goals.csv cannot be read is reported for itself, not once
    more for every link to it.
    """
    table = tables.get("goal_links")
    if table is None:
        return
    related = {related.plan_id for related in file.related} if file else None
    own = _titles(tables["goals"]) if "goals" in tables else None
    known_plans = [name for name in root.plan_ids() if name != plan_id]
    others: dict[str, Titles | None] = {}
    for row, line in zip(table.rows, table.lines, strict=True):
        if row.other_plan_id not in known_plans:
            yield _no_plan(table, line, row.other_plan_id, known_plans)
            continue
        if related is not None and row.other_plan_id not in related and row.other_plan_id[:5] != plan_id[:5]:
            yield _not_related(table, line, row.other_plan_id)
            continue
        if row.other_plan_id not in others:
            others[row.other_plan_id] = _read_titles(root, row.other_plan_id)
        theirs = others[row.other_plan_id]
        if theirs is not None and row.other_goal_id not in theirs:
            yield _no_goal(table, line, row, theirs)
            continue
        yield from _word_problems(table, line, "evidence", row.evidence, (own or {}).get(row.goal_id))
        yield from _word_problems(
            table, line, "other_evidence", row.other_evidence, (theirs or {}).get(row.other_goal_id)
        )
        if row.note is None and None in (row.evidence, row.other_evidence):
            yield _no_reason(table, line)


def _titles(table: Table) -> Titles:
    return {row.goal_id: f"{row.as_written} {row.reading or ''}" for row in table.rows}


def _read_titles(root: DataRoot, plan_id: str) -> Titles | None:
    path = root.plan_folder(plan_id) / "goals.csv"
    try:
        return _titles(read_table(path, PLAN_TABLES["goals"], root.shown(path)))
    except (PlanbookError, OSError):
        return None


def _word_problems(
    table: Table, line: int, column: str, words: str | None, title: str | None
) -> Iterator[Problem]:
    """Refuse words that do not stand in the title: the page quotes them."""
    if words is not None and title is not None and fold(words).text not in fold(title).text:
        yield Problem(
            message("根拠の語が、名称の中にありません"),
            table.shown,
            {"row": line, "column": column},
            found=words,
            allowed=message("「{title}」の中の語", title=title.strip()),
            remedy=message(
                "名称の中の語に直してください。名称のほかに根拠があるときは空にし、備考（note）に語と行を書いてください"
            ),
        )


def _no_reason(table: Table, line: int) -> Problem:
    return Problem(
        message("対応の根拠がありません"),
        table.shown,
        {"row": line, "column": "note"},
        found="",
        allowed=message("二つの根拠の語、または備考"),
        remedy=message("名称の中の語を書くか、備考（note）に対応すると読んだわけを書いてください"),
    )


def _no_plan(table: Table, line: int, plan_id: str, known: list[str]) -> Problem:
    return Problem(
        message("相手の計画がありません"),
        table.shown,
        {"row": line, "column": "other_plan_id"},
        found=plan_id,
        allowed=message("plans/ にある、ほかの計画のID：{known}", known=_some(known)),
        remedy=message("計画IDの書き誤りを直すか、相手の計画を plans/ に加えてください"),
    )


def _not_related(table: Table, line: int, plan_id: str) -> Problem:
    return Problem(
        message("別の市区町村の計画です。どのページにも出ません"),
        table.shown,
        {"row": line, "column": "other_plan_id"},
        found=plan_id,
        allowed=message("同じ市区町村の計画か、plan.yml の related に plan_id を書いた計画"),
        remedy=message(
            "計画IDを直すか、related に前の計画（predecessor）か上位の計画（upper）として加えてください"
        ),
    )


def _no_goal(table: Table, line: int, row, titles: Titles) -> Problem:
    return Problem(
        message("相手の計画に、この目標がありません"),
        table.shown,
        {"row": line, "column": "other_goal_id"},
        found=row.other_goal_id,
        allowed=message("{plan} の goals.csv にあるID：{known}", plan=row.other_plan_id, known=_some(titles)),
        remedy=message("IDの書き誤りを直すか、相手の計画の goals.csv に行を加えてください"),
    )


def _some(known) -> str:
    names = list(known)
    return "、".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "") or "—"
