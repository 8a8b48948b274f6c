"""What is said to be confirmed says by what: the page shows it, and readers ask who checked it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planbook.load.tables import Table
from planbook.vocabulary.errors import Problem, message

TABLES = ("goal_themes", "goal_links")


def confirmation_problems(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """List every row that is confirmed and does not say by whom or by which line of the document."""
    for name in TABLES:
        table = tables.get(name)
        for row, line in zip(table.rows, table.lines, strict=True) if table is not None else ():
            if row.confirmed and row.note is None:
                yield Problem(
                    message("確認のよりどころがありません"),
                    table.shown,
                    {"row": line, "column": "note"},
                    found="",
                    allowed=message("確かめた人（部署）と年月日、または資料の行"),
                    remedy=message(
                        "備考（note）に書くか、まだ確かめていなければ confirmed を no にしてください"
                    ),
                )
