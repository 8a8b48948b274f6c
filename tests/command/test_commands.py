"""What each command does, says and returns."""

from __future__ import annotations

import errno

import pytest
from run_house import PLAN, second_plan

from planbook.command import main as main_module
from planbook.run.faults import BookError, machine_error
from planbook.run.lock import hold_build
from planbook.run.pages import COMPARISON_PAGES, PAGES
from planbook.vocabulary.errors import Problem, message

#: Pages across plans, and all of a book of one plan.
ACROSS, ALL = len(COMPARISON_PAGES), len(PAGES)

# --- build -------------------------------------------------------------------------------------------


def test_build_makes_the_book_and_ends_with_the_file_to_open(planbook, house):
    done = planbook("build")
    assert done.exit_code == 0, done.output
    assert done.stdout.strip().splitlines()[-1] == str(house.places.site / "index.html")
    assert f"[1/{ALL}] 47/{PLAN}/digest  1.0秒  できた（まだ実行していない）" in done.stdout
    assert "UserWarning: 古い" in done.stderr
    again = planbook("build")
    assert again.exit_code == 0
    assert "どれも最新です" in again.stdout
    assert "作り直していません" in again.stdout


def test_build_tells_why_a_page_runs(planbook, country):
    planbook("build")
    country.replace(country.plan / "goals.csv", "農業", "漁業")
    assert f"（データが変わった（plans/{PLAN}/goals.csv））" in planbook("build").stdout


def test_build_with_a_failed_page_returns_1_and_says_which(planbook, house):
    house.notebook("kpis", "FAIL")
    done = planbook("build")
    assert done.exit_code == 1
    assert f"失敗したページ：47/{PLAN}/kpis" in done.stderr
    assert f"planbook run {PLAN} --page kpis\n" in done.stderr
    assert "1ページが失敗しました" in done.stderr
    assert (house.places.site / "index.html").is_file()


def test_the_command_to_run_again_names_the_folders_that_were_given(planbook, house, country, tmp_path):
    house.notebook("kpis", "FAIL")
    done = planbook("build", "--data", str(country.path), "--build-dir", str(tmp_path / "elsewhere"))
    folders = f'--data "{country.path}" --build-dir "{tmp_path / "elsewhere"}"'
    assert f"planbook run {PLAN} --page kpis {folders}\n" in done.stderr


def test_build_that_stops_early_makes_no_book(planbook, house):
    house.notebook("digest", "FAIL")
    done = planbook("build", "--fail-fast")
    assert done.exit_code == 1
    assert "本は作りませんでした" in done.stderr
    assert not house.places.site.exists()


def test_build_with_broken_data_returns_3_and_builds_the_others(planbook, house, country):
    other = second_plan(country)
    country.replace(other / "goals.csv", "basic_goal", "no_such_level")
    done = planbook("build")
    assert done.exit_code == 3
    assert "plans/47999-vision-1/goals.csv 2行目 列「level」" in done.stderr
    assert "データに" in done.stderr
    # One table stops four pages of its plan: told once as a problem of the data, once with the first page.
    summary = done.stderr[done.stderr.index("失敗したページ") :]
    assert summary.count("列「level」") == 1
    assert summary.count("上のページと同じ理由です") == summary.count("失敗したページ") - 1
    assert (house.places.site / "index.html").is_file()
    states = {
        p.parent.name + "/" + p.stem: p.read_text("utf-8") for p in house.places.pages.rglob("47/*/*.json")
    }
    assert '"state": "failed"' in states["47999-vision-1/digest"]
    assert '"state": "ok"' in states[f"{PLAN}/digest"]


def test_build_of_some_plans(planbook, house, country):
    second_plan(country)
    planbook("build")
    done = planbook("build", "--plans", "47999-vision-*")
    assert done.exit_code == 0
    assert f"{ALL}ページのうち{ACROSS}ページを実行します" in done.stdout  # the comparisons, of fewer plans
    assert f"47/{PLAN}" not in (house.places.stage / "ja" / "_toc.yml").read_text(encoding="utf-8")
    # The pages of the others are kept for the next whole build.
    assert "除きました" not in done.stdout
    assert f"{ALL + 4}ページのうち{ACROSS}ページを実行します" in planbook("build").stdout


def test_build_removes_pages_of_plans_that_are_gone(planbook, country):
    import shutil  # noqa: PLC0415

    shutil.rmtree(second_plan(country).parent / "nothing", ignore_errors=True)
    planbook("build")
    shutil.rmtree(country.path / "plans" / "47999-vision-1")
    assert "ページを除きました：47/47999-vision-1/digest" in planbook("build").stdout


def test_build_without_any_plan(planbook, country):
    import shutil  # noqa: PLC0415

    shutil.rmtree(country.path / "plans")
    assert planbook("build").exit_code == 0


def test_build_into_another_folder(planbook, tmp_path):
    done = planbook("build", "--build-dir", str(tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere" / "book" / "index.html").is_file()
    assert not (tmp_path / "build").exists()
    assert done.exit_code == 0


def test_a_failure_of_jupyter_book_returns_4_and_keeps_the_last_book(planbook, house, monkeypatch):
    planbook("build")
    house.notebook("digest", "2")

    def fail(stage, work):
        raise BookError(
            Problem(
                message("Jupyter Book が本を作れませんでした（警告も失敗とみなします）"), found="WARNING: x"
            )
        )

    monkeypatch.setattr("planbook.run.book.build_html", fail)
    done = planbook("build")
    assert done.exit_code == 4
    assert "WARNING: x" in done.stderr
    assert (house.places.site / "index.html").read_text() == "book"


def test_a_locked_build_folder_returns_5(planbook, house):
    with hold_build(house.places.build):
        done = planbook("build")
    assert done.exit_code == 5
    assert "動いています" in done.stderr


@pytest.mark.parametrize("where", ["planbook.run.pipeline.make_book", "planbook.run.store.write_atomic"])
def test_a_full_disk_returns_5_and_keeps_the_last_book(planbook, house, monkeypatch, where):
    planbook("build")
    house.notebook("digest", "2")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", "some file")

    monkeypatch.setattr(where, full)
    done = planbook("build")
    assert done.exit_code == 5
    assert "ディスクがいっぱいです" in done.stderr
    assert "Traceback" not in done.stderr
    assert (house.places.site / "index.html").read_text() == "book"


def test_an_unknown_selection_returns_2_with_the_plans(planbook):
    done = planbook("build", "--plans", "13*")
    assert done.exit_code == 2
    assert PLAN in done.stderr


def test_ctrl_c_returns_130(planbook, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("planbook.run.pipeline.run_jobs", stop)
    done = planbook("build")
    assert done.exit_code == 130
    assert "もう一度実行すれば" in done.stderr


def test_a_bug_returns_70_and_says_what_to_report(planbook, monkeypatch):
    monkeypatch.setattr("planbook.run.pipeline.run_jobs", lambda *_: 1 / 0)
    done = planbook("build")
    assert done.exit_code == 70
    assert "ZeroDivisionError" in done.stderr
    assert "報告してください" in done.stderr


# --- run ---------------------------------------------------------------------------------------------


def test_run_makes_the_pages_of_one_plan_and_no_book(planbook, house):
    done = planbook("run", PLAN)
    assert done.exit_code == 0, done.output
    lines = [line for line in done.stdout.splitlines() if line.startswith("ノートブック：")]
    assert len(lines) == 4
    assert all(line.endswith(".ipynb") for line in lines)
    assert not house.places.site.exists()


def test_run_one_page_and_the_book_takes_it_over(planbook):
    assert "[1/1]" in planbook("run", PLAN, "--page", "kpis").stdout
    assert "最新です" in planbook("run", PLAN, "--page", "kpis").stdout
    assert "[1/1]" in planbook("run", PLAN, "--page", "kpis", "--force").stdout
    assert f"{ALL}ページのうち{ALL - 1}ページを実行します" in planbook("build").stdout


def test_run_a_comparison(planbook):
    assert "overview" in planbook("run", "overview").stdout
    assert "compare-population" in planbook("run", "compare-population").stdout
    assert "compare-kpis" in planbook("run", "compare-kpis").stdout


def test_run_with_other_parameters_leaves_the_page_of_the_book_alone(planbook, house):
    house.notebook("kpis", "1", parameters=f'plan_id: str = "{PLAN}"\nhorizon: int = 2045  # 何年まで')
    planbook("build")
    done = planbook("run", PLAN, "--page", "kpis", "-p", "horizon=2050")
    assert done.exit_code == 0, done.output
    assert str(house.places.trials) in done.stdout
    assert "どれも最新です" in planbook("build").stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("99999-strategy-1",), PLAN),
        ((PLAN, "--page", "kpi"), "digest、population、kpis、goals"),
        ((PLAN, "--page", "kpis", "-p", "horizn=2050"), "plan_id: str"),
        ((PLAN, "-p", "plan_id=x"), "--page でページを一つ"),
        ((PLAN, "--page", "kpis", "-p", "plan_id=x"), "planbook run x"),
    ],
)
def test_run_with_a_wrong_name_returns_2_and_lists_the_right_ones(planbook, words, expected):
    done = planbook("run", *words)
    assert done.exit_code == 2, done.output
    assert expected in done.stderr


def test_run_of_a_failing_page_shows_the_notebook(planbook, house):
    house.notebook("kpis", "FAIL")
    done = planbook("run", PLAN, "--page", "kpis")
    assert done.exit_code == 1
    assert "ノートブック：" in done.stdout


# --- status ------------------------------------------------------------------------------------------


def test_status_says_what_the_next_build_will_do(planbook, house, country):
    house.notebook("kpis", "FAIL")
    assert planbook("status").stdout.splitlines()[-1] == f"最新 0  再実行が必要 0  失敗 0  未実行 {ALL}"
    planbook("build")
    (country.municipality / "vital.csv").unlink()
    done = planbook("status")
    assert done.exit_code == 0
    assert f"再実行が必要 {ALL - 1}  失敗 1" in done.stdout
    assert "データが変わった（municipalities/47999-kaku/vital.csv）" in done.stdout
    assert "1.0秒" in done.stdout
    assert not (house.places.build / "planbook.lock").read_text().startswith("x")


def test_status_changes_nothing(planbook, house):
    planbook("status")
    left = (
        [path.name for path in house.places.build.rglob("*") if path.is_file()]
        if house.places.build.exists()
        else []
    )
    assert set(left) <= {"hashes.json"}


# --- check -------------------------------------------------------------------------------------------


def test_check_of_sound_data(planbook, country):
    assert "誤りはありません（計画1件" in planbook("check").stdout
    done = planbook("check", "--sources", str(country.documents))
    assert done.exit_code == 0, done.output
    assert "原文どおりの文字列" in done.stdout


def test_check_reports_everything_and_returns_3(planbook, country):
    country.replace(country.plan / "kpi_values.csv", "120,人", "百二十,人")
    country.replace(country.plan / "plan.yml", "status: adopted", "status: done")
    done = planbook("check")
    assert done.exit_code == 3
    assert "kpi_values.csv" in done.stderr
    assert "plan.yml" in done.stderr
    assert "2件の誤り" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_against_documents_that_say_something_else(planbook, country):
    country.replace(country.plan / "goals.csv", "施策1 農業", "施策1 漁業")
    done = planbook("check", "--sources", str(country.documents))
    assert done.exit_code == 3
    assert f"plans/{PLAN}/goals.csv 3行目 列「as_written」" in done.stderr


def test_a_data_folder_that_is_not_there(planbook):
    done = planbook("check", "--data", "nowhere")
    assert done.exit_code == 3
    assert "データフォルダーがありません" in done.stderr


# --- the rest ----------------------------------------------------------------------------------------


def test_the_catalogue_is_brought_up_to_date(planbook, monkeypatch):
    monkeypatch.setattr("planbook.command.extraction.update_catalogue", lambda root: (1300, 7))
    assert "文1300件、うち訳のないもの7件" in planbook("catalogue").stdout


def test_the_two_ways_to_project_agree(planbook):
    done = planbook("bench", "projection", "--municipalities", "7", "--scenarios", "3", "--steps", "2")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "7市区町村 × 3シナリオ × 2期間（架空の入力）"
    assert float(lines[-1].removeprefix("結果の最大の差：").removesuffix("人")) < 1e-9
    assert planbook("bench", "nonsense").exit_code == 2


def test_errors_are_said_in_both_languages(planbook, monkeypatch):
    english = {"ディスクがいっぱいです": "The disk is full"}
    monkeypatch.setattr("planbook.vocabulary.catalogue._translations", lambda language: english)

    def full(*_, **__):
        raise machine_error(OSError(errno.ENOSPC, "full", "x"))

    monkeypatch.setattr("planbook.run.pipeline.run_jobs", full)
    said = planbook("build").stderr
    assert "x: ディスクがいっぱいです" in said
    assert "  | x: The disk is full" in said


def test_the_entry_point_returns_the_code(house, monkeypatch, capsys):
    for words, code in ((["--version"], 0), (["build", "--nonsense"], 2), (["build", "--plans", "13*"], 2)):
        monkeypatch.setattr("sys.argv", ["planbook", *words])
        assert main_module.main() == code
    assert "--nonsense" in capsys.readouterr().err
