"""The page that puts goals side by side: every sentence it can say, its tables, its picture, and what it never says."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from itertools import pairwise

import pytest
import vl_convert

from comparison_house import AIZUWAKAMATSU, ALL, KITAMOTO, NIHONMATSU, NINOHE, NINOHE_BASIC, plan_of
from goal_comparison_house import (
    PILLARS,
    RANKING,
    comparison,
    indicator,
    make_plan,
    many,
    measures,
    run_notebook,
    said,
    slips,
    titles_of,
    tops,
)
from planbook.analysis.text_similarity import mark_words
from planbook.presentation.charts import compare_goals as charts
from planbook.presentation.charts.lines import measure
from planbook.presentation.comparison import alike_goal_views as alike
from planbook.presentation.comparison import compare_goal_views as views
from planbook.presentation.comparison import compare_goal_words as words
from planbook.presentation.comparison import goal_comparability as comparability
from planbook.presentation.comparison import goal_crosswalk_views as crosswalk
from planbook.presentation.comparison.compare_labels import plan_count
from planbook.presentation.html import Html
from planbook.presentation.page import OUTPUT_VARIABLE
from planbook.presentation.theme import fix_colours
from planbook.summary.goal_structure.alike_goals import MOST_SHOWN, gather_alike_goals
from planbook.summary.goal_structure.plan_goals import gather_all_goals
from planbook.summary.goal_structure.theme_suggestions import gather_suggestions, join_quality

REAL = [plan_of(plan_id) for plan_id in ALL]
DEEP = {"goals": tops() + measures(2, 3, 2, 3), "themes": PILLARS}
FLAT = {"goals": tops(), "themes": PILLARS}
BARE = {"goals": tops()}
NOTHING = {"goals": []}
FOUR = "しごと、ひとの流れ、結婚・出産・子育て、地域・くらし"


@pytest.fixture(autouse=True)
def _in_the_book(monkeypatch):
    monkeypatch.setenv(OUTPUT_VARIABLE, "book")


def unconfirmed(links):
    return f"テーマとの対応づけ{links}件は、この本の読みで、まだ確かめていません（要確認）。"


def of(*kinds):
    """One plan a kind, each of a place of its own: 架空1市 計画 …."""
    return many(len(kinds), lambda i: kinds[i - 1])


def with_themes(**themes):
    return {"goals": tops(), "themes": themes}


def measured(*counts, **more):
    """Measures below four goals, each goal a pillar: so many of each theme."""
    return {"goals": tops() + measures(*counts), "themes": PILLARS} | more


#: Every shape of hierarchy and of themes that a page may have to speak of.
SETS = {
    "no plan": [],
    "one": of(DEEP),
    "one, goals alone": of(FLAT),
    "one without themes": of(BARE),
    "one without a hierarchy": of(NOTHING),
    "one with a theme beside the pillars": of(with_themes(g1="X1")),
    "two alike": of(DEEP, DEEP),
    "measures and goals": of(DEEP, FLAT),
    "measures, goals, nothing": of(DEEP, FLAT, NOTHING),
    "nothing anywhere": of(NOTHING, NOTHING),
    "no themes anywhere": of(BARE, BARE),
    "themes in one of two": of(DEEP, BARE),
    "equal counts": of(measured(2, 2, 2, 2), measured(2, 2, 2, 2)),
    "equal and not": of(measured(2, 2, 2, 2), measured(1, 2, 2, 1)),
    "each pillar in some": of(*(with_themes(**dict(list(PILLARS.items())[:n])) for n in (1, 2, 3, 4))),
    "no pillar in common": of(with_themes(g1="G1"), with_themes(g2="G2")),
    "a pillar in none": of(*[with_themes(g1="G1", g2="G2", g3="G3")] * 2),
    "of no generation": of(*[DEEP | {"generation": "any"}] * 2),
    "no theme and population": of(*[measured(2, 3, 2, 3, themes=PILLARS | {"g1-1": "N", "g2-1": "P"})] * 2),
    "counted twice": of(*[measured(2, 3, 2, 3, themes=PILLARS | {"g1-1": "G1 G2"})] * 5),
    "numbered otherwise": of(*[with_themes(g1="G2", g2="G1")] * 5),
    "below a frame": of(
        *[
            {
                "goals": [
                    ("v", None, "concept_pillar", None, "柱となる考え"),
                    ("g1", "v", "basic_goal", "基本目標1", "しごとをつくる"),
                    ("g1-1", "g1", "measure", "施策1", "農業を支える"),
                ],
                "themes": {"g1": "G1"},
            }
        ]
        * 2
    ),
    "twelve": of(*[DEEP] * 10, FLAT, FLAT),
    "twelve of forty goals": many(
        12, lambda _: {"goals": tops(40), "themes": {f"g{k}": f"G{k % 4 + 1}" for k in range(1, 41)}}
    ),
    "documents of all kinds": of(
        *[DEEP | {"coverage": c, "status": s} for c, s in (("web", "draft"), ("draft", "draft"), ("full", "draft"))]
    ),
    "indicators": of(
        *[DEEP | {"indicators": [indicator("出生数", "g1", "100", "120"), indicator("移住者数", None)]}] * 2
    ),
}  # fmt: skip
REAL_AND_SETS = {"real": REAL, **SETS}
each_set = pytest.mark.parametrize("name", REAL_AND_SETS)


@cache
def goals_of(name):
    return gather_all_goals(REAL_AND_SETS[name])


def answered(name):
    return said(words.answer(comparison(), goals_of(name)))


def listed(name):
    return said(words.common_points(comparison(), goals_of(name)))


# --------------------------------------------------------------------------------------- what counts as a slip


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("doubled point", "しごとです。。"),
        ("doubled point", "A、、B"),
        ("doubled point", "A、。"),
        ("empty brackets", "2つ（）です。"),
        ("empty brackets", "「」があります。"),
        ("empty brackets", "（、A）"),
        ("nothing before a point", "、です"),
        ("nothing before a point", "（市民参画） 。"),
        ("of which nothing", "4つのうち、です。"),
        ("of which nothing", "4つのうち。"),
        ("nothing named", "載っているのはです。"),
        ("nothing named", "柱のほかのテーマでは、があります。"),
        ("nothing named", "の資料には、国のテーマの掲載がありません。"),
        ("two particles", "計画はは違います。"),
        ("two particles", "目標、が違います。"),
        ("none counted", "0つの計画の手元の資料"),
        ("a gap left open", "{n}の計画"),
        ("a gap left open", "計画 None"),
        ("a list without members", "計画：。"),
        ("ranking", "二戸市が1位です。"),
        ("ranking", "取り組みが進んでいる計画です。"),
        ("ranking", "順位は次のとおりです。"),
    ],
)
def test_a_slip_is_seen(kind, sentence):
    assert kind in {name for name, _ in slips(Html(f"<p>{sentence}</p>"))}


@pytest.mark.parametrize(
    "sentence",
    [
        "10の計画と20の施策があります。",
        "順位はつけません。",
        "柱のほかのテーマでは、人口（A、B）があります。",
        "そのテーマのものの割合です。",
        "指標は、どの計画の資料にもありません。",
        "架空市：「10年間」（検算：15年）、この資料に書かれていないため決まらないことが5か所。",
    ],
)
def test_ordinary_words_are_no_slip(sentence):
    assert slips(Html(f"<p>{sentence}</p>")) == []


def test_what_a_screen_reader_says_is_looked_at_too():
    assert slips(Html('<div role="img" aria-label="図。。"></div>'))


# ------------------------------------------------------------------------------------------------ the whole page


@each_set
@pytest.mark.parametrize("notebook", ["compare_goals", "same_place", "overview"])
def test_a_whole_page_has_no_slip(monkeypatch, notebook, name):
    plans = REAL_AND_SETS[name]
    page = run_notebook(notebook, plans, monkeypatch)
    assert len(said(page)) > 150  # the prose alone
    assert slips(page, *titles_of(plans)) == []


@pytest.mark.parametrize("notebook", ["compare_goals", "same_place", "overview", "goals"])
def test_no_notebook_ranks(repository, notebook):
    cells = json.loads((repository / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    assert not RANKING.search("".join("".join(cell["source"]) for cell in cells))


@each_set
def test_the_order_in_which_plans_are_given_changes_nothing(name):
    """Plans stand in the order of their codes; nothing else says which is first."""
    forth, back = (gather_all_goals(plans) for plans in (REAL_AND_SETS[name], REAL_AND_SETS[name][::-1]))
    for make in (words.answer, words.common_points):
        assert str(make(comparison(), forth)) == str(make(comparison(), back))


# ---------------------------------------------------------------------------------------- counters and few by name


@pytest.mark.parametrize(
    ("n", "count"), [(1, "1つの計画"), (9, "9つの計画"), (10, "10の計画"), (12, "12の計画")]
)
def test_counters_of_plans(n, count):
    assert plan_count(n) == count


@pytest.mark.parametrize(
    ("n", "which", "counted"),
    [
        (1, "架空1市 計画", "1つ（架空1市 計画）"),
        (3, "架空1市 計画、架空2市 計画、架空3市 計画", "3つ（架空1市 計画、架空2市 計画、架空3市 計画）"),
        (4, "4つの計画", "4つの計画"),
        (10, "10の計画", "10の計画"),
    ],
)
def test_few_plans_are_named_and_many_are_counted(n, which, counted):
    goals = goals_of("twelve")
    chosen = sorted(goals, key=lambda facts: int(re.search(r"\d+", facts.plan.short_title)[0]))[:n]
    assert words.which_plans(chosen, goals) == which
    assert words.count_and_names(chosen, goals) == counted


def test_plans_of_one_name_are_told_apart():
    goals = gather_all_goals([make_plan(n, tops(), title="架空市 計画") for n in (1, 2)])
    named = "架空市 計画 47999-strategy-1、架空市 計画 47999-strategy-2"
    assert words.which_plans(goals, goals) == named
    rows = comparability.table_goal_comparability(goals).records()
    assert rows[0]["理由"].endswith(f"データや記載のないもの：{named}")
    filed = comparability.table_goal_comparability(goals).as_file.records()
    assert filed[0]["データや記載のないもの"] == named
    assert "データや記載のないもの" not in filed[0]["理由"]


# ---------------------------------------------------------------------------------------------------- the answer


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("no plan", "ならべる計画がありません。"),
        ("one", "架空1市 計画の手元の資料には、目標とその下の項目が載っています。"),
        ("one, goals alone", "架空1市 計画の手元の資料には、目標だけが載っていて、その下の項目は掲載がありません。"),
        ("one without a hierarchy", "架空1市 計画の手元の資料には、目標の体系の掲載がありません。"),
        ("two alike", "2つの計画の手元の資料には、どれも目標とその下の項目が載っています。"),
        ("no pillar in common", "2つの計画の手元の資料には、どれも目標だけが載っていて、その下の項目は掲載がありません。"),
        ("nothing anywhere", "2つの計画の手元の資料には、どれも目標の体系の掲載がありません。"),
        (
            "measures and goals",
            "2つの計画の手元の資料のうち、目標とその下の項目まで載っているのは1つ（架空1市 計画）、目標だけが載っているのは1つ（架空2市 計画）です。",
        ),
        (
            "measures, goals, nothing",
            "3つの計画の手元の資料のうち、目標とその下の項目まで載っているのは1つ（架空1市 計画）、目標だけが載っているのは1つ（架空2市 計画）、体系の掲載がないのは1つ（架空3市 計画）です。",
        ),
        (
            "twelve",
            "12の計画の手元の資料のうち、目標とその下の項目まで載っているのは10の計画、目標だけが載っているのは2つ（架空11市 計画、架空12市 計画）です。",
        ),
        (
            "real",
            "5つの計画の手元の資料のうち、目標とその下の項目まで載っているのは3つ（二戸市 後期基本計画、二戸市 第1期総合戦略、二本松市 第2期総合戦略）、目標だけが載っているのは2つ（会津若松市 第3期総合戦略、北本市 第2期総合戦略(案)）です。",
        ),
    ],
)  # fmt: skip
def test_how_goals_are_built(name, sentence):
    assert answered(name).split("\n")[0] == sentence


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("one", f"国の地方創生の柱のうち、架空1市 計画に、あたる目標か施策があるのは{FOUR}です。{unconfirmed(4)}"),
        (
            "one with a theme beside the pillars",
            f"国の地方創生の柱のうち、架空1市 計画に、あたる目標か施策があるものはありません。{unconfirmed(1)}",
        ),
        ("two alike", f"国の地方創生の4つの柱（{FOUR}）には、どの計画にも、あたる目標か施策があります。{unconfirmed(8)}"),
        (
            "measures, goals, nothing",
            f"国の地方創生の4つの柱（{FOUR}）には、対応を入力した2つの計画のどれにも、あたる目標か施策があります。{unconfirmed(8)}架空3市 計画には、国のテーマとの対応が入力されていません。",
        ),
        (
            "themes in one of two",
            f"国の地方創生の柱のうち、架空1市 計画に、あたる目標か施策があるのは{FOUR}です。{unconfirmed(4)}架空2市 計画には、国のテーマとの対応が入力されていません。",
        ),
        (
            "each pillar in some",
            f"国の地方創生の柱のうち、どの計画にも、あたる目標か施策があるのはしごとです。一部の計画にあるのは、ひとの流れ（架空2市 計画、架空3市 計画、架空4市 計画）、結婚・出産・子育て（架空3市 計画、架空4市 計画）、地域・くらし（架空4市 計画）です。{unconfirmed(10)}",
        ),
        (
            "no pillar in common",
            f"国の地方創生の柱のうち、どの計画にも共通してあたるものはありません。一部の計画にあるのは、しごと（架空1市 計画）、ひとの流れ（架空2市 計画）です。結婚・出産・子育て、地域・くらしにあたるものは、どの資料にもありません。{unconfirmed(2)}",
        ),
        (
            "a pillar in none",
            f"国の地方創生の柱のうち、どの計画にも、あたる目標か施策があるのはしごと、ひとの流れ、結婚・出産・子育てです。地域・くらしにあたるものは、どの資料にもありません。{unconfirmed(6)}",
        ),
        (
            "of no generation",
            f"国の地方創生の4つの柱（{FOUR}）には、どの計画にも、あたる目標か施策があります。架空1市 計画、架空2市 計画は国の戦略の区分によらない計画です。{unconfirmed(8)}",
        ),
        (
            "real",
            f"国の地方創生の4つの柱（{FOUR}）には、どの計画にも、あたる目標か施策があります。二戸市 後期基本計画は国の戦略の区分によらない計画です。テーマとの対応づけ170件のうち162件は、この本の読みで、まだ確かめていません（要確認）。",
        ),
    ],
)  # fmt: skip
def test_which_pillars_all_serve(name, sentence):
    assert answered(name).split("\n")[1] == sentence


@pytest.mark.parametrize("name", ["no themes anywhere", "nothing anywhere", "one without themes"])
def test_without_themes_nothing_is_said_of_pillars(name):
    assert "柱" not in answered(name)
    assert listed(name) == ""
    assert words.confirmation_note(comparison(), goals_of(name)).markup == ""
    assert views.view_themes(goals_of(name)) is None
    assert crosswalk.table_crosswalk(goals_of(name)) is None


@pytest.mark.parametrize(
    ("name", "which"), [("real", "会津若松市 第3期総合戦略"), ("numbered otherwise", "5つの計画")]
)
def test_where_numbers_mislead(name, which):
    sentence = f"{which}では、目標の番号が国の柱の順と違います。計画どうしは、番号ではなくテーマで比べます。"
    assert answered(name).split("\n")[-1] == sentence


@pytest.mark.parametrize("name", ["two alike", "of no generation", "no pillar in common"])
def test_where_numbers_do_not_mislead_nothing_is_said(name):
    assert "番号" not in answered(name)


# ---------------------------------------------------------------------------------------------- what is in common


@pytest.mark.parametrize("name", ["no plan", "one", "themes in one of two"])
def test_one_plan_has_nothing_in_common(name):
    assert words.common_points(comparison(), goals_of(name)).markup == ""


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("two alike", "柱のほかのテーマをもつ項目は、どの計画の資料にもありません。"),
        # 該当なし is no theme of its own
        ("no theme and population", "柱のほかのテーマでは、人口（架空1市 計画、架空2市 計画）があります。"),
        (
            "real",
            "柱のほかのテーマでは、多様な人材（二戸市 後期基本計画、北本市 第2期総合戦略(案)）、新しい流れ（北本市 第2期総合戦略(案)）、行財政（二戸市 後期基本計画）があります。",
        ),
    ],
)  # fmt: skip
def test_what_stands_beside_the_pillars(name, sentence):
    assert listed(name).split("\n")[0] == sentence


NO_WEIGHT = "数の多さは、力の入れ方の大きさを意味しません。"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "measures and goals",
            "施策の数が最も多いテーマは、架空1市 計画では「ひとの流れ」と「地域・くらし」（10の施策のうち3ずつ）です。"
            + NO_WEIGHT,
        ),
        ("equal counts", "施策の数をテーマごとに見ると、架空1市 計画、架空2市 計画では、どのテーマも同じ数です。"),
        (
            "equal and not",
            "施策の数が最も多いテーマは、架空2市 計画では「ひとの流れ」と「結婚・出産・子育て」（6つの施策のうち2ずつ）です。架空1市 計画では、どのテーマも同じ数です。"
            + NO_WEIGHT,
        ),
        ("counted twice", "施策の数が最も多いテーマは、5つの計画で「ひとの流れ」です。" + NO_WEIGHT),
        (
            "twelve",
            "施策の数が最も多いテーマは、10の計画で「ひとの流れ」、10の計画で「地域・くらし」です。" + NO_WEIGHT,
        ),
        (
            "real",
            "施策の数が最も多いテーマは、二戸市 後期基本計画では「地域・くらし」（30の施策項目のうち15）、二戸市 第1期総合戦略では「ひとの流れ」と「地域・くらし」（10の施策のうち3ずつ）、二本松市 第2期総合戦略では「しごと」と「結婚・出産・子育て」（17の基本的方向のうち5ずつ）です。"
            + NO_WEIGHT,
        ),
    ],
)  # fmt: skip
def test_which_theme_has_most_measures(name, sentence):
    assert sentence in listed(name).split("\n")


@pytest.mark.parametrize("name", ["no pillar in common", "each pillar in some"])
def test_without_measures_none_is_most_frequent(name):
    assert "最も多い" not in listed(name)


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("measures and goals", "架空2市 計画"),
        ("twelve", "架空11市 計画、架空12市 計画"),
        ("real", "会津若松市 第3期総合戦略、北本市 第2期総合戦略(案)"),
    ],
)
def test_goals_and_measures_are_not_counted_against_each_other(name, which):
    assert (
        f"{which}の資料には施策の掲載がないので、目標を数えています。施策を数えた計画とは、数を比べられません。"
        in listed(name)
    )
    assert "施策の掲載がないので" not in listed("two alike")


@pytest.mark.parametrize(
    ("plans", "sentence"),
    [
        (
            of(measured(2, 1, 1, 1, themes=PILLARS | {"g1-1": "G1 G2"}), DEEP),
            "二つ以上のテーマにあたり、それぞれに数えた項目があります（架空1市 計画の1つの施策）。",
        ),
        (REAL, "二つ以上のテーマにあたり、それぞれに数えた項目があります（二戸市 後期基本計画の1つの施策項目）。"),
        (SETS["counted twice"], "二つ以上のテーマにあたり、それぞれに数えた項目が、5つの計画にあります。"),
        (SETS["two alike"], None),
    ],
)  # fmt: skip
def test_items_that_count_twice(plans, sentence):
    found = said(words.common_points(comparison(), gather_all_goals(plans)))
    assert sentence in found.split("\n") if sentence else "二つ以上のテーマ" not in found


@pytest.mark.parametrize(
    ("plans", "sentence"),
    [
        (of(FLAT), "項目とテーマの対応づけは全部で4件あり、語句から読んだだけで、まだ確認していません（要確認）。"),
        (of(FLAT | {"confirmed": True}), "項目とテーマの対応づけは全部で4件あり、すべて確認済みです（資料に書かれているか、計画を知る人が確かめたもの）。"),
        (
            of(FLAT, FLAT | {"confirmed": True, "themes": {"g1": "G1"}}),
            "項目とテーマの対応づけは全部で5件あり、確認済みは1件です（資料に書かれているか、計画を知る人が確かめたもの）。残りの4件は語句から読んだだけで、まだ確認していません（要確認）。",
        ),
    ],
)  # fmt: skip
def test_how_much_a_person_has_confirmed(plans, sentence):
    assert said(words.confirmation_note(comparison(), gather_all_goals(plans))) == sentence


# ---------------------------------------------------------------------------------------------------- the tables


def test_counts_of_the_real_plans():
    rows = {row["計画"]: row for row in views.view_themes(goals_of("real")).table.records()}
    found = {
        plan: (row["数えたもの"], row["その数"], *(n for title, n in row.items() if title[0] in "GXA"))
        for plan, row in rows.items()
    }
    #                                                                   G1 G2 G3 G4 X1 X2 A
    assert found == {
        "二戸市 後期基本計画": ("施策項目", 30, 6, 3, 2, 15, 1, 0, 4),
        "二戸市 第1期総合戦略": ("施策", 10, 2, 3, 2, 3, 0, 0, 0),
        "会津若松市 第3期総合戦略": ("基本目標", 4, 1, 1, 1, 1, 0, 0, 0),
        "二本松市 第2期総合戦略": ("基本的方向", 17, 5, 4, 5, 3, 0, 0, 0),
        "北本市 第2期総合戦略(案)": ("目標", 6, 1, 1, 1, 1, 1, 1, 0),
    }


def row_plans(table):
    body = str(table.html()).split("<tbody>")[1]
    return re.findall(r'<tr data-pb-plans="([^"]*)"', body), body.count("<tr")


TABLES = {
    "structure": lambda goals: views.view_structure(goals).table,
    "themes": lambda goals: views.view_themes(goals).table,
    "crosswalk": crosswalk.table_crosswalk,
    "everything": lambda goals: crosswalk.whole_crosswalk(goals).table,
    "suggestions": lambda goals: alike.table_suggestions(gather_suggestions(goals)),
    "alike": lambda goals: alike.view_alike(gather_alike_goals(goals), goals).table,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_says_to_which_plans_it_belongs(name):
    plans, rows = row_plans(TABLES[name](goals_of("real")))
    assert len(plans) == rows > 0
    joint = "+" if name == "alike" else " "
    assert all(set(one.split(joint)) <= set(ALL) for one in plans)
    assert all(one.count("+") == (name == "alike") for one in plans)
    assert plans[0].split("+")[0] in ALL


def test_only_aizuwakamatsu_numbers_its_goals_otherwise():
    rows = crosswalk.table_crosswalk(goals_of("real")).records()
    odd = [(row["計画"], row["国のテーマ"][:2], row["最上位の目標"]) for row in rows if "番号と国の柱の順が違う" in row["最上位の目標"]]  # fmt: skip
    assert [(plan, theme) for plan, theme, _ in odd] == [
        ("会津若松市 第3期総合戦略", "G3"),
        ("会津若松市 第3期総合戦略", "G4"),
    ]
    assert odd[0][2].startswith("基本目標4") and odd[0][2].endswith("（国では3番目）")
    assert odd[1][2].startswith("基本目標3") and odd[1][2].endswith("（国では4番目）")


def test_the_crosswalk_is_in_the_order_of_themes_then_plans():
    rows = [
        (row["国のテーマ"][:2].strip(), row["計画"])
        for row in crosswalk.table_crosswalk(goals_of("real")).records()
    ]
    labels = [facts.plan.short_title for facts in goals_of("real")]
    order = ["G1", "G2", "G3", "G4", "X1", "X2", "A"]
    keys = [(order.index(theme), labels.index(plan)) for theme, plan in rows]
    assert keys == sorted(keys)


def test_what_is_confirmed_is_said_beside_the_words():
    rows = crosswalk.table_crosswalk(goals_of("real")).records()
    by_plan = {}
    for row in rows:
        said_, remark = re.fullmatch(r"「[^」]*」（([^）]*)）(.*)", row["根拠の語"]).groups()
        by_plan.setdefault(row["計画"], []).append((said_, remark))
    for name in ("会津若松市 第3期総合戦略", "二戸市 第1期総合戦略"):
        # What is confirmed says by which lines.
        assert all(said_ == "確認済み" and "行目" in remark for said_, remark in by_plan[name])
    for name in ("北本市 第2期総合戦略(案)", "二本松市 第2期総合戦略"):
        assert set(by_plan[name]) == {("要確認", "")}


def test_the_download_of_all_items_has_every_goal_once_a_theme():
    view = crosswalk.whole_crosswalk(goals_of("real"))
    records = view.table.as_file.records()
    links = sum(max(1, len(goal.themes)) for facts in goals_of("real") for goal in (*facts.tree.walk(), *(n for f in facts.tree.frames for n in f.walk())))  # fmt: skip
    assert len(records) == links
    assert {row["計画ID"] for row in records} == set(ALL)
    unthemed = [row for row in records if row["テーマ"] is None]
    assert unthemed and {row["国のテーマ"] for row in unthemed} == {"テーマの入力なし"}
    assert crosswalk.folded_crosswalk(comparison(), []).markup == ""


def test_a_plan_without_themes_has_its_items_in_the_whole_table():
    rows = crosswalk.whole_crosswalk(goals_of("no themes anywhere")).table.records()
    assert len(rows) == 8
    assert {row["国のテーマ"] for row in rows} == {"テーマの入力なし"}


def test_the_structure_of_what_lists_goals_alone_has_no_spread():
    rows = {
        row["計画"]: row for row in views.view_structure(goals_of("measures, goals, nothing")).table.records()
    }
    spread = {plan: (row["目標ごとの末端の項目"], row["均等さ（0〜1）"]) for plan, row in rows.items()}
    assert spread["架空1市 計画"] == ("2〜3", 0.99)
    assert spread["架空2市 計画"] == spread["架空3市 計画"] == (None, None)
    assert views.view_structure(()) is None


def test_suggestions_are_of_another_theme_than_those_entered():
    rows = alike.table_suggestions(gather_suggestions(goals_of("real"))).records()
    assert rows
    assert not [
        row for row in rows if set(row["入力したテーマ"].split("、")) & set(row["語が近いテーマ"].split("、"))
    ]
    assert alike.table_suggestions(gather_suggestions(goals_of("nothing anywhere"))) is None


def test_the_sentence_on_suggestions_is_the_quality():
    found = gather_suggestions(goals_of("real"))
    quality = join_quality(found)
    sentence = said(words.suggestion_words(comparison(), found))
    assert f"テーマを入力した{quality.goals}項目のうち" in sentence
    assert f"挙げられたのは{quality.suggested}項目で" in sentence
    assert f"同じだったのは{quality.right}項目（{round(100 * quality.precision)}%）です" in sentence
    for name in ("no plan", "no themes anywhere"):
        assert words.suggestion_words(comparison(), gather_suggestions(goals_of(name))).markup == ""


def test_alike_goals_beyond_the_most_alike_are_in_the_download():
    goals = goals_of("twelve of forty goals")[:3]
    found = gather_alike_goals(goals)
    view = alike.view_alike(found, goals)
    shown = row_plans(view.table)[0]
    assert {shown.count(pair) for pair in set(shown)} == {MOST_SHOWN}
    assert len(view.table.as_file.records()) == len(found) > len(shown) == 3 * MOST_SHOWN
    note = said(words.alike_note(comparison(), found, goals))
    assert note == (
        f"二つの計画ごとに、近いものから{MOST_SHOWN}組までを示しました。"
        f"残りの{len(found) - len(shown)}組は、ダウンロードにあります。"
    )


def test_too_many_goals_are_not_compared_and_that_is_said(monkeypatch):
    monkeypatch.setattr("planbook.summary.goal_structure.plan_goals.MOST_GOALS", 100)
    monkeypatch.setattr(words, "MOST_GOALS", 100)
    goals = goals_of("twelve of forty goals")
    assert gather_alike_goals(goals) == []
    # A theme is looked up item by item, so that many goals are no reason to be silent.
    assert [one.facts.plan.plan_id for one in gather_suggestions(goals)] == [g.plan.plan_id for g in goals]
    note = said(words.alike_note(comparison(), [], goals))
    assert "100をこえる" in note
    assert "plans" in note


def test_where_all_alike_goals_are_shown_no_more_is_promised():
    found = gather_alike_goals(goals_of("real"))
    assert words.alike_note(comparison(), found, goals_of("real")).markup == ""
    assert len(row_plans(alike.view_alike(found, goals_of("real")).table)[0]) == len(found)
    assert alike.view_alike([], goals_of("real")) is None


# ------------------------------------------------------------------------------------- what may be compared


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        #                       themes counts depth coverage words
        ("real", "△ × × × △"),
        ("two alike", "△ △ △ × △"),
        ("measures and goals", "△ × × × △"),
        ("themes in one of two", "× × × × △"),
        ("nothing anywhere", "× × × × ×"),
        ("indicators", "△ △ △ △ △"),
        ("documents of all kinds", "△ × × × △"),
    ],
)
def test_what_may_be_compared(name, answers):
    if name == "themes in one of two":
        answers = "× △ △ × △"  # both list measures of whole plans; only one has themes
        plans = of(DEEP, {"goals": tops() + measures(1, 1, 1, 1)})
    else:
        plans = REAL_AND_SETS[name]
    rows = comparability.table_goal_comparability(gather_all_goals(plans)).records()
    assert [row["比べられるか"][0] for row in rows] == answers.split()


def test_themes_that_a_person_confirmed_may_be_compared_without_reserve():
    goals = gather_all_goals(of(*[FLAT | {"confirmed": True}] * 2))
    item = comparability.compare_themes(goals)
    assert (item.answer, item.reason) == ("○ 比べられる", "最上位の目標は、どの資料にも載っている。")


def test_a_document_without_goals_is_not_said_to_have_some():
    reason = comparability.compare_themes(goals_of("measures, goals, nothing")).reason
    assert "どの資料にも載っている" not in reason
    assert reason.startswith("目標の体系の掲載がない資料がある。")


@pytest.mark.parametrize("name", ["no plan", "one"])
def test_one_plan_is_compared_with_nothing(name):
    assert comparability.table_goal_comparability(goals_of(name)) is None


# ---------------------------------------------------------------------------------------------------- the picture

LONG = "とても長い名前の架空市 第2期まち・ひと・しごと創生総合戦略（改訂版）"
PICTURES = {
    "real": REAL,
    "twelve": SETS["twelve"],
    "long": [
        make_plan(1, tops(), title=LONG, themes=PILLARS),
        make_plan(2, tops(1), themes={"g1": "G1 G2 G3 G4 X1 X2 P A N"}),
    ],
}  # fmt: skip
each_picture = pytest.mark.parametrize("name", PICTURES)


@cache
def picture(name):
    return views.view_themes(gather_all_goals(PICTURES[name]))


def drawn_words(spec, width=charts.NARROWEST):
    """Return what stands in the picture on a phone, lines of one text joined."""
    svg = vl_convert.vegalite_to_svg(fix_colours({**spec, "width": width}))
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg, re.S)
    return [re.sub(r"<[^>]+>", "", one) for one in texts]


@each_picture
def test_no_head_and_no_name_is_cut(name):
    view = picture(name)
    found = drawn_words(view.chart.to_dict())
    assert not [one for one in found if "…" in one or "..." in one]
    squeezed = ["".join(one.split()) for one in found]
    for column in view.table.columns[3:]:
        assert "".join(column.title.split()) in squeezed, column.title
    for facts in gather_all_goals(PICTURES[name]):
        label = f"{facts.plan.short_title}（{views.items_words(facts)}）"
        assert "".join(label.split()) in squeezed


def head_axis(spec):
    return next(
        layer["encoding"]["x"]["axis"]
        for layer in spec["layer"]
        if layer["encoding"].get("x", {}).get("axis")
    )


def head_lines(spec):
    """Return the lines of each head, as the axis writes them."""
    found = re.findall(r"'([^']*)': '([^']*)'", head_axis(spec)["labelExpr"])
    return {name: lines.split("\\n") for name, lines in found}


@each_picture
def test_names_and_heads_fit_a_phone(name):
    spec = picture(name).chart.to_dict()
    names = {row["name"] for rows in spec["datasets"].values() for row in rows if "name" in row}
    assert names
    # A closing mark may stand over the edge.
    assert all(measure(line) * 12 <= charts.NARROWEST + 12 for one in names for line in one.split("\n"))
    heads = head_lines(spec)
    assert len(heads) == len(picture(name).table.columns) - 3
    # The lines of a head are written downwards: the axis lifts them off the picture.
    assert head_axis(spec)["labelPadding"] > charts.HEAD_LINE * (max(map(len, heads.values())) - 1)
    room = charts.NARROWEST / len(heads)
    assert not [
        line
        for lines in heads.values()
        for line in lines
        if measure(line.rstrip("・")) * charts.HEAD_LETTER > room
    ]


@each_picture
def test_the_alternative_names_every_plan_with_its_counts(name):
    words_ = picture(name).alternative
    for facts in gather_all_goals(PICTURES[name]):
        part = words_.partition(f"{facts.plan.short_title}：")[2].partition("。")[0]
        assert [int(n) for n in re.findall(r" (\d+)", part)] == list(facts.themes.by_theme.values())


@pytest.mark.parametrize("plan_ids", [ALL, (NINOHE, NIHONMATSU), (AIZUWAKAMATSU,), (KITAMOTO, NINOHE_BASIC)])
def test_circles_mean_the_same_whatever_plans_are_in(plan_ids):
    spec = views.view_themes(gather_all_goals([plan_of(one) for one in plan_ids])).chart.to_dict()
    sizes = [layer["encoding"]["size"]["scale"] for layer in spec["layer"] if "size" in layer["encoding"]]
    assert sizes == [{"domain": [0, 1], "range": [0, charts.LARGEST]}]
    rows = [row for rows in spec["datasets"].values() for row in rows if "share" in row]
    assert all(row["share"] == row["count"] / row["items"] for row in rows)
    order = ["G1", "G2", "G3", "G4", "X1", "X2", "P", "A", "N"]
    columns = [layer["encoding"]["x"]["scale"]["domain"] for layer in spec["layer"] if "scale" in layer["encoding"].get("x", {})]  # fmt: skip
    assert all(one == sorted(one, key=order.index) for one in columns)
    assert spec["height"] == charts.ROW_HEIGHT * len(plan_ids)
    assert {row["plan_ids"] for row in rows} == set(plan_ids)


@each_picture
def test_circles_touch_neither_the_name_nor_the_count(name):
    """Pixels from the middle of a row, downwards."""
    spec = picture(name).chart.to_dict()
    rows = len(gather_all_goals(PICTURES[name]))
    marks = [layer["mark"] for layer in spec["layer"]]
    circle = next(mark["yOffset"] for mark in marks if mark["type"] == "point")
    count = next(mark["dy"] for mark in marks if mark["type"] == "text" and "align" not in mark)
    name_ = next(mark["dy"] for mark in marks if mark.get("align") == "left")
    lines = max(
        row["name"].count("\n") + 1 for data in spec["datasets"].values() for row in data if "name" in row
    )
    radius, letter, half = math.sqrt(charts.LARGEST / math.pi), 6, spec["height"] / rows / 2
    assert name_ - letter >= -half
    assert name_ + charts.NAME_LINE * (lines - 1) + letter <= circle - radius
    assert circle + radius <= count - letter
    assert count + letter <= half


# ---------------------------------------------------------------------------------------------------- escaping

EVIL = "<script>alert(1)</script>&<b>計画"


def test_titles_stay_text(monkeypatch):
    goals = [
        ("g1", None, "basic_goal", "<i>1", f"{EVIL}しごとをつくる'\"\\"),
        ("g1-1", "g1", "measure", None, "農業と<img src=x onerror=1>林業"),
    ]
    plans = [
        make_plan(n, goals, title=f"{EVIL}{n}", code=f"4790{n}", themes={"g1": "G2", "g1-1": "X1"})
        for n in (1, 2)
    ]
    markup = str(run_notebook("compare_goals", plans, monkeypatch))
    prose = re.sub(r'<script type="application/json"[^>]*>.*?</script>', "", markup, flags=re.S)
    assert not re.search(r"<(?:script|img|i>|b>)", prose)
    assert "<script>alert" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&lt;b&gt;計画" in prose
    for spec in re.findall(r'<script type="application/json" class="pb-spec">(.*?)</script>', markup, re.S):
        assert EVIL in json.dumps(json.loads(spec), ensure_ascii=False)


def test_marks_are_those_of_the_shared_words():
    found = gather_alike_goals(goals_of("real"))
    markup = str(alike.view_alike(found, goals_of("real")).table.html())
    expected = sum(
        inside
        for one in found
        for goal in (one.pair.earlier, one.pair.later)
        for _, inside in mark_words(goal.shown_title, one.pair.shared)
    )
    assert markup.count("<mark>") == markup.count("</mark>") == expected > 0
    for make in (crosswalk.table_crosswalk, lambda goals: views.view_structure(goals).table):
        assert "<mark>" not in str(make(goals_of("real")).html())


def test_ids_on_the_page_are_unique(monkeypatch):
    ids = re.findall(r'\bid="([^"]*)"', str(run_notebook("compare_goals", REAL, monkeypatch)))
    assert len(ids) == len(set(ids)) >= 4


def test_scores_fall():
    scores = [row["近さ（0〜1）"] for row in alike.view_alike(gather_alike_goals(goals_of("real")), goals_of("real")).table.records()]  # fmt: skip
    assert all(one >= other for one, other in pairwise(scores))
