"""What readers take along keeps the rules for machine-readable tables."""

from __future__ import annotations

import csv
import hashlib
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planbook.analysis.tidy.check import check_contents
from planbook.load.plan import load_plan
from planbook.load.tidy.files import read_table_file
from planbook.presentation.data_dates import newest_date
from planbook.presentation.downloads import csv_bytes, xlsx_bytes
from planbook.presentation.export_cells import export_records
from planbook.presentation.page import open_page
from planbook.vocabulary.provenance import SourceRef

WORDS = st.text(st.sampled_from("架空市町の施策と目標ひとカナ 　\n1年Ⅲ（）"), max_size=12)
YEARS = st.integers(1950, 2100)
NUMBERS = st.none() | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6).map(lambda x: round(x, 2))
YEAR_CELLS = st.none() | YEARS | YEARS.map(str) | YEARS.map("{}（速報）".format) | st.just("記載なし")
ROW = st.fixed_dictionaries(
    {
        "団体コード": st.sampled_from(["07999", "01100", "47999"]),
        "団体名": st.just("架空市"),
        "年": YEARS | YEARS.map(str),
        "目標年": YEAR_CELLS,
        "目標に届く 純移動（人/年）": NUMBERS,
        "指数（2015年＝100）": NUMBERS,
        "名称の原文": st.none() | WORDS,
    }
)


def findings(path, raw):
    path.write_bytes(raw)
    return check_contents(read_table_file(path)).problems("error")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, min_size=1, max_size=12))
def test_every_download_of_well_formed_records_passes(tmp_path, records):
    assert findings(tmp_path / "t.xlsx", xlsx_bytes(records, {"表題": "①"})) == []
    assert findings(tmp_path / "t.csv", csv_bytes(records)) == []


def test_years_become_numbers_and_their_remarks_a_column():
    records = [{"年": "2020"}, {"年": "2025（速報）"}, {"年": None}, {"年": "2030"}]
    assert export_records(records) == [
        {"年": 2020, "年についての注": None},
        {"年": 2025, "年についての注": "速報"},
        {"年": None, "年についての注": None},
        {"年": 2030, "年についての注": None},
    ]
    assert records[0] == {"年": "2020"}


def test_words_among_numbers_move_to_a_column_of_notes():
    records = [{"目標年": 2045, "値": 1.5}, {"目標年": "記載なし", "値": "秘匿"}]
    assert export_records(records)[1] == {
        "目標年": None, "目標年についての注": "記載なし", "値": None, "値についての注": "秘匿"
    }  # fmt: skip


@pytest.mark.parametrize(
    "cells", [["07210", "03213"], ["k1", "2020"], ["1", "(1)"], ["はい", "いいえ"], ["2019-10-01", "2045"]]
)
def test_codes_numbers_of_chapters_words_and_dates_stay_text(cells):
    records = [{"列": cell} for cell in cells]
    assert export_records(records) == records


def test_words_of_a_document_stay_as_they_are():
    records = [{"目標値の原文": "2000"}, {"目標値の原文": "↗"}]
    assert export_records(records) == records


def test_true_and_false_are_no_numbers():
    assert export_records([{"a": True}, {"a": "x"}]) == [{"a": True}, {"a": "x"}]


def test_headings_stay_apart_when_their_blanks_go():
    records = [{"人口計": 1, "人口 計": 2, "人口　計": 3}]
    assert export_records(records) == records
    (record,) = export_records([{"人口 計": 1, "人口計": 2, "人口　計": 3}])
    assert list(record.values()) == [1, 2, 3]


def test_text_has_no_blanks_for_layout():
    assert export_records([{"語": " 前後 "}, {"語": "行\r\n替え"}, {"語": "　"}]) == [
        {"語": "前後"}, {"語": "行 替え"}, {"語": None}
    ]  # fmt: skip


def test_no_records_give_an_empty_table():
    assert csv_bytes([]) == b"\xef\xbb\xbf\r\n"


def notes_of(raw):
    book = openpyxl.load_workbook(io.BytesIO(raw))
    return {row[0]: row[1] for row in book["メタデータ"].iter_rows(min_row=2, values_only=True)}


@pytest.fixture
def page(country, monkeypatch):
    monkeypatch.delenv("PLANBOOK_DOWNLOADS", raising=False)
    return open_page(load_plan(country.root, "47999-strategy-1"), "digest")


def source(page, source_id):
    return load_plan(page.reference.root, "47999-strategy-1").official_source(source_id)


def test_the_metadata_say_what_the_rules_ask_for(page):
    sources = [
        source(page, "census-1980-2015-age5"),
        source(page, "census-2020-ssdse"),
        source(page, "ipss2023"),
    ]
    records = [{"年": 2020, "人口（人）": 1}]
    notes = notes_of(xlsx_bytes(records, page._metadata("人口の推移", sources)))
    assert notes["表題"] == "人口の推移"
    assert notes["出典1"].startswith("出典：総務省統計局「国勢調査」")
    assert "時点 1980-10-01" in notes["出典1"]
    assert notes["データの時点"] == "2020-10-01"
    licences = [page.reference.label("licences", s.licence) for s in sources]
    assert notes["ライセンス"] == "、".join(dict.fromkeys(licences))
    assert "見出し" in notes["単位"]
    assert "methods.html" in notes["定義"]
    assert "データの時点" in notes["作成日"]  # why there is none
    assert notes["CSVのSHA-256"] == hashlib.sha256(csv_bytes(records)).hexdigest()


def test_a_document_without_a_date_says_so(page):
    document = SourceRef("document", "x/text", "概要", "架空市", "L1", "字", licence="quotation")
    notes = page._metadata("目標", [document])
    assert notes["データの時点"] == "出典に日付の記載がありません"
    assert notes["出典1"] == "出典：架空市「概要」から引用"


def test_the_date_of_the_data_is_no_date_of_the_future(page):
    reference = page.reference
    made = [
        source(page, name)
        for name in ("ipss2018", "census-2025-preliminary", "juki-1995-2022", "vital-ssdse")
    ]
    assert [newest_date([one], reference) for one in made] == [
        "2015-10-01",
        "2025-10-01",
        "2022-01-01",
        "2023",
    ]
    assert newest_date(made, reference) == "2025-10-01"
    retrieved = SourceRef(
        "document", "d", "t", as_of="2024-01-09", retrieved="2026-11-01", licence="quotation"
    )
    assert newest_date([retrieved, *made], reference) == "2026-11-01"


def test_same_records_same_bytes_and_the_csv_holds_what_the_workbook_holds():
    records = [{"年": "2020", "値（人）": 1}, {"年": "2025（速報）", "値（人）": None}]
    assert xlsx_bytes(records, {"表題": "図"}) == xlsx_bytes([dict(r) for r in records], {"表題": "図"})
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(records, {}))).worksheets[0]
    cells = [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == list(csv.reader(io.StringIO(csv_bytes(records).decode("utf-8-sig"))))
