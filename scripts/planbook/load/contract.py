"""The contract of the data folder: everything is read, then every problem is reported at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from planbook.load.evidence_rules import evidence_problems
from planbook.load.link_rules import link_problems
from planbook.load.municipality import read_municipality
from planbook.load.plan import read_plan_folder
from planbook.load.reference import load_reference, reference_problems
from planbook.load.roots import DataRoot
from planbook.load.tables import Table
from planbook.vocabulary.errors import InputError, PlanbookError, Problem, message
from planbook.vocabulary.plan_ids import parse_plan_id
from planbook.vocabulary.schemas import PlanFile


def check_data(root: DataRoot) -> list[Problem]:
    """List every problem of the data folder: reference lists, municipalities, plans."""
    problems = reference_problems(root) + root.repeated_municipalities()
    lists = _Lists(root)
    for folder in _folders(root.path / "municipalities"):
        municipality, found = read_municipality(root, folder)
        problems += found
        for table in municipality.tables.values() if municipality else ():
            problems += lists.broken_links(table)
    for folder in _folders(root.path / "plans"):
        problems += plan_problems(root, folder, lists)
    return problems


def plan_problems(root: DataRoot, folder: Path, lists: _Lists | None = None) -> list[Problem]:
    """List every problem of one plan folder: its name, its files, and what they point to."""
    lists = lists or _Lists(root)
    problems = _name_problems(root, folder, lists)
    file, tables, _, found = read_plan_folder(root, folder)
    problems += found
    if file:
        problems += _plan_links(root, folder, file, lists)
    for table in tables.values():
        problems += lists.broken_links(table)
    problems += link_problems(root, folder.name, file, tables)
    if file and "kpi_evidence" in tables and file.municipality in root.municipality_codes():
        municipality, broken = read_municipality(root, root.municipality_folder(file.municipality))
        if not broken:
            problems += evidence_problems(tables["kpi_evidence"], municipality)
    return problems


class _Lists:
    """The ids that the lists under reference/ offer; a broken list offers none and is reported itself."""

    def __init__(self, root: DataRoot):
        self._reference = load_reference(root)

    @cache  # noqa: B019 - lives as long as one check
    def known(self, name: str, column: str | None = None) -> tuple[str, ...]:
        """Return the distinct ids of list `name`, in file order."""
        try:
            table = self._reference.table(name)
        except PlanbookError:
            return ()
        column = column or next(iter(table.model.model_fields))
        return tuple(dict.fromkeys(getattr(row, column) for row in table.rows))

    def broken_links(self, table: Table) -> Iterator[Problem]:
        """List the cells of `table` that point to nothing under reference/."""
        for name, field in table.model.model_fields.items():
            target = (field.json_schema_extra or {}).get("refers_to") or ""
            known = self.known(target.removeprefix("reference/").split(".")[0]) if "/" in target else ()
            for row, line in zip(table.rows, table.lines, strict=True) if known else ():
                value = getattr(row, name)
                if value is not None and value not in known:
                    yield _unknown(table.shown, {"row": line, "column": name}, value, target, known)


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(path for path in parent.iterdir() if path.is_dir() and not path.name.startswith("."))


def _name_problems(root: DataRoot, folder: Path, lists: _Lists) -> list[Problem]:
    try:
        parse_plan_id(folder.name, lists.known("kinds"))
    except InputError as error:
        return [
            Problem(problem.what, root.shown(folder), {}, folder.name, problem.allowed, problem.remedy)
            for problem in error.problems
        ]
    return []


def _plan_links(root: DataRoot, folder: Path, file: PlanFile, lists: _Lists) -> Iterator[Problem]:
    shown = root.shown(folder / "plan.yml")
    pointers = [("kind", file.kind, "kinds", None), ("generation", file.generation, "themes", "generation")]
    pointers.append(("on_track_rule", file.on_track_rule, "on_track_rules", None))
    pointers += [(f"documents.{d.id}.licence_id", d.licence_id, "licences", None) for d in file.documents]
    for i, target in enumerate(file.outlook.targets):
        pointers.append((f"outlook.targets.{i}.edition", target.edition, "editions", None))
    for i, assumption in enumerate(file.outlook.assumptions):
        pointers.append((f"outlook.assumptions.{i}.relative_to", assumption.relative_to, "editions", None))
    for key, value, name, column in pointers:
        known = lists.known(name, column)
        if value is not None and known and value not in known:
            yield _unknown(shown, {"key": key}, value, f"reference/{name}.csv", known)
    codes = tuple(root.municipality_codes())
    if file.municipality not in codes:
        yield _unknown(shown, {"key": "municipality"}, file.municipality, "municipalities/", codes)


def _unknown(file: str, place: dict[str, object], value: str, target: str, known: tuple[str, ...]) -> Problem:
    shown = "、".join(known[:15]) + ("…" if len(known) > 15 else "") or "—"
    return Problem(
        message("一覧にない語です"),
        file,
        place,
        found=value,
        allowed=message("{target} にあるID：{known}", target=target, known=shown),
        remedy=message("書き誤りを直すか、一覧に行を加えてください"),
    )
