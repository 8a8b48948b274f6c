"""Reading table files of any origin: what the cells are, what else is there, and what cannot be read."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from planbook.load.tidy.contents import Formula, Parts, column_letters
from planbook.load.tidy.files import find_tables, read_table_file
from planbook.vocabulary.errors import InputError

ROWS = [["団体コード", "年", "人口（人）"], ["07999", 2020, 100]]


def workbook(path, fill=lambda book, sheet: None, rows=ROWS):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "データ"
    for row in rows:
        sheet.append(row)
    fill(book, sheet)
    book.save(path)
    return path


def read_only_sheet(path):
    (sheet,) = read_table_file(path).sheets
    return sheet


def refusal(path) -> str:
    with pytest.raises(InputError) as caught:
        read_table_file(path)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert problem.remedy is not None
    return problem.in_words("ja")


def test_cells_keep_their_types(tmp_path):
    rows = [["a", 1, 1.5, True, datetime(2020, 10, 1), "=A1", None, " "], [], ["07999"]]
    sheet = read_only_sheet(workbook(tmp_path / "t.xlsx", rows=rows))
    assert sheet.rows == [("a", 1, 1.5, True, datetime(2020, 10, 1), "=A1", None, " "), (), ("07999",)]
    assert isinstance(sheet.rows[0][5], Formula)
    assert sheet.parts == Parts()


def test_text_that_looks_like_a_formula_is_text(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        book.add_worksheet().write_string(0, 0, "=A1")
    assert type(read_only_sheet(path).rows[0][0]) is str


def test_merged_ranges_and_hidden_parts(tmp_path):
    def fill(book, sheet):
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C2:C3")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        book.create_sheet("隠し").sheet_state = "hidden"

    shown, hidden = read_table_file(workbook(tmp_path / "t.xlsx", fill)).sheets
    assert set(shown.parts.merged) == {"A1:B1", "C2:C3"}
    assert shown.parts.hidden_rows == (1,)
    assert shown.parts.hidden_columns == (1,)
    assert (shown.name, shown.parts.hidden, hidden.name, hidden.parts.hidden) == (
        "データ",
        False,
        "隠し",
        True,
    )


def test_drawings_are_told_apart(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("図")
        sheet.write_row(0, 0, [1, 2])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=図!$A$1:$B$1"})
        sheet.insert_chart("D2", chart)
        sheet.insert_textbox("D20", "注")
        sheet.insert_image("D30", "dot.png", {"image_data": io.BytesIO(_png())})
        sheet.write_comment("A1", "覚え")
        book.add_worksheet("表").write(0, 0, 1)
        chartsheet = book.add_chartsheet("グラフ")
        other = book.add_chart({"type": "bar"})
        other.add_series({"values": "=図!$A$1:$B$1"})
        chartsheet.set_chart(other)
    drawn, plain, chartsheet = read_table_file(path).sheets
    assert sorted(thing.kind for thing in drawn.parts.things) == ["chart", "comment", "image", "shape"]
    assert plain.parts.things == ()
    assert [thing.kind for thing in chartsheet.parts.things] == ["chart"]


def _png() -> bytes:
    import struct  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def test_a_comment_of_openpyxl_is_a_comment(tmp_path):
    def fill(book, sheet):
        sheet["A1"].comment = Comment("覚え", "だれか")

    sheet = read_only_sheet(workbook(tmp_path / "t.xlsx", fill))
    assert [thing.kind for thing in sheet.parts.things] == ["comment"]


def test_a_wrong_dimension_hides_no_cell(tmp_path):
    path = workbook(tmp_path / "t.xlsx")
    cut = tmp_path / "cut.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                assert b'ref="A1:C2"' in content
                content = content.replace(b'ref="A1:C2"', b'ref="A1"')
            new.writestr(name, content)
    assert read_only_sheet(cut).rows[1] == ("07999", 2020, 100)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "空"),
        ("a.csv", b"", "空"),
        ("a.csv", b"\xef\xbb\xbf\r\n", "空"),
        ("a.docx", b"PK\x03\x04", "ExcelでもCSVでもありません"),
        ("a.docx", b"", "空"),
        ("a.ods", b"PK\x03\x04", "OpenDocument"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "古いExcel"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "古いExcel"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900) + "EncryptedPackage".encode("utf-16-le"),
            "暗号化",
        ),
        ("a.xlsx", b"not a workbook", "文字のファイルです"),
        ("a.xlsx", "団体コード,人口\r\n".encode("cp932"), ".csv に直してください"),
        ("a.xlsx", "団体コード\t人口\r\n".encode("utf-16"), "文字のファイルです"),
        ("a.xlsx", b"<html><table>", "ウェブページ（HTML）です"),
        ("a.xlsx", b"\xef\xbb\xbf <!DOCTYPE html>", "ウェブページ（HTML）です"),
        ("a.xlsx", b"%PDF-1.7", "PDFです"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n\0\0", "Excelブックではありません"),
        ("a.xlsx", b"PK\x03\x04 cut short", "壊れています"),
        ("~$a.xlsx", b"\x04user", "ブックを閉じて"),
        ("a.csv", b"PK\x03\x04", "中身はExcelブック"),
        ("a.csv", b"\xff\x00\xfd", "文字コード"),
        ("a.csv", b'a,b\r\n"open,1\r\n', "CSVとして読めません"),
        ("a.csv", b'a,b\r\n"x"y,1\r\n', "CSVとして読めません"),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_said(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    said = refusal(path)
    assert words in said
    for word in ("Error", "BadZip", "Exception", "delimiter", "unexpected"):
        assert word not in said
    if not content.startswith(b"PK"):
        assert "Excelで開" not in said  # Excel would not open it either


def test_a_report_named_as_a_workbook_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "Excelブックではありません" in refusal(path)


def test_a_workbook_that_lost_a_sheet_is_broken(tmp_path):
    path = workbook(tmp_path / "t.xlsx")
    cut = tmp_path / "cut.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            if not name.endswith("sheet1.xml"):
                new.writestr(name, old.read(name))
    assert "壊れています" in refusal(cut)


def test_a_cut_sheet_is_broken(tmp_path):
    path = workbook(tmp_path / "t.xlsx")
    cut = tmp_path / "cut.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:-30] if name.endswith("sheet1.xml") else content)
    assert "壊れています" in refusal(cut)


def test_a_file_that_the_system_refuses_to_open(tmp_path, monkeypatch):
    path = workbook(tmp_path / "t.xlsx")

    def refuse(*args, **more):
        raise PermissionError(13, "locked")

    monkeypatch.setattr("planbook.load.tidy.files.read_workbook", refuse)
    assert "開けません" in refusal(path)


@pytest.mark.parametrize(
    ("encoding", "notice"),
    [("utf-8-sig", []), ("utf-8", ["csv_without_bom"]), ("cp932", ["csv_cp932"]), ("utf-16", ["csv_utf16"])],
)
def test_the_encoding_of_a_csv_is_said_and_the_file_stays(tmp_path, encoding, notice):
    path = tmp_path / "t.csv"
    raw = "団体コード,人口（人）\r\n07999,-12.5\r\n".encode(encoding)
    path.write_bytes(raw)
    contents = read_table_file(path)
    assert [n.fault for n in contents.notices] == notice
    assert contents.sheets[0].rows == [("団体コード", "人口（人）"), ("07999", -12.5)]
    assert path.read_bytes() == raw


def test_plain_ascii_needs_no_mark_of_its_encoding(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"code,value\n07999,1e3\n")
    contents = read_table_file(path)
    assert contents.notices == ()
    assert contents.sheets[0].rows[1] == ("07999", 1000.0)


def test_other_delimiters_formulas_and_widths(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("a;b\r\n=SUM(A1:A2);1,5\r\n-;=\r\n1;2;3;;\r\n".encode("utf-8-sig"))
    contents = read_table_file(path)
    assert [(n.fault, n.found) for n in contents.notices] == [("csv_delimiter", ";")]
    (sheet,) = contents.sheets
    assert isinstance(sheet.rows[1][0], Formula)
    assert not isinstance(sheet.rows[2][1], Formula)
    assert sheet.widths == (2, 2, 2, 5)
    assert sheet.rows[3] == (1, 2, 3)


def test_a_folder_is_searched_and_a_file_is_taken_as_it_is(tmp_path):
    for name in ("b.csv", "sub/a.XLSX", "~$b.xlsx", ".hidden.csv", "report.docx", "old.xls"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    found = find_tables([tmp_path, tmp_path / "b.csv", tmp_path / "report.docx"])
    assert [path.name for path in found] == ["b.csv", "old.xls", "a.XLSX", "report.docx"]


def test_letters_of_columns():
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
