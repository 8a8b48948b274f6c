"""A corrected string needs its cause: without it nobody knows whether the document or its transcription erred."""

from __future__ import annotations

import pytest

from planbook.load.contract import check_data

UNKNOWN = "崩れの原因が書かれていません"


def only(country):
    found = check_data(country.root)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def where(problem):
    return problem.file.rsplit("/", 1)[-1], problem.place


def add_claim(country, reading, cause):
    (country.plan / "claims.csv").write_text(
        "as_written,document,locator,reading,cause,note,claim_id,kind,subject,value,unit,precision,qualifier,as_of,"
        "period_start,period_end,basis,edition,follows_from\n"
        f"農葉,text,L4,{reading},{cause},,c1,wording,c1,,,,,,,,,,\n",
        encoding="utf-8",
        newline="",
    )


def test_a_claim_with_a_reading_and_no_cause_is_reported_with_the_two_words(country):
    add_claim(country, "農業", "")
    problem = only(country)
    assert where(problem) == ("claims.csv", {"row": 2, "column": "cause"})
    words = problem.in_words("ja")
    assert UNKNOWN in words and "農業" in words
    assert "source" in words and "extraction" in words and problem.remedy


@pytest.mark.parametrize(
    ("file", "old", "new", "row"),
    [
        ("goals.csv", "施策1 農業,text,L4,,,", "施策1 農業,text,L4,施策1 農林業,,", 3),
        ("kpis.csv", "出生数,text,L5,,,", "出生数,text,L5,出生者数,,", 2),
        ("kpi_values.csv", "100人,text,L5,,,", "1OO人,text,L5,100人,,", 2),
    ],
)
def test_every_table_that_quotes_a_document_is_looked_through(country, file, old, new, row):
    country.replace(country.plan / file, old, new)
    assert where(only(country)) == (file, {"row": row, "column": "cause"})


def test_a_part_of_plan_yml_is_named_by_its_key(country):
    plan = country.plan / "plan.yml"
    country.replace(
        plan, "document: text, locator: L2}", "document: text, locator: L2, reading: '2040年に9,000人'}"
    )
    problem = only(country)
    assert where(problem) == ("plan.yml", {"key": "outlook.targets.0.cause"})
    assert UNKNOWN in problem.in_words("ja")


@pytest.mark.parametrize("cause", ["source", "extraction"])
def test_a_known_cause_is_no_problem(country, cause):
    add_claim(country, "農業", cause)
    plan = country.plan / "plan.yml"
    words = f"document: text, locator: L2, reading: '2040年に9,000人', cause: {cause}}}"
    country.replace(plan, "document: text, locator: L2}", words)
    assert check_data(country.root) == []


def test_damage_without_another_reading_is_no_problem(country):
    add_claim(country, "", "extraction")
    assert check_data(country.root) == []


def test_any_other_word_for_a_cause_is_refused_with_those_that_can_be_used(country):
    add_claim(country, "農業", "ocr")
    problem = only(country)
    assert where(problem) == ("claims.csv", {"row": 2, "column": "cause"})
    assert problem.found == "ocr" and "source, extraction" in str(problem.allowed)


def test_any_other_word_in_plan_yml_is_refused_too(country):
    plan = country.plan / "plan.yml"
    country.replace(
        plan, "document: text, locator: L2}", "document: text, locator: L2, reading: x, cause: ocr}"
    )
    problem = only(country)
    assert where(problem) == ("plan.yml", {"key": "outlook.targets.0.cause"})
    assert "source, extraction" in str(problem.allowed)
