"""Load one plan: its file, its tables, its municipality and the reference lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from planbook.load.evidence_rules import evidence_problems
from planbook.load.municipality import Municipality, load_municipality
from planbook.load.plan_rules import plan_rule_problems
from planbook.load.reference import Reference, load_reference
from planbook.load.roots import DataRoot
from planbook.load.tables import Table, read_table
from planbook.load.textfile import read_text
from planbook.load.yamlfile import read_yaml
from planbook.vocabulary.catalogue import current_language
from planbook.vocabulary.errors import InputError, PlanbookError, Problem, message
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.schemas import PLAN_TABLES, PlanFile

REQUIRED_TABLES = ("goals",)


@dataclass(frozen=True)
class Plan:
    """A plan as its folder states it. A table whose file is absent is None: absent, not empty."""

    file: PlanFile
    tables: dict[str, Table]
    commentary: str | None
    municipality: Municipality
    reference: Reference

    @property
    def plan_id(self) -> str:
        """The id, which is also the folder's name."""
        return self.file.plan_id

    @property
    def title(self) -> str:
        """The full title in the current language."""
        return getattr(self.file.title, current_language())

    @property
    def short_title(self) -> str:
        """The short title in the current language."""
        return getattr(self.file.short_title, current_language())

    def frame(self, name: str) -> pd.DataFrame | None:
        """Return table `name` (goals, kpis …) as a frame, or None when the plan has no such file."""
        return self._frames.get(name)

    @cached_property
    def _frames(self) -> dict[str, pd.DataFrame]:
        return {name: table.frame() for name, table in self.tables.items()}

    def document_source(self, stated) -> SourceRef:
        """Return where a statement (a model or row with document, locator, as_written) stands."""
        document = next(d for d in self.file.documents if d.id == stated.document)
        return SourceRef(
            kind="document",
            source_id=f"{self.plan_id}/{document.id}",
            title=document.title,
            publisher=document.publisher,
            locator=stated.locator,
            as_written=stated.as_written,
            as_of=document.updated,
            licence=document.licence_id,
            retrieved=document.retrieved,
            url=document.url,
        )

    def value_source(self, value) -> SourceRef:
        """Return where a value of an indicator comes from: its document, or the official table."""
        return self.document_source(value) if value.document else self.official_source(value.source_id)

    def official_source(self, source_id: str) -> SourceRef:
        """Return the official table that a figure was taken from."""
        row = self.reference.row("sources", source_id)
        english = current_language() == "en"
        return SourceRef(
            kind="official",
            source_id=source_id,
            title=row.title_en if english else row.title,
            publisher=row.publisher_en if english else row.publisher,
            locator=row.table,
            as_written=None,
            as_of=row.as_of,
            licence=row.licence_id,
            retrieved=row.retrieved,
            url=None,
        )


def load_plan(root: DataRoot, plan_id: str) -> Plan:
    """Load a plan with its municipality; `InputError` lists every problem of the plan's files."""
    file, tables, commentary, problems = read_plan_folder(root, root.plan_folder(plan_id))
    if problems:
        raise InputError(problems)
    municipality = load_municipality(root, file.municipality)
    if problems := list(evidence_problems(tables.get("kpi_evidence"), municipality)):
        raise InputError(problems)
    return Plan(file, tables, commentary, municipality, load_reference(root))


def load_readable(root: DataRoot, plan_ids: Iterable[str]) -> tuple[list[Plan], list[str]]:
    """Load the plans that can be read; return them and the ids of those that cannot."""
    plans, broken = [], []
    for plan_id in plan_ids:
        try:
            plans.append(load_plan(root, plan_id))
        except PlanbookError:
            broken.append(plan_id)
    return plans, broken


def read_plan_folder(
    root: DataRoot, folder: Path
) -> tuple[PlanFile | None, dict[str, Table], str | None, list[Problem]]:
    """Read all that a plan folder holds and collect the problems instead of stopping at the first."""
    problems: list[Problem] = []
    file = None
    try:
        path = folder / "plan.yml"
        file = read_yaml(path, PlanFile, root.shown(path))
    except PlanbookError as error:
        problems += error.problems
    tables, broken = {}, set()
    for name, model in PLAN_TABLES.items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            if name in REQUIRED_TABLES:
                problems.append(_missing_table(root, path))
            continue
        try:
            tables[name] = read_table(path, model, root.shown(path))
        except PlanbookError as error:
            problems += error.problems
            broken.add(name)
    problems += _unknown_files(root, folder)
    if file:
        problems += plan_rule_problems(file, tables, root.shown(folder), broken)
    commentary = folder / "commentary.md"
    words = read_text(commentary, root.shown(commentary)) if commentary.is_file() else None
    return file, tables, words, problems


def _missing_table(root: DataRoot, path: Path) -> Problem:
    return Problem(
        message("ファイルがありません"),
        file=root.shown(path),
        allowed=message("目標の一覧は必ず要る。ほかの表はなくてもよい"),
        remedy=message("planbook new で作られるひな形から始めてください"),
    )


def _unknown_files(root: DataRoot, folder: Path) -> list[Problem]:
    """Report files that nothing reads: a misspelt kpi.csv would silently be a plan without indicators."""
    known = {"plan.yml", "commentary.md", *(f"{name}.csv" for name in PLAN_TABLES)}
    return [
        Problem(
            message("知らないファイルです"),
            file=root.shown(path),
            allowed=message("{known}", known="、".join(sorted(known))),
            remedy=message("名前を直すか、計画フォルダーの外に移してください"),
        )
        for path in sorted(folder.iterdir())
        if path.name not in known and not path.name.startswith((".", "~"))
    ]
