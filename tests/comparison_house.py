"""The real plans side by side, plans with other targets, and a copy of the data that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from planbook.load.plan import Plan, load_plan
from planbook.load.roots import DataRoot
from planbook.summary.comparison.comparison_facts import Comparison, gather_comparison
from planbook.vocabulary.schemas.plan_file import PopulationTarget

REPOSITORY = Path(__file__).resolve().parents[1]
NINOHE, NINOHE_BASIC = "03213-strategy-1", "03213-comprehensive-2"
AIZUWAKAMATSU, NIHONMATSU, KITAMOTO = "07202-strategy-3", "07210-strategy-2", "11233-strategy-2"
ALL = (NINOHE_BASIC, NINOHE, AIZUWAKAMATSU, NIHONMATSU, KITAMOTO)


@cache
def plan_of(plan_id: str) -> Plan:
    return load_plan(DataRoot(REPOSITORY / "data"), plan_id)


@cache
def compare(*plan_ids: str) -> Comparison:
    return gather_comparison([plan_of(plan_id) for plan_id in plan_ids])


def aim(year: int | None, persons: int, **change) -> PopulationTarget:
    values = {"precision": "1", "qualifier": "exact", "basis": "unknown", "edition": None, **change}
    return PopulationTarget(
        id=f"target-{year}-{persons}", year=year, population_persons=str(persons),
        as_written="x", document="outline", locator="L1", **values,
    )  # fmt: skip


def with_targets(plan: Plan, *targets: PopulationTarget) -> Plan:
    """Return the plan with these targets in place of its own; they stand in its first document."""
    document = plan.file.documents[0].id
    placed = [target.model_copy(update={"document": document}) for target in targets]
    outlook = plan.file.outlook.model_copy(update={"targets": placed, "assumptions": []})
    return replace(plan, file=plan.file.model_copy(update={"outlook": outlook}))


def copy_data(tmp_path: Path, plan_ids: Iterable[str]) -> DataRoot:
    """Copy some plans with their municipalities and the reference tables."""
    source, root = DataRoot(REPOSITORY / "data"), DataRoot(tmp_path / "copy")
    shutil.copytree(source.reference_folder, root.path / "reference")
    for plan_id in plan_ids:
        shutil.copytree(source.plan_folder(plan_id), root.path / "plans" / plan_id)
        folder = source.municipality_folder(plan_id[:5])
        shutil.copytree(folder, root.path / "municipalities" / folder.name, dirs_exist_ok=True)
    return root


def drop_lines(path: Path, *marks: str) -> None:
    """Leave out the lines that hold all of `marks`; there must be some, so that a test never tests nothing."""
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [line for line in lines if not all(mark in line for mark in marks)]
    assert len(kept) < len(lines), marks
    path.write_text("".join(kept), encoding="utf-8", newline="")
