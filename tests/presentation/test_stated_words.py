"""What is said of a plan's own scenario: the range first, the count and what it turns on, or the true reason for none."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from planbook.load.plan import load_plan
from planbook.presentation.outlook import outlook_views, outlook_words, stated_words
from planbook.presentation.outlook.outlook_labels import ABSENT, ADOPTION_MISSING, scenario_labels
from planbook.presentation.page import open_page
from planbook.summary.outlook.gather import gather_outlook
from planbook.summary.outlook.stated import StatedReason
from planbook.summary.outlook.stated_worlds import AdoptionReason
from planbook.vocabulary.schemas.plan_file import Assumption

NINOHE = "03213-strategy-1"


@pytest.fixture(scope="module")
def ninohe(real_data):
    plan = load_plan(real_data, NINOHE)
    return plan, gather_outlook(plan)


@pytest.fixture
def page(ninohe):
    return open_page(ninohe[0], "population")


def spoken(words) -> str:
    return "" if words is None else words.plain().replace(" ", "")


def with_plan(plan, **change):
    outlook = plan.file.outlook.model_copy(update=change)
    return replace(plan, file=plan.file.model_copy(update={"outlook": outlook}))


def changed(outlook, **change):
    return replace(outlook, stated=replace(outlook.stated, **change))


def spread(stated, low, high):
    """Give the readings of adoption results from `low` to `high`, evenly."""
    of = [reading for reading in stated.readings if reading.world == "adoption"]
    step = (high - low) / (len(of) - 1)
    made = [replace(reading, persons=low + step * at) for at, reading in enumerate(of)]
    return (*made, *(reading for reading in stated.readings if reading.world != "adoption"))


def test_the_range_leads_and_the_count_follows(ninohe, page):
    plan, outlook = ninohe
    said = spoken(stated_words.stated_sentence(page, plan, outlook))
    assert said.index("19,700人") < said.index("54通り")
    assert "換算比を上下3%動かすと、届く読み方は41通り〜63通りに変わります" in spoken(
        stated_words.stated_paragraph(page, plan, outlook)
    )


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (19_500, 20_900, "目標20,000人とほぼ重なります"),
        (15_000, 20_900, "目標20,000人に届く読み方と届かない読み方があります"),
        (20_100, 25_000, "目標20,000人に届きます"),
        (15_000, 19_800, "目標20,000人に届きません"),
    ],
)
def test_a_wide_range_does_not_coincide_with_the_target(ninohe, page, low, high, words):
    plan, outlook = ninohe
    made = changed(outlook, readings=spread(outlook.stated, low, high))
    assert words in spoken(stated_words.stated_sentence(page, plan, made))


def test_the_digest_says_that_the_rule_is_unverified(ninohe, page):
    plan, outlook = ninohe
    short = spoken(stated_words.short_stated(page, plan, outlook))
    assert "移動の仮定は要確認" in short
    assert short.count("。") == 2
    worlds = tuple(replace(world, verified=True) for world in outlook.stated.worlds)
    assert "要確認" not in spoken(stated_words.short_stated(page, plan, changed(outlook, worlds=worlds)))


def test_the_note_names_the_later_tables_and_what_is_lacking(ninohe, page):
    plan, outlook = ninohe
    said = spoken(stated_words.stated_note(page, plan, outlook))
    assert "第23回完全生命表（令和2年）" in said
    assert "平成30（2018）年推計" in said
    assert "社人研推計（平成25年3月推計）のこの市区町村の値はありません" in said
    assert "災害" not in said
    worlds = tuple(replace(world, has_figures=True, later_sources=()) for world in outlook.stated.worlds)
    said = spoken(stated_words.stated_note(page, plan, changed(outlook, worlds=worlds)))
    assert "生命表" not in said
    assert "この市区町村の値はありません" not in said


def test_disturbed_years_behind_the_migration_are_said(real_data):
    plan = load_plan(real_data, "07210-strategy-2")
    rule = Assumption(
        id="rule", kind="migration_scale", value="0.6", relative_to="ipss2018",
        as_written="x", document=plan.file.documents[0].id, locator="L1",
    )  # fmt: skip
    plan = with_plan(plan, assumptions=(rule,))
    said = spoken(stated_words.stated_note(open_page(plan, "population"), plan, gather_outlook(plan)))
    assert "移動率をとった2010〜2015年には、災害などでふだんと違う年が含まれています" in said


@pytest.mark.parametrize("hindsight", [True, False])
def test_hindsight_is_said_only_where_it_is_one(ninohe, page, hindsight):
    plan, outlook = ninohe
    worlds = tuple(
        replace(world, hindsight=hindsight) if world.key == "today" else world
        for world in outlook.stated.worlds
    )
    made = changed(outlook, worlds=worlds)
    assert ("後に分かった" in spoken(stated_words.stated_today_sentence(page, plan, made))) is hindsight
    assert ("後に分かった" in spoken(stated_words.short_stated(page, plan, made))) is hindsight


def test_without_a_world_of_adoption_nothing_is_the_same_assumption(ninohe, page):
    """「同じ仮定を」 of a sentence that is not there; and the reader is told why it is not."""
    plan, outlook = ninohe
    later = tuple(world for world in outlook.stated.worlds if not world.key.startswith("adoption"))
    readings = tuple(r for r in outlook.stated.readings if not r.world.startswith("adoption"))
    made = changed(outlook, worlds=later, readings=readings, sensitivity=None, adoption_missing="no_census")
    said = spoken(stated_words.stated_paragraph(page, plan, made))
    assert said.startswith("策定時の推計の基準となる国勢調査か")
    assert "計画の仮定を、現在の基準" in said
    assert "同じ仮定" not in said
    assert stated_words.short_stated(page, plan, made) is None


def test_every_reason_has_its_words():
    assert set(ABSENT) == set(get_args(StatedReason))
    assert set(ADOPTION_MISSING) == set(get_args(AdoptionReason))
    assert len(set(ABSENT.values())) == len(ABSENT)


def test_a_target_of_2060_is_not_called_a_missing_one(ninohe, page):
    plan, _ = ninohe
    target = plan.file.outlook.targets[0].model_copy(update={"year": 2060})
    outlook = gather_outlook(with_plan(plan, targets=(target,)))
    assert "推計の最後の年より先" in stated_words.absent_words(outlook)
    assert "掲載がない" not in stated_words.absent_words(outlook)


def test_unread_assumptions_are_listed_though_nothing_is_computed(ninohe, page):
    plan, _ = ninohe
    odd = Assumption(
        id="odd", kind="migration_level", value="0.1", by_year=2030,
        as_written="純移動率を1割に", document="outline", locator="L1",
    )  # fmt: skip
    changed_plan = with_plan(plan, assumptions=(odd,))
    outlook = gather_outlook(changed_plan)
    assert "規則として読めない" in stated_words.absent_words(outlook)
    assert "純移動率を1割に" in spoken(stated_words.stated_note(page, changed_plan, outlook))


# --------------------------------------------------------------------------------------- names, years, the pyramid


def test_a_prefectures_projection_is_not_called_that_of_ipss(ninohe):
    """The name of the first scenario is that of the edition it was fitted to."""
    plan, outlook = ninohe
    row = plan.reference.row("editions", "ipss2023")
    assert "社人研" in scenario_labels(plan, "ipss2023", 2.1)["pattern-1"][1]
    plan.reference.row("editions", "ipss2018")  # fills the index
    index = plan.reference._index
    own = row.model_copy(update={"series": "other", "name_ja": "県推計", "edition": "prefecture"})
    index["editions", "prefecture"] = own
    try:
        made = replace(outlook, baseline=replace(outlook.baseline, edition="prefecture"))
        labels = scenario_labels(plan, "prefecture", 1.8)
        assert labels["pattern-1"][1] == "県推計に合わせた推計"
        assert "1.8" in labels["simulation-2"][1]
        page = open_page(plan, "population")
        said = spoken(outlook_words.stage_words_paragraph(page, made))
        assert said.startswith("パターン1にあたる推計では")
    finally:
        del index["editions", "prefecture"]


def test_the_simulation_is_said_as_the_table_has_it(ninohe, page):
    plan, outlook = ninohe
    simulation = replace(outlook.standard.simulation, tfr=1.8, by_year=2040)
    made = replace(outlook, standard=replace(outlook.standard, simulation=simulation))
    for said in (
        spoken(outlook_words.scenario_paragraph(page, plan, made)),
        spoken(outlook_words.short_scenario(page, made)),
    ):
        assert "出生率が2040年までに1.8へ" in said
        assert "2030" not in said
    view = outlook_views.view_scenarios(plan, made)
    assert "シミュレーション1（出生率が1.8へ）" in set(view.table.frame["series"])
    assert "2040年までに出生率1.8）は要確認" in spoken(outlook_words.baseline_note(page, plan, made))


def test_the_note_says_how_fits_of_this_kind_came_out(ninohe, page):
    plan, outlook = ninohe
    said = spoken(outlook_words.baseline_note(page, plan, outlook))
    assert "20〜39歳の女性で−6%〜+14%" in said
    assert "子ども女性比（TFR換算値のもと）で−9%〜+12%" in said


@pytest.mark.parametrize(
    ("year", "shown", "which"),
    [(2045, 2045, "目標の年"), (2060, 2050, "推計の最後の年"), (None, 2050, "推計の最後の年")],
)
def test_the_pyramid_is_of_the_targets_year(ninohe, year, shown, which):
    plan, outlook = ninohe
    target = plan.file.outlook.targets[0].model_copy(update={"year": year})
    view = outlook_views.view_future_pyramid(with_plan(plan, targets=(target,)), outlook)
    assert set(view.table.frame["year"]) == {str(shown), "2020"}
    assert f"{shown}年（{which}）" in view.alternative
    of_year = view.table.frame.query("when == 'new'")["persons"].sum()
    assert of_year == pytest.approx(outlook.standard.total("pattern-1", shown))
