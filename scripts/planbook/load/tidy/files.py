"""The door: which files are meant, and the reader for each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from planbook.load.tidy import refusals
from planbook.load.tidy.contents import Contents
from planbook.load.tidy.delimited import read_delimited
from planbook.load.tidy.workbook import read_workbook

_WORKBOOKS = (".xlsx", ".xlsm")
_DELIMITED = (".csv",)
# What a folder is searched for. A report beside the tables is no table and no fault of theirs.
_TABLES = (*_WORKBOOKS, *_DELIMITED, ".xls", ".ods")
_OWNER = "~$"


def find_tables(paths: Iterable[Path]) -> list[Path]:
    """Return the files that `paths` mean: a file as it is, a folder's tables at any depth, each once.

    Hidden files and the owner files of Excel (``~$…``) in a folder are passed over.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() in _TABLES and p.is_file())
            found += sorted(p for p in inside if not p.name.startswith((_OWNER, ".")))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def read_table_file(path: Path, file: str | None = None) -> Contents:
    """Read a workbook or a CSV as it stands.

    Parameters
    ----------
    path : the file.
    file : how messages name it; the path itself when None.

    Raises
    ------
    InputError : the file cannot be checked, with the reason and the remedy.
    """
    shown = str(path) if file is None else file
    suffix = path.suffix.lower()
    if not path.exists():
        raise refusals.missing_file(shown)
    if path.name.startswith(_OWNER):
        raise refusals.owner_file(shown)
    try:
        if suffix in _WORKBOOKS:
            return read_workbook(path, shown)
        if suffix in _DELIMITED:
            return read_delimited(path, shown)
        if not path.stat().st_size:
            raise refusals.empty_file(shown)
    except PermissionError:
        raise refusals.locked(shown) from None
    if suffix == ".xls":
        raise refusals.old_excel(shown)
    raise refusals.open_document(shown) if suffix == ".ods" else refusals.other_format(shown, suffix)
