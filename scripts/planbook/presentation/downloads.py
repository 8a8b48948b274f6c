"""The files that readers take along: CSV (UTF-8 with BOM, CRLF) and Excel with a metadata sheet.

Both keep the rules for machine-readable tables that ``planbook tidy-check`` checks.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from planbook import __version__
from planbook.presentation.export_cells import Records, export_records
from planbook.vocabulary.catalogue import text

DOWNLOADS_VARIABLE = "PLANBOOK_DOWNLOADS"

#: Written into every workbook in place of the clock: the same table must give the same bytes.
_FIXED_TIME = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def downloads_folder() -> Path | None:
    """Return the folder that the runner gave for this page's files; None outside a run."""
    folder = os.environ.get(DOWNLOADS_VARIABLE)
    return Path(folder) if folder else None


def csv_bytes(records: Records) -> bytes:
    """Return a CSV: header in row 1, one datum a cell, empty where there is no value."""
    records = export_records(records)
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(records[0]) if records else [], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def xlsx_bytes(records: Records, metadata: Mapping[str, str]) -> bytes:
    """Return a workbook: sheet 1 the table, sheet 2 「メタデータ」.

    Parameters
    ----------
    records : the table.
    metadata : title, sources, licence and the date of the data; where units and definitions stand, why there
        is no date of creation, and the hash of the CSV are added here.
    """
    import xlsxwriter  # noqa: PLC0415 - 40 ms that only a page with figures pays

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _FIXED_TIME, "comments": f"planbook {__version__}"})
    heading = book.add_format({"bold": True})
    sheet = book.add_worksheet(text("データ"))
    _write_sheet(sheet, export_records(records), heading)
    described = {**metadata, **_standing_notes(), text("CSVのSHA-256"): _digest(records)}
    notes = [{text("項目"): key, text("内容"): value} for key, value in described.items()]
    _write_sheet(book.add_worksheet(text("メタデータ")), notes, heading)
    book.close()
    return stream.getvalue()


def _digest(records: Records) -> str:
    return hashlib.sha256(csv_bytes(records)).hexdigest()


def _standing_notes() -> dict[str, str]:
    """Return what the metadata of every table say alike."""
    return {
        text("作成日"): text(
            "書いていません。同じ入力からは同じファイルができるようにしているため、作成した日は入りません。「データの時点」が、使った資料のいちばん新しい日付です。"
        ),
        text("単位"): text(
            "列の見出しの括弧のなかか、「単位」の列にあります。年、コード、番号、比、指数に単位はありません。"
        ),
        text("定義"): text("言葉の定義と計算のしかたは、この本の「方法」の章（methods.html）にあります。"),
    }


def _write_sheet(sheet, records: Records, heading) -> None:
    names = list(records[0]) if records else []
    for position, name in enumerate(names):
        sheet.write_string(0, position, name, heading)
        cells = [len(str(record[name])) for record in records if record[name] is not None]
        # A full-width character takes two columns of a spreadsheet's width.
        sheet.set_column(position, position, min(60, 2 + max([2 * len(name), *cells], default=8)))
    for row, record in enumerate(records, start=1):
        for position, name in enumerate(names):
            value = record[name]
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                sheet.write_number(row, position, value)
            elif value is not None:
                sheet.write_string(row, position, str(value))
    sheet.freeze_panes(1, 0)


def write_downloads(figure_id: str, records: Records, metadata: Mapping[str, str]) -> list[str]:
    """Write CSV and Excel for a figure into the run's folder; return the file names, [] outside a run."""
    folder = downloads_folder()
    if folder is None or not records:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{figure_id}.csv").write_bytes(csv_bytes(records))
    (folder / f"{figure_id}.xlsx").write_bytes(xlsx_bytes(records, metadata))
    return [f"{figure_id}.csv", f"{figure_id}.xlsx"]
