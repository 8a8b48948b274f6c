"""Plans with another outlook, and a copy of one real municipality that a test may spoil."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from planbook.load.plan import Plan, load_plan
from planbook.load.roots import DataRoot
from planbook.summary.outlook.baseline import Baseline, gather_baseline
from planbook.vocabulary.schemas.plan_file import Assumption, PopulationTarget

REPOSITORY = Path(__file__).resolve().parents[2]
NINOHE, AIZUWAKAMATSU = "03213-strategy-1", "07202-strategy-3"
NIHONMATSU, KITAMOTO = "07210-strategy-2", "11233-strategy-2"
PLANS = (NIHONMATSU, AIZUWAKAMATSU, NINOHE, KITAMOTO)
SOMEWHERE = {"as_written": "x", "document": "outline", "locator": "L1"}


@cache
def plan_of(plan_id: str) -> Plan:
    return load_plan(DataRoot(REPOSITORY / "data"), plan_id)


@cache
def baseline_of(plan_id: str) -> Baseline:
    return gather_baseline(plan_of(plan_id))


def with_outlook(plan: Plan, **change) -> Plan:
    """Return the plan with other targets or assumptions."""
    outlook = plan.file.outlook.model_copy(update=change)
    return replace(plan, file=plan.file.model_copy(update={"outlook": outlook}))


def starting_in(plan: Plan, fiscal_year: int) -> Plan:
    period = plan.file.period.model_copy(
        update={"start_fiscal_year": fiscal_year, "end_fiscal_year": fiscal_year + 4}
    )
    return replace(plan, file=plan.file.model_copy(update={"period": period}))


def aim(year, persons, **change) -> PopulationTarget:
    return PopulationTarget(
        id=f"target-{persons}", year=year, population_persons=str(persons), precision="1", qualifier="exact",
        basis="unknown", edition=None, **SOMEWHERE, **change,
    )  # fmt: skip


def assume(kind, value, **change) -> Assumption:
    return Assumption(id="stated", kind=kind, value=str(value), **SOMEWHERE, **change)


class Copy:
    """One municipality and one of its plans in a folder of their own, with the reference tables."""

    def __init__(self, tmp_path: Path, plan_id: str):
        self.path, self.plan_id = tmp_path / "data", plan_id
        source = DataRoot(REPOSITORY / "data")
        self.municipality = self.path / "municipalities" / source.municipality_folder(plan_id[:5]).name
        shutil.copytree(REPOSITORY / "data" / "reference", self.path / "reference")
        shutil.copytree(source.municipality_folder(plan_id[:5]), self.municipality)
        shutil.copytree(source.plan_folder(plan_id), self.path / "plans" / plan_id)

    def load(self) -> Plan:
        return load_plan(DataRoot(self.path), self.plan_id)

    def remove(self, name: str) -> Copy:
        (self.municipality / f"{name}.csv").unlink()
        return self

    def drop(self, name: str, wrong: Callable[[dict], bool]) -> Copy:
        """Leave out the rows that `wrong` marks; there must be some, so that a test never tests nothing."""
        return self._rewrite(name, lambda row: None if wrong(row) else row)

    def change(self, name: str, wrong: Callable[[dict], bool], **cells: str) -> Copy:
        """Give other cells to the rows that `wrong` marks."""
        return self._rewrite(name, lambda row: {**row, **cells} if wrong(row) else row)

    def _rewrite(self, name: str, edit: Callable[[dict], dict | None]) -> Copy:
        path = self.municipality / f"{name}.csv"
        if not path.is_file():
            path = self.path / "reference" / f"{name}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        kept = [new for row in rows if (new := edit(dict(row))) is not None]
        assert kept != rows, name
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        return self
