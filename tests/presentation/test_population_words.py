"""Composed sentences: table-driven cases, and the answers of the five plans recomputed by hand."""

from __future__ import annotations

import pytest

from planbook.load.plan import load_plan
from planbook.presentation import digest_words, population_words, structure_words
from planbook.presentation.page import open_page
from planbook.summary.population_facts import gather_population

PLAN = "47999-strategy-1"


def speak(function, country, *, with_plan=True):
    plan = load_plan(country.root, PLAN)
    page, facts = open_page(plan, "digest"), gather_population(plan)
    said = function(page, plan, facts) if with_plan else function(page, facts)
    return None if said is None else said.plain().replace(" ", "")


def projections(country, **years):
    rows = "".join(f"total,,,ipss2023,standard,{y[1:]},total,{n},ipss2023\n" for y, n in years.items())
    head = "age_kind,age_start,age_end,edition,variant,year,sex,population_persons,source_id\n"
    (country.municipality / "projections.csv").write_text(head + rows, encoding="utf-8")


def test_a_falling_population(country):
    # 11,000 (2010) → 10,000 (2020): the census nearest to 15 years before 2020 is 2010 (2005 is not there)
    said = speak(population_words.past_sentence, country)
    assert (
        said
        == "架空市の人口（国勢調査）は、2010年の11,000人から2020年の10,000人へ、10年間で1,000人（9.1%）減りました。"
    )


def test_a_growing_and_a_constant_population(country):
    country.replace(country.municipality / "population.csv", "11000", "8000")
    assert "2,000人（25.0%）増えました" in speak(population_words.past_sentence, country)
    country.replace(country.municipality / "population.csv", "8000", "10000")
    assert "変わっていません" in speak(population_words.past_sentence, country)


def test_one_census_makes_no_trend(country):
    lines = (country.municipality / "population.csv").read_text(encoding="utf-8").splitlines()
    (country.municipality / "population.csv").write_text(
        "\n".join([lines[0], lines[3]]) + "\n", encoding="utf-8"
    )
    assert "2時点以上ありません" in speak(population_words.past_sentence, country)


@pytest.mark.parametrize(
    ("projected", "words"),
    [(8400, "600人（7.1%）上回ります"), (9600, "600人（6.3%）下回ります"), (9000, "2040年は同じ人数です")],
)
def test_a_target_above_below_and_on_the_projection(country, projected, words):
    projections(country, y2020=10000, y2040=projected)
    assert words in speak(population_words.target_sentence, country)


def test_a_target_between_published_years_is_not_interpolated(country):
    projections(country, y2020=10000, y2030=9000)
    assert "比べられる将来推計はありません" in speak(population_words.target_sentence, country)


def test_a_target_without_a_year(country):
    country.replace(country.plan / "plan.yml", "year: 2040", "year: null")
    said = speak(population_words.target_sentence, country)
    # 9,200 in 2030, 8,400 in 2040: 9,000 lies a quarter of the way, in 2033
    assert "いつの人口かはこの資料に書かれていません" in said
    assert "2033年ごろにこの人口を下回ります" in said
    assert speak(population_words.pace_sentence, country, with_plan=False) is None


def test_no_target_is_said_of_the_document_not_of_the_plan(country):
    text = (country.plan / "plan.yml").read_text(encoding="utf-8")
    (country.plan / "plan.yml").write_text(
        text.split("outlook:")[0] + "outlook: {targets: []}\n", encoding="utf-8"
    )
    said = speak(population_words.target_sentence, country)
    assert "この資料（全文）には将来人口の目標の掲載がありません" in said
    assert "2050年に7,500人になる見込み" in said


def test_no_projection_at_all(country):
    (country.municipality / "projections.csv").unlink()
    assert "比べられる将来推計はありません" in speak(population_words.target_sentence, country)


def test_the_pace_up_and_the_pace_down(country):
    # (9,000 − 10,000) / 20 = −50 a year; 2015–2020: (10,000 − 10,500) / 5 = −100 a year
    said = speak(population_words.pace_sentence, country, with_plan=False)
    assert "減少を年に50人までにとどめる必要があります" in said
    assert "直前の5年間は年に100人ずつ減っていました" in said
    country.replace(country.plan / "plan.yml", "population_persons: 9000", "population_persons: 11000")
    assert "年に50人ずつ増える必要があります" in speak(
        population_words.pace_sentence, country, with_plan=False
    )


def test_hindsight_is_named_only_where_it_is_one(country):
    assert "策定のときには使えませんでした" in speak(population_words.hindsight_words, country)
    country.replace(
        country.plan / "plan.yml",
        "start_fiscal_year: 2015, end_fiscal_year: 2019",
        "start_fiscal_year: 2024, end_fiscal_year: 2028",
    )
    assert speak(population_words.hindsight_words, country) is None


def test_the_ageing_rate_by_hand(country):
    plan = load_plan(country.root, PLAN)
    said = structure_words.ageing_paragraph(open_page(plan, "population"), plan).plain()
    # 3,000 / (1,200 + 5,800 + 3,000) = 30.0 %; 5,800 / 3,000 = 1.9
    assert "30.0%" in said
    assert "1.9人" in said


#: plan, then what the three sentences must hold; every figure recomputed by hand from METHODS §6's table.
ANSWERS = {
    "07210-strategy-2": [
        "2010年の59,871人から2025年（速報）の49,291人へ、15年間で10,580人（17.7%）減りました",  # 10,580 / 59,871
        "2030年に50,000人、2040年に45,000人です。",
        "それぞれ3,491人（7.5%）、5,770人（14.7%）上回ります",  # 50,000 − 46,509; 45,000 − 39,230
        "年に142人ずつ増える必要があります。直前の5年間は年に853人ずつ減っていました",  # 709 / 5; 4,266 / 5
    ],
    "03213-strategy-1": [
        "2010年の29,702人から2025年（速報）の22,999人へ",
        "2045年に20,000人です。",
        "4,509人（29.1%）上回ります",  # 20,000 − 15,491
        "減少を年に150人までにとどめる",  # 2,999 / 20
    ],
    "07202-strategy-3": [
        "目標は約100,000人ですが、いつの人口かはこの資料に書かれていません",
        "2033年ごろにこの人口を下回ります",
        "4つの基本目標",
    ],
    "03213-comprehensive-2": ["将来人口の目標の掲載がありません", "2050年に13,701人", "8指標"],
    "11233-strategy-2": ["案の概要", "2050年に45,682人", "15指標", "17系列", "12系列に当初値と目標値の両方"],
}


@pytest.mark.parametrize("plan_id", ANSWERS)
def test_the_answers_of_the_five_plans(plan_id, real_data):
    plan = load_plan(real_data, plan_id)
    page = open_page(plan, "digest")
    said = "".join(
        s.plain().replace(" ", "") for s in digest_words.answer(page, plan, gather_population(plan))
    )
    for words in ANSWERS[plan_id]:
        assert words in said, said
    assert "{" not in said


@pytest.mark.parametrize("plan_id", ANSWERS)
def test_no_page_says_that_a_plan_has_no_kpi(plan_id, real_data):
    """None of the documents is a whole plan: what is not in one may well be in the plan."""
    plan = load_plan(real_data, plan_id)
    page, facts = open_page(plan, "digest"), gather_population(plan)
    said = "".join(s.plain() for s in digest_words.findings(page, plan, facts))
    assert "この資料" in said
    assert "計画にはない" not in said
