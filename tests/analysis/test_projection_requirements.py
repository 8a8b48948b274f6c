"""What reaches a population: put back into the projection it does, and what cannot be reached has no number."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projection_house import steady, toy
from projection_official import constant_rates

from planbook.analysis.projection.calibration import shift_migration
from planbook.analysis.projection.cohorts import AgeAxis, Cohorts
from planbook.analysis.projection.fertility import Conversion
from planbook.analysis.projection.requirements import (
    FERTILITY_BOUNDS,
    LIMIT_SHARE_A_YEAR,
    TOLERANCE_PERSONS,
    count_households,
    project_arrivals,
    project_shifted,
    solve_fertility,
    solve_migration,
    trace_frontier,
)
from planbook.analysis.projection.scenario_runs import run_scenarios
from planbook.analysis.projection.scenarios import PATTERN_1
from planbook.vocabulary.errors import InputError

WOMEN, MEN = [1000, 2000, 3000, 4000, 5000], [1100, 2100, 3100, 4100, 5100]
PATTERN = np.array([0.0, 0.02, -0.2, -0.1, 0.0])
TEN = Conversion(dict.fromkeys(range(2020, 2051, 5), 10.0), ("test",))
STEPS = 4


def some_rates(migration=PATTERN, **how):
    return constant_rates(toy(WOMEN, MEN), STEPS, migration=migration, **how)


def household(*cells):
    """One household: persons by (sex, age group)."""
    persons = np.zeros((2, 5))
    for sex, age, count in cells:
        persons[sex, age] = count
    return persons


# --------------------------------------------------------------------------------------------- shifted migration


def test_without_a_shift_it_is_the_first_scenario():
    rates = some_rates()
    shifted, _ = project_shifted(rates, np.zeros(1), 2040)
    assert (shifted.persons == run_scenarios(rates, (PATTERN_1,), 2040).persons).all()


def test_net_migrants_a_year_by_hand():
    """One step; d = 0 and d = 1: Σ P · m / 5 of women and men.

    5–9: 4100 · 0.02 = 82; 10–14: 6100 · −0.2 = −1220; 15–19: 8100 · −0.1 = −810. d = 1: 164, 0, 0.
    """
    _, moved = project_shifted(some_rates(), np.array([0.0, 1.0]), 2025)
    assert moved == pytest.approx([(82 - 1220 - 810) / 5, 164 / 5])


def test_net_migrants_a_year_are_the_mean_of_the_steps():
    rates = some_rates()
    projection, moved = project_shifted(rates, np.zeros(1), 2040)
    by_step = [(projection.persons[at, 0] * rates.migration[at]).sum() / 5 for at in range(STEPS)]
    assert moved[0] == pytest.approx(np.mean(by_step))


def test_losses_never_exceed_those_who_live():
    """m = −0.6 doubled is −1.2, more than the 0.9 who survive: nobody is left of that age, not fewer."""
    projection, _ = project_shifted(some_rates(np.array([0, 0, -0.6, 0, 0])), np.array([-1.0]), 2025)
    assert projection.persons[1, 0, 0, :, 3].tolist() == [0, 0]
    assert (projection.persons >= 0).all()


def test_old_people_are_no_way_to_reach_a_target():
    """Whatever is asked, the migration of those of 65 and over stays: 60–64 at the start is the last that moves."""
    axis = AgeAxis()
    base = Cohorts(2020, ("00000",), np.full((1, 2, len(axis)), 1000.0), axis)
    rates = constant_rates(base, 1, migration=np.full(19, -0.1))
    projection, _ = project_shifted(rates, np.array([0.0, 0.5]), 2025)
    usual, shifted = projection.persons[1, :, 0, 0]
    assert shifted[1:14] / usual[1:14] == pytest.approx([0.85 / 0.8] * 13)
    assert (shifted[14:] == usual[14:]).all()


# --------------------------------------------------------------------------------------------------- solutions


@steady
@given(
    st.lists(st.floats(1e3, 1e4), min_size=10, max_size=10),
    st.lists(st.floats(0.05, 0.15) | st.floats(-0.15, -0.05), min_size=5, max_size=5),
    st.floats(0.97, 1.03),
    st.sampled_from([2025, 2030, 2040]),
)
def test_the_solution_put_back_reaches_the_target(persons, pattern, share, year):
    rates = constant_rates(toy(*np.reshape(persons, (2, 5))), STEPS, migration=np.array(pattern))
    target = share * float(project_shifted(rates, np.zeros(1), year)[0].totals[-1, 0, 0])
    (found,) = solve_migration(rates, target, year)
    projection, moved = project_shifted(rates, np.array([found.shift]), year)
    assert projection.totals[-1, 0, 0] == pytest.approx(target, abs=TOLERANCE_PERSONS)
    assert moved[0] == pytest.approx(found.net_migrants_a_year, abs=1e-6)


def test_a_migration_by_hand_that_was_known_before():
    """What d = 0.75 gives takes d = 0.75."""
    rates = some_rates()
    target = float(project_shifted(rates, np.array([0.75]), 2040)[0].totals[-1, 0, 0])
    (found,) = solve_migration(rates, target, 2040)
    # half a person of thirty thousand leaves the multiple open by less than a thousandth
    assert found.shift == pytest.approx(0.75, abs=1e-3)


def test_a_higher_target_takes_more_migrants():
    rates = some_rates()
    usual = float(project_shifted(rates, np.zeros(1), 2040)[0].totals[-1, 0, 0])
    moved = [solve_migration(rates, share * usual, 2040)[0].net_migrants_a_year for share in (0.9, 1.0, 1.1)]
    assert moved == sorted(moved)
    assert moved[1] == pytest.approx(project_shifted(rates, np.zeros(1), 2040)[1][0], abs=0.5)


@pytest.mark.parametrize("share", [10.0, 0.01])
def test_what_cannot_be_reached_has_no_number(share):
    """Ten times the people, or a hundredth of them: no multiple of the pattern gives that, and none is shown."""
    rates = some_rates()
    usual = float(project_shifted(rates, np.zeros(1), 2040)[0].totals[-1, 0, 0])
    (found,) = solve_migration(rates, share * usual, 2040)
    assert (found.net_migrants_a_year, found.shift) == (None, None)


#: One newcomer: half a woman and half a man of 15–19, the toy's years of childbearing.
NEWCOMER = household((0, 3, 0.5), (1, 3, 0.5))


def test_more_than_a_twentieth_of_the_people_a_year_is_out_of_reach():
    """Within five years: 30,500 people at 5 % are 1,525 a year; what needs more is not offered."""
    rates = some_rates(np.array([0.1, 0.1, 0.1, 0.1, 0.1]))
    limit = LIMIT_SHARE_A_YEAR * rates.base.totals[0]
    coming = np.array([200.0, 600.0])[:, None, None] * NEWCOMER
    projection, moved = project_shifted(rates, np.ones(2), 2025, newcomers=coming)
    assert moved[0] < limit < moved[1]
    within, beyond = (
        solve_migration(rates, float(total), 2025, profile=NEWCOMER)[0]
        for total in projection.totals[-1, :, 0]
    )
    assert within.net_migrants_a_year == pytest.approx(moved[0], abs=0.2)
    assert within.newcomers_a_year == pytest.approx(200, abs=0.2)
    assert beyond.net_migrants_a_year is None


def test_no_age_gains_what_it_used_to_lose():
    """Losses shrink to nobody leaving on balance, never further: an exodus does not become an influx."""
    rates = some_rates()
    usual = float(project_shifted(rates, np.zeros(1), 2040)[0].totals[-1, 0, 0])
    (found,) = solve_migration(rates, 1.4 * usual, 2040, profile=NEWCOMER)
    assert found.shift == pytest.approx(1)
    assert found.newcomers_a_year > 0
    after = shift_migration(PATTERN, found.shift)
    assert (after[PATTERN < 0] == pytest.approx(0)) and (
        after[PATTERN > 0] == pytest.approx(2 * PATTERN[PATTERN > 0])
    )
    projection, moved = project_shifted(
        rates, np.array([found.shift]), 2040, newcomers=found.newcomers_a_year * NEWCOMER[None]
    )
    assert projection.totals[-1, 0, 0] == pytest.approx(1.4 * usual, abs=TOLERANCE_PERSONS)
    assert moved[0] == pytest.approx(found.net_migrants_a_year)


def test_without_newcomers_what_the_shift_cannot_reach_is_not_reached():
    rates = some_rates()
    usual = float(project_shifted(rates, np.zeros(1), 2040)[0].totals[-1, 0, 0])
    assert solve_migration(rates, 1.4 * usual, 2040)[0].net_migrants_a_year is None


def test_newcomers_by_hand():
    """One step, nobody moves: ten a year are fifty more people at its end, and their children."""
    rates = some_rates(np.zeros(5))
    without, _ = project_shifted(rates, np.zeros(1), 2025)
    projection, moved = project_shifted(rates, np.zeros(1), 2025, newcomers=10 * NEWCOMER[None])
    more = (projection.persons - without.persons)[-1, 0, 0]
    assert moved[0] == pytest.approx(10)
    assert more[:, 3].tolist() == pytest.approx([25, 25])
    assert more[:, 0].sum() == pytest.approx(25 * 0.2)  # 25 women at a child–woman ratio of 0.2
    assert more.sum() == pytest.approx(55)


def test_where_nobody_moves_nothing_can_be_solved():
    rates = some_rates(np.zeros(5))
    usual = float(project_shifted(rates, np.zeros(1), 2040)[0].totals[-1, 0, 0])
    assert solve_migration(rates, 1.1 * usual, 2040)[0].shift is None


# ------------------------------------------------------------------------------------------------------- births


def test_the_frontier_falls_as_births_rise():
    rates = some_rates()
    target = 0.95 * float(project_shifted(rates, np.zeros(1), 2040)[0].totals[-1, 0, 0])
    fertility = (1.0, 1.5, 2.0, 2.5)
    frontier = trace_frontier(rates, target, 2040, fertility, TEN)
    assert [point.total_fertility_rate for point in frontier] == list(fertility)
    moved = [point.net_migrants_a_year for point in frontier]
    assert all(more > fewer for more, fewer in itertools.pairwise(moved))


def test_each_point_of_the_frontier_reaches_the_target():
    rates = some_rates()
    frontier = trace_frontier(rates, 26_000, 2040, (1.0, 2.0), TEN, NEWCOMER)
    assert any(point.newcomers_a_year for point in frontier)
    for point in frontier:
        ratios = np.full((STEPS, 1), point.total_fertility_rate / 10)
        coming = point.newcomers_a_year * NEWCOMER[None]
        projection, _ = project_shifted(rates, np.array([point.shift]), 2040, ratios, coming)
        assert projection.totals[-1, 0, 0] == pytest.approx(26_000, abs=TOLERANCE_PERSONS)


def test_at_the_births_of_the_rates_the_frontier_is_the_solution():
    rates = some_rates(ratio=0.2)
    (alone,) = solve_migration(rates, 26_000, 2040)
    (point,) = trace_frontier(rates, 26_000, 2040, (2.0,), TEN)  # k = 10, so a TFR of 2.0 is a ratio of 0.2
    assert point.net_migrants_a_year == pytest.approx(alone.net_migrants_a_year, abs=0.1)


def test_births_alone_put_back_reach_the_target():
    rates = some_rates()
    usual = float(project_shifted(rates, np.zeros(1), 2040)[0].totals[-1, 0, 0])
    for share in (0.98, 1.0, 1.02):
        tfr = solve_fertility(rates, share * usual, 2040, TEN)
        projection, _ = project_shifted(rates, np.zeros(1), 2040, np.full((STEPS, 1), tfr / 10))
        assert projection.totals[-1, 0, 0] == pytest.approx(share * usual, abs=TOLERANCE_PERSONS)
        # the rates have 0.2 children a woman, and k is 10
        assert tfr - 2.0 == pytest.approx(0, abs=1e-3) if share == 1.0 else (tfr > 2.0) is (share > 1)


@pytest.mark.parametrize("share", [0.3, 2.0])
def test_no_births_make_up_for_everything(share):
    """Beyond 4.0 children per woman, or below 0.1, there is no answer."""
    rates = some_rates()
    usual = float(project_shifted(rates, np.zeros(1), 2040)[0].totals[-1, 0, 0])
    assert solve_fertility(rates, share * usual, 2040, TEN) is None
    assert FERTILITY_BOUNDS == (0.1, 4.0)


def test_a_year_without_a_conversion_is_an_error():
    with pytest.raises(InputError, match="換算比がない年"):
        trace_frontier(some_rates(), 26_000, 2040, (2.0,), Conversion({2025: 10.0}, ("x",)))
    with pytest.raises(InputError, match="換算比がない年"):
        solve_fertility(some_rates(), 26_000, 2040, Conversion({2025: 10.0}, ("x",)))


# --------------------------------------------------------------------------------------------------- households


def test_arrivals_by_hand():
    """One couple of 15–19 a year. After five years 5 + 5 of them stand in their age; then they live by the town's rates.

    Second step, against nobody arriving: 5 women and 5 men of 15–19 come to the open group, · (0.9 − 0.1) = 4 each;
    the next 5 + 5 stand in 15–19, where the childbearing of that step has already been counted. So 18 more in all.
    """
    rates = some_rates()
    couple = household((0, 3, 1), (1, 3, 1))[None]
    nobody = np.zeros((1, 2, 5))
    more = project_arrivals(rates, couple, 2030).persons - project_arrivals(rates, nobody, 2030).persons
    assert more[1, 0, 0].tolist() == [[0, 0, 0, 5, 0]] * 2
    assert more[2, 0, 0] == pytest.approx(np.array([[0, 0, 0, 5, 4]] * 2), abs=1e-9)


def test_the_children_of_those_who_came_are_counted_from_the_next_step_on():
    """Girls of 10–14 are 15–19 a step later: 5 girls · (0.9 − 0.2) · 0.2 children a woman = 0.7."""
    rates = some_rates()
    girls = household((0, 2, 1))[None]
    more = (
        project_arrivals(rates, girls, 2030).persons
        - project_arrivals(rates, np.zeros((1, 2, 5)), 2030).persons
    )
    assert more[1, 0, 0, :, 0].sum() == pytest.approx(0, abs=1e-9)
    assert more[2, 0, 0, :, 0].sum() == pytest.approx(5 * 0.7 * 0.2)


def test_without_arrivals_it_is_the_first_scenario():
    rates = some_rates()
    assert project_arrivals(rates, np.zeros((1, 2, 5)), 2040).totals == pytest.approx(
        run_scenarios(rates, (PATTERN_1,), 2040).totals, rel=1e-13
    )


@steady
@given(
    st.lists(st.floats(0, 2), min_size=10, max_size=10).filter(lambda h: sum(h) > 0.5),
    st.floats(1, 3),
    st.sampled_from([2025, 2040]),
)
def test_the_count_of_households_put_back_reaches_the_target(members, share, year):
    """The population is linear in arrivals, so one projection with one household says how many it takes."""
    rates = some_rates()
    target = share * float(project_arrivals(rates, np.zeros((1, 2, 5)), year).totals[-1, 0, 0])
    kinds = np.stack([np.reshape(members, (2, 5)), household((0, 3, 1), (1, 3, 1))])
    counts = count_households(rates, kinds, target, year)
    found = project_arrivals(rates, kinds * counts[:, None, None], year).totals[-1, :, 0]
    assert found == pytest.approx([target, target], abs=1e-6)


def test_fewer_households_are_needed_the_more_people_they_have_and_less_than_none_below_the_projection():
    rates = some_rates()
    kinds = np.stack([household((0, 3, 1)), household((0, 3, 1), (1, 3, 1), (0, 0, 1))])
    usual = float(project_arrivals(rates, np.zeros((1, 2, 5)), 2040).totals[-1, 0, 0])
    single, family = count_households(rates, kinds, usual + 1000, 2040)
    assert single > family > 0
    assert count_households(rates, kinds, usual, 2040) == pytest.approx([0, 0], abs=1e-9)
    assert (count_households(rates, kinds, usual - 1000, 2040) < 0).all()


# ---------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("year", [2020, 2015, 2038])
def test_a_year_off_the_grid_or_not_ahead_is_an_error(year):
    rates = some_rates()
    for ask in (
        lambda: solve_migration(rates, 26_000, year),
        lambda: project_arrivals(rates, np.zeros((1, 2, 5)), year),
    ):
        with pytest.raises(InputError, match="5年の倍数"):
            ask()


def test_rates_are_not_prolonged_silently():
    with pytest.raises(InputError, match="期間より少ない"):
        solve_migration(some_rates(), 26_000, 2045)
    with pytest.raises(InputError, match="期間より少ない"):
        project_arrivals(some_rates(), np.zeros((1, 2, 5)), 2045)


def test_a_base_of_nobody_reaches_nothing():
    empty = replace(some_rates(), base=toy([0] * 5, [0] * 5))
    assert solve_migration(empty, 100, 2040)[0].shift is None
