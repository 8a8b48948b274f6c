"""Load one municipality: its file and its series of official statistics."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from planbook.load.roots import DataRoot
from planbook.load.tables import Table, read_table
from planbook.load.yamlfile import read_yaml
from planbook.vocabulary.ages import AgeGroup, find_gaps
from planbook.vocabulary.catalogue import current_language
from planbook.vocabulary.errors import InputError, PlanbookError, Problem, message
from planbook.vocabulary.schemas import MUNICIPALITY_TABLES, MunicipalityFile


@dataclass(frozen=True)
class Municipality:
    """A municipality and its tables; a table whose file is absent is None, never empty."""

    file: MunicipalityFile
    tables: dict[str, Table]

    @property
    def code(self) -> str:
        """The 5-digit code."""
        return self.file.code

    @property
    def name(self) -> str:
        """The name in the current language."""
        return getattr(self.file.name, current_language())

    def frame(self, name: str) -> pd.DataFrame | None:
        """Return table `name` as a frame, or None when the municipality has no such file."""
        table = self.tables.get(name)
        return None if table is None else self._frames[name]

    @cached_property
    def _frames(self) -> dict[str, pd.DataFrame]:
        return {name: table.frame() for name, table in self.tables.items()}


def load_municipality(root: DataRoot, code: str) -> Municipality:
    """Load the municipality with this code; `InputError` lists every problem of its files."""
    municipality, problems = read_municipality(root, root.municipality_folder(code))
    if problems:
        raise InputError(problems)
    return municipality


def read_municipality(root: DataRoot, folder: Path) -> tuple[Municipality | None, list[Problem]]:
    """Read all that the folder holds and collect the problems instead of stopping at the first."""
    problems: list[Problem] = []
    file = None
    try:
        path = folder / "municipality.yml"
        file = read_yaml(path, MunicipalityFile, root.shown(path))
        if not folder.name.startswith(file.code + "-"):
            problems.append(_folder_problem(root, folder, file.code))
    except PlanbookError as error:
        problems += error.problems
    tables = {}
    for name, model in MUNICIPALITY_TABLES.items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            continue
        try:
            tables[name] = read_table(path, model, root.shown(path))
        except PlanbookError as error:
            problems += error.problems
    gaps = [
        problem
        for name in ("age_sex", "projections")
        if name in tables
        for problem in age_problems(tables[name])
    ]
    problems += gaps
    # Ages with a gap cannot add up: one fault is reported once.
    if not gaps and {"age_sex", "population"} <= set(tables):
        problems += total_problems(tables["population"], tables["age_sex"])
    return (Municipality(file, tables) if file else None), problems


def _folder_problem(root: DataRoot, folder: Path, code: str) -> Problem:
    return Problem(
        message("フォルダー名と団体コードが合いません"),
        file=root.shown(folder) + "/municipality.yml",
        place={"key": "code"},
        found=code,
        allowed=message("フォルダー名の始めの5桁と同じコード"),
        remedy=message("フォルダー名か code を直してください"),
    )


def age_problems(table: Table) -> list[Problem]:
    """List dates at which a sex is missing, or whose ages do not tile 0 to the open group exactly."""
    rows = pd.DataFrame([row.model_dump() for row in table.rows])
    if rows.empty:
        return []
    rows["line"] = list(table.lines)
    when = ["concept", "as_of"] if "concept" in rows else ["edition", "variant", "year"]
    problems = []
    for key, group in rows[rows["age_kind"].isin(["interval", "open"])].groupby(when, sort=False):
        problems += _sex_problems(table, key, group)
        for sex, ages in group.groupby("sex", sort=False):
            groups = [
                AgeGroup(int(start), None if pd.isna(end) else int(end))
                for start, end in zip(ages["age_start"], ages["age_end"], strict=True)
            ]
            problems += [
                replace(
                    gap,
                    file=table.shown,
                    place={"row": int(ages["line"].iloc[0]), "column": "age_start"},
                    found=" ".join(str(part) for part in (*key, sex)) + f"：{gap.found}",
                )
                for gap in find_gaps(groups)
            ]
    return problems


def total_problems(population: Table, ages: Table) -> list[Problem]:
    """List census dates whose ages, with age unknown, do not add up to the total of population.csv.

    The census only: the register suppresses small cells of foreign residents, so its ages may fall short.
    """
    sums: dict[object, int] = {}
    for row in ages.rows:
        if row.concept == "census" and row.age_kind != "total":
            sums[row.as_of] = sums.get(row.as_of, 0) + row.population_persons
    problems = []
    for row, line in zip(population.rows, population.lines, strict=True):
        if row.concept == "census" and sums.get(row.as_of, row.population_persons) != row.population_persons:
            problems.append(
                Problem(
                    message("国勢調査の総数が、{file} の年齢別の合計と合いません", file=ages.shown),
                    population.shown,
                    {"row": line, "column": "population_persons"},
                    found=str(row.population_persons),
                    allowed=message("年齢別の合計（年齢不詳を含む）{total}", total=sums[row.as_of]),
                    remedy=message("二つの表のどちらかの写し間違いを、公表値で確かめて直してください"),
                )
            )
    return problems


def _sex_problems(table: Table, key: tuple, group: pd.DataFrame) -> list[Problem]:
    sexes = set(group["sex"])
    missing = {"female", "male"} - sexes
    if sexes == {"total"} or not missing:
        return []
    return [
        Problem(
            message("性別がそろっていません"),
            table.shown,
            {"row": int(group["line"].iloc[0]), "column": "sex"},
            found=" ".join(str(part) for part in (*key, *sorted(sexes))),
            allowed=message("同じ時点に female と male の両方"),
            remedy=message("{missing} の行を加えてください", missing="、".join(sorted(missing))),
        )
    ]
