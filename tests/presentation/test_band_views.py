"""The band of past errors of one municipality: facts, chart, table and words, by hand on the fictional city."""

from __future__ import annotations

import doctest
import json
import re

import numpy as np
import pytest

from planbook.analysis.projection.cohorts import Cohorts
from planbook.load.plan import load_plan
from planbook.presentation.chapter_parts import PARTS
from planbook.presentation.html import Html
from planbook.presentation.page import open_page
from planbook.presentation.population import band_views, band_words
from planbook.summary.error_band_facts import NoBands, gather_bands, gather_newest_bands
from planbook.vocabulary.catalogue import in_language

PLAN = "47999-strategy-1"
HEADER = (
    "method,horizon_years,size_class,n,bases,q10_pct,q90_pct,median_absolute_pct,mape_pct,malpe_pct,"
    "n_without,mape_without_pct,malpe_without_pct,source_id\n"
)
SOURCE = "census-1980-2015-age5"
BANDS = HEADER + "".join(
    f"ccr,{years},10000-30000,{1000 - years},{bases},-10,25,1,1,1,9,1,1,{SOURCE}\n"
    for years, bases in ((5, "1995;2000"), (10, "1995;2000"), (15, "1995;2000"), (20, "1995"))
)
COVERAGE = (
    "horizon_years,validation_year,n,inside_pct,above_pct,below_pct,source_id\n"
    "5,2020,1700,81.3,14.6,4.1,census-2020-ssdse\n"
)
#: What a band is never said to be.
ODDS = re.compile(r"確率|可能性|信頼区間|見込みが高|probab|likel|chance|confidence", re.I)


@pytest.fixture
def city(country):
    """The fictional city with a table of errors of ±: low = P / 1.25, high = P / 0.9."""
    folder = country.root.reference_folder
    (folder / "error_bands.csv").write_text(BANDS, encoding="utf-8")
    (folder / "band_coverage.csv").write_text(COVERAGE, encoding="utf-8")
    return country


def cohorts(year: int, total: float) -> Cohorts:
    return Cohorts(year, ("47999",), np.full((1, 2, 19), total / 38))


def gather(country, base=2015):
    """Every age falls by a tenth in five years: 10,500 persons in 2015, 9,000 of 10,000 … from another base."""
    plan = load_plan(country.root, PLAN)
    total = {2015: 10500, 2020: 10000}[base]
    return plan, gather_bands(plan, cohorts(base - 5, total / 0.9), cohorts(base, total))


def change_target(country, **values):
    old = "year: 2040, population_persons: 9000, precision: 1, qualifier: exact"
    about = "約" if values.get("qualifier") == "about" else ""
    new = {"year": 2040, "population_persons": 9000, "precision": 1, "qualifier": "exact"} | values
    country.replace(
        country.plan / "plan.yml", old, ", ".join(f"{key}: {value}" for key, value in new.items())
    )
    country.replace(country.plan / "plan.yml", "2040年に9,000人", f"{about}{new['population_persons']:,}人")


def speak(function, facts, *plan) -> str:
    loaded = plan[0] if plan else None
    page = open_page(loaded or facts[0], "population")
    said = function(page, *([facts[0]] if function is band_words.line_sentence else []), facts[1])
    return said.plain().replace(" ", "")


def test_the_examples_of_the_docstrings():
    assert doctest.testmod(band_words).failed == 0


def test_the_line_by_hand_and_how_its_numbers_say_where_they_come_from(city):
    _, facts = gather(city)
    assert facts.rates == (2010, 2015)
    assert [point.year for point in facts.points] == [2015, 2020, 2025, 2030, 2035, 2040, 2045]
    # the total of the ages is the census total, and is shown as that
    assert facts.points[0].persons == facts.census[1].persons
    ten = facts.points[2]
    # 10,500 · 0.9² = 8,505; 8,505 / 1.25 and / 0.9
    assert [float(n.value) for n in (ten.persons, ten.low, ten.high)] == pytest.approx([8505, 6804, 9450])
    assert ten.low.formula == "8,505 ÷ (1 + 25.000%) ＝ 6,804"
    assert ten.high.formula == "8,505 ÷ (1 − 10.000%) ＝ 9,450"
    assert [part.source.source_id for part in ten.low.inputs if part.source] == [SOURCE]
    assert ten.persons.inputs == (facts.points[0].persons,)
    assert facts.points[5].low is None  # 25 years ahead
    assert facts.size_class == "10000-30000"


def test_a_sum_of_ages_that_is_no_census_total_stands_for_itself(city):
    plan = load_plan(city.root, PLAN)
    facts = gather_bands(plan, cohorts(2010, 11000), cohorts(2015, 10501))
    base = facts.points[0].persons
    assert (float(base.value), base.source) == (pytest.approx(10501), None)
    assert base.inputs == (facts.census[1].persons,)


@pytest.mark.parametrize(
    ("base", "target", "position", "words"),
    [
        # base 2020: 10,000 · 0.9⁴ = 6,561 in 2040, between 5,248.8 and 7,290
        (2020, {"population_persons": 7290}, "inside", "（5,249人〜7,290人）の中にあります"),
        (2020, {"population_persons": 7300}, "above", "上の端より10人多い人数です"),
        (2020, {"population_persons": 5200}, "below", "下の端より49人少ない人数です"),
        (2020, {"population_persons": 7300, "precision": 100, "qualifier": "about"}, "edge", "の端にかかります"),
        (2020, {"population_persons": 8000, "precision": 100, "qualifier": "about"}, "above", "約710人多い"),
        (2020, {"year": 2038}, "between", "線の年（5年おき）の間"),
        (2020, {"year": 2045}, "beyond", "2020年から数えて20年より先なので、比べる幅がありません。線では5,905人です"),
        (2020, {"year": 2052}, "beyond", "比べる幅がありません。"),
        (2015, {"year": 2015}, "before", "2015年より後ではない"),
        (2015, {"year": "null"}, "no_year", "この資料に書かれていないので"),
    ],
)  # fmt: skip
def test_where_a_target_lies(city, base, target, position, words):
    change_target(city, **target)
    found = gather(city, base)
    assert [item.position for item in found[1].targets] == [position]
    assert words in speak(band_words.target_list, found)
    assert band_views.view_bands(*found) is not None


def test_the_line_reaches_every_target(city):
    change_target(city, year=2058)
    _, facts = gather(city, 2020)
    assert facts.points[-1].year == 2060


def test_a_census_after_the_base_is_held_against_the_band(city):
    found = gather(city)
    # 2020: 10,500 · 0.9 = 9,450; 7,560 to 10,500; counted 10,000
    assert [(c.observation.as_of.year, c.position) for c in found[1].later] == [(2020, "inside")]
    assert "2020年の国勢調査の10,000人は、この幅（7,560人〜10,500人）の中でした" in speak(
        band_words.census_list, found
    )
    (city.municipality / "age_sex.csv").unlink()  # its ages add up to the figure that is changed
    city.replace(city.municipality / "population.csv", "10000,final", "10600,preliminary")
    assert "国勢調査（速報）の10,600人は、この幅（7,560人〜10,500人）の上でした" in speak(
        band_words.census_list, gather(city)
    )
    assert speak(band_words.census_list, gather(city, 2020)) == ""


@pytest.mark.parametrize(
    ("start", "end", "flagged"),
    [(2010, 2015, True), (2014, 2016, True), (2015, 2020, False), (2005, 2010, False), (2000, 2030, True)],
)
def test_disturbed_rates_are_said_where_the_years_overlap(city, start, end, flagged):
    file = city.municipality / "municipality.yml"
    file.write_text(
        file.read_text(encoding="utf-8")
        + f"disturbed_periods:\n  - {{start: {start}, end: {end}, reason: 噴火, reason_en: Eruption}}\n",
        encoding="utf-8",
    )
    found = gather(city)
    assert bool(found[1].disturbed) is flagged
    assert ("噴火" in speak(band_words.disturbed_note, found)) is flagged


def test_what_the_note_says_of_the_band(city):
    found = gather(city)
    said = speak(band_words.band_note, found)
    assert "1995〜2000年の国勢調査を基準に" in said
    assert "同じ規模（10,000人以上30,000人未満）" in said
    assert "5年先は995件、10年先は990件" in said
    assert "20年先の幅は、1995年を基準とした1回の検証だけによります" in said
    assert said.count("1回の検証だけ") == 1
    assert "2020年の国勢調査で確かめると、幅の中だった市区町村は5年先で81%でした" in said
    assert "社人研の推計には別の誤差があり" in said
    assert "20年より先は確かめた例がない" in said


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_band_is_no_probability(city, language):
    with in_language(language):
        found = gather(city)
        view = band_views.view_bands(*found)
        words = [
            speak(f, found) for f in (band_words.line_sentence, band_words.target_list, band_words.band_note)
        ]
        words += [view.alternative, json.dumps(view.chart.to_dict(), ensure_ascii=False)]
        assert [w for w in words if ODDS.search(w)] == []


def test_the_chart_breaks_its_line_where_the_band_ends_and_the_table_has_its_numbers(city):
    found = gather(city, 2020)
    view = band_views.view_bands(*found)
    rows = next(iter(view.chart.to_dict()["datasets"].values()))
    lines = [row for row in rows if row["mark"] == "line"]
    series = list(dict.fromkeys(row["series"] for row in lines))
    assert series == ["2015〜2020年の率が続いた場合", "同じ線の20年より先（幅なし）"]
    # the two parts meet at the last year with a band
    assert [sum(row["series"] == name for row in lines) for name in series] == [5, 3]
    area = [row for row in rows if row["mark"] == "area"]
    assert len(area) == 5
    assert area[0]["low"] == area[0]["high"] == 10000
    table = {record["年"]: record for record in view.table.records()}
    assert table["2040"]["目標（人）"] == 9000
    assert table["2040"]["過去の誤差の幅の上端（人）"] == 7290
    assert table["2045"]["過去の誤差の幅の上端（人）"] is None
    assert table["2010"] == {
        **table["2010"],
        "国勢調査（人）": 11000,
        "2015〜2020年の率が続いた場合（人）": None,
    }
    assert {source.source_id for source in view.sources} >= {SOURCE, "census-2020-ssdse", f"{PLAN}/text"}


def test_the_line_is_solid_within_the_band_and_dashed_past_it(city):
    spec = band_views.view_bands(*gather(city, 2020)).chart.to_dict()
    dashes = next(
        layer["encoding"]["strokeDash"]["scale"]
        for layer in spec["layer"]
        if "strokeDash" in layer["encoding"]
    )
    signs = dict(zip(dashes["domain"], dashes["range"], strict=True))
    assert signs["2015〜2020年の率が続いた場合"] == [1, 0]
    assert signs["同じ線の20年より先（幅なし）"] != [1, 0]


def test_the_newest_ages_of_the_real_plans_start_the_line(real_data):
    for plan_id in real_data.plan_ids():
        plan = load_plan(real_data, plan_id)
        facts = gather_newest_bands(plan)
        assert facts.rates == (2015, 2020)
        assert facts.points[0].persons.concept == "census"
        assert facts.last_banded.year == 2040
        # the ages of 2020 come from the register too
        assert "juki-age-2015-2023" in [source.source_id for source in facts.sources]
        # Rates of 2015–20 are disturbed in Fukushima, and there only.
        assert bool(facts.disturbed) is plan_id.startswith("07")
        # the five-year ages of 2020 are 接続値, and text, note, table and text alternative say so
        assert facts.bridged == (2020,)
        view = band_views.view_bands(plan, facts)
        assert "2015〜2020年の率が続いた場合（2020年の年齢は接続値、人）" in view.table.records()[0]
        assert "2020年の年齢は接続値。" in view.alternative
        assert "2020年の年齢別の人口は" in speak(band_words.line_sentence, (plan, facts))
        assert "この線の率は、2020年の年齢に接続値を使っています" in speak(
            band_words.band_note, (plan, facts)
        )


def test_counted_ages_are_not_called_bridged(city):
    found = gather(city)
    assert found[1].bridged == ()
    view = band_views.view_bands(*found)
    said = [speak(f, found) for f in (band_words.line_sentence, band_words.band_note)]
    said += [view.alternative, json.dumps(view.table.records(), ensure_ascii=False)]
    assert [words for words in said if "接続値" in words] == []


def test_the_fictional_city_has_three_broad_ages_and_no_rates(city):
    assert gather_newest_bands(load_plan(city.root, PLAN)) == NoBands("no_ages")


def test_without_rates_or_errors_nothing_is_drawn(city):
    plan = load_plan(city.root, PLAN)
    after = cohorts(2015, 10500)
    nobody = cohorts(2010, 11000)
    nobody.persons[0, 1, 3] = 0
    reasons = set()
    for before, later, reason in (
        (None, after, "no_ages"), (after, None, "no_ages"), (nobody, after, "empty_age"),
    ):  # fmt: skip
        facts = gather_bands(plan, before, later)
        assert facts == NoBands(reason)
        reasons.add(band_words.absent_words(facts))
        assert band_views.view_bands(plan, facts) is None
        page = open_page(plan, "population")
        said = [band_words.line_sentence(page, plan, facts)]
        said += [f(page, facts) for f in (
            band_words.target_list, band_words.census_list, band_words.disturbed_note, band_words.band_note,
        )]  # fmt: skip
        assert {part.markup for part in said} == {""}
    (city.root.reference_folder / "error_bands.csv").write_text(HEADER, encoding="utf-8")
    facts = gather(city)[1]
    assert facts == NoBands("no_errors")
    # each reason has a sentence of its own: a village with an empty age is not told that it has no ages
    assert len({*reasons, band_words.absent_words(facts)}) == 3
    assert "だれもいない階級" in band_words.absent_words(NoBands("empty_age"))
    shown = page.show("bands", None, caption="図", absent=band_words.absent_words(facts)).plain()
    assert "過去の誤差が表にない" in shown


def test_a_size_without_errors_has_no_band(city):
    other = BANDS.replace(",10000-30000,", ",-5000,")
    (city.root.reference_folder / "error_bands.csv").write_text(other, encoding="utf-8")
    assert gather(city)[1] == NoBands("no_errors")


def test_a_plan_without_targets_has_a_band_all_the_same(city):
    file = city.plan / "plan.yml"
    file.write_text(file.read_text(encoding="utf-8").split("outlook:")[0] + "outlook: {}\n", encoding="utf-8")
    found = gather(city, 2020)
    assert speak(band_words.target_list, found) == ""
    assert band_views.view_bands(*found).table.frame["target"].isna().all()


# ------------------------------------------------------------------------------------- the methods chapter


def test_the_part_of_the_methods_chapter(country):
    shown = Html(PARTS["error_bands"](country.root)).plain()
    for words in (
        "コーホート変化率法の誤差",
        "幅の検証",
        "公表された推計の誤差",
        "除いた市区町村",
        "5,000人未満",
    ):
        assert words in shown
    assert "出典：総務省統計局「国勢調査」を加工して作成" in shown
    with in_language("en"):
        assert "Population Census" in Html(PARTS["error_bands"](country.root)).plain()


def test_the_part_without_tables_says_so(city):
    folder = city.root.reference_folder
    (folder / "error_bands.csv").write_text(BANDS, encoding="utf-8")
    (folder / "band_coverage.csv").write_text(COVERAGE.splitlines()[0] + "\n", encoding="utf-8")
    shown = Html(PARTS["error_bands"](city.root)).plain()
    assert "検証は、まだしていません" in shown
    assert "公表された推計の誤差" not in shown
    (folder / "error_bands.csv").write_text(HEADER, encoding="utf-8")
    assert "まだ測っていません" in PARTS["error_bands"](city.root)
