"""What readers of the goals' page see: sentences, picture, lists and tables."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest

from goal_comparison_house import indicator, make_plan, measures, slips, titles_of, tops
from goal_comparison_house import said as said_line
from planbook.load.plan import load_plan
from planbook.presentation.charts.goals import WIDTH, TreeRow, draw_tree, measure_height
from planbook.presentation.charts.lines import measure
from planbook.presentation.goals import goal_figures, goal_labels, goal_views, goal_words
from planbook.presentation.page import OUTPUT_VARIABLE, open_page
from planbook.presentation.theme import ROLES, theme_sign
from planbook.summary.goal_structure.plan_goals import gather_goals

NIHONMATSU = "07210-strategy-2"
NINOHE = "03213-strategy-1"
AIZUWAKAMATSU = "07202-strategy-3"
POSTER = "03213-comprehensive-2"
KITAMOTO = "11233-strategy-2"
PLANS = [NIHONMATSU, NINOHE, AIZUWAKAMATSU, POSTER, KITAMOTO]


@pytest.fixture(autouse=True)
def _in_the_book(monkeypatch):
    monkeypatch.setenv(OUTPUT_VARIABLE, "book")


@pytest.fixture(scope="module")
def plans(real_data):
    """The plans that the module has loaded so far: a plan never changes, a page does."""
    return cache(lambda plan_id: load_plan(real_data, plan_id))


@pytest.fixture
def opened(plans):
    def open_plan(plan_id):
        plan = plans(plan_id)
        return open_page(plan, "goals"), plan, gather_goals(plan)

    return open_plan


def said(html):
    return html.plain().replace(" ", "")


@pytest.mark.parametrize(
    ("plan_id", "sentence"),
    [
        (
            NIHONMATSU,
            "この資料（ウェブページ）は、4つの基本目標を掲げ、その下に17の基本的方向を置いています。",
        ),
        (NINOHE, "この資料（概要）は、4つの基本目標を掲げ、その下に10の施策と21の具体的施策を置いています。"),
        (AIZUWAKAMATSU, "4つの基本目標を掲げています。その下の施策は、この資料には掲載がありません。"),
        (
            POSTER,
            "3つの政策と1つの政策を支える土台・原動力を掲げ、その下に30の施策項目と35の主な取り組みを置いています。",
        ),
        (KITAMOTO, "この資料（案の概要）は、4つの基本目標と2つの横断的な目標を掲げています。"),
    ],
)
def test_the_answer(opened, plan_id, sentence):
    words = said(goal_words.answer(*opened(plan_id)))
    assert sentence in words
    assert "のどれにも、あたる目標があります" in words  # all five map to the four national pillars


@pytest.mark.parametrize("plan_id", PLANS)
def test_indicators_are_spoken_of_only_where_they_are_listed(opened, plan_id):
    words = said(goal_words.answer(*opened(plan_id)))
    assert ("指標が掲げられています" in words) == (plan_id in (POSTER, KITAMOTO))


@pytest.mark.parametrize(
    ("noun", "count", "words"),
    [("基本目標", 4, "4つの基本目標"), ("施策", 10, "10の施策"), ("基本構想の柱", 4, "4本の基本構想の柱")],
)
def test_counters(noun, count, words):
    assert goal_labels.counted(noun, count) == words


def test_the_number_of_a_goal_is_not_its_theme(opened):
    words = said(goal_words.number_note(*opened(AIZUWAKAMATSU)))
    assert (
        "基本目標3は国の4番目の「地域・くらし」、基本目標4は国の3番目の「結婚・出産・子育て」にあたります"
        in words
    )
    assert goal_words.number_note(*opened(NINOHE)).markup == ""


def test_themes_that_count_twice_and_those_to_be_confirmed(opened):
    words = said(goal_words.theme_reading(*opened(POSTER)))
    assert "30の施策項目をテーマごとに数えたもの" in words
    assert "二つ以上のテーマにあたる施策項目が1あり、どちらにも数えています" in words
    assert (
        "そのうち確認済み（資料に書かれているか、計画を知る人が確かめたもの）は0件、残りの92件は要確認です"
        in words
    )
    assert "二つ以上" not in said(goal_words.theme_reading(*opened(NIHONMATSU)))


def test_marked_items_with_what_the_mark_means(opened):
    words = said(goal_words.marked_list(*opened(POSTER)))
    assert "★の印（特色を活かした取り組み）が付いているのは5つの施策項目：「うるし」、「子育て」" in words
    assert goal_words.marked_list(*opened(KITAMOTO)).markup == ""


def test_damage_is_the_extraction_s(opened):
    page, _, tree = opened(POSTER)
    words = said(goal_words.damage_note(page, tree))
    assert "市町村の誤りではありません" in words
    assert "人が輝き未来をひらくまちへのへ→人が輝き未来をひらくまちにのへ" in words
    page, _, tree = opened(KITAMOTO)
    assert goal_words.damage_note(page, tree).markup == ""


# ------------------------------------------------- lists and tables


def test_the_complete_tree_nests_every_item(opened):
    _, plan, tree = opened(POSTER)
    markup = goal_views.tree_list(plan, tree).markup
    assert markup.count("<li>") == markup.count("</li>") == 4 + 3 + 30 + 35
    assert markup.startswith('<ul class="pb-tree"><li><span class="pb-tree-number">政策1</span>')
    assert markup.count("★ 特色を活かした取り組み") == 5
    assert '<span class="pb-mark pb-theme-G2">G2 ひとの流れ</span><small>「交流」</small>' in markup


def test_frames_stand_apart(opened):
    page, plan, tree = opened(POSTER)
    words = said(goal_views.frame_lists(page, plan, tree))
    for heading in ("2つの将来像", "4本の基本構想の柱", "2つの視点", "4つの新しい視点", "2つの共通政策"):
        assert heading in words
    assert "まちにのへ" in words
    page, plan, tree = opened(KITAMOTO)
    assert "ありません" in said(goal_views.frame_lists(page, plan, tree))


def test_counts_below_each_goal(opened):
    _, plan, tree = opened(NINOHE)
    rows = goal_views.level_table(plan, tree).records()
    assert [(row["施策"], row["具体的施策"]) for row in rows] == [(2, 5), (3, 6), (2, 4), (3, 6)]
    _, plan, tree = opened(KITAMOTO)
    assert [row["指標（再掲を含む）"] for row in goal_views.level_table(plan, tree).records()] == [
        2,
        2,
        2,
        5,
        4,
        1,
    ]
    _, plan, tree = opened(AIZUWAKAMATSU)
    assert goal_views.level_table(plan, tree) is None


def test_the_theme_table_says_what_is_confirmed(opened):
    _, plan, tree = opened(AIZUWAKAMATSU)
    rows = goal_views.theme_table(plan, tree).records()
    third = {key: rows[2][key] for key in ("国のテーマ", "根拠の語", "確認")}
    assert third == {
        "国のテーマ": "G4 地域・くらし",
        "根拠の語": "「安全・安心なまちづくり」",
        "確認": "確認済み",
    }
    _, plan, tree = opened(KITAMOTO)
    assert {row["確認"] for row in goal_views.theme_table(plan, tree).records()} == {"要確認"}


def test_theme_counts(opened):
    _, plan, tree = opened(NIHONMATSU)
    rows = goal_views.theme_count_table(plan, tree).records()
    assert [(row["国のテーマ"][:2], row["施策の数"]) for row in rows] == [
        ("G1", 5),
        ("G2", 4),
        ("G3", 5),
        ("G4", 3),
    ]


def test_downloads_hold_every_node_and_theme(opened):
    _, plan, tree = opened(POSTER)
    rows = goal_figures.goal_table(plan, list(tree.goals)).records()
    assert len({row["目標ID"] for row in rows}) == 72
    assert len(rows) > 72  # a node with two themes has two rows
    assert rows[0]["資料の中の位置"] == "79〜81行目"


# ------------------------------------------------- the picture


def specs(html):
    parts = html.markup.split('class="pb-spec">')[1:]
    return [json.loads(part.split("</script>")[0]) for part in parts]


@pytest.mark.parametrize(("plan_id", "pictures"), list(zip(PLANS, (1, 2, 1, 4, 1), strict=True)))
def test_the_picture_fits_a_sheet(opened, plan_id, pictures):
    drawn = specs(goal_figures.tree_figures(*opened(plan_id)))
    assert len(drawn) == pictures
    assert all(spec["height"] <= goal_figures.HIGHEST for spec in drawn)
    assert all(spec["description"].startswith("目標の体系") for spec in drawn)


@pytest.mark.parametrize("plan_id", PLANS)
def test_the_pictures_together_show_the_whole_hierarchy(opened, plan_id):
    """Every item once, in the order of the document, with what stands above it; the alternative says the same."""
    page, plan, tree = opened(plan_id)
    rows = goal_figures.tree_rows(plan, tree, list(tree.goals))
    everything = list(tree.walk())
    assert len(rows) == len(everything)
    for row, goal in zip(rows, everything, strict=True):
        assert goal.shown_title in row.title
        assert row.themes == tuple(dict.fromkeys(link.theme for link in goal.themes))
        if row.parent is not None:
            assert goal in everything[row.parent].children
            assert row.indent == rows[row.parent].indent + 1
    drawn = specs(goal_figures.tree_figures(page, plan, tree))
    told = "".join(spec["description"].removeprefix("目標の体系を段に分けた図。") for spec in drawn)
    places = [0]
    for row in rows:
        places.append(told.index(row.title, places[-1]) + len(row.title))
    assert told.count("。") == len(rows)


def test_lines_and_counts_of_the_picture(opened):
    _, plan, tree = opened(NINOHE)
    rows = goal_figures.tree_rows(plan, tree, list(tree.goals))
    assert len(rows) == 4 + 10 + 21
    assert rows[0] == TreeRow(
        0, None, "基本目標Ⅰ 安心して働けるしごとをつくる", ("G1",), "施策 2、具体的施策 5"
    )
    assert [row.parent for row in rows[:4]] == [None, 0, 1, 1]
    assert {row.counts for row in rows if row.indent} == {""}  # the document lists no indicators


def test_stars_and_sections_in_the_picture(opened):
    page, plan, tree = opened(POSTER)
    titles = [row.title for row in goal_figures.tree_rows(plan, tree, list(tree.goals))]
    assert "★うるし" in titles
    assert "（市民参画）" in titles
    assert len(titles) == 4 + 30 + 35 + 3
    # a sub-heading has no theme: no blank stands before its point
    words = "".join(spec["description"] for spec in specs(goal_figures.tree_figures(page, plan, tree)))
    assert "（市民参画）。★民間力の活用 A。" in words
    assert " 。" not in words


def test_lines_of_the_picture_fit_a_small_screen(opened):
    for plan_id in PLANS:
        _, plan, tree = opened(plan_id)
        for row in goal_figures.tree_rows(plan, tree, list(tree.goals)):
            # one closing mark of 12 pixels may stand over the edge
            assert all(row.words_left + 12 * measure(line) <= WIDTH + 12 for line in row.lines), row.title


def test_a_theme_is_told_by_letters_and_shape():
    rows = [TreeRow(0, None, "目標", ("G1", "X2")), TreeRow(1, 0, "施策", ("G4",))]
    spec = draw_tree(rows, {"G1": "G1 しごと", "G4": "G4 くらし", "X2": "X2 流れ"}).to_dict()
    letters = [row["code"] for data in spec["datasets"].values() for row in data if "code" in row]
    assert set(letters) == {"G1", "X2", "G4"}
    scales = [layer["encoding"]["shape"]["scale"] for layer in spec["layer"] if "shape" in layer["encoding"]]
    assert scales[0]["domain"] == ["G1 しごと", "G4 くらし", "X2 流れ"]
    assert len(set(scales[0]["range"])) == 3


def test_a_tree_without_lines_or_signs_is_drawn_too():
    assert draw_tree([TreeRow(0, None, "目標")], {}).to_dict()["height"] == measure_height(
        [TreeRow(0, None, "目標")]
    )


# ------------------------------------------------- themes of other generations


def test_a_theme_that_the_list_adds_has_the_neutral_sign_and_its_own_label():
    rows = [TreeRow(0, None, "目標", ("G1", "G5"))]
    spec = draw_tree(rows, {"G1": "G1 しごと", "G5": "G5 新しい柱"}).to_dict()
    scale = next(
        layer["encoding"]["shape"]["scale"] for layer in spec["layer"] if "shape" in layer["encoding"]
    )
    assert scale == {"domain": ["G1 しごと", "G5 新しい柱"], "range": [ROLES["G1"].shape, ROLES["N"].shape]}


def test_a_role_of_another_kind_is_no_sign_of_a_theme():
    assert theme_sign("band") == theme_sign("G9") == ROLES["N"]


def five_pillars(country):
    themes = country.path / "reference" / "themes.csv"
    rows = "".join(f"G{n},second,柱{n},Pillar {n},柱{n},Pillar {n}\n" for n in range(1, 6))
    themes.write_text(themes.read_text(encoding="utf-8") + rows, encoding="utf-8")
    country.replace(country.plan / "plan.yml", "generation: gen1", "generation: second")


def answer_with(country, *themes):
    head = "goal_id,theme,evidence,confirmed,note\n"
    rows = "".join(f"g1,{theme},しごと,no,\n" for theme in themes)
    (country.plan / "goal_themes.csv").write_text(head + rows, encoding="utf-8")
    plan = load_plan(country.root, "47999-strategy-1")
    return said(goal_words.answer(open_page(plan, "goals"), plan, gather_goals(plan)))


def test_the_pillars_are_those_of_the_plan_s_generation(country):
    five_pillars(country)
    assert "国の地方創生の5つの柱のうち、あたる目標があるのは柱1、柱5です。" in answer_with(
        country, "G1", "G5"
    )
    words = answer_with(country, "G1", "G2", "G3", "G4", "G5")
    assert "国の地方創生の5つの柱（柱1、柱2、柱3、柱4、柱5）のどれにも、あたる目標があります。" in words


def test_a_comprehensive_plan_is_only_read_against_the_strategy_s_themes(country, opened):
    words = said(goal_words.answer(*opened(POSTER)))
    assert "国の総合戦略の4つのテーマ" in words
    assert "この計画自身の区分ではありません" in words
    assert "地方創生の4つの柱" not in words
    country.replace(country.plan / "plan.yml", "generation: gen1", "generation: any")
    assert "4つのテーマのうち、あたる目標があるのはしごとです。これは" in answer_with(country, "G1", "P")


# ------------------------------------------------- how it is built, and where indicators hang


def read(kind, goals, **more):
    plan = make_plan(1, goals, **more)
    return said_line(getattr(goal_words, kind)(open_page(plan, "goals"), plan, gather_goals(plan)))


@pytest.mark.parametrize(
    ("plan_id", "sentence"),
    [
        (
            NIHONMATSU,
            "体系は2段で、項目は全部で21、そのうち下に何も掲げられていない末端の項目は17です。末端の項目は、最上位の目標ごとに3から5です。",
        ),
        (
            POSTER,
            "体系は3段で、項目は全部で69、そのうち下に何も掲げられていない末端の項目は35です。末端の項目は、最上位の目標ごとに6から11です。",
        ),
        (KITAMOTO, ""),
        (AIZUWAKAMATSU, ""),
    ],
)
def test_how_a_real_hierarchy_is_built(opened, plan_id, sentence):
    words = said_line(goal_words.structure_reading(*opened(plan_id)))
    assert words == (f"{sentence}数が違うことは、良し悪しではありません。" if sentence else "")


@pytest.mark.parametrize(
    ("goals", "sentence"),
    [
        ([], None),
        (tops(), None),
        (tops() + measures(2, 2, 2, 2), "末端の項目は、どの最上位の目標にも2ずつです。"),
        # the goal without anything below it is a lowest item itself
        (tops() + measures(3, 0, 1, 1), "末端の項目は、最上位の目標ごとに1から3です。"),
        (tops(1) + measures(3), "末端の項目は3です。数が違うこと"),
        (tops(40) + measures(*[1] * 40), "項目は全部で80、"),
        (
            [
                ("v", None, "concept_pillar", None, "柱"),
                ("g1", "v", "policy", None, "しごと"),
                ("g1-1", "g1", "measure", None, "農業"),
            ],
            "末端の項目は1です。数が違うこと",
        ),
    ],
)
def test_how_a_hierarchy_is_built(goals, sentence):
    words = read("structure_reading", goals)
    assert (sentence in words) if sentence else words == ""


NOT_LISTED = "指標は、この資料には掲載がありません。どの目標に指標があり、どの目標にないかは分かりません。"
NONE_LOOSE = "どの目標にも付いていない指標はありません。"


@pytest.mark.parametrize(
    ("plan_id", "sentence"),
    [
        (NIHONMATSU, NOT_LISTED),
        (
            POSTER,
            "4つの最上位の目標のすべてに、指標が掲げられています。35の末端の項目のうち、その項目に直接付いた指標があるのは0です。"
            f"{NONE_LOOSE}8つの指標のうち、当初値と目標値がともに数値のものは0です。",
        ),
        (
            KITAMOTO,
            "6つの最上位の目標のすべてに、指標が掲げられています。"
            f"{NONE_LOOSE}15の指標のうち、当初値と目標値がともに数値のものは10です。",
        ),
    ],
)
def test_where_the_indicators_of_a_real_plan_hang(opened, plan_id, sentence):
    assert said_line(goal_words.coverage_reading(*opened(plan_id))) == sentence


BIRTHS, LOOSE = indicator("出生数", "g1", "100", "120"), indicator("満足度", None)


@pytest.mark.parametrize(
    ("goals", "indicators", "sentence"),
    [
        ([], [], NOT_LISTED),
        (tops(), [], NOT_LISTED),
        (
            tops(),
            [BIRTHS],
            f"4つの最上位の目標のうち、指標が掲げられているのは1です。{NONE_LOOSE}1つの指標のうち、当初値と目標値がともに数値のものは1です。",
        ),
        # as many lowest items as top goals: they are not the same
        (
            tops(2) + measures(1, 1),
            [BIRTHS],
            f"2つの最上位の目標のうち、指標が掲げられているのは1です。2つの末端の項目のうち、その項目に直接付いた指標があるのは0です。{NONE_LOOSE}1つの指標のうち、当初値と目標値がともに数値のものは1です。",
        ),
        (
            [],
            [LOOSE],
            "どの目標にも付いていない指標があります（「満足度」）。1つの指標のうち、当初値と目標値がともに数値のものは0です。",
        ),
        # groups of one indicator share its name
        (
            tops(1),
            [LOOSE, LOOSE, BIRTHS],
            "1つの最上位の目標のうち、指標が掲げられているのは1です。どの目標にも付いていない指標があります（「満足度」）。2つの指標のうち、当初値と目標値がともに数値のものは1です。",
        ),
        (
            tops(1),
            [indicator(f"指標{n}", None) for n in range(12)],
            "1つの最上位の目標のうち、指標が掲げられているのは0です。どの目標にも付いていないのは、12の指標です。12の指標のうち、当初値と目標値がともに数値のものは0です。",
        ),
    ],
)  # fmt: skip
def test_where_indicators_hang(goals, indicators, sentence):
    assert read("coverage_reading", goals, indicators=indicators) == sentence


def test_goals_of_a_document_that_lists_no_indicator_are_not_counted_as_having_none(opened):
    page, plan, tree = opened(KITAMOTO)
    apart = replace(tree, goals=(*tree.goals[:-1], replace(tree.goals[-1], document="another")))
    said_ = said_line(goal_words.coverage_reading(page, plan, apart))
    assert said_.startswith(
        "5つの最上位の目標のすべてに、指標が掲げられています。"
        "目標と項目は、指標を載せている資料のものだけを数えています。"
    )
    whole, part = ("".join(goal_words.answer(page, plan, one).plain().split()) for one in (tree, apart))
    assert "最上位のどの目標にも、指標が掲げられています。" in whole
    assert "最上位のどの目標にも、指標が掲げられています。" not in part
    assert "指標を載せている資料では、最上位のどの目標にも指標があります。" in part


@pytest.mark.parametrize("plan_id", PLANS)
def test_the_page_of_a_real_plan_has_no_slip(opened, plan_id):
    page, plan, tree = opened(plan_id)
    parts = [
        *(
            make(page, plan, tree)
            for make in (
                goal_words.answer,
                goal_words.structure_reading,
                goal_words.coverage_reading,
                goal_words.theme_reading,
                goal_words.number_note,
                goal_words.marked_list,
                goal_figures.tree_figures,
                goal_views.frame_lists,
            )
        ),
        goal_words.damage_note(page, tree),
    ]
    assert [slip for part in parts for slip in slips(part, *titles_of([plan]))] == []
