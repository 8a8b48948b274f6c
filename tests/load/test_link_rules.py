"""Bad input to goal_links.csv: a link that leads nowhere would silently tie nothing."""

from __future__ import annotations

import shutil

import pytest

from line_house import LINKS, add_plan, change_plan, relate, write_links
from planbook.load.contract import check_data

EARLIER = "47999-strategy-1"
LATER = "47999-strategy-2"


@pytest.fixture
def line(country):
    add_plan(country, LATER, 2020, "g1,,basic_goal,基本目標1,しごとをつくる")
    return country


def problems(line, links):
    write_links(line.path / "plans" / LATER, links)
    return check_data(line.root)


def test_links_that_lead_to_goals_are_no_problem(line):
    assert problems(line, f"g1,{EARLIER},g1,しごと,yes\ng1,{EARLIER},g1-1,,no") == []


@pytest.mark.parametrize(
    ("link", "column", "found", "allowed"),
    [
        ("g1,47999-strategy-9,g1,しごと,no", "other_plan_id", "47999-strategy-9", EARLIER),
        # itself is no other plan
        (f"g1,{LATER},g1,しごと,no", "other_plan_id", LATER, EARLIER),
        (f"g1,{EARLIER},g7,しごと,no", "other_goal_id", "g7", "g1、g1-1"),
        (f"g9,{EARLIER},g1,しごと,no", "goal_id", "g9", "g1"),
    ],
)
def test_a_link_that_leads_nowhere_names_row_column_and_what_there_is(line, link, column, found, allowed):
    (problem,) = problems(line, link)
    assert (problem.place, problem.found) == ({"row": 2, "column": column}, found)
    assert problem.file.endswith(f"plans/{LATER}/goal_links.csv")
    assert allowed in str(problem.allowed)
    assert problem.remedy


def raw(line, row):
    """Write one line of goal_links.csv as it is."""
    path = line.path / "plans" / LATER / "goal_links.csv"
    path.write_text(LINKS + row + "\n", encoding="utf-8")
    return check_data(line.root)


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        (f"g1,{EARLIER},g1,観光,しごと,no,", "evidence", "観光"),
        (f"g1,{EARLIER},g1,しごと,観光,no,", "other_evidence", "観光"),
        (f"g1,{EARLIER},g1,,しごと,no,", "note", ""),
        (f"g1,{EARLIER},g1,,,no,", "note", ""),
    ],
)
def test_words_that_no_title_holds_are_not_quoted(line, row, column, found):
    """The page prints them as quotations; what speaks for a link outside the titles belongs in the note."""
    (problem,) = raw(line, row)
    assert (problem.place, problem.found) == ({"row": 2, "column": column}, found)
    assert problem.remedy


@pytest.mark.parametrize("row", [f"g1,{EARLIER},g1,ｼｺﾞﾄ,しごと,no,", f"g1,{EARLIER},g1,しごと を,しごと,no,"])
def test_another_script_is_another_word_but_blanks_are_none(line, row):
    assert len(raw(line, row)) == ("ｼｺﾞﾄ" in row)


def test_a_note_stands_for_words_outside_the_titles(line):
    assert raw(line, f"g1,{EARLIER},g1,,,no,説明に「雇用」（12行目）") == []


def test_a_plan_of_another_place_must_be_related(line):
    other = line.path / "plans" / "48999-strategy-1"
    shutil.copytree(line.plan, other)
    found = raw(line, "g1,48999-strategy-1,g1,しごと,しごと,no,")
    assert [(p.place["column"], p.found) for p in found if p.file.endswith("goal_links.csv")] == [
        ("other_plan_id", "48999-strategy-1")
    ]
    change_plan(line.path / "plans" / LATER, related=relate("upper", "48999-strategy-1"))
    found = raw(line, "g1,48999-strategy-1,g1,しごと,しごと,no,")
    assert not [p for p in found if p.file.endswith("goal_links.csv")]


@pytest.mark.parametrize(
    ("link", "column"),
    [
        (f"g1,{EARLIER},g1,しごと,はい", "confirmed"),
        (f"g1,{EARLIER},g1,しごと,no\ng1,{EARLIER},g1,しごと,yes", None),
    ],
)
def test_a_cell_that_is_no_answer_and_a_link_entered_twice_are_refused(line, link, column):
    found = problems(line, link)
    assert len(found) == 1
    assert column is None or found[0].place["column"] == column


def test_a_plan_that_cannot_be_read_is_reported_for_itself_alone(line):
    (line.plan / "goals.csv").write_text("goal_id\ng1\n", encoding="utf-8")
    found = problems(line, f"g1,{EARLIER},g1,しごと,no")
    assert found
    assert all(
        problem.file.endswith(f"plans/{EARLIER}/goals.csv") or "kpis" in problem.file for problem in found
    )
