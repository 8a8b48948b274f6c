"""Read a CSV as it stands; its encoding is said, and the file is never converted."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from planbook.load.tidy import refusals
from planbook.load.tidy.contents import Contents, Formula, Notice, Sheet

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_FORMULA = re.compile(r"=\s*[-+(]*[A-Za-z$]+[$0-9A-Za-z.]*\s*[(!:+*/,\-0-9]?.*")
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_delimited(path: Path, file: str) -> Contents:
    """Read a CSV.

    Raises
    ------
    InputError : empty, in an unknown encoding, a workbook by another name, or broken quotation marks.
    """
    raw = path.read_bytes()
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise refusals.empty_file(file)
    if raw.startswith(b"PK\x03\x04") or raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusals.workbook_named_csv(file)
    text, notices = _decode(raw, file)
    delimiter = _delimiter(text)
    if delimiter != ",":
        notices.append(Notice("csv_delimiter", "TAB" if delimiter == "\t" else delimiter))
    rows, widths = _records(text, delimiter, file)
    return Contents(file, "csv", (Sheet("", rows, widths=tuple(widths)),), tuple(notices))


def _decode(raw: bytes, file: str) -> tuple[str, list[Notice]]:
    if raw[:2] in _BOMS:
        try:
            return raw.decode(_BOMS[raw[:2]]), [Notice("csv_utf16", "UTF-16")]
        except UnicodeDecodeError:
            raise refusals.unknown_encoding(file, raw[:4].hex(" ")) from None
    if b"\0" in raw:  # no text has it; CP932 would decode almost any bytes
        raise refusals.unknown_encoding(file, raw[:4].hex(" "))
    try:
        text = raw.decode("utf-8-sig")
        plain_ascii = raw.isascii()
        bom = raw.startswith(b"\xef\xbb\xbf")
        return text, [] if bom or plain_ascii else [Notice("csv_without_bom", "UTF-8")]
    except UnicodeDecodeError as error:
        try:
            return raw.decode("cp932"), [Notice("csv_cp932", "CP932 (Shift_JIS)")]
        except UnicodeDecodeError:
            raise refusals.unknown_encoding(file, raw[error.start : error.start + 4].hex(" ")) from None


def _delimiter(text: str) -> str:
    """Return the character that parts the first line; a comma unless there is none and another one is."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if "," in first:
        return ","
    return next((mark for mark in ("\t", ";") if mark in first), ",")


def _records(text: str, delimiter: str, file: str) -> tuple[list[tuple], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple] = []
    widths: list[int] = []
    try:
        for record in reader:
            widths.append(len(record))
            while record and not record[-1]:
                record.pop()
            rows.append(tuple([_value(cell) for cell in record]))
    except csv.Error as error:
        raise refusals.broken_csv(file, reader.line_num, error) from None
    return rows, widths


def _value(cell: str) -> object:
    if not cell:
        return None
    if cell[0] in "-0123456789":
        found = _NUMBER.fullmatch(cell)
        if found:
            return int(cell) if found[1] is None and "e" not in cell.lower() else float(cell)
    elif cell[0] == "=" and _FORMULA.fullmatch(cell):
        return Formula(cell)
    return cell
