"""Every view on ordinary and on odd data: right numbers, or None; never a crash, never an invented figure."""

from __future__ import annotations

import json

import altair as alt
import pytest

from planbook.load.plan import load_plan, load_readable
from planbook.presentation.comparison import overview_points, overview_views, overview_words
from planbook.presentation.page import open_comparison, open_page
from planbook.presentation.population import age_views, change_views
from planbook.presentation.population import population_views as views
from planbook.presentation.theme import enable_theme
from planbook.summary.goal_structure.plan_goals import gather_all_goals
from planbook.summary.population_facts import gather_population

PLAN = "47999-strategy-1"


def load(country):
    return load_plan(country.root, PLAN)


VIEWS = {
    "trend": views.view_trend,
    "targets": lambda plan: views.view_targets(plan, gather_population(plan)),
    "pace": lambda plan: views.view_pace(plan, gather_population(plan)),
    "ages": age_views.view_broad_ages,
    "pyramid": age_views.view_pyramid,
    "changes": change_views.view_changes,
    "births": lambda plan: change_views.view_flows(plan, ("births", "deaths")),
    "moves": lambda plan: change_views.view_flows(plan, ("in_migrants", "out_migrants")),
    "plans": lambda plan: overview_views.view_plans([plan]),
    "timeline": lambda plan: overview_views.view_timeline([plan]),
    "index": lambda plan: overview_views.view_index([plan], 2015),
    "population": lambda plan: overview_views.view_population([plan]),
}


def without(name):
    return lambda country: (country.municipality / name).unlink()


def censuses(number):
    def cut(country):
        file = country.municipality / "population.csv"
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join([lines[0], *lines[4 - number : 4]]) + "\n", encoding="utf-8")

    return cut


def no_targets(country):
    file = country.plan / "plan.yml"
    file.write_text(file.read_text(encoding="utf-8").split("outlook:")[0] + "outlook: {}\n", encoding="utf-8")


def nothing_at_all(country):
    for name in ("population.csv", "age_sex.csv", "vital.csv", "projections.csv"):
        (country.municipality / name).unlink()
    no_targets(country)


def totals_by_sex_in_ages(country):
    rows = "".join(
        f"total,,,census,2025-10-01,{sex},4900,census-2025-preliminary\n" for sex in ("female", "male")
    )
    file = country.municipality / "age_sex.csv"
    file.write_text(file.read_text(encoding="utf-8") + rows, encoding="utf-8")


def births_missing_in_the_last_year(country):
    country.replace(
        country.municipality / "vital.csv",
        "register,births,2020-01-01,2020-12-31,all,60,juki-1995-2022,\n",
        "",
    )


def an_edition_the_theme_does_not_know(country):
    editions = country.path / "reference" / "editions.csv"
    text = editions.read_text(encoding="utf-8-sig")
    editions.write_text(
        text + "ipss2028,社人研推計（2028年推計）,IPSS 2028,国立社会保障・人口問題研究所,2028-12,2025,ipss\n"
        "pref2030,県の推計,Prefecture,県,2030-01,2025,other\n",
        encoding="utf-8",
    )
    rows = "".join(
        f"total,,,{edition},standard,{year},total,{persons},ipss2023\n"
        for edition, factor in (("ipss2028", 1.0), ("pref2030", 1.1))
        for year, persons in (
            (2025, int(9400 * factor)),
            (2040, int(8000 * factor)),
            (2055, int(7000 * factor)),
        )
    )
    file = country.municipality / "projections.csv"
    file.write_text(file.read_text(encoding="utf-8") + rows, encoding="utf-8")


ODD = {
    "ordinary": lambda country: None,
    "no population": without("population.csv"),
    "no ages": without("age_sex.csv"),
    "no vital events": without("vital.csv"),
    "no projection": without("projections.csv"),
    "one census": censuses(1),
    "two censuses": censuses(2),
    "no target": no_targets,
    "nothing": nothing_at_all,
    "totals by sex": totals_by_sex_in_ages,
    "births missing": births_missing_in_the_last_year,
    "new editions": an_edition_the_theme_does_not_know,
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_drawn_or_absent(country, odd, name):
    ODD[odd](country)
    enable_theme()
    view = VIEWS[name](load(country))
    if view is None:
        return
    assert len(view.table.records()) > 0
    assert view.sources
    words = view.alternative + json.dumps(view.table.records(), ensure_ascii=False)
    assert "nan" not in words.lower()
    if view.chart is not None:
        spec = json.dumps(view.chart.to_dict(), ensure_ascii=False)
        assert "NaN" not in spec
        assert view.alternative
        assert alt.theme.active == "planbook"


def test_what_is_absent_is_none_not_an_empty_chart(country):
    nothing_at_all(country)
    plan = load(country)
    for name in ("trend", "targets", "pace", "ages", "pyramid", "changes", "births", "moves", "index"):
        assert VIEWS[name](plan) is None, name


def records(view):
    return view.table.records()


def test_the_trend_names_each_series_by_its_own_edition(country):
    an_edition_the_theme_does_not_know(country)
    view = views.view_trend(load(country))
    named = {}
    for record in records(view):
        named.setdefault(record["系列"], []).append(record["人口（人）"])
    assert named["社人研推計（2028年推計）"] == [9400, 8000, 7000]
    assert named["県の推計"] == [10340, 8800, 7700]
    assert named["社人研推計（令和5年推計）"] == [10000, 9200, 8400, 7500]
    looks = view.chart.to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert len(set(looks["range"])) == len(looks["domain"])


def test_targets_are_held_against_ipss_even_where_a_prefecture_is_newer(country):
    an_edition_the_theme_does_not_know(country)
    facts = gather_population(load(country))
    assert facts.edition == "ipss2028"
    assert facts.targets[0].gap.value == 1000  # 9,000 − 8,000


def test_the_register_line_breaks_where_it_begins_to_count_foreign_residents(country):
    file = country.municipality / "population.csv"
    file.write_text(
        file.read_text(encoding="utf-8") + "register,2012-03-31,japanese,10900,final,juki-1995-2022,\n",
        encoding="utf-8",
    )
    data = views.view_trend(load(country)).chart.to_dict()["datasets"]
    segments = {row["segment"] for rows in data.values() for row in rows if row.get("role") == "register"}
    assert segments == {"register/japanese", "register/all"}


def test_paces_by_hand(country):
    rows = {r["内容"]: r["1年あたりの増減（人）"] for r in records(VIEWS["pace"](load(country)))}
    assert rows["実績 2010→2015年"] == -100
    assert rows["実績 2015→2020年"] == -100
    assert rows["目標 2040年に9,000人"] == -50


def test_changes_by_hand(country):
    last = records(VIEWS["changes"](load(country)))[-1]
    assert (last["自然増減（人）"], last["社会増減（人）"]) == (-70, -42)


def test_the_index_by_hand(country):
    rows = {(r["系列"], r["時点"]): r["指数（2015年＝100）"] for r in records(VIEWS["index"](load(country)))}
    assert rows[("国勢調査", "2015")] == 100.0
    assert rows[("国勢調査", "2020")] == 95.2  # 10,000 / 10,500


def plans_of(real_data):
    return load_readable(real_data, real_data.plan_ids())


def test_ipss_is_quoted_for_what_it_projects_itself(real_data):
    """会津若松市's own page quotes IPSS with −35 % from 2020 to 2050; the overview must agree with it."""
    plans, _ = plans_of(real_data)
    page = open_comparison(plans[0].reference, "overview")
    said = "".join(sentence.plain().replace(" ", "") for sentence in overview_words.answer(page, plans))
    assert "2020年から2050年まで" in said
    assert "会津若松市は35.0%減" in said  # 76,262 / 117,376


def test_places_with_other_projections_are_not_spoken_for(country, real_data):
    an_edition_the_theme_does_not_know(country)
    plans = [load(country), *plans_of(real_data)[0][:1]]
    page = open_comparison(plans[1].reference, "overview")
    said = [sentence.plain().replace(" ", "") for sentence in overview_words.answer(page, plans)]
    assert any("2028年推計" in s and "2055年まで" in s and "二戸市" not in s for s in said)
    assert any("令和5年推計" in s and "架空市" not in s for s in said[1:])


def compared(plans):
    table = overview_points.table_comparability(plans, gather_all_goals(plans))
    return {row["比べること"]: row for row in table.records()}


def test_the_comparability_table_follows_the_data(country, real_data):
    plans, _ = plans_of(real_data)
    rows = compared(plans)
    assert rows["人口の推移と将来推計"]["比べられるか"] == "○ 比べられる"
    assert "5計画のうち1計画" in rows["指標の目標値"]["理由"]
    without("projections.csv")(country)
    rows = compared([*plans, load(country)])
    assert rows["人口の推移と将来推計"]["比べられるか"] == "△ 一部だけ"
    assert "架空市" in rows["人口の推移と将来推計"]["理由"]


def test_a_broken_plan_is_named_and_the_others_are_compared(country):
    country.replace(country.plan / "plan.yml", "kind: strategy", "kind: strategy\nunknown: 1")
    plans, broken = load_readable(country.root, country.root.plan_ids())
    assert (plans, broken) == ([], [PLAN])
    country.replace(country.plan / "plan.yml", "unknown: 1\n", "")
    page = open_page(load(country), "overview")
    assert PLAN in overview_words.left_out_note(page, [PLAN]).plain()
    assert overview_words.answer(page, [])[0].plain() == "ならべる計画がありません。"


def test_places_of_one_name_are_told_apart(country, real_data):
    plans, _ = plans_of(real_data)
    country.replace(country.municipality / "municipality.yml", "架空市", plans[0].municipality.name)
    labels = overview_views.place_labels([plans[0], load(country)])
    assert len(set(labels.values())) == 2


@pytest.mark.parametrize("name", ["trend", "pace", "ages", "pyramid", "changes", "births", "moves", "index"])
def test_no_channel_takes_the_shared_legend_away(country, name):
    """Colour, dash and shape share one legend; a null on one of them removes it for all."""
    view = VIEWS[name](load(country))
    if view is None:
        assert name == "pyramid"  # broad ages alone make no pyramid
        return
    assert '"legend": null' not in json.dumps(view.chart.to_dict())


def test_the_overview_says_which_census_is_preliminary(real_data):
    plans, _ = load_readable(real_data, ["07202-strategy-3", "11233-strategy-2"])
    titles = [column.title for column in overview_views.view_population(plans).table.columns]
    assert "2025年 国勢調査・速報（人）" in titles
    assert "2020年 国勢調査（人）" in titles
