"""Bad input to claims.csv: what would be taken for the city's mistake is refused as the book's own."""

from __future__ import annotations

import pytest

from planbook.load.contract import check_data
from planbook.vocabulary.schemas import PLAN_TABLES

COLUMNS = tuple(PLAN_TABLES["claims"].model_fields)


def problems(country, **cells):
    row = {"as_written": "4年間", "document": "text", "locator": "L5", "claim_id": "c1", "kind": "duration",
           "subject": "plan.years"} | cells  # fmt: skip
    assert set(row) <= set(COLUMNS)
    table = ",".join(COLUMNS) + "\n" + ",".join(str(row.get(name, "")) for name in COLUMNS) + "\n"
    (country.plan / "claims.csv").write_text(table, encoding="utf-8", newline="")
    return check_data(country.root)


def only(country, **cells):
    found = problems(country, **cells)
    assert len(found) == 1, [str(problem) for problem in found]
    assert found[0].place["row"] == 2
    return found[0]


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("duration", "4年間", 4),
        ("change_pct", "4割縮小", -40),
        ("change_pct", "13.3%減少", "-13.3"),
        ("population", "63,095人", 63095),
        ("share", "３割", 30),
        ("era_pair", "2030年（H42）", 2030),
        ("count", "いくつかの目標", 4),
    ],
)
def test_what_the_quotation_says(country, kind, written, value):
    written = f'"{written}"'
    assert problems(country, kind=kind, as_written=written, value=value) == []


@pytest.mark.parametrize(
    ("kind", "written", "value", "right"),
    [
        ("duration", "4年間", 5, "4"),
        ("population", "63,095人", 63059, "63095"),
        ("change_pct", "4割縮小", 40, "-40"),
        ("change_pct", "13.3%減少", "-133", "-13.3"),
    ],
)
def test_a_slip_of_the_pen_is_not_published_as_the_citys(country, kind, written, value, right):
    problem = only(country, kind=kind, as_written=f'"{written}"', value=value)
    assert problem.place["column"] == "value"
    assert str(problem.allowed) == right


def test_a_reading_counts_for_what_the_extraction_broke(country):
    assert problems(country, as_written="4人年間", reading="10年間", cause="extraction", value=10) == []


def test_a_period_that_ends_before_it_starts(country):
    problem = only(country, kind="period", period_start="2026-04-01", period_end="2022-03-31")
    assert problem.place["column"] == "period_end"
    assert problems(country, kind="period", period_start="2022-04-01", period_end="2026-03-31") == []
    assert problems(country, kind="period", period_start="2022", period_end="2022") == []


def test_a_title_of_a_goal_that_there_is_not(country):
    goal = (country.plan / "goals.csv").read_text(encoding="utf-8-sig").splitlines()
    known = goal[1].split(",")[goal[0].split(",").index("goal_id")]
    assert problems(country, kind="name", subject=f"title.{known}") == []
    problem = only(country, kind="name", subject=f"title.{known}x")
    assert problem.place["column"] == "subject"
    assert f"title.{known}」の書き誤り" in problem.in_words("ja")


def test_a_count_of_a_level_that_is_nearly_one_of_the_plan(country):
    assert (
        problems(country, kind="count", as_written="4つの柱", subject="count.concept_pillar", value=4) == []
    )
    assert problems(country, kind="count", as_written="1つの目標", subject="count.basic_goal", value=1) == []
    problem = only(country, kind="count", as_written="1つの目標", subject="count.basic_gaol", value=1)
    assert "count.basic_goal" in problem.in_words("ja")
