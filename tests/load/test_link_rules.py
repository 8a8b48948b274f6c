"""Bad input to goal_links.csv: a link that leads nowhere would silently tie nothing."""

from __future__ import annotations

import pytest

from line_house import add_plan, write_links
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
    assert problems(line, f"g1,{EARLIER},g1,しごと,yes\ng1,{EARLIER},g1-1,農業,no") == []


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


@pytest.mark.parametrize(
    ("link", "column"),
    [
        (f"g1,{EARLIER},g1,しごと,はい", "confirmed"),
        (f"g1,{EARLIER},g1,,no", "evidence"),
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
