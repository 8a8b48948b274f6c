"""The check of the five plans at hand finds what a careful reader finds in them, and blames nobody for the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from outlook_house import (
    AIZUWAKAMATSU,
    KITAMOTO,
    NIHONMATSU,
    NINOHE,
    Copy,
    aim,
    plan_of,
    with_outlook,
)

from planbook.analysis.recalculation.rules import RULES
from planbook.summary.recalculation.gather import gather_checks, gather_scenario, gather_statements
from planbook.vocabulary.schemas.fields import _FINDING

NINOHE_COMPREHENSIVE = "03213-comprehensive-2"
ALL = (NIHONMATSU, NINOHE, AIZUWAKAMATSU, NINOHE_COMPREHENSIVE, KITAMOTO)


@cache
def checks_of(plan_id: str):
    return {check.id: check for check in gather_checks(plan_of(plan_id))}


def found(plan_id: str, check_id: str):
    return checks_of(plan_id)[check_id]


def differing(plan_id: str) -> dict[str, tuple[str, str | None]]:
    """Every mismatch with its nature and cause."""
    return {
        name: (check.nature, check.cause)
        for name, check in checks_of(plan_id).items()
        if check.verdict == "mismatch"
    }


def by_verdict(plan_id: str, verdict: str) -> set[str]:
    return {name for name, check in checks_of(plan_id).items() if check.verdict == verdict}


# ------------------------------------------------------------------------------ 二本松市


def test_nihonmatsu_differs_in_a_length_and_in_a_name():
    assert differing(NIHONMATSU) == {
        "R05/decline-years": ("slip", "source"),
        "R13/grant-name-2": ("wording", "source"),
    }


def test_the_rate_is_right_and_its_years_are_fifteen():
    assert found(NIHONMATSU, "R01/decline-pct").verdict == "match"
    assert "（54,676 − 63,095）÷ 63,095 ＝ −13.34%" in str(found(NIHONMATSU, "R01/decline-pct").recomputed)
    years = found(NIHONMATSU, "R05/decline-years")
    assert "2005年12月1日から2020年12月1日まで ＝ 15年" in str(years.recomputed)
    assert "「10年間」は「15年間」の誤記とみられます" in str(years.reading)
    assert "複利で−9.1%" in str(years.reading)
    assert [place.locator for place in years.places] == ["L12"] * 3


def test_two_ways_of_counting_are_no_fault():
    """54,676 is 1,119 above the census two months earlier and 1,022 above the register a month later."""
    figure = found(NIHONMATSU, "R28/pop-2020")
    assert (figure.verdict, figure.nature, figure.cause) == ("undecidable", "concept", None)
    assert "+1,119人" in str(figure.reading) and "+1,022人" in str(figure.reading)
    assert "2015年の国勢調査" in str(figure.reading) and "現住人口" in str(figure.reading)
    assert "国勢調査と合います" in str(found(NIHONMATSU, "R28/pop-2005").reading)
    change = found(NIHONMATSU, "R29/decline-pct")
    assert (change.verdict, change.nature, change.cause) == ("undecidable", "concept", None)
    assert "−15.23%" in str(change.reading)


def test_a_later_projection_is_hindsight():
    stated = found(NIHONMATSU, "R30/pop-2040")
    assert (stated.verdict, stated.nature) == ("undecidable", "hindsight")
    assert "39,230" in str(stated.recomputed) and "41,500人から42,500人まで" in str(stated.reading)
    for name, gap in (("R33/target-2030", "+3,491人"), ("R33/target-2040", "+5,770人")):
        assert found(NIHONMATSU, name).nature == "hindsight"
        assert gap in str(found(NIHONMATSU, name).recomputed)


def test_the_name_of_the_grant_lacks_a_word():
    assert "「生活」がない" in str(found(NIHONMATSU, "R13/grant-name-2").recomputed)


@pytest.mark.parametrize(
    "name",
    [
        "R05/strategy1-years", "R05/plan-years-1", "R05/plan-years-2", "R07/law-era", "R07/outlook-era-2040",
        "R07/target-era-2030", "R07/target-era-2040", "R08/national-strategy-date", "R09/plan-period", "R10/strategy1-period",
    ],
)  # fmt: skip
def test_what_agrees_in_nihonmatsu(name):
    assert found(NIHONMATSU, name).verdict == "match"


# ------------------------------------------------------------------------------ 二戸市 総合戦略


def test_ninohe_differs_in_wording_and_what_extraction_did_is_not_the_citys():
    assert differing(NINOHE) == {
        "R13/strategy-name-2": ("wording", "source"),
        "R13/strategy-name-4": ("wording", "source"),
        "R16/wording-migration": ("slip", "source"),
        "R17/wording-outlook": ("slip", "source"),
        "R19/migration-ages-all": ("slip", "extraction"),
        "R20/g2": ("wording", "extraction"),
        "R21/section-1": ("wording", "extraction"),
    }


def test_the_wording_of_ninohe_in_words():
    short = found(NINOHE, "R13/strategy-name-2")
    assert "「創生」がない" in str(short.recomputed)
    assert [place.locator for place in short.places] == ["L2", "L26", "L55"]
    assert "「・」がない" in str(found(NINOHE, "R13/strategy-name-4").recomputed)
    assert "「移動率を」が二度" in str(found(NINOHE, "R16/wording-migration").recomputed)
    assert "「移動率を2030年（H42）にはゼロで均衡」" in str(found(NINOHE, "R16/wording-migration").reading)
    assert "「示した将来展望の実現に向けた」" in str(found(NINOHE, "R17/wording-outlook").reading)
    assert "並びはⅠ、Ⅲ、Ⅱです" in str(found(NINOHE, "R21/section-1").recomputed)
    assert "「各々の年代」" in str(found(NINOHE, "R19/migration-ages-all").reading)


def test_what_the_words_of_ninohe_leave_open():
    assert by_verdict(NINOHE, "undecidable") == {
        "R01/migration-cut",  # the rates that are cut are not listed
        "R22/migration-ages",
        "R23/migration-scale.migration-level-20-40",
        "R24/migration-scale",
        "R26/target-2045",
        "R27/aim-age-structure",
        "R33/target-2045",
        "R34/target-2045",
    }
    assert "20～39歳、20～44歳" in str(found(NINOHE, "R22/migration-ages").reading)
    assert found(NINOHE, "R27/aim-tfr").verdict == "match"


def test_the_target_follows_from_the_assumptions_in_54_of_64_readings_then_and_in_none_today():
    check = found(NINOHE, "R34/target-2045")
    assert (check.verdict, check.nature, check.cause) == ("undecidable", "unwritten", None)
    assert "64通りの読み方のうち54通り" in str(check.recomputed) and "要確認" in str(check.recomputed)
    assert "16通りのうち0通り" in str(check.reading)
    assert "策定の誤りを示すものではありません" in str(check.reading)


def test_both_later_projections_stand_beside_ninohes_target():
    words = str(found(NINOHE, "R33/target-2045").recomputed)
    assert "+29.1%" in words and "+30.9%" in words
    assert found(NINOHE, "R33/target-2045").nature == "hindsight"


@pytest.mark.parametrize(
    "name",
    ["R05/plan-years", "R07/target-era-2045", "R07/tfr-era-2030", "R07/migration-era-2030", "R09/plan-period", "R12/goal-count"],
)  # fmt: skip
def test_what_agrees_in_ninohe(name):
    assert found(NINOHE, name).verdict == "match"


def test_eras_past_their_end_are_right():
    assert "平成57年 ＝ 1988 ＋ 57 ＝ 2045年" in str(found(NINOHE, "R07/target-era-2045").recomputed)
    assert "令和27年" in str(found(NINOHE, "R07/target-era-2045").reading)


# ------------------------------------------------------------------------------ 会津若松市


def test_aizuwakamatsu_differs_in_one_name_only():
    assert differing(AIZUWAKAMATSU) == {"R13/upper-plan-name-2": ("wording", "source")}
    assert "語の並びが違います" in str(found(AIZUWAKAMATSU, "R13/upper-plan-name-2").recomputed)


def test_the_decline_of_the_named_edition_is_confirmed():
    check = found(AIZUWAKAMATSU, "R32/decline-pct-2050")
    assert check.verdict == "match"
    assert "（76,262 − 117,376）÷ 117,376 ＝ −35.03%" in str(check.recomputed)
    assert found(AIZUWAKAMATSU, "R35/ipss-date").verdict == "match"


def test_a_target_without_a_date_and_when_the_projection_meets_it():
    assert found(AIZUWAKAMATSU, "R25/target-stable").nature == "unwritten"
    path = found(AIZUWAKAMATSU, "R33/target-stable")
    assert "2033年1月に100,000人" in str(path.recomputed)
    assert "2029年から2036年まで" in str(path.reading)


@pytest.mark.parametrize(
    "name",
    [
        "R08/grant-budget", "R08/edition-3", "R09/plan-period", "R11/vision2-date-1", "R12/goal-count-1", "R12/goal-count-2",
        "R12/viewpoint-count", "R12/national-direction-count",
    ],
)  # fmt: skip
def test_what_agrees_in_aizuwakamatsu(name):
    assert found(AIZUWAKAMATSU, name).verdict == "match"
    assert "2015年3月" in str(found(AIZUWAKAMATSU, "R08/grant-budget").recomputed)


# ------------------------------------------------------------------------------ 二戸市 後期基本計画, 北本市


def test_everything_that_differs_on_the_poster_is_extraction():
    causes = differing(NINOHE_COMPREHENSIVE)
    assert {cause for _, cause in causes.values()} == {"extraction"}
    assert "R19/dream" in causes
    assert "未来をひらくまち にのへ" in str(found(NINOHE_COMPREHENSIVE, "R19/dream").reading)


@pytest.mark.parametrize(
    "name",
    [
        "R12/pillar-count", "R12/viewpoint-count", "R12/new-viewpoint-count-1", "R12/new-viewpoint-count-2",
        "R11/new-viewpoint-count-1", "R10/concept-period", "R13/title.p1", "R13/title.base",
    ],
)  # fmt: skip
def test_what_agrees_on_the_poster(name):
    assert found(NINOHE_COMPREHENSIVE, name).verdict == "match"


def test_kitamoto_differs_in_a_heading_and_in_three_units():
    assert differing(KITAMOTO) == {
        "R13/goal3-title-2": ("wording", "source"),
        "R15/k4-3": ("wording", "source"),
        "R15/k4-6": ("wording", "source"),
        "R15/k3-1-2": ("wording", "source"),
    }
    heading = found(KITAMOTO, "R13/goal3-title-2")
    assert "「生」が「産」になっている" in str(heading.recomputed)
    assert [place.locator for place in heading.places] == ["L14", "L40"]


def test_an_indicator_of_kitamoto_is_listed_twice_without_the_mark():
    check = found(KITAMOTO, "R14/k3-2-repeat")
    assert (check.verdict, check.nature) == ("undecidable", "unwritten")
    assert [place.locator for place in check.places] == ["L79", "L63"]


@pytest.mark.parametrize(
    "name",
    ["R05/plan-years", "R12/goal-count", "R12/cross-goal-count", "R18/kpi-announced-1", "R22/ages-k7-1", "R13/title.g1"],
)  # fmt: skip
def test_what_agrees_in_kitamoto(name):
    assert found(KITAMOTO, name).verdict == "match"


# ------------------------------------------------------------------------------ all plans


@pytest.mark.parametrize("plan_id", ALL)
def test_every_check_can_be_replied_to_and_is_in_the_order_of_the_document(plan_id):
    checks = list(checks_of(plan_id).values())
    assert checks
    lines = []
    for check in checks:
        assert _FINDING.match(check.id) and check.rule in RULES
        first = next(place for place in check.places if place.document)
        lines.append(int(re.match(r"L(\d+)", first.locator)[1]))
    assert lines == sorted(lines)


@pytest.mark.parametrize("plan_id", ALL)
def test_nothing_entered_contradicts_its_own_quotation(plan_id):
    """R08 with cause extraction would be a slip of the project's own tables; figures are checked when they are read."""
    assert [name for name in by_verdict(plan_id, "mismatch") if name.startswith("R08/")] == []


@pytest.mark.parametrize("plan_id", ALL)
def test_no_sentence_speaks_of_more_than_the_document_at_hand(plan_id):
    for check in checks_of(plan_id).values():
        said = f"{check.claim}{check.recomputed}{check.reading or ''}"
        assert str(check.claim).startswith("「") and str(check.claim).endswith("」")
        assert "監査" not in said and "計画に書かれていない" not in said
        if check.nature == "hindsight":
            assert "後から分かった" in said


# ------------------------------------------------------------------------------ other data


def test_a_plan_without_assumptions_is_not_computed():
    assert gather_scenario(plan_of(NIHONMATSU)) is None


def test_a_municipality_without_figures_gives_open_checks_and_no_error(tmp_path):
    copy = Copy(tmp_path, NIHONMATSU)
    for name in ("population", "projections", "age_sex"):
        copy.remove(name)
    checks = {check.id: check for check in gather_checks(copy.load())}
    assert checks["R28/pop-2020"].verdict == "undecidable"
    assert checks["R30/pop-2040"].nature == "unwritten"
    assert checks["R01/decline-pct"].verdict == "match"


def test_assumptions_without_rates_say_so(tmp_path):
    copy = Copy(tmp_path, NINOHE).remove("age_sex")
    checks = {check.id: check for check in gather_checks(copy.load())}
    assert checks["R34/target-2045"].verdict == "undecidable"
    assert "手元にありません" in str(checks["R34/target-2045"].recomputed)


def test_a_lower_target_follows_in_every_reading_and_a_higher_one_in_none():
    plan = plan_of(NINOHE)
    for persons, verdict in ((19_000, "match"), (25_000, "mismatch")):
        other = with_outlook(plan, targets=(aim(2045, persons),))
        check = next(check for check in gather_checks(other) if check.rule == "R34")
        assert check.verdict == verdict


def test_only_the_last_target_is_run_and_the_other_says_so():
    plan = with_outlook(plan_of(NINOHE), targets=(aim(2040, 21_000), aim(2045, 20_000)))
    checks = {check.object_id: check for check in gather_checks(plan) if check.rule == "R34"}
    assert "最も先の目標" in str(checks["target-21000"].recomputed)
    assert checks["target-20000"].verdict == "undecidable"


def test_an_edited_claim_changes_its_verdict():
    """With 15年間 in place of 10年間, and its value, the length agrees."""
    given = gather_statements(plan_of(NIHONMATSU))
    mended = tuple(
        replace(claim, value=claim.value + 5, as_written="15年間")
        if claim.claim_id == "decline-years"
        else claim
        for claim in given.claims
    )
    rule = RULES["R05"]
    verdicts = {check.object_id: check.verdict for check in rule.function(replace(given, claims=mended))}
    assert verdicts["decline-years"] == "match"
