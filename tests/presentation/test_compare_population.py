"""The page across plans on population: figures by hand, equal scales, no ranking, and nothing where nothing is."""

from __future__ import annotations

import itertools
import json
import random
import re

import pytest
import vl_convert

from comparison_house import (
    AIZUWAKAMATSU,
    ALL,
    KITAMOTO,
    NIHONMATSU,
    NINOHE,
    NINOHE_BASIC,
    aim,
    compare,
    copy_data,
    drop_lines,
    plan_of,
    with_targets,
)
from planbook.load.plan import load_plan
from planbook.presentation.charts.compare_population import PANEL_HEIGHT, draw_paths
from planbook.presentation.comparison import (
    compare_common_words,
    compare_fairness_words,
    compare_path_views,
    compare_population_views,
    compare_population_words,
    compare_target_views,
)
from planbook.presentation.comparison.compare_notes import NOTES
from planbook.presentation.comparison.population_comparability import table_population
from planbook.presentation.page import open_comparison
from planbook.presentation.theme import enable_theme, fix_colours
from planbook.summary.comparison.comparison_facts import gather_comparison

COUNTRY = "47999-strategy-1"
VIEWS = {
    "places": compare_population_views.view_places,
    "paths": compare_path_views.view_paths,
    "structure": compare_population_views.view_structure,
    "influences": compare_population_views.view_influences,
    "movement": compare_population_views.view_movement,
    "ambition": compare_target_views.view_ambition,
    "pace": compare_target_views.view_pace,
    "moves": compare_target_views.view_migration,
    "precedents": compare_target_views.view_precedents,
}
each_view = pytest.mark.parametrize("name", VIEWS)


def records(name, comparison):
    return VIEWS[name](comparison).table.records()


def page_of(comparison):
    return open_comparison(comparison.plans[0].plan.reference, "population")


def said(comparison):
    sentences = compare_population_words.answer(page_of(comparison), comparison)
    return "".join(sentence.plain().replace(" ", "") for sentence in sentences)


def notes(key, comparison):
    return compare_fairness_words.figure_notes(page_of(comparison), comparison, key).plain().replace(" ", "")


def spoken(function, comparison):
    return function(page_of(comparison), comparison).plain().replace(" ", "")


# ----------------------------------------------------------------------------------------- figures worked by hand


def test_the_table_of_ambition_by_hand():
    rows = {(row["計画"], row["目標年"]): row for row in records("ambition", compare(*ALL))}
    row = rows[("二本松市 第2期総合戦略", "2040")]
    assert (row["目標（人）"], row["その年の推計（人）"], row["差（人）"], row["差（%）"]) == (
        45000,
        39230,
        5770,
        14.7,
    )
    assert row["目標が 抑える割合（%）"] == 57.4  # 5,770 ÷ 10,061 = 57.350…
    row = rows[("二戸市 第1期総合戦略", "2045")]
    assert (row["差（人）"], row["差（%）"], row["目標が 抑える割合（%）"]) == (
        4509,
        29.1,
        60.1,
    )
    row = rows[("会津若松市 第3期総合戦略", "記載なし")]
    assert (row["目標（人）"], row["差（人）"]) == (100000, None)
    assert rows[("北本市 第2期総合戦略(案)", None)]["目標（人）"] is None
    assert len(rows) == 6  # five plans, one of them with two targets


def test_remarks_stand_below_the_tables_by_name_and_not_in_them():
    comparison = compare(*ALL)
    for name in ("places", "influences", "movement", "ambition", "pace", "moves"):
        assert "備考" not in records(name, comparison)[0]
        assert notes(name, comparison)
    assert "会津若松市第3期総合戦略：目標の年が資料に書かれていない。" in notes("ambition", comparison)
    assert "北本市第2期総合戦略(案)：人口の目標は、この資料には掲載がない。" in notes("ambition", comparison)
    assert "国勢調査の増減の期間：2010〜2025年。" in notes("places", comparison)
    assert "判定年：2050年。" in notes("influences", comparison)
    assert "会津若松市、二本松市：実績の期間は、ふだんと違う年を含む。" in notes("movement", comparison)
    assert "実績の期間：2020〜2025年（最新の値は速報）。" in notes("pace", comparison)
    assert "会津若松市、北本市：年のある目標が、この資料には掲載がない。" in notes("pace", comparison)


def test_a_target_without_a_year_has_its_migration_in_the_notes_alone():
    comparison = compare(*ALL)
    row = {row["計画"]: row for row in records("moves", comparison)}["会津若松市 第3期総合戦略"]
    assert row["目標年"] == "記載なし"
    assert {value for key, value in row.items() if "人/年" in key} == {None}
    assert "会津若松市 第3期総合戦略" not in {row["計画"] for row in records("precedents", comparison)}
    words = notes("moves", comparison)
    assert (
        "会津若松市第3期総合戦略年の記載なし：表には数を示していません。推計の最後の年（2050年）とおいた参考"
        in words
    )
    (item,) = [i for _, i in comparison.ambitions if i.migration and i.migration.year_assumed]
    assert str(item.migration.extra).replace(" ", "") in words


def test_what_differs_between_the_rows_is_noted_with_their_names(country):
    comparison = gather_comparison([plan_of(NINOHE), load_plan(country.root, COUNTRY)])
    assert "国勢調査の増減の期間：二戸市は2010〜2025年。架空市は" in notes("places", comparison)


def test_the_table_of_pace_by_hand():
    rows = records("pace", compare(*ALL))
    assert [(r["計画・市区町村"], r["目標年"], r["実績（%/年）"], r["必要な歩み（%/年）"]) for r in rows] == [
        ("二戸市 第1期総合戦略", "2045", -2.19, -0.65),
        ("会津若松市", None, -1.53, None),  # of the place, because no target ahead has a year
        ("二本松市 第2期総合戦略", "2030", -1.73, 0.29),
        ("二本松市 第2期総合戦略", "2040", -1.73, -0.58),
        ("北本市", None, -0.30, None),
    ]


def test_the_table_of_places_by_hand():
    row = {r["市区町村"]: r for r in records("places", compare(*ALL))}["会津若松市"]
    assert row["2020年 国勢調査（人）"] == 117376
    assert row["2025年 国勢調査・速報（人）"] == 109015
    assert row["2010年 国勢調査（人）"] == 126220
    assert row["2010→2025年の 増減（%）"] == -13.6  # 109,015 ÷ 126,220 − 1, from 2010
    assert row["推計の増減（%）"] == -35.0  # 76,262 ÷ 117,376 − 1


def test_a_change_names_its_years_only_where_all_places_share_them(country):
    """The fictional city was counted in 2020 last: its change is of other years than that of 二戸市."""
    comparison = gather_comparison([load_plan(country.root, COUNTRY), plan_of(NINOHE)])
    spans = {
        (place.population.earlier.as_of.year, place.population.latest.as_of.year)
        for place in comparison.places
    }
    assert len(spans) == 2
    titles = list(records("places", comparison)[0])
    assert "国勢調査の増減（%）" in titles
    assert not [title for title in titles if "→" in title]


def test_an_index_is_held_against_the_newest_common_census():
    rows = {
        (r["市区町村"], r["系列"], r["時点"]): r["指数（2025年＝100）"]
        for r in records("paths", compare(*ALL))
    }
    assert rows[("北本市", "実績（国勢調査）", "2025（速報）")] == 100
    assert rows[("北本市", "社人研推計（令和5年推計）", "2050")] == 71.1  # 45,682 ÷ 64,222
    assert (
        rows[("会津若松市", "計画の目標（会津若松市 第3期総合戦略）", "年の記載なし")] == 91.7
    )  # 100,000 ÷ 109,015
    other = compare_path_views.view_paths(compare(*ALL), base_year=2015)
    assert {r["指数（2015年＝100）"] for r in other.table.records() if r["時点"] == "2015"} == {100}


def test_the_base_is_the_newest_census_that_all_have(country):
    """The fictional city was counted in 2020 last, the others in 2025 too."""
    comparison = gather_comparison([plan_of(NINOHE), plan_of(KITAMOTO), load_plan(country.root, COUNTRY)])
    assert compare_path_views.common_census_year(comparison) == 2020
    rows = {
        (r["市区町村"], r["系列"], r["時点"]): r["指数（2020年＝100）"] for r in records("paths", comparison)
    }
    assert rows[("架空市", "実績（国勢調査）", "2020")] == 100
    assert rows[("北本市", "実績（国勢調査）", "2025（速報）")] == 98.5  # 64,222 ÷ 65,201


def test_a_place_without_the_census_that_most_have_is_left_out_of_the_panels(country):
    drop_lines(country.municipality / "population.csv", "census,2020")
    drop_lines(country.municipality / "population.csv", "census,2015")
    drop_lines(country.municipality / "population.csv", "census,2010")
    comparison = gather_comparison([plan_of(NINOHE), plan_of(KITAMOTO), load_plan(country.root, COUNTRY)])
    assert {row["市区町村"] for row in records("paths", comparison)} == {"二戸市", "北本市"}


# ------------------------------------------------------------------------------------------ equal scales, no ranking


def panel_heights(spec):
    """Return how high the texts of a chart are drawn, from the foot of its last panel up, in pixels."""
    svg = vl_convert.vegalite_to_svg(fix_colours({**spec, "width": 640}))
    drawn = re.findall(r"<text [^>]*translate\([\d.-]+,\s*([\d.-]+)\)[^>]*>([^<]+)<", svg)
    heights = {}
    for y, words in drawn:
        heights.setdefault(words, []).append(spec["height"] - float(y))
    return heights


def gaps(levels):
    return [upper - lower for lower, upper in itertools.pairwise(levels)]


def test_the_panels_have_one_scale():
    spec = compare_path_views.view_paths(compare(*ALL)).chart.to_dict()
    heights = panel_heights(spec)
    names = [heights[name][0] for name in ("北本市", "二本松市", "会津若松市", "二戸市")]
    for levels in (names, sorted(heights["0"]), sorted(heights["100"])):
        # In the order of the codes, as high as each other.
        assert gaps(levels) == pytest.approx([PANEL_HEIGHT] * 3)
    (rows,) = spec["datasets"].values()
    top = max(row["index"] for row in rows if row["mark"] not in ("name", "year"))
    (at,) = [step["calculate"] for step in spec["transform"] if step.get("as") == "at"]
    band = int(re.search(r"\* (\d+) \+", at)[1])
    assert band > top  # and no panel reaches into the next
    axis = spec["layer"][0]["encoding"]["y"]["axis"]
    assert sorted({value % band for value in axis["values"]}) == [0, 50, 100]
    assert f"% {band}" in axis["labelExpr"]


def test_panels_that_are_left_out_leave_no_gap_and_the_scale_stays():
    """As planbook.js does it when readers choose plans: fewer rows, a lower chart, the number of panels."""
    spec = compare_path_views.view_paths(compare(*ALL)).chart.to_dict()
    whole = panel_heights(spec)
    assert spec["usermeta"]["planbook"] == {"rows": "place", "count": "panels"}
    ((name, rows),) = spec["datasets"].items()
    kept = [row for row in rows if row["place"] in ("二戸市", "北本市")]
    spec |= {"datasets": {name: kept}, "height": 2 * PANEL_HEIGHT, "params": [{"name": "panels", "value": 2}]}
    left = panel_heights(spec)
    assert sorted(left["0"]) == pytest.approx(sorted(whole["0"])[:2])
    assert sorted(left["100"]) == pytest.approx(sorted(whole["100"])[:2])
    assert left["二戸市"][0] - left["北本市"][0] == pytest.approx(PANEL_HEIGHT)
    assert "二本松市" not in left


def test_the_axis_grows_with_the_highest_index():
    import pandas as pd  # noqa: PLC0415

    enable_theme()
    frame = pd.DataFrame(
        {
            "place": ["甲"], "role": ["observed"], "series": ["実績"], "year": [2020.75], "index": [230.0],
            "persons": [2300.0], "when": ["2020"], "mark": ["line"], "label": [""], "plan_ids": ["99999-vision-1"],
        }
    )  # fmt: skip
    axis = draw_paths(frame, 2020).to_dict()["layer"][0]["encoding"]["y"]["axis"]
    assert axis["values"] == [0, 50, 100, 150, 200]


@each_view
def test_the_order_is_that_of_the_codes_whatever_order_they_come_in(name):
    ids = list(ALL)
    random.Random(7).shuffle(ids)
    assert ids != list(ALL)
    shuffled = records(name, compare(*ids))
    assert shuffled == records(name, compare(*ALL))
    first = next(iter(shuffled[0].values()))
    assert first.startswith("二戸市")  # 03213


def test_the_rows_of_a_chart_keep_that_order():
    """Vega sorts names by itself, and a chart sorted by its values would be a league table."""
    spec = compare_target_views.view_ambition(compare(*ALL)).chart.to_dict()
    sorts = [layer["encoding"]["y"]["sort"] for layer in spec["layer"] if "y" in layer["encoding"]]
    assert sorts
    for order in sorts:
        assert [name.split("\n")[0] for name in order] == ["二戸市", "二本松市", "二本松市"]
        assert [name.split("\n")[-1] for name in order] == ["2045年", "2030年", "2040年"]


# ------------------------------------------------------------------------------------------ nothing where nothing is


def test_no_plan_at_all():
    comparison = gather_comparison([])
    assert {name: view(comparison) for name, view in VIEWS.items()} == dict.fromkeys(VIEWS)
    assert table_population(comparison) is None
    page = open_comparison(plan_of(NINOHE).reference, "population")
    assert [s.plain() for s in compare_population_words.answer(page, comparison)] == [
        "ならべる計画がありません。"
    ]
    for words in (
        compare_common_words.common_points,
        compare_common_words.migration_paragraph,
        compare_fairness_words.fairness_note,
        compare_fairness_words.editions_note,
    ):
        assert words(page, comparison).plain() == ""
    for key in NOTES:
        assert compare_fairness_words.figure_notes(page, comparison, key).plain() == ""


def no_targets(country):
    file = country.plan / "plan.yml"
    file.write_text(file.read_text(encoding="utf-8").split("outlook:")[0] + "outlook: {}\n", encoding="utf-8")


def without(*names):
    def remove(country):
        for name in names:
            (country.municipality / f"{name}.csv").unlink()

    return remove


def nothing_at_all(country):
    without("population", "age_sex", "vital", "projections")(country)
    no_targets(country)


ODD = {
    "ordinary": lambda country: None,
    "no population": without("population"),
    "no ages": without("age_sex"),
    "no projection": without("projections"),
    "no target": no_targets,
    "nothing": nothing_at_all,
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("beside", [(), (NIHONMATSU,)], ids=["alone", "beside another"])
def test_every_view_is_drawn_or_absent(country, odd, beside):
    ODD[odd](country)
    enable_theme()
    comparison = gather_comparison([load_plan(country.root, COUNTRY), *map(plan_of, beside)])
    for name, make in VIEWS.items():
        view = make(comparison)
        if view is None:
            continue
        words = view.alternative + json.dumps(view.table.records(), ensure_ascii=False)
        assert "nan" not in words.lower(), name
        assert view.table.records(), name
        assert view.sources, name
        if view.chart is not None:
            assert "NaN" not in json.dumps(view.chart.to_dict()), name
            assert view.alternative, name
    assert said(comparison)
    assert "None" not in spoken(compare_fairness_words.fairness_note, comparison)
    table = table_population(comparison)
    assert (table is None) == (not beside)


def test_a_place_without_scenarios_stands_in_the_tables_with_the_reason(country):
    comparison = gather_comparison([load_plan(country.root, COUNTRY), plan_of(NIHONMATSU)])
    for name in ("influences", "movement"):
        rows = {row["市区町村"]: row for row in records(name, comparison)}
        assert {value for key, value in rows["架空市"].items() if key != "市区町村"} == {None}
        assert "架空市：推計の基準年の年齢別人口がなく" in notes(name, comparison)
        assert "。。" not in notes(name, comparison)
    needs = records("moves", comparison)
    assert needs[-1]["毎年あと 何人（人/年）"] is None
    assert "年齢別人口がなく" in notes("moves", comparison)


@pytest.mark.parametrize(
    ("target", "remark"),
    [
        ((2045, 9000), "推計の率のままで届く"),
        ((2030, 90000), "人口の5%を超える転入超過が毎年要る"),
        ((2043, 18000), "推計の年（5年おき）に目標の年がない"),
    ],
)
def test_a_target_without_a_number_of_migrants_says_why(target, remark):
    comparison = gather_comparison([with_targets(plan_of(NINOHE), aim(*target)), plan_of(KITAMOTO)])
    (row,) = records("moves", comparison)
    assert f"二戸市第1期総合戦略{target[0]}年：{remark}。" in notes("moves", comparison)
    assert row["毎年あと 何人（人/年）"] is None


def test_ages_of_this_book_s_own_making_are_called_so(tmp_path):
    root = copy_data(tmp_path, [NIHONMATSU])
    file = root.municipality_folder("07210") / "projections.csv"
    drop_lines(file, "ipss2023", "interval")
    drop_lines(file, "ipss2023", "open")
    comparison = gather_comparison([load_plan(root, NIHONMATSU), plan_of(KITAMOTO)])
    rows = records("structure", comparison)
    assert {row["時点"] for row in rows if row["市区町村"] == "二本松市"} == {
        "2020年（国勢調査）",
        "2050年（この本の推計）",
    }
    table = {row["比べること"]: row for row in table_population(comparison).records()}
    assert "二本松市の将来の年齢は公表されておらず" in table["年齢3区分の割合"]["理由"]


# ------------------------------------------------------------------------------------------------ sentences


def test_the_answer_on_the_five_plans():
    words = said(compare(*ALL))
    assert "5計画を、市区町村コードの順に" in words
    assert "順位はつけません" in words
    assert "4市すべてで減りました。減り方は6.8%から22.6%まで" in words
    assert "減り方は29.9%から46.3%までと見込まれています" in words
    assert "2計画の3件です。どれも推計を上回り、差は7.5%から29.1%までです" in words
    assert (
        "人口が増えなければ届かないものが1件（二本松市第2期総合戦略2030年）、減り方が実績より小さくならなければ届かないものが2件（二戸市第1期総合戦略2045年、二本松市第2期総合戦略2040年）です"
        in words
    )


def test_one_plan_is_no_comparison():
    words = said(compare(NIHONMATSU))
    assert "ならべる相手がないので、比べることはできません" in words
    assert table_population(compare(NIHONMATSU)) is None
    assert spoken(compare_common_words.common_points, compare(NIHONMATSU)) == ""


def test_two_plans_of_one_place():
    comparison = compare(NINOHE_BASIC, NINOHE)
    words = said(comparison)
    assert "二戸市の2計画" in words
    assert "推計と比べられる目標は二戸市第1期総合戦略2045年の1件だけで" in words
    assert len(records("places", comparison)) == 1
    assert len(records("ambition", comparison)) == 2
    assert spoken(compare_common_words.common_points, comparison) == ""
    rows = {row["比べること"]: row for row in table_population(comparison).records()}
    assert rows["将来推計"]["比べられるか"] == "× 比べられない"
    assert "市区町村が1つ" in rows["将来推計"]["理由"]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (
            [(2045, 16000), (2040, 17000)],
            "上回るものが1件、下回るものが1件、同じものが0件",
        ),  # 15,491 and 17,299
        ([(2045, 15000), (2040, 17000)], "どれも推計を下回り、差は1.7%から3.2%まで"),
        ([(2045, 15491), (2040, 17299)], "上回るものが0件、下回るものが0件、同じものが2件"),
    ],
)
def test_targets_above_below_and_at_the_projection(targets, expected):
    plans = [with_targets(plan_of(NINOHE), *(aim(*t) for t in targets)), plan_of(KITAMOTO)]
    assert expected in said(gather_comparison(plans))


def test_targets_that_the_pace_of_the_past_reaches():
    plans = [with_targets(plan_of(NINOHE), aim(2030, 15000)), plan_of(KITAMOTO)]  # −503 a year reach 20,486
    assert "実績の歩みのままで届く計算のものが1件です" in said(gather_comparison(plans))


def test_without_targets_nothing_is_said_of_gaps_or_paces():
    words = said(compare(KITAMOTO, NINOHE_BASIC))
    assert "年のある人口の目標は、手元の資料にはありません" in words
    assert "届かない" not in words
    assert spoken(compare_common_words.migration_paragraph, compare(KITAMOTO, NINOHE_BASIC)) == ""
    view = compare_target_views.view_ambition(compare(KITAMOTO, NINOHE_BASIC))
    assert view.chart is None
    assert [row["目標（人）"] for row in view.table.records()] == [None] * 2
    assert "二戸市後期基本計画、北本市第2期総合戦略(案)：人口の目標は、この資料には" in notes(
        "ambition", compare(KITAMOTO, NINOHE_BASIC)
    )


def test_a_growing_place_among_shrinking_ones(country):
    country.replace(
        country.municipality / "population.csv", "census,2010-10-01,all,11000", "census,2010-10-01,all,9000"
    )
    comparison = gather_comparison([load_plan(country.root, COUNTRY), *map(plan_of, (NINOHE, KITAMOTO))])
    assert "3市のうち、減ったのは二戸市と北本市、増えたのは架空市だけです" in said(comparison)


def test_more_names_than_a_sentence_holds_are_counted(monkeypatch):
    monkeypatch.setattr(compare_population_words, "MOST_NAMES", 3)
    assert said(compare(*ALL)).startswith("4市の5計画を")


def test_common_points_follow_the_data():
    words = spoken(compare_common_words.common_points, compare(*ALL))
    assert (
        "（2020年）で31.5%から37.5%、推計の最後の年（2050年）で44.0%から52.9%です。どの市区町村でも上がります"
        in words
    )
    assert (
        "自然増減の影響度（出生率が上がったときの効果）は、111.1%から112.9%までで、4市とも段階4です" in words
    )
    assert "段階2が1市、段階3が2市、段階4が1市" in words
    assert "3市が転出超過、北本市だけが転入超過か0です" in words
    words = spoken(compare_common_words.common_points, compare(NIHONMATSU, AIZUWAKAMATSU))
    assert "2市とも段階3です" in words
    assert "2市とも転出超過" in words


def test_places_that_are_not_all_cities_are_not_called_so(country):
    file = country.municipality / "municipality.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("架空市", "架空町"), encoding="utf-8")
    comparison = gather_comparison([load_plan(country.root, COUNTRY), plan_of(NINOHE)])
    assert "2市区町村すべてで" in said(comparison)


def test_migration_counts_dated_targets_and_names_the_others():
    words = spoken(compare_common_words.migration_paragraph, compare(*ALL))
    assert "年のある目標のうち3件は" in words
    assert "どの5年間にもなかった大きさが3件" in words
    assert "年の書かれていない目標1件" in words
    plans = [with_targets(plan_of(NINOHE), aim(2045, 15000), aim(2040, 17500))]
    words = spoken(compare_common_words.migration_paragraph, gather_comparison(plans))
    assert "年のある目標のうち1件は" in words
    assert "1件は、推計のままで届く計算です" in words
    assert "年の書かれていない" not in words


# ------------------------------------------------------------------------------------------------ fairness


def test_what_is_unfair_to_compare_is_named():
    words = spoken(compare_fairness_words.fairness_note, compare(*ALL))
    assert "概要が2計画、ウェブページが2計画、案の概要が1計画" in words
    assert "載っていない計画：二戸市後期基本計画、北本市第2期総合戦略(案)" in words
    assert "年が手元の資料に書かれていない計画：会津若松市第3期総合戦略" in words
    assert "どの統計の人口で数えられるかが書かれていない計画：二戸市第1期総合戦略、会津若松市" in words
    assert "2025年の国勢調査は速報値" in words


def test_a_full_document_with_a_dated_target_of_known_basis_needs_no_remark(country):
    comparison = gather_comparison([load_plan(country.root, COUNTRY)])
    assert spoken(compare_fairness_words.fairness_note, comparison) == ""


def test_editions_that_a_place_lacks_are_told_since_the_plans_began():
    """IPSS projected no municipality of 福島県 in 2018, and the values of 2013 are not at hand."""
    words = spoken(compare_fairness_words.editions_note, compare(*ALL))
    assert "（平成25年3月推計）（2013年3月公表）の値は、ここにならべたどの市区町村についても" in words
    assert "があるのは二戸市、北本市で、会津若松市、二本松市にはありません" in words
    assert "福島県は県全体の推計だけ" in words  # as the list of sources notes it
    assert "平成20年" not in words  # superseded when the oldest of the plans began
    assert spoken(compare_fairness_words.editions_note, compare(KITAMOTO)) == ""  # began in 2022


# ------------------------------------------------------------------------------------------------ comparability


def matrix(*plan_ids):
    return reasons(compare(*plan_ids))


def reasons(comparison):
    """Return the rows of the file; the page gives what is lacking below the reason."""
    table = table_population(comparison)
    shown, filed = table.records(), table.as_file.records()
    for row, full in zip(shown, filed, strict=True):
        lacking = full["データや記載のないもの"]
        assert full["理由"] in row["理由"]
        assert (f"データや記載のないもの：{lacking}" in row["理由"]) == bool(lacking)
        assert "データや記載のないもの" not in row
    return {row["比べること"]: row for row in filed}


def test_the_matrix_on_the_five_plans():
    rows = matrix(*ALL)
    assert rows["国勢調査の人口と増減"]["比べられるか"] == "○ 比べられる"
    assert "速報値" in rows["国勢調査の人口と増減"]["理由"]
    assert rows["将来推計"]["データや記載のないもの"] is None
    moved = rows["純移動の実績"]
    assert moved["比べられるか"] == "△ 一部だけ"
    assert "会津若松市、二本松市は、ふだんと違う年" in moved["理由"]
    gap = rows["人口の目標と推計の差"]
    assert gap["データや記載のないもの"].split("、") == [
        "二戸市 後期基本計画",
        "会津若松市 第3期総合戦略",
        "北本市 第2期総合戦略(案)",
    ]
    assert "目標年が3とおり" in rows["必要な歩みと実績の歩み"]["理由"]
    assert "年のない目標1件" in rows["目標に届くための純移動"]["理由"]
    assert rows["目標を立てたときの推計"]["比べられるか"] == "× 比べられない"


def test_the_matrix_without_disturbed_years_has_no_such_reserve():
    assert "ふだんと違う年" not in matrix(NINOHE, KITAMOTO)["純移動の実績"]["理由"]


def test_the_matrix_with_one_target_only():
    rows = matrix(NINOHE, KITAMOTO)
    assert rows["人口の目標と推計の差"]["比べられるか"] == "× 比べられない"
    assert rows["必要な歩みと実績の歩み"]["比べられるか"] == "× 比べられない"


def test_the_matrix_names_the_places_that_lack_a_measure(country):
    (country.municipality / "projections.csv").unlink()
    comparison = gather_comparison([load_plan(country.root, COUNTRY), *map(plan_of, (NINOHE, KITAMOTO))])
    rows = reasons(comparison)
    assert (rows["将来推計"]["比べられるか"], rows["将来推計"]["データや記載のないもの"]) == (
        "△ 一部だけ",
        "架空市",
    )
    assert "3市区町村のうち2市区町村にある" in rows["将来推計"]["理由"]


def test_different_editions_are_a_reserve(country):
    editions = country.path / "reference" / "editions.csv"
    words = editions.read_text(encoding="utf-8-sig")
    editions.write_text(
        words
        + "ipss2028,社人研推計（2028年推計）,IPSS 2028,国立社会保障・人口問題研究所,2028-12,2025,ipss\n",
        encoding="utf-8",
    )
    country.replace(country.municipality / "projections.csv", "ipss2023,standard", "ipss2028,standard")
    comparison = gather_comparison([load_plan(country.root, COUNTRY), plan_of(NINOHE)])
    rows = {row["比べること"]: row for row in table_population(comparison).records()}
    assert rows["将来推計"]["比べられるか"] == "△ 一部だけ"
    assert "推計の版が2とおりある" in rows["将来推計"]["理由"]
    spec = json.dumps(VIEWS["paths"](comparison).chart.to_dict(), ensure_ascii=False)
    assert "社人研推計（2028年推計）" in spec
