"""A plan's own assumptions: every reading of them, as at adoption and as of today, and what is no assumption."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from outlook_house import (
    NIHONMATSU,
    NINOHE,
    Copy,
    aim,
    assume,
    baseline_of,
    plan_of,
    starting_in,
    with_outlook,
)

from planbook.analysis.projection.cohorts import Cohorts
from planbook.analysis.projection.rates import RATES, Origin, Rates
from planbook.analysis.projection.scenario_runs import run_scenarios, scale_migration
from planbook.analysis.projection.scenarios import (
    PATTERN_1,
    MigrationRule,
    Scenario,
    TfrPath,
    list_readings,
)
from planbook.summary.outlook.assumptions import question_key, read_assumptions
from planbook.summary.outlook.baseline import gather_baseline
from planbook.summary.outlook.gather import gather_outlook
from planbook.summary.outlook.stated import Absence, gather_stated
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.errors import InputError


@pytest.fixture(scope="module")
def ninohe():
    return gather_stated(plan_of(NINOHE), baseline_of(NINOHE))


def stated_of(plan):
    return gather_stated(plan, baseline_of(NINOHE))


# ------------------------------------------------------------------------------ 二戸市: 20,000 in 2045


@pytest.mark.parametrize(
    ("world", "base", "edition", "low", "high", "count"),
    [
        ("adoption", 2010, "ipss2013", 19_743, 20_846, 64),
        ("adoption_unshrunk", 2010, "ipss2013", 17_924, 19_738, 64),
        ("edition_ipss2018", 2015, "ipss2018", 17_847, 19_619, 64),
        ("today", 2025, "ipss2023", 16_627, 17_545, 16),
    ],
)
def test_the_readings_of_ninohes_plan(ninohe, world, base, edition, low, high, count):
    """TFR 2.10 by 2030, 移動率 4割縮小, 20–40 at zero by 2030, in every reading; persons in 2045.

    Two readings each of the year, of the sign, of the upper age, of the age's date, of fading in and of the overlap: 64.
    Of today only 16: by 2030 there is no time left to fade in, and zero is zero whichever rule wins. With the halving of migration that IPSS 2013 assumed,
    the target of its date is within the readings; without it, and on later rates, 20,000 is not reached.
    """
    (found,) = [item for item in ninohe.worlds if item.key == world]
    assert (found.rates.base.year, found.edition) == (base, edition)
    assert found.hindsight is (base > 2010)
    assert ninohe.range_of(world) == pytest.approx((low, high), abs=1)
    assert ninohe.reaching(world)[1] == count
    readings = [reading for reading in ninohe.readings if reading.world == world]
    assert len({tuple(sorted(reading.answers.items())) for reading in readings}) == count
    # no reading is there twice under two names
    assert len({round(reading.persons, 6) for reading in readings}) == count


def test_the_plan_was_consistent_at_its_date_and_is_not_today(ninohe):
    """Half a per cent below 20,000 still counts as 20,000: 54 of the 64 readings at adoption, none of today."""
    assert ninohe.target.year == 2045
    assert float(ninohe.target.population_persons) == 20_000
    assert ninohe.reaching("adoption") == (54, 64)
    for world in ("adoption_unshrunk", "edition_ipss2018", "today"):
        assert ninohe.reaching(world)[0] == 0
    assert ninohe.worlds[0].key == "adoption"
    assert ninohe.unread == ()


def test_the_rule_of_the_edition_of_2013_is_marked_as_unverified(ninohe):
    marks = {world.key: world.verified for world in ninohe.worlds}
    assert marks == {"adoption": False, "adoption_unshrunk": True, "edition_ipss2018": True, "today": True}


def test_the_halving_of_2013_is_applied_before_the_plans_own_shrinking(ninohe):
    """「社人研移動率の仮定値から4割縮小」: √0.5 = 0.7071, then 0.5 of the observed rates (定率), and 0.6 of those."""
    halved, plain = (
        next(world.rates for world in ninohe.worlds if world.key == key)
        for key in ("adoption", "adoption_unshrunk")
    )
    ratio = halved.migration[:, 0] / np.where(plain.migration[:, 0] == 0, np.nan, plain.migration[:, 0])
    assert np.nanmin(ratio, axis=(1, 2)) == pytest.approx([0.5**0.5, *[0.5] * 6])
    assert np.nanmax(ratio, axis=(1, 2)) == pytest.approx([0.5**0.5, *[0.5] * 6])


def test_an_edition_that_names_no_way_shrinks_in_equal_steps(tmp_path):
    copy = Copy(tmp_path, NINOHE).change(
        "edition_assumptions", lambda row: row["edition"] == "ipss2013", ramp=""
    )
    plan = copy.load()
    rates = {world.key: world.rates.migration for world in gather_stated(plan, gather_baseline(plan)).worlds}
    assert rates["adoption"] == pytest.approx(
        rates["adoption_unshrunk"] * np.array([0.75, *[0.5] * 6]).reshape(-1, 1, 1, 1)
    )


def test_pattern_1_of_each_world_is_the_projection_without_the_plan(ninohe):
    """15,281 was published in 2018; today's rates from the census of 2025 come to 15,278."""
    assert ninohe.pattern_1["edition_ipss2018"] == pytest.approx(15_281, abs=0.5)
    for world in ninohe.worlds:
        usual = run_scenarios(world.rates, (PATTERN_1,), 2045).totals[-1, 0, 0]
        assert ninohe.pattern_1[world.key] == usual
        assert usual < ninohe.range_of(world.key)[0]


def test_each_reading_is_what_its_answers_say(ninohe):
    """The order of scenarios and of answers is the same: one reading is run again, alone, from its answers."""
    answers = {
        "reading": "point",
        "signs@0": "negative",
        "ages@1": "20-44",
        "ages_at@1": "end",
        "from_year@1": "at_once",
    }
    (found,) = [
        reading.persons
        for reading in ninohe.readings
        if reading.world == "adoption" and reading.answers == {**answers, "overlap": "product"}
    ]
    scenario, questions, _ = read_assumptions(plan_of(NINOHE).file.outlook.assumptions, 2015)
    rates = next(world.rates for world in ninohe.worlds if world.key == "adoption")
    chosen = replace(
        scenario,
        fertility=replace(scenario.fertility, reading="point"),
        migration=(
            replace(scenario.migration[0], signs="negative"),
            replace(scenario.migration[1], ages=AgeGroup(20, 45), ages_at="end", from_year=None),
        ),
        overlap="product",
    )
    alone = run_scenarios(rates, (chosen,), 2045, baseline_of(NINOHE).conversion).totals[-1, 0, 0]
    assert found == pytest.approx(alone, rel=1e-12)
    assert {question_key(question) for question in questions} == {*answers, "overlap"}


def test_two_rules_of_one_kind_keep_their_answers_apart():
    """「移動率を4割縮小、20～39歳は半減」: the sign is asked of each, and every combination is a reading of its own.

    Two signs, twice; the age's date of the second; the overlap: 16 readings, each with the result of its answers.
    """
    rules = (assume("migration_scale", 0.6), assume("migration_scale", 0.5, age_from=20, age_to=39))
    found = stated_of(with_outlook(plan_of(NINOHE), assumptions=rules))
    readings = [reading for reading in found.readings if reading.world == "today"]
    assert set(readings[0].answers) == {"signs@0", "signs@1", "ages_at@1", "overlap"}
    assert len({tuple(reading.answers.items()) for reading in readings}) == len(readings) == 16
    rates = baseline_of(NINOHE).now
    for first, second in (("all", "negative"), ("negative", "all")):
        answers = {"signs@0": first, "signs@1": second, "ages_at@1": "start", "overlap": "last"}
        (persons,) = [reading.persons for reading in readings if reading.answers == answers]
        chosen = Scenario(
            "chosen",
            migration=(
                MigrationRule(0.6, signs=first),
                MigrationRule(0.5, ages=AgeGroup(20, 40), signs=second),
            ),
        )
        alone = run_scenarios(rates, (chosen,), 2045).totals[-1, 0, 0]
        assert persons == pytest.approx(alone, rel=1e-12)


# -------------------------------------------------------------------------------------- from when assumptions hold


@pytest.mark.parametrize(
    ("fiscal_year", "start"),
    [(2017, 2015), (2018, 2020), (2020, 2020), (2021, 2020), (2022, 2020), (2023, 2025)],
)
def test_assumptions_hold_from_the_fifth_year_nearest_to_the_plans_start(fiscal_year, start):
    """A plan of 2021 spans four of the years 2020–25, one of 2023 two: that one begins with 2025–30.

    By hand in the world of IPSS 2018, whose base is 2015: パターン1 until `start`, six tenths of its migration after.
    """
    stated = (assume("migration_scale", 0.6, relative_to="ipss2018"),)
    found = stated_of(starting_in(with_outlook(plan_of(NINOHE), assumptions=stated), fiscal_year))
    rates = next(world.rates for world in found.worlds if world.key == "adoption")
    assert rates.base.year == 2015
    (persons,) = [
        reading.persons
        for reading in found.readings
        if reading.world == "adoption" and reading.answers["signs@0"] == "all"
    ]
    factor = np.array([0.6 if year > start else 1 for year in range(2020, 2046, 5)])
    shrunk = replace(rates, migration=rates.migration * factor.reshape(-1, 1, 1, 1))
    assert persons == pytest.approx(run_scenarios(shrunk, (PATTERN_1,), 2045).totals[-1, 0, 0])


def test_assumptions_hold_nowhere_before_the_base():
    """A plan of 2015 in today's world, whose base is 2025: the past is not projected again."""
    found = stated_of(with_outlook(plan_of(NINOHE), assumptions=(assume("migration_scale", 0.6),)))
    (persons,) = [r.persons for r in found.readings if r.world == "today" and r.answers["signs@0"] == "all"]
    rates = baseline_of(NINOHE).now
    shrunk = replace(rates, migration=rates.migration * 0.6)
    assert persons == pytest.approx(run_scenarios(shrunk, (PATTERN_1,), 2045).totals[-1, 0, 0])


# --------------------------------------------------------------------------------------- what a rule does, by hand


def five_women(migration) -> Rates:
    persons = np.full((1, 2, 19), 100.0)
    return Rates(
        Cohorts(2015, ("00000",), persons),
        np.full((1, 1, 2, 19), 0.9),
        np.broadcast_to(np.asarray(migration, dtype=float), (1, 1, 2, 19)),
        np.full((2, 1), 0.2),
        np.full(1, 100.0),
        dict.fromkeys(RATES, Origin(("x",), (2010, 2015))),
    )


def test_shrinking_all_migration_loses_those_who_would_have_come():
    """「4割縮小」 of −0.2 at 15–19 and +0.1 at 25–29, ×0.6: by hand, 100 persons a sex and age.

    Both: 15–19 lose 12 instead of 20, 25–29 gain 6 instead of 10. Losses only: 12 and 10. So four more a sex, and
    the women of them are in the ages of childbearing: 0.2 children each.
    """
    pattern = np.zeros(19)
    pattern[3], pattern[5] = -0.2, 0.1
    scenario, questions, _ = read_assumptions((assume("migration_scale", 0.6),), 2015)
    rates = five_women(pattern)
    readings = list_readings(scenario, questions)
    assert [reading.migration[0].signs for reading in readings] == ["all", "negative"]
    both, losses = run_scenarios(rates, readings, 2020).totals[-1, :, 0]
    assert losses - both == pytest.approx(2 * 4 + 4 * 0.2)
    assert scale_migration(rates, readings[0], [2020])[0, 0, 0, [3, 5]] == pytest.approx([-0.12, 0.06])


def test_twenty_to_forty_is_read_up_to_39_and_up_to_44():
    _, questions, _ = read_assumptions(
        (assume("migration_level", 0, by_year=2030, age_from=20, age_to=40),), 2015
    )
    by_field = {question.field: question for question in questions}
    assert by_field["ages"].answers == {"20-39": AgeGroup(20, 40), "20-44": AgeGroup(20, 45)}
    assert by_field["from_year"].answers == {"gradual": 2015, "at_once": None}
    assert list(by_field["ages_at"].answers) == ["start", "end"]
    # zero is zero whatever the sign
    assert "signs" not in by_field


def test_ages_that_fit_the_groups_leave_no_question_of_their_bound():
    scenario, questions, _ = read_assumptions((assume("migration_scale", 0.5, age_from=15, age_to=39),), 2015)
    assert scenario.migration[0].ages == AgeGroup(15, 40)
    assert [question.field for question in questions] == ["signs", "ages_at"]


def test_a_rate_for_2030_and_another_for_2040_are_one_path():
    """「2030年に1.8、2040年に2.07」, as most visions have it: 1.8 must not be lost on the way to 2.07."""
    aims = (assume("tfr", 2.07, by_year=2040), assume("tfr", 1.8, by_year=2030))
    scenario, questions, unread = read_assumptions(aims, 2015)
    assert scenario.fertility == TfrPath(2015, ((2030, 1.8), (2040, 2.07)))
    assert [question.field for question in questions] == ["reading"]
    assert unread == ()
    found = stated_of(with_outlook(plan_of(NINOHE), assumptions=aims))
    assert found.reaching("today")[1] == 2
    straight = stated_of(with_outlook(plan_of(NINOHE), assumptions=aims[:1]))
    # the straight line from 1.5 in 2015 to 2.07 would be at 1.84 in 2030
    assert found.range_of("adoption")[1] < straight.range_of("adoption")[1] - 10


def test_two_rules_are_read_with_the_last_winning_and_as_a_product():
    rules = (
        assume("migration_scale", 0.6),
        assume("migration_level", 0, by_year=2025, age_from=20, age_to=39),
    )
    scenario, questions, _ = read_assumptions(rules, 2015)
    assert len(scenario.migration) == 2
    assert questions[-1].field == "overlap"
    assert list(questions[-1].answers) == ["last", "product"]


def test_a_rule_holds_from_the_first_five_years_after_the_plan_begins():
    """A plan of 2015 changes nothing of 2010–15, which is its past."""
    scenario, _, _ = read_assumptions((assume("migration_scale", 0.6),), 2015)
    assert [scenario.migration[0].factor(year) for year in (2015, 2020, 2045)] == [1, 0.6, 0.6]


# ------------------------------------------------------------------------------------ what cannot be read, or run


@pytest.mark.parametrize(
    "odd",
    [
        assume("migration_level", 0.1, by_year=2030),
        assume("migration_level", -0.02, age_from=20, age_to=39),
        assume("migration_scale", 0.5, age_from=20),
        assume("migration_scale", 0.5, age_to=39),
        assume("tfr", 1.8),
        assume("tfr", 1.8, by_year=2015),
    ],
)
def test_an_assumption_that_no_rule_stands_for_is_handed_back(odd):
    """A level that is not zero, ages with one bound only, a fertility rate of no year or of a past one.

    "20歳以上" read as everybody would be a silent number.
    """
    scenario, questions, unread = read_assumptions((odd,), 2015)
    assert unread == (odd,)
    assert (scenario.fertility, scenario.migration, questions) == (None, (), [])


def test_the_rest_of_the_assumptions_is_still_read():
    odd = assume("migration_level", 0.1, by_year=2030)
    plan = plan_of(NINOHE)
    found = stated_of(with_outlook(plan, assumptions=(*plan.file.outlook.assumptions, odd)))
    assert found.unread == (odd,)
    assert found.range_of("adoption") == pytest.approx((19_743, 20_846), abs=1)


def test_a_plan_without_assumptions_or_without_a_dated_target_has_no_scenario():
    plan = plan_of(NINOHE)
    assert stated_of(with_outlook(plan, assumptions=())) == Absence("no_assumption")
    assert stated_of(with_outlook(plan, targets=())) == Absence("no_dated_target")
    assert stated_of(with_outlook(plan, targets=(aim(None, 20_000),))) == Absence("no_dated_target")
    assert gather_stated(plan_of(NIHONMATSU), baseline_of(NIHONMATSU)) == Absence("no_assumption")
    assert gather_stated(plan, None) == Absence("no_data")


@pytest.mark.parametrize(
    ("year", "reason"),
    [
        (2060, "target_beyond"),
        (2048, "target_off_grid"),
        (2024, "target_off_grid"),
        (2010, "target_past"),
        (2015, "target_past"),
    ],
)
def test_a_target_that_no_projection_reaches_does_not_break_the_page(year, reason):
    """2060, which many visions aim at, lies beyond IPSS; 2048 and 2024 between fifth years; 2015 is when the plan began."""
    assert stated_of(with_outlook(plan_of(NINOHE), targets=(aim(year, 20_000),))) == Absence(reason)


def test_assumptions_that_cannot_be_read_are_the_reason_and_are_kept():
    """The document does state assumptions: "it states none" would be false, and their words are shown."""
    odd = assume("migration_level", 0.1, by_year=2030)
    found = stated_of(with_outlook(plan_of(NINOHE), assumptions=(odd,)))
    assert found == Absence("unread_only", (odd,))
    assert gather_outlook(with_outlook(plan_of(NINOHE), assumptions=(odd,))).unread == (odd,)
    # a rate that is reached before any world begins is read by none of them
    past = assume("tfr", 1.8, by_year=2014)
    early = starting_in(with_outlook(plan_of(NINOHE), assumptions=(past,)), 2013)
    assert stated_of(early) == Absence("unread_only", (past,))


# ----------------------------------------------------------------------- what the count of readings turns on


def test_three_per_cent_of_the_conversion_move_the_count(ninohe):
    """k is made of unverified rates: 54 of 64 is 41 with k×1.03 and 63 with k×0.97, counted here by another way."""
    assert ninohe.sensitivity == (41, 63)
    world = ninohe.world("adoption")
    scenario, questions, _ = read_assumptions(plan_of(NINOHE).file.outlook.assumptions, 2015)
    counts = []
    for factor in (0.97, 1.03):
        # dividing k is multiplying the aim and the start of the path, so the ratio of the start stays
        conversion = baseline_of(NINOHE).conversion
        moved = replace(conversion, factors={year: k * factor for year, k in conversion.factors.items()})
        totals = run_scenarios(world.rates, list_readings(scenario, questions), 2045, moved).totals[-1, :, 0]
        counts.append(int((totals >= 19_900).sum()))
    assert counts == [63, 41]


def test_without_a_fertility_rate_nothing_turns_on_the_conversion():
    found = stated_of(with_outlook(plan_of(NINOHE), assumptions=(assume("migration_scale", 0.6),)))
    assert found.sensitivity is None


def test_tables_younger_than_the_plan_are_named(ninohe):
    """A plan of 2015 with survival of IPSS 2018 and a life table of 2020; the census of its base is none of them."""
    later = {"life-table-23", "life-expectancy-prefecture", "ipss2018", "ipss2017-national"}
    assert set(ninohe.world("adoption").later_sources) == later
    assert not ninohe.world("adoption").has_figures
    assert ninohe.world("edition_ipss2018").has_figures
    young = stated_of(starting_in(with_outlook(plan_of(NINOHE)), 2022))
    assert young.world("adoption").later_sources == ()


def test_each_rate_of_adoption_has_an_origin_of_its_own(ninohe):
    origins = ninohe.world("adoption").rates.origins
    assert "ipss2013-method" in origins["migration"].source_ids
    assert "ipss2013-method" not in ninohe.world("adoption_unshrunk").rates.origins["migration"].source_ids
    assert origins["migration"].period == (2005, 2010)
    assert "life-table-23" not in origins["migration"].source_ids
    assert "life-table-23" in origins["survival"].source_ids
    assert not set(origins["survival"].source_ids) & set(origins["base"].source_ids)
    assert ninohe.world("today").rates.origins["base"].source_ids[0] == "census-2025-preliminary"
    assert ninohe.world("today").rates.origins["base"].period == (2020, 2025)


def test_migration_of_disturbed_years_is_marked_in_the_world_too():
    """二本松市 on IPSS 2018 would take its migration from 2010–15, when evacuees came."""
    rule = (assume("migration_scale", 0.6, relative_to="ipss2018"),)
    plan = with_outlook(plan_of(NIHONMATSU), assumptions=rule)
    world = gather_stated(plan, baseline_of(NIHONMATSU)).world("adoption")
    assert world.rates.disturbed == ("migration",)
    assert not world.has_figures


def test_today_is_no_hindsight_for_a_plan_that_begins_later():
    """A plan of 2026 has the census of October 2025 and the edition of 2023 behind it."""
    rule = (assume("migration_scale", 0.6, relative_to="ipss2018"),)
    plan = with_outlook(plan_of(NINOHE), assumptions=rule)
    hindsight = {
        year: stated_of(starting_in(plan, year)).world("today").hindsight for year in (2019, 2025, 2026)
    }
    assert hindsight == {2019: True, 2025: True, 2026: False}


def test_today_that_is_the_day_of_adoption_is_not_shown_twice(tmp_path):
    """No census since the base of the edition in force: both worlds would be パターン1."""
    copy = Copy(tmp_path, NINOHE).drop("population", lambda row: row["as_of"] == "2025-10-01")
    plan = copy.load()
    unnamed = tuple(item.model_copy(update={"relative_to": None}) for item in plan.file.outlook.assumptions)
    plan = starting_in(with_outlook(plan, assumptions=unnamed), 2024)
    assert [world.key for world in gather_stated(plan, gather_baseline(plan)).worlds] == ["adoption"]


@pytest.mark.parametrize(
    ("rules", "asked"),
    [
        # zero from the first five years on: the last wins or both are multiplied, it stays zero
        ((assume("migration_scale", 0.6), assume("migration_level", 0, by_year=2020)), False),
        # the way to zero differs
        ((assume("migration_scale", 0.6), assume("migration_level", 0, by_year=2030)), True),
        # the last rule would bring zero back to six tenths
        ((assume("migration_level", 0, by_year=2020), assume("migration_scale", 0.6)), True),
        # ages that no reading lets meet
        (
            (
                assume("migration_scale", 0.6, age_from=0, age_to=14),
                assume("migration_scale", 0.5, age_from=40, age_to=59),
            ),
            False,
        ),
    ],
)
def test_the_overlap_is_asked_only_where_it_matters(rules, asked):
    _, questions, _ = read_assumptions(rules, 2015)
    assert ("overlap" in [question.field for question in questions]) is asked


def test_of_several_targets_the_last_that_can_be_projected_is_taken():
    found = stated_of(
        with_outlook(plan_of(NINOHE), targets=(aim(2040, 21_000), aim(2060, 18_000), aim(2030, 24_000)))
    )
    assert found.target.year == 2040


def test_a_world_that_ends_before_the_target_is_left_out():
    """IPSS 2018 ended in 2045: a target of 2050 is held against the others."""
    found = stated_of(with_outlook(plan_of(NINOHE), targets=(aim(2050, 18_000),)))
    assert [world.key for world in found.worlds] == ["adoption", "adoption_unshrunk", "today"]
    near = stated_of(with_outlook(plan_of(NINOHE), targets=(aim(2025, 25_000),)))
    assert "today" not in [world.key for world in near.worlds]


def test_a_negative_factor_is_an_error_with_its_remedy():
    """「4割縮小」 entered as −0.4."""
    with pytest.raises(InputError, match=r"倍率は0以上(.|\n)*×-0.4(.|\n)*倍率0.6"):
        read_assumptions((assume("migration_scale", -0.4),), 2015)


def test_a_plan_of_2024_has_the_newest_edition_before_it():
    """Published in December 2023: what the authors had is パターン1 itself, and no hindsight."""
    plan = plan_of(NINOHE)
    unnamed = tuple(item.model_copy(update={"relative_to": None}) for item in plan.file.outlook.assumptions)
    found = stated_of(starting_in(with_outlook(plan, assumptions=unnamed), 2024))
    assert [(world.key, world.edition, world.hindsight) for world in found.worlds] == [
        ("adoption", "ipss2023", False),
        ("today", "ipss2023", True),
    ]
    assert found.pattern_1["adoption"] == pytest.approx(15_491, abs=0.01)


def test_a_plan_of_2019_has_the_edition_of_2018_before_it():
    plan = plan_of(NINOHE)
    unnamed = tuple(item.model_copy(update={"relative_to": None}) for item in plan.file.outlook.assumptions)
    found = stated_of(starting_in(with_outlook(plan, assumptions=unnamed), 2019))
    assert [(world.key, world.edition, world.rates.base.year) for world in found.worlds] == [
        ("adoption", "ipss2018", 2015),
        ("today", "ipss2023", 2025),
    ]
    # own rates from the census of 2015, within 2 % of what IPSS published from it
    assert found.pattern_1["adoption"] == pytest.approx(15_281, rel=0.02)


def test_without_a_census_before_the_edition_there_is_no_world_at_adoption(tmp_path):
    """The residuals of 2005–10 need both censuses; without one only later rates are at hand, and that is hindsight."""
    copy = Copy(tmp_path, NINOHE).drop(
        "age_sex", lambda row: row["concept"] == "census" and row["as_of"] == "2005-10-01"
    )
    plan = copy.load()
    found = gather_stated(plan, gather_baseline(plan))
    assert {world.key for world in found.worlds if not world.hindsight} == set()
    assert [world.key for world in found.worlds] == ["edition_ipss2018", "today"]
    assert found.adoption_missing == "no_census"


def test_a_cohort_of_nobody_before_the_edition_does_not_break_the_page(tmp_path):
    """Nobody of 20–24 in 2005 has no rate of 2005–10; the pattern of パターン1 is from elsewhere in this copy."""
    plan = plan_of(NINOHE)
    baseline = baseline_of(NINOHE)
    persons = baseline.ages.census[2005].persons.copy()
    persons[0, 0, 4] = 0
    empty = replace(baseline.ages.census[2005], persons=persons)
    ages = replace(baseline.ages, census={**baseline.ages.census, 2005: empty})
    found = gather_stated(plan, replace(baseline, ages=ages))
    assert found.adoption_missing == "empty_cohort"
    assert [world.key for world in found.worlds] == ["edition_ipss2018", "today"]
