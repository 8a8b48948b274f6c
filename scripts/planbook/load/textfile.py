"""Read a text file of the data folder, and say what is wrong with its encoding."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from planbook.vocabulary.errors import InputError, Problem, message


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
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(_encoding_problem(raw, error, shown)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unpack(raw: bytes, shown: str) -> bytes:
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            Problem(
                message("gzipで圧縮されたファイルとして読めません（{detail}）", detail=error),
                file=shown,
                allowed=message("名前が .gz で終わるファイルは、gzipで圧縮したCSV"),
                remedy=message(
                    "ファイルをもう一度入手するか、圧縮していないCSVなら名前から .gz を除いてください"
                ),
            )
        ) from None


def _encoding_problem(raw: bytes, error: UnicodeDecodeError, shown: str) -> Problem:
    line = raw[: error.start].count(b"\n") + 1
    try:
        raw.decode("cp932")
        found = "CP932 (Shift_JIS)"
    except UnicodeDecodeError:
        found = (
            "UTF-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else raw[error.start : error.start + 4].hex(" ")
        )
    return Problem(
        message("文字コードがUTF-8ではありません"),
        file=shown,
        place={"line": line},
        found=found,
        allowed=message("UTF-8（BOMの有無は問わない）"),
        remedy=message("Excelでは「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んでください"),
    )
