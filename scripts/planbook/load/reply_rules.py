"""Rules of replies.csv: a reply names a check that there is, and something of the plan.

A finding's name is code and object. The object of a K code is an indicator. That of an R code may be anything
that the plan states, and a mended plan keeps the replies to what it has no longer: there only a name that is
nearly one of the plan's is taken for a slip of the pen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from planbook.load.tables import Table
from planbook.vocabulary.errors import Message, Problem, message
from planbook.vocabulary.finding_codes import KPI_CODES, RULE_IDS
from planbook.vocabulary.schemas import PlanFile

#: Two names this much alike are taken for one; below it in-migrants and out-migrants would be.
_ALIKE = 0.85
_DIGITS = re.compile(r"\d+")
#: Tables whose ids a finding may name, with their columns of ids.
_IDS = {"claims": ("claim_id", "subject"), "goals": ("goal_id",), "kpis": ("kpi_id",)}


def reply_problems(file: PlanFile, tables: dict[str, Table], broken: Collection[str]) -> Iterator[Problem]:
    """List every reply that leads nowhere; with a table of ids `broken`, only unknown codes are told."""
    table = tables.get("replies")
    if table is None:
        return
    known = None if {*_IDS, "kpi_values"} & set(broken) else _names(file, tables)
    indicators = sorted({row.kpi_id for row in tables["kpis"].rows} if "kpis" in tables else ())
    for row, line in zip(table.rows, table.lines, strict=True):
        code, _, name = row.finding.partition("/")
        if code not in (*KPI_CODES, *RULE_IDS):
            yield _problem(table, line, row.finding, *_unknown_code(code, name))
        elif known is None:
            continue
        elif code in KPI_CODES and name not in indicators:
            yield _problem(table, line, row.finding, *_unknown_indicator(code, name, indicators))
        elif code in RULE_IDS and (meant := _nearly(name, known)):
            yield _problem(table, line, row.finding, *_near_miss(code, meant))


def _names(file: PlanFile, tables: dict[str, Table]) -> set[str]:
    """Return the ids that the recomputation names its findings by; two of them with a dot name a pair."""
    names = {"period"}
    for table, columns in _IDS.items():
        rows = tables[table].rows if table in tables else ()
        names.update(getattr(row, column) for row in rows for column in columns)
    values = tables["kpi_values"].rows if "kpi_values" in tables else ()
    names.update(f"{row.kpi_id}.{row.kind}" for row in values)
    names.update(part.id for part in (*file.outlook.targets, *file.outlook.assumptions))
    numbered = {"edition": file.editions, "related": file.related, "reviewer": file.reviewers}
    for name, parts in numbered.items():
        names.update(f"{name}-{number}" for number in range(1, len(parts) + 1))
    return names


def _nearly(name: str, known: Collection[str]) -> str | None:
    """Return the name that was probably meant; None where this is one, or resembles none."""
    if name in known:
        return None
    # Another year or number is another thing, however much alike the names are.
    numbered_alike = [one for one in sorted(known) if _DIGITS.findall(one) == _DIGITS.findall(name)]
    close = get_close_matches(name, numbered_alike, 1, _ALIKE)
    parts = name.split(".")
    if len(parts) == 2:  # a pair: each by itself
        if all(part in known for part in parts):
            return None
        meant = [part if part in known else (_nearly(part, known) or part) for part in parts]
        if meant != parts and not close:
            return ".".join(meant)
    return close[0] if close else None


def _unknown_code(code: str, name: str) -> tuple[Message, Message]:
    allowed = message(
        "規則の符号：{kpis}、{first}〜{last}", kpis="、".join(KPI_CODES), first=RULE_IDS[0], last=RULE_IDS[-1]
    )
    return allowed, _remedy(get_close_matches(code, [*KPI_CODES, *RULE_IDS], 2, _ALIKE), "{}/" + name)


def _unknown_indicator(code: str, name: str, indicators: Sequence[str]) -> tuple[Message, Message]:
    shown = "、".join(indicators[:12]) + ("…" if len(indicators) > 12 else "") or "—"
    allowed = message("kpis.csv の指標ID：{known}", known=shown)
    return allowed, _remedy(get_close_matches(name, indicators, 1), code + "/{}")


def _near_miss(code: str, meant: str) -> tuple[Message, Message]:
    return message("計画の中にあるID"), _remedy([meant], code + "/{}")


def _remedy(close: Sequence[str], finding: str) -> Message:
    if close:
        meant = "、".join(finding.format(part) for part in sorted(close))
        return message(
            "「{name}」の書き誤りではありませんか。ページの指摘に添えられたIDをそのまま写してください",
            name=meant,
        )
    return message("ページの指摘に添えられたIDをそのまま写してください")


def _problem(table: Table, line: int, found: str, allowed: Message, remedy: Message) -> Problem:
    return Problem(
        message("見解の対象の指摘がありません"),
        table.shown,
        {"row": line, "column": "finding"},
        found,
        allowed,
        remedy,
    )
