"""Replies that lead nowhere: a code that no rule has, an indicator that is not listed, a misspelt object."""

from __future__ import annotations

import pytest

from planbook.load.contract import check_data
from planbook.load.plan import load_plan
from planbook.summary.kpis.kpi_facts import gather_kpis
from planbook.summary.recalculation.gather import gather_checks

HEADER = "finding,date,department,state,words\n"
CLAIMS = """\
as_written,document,locator,reading,cause,note,claim_id,kind,subject,value,unit,precision,qualifier,as_of,period_start,period_end,basis,edition,follows_from
100人,text,L5,,,,births-before,amount,births,100,人,,,,,,,,
120人,text,L5,,,,births-2019,amount,births,120,人,,,,,,,,
"""


def replied(country, *findings):
    rows = "".join(f"{finding},2016-06-01,企画課,answered,確かめました。\n" for finding in findings)
    (country.plan / "replies.csv").write_text(HEADER + rows, encoding="utf-8")
    (country.plan / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    return check_data(country.root)


@pytest.mark.parametrize(
    "finding",
    [
        "K05/k1", "K16a/k1", "R01/births-before", "R25/t1", "R14/k1", "R13/g1-1", "R08/edition-1", "R20/k1.target",
        "R09/births", "R23/t1.births-before", "R13/something-else",
        "R01/births-2030", "R08/edition-2",
    ],
)  # fmt: skip
def test_replies_to_what_there_is_or_may_have_been(country, finding):
    assert replied(country, finding) == []


@pytest.mark.parametrize("finding", ["K16/k1", "K22/k1", "K05a/k1", "R36/births-before", "R00/t1", "R05a/t1"])
def test_a_code_that_no_rule_has(country, finding):
    (problem,) = replied(country, "K05/k1", finding)
    assert (problem.file.rsplit("/", 1)[-1], problem.place) == (
        "replies.csv",
        {"row": 3, "column": "finding"},
    )
    assert problem.found == finding
    assert "K16b" in str(problem.allowed)
    assert "R01" in str(problem.allowed)
    assert problem.remedy


def test_a_misspelt_code_is_told_the_nearest(country):
    (problem,) = replied(country, "K16/k1")
    assert "「K16a/k1、K16b/k1」の書き誤り" in str(problem.remedy)


@pytest.mark.parametrize(("finding", "nearest"), [("K05/k-1", "k1"), ("K05/births-before", None)])
def test_an_indicator_that_is_not_listed(country, finding, nearest):
    (problem,) = replied(country, finding)
    assert (problem.place, problem.found) == ({"row": 2, "column": "finding"}, finding)
    assert "k1" in str(problem.allowed)
    assert nearest is None or f"K05/{nearest}" in str(problem.remedy)


@pytest.mark.parametrize(
    ("finding", "nearest"),
    [
        ("R01/birth-before", "births-before"),
        ("R23/t1.births-befor", "births-before"),
        ("R20/k1.tarket", "k1.target"),
    ],
)
def test_a_near_miss_of_an_object(country, finding, nearest):
    (problem,) = replied(country, finding)
    assert problem.found == finding
    assert nearest in str(problem.remedy)


def test_every_finding_of_a_plan_can_be_replied_to(country):
    assert replied(country, "K05/k1") == []
    plan = load_plan(country.root, country.plan.name)
    ids = [check.id for check in gather_checks(plan)]
    ids += [finding.id for item in gather_kpis(plan).facts for finding in item.findings]
    assert len(ids) > 3
    assert replied(country, *dict.fromkeys(ids)) == []


def test_a_plan_without_indicators(country):
    for name in ("kpis.csv", "kpi_values.csv"):
        (country.plan / name).unlink()
    (problem,) = replied(country, "K05/k1")
    assert problem.place["column"] == "finding"


def test_a_broken_table_is_not_followed_by_a_line_for_every_reply(country):
    country.replace(country.plan / "kpis.csv", "annual_flow,up", "annual_flow,upwards")
    assert {
        problem.file.rsplit("/", 1)[-1] for problem in replied(country, "K05/k2", "R01/birth-before")
    } == {"kpis.csv"}
