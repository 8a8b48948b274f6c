"""Targets on every basis, bridged values, editions against outcome: by hand on a fictional city, and the four cities."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from planbook.load.plan import load_plan
from planbook.presentation.page import open_page
from planbook.presentation.population import concept_views, concept_words, population_views
from planbook.presentation.theme import ROLES, enable_theme
from planbook.summary.concept_facts import gather_concepts
from planbook.summary.population_facts import gather_population
from planbook.vocabulary.catalogue import in_language

PLAN = "47999-strategy-1"


def gather(root, plan_id=PLAN):
    plan = load_plan(root, plan_id)
    facts = gather_population(plan)
    return plan, facts, gather_concepts(plan, facts)


def squeeze(html) -> str:
    return html.plain().replace(" ", "")


def say_states(root, plan_id=PLAN):
    plan, facts, concepts = gather(root, plan_id)
    return squeeze(concept_words.target_states(open_page(plan, "population"), plan, facts, concepts))


def add_register(country, *rows):
    """Add register totals of all residents: (day, persons)."""
    file = country.municipality / "population.csv"
    lines = "".join(f"register,{day},all,{persons},final,juki-1995-2022,\n" for day, persons in rows)
    file.write_text(file.read_text(encoding="utf-8") + lines, encoding="utf-8")


@pytest.fixture
def bridged(country):
    # 10,605 / 10,500 = 1.010 in 2015; (10,200 − 150·274/366 = 10,087.7) / 10,000 = 1.0088 in 2020
    add_register(
        country, ("2015-01-01", 10605), ("2016-01-01", 10605), ("2020-01-01", 10200), ("2022-01-01", 9900)
    )
    return country


def test_ratios_and_bridged_values_by_hand(bridged):
    _, _, concepts = gather(bridged.root)
    assert [str(ratio.ratio) for ratio in concepts.ratios] == ["1.010", "1.009"]
    assert [point.as_of.year for point in concepts.bridged] == [2021, 2022]
    last = concepts.bridged[-1]
    assert (str(last.persons), str(last.low), str(last.high)) == ("9,814人", "9,765人", "9,863人")
    # 9,900 / 1.00877 = 9,814; ± 0.5 %, for the ratio moved by 0.12 % only
    assert last.persons.formula == "9,900 ÷ 1.009 ＝ 9,814"
    assert last.persons.inputs[0].source.source_id == "juki-1995-2022"
    assert str(concepts.half_width) == "0.5%"


def test_a_target_on_every_basis(bridged):
    # target 9,000 in 2040; census of 2020 10,000; register of 2022 9,900; IPSS falls from 9,200 to 8,400 in the 2030s
    said = say_states(bridged.root)
    assert "目標「2040年に9,000人」" in said
    assert "国勢調査では、2020年10月1日の10,000人が1,000人上回っており、まだ下回っていません。" in said
    assert "住民基本台帳では、2022年1月1日の9,900人が900人上回っており" in said
    assert "接続値では、2022年1月1日の9,814人（9,765人〜9,863人）が814人上回っており" in said
    assert "社人研推計（令和5年推計）の線は、2033年4月に9,000人を下回ります。" in said  # a quarter of the way
    assert "時点が違うので" in said


@pytest.mark.parametrize(
    ("target", "census", "bridged_words"),
    [
        (10000, "10,000人で、目標と同じ人数です", "が、すでに186人下回っています"),
        (10020, "が、すでに20人下回っています", "が、すでに206人下回っています"),
        (9850, "まだ下回っていません", "幅が目標にかかり、下回ったとも上回ったともいえません"),
        # above the census before the plan (11,000 in 2010): the plan wants growth, and nothing is "already" so
        (
            11500,
            "国勢調査では、2020年10月1日の10,000人が、1,500人下回っています",
            "が、1,686人下回っています",
        ),
    ],
)
def test_below_equal_and_in_between(bridged, target, census, bridged_words):
    bridged.replace(bridged.plan / "plan.yml", "population_persons: 9000", f"population_persons: {target}")
    bridged.replace(bridged.plan / "plan.yml", "2040年に9,000人", f"2040年に{target:,}人")
    said = say_states(bridged.root)
    assert census in said
    assert bridged_words in said


def test_a_rough_target_has_a_width(bridged):
    bridged.replace(
        bridged.plan / "plan.yml", "precision: 1, qualifier: exact", "precision: 2000, qualifier: about"
    )
    said = say_states(bridged.root)
    # about 9,000 stands for 8,000 to 10,000
    assert "国勢調査では、2020年10月1日の10,000人は、およその目標が表す幅の中にあります。" in said
    assert "接続値では、2022年1月1日の9,814人（9,765人〜9,863人）は、およその目標が表す幅の中" in said


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((8900, 8000), "始めの2020年の8,900人から、目標を上回りません"),
        ((12000, 9100), "最後の2040年の9,100人でも目標を下回りません"),
    ],
)
def test_a_projection_that_never_crosses(bridged, rows, words):
    head = "age_kind,age_start,age_end,edition,variant,year,sex,population_persons,source_id\n"
    lines = [
        f"total,,,ipss2023,standard,{y},total,{n},ipss2023\n" for y, n in zip((2020, 2040), rows, strict=True)
    ]
    (bridged.municipality / "projections.csv").write_text(head + "".join(lines), encoding="utf-8")
    assert words in say_states(bridged.root)


def test_bases_that_are_missing_are_left_out(country):
    plan, facts, concepts = gather(country.root)
    assert concepts.ratios == concepts.bridged == ()  # one register date surrounds nothing
    assert [s.basis for s in concepts.targets[0].standings] == ["census", "register"]
    assert concept_words.bridge_note(open_page(plan, "population"), concepts).plain() == ""
    assert concept_views.table_ratios(concepts) is None
    for name in ("population.csv", "projections.csv", "age_sex.csv"):
        (country.municipality / name).unlink()
    plan, facts, concepts = gather(country.root)
    assert concept_views.view_concepts(plan, facts, concepts) is None
    assert concept_views.view_vintages(plan) is None
    page = open_page(plan, "population")
    assert concept_words.vintage_sentences(page, plan).plain() == ""
    said = squeeze(concept_words.target_states(page, plan, facts, concepts))
    assert "比べられる実績の人口がありません。比べられる将来推計はありません。" in said


def test_one_census_leaves_the_drift_unknown(bridged):
    bridged.replace(
        bridged.municipality / "population.csv",
        "census,2015-10-01,all,10500,final,census-1980-2015-age5,\n", "",
    )  # fmt: skip
    plan, _, concepts = gather(bridged.root)
    assert not concepts.drift_known
    said = squeeze(concept_words.bridge_note(open_page(plan, "population"), concepts))
    assert "1回の国勢調査からは分からない" in said


def test_without_a_target_there_is_no_state(country):
    file = country.plan / "plan.yml"
    file.write_text(file.read_text(encoding="utf-8").split("outlook:")[0] + "outlook: {}\n", encoding="utf-8")
    plan, facts, concepts = gather(country.root)
    assert concept_views.table_target_states(plan, facts, concepts) is None
    assert concept_words.target_states(open_page(plan, "population"), plan, facts, concepts).plain() == ""
    names = {row["系列"] for row in population_views.view_trend(plan).table.records()}
    assert names == {"実績（国勢調査）", "実績（住民基本台帳）", "社人研推計（令和5年推計）"}


#: METHODS §6 and the figures of the census and the register.
STATES = {
    "07210-strategy-2": [
        "国勢調査では、2025年10月1日（速報）の49,291人が、すでに709人下回っています。",
        "住民基本台帳では、2023年1月1日の52,162人が2,162人上回っており、まだ下回っていません。",
        "の線は、2025年10月に50,000人を下回ります。",  # the day is past: said of the line, not as an expectation
        "の線は、2032年11月に45,000人を下回ります。",  # 46,509 in 2030, 42,915 in 2035: 0.42 of five years
    ],
    "07202-strategy-3": [
        "の線は、2033年1月（目標の上下に5,000人の幅をみれば2029〜2036年）に約100,000人を下回ります。",
        "109,015人が約9,000人上回っており",
    ],
    "03213-strategy-1": ["22,999人が2,999人上回っており、まだ下回っていません。"],
}


@pytest.mark.parametrize("plan_id", STATES)
def test_the_states_of_the_plans(plan_id, real_data):
    said = say_states(real_data, plan_id)
    for words in STATES[plan_id]:
        assert words in said, said


def test_the_table_says_what_the_sentences_say(real_data):
    plan, facts, concepts = gather(real_data, "07210-strategy-2")
    rows = concept_views.table_target_states(plan, facts, concepts).records()
    by_key = {(row["目標"], row["数え方"]): row for row in rows}
    census = by_key[("2030年に50,000人", "国勢調査")]
    assert (census["時点"], census["目標との差（人）"], census["目標に対して"]) == (
        "2025-10-01（速報）", -709, "下回る",
    )  # fmt: skip
    bridged = by_key[("2030年に50,000人", "接続値")]
    assert bridged["幅の下（人）"] < bridged["人口（人）"] < bridged["幅の上（人）"]
    assert bridged["人口（人）"] == round(52162 / (53804.3 / 53557))
    assert by_key[("2040年に45,000人", "社人研推計（令和5年推計）")]["時点"] == "2032年11月"
    assert len(rows) == 8


def test_the_trend_names_base_years_and_crossings(real_data):
    enable_theme()
    view = population_views.view_trend(load_plan(real_data, "07202-strategy-3"))
    rows = view.table.records()
    crossing = [row for row in rows if row["系列"] == ROLES["crossing"].label]
    assert crossing == [
        {"系列": "推計が目標を下回る時点", "推計の基準年": None, "時点": "2033年1月", "人口（人）": 100000}
    ]
    assert {row["推計の基準年"] for row in rows if row["系列"] == "社人研推計（令和5年推計）"} == {"2020"}
    spec = json.dumps(view.chart.to_dict(), ensure_ascii=False)
    assert "社人研推計（令和5年推計）2020年基準" in spec
    assert "の線は、2033年1月に約100,000人を下回る。" in view.alternative


def test_the_zoomed_chart_keeps_bridged_values_apart(real_data):
    enable_theme()
    view = concept_views.view_concepts(*gather(real_data, "07210-strategy-2"))
    spec = view.chart.to_dict()
    drawn = [row for rows in spec["datasets"].values() for row in rows if row.get("mark") == "bridged"]
    by_date = {row["when"]: row for row in drawn}
    assert sorted(by_date) == ["2021-01-01", "2022-01-01", "2023-01-01"]
    assert all(row["low"] < row["persons"] < row["high"] for row in drawn)
    lines = [row for rows in spec["datasets"].values() for row in rows if row.get("mark") == "line"]
    assert "bridged" not in {row["role"] for row in lines}  # never joined to a line
    assert min(row["year"] for row in lines) >= 2010
    assert max(row["year"] for row in lines) < 2041
    assert "errorbar" in json.dumps(spec)
    assert "接続値は2023-01-01に51,922人" in view.alternative


@pytest.mark.parametrize(
    "plan_id", ["07210-strategy-2", "07202-strategy-3", "03213-strategy-1", "11233-strategy-2"]
)
def test_views_are_drawn_with_their_numbers(plan_id, real_data):
    enable_theme()
    plan, facts, concepts = gather(real_data, plan_id)
    for view in (concept_views.view_concepts(plan, facts, concepts), concept_views.view_vintages(plan)):
        assert view.sources
        assert view.alternative
        words = json.dumps(view.chart.to_dict()) + json.dumps(view.table.records(), ensure_ascii=False)
        assert "NaN" not in words


def test_what_the_editions_expected_of_ninohe(real_data):
    plan = load_plan(real_data, "03213-strategy-1")
    said = squeeze(concept_words.vintage_sentences(open_page(plan, "population"), plan))
    assert (
        "社人研推計（平成30年推計）（2015年基準）は、2020年を25,504人と見込みました。国勢調査の25,513人より9人（0.0%）低く見込んでいました。"
        in said
    )
    assert "国勢調査（速報）の22,999人より388人（1.7%）高く見込んでいました。" in said
    assert "「封鎖人口」は" in said
    rows = concept_views.view_vintages(plan).table.records()
    assert len(rows) == 5
    drawn = json.dumps(concept_views.view_vintages(plan).chart.to_dict(), ensure_ascii=False)
    assert "+3.5%" not in drawn  # 封鎖人口 is no forecast


def test_an_edition_that_was_exact_is_said_to_be(country):
    country.replace(
        country.municipality / "population.csv", "register,2021-01-01",
        "census,2030-10-01,all,9200,final,census-2020-ssdse,\nregister,2021-01-01",
    )  # fmt: skip
    plan = load_plan(country.root, PLAN)
    said = squeeze(concept_words.vintage_sentences(open_page(plan, "population"), plan))
    assert said.endswith("2030年を9,200人と見込み、国勢調査と同じでした。")


def test_every_number_of_the_states_leads_to_a_source(real_data):
    plan, facts, concepts = gather(real_data, "07210-strategy-2")
    page = open_page(plan, "population")
    markup = str(concept_words.target_states(page, plan, facts, concepts))
    linked = re.sub(r"<a class=\"pb-num\".*?</a>|「.*?」", "", markup)
    assert not re.search(r"\d{1,3},\d{3}人", linked)
    assert "住民基本台帳（2020-10-01、前後の時点から直線で補間）53,804 ÷ 国勢調査 53,557" in str(
        page.source_list()
    )


def test_the_dates_are_those_of_the_data(bridged):
    _, _, concepts = gather(bridged.root)
    assert concepts.used.as_of == date(2020, 10, 1)
    with in_language("en"):
        assert str(concepts.bridged[-1].persons).isascii()


# ------------------------------------------------------------------------------- a projection without a base year


@pytest.fixture
def baseless(country):
    """A prefecture's own projection, whose base census nobody wrote down, and a census of one of its years."""
    for file, line in (
        (
            country.root.reference_folder / "editions.csv",
            "pref2021,県推計,Own projection,県,2021-03,,other\n",
        ),
        (
            country.municipality / "projections.csv",
            "total,,,pref2021,standard,2020,total,10100,ipss2023\ntotal,,,pref2021,standard,2030,total,9400,ipss2023\n",
        ),
        (country.municipality / "population.csv", "census,2030-10-01,all,9200,final,census-2020-ssdse,\n"),
    ):
        file.write_text(file.read_text(encoding="utf-8") + line, encoding="utf-8")
    return country


def test_an_edition_without_a_base_is_not_compared_and_that_is_said(baseless):
    plan = load_plan(baseless.root, PLAN)
    said = squeeze(concept_words.vintage_sentences(open_page(plan, "population"), plan))
    assert "社人研推計（令和5年推計）（2020年基準）は、2030年を9,200人" in said
    assert said.endswith("県推計は、基準の国勢調査の年が分からないので、国勢調査と比べていません。")
    assert {row["推計"] for row in concept_views.view_vintages(plan).table.records()} == {
        "社人研推計（令和5年推計）"
    }


def test_an_edition_without_a_base_and_nothing_else_leaves_the_remark(baseless):
    file = baseless.municipality / "projections.csv"
    lines = [row for row in file.read_text(encoding="utf-8").splitlines() if ",ipss2023,standard" not in row]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    plan = load_plan(baseless.root, PLAN)
    assert concept_views.view_vintages(plan) is None
    said = squeeze(concept_words.vintage_sentences(open_page(plan, "population"), plan))
    assert said == "県推計は、基準の国勢調査の年が分からないので、国勢調査と比べていません。"


def test_the_legend_names_no_base_that_is_not_known(baseless):
    view = population_views.view_trend(load_plan(baseless.root, PLAN))
    words = json.dumps([view.chart.to_dict(), view.table.records()], ensure_ascii=False)
    assert "県推計" in words
    assert "県推計None" not in words
    assert "None年" not in words
    bases = {row["系列"]: row["推計の基準年"] for row in view.table.records()}
    assert (bases["県推計"], bases["社人研推計（令和5年推計）"]) == (None, "2020")


# ------------------------------------------------------------------------------------------ what a line is said to do


def test_a_crossing_that_is_past_is_a_statement_about_the_line(bridged):
    # 9,600 between 10,000 in 2020 and 9,200 in 2030: half-way, in 2025
    bridged.replace(bridged.plan / "plan.yml", "population_persons: 9000", "population_persons: 9600")
    bridged.replace(bridged.plan / "plan.yml", "2040年に9,000人", "2040年に9,600人")
    said = say_states(bridged.root)
    assert "社人研推計（令和5年推計）の線は、2025年" in said
    assert "に9,600人を下回ります。" in said
    assert "見込み" not in said
    plan, facts, concepts = gather(bridged.root)
    assert "見込み" not in concept_views.view_concepts(plan, facts, concepts).alternative


@pytest.mark.parametrize(
    ("precision", "shown"),
    [(1000, "約1,400人"), (500, "約1,390人"), (100, "約1,390人"), (10, "約1,389人"), (1, "約1,389人")],
)
def test_a_distance_from_a_rough_target_is_no_finer_than_the_target_allows(country, precision, shown):
    country.replace(
        country.plan / "plan.yml", "population_persons: 9000, precision: 1, qualifier: exact",
        f"population_persons: 8611, precision: {precision}, qualifier: about",
    )  # fmt: skip
    country.replace(country.plan / "plan.yml", "2040年に9,000人", "約8,611人")
    plan, facts, concepts = gather(country.root)
    said = say_states(country.root)
    assert f"2020年10月1日の10,000人が{shown}上回っており" in said
    # the table keeps the difference itself
    rows = concept_views.table_target_states(plan, facts, concepts).records()
    assert [row["目標との差（人）"] for row in rows if row["数え方"] == "国勢調査"] == [1389]
