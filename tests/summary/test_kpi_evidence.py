"""Official series beside an indicator: what is linked, and which years a plan's baseline equals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planbook.analysis.kpis.series import read_series
from planbook.load.contract import plan_problems
from planbook.load.plan import load_plan
from planbook.summary.kpis.evidence_facts import (
    gather_evidence,
    latest_number,
    latest_words,
    match_baseline,
    point_number,
)
from planbook.vocabulary.catalogue import in_language
from planbook.vocabulary.errors import InputError

HEADER = "kpi_id,table,concept,measure,relation,relation_en\n"


@pytest.fixture(scope="module")
def kitamoto(real_data):
    return load_plan(real_data, "11233-strategy-2")


def series_of(plan):
    return {one.kpi_id: one for one in read_series(plan.frame("kpis"), plan.frame("kpi_values"))}


def linked(country, *rows):
    (country.plan / "kpi_evidence.csv").write_text(
        HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8"
    )
    return load_plan(country.root, country.plan.name)


# ------------------------------------------------- the real births


def test_the_births_of_the_register_and_of_the_vital_statistics(kitamoto):
    register, vital = gather_evidence(kitamoto)["k7-2"]
    assert (register.concept, register.measure, register.unit) == ("register", "births", "人")
    by_year = {point.end: int(point.value) for point in register.points}
    assert [by_year[date(year, 12, 31)] for year in (2018, 2019, 2020, 2021)] == [343, 363, 362, 332]
    by_year = {point.end.year: int(point.value) for point in vital.points}
    assert [by_year[year] for year in (2018, 2019, 2020, 2021, 2023)] == [343, 355, 359, 326, 308]


def test_the_baseline_of_births_equals_no_official_year(kitamoto):
    one = series_of(kitamoto)["k7-2"]
    for evidence in gather_evidence(kitamoto)["k7-2"]:
        match = match_baseline(one, evidence)
        assert match.equal == ()
        assert 340 not in {int(point.value) for point in evidence.points}
    assert (
        str(match.words)
        == "当初値の340人と同じ値は、人口動態統計の出生数（2016年〜2023年）にありません。最も近いのは2018年の343人です"
    )


def test_the_newest_value_leads_to_its_table(kitamoto):
    _, vital = gather_evidence(kitamoto)["k7-2"]
    newest = latest_number(kitamoto, vital)
    assert (newest.value, newest.as_of, newest.source.source_id) == (308, "2023-12-31", "vital-ssdse")
    assert str(latest_words(kitamoto, vital)) == "人口動態統計の出生数の最も新しい値は、2023年の308人です"


def test_fertility_is_linked_to_a_name(real_data):
    plan = load_plan(real_data, "03213-comprehensive-2")
    (evidence,) = gather_evidence(plan)["k-tfr"]
    assert [str(point.words) for point in evidence.points] == ["2008〜2012年", "2018〜2022年"]
    assert str(latest_number(plan, evidence)) == "1.32"
    assert match_baseline(series_of(plan)["k-tfr"], evidence) is None  # a name has no baseline
    with in_language("en"):
        assert "Bayes" in str(evidence.relation)


# ------------------------------------------------- by hand, on the fictional plan (100人 → 120人)


def test_a_baseline_that_equals_two_years(country):
    country.replace(country.plan / "kpi_values.csv", "100人,text,L5,,,,k1,baseline,2014,,number,100", "60人,text,L5,,,,k1,baseline,2014,,number,60")  # fmt: skip
    plan = linked(country, "k1,vital,register,births,同じ数とみられる,Probably the same")
    (evidence,) = gather_evidence(plan)["k1"]
    match = match_baseline(series_of(plan)["k1"], evidence)
    assert [point.end.year for point in match.equal] == [2019, 2020]
    assert str(match.words) == "当初値の60人は、住民基本台帳の出生数の2019年、2020年の値と一致します"


def test_every_kind_of_table_can_be_linked(country):
    plan = linked(
        country,
        "k1,vital,register,deaths,関係,Relation",
        "k1,population,census,,関係,Relation",
        "k1,population,register,,関係,Relation",
    )
    deaths, census, register = gather_evidence(plan)["k1"]
    assert [point.value for point in census.points] == [11000, 10500, 10000]
    assert str(census.label) == "国勢調査の総人口"
    assert str(census.latest.words) == "2020年10月1日"
    assert len(register.points) == 1
    assert point_number(plan, deaths, deaths.points[0]).value == Decimal(130)
    # A yearly count is not held against a number of residents.
    one = series_of(plan)["k1"]
    assert match_baseline(one, census) is None
    assert match_baseline(one, deaths) is not None


def test_of_a_period_given_twice_all_residents_count(country):
    vital = country.municipality / "vital.csv"
    line = "register,births,2019-01-01,2019-12-31,{},{},juki-1995-2022,\n"
    country.replace(vital, line.format("all", 60), line.format("japanese", 55) + line.format("all", 60) + line.format("japanese", 55).replace("2019", "2018"))  # fmt: skip
    plan = linked(country, "k1,vital,register,births,関係,Relation")
    (evidence,) = gather_evidence(plan)["k1"]
    assert [(point.end.year, int(point.value)) for point in evidence.points] == [
        (2018, 55),
        (2019, 60),
        (2020, 60),
    ]


def test_a_link_to_nothing_is_an_error_that_names_its_row(country):
    links = (
        "k1,vital,registerr,births,関係,Relation",
        "k1,vital,register,birthss,関係,Relation",
        "k1,fertility,,tfr_bayes,関係,Relation",
        "k1,vital,register,births,関係,Relation",
    )
    with pytest.raises(InputError) as caught:
        linked(country, *links)
    problems = caught.value.problems
    assert [(p.place["row"], p.place["column"]) for p in problems] == [
        (2, "concept"),
        (3, "measure"),
        (4, "table"),
    ]
    assert "births" in str(problems[1].allowed)
    # The check of the whole folder finds the same.
    assert [p.place for p in plan_problems(country.root, country.plan)] == [p.place for p in problems]


def test_a_plan_without_the_table(country):
    assert gather_evidence(load_plan(country.root, country.plan.name)) == {}
