"""What a person who types the tables in Excel is told: what is wrong, where, and how to mend it without loss."""

from __future__ import annotations

import pytest

from planbook.load.contract import check_data

VALUES = "kpi_values.csv"
EVALUATIONS = (
    "as_written,document,locator,reading,cause,note,evaluation_id,fiscal_year,body,object_kind,object_id,"
    "label,next_step,words,reply,reply_state,reply_date\n"
)


def problems(country):
    return check_data(country.root)


def only(country):
    found = problems(country)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def edit(file, change):
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8", newline="")


def with_ends(*ends):
    """Return a change that adds an end to each line, the last one to all that follow."""

    def change(text):
        lines = text.splitlines()
        return "".join(f"{line}{ends[min(n, len(ends) - 1)]}\n" for n, line in enumerate(lines))

    return change


# ------------------------------------------------- what Excel does to a CSV


def test_trailing_commas_of_excel_are_no_columns(country):
    edit(country.plan / VALUES, with_ends(",,,"))
    edit(country.plan / "goals.csv", with_ends("", ",,"))
    assert problems(country) == []


def test_a_column_without_heading_that_holds_something_is_named_by_its_letter(country):
    edit(country.plan / VALUES, with_ends(",", ",", ",覚え"))
    problem = only(country)
    assert str(problem.what) == "S列の見出しが空です"
    assert (problem.file.rsplit("/", 1)[-1], dict(problem.place)) == (VALUES, {"row": 1})
    assert str(problem.found) == "3行目：覚え"


def test_cells_beyond_the_heading_are_still_counted(country):
    edit(country.plan / VALUES, with_ends("", "", ",覚え"))
    assert str(only(country).what) == "セルの数が見出しと合いません"


def test_an_empty_heading_between_others_is_named(country):
    edit(country.plan / VALUES, lambda text: "".join(f",{line}\n" for line in text.splitlines()))
    assert str(only(country).what) == "A列の見出しが空です"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\x14\0", "Excelブックです。CSV UTF-8 で保存し直してください"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excelブックです。CSV UTF-8 で保存し直してください"),
        ("あ,い\n".encode("utf-16"), "文字コードがUTF-16です。CSV UTF-8 で保存し直してください"),
        ("a,b\n".encode("utf-16-le"), "文字コードがUTF-16か、文字のファイルではありません。CSV UTF-8 で"),
    ],
    ids=["xlsx", "xls", "utf-16", "utf-16 without its mark"],
)
def test_a_workbook_or_utf16_named_csv(country, content, words):
    (country.plan / VALUES).write_bytes(content)
    assert words in str(only(country).what)


def test_a_plan_file_in_utf16_is_no_table(country):
    plan = country.plan / "plan.yml"
    plan.write_bytes(plan.read_text(encoding="utf-8").encode("utf-16"))
    problem = only(country)
    assert "文字コードがUTF-16です。UTF-8 で保存し直してください" in str(problem.what)
    assert "CSV" not in problem.in_words("ja")


@pytest.mark.parametrize("code", ["5月3日", "5-Mar", "Mar-05", "2025/5/3", "2025-05-03"])
@pytest.mark.parametrize("table", ["kpis.csv", "goals.csv"])
def test_a_number_that_excel_made_a_date(country, code, table):
    old, new = {
        "kpis.csv": ("target_indicator,,", f"target_indicator,{code},"),
        "goals.csv": (",施策1,", f",{code},"),
    }[table]
    country.replace(country.plan / table, old, new)
    problem = only(country)
    assert problem.place["column"] == {"kpis.csv": "code", "goals.csv": "number"}[table]
    assert problem.found == code
    assert "日付" in str(problem.what)
    assert "書式を文字列に" in str(problem.remedy)


@pytest.mark.parametrize("code", ["5-3", "1-Ⅲ", "施策5-3", "3", "(2)", "5.3", "1-2-3", "(ア)"])
def test_a_number_of_a_document_is_no_date(country, code):
    country.replace(country.plan / "kpis.csv", "target_indicator,,", f"target_indicator,{code},")
    assert problems(country) == []


# ------------------------------------------------- headings


def replies(country, heading, *rows):
    (country.plan / "replies.csv").write_text("\n".join((heading, *rows, "")), encoding="utf-8")


def test_headings_of_another_table_are_renamed_not_thrown_away(country):
    replies(
        country,
        "finding,reply_date,department,reply_state,reply",
        "K01/k1,2026-01-05,企画課,answered,確かめます。",
    )
    found = problems(country)
    said = "\n".join(str(problem.remedy) for problem in found)
    for wrong, right in (("reply_date", "date"), ("reply_state", "state"), ("reply", "words")):
        assert f"見出し「{wrong}」を「{right}」に直してください" in said
    assert "除いて" not in said
    assert len(found) == 3


def test_a_japanese_heading_is_renamed_to_the_column_it_names(country):
    replies(country, "指摘ID,日付,department,state,words", "K01/k1,2026-01-05,企画課,answered,確かめます。")
    said = [str(problem.remedy) for problem in problems(country)]
    assert said == [
        "見出し「指摘ID」を「finding」に直してください。下の値はそのまま残ります",
        "見出し「日付」を「date」に直してください。下の値はそのまま残ります",
    ]


def test_an_unknown_column_is_not_to_be_removed_while_others_are_missing(country):
    replies(country, "finding,date,department,x1,x2", "K01/k1,2026-01-05,企画課,answered,確かめます。")
    found = problems(country)
    said = "\n".join(str(problem.remedy) for problem in found)
    assert "state、words" in said
    assert "この列を除いてください" not in said


def test_an_unknown_column_beside_all_the_others_is_to_be_removed(country):
    edit(country.plan / VALUES, with_ends(",x1", ",", ","))
    assert str(only(country).remedy) == "この列を除いてください"


# ------------------------------------------------- plan.yml


def test_a_missing_hash_says_how_to_get_it(country):
    plan = country.plan / "plan.yml"
    edit(plan, lambda text: "".join(line for line in text.splitlines(True) if "sha256" not in line))
    problem = only(country)
    assert problem.place["key"] == "documents.text.sha256"
    for words in ('certutil -hashfile "kaku.txt" SHA256', 'shasum -a 256 "kaku.txt"'):
        assert words in str(problem.remedy)


@pytest.mark.parametrize("sha256", ["abc", "null", '""', "123"])
def test_a_malformed_hash_says_how_to_get_it(country, sha256):
    plan = country.plan / "plan.yml"
    edit(
        plan,
        lambda text: "".join(
            f"    sha256: {sha256}\n" if "sha256" in line else line for line in text.splitlines(True)
        ),
    )
    problem = only(country)
    assert problem.place["key"] == "documents.text.sha256"
    assert 'certutil -hashfile "kaku.txt" SHA256' in str(problem.remedy)
    assert 'shasum -a 256 "kaku.txt"' in str(problem.remedy)
    assert "[0-9a-f]" not in str(problem)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("coverage_note: {ja: 全文。, en: The full text.}", "coverage_note: 全文"),
        ("documents:\n  - id", "editions: 第1版\ndocuments:\n  - id"),
        ("documents:\n  - id", "editions: [第1版]\ndocuments:\n  - id"),
        ("documents:\n  - id", "pages: 表\ndocuments:\n  - id"),
        ("documents:\n  - id", "pages: [表]\ndocuments:\n  - id"),
        (
            "documents:\n  - id",
            "reviewers: [{name: 会議, kind: internal, yearly: 毎年, as_written: 計画期間, document: text, locator: L1}]\n"
            "documents:\n  - id",
        ),
        (
            "outlook:\n",
            "outlook:\n  assumptions:\n    - {id: a1, kind: tfr, value: 1.8, age_from: 若者, as_written: 計画期間,"
            " document: text, locator: L1}\n",
        ),
    ],
    ids=["model", "list", "item", "mapping", "mapping as a list", "yes or no", "whole number"],
)
def test_a_value_of_another_kind_is_explained_in_japanese(country, old, new):
    country.replace(country.plan / "plan.yml", old, new)
    said = only(country).in_words("ja")
    for word in ("Input", "should", "valid", "instance"):
        assert word not in said
    assert "型が違います" in said
    assert "使えるもの" in said


# ------------------------------------------------- evaluations


def evaluate(country, row):
    """Write one evaluation: 「kind|object|label|reply|state|date」; what it quotes is in the document."""
    kind, target, label, reply, state, date = row.split("|")
    cells = f"基本目標1 しごとをつくる,text,L3,,,,e1,2024,有識者会議,{kind},{target},{label},,所見,{reply},{state},{date}\n"
    (country.plan / "evaluations.csv").write_text(EVALUATIONS + cells, encoding="utf-8")


def test_an_evaluation_of_a_year_that_has_not_begun(country):
    evaluate(country, "plan||基本目標１|答え|answered|2025-01-05")
    country.replace(country.plan / "evaluations.csv", ",2024,", ",2099,")
    assert (only(country).place["column"], only(country).found) == ("fiscal_year", "2099")


def test_good_evaluations(country):
    for row in (
        "goal|g1|しごと を　つくる||unanswered|",
        "plan||基本目標１|答え|answered|2025-01-05",
        "kpi|k1||答え|corrected|",
    ):
        evaluate(country, row)
        assert problems(country) == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("goal|g1|||answered|", "reply"),
        ("goal|g1|||corrected|2025-01-05", "reply"),
        ("goal|g1||答え|unanswered|", "reply_state"),
        ("goal|g1|効果があった||unanswered|", "label"),
    ],
)
def test_an_evaluation_that_contradicts_itself(country, row, column):
    evaluate(country, row)
    problem = only(country)
    assert (problem.place["row"], problem.place["column"]) == (2, column)
    assert problem.allowed and problem.remedy


@pytest.mark.parametrize("row", ["plan|g1|||unanswered|", "goal||||unanswered|", "kpi|k9|||unanswered|"])
def test_the_object_of_an_evaluation(country, row):
    evaluate(country, row)
    problem = only(country)
    assert "None" not in str(problem)
    if row.startswith("plan"):
        assert str(problem.allowed) == "空（計画全体なら書かない）"


# ------------------------------------------------- values


def value(country, written, unit):
    country.replace(country.documents / "kaku.txt", "120人", written)
    country.replace(country.plan / VALUES, "120人,text", f"{written},text")
    country.replace(country.plan / VALUES, "number,120,人", f"number,120,{unit}")


@pytest.mark.parametrize(
    ("written", "unit", "fits"),
    [
        ("120件", "人", False),
        ("120%", "人", False),
        ("120万円", "件", False),
        ("120件/年", "人", False),
        ("120名", "人", True),
        ("120人/年", "人", True),
        ("120人", "人/年", True),
        ("年間120人", "人", True),
        ("12割", "%", True),
        ("120", "人", True),
        ("120ユニット", "人", True),
        ("120人", "ユニット", True),
        ("120件に対し120人", "人", True),
        ("120件", "", True),
    ],
)
def test_the_unit_of_a_value_is_that_of_its_quotation(country, written, unit, fits):
    value(country, written, unit)
    found = [problem for problem in problems(country) if problem.place.get("column") == "unit"]
    assert bool(found) is not fits, [str(problem) for problem in problems(country)]
    if not fits:
        assert (found[0].file.rsplit("/", 1)[-1], found[0].place["row"], found[0].found) == (VALUES, 3, unit)
        assert "原文" in str(found[0].what)


def test_an_actual_of_an_indicator_that_repeats_another(country):
    kpis = country.plan / "kpis.csv"
    row = "出生数（再掲）,text,L5,,,,k2,g1-1,target_indicator,,出生数（再掲）,,人,annual_flow,up,,,k1,,,\n"
    edit(kpis, lambda text: text + row)
    actual = "110人,text,L5,,,,{},actual,2016,,number,110,人,,,,,\n"
    edit(country.plan / VALUES, lambda text: text + actual.format("k1") + actual.format("k2"))
    problem = only(country)
    assert (problem.place["row"], problem.place["column"]) == (5, "kpi_id")
    assert str(problem.what) == "再掲の実績はもとの指標に書いてください"
    assert "k1" in str(problem.remedy)
    assert problem.found == "k2"
