"""Read an Excel workbook as it stands: the cells streamed, the rest from the archive itself."""

from __future__ import annotations

import warnings
import zlib
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from planbook.load.tidy import refusals
from planbook.load.tidy.contents import Contents, ErrorValue, Formula, Parts, Sheet
from planbook.load.tidy.workbook_parts import read_parts

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_HEAD = 4096  # enough to tell a text from a picture
_EMPTY: tuple = ()
# What the standard library and openpyxl raise on archives whose parts are missing, cut or no workbook.
_BROKEN = (
    AttributeError, BadZipFile, EOFError, ExpatError, IndexError, KeyError, NotImplementedError, ParseError,
    RuntimeError, StopIteration, TypeError, ValueError, zlib.error,
)  # fmt: skip


def read_workbook(path: Path, file: str) -> Contents:
    """Read every sheet of a workbook.

    Raises
    ------
    InputError : empty, encrypted, an old .xls by another name, or broken.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        if not head:
            raise refusals.empty_file(file)
        if head.startswith(_OLE):
            # A workbook with a password is wrapped in the container of the old format.
            protected = "EncryptedPackage".encode("utf-16-le") in head + stream.read()
            raise refusals.encrypted(file) if protected else refusals.old_excel(file)
        if not head.startswith(_ZIP):
            raise refusals.no_workbook(file, head)
    try:
        with ZipFile(path) as archive:
            if "[Content_Types].xml" not in archive.NameToInfo:
                raise refusals.no_workbook(file, head)
            parts = read_parts(archive)
        sheets = _read_sheets(path, parts)
    except _BROKEN:
        raise refusals.broken_workbook(file) from None
    return Contents(file, "xlsx", sheets)


def _read_sheets(path: Path, parts: dict[str, Parts]) -> tuple[Sheet, ...]:
    from openpyxl import load_workbook  # noqa: PLC0415 - its import takes longer than a small CSV

    with warnings.catch_warnings():
        # It warns of parts that it would drop on saving; nothing is saved here.
        warnings.simplefilter("ignore")
        book = load_workbook(path, read_only=True)
        try:
            cells = {sheet.title: _rows(sheet) for sheet in book.worksheets}
        finally:
            book.close()
    return tuple(Sheet(name, cells.get(name, []), part) for name, part in parts.items())


def _rows(sheet) -> list[tuple]:
    # A sheet's stated dimension may be wrong, and the reader would cut the cells beyond it.
    sheet.reset_dimensions()
    rows = [_row(cells) for cells in sheet.iter_rows()]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row(cells: tuple) -> tuple:
    values = [_value(cell) for cell in cells]
    while values and values[-1] is None:
        values.pop()
    return tuple(values) if values else _EMPTY


def _value(cell) -> object:
    value = cell.value
    if value is None or value == "":
        return None
    kind = cell.data_type
    if kind == "f":
        return Formula(value)
    return ErrorValue(value) if kind == "e" else value
