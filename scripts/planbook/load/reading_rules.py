"""The rule on corrected strings: whoever records a reading also records whether the document or its text erred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planbook.load.tables import Table
from planbook.vocabulary.errors import Problem, message
from planbook.vocabulary.schemas.fields import AsWritten
from planbook.vocabulary.schemas.plan_file import Stated


def reading_problems(
    tables: Iterable[Table], parts: Iterable[tuple[str, Stated]], plan_file: str
) -> Iterator[Problem]:
    """List every reading without a cause: a page could not tell a city's mistake from damage of the text.

    Parameters
    ----------
    tables : of the plan; those that quote no document are passed over.
    parts : what plan.yml quotes, with its dotted key.
    plan_file : plan.yml as messages show it.
    """
    for table in tables:
        if not issubclass(table.model, AsWritten):
            continue
        for row, line in zip(table.rows, table.lines, strict=True):
            if _lacks_cause(row):
                yield _problem(row.reading, table.shown, {"row": line, "column": "cause"})
    for key, stated in parts:
        if _lacks_cause(stated):
            yield _problem(stated.reading, plan_file, {"key": f"{key}.cause"})


def _lacks_cause(stated: AsWritten | Stated) -> bool:
    return stated.reading is not None and stated.cause is None


def _problem(reading: str, shown: str, place: dict[str, object]) -> Problem:
    return Problem(
        message("読み替え「{reading}」があるのに、崩れの原因が書かれていません", reading=reading),
        shown,
        place,
        allowed=message("source（原文がそうなっている）か extraction（文字起こしで崩れた）"),
        remedy=message(
            "原資料を見て、どちらかを書いてください。原資料で確かめられなければ、読み替えを消して note に書いてください"
        ),
    )
