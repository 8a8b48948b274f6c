"""Rules of kpi_evidence.csv: every link leads to values of the municipality's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planbook.load.municipality import Municipality
from planbook.load.tables import Table
from planbook.vocabulary.errors import Message, Problem, message

#: What a link chooses rows by; a table has one of them or both.
KEYS = ("concept", "measure")


def is_linked(record: Mapping[str, object], link: Mapping[str, object]) -> bool:
    """Tell whether a row of a municipality's table is one that a row of kpi_evidence.csv leads to."""
    return all(record[key] == link[key] for key in KEYS if key in record)


def evidence_problems(table: Table | None, municipality: Municipality) -> Iterator[Problem]:
    """List every link that leads to no value, with the column that is wrong and the words that it may hold."""
    for row, line in zip(table.rows, table.lines, strict=True) if table is not None else ():
        official = municipality.tables.get(row.table)
        records = [one.model_dump() for one in official.rows] if official is not None else []
        link = row.model_dump()
        if not any(is_linked(record, link) for record in records):
            yield _problem(table, line, link, records)


def _problem(
    table: Table, line: int, link: Mapping[str, object], records: list[dict[str, object]]
) -> Problem:
    column, allowed = "table", message("市区町村のフォルダーにある表")
    remaining = records
    for key in [key for key in KEYS if records and key in records[0]]:
        words = dict.fromkeys(str(record[key]) for record in remaining)
        if str(link[key]) not in words:
            column, allowed = key, _listed(words)
            break
        remaining = [record for record in remaining if record[key] == link[key]]
    return Problem(
        message("市区町村の表に、あてはまる値がありません"),
        table.shown,
        {"row": line, "column": column},
        found=str(link[column] or ""),
        allowed=allowed,
        remedy=message("語の書き誤りを直すか、{table}.csv に値を加えてください", table=link["table"]),
    )


def _listed(words) -> Message:
    return message("{known}", known="、".join(words))
