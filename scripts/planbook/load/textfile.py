"""Read a text file of the data folder, and say what is wrong with its encoding."""

from __future__ import annotations

import csv
import gzip
import zlib
from pathlib import Path

from planbook.vocabulary.errors import InputError, Problem, message

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, shown: str) -> str:
    """Return the text of a UTF-8 file, with or without BOM, its line ends as LF; a name in .gz is unpacked.

    Raises
    ------
    InputError
        The file is missing, or is in another encoding. CP932 (what Excel's plain «CSV» writes) is
        recognised and named, not converted silently: the file in the folder would stay wrong.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            Problem(
                message("ファイルがありません"),
                file=shown,
                remedy=message("ファイルを置くか、planbook new でひな形を作ってください"),
            )
        ) from None
    if path.suffix == ".gz":
        raw = _unpack(raw, shown)
    other = _other_content(raw, shown, table=path.suffix in (".csv", ".gz"))
    if other:
        raise InputError(other)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(_encoding_problem(raw, error, shown)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_text(head: bytes) -> bool:
    """Tell whether a file that begins so is a text, in UTF-8, UTF-16 with its mark, or CP932."""
    if head.startswith(_UTF16):
        return True
    if b"\0" in head:
        return False
    # The beginning may cut a character in two.
    return any(_decodes(head[: len(head) - cut], name) for name in ("utf-8", "cp932") for cut in range(4))


def is_web_page(head: bytes) -> bool:
    """Tell whether a file that begins so is a web page; some systems write their tables as one."""
    return (
        head.removeprefix(b"\xef\xbb\xbf")
        .lstrip()
        .lower()
        .startswith((b"<!doctype html", b"<html", b"<table"))
    )


def csv_problem(shown: str, line: int, error: csv.Error) -> Problem:
    """Return what is wrong with a CSV that its reader gave up at `line`."""
    words = str(error)
    if "unexpected end" in words:
        what = message("CSVとして読めません（二重引用符が閉じられていません）")
    elif "expected after" in words:
        what = message("CSVとして読めません（閉じた二重引用符のあとに、コンマでない文字があります）")
    elif "field limit" in words:
        what = message(
            "CSVとして読めません（一つのセルが長すぎます。二重引用符が閉じられていないかもしれません）"
        )
    else:
        what = message("CSVとして読めません（使えない文字か改行があります）")
    return Problem(
        what,
        shown,
        {"line": line},
        allowed=message("コンマ区切り。コンマや改行を含むセルは二重引用符で囲む"),
        remedy=message("その行の引用符を確かめてください"),
    )


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _other_content(raw: bytes, shown: str, *, table: bool) -> Problem | None:
    """Return the problem of a file that is no text at all, or text that only some programs read."""
    allowed, place, found = message("UTF-8（BOMの有無は問わない）"), {}, None
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        what = message("Excelブックです。CSV UTF-8 で保存し直してください")
        table = True
    elif raw.startswith(_UTF16):
        what, found = (
            message("文字コードがUTF-16です。{form} で保存し直してください", form=_form(table)),
            "UTF-16",
        )
    elif b"\0" in raw:
        what = message(
            "文字コードがUTF-16か、文字のファイルではありません。{form} で保存し直してください",
            form=_form(table),
        )
        place = {"line": raw[: raw.index(b"\0")].count(b"\n") + 1}
    else:
        return None
    if table:
        remedy = message(
            "Excelで開き、「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し直してください"
        )
    else:
        remedy = message(
            "メモ帳などで開き、「名前を付けて保存」の文字コードで「UTF-8」を選んで保存し直してください"
        )
    return Problem(what, shown, place, found, allowed, remedy)


def _form(table: bool) -> str:
    return "CSV UTF-8" if table else "UTF-8"


def _unpack(raw: bytes, shown: str) -> bytes:
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error):
        raise InputError(
            Problem(
                message("gzipで圧縮されたファイルとして読めません"),
                file=shown,
                allowed=message("名前が .gz で終わるファイルは、gzipで圧縮したCSV"),
                remedy=message(
                    "ファイルをもう一度入手するか、圧縮していないCSVなら名前から .gz を除いてください"
                ),
            )
        ) from None


def _encoding_problem(raw: bytes, error: UnicodeDecodeError, shown: str) -> Problem:
    line = raw[: error.start].count(b"\n") + 1
    found = "CP932 (Shift_JIS)" if _decodes(raw, "cp932") else raw[error.start : error.start + 4].hex(" ")
    return Problem(
        message("文字コードがUTF-8ではありません"),
        file=shown,
        place={"line": line},
        found=found,
        allowed=message("UTF-8（BOMの有無は問わない）"),
        remedy=message("Excelでは「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んでください"),
    )
