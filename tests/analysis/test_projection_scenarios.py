"""Scenarios, the readings of a plan's words, and the classes of influence."""

from __future__ import annotations

import doctest
import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projection_house import steady, toy
from projection_official import constant_rates

from planbook.analysis.projection import influence, scenarios
from planbook.analysis.projection.fertility import Conversion
from planbook.analysis.projection.influence import Thresholds, classify_ratio, compare_scenarios
from planbook.analysis.projection.scenario_runs import (
    mark_ages,
    read_path,
    run_scenarios,
    scale_migration,
    trace_child_woman_ratio,
)
from planbook.analysis.projection.scenarios import (
    CLOSED,
    PATTERN_1,
    MigrationRule,
    Question,
    Scenario,
    TfrPath,
    list_readings,
    make_simulation_1,
    make_simulation_2,
)
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.errors import InputError

WOMEN, MEN = [10, 20, 30, 40, 50], [11, 21, 31, 41, 51]
YEARS = [2025, 2030, 2035, 2040]
TEN = Conversion({year: 10.0 for year in (2020, *YEARS)}, ("test",))


def some_rates(migration=-0.1):
    return constant_rates(toy(WOMEN, MEN), 4, migration=migration)


def test_the_examples_of_the_docstrings():
    for module in (scenarios, influence):
        assert doctest.testmod(module).failed == 0


def test_the_first_scenario_is_the_rates_and_closed_is_nobody_moving():
    rates = some_rates()
    assert (scale_migration(rates, PATTERN_1, YEARS) == rates.migration).all()
    assert (scale_migration(rates, CLOSED, YEARS) == 0).all()
    still = run_scenarios(some_rates(0.0), (PATTERN_1,), 2040)
    assert (run_scenarios(rates, (CLOSED,), 2040).persons == still.persons).all()


def test_fertility_rises_in_a_straight_line_and_stays():
    # own TFR 0.2 · 10 = 2.0; to 2.1 by 2030: 2.05, 2.1, 2.1, 2.1, over k = 10
    ratios = trace_child_woman_ratio(some_rates(), make_simulation_1(2020, 2.1, 2030), YEARS, TEN)
    assert ratios[:, 0] == pytest.approx([0.205, 0.21, 0.21, 0.21])


def test_by_2030_as_a_point_is_later_than_as_an_interval():
    first = np.array([1.0])
    path = TfrPath(2020, ((2030, 2.0),))
    point = TfrPath(2020, ((2030, 2.0),), reading="point")
    assert [read_path(path, first, year)[0] for year in YEARS] == pytest.approx([1.5, 2, 2, 2])
    # means over five years: 2020-25 (1 + 1.5)/2, 2025-30 (1.5 + 2)/2, then 2
    assert [read_path(point, first, year)[0] for year in YEARS] == pytest.approx([1.25, 1.75, 2, 2])


def test_a_target_inside_a_step_and_several_targets():
    first = np.array([1.0])
    # up to 2 in 2022, down to 1 in 2027: mean of 2020-25 = (1·… ) trapezoid 1, 1.5, 2, 1.8, 1.6, 1.4
    path = TfrPath(2020, ((2022, 2.0), (2027, 1.0)), reading="point")
    assert read_path(path, first, 2025)[0] == pytest.approx((0.5 + 1.5 + 2 + 1.8 + 1.6 + 0.7) / 5)
    assert read_path(path, first, 2040)[0] == 1.0


def test_four_tenths_less_by_sign():
    migration = np.array([-0.1, 0.2, -0.3, 0.0, 0.01])
    both = scale_migration(some_rates(migration), Scenario("a", migration=(MigrationRule(0.6),)), YEARS)
    losses = Scenario("b", migration=(MigrationRule(0.6, signs="negative"),))
    assert both[0, 0, 0] == pytest.approx([-0.06, 0.12, -0.18, 0, 0.006])
    assert scale_migration(some_rates(migration), losses, YEARS)[0, 0, 0] == pytest.approx(
        [-0.06, 0.2, -0.18, 0, 0.01]
    )


def test_a_rule_that_comes_into_force_and_one_that_fades_in():
    at_once, ramp = MigrationRule(0.0, by_year=2035), MigrationRule(0.0, by_year=2035, from_year=2025)
    assert [at_once.factor(year) for year in YEARS] == [1, 1, 0, 0]
    assert [ramp.factor(year) for year in YEARS] == [1, 0.5, 0, 0]


def test_half_by_2020_in_equal_steps_or_by_equal_factors():
    """定率で0.5倍: the same factor twice, √0.5 = 0.7071 after five years; in equal steps 0.75. Both end at a half."""
    ends = (2010, 2015, 2020, 2025, 2040)
    linear = MigrationRule(0.5, by_year=2020, from_year=2010)
    geometric = MigrationRule(0.5, by_year=2020, from_year=2010, ramp="geometric")
    assert [linear.factor(year) for year in ends] == [1, 0.75, 0.5, 0.5, 0.5]
    assert [geometric.factor(year) for year in ends] == pytest.approx([1, 0.7071, 0.5, 0.5, 0.5], abs=5e-5)


@steady
@given(st.floats(0.01, 1), st.integers(1, 6))
def test_by_equal_factors_each_five_years_shrink_like_those_before(multiplier, steps):
    rule = MigrationRule(multiplier, by_year=2010 + 5 * steps, from_year=2010, ramp="geometric")
    factors = [rule.factor(2010 + 5 * step) for step in range(steps + 1)]
    assert [after / before for before, after in itertools.pairwise(factors)] == pytest.approx(
        [multiplier ** (1 / steps)] * steps
    )
    # never above the straight way: by a rate most is lost at first
    straight = replace(rule, ramp="linear")
    assert all(rule.factor(year) <= straight.factor(year) + 1e-12 for year in range(2010, 2051))


def test_no_rate_leads_to_nothing():
    """0 by equal factors would be 0 from the first step on, however late its year: a ramp that is none is refused."""
    with pytest.raises(InputError, match=r"定率(.|\n)*×0(.|\n)*linear"):
        MigrationRule(0.0, by_year=2030, from_year=2020, ramp="geometric")
    # without a way there is nothing to be asked of it
    assert MigrationRule(0.0, by_year=2030, ramp="geometric").factor(2025) == 1


def test_ages_at_the_start_or_at_the_end():
    ages = toy(WOMEN, MEN).ages
    start = mark_ages(MigrationRule(0, ages=AgeGroup(10, 20)), ages)
    end = mark_ages(MigrationRule(0, ages=AgeGroup(10, 20), ages_at="end"), ages)
    assert start.tolist() == [False, False, True, True, False]
    assert end.tolist() == [False, True, True, False, False]
    top = mark_ages(MigrationRule(0, ages=AgeGroup(20, None), ages_at="end"), ages)
    assert top.tolist() == [False, False, False, True, True]


def test_ages_that_cut_a_group_are_refused_with_both_readings():
    with pytest.raises(InputError, match=r"途中で切れています(.|\n)*20～39歳と20～44歳"):
        mark_ages(MigrationRule(0, ages=AgeGroup(5, 18)), toy(WOMEN, MEN).ages)


@pytest.mark.parametrize(
    ("overlap", "factors"), [("last", [0.6, 0.5]), ("first", [0.6, 0.6]), ("product", [0.6, 0.3])]
)
def test_which_of_two_rules_wins(overlap, factors):
    rules = (MigrationRule(0.6), MigrationRule(0.5, ages=AgeGroup(5, 10)))
    scaled = scale_migration(some_rates(-1e-1), Scenario("x", migration=rules, overlap=overlap), YEARS)
    assert scaled[0, 0, 0, :2] / -0.1 == pytest.approx(factors)


def test_every_combination_of_readings_is_run():
    plan = Scenario(
        "plan", TfrPath(2020, ((2030, 2.1),)), (MigrationRule(0.6), MigrationRule(0, ages=AgeGroup(10, 20)))
    )
    questions = (
        Question("fertility", "reading", {"point": "point", "interval": "interval"}),
        Question(0, "signs", {"both": "all", "losses": "negative"}),
        Question(1, "ages_at", {"start": "start", "end": "end"}),
        Question("scenario", "overlap", {"last": "last", "first": "first"}),
    )
    readings = list_readings(plan, questions)
    assert len({reading.id for reading in readings}) == len(set(readings)) == 16
    assert readings[-1].id == "plan/interval/losses/end/first"
    totals = run_scenarios(some_rates(), readings, 2040, TEN).totals[-1, :, 0]
    assert len({round(float(total), 6) for total in totals}) > 4


def test_the_scenarios_together_are_each_alone():
    names = (PATTERN_1, make_simulation_1(2020, 2.1, 2030), make_simulation_2(2020, 2.1, 2030), CLOSED)
    together = run_scenarios(some_rates(), names, 2040, TEN)
    assert together.scenarios == ("pattern-1", "simulation-1", "simulation-2", "closed")
    for at, scenario in enumerate(names):
        alone = run_scenarios(some_rates(), (scenario,), 2040, TEN)
        assert (alone.persons[:, 0] == together.persons[:, at]).all()


@steady
@given(st.floats(0, 3), st.floats(0, 3), st.floats(-0.2, 0.2))
def test_more_children_never_make_fewer_people(first, second, migration):
    low, high = sorted((first, second))
    pair = tuple(Scenario(str(at), TfrPath(2020, ((2030, tfr),))) for at, tfr in enumerate((low, high)))
    totals = run_scenarios(some_rates(migration), pair, 2040, TEN).totals[..., 0]
    assert (totals[:, 1] >= totals[:, 0] * (1 - 1e-12)).all()


def test_what_scenarios_refuse():
    with pytest.raises(InputError, match=r"換算比の表(.|\n)*simulation-1"):
        run_scenarios(some_rates(), (make_simulation_1(2020, 2.1, 2030),), 2040)
    with pytest.raises(InputError, match="換算比がない年"):
        run_scenarios(
            some_rates(), (make_simulation_1(2020, 2.1, 2030),), 2040, Conversion({2020: 7.5}, ("x",))
        )
    with pytest.raises(InputError, match=r"経路の始まりの年(.|\n)*2018"):
        run_scenarios(some_rates(), (make_simulation_1(2018, 2.1, 2030),), 2040, TEN)
    with pytest.raises(InputError, match="期間より少ない"):
        run_scenarios(some_rates(), (PATTERN_1,), 2045)
    with pytest.raises(InputError, match="5年の倍数"):
        run_scenarios(some_rates(), (PATTERN_1,), 2038)
    for targets in ((), ((2020, 2.0),), ((2030, 2.0), (2025, 1.9)), ((2030, -1.0),)):
        with pytest.raises(InputError, match="TFRの経路"):
            TfrPath(2020, targets)
    for wrong in (
        {"multiplier": -0.4},
        {"multiplier": 0.6, "from_year": 2020},
        {"multiplier": 1, "by_year": 2020, "from_year": 2020},
    ):
        with pytest.raises(InputError, match="倍率は0以上"):
            MigrationRule(**wrong)


# ----------------------------------------------------------------------------------------------------- influence

NATURAL = Thresholds((100, 105, 110, 115), "test")


def test_influence_is_the_ratio_of_two_scenarios_in_the_judgement_year():
    names = (PATTERN_1, make_simulation_1(2020, 2.1, 2030), make_simulation_2(2020, 2.1, 2030))
    projection = run_scenarios(some_rates(), names, 2040, TEN)
    found = compare_scenarios(projection, ("simulation-2", "simulation-1"), 2040, NATURAL)["00000"]
    totals = projection.totals[-1, :, 0]
    assert found.ratio_pct == pytest.approx(100 * totals[2] / totals[1])
    assert found.level == 5
    assert compare_scenarios(projection, ("pattern-1", "pattern-1"), 2040, NATURAL)["00000"].level == 2


@steady
@given(st.floats(50, 200), st.floats(50, 200))
def test_a_higher_ratio_never_has_a_lower_class(first, second):
    low, high = sorted((first, second))
    assert classify_ratio(low, NATURAL).level <= classify_ratio(high, NATURAL).level


def test_what_influence_refuses_and_leaves_open():
    projection = run_scenarios(constant_rates(toy([0] * 5, [0] * 5), 4), (PATTERN_1,), 2040)
    assert compare_scenarios(projection, ("pattern-1", "pattern-1"), 2040, NATURAL) == {"00000": None}
    with pytest.raises(InputError, match=r"simulation-1, 2050"):
        compare_scenarios(projection, ("simulation-1", "pattern-1"), 2050, NATURAL)
    for limits in itertools.chain([()], itertools.permutations((100, 105), 2)):
        if limits != (100, 105):
            with pytest.raises(InputError, match="昇順"):
                Thresholds(limits, "x")
