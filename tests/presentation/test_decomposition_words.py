"""Who leaves and who comes: sentences, panels and tables on the cities and on made-up intervals."""

from __future__ import annotations

import doctest
import json
import re
from dataclasses import replace

import numpy as np
import pytest
import vl_convert

from planbook.analysis.projection.cohorts import Cohorts
from planbook.load.plan import load_plan
from planbook.presentation.charts import decomposition as charts
from planbook.presentation.page import open_page
from planbook.presentation.population import decomposition_views, decomposition_words
from planbook.presentation.theme import enable_theme, fix_colours
from planbook.summary.decomposition_facts import gather_decomposition, gather_intervals
from planbook.summary.outlook.ages import AgeHistory

PLAN = "47999-strategy-1"
PLANS = ["07210-strategy-2", "07202-strategy-3", "03213-strategy-1", "11233-strategy-2"]


def squeeze(html) -> str:
    return html.plain().replace(" ", "")


def made_up(country, moves):
    """One interval 2000–05: 100 persons in every cell, all survive, `moves` come or go."""
    before = np.full((1, 2, 19), 100.0)
    after = np.full((1, 2, 19), 100.0)
    after[..., -1] = 200  # those of the last two ages meet
    for (sex, age), persons in moves.items():
        after[0, sex, age] += persons
    plan = load_plan(country.root, PLAN)
    cohorts = {2000: Cohorts(2000, ("47999",), before), 2005: Cohorts(2005, ("47999",), after)}
    history = AgeHistory(cohorts, {}, {}, dict.fromkeys(cohorts, ("census-1980-2015-age5",)))
    return plan, gather_decomposition(plan, history, {2000: np.ones((2, 19))})


def test_the_largest_loss_and_the_return_are_said(country):
    plan, pairs = made_up(country, {(0, 4): -40, (1, 4): -30, (0, 5): 12, (1, 5): -1})
    said = squeeze(decomposition_words.leaving_paragraph(open_page(plan, "population"), pairs))
    assert said == (
        "2000〜2005年に最も多く出たのは、20～24歳になる女性で、差し引き40人（2000年に15～19歳だった人の40.0%）です。"
        "一方、25～29歳になる人は、女性が差し引き12人の転入の超過です。"
    )


def test_no_loss_is_no_loss(country):
    plan, pairs = made_up(country, {(0, 4): 5})
    page = open_page(plan, "population")
    assert "上回った年齢がありませんでした" in squeeze(decomposition_words.leaving_paragraph(page, pairs))
    view = decomposition_views.view_net_migration(plan, pairs)
    assert "転出が上回った年齢がない" in view.alternative
    view.chart.to_dict()


def test_a_cohort_of_nobody_has_no_share(country):
    plan, pairs = made_up(country, {(0, 4): -40})
    parts = pairs[0].decomposition
    at_risk = parts.at_risk.copy()
    at_risk[0, 3] = 0
    odd = (replace(pairs[0], decomposition=replace(parts, at_risk=at_risk)),)
    assert "だった人の-）" in squeeze(
        decomposition_words.leaving_paragraph(open_page(plan, "population"), odd)
    )
    rows = decomposition_views.view_net_migration(plan, odd).table.records()
    assert [row["終わりの年齢"] for row in rows if row["始めの人口に対する割合（%）"] is None] == ["20～24歳"]


def test_parts_by_hand(country):
    plan, pairs = made_up(country, {(0, 4): -40, (1, 10): 15, (0, 0): -20})
    (row,) = decomposition_views.view_parts(plan, pairs).table.records()
    assert row["出生（人）"] == 180
    assert row["死亡（人）"] == 0
    assert row["純移動（人）"] == -25
    assert row["増減の計（人）"] == 155
    assert row["台帳の 自然増減（人）"] is None  # the register of the fictional city begins in 2019
    said = squeeze(decomposition_words.parts_paragraph(open_page(plan, "population"), pairs))
    assert said == "2000〜2005年の増減+155人の内訳は、生き残った出生が+180人、死亡が0人、純移動が−25人です。"


def test_without_intervals_nothing_is_shown(country):
    plan = load_plan(country.root, PLAN)
    page = open_page(plan, "population")
    pairs = gather_intervals(plan)  # one census with three broad ages
    assert pairs == ()
    assert decomposition_views.view_net_migration(plan, pairs) is None
    assert decomposition_views.view_parts(plan, pairs) is None
    for words in (
        decomposition_words.leaving_paragraph,
        decomposition_words.parts_paragraph,
        decomposition_words.migration_notes,
    ):
        assert words(page, pairs).plain() == ""
    (country.municipality / "age_sex.csv").unlink()
    (country.municipality / "vital.csv").unlink()
    assert gather_intervals(load_plan(country.root, PLAN)) == ()


@pytest.mark.parametrize("plan_id", PLANS)
def test_the_figure_of_the_cities(plan_id, real_data):
    enable_theme()
    plan = load_plan(real_data, plan_id)
    pairs = gather_intervals(plan)
    view = decomposition_views.view_net_migration(plan, pairs)
    rows = view.table.records()
    assert len(rows) == 4 * 2 * 18
    for row in rows:  # the table can be checked with a pencil, but for the rounding of its three figures
        assert row["純移動（人）"] == pytest.approx(
            row["終わりの人口（人）"] - row["生残率から見て生き残る人数（人）"], abs=1
        )
    assert {row["期間の注意"] for row in rows if row["期間"] == "2015〜2020年"} <= {
        "接続値",
        "ふだんと違う期間、接続値",
    }
    spec = {**view.chart.to_dict(), "width": 320}
    assert "NaN" not in json.dumps(spec)
    drawn = vl_convert.vegalite_to_svg(fix_colours(spec))
    assert "2010〜2015年" in drawn
    # every panel has its own zero, and no label shows the shift of its panel
    labels = {
        int(label.replace(",", "").replace("−", "-")) for label in re.findall(r">([+−]?[\d,]+)</text>", drawn)
    }
    reach = max(abs(row["純移動（人）"]) for row in rows)
    assert 0 in labels
    assert {label for label in labels if label < 0} and min(labels) >= -reach
    assert len(re.findall(r">0</text>", drawn)) == 4


def test_the_table_of_parts_names_its_flags_and_the_note_its_sources(real_data):
    plan = load_plan(real_data, "07202-strategy-3")
    pairs = gather_intervals(plan)
    rows = decomposition_views.view_parts(plan, pairs).table.records()
    assert rows[-1]["期間"] == "2015〜2020年（ふだんと違う期間、接続値）"
    note = squeeze(decomposition_words.migration_notes(open_page(plan, "population"), pairs))
    assert "2010〜2015年は途中まで日本人住民、そのあと外国人を含む" in note
    assert "「台帳の」とある列は、住民基本台帳による増減" in note


def test_years_that_are_not_ordinary_are_flagged_in_title_sentence_and_note(real_data):
    plan = load_plan(real_data, "07202-strategy-3")
    pairs = gather_intervals(plan)
    page = open_page(plan, "population")
    titles = [decomposition_views.panel_title(interval) for interval in pairs[-3:]]
    assert titles == [
        "2005〜2010年",
        "2010〜2015年（ふだんと違う期間）",
        "2015〜2020年（ふだんと違う期間、接続値）",
    ]
    assert squeeze(decomposition_words.leaving_paragraph(page, pairs)).endswith(
        "ふだんと違う期間を含みます。"
    )
    note = squeeze(decomposition_words.migration_notes(page, pairs))
    assert "2010〜2015年：東日本大震災" in note
    assert "「接続値」の期間は" in note
    assert "外国人住民が台帳に載りはじめた分" in note


def test_the_newest_counted_interval_speaks(real_data):
    plan = load_plan(real_data, "03213-strategy-1")
    pairs = gather_intervals(plan)
    assert decomposition_words.choose_interval(pairs).start == 2010  # 2015–20 is bridged
    assert decomposition_words.choose_interval(pairs[-1:]).start == 2015
    said = squeeze(decomposition_words.leaving_paragraph(open_page(plan, "population"), pairs))
    assert (
        "2010〜2015年に最も多く出たのは、20～24歳になる男性で、差し引き284人（2010年に15～19歳だった人の44.0%）です"
        in said
    )
    assert "男性が差し引き79人の転入の超過" in said


def test_numbers_lead_to_the_census_and_the_computation(real_data):
    plan = load_plan(real_data, "03213-strategy-1")
    page = open_page(plan, "population")
    decomposition_words.leaving_paragraph(page, gather_intervals(plan))
    sources = squeeze(page.source_list())
    assert "2015年の20～24歳361−2010年の15～19歳のうち生き残る人645＝−284" in sources
    assert "国勢調査" in sources
    view = decomposition_views.view_parts(plan, gather_intervals(plan))
    ids = [source.source_id for source in view.sources]
    assert ids[0] == "census-1980-2015-age5"
    assert {"life-table-23", "life-expectancy-prefecture", "juki-1995-2022"} <= set(ids)


def test_the_examples_of_the_docstrings():
    done = doctest.testmod(charts)
    assert (done.attempted, done.failed) == (1, 0)
