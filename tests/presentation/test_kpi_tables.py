"""What readers of the indicators' page see: sentences, tables, charts and downloads."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache

import pytest

from planbook.analysis.kpis.listing import Value
from planbook.load.plan import load_plan
from planbook.presentation.charts.kpis import TRACK, BarPair, draw_planned_changes
from planbook.presentation.charts.lines import break_lines, measure
from planbook.presentation.kpis import (
    calendar_views,
    evaluation_views,
    evidence_views,
    finding_views,
    kpi_downloads,
    kpi_figures,
    kpi_tables,
    kpi_values,
    kpi_words,
    path_figures,
    review_sheet,
)
from planbook.presentation.page import OUTPUT_VARIABLE, open_page
from planbook.summary.kpis.kpi_facts import gather_kpis
from planbook.vocabulary.catalogue import in_language

KITAMOTO = "11233-strategy-2"
NAMES_ONLY = "03213-comprehensive-2"
NOTHING = ["07210-strategy-2", "03213-strategy-1", "07202-strategy-3"]


@pytest.fixture(autouse=True)
def _in_the_book(monkeypatch):
    # A page of the book carries its charts as data; anything else would start a JavaScript engine.
    monkeypatch.setenv(OUTPUT_VARIABLE, "book")


@pytest.fixture(scope="module")
def plans(real_data):
    """The plans that the module has loaded so far: a plan never changes, a page does."""
    return cache(lambda plan_id: load_plan(real_data, plan_id))


@pytest.fixture
def opened(plans):
    def open_plan(plan_id):
        plan = plans(plan_id)
        return open_page(plan, "kpis"), gather_kpis(plan)

    return open_plan


def said(html):
    return html.plain().replace(" ", "")


# ------------------------------------------------- the answer


def test_the_answer_of_a_document_with_values(opened):
    words = said(kpi_words.answer(*opened(KITAMOTO)))
    assert "この資料（案の概要）は、令和4年度〜令和7年度の計画として、15の数値目標を掲げています" in words
    assert "男性・女性・児童・生徒の区分を分けて数えると17" in words
    assert "別の目標に再び掲げられたもの（1）は除く" in words
    assert "当初値と目標値の両方が数値なのは17のうち12です" in words
    assert "ほかの5は、目標が矢印だけのものが4、当初値のないものが2です（のべ6、重なりを含む）" in words
    assert "目標の年度は、この資料ではどれにも書かれていません" in words
    assert "当初値のある15のうち3です" in words


def test_the_answer_of_a_document_with_names(opened):
    words = said(kpi_words.answer(*opened(NAMES_ONLY)))
    assert "この資料（概要）は、8の指標を名称だけで挙げています" in words
    assert "この資料には掲載がありません" in words


@pytest.mark.parametrize("plan_id", NOTHING)
def test_the_answer_of_a_document_without_indicators(opened, plan_id):
    words = said(kpi_words.answer(*opened(plan_id)))
    assert "指標（数値目標やKPI）の掲載がありません" in words
    assert "計画に指標がないという意味ではありません" in words


@pytest.mark.parametrize("plan_id", [KITAMOTO, NAMES_ONLY, *NOTHING])
def test_the_page_speaks_of_the_document_not_of_the_plan(opened, plan_id):
    page, kpis = opened(plan_id)
    parts = (
        kpi_words.answer, kpi_tables.indicator_tables, kpi_tables.completeness_sentence, finding_views.finding_list,
        finding_views.finding_figure, kpi_figures.planned_figures, path_figures.path_figures,
        evidence_views.evidence_figures, calendar_views.calendar_note, evaluation_views.evaluation_table,
        path_figures.reference_figures, review_sheet.review_sheet,
    )  # fmt: skip
    words = "".join(said(part(page, kpis)) for part in parts)
    assert "計画には指標がありません" not in words
    assert "None" not in words
    assert "nan" not in words
    assert "{" not in words


def test_the_findings_are_counted_with_those_of_rows_listed_again(opened):
    page, kpis = opened(KITAMOTO)
    found = [finding.id for item in kpis.facts for finding in item.findings]
    again = {name.split("/")[0] for name in found if name.endswith("/k3-2-repeat")}
    assert again == {"K02", "K04", "K05", "K08", "K14"}  # K08 is counted of this row alone
    words = said(finding_views.reply_note(page, kpis))
    assert f"のべ{len(found)}か所（上で数えていない、再掲の行の4か所を含む）のうち" in words


def test_what_the_document_says_of_its_indicators(opened):
    words = said(kpi_tables.indicator_tables(*opened("03213-strategy-1")))
    assert "重要業績評価指標（KPI）（79行目）" in words
    assert "手元の資料について" in words


# ------------------------------------------------- tables


def test_every_figure_of_the_tables_leads_to_its_line(opened):
    page, kpis = opened(KITAMOTO)
    series, markup = kpis.series, kpi_tables.indicator_tables(page, kpis).markup
    sources = page.source_list()
    # 16 series have a baseline in figures (18 − 5-3 − 1-1), 13 a target in figures
    stated = [one for one in series for v in (one.baseline, one.target) if v.is_number]
    assert len(stated) == 16 + 13
    assert markup.count('class="pb-num"') >= len(stated)
    assert "26行目" in sources.plain()
    assert "431.5万円 (H30)" in sources.plain()
    assert "438.3 − 431.5 ＝ +6.8" in sources.plain()


@pytest.mark.parametrize(
    ("kpi_id", "baseline", "target", "change"),
    [
        ("k5-1", "431.5万円（H30）", "438.3万円", "+6.8万円（+1.6%）"),
        ("k5-3", "「-」（値なし）", "1.24倍", "計算不能"),
        ("k7-1", "−40人", "0人", "+40人"),
        ("k7-2", "340人", "380人", "+40人（+11.8%）"),
        ("k2-2-female", "20.72年（R1）", "21.50年", "+0.78年"),
        ("k3-2", "34.2%", "↗（上向き）", "向きだけ（数値なし）"),
        ("k4-1", "57.6%", "60.3%", "+2.7ポイント"),
        ("k4-3", "272,000t-CO2", "246,500t-CO2/年", "−25,500t-CO2（−9.4%）"),
        ("k4-6", "0人", "0人/年", "0人/年を保つ"),
        ("k1-4-students", "26.2%", "60.0%", "+33.8ポイント"),
        ("k3-1-2", "1件", "2件/年", "+1件"),
        ("k6-3-2", "11件", "20件", "+9件"),
    ],
)
def test_cells(opened, kpi_id, baseline, target, change):
    page, kpis = opened(KITAMOTO)
    plan, one = kpis.plan, kpis.of(kpi_id).series
    assert said(kpi_values.value_cell(page, plan, one, one.baseline)) == baseline
    assert said(kpi_values.value_cell(page, plan, one, one.target)) == target
    shown = kpi_values.show_change(plan, one)
    assert shown.text() == change
    assert said(shown.html(page)) == change


def test_what_every_row_lacks_is_said_once(opened):
    words = said(kpi_tables.indicator_tables(*opened(KITAMOTO)))
    assert words.count("目標の年度なし") == 1
    assert "「目標の年度なし」は、どの指標にもあてはまる" in words
    assert "当初値が0以下のため、割合では示さず、差だけを示します。" in words


def test_the_completeness_table(opened):
    page, kpis = opened(KITAMOTO)
    records = kpi_tables.completeness_table(kpis.series).records()
    assert len(records) == 17
    marks = {record["指標"]: tuple(record.values())[1:] for record in records}
    assert marks["5-1 就業者一人あたり市内純生産"] == ("○ あり", "○ あり", "○ あり", "− なし")
    assert marks["5-3 市内有効求人倍率"] == ("− なし", "− 値がない", "○ あり", "− なし")
    assert marks["6-3 ふるさと納税寄附件数"] == ("○ あり", "− なし", "△ 矢印だけ", "− なし")
    sentence = said(kpi_tables.completeness_sentence(page, kpis))
    assert "17のうち、当初値が数値で書かれているのは15、その年が書かれているのは3" in sentence
    assert "目標値が数値で書かれているのは13、目標の年度が書かれているのは0です" in sentence
    # No row says for which year its target is: nothing could be measured as the document stands.
    assert "（案の概要）が掲げる17のうち" in sentence
    assert "四つがそろっているのは0です" in sentence
    assert "計画の優劣を示すものではありません" in sentence


def test_gaps_are_explained_with_their_indicators(opened):
    words = said(finding_views.finding_list(*opened(KITAMOTO)))
    assert "目標の年度なし：17のすべて。" in words
    assert (
        "当初値なし：17のうち2（市内有効求人倍率、市の子育て支援策が充実していると思う子育て世帯の割合）。"
        in words
    )
    assert "再掲：18のうち1（地域活動に参加している市民の割合）。" in words
    # One a kind: K01 K02 K04 K05 K06 K07 K08 K14 K15 K16b K18 K21
    assert words.count("直し方") == 12


def test_names_are_listed_with_goal_and_line(opened):
    _, kpis = opened(NAMES_ONLY)
    first = kpi_tables.name_table(kpis.plan, kpis.series).records()[0]
    assert first == {"指標": "就業者数", "目標": "政策1 しごと・産業・交流", "資料の中の位置": "110行目"}


def test_a_dated_value_shows_its_fiscal_year(country):
    plan = load_plan(country.root, "47999-strategy-1")
    page, kpis = open_page(plan, "kpis"), gather_kpis(plan)
    (one,) = kpis.series
    assert said(kpi_values.value_cell(page, plan, one, one.baseline)) == "100人（平成26年度）"
    # 120 − 100 = 20, 20 ÷ 100 = 20.0 %
    assert kpi_values.show_change(plan, one).text() == "+20人（+20.0%）"
    assert "目標の年度は、1のすべてに書かれています" in said(kpi_words.answer(page, kpis))


# ------------------------------------------------- figures and downloads


def specs(html):
    parts = html.markup.split('class="pb-spec">')[1:]
    return [json.loads(part.split("</script>")[0]) for part in parts]


def test_the_chart_shows_every_pair_once(opened):
    figures = kpi_figures.planned_figures(*opened(KITAMOTO))
    names = [
        row["name"] for spec in specs(figures) for rows in spec["datasets"].values() for row in rows if "end" in row
    ]  # fmt: skip
    assert len(names) == 2 * 12  # two bars a pair
    assert 'id="11233-strategy-2-kpis-planned-1"' in figures.markup
    assert all(spec["description"] for spec in specs(figures))


@pytest.mark.parametrize("plan_id", [NAMES_ONLY, *NOTHING])
def test_no_empty_chart(opened, plan_id):
    figures = kpi_figures.planned_figures(*opened(plan_id))
    assert specs(figures) == []
    assert figures.markup == ""
    assert kpi_figures.complete_table(*opened(plan_id)).markup == ""


def test_goals_stay_together_in_a_chart():
    packs = kpi_figures.pack_goals([["a"] * 2, ["b"] * 3, ["c"] * 4, ["d"] * 9], most=6)
    assert ["".join(pack) for pack in packs] == ["aabbb", "cccc", "dddddd", "ddd"]


@pytest.mark.parametrize(
    ("base", "target", "is_share", "places"),
    [
        (340, 380, False, (340 / 380, 1)),
        (57.6, 60.3, True, (0.576, 0.603)),  # a share ends at 100 per cent
        (-40, 0, False, (0, 1)),  # zero is the right end of the track
        (0, 0, False, (0, 0)),
        (120, 150, True, (0.8, 1)),  # more than 100 per cent: no share of a whole
    ],
)
def test_bars_begin_at_zero_on_their_own_scale(base, target, is_share, places):
    pair = BarPair("目標", "指標", "変化", base, target, "", "", is_share)
    assert (pair.place(base), pair.place(target)) == pytest.approx(tuple(TRACK * place for place in places))
    low, high = pair.limits
    assert low <= 0 <= high


def test_the_chart_is_valid_and_as_high_as_its_rows():
    pairs = [BarPair("目標", f"指標{n}", "+1", 1, 2, "1", "2") for n in range(3)]
    one, three = draw_planned_changes(pairs[:1]).to_dict(), draw_planned_changes(pairs).to_dict()
    assert one["height"] < three["height"]
    assert three["width"] == "container" or three["config"]


def test_downloads_hold_one_datum_a_cell(opened):
    _, kpis = opened(KITAMOTO)
    records = {record["指標ID"]: record for record in kpi_downloads.kpi_table(kpis).records()}
    assert len(records) == 18
    first = records["k5-1"]
    assert (first["当初値"], first["目標値"], first["差"], first["増減率（%）"]) == (431.5, 438.3, 6.8, 1.6)
    assert (first["当初値の時点（西暦）"], first["目標値の時点（西暦）"]) == ("2018", None)
    assert (records["k7-1"]["差"], records["k7-1"]["増減率（%）"]) == (40, None)
    assert records["k3-2-repeat"]["再掲元のID"] == "k3-2"
    assert records["k3-2"]["目標値"] is None
    assert "<" not in json.dumps(list(records.values()), ensure_ascii=False)


def test_a_table_of_figures_keeps_the_digits_of_the_document():
    column = kpi_downloads.Figures("x", "値")
    assert [column.show(Decimal(v)) for v in ("19.00", "272000", "-40")] == ["19.00", "272,000", "−40"]
    assert column.show(None) == "-"


# ------------------------------------------------- lines of labels


def test_lines_keep_words_whole_and_begin_with_no_closing_mark():
    lines = break_lines("就業者一人あたり市内純生産（平成30年度、431.5万円）", 10)
    assert "".join(lines) == "就業者一人あたり市内純生産（平成30年度、431.5万円）"
    assert all(measure(line) <= 11 for line in lines)
    assert not any(line[0] in "、。）」ー" for line in lines)
    assert not any(line.endswith(("（", "「")) for line in lines)
    assert any("431.5" in line for line in lines)


def test_the_english_page_has_no_hole(opened):
    with in_language("en"):
        words = kpi_words.answer(*opened(KITAMOTO)).plain()
    assert "15" in words
    assert "{" not in words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("431.5万円 (H30)", "H30"),
        ("100人（令和元年度末）", "令和元年度末"),
        ("100人 (2019.3)", "2019.3"),
        ("100人（うち男性40人）", "令和元年度"),
        ("100人（n=1,000）", "令和元年度"),
        ("100人（第2期）", "令和元年度"),
        ("100人", "令和元年度"),
    ],
)
def test_only_a_bracket_that_is_a_year_is_taken_for_one(written, words):
    value = Value("baseline", "number", Decimal(100), "人", 2019, None, written, "text", "L1")
    assert words in kpi_values.year_words(value)
    assert "男性" not in kpi_values.year_words(value)
