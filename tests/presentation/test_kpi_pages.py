"""The indicators' page of a plan with actuals: marks, paths, reviews and replies, on the fictional plan."""

from __future__ import annotations

import json
import re

import pytest

from kpi_house import add_judged_plan
from planbook.load.plan import load_plan
from planbook.presentation.kpis import (
    calendar_views,
    evaluation_views,
    evidence_views,
    finding_views,
    kpi_downloads,
    kpi_tables,
    kpi_words,
    path_figures,
    review_sheet,
    standing,
)
from planbook.presentation.page import OUTPUT_VARIABLE, open_page
from planbook.summary.kpis.kpi_facts import gather_kpis
from planbook.vocabulary.catalogue import in_language


@pytest.fixture(autouse=True)
def _in_the_book(monkeypatch):
    monkeypatch.setenv(OUTPUT_VARIABLE, "book")


def opened(country):
    plan = load_plan(country.root, add_judged_plan(country))
    return open_page(plan, "kpis"), gather_kpis(plan)


@pytest.fixture
def judged(country):
    return opened(country)


def said(html):
    return (html if isinstance(html, str) else html.plain()).replace(" ", "")


def records(table):
    return {record["指標"].split("（")[0]: record for record in table.records()}


# ------------------------------------------------- where they stand


def test_the_answer_counts_by_class_and_never_averages(judged):
    words = said(kpi_words.answer(*judged))
    assert "3の数値目標、9のKPI（重要業績評価指標）、1の参考指標" in words
    # A: income 80 % of the way in 80 % of the time, deaths kept at zero. B: startups 66, matched 67.3, footfall
    # 10 of 60, balance 23 of 40, movers 37.5, stay 61.3, schools out of their tolerance.
    assert re.search(
        "国の成長戦略の方式(［要確認］)?ではA（経過に見合う進み）が2、B（経過より遅れ）が7です", words
    )
    assert "向きのとおりが1" in words
    assert "誤差の範囲が1" in words
    assert "平均" not in words


@pytest.mark.parametrize(
    ("kpi_id", "progress", "mark"),
    [
        # (324 − 300) ÷ (330 − 300) = 80 %; FY2020 … FY2025, FY2024 is 4 of 5 years
        ("k-income", "進捗率80.0%経過率80.0%", "A（経過に見合う進み）国の成長戦略の方式"),
        # 66 of 100, counted from the start of FY2021
        ("k-startups", "進捗率66.0%経過率80.0%", "B（経過より遅れ）国の成長戦略の方式"),
        # −17 − (−40) = +23 of +40: no percentage from a negative baseline
        ("k-balance", "実績の変化+23人、計画の変化+40人", "B（経過より遅れ）国の成長戦略の方式"),
        # (66.9 − 62.0) ÷ (70.0 − 62.0) = 61.25 %
        ("k-stay", "進捗率61.3%経過率80.0%", "B（経過より遅れ）国の成長戦略の方式"),
        ("k-join", "誤差の範囲（当初値から+1.8ポイント）", "誤差の範囲"),
        ("k-schools", "許容幅を外れた（当初値から−1校）", "B（経過より遅れ）国の成長戦略の方式"),
        ("k-deaths", "ゼロ（当初値から−2人）", "A（経過に見合う進み）国の成長戦略の方式"),
        ("k-loans", "向きのとおり（当初値から+0.4冊）", "向きのとおり"),
        ("k-bylaw", "実施", "実施（取り組みそのものが指標）"),
    ],
)
def test_progress_and_mark_of_each_form(judged, kpi_id, progress, mark):
    page, kpis = judged
    item = kpis.of(kpi_id)
    assert said(standing.progress_cell(page, kpis, item)) == progress
    assert said(standing.mark_cell(kpis, item)).removesuffix("［要確認］") == mark


def test_every_mark_stands_beside_its_rule_and_every_rule_is_shown(judged):
    page, kpis = judged
    row = records(standing.pace_table(page, kpis))["空き家バンクの成約率"]
    marks = records(standing.rule_table(kpis))["空き家バンクの成約率"]
    # 67.3 % of the way in 80 % of the time: 84.2 %
    assert marks["国の成長戦略の方式［要確認］"] == "B"
    assert marks["多摩市の方式（進捗率÷経過率）"] == "概ね進んでいる"
    assert marks["長野県の方式（進捗率÷経過率）［要確認］"] == "おおむね順調"
    assert marks["長与町の方式（目標値・基準値との位置）"] == "A"
    # 35.0 − 30.1 = 4.9 points in one year; (30.1 − 20.0) ÷ 4 = 2.53; 20.0 + 10.1 ÷ 0.8 = 32.6
    assert row["目標までの残り"] == "+4.9ポイント"
    assert row["必要な歩み（1年あたり）"] == "+4.90ポイント"
    assert row["これまでの歩み（1年あたり）"] == "+2.53ポイント"
    assert row["このまま進んだ場合"] == "32.6%"


def test_the_rule_of_the_plan_and_of_an_indicator_win(country):
    add_judged_plan(country)
    country.replace(country.plan / "plan.yml", "outlook:", "on_track_rule: tama\noutlook:")
    file = country.plan / "kpis.csv"
    country.replace(file, "万円,level,up,,,", "万円,level,up,,nagayo,")
    kpis = gather_kpis(load_plan(country.root, country.plan.name))
    assert (
        said(standing.mark_cell(kpis, kpis.of("k-income")))
        == "A（当初値より良い）長与町の方式（目標値・基準値との位置）"
    )
    assert (
        said(standing.mark_cell(kpis, kpis.of("k-matched")))
        == "概ね進んでいる（経過率の6割以上）多摩市の方式（進捗率÷経過率）"
    )


def test_target_figures_and_kpis_stand_apart_and_references_nowhere(judged):
    page, kpis = judged
    markup = kpi_tables.indicator_tables(page, kpis).markup
    tables = markup.split("<table")[1:]
    assert ["数値目標" in tables[0], "KPI（重要業績評価指標）" in tables[1], len(tables)] == [True, True, 2]
    assert "社会増減" in tables[0]
    assert "創業の件数" in tables[1]
    assert "地域幸福度" not in markup


def test_rows_carry_the_words_of_their_filters(judged):
    page, kpis = judged
    markup = standing.standing_tables(page, kpis).markup
    assert 'data-pb-filters="[&quot;目標&quot;, &quot;状態&quot;, &quot;指摘&quot;]"' in markup
    assert (
        'data-pb-words="[[&quot;基本目標1&quot;], [&quot;A（経過に見合う進み）&quot;], [&quot;名目の金額&quot;]]"'
        in markup
    )


def test_an_undated_target_is_judged_only_as_if(country):
    add_judged_plan(country)
    file = country.plan / "kpi_values.csv"
    country.replace(file, ",k-income,target,2025,", ",k-income,target,,")
    page, kpis = (open_page(p := load_plan(country.root, country.plan.name), "kpis"), gather_kpis(p))
    item = kpis.of("k-income")
    assert "計画最終年度と解した場合" in said(standing.mark_cell(kpis, item))
    assert item.readings[0].elapsed is None
    assert "K04" in [finding.code for finding in item.findings]
    assert "計画最終年度と解した場合" in said(path_figures.path_figures(page, kpis))


# ------------------------------------------------- paths


def specs(html):
    parts = html.markup.split('class="pb-spec">')[1:]
    return [json.loads(part.split("</script>")[0]) for part in parts]


def marks_of(spec):
    found = set()
    for layer in spec["layer"]:
        mark = layer["mark"]
        found.add(mark["type"] + ("-step" if mark.get("interpolate") == "step-after" else ""))
    return found


@pytest.mark.parametrize(
    ("kpi_id", "form", "there", "not_there"),
    [
        ("k-income", "line", "line", "bar"),
        ("k-movers", "bars", "bar", "line-step"),
        ("k-balance", "bars", "bar", "line-step"),
        ("k-startups", "stairs", "line-step", "bar"),
        ("k-schools", "band", "line", "bar"),
        ("k-join", "direction", "rect", "bar"),
        ("k-bylaw", "marks", "point", "line"),
        ("k-stay", "line", "rule", "bar"),
    ],
)
def test_one_form_of_chart_a_type(judged, kpi_id, form, there, not_there):
    _, kpis = judged
    track = path_figures.make_track(kpis, kpis.of(kpi_id))
    spec = path_figures.draw_track(track).to_dict()
    assert track.form == form
    assert there in marks_of(spec)
    assert not_there not in marks_of(spec)
    assert not {"arc"} & marks_of(spec)  # no pie, no gauge


def test_a_path_runs_from_baseline_to_target_in_fiscal_years(judged):
    _, kpis = judged
    track = path_figures.make_track(kpis, kpis.of("k-income"))
    assert track.path == ((2020.0, 300.0), (2025.0, 330.0))
    assert [(m.series, m.time) for m in track.marks if m.series != "actual"] == [
        ("base", 2020),
        ("target", 2025),
    ]
    # A total counts from nothing at the start of its first year; one year's baseline is no point of it.
    total = path_figures.make_track(kpis, kpis.of("k-startups"))
    assert total.path == ((2020.0, 0.0), (2025.0, 100.0))
    assert not [m for m in total.marks if m.series == "base"]


def test_bars_and_stairs_begin_at_zero(judged):
    _, kpis = judged
    for kpi_id in ("k-movers", "k-startups", "k-deaths", "k-balance"):
        spec = path_figures.draw_track(path_figures.make_track(kpis, kpis.of(kpi_id))).to_dict()
        scales = [
            layer["encoding"]["y"]["scale"]
            for layer in spec["layer"]
            if "scale" in layer["encoding"].get("y", {})
        ]
        assert all(scale["zero"] is True for scale in scales), kpi_id


def test_the_values_under_a_chart_are_in_the_order_of_time(country):
    add_judged_plan(country)
    table = country.plan / "kpi_values.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    table.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", encoding="utf-8-sig", newline="")
    kpis = gather_kpis(load_plan(country.root, country.plan.name))
    for item in kpis.with_actual:
        rows = [row for row in path_figures._table(kpis, item).records() if row["値の種類"] == "実績"]
        assert [row["時点（西暦）"] for row in rows] == sorted(row["時点（西暦）"] for row in rows)


def test_reference_indicators_are_shown_and_never_judged(judged):
    page, kpis = judged
    item = kpis.of("k-happy")
    assert (item.judgement.kind, item.judgement.mark, item.findings) == ("none", None, ())
    words = said(path_figures.reference_figures(page, kpis))
    assert "地域幸福度（主観）の推移（参考指標。判定には使わない" in words
    assert "k-happy" not in {one.series.kpi_id for one in kpis.counted}


# ------------------------------------------------- findings, reviews, replies


def test_a_reply_stands_beside_its_finding_and_a_mended_one_leaves_its_history(judged):
    page, kpis = judged
    table = {record["指摘ID"]: record for record in finding_views.finding_table(kpis).records()}
    reply = table["K05/k-join"]["所管課の見解"].replace(" ", "")
    assert reply == "回答（2025-06-10、市民課）：次の計画で目標の値を定めます。"
    assert table["K05/k-loans"]["所管課の見解"] == "未回答"
    # The baseline has its year now: no finding K02 is left, its reply is history.
    assert "K02/k-income" not in table
    words = said(finding_views.finding_list(page, kpis))
    assert "いまは見つからない指摘と、その経緯" in words
    assert "「当初値の年なし」住民一人あたりの所得：修正済（2025-06-12、企画課）" in words


def test_a_finding_that_is_mended_in_words_only_keeps_its_mark(country):
    add_judged_plan(country)
    country.replace(
        country.plan / "replies.csv",
        "K05/k-join,2025-06-10,市民課,answered",
        "K05/k-join,2025-06-10,市民課,corrected",
    )
    kpis = gather_kpis(load_plan(country.root, country.plan.name))
    assert "K05" in [finding.code for finding in kpis.of("k-join").findings]
    table = {record["指摘ID"]: record for record in finding_views.finding_table(kpis).records()}
    reply = table["K05/k-join"]["所管課の見解"].replace(" ", "")
    assert reply.startswith("修正済（2025-06-10、市民課）")
    assert "この本のデータではまだ見つかる" in reply


def test_every_finding_names_row_line_and_remedy(judged):
    _, kpis = judged
    for record in finding_views.finding_table(kpis).records():
        assert "行目" in record["位置"], record
        assert ".csv の" in record["位置"], record
        assert record["直し方"].endswith("。"), record


def test_the_review_is_shown_with_words_next_step_and_reply(judged):
    page, kpis = judged
    words = said(evaluation_views.evaluation_table(page, kpis))
    assert "基本目標1しごとをつくる" in words
    assert "相当程度効果があった" in words
    assert "回答（2025-09-01）：相談の窓口を一つにしました。" in words
    assert "相談を経て移り住んだ人数" in words
    assert "計画全体" in words
    assert words.index("令和6年度") < words.index("令和5年度")  # the newest first


def test_the_review_sheet_is_filled_where_something_is_known(judged):
    _, kpis = judged
    sheet = {record["指標ID"]: record for record in review_sheet.sheet_table(kpis).records()}
    assert len(sheet) == 12  # without the reference indicator
    row = sheet["k-movers"]
    assert (row["当初値"], row["目標値"], row["直近の実績"], row["実績の時点（西暦）"]) == (
        40,
        80,
        55,
        "2024",
    )
    assert (row["進捗率（%）"], row["経過率（%）"], row["判定"], row["所管課"]) == (37.5, 80.0, "B", "企画課")
    assert [row[name] for name in row if name.startswith("記入")] == [None] * 7
    assert "書いてください" in sheet["k-join"]["確かめること・直すこと"]


def test_the_download_has_a_judgement_and_its_rule_in_cells_of_their_own(judged):
    _, kpis = judged
    table = {record["指標ID"]: record for record in kpi_downloads.kpi_table(kpis).records()}
    row = table["k-income"]
    assert (row["直近の実績"], row["進捗率（%）"], row["判定"], row["判定基準"]) == (
        324,
        80.0,
        "A",
        "国の成長戦略の方式［要確認］",
    )
    assert table["k-balance"]["進捗率（%）"] is None
    assert table["k-happy"]["判定"] is None


def test_nothing_is_judged_before_there_is_an_actual(country):
    add_judged_plan(country)
    file = country.plan / "kpi_values.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if ",actual," not in line), encoding="utf-8")
    page, kpis = (open_page(p := load_plan(country.root, country.plan.name), "kpis"), gather_kpis(p))
    words = said(kpi_tables.indicator_tables(page, kpis)) + said(path_figures.path_figures(page, kpis))
    assert "順調でないという意味ではありません" in words
    assert "実績の図はありません" in words
    assert "順調かどうかは、まだ判定できません" in words


# ------------------------------------------------- evidence and calendar on the real plans


def test_births_are_evidence_with_their_concept_and_not_the_actual(real_data):
    plan = load_plan(real_data, "11233-strategy-2")
    page, kpis = open_page(plan, "kpis"), gather_kpis(plan)
    words = said(evidence_views.evidence_figures(page, kpis))
    assert "実績そのものではない" in words
    assert "住民基本台帳の出生数の最も新しい値は、2021年の332人です" in words
    assert "人口動態統計の出生数の最も新しい値は、2023年の308人です" in words
    # 340 equals no year of either; 343 of 2018 is nearest in both.
    assert words.count("当初値の340人と同じ値は、") == 2
    assert words.count("にありません。最も近いのは2018年の343人です") == 2
    assert kpis.of("k7-2").progress.actual is None


def test_the_calendar_says_on_day_one_what_comes_too_late(real_data):
    plan = load_plan(real_data, "03213-comprehensive-2")
    page, kpis = open_page(plan, "kpis"), gather_kpis(plan)
    table = {record["指標"]: record for record in calendar_views.calendar_table(kpis).records()}
    assert table["平均寿命"]["判定に使えるか"].startswith("期間中に出ない、")
    assert table["合計特殊出生率"]["判定に使えるか"].startswith("期間中に出ない、")
    assert table["市内純生産額"]["判定に使えるか"].endswith("、最後の検証に間に合わない")
    assert all("［要確認］" in record["もとになる統計"] for record in table.values())
    note = said(calendar_views.calendar_note(page, kpis))
    assert "合計特殊出生率、平均寿命" in note
    assert "もとになる統計が分からない指標が5あります" in note


def test_the_english_page_speaks_english(country):
    with in_language("en"):
        page, kpis = opened(country)
        words = kpi_words.answer(page, kpis).plain() + finding_views.finding_list(page, kpis).plain()
    assert "Rule of the national growth strategy" in words
    assert "{" not in words
    assert "のうち" not in words
