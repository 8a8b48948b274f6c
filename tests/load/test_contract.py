"""What the check says of bad data: where, what was found, what is allowed, what to do; all at once."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from planbook.load.contract import check_data
from planbook.load.documents import check_documents, count_as_written
from planbook.load.plan import load_plan
from planbook.load.roots import DataRoot
from planbook.vocabulary.errors import InputError


def messages(country) -> list[str]:
    return [str(problem) for problem in check_data(country.root)]


def only(country) -> str:
    """The one problem there should be: a check that cries twice over one fault is not read."""
    found = messages(country)
    assert len(found) == 1, found
    return found[0]


def test_the_fictional_country_is_sound(country):
    assert messages(country) == []
    assert check_documents(country.root, country.documents) == []
    assert count_as_written(country.root) == 7  # period, target, 2 goals, 1 indicator, 2 values


def test_the_real_data_is_sound(real_data):
    assert [str(problem) for problem in check_data(real_data)] == []


def test_every_string_as_written_is_in_the_documents(real_data, shared):
    assert [str(p) for p in check_documents(real_data, shared / "sources")] == []
    assert count_as_written(real_data) > 300


def test_a_yaml_syntax_error_names_line_and_remedy(country):
    country.replace(country.plan / "plan.yml", "kind: strategy", "kind: strategy\n  bad: [")
    message = only(country)
    assert "plans/47999-strategy-1/plan.yml" in message
    assert "行目" in message
    assert "直し方" in message


def test_a_repeated_yaml_key_is_an_error(country):
    country.replace(country.plan / "plan.yml", "status: adopted", "status: adopted\nstatus: draft")
    assert "duplicate key: status" in only(country)


def test_an_unknown_key_offers_the_one_that_was_meant(country):
    country.replace(country.plan / "plan.yml", "coverage: full", "covrage: full")
    found = "\n".join(messages(country))
    assert "covrage" in found
    assert "「coverage」の書き誤り" in found
    assert "coverage" in found.split("必要な項目がありません")[0]


def test_a_nested_unknown_key_lists_the_keys_of_its_place(country):
    country.replace(country.plan / "plan.yml", "form_en: text", "form_en: text\n    pages: 3")
    message = only(country)
    assert "documents.text.pages" in message
    assert "sha256" in message


def test_a_missing_column(country):
    country.replace(country.plan / "kpi_values.csv", ",precision,", ",")
    message = messages(country)[0]
    assert "kpi_values.csv" in message
    assert "precision" in message
    assert "列がありません" in message


def test_a_number_with_its_unit_is_taken_apart_for_the_writer(country):
    country.replace(country.plan / "kpi_values.csv", "number,120,人", "number,1.24倍,人")
    message = only(country)
    assert "kpi_values.csv 3行目 列「value」" in message
    assert "見つかったもの：1.24倍" in message
    assert "1.24 と書き、単位「倍」は単位の列に" in message


def test_a_full_width_number_is_refused_with_the_half_width_one(country):
    country.replace(country.municipality / "population.csv", "11000", "１１，０００")
    message = only(country)
    assert "見つかったもの：１１，０００" in message or "セルの数" in message


def test_a_full_width_number_without_comma(country):
    country.replace(country.municipality / "population.csv", "11000", "１１０００")
    assert "11000 と書いてください" in only(country)


def test_an_era_year_is_turned_into_the_western_one(country):
    country.replace(country.plan / "kpi_values.csv", "target,2019", "target,令和7年度")
    message = only(country)
    assert "見つかったもの：令和7年度" in message
    assert "2025 と書いてください" in message


def test_an_era_year_in_yaml(country):
    country.replace(country.plan / "plan.yml", "year: 2040", "year: 令和22年")
    message = only(country)
    assert "outlook.targets.0.year" in message
    assert "2040 と書いてください" in message


def test_a_cp932_file_is_named_not_converted(country):
    file = country.plan / "goals.csv"
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp932"))
    found = "\n".join(messages(country))
    assert "CP932" in found
    assert "CSV UTF-8" in found


def test_crlf_and_bom_are_accepted(country):
    file = country.plan / "goals.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_text(encoding="utf-8").replace("\n", "\r\n").encode())
    assert messages(country) == []


def test_a_duplicated_id_names_both_rows(country):
    country.replace(country.plan / "goals.csv", ",g1-1,g1,", ",g1,,")
    message = only(country)
    assert "goals.csv 3行目 列「goal_id」" in message
    assert "2行目と同じ行" in message


def test_a_parent_that_does_not_exist(country):
    country.replace(country.plan / "goals.csv", ",g1-1,g1,", ",g1-1,g9,")
    message = only(country)
    assert "列「parent_id」" in message
    assert "見つかったもの：g9" in message
    assert "g1" in message


def test_a_goal_that_is_its_own_ancestor(country):
    country.replace(country.plan / "goals.csv", ",g1,,basic_goal", ",g1,g1-1,basic_goal")
    assert any("自分に戻ります" in message for message in messages(country))


@pytest.mark.parametrize(("target", "fits"), [("2015", True), ("2014", False), ("2013", False)])
def test_a_target_must_lie_after_its_baseline(country, target, fits):
    country.replace(country.plan / "kpi_values.csv", "target,2019", f"target,{target}")
    found = messages(country)
    assert (found == []) is fits
    assert fits or "当初値の時点" in found[0]


def test_a_missing_sex(country):
    file = country.municipality / "age_sex.csv"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if ",male," not in line]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    message = only(country)
    assert "age_sex.csv" in message
    assert "male の行を加えて" in message


def test_a_missing_age_group_names_the_gap(country):
    file = country.municipality / "age_sex.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not (line.startswith("interval,15,65") and ",male," in line)]
    assert len(kept) == len(lines) - 1
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    message = only(country)
    assert "15～64歳" in message
    assert "male" in message


def test_a_string_that_is_not_in_the_document(country):
    country.replace(
        country.plan / "goals.csv", "基本目標1 しごとをつくる,text,L3", "基本目標1 しごとをつくる,text,L4"
    )
    problems = check_documents(country.root, country.documents)
    assert len(problems) == 1
    message = str(problems[0])
    assert "goals.csv 2行目 列「as_written」" in message
    assert "L3" in message.split("直し方")[1]


def test_a_document_that_changed_is_reported(country):
    (country.documents / "kaku.txt").write_text("別の資料\n", encoding="utf-8")
    first = str(check_documents(country.root, country.documents)[0])
    assert "documents.text.sha256" in first
    assert "資料の内容が" in first


@pytest.mark.parametrize(
    "name", ["二本松-strategy-2", "47999-strategy-1 copy", "47999_strategy_1", "..evil", "47999-Strategy-1"]
)
def test_a_plan_folder_with_an_unfit_name_is_reported_and_not_built(country, name):
    country.plan.rename(country.plan.parent / name)
    assert country.root.plan_ids() == []
    if not name.startswith("."):
        found = "\n".join(messages(country))
        assert name in found
        assert "47999-strategy-1" not in country.root.plan_ids()


def test_a_path_as_plan_id_is_refused(country):
    for plan_id in ("../plans/47999-strategy-1", "47999-strategy-1/..", "C:\\plans"):
        with pytest.raises(InputError, match="がありません"):
            load_plan(country.root, plan_id)


def test_a_misspelt_table_is_not_a_plan_without_indicators(country):
    (country.plan / "kpis.csv").rename(country.plan / "kpi.csv")
    found = "\n".join(messages(country))
    assert "知らないファイル" in found
    assert "kpi.csv" in found


def test_all_problems_of_all_files_come_at_once(country):
    country.replace(country.plan / "goals.csv", ",basic_goal,", ",基本目標,")
    country.replace(country.plan / "kpi_values.csv", "number,100", "number,")
    country.replace(country.municipality / "population.csv", "census,2010-10-01", "cencus,2010-10-01")
    found = "\n".join(messages(country))
    for part in ("goals.csv", "kpi_values.csv", "population.csv"):
        assert part in found


def test_a_missing_value_is_not_zero(country):
    country.replace(country.plan / "kpi_values.csv", "number,100", "none,")
    plan = load_plan(country.root, "47999-strategy-1")
    assert plan.frame("kpi_values")["value"].iloc[0] is None
    assert messages(country) == []


def test_an_unknown_source_is_reported(country):
    country.replace(country.municipality / "population.csv", "juki-1995-2022", "juki-2099")
    message = only(country)
    assert "列「source_id」" in message
    assert "juki-1995-2022" in message


def test_an_excel_date_is_read_as_the_date_it_is(country):
    country.replace(country.municipality / "population.csv", "2010-10-01", "2010/10/1")
    assert messages(country) == []
    frame = load_plan(country.root, "47999-strategy-1").municipality.frame("population")
    assert frame["as_of"].iloc[0].isoformat() == "2010-10-01"


def test_a_mangled_code_in_yaml_names_the_proper_one(country):
    country.replace(country.municipality / "municipality.yml", 'code: "47999"', "code: 47999")
    assert "引用符" in only(country)


def test_every_problem_speaks_both_languages(country):
    country.replace(country.plan / "kpi_values.csv", "number,120,人", "number,1.24倍,人")
    problem = check_data(country.root)[0]
    assert "直し方" in problem.in_words("ja")
    assert "直し方" not in problem.in_words("en")
    assert "1.24" in problem.in_words("en")


# ------------------------------------------------- documents


def replace_document(country, content: bytes, name: str = "kaku.txt") -> None:
    old = hashlib.sha256((country.documents / "kaku.txt").read_bytes()).hexdigest()
    (country.documents / "kaku.txt").unlink()
    (country.documents / name).write_bytes(content)
    country.replace(country.plan / "plan.yml", old, hashlib.sha256(content).hexdigest())
    if name != "kaku.txt":
        country.replace(country.plan / "plan.yml", "file: kaku.txt", f"file: {name}")


def document_problems(country) -> list[str]:
    return [str(problem) for problem in check_documents(country.root, country.documents)]


def test_a_page_is_a_page_not_a_line(country):
    text = (country.documents / "kaku.txt").read_text(encoding="utf-8")
    country.replace(country.plan / "goals.csv", "施策1 農業,text,L4", "施策1 農業,text,p1")
    assert document_problems(country) == []  # without form feeds the text is one page
    country.replace(country.plan / "goals.csv", "施策1 農業,text,p1", "施策1 農業,text,p4")
    (message,) = document_problems(country)
    assert "p1" in message.split("直し方")[1]
    # the fourth line begins the second page
    replace_document(country, text.replace("施策1", "\f施策1").encode() + b"\f")
    country.replace(country.plan / "goals.csv", "施策1 農業,text,p4", "施策1 農業,text,p2")
    assert document_problems(country) == []


def test_a_cell_of_a_text_hides_no_other_problem(country):
    country.replace(
        country.plan / "plan.yml", "document: text, locator: L2", "document: text, locator: Sheet1!B4"
    )
    country.replace(country.plan / "goals.csv", "施策1 農業,text,L4", "施策1 農業,text,L1")
    cell, other = document_problems(country)
    assert "Sheet1!B4" in cell
    assert "行かページに直して" in cell
    assert "goals.csv 3行目" in other


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kaku.pdf", b"%PDF-1.7 only ascii"),
        ("kaku.xlsx", b"PK\x03\x04\x00\x00"),
        ("kaku2.txt", "計画期間".encode("cp932")),
    ],
)
def test_a_document_that_is_no_text_is_a_problem(country, name, content):
    replace_document(country, content, name)
    (message,) = document_problems(country)
    assert "documents.text.file" in message
    assert name in message
    assert "UTF-8で保存" in message


@pytest.mark.parametrize("name", ["../kaku.txt", "sub/kaku.txt", "..", '"C:\\\\kaku.txt"', "/kaku.txt"])
def test_a_document_outside_its_folder_is_not_opened(country, name):
    (country.documents.parent / "kaku.txt").write_text("外", encoding="utf-8")
    country.replace(country.plan / "plan.yml", "file: kaku.txt", f"file: {name}")
    (message,) = document_problems(country)
    assert "フォルダーを指す文字" in message
    assert "sha256" not in message


# ------------------------------------------------- names of folders


def test_a_kind_may_have_a_hyphen(country):
    kinds = country.path / "reference" / "kinds.csv"
    kinds.write_text(kinds.read_text(encoding="utf-8") + "basic-plan,基本計画,Basic plan\n", encoding="utf-8")
    country.replace(country.plan / "plan.yml", "kind: strategy", "kind: basic-plan")
    country.replace(country.plan / "plan.yml", "plan_id: 47999-strategy-1", "plan_id: 47999-basic-plan-2")
    country.plan.rename(country.plan.parent / "47999-basic-plan-2")
    assert messages(country) == []


def test_an_id_of_another_kind_or_place_is_reported(country):
    country.replace(country.plan / "plan.yml", "kind: strategy", "kind: vision")
    assert "47999-vision- で始まる" in only(country)


def test_two_folders_of_one_municipality_are_reported(country):
    copy = country.municipality.parent / "47999-other"
    shutil.copytree(country.municipality, copy)
    root = DataRoot(country.path)
    (message,) = [str(problem) for problem in check_data(root)]
    assert "47999-kaku" in message
    assert "47999-other" in message
    with pytest.raises(InputError, match="二つ以上"):
        load_plan(root, "47999-strategy-1")
    assert copy / "population.csv" in root.inputs_of("47999-strategy-1")


def test_a_figure_that_its_own_quotation_contradicts(country):
    country.replace(country.plan / "kpi_values.csv", "number,120,人", "number,130,人")
    message = only(country)
    assert "kpi_values.csv 3行目 列「value」" in message
    assert "見つかったもの：130" in message
    assert "使えるもの：120" in message


def test_a_target_that_its_own_quotation_contradicts(country):
    country.replace(country.plan / "plan.yml", "population_persons: 9000", "population_persons: 90000")
    assert "2040年に9,000人" in only(country)


def test_a_total_that_its_ages_contradict(country):
    country.replace(country.municipality / "population.csv", "all,10000,final", "all,12000,final")
    message = only(country)
    assert "population.csv 4行目" in message
    assert "10000" in message.split("使えるもの")[1]
