"""Rules of claims.csv that no single cell can break.

A figure copied wrongly would be held against the document by every rule of the recomputation, and the mistake of the
book would stand there as the city's. It is refused before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from planbook.load.stated_figures import figure_problems
from planbook.load.tables import Table
from planbook.vocabulary.claim_subjects import COUNT, TITLE
from planbook.vocabulary.errors import Problem, message
from planbook.vocabulary.value_dates import days_of_value


def claim_rule_problems(tables: dict[str, Table], broken: Collection[str]) -> Iterator[Problem]:
    """List every claim with a wrong figure, a period that ends before it starts, or a subject that is no goal.

    Parameters
    ----------
    broken : tables that could not be read; what points to them is not reported.
    """
    table = tables.get("claims")
    if table is None:
        return
    goals = tables["goals"].rows if "goals" in tables else ()
    for row, line in zip(table.rows, table.lines, strict=True):
        if row.value is not None and row.kind != "era_pair":
            place = {"row": line, "column": "value"}
            yield from figure_problems(table.shown, place, row.value, row, signed=True)
        yield from _period_problems(table, row, line)
        if "goals" not in broken:
            yield from _subject_problems(table, row, line, goals)


def _period_problems(table: Table, row, line: int) -> Iterator[Problem]:
    if row.period_start is None or row.period_end is None:
        return
    start, end = (days_of_value(None, day) for day in (row.period_start, row.period_end))
    if end[1] < start[0]:
        yield Problem(
            message("期間の終わりが始めより前です"),
            table.shown,
            {"row": line, "column": "period_end"},
            found=row.period_end,
            allowed=message("{day} 以後", day=row.period_start),
            remedy=message(
                "始めと終わりを取り違えていないか確かめてください。原文がそうなっているなら、reading に正しい読みを、ここにその日付を書きます"
            ),
        )


def _subject_problems(table: Table, row, line: int, goals) -> Iterator[Problem]:
    """Report a title of a goal that there is not, and a count of a level that is nearly one of the plan's."""
    prefix = next((one for one in (COUNT, TITLE) if row.subject.startswith(one)), None)
    if prefix is None:
        return
    known = sorted({goal.level if prefix == COUNT else goal.goal_id for goal in goals})
    name = row.subject.removeprefix(prefix)
    close = get_close_matches(name, known, 1)
    # A document counts more than goals (pillars, viewpoints): only what is nearly a level is a slip.
    if name in known or (prefix == COUNT and not close):
        return
    yield Problem(
        message("対象にあたる目標がありません"),
        table.shown,
        {"row": line, "column": "subject"},
        found=row.subject,
        allowed=message("{known}", known="、".join(prefix + one for one in known) or "—"),
        remedy=message("「{name}」の書き誤りではありませんか", name=prefix + close[0])
        if close
        else message("goals.csv の目標IDを書いてください"),
    )
