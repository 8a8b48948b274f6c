"""Composed sentences: table-driven cases, and the answers of the five plans recomputed by hand."""

from __future__ import annotations

import re

import pytest

from planbook.load.plan import load_plan
from planbook.presentation import digest_words
from planbook.presentation.kpis import finding_views, kpi_tables, kpi_words, review_sheet
from planbook.presentation.page import open_page
from planbook.presentation.population import age_views, change_views, population_words, structure_words
from planbook.summary.kpis.kpi_facts import gather_kpis
from planbook.summary.outlook.gather import gather_outlook
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
    assert "の線は、2033年ごろにこの人口を下回ります" in said
    assert speak(population_words.pace_sentence, country, with_plan=False) is None


def test_no_target_is_said_of_the_document_not_of_the_plan(country):
    text = (country.plan / "plan.yml").read_text(encoding="utf-8")
    (country.plan / "plan.yml").write_text(
        text.split("outlook:")[0] + "outlook: {targets: []}\n", encoding="utf-8"
    )
    said = speak(population_words.target_sentence, country)
    assert "この資料（全文）には将来人口の目標の掲載がありません" in said
    assert "2050年に7,500人になる見込み" in said


def test_a_rough_target_without_a_year_leaves_a_span_of_years(country):
    country.replace(country.plan / "plan.yml", "year: 2040", "year: null")
    country.replace(
        country.plan / "plan.yml", "precision: 1, qualifier: exact", "precision: 1000, qualifier: about"
    )
    # 9,500 lies 5/8 of the way from 10,000 (2020) to 9,200 (2030), 8,500 lies 7/8 of the way to 8,400 (2040)
    said = speak(population_words.target_sentence, country)
    assert "約9,000人" in said
    assert "（上下に500人の幅をみれば2026〜2039年）" in said


@pytest.mark.parametrize(("qualifier", "words"), [("at_least", "9,000人以上"), ("less_than", "9,000人未満")])
def test_the_wording_around_a_target_is_kept(country, qualifier, words):
    country.replace(country.plan / "plan.yml", "qualifier: exact", f"qualifier: {qualifier}")
    assert words in speak(population_words.target_sentence, country)


def test_no_projection_at_all(country):
    (country.municipality / "projections.csv").unlink()
    assert "比べられる将来推計はありません" in speak(population_words.target_sentence, country)


def test_the_pace_is_said_from_the_plans_start_and_from_today(country):
    # from 2010: (9,000 − 11,000) / 30 = −66.7; from 2020: (9,000 − 10,000) / 20 = −50; 2015–2020: −500 / 5 = −100
    said = speak(population_words.pace_sentence, country, with_plan=False)
    assert "2020年から減少を年に50人までにとどめる必要があります" in said
    assert "2015〜2020年は、年に100人ずつ減りました。" in said
    at_start = speak(population_words.pace_at_start_sentence, country, with_plan=False)
    assert "2010年の国勢調査から数えると、2040年の目標は、減少を年に67人までにとどめるものでした" in at_start
    country.replace(country.plan / "plan.yml", "population_persons: 9000", "population_persons: 12000")
    country.replace(country.plan / "plan.yml", "2040年に9,000人", "2040年に12,000人")
    assert "2020年から年に100人ずつ増える必要" in speak(
        population_words.pace_sentence, country, with_plan=False
    )
    at_start = speak(population_words.pace_at_start_sentence, country, with_plan=False)
    assert "年に33人ずつ増えるものでした" in at_start


def test_hindsight_is_named_only_where_it_is_one(country):
    # IPSS 2023 came out in December 2023; the plan of the fictional city was adopted in 2015
    assert "策定のときには使えませんでした" in speak(population_words.hindsight_words, country)
    country.replace(country.plan / "plan.yml", "adopted: 2015-10-01", "adopted: 2024-03-25")
    assert speak(population_words.hindsight_words, country) is None
    country.replace(country.plan / "plan.yml", "adopted: 2024-03-25", "adopted: null")
    said = speak(population_words.hindsight_words, country)
    assert "計画が始まった平成27年度（2015年度）より後" in said
    assert "使えませんでした" not in said  # only an adoption date can show that


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
        # short of 45,000 by 6,459 in 15 years, 431 a year, less what those who came have in children by then
        "2030年に50,000人に届くには2025年から毎年あと約790人、2040年に45,000人に届くには2025年から毎年あと約380人",
        "推計が見込む年に約50人の転出超過を、年に約340人の転入超過に変える",
        "1980〜2020年のどの5年間よりも大きな数です",
    ],
    "03213-strategy-1": [
        "2010年の29,702人から2025年（速報）の22,999人へ",
        "2045年に20,000人です。",
        "4,509人（29.1%）上回ります",  # 20,000 − 15,491
        "出生率が推計のままなら、2045年に20,000人に届くには2025年から毎年あと約210人",  # 4,721 / 20 = 236, less births
    ],
    "07202-strategy-3": [
        "目標は約100,000人ですが、いつの人口かはこの資料に書かれていません",
        "2033年ごろ（上下に5,000人の幅をみれば2029〜2036年）にこの人口を下回ります",
        "4つの基本目標",
    ],
    "03213-comprehensive-2": ["将来人口の目標の掲載がありません", "2050年に13,701人", "8指標"],
    "11233-strategy-2": ["案の概要", "2050年に45,682人", "15指標", "17系列", "12系列に当初値と目標値の両方"],
}


#: The yearly pace on the population page, by hand.
PACES = {
    "07210-strategy-2": [
        "2025年（速報）から年に142人ずつ増える必要があります",  # 709 / 5
        "2020〜2025年は、年に853人ずつ減りました",  # 4,266 / 5
    ],
    "03213-strategy-1": ["減少を年に150人までにとどめる"],  # 2,999 / 20
}


@pytest.mark.parametrize("plan_id", PACES)
def test_the_paces_of_the_dated_targets(plan_id, real_data):
    plan = load_plan(real_data, plan_id)
    page = open_page(plan, "population")
    said = population_words.pace_paragraph(page, gather_population(plan)).plain().replace(" ", "")
    for words in PACES[plan_id]:
        assert words in said, said


@pytest.mark.parametrize("plan_id", ANSWERS)
def test_the_answers_of_the_five_plans(plan_id, real_data):
    plan = load_plan(real_data, plan_id)
    page = open_page(plan, "digest")
    said = "".join(
        s.plain().replace(" ", "")
        for s in digest_words.answer(page, plan, gather_population(plan), gather_outlook(plan))
    )
    for words in ANSWERS[plan_id]:
        assert words in said, said
    assert "{" not in said


#: Sentences of the indicators' page that deny nothing: one forbids that reading, one counts rows of a table.
DENY_NOTHING = ("計画に指標がないという意味ではありません", "ほかの")


def sentences(*parts):
    for part in parts:
        for paragraph in re.split(r"</(?:p|li|h[1-6]|td|th|caption|summary|div)>", part.markup):
            yield from re.sub(r"<[^>]+>", "", paragraph).replace(" ", "").split("。")


@pytest.mark.parametrize("plan_id", ANSWERS)
def test_no_page_says_that_a_plan_has_no_kpi(plan_id, real_data):
    """None of the documents is a whole plan: what is not in one may well be in the plan."""
    plan = load_plan(real_data, plan_id)
    page, facts, listed = open_page(plan, "digest"), gather_population(plan), gather_kpis(plan)
    digest = sentences(
        *digest_words.answer(page, plan, facts, gather_outlook(plan)),
        digest_words.content_sentence(page, plan),
        *digest_words.findings(page, plan, facts, gather_outlook(plan)),
    )
    kpis = sentences(
        kpi_words.answer(page, listed),
        finding_views.finding_list(page, listed),
        kpi_tables.completeness_sentence(page, listed),
        review_sheet.review_sheet(page, listed),
    )
    found = [said for said in digest if re.search("ありません|ない|ていません", said)]
    found += [
        said for said in kpis if re.search("ありません|ない", said) and not said.startswith(DENY_NOTHING)
    ]
    about = [said for said in found if re.search("KPI|指標|目標", said)]
    assert about
    assert [said for said in about if "この資料" not in said] == []


def without_a_pair(country):
    country.replace(
        country.plan / "kpi_values.csv",
        "120人,text,L5,,,,k1,target,2019,,number,120,人,1,",
        "↗,text,L5,,,,k1,target,,,up,,,,",
    )


def test_values_without_a_pair_are_not_names_only(country):
    without_a_pair(country)
    plan = load_plan(country.root, PLAN)
    page, facts = open_page(plan, "digest"), gather_population(plan)
    content = digest_words.content_sentence(page, plan).plain().replace(" ", "")
    found = "".join(
        said.plain() for said in digest_words.findings(page, plan, facts, gather_outlook(plan))
    ).replace(" ", "")
    for said in (content, found):
        assert "当初値と目標値の両方が数値の指標は、この資料にはありません" in said
        assert "名称だけ" not in said
        assert "指標の値は" not in said
    assert "この資料では、目標の年度がどの指標にも書かれていません" in content
    assert "目標が向き（↗など）だけの指標が1系列あります" in found


def test_names_without_values_are_names_only(country):
    values = country.plan / "kpi_values.csv"
    values.write_text(values.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    plan = load_plan(country.root, PLAN)
    page, facts = open_page(plan, "digest"), gather_population(plan)
    assert "指標の値は、この資料には掲載がありません" in digest_words.content_sentence(page, plan).plain()
    assert any(
        "名称だけ" in said.plain() for said in digest_words.findings(page, plan, facts, gather_outlook(plan))
    )


# ------------------------------------------------- what to read with care


def findings_of(plan) -> list[str]:
    page, facts = open_page(plan, "digest"), gather_population(plan)
    found = digest_words.findings(page, plan, facts, gather_outlook(plan))
    return [said.plain().replace(" ", "") for said in found]


#: Of 2050, from パターン1 (IPSS 2023) with births rising to 2.1 by 2030, and with nobody moving besides; as rough figures.
SCENARIOS = {
    "03213-comprehensive-2": ("約15,200人", "約18,500人"),  # 15,225 and 18,540
    "11233-strategy-2": ("約51,500人", "約52,600人"),  # 51,477 and 52,629
}


@pytest.mark.parametrize("plan_id", ANSWERS)
def test_the_future_is_the_targets_where_there_is_one_and_scenarios_where_there_is_none(plan_id, real_data):
    """One finding looks ahead: whether the plan's own assumptions lead to its target, or what scenarios give."""
    found = findings_of(load_plan(real_data, plan_id))
    ahead = [said for said in found if "計画の仮定から計算すると" in said or "という計算です" in said]
    if plan_id in SCENARIOS:
        births, balanced = SCENARIOS[plan_id]
        assert ahead == [
            f"出生率が2030年までに2.1へ上がっても2050年の人口は{births}、そのうえ転入と転出がつり合っても{balanced}という計算です。"
        ]
        assert "将来人口の目標は、この資料には掲載がありません。" in found
    elif plan_id == "03213-strategy-1":
        # 20,000 less the highest reading of today, 17,545
        assert ahead == [
            "計画の仮定から計算すると、策定時の前提（移動の仮定は要確認）では約19,700人〜約20,800人で、64通りの読み方のうち54通りで目標（20,000人）に届きます（0.5%以内を含む）。"
            "現在の基準では約2,450人以上届きません（後に分かったことです）。"
        ]
    else:
        assert ahead == []  # a target, and no assumptions that it could follow from


def test_a_place_without_scenarios_has_findings_all_the_same(country):
    """Three broad ages: nothing is computed ahead, with a target or without."""
    found = findings_of(load_plan(country.root, PLAN))
    assert not [said for said in found if "計算" in said]
    assert found
    file = country.plan / "plan.yml"
    words = file.read_text(encoding="utf-8")
    file.write_text(words.split("outlook:")[0] + "outlook: {targets: []}\n", encoding="utf-8")
    found = findings_of(load_plan(country.root, PLAN))
    assert not [said for said in found if "計算" in said]
    assert "将来人口の目標は、この資料には掲載がありません。" in found


@pytest.mark.parametrize(
    ("periods", "line"),
    [
        ((), None),
        (((2011, 2013, "噴火"),), "2011〜2013年の増減はふだんと違います（噴火）。"),
        (
            ((2011, 2013, "噴火"), (2020, 2022, "感染症")),
            "2011〜2013年、2020〜2022年の増減はふだんと違います（災害や感染症など。理由は人口のページにあります）。",
        ),
    ],
)
def test_disturbed_years_are_one_finding_however_many(country, periods, line):
    rows = "".join(
        f"  - {{start: {start}, end: {end}, reason: {reason}, reason_en: Reason}}\n"
        for start, end, reason in periods
    )
    file = country.municipality / "municipality.yml"
    words = file.read_text(encoding="utf-8")
    assert "disturbed_periods" not in words
    file.write_text(words + (f"disturbed_periods:\n{rows}" if rows else ""), encoding="utf-8")
    plan = load_plan(country.root, PLAN)
    assert [said for said in findings_of(plan) if "ふだんと違います" in said] == ([line] if line else [])
    # where the line sends its reader for the reasons, they stand
    told = structure_words.disturbance_note(open_page(plan, "population"), plan)
    assert all(reason in told.plain() for *_, reason in periods)


# ------------------------------------------------- ages and changes


def opened(country):
    plan = load_plan(country.root, PLAN)
    return open_page(plan, "population"), plan


def five_year_ages(*years: int) -> str:
    head = "age_kind,age_start,age_end,concept,as_of,sex,population_persons,source_id\n"
    rows = [
        f"{kind},{start},{end},census,{year}-10-01,{sex},{100 + (start or 0)},census-2020-ssdse\n"
        for year in years
        for sex in ("female", "male")
        for kind, start, end in [
            *(("interval", start, start + 5) for start in range(0, 90, 5)),
            ("open", 90, ""),
            ("total", "", ""),
        ]
    ]
    return head + "".join(rows)


def write_ages(country, *years: int) -> None:
    """Replace the census by one whose ages add up: without totals there is nothing to contradict."""
    (country.municipality / "population.csv").unlink()
    (country.municipality / "age_sex.csv").write_text(five_year_ages(*years), encoding="utf-8")


def flows(*periods: str, residents: str = "all", source: str = "juki-1995-2022", **missing: str) -> str:
    """Rows of vital.csv for periods such as 2019, or 2012-04-01/2013-03-31."""
    given = {
        "births": "60",
        "deaths": "130",
        "in_migrants": "300",
        "out_migrants": "340",
        "other_change": "0",
    }
    rows = []
    for period in periods:
        start, _, end = period.partition("/")
        start, end = (start, end) if end else (f"{period}-01-01", f"{period}-12-31")
        rows += [
            f"register,{name},{start},{end},{residents},{persons},{source},\n"
            for name, persons in {**given, **missing}.items()
            if persons
        ]
    return "".join(rows)


def write_flows(country, *parts: str) -> None:
    head = "concept,measure,period_start,period_end,residents,persons,source_id,note\n"
    (country.municipality / "vital.csv").write_text(head + "".join(parts), encoding="utf-8")


def test_one_census_has_a_rate_and_no_change(country):
    said = structure_words.ageing_paragraph(*opened(country)).plain().replace(" ", "")
    assert said == "高齢化率は2020年に30.0%でした。65歳以上1人に対する15〜64歳の人数は1.9人でした。"


def test_two_censuses_have_a_change(country):
    write_ages(country, 2015, 2020)
    said = structure_words.ageing_paragraph(*opened(country)).plain().replace(" ", "")
    assert "2015年の" in said
    assert "から2020年の" in said


def test_a_single_census_makes_a_pyramid_without_an_outline(country):
    write_ages(country, 2020)
    page, plan = opened(country)
    view = age_views.view_pyramid(plan)
    assert len(view.chart.layer) == 1
    assert {row["年"] for row in view.table.records()} == {"2020"}
    assert "線は" not in view.alternative
    assert "棒は2020年" in view.alternative
    said = structure_words.pyramid_paragraph(page, plan).plain().replace(" ", "")
    assert said == "棒は2020年の国勢調査です。"


def test_a_pyramid_beside_an_earlier_one_names_both_years(country):
    write_ages(country, 1995, 2015, 2020)
    page, plan = opened(country)
    view = age_views.view_pyramid(plan, years_back=30)
    assert len(view.chart.layer) == 2
    # the total is no age: 19 groups, two sexes, two censuses
    assert len(view.table.records()) == 19 * 2 * 2
    assert "最も多いのは女の90歳以上で190人" in view.alternative.replace(" ", "")
    said = structure_words.pyramid_paragraph(page, plan).plain().replace(" ", "")
    assert said == "棒は2020年、線は1995年の国勢調査です。"


def test_no_five_year_ages_no_pyramid(country):
    page, plan = opened(country)
    assert age_views.view_pyramid(plan) is None
    assert structure_words.pyramid_paragraph(page, plan).markup == ""


def test_the_last_five_years_follow_on_each_other(country):
    years = [str(year) for year in range(2014, 2020)]
    write_flows(country, flows("2012-04-01/2013-03-31"), flows("2013"), flows(*years))
    said = structure_words.change_paragraph(*opened(country)).plain().replace(" ", "")
    # 5 × (60 − 130) and 5 × (300 − 340)
    assert said == "直近の5年（2015〜2019年）の合計は、自然増減が−350人、社会増減が−200人です。"


@pytest.mark.parametrize(
    "parts",
    [
        (flows("2014", "2015", "2016", "2018", "2019"),),  # a year is not there
        (flows("2015", "2016", "2018", "2019"), flows("2017", births="")),  # a part of a year is not there
        (flows("2015", "2016", residents="japanese"), flows("2017", "2018", "2019")),
        (flows("2012-04-01/2013-03-31"), flows("2013", "2014", "2015", "2016")),  # three months twice
        (flows("2016", "2017", "2018", "2019"),),
    ],
)
def test_five_periods_that_are_no_five_years_make_no_sum(country, parts):
    write_flows(country, *parts)
    assert structure_words.change_paragraph(*opened(country)).markup == ""


def test_a_sum_leads_to_the_source_of_every_period(country):
    write_flows(country, flows("2015", "2016", source="census-2020-ssdse"), flows("2017", "2018", "2019"))
    page, plan = opened(country)
    structure_words.change_paragraph(page, plan)
    listed = page.source_list().plain()
    assert "SSDSE" in listed
    assert "住民基本台帳" in listed


def test_a_missing_flow_is_a_dash_and_a_fall_has_a_minus(country):
    write_flows(country, flows("2019"), flows("2020", births=""))
    _, plan = opened(country)
    assert "2020年は出生-、死亡130（人）" in change_views.view_flows(plan, ("births", "deaths")).alternative
    said = change_views.view_changes(plan).alternative
    assert "自然増減−70人、社会増減−40人" in said
