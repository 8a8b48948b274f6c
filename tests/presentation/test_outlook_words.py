"""Sentences and charts of the outlook: each case of each sentence, and the five plans."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import get_args

import pandas as pd
import pytest

from planbook.analysis.projection.requirements import Requirement
from planbook.load.plan import load_plan
from planbook.presentation import digest_words
from planbook.presentation.charts.outlook import place_labels
from planbook.presentation.outlook import (
    assumption_words,
    need_views,
    need_words,
    outlook_views,
    outlook_words,
    reading_views,
    stated_words,
)
from planbook.presentation.outlook.outlook_labels import REASONS, question_words, rough
from planbook.presentation.page import open_page
from planbook.summary.outlook.baseline import Reason
from planbook.summary.outlook.gather import Outlook, gather_outlook
from planbook.summary.outlook.needs import Need, Needs, Seen
from planbook.summary.population_facts import gather_population
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.schemas.plan_file import Assumption

PLANS = (
    "03213-comprehensive-2",
    "03213-strategy-1",
    "07202-strategy-3",
    "07210-strategy-2",
    "11233-strategy-2",
)


@pytest.fixture(scope="module")
def outlooks():
    return {}


@pytest.fixture
def real(real_data, outlooks):
    def of(plan_id):
        if plan_id not in outlooks:
            plan = load_plan(real_data, plan_id)
            outlooks[plan_id] = plan, gather_outlook(plan)
        return outlooks[plan_id]

    return of


def spoken(words) -> str:
    return "" if words is None else words.plain().replace(" ", "")


# ------------------------------------------------------------------------------------ what must be true

QUIET = Seen(1990, 1995, 100.0, 1.5, disturbed=False, bridged=False)
WORSE = Seen(1995, 2000, -50.0, 1.4, disturbed=False, bridged=False)
DISTURBED = Seen(2010, 2015, 400.0, 1.4, disturbed=True, bridged=False)


USUAL = -30.0


@pytest.fixture
def fictional(country):
    plan = load_plan(country.root, "47999-strategy-1")
    return open_page(plan, "population"), plan


def outlook_of(plan, needed, *, seen=(QUIET, WORSE, DISTURBED), target=True, **rest):
    values = {
        "target": plan.file.outlook.targets[0] if target else None,
        "population": 9000.0,
        "year": 2040,
        "year_assumed": False,
        "projected": 9000.0 if needed is not None and needed <= USUAL else 8000.0,
        "migration": Requirement(None, needed, None if needed is None else 1.0),
        "usual_migrants_a_year": USUAL,
        "fertility_alone": None,
        "frontier": (),
        "households": {"family-30s": 12.4},
        "groups": {"women_20_39": (900.0, 600.0, None)},
    }
    need = Need(**{**values, **rest})
    return Outlook(None, None, None, Needs(2025, (need,), seen, 1.2, USUAL, ()), None)


CASES = [
    # needed, in the short sentence, in the long one; the extra is needed − (−30)
    (
        90.0,
        "毎年あと約120人",
        "見られた範囲にあります（最も転入が多かった1990〜1995年は年に約100人の転入超過）",
    ),
    (
        100.0,
        "1990〜2015年に見られたことのある大きさです",
        "見られた範囲にあります",
    ),  # equal to what was seen: inside
    (
        101.0,
        "1990〜2015年に見られたのは、災害などの影響のあった時期だけです",
        "災害などの影響がある2010〜2015年（年に約400人の転入超過）だけです",
    ),
    (400.0, "災害などの影響のあった時期だけ", "だけです"),
    (
        401.0,
        "1990〜2015年のどの5年間よりも大きな数です",
        "災害などの影響のない期間で最も転入が多かった1990〜1995年",
    ),
    (-20.0, "毎年あと約10人", "年に約20人の転出超過"),  # fewer leave than usual: still a loss
    (-30.0, "推計の率のままでできる計算", "推計の率のままでできる計算"),  # nothing more is needed
    (-90.0, "推計の率のままでできる計算", "推計の率のままでできる計算"),
    (None, "移動だけで届くとはいえません", "人口の5%を超える転入超過が必要"),
]


@pytest.mark.parametrize(("needed", "short", "long"), CASES)
def test_what_a_target_takes(fictional, needed, short, long):
    page, plan = fictional
    outlook = outlook_of(plan, needed)
    assert short in spoken(need_words.need_sentence(page, plan, outlook))
    assert long in spoken(need_words.need_paragraphs(page, plan, outlook))


def test_without_disturbed_years_none_are_spoken_of(fictional):
    page, plan = fictional
    said = spoken(need_words.need_paragraphs(page, plan, outlook_of(plan, 500.0, seen=(QUIET, WORSE))))
    assert "どの5年間にもなかった大きさ" in said
    assert "災害" not in said


def test_without_a_history_nothing_is_said_of_it(fictional):
    page, plan = fictional
    said = spoken(need_words.need_paragraphs(page, plan, outlook_of(plan, 500.0, seen=())))
    assert "毎年あと約530人" in said
    assert "5年間" not in said


def test_births_alone_and_households(fictional):
    page, plan = fictional
    said = spoken(need_words.need_paragraphs(page, plan, outlook_of(plan, 90.0)))
    assert "TFR換算値が4.0に上がっても足りません" in said  # the bound of the search is named
    assert "その型だけで毎年約12世帯" in said
    said = spoken(need_words.need_paragraphs(page, plan, outlook_of(plan, 90.0, fertility_alone=2.34)))
    assert "TFR換算値2.3が必要です（推計は1.20。1990〜2015年で最も高かった1995年は1.50）" in said


def test_an_undated_target_is_not_judged(fictional):
    """Whatever year is put in its place is this book's: it stands below as a reference, not in the lead or a card."""
    page, plan = fictional
    outlook = outlook_of(plan, 90.0, year_assumed=True, year=2050)
    assert need_words.need_sentence(page, plan, outlook) is None
    assert need_words.need_card(page, outlook) is None
    said = spoken(need_words.need_paragraphs(page, plan, outlook))
    assert said.startswith("この資料に目標の年がないので、参考として、推計の最後の2050年とおいて計算しました")


def test_newcomers_come_when_nobody_leaves_any_more(fictional):
    page, plan = fictional
    outlook = outlook_of(plan, 500.0, migration=Requirement(None, 500.0, 1.0, 320.0))
    said = spoken(need_words.need_paragraphs(page, plan, outlook))
    assert "65歳未満の転出超過がどの年齢でもなくなり、そのうえ毎年約320人が移り住む計算です" in said
    assert "移り住む計算" not in spoken(need_words.need_paragraphs(page, plan, outlook_of(plan, 90.0)))


def test_without_a_target_the_benchmark_is_called_one(fictional):
    page, plan = fictional
    outlook = outlook_of(plan, 90.0, target=False)
    assert need_words.need_sentence(page, plan, outlook) is None
    assert need_words.need_card(page, outlook) is None
    said = spoken(need_words.need_paragraphs(page, plan, outlook))
    assert said.startswith("この資料に人口の目標の掲載がないので、参考として")
    assert "2040年も今の人口を保つには、出生率が推計のままなら" in said


def test_no_card_where_nothing_more_is_needed(fictional):
    page, plan = fictional
    assert need_words.need_card(page, outlook_of(plan, 90.0)).label == "2040年の目標へ、毎年あと"
    assert need_words.need_card(page, outlook_of(plan, -31.0)) is None
    assert need_words.need_card(page, outlook_of(plan, None)) is None


def test_every_reason_has_its_words():
    assert set(REASONS) == set(get_args(Reason))


@pytest.mark.parametrize("reason", REASONS)
def test_a_place_without_a_projection_says_why_and_shows_nothing(fictional, reason):
    page, plan = fictional
    outlook = Outlook(None, None, None, None, reason)
    assert text(REASONS[reason]) in outlook_words.outlook_missing(page, outlook).plain()
    for view in (
        outlook_views.view_scenarios,
        outlook_views.table_influences,
        outlook_views.view_future_pyramid,
        reading_views.view_readings,
        need_views.view_frontier,
        need_views.view_households,
        need_views.view_groups,
    ):
        assert view(plan, outlook) is None
    assert need_words.lead_sentences(page, plan, outlook) == []
    assert spoken(stated_words.stated_paragraph(page, plan, outlook)) == ""


# ------------------------------------------------------------------------------------ the plan's own scenario


def with_readings(stated, **persons):
    """Give every reading of a world the same result."""
    readings = tuple(
        replace(reading, persons=persons.get(reading.world, reading.persons)) for reading in stated.readings
    )
    return replace(stated, readings=readings)


@pytest.mark.parametrize(
    ("adoption", "today", "then", "now"),
    [
        (
            21_000.0,
            17_000.0,
            "目標20,000人に届きます（64通りの読み方のすべてが",
            "策定の誤りを示すものではありません",
        ),
        (
            19_901.0,
            21_000.0,
            "のすべてが",
            "16通りの読み方のうち16通りで目標に届きます",
        ),  # within half a per cent
        (19_899.0, 17_000.0, "目標20,000人に届きません（64通りのどの読み方も", "3,000人以上届きません"),
    ],
)
def test_then_and_now(real, adoption, today, then, now):
    plan, outlook = real("03213-strategy-1")
    page = open_page(plan, "population")
    changed = replace(outlook, stated=with_readings(outlook.stated, adoption=adoption, today=today))
    said = spoken(stated_words.stated_paragraph(page, plan, changed))
    assert then in said
    assert now in said
    assert ("策定の誤り" in said) == (today < 19_900)


def test_a_plan_is_not_judged_by_later_figures(real):
    """At adoption its target follows in most readings; what today's figures say is called later knowledge."""
    plan, outlook = real("03213-strategy-1")
    page = open_page(plan, "population")
    said = spoken(stated_words.stated_paragraph(page, plan, outlook))
    assert "2045年は約19,700人〜約20,800人で、目標20,000人とほぼ重なります" in said
    assert "64通りの読み方のうち54通りが、目標の0.5%以内か、それを上回ります" in said
    assert "要確認" in said
    assert "後に分かったこと" in said
    assert "不整合" not in said
    short = spoken(stated_words.short_stated(page, plan, outlook))
    assert "64通りの読み方のうち54通り" in short
    assert "後に分かったことです" in short


@pytest.mark.parametrize("plan_id", [plan for plan in PLANS if plan != "03213-strategy-1"])
def test_a_document_without_assumptions_is_not_computed(real, plan_id):
    plan, outlook = real(plan_id)
    page = open_page(plan, "population")
    assert outlook.stated is None
    assert stated_words.short_stated(page, plan, outlook) is None
    assert reading_views.view_readings(plan, outlook) is None


def assume(value, position, **ages) -> Assumption:
    return Assumption(
        id=f"rule-{position}", kind="migration_scale", value=str(value),
        as_written="x", document="outline", locator="L1", **ages,
    )  # fmt: skip


@pytest.fixture(scope="module")
def two_rules(real_data):
    """「移動率を4割縮小、20～39歳は半減」 in place of what 二戸市 assumes."""
    plan = load_plan(real_data, "03213-strategy-1")
    rules = (assume(0.6, 1), assume(0.5, 2, age_from=20, age_to=39))
    outlook = plan.file.outlook.model_copy(update={"assumptions": rules})
    plan = replace(plan, file=plan.file.model_copy(update={"outlook": outlook}))
    return plan, gather_outlook(plan)


def test_what_is_asked_of_two_rules_is_told_apart():
    keys = ("reading", "signs@0", "signs@1", "ages_at@1", "overlap")
    words = [question_words(key, keys) for key in keys]
    assert words == [
        "「○年までに」の意味",
        "移動率の縮小が及ぶ年齢（1番目の移動の仮定）",
        "移動率の縮小が及ぶ年齢（2番目の移動の仮定）",
        "年齢のとらえ方",
        "規則が重なるとき",
    ]
    # where only one of several rules leaves it open, its place needs no saying
    assert question_words("signs@1", ("signs@1", "overlap")) == "移動率の縮小が及ぶ年齢"


def test_the_table_of_readings_has_a_column_a_question(two_rules):
    plan, outlook = two_rules
    table = reading_views.view_readings(plan, outlook).table
    names = ["移動率の縮小が及ぶ年齢（1番目の移動の仮定）", "移動率の縮小が及ぶ年齢（2番目の移動の仮定）"]
    rows = [row for row in table.records() if row[names[0]] is not None]
    # 4 pairs of signs, two dates of the age, two overlaps, in each world
    assert len(rows) == 16 * len(outlook.stated.worlds)
    pairs = {(row[names[0]], row[names[1]]) for row in rows}
    assert pairs == set(product(("転入超過の年齢も縮小", "転出超過の年齢だけ縮小"), repeat=2))


def test_the_question_that_moves_most_is_named_with_its_rule(two_rules):
    """The sign is asked twice here: each is weighed by the means of its own answers, never both as one."""
    plan, outlook = two_rules
    page = open_page(plan, "population")
    said = spoken(stated_words.stated_paragraph(page, plan, outlook))
    (named,) = re.findall("最も動かすのは「([^」]*)」", said)
    readings = [reading for reading in outlook.stated.readings if reading.world == "adoption"]
    spans = {}
    for key in readings[0].answers:
        by_answer = {}
        for reading in readings:
            by_answer.setdefault(reading.answers[key], []).append(reading.persons)
        means = [sum(persons) / len(persons) for persons in by_answer.values()]
        spans[key] = max(means) - min(means)
    assert len(spans) == 4
    assert named == question_words(max(spans, key=spans.get), spans).replace(" ", "")


# ------------------------------------------------------------------------------------ the real pages


def test_a_census_that_was_left_out_is_named(real):
    plan, outlook = real("03213-strategy-1")
    page = open_page(plan, "population")
    assert "大きく離れ" not in spoken(outlook_words.baseline_note(page, plan, outlook))
    without = replace(outlook, baseline=replace(outlook.baseline, census_left_out=2025))
    said = spoken(outlook_words.baseline_note(page, plan, without))
    assert "2025年の国勢調査の総数は推計から大きく離れ" in said
    assert "2020年から始めています" in said


@pytest.mark.parametrize("plan_id", PLANS)
def test_scenarios_of_the_five_plans(real, plan_id):
    plan, outlook = real(plan_id)
    page = open_page(plan, "population")
    said = spoken(outlook_words.scenario_paragraph(page, plan, outlook))
    published = {"03213": "13,701", "07202": "76,262", "07210": "31,803", "11233": "45,682"}[plan_id[:5]]
    assert f"2050年には{published}人になります（パターン1）" in said  # the published total, not a rounded one
    assert "多くなります" in said
    view = outlook_views.view_scenarios(plan, outlook)
    first = view.table.frame.query("segment == 'pattern-1'")
    assert first["persons"].iloc[-1] == pytest.approx(int(published.replace(",", "")), abs=0.01)
    influence = spoken(outlook_words.influence_paragraph(page, outlook))
    assert "比の値と合わせて" in influence
    assert "要確認" in str([r for r in outlook_views.table_influences(plan, outlook).records()])
    assert "公表値" in spoken(outlook_words.baseline_note(page, plan, outlook))


@pytest.mark.parametrize("plan_id", PLANS)
def test_the_frontier_and_what_was_seen(real, plan_id):
    plan, outlook = real(plan_id)
    view = need_views.view_frontier(plan, outlook)
    frame = view.table.frame
    for _, line in frame[frame["kind"] == "frontier"].groupby("segment"):
        assert line["migrants"].is_monotonic_decreasing  # more births, fewer migrants
    assert (frame["kind"].isin(["seen", "disturbed"])).sum() == 8  # 1980–85 … 2015–20
    assert (frame["kind"] == "disturbed").sum() == (2 if plan_id.startswith("07") else 0)
    assert view.sources


def test_labels_stand_free_of_each_other():
    frame = pd.DataFrame(
        {
            "fertility": [1.4, 1.42, 2.0, 2.4],
            "migrants": [-100.0, -100.0, -300.0, 100.0],
            "label": ["2005–10", "2010–15", "1985–90", ""],
        }
    )
    sides = place_labels(frame)
    assert sides[0] != sides[1]  # two neighbours do not write over each other
    assert sides[3] == ""
    crowd = pd.DataFrame({"fertility": [1.4] * 9, "migrants": [0.0] * 9, "label": ["2005–10"] * 9})
    assert place_labels(crowd).count("") == 9 - len({s for s in place_labels(crowd) if s})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (15279.4, "約15,300人"),
        (9_995, "約10,000人"),
        (208.3, "約210人"),
        (47.9, "約48人"),
        (0.2, "約0人"),
        (-94.4, "約−94人"),
    ],
)
def test_computed_figures_are_rough(value, shown):
    assert str(rough(value)) == shown


def test_the_assumptions_stand_in_the_documents_words(real):
    plan, _ = real("03213-strategy-1")
    page = open_page(plan, "population")
    said = assumption_words.assumption_list(page, plan).plain()
    for words in ("合計特殊出生率を2030年（Ｈ42）までに2.10に", "4割縮小", "16行目", "20行目", "24行目"):
        assert words in said
    plan, _ = real("07210-strategy-2")
    assert assumption_words.assumption_list(page, plan).plain() == ""


@pytest.mark.parametrize(("end", "over"), [(2018, True), (2019, True), (2020, False)])
def test_a_plan_whose_period_is_over_by_the_newest_census_is_said_to_be(country, end, over):
    # the newest census of the fictional city is of 1 October 2020: fiscal 2019 ended on 31 March 2020
    country.replace(country.plan / "plan.yml", "end_fiscal_year: 2019", f"end_fiscal_year: {end}")
    plan = load_plan(country.root, "47999-strategy-1")
    page, facts = open_page(plan, "digest"), gather_population(plan)
    found = [said.plain() for said in digest_words.findings(page, plan, facts, gather_outlook(plan))]
    assert any("期間は" in said and "で終わっています" in said for said in found) is over
