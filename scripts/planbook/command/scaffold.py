"""Empty files for a new plan or municipality, written from the schemas that the check reads with."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.command.yaml_template import write_template
from planbook.load.reference import load_reference
from planbook.run.files import new_token
from planbook.vocabulary.codes import parse_municipality_code, parse_plan_id
from planbook.vocabulary.errors import InputError, ParameterError, Problem, message
from planbook.vocabulary.schemas import MUNICIPALITY_TABLES, PLAN_TABLES, MunicipalityFile, PlanFile

if TYPE_CHECKING:
    from planbook.load.roots import DataRoot

_SUFFIX = re.compile(r"-(shi|ku|cho|machi|son|mura)\b")
#: Excel takes a file for UTF-8 only when it begins with this.
_BOM = "﻿"


def make_plan(root: DataRoot, plan_id: str, title: str | None = None) -> Path:
    """Make the folder of a plan and return it.

    Raises
    ------
    ParameterError : the id is not one, or the folder exists.
    """
    try:
        plan = parse_plan_id(plan_id, [row.kind for row in load_reference(root).table("kinds").rows])
    except InputError as error:
        raise ParameterError(error.problems) from error
    folder = root.path / "plans" / plan_id
    known = {"plan_id": plan_id, "municipality": plan.code, "kind": plan.kind}
    if title:
        known["title.ja"] = title
    files = {"plan.yml": write_template(PlanFile, known)} | _tables(PLAN_TABLES)
    _make(root, folder, files)
    return folder


def make_municipality(root: DataRoot, code: str) -> Path:
    """Make the folder of a municipality and return it, named after the list of all municipalities.

    Raises
    ------
    InputError : the code is not on the list under ``reference/``.
    """
    code = parse_municipality_code(code).code5
    row = load_reference(root).row("municipalities", code)
    folder = root.path / "municipalities" / f"{code}-{folder_name(row.name_en)}"
    known = {"code": code, "name.ja": row.name_ja, "name.en": row.name_en, "name.kana": row.name_kana}
    files = {"municipality.yml": write_template(MunicipalityFile, known)} | _tables(MUNICIPALITY_TABLES)
    _make(root, folder, files)
    return folder


def folder_name(name_en: str) -> str:
    """Return the part of a folder's name that people read: letters, without 市, 町 and the like.

    Examples
    --------
    >>> folder_name("Sapporo-shi Chuo-ku")
    'sapporochuo'
    """
    return "".join(re.findall("[a-z]", _SUFFIX.sub("", name_en).lower())) or "municipality"


def _tables(models: Mapping[str, type]) -> dict[str, str]:
    return {f"{name}.csv": _BOM + ",".join(model.model_fields) + "\n" for name, model in models.items()}


def _make(root: DataRoot, folder: Path, files: Mapping[str, str]) -> None:
    if folder.exists():
        raise ParameterError(
            Problem(
                message("フォルダーがもうあります。上書きしません"),
                file=root.shown(folder),
                remedy=message("別の計画IDにするか、今あるフォルダーを使ってください"),
            )
        )
    # Filled under another name first: a folder that is half there would be taken for a plan.
    new = folder.with_name(f".new-{new_token()}")
    try:
        new.mkdir(parents=True)
        for name, words in files.items():
            (new / name).write_bytes(words.encode("utf-8"))
        new.rename(folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
