"""The page of two plans of one place: what corresponds, what may not be concluded, and several pairs on one page."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from functools import cache
from html import unescape

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
from planbook.presentation.html import Html
from planbook.presentation.page import OUTPUT_VARIABLE
from planbook.presentation.theme import fix_colours
from planbook.summary.goal_structure.plan_goals import gather_all_goals
from planbook.summary.goal_structure.plan_pairs import count_flows, gather_pairs
from planbook.vocabulary.characters import fold

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
    """Two plans of one place; `links` are ids, later and earlier, and words, later and earlier, with a note."""
    links = [(own, FIRST, other, *reasons) for own, other, *reasons in links]
    return [
        make_plan(1, goals, start=2015, **(first or {})),
        make_plan(2, later, start=start, links=links, **(second or {})),
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
#: Later and earlier: one of the same name, one reworded, one split, two merged, two regrouped; g6 and g9 stand alone.
EVERY_FATE = [
    *(("g1", "g1"), ("g3", "g2"), ("g2", "g3"), ("g4", "g3"), ("g5", "g4"), ("g5", "g5")),
    *(("g7", "g7"), ("g8", "g7"), ("g7", "g8"), ("g8", "g8")),
]
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
    "every fate": two(tops(9), tops(9), EVERY_FATE),
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
    sections = re.findall(r'<section class="pb-pair" id="([^"]*)" data-pb-plans="([^"]*)">', markup)
    assert sections == [(words.anchor_of(pair), pair.key) for pair in pairs_of(name)]
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
    dashed = {key.replace("+", "-") for key in keys}
    ids = re.findall(r'\bid="([^"]*)"', str(shown("line")))
    # a section and a table of all items for each pair, one picture: the others have no links below the top; and
    # one table of what they share of indicators: the others list none
    assert sorted(ids) == sorted(
        [f"pair-{key}" for key in dashed]
        + [f"compare-pairs-parts-{key}" for key in dashed]
        + [f"compare-pairs-flows-{FIRST}-{SECOND}", f"compare-pairs-shared-{FIRST}-{SECOND}"]
    )


def test_pairs_of_different_places_are_no_pairs():
    assert [pair.key for pair in pairs_of("real")] == [f"{NINOHE}+{NINOHE_BASIC}"]
    assert views.pair_sections(page(), []).markup == ""


# ---------------------------------------------------------------------------------------------------- the answer


def test_the_answer_of_ninohe():
    first, second = "二戸市 第1期総合戦略", "二戸市 後期基本計画"
    assert answered("real") == [
        f"{first}と{second}を、目標の対応でならべました。{first}の資料から、「第2次二戸市総合計画」を上位の計画と読みました。手元にあるのは{second}で、{first}より後に始まっています。{first}がよったときの資料ではありません。",
        f"{first}の4つの最上位の目標のすべてに、{second}に対応する目標があります（名称が違う 1件、二つ以上で一つに対応 2件、二つ以上どうしで対応 1件）。",
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
    lead, *items = said(words.answer(page(), pairs, len(plans))).split("\n")
    assert lead == sentence
    assert len(items) == (len(pairs) if len(pairs) > 1 else 0)


@pytest.mark.parametrize("name", ["line", "line without links", "line of one title"])
def test_of_several_pairs_each_is_named_with_a_link_to_its_section(name):
    pairs = pairs_of(name)
    markup = str(words.answer(page(), pairs, len(REAL_AND_SETS[name])))
    items = re.findall(r'<li data-pb-plans="([^"]*)"><a href="#([^"]*)">(.*?)</a>(.*?)</li>', markup)
    assert [item[0] for item in items] == [pair.key for pair in pairs]
    ids = re.findall(r'\bid="([^"]*)"', str(shown(name)))
    assert all(ids.count(item[1]) == 1 for item in items)
    assert len({item[1] for item in items}) == len(pairs)
    for pair, (_, _, title, sentence) in zip(pairs, items, strict=True):
        assert unescape(title) == " と ".join(words.names_of(pair))
        assert unescape(sentence) == f"：{said(words.top_sentence(page(), pair))}"
    assert len({item[2] for item in items}) == len(pairs)


def sentences_of(html):
    return {
        f"{one}。"
        for line_ in said(html).split("\n")
        for one in line_.split("。")
        if line_.endswith("。") and one
    }


@pytest.mark.parametrize("name", [name for name in REAL_AND_SETS if not name.startswith("line")])
def test_what_the_answer_says_of_the_only_pair_its_section_does_not_repeat(name):
    lead = sentences_of(words.answer(page(), pairs_of(name), len(REAL_AND_SETS[name])))
    assert len(lead) >= 3
    assert not lead & sentences_of(shown(name))


@pytest.mark.parametrize("name", ["line", "line without links"])
def test_the_section_of_one_of_several_pairs_begins_with_what_corresponds(name):
    for pair, section in zip(pairs_of(name), str(shown(name)).split("<section")[1:], strict=True):
        opening = said(Html(re.search(r"</h2>(<p>.*?</p>)<h3>", section)[1]))
        said_first = [words.top_sentence(page(), pair), words.omission_sentence(page(), pair)]
        assert opening == words.relation_words(pair) + "".join(said(one) for one in said_first)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (f"{FIRST}+{SECOND}", "どちらも同じ市区町村の計画です。"),
        (f"{SECOND}+{THIRD}", "架空市 第3期の資料から、架空市 第2期を前の計画と読みました。"),
        # the plan above began earlier, or later, than the one that names it
        (f"{WHOLE}+{SECOND}", "架空市 第2期の資料から、架空市 総合計画を上位の計画と読みました。"),
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
        f"架空市 第2期の資料から、「第2次架空市計画」を{word}の計画と読みました。手元にあるのは架空市 第1期です。"
    )


@pytest.mark.parametrize("start", [2010, 2030])
def test_an_upper_plan_is_named_whichever_began_first(start):
    plans = [
        make_plan(1, GOALS, start=2020, related=[("upper", WHOLE, "架空市 総合計画")]),
        make_plan(1, tops(1), kind="comprehensive", generation="any", start=start, title="架空市 総合計画"),
    ]
    (pair,) = gather_pairs(gather_all_goals(plans))
    assert (pair.earlier.plan.file.kind == "comprehensive") == (start == 2010)
    assert words.relation_words(pair) == "架空市 第1期の資料から、架空市 総合計画を上位の計画と読みました。"


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
            "架空市 第1期の4つの最上位の目標のうち、架空市 第2期に対応する目標があるのは2つです（同じ名称 2件）。",
        ),
        (
            "line",
            f"{SECOND}+{THIRD}",
            "架空市 第2期の5つの最上位の目標のうち、架空市 第3期に対応する目標があるのは2つです（まとまった 2件）。",
        ),
        (
            "everything linked",
            f"{FIRST}+{SECOND}",
            "架空市 第1期の4つの最上位の目標のすべてに、架空市 第2期に対応する目標があります（同じ名称 4件）。",
        ),
        (
            "forty goals",
            f"{FIRST}+{SECOND}",
            "架空市 第1期の40の最上位の目標のうち、架空市 第2期に対応する目標があるのは1つです（同じ名称 1件）。",
        ),
    ],
)  # fmt: skip
def test_what_became_of_the_top_goals(name, key, sentence):
    assert said(words.top_sentence(page(), pair_of(name, key))) == sentence


@pytest.mark.parametrize(
    ("links", "fates"),
    [
        ([("g2", "g1")], "言いかえ 1件"),
        ([("g1", "g1"), ("g2", "g1")], "分かれた 1件"),
        ([("g1", "g1"), ("g1", "g2")], "まとまった 2件"),
        # of two goals that share a partner, one has nothing else: a third is not its partner
        ([("g1", "g1"), ("g1", "g2"), ("g2", "g2")], "まとまった 1件、組みかえ 1件"),
        ([("g1", "g1"), ("g1", "g2"), ("g2", "g1"), ("g2", "g2")], "組みかえ 2件"),
        (
            [("g3", "g3"), ("g1", "g1"), ("g2", "g1"), ("g4", "g2")],
            "同じ名称 1件、言いかえ 1件、分かれた 1件",
        ),
    ],
)
def test_what_a_goal_can_become(links, fates):
    (pair,) = gather_pairs(gather_all_goals(two(tops(), tops(), links)))
    assert said(words.top_sentence(page(), pair)).endswith(f"（{fates}）。")


def test_every_fate_has_a_word():
    for found in (words.FATE_WORDS, words.SUCCESSION_WORDS):
        assert set(found) == set(FATES)
        assert len(set(found.values())) == len(FATES)


SUCCEEDING = ("どうなったか", "同じ名称", "言いかえ", "分かれた", "まとまった", "組みかえ", "対応の入力なし")
NEUTRAL = (
    "対応のしかた", "同じ名称", "名称が違う", "一つに二つ以上が対応", "二つ以上で一つに対応", "二つ以上どうしで対応",
    "対応の入力なし",
)  # fmt: skip
HOW_RELATED = {
    "one kind": ({}, SUCCEEDING),
    "predecessor": ({"related": [("predecessor", FIRST, "架空市 第1期")]}, SUCCEEDING),
    "predecessor of another kind": (
        {"kind": "comprehensive", "generation": "any", "related": [("predecessor", FIRST, "架空市 第1期")]},
        SUCCEEDING,
    ),
    "upper": ({"related": [("upper", FIRST, "架空市 第1期")]}, NEUTRAL),
    "another kind": ({"kind": "comprehensive", "generation": "any"}, NEUTRAL),
}


#: The same nine goals below one top goal: so the table of all items and its download say what became of them.
NINE_BELOW = [("top", None, "policy", None, "すべて"), *((goal, "top", *rest) for goal, _, *rest in tops(9))]


@pytest.mark.parametrize("how", HOW_RELATED)
def test_what_became_of_a_goal_is_said_only_of_plans_that_follow_each_other(how):
    second, own = HOW_RELATED[how]
    heading, kept, reworded, split, merged, regrouped, unmatched = own
    at_top, below = (
        gather_pairs(gather_all_goals(two(goals, goals, links, second=second)))[0]
        for goals, links in ((tops(9), EVERY_FATE), (NINE_BELOW, [("top", "top"), *EVERY_FATE]))
    )
    for pair, matches in ((at_top, at_top.tops), (below, below.parts)):
        found = said(words.answer(page(), [pair], 2)) + said(views.pair_sections(page(), [pair]))
        assert not [word for word in set(SUCCEEDING + NEUTRAL) - set(own) if word in found]
        assert [row[heading] for row in tables.table_matches(pair, matches).records()] == [
            kept, reworded, split, merged, merged, unmatched, regrouped, regrouped, *[unmatched] * 3,
        ]  # fmt: skip
    assert said(words.top_sentence(page(), at_top)).endswith(
        f"（{kept} 1件、{reworded} 1件、{split} 1件、{merged} 2件、{regrouped} 2件）。"
    )
    assert Counter(row[heading] for row in file_of(below)) == Counter(
        {kept: 2, reworded: 1, split: 2, merged: 2, regrouped: 4, unmatched: 4}
    )


def test_ninohe_s_strategy_and_plan_above_are_no_succession():
    text_ = said(shown("real")) + "\n".join(answered("real"))
    assert not [word for word in set(SUCCEEDING) - set(NEUTRAL) if word in text_]
    assert set(NEUTRAL) - {"同じ名称"} <= set(said(shown("real")).split("\n"))


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

OPEN = "「新たな産業の創出」、「地域外からの資金獲得と地域経済循環の推進」、「新たな産業創出と地域が潤う経済循環の確立」"


@pytest.mark.parametrize(
    ("side", "sentence"),
    [
        (
            "earlier",
            "二戸市 第1期総合戦略の、最上位の目標の下にある31項目のうち、二戸市 後期基本計画に対応を入力したのは18項目です。ほかに、上か下の項目に対応があるのが10項目です。上下の項目にも対応を入力していないのは3項目（",
        ),
        (
            "later",
            "二戸市 後期基本計画の、最上位の目標の下にある65項目のうち、二戸市 第1期総合戦略に対応を入力したのは22項目です。ほかに、上か下の項目に対応があるのが16項目です。上下の項目にも対応を入力していないのは27項目です。",
        ),
    ],
)  # fmt: skip
def test_items_of_ninohe(side, sentence):
    (pair,) = pairs_of("real")
    found = said(words.part_sentence(page(), pair, side))
    assert found.startswith(sentence)
    if side == "earlier":
        assert sorted(found.partition("は3項目（")[2].removesuffix("）です。").split("、")) == sorted(
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
            "架空市 第2期の、最上位の目標の下にある4項目のうち、架空市 第1期に対応を入力したのは4項目です。どの項目も、その項目か上下の項目に対応を入力しています。",
        ),
        (
            "line",
            "later",
            "架空市 第2期の、最上位の目標の下にある4項目のうち、架空市 第1期に対応を入力したのは1項目です。上下の項目にも対応を入力していないのは3項目（「しごとをの施策乙」、「人の流れをの施策甲」、「まちの施策甲」）です。",
        ),
        (
            "parts of documents",
            "earlier",
            "架空市 第1期の、最上位の目標の下にある9項目のうち、架空市 第2期に対応を入力したのは1項目です。上下の項目にも対応を入力していないのは8項目です。",
        ),
    ],
)  # fmt: skip
def test_how_many_items_have_a_partner(name, side, sentence):
    assert said(words.part_sentence(page(), pair_of(name), side)) == sentence


def file_of(pair):
    return tables.view_parts(pair).table.as_file.records()


@each_set
def test_the_download_has_every_link_and_every_item_once(name):
    """Also a link from a top goal to an item below one: it stands in the table of no level."""
    for pair in pairs_of(name):
        if tables.view_parts(pair) is None:
            assert not pair.links or name in ("one top goal", "every fate")
            continue
        records, (first, second) = file_of(pair), words.names_of(pair)
        whole = [
            {goal.goal_id: goal for goal in facts.tree.everything} for facts in (pair.earlier, pair.later)
        ]
        assert Counter(
            (row[first], row[second], row[f"{first}の根拠の語"], row[f"{second}の根拠の語"], row["備考"], row["確認"])
            for row in records
            if row["確認"] is not None
        ) == Counter(
            (
                whole[0][link.earlier_id].heading, whole[1][link.later_id].heading, link.earlier_words, link.later_words,
                link.note, "確認済み" if link.confirmed else "要確認",
            )
            for link in pair.links
        )  # fmt: skip
        alone = [row for row in records if row["確認"] is None]
        assert all((row[first] is None) != (row[second] is None) for row in alone)
        for side, title, facts in (("earlier", first, pair.earlier), ("later", second, pair.later)):
            linked = {getattr(link, f"{side}_id") for link in pair.links}
            assert Counter(row[title] for row in alone if row[title]) == Counter(
                goal.heading for goal in facts.tree.nodes if goal.goal_id not in linked
            )


def rows_of(table):
    """Return the cells of every row as they stand on the page."""
    body = str(table.html()).partition("<tbody>")[2]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body)]


def partners_in(table):
    """Return the pairs of goals that stand in one row, with what stands beside the second one."""
    found = []
    for earlier, later, evidence, *_ in rows_of(table):
        goals, reasons = (re.findall(r"<div>(.*?)</div>", cell) or [cell] for cell in (later, evidence))
        assert len(goals) == len(reasons)
        found += [
            (unescape(earlier), unescape(goal), reason)
            for goal, reason in zip(goals, reasons, strict=True)
            if "-" not in (earlier, goal)
        ]
    return found


@each_set
def test_no_pair_of_goals_stands_in_one_row_without_a_link_and_every_link_is_shown_once(name):
    for pair in pairs_of(name):
        whole = [
            {goal.goal_id: goal for goal in facts.tree.everything} for facts in (pair.earlier, pair.later)
        ]
        heads = [(whole[0][link.earlier_id], whole[1][link.later_id]) for link in pair.links]
        linked = Counter((one.heading, other.heading) for one, other in heads)
        across = tables.table_across(pair)
        shown_ = [tables.table_matches(pair, matches) for matches in (pair.tops, pair.parts) if matches]
        shown_ += [across] if across else []
        assert Counter(row[:2] for table in shown_ for row in partners_in(table)) == linked
        if tables.view_parts(pair):
            below = Counter(
                (one.heading, other.heading) for one, other in heads if (one.depth, other.depth) != (1, 1)
            )
            assert Counter(row[:2] for row in partners_in(tables.view_parts(pair).table)) == below


def noted(links):
    return [(own, other, None, None, f"第1期の{other}と第2期の{own}") for own, other in links]


@pytest.mark.parametrize("turn", [1, -1])
def test_each_partner_stands_beside_what_speaks_for_it(turn):
    """In whichever order the links are entered, partners stand as their plan lists them."""
    (pair,) = gather_pairs(gather_all_goals(two(tops(9), tops(9), noted(EVERY_FATE[::turn]))))
    found = partners_in(tables.table_matches(pair, pair.tops))
    ids = [{goal.heading: goal.goal_id for goal in facts.tree.goals} for facts in (pair.earlier, pair.later)]
    assert [(ids[0][a], ids[1][b]) for a, b, _ in found] == sorted((a, b) for b, a in EVERY_FATE)
    for first, second, evidence in found:
        note = f"第1期の{ids[0][first]}と第2期の{ids[1][second]}"
        assert evidence == f"<small>{note}</small>（要確認）"


@pytest.mark.parametrize(
    ("earlier", "later", "note", "confirmed", "evidence"),
    [
        ("つくる", "つくる", None, False, "「つくる」（要確認）"),
        ("つくる", "つくる", None, True, "「つくる」（確認済み）"),
        ("しごと", "つくる", "わけ", False, "「しごと」と「つくる」（要確認）<br><small>わけ</small>"),
        (None, "つくる", "説明に「働く」", False, "「つくる」（要確認）<br><small>説明に「働く」</small>"),
        ("しごと", None, "<b>わけ", True, "「しごと」（確認済み）<br><small>&lt;b&gt;わけ</small>"),
        (None, None, "わけ", False, "<small>わけ</small>（要確認）"),
    ],
)
def test_words_are_quoted_where_they_stand_in_the_titles_and_notes_are_shown(
    earlier, later, note, confirmed, evidence
):
    links = [("g1", "g1", later, earlier, note), ("g1-1", "g2", later, earlier, note)]
    plans = two(GOALS, GOALS, links, second={"confirmed": confirmed})
    (pair,) = gather_pairs(gather_all_goals(plans))
    for table in (tables.table_matches(pair, pair.tops), tables.table_across(pair)):
        assert [reason for _, _, reason in partners_in(table)] == [evidence]
    rows = [row for row in file_of(pair) if row["確認"]]
    titled = ("架空市 第1期の根拠の語", "架空市 第2期の根拠の語", "備考")
    assert [tuple(row[title] for title in titled) for row in rows] == [(earlier, later, note)] * 2


def test_words_of_ninohe_stand_in_the_titles_and_every_note_is_shown():
    (pair,) = pairs_of("real")
    shown_ = [
        tables.table_matches(pair, pair.tops),
        tables.table_matches(pair, pair.parts),
        tables.table_across(pair),
    ]
    quoted, notes = 0, []
    for earlier, later, evidence in (row for table in shown_ for row in partners_in(table)):
        note = re.findall(r"<small>(.*?)</small>", evidence)
        notes += note
        found = re.findall(r"「([^」]*)」", re.sub(r"<small>.*?</small>", "", evidence))
        titles = [fold(title).text for title in (earlier, later)]
        assert found or note
        assert all(any(fold(word).text in title for title in titles) for word in found)
        if len(found) == 2:
            assert all(fold(word).text in title for word, title in zip(found, titles, strict=True))
        quoted += bool(found)
    assert quoted == sum(bool(link.earlier_words or link.later_words) for link in pair.links)
    assert Counter(map(unescape, notes)) == Counter(link.note for link in pair.links if link.note)


def test_links_across_levels_are_shown_with_their_partner():
    pair = pair_of("across levels")
    assert [(link.earlier_id, link.later_id) for link in pair.across] == [("g2-1", "g2"), ("g3", "g1-1")]
    assert "段の違う項目どうしの対応" in said(shown("across levels"))
    assert "段の違う項目どうしの対応" not in said(shown("everything linked"))
    rows = tables.view_parts(pair).table.records()
    partners = {(row["架空市 第1期"], row["架空市 第2期"]) for row in rows}
    assert ("施策1 人の流れをの施策甲", "基本目標2 人の流れをつくる") in partners
    assert ("施策1 人の流れをの施策甲", None) not in partners


def test_a_goal_with_a_partner_of_another_level_is_not_said_to_have_none():
    pair = pair_of("across levels")
    table = tables.table_matches(pair, (*pair.tops, *pair.parts))
    states = {(row["架空市 第1期"], row["架空市 第2期"]): row["どうなったか"] for row in table.records()}
    assert states["基本目標3 子育てを支える", None] == "段の違う項目"
    assert states[None, "基本目標2 人の流れをつくる"] == "段の違う項目"
    assert states["施策1 人の流れをの施策甲", None] == "段の違う項目"
    assert (
        states["基本目標2 人の流れをつくる", None] == states["基本目標4 まちを守る", None] == "対応の入力なし"
    )


def test_items_without_a_partner_say_so_in_the_table():
    rows = tables.view_parts(pair_of("line")).table.records()
    states = [row["どうなったか"] for row in rows]
    assert states == ["まとまった"] * 2 + ["対応の入力なし"] * 5
    (pair,) = pairs_of("real")
    states = [row["対応のしかた"] for row in tables.view_parts(pair).table.records()]
    assert states.count("上か下の項目に対応") == 10 + 16
    assert states.count("対応の入力なし") == 3 + 27


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
            "どちらの資料にもあるテーマはしごとです（重なり1.00）。",
        ),
        # one of eight is 0.125; what fits no theme is none
        (
            two(
                tops(),
                tops(),
                first={"themes": {"g1": "G1 G2 G3 G4 X1 X2 P A N"}},
                second={"themes": {"g1": "G3"}},
            ),
            "どちらの資料にもあるテーマは結婚・出産・子育てです（重なり0.13）。",
        ),
        (
            two(
                tops(),
                tops(),
                first={"themes": PILLARS, "coverage": "web"},
                second={"themes": {"g1": "G1 X1"}},
            ),
            "どちらの資料にもあるテーマはしごとです（重なり0.20）。全文でない資料があるので、数の大小は比べられません。",
        ),
        (
            two(GOALS, tops(), first={"themes": PILLARS}, second={"themes": {"g1": "G1", "g2": "G2"}}),
            "どちらの資料にもあるテーマはしごと、ひとの流れです（重なり0.50）。数えたものが違うので、数の大小は比べられません。",
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
        (
            "one top goal",
            "距離は、二つの体系の項目（合わせて2）のうち、並びと段を動かさずに残せないものの割合です。",
            True,
        ),
        (
            "everything linked",
            "距離は、二つの体系の項目（合わせて16）のうち、並びと段を動かさずに残せないものの割合です。",
            True,
        ),
    ],
)
def test_the_distance_of_the_hierarchies(name, sentence, table):
    assert sentence in said(words.distance_words(page(), pair_of(name)))
    assert ("距離（0〜1）" in said(shown(name)).split("\n")) == table


def distances(pair):
    rows = tables.table_distance(pair).records()
    return [(row["動かさずに残せる項目（組）"], row["削除と追加（回）"], row["距離（0〜1）"]) for row in rows]


def test_the_distances_of_the_same_hierarchy_are_none():
    assert distances(pair_of("everything linked")) == [(8, 0, 0)] * 3
    assert len(distances(pair_of("line without links"))) == 2  # no row for links


def test_a_hierarchy_of_which_nothing_is_left_is_as_far_away_as_can_be():
    """Linked though reworded, it is the same; its shape is, too."""
    later = [("a", None, "policy", None, "水と緑"), ("a-1", "a", "measure", None, "川を守る")]
    goals = tops(1) + measures(1)
    (pair,) = gather_pairs(gather_all_goals(two(goals, later, [("a", "g1")])))
    assert distances(pair) == [(2, 0, 0), (1, 2, 0.5), (0, 4, 1)]
    assert "0.50" in [cell for row in rows_of(tables.table_distance(pair)) for cell in row]


@each_set
def test_every_distance_is_the_share_of_items_that_cannot_stay(name):
    for pair in pairs_of(name):
        nodes = sum(len(facts.tree.nodes) for facts in (pair.earlier, pair.later))
        shape, *others = distances(pair)
        for kept, edits, share in (shape, *others):
            assert 2 * kept + edits == nodes
            assert share == (pytest.approx(edits / nodes, abs=0.005) if nodes else None)
            assert shape[1] <= edits <= nodes
        # what is entered can only bring hierarchies nearer
        assert [one[1] for one in others] == sorted(one[1] for one in others)


def with_indicators(first, second):
    plans = two(tops(), tops(), first={"indicators": first}, second={"indicators": second})
    return gather_pairs(gather_all_goals(plans))[0]


BIRTHS, MOVERS = indicator("出生数", "g1", "100", "120"), indicator("移住した世帯", "g2", unit="世帯")
ALIKE = indicator("移住した世帯の数", "g2", unit="世帯")


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ([], [], "架空市 第1期、架空市 第2期の資料に指標の一覧がないので、同じ指標を引き継いだかどうかは分かりません。"),
        ([BIRTHS], [], "架空市 第2期の資料に指標の一覧がないので、同じ指標を引き継いだかどうかは分かりません。"),
        ([], [BIRTHS], "架空市 第1期の資料に指標の一覧がないので、同じ指標を引き継いだかどうかは分かりません。"),
        ([BIRTHS], [MOVERS], "同じ統計や同じ名称の指標も、名称の似た指標も見つかりませんでした。言いかえた指標は、文字の近さでは見つかりません。"),
        ([BIRTHS, MOVERS], [BIRTHS], "同じ統計か同じ名称の指標が1組あります。値を比べられるかを、理由とともに示します。"),
        (
            [MOVERS], [ALIKE],
            "同じ統計や同じ名称の指標は見つかりませんでした。名称の似た指標が1組ありますが、測るものが違うことがあります。値を比べられるかを、理由とともに示します。",
        ),
        (
            [BIRTHS, MOVERS], [BIRTHS, ALIKE],
            "同じ統計か同じ名称の指標が1組、名称の似た指標が1組あります。名称が似ていても、測るものが違うことがあります。値を比べられるかを、理由とともに示します。",
        ),
    ],
)  # fmt: skip
def test_shared_indicators(first, second, sentence):
    pair = with_indicators(first, second)
    assert said(words.indicator_words(page(), pair)) == sentence
    lines = said(views.pair_sections(page(), [pair])).split("\n")
    names = "架空市 第1期と架空市 第2期"
    assert (f"同じ統計、同じ名称の指標：{names}" in lines) == ("同じ名称の指標が1組" in sentence)
    assert (f"名称の似た指標：{names}" in lines) == ("名称の似た指標が1組" in sentence)


def test_shared_indicators_say_whether_their_values_may_be_compared_and_why():
    pair = with_indicators([BIRTHS, MOVERS], [BIRTHS, ALIKE])
    plans = "架空市 第1期、架空市 第2期"
    (same,) = views.view_shared(pair.indicators).table.records()
    assert same == {
        "何が同じか": "名称「出生数」",
        "計画": plans,
        "値を比べられるか": "△ 一部だけ",
        "理由": "もとになる統計が分からないものがある。",
    }
    (alike,) = views.view_alike(pair.indicators).table.records()
    names = [alike[name].replace(" ", "") for name in ("指標", "名称の似た指標")]
    assert names == ["移住した世帯架空市第1期", "移住した世帯の数架空市第2期"]
    assert alike["値を比べられるか"] == "× 比べられない"
    assert "当初値か目標値が数値で載っているのは2計画のうち0計画。" in alike["理由"]
    assert (
        re.findall(r'data-pb-plans="([^"]*)"', str(views.pair_sections(page(), [pair]))).count(pair.key) >= 3
    )


def test_names_that_are_left_out_are_counted(monkeypatch):
    monkeypatch.setattr("planbook.summary.comparison.shared_indicators.MOST_PAIRS", 0)
    pair = with_indicators([MOVERS], [ALIKE])
    assert "似た名称の組は全部で1あり、表には、名称の近いほうから0を" in said(
        views.pair_sections(page(), [pair])
    )


# --------------------------------------------------------------------------------- what may not be concluded

NAMES = "名称が同じでも中身が同じとは限らず、名称が違っても事業が続いていることがあります。"


def reserved(name, key=f"{FIRST}+{SECOND}"):
    return said(words.reserves(page(), pair_of(name, key))).split("\n")


def test_what_may_not_be_concluded_of_ninohe():
    assert reserved("real", f"{NINOHE}+{NINOHE_BASIC}") == [
        "手元の資料は二戸市 第1期総合戦略の概要、二戸市 後期基本計画の概要で、計画の全文ではありません。対応がないことは、なくなったことや新しく加わったことを意味しません。",
        "二つの計画の期間の間に、令和2年度（2020年度）があいています。その間の計画は、ここにならべていません。",
        "総合計画は市区町村の仕事の全体を、総合戦略は人口減少にかかわるところを扱います。一方だけにある項目があるのはふつうです。",
        "対応の入力29件は、語句から読んだだけで、まだ確かめていません（要確認）。",
        NAMES,
    ]


@pytest.mark.parametrize(
    ("name", "key", "sentences"),
    [
        ("one top goal", f"{FIRST}+{SECOND}", [NAMES]),
        ("line", f"{FIRST}+{SECOND}", ["対応の入力4件は、語句から読んだだけで、まだ確かめていません（要確認）。", NAMES]),
        (
            "line",
            f"{SECOND}+{THIRD}",
            [
                "二つの計画の期間の間に、令和7年度（2025年度）から令和8年度（2026年度）までがあいています。その間の計画は、ここにならべていません。",
                "入力された対応のうち1件は、いまの資料にない項目を指しているので数えていません。planbook check が場所を示します。",
                "対応の入力2件は、語句から読んだだけで、まだ確かめていません（要確認）。",
                NAMES,
            ],
        ),
        (
            "parts of documents",
            f"{FIRST}+{SECOND}",
            [
                "手元の資料は架空市 第1期のウェブページ、架空市 第2期の案で、計画の全文ではありません。対応がないことは、なくなったことや新しく加わったことを意味しません。",
                "対応の入力1件は、語句から読んだだけで、まだ確かめていません（要確認）。",
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
    assert "対応の入力3件のうち2件は、語句から読んだだけで、まだ確かめていません（要確認）。" in sentences


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
        assert {first, second, f"{first}の根拠の語", f"{second}の根拠の語"} <= set(row)
    opening = f"{first}の4つの最上位の目標のうち、{second}に対応する目標があるのは"
    assert opening in said(words.answer(page(), [pair], 2))
    assert opening in said(shown("line of one title"))
    assert f"{first}の、最上位の目標の下にある4項目のうち、{second}に" in said(
        views.pair_sections(page(), [pair])
    )
    assert words.names_of(pair_of("line")) == ("架空市 第1期", "架空市 第2期")


EVIL = "<script>alert(1)</script>&<b>計画"


def test_titles_stay_text_and_nothing_is_marked():
    goals = [
        ("g1", None, "basic_goal", "<i>1", f"{EVIL}しごと'\"\\"),
        ("g1-1", "g1", "measure", None, "農業<img src=x>"),
    ]
    both = {"title": EVIL, "themes": {"g1": "G1"}, "indicators": [indicator(f"{EVIL}数", "g1", "1", "2")]}
    reasons = (f"{EVIL}しごと", "<b>計画しごと", f"{EVIL}と読んだ")
    links = [("g1", "g1", *reasons), ("g1-1", "g1-1", *reasons), ("g1", "g1-1", None, None, EVIL)]
    pairs = gather_pairs(gather_all_goals(two(goals, goals, links, first=both, second=both)))
    markup = f"{views.pair_sections(page(), pairs)}{words.answer(page(), pairs * 2, 2)}"
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
