"""The page: numbers that lead to their sources, figures with tables and downloads, escaped text."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import altair as alt
import openpyxl
import pandas as pd
import pytest

from planbook.load.plan import load_plan
from planbook.presentation.downloads import csv_bytes, write_downloads, xlsx_bytes
from planbook.presentation.html import Html
from planbook.presentation.page import Card, View, open_page
from planbook.presentation.tables import Column, data_table
from planbook.vocabulary.numbers import change_pct, difference, number, per_year
from planbook.vocabulary.provenance import SourceRef


@pytest.fixture
def plan(country):
    return load_plan(country.root, "47999-strategy-1")


@pytest.fixture
def page(plan, monkeypatch):
    monkeypatch.setenv("PLANBOOK_OUTPUT", "book")
    return open_page(plan, "digest")


def stated(plan):
    return number(9000, source=plan.document_source(plan.file.outlook.targets[0]))


def observed(plan, persons=10000, as_of="2020-10-01"):
    return number(persons, as_of=as_of, concept="census", source=plan.official_source("census-2020-ssdse"))


def test_a_stated_number_leads_to_its_line(page, plan):
    shown = page.say("目標は{n}です。", n=stated(plan))
    assert re.search(r'<a class="pb-num" href="#src-1"[^>]*>9,000人</a>', shown.markup)
    listed = page.source_list().plain()
    assert "架空市『架空市総合戦略』2行目" in listed
    assert "2040年に9,000人" in listed


def test_a_computed_number_leads_to_its_computation_and_its_parts(page, plan):
    gap = difference(stated(plan), observed(plan))
    page.say("差は{n}です。", n=gap)
    listed = page.source_list()
    assert "計算：9,000 − 10,000 ＝ −1,000" in listed.plain()
    assert listed.markup.count("<li") == 3  # two parts and the computation
    assert 'href="#src-1"' in listed.markup
    assert 'href="#src-2"' in listed.markup


def test_every_link_of_a_page_has_its_line(page, plan):
    shown = page.say(
        "{a}{b}{c}", a=stated(plan), b=observed(plan), c=change_pct(observed(plan), stated(plan))
    )
    listed = page.source_list().markup
    for anchor in re.findall(r'href="#(src-\d+)"', shown.markup + listed):
        assert f'id="{anchor}"' in listed


def test_the_same_number_has_one_line(page, plan):
    page.say("{a}", a=stated(plan))
    page.say("{a}", a=stated(plan))
    assert page.source_list().markup.count("<li") == 1


def test_a_change_has_no_percentage_from_zero_or_below():
    assert change_pct(number(5), number(0)) is None
    assert change_pct(number(5), number(-40)) is None
    assert change_pct(number(50000), number(46509)).value == pytest.approx(
        Decimal("7.506"), abs=Decimal("0.001")
    )


def test_numbers_print_with_units_signs_and_minus():
    assert str(number(-3491, sign=True)) == "−3,491人"
    assert str(number(3491, sign=True)) == "+3,491人"
    assert str(number(100000, qualifier="about")) == "約100,000人"
    assert str(number(Decimal("431.5"), "万円", decimals=1)) == "431.5万円"
    assert str(per_year(difference(number(50000), number(49291)), Decimal(5), "2025–2030")) == "年+142人"


def test_text_from_data_cannot_become_markup(page):
    shown = page.say("{words}", words="<script>alert(1)</script>")
    assert "<script>" not in shown.markup
    assert "&lt;script&gt;" in shown.markup
    with pytest.raises(ValueError, match="markup"):
        page.say("<b>太字</b>")


def figure(page, tmp_path, monkeypatch, text="値"):
    monkeypatch.setenv("PLANBOOK_DOWNLOADS", str(tmp_path / "files"))
    frame = pd.DataFrame({"year": ["2020", "2025"], "persons": [10000.0, None], "word": [text, "="]})
    table = data_table(
        frame, [Column("year", "年"), Column("persons", "人口（人）", 0), Column("word", "語")]
    )
    chart = alt.Chart(frame).mark_line().encode(x="year:O", y="persons:Q")
    source = SourceRef(
        kind="official", source_id="s", title="国勢調査", publisher="総務省統計局", locator="表1", as_written=None,
        as_of="2020", licence="pdl-1.0", retrieved=None, url=None,
    )  # fmt: skip
    return page.show("trend", View(chart, table, (source,), "折れ線"), caption="図", absent="なし")


def test_a_figure_carries_its_id_alternative_table_source_and_files(page, tmp_path, monkeypatch):
    markup = figure(page, tmp_path, monkeypatch).markup
    assert 'id="47999-strategy-1-digest-trend"' in markup
    assert 'role="img" aria-label="折れ線"' in markup
    assert "出典：総務省統計局「国勢調査」を加工して作成" in markup
    assert '<td class="pb-n">10,000</td>' in markup
    assert '<td class="pb-n">-</td>' in markup  # a missing value is no zero
    for name in re.findall(r'href="files/([^"]+)"', markup):
        assert (tmp_path / "files" / name).is_file()
    spec = json.loads(re.search(r'class="pb-spec">(.*?)</script>', markup, re.S)[1])
    assert spec["description"] == "折れ線"


def test_a_spec_cannot_end_its_script_element(page, tmp_path, monkeypatch):
    markup = figure(page, tmp_path, monkeypatch, "</script><script>alert(1)</script>").markup
    assert markup.count("</script>") == 1


def test_a_spec_cannot_swallow_the_page(page, tmp_path, monkeypatch):
    # after "<!--<script" a browser reads on to the second "</script>", past everything in between
    markup = figure(page, tmp_path, monkeypatch, "<!--<script>").markup
    body = re.search(r'class="pb-spec">(.*?)</script>', markup, re.S)[1]
    assert "<" not in body
    assert "<!--<script>" in [row["word"] for rows in json.loads(body)["datasets"].values() for row in rows]


def test_a_list_in_a_note_stands_in_no_paragraph(page):
    markup = page.note("info", "一文", page.bullets(["一", "二"]), Html("<strong>語</strong>")).markup
    assert "<p><ul>" not in markup
    assert "<p>一文</p><ul><li>一</li><li>二</li></ul><p><strong>語</strong></p>" in markup


def test_downloads_are_machine_readable(page, tmp_path, monkeypatch):
    figure(page, tmp_path, monkeypatch)
    raw = (tmp_path / "files" / "47999-strategy-1-digest-trend.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0] == {
        "団体コード": "47999",
        "団体名": "架空市",
        "年": "2020",
        "人口（人）": "10000",
        "語": "値",
    }
    assert rows[1]["人口（人）"] == ""
    book = openpyxl.load_workbook(tmp_path / "files" / "47999-strategy-1-digest-trend.xlsx")
    assert book.sheetnames == ["データ", "メタデータ"]
    sheet = book["データ"]
    assert sheet["D2"].value == 10000
    assert sheet["A2"].value == "47999"  # a code is text
    assert sheet["E3"].value == "="  # and no formula
    notes = {row[0].value: row[1].value for row in book["メタデータ"].iter_rows(min_row=2)}
    assert notes["出典1"].startswith("出典：総務省統計局")


def test_downloads_are_the_same_bytes_twice():
    records = [{"年": 2020, "人口": 5}, {"年": 2025, "人口": None}]
    assert xlsx_bytes(records, {"表題": "図"}) == xlsx_bytes(records, {"表題": "図"})
    assert csv_bytes(records) == csv_bytes(records)


def test_nothing_is_written_outside_a_run(monkeypatch, tmp_path):
    monkeypatch.delenv("PLANBOOK_DOWNLOADS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert write_downloads("x", [{"a": 1}], {}) == []
    assert list(tmp_path.iterdir()) == []


def test_a_missing_view_is_a_sentence_not_an_empty_chart(page):
    shown = page.show("trend", None, caption="図", absent="人口の系列がありません。")
    assert "人口の系列がありません。" in shown.plain()
    assert "pb-chart" not in shown.markup


def test_in_jupyterlab_a_chart_needs_no_script(plan, monkeypatch, tmp_path):
    monkeypatch.delenv("PLANBOOK_OUTPUT", raising=False)
    shown = figure(open_page(plan, "digest"), tmp_path, monkeypatch)
    assert "<svg" in shown.markup
    assert "<script" not in shown.markup
    assert "var(--pst" not in shown.markup  # the book's theme is not there; our variables have a fallback


def test_a_table_refuses_a_column_that_is_not_there():
    with pytest.raises(KeyError, match="persons"):
        data_table(pd.DataFrame({"year": [1]}), [Column("persons", "人口")])


def test_cards_link_their_values(page, plan):
    shown = page.cards([Card("目標", stated(plan), Html("<b>注</b>"))])
    assert 'href="#src-1"' in shown.markup
    assert "<b>注</b>" in shown.markup
