"""The page across plans on indicators: sentences by case, tables by hand, equal scales, no ranking, no empty room."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from comparison_house import ALL, KITAMOTO, NIHONMATSU, NINOHE, NINOHE_BASIC, plan_of
from kpi_comparison_house import add_plan, births, indicator, rate
from kpi_house import add_judged_plan
from planbook.load.plan import load_plan
from planbook.presentation.charts.compare_kpis import draw_counts
from planbook.presentation.comparison import (
    compare_kpi_gaps,
    compare_kpi_list,
    compare_kpi_reasons,
    compare_kpi_shared,
    compare_kpi_standing,
    compare_kpi_targets,
    compare_kpi_views,
    compare_kpi_words,
    kpi_comparability,
)
from planbook.presentation.page import OUTPUT_VARIABLE, open_comparison
from planbook.presentation.theme import enable_theme
from planbook.summary.comparison import shared_indicators
from planbook.summary.comparison.comparable_values import Reason
from planbook.summary.comparison.kpi_comparison import KpiComparison, gather_kpi_comparison
from planbook.summary.comparison.shared_indicators import AlikeNames
from planbook.vocabulary.catalogue import in_language

VIEWS = {
    "listing": compare_kpi_views.view_listing,
    "written": compare_kpi_views.view_written,
    "types": compare_kpi_views.view_types,
    "themes": compare_kpi_views.view_themes,
    "shared": compare_kpi_shared.view_shared,
    "alike": compare_kpi_shared.view_alike,
}
#: Everything that a cell of the notebook shows besides the answer.
PARTS = {
    "fairness": compare_kpi_words.fairness_note,
    "types": compare_kpi_views.types_figure,
    "surveys": compare_kpi_words.survey_sentence,
    "themes": compare_kpi_views.themes_figure,
    "goals": compare_kpi_words.goal_points,
    "list": compare_kpi_list.indicator_list,
    "shared words": compare_kpi_words.shared_sentence,
    "shared": compare_kpi_shared.shared_figure,
    "shared values": compare_kpi_shared.shared_values,
    "alike": compare_kpi_shared.alike_figure,
    "left out": compare_kpi_shared.left_out_words,
    "targets": compare_kpi_targets.target_figures,
    "standing": compare_kpi_standing.standing_tables,
    "gap words": compare_kpi_gaps.gap_sentence,
    "gaps": compare_kpi_gaps.gap_figure,
    "pairs": kpi_comparability.pairs_of_plans,
}
each_view = pytest.mark.parametrize("name", VIEWS)


@pytest.fixture(autouse=True)
def _in_the_book(monkeypatch):
    monkeypatch.setenv(OUTPUT_VARIABLE, "book")


def compare(*plan_ids: str) -> KpiComparison:
    return gather_kpi_comparison([plan_of(plan_id) for plan_id in plan_ids])


@pytest.fixture(scope="module")
def five() -> KpiComparison:
    return compare(*ALL)


def page_of(comparison: KpiComparison):
    plan = comparison.plans[0].plan if comparison.plans else plan_of(NINOHE)
    return open_comparison(plan.reference, "kpis")


def spoken(part, comparison) -> str:
    make = PARTS[part] if isinstance(part, str) else part
    return make(page_of(comparison), comparison).plain().replace(" ", "")


def markup(part, comparison) -> str:
    return PARTS[part](page_of(comparison), comparison).markup


def said(comparison) -> list[str]:
    return [s.plain().replace(" ", "") for s in compare_kpi_words.answer(page_of(comparison), comparison)]


def records(name, comparison):
    return VIEWS[name](comparison).table.records()


# ------------------------------------------------------------------------------------------------ the answer


def test_the_answer_on_the_five_plans(five):
    assert said(five) == [
        "5計画のうち、手元の資料に指標（数値目標やKPI）が載っているのは2計画（二戸市後期基本計画、北本市第2期総合戦略(案)）です。"
        "載っていないことは、計画に指標がないという意味ではありません。",
        "当初値と目標値の両方が数値の指標があるのは北本市第2期総合戦略(案)だけです（17系列のうち12系列）。"
        "実績は、この本のデータにまだありません。",
        "比べられるのは指標の名称と種類までで、目標の大きさと進み具合は比べられません。",
    ]


def made_up(*kinds: str) -> KpiComparison:
    """Plans that list nothing (-), names (n), numbers for both ends (p), and actuals too (a)."""
    real = compare(*ALL)
    nothing, names, values = real.plans[1], real.plans[0], real.plans[4]
    with_actual = replace(values, written=replace(values.written, actual=3))
    rows = {"-": nothing, "n": names, "p": values, "a": with_actual}
    return KpiComparison(tuple(rows[kind] for kind in kinds), (), AlikeNames((), 0, 0), ())


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ("--", "2計画のどれも、手元の資料に指標（数値目標やKPI）の掲載がありません。載っていないことは"),
        ("--", "そのため、指標どうしを比べることはできません。"),
        ("n-", "載っているのは二戸市後期基本計画だけです。載っていないことは"),
        (
            "n-",
            "当初値と目標値の両方が数値の指標は、どの計画の資料にもありません。実績は、この本のデータにまだ",
        ),
        ("n-", "そのため、指標どうしを比べることはできません。"),
        ("nn", "2計画のすべてで、手元の資料に指標（数値目標やKPI）が載っています。"),
        ("np", "だけです（17系列のうち12系列）。"),
        ("pp", "当初値と目標値の両方が数値の指標が、どの計画の資料にもあります。"),
        ("pp-", "指標を載せている2計画のどれにも、当初値と目標値の両方が数値の指標があります。"),
        ("ppn", "当初値と目標値の両方が数値の指標があるのは2計画（"),
        ("pa", "実績がこの本のデータにあるのは北本市"),
        ("aa", "実績は、どの計画についても、この本のデータにあります。"),
        ("aa", "比べられるのは、指標の名称と種類、同じ判定基準でみた進み具合です。目標の大きさは"),
        ("pppppppp-", "載っているのは8計画です。"),  # too many to name
    ],
)
def test_the_answer_by_case(kinds, expected):
    assert expected in "".join(said(made_up(*kinds)))


def test_a_document_that_does_not_list_indicators_is_not_excused_where_it_is_the_full_text(country):
    plans = [add_plan(country, 1, [indicator("移住者数")]), add_plan(country, 2, [])]
    assert "という意味ではありません" not in "".join(said(gather_kpi_comparison(plans)))
    plans[1] = add_plan(country, 2, [], coverage="web")
    assert "という意味ではありません" in "".join(said(gather_kpi_comparison(plans)))


def test_one_plan_is_no_comparison():
    words = said(compare(KITAMOTO))
    assert words == ["北本市の1計画だけです。ならべる相手がないので、比べることはできません。"]
    comparison = compare(KITAMOTO)
    for part in ("shared words", "shared", "alike", "targets", "standing", "gap words", "gaps", "pairs"):
        assert spoken(part, comparison) == "", part
    assert kpi_comparability.table_kpis(comparison) is None
    assert records("listing", comparison)[0]["系列"] == 17


def test_no_plan_at_all():
    comparison = gather_kpi_comparison([])
    assert said(comparison) == ["ならべる計画がありません。"]
    assert {name: view(comparison) for name, view in VIEWS.items()} == dict.fromkeys(VIEWS)
    assert {part: spoken(part, comparison) for part in PARTS} == dict.fromkeys(PARTS, "")
    assert kpi_comparability.table_kpis(comparison) is None


def test_documents_without_any_indicator_leave_their_sections_empty():
    """What says nothing is dropped from the book, heading and all; the first table says that nothing is listed."""
    comparison = compare(NIHONMATSU, NINOHE)
    empty = set(PARTS) - {"fairness", "targets", "standing"}
    assert {part: spoken(part, comparison) for part in empty} == dict.fromkeys(empty, "")
    assert VIEWS["written"](comparison) is None
    assert [row["指標の合計"] for row in records("listing", comparison)] == [None, None]


def test_the_words_exist_in_both_languages_with_the_same_figures(five):
    with in_language("en"):
        words = " ".join(s.plain() for s in compare_kpi_words.answer(page_of(five), five))
        assert "17" in words
        assert "12" in words


# ------------------------------------------------------------------------------------------------ tables and charts


def test_what_the_documents_list_by_hand(five):
    rows = records("listing", five)
    assert [(r["計画"], r["数値目標"], r["指標"], r["指標の合計"], r["系列"]) for r in rows] == [
        ("二戸市 後期基本計画", 0, 8, 8, 8),
        ("二戸市 第1期総合戦略", None, None, None, None),
        ("会津若松市 第3期総合戦略", None, None, None, None),
        ("二本松市 第2期総合戦略", None, None, None, None),
        ("北本市 第2期総合戦略(案)", 15, 0, 15, 17),
    ]
    assert [r["手元の資料"] for r in rows] == ["概要", "概要", "ウェブページ", "ウェブページ", "案の概要"]
    html = VIEWS["listing"](five).table.html().markup
    assert '<a href="11/11233-strategy-2/kpis.html">' in html
    assert '<tr data-pb-plans="07202-strategy-3">' in html


def test_what_is_written_beside_the_series_by_hand(five):
    row = records("written", five)[-1]
    assert list(row.values()) == ["北本市 第2期総合戦略(案)", 17, 15, 3, 13, 0, 0, 0]
    file = VIEWS["written"](five).table.as_file.records()[-1]
    assert (file["団体コード"], file["計画ID"], file["当初値が数値（個）"]) == ("11233", KITAMOTO, 15)
    assert (file["アンケートの割合の系列（個）"], file["うち回答者数が書かれている系列（個）"]) == (5, 0)
    assert "どの系列にも書かれていません" in spoken("surveys", five)


def test_types_and_themes_by_hand(five):
    assert [r["年間の量"] for r in records("types", five)] == [1, None, None, None, 6]
    themes = records("themes", five)[-1]
    assert list(themes)[1:] == [
        "G1 しごと",
        "G2 ひとの流れ",
        "G3 結婚・ 出産・ 子育て",
        "G4 地域・ くらし",
        "X1 多様な人材",
        "X2 新しい流れ",
        "A 行財政",
    ]
    assert list(themes.values())[1:] == [2, 2, 2, 5, 4, 1, 0]


@each_view
def test_the_order_is_that_of_the_codes_whatever_order_they_come_in(five, name):
    ids = list(ALL)
    random.Random(11).shuffle(ids)
    assert records(name, compare(*ids)) == records(name, five)


@pytest.mark.parametrize("name", ["written", "types", "themes"])
def test_circles_have_one_scale_for_all_plans_and_the_order_of_the_plans(five, name):
    spec = VIEWS[name](five).chart.to_dict()
    circles = next(layer for layer in spec["layer"] if layer["mark"].get("shape") == "circle")
    rows = next(d for d in spec["datasets"].values() if d and "count" in d[0])
    assert circles["encoding"]["size"]["scale"]["domain"] == [0, max(row["count"] for row in rows)]
    assert circles["encoding"]["y"]["sort"] == [
        "二戸市 後期基本計画（概要）",
        "北本市 第2期総合戦略(案)（案の概要）",
    ]
    assert {row["plan_ids"] for row in rows} == {NINOHE_BASIC, KITAMOTO}
    assert spec["usermeta"]["planbook"]["rows"] == "plan"


def test_circles_of_nothing_but_zeros_are_drawn():
    import pandas as pd  # noqa: PLC0415

    enable_theme()
    row = {"plan": "甲", "column": "率", "count": 0, "shown": "0", "words": "率 0", "plan_ids": "p"}
    spec = draw_counts(pd.DataFrame([row]), ["率"]).to_dict()
    assert "NaN" not in json.dumps(spec)


def test_more_plans_than_a_chart_holds_leave_the_table(five, monkeypatch):
    monkeypatch.setattr(compare_kpi_views, "MOST_DRAWN", 1)
    view = VIEWS["written"](five)
    assert view.chart is None
    assert len(view.table.records()) == 5


def test_large_counts_are_grouped_and_fit(country):
    plan = add_plan(country, 1, [indicator(f"指標{n}", type="annual_flow") for n in range(1, 1235)])
    beside = add_plan(country, 2, [])
    comparison = gather_kpi_comparison([plan, beside])
    assert "年間の量 1,234" in VIEWS["types"](comparison).alternative
    assert "1,234" in markup("types", comparison)
    # 1,234 different names in one plan: nothing to compare them with
    assert spoken("alike", comparison) == ""


@each_view
def test_nothing_is_drawn_or_said_that_is_no_value(five, name):
    view = VIEWS[name](five)
    words = view.alternative + json.dumps(view.table.records(), ensure_ascii=False)
    assert "nan" not in words.lower()
    assert "None" not in words
    assert view.sources
    if view.chart is not None:
        assert "NaN" not in json.dumps(view.chart.to_dict())
        assert view.alternative


def test_all_indicators_in_one_table(five, monkeypatch):
    table = compare_kpi_list.list_table(page_of(five), five)
    rows = table.records()
    assert len(rows) == 8 + 17
    assert rows[0]["指標"] == "就業者数"
    file = table.as_file.records()
    assert (file[-1]["指標ID"], file[-1]["団体コード"], file[-1]["原文の番号"]) == ("k6-3-2", "11233", "6-3")
    assert 'data-pb-filters="[&quot;国のテーマ&quot;' in table.html().markup
    monkeypatch.setattr(compare_kpi_list, "MOST_SERIES", 24)
    assert "指標が25系列あるので、一つの表にはしていません" in spoken("list", five)


# ------------------------------------------------------------------------------------------------ goals


def test_where_indicators_hang(five, country):
    assert "どの指標も、目標や施策のどれかに属しています" in spoken("goals", five)
    assert "最上位のどの目標にも指標があります" in spoken("goals", five)
    plans = [
        add_plan(country, 1, [indicator("移住者数", goal_id="")]),
        add_plan(country, 2, [indicator("移住者数"), indicator("創業の件数", goal_id="g2")]),
    ]
    comparison = gather_kpi_comparison(plans)
    words = spoken("goals", comparison)
    assert "架空市第1期：どの目標にも属さない指標の数は1。" in words
    assert "架空市第1期：「基本目標1しごとをつくる」、「基本目標2安心して暮らす」に、この資料では" in words
    assert "架空市第2期" not in words
    assert '<li data-pb-plans="47999-strategy-1">' in markup("goals", comparison)


def test_a_long_list_of_goals_is_folded(country, monkeypatch):
    monkeypatch.setattr(compare_kpi_words, "MOST_ITEMS", 1)
    plans = [add_plan(country, n, [indicator("移住者数")]) for n in (1, 2)]
    words = markup("goals", gather_kpi_comparison(plans))
    assert "<details" in words
    assert "2件を計画ごとに見る" in words


# ------------------------------------------------------------------------------------------------ what is shared


def test_what_the_real_plans_share_and_why_it_is_not_compared(five):
    (row,) = records("shared", five)
    assert row["何が同じか"] == "統計「市町村民経済計算の純生産」とみられる"
    assert row["値を比べられるか"] == "× 比べられない"
    table = VIEWS["shared"](five).table.html().markup
    assert "2計画のうち1計画。" in table
    assert "「一人あたり」などの割った値と、そうでない値がある。" in table
    assert f'data-pb-plans="{NINOHE_BASIC}+{KITAMOTO}"' in table
    words = spoken("shared words", five)
    assert "2つ以上の計画に共通する統計や名称は1件、名称だけが似ている組は2組あります" in words
    assert "値を比べられるものはありません" in words


def test_the_download_has_a_row_a_series_with_its_own_code(five):
    file = VIEWS["shared"](five).table.as_file.records()
    assert [(r["団体コード"], r["原文の番号"], r["指標"]) for r in file] == [
        ("03213", None, "市内純生産額"),
        ("11233", "5-1", "就業者一人あたり市内純生産"),
    ]
    assert file[1]["当初値"] == pytest.approx(431.5)
    assert file[0]["当初値"] is None
    assert file[1]["理由"].startswith("当初値か目標値が数値で載っているのは2計画のうち1計画。")


def test_shared_words_are_marked_in_both_names(five):
    table = VIEWS["alike"](five).table.html().markup
    assert "<mark>地域活動参加</mark>率" in table
    assert "<mark>地域活動</mark>に<mark>参加</mark>している市民の割合" in table


def test_the_values_of_shared_indicators_lead_to_their_lines(five):
    page = page_of(five)
    words = compare_kpi_shared.shared_values(page, five).markup
    assert 'class="pb-num"' in words
    assert "431.5万円" in words
    assert "掲載なし" in words
    assert "26行目" in page.source_list().plain()


def test_a_large_table_of_values_is_folded(five, monkeypatch):
    assert "<details" not in markup("shared values", five)
    monkeypatch.setattr(compare_kpi_shared, "MOST_OPEN", 1)
    assert "2系列の当初値と目標値を見る" in markup("shared values", five)


def test_what_the_tables_leave_out_is_said(five, country, monkeypatch):
    assert spoken("left out", five) == ""
    plans = [
        add_plan(country, 1, [indicator("移住者数"), indicator("創業の件数"), indicator("図書館の利用者数")]),
        add_plan(country, 2, [indicator("移住者数"), indicator("創業件数"), indicator("図書館利用者数")]),
        add_plan(country, 3, [indicator("移住者数"), indicator("創業の件数")]),
    ]
    monkeypatch.setattr(compare_kpi_shared, "MOST_SHARED", 1)
    monkeypatch.setattr(shared_indicators, "MOST_PAIRS", 1)
    comparison = gather_kpi_comparison(plans)
    words = spoken("left out", comparison)
    assert "全部で2あり、表には、載せている計画の多いほうから1を示しています" in words
    assert [row["何が同じか"] for row in records("shared", comparison)] == ["名称「移住者数」"]
    assert f"似た名称の組は全部で{comparison.alike.found}あり、表には、名称の近いほうから1を" in words
    monkeypatch.setattr(shared_indicators, "MOST_NAMES", 2)
    assert "似た名称は探していません" in spoken("left out", gather_kpi_comparison(plans))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("units", ("%", None)), "単位が違う（%、単位の記載なし）。"),
        (Reason("types", ("level", "annual_flow")), "数え方が違う（ある時点の量、年間の量）。"),
        (Reason("groups", (None, "男性")), "区分が違う（区分なし、男性）。"),
        (Reason("baseline_years", ("2019", "FY2020")), "当初値の年が違う（2019年、2020年度）。"),
        (Reason("statistics", ("births-register", "births-vital")), "もとになる統計が違う（住民基本台帳の出生者数、人口動態統計の出生数）。"),
        (Reason("some_values", plans=2, total=1234), "当初値か目標値が数値で載っているのは1,234計画のうち2計画。"),
    ],
)  # fmt: skip
def test_reasons_in_words(five, reason, words):
    shared = replace(five.shared[0].values, reasons=(reason,))
    assert compare_kpi_reasons.reason_sentences(shared, five.plans[0].plan.reference) == words


def test_every_reason_that_can_be_given_has_its_sentence():
    import ast  # noqa: PLC0415
    import inspect  # noqa: PLC0415

    from planbook.summary.comparison import comparable_values  # noqa: PLC0415

    calls = [
        node.args[0]
        for node in ast.walk(ast.parse(inspect.getsource(comparable_values)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason"
    ]
    keys = {arg.value for arg in calls if isinstance(arg, ast.Constant)}
    keys |= {f"{kind}_{end}" for kind in ("baseline", "target") for end in ("undated", "years")}
    assert keys == set(compare_kpi_reasons.SENTENCES)


@pytest.mark.parametrize(
    ("first", "others", "expected"),
    [
        (["a", "b", "c"], None, "a+b a+c b+c"),
        (["a", "a", "b"], None, "a+b"),
        (["a"], ["b", "c"], "a+b a+c"),
        (["a", "b"], ["b"], "a+b"),
    ],
)
def test_a_row_of_several_plans_asks_for_two_of_them(first, others, expected):
    assert compare_kpi_reasons.pair_ids(first, others) == expected


def test_a_row_that_very_many_plans_share_stays_while_any_is_chosen():
    many = [f"p{n}" for n in range(40)]
    assert compare_kpi_reasons.pair_ids(many) == " ".join(many)


# ------------------------------------------------------------------------------------------------ targets


def test_no_target_is_put_beside_another_in_the_real_plans(five):
    words = spoken("targets", five)
    assert words.startswith(
        "同じ統計の同じ単位の目標を、2つ以上の計画が数値で掲げている例は、手元の資料にはありません"
    )
    assert "<figure" not in markup("targets", five)


def two_with_targets(country) -> KpiComparison:
    return gather_kpi_comparison(
        [
            add_plan(country, 1, [rate(base="1.30 @ 2018", aim="1.60 @ 2025"), births(base="340 @ 2018", aim="380 @ 2025")]),
            add_plan(country, 2, [rate(base="1.45 @ 2020", aim="1.45 @ 2025"), births(base="1200 @ 2018", aim="1100 @ 2025")]),
        ]
    )  # fmt: skip


def test_planned_changes_side_by_side_on_one_scale(country):
    comparison = two_with_targets(country)
    page = page_of(comparison)
    words = compare_kpi_targets.target_figures(page, comparison).markup
    assert words.count("<figure") == 2
    assert 'id="compare-kpis-targets-1"' in words
    assert '<div data-pb-plans="47999-strategy-1+47999-strategy-2"><figure' in words
    assert "+11.8%" in words  # 40 ÷ 340
    assert "−8.3%" in words  # −100 ÷ 1,200
    assert "1.45を保つ" in words
    specs = [json.loads(part.split("</script>")[0]) for part in words.split('class="pb-spec">')[1:]]
    for spec, domain in zip(specs, ([0.0, 0.3], [-8.333, 11.765]), strict=True):
        star = spec["layer"][-1 if domain[0] == 0 else -2]
        assert star["encoding"]["x"]["scale"]["domain"] == pytest.approx(domain, abs=0.001)
        assert star["encoding"]["y"]["sort"] == ["架空市\n第1期", "架空市\n第2期"]
    # births: the same years in both plans; the rate: 2018 and 2020
    assert words.count("当初値の年と目標の年度が計画によって違います") == 1
    assert "同じ統計で同じ単位の目標の大きさまでです" in "".join(said(comparison))


def test_counts_that_depend_on_the_size_of_the_place_have_a_table_alone(country):
    plans = [
        add_plan(country, 1, [births(base="50 @ 2018", aim="60 @ 2025")]),
        add_plan(country, 2, [births(base="40", aim="45 @ 2025")]),
    ]
    words = markup("targets", gather_kpi_comparison(plans))
    assert 'class="pb-chart"' not in words
    assert "まちの大きさによって変わる数なので" in words
    assert "何年かけた変化かは比べられません" in words  # the second baseline has no year
    assert "+10人" in words


def test_more_targets_than_a_chart_holds_have_a_table_alone(country, monkeypatch):
    monkeypatch.setattr(compare_kpi_targets, "MOST_DRAWN", 1)
    words = markup("targets", two_with_targets(country))
    assert 'class="pb-chart"' not in words
    assert "目標値：住民基本台帳の出生者数" in words
    assert "まちの大きさによって" not in words  # that is not the reason


def test_two_targets_of_one_plan_are_told_apart_in_the_chart(country):
    twice = [
        births(base="340 @ 2018", aim="380 @ 2025"),
        births(base="300 @ 2018", aim="310 @ 2025", name="出生者の数"),
    ]
    comparison = gather_kpi_comparison(
        [add_plan(country, 1, twice), add_plan(country, 2, [births(base="1200 @ 2018", aim="1300 @ 2025")])]
    )
    words = markup("targets", comparison)
    assert "架空市\\n第1期\\n出生者の数" in words


# ------------------------------------------------------------------------------------------------ standing


def test_without_actuals_nothing_is_counted(five):
    assert spoken("standing", five).startswith("実績は、この本のデータにまだありません")


def test_one_plan_with_actuals_is_no_comparison(country):
    judged = load_plan(country.root, add_judged_plan(country))
    comparison = gather_kpi_comparison([judged, plan_of(KITAMOTO)])
    assert spoken("standing", comparison).startswith("実績がこの本のデータにあるのは架空市第1期だけです")


def test_marks_are_counted_by_plan_and_rule_and_never_averaged(country):
    judged = load_plan(country.root, add_judged_plan(country))
    second = [
        # 0.05 of 0.10 after half of six years
        rate(base="1.45 @ 2020", aim="1.55 @ 2026", actual=["1.50 @ 2023"]),
        births(base="1200 @ 2020", aim="1300 @ 2026", actual=["1210 @ 2023"]),
    ]
    comparison = gather_kpi_comparison([judged, add_plan(country, 2, second)])
    words = markup("standing", comparison)
    assert words.count("<figure") == 1  # one rule for all
    table = compare_kpi_standing.state_table(comparison, comparison.with_actuals, own_rule=True)
    rows = [(r["計画"], r["状態"], r["系列の数"], r["実績のある系列の数"]) for r in table.records()]
    # as the page of the first plan counts them: tests/presentation/test_kpi_pages.py
    assert rows[:2] == [
        ("架空市 第1期", "A（経過に見合う進み）", 2, 12),
        ("架空市 第1期", "B（経過より遅れ）", 7, 12),
    ]
    assert rows[-2:] == [
        ("架空市 第2期", "A（経過に見合う進み）", 1, 2),
        ("架空市 第2期", "B（経過より遅れ）", 1, 2),
    ]
    assert sum(n for plan, _, n, _ in rows if plan == "架空市 第1期") == 12
    assert {r["判定基準"].removesuffix("［要確認］") for r in table.records()} == {"国の成長戦略の方式", "-"}
    assert "平均や、達成の順位は計算しません" in spoken("standing", comparison)


def test_under_different_rules_all_are_shown_under_one_as_well(country):
    def plan(number, rule):
        actual = rate(base="1.30 @ 2020", aim="1.60 @ 2026", actual=["1.42 @ 2023"])
        return add_plan(country, number, [actual], rule=rule)

    comparison = gather_kpi_comparison([plan(1, None), plan(2, "tama")])
    words = spoken("standing", comparison)
    # 0.12 of 0.30 in half of the time: 80 % of the pace
    assert "概ね進んでいる" in words
    assert "どの計画も国の成長戦略の方式でみた場合" in words
    same = compare_kpi_standing.state_table(comparison, comparison.with_actuals, own_rule=False)
    assert [r["状態"] for r in same.records()] == ["B（経過より遅れ）"] * 2


# ------------------------------------------------------------------------------------------------ gaps


def test_one_document_with_values_has_nothing_in_common_with_others(five):
    words = spoken("gap words", five)
    assert words == (
        "指標の値が資料に載っているのは北本市第2期総合戦略(案)だけです。書かれていないことに共通点があるかは、いえません。"
    )


def test_what_all_documents_leave_unwritten(country):
    first = [indicator("移住者数", baseline="10 @ 2014"), indicator("創業の件数", "件")]
    second = [indicator("移住者数", baseline="20", target="30 @ 2019")]
    third = [indicator("移住者数", baseline="20 @ 2014")]
    plans = [add_plan(country, 1, first), add_plan(country, 2, second)]
    none = spoken("gap words", gather_kpi_comparison(plans))
    assert none == "値を載せている2計画の資料のすべてに共通する指摘はありません。"
    plans = [add_plan(country, 1, first), add_plan(country, 3, third)]
    common = spoken("gap words", gather_kpi_comparison(plans))
    assert common.startswith("値を載せている2計画の資料のすべてに、「目標値なし」の指摘があります")


def test_findings_are_counted_by_code_then_by_plan_with_what_they_are_of(five):
    rows = compare_kpi_gaps.gap_table(five).records()
    assert rows[0] == {
        "指摘": "当初値なし",
        "計画": "北本市 第2期総合戦略(案)",
        "あてはまる系列": "17のうち2",
    }
    assert {"指摘": "再掲", "計画": "北本市 第2期総合戦略(案)", "あてはまる系列": "18のうち1"} in rows
    assert {
        "指摘": "期間中に値が出ないとみられる",
        "計画": "二戸市 後期基本計画",
        "あてはまる系列": "8のうち2",
    } in rows
    words = markup("gaps", five)
    assert "優劣は示しません" in words
    assert 'href="methods.html#methods-lint"' in words
    assert 'href="11/11233-strategy-2/kpis.html"' in words


def test_names_without_values_leave_nothing_to_say_of_gaps():
    comparison = compare(NINOHE_BASIC, NIHONMATSU)
    assert "指標の値を載せている資料がないので" in spoken("gap words", comparison)


# ------------------------------------------------------------------------------------------------ comparability


def matrix(comparison):
    """Return the rows of the file: there the reason stands apart from what is lacking."""
    return {row["比べること"]: row for row in kpi_comparability.table_kpis(comparison).as_file.records()}


def test_the_matrix_on_the_five_plans(five):
    rows = matrix(five)
    assert {name: row["比べられるか"][0] for name, row in rows.items()} == {
        "指標の名称と種類": "△",
        "指標の数": "×",
        "目標の大きさ": "×",
        "アンケート": "×",
        "進み具合": "×",
        "点検の指摘の数": "×",
    }
    assert rows["指標の名称と種類"]["データや記載のないもの"] == "3計画"
    assert "手元の資料が全文でないものが5計画。" in rows["指標の数"]["理由"]
    assert "5計画のうち1計画。うち回答者数のあるものは0計画。" in rows["アンケート"]["理由"]


def test_the_matrix_of_full_texts_with_shared_targets(country):
    rows = matrix(two_with_targets(country))
    assert rows["指標の名称と種類"]["比べられるか"] == "○ 比べられる"
    assert rows["指標の数"]["比べられるか"] == "△ 一部だけ"
    assert rows["目標の大きさ"]["比べられるか"] == "△ 一部だけ"
    assert "掲げているものの数は2。" in rows["目標の大きさ"]["理由"]
    assert rows["点検の指摘の数"]["比べられるか"] == "△ 一部だけ"
    assert rows["進み具合"]["データや記載のないもの"] == "架空市 第1期、架空市 第2期"


def test_every_two_plans(five, country):
    (row,) = kpi_comparability.list_pairs(five)
    assert (row["first"], row["second"]) == ("二戸市 後期基本計画", "北本市 第2期総合戦略(案)")
    assert (row["shared"], row["able"], row["alike"]) == (1, 0, 2)
    assert row["plan_ids"] == f"{NINOHE_BASIC}+{KITAMOTO}"
    plans = [
        add_plan(country, 1, [births(base="340 @ 2018", aim="380 @ 2025")]),
        add_plan(country, 2, [births(base="1200 @ 2018", aim="1300 @ 2025")]),
        add_plan(country, 3, [indicator("空き家の戸数", "戸")]),
    ]
    comparison = gather_kpi_comparison(plans)
    assert [(r["shared"], r["able"]) for r in kpi_comparability.list_pairs(comparison)] == [(1, 1)]
    assert "計画の3組のうち、ここにない2組には" in spoken("pairs", comparison)


def test_too_many_pairs_of_plans_are_not_listed(five, monkeypatch):
    monkeypatch.setattr(kpi_comparability, "MOST_PLANS_IN_PAIRS", 1)
    assert "2計画の組ごとの表は、組が多すぎるので示していません" in spoken("pairs", five)


def test_the_chapter_on_methods_states_the_likeness_in_force(repository):
    words = (repository / "book" / "methods.md").read_text(encoding="utf-8")
    section = words[words.index("(methods-compare-kpis)=") :]
    assert f"{shared_indicators.LOWEST_LIKENESS}以上" in section[: section.index("### 数え方の約束")]
