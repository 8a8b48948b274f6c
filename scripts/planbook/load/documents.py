"""Check every as-written string against the documents themselves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from planbook.load.plan import read_plan_folder
from planbook.load.plan_rules import stated_parts
from planbook.load.roots import DataRoot
from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.provenance import check_as_written, parse_locator

#: What would lead out of the folder of the documents, on any system.
_NOT_IN_A_NAME = re.compile(r"[/\\:]|^\.\.?$")


@dataclass(frozen=True)
class _Wording:
    """The text of a document, by lines and by pages; form feeds part the pages, without them there is one."""

    lines: list[str]
    pages: list[str]


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
                if row.document is None:  # an actual from an official table: no document to look it up in
                    continue
                yield table.shown, {"row": line, "column": "as_written"}, row


def _plan_problems(root: DataRoot, plan_id: str, folder: Path) -> Iterator[Problem]:
    plan_folder = root.plan_folder(plan_id)
    file, _, _, _ = read_plan_folder(root, plan_folder)
    if file is None:
        return
    shown = root.shown(plan_folder / "plan.yml")
    wordings: dict[str, _Wording] = {}
    for document in file.documents:
        raw = _read(folder, document.file)
        if not isinstance(raw, bytes):
            yield replace(raw, file=shown, place={"key": f"documents.{document.id}.file"})
            continue
        digest = hashlib.sha256(raw).hexdigest()
        if digest != document.sha256:
            yield _changed(shown, document, digest)
        wording = _wording(raw)
        if wording is None:
            yield _no_text(shown, document)
        else:
            wordings[document.id] = wording
    for where, place, stated in _statements(root, plan_id):
        if stated.document in wordings:
            yield from _misplaced(where, place, stated, wordings[stated.document])


def _read(folder: Path, name: str) -> bytes | Problem:
    """Return the content of a document, or why there is none."""
    if _NOT_IN_A_NAME.search(name):
        return Problem(
            message("資料のファイル名に、フォルダーを指す文字があります"),
            found=name,
            allowed=message(
                "--sources で示したフォルダーの中のファイルの名前だけ（/、\\、:、.. は使えません）"
            ),
            remedy=message("資料をそのフォルダーに直接置き、file にはファイル名だけを書いてください"),
        )
    path = folder / name
    if not path.is_file():
        return _missing(name)
    try:
        return path.read_bytes()
    except OSError as error:
        return Problem(
            message("資料のファイルを開けません"),
            found=f"{name} ({type(error).__name__})",
            allowed=message("読み取りのできるファイル"),
            remedy=message("ほかのソフトで開いていないか、読み取りの権限があるかを確かめてください"),
        )


def _wording(raw: bytes) -> _Wording | None:
    """Return the text of a document; None for what is no UTF-8 text (PDF, workbook, picture …)."""
    if raw.startswith(b"%PDF") or b"\0" in raw:
        return None
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    # Programs that take text out of a PDF end every page with a form feed, the last one too.
    # Lines are those that an editor counts; a form feed ends none.
    return _Wording(re.split(r"\r\n?|\n", words), words.removesuffix("\f").split("\f"))


def _no_text(shown: str, document) -> Problem:
    return Problem(
        message("この資料は文字のファイルではないため、書かれた文字列を照合できません"),
        shown,
        {"key": f"documents.{document.id}.file"},
        found=document.file,
        allowed=message("UTF-8の文字のファイル（.txt など）。ページは改ページ文字で分けます"),
        remedy=message(
            "PDFや表計算の資料は、文字に起こしてUTF-8で保存し、file と sha256 をそのファイルのものにしてください"
        ),
    )


def _missing(name: str) -> Problem:
    return Problem(
        message("資料のファイルがありません"),
        found=name,
        allowed=message("--sources で示したフォルダーの中のファイル"),
        remedy=message("資料を置くか、file の名前を直してください"),
    )


def _changed(shown: str, document, digest: str) -> Problem:
    return Problem(
        message("資料の内容が、データを入力したときと違います（{name}）", name=document.file),
        shown,
        {"key": f"documents.{document.id}.sha256"},
        found=digest,
        allowed=message("{digest}", digest=document.sha256),
        remedy=message("資料が新しくなったなら、書かれた値をすべて確かめてから sha256 を改めてください"),
    )


def _misplaced(where: str, place: dict[str, object], stated, wording: _Wording) -> Iterator[Problem]:
    try:
        locator = parse_locator(stated.locator)
        if locator.kind == "cell":
            yield _cell(where, place, stated.locator)
            return
        parts = wording.pages if locator.kind == "pages" else wording.lines
        problem = check_as_written(parts, locator, stated.as_written, file=where)
    except InputError as error:
        # One statement that cannot be looked up must not hide what is wrong with the others.
        yield from (replace(problem, file=where, place=place) for problem in error.problems)
        return
    if problem is not None:
        yield replace(problem, place=place)


def _cell(where: str, place: dict[str, object], locator: str) -> Problem:
    return Problem(
        message("位置がセルですが、資料は文字のファイルで、セルがありません"),
        where,
        place,
        found=locator,
        allowed=message("L12＝12行目、L12-14＝12～14行目、p3＝3ページ"),
        remedy=message("文字のファイルの中の行かページに直してください"),
    )
