"""Dates, periods, names, wording, counts, ages: what the rules read out of strings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recalculation_house import (
    OFFICIAL,
    assumption,
    claim,
    goal,
    one,
    plan_file,
    run,
    series,
    statements,
    target,
    value,
)

from planbook.analysis.recalculation.days import days_of, is_day
from planbook.analysis.recalculation.names import describe_difference
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import period_words, quote, says, when
from planbook.vocabulary.catalogue import in_language


def dated(written: str, as_of: str | None, *before):
    return one("R08", statements(*before, claim("d", "date", written, as_of=as_of)))


@pytest.mark.parametrize(
    ("written", "as_of"),
    [
        ("平成26年度3月", "2015-03"),
        ("平成26年度４月", "2014-04"),
        ("平成26年度3月補正予算", "2015-03"),
        ("令和元年12月", "2019-12"),
        ("平成17年12月1日", "2005-12-01"),
        ("(H30)", "2018"),
        ("Ｈ57", "2045"),
        ("平成32年度末", "2021-03-31"),
    ],
)
def test_dates_as_written(written, as_of):
    assert dated(written, as_of).verdict == "match"
    wrong = dated(written, "2001" + as_of[4:])
    assert (wrong.verdict, wrong.nature, wrong.cause) == ("mismatch", "slip", "extraction")


@pytest.mark.parametrize("written", ["平成26年度13月", "いつか", "令和3年度", "同年12月"])
def test_a_date_that_cannot_be_read_is_not_judged(written):
    assert dated(written, "2021-04").verdict == "undecidable"


def test_a_date_in_two_calendars_that_disagree_is_a_slip_of_the_document():
    found = dated("2025（令和8）年10月1日", "2025-10-01")
    assert (found.verdict, found.cause) == ("mismatch", "source") and "2026年" in str(found.reading)
    assert dated("2025（令和7）年10月1日", "2025-10-01").verdict == "match"


def test_a_date_without_an_entered_one_is_not_judged():
    found = dated("令和2年3月", None)
    assert found.verdict == "undecidable" and "2020年3月" in str(found.recomputed)


def test_the_same_year_is_that_of_the_claim_before_it_in_the_same_document():
    law = claim("law", "era_pair", "2014(平成26)年", as_of="2014")
    other = claim("other", "date", "1999年", as_of="1999", document="annex")
    found = [c for c in run("R08", statements(law, other, claim("d", "date", "同年12月", as_of="2014-12")))]
    assert [c.verdict for c in found] == ["match", "match"]
    assert "「2014(平成26)年」の年" in str(
        found[0].recomputed if found[0].object_id == "d" else found[1].recomputed
    )


@pytest.mark.parametrize(
    ("written", "value_", "verdict", "words"),
    [
        ("2045（Ｈ57）年", 2045, "match", "平成57年 ＝ 1988 ＋ 57 ＝ 2045年"),
        ("2030年（H42）", 2030, "match", "1988 ＋ 42 ＝ 2030"),
        ("2019(令和元)年", 2019, "match", "2018 ＋ 1 ＝ 2019"),
        ("2045（Ｈ56）年", 2045, "mismatch", "1988 ＋ 56 ＝ 2044"),
        ("2045（Ｈ57）年", 2054, "mismatch", "2045年"),
        ("2045年", 2045, "undecidable", ""),
        ("ずっと先", 2045, "undecidable", ""),
    ],
)
def test_pairs_of_calendars(written, value_, verdict, words):
    found = one("R07", statements(claim("e", "era_pair", written, value=value_)))
    assert found.verdict == verdict and words in str(found.recomputed)


@given(st.integers(1990, 2150))
def test_every_year_agrees_with_itself_in_heisei_and_its_neighbour_does_not(year):
    pair = f"{year}（H{year - 1988}）年"
    assert one("R07", statements(claim("e", "era_pair", pair, value=year))).verdict == "match"
    off = f"{year}（H{year - 1987}）年"
    assert one("R07", statements(claim("e", "era_pair", off, value=year))).verdict == "mismatch"


def test_an_era_counted_past_its_end_is_explained():
    found = one("R07", statements(claim("e", "era_pair", "2045（Ｈ57）年", value=2045)))
    assert "令和27年" in str(found.reading)
    assert one("R07", statements(claim("e", "era_pair", "2010(H22)年", value=2010))).reading is None


def test_two_calendars_that_disagree_leave_both_readings_open():
    found = one("R07", statements(claim("e", "era_pair", "2045（Ｈ58）年", value=2045)))
    assert "令和27年" in str(found.reading) and "2046年" in str(found.reading)


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-10-01", "2020-10-01", "2020-10-01"),
    ],
)
def test_partial_dates_have_their_days(iso, first, last):
    assert [day.isoformat() for day in days_of(iso)] == [first, last]
    assert is_day(iso) is (first == last)


@pytest.mark.parametrize("iso", [None, "", "2020-13", "2020-02-30", "令和2年", "2020-1-1"])
def test_what_is_no_date_has_no_days(iso):
    assert days_of(iso) is None and not is_day(iso)


# ------------------------------------------------------------------------------ editions and periods


def test_an_edition_is_dated_by_the_bracket_behind_its_name():
    def edition(date):
        stated = {
            "name": "第2版",
            "date": date,
            "as_written": "「戦略(第2版)」(平成27年10月)",
            "document": "text",
            "locator": "L4",
        }
        return Statements(plan_file(editions=[stated]))

    assert [(c.id, c.verdict) for c in run("R08", edition("2015-10"))] == [("R08/edition-1", "match")]
    assert [c.verdict for c in run("R08", edition("2015-11"))] == ["mismatch"]
    assert run("R08", edition(None)) == ()


@pytest.mark.parametrize(
    ("start", "end", "verdict", "words"),
    [
        ("2015-04-01", "2021-03-31", "match", "切れ目も重なりも"),
        ("2015-04-01", "2020-03-31", "mismatch", "365日の空き"),
        ("2015-04-01", "2022-03-31", "mismatch", "365日重なって"),
    ],
)
def test_a_predecessor_ends_where_the_plan_begins(start, end, verdict, words):
    found = one(
        "R10",
        statements(
            claim("p", "period", "前期", subject="predecessor-period", period_start=start, period_end=end)
        ),
    )
    assert found.verdict == verdict and words in str(found.reading)


@pytest.mark.parametrize(
    ("end", "verdict"), [("2026-03-31", "match"), ("2025-03-31", "mismatch"), (None, "undecidable")]
)
def test_a_plan_lies_inside_the_period_above_it(end, verdict):
    above = claim(
        "p", "period", "基本構想", subject="upper-period", period_start="2016-04-01", period_end=end
    )
    assert one("R10", statements(above)).verdict == verdict


def test_a_period_that_only_one_place_gives_is_not_compared_with_itself():
    given_ = statements(
        claim("p", "period", "令和4年度", subject="x", period_start="2022-04-01", period_end="2023-03-31")
    )
    assert run("R09", given_) == ()


# ------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("written", "usual", "words"),
    [
        ("まち・ひと・しごと総合戦略", "まち・ひと・しごと創生総合戦略", "「創生」がない"),
        ("住民等緊急", "住民生活等緊急", "「生活」がない"),
        ("総合新戦略", "総合戦略", "「新」が加わっている"),
        ("出産・子育て", "出生・子育て", "「生」が「産」になっている"),
        ("某市第7次計画", "第7次某市計画", "語の並びが違います"),
    ],
)
def test_differences_of_names_in_words(written, usual, words):
    assert words in str(describe_difference(written, usual))


def names(*written: str, goals=(), subject="n"):
    return statements(
        *(claim(f"n{i}", "name", w, subject=subject, locator=f"L{i}") for i, w in enumerate(written, 1)),
        goals=goals,
    )


def test_the_usual_name_is_the_most_frequent_one():
    found = one("R13", names("戦略乙", "戦略甲", "戦略甲"))
    assert found.object_id == "n1" and "「甲」が「乙」" in str(found.recomputed)


def test_a_recorded_reading_says_which_name_is_meant():
    given_ = statements(
        claim("a", "name", "総合戦略", subject="n", reading="創生総合戦略", cause="source"),
        claim("b", "name", "総合戦略", subject="n", locator="L2", reading="創生総合戦略", cause="source"),
        claim("c", "name", "創生総合戦略", subject="n", locator="L3"),
    )
    found = one("R13", given_)
    # In the order of the quotations: the usual name, then where another stands.
    assert [place.locator for place in found.places] == ["L3", "L1", "L2"]
    assert "「創生総合戦略」のこととみられます" in str(found.reading)


def test_width_space_and_brackets_make_no_other_name():
    assert one("R13", names("「ＩＣＴ 計画」", "ICT計画")).verdict == "match"


def test_one_mention_is_no_comparison():
    assert run("R13", names("戦略")) == ()


def test_a_heading_is_held_against_the_table_by_the_goals_id_or_by_its_own_words():
    heading = goal("g1", "結婚・出産の希望")
    by_id = one("R13", names("結婚・出生の希望", goals=(heading,), subject="title.g1"))
    assert (by_id.verdict, by_id.nature) == ("mismatch", "wording")
    by_words = one("R13", names("結婚・出産の希望", goals=(heading,)))
    assert by_words.verdict == "match"
    assert [place.table for place in by_words.places] == ["claims", "goals"]


def test_a_goal_that_a_claim_quotes_from_the_same_line_is_not_a_second_place():
    same_line = goal("g1", "希望", locator="L1")
    assert run("R13", names("希望", goals=(same_line,))) == ()


# ------------------------------------------------------------------------------ wording


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("移動率を2030年（H42）には移動率をゼロで均衡", "移動率を2030年（H42）にはゼロで均衡"),
        ("人口を人口を維持", "人口を維持"),
    ],
)
def test_a_doubled_phrase_is_mended_by_dropping_the_second(written, mended):
    found = one("R16", statements(claim("w", "wording", written)))
    assert f"「{mended}」とみられます" in str(found.reading)


@pytest.mark.parametrize(
    "written",
    [
        "しごとがひとを呼び、ひとがしごとを呼び込む",
        "市を支え。市を守る",
        "率を「率を」と書く",
        "子を育て親を支える",
        "人口を維持",
    ],
)
def test_sound_sentences_are_not_doubled(written):
    assert run("R16", statements(claim("w", "wording", written))) == ()


def test_a_particle_is_mended_with_no():
    found = one("R17", statements(claim("w", "wording", "示した将来展望を実現に向けた")))
    assert "「示した将来展望の実現に向けた」とみられます" in str(found.reading)


@pytest.mark.parametrize(
    "written",
    [
        "実現に向けた取組を進める",
        "取組を国に向けて",
        "夢を、実現に向けて追う",
        "目を世界に向けた",
        "国を挙げて実現に向けた",
    ],
)
def test_sound_particles_pass(written):
    assert [c.id for c in run("R17", statements(claim("w", "wording", written)))] == []


def test_goals_and_plan_parts_are_read_too():
    given_ = statements(
        goals=(goal("g1", "施策を推進に向けた体制"),),
        file=plan_file(
            outlook={"assumptions": [assumption("a", "tfr", "2.1", as_written="移動率を早く移動率を零に")]}
        ),
    )
    assert [c.id for c in run("R17", given_)] == ["R17/g1"]
    assert [c.id for c in run("R16", given_)] == ["R16/a"]


# ------------------------------------------------------------------------------ counts, indicators, ages


@pytest.mark.parametrize(
    ("stated", "coverage", "verdict"),
    [(2, "full", "match"), (3, "full", "mismatch"), (3, "summary", "undecidable"), (1, "web", "mismatch")],
)
def test_counts_against_what_is_listed(stated, coverage, verdict):
    """A summary may leave things out, so fewer than stated is open there; more than stated is a difference anywhere."""
    given_ = statements(
        claim("n", "count", f"{stated}つ", subject="count.basic_goal", value=stated),
        goals=(goal("g1", "甲"), goal("g2", "乙"), goal("m", "丙", level="measure")),
        file=plan_file(coverage=coverage),
    )
    assert one("R12", given_).verdict == verdict


def test_a_count_of_what_is_listed_nowhere_is_open():
    assert (
        one("R12", statements(claim("n", "count", "4つの柱", subject="elsewhere", value=4))).verdict
        == "undecidable"
    )


def test_a_count_may_name_what_it_counts():
    parts = [claim(f"p{n}", "name", f"方向{n}", locator=f"L{n}") for n in (1, 2, 3)]
    found = one("R12", statements(*parts, claim("n", "count", "4つの方向", value=4, follows_from="p1;p2;p3")))
    assert found.verdict == "mismatch" and "3個です（「方向1」、「方向2」、「方向3」）" in str(
        found.recomputed
    )


@pytest.mark.parametrize(
    ("base", "aim", "outcome", "words"),
    [
        ("t-CO2", "t-CO2/年", ("mismatch", "wording", "source"), "当初値も同じ期間の量であれば"),
        ("件/年", "件", ("mismatch", "wording", "source"), "目標値も同じ期間の量であれば"),
        ("人", "件", ("undecidable", "unwritten", None), "確かめてください"),
        ("件/月", "件/年", ("undecidable", "unwritten", None), "確かめてください"),
        ("kg-CO2", "t-CO2/年", ("undecidable", "unwritten", None), "確かめてください"),
        ("千円", "万円", ("undecidable", "unwritten", None), "確かめてください"),
    ],
)
def test_units_that_differ(base, aim, outcome, words):
    given_ = statements(series=(series("k", "量", value("baseline", "2", base), value("target", "1", aim)),))
    found = one("R15", given_)
    assert (found.verdict, found.nature, found.cause) == outcome
    assert words in str(found.reading) and "誤記" not in str(found.reading)


@pytest.mark.parametrize(
    ("base", "aim"), [("名", "人"), ("箇所", "か所"), ("％", "%"), ("件/年", "件/年"), ("件/年", "件/年度")]
)
def test_units_that_are_the_same_under_two_names(base, aim):
    given_ = statements(series=(series("k", "量", value("baseline", "2", base), value("target", "1", aim)),))
    assert run("R15", given_) == ()


def test_one_name_with_two_values_is_a_difference():
    twice = (
        series("k1", "参加率", value("baseline", "34.2", "%")),
        series("k2", "参加率", value("baseline", "33.0", "%"), goal_id="x1"),
    )
    found = one("R14", statements(series=twice))
    assert (found.verdict, found.nature) == ("mismatch", "slip")


@pytest.mark.parametrize("side", [0, 1])
def test_an_actual_that_was_entered_for_one_of_the_two_makes_no_difference(side):
    """Actuals are entered by who keeps the book, on the row that counts; the document has the rest twice."""
    values = value("baseline", "34.2", "%"), value("interim", "36", "%"), value("target", "40", "%")
    actual = value("actual", "35.1", "%")
    pair = [series("k1", "参加率", *values), series("k2", "参加率", *values, goal_id="x1")]
    pair[side] = replace(pair[side], values=(*values, actual))
    found = one("R14", statements(series=tuple(pair)))
    assert (found.verdict, found.nature) == ("undecidable", "unwritten")
    assert "35.1" not in str(found.recomputed)


def test_an_interim_target_counts_among_the_values_that_are_compared():
    one_, other = (value("interim", number, "%") for number in ("36", "37"))
    found = one("R14", statements(series=(series("k1", "率", one_), series("k2", "率", other, goal_id="x1"))))
    assert found.verdict == "mismatch"


def test_groups_of_one_indicator_are_not_repetitions():
    girls = series("k1", "割合", value("baseline", "48.6", "%"))
    boys = replace(girls, kpi_id="k2", group="生徒")
    assert run("R14", statements(series=(girls, boys))) == ()


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        ("25歳から34歳まで", "match"), ("15～64歳", "match"), ("65歳以上", "match"), ("20歳～40歳", "undecidable"),
        ("18歳未満", "undecidable"), ("5歳", "undecidable"), ("若い世代", "undecidable"),
    ],
)  # fmt: skip
def test_ages_that_fit_five_year_groups(written, verdict):
    assert one("R22", statements(claim("a", "age_range", written))).verdict == verdict


def test_both_ways_to_read_an_age_that_does_not_fit_are_named():
    found = one("R22", statements(claim("a", "age_range", "20歳～40歳")))
    assert "20～39歳、20～44歳" in str(found.reading)


def test_an_assumption_is_read_for_its_ages_only_where_no_claim_quotes_them():
    young = assumption("y", "migration_level", "0", by_year=2030, age_from=20, age_to=40)
    file = plan_file(outlook={"assumptions": [young]})
    assert [c.id for c in run("R22", Statements(file))] == ["R22/y"]
    quoted = statements(claim("a", "age_range", "20歳～40歳"), file=file)
    assert [c.id for c in run("R22", quoted)] == ["R22/a"]


@pytest.mark.parametrize(
    ("fields", "lacking"),
    [
        ({"kind": "tfr"}, "いつまで"),
        ({"kind": "migration_scale", "by_year": 2030}, "何に対する"),
        ({"kind": "migration_level", "by_year": 2030}, "どの年齢か"),
        ({"kind": "migration_level", "by_year": 2030, "age_from": 20}, "両端"),
    ],
)
def test_what_an_assumption_lacks(fields, lacking):
    item = {**assumption("a", "tfr", "1.0"), **fields}
    found = one("R24", Statements(plan_file(outlook={"assumptions": [item]})))
    assert found.verdict == "undecidable" and lacking in str(found.recomputed)


def test_three_overlapping_rules_are_three_pairs():
    items = [assumption(name, "migration_scale", "0.5", by_year=2030, relative_to="old") for name in "abc"]
    found = run("R23", Statements(plan_file(outlook={"assumptions": items, "targets": [target()]})))
    assert {c.object_id for c in found} == {"a.b", "a.c", "b.c"}
    assert {c.verdict for c in found} == {"undecidable"}


# ------------------------------------------------------------------------------ pieces of sentences


def test_brackets_inside_a_quotation_are_those_of_the_second_order():
    assert str(quote("「戦略」(案)")) == "「『戦略』(案)」"
    assert str(quote("「戦略」")) == "「戦略」"
    assert str(says("「戦略」", "戦略")) == "「戦略」"
    assert str(says("10年間", "13.3%減少")) == "「10年間」、「13.3%減少」"


def test_dates_in_words_are_as_precise_as_they_are():
    assert [str(when(iso)) for iso in ("2020", "2020-03", "2020-03-01")] == [
        "2020年",
        "2020年3月",
        "2020年3月1日",
    ]
    first, last = days_of("2021-04-01")[0], days_of("2022-03-31")[1]
    assert str(period_words((first, last))) == "2021年度"


def test_checks_speak_the_language_of_the_run():
    found = one(
        "R26", Statements(plan_file(outlook={"targets": [target(basis="unknown")]}), official=OFFICIAL)
    )
    japanese = str(found.recomputed)
    with in_language("en"):
        assert str(found.claim)
    assert str(found.recomputed) == japanese
