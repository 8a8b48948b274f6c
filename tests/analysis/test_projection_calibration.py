"""Migration and births fitted to published totals: by hand, given back, and what cannot be fitted."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projection_house import FIVE, children, steady, toy

from planbook.analysis.projection import calibration
from planbook.analysis.projection.calibration import (
    LEVELS,
    TOLERANCE_PERSONS,
    Assumed,
    fit_to_totals,
    shift_migration,
)
from planbook.analysis.projection.cohorts import AgeAxis
from planbook.analysis.projection.engine import advance_cohorts, project_population
from planbook.analysis.projection.transitions import CohortTransition
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.errors import InputError

WOMEN, MEN = [10, 20, 30, 40, 50], [11, 21, 31, 41, 51]
THREE = AgeAxis((AgeGroup(0, 5), AgeGroup(5, 10), AgeGroup(10, None)), AgeGroup(5, 10))


def assume(base, pattern, *, survival=0.9, ratio=0.5, steps=1, sex_ratio=100.0) -> Assumed:
    return Assumed(
        base,
        np.broadcast_to(np.asarray(survival, dtype=float), (steps, *base.persons.shape)),
        np.broadcast_to(np.asarray(pattern, dtype=float), base.persons.shape),
        np.full((steps + 1, 1), float(ratio)),
        np.full(steps, sex_ratio),
    )


def test_the_examples_of_the_docstrings():
    done = doctest.testmod(calibration)
    assert done.attempted > 0
    assert done.failed == 0


# ------------------------------------------------------------------------------------------- one step of the engine


def test_one_step_after_the_other_is_the_projection():
    """`advance_cohorts` twice is `project_population` over two steps: a fit and a run give the same persons."""
    rng = np.random.default_rng(3)
    base = toy(*rng.integers(20, 90, (4, 5)))
    ratios = rng.uniform(0.5, 1.1, (2, 2, 2, 5))
    whole = project_population(base, CohortTransition(ratios[:, None]), children(0.3, 2, 105.0), 2030)
    once = advance_cohorts(base, ratios[0], np.full(2, 0.3), 105.0)
    twice = advance_cohorts(once, ratios[1], np.full(2, 0.3), 105.0)
    assert (once.year, twice.year) == (2025, 2030)
    assert twice.persons == pytest.approx(whole.persons[-1, 0], rel=1e-14)


def test_one_step_by_hand_and_its_refusals():
    base = toy([100, 80, 50], [100, 80, 50], ages=THREE)
    after = advance_cohorts(base, np.array([[[0.9, 0.8, 0.4]]]), np.array([0.5]), 100.0)
    # 5-9 = 90, 10+ = 64 + 20, children = 90 · 0.5, half of them girls
    assert after.persons[0].tolist() == [[22.5, 90, 84], [22.5, 90, 84]]
    with pytest.raises(InputError, match="人口が負のセル"):
        advance_cohorts(base, np.array([[[-0.1, 0.8, 0.4]]]), np.array([0.5]), 100.0)
    with pytest.raises(InputError, match="child_woman_ratio"):
        advance_cohorts(base, np.array([[[0.9, 0.8, 0.4]]]), np.array([np.nan]), 100.0)


# ------------------------------------------------------------------------------------------------- plus and minus


@steady
@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8), st.floats(-0.999, 5), st.floats(0, 1))
def test_the_pattern_keeps_its_signs_and_is_linear_in_the_shift(rates, shift, share):
    """Gains grow as losses shrink; who does not move does not begin to; halfway in d is halfway in m."""
    pattern = np.array(rates)
    moved = shift_migration(pattern, shift)
    assert (moved[pattern == 0] == 0).all()
    assert (moved[pattern > 0] >= 0).all()
    if shift <= 1:
        assert (moved[pattern < 0] <= 0).all()
    assert ((moved >= pattern) if shift >= 0 else (moved <= pattern)).all()
    assert shift_migration(pattern, share * shift) == pytest.approx(pattern + share * (moved - pattern))


def test_a_fit_by_hand():
    """Three ages, a sex: 100, 80, 50; S = 0.9, 0.8, 0.4; m = −0.1, +0.1, 0; CWR 0.5.

    d = 0: 80 and 80 · 0.9 + 50 · 0.4 = 92, children 40: 2 · (80 + 92) + 40 = 384. d = 1: m = 0, +0.2, 0:
    90 and 100, children 45: 425. So 404.5 takes d = 0.5: m = −0.05, +0.15, 0.
    """
    base = toy([100, 80, 50], [100, 80, 50], ages=THREE)
    assumed = assume(base, [-0.1, 0.1, 0], survival=[0.9, 0.8, 0.4])
    fit = fit_to_totals(assumed, np.array([404.5]))
    assert fit.shifts.tolist() == [[pytest.approx(0.5)]]
    assert fit.migration[0, 0, 0] == pytest.approx([-0.05, 0.15, 0])
    assert fit.level.tolist() == [1]
    assert (fit.child_woman_ratio == assumed.child_woman_ratio).all()
    assert fit.path[-1].persons[0, 0] == pytest.approx([21.25, 85, 96])


def test_births_fitted_by_hand():
    """Only the old move (−0.1 from 15 on), so that births follow from the young alone.

    Women 15–19 at the end 27; young: 5–9 9 + 9.9, 10–14 18 + 18.9, children 27 · 0.5 · level. 72 young take a level
    of 1.2. 15–19 are 54.9; 20+ are 182 · (0.8 + 0.1 d): 281.6 in all takes d = 0.5.
    """
    assumed = assume(toy(WOMEN, MEN), [0, 0, 0, -0.1, -0.1])
    fit = fit_to_totals(assumed, np.array([281.6]), 72.0)
    assert fit.level == pytest.approx([1.2], abs=1e-3)
    assert fit.shifts == pytest.approx(np.array([[0.5]]), abs=1e-3)
    assert fit.path[-1].persons[..., :3].sum() == pytest.approx(72, abs=TOLERANCE_PERSONS)
    assert fit.path[-1].totals[0] == pytest.approx(281.6, abs=1e-9)
    # the base year's ratio was counted, not projected
    assert fit.child_woman_ratio[:, 0] == pytest.approx([0.5, 0.5 * fit.level[0]])


# -------------------------------------------------------------------------------------------------- given back


def step_by_hand(persons, survival, migration, ratio, sex_ratio):
    """One step for one place by other code than the engine's; persons of shape (sex, 5)."""
    alive = persons * (survival + migration)
    after = np.zeros_like(persons)
    for sex in (0, 1):
        for age in range(1, 4):
            after[sex, age] = alive[sex, age - 1]
        after[sex, 4] = alive[sex, 3] + alive[sex, 4]
    born = after[0, 3] * ratio
    after[:, 0] = born * 100 / (100 + sex_ratio), born * sex_ratio / (100 + sex_ratio)
    return after


@steady
@given(
    st.lists(st.floats(1, 1e5), min_size=10, max_size=10),
    st.lists(st.floats(-0.3, 0.3), min_size=10, max_size=10).filter(lambda m: max(map(abs, m)) > 0.01),
    st.lists(st.floats(-1, 3), min_size=1, max_size=4),
    st.floats(0.4, 2.5),
)
def test_any_totals_that_a_shift_can_give_are_met(persons, rates, shifts, level):
    """Populations, patterns and shifts at random, d from −1 (losses doubled, gains gone) to 3; totals by other code."""
    base, pattern = toy(*np.reshape(persons, (2, 5))), np.reshape(rates, (2, 5))
    now, totals = base.persons[0], []
    for shift in shifts:
        now = step_by_hand(now, 0.9, shift_migration(pattern, shift), 0.4 * level, 105.0)
        totals.append(now.sum())
    assumed = assume(base, pattern, ratio=0.4 * level, steps=len(shifts), sex_ratio=105.0)
    fit = fit_to_totals(assumed, np.array(totals))
    assert [float(c.totals[0]) for c in fit.path[1:]] == pytest.approx(totals, rel=1e-12, abs=1e-6)
    assert fit.path[-1].persons[0] == pytest.approx(now, rel=1e-6, abs=1e-6)


@steady
@given(
    st.lists(st.floats(100, 1e4), min_size=10, max_size=10),
    st.lists(st.floats(-0.2, -0.02), min_size=4, max_size=4),
    st.lists(st.floats(-0.5, 0.9), min_size=1, max_size=3),
    st.floats(0.3, 2.8),
)
def test_births_and_totals_are_met_together(persons, rates, shifts, level):
    """Only those of 15 and over move: then the young of the last year say what the births were."""
    base = toy(*np.reshape(persons, (2, 5)))
    pattern = np.zeros((2, 5))
    pattern[:, 3:] = np.reshape(rates, (2, 2))
    now, totals = base.persons[0], []
    for shift in shifts:
        now = step_by_hand(now, 0.9, shift_migration(pattern, shift), 0.4 * level, 105.0)
        totals.append(now.sum())
    young = now[:, :3].sum()
    fit = fit_to_totals(
        assume(base, pattern, ratio=0.4, steps=len(shifts), sex_ratio=105.0), np.array(totals), young
    )
    assert [float(c.totals[0]) for c in fit.path[1:]] == pytest.approx(totals, rel=1e-12, abs=1e-6)
    assert fit.path[-1].persons[..., :3].sum() == pytest.approx(young, abs=TOLERANCE_PERSONS)
    assert fit.level[0] == pytest.approx(level, abs=0.01)


# ------------------------------------------------------------------------------------------------------ refusals


def test_where_nobody_moves_no_total_can_be_met():
    with pytest.raises(InputError, match=r"純移動率がすべて0(.|\n)*00000"):
        fit_to_totals(assume(toy(WOMEN, MEN), 0.0), np.array([250.0]))


@pytest.mark.parametrize("young", [37.0, 400.0])
def test_young_that_no_births_give(young):
    """36.9 + 18.9 · level: 37 is less than a fifth of the births, 400 more people than there are."""
    assumed = assume(toy(WOMEN, MEN), [0, 0, 0, -0.1, -0.1])
    with pytest.raises(
        InputError, match=rf"年少人口に合う子ども女性比(.|\n)*{young:g}(.|\n)*{LEVELS[0]}〜{LEVELS[1]}"
    ):
        fit_to_totals(assumed, np.array([281.6]), young)


def test_a_total_so_small_that_more_would_leave_than_live():
    """A census a third below the projection, as after an evacuation: refused by cell, never negative persons."""
    assumed = assume(toy(WOMEN, MEN), [0, 0, 0, -0.1, -0.1], ratio=0.2)
    with pytest.raises(InputError, match=r"人口が負のセル(.|\n)*20\+"):
        fit_to_totals(assumed, np.array([60.0]))


def test_as_many_totals_as_steps():
    with pytest.raises(InputError, match="totals"):
        fit_to_totals(assume(toy(WOMEN, MEN), -0.1, steps=2), np.array([250.0]))


def test_the_axis_of_the_toys_has_the_young_in_its_first_three_groups():
    assert [group.age_end for group in FIVE.groups[:3]] == [5, 10, 15]
