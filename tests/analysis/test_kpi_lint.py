"""The lint of indicators: every code with a case that has it and one that has not; the two real documents."""

from __future__ import annotations

import doctest
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.kpis import past_range
from planbook.analysis.kpis.calendar import PlanYears
from planbook.analysis.kpis.lint import (
    CODES,
    UNWRITTEN,
    Judgement,
    LintContext,
    count_findings,
    count_unwritten,
    lint,
    list_pending,
    list_unwritten,
    read_judgements,
)
from planbook.analysis.kpis.listing import Series, Value, read_series
from planbook.analysis.kpis.measurability import count_measurable
from planbook.analysis.kpis.past_range import EvidenceSeries, Point
from planbook.load.plan import load_plan
from planbook.summary.kpis.kpi_facts import gather_kpis
from planbook.summary.kpis.lint_facts import build_lint_context
from planbook.vocabulary.bilingual import Bilingual
from planbook.vocabulary.catalogue import in_language
from planbook.vocabulary.errors import message
from planbook.vocabulary.schemas import StatisticRow
from planbook.vocabulary.schemas.fields import _FINDING

PLACE = {"document": "text", "locator": "L1"}
YEARS = PlanYears(2021, 2025)


def statistic(**changes):
    row = {
        "statistic": "s1", "name_ja": "統計", "name_en": "Statistic", "publisher_ja": "県", "publisher_en": "Prefecture",
        "reference": "fiscal_year", "every_years": "1", "anchor_year": None, "lag_months_min": "6",
        "lag_months_max": "9", "by_sex": "no", "is_mean": "no", "verified": "no", "note": None, "note_en": None,
    } | changes  # fmt: skip
    return StatisticRow.model_validate(row)


def context(**fields):
    return LintContext(**({"years": YEARS} | fields))


def value(kind, written, number=None, unit=None, *, state="number", year=None, **more):
    decimal = None if number is None else Decimal(number)
    as_of = more.pop("as_of", None)
    return Value(kind, state, decimal, unit, year, as_of, written, "text", "L1", row=2, **more)


def series(*values, kpi_id="k1", type="level", unit="人", direction="up", **fields):
    columns = {
        "goal_id": "g1", "role": "kpi", "code": None, "name": kpi_id, "group": None, "survey_n": None,
        "on_track_rule": None, "repeats": None, "as_written": kpi_id, **PLACE,
    } | fields  # fmt: skip
    return Series(kpi_id=kpi_id, type=type, unit=unit, direction=direction, values=values, **columns)


def pair(base, target, unit="人", target_unit=None, *, of_base=None, of_target=None, **fields):
    return series(
        value("baseline", base, base, unit, year=2019, **(of_base or {})),
        value("target", target, target, target_unit or unit, year=2025, **(of_target or {})),
        **({"unit": unit} | fields),
    )


FULL = (value("baseline", "1200人", "1200", year=2020), value("target", "1500人", "1500", year=2025))
OTHER = series(*FULL, kpi_id="other")


def codes_of(one, known=None, others=(OTHER,)):
    found = lint([*others, one], context=known or context())
    return {finding.code for finding in found if finding.kpi_id == one.kpi_id}


def details_of(one, code, known=None):
    found = lint([OTHER, one], context=known or context())
    return [str(finding.detail) for finding in found if finding.id == f"{code}/{one.kpi_id}"]


# ------------------------------------------------- the two real documents

KITAMOTO = {
    "k5-1": {"K21", "K16b"},
    "k5-3": {"K01", "K18"},
    "k6-3-1": {"K05"},
    "k7-1": {"K07", "K15"},
    "k1-1": {"K01", "K05", "K14"},
    "k7-2": {"K15"},
    "k2-2-male": set(),
    "k2-2-female": set(),
    "k3-2": {"K05", "K14"},
    "k4-1": {"K14"},
    "k4-3": {"K06", "K16b"},
    "k4-6": {"K06"},
    "k1-4-children": {"K14"},
    "k1-4-students": {"K14"},
    "k3-1-1": {"K05"},
    "k3-1-2": {"K06", "K15"},
    "k3-2-repeat": {"K05", "K08", "K14"},
    "k6-3-2": {"K07"},
}


@pytest.fixture(scope="module")
def kitamoto(real_data):
    return load_plan(real_data, "11233-strategy-2")


@pytest.fixture(scope="module")
def ninohe(real_data):
    return load_plan(real_data, "03213-comprehensive-2")


def gather_findings(plan):
    """The findings of a plan as its page has them: open ones, and what a person has left undecided."""
    facts = gather_kpis(plan).facts
    return [f for item in facts for f in item.findings], [f for item in facts for f in item.pending]


def by_indicator(findings):
    found = {}
    for finding in findings:
        found.setdefault(finding.kpi_id, set()).add(finding.code)
    return found


def test_the_findings_of_the_document_with_values(kitamoto):
    found, _ = gather_findings(kitamoto)
    # A target year is on no row; a base year stands on 5-1 (H30) and 2-2 (R1) alone.
    dated, without_base = {"k5-1", "k2-2-male", "k2-2-female"}, {"k5-3", "k1-1"}
    expected = {
        kpi_id: codes | {"K04"} | (set() if kpi_id in dated | without_base else {"K02"})
        for kpi_id, codes in KITAMOTO.items()
    }
    assert by_indicator(found) == expected


def test_the_counts_of_the_document_with_values(kitamoto):
    listed = read_series(kitamoto.frame("kpis"), kitamoto.frame("kpi_values"))
    found, _ = gather_findings(kitamoto)
    assert count_findings(found, listed) == {
        "K01": 2, "K02": 12, "K04": 17, "K05": 4, "K06": 3, "K07": 2, "K08": 1, "K14": 5, "K15": 3, "K16b": 2,
        "K18": 1, "K21": 1,
    }  # fmt: skip
    unwritten = {code: count for code, count in count_findings(found, listed).items() if code in UNWRITTEN}
    assert count_unwritten(listed) == unwritten


def test_the_findings_of_the_document_with_names(ninohe):
    found, pending = gather_findings(ninohe)
    assert by_indicator(found) == {
        "k-net-product": {"K16b"},
        "k-life-expectancy": {"K16a"},
        "k-tfr": {"K16a"},
    }
    assert [finding.id for finding in pending] == ["K13/k-workshop"]
    listed = read_series(ninohe.frame("kpis"), ninohe.frame("kpi_values"))
    assert count_unwritten(listed) == {}


@pytest.mark.parametrize("plan_id", ["07210-strategy-2", "03213-strategy-1", "07202-strategy-3"])
def test_a_document_without_indicators(real_data, plan_id):
    assert gather_findings(load_plan(real_data, plan_id)) == ([], [])


def test_sentences_that_carry_the_figures(kitamoto):
    found, pending = gather_findings(kitamoto)
    said = {finding.id: str(finding.detail) for finding in found}
    # 1.96·√(340 + 380) = 52.6; 1.96·√3 = 3.39
    assert said["K15/k7-2"] == "40人の変化は、偶然の幅±53人の中にあります（1.96×√（340＋380））"
    assert "±3.4件" in said["K15/k3-1-2"]
    # 1.96·√((57.6·42.4 + 60.3·39.7)/1000) = 4.3; 1.96²·(2442.24 + 2393.91)/2.7² = 2548.5
    assert "±4.3ポイントで、予定する変化+2.7ポイントはその中" in said["K14/k4-1"]
    # (1.96 + 0.84)·2.19913 = 6.16; (2.80/2.7)²·4836.15 = 5201.02
    assert "8割の見込みで見分けられる差は6.2ポイントから" in said["K14/k4-1"]
    assert "2,550人" in said["K14/k4-1"]
    assert "5,200人ほど" in said["K14/k4-1"]
    assert "どちらも上回ります" in said["K14/k1-4-children"]
    assert said["K06/k4-3"] == "当初値は「t-CO2」、目標値は「t-CO2/年」です"
    # FY2025 ends 2026-03-31; 24 months later
    assert "最終年度の値（2025年度）の公表は、早くても2028年3月" in said["K16b/k5-1"]
    assert said["K16b/k5-1"].startswith("「市町村民経済計算の純生産」による場合、")
    assert "この本の編集者、2026-11-28" in said["K18/k5-3"]
    assert [finding.id for finding in pending] == ["K13/k6-3-2"]


def test_every_finding_has_an_id_that_replies_can_use_and_a_place(kitamoto, ninohe):
    for plan in (kitamoto, ninohe):
        found, pending = gather_findings(plan)
        assert len({finding.id for finding in found}) == len(found)
        for finding in (*found, *pending):
            assert _FINDING.match(finding.id)
            assert finding.places
            assert len(set(finding.places)) == len(finding.places)
            assert all(place.row and place.as_written for place in finding.places)


def test_a_finding_speaks_the_language_of_the_reader(kitamoto):
    found, _ = gather_findings(kitamoto)
    reason = next(finding for finding in found if finding.code == "K18").detail
    with in_language("en"):
        assert "commuting area" in str(reason)
    assert "通勤圏" in str(reason)


# ------------------------------------------------- each code, with it and without it

MEAN = {"s1": statistic(is_mean="yes", by_sex="yes")}
LATE = {"s1": statistic(lag_months_min="24", lag_months_max="36")}
NEVER = {"s1": statistic(lag_months_min="70", lag_months_max="80")}
TIMELY = {"s1": statistic()}


@pytest.mark.parametrize(
    ("code", "having", "lacking"),
    [
        ("K01", series(FULL[1]), series(*FULL)),
        ("K02", series(value("baseline", "1200人", "1200"), FULL[1]), series(*FULL)),
        ("K02", series(value("baseline", "1200人", "1200"), FULL[1]), series(FULL[1])),
        ("K03", series(FULL[0]), series(FULL[0], value("target", "↗", state="up", year=2025))),
        ("K04", series(FULL[0], value("target", "1500人", "1500")), series(*FULL)),
        ("K04", series(FULL[0], value("target", "↗", state="up")), series(FULL[0])),
        ("K05", series(FULL[0], value("target", "↘", state="down", year=2025)), series(*FULL)),
        ("K06", pair("1200", "1300", target_unit="人/年"), pair("1200", "1300", unit="名", target_unit="人")),
        (
            "K06",
            pair("12", "100", unit="件", of_base={"years": Decimal(1)}, of_target={"years": Decimal(5)}),
            pair("12", "100", unit="件", of_base={"years": Decimal(5)}, of_target={"years": Decimal(5)}),
        ),
        ("K07", series(*FULL, type="undecided"), series(*FULL, type="cumulative")),
        ("K07", series(*FULL, type="undecided"), series(*FULL, type="undecided", unit="t-CO2/年")),
        ("K08", series(*FULL, repeats="other"), series(*FULL)),
        ("K10", pair("380", "380"), pair("380", "380", direction="keep")),
        ("K10", pair("5", "5"), pair("0", "0", direction="down")),
        ("K14", series(*FULL, type="survey_share"), series(*FULL, type="survey_share", survey_n=Decimal(900))),
        (
            "K14",
            pair("50.0", "60.0", unit="%", type="survey_share"),
            pair("50.0", "60.0", unit="%", type="survey_share", of_base={"respondents": Decimal(800)}),
        ),
        ("K15", pair("340", "380", type="annual_flow"), pair("340", "400", type="annual_flow")),
        ("K15", pair("-40", "0", type="undecided"), pair("-400", "0", type="undecided")),
        ("K15", pair("1", "2", unit="件", type="annual_flow"), pair("11", "20", unit="件", type="undecided")),
        ("K15", pair("3", "1", type="annual_flow", direction="down"), pair("2", "0", type="annual_flow", direction="down")),
        ("K15", pair("340", "380", type="annual_flow"), pair("340", "380", unit="万円", type="annual_flow")),
        ("K15", pair("340", "380", type="annual_flow"), pair("340", "340", type="annual_flow")),
        ("K21", pair("431.5", "438.3", unit="万円"), pair("431.5", "438.3", unit="万円", name="実質の純生産")),
        ("K21", pair("5000", "6000", unit="円/人"), pair("5000", "6000", unit="人")),
    ],
)  # fmt: skip
def test_codes_that_rows_decide(code, having, lacking):
    assert code in codes_of(having)
    assert code not in codes_of(lacking)


@pytest.mark.parametrize(
    ("code", "one", "having", "lacking"),
    [
        ("K16a", series(*FULL, statistic="s1"), NEVER, LATE),
        ("K16b", series(*FULL, statistic="s1"), LATE, TIMELY),
        ("K16b", series(*FULL, statistic="s1"), LATE, NEVER),  # K16a says it all
        ("K16b", series(*FULL, statistic="s1"), LATE, {"s1": statistic(lag_months_min=None, lag_months_max=None)}),
        ("K19", series(*FULL, statistic="s1"), MEAN, {"s1": statistic(is_mean="yes")}),
        ("K19", series(*FULL, statistic="s1"), MEAN, {"s1": statistic(by_sex="yes")}),
    ],
)  # fmt: skip
def test_codes_that_the_statistic_decides(code, one, having, lacking):
    assert code in codes_of(one, context(statistics=having))
    assert code not in codes_of(one, context(statistics=lacking))
    assert code not in codes_of(series(*FULL))


def test_a_change_beyond_the_error_may_still_be_hard_to_detect():
    # √((50·50 + 55·45)/1000) = 2.2304: error 4.37, detectable 6.25; (2.80/5)²·(2500 + 2475) = 1560.2
    (words,) = details_of(pair("50.0", "55.0", unit="%", type="survey_share"), "K14")
    assert "±4.4ポイントで、予定する変化+5.0ポイントはそれを上回ります" in words
    assert "8割の見込みで見分けられる差（6.2ポイントから）には届きません" in words
    assert "1,560人ほど" in words


def years(base, target, **fields):
    spans = [{"years": None if n is None else Decimal(n)} for n in (base, target)]
    return pair("12", "100", unit="件", of_base=spans[0], of_target=spans[1], **fields)


def test_one_year_against_five_is_said_in_words_of_its_own():
    one = years(1, 5, type="undecided")
    assert details_of(one, "K06") == ["当初値は1年分、目標値は5年分の数です"]
    assert "何年分の数か" in CODES["K06"].word
    assert "何年分の数か" in CODES["K06"].explanation
    # a yearly flow is of one year even where nobody has written so; a declared total may be what it says
    assert details_of(years(None, 5, type="annual_flow"), "K06") == ["当初値は1年分、目標値は5年分の数です"]
    assert "K06" not in codes_of(years(1, 5, type="cumulative"))
    assert "K06" in codes_of(pair("12", "100", unit="件", target_unit="人", type="cumulative"))


def test_a_base_of_unknown_length_beside_a_total_is_a_doubt_about_counting():
    assert details_of(years(None, 5, type="level"), "K07") == [
        "目標値は5年分の数ですが、当初値が何年分の数かは書かれていません"
    ]
    assert "K07" not in codes_of(years(None, 5, type="annual_flow"))
    assert "K07" not in codes_of(years(None, 5, type="cumulative"))
    assert "K07" not in codes_of(years(None, 1, type="level"))


def test_groups_of_a_mean_are_no_mean_only():
    men = series(*FULL, statistic="s1", kpi_id="k-men", name="寿命", group="男性")
    both = series(*FULL, statistic="s1", kpi_id="k-both", name="寿命")
    known = context(statistics=MEAN)
    assert "K19" not in codes_of(men, known)
    assert "K19" in codes_of(both, known)
    assert "K19" not in codes_of(both, known, others=(OTHER, men))


@pytest.mark.parametrize(
    ("when", "flagged"),
    [
        ({"year": 2020}, False),
        ({"year": 2021}, True),  # complete a year after the plan's first day
        ({"as_of": "2021-04-01"}, False),
        ({"as_of": "2021-04-02"}, True),
        ({"as_of": "2021-04"}, False),  # may be the first day
        ({"as_of": "2021-05"}, True),
        ({"as_of": "2021"}, False),  # may be January
        ({"as_of": "2022"}, True),
        ({}, False),
    ],
)
def test_a_baseline_after_the_start(when, flagged):
    one = series(value("baseline", "1200人", "1200", **when), FULL[1])
    assert ("K20" in codes_of(one)) == flagged


# ------------------------------------------------- K09: own numbers, and numbers of another plan's measures


def coded(*rows):
    return [
        series(*FULL, kpi_id=f"k{index}", code=code, name=name, goal_id=goal, group=group)
        for index, (code, name, goal, group) in enumerate(rows)
    ]


def doubled(rows, known=None):
    found = lint(rows, context=known or context())
    return {finding.kpi_id for finding in found if finding.code == "K09"}


OWN = [("1", "a", "g1", None), ("2", "b", "g1", None), ("3", "c", "g2", None), ("3", "d", "g2", None), ("5", "e", "g2", None)]  # fmt: skip


def test_one_number_for_two_indicators_among_own_numbers():
    assert doubled(coded(*OWN)) == {"k2", "k3"}


@pytest.mark.parametrize(
    "rows",
    [
        [row for row in OWN if row[1] != "d"],  # every number once
        [*OWN[:3], ("3", "c", "g2", "男性"), OWN[4]],  # groups of one indicator
        [*OWN[:3], ("3", "d", "g3", None), OWN[4]],  # two goals: a measure may serve both
        [*OWN[:3], OWN[3], OWN[4], ("6", "f", "g2", None), ("6", "g", "g2", None)],  # shared more than once
        [("5-1", "a", "g1", None), ("5-3", "b", "g1", None), ("6-3", "c", "g1", None), ("3-1", "d", "g2", None), ("3-1", "e", "g2", None)],
        [("3", "c", "g2", None), ("3", "d", "g2", None)],  # nothing shows that numbers are own
        [("①", "a", "g1", None), ("②", "b", "g1", None), ("③", "c", "g1", None), ("③", "d", "g1", None), ("未定", "e", "g1", None)],
    ],
)  # fmt: skip
def test_numbers_that_are_not_shown_to_be_own(rows):
    assert doubled(coded(*rows)) == set()


def test_a_number_of_the_plans_own_measures_may_be_shared():
    assert doubled(coded(*OWN), context(goal_numbers=frozenset({"3"}))) == set()


# ------------------------------------------------- K11 and K12: past values


def actuals(*pairs, unit="人"):
    return [value("actual", f"{v}{unit}", str(v), unit, year=year) for year, v in pairs]


def aim(number, unit="人", year=2025):
    return value("target", f"{number}{unit}", str(number), unit, year=year)


def evidence(*pairs, unit="人", table="vital", kpi_id="k1"):
    points = tuple(Point(date(year, 1, 1), date(year, 12, 31), Decimal(v)) for year, v in pairs)
    relation = Bilingual("関係", "relation")
    return EvidenceSeries(kpi_id, table, "register", "births", unit, message("出生数"), relation, points)


def linked(*found):
    return context(evidence={"k1": found})


# 2018, 2019, 2020: +100 a year, so 2025 is 1000 + 5·100 = 1500 by the line
STEADY = actuals((2018, 800), (2019, 900), (2020, 1000))


@pytest.mark.parametrize(
    ("one", "flagged"),
    [
        (series(*STEADY, aim(1500)), True),
        (series(*STEADY, aim("1500.5")), False),  # 0.5 off, half the last digit is 0.05
        (series(*STEADY, aim(1501)), False),
        (series(*STEADY, aim(1510), tolerance=Decimal(10)), True),
        (series(*STEADY, aim(1510), tolerance=Decimal(9)), False),
        (series(*STEADY[1:], aim(1500)), False),  # two values make no trend
        (series(*STEADY, value("target", "1500人", "1500")), False),  # no year to reach it by
        (series(*STEADY, value("target", "1500件", "1500", "件", year=2025)), False),
        (series(*actuals((2021, 1100), (2022, 1200), (2023, 1300)), aim(1500)), False),  # course, not trend
        (series(value("baseline", "1000人", "1000", year=2020), *STEADY[:2], aim(1500)), True),
    ],
)
def test_a_target_on_the_trend(one, flagged):
    assert ("K11" in codes_of(one)) == flagged


def test_the_trend_of_a_linked_series():
    one = series(value("target", "450人", "450", as_of="2025"), type="annual_flow")
    steady = evidence((2018, 380), (2019, 390), (2020, 400))  # +10 a year: 450 in 2025
    other = evidence((2018, 400), (2019, 390), (2020, 380))
    assert details_of(one, "K11", linked(steady)) == [
        "出生数（2018年から2020年までの3回）を直線で延ばすと450.0人になり、目標450人と同じ水準です（指標とは数え方が違うことがあります）"
    ]
    assert "K11" not in codes_of(one, linked(steady, other))  # which one it follows is not known


PAST = ((2012, 410), (2014, 388), (2016, 343), (2018, 332))


@pytest.mark.parametrize(
    ("target", "flagged"),
    [("411", True), ("410", False), ("400", False), ("340", False), ("331", False)],
)
def test_a_target_beyond_the_past(target, flagged):
    # The range is 332 to 410; the plan wants more, so only a target above it goes beyond.
    one = series(value("baseline", "300人", "300", as_of="2020"), aim(target, year=2025), type="annual_flow")
    assert ("K12" in codes_of(one, linked(evidence(*PAST)))) == flagged


def test_beyond_the_past_says_range_and_doubt():
    one = pair("340", "420", type="annual_flow")
    assert details_of(one, "K12", linked(evidence(*PAST))) == [
        "出生数の手元にある値（2012年、2014年、2016年、2018年）は332人〜410人で、目標420人はそのどれよりも大きい値です（指標とは数え方が違うことがあります）"
    ]
    down = pair("340", "300", type="annual_flow", direction="down")
    assert "小さい値です" in details_of(down, "K12", linked(evidence(*PAST)))[0]


@pytest.mark.parametrize(
    "found",
    [
        (evidence(*PAST[:2]),),  # two values make no range
        (evidence((2005, 330), *PAST[1:3]),),  # one of three is older than ten years
        (evidence((2021, 330), (2022, 320), (2023, 310)),),  # what came after adoption
        (evidence(*PAST, unit="件"),),
        (evidence(*PAST, table="population"),),
        (evidence(*PAST), evidence((2012, 430), *PAST)),  # within one of two series
        (),
    ],
)
def test_no_range_at_hand(found):
    assert "K12" not in codes_of(pair("340", "420", type="annual_flow"), linked(*found))


def test_undecided_counting_is_held_against_no_flow():
    assert "K12" not in codes_of(pair("340", "420", type="undecided"), linked(evidence(*PAST)))


def test_three_values_are_not_called_ten_years():
    assert "10年間" not in CODES["K12"].explanation
    assert "手元にある、計画より前の値のどれとも" in CODES["K12"].explanation


def test_own_values_come_before_linked_ones():
    own = series(*STEADY, aim(950), type="annual_flow")
    assert "K12" not in codes_of(own, linked(evidence(*PAST)))
    assert (
        "この指標の実績の手元にある値（2018年度、2019年度、2020年度）は800人〜1,000人"
        in details_of(series(*STEADY, aim(1200)), "K12")[0]
    )


# ------------------------------------------------- what a person decides


def judged(code, verdict):
    reason = Bilingual("理由です", "The reason")
    return context(judgements=(Judgement("k1", code, verdict, reason, "企画課", "2026-11-01", 2),))


@pytest.mark.parametrize("code", ["K13", "K17", "K18"])
def test_codes_that_a_person_decides(code):
    one = series(*FULL)
    assert CODES[code].decided_by == "person"
    assert details_of(one, code, judged(code, "yes")) == ["理由です（判断：企画課、2026-11-01）"]
    assert code not in codes_of(one, judged(code, "no"))
    assert code not in codes_of(one)
    assert code not in codes_of(one, judged(code, "undecided"))
    held = list_pending([OTHER, one], context=judged(code, "undecided"))
    assert [finding.id for finding in held] == [f"{code}/k1"]


@pytest.mark.parametrize(
    ("code", "one", "statistics"),
    [
        ("K07", series(*FULL, type="undecided"), {}),
        ("K19", series(*FULL, statistic="s1"), MEAN),
    ],
)
def test_a_verdict_overrules_the_rule(code, one, statistics):
    assert CODES[code].decided_by == "rule_or_person"
    verdicts = {v: judged(code, v).judgements for v in ("yes", "no", "undecided")}
    known = {v: context(judgements=rows, statistics=statistics) for v, rows in verdicts.items()}
    assert code in codes_of(one, known["yes"])
    assert code not in codes_of(one, known["no"])
    assert code not in codes_of(one, known["undecided"])


def test_judgements_are_read_with_both_languages():
    frame = pd.DataFrame(
        [{"kpi_id": "k1", "code": "K18", "verdict": "yes", "reason": "理由", "reason_en": "Reason",
          "judged_by": "企画課", "judged_on": "2026-11-01", "row": 2}]
    )  # fmt: skip
    (judgement,) = read_judgements(frame)
    assert str(judgement.reason) == "理由"
    with in_language("en"):
        assert str(judgement.reason) == "Reason"
    assert read_judgements(None) == ()


# ------------------------------------------------- what is never flagged


def test_a_complete_row_has_no_finding():
    assert codes_of(series(*FULL)) == set()


def test_reference_indicators_are_not_judged():
    one = series(role="reference", statistic="s1", type="undecided")
    known = context(statistics=NEVER, judgements=judged("K18", "yes").judgements)
    assert codes_of(one, known) == set()
    assert list_unwritten(one, [one]) == ()


def test_names_in_one_document_and_values_in_another():
    named = series(kpi_id="named", document="poster", statistic="s1")
    assert codes_of(named, context(statistics=NEVER)) == {"K16a"}
    assert codes_of(named, context(statistics=MEAN)) == set()
    assert codes_of(series(kpi_id="beside", document="text")) == {"K01", "K03"}


def test_every_code_explains_itself_and_says_what_to_do():
    assert list(CODES) == sorted(CODES)
    assert len(CODES) == 22  # K01 … K21, of which K16 is two
    for code in CODES.values():
        assert code.word
        assert code.explanation.endswith("。")
        assert code.remedy.endswith("。")
        assert "ください" in code.remedy


def test_replies_stay_with_a_finding(kitamoto):
    ids = {finding.id for finding in gather_findings(kitamoto)[0]}
    assert {"K05/k6-3-1", "K16b/k5-1", "K08/k3-2-repeat"} <= ids
    assert build_lint_context(kitamoto).years == PlanYears(2022, 2025)


# ------------------------------------------------- the boundary of K15

counts = st.integers(min_value=0, max_value=999)


@given(counts, counts)
def test_small_numbers_begin_at_the_poisson_margin(base, target):
    one = pair(str(base), str(target), type="annual_flow")
    within = base != target and 10000 * (target - base) ** 2 <= 196**2 * (base + target)
    assert ("K15" in codes_of(one)) == within


def test_a_change_on_the_margin_is_within_it():
    # 1.96·√(288 + 337) = 1.96·25 = 49 = 337 − 288
    assert "K15" in codes_of(pair("288", "337", type="annual_flow"))
    assert "K15" not in codes_of(pair("287", "337", type="annual_flow"))  # 50 against 48.96


# ------------------------------------------------- what can be measured


def test_what_can_be_measured_in_the_document_with_values(kitamoto):
    listed = read_series(kitamoto.frame("kpis"), kitamoto.frame("kpi_values"))
    (found,) = count_measurable(listed, coverage=kitamoto.file.coverage)
    # 17 series: 15 with a baseline, 13 with a target in figures, no target with a year
    assert (found.document, found.coverage, found.counts.series) == ("outline", "summary", 17)
    assert (found.with_baseline, found.with_target, found.with_both_years, found.measurable) == (15, 13, 0, 0)


def test_what_can_be_measured_document_by_document():
    arrow = series(FULL[0], value("target", "↗", state="up", year=2025), kpi_id="arrow")
    poster = series(kpi_id="named", document="poster")
    happy = series(*FULL, kpi_id="happy", role="reference")
    again = series(*FULL, kpi_id="again", repeats="other")
    text, names = count_measurable([OTHER, arrow, poster, happy, again], coverage="full")
    assert (text.document, text.counts.series, text.with_both_years, text.measurable) == ("text", 2, 2, 1)
    assert (names.document, names.counts.series, names.with_baseline, names.measurable) == ("poster", 1, 0, 0)
    assert count_measurable([], coverage="web") == ()


def test_examples_of_the_docstrings():
    done = doctest.testmod(past_range)
    assert done.attempted > 0
    assert done.failed == 0
