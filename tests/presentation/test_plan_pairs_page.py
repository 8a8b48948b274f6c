"""The page of two plans of one place: what corresponds, what may not be concluded, and several pairs on one page."""

from __future__ import annotations

import json
import math
import re
from functools import cache

import pytest
import vl_convert

from comparison_house import ALL, KITAMOTO, NIHONMATSU, NINOHE, NINOHE_BASIC, plan_of
from goal_comparison_house import (
    PILLARS,
    comparison,
    indicator,
    make_plan,
    measures,
    run_notebook,
    said,
    slips,
    titles_of,
    tops,
)
from planbook.analysis.goal_structure.correspondence import FATES
from planbook.presentation.charts import compare_goals as charts
from planbook.presentation.charts.lines import measure
from planbook.presentation.comparison import pair_tables as tables
from planbook.presentation.comparison import pair_views as views
from planbook.presentation.comparison import pair_words as words
from planbook.presentation.page import OUTPUT_VARIABLE
from planbook.presentation.theme import fix_colours
from planbook.summary.goal_structure.plan_goals import gather_all_goals
from planbook.summary.goal_structure.plan_pairs import count_flows, gather_pairs

REAL = [plan_of(plan_id) for plan_id in ALL]
FIRST, SECOND, THIRD = (f"47999-strategy-{n}" for n in (1, 2, 3))
WHOLE = "47999-comprehensive-1"
GOALS = tops() + measures(2, 1, 0, 1)


@pytest.fixture(autouse=True)
def _in_the_book(monkeypatch):
    monkeypatch.setenv(OUTPUT_VARIABLE, "book")


def line(*, linked=True, **more):
    """第1期 2015, 第2期 2020, 第3期 2027, and a 総合計画 2018 that 第2期 calls the plan above it."""
    second = [("g1", FIRST, "g1"), ("g2", FIRST, "g2"), ("g1-1", FIRST, "g1-1"), ("g1-1", FIRST, "g1-2")]
    third = [("g1", SECOND, "g1"), ("g1", SECOND, "g2"), ("g9", SECOND, "g1")]
    whole = [("p1", None, "policy", "政策1", "しごと"), ("p1-1", "p1", "measure_item", None, "農業を守る")]
    fifth = [("g5", None, "basic_goal", "基本目標5", "つながる地域")]
    births = [indicator("出生数", "g1", "100", "120")]
    return [
        make_plan(1, GOALS, themes=PILLARS, start=2015, indicators=births, **more),
        make_plan(
            2, GOALS + fifth, themes=PILLARS, start=2020, indicators=births, links=second if linked else (),
            related=[("upper", WHOLE, "架空市 総合計画")], **more,
        ),
        make_plan(3, tops(2), start=2027, links=third if linked else (), related=[("predecessor", SECOND, "架空市 第2期")], **more),
        make_plan(
            1, whole, kind="comprehensive", generation="any", start=2018, themes={"p1": "G1"}, coverage="summary",
            **{"title": "架空市 総合計画", **more},
        ),
    ]  # fmt: skip


def two(goals, later, links=(), *, start=2020, first=None, second=None):
    """Two plans of one place; `links` are pairs of ids, later and earlier."""
    return [
        make_plan(1, goals, start=2015, **(first or {})),
        make_plan(2, later, start=start, links=[(g, FIRST, other) for g, other in links], **(second or {})),
    ]


EVERYTHING = [(goal[0], goal[0]) for goal in GOALS]
TWINS = [
    ("a", None, "policy", None, "同じ名前の目標"),
    ("b", None, "policy", None, "同じ名前の目標"),
    ("a-1", "a", "measure", None, "農業を守る"),
    ("b-1", "b", "measure", None, "道路を直す"),
]
BELOW_A_FRAME = [
    ("v", None, "concept_pillar", None, "柱となる考え"),
    ("x", "v", "policy", None, "農業を守る"),
    ("x-1", "x", "measure", None, "水路を直す"),
]
ACROSS = [("g1", "g1"), ("g2", "g2-1"), ("g1-1", "g3"), ("g1-1", "g1-1")]
SETS = {
    "line": line(),
    "line without links": line(linked=False),
    "line of one title": line(title="架空市 計画"),
    "nothing listed": two([], []),
    "one lists nothing": two(GOALS, [], first={"themes": PILLARS}),
    "one top goal": two(tops(1), tops(1), [("g1", "g1")], second={"confirmed": True}),
    "parts of documents": two(
        tops() + measures(9),
        tops() + measures(3),
        [("g1-1", "g1-1")],
        first={"coverage": "web"},
        second={"coverage": "draft", "status": "draft"},
    ),
    "everything linked": two(GOALS, GOALS, EVERYTHING),
    "twins": two(TWINS, TWINS, [("a-1", "b-1")]),
    "across levels": two(GOALS, GOALS, ACROSS),
    "below a frame": two(BELOW_A_FRAME, GOALS, [("g1-1", "x-1")]),
    "forty goals": two(tops(40) + measures(*[1] * 40), tops(9), [("g1", "g1"), ("g2", "g40-1")]),
}  # fmt: skip
REAL_AND_SETS = {"real": REAL, **SETS}
each_set = pytest.mark.parametrize("name", REAL_AND_SETS)


@cache
def pairs_of(name):
    return gather_pairs(gather_all_goals(REAL_AND_SETS[name]))


def pair_of(name, key=f"{FIRST}+{SECOND}"):
    return next(pair for pair in pairs_of(name) if pair.key == key)


def page():
    return comparison("pairs")


@cache
def shown(name):
    return views.pair_sections(page(), pairs_of(name))


def answered(name):
    plans = REAL_AND_SETS[name]
    return said(words.answer(page(), pairs_of(name), len(plans))).split("\n")


def specs(html):
    found = re.findall(r'class="pb-spec">(.*?)</script>', str(html), re.S)
    return [json.loads(one) for one in found]


# ------------------------------------------------------------------------------------------------ the whole page


@each_set
def test_a_whole_page_has_no_slip(monkeypatch, name):
    plans = REAL_AND_SETS[name]
    assert slips(run_notebook("same_place", plans, monkeypatch), *titles_of(plans)) == []


@each_set
def test_the_order_in_which_plans_are_given_changes_nothing(name):
    back = gather_pairs(gather_all_goals(REAL_AND_SETS[name][::-1]))
    assert str(views.pair_sections(page(), back)) == str(shown(name))


@each_set
def test_ids_are_unique_and_every_section_asks_for_both_plans(name):
    markup = str(shown(name))
    ids = re.findall(r'\bid="([^"]*)"', markup)
    assert len(ids) == len(set(ids))
    sections = re.findall(r'<section class="pb-pair" data-pb-plans="([^"]*)">', markup)
    assert sections == [pair.key for pair in pairs_of(name)]
    assert markup.count("<section") == markup.count("</section>") == len(sections)


def test_a_line_of_three_and_a_whole_plan_makes_five_pairs():
    keys = {pair.key for pair in pairs_of("line")}
    assert keys == {
        f"{FIRST}+{SECOND}",
        f"{SECOND}+{THIRD}",
        f"{FIRST}+{WHOLE}",
        f"{WHOLE}+{SECOND}",
        f"{WHOLE}+{THIRD}",
    }
    ids = re.findall(r'\bid="([^"]*)"', str(shown("line")))
    assert f"compare-pairs-parts-{FIRST}-{SECOND}" in ids
    assert f"compare-pairs-flows-{FIRST}-{SECOND}" in ids
    assert (
        len(ids) == 6
    )  # a table of all items for each pair, and one picture: the others have no links below the top


def test_pairs_of_different_places_are_no_pairs():
    assert [pair.key for pair in pairs_of("real")] == [f"{NINOHE}+{NINOHE_BASIC}"]
    assert views.pair_sections(page(), []).markup == ""


# ---------------------------------------------------------------------------------------------------- the answer


def test_the_answer_of_ninohe():
    first, second = "二戸市 第1期総合戦略", "二戸市 後期基本計画"
    assert answered("real") == [
        f"{first}と{second}を、目標の対応でならべました。{first}の資料は、「第2次二戸市総合計画」を上位の計画としています。手元にあるのは、{second}です。",
        f"{first}の4つの最上位の目標のすべてに、{second}に対応する目標があります（言いかえが1件、組みかえが3件）。",
        f"{first}の概要、{second}の概要には計画の項目が省かれていることがあるので、対応のない項目も、なくなったとは言えません。",
    ]


@pytest.mark.parametrize(
    ("plans", "sentence"),
    [
        ([], "ならべる計画が二つ以上ないので、見くらべるものがありません。"),
        ([plan_of(KITAMOTO)], "ならべる計画が二つ以上ないので、見くらべるものがありません。"),
        (
            [plan_of(KITAMOTO), plan_of(NIHONMATSU)],
            "ならべた2つの計画の中に、同じ市区町村の二つの計画はありません。",
        ),
        (
            line(),
            "同じ市区町村の計画、上位の計画とそれを受ける計画など、5組をならべました。順位はつけません。",
        ),
    ],
)
def test_the_answer_of_no_and_of_many_pairs(plans, sentence):
    pairs = gather_pairs(gather_all_goals(plans))
    assert said(words.answer(page(), pairs, len(plans))) == sentence


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (f"{FIRST}+{SECOND}", "どちらも同じ市区町村の計画です。"),
        (f"{SECOND}+{THIRD}", "架空市 第3期の資料は、架空市 第2期を前の計画としています。"),
        # the plan above began earlier, or later, than the one that names it
        (f"{WHOLE}+{SECOND}", "架空市 第2期の資料は、架空市 総合計画を上位の計画としています。"),
    ],
)
def test_how_the_plans_are_related(key, sentence):
    assert words.relation_words(pair_of("line", key)) == sentence


@pytest.mark.parametrize(("relation", "word"), [("upper", "上位"), ("predecessor", "前")])
def test_a_document_that_names_more_than_is_at_hand(relation, word):
    """The strategy of 2015 cannot have named the second half of a plan that begins in 2021."""
    plans = [
        make_plan(1, tops(), start=2015),
        make_plan(2, tops(), start=2020, related=[(relation, FIRST, "第2次架空市計画")]),
    ]
    (pair,) = gather_pairs(gather_all_goals(plans))
    assert words.relation_words(pair) == (
        f"架空市 第2期の資料は、「第2次架空市計画」を{word}の計画としています。手元にあるのは、架空市 第1期です。"
    )


@pytest.mark.parametrize("start", [2010, 2030])
def test_an_upper_plan_is_named_whichever_began_first(start):
    plans = [
        make_plan(1, GOALS, start=2020, related=[("upper", WHOLE, "架空市 総合計画")]),
        make_plan(1, tops(1), kind="comprehensive", generation="any", start=start, title="架空市 総合計画"),
    ]
    (pair,) = gather_pairs(gather_all_goals(plans))
    assert (pair.earlier.plan.file.kind == "comprehensive") == (start == 2010)
    assert words.relation_words(pair) == "架空市 第1期の資料は、架空市 総合計画を上位の計画としています。"


# ------------------------------------------------------------------------------------------------- the top goals


@pytest.mark.parametrize(
    ("name", "key", "sentence"),
    [
        ("line without links", f"{FIRST}+{SECOND}", "目標の対応は、まだ入力されていません。"),
        ("parts of documents", f"{FIRST}+{SECOND}", "最上位の目標どうしの対応は、入力されていません。"),
        ("nothing listed", f"{FIRST}+{SECOND}", "目標の対応は、まだ入力されていません。"),
        (
            "one top goal",
            f"{FIRST}+{SECOND}",
            "架空市 第1期の最上位の目標は一つで、架空市 第2期に対応する目標があります（同じ名称）。",
        ),
        (
            "line",
            f"{FIRST}+{SECOND}",
            "架空市 第1期の4つの最上位の目標のうち、架空市 第2期に対応する目標があるのは2つです（同じ名称が2件）。",
        ),
        (
            "line",
            f"{SECOND}+{THIRD}",
            "架空市 第2期の5つの最上位の目標のうち、架空市 第3期に対応する目標があるのは2つです（まとまったが2件）。",
        ),
        (
            "everything linked",
            f"{FIRST}+{SECOND}",
            "架空市 第1期の4つの最上位の目標のすべてに、架空市 第2期に対応する目標があります（同じ名称が4件）。",
        ),
        (
            "forty goals",
            f"{FIRST}+{SECOND}",
            "架空市 第1期の40の最上位の目標のうち、架空市 第2期に対応する目標があるのは1つです（同じ名称が1件）。",
        ),
    ],
)  # fmt: skip
def test_what_became_of_the_top_goals(name, key, sentence):
    assert said(words.top_sentence(page(), pair_of(name, key))) == sentence


@pytest.mark.parametrize(
    ("links", "fates"),
    [
        ([("g2", "g1")], "言いかえが1件"),
        ([("g1", "g1"), ("g2", "g1")], "分かれたが1件"),
        ([("g1", "g1"), ("g1", "g2")], "まとまったが2件"),
        ([("g1", "g1"), ("g1", "g2"), ("g2", "g2")], "組みかえが2件"),
        (
            [("g3", "g3"), ("g1", "g1"), ("g2", "g1"), ("g4", "g2")],
            "同じ名称が1件、言いかえが1件、分かれたが1件",
        ),
    ],
)
def test_what_a_goal_can_become(links, fates):
    (pair,) = gather_pairs(gather_all_goals(two(tops(), tops(), links)))
    assert said(words.top_sentence(page(), pair)).endswith(f"（{fates}）。")


def test_every_fate_has_a_word():
    assert set(words.FATE_WORDS) == set(FATES)
    assert len(set(words.FATE_WORDS.values())) == len(FATES)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("everything linked", "対応はこの本の読みなので、対応のない項目も、なくなったとは限りません。"),
        (
            "parts of documents",
            "架空市 第1期のウェブページ、架空市 第2期の案には計画の項目が省かれていることがあるので、対応のない項目も、なくなったとは言えません。",
        ),
        ("line without links", ""),
    ],
)
def test_what_has_no_partner_is_not_dropped(name, sentence):
    assert said(words.omission_sentence(page(), pair_of(name))) == sentence
    assert "<p></p>" not in str(shown(name))


# ------------------------------------------------------------------------------------------ below the top goals

OPEN = "「新たな産業の創出」、「地域外からの資金獲得と地域経済循環の推進」、「新たな産業創出と地域が潤う経済循環の確立」、「中心部と周辺部の特徴を生かしたまちづくりの推進」"


@pytest.mark.parametrize(
    ("side", "sentence"),
    [
        (
            "earlier",
            "二戸市 第1期総合戦略の、最上位の目標の下にある31項目のうち、二戸市 後期基本計画に対応を入力したのは17項目です。ほかに、上か下の項目に対応があるのが10項目です。どこにも対応がないのは4項目（",
        ),
        (
            "later",
            "二戸市 後期基本計画の、最上位の目標の下にある65項目のうち、二戸市 第1期総合戦略に対応を入力したのは17項目です。ほかに、上か下の項目に対応があるのが15項目です。どこにも対応がないのは33項目です。",
        ),
    ],
)  # fmt: skip
def test_items_of_ninohe(side, sentence):
    (pair,) = pairs_of("real")
    found = said(words.part_sentence(page(), pair, side))
    assert found.startswith(sentence)
    if side == "earlier":
        assert sorted(found.partition("4項目（")[2].removesuffix("）です。").split("、")) == sorted(
            OPEN.split("、")
        )


@pytest.mark.parametrize(
    ("name", "side", "sentence"),
    [
        ("line without links", "earlier", "架空市 第1期の、最上位の目標の下にあるのは4項目です。"),
        ("one lists nothing", "later", "架空市 第2期の資料には、最上位の目標より下の掲載がありません。"),
        ("one top goal", "earlier", "架空市 第1期の資料には、最上位の目標より下の掲載がありません。"),
        (
            "everything linked",
            "later",
            "架空市 第2期の、最上位の目標の下にある4項目のうち、架空市 第1期に対応を入力したのは4項目です。どこにも対応のない項目はありません。",
        ),
        (
            "line",
            "later",
            "架空市 第2期の、最上位の目標の下にある4項目のうち、架空市 第1期に対応を入力したのは1項目です。どこにも対応がないのは3項目（「しごとをの施策乙」、「人の流れをの施策甲」、「まちの施策甲」）です。",
        ),
        (
            "parts of documents",
            "earlier",
            "架空市 第1期の、最上位の目標の下にある9項目のうち、架空市 第2期に対応を入力したのは1項目です。どこにも対応がないのは8項目です。",
        ),
    ],
)  # fmt: skip
def test_how_many_items_have_a_partner(name, side, sentence):
    assert said(words.part_sentence(page(), pair_of(name), side)) == sentence


def file_of(pair):
    return tables.view_parts(pair).table.as_file.records()


@each_set
def test_the_download_has_every_link_and_every_item_once(name):
    """Also a link from a top goal to an item below one: it stands in no group of one level."""
    for pair in pairs_of(name):
        if tables.view_parts(pair) is None:
            assert not pair.links or name == "one top goal"
            continue
        records, (first, second) = file_of(pair), words.names_of(pair)
        assert sum(row["根拠の語"] is not None for row in records) == len(pair.links)
        for title, facts in ((first, pair.earlier), (second, pair.later)):
            found = {row[title] for row in records} - {None}
            assert {goal.heading for goal in facts.tree.nodes} <= found


def test_links_across_levels_are_shown_with_their_partner():
    pair = pair_of("across levels")
    groups = [(g.earlier[0].goal_id, g.later[0].goal_id) for g in tables.groups_across(pair)]
    assert groups == [("g2-1", "g2"), ("g3", "g1-1")]
    assert "段の違う項目どうしの対応" in said(shown("across levels"))
    assert "段の違う項目どうしの対応" not in said(shown("everything linked"))
    rows = tables.view_parts(pair).table.records()
    partners = {(row["架空市 第1期"], row["架空市 第2期"]) for row in rows}
    assert ("施策1 人の流れをの施策甲", "基本目標2 人の流れをつくる") in partners
    assert ("施策1 人の流れをの施策甲", None) not in partners


def test_items_without_a_partner_say_so_in_the_table():
    rows = tables.view_parts(pair_of("line")).table.records()
    states = [row["どうなったか"] for row in rows]
    assert states == ["まとまった"] + ["対応の入力なし"] * 5
    (pair,) = pairs_of("real")
    states = [row["どうなったか"] for row in tables.view_parts(pair).table.records()]
    assert states.count("上か下の項目に対応") == 10 + 15
    assert states.count("対応の入力なし") == 4 + 33


# ------------------------------------------------------------------------------------------------------ flows


def test_flows_of_ninohe():
    (pair,) = pairs_of("real")
    (spec,) = specs(shown("real"))
    rows = [row for data in spec["datasets"].values() for row in data]
    heads = {goal.goal_id: goal.heading for facts in (pair.earlier, pair.later) for goal in facts.tree.goals}
    found = {(row["earlier"], row["later"]): row["count"] for row in rows}
    flows = {(heads[a], heads[b]): n for (a, b), n in count_flows(pair).items()}
    assert {key: n for key, n in found.items() if n} == flows
    assert len(found) == 4 * 4
    for (first, second), n in flows.items():
        assert f"{first}から{second}に{n}件。" in spec["description"]
    assert found["基本目標Ⅰ 安心して働けるしごとをつくる", "政策1 しごと・産業・交流"] == 3


def test_goals_of_one_name_are_two_columns():
    (spec,) = specs(shown("twins"))
    rows = [row for data in spec["datasets"].values() for row in data]
    assert len({(row["earlier"], row["later"]) for row in rows}) == len(rows) == 4
    assert {row["earlier"]: row["later"] for row in rows if row["count"]} == {
        "同じ名前の目標 b": "同じ名前の目標 a"
    }


def test_without_links_below_the_top_there_is_no_picture():
    assert specs(shown("one top goal")) == []
    assert specs(shown("line without links")) == []


@pytest.mark.parametrize(
    "name", ["real", "line", "twins", "below a frame", "everything linked", "forty goals"]
)
def test_no_head_of_the_flows_is_cut(name):
    assert specs(shown(name))
    for spec in specs(shown(name)):
        svg = vl_convert.vegalite_to_svg(fix_colours({**spec, "width": charts.NARROWEST - 90}))
        texts = ["".join(re.sub(r"<[^>]+>", "", one).split()) for one in re.findall(r"<text[^>]*>(.*?)</text>", svg, re.S)]  # fmt: skip
        rows = [row for data in spec["datasets"].values() for row in data]
        for label in {row["earlier"] for row in rows} | {row["later"] for row in rows}:
            assert "".join(label.split()) in texts
        assert not [one for one in texts if "…" in one]


LONG = "いつまでも住み続けたいと思える安心で快適な暮らしを支える持続可能な都市基盤と交通ネットワークのあるまちをつくる"


def axis_lines(spec, channel):
    axis = next(layer["encoding"][channel]["axis"] for layer in spec["layer"] if layer["encoding"].get(channel, {}).get("axis"))  # fmt: skip
    return [lines.split("\\n") for _, lines in re.findall(r"'([^']*)': '([^']*)'", axis["labelExpr"])]


@pytest.mark.parametrize("columns", [1, 4, 9, 40])
def test_heads_of_the_flows_stand_side_by_side_and_rows_are_high_enough(columns):
    later = tops(columns)
    plans = two(
        [("g1", None, "policy", None, LONG), ("g1-1", "g1", "measure", None, "農業")],
        later + measures(1),
        [("g1-1", "g1-1")],
    )
    (spec,) = specs(views.pair_sections(page(), gather_pairs(gather_all_goals(plans))))
    room = (charts.NARROWEST - charts.SIDE_LETTERS * charts.HEAD_LETTER) / columns
    widest = max(measure(line) for lines in axis_lines(spec, "x") for line in lines)
    assert widest * charts.HEAD_LETTER <= max(room, 2 * charts.HEAD_LETTER)
    (side,) = axis_lines(spec, "y")
    assert "".join(side) == LONG
    assert len(side) * charts.HEAD_LINE <= spec["height"]
    assert math.sqrt(charts.LARGEST / math.pi) * 2 <= charts.FLOW_HEIGHT


# ------------------------------------------------------------------------------------------------------ themes


@pytest.mark.parametrize(
    ("plans", "sentence"),
    [
        (two(tops(), tops()), "国のテーマとの対応は、まだ入力されていません。"),
        (
            two(tops(), tops(), first={"themes": PILLARS}),
            "架空市 第2期には、国のテーマとの対応が入力されていないので、共通するテーマは分かりません。",
        ),
        (
            two(tops(), tops(), first={"themes": {"g1": "G1"}}, second={"themes": {"g2": "G2"}}),
            "どちらの資料にもあるテーマはありません。",
        ),
        (
            two(tops(), tops(), first={"themes": {"g1": "N G1"}}, second={"themes": {"g1": "N G1"}}),
            "どちらの資料にもあるテーマはしごとです。",
        ),
        (
            two(GOALS, tops(), first={"themes": PILLARS}, second={"themes": {"g1": "G1", "g2": "G2"}}),
            "どちらの資料にもあるテーマはしごと、ひとの流れです。数えたものが違うので、数の大小は比べられません。",
        ),
    ],
)
def test_themes_of_both(plans, sentence):
    assert sentence in said(views.pair_sections(page(), gather_pairs(gather_all_goals(plans)))).split("\n")


def test_a_plan_without_themes_has_no_zeros():
    (pair,) = gather_pairs(gather_all_goals(two(tops(), tops(), first={"themes": PILLARS})))
    lines_ = said(views.pair_sections(page(), [pair])).split("\n")
    start = lines_.index("テーマごとの数")
    assert lines_[start + 2 : start + 7] == [
        "架空市 第1期（4つの基本目標）",
        "架空市 第2期（4つの基本目標）",
        "G1 しごと",
        "1",
        "-",
    ]


# ------------------------------------------------------------------------------------- distance and indicators


@pytest.mark.parametrize(
    ("name", "sentence", "table"),
    [
        ("nothing listed", "どちらの資料にも体系の掲載がないので、距離は計算できません。", False),
        ("one lists nothing", "架空市 第2期の資料に体系の掲載がないので、距離は計算できません。", False),
        ("one top goal", "二つの体系の項目は合わせて2です。", True),
        ("everything linked", "二つの体系の項目は合わせて16です。", True),
    ],
)
def test_the_distance_of_the_hierarchies(name, sentence, table):
    assert sentence in said(words.distance_words(page(), pair_of(name)))
    assert ("体系の距離（回）" in said(shown(name))) == table


def test_the_distances_of_the_same_hierarchy_are_none():
    rows = tables.table_distance(pair_of("everything linked")).records()
    assert [(row["回数"], row["二つの項目の数に対する比"]) for row in rows] == [(0, 0)] * 3
    assert len(tables.table_distance(pair_of("line without links")).records()) == 2  # no row for links


def with_indicators(first, second):
    plans = two(tops(), tops(), first={"indicators": first}, second={"indicators": second})
    return gather_pairs(gather_all_goals(plans))[0]


BIRTHS, MOVERS = indicator("出生数", "g1", "100", "120"), indicator("移住した世帯", "g2", unit="世帯")


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ([], [], "架空市 第1期、架空市 第2期の資料に指標の一覧がないので、同じ指標を引き継いだかどうかは分かりません。"),
        ([BIRTHS], [], "架空市 第2期の資料に指標の一覧がないので、同じ指標を引き継いだかどうかは分かりません。"),
        ([], [BIRTHS], "架空市 第1期の資料に指標の一覧がないので、同じ指標を引き継いだかどうかは分かりません。"),
        ([BIRTHS], [MOVERS], "名称の似た指標は見つかりませんでした。言いかえた指標は、文字の近さでは見つかりません。"),
        ([BIRTHS, MOVERS], [BIRTHS], "名称の似た指標が1組あります。数え方が同じかどうかは、名称だけでは分かりません。"),
    ],
)  # fmt: skip
def test_shared_indicators(first, second, sentence):
    pair = with_indicators(first, second)
    assert said(words.indicator_words(page(), pair)) == sentence
    assert ("名称の似た指標\n" in said(views.pair_sections(page(), [pair]))) == ("1組" in sentence)


# --------------------------------------------------------------------------------- what may not be concluded

NAMES = "名称が同じでも中身が同じとは限らず、名称が違っても事業が続いていることがあります。"


def reserved(name, key=f"{FIRST}+{SECOND}"):
    return said(words.reserves(page(), pair_of(name, key))).split("\n")


def test_what_may_not_be_concluded_of_ninohe():
    assert reserved("real", f"{NINOHE}+{NINOHE_BASIC}") == [
        "手元の資料は二戸市 第1期総合戦略の概要、二戸市 後期基本計画の概要で、計画の全文ではありません。対応がないことは、なくなったことや新しく加わったことを意味しません。",
        "二つの計画の期間の間に、2020年度があいています。その間の計画は、ここにならべていません。",
        "総合計画は市区町村の仕事の全体を、総合戦略は人口減少にかかわるところを扱います。一方だけにある項目があるのはふつうです。",
        "対応の入力24件は、語句から読んだだけで、人がまだ確かめていません（要確認）。",
        NAMES,
    ]


@pytest.mark.parametrize(
    ("name", "key", "sentences"),
    [
        ("one top goal", f"{FIRST}+{SECOND}", [NAMES]),
        ("line", f"{FIRST}+{SECOND}", ["対応の入力4件は、語句から読んだだけで、人がまだ確かめていません（要確認）。", NAMES]),
        (
            "line",
            f"{SECOND}+{THIRD}",
            [
                "二つの計画の期間の間に、2025〜2026年度があいています。その間の計画は、ここにならべていません。",
                "入力された対応のうち1件は、いまの資料にない項目を指しているので数えていません。planbook check が場所を示します。",
                "対応の入力2件は、語句から読んだだけで、人がまだ確かめていません（要確認）。",
                NAMES,
            ],
        ),
        (
            "parts of documents",
            f"{FIRST}+{SECOND}",
            [
                "手元の資料は架空市 第1期のウェブページ、架空市 第2期の案で、計画の全文ではありません。対応がないことは、なくなったことや新しく加わったことを意味しません。",
                "対応の入力1件は、語句から読んだだけで、人がまだ確かめていません（要確認）。",
                NAMES,
            ],
        ),
    ],
)  # fmt: skip
def test_what_may_not_be_concluded(name, key, sentences):
    assert reserved(name, key) == sentences


def test_links_of_which_some_are_confirmed():
    """Links may be entered on either side: one of the strategy, confirmed, and two of the plan above it, not yet."""
    plans = [
        make_plan(2, GOALS, start=2020, confirmed=True, links=[("g1", WHOLE, "g1")]),
        make_plan(
            1,
            tops(2),
            kind="comprehensive",
            generation="any",
            start=2018,
            links=[("g2", SECOND, "g2"), ("g1", SECOND, "g2")],
        ),
    ]
    (pair,) = gather_pairs(gather_all_goals(plans))
    sentences = said(words.reserves(page(), pair)).split("\n")
    assert "対応の入力3件のうち2件は、語句から読んだだけで、人がまだ確かめていません（要確認）。" in sentences


def test_no_year_between_plans_that_follow_or_overlap():
    for start in (2018, 2020):
        (pair,) = gather_pairs(gather_all_goals(two(tops(), tops(), start=start)))
        assert "あいています" not in said(words.reserves(page(), pair))


# ------------------------------------------------------------------------------ plans of one title, and escaping


def test_plans_of_one_title_are_told_apart():
    pair = pair_of("line of one title")
    first, second = words.names_of(pair)
    assert first != second
    for row in file_of(pair):
        assert {first, second} <= set(row)
    text_ = said(views.pair_sections(page(), [pair]))
    assert f"{first}の4つの最上位の目標のうち、{second}に対応する目標があるのは" in text_
    assert words.names_of(pair_of("line")) == ("架空市 第1期", "架空市 第2期")


EVIL = "<script>alert(1)</script>&<b>計画"


def test_titles_stay_text_and_nothing_is_marked():
    goals = [
        ("g1", None, "basic_goal", "<i>1", f"{EVIL}しごと'\"\\"),
        ("g1-1", "g1", "measure", None, "農業<img src=x>"),
    ]
    both = {"title": EVIL, "themes": {"g1": "G1"}, "indicators": [indicator(f"{EVIL}数", "g1", "1", "2")]}
    plans = two(goals, goals, [("g1", "g1"), ("g1-1", "g1-1")], first=both, second=both)
    markup = str(views.pair_sections(page(), gather_pairs(gather_all_goals(plans))))
    prose = re.sub(r'<script type="application/json"[^>]*>.*?</script>', "", markup, flags=re.S)
    assert not re.search(r"<(?:script|img|i>|b>|mark)", prose)
    assert "<script>alert" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&lt;b&gt;計画" in prose
    (spec,) = specs(markup)
    assert EVIL in spec["description"]
    svg = vl_convert.vegalite_to_svg(fix_colours({**spec, "width": 300}))
    assert "<script>alert" not in svg


def test_candidates_are_shown_as_candidates():
    (pair,) = pairs_of("real")
    assert pair.suggestions
    words_ = said(shown("real"))
    assert "文字の重なりから挙げた候補です。対応するかどうかは、人が決めます。" in words_
    (none,) = gather_pairs(gather_all_goals(two(tops(1), tops(1), [("g1", "g1")])))
    assert "候補" not in said(views.pair_sections(page(), [none]))
