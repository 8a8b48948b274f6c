"""``planbook suggest`` at the console: what it writes, where, and that data/ stays as it is."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from line_house import add_plan
from planbook.command.main import cli
from planbook.load.contract import check_data
from planbook.load.plan import load_plan

FIRST, SECOND = "47999-strategy-1", "47999-strategy-2"


@pytest.fixture
def line(country):
    add_plan(
        country,
        SECOND,
        2020,
        "g1,,basic_goal,基本目標1,安心して働けるしごとをつくる\ng1-1,g1,measure,施策1,農業",
    )
    return country


def run(line, tmp_path, *words):
    build = tmp_path / "build"
    done = CliRunner().invoke(cli, ["suggest", *words, "--data", str(line.path), "--build-dir", str(build)])
    return done, build / "suggestions" / SECOND


def read(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_candidates_are_written_beside_the_data_and_can_be_pasted_into_it(line, tmp_path):
    before = {path: path.read_bytes() for path in line.path.rglob("*") if path.is_file()}
    done, folder = run(line, tmp_path, SECOND, "--other", FIRST)
    assert done.exit_code == 0, done.output
    assert {path: path.read_bytes() for path in line.path.rglob("*") if path.is_file()} == before
    themes, links = read(folder / "goal_themes.csv"), read(folder / "goal_links.csv")
    assert ("g1", "G1", "no") in {(row["goal_id"], row["theme"], row["confirmed"]) for row in themes}
    assert {(row["goal_id"], row["other_plan_id"], row["other_goal_id"]) for row in links} >= {
        ("g1-1", FIRST, "g1-1")
    }
    for name in ("goal_themes.csv", "goal_links.csv"):
        (line.path / "plans" / SECOND / name).write_bytes((folder / name).read_bytes())
    assert check_data(line.root) == []


def test_goals_with_themes_are_left_alone_unless_asked_for(line, tmp_path):
    table = "goal_id,theme,evidence,confirmed,note\ng1,G1,しごと,yes,2行目\ng1-1,G1,農業,yes,2行目\n"
    (line.path / "plans" / SECOND / "goal_themes.csv").write_text(table, encoding="utf-8")
    done, folder = run(line, tmp_path, SECOND)
    assert "--all" in done.output
    assert read(folder / "goal_themes.csv") == []
    assert not (folder / "goal_links.csv").exists()
    run(line, tmp_path, SECOND, "--all")
    assert read(folder / "goal_themes.csv")


def test_a_plan_that_cannot_be_read_is_named_and_left_out(line, tmp_path):
    (line.plan / "goals.csv").write_text("goal_id\n", encoding="utf-8")
    done, folder = run(line, tmp_path, SECOND)
    assert done.exit_code == 0
    assert FIRST in done.output
    assert (folder / "goal_themes.csv").exists()


def give_unknown_level(folder):
    """Make a table that reads well and breaks a rule of the plan: its levels have no place in a hierarchy."""
    path = folder / "goals.csv"
    words = path.read_text(encoding="utf-8-sig")
    assert "basic_goal" in words
    path.write_text(words.replace("basic_goal", "no_such_level"), encoding="utf-8")


def test_another_plan_with_an_unknown_level_is_named_and_left_out(line, tmp_path):
    themes = "goal_id,theme,evidence,confirmed,note\ng1,G1,しごと,no,\ng1-1,G1,農業,no,\n"
    (line.plan / "goal_themes.csv").write_text(themes, encoding="utf-8")
    own = f"{load_plan(line.root, FIRST).short_title}の項目"
    _, folder = run(line, tmp_path, SECOND)
    assert any(own in row["note"] for row in read(folder / "goal_themes.csv"))
    give_unknown_level(line.plan)
    done, folder = run(line, tmp_path, SECOND)
    assert done.exit_code == 0, done.output
    (named,) = [words for words in done.output.splitlines() if "例に使わなかった計画" in words]
    assert named.endswith(FIRST)
    assert not [row for row in read(folder / "goal_themes.csv") if own in row["note"]]


@pytest.mark.parametrize("broken", [FIRST, SECOND])
def test_a_wanted_plan_with_an_unknown_level_is_an_error_as_check_reports_it(line, tmp_path, broken):
    give_unknown_level(line.path / "plans" / broken)
    problems = check_data(line.root)
    assert {(problem.place["column"], problem.found) for problem in problems} == {("level", "no_such_level")}
    done, folder = run(line, tmp_path, SECOND, "--other", FIRST)
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code != 0
    for problem in problems:
        assert str(problem) in done.output
    assert not folder.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((SECOND, "--other", SECOND), "別の計画のID"),
        (("47999-strategy-9",), "がありません"),
        ((SECOND, "--other", "47999-strategy-9"), "がありません"),
    ],
)
def test_a_plan_that_cannot_be_compared_is_said_with_what_can(line, tmp_path, words, said):
    done, folder = run(line, tmp_path, *words)
    assert done.exit_code != 0
    assert said in done.output
    assert FIRST in done.output or SECOND in done.output
    assert not folder.exists()
