"""Check every as-written string against the documents themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from planbook.load.plan import read_plan_folder
from planbook.load.plan_rules import stated_parts
from planbook.load.roots import DataRoot
from planbook.vocabulary.errors import Problem, message
from planbook.vocabulary.provenance import check_as_written, parse_locator


def check_documents(root: DataRoot, folder: Path) -> list[Problem]:
    """List every as-written string that is not at its locator, and every document that is another one.

    Parameters
    ----------
    root : the data.
    folder : where the documents lie, under the file names that plan.yml gives.
    """
    return [problem for plan_id in root.plan_ids() for problem in _plan_problems(root, plan_id, folder)]


def count_as_written(root: DataRoot) -> int:
    """Return how many as-written strings `check_documents` looks up."""
    return sum(1 for plan_id in root.plan_ids() for _ in _statements(root, plan_id))


def _statements(root: DataRoot, plan_id: str) -> Iterator[tuple[str, dict[str, object], object]]:
    plan_folder = root.plan_folder(plan_id)
    file, tables, _, _ = read_plan_folder(root, plan_folder)
    if file is None:
        return
    for key, stated in stated_parts(file):
        yield root.shown(plan_folder / "plan.yml"), {"key": f"{key}.as_written"}, stated
    for table in tables.values():
        if "as_written" in table.model.model_fields:
            for row, line in zip(table.rows, table.lines, strict=True):
                yield table.shown, {"row": line, "column": "as_written"}, row


def _plan_problems(root: DataRoot, plan_id: str, folder: Path) -> Iterator[Problem]:
    plan_folder = root.plan_folder(plan_id)
    file, _, _, _ = read_plan_folder(root, plan_folder)
    if file is None:
        return
    shown = root.shown(plan_folder / "plan.yml")
    lines: dict[str, list[str]] = {}
    for index, document in enumerate(file.documents):
        path = folder / document.file
        if not path.is_file():
            yield _missing(shown, index, document.file)
            continue
        raw = path.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        if digest != document.sha256:
            yield _changed(shown, index, document, digest)
        lines[document.id] = raw.decode("utf-8-sig").splitlines()
    for where, place, stated in _statements(root, plan_id):
        if stated.document in lines:
            yield from _misplaced(where, place, stated, lines[stated.document])


def _missing(shown: str, index: int, name: str) -> Problem:
    return Problem(
        message("資料のファイルがありません"),
        shown,
        {"key": f"documents.{index}.file"},
        found=name,
        allowed=message("--sources で示したフォルダーの中のファイル"),
        remedy=message("資料を置くか、file の名前を直してください"),
    )


def _changed(shown: str, index: int, document, digest: str) -> Problem:
    return Problem(
        message("資料の内容が、データを入力したときと違います（{name}）", name=document.file),
        shown,
        {"key": f"documents.{index}.sha256"},
        found=digest,
        allowed=message("{digest}", digest=document.sha256),
        remedy=message("資料が新しくなったなら、書かれた値をすべて確かめてから sha256 を改めてください"),
    )


def _misplaced(where: str, place: dict[str, object], stated, lines: list[str]) -> Iterator[Problem]:
    problem = check_as_written(lines, parse_locator(stated.locator), stated.as_written, file=where)
    if problem is not None:
        yield replace(problem, place=place)
