"""What is said to be confirmed says by whom or by which line; what is not confirmed needs no such word."""

from __future__ import annotations

import pytest

from line_house import LINKS, add_plan
from planbook.load.contract import check_data

EARLIER = "47999-strategy-1"
LATER = "47999-strategy-2"
THEMES = "goal_id,theme,evidence,confirmed,note\n"
ROWS = {
    "goal_themes": (THEMES, "g1,G1,しごと,{yes},{note}", "g1-1,G1,農業,no,"),
    "goal_links": (
        LINKS,
        f"g1,{EARLIER},g1,しごと,しごと,{{yes}},{{note}}",
        f"g1-1,{EARLIER},g1-1,農業,農業,no,",
    ),
}


@pytest.fixture
def line(country):
    """Two plans of one line: the fictional one, and one after it with the same two items."""
    add_plan(
        country,
        LATER,
        2020,
        "g1,,basic_goal,基本目標1,しごとをつくる\ng1-1,g1,measure,施策1,農業",
    )
    return country


def problems(line, name, **words):
    header, row, unconfirmed = ROWS[name]
    path = line.path / "plans" / LATER / f"{name}.csv"
    path.write_text(header + f"{unconfirmed}\n{row.format(**words)}\n", encoding="utf-8")
    return check_data(line.root)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("note", ["", " "])
def test_what_is_confirmed_without_a_word_on_it_is_refused(line, name, note):
    (problem,) = problems(line, name, yes="yes", note=note)
    assert problem.file.endswith(f"{LATER}/{name}.csv")
    assert (problem.place, problem.found) == ({"row": 3, "column": "note"}, "")
    words = str(problem)
    assert "確認のよりどころがありません" in words
    assert "確かめた人（部署）と年月日、または資料の行" in words
    assert "confirmed を no に" in words


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize(("yes", "note"), [("yes", "企画課 2026-04-01"), ("yes", "12行目"), ("no", ""), ("no", "迷った")])  # fmt: skip
def test_a_word_on_it_or_no_confirmation_is_no_problem(line, name, yes, note):
    assert problems(line, name, yes=yes, note=note) == []
