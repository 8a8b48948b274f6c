"""Every published item: a table that breaks it and one that keeps it."""

from __future__ import annotations

import pytest

from planbook.analysis.tidy.check import check_contents
from planbook.analysis.tidy.faults import FAULTS
from planbook.analysis.tidy.rules import RULES
from planbook.analysis.tidy.spelling import without_layout_blanks
from planbook.analysis.tidy.words import text_kind
from planbook.load.tidy.contents import Contents, ErrorValue, Formula, Notice, Parts, Sheet, Thing

HEADING = ("団体コード", "団体名", "年", "人口（人）")
NOTHING = Parts()
ROWS = [HEADING, ("07999", "架空市", 2020, 100), ("07999", "架空市", 2025, 90)]


def check(rows, *, parts=NOTHING, name="データ", kept=5, notices=()):
    return check_contents(Contents("t.xlsx", "xlsx", (Sheet(name, rows, parts),), tuple(notices)), kept)


def faults(report, severity=None):
    """Return the names of the faults found, with their counts."""
    names = {fault: name for name, fault in FAULTS.items()}
    return {names[g.fault]: g.count for g in report.groups if severity in (None, g.severity)}


def with_cell(value, *, heading="人口（人）", among=(100, 90, 80, 70)):
    """Return a table whose last column holds numbers and one other value, in D2."""
    return [
        (*HEADING[:3], heading),
        ("07999", "架空市", 2020, value),
        *(("07999", "架空市", 2021 + n, number) for n, number in enumerate(among)),
    ]


def test_a_tidy_table_has_no_finding():
    assert check(ROWS).groups == ()


def test_the_fifteen_published_items_are_registered_and_every_fault_belongs_to_one():
    assert list(RULES) == [*(f"1-{n}" for n in range(1, 14)), "2-1", "2-2"]
    for rule in RULES.values():
        assert rule.title and rule.explanation and rule.remedy
    assert {fault.rule for fault in FAULTS.values()} == set(RULES)
    for name, fault in FAULTS.items():
        assert fault.what, name
        assert name == "unreadable" or (fault.allowed and fault.remedy), name


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("1,234", "number_as_text"),
        ("１２３４", "number_as_text"),
        ("120人", "number_as_text"),
        ("12.3％", "number_as_text"),
        ("△5", "number_as_text"),
        ("▲1,000", "number_as_text"),
        ("約300", "number_as_text"),
        ("記載なし", "word_among_numbers"),
        ("10(5)", "value_in_brackets"),
        ("10（5％）", "value_in_brackets"),
        ("10〜20", "range_of_values"),
        ("男10 女12", "paired_values"),
        ("男10女12", "paired_values"),
        ("男 10 女 12", "paired_values"),
        ("-", "mark"),
        ("－", "mark"),
        ("…", "mark"),
        ("x", "mark"),
        ("*", "mark"),
        ("X", "standard_mark"),
        ("***", "standard_mark"),
        ("〃", "ditto"),
        (Formula("=SUM(A1:A2)"), "formula"),
        (ErrorValue("#N/A"), "error_value"),
        ("①", "character_in_number"),
        (" ", "only_blanks"),
    ],
)
def test_a_column_of_figures_holds_numbers_or_nothing(value, fault):
    report = check(with_cell(value))
    assert fault in faults(report)
    place = next(p.place for g in report.groups if g.fault is FAULTS[fault] for p in g.problems)
    assert place == {"sheet": "データ", "cell": "D2"}


@pytest.mark.parametrize("value", [None, 0, -5, 1.5])
def test_numbers_and_empty_cells_are_allowed(value):
    assert check(with_cell(value)).groups == ()


def test_a_whole_column_of_disguised_numbers_is_seen():
    rows = with_cell("1人", among=("2人", "3人"))
    assert faults(check(rows)) == {"number_as_text": 3}


@pytest.mark.parametrize(
    "value",
    ["基本目標1 しごと", "第1期 第2版", "0〜14歳", "07210", "5-1", "令和5年（2023年）", "架空町 駅前地区"],
)
def test_words_with_digits_are_words(value):
    assert text_kind(value) in ("word", "range")
    rows = [("団体コード", "年", "名称"), ("07999", 2020, value), ("07999", 2021, "ことば")]
    assert faults(check(rows), "error") == {}


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("架　空　町", "spaced_letters"),
        (" 駅前", "edge_blank"),
        ("駅前　", "edge_blank"),
        ("駅前\n地区", "line_break"),
        ("駅前　　地区", "row_of_blanks"),
    ],
)
def test_blanks_for_layout(value, fault):
    rows = [("団体コード", "年", "名称"), ("07999", 2020, value), ("07999", 2021, "駅 前地区")]
    assert faults(check(rows)) == {fault: 1}


def test_a_heading_parts_no_japanese_words_by_blanks():
    assert without_layout_blanks("Population change (persons)") == "Population change (persons)"
    assert without_layout_blanks("目標が 抑える　割合（%）") == "目標が抑える割合（%）"
    rows = [(*HEADING[:3], "総 人口（人）"), *ROWS[1:]]
    assert faults(check(rows)) == {"blank_in_heading": 1}


def test_empty_repeated_and_missing_headings():
    assert faults(check([("団体コード", None, "年", "人口（人）"), *ROWS[1:]])) == {"empty_heading": 1}
    rows = [("団体コード", "年", "人口（人）", "人口（人）"), ("07999", 2020, 1, 2)]
    assert faults(check(rows)) == {"repeated_heading": 2}
    assert "no_heading_row" in faults(check([(100, 5000, 3.5), (200, 6000, 4.5)]))


def test_a_name_left_out_below_its_like():
    rows = [("区分", "年", "団体コード", "人口（人）"), ("男", 2020, "07999", 1), (None, 2021, "07999", 2)]
    assert faults(check(rows)) == {"empty_label": 1}


def test_merged_cells_objects_and_hidden_parts():
    parts = Parts(
        merged=("A1:B1", "C2:C3"),
        hidden_rows=(1, 500),
        hidden_columns=(0, 16000),
        hidden=True,
        things=(Thing("chart", "xl/charts/chart1.xml"), Thing("comment", "xl/comments1.xml")),
    )
    report = check(ROWS, parts=parts)
    assert faults(report, "error") == {"merged": 2, "object": 1}
    assert faults(report, "caution") == {"comment": 1, "hidden": 3}  # the sheet, row 2, column A
    assert [p.place for p in report.problems() if len(p.place) > 1] == [
        {"sheet": "データ", "cell": "A1:B1"},
        {"sheet": "データ", "cell": "C2:C3"},
        {"sheet": "データ", "row": 2},
        {"sheet": "データ", "column": "A"},
    ]


@pytest.mark.parametrize(
    "heading", ["人口", "世帯数", "割合", "構成比", "Duration", "Number", "基準年からの年数", "金額"]
)
def test_a_unit_is_missing(heading):
    assert faults(check([(*HEADING[:3], heading), *ROWS[1:]])) == {"no_unit": 1}


@pytest.mark.parametrize(
    "heading",
    [
        "人口（人）",
        "人口(人)",
        "割合［%］",
        "老年人口指数",
        "合計特殊出生率",
        "有効求人倍率",
        "順位",
        "整理番号",
    ],
)
def test_a_unit_is_stated_or_none_belongs_to_it(heading):
    assert "no_unit" not in faults(check([(*HEADING[:3], heading), *ROWS[1:]]))


def test_a_column_of_units_counts():
    rows = [("団体コード", "年", "値", "値の単位"), ("07999", 2020, 5, "人"), ("07999", 2021, 6, "%")]
    assert check(rows).groups == ()


@pytest.mark.parametrize("character", ["①", "Ⅲ", "㍻", "㈱", "ｱ", "㎡", "№", "髙", "﨑", "𠮷"])
def test_characters_of_one_vendor(character):
    rows = [("団体コード", "年", "名称"), ("07999", 2020, f"第{character}の町")]
    assert faults(check(rows)) == {"character_in_text": 1}  # it may be a quotation: a caution
    assert faults(check([(*HEADING[:3], f"人口{character}（人）"), *ROWS[1:]]), "error") == {
        "character_in_heading": 1
    }


@pytest.mark.parametrize("character", ["\ue000", "\ufffd"])
def test_a_lost_character_is_an_error_anywhere(character):
    rows = [("団体コード", "年", "名称"), ("07999", 2020, f"渡{character}町")]
    assert faults(check(rows), "error") == {"lost_character": 1}


@pytest.mark.parametrize("character", ["〜", "～", "−", "（", "々", "高", "é"])
def test_ordinary_characters(character):
    rows = [("団体コード", "年", "名称"), ("07999", 2020, f"町{character}村など")]
    assert check(rows).groups == ()


@pytest.mark.parametrize(
    "value", ["令和5年", "R5", "Ｈ30年度", "平成30年3月", "令和元年度", "令和3年度〜令和7年度"]
)
def test_a_japanese_year_alone(value):
    rows = [("団体コード", "年度", "人口（人）"), ("07999", value, 1), ("07999", value, 2)]
    assert faults(check(rows), "error") == {"era_only": 2}


@pytest.mark.parametrize(
    "value", ["2023年", "令和5年（2023年）", "2023-10-01", "2023", 2023, "2023年度", 2023000000]
)
def test_a_western_year_alone_or_beside(value):
    rows = [("団体コード", "年度", "人口（人）"), ("07999", value, 1), ("07999", value, 2)]
    assert faults(check(rows), "error") == {}


def test_a_western_column_beside_the_japanese_one():
    rows = [
        ("団体コード", "和暦", "西暦", "人口（人）"),
        ("07999", "令和5年", 2023, 1),
        ("07999", "令和6年", 2024, 2),
    ]
    assert check(rows).groups == ()


def test_a_heading_in_japanese_years_is_no_name_of_an_edition():
    rows = [("団体コード", "団体名", "令和5年人口（人）"), ("07999", "架空市", 1)]
    assert faults(check(rows), "error") == {"era_only": 1}
    rows = [("団体コード", "年", "社人研推計（令和5年推計）（人）"), ("07999", 2020, 1)]
    assert check(rows).groups == ()


def test_letters_are_eras_among_times_only():
    rows = [("団体コード", "年", "区分"), ("07999", 2020, "H1"), ("07999", 2021, "S2")]
    assert check(rows).groups == ()
    rows = [("団体コード", "区分", "人口（人）"), ("07999", "平成30年", 1)]
    assert faults(check(rows), "error") == {"era_only": 1}


def test_a_span_of_years_as_a_value_and_as_a_label():
    rows = [
        ("団体コード", "年", "人口（人）"),
        ("07999", 2019, 1),
        ("07999", "2020年〜2024年", 2),
        ("07999", 2025, 3),
    ]
    assert faults(check(rows), "error") == {"range_of_values": 1}
    rows = [("団体コード", "期間", "人口（人）"), ("07999", "2020年〜2024年", 2)]
    assert faults(check(rows)) == {"range_label": 1}
    assert faults(check(rows), "error") == {}


def test_a_text_year_is_a_caution_and_an_iso_date_is_none():
    rows = [("団体コード", "年", "人口（人）"), ("07999", "2019", 1), ("07999", "2020", 2)]
    assert faults(check(rows)) == {"year_as_text": 2}
    rows = [
        ("団体コード", "時点", "人口（人）"),
        ("07999", "2019-10-01", 1),
        ("07999", "2020-10-01", 2),
        ("07999", "2045", 3),
    ]
    assert check(rows).groups == ()


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("07210", None),
        ("072109", None),
        (7210, "code_lost_zero"),
        ("7210", "code_lost_zero"),
        (11233, "code_as_number"),
        ("072100", "code_unknown"),
        ("99999", "code_unknown"),
        ("-", "code_mark"),
        ("00000", None),
    ],
)
def test_area_codes(value, fault):
    rows = [HEADING, (value, "架空市", 2020, 1)]
    assert faults(check(rows)) == ({fault: 1} if fault else {})


def test_prefectures():
    rows = [
        ("都道府県コード", "都道府県名", "年", "人口（人）"),
        ("13", "東京", 2020, 1),
        (7, "福島県", 2020, 2),
    ]
    assert faults(check(rows)) == {"short_prefecture": 1, "code_lost_zero": 1}


def test_a_table_without_area_or_time_is_a_caution():
    assert faults(check([("区分", "人口（人）"), ("男", 1), ("女", 2)])) == {"no_time": 1, "no_area": 1}
    assert faults(check([("市区町村", "年", "人口（人）"), ("架空市", 2020, 1)])) == {"name_without_code": 1}


def test_a_blank_row_and_a_blank_column_split_a_table():
    assert faults(check([*ROWS, (), ("07999", "架空市", 2030, 80)])) == {"blank_row": 1}
    apart = [(*row[:2], None, *row[2:]) for row in ROWS]
    report = check(apart)
    assert faults(report) == {"blank_column": 1}
    assert report.problems()[0].place == {"sheet": "データ", "column": "C"}


def test_a_table_that_begins_elsewhere():
    assert faults(check([(), *((None, *row) for row in ROWS)])) == {"offset": 1}


def test_two_tables_below_and_beside_each_other():
    below = check(
        [
            *ROWS,
            (),
            ("第2表",),
            ("団体コード", "団体名", "年", "世帯数（世帯）"),
            ("07999", "架空市", 2020, 40),
        ]
    )
    assert faults(below) == {"second_table": 1, "title_row": 1}
    beside = check([(*row, None, *row) for row in ROWS])
    assert {"second_table", "blank_column", "repeated_heading"} <= set(faults(beside))
    again = check([*ROWS, *ROWS])
    assert faults(again) == {"second_table": 1}


def test_titles_above_and_notes_below():
    report = check([("架空市の人口",), *ROWS, (), ("注：10月1日現在",), ("出典：国勢調査",)])
    assert faults(report, "caution") == {"title_row": 1, "note_row": 2}
    assert report.rules() == ["2-1"]  # they part the table from row 1; they are no second table


def test_a_heading_of_several_rows():
    rows = [
        ("団体コード", "年", "人口", None),
        (None, None, "男", "女"),
        (None, None, "人", "人"),
        ("07999", 2020, 1, 2),
        ("07999", 2021, 1, 2),
    ]
    assert faults(check(rows)) == {"heading_of_rows": 1, "empty_heading": 1}
    merged = check(rows, parts=Parts(merged=("C1:D1", "A1:A3", "B1:B3")))
    assert faults(merged) == {"merged": 3, "heading_of_rows": 1}
    (problem,) = [p for g in merged.groups if g.fault is FAULTS["heading_of_rows"] for p in g.problems]
    assert str(problem.what) == "見出しが3行あります"
    assert "シート「データ」 1〜3行目: 見出しが3行あります" in problem.in_words("ja")
    assert FAULTS["heading_of_rows"].severity == FAULTS["note_row"].severity == FAULTS["title_row"].severity


#: Headings as the national statistics centre makes them: item codes, years, names.
STATISTICS = [
    ("SSDSE-A-2024", "Prefecture", "Municipality", "A1101", "A1301", "G5101"),
    (None, None, "年度", 2020, 2020, 2021),
    ("地域コード", "都道府県", "市区町村", "総人口", "１５歳未満人口（男）", "公民館数（館）"),
    ("R01100", "北海道", "札幌市", 1973395, 215366, 3),
    ("R01202", "北海道", "函館市", 251084, 23560, 1),
    ("R01203", "北海道", "小樽市", 111299, 9860, 2),
]


def test_rows_of_codes_years_and_names_are_one_heading():
    report = check(STATISTICS)
    assert faults(report) == {"heading_of_rows": 1, "no_unit": 2}
    assert "項目名の行だけを残し" in str(report.problems("caution")[0].remedy)
    # the columns are judged by the last row: the names
    assert [p.place["cell"] for p in report.problems("error")] == ["D3", "E3"]


@pytest.mark.parametrize(
    "first",
    [
        ("07998", "別の市", 2019, "記載なし", "調査中"),
        ("07998", "架空市", 2020, "…", "x"),
        ("07998", "別の市", 2019, 1900, 2100),
    ],
)
def test_a_first_row_of_data_without_figures_is_no_heading(first):
    rows = [("団体コード", "団体名", "年", "人口（人）", "世帯（世帯）"), first]
    rows += [("07999", "架空市", 2020 + n, 5000 + n, 300 + n) for n in range(5)]
    assert "heading_of_rows" not in faults(check(rows))


@pytest.mark.parametrize(
    "codes",
    [
        ("R01100", "R01202", "R47382"),
        ("07210", "07202", "11233"),
        ("072109", "072028", "112330"),
        ("07210", "07202", 11233),  # a CSV cannot say that the last one is text
    ],
)
def test_area_codes_are_known_by_what_they_are(codes):
    rows = [("表の名前2024", "市町村", "年", "人口（人）"), *((c, "架空市", 2020, 5) for c in codes)]
    found = set(faults(check(rows)))
    assert not found & {"name_without_code", "no_area", "no_unit", "code_unknown"}


@pytest.mark.parametrize(
    "codes", [("R91100", "R99202"), ("00123", "99123"), (10500, 11000), ("072100", "072020")]
)
def test_other_digits_are_no_area_codes(codes):
    rows = [("表の名前2024", "市町村", "年", "人口（人）"), *((c, "架空市", 2020, 5) for c in codes)]
    assert "name_without_code" in faults(check(rows))


@pytest.mark.parametrize("counts", [("27000", 27100, 27200), ("27000", "27100", "27200")])
def test_what_has_a_unit_is_no_area_code(counts):
    """27100 is the code of Osaka, and a number of households like any other."""
    rows = [("団体コード", "年", "世帯数（世帯）"), *(("07210", 2020 + i, n) for i, n in enumerate(counts))]
    assert faults(check(rows)) == {"number_as_text": sum(isinstance(n, str) for n in counts)}


def test_codes_in_brackets_are_no_unit():
    rows = [("市町村（コード）", "年", "人口（人）"), ("07210", 2020, 5), ("07202", 2020, 6)]
    assert not set(faults(check(rows))) & {"no_area", "name_without_code", "number_as_text"}


def test_a_heading_of_the_sexes_states_no_unit():
    assert faults(check([(*HEADING[:3], "人口（男）"), *ROWS[1:]])) == {"no_unit": 1}


def test_words_of_a_document_are_cautions_only():
    rows = [
        ("団体コード", "年", "目標値の原文"),
        ("07999", 2020, "10(5)"),
        ("07999", 2021, "△5人"),
        ("07999", 2021, "（令和5年）\n"),
        ("07999", 2022, "Ⅲ"),
    ]
    report = check(rows)
    assert report.count("error") == 0
    assert {"line_break", "character_in_text"} <= set(faults(report))


def test_a_list_of_codes_is_a_caution():
    rows = [("団体コード", "年", "テーマ"), ("07999", 2020, "G1、G3"), ("07999", 2021, "G2")]
    assert faults(check(rows)) == {"list_of_codes": 1}


def test_sheets_of_metadata_are_listed_and_exempt():
    sheet = Sheet("メタデータ", [("項目", "内容"), ("表題", "①")], Parts(merged=("A1:B1",)))
    report = check_contents(Contents("t.xlsx", "xlsx", (Sheet("データ", ROWS), sheet)))
    assert report.exempt == ("メタデータ",)
    assert report.groups == ()


def test_an_empty_sheet_is_a_caution():
    assert faults(check([])) == {"empty_sheet": 1}
    assert (check([]).tables, check(ROWS).tables, check([*ROWS, *ROWS]).tables) == (0, 1, 2)


def test_notices_of_the_reader_are_findings():
    report = check(ROWS, notices=[Notice("csv_cp932", "CP932"), Notice("csv_delimiter", ";")])
    assert faults(report) == {"csv_cp932": 1, "csv_delimiter": 1}
    assert report.rules("error") == ["1-1"]


def test_every_finding_is_counted_and_the_first_ones_are_kept():
    report = check(with_cell("1人", among=("2人",) * 999), kept=2)
    assert report.count("error") == 1000
    assert len(report.problems("error")) == 2


def test_a_ragged_csv():
    sheet = Sheet("", ROWS, widths=(4, 5, 4))
    report = check_contents(Contents("t.csv", "csv", (sheet,)))
    assert faults(report) == {"csv_row_width": 1}
    assert report.problems()[0].place == {"row": 2}
