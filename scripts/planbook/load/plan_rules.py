"""Rules that tie the files of one plan together: references, dates, roles."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from planbook.load.claim_rules import claim_rule_problems
from planbook.load.confirmation_rules import confirmation_problems
from planbook.load.kpi_rules import kpi_rule_problems
from planbook.load.reading_rules import reading_problems
from planbook.load.repeats import repeated_actual_problems
from planbook.load.reply_rules import reply_problems
from planbook.load.stated_figures import figure_problems
from planbook.load.tables import Table
from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.plan_ids import parse_plan_id
from planbook.vocabulary.schemas import PlanFile
from planbook.vocabulary.schemas.plan_file import Stated
from planbook.vocabulary.value_dates import days_of_value


def plan_rule_problems(
    file: PlanFile, tables: dict[str, Table], folder: str, broken: Collection[str] = ()
) -> list[Problem]:
    """List every broken rule between the tables of one plan.

    Tables that could not be read (`broken`) are no reason to report what points to them: one fault in
    goals.csv would otherwise be followed by a line for every indicator.
    """
    return [
        *_folder_problems(file, folder),
        *_reference_problems(tables, broken),
        *_document_problems(file, tables, folder),
        *_cycle_problems(tables),
        *kpi_rule_problems(tables),
        *repeated_actual_problems(tables),
        *confirmation_problems(tables),
        *claim_rule_problems(tables, broken),
        *reply_problems(file, tables, broken),
        *([] if broken else _evaluation_problems(tables)),
        *_outlook_problems(file, folder),
        *_figure_problems(file, folder),
        *reading_problems(tables.values(), stated_parts(file), f"{folder}/plan.yml"),
    ]


def _folder_problems(file: PlanFile, folder: str) -> Iterator[Problem]:
    name = folder.rsplit("/", 1)[-1]
    expected = [file.municipality, file.kind]
    if file.plan_id != name or not _id_says(file):
        yield Problem(
            message("計画ID、フォルダー名、団体コード、種類が合いません"),
            f"{folder}/plan.yml",
            {"key": "plan_id"},
            found=file.plan_id,
            allowed=message(
                "フォルダー名 {name} と同じで、{start}- で始まる", name=name, start="-".join(expected)
            ),
            remedy=message("plan_id、municipality、kind かフォルダー名を直してください"),
        )


def _id_says(file: PlanFile) -> bool:
    """Tell whether the id holds the municipality and the kind of the file; a kind may have hyphens itself."""
    try:
        plan_id = parse_plan_id(file.plan_id, [file.kind])
    except InputError:
        return False
    return plan_id.code == file.municipality


def _reference_problems(tables: dict[str, Table], broken: Collection[str]) -> Iterator[Problem]:
    """Check columns that point to another table of the plan (those of reference/ are checked with it)."""
    for table in tables.values():
        for name, field in table.model.model_fields.items():
            target = (field.json_schema_extra or {}).get("refers_to") or ""
            table_name, _, column = target.partition(".")
            if "/" in table_name or table_name == "plan" or not target or table_name in broken:
                continue
            known = (
                {getattr(row, column) for row in tables[table_name].rows} if table_name in tables else set()
            )
            yield from _dangling(table, name, known, target)


def _dangling(table: Table, name: str, known: set[str], target: str) -> Iterator[Problem]:
    for row, line in zip(table.rows, table.lines, strict=True):
        value = getattr(row, name)
        for part in value if isinstance(value, tuple) else (value,):
            if part is not None and part not in known:
                yield Problem(
                    message("指している先がありません"),
                    table.shown,
                    {"row": line, "column": name},
                    found=part,
                    allowed=message("{target} にあるID：{known}", target=target, known=_some(known)),
                    remedy=message("IDの書き誤りを直すか、指している先の行を加えてください"),
                )


def _some(known: set[str], most: int = 12) -> str:
    names = sorted(known)
    return "、".join(names[:most]) + ("…" if len(names) > most else "") or "—"


def _document_problems(file: PlanFile, tables: dict[str, Table], folder: str) -> Iterator[Problem]:
    known = {document.id for document in file.documents}
    for table in tables.values():
        if "document" in table.model.model_fields:
            yield from _dangling(table, "document", known, "plan.yml documents")
    for key, stated in stated_parts(file):
        if stated.document not in known:
            yield Problem(
                message("指している先がありません"),
                f"{folder}/plan.yml",
                {"key": f"{key}.document"},
                found=stated.document,
                allowed=message("{target} にあるID：{known}", target="documents", known=_some(known)),
                remedy=message("IDの書き誤りを直すか、documents に加えてください"),
            )


def stated_parts(file: PlanFile) -> Iterator[tuple[str, Stated]]:
    """Walk over everything in plan.yml that a document states, with its dotted key."""
    yield "period", file.period
    for name in ("editions", "related", "reviewers", "announced"):
        for index, part in enumerate(getattr(file, name)):
            yield f"{name}.{index}", part
    for name in ("targets", "assumptions"):
        for index, part in enumerate(getattr(file.outlook, name)):
            yield f"outlook.{name}.{index}", part


def _cycle_problems(tables: dict[str, Table]) -> Iterator[Problem]:
    if "goals" not in tables:
        return
    table = tables["goals"]
    parents = {row.goal_id: row.parent_id for row in table.rows}
    for row, line in zip(table.rows, table.lines, strict=True):
        seen, current = [row.goal_id], row.parent_id
        while current is not None and current not in seen:
            seen.append(current)
            current = parents.get(current)
        if current == row.goal_id:
            yield Problem(
                message("親をたどると自分に戻ります"),
                table.shown,
                {"row": line, "column": "parent_id"},
                found=" → ".join([*seen, current]),
                allowed=message("最上位の目標に行き着く親子関係"),
                remedy=message("どれかの親のIDを直してください"),
            )


def _evaluation_problems(tables: dict[str, Table]) -> Iterator[Problem]:
    if "evaluations" not in tables:
        return
    known = {
        "goal": {row.goal_id for row in tables["goals"].rows} if "goals" in tables else set(),
        "kpi": {row.kpi_id for row in tables["kpis"].rows} if "kpis" in tables else set(),
        "plan": {None},
    }
    table = tables["evaluations"]
    for row, line in zip(table.rows, table.lines, strict=True):
        if days_of_value(row.fiscal_year, None)[0] > date.today():
            yield Problem(
                message("評価の対象の年度がまだ始まっていません"),
                table.shown,
                {"row": line, "column": "fiscal_year"},
                found=str(row.fiscal_year),
                allowed=message("{day} までに始まった年度・時点", day=date.today()),
                remedy=message("評価の対象の年度（西暦）を確かめてください"),
            )
        if row.object_id not in known[row.object_kind]:
            yield Problem(
                message("評価の対象がありません"),
                table.shown,
                {"row": line, "column": "object_id"},
                found=row.object_id or "",
                allowed=message("空（計画全体なら書かない）")
                if row.object_kind == "plan"
                else message("{known}", known=_some(known[row.object_kind])),
                remedy=message("目標IDか指標IDの書き誤りを直してください。計画全体なら空にします"),
            )


def _outlook_problems(file: PlanFile, folder: str) -> Iterator[Problem]:
    for index, target in enumerate(file.outlook.targets):
        if target.year is not None and target.year < file.period.start_fiscal_year:
            yield Problem(
                message("目標年が計画期間の始めより前です"),
                f"{folder}/plan.yml",
                {"key": f"outlook.targets.{index}.year"},
                found=str(target.year),
                allowed=message("{year} 以後", year=file.period.start_fiscal_year),
                remedy=message("原文の年を確かめてください"),
            )


def _figure_problems(file: PlanFile, folder: str) -> Iterator[Problem]:
    """Report a population target that its own quotation contradicts."""
    for index, target in enumerate(file.outlook.targets):
        place = {"key": f"outlook.targets.{index}.population_persons"}
        yield from figure_problems(f"{folder}/plan.yml", place, target.population_persons, target)
