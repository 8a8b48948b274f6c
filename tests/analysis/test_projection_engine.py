"""The engine: conservation identities, hand-worked cases, invariances, and what it refuses."""

from __future__ import annotations

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projection_house import FIVE, children, steady, toy

from planbook.analysis.projection import checks, engine
from planbook.analysis.projection.cohorts import AgeAxis, Cohorts, read_cohorts
from planbook.analysis.projection.engine import Fertility, project_population, tabulate_projection
from planbook.analysis.projection.transitions import CohortTransition, make_net_transition
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.errors import InputError

CODES = ("07210", "07202")
WOMEN, MEN = [10, 20, 30, 40, 50], [11, 21, 31, 41, 51]


def rates(value, steps=1):
    return np.full((steps, 1, 1, 1, 1), float(value))


def closed(base, survival=1.0, steps=1):
    return make_net_transition(rates(survival, steps), rates(0, steps), base)


def test_the_examples_of_the_docstrings():
    for module in (engine, checks):
        done = doctest.testmod(module)
        assert done.attempted > 0
        assert done.failed == 0


def test_everyone_survives_nobody_moves_no_births():
    base = toy(WOMEN, MEN)
    persons = project_population(base, closed(base), children(0, 1), 2025).persons[1, 0, 0]
    # ages shift by one group; 15-19 and 20+ become the open group: 40 + 50, 41 + 51
    assert persons.tolist() == [[0, 10, 20, 30, 90], [0, 11, 21, 31, 92]]


def test_totals_hold_until_nobody_is_left_below_the_open_group():
    base = toy(WOMEN, MEN, WOMEN[::-1], MEN[::-1])
    projection = project_population(base, closed(base, steps=6), children(0, 6), 2050)
    assert projection.totals[:, 0] == pytest.approx(np.tile(base.totals, (7, 1)))
    assert projection.persons[-1, 0, :, :, :-1].sum() == 0


def test_a_stationary_population_stays():
    # survivors of 100 births: 100, 90, 81, 72.9, and an open group x = 72.9·0.9 + x·0.5 = 131.22
    survival = np.array([0.9, 0.9, 0.9, 0.9, 0.5]).reshape(1, 1, 1, 1, 5).repeat(8, axis=0)
    column = [100, 90, 81, 72.9, 131.22]
    base = toy(column, column)
    transition = make_net_transition(survival, rates(0, 8), base)
    persons = project_population(base, transition, children(200 / 72.9, 8), 2060).persons
    assert persons == pytest.approx(np.broadcast_to(base.persons, persons.shape))


def test_the_base_year_is_the_input():
    base = toy(WOMEN, MEN)
    projection = project_population(base, closed(base), children(0.3, 1), 2025, ("a",))
    assert projection.years == (2020, 2025)
    assert (projection.persons[0, 0] == base.persons).all()


def test_net_migration_and_the_sexes_of_children_by_hand():
    base = toy(WOMEN, MEN)
    transition = make_net_transition(rates(0.9), rates(-0.1), base)
    persons = project_population(base, transition, children(0.5, 1, sex_ratio=150), 2025).persons[1, 0, 0]
    # each cohort · (0.9 − 0.1); women 15-19 = 30 · 0.8 = 24, children = 24 · 0.5 = 12, boys = 12 · 150 / 250 = 7.2
    assert persons[0] == pytest.approx([4.8, 8, 16, 24, 72])
    assert persons[1] == pytest.approx([7.2, 8.8, 16.8, 24.8, 73.6])


def test_scenarios_and_municipalities_do_not_touch_each_other():
    rng = np.random.default_rng(1)
    base = toy(*rng.uniform(0, 100, (8, 5)))
    survival, migration = rng.uniform(0.5, 1, (3, 1, 4, 2, 5)), rng.uniform(-0.3, 0.3, (3, 6, 4, 2, 5))
    births = Fertility(rng.uniform(0, 0.5, (3, 6, 4)), rng.uniform(90, 110, (3, 1, 1)))
    names = tuple("abcdef")
    whole = project_population(base, make_net_transition(survival, migration, base), births, 2035, names)
    for at in range(6):
        for town in range(4):
            alone = Cohorts(2020, base.municipalities[town : town + 1], base.persons[town : town + 1], FIVE)
            pick = np.s_[:, at : at + 1, town : town + 1]
            one = project_population(
                alone,
                make_net_transition(survival[:, :, town : town + 1], migration[pick], alone),
                Fertility(births.child_woman_ratio[pick], births.sex_ratio),
                2035,
            )
            assert one.persons[:, 0, 0] == pytest.approx(whole.persons[:, at, town], rel=1e-12)


def test_a_pool_of_migrants_fits_the_place_of_the_net_form():
    """Those who leave any municipality are shared out over all of them: nobody is lost between them."""
    leaving, shares = 0.2, np.array([0.75, 0.25]).reshape(1, 2, 1, 1)

    def share_out(population, step):
        leavers = population * leaving
        moved = population - leavers + leavers.sum(axis=1, keepdims=True) * shares
        return CohortTransition(rates(1, 3))(moved, step)

    base = toy(WOMEN, MEN, WOMEN[::-1], MEN[::-1])
    totals = project_population(base, share_out, children(0, 3), 2035).totals[:, 0]
    assert totals.sum(axis=1) == pytest.approx(base.totals.sum())
    # 0.8 · 305 + 0.75 · 0.2 · 610 = 335.5: the rates are on all ages, so totals can be worked by hand
    assert totals[1] == pytest.approx([335.5, 274.5])


persons_rows = st.lists(st.floats(0, 1e6), min_size=20, max_size=20)


@steady
@given(persons_rows, st.floats(0.01, 100), st.floats(0, 1), st.floats(0, 1))
def test_a_population_twice_as_large_stays_twice_as_large(rows, factor, survival, ratio):
    base = toy(*np.reshape(rows, (4, 5)))
    scaled = toy(*(np.reshape(rows, (4, 5)) * factor))
    one, other = (
        project_population(b, closed(b, survival, 3), children(ratio, 3), 2035).persons
        for b in (base, scaled)
    )
    assert other == pytest.approx(one * factor, rel=1e-9, abs=1e-9)


@steady
@given(persons_rows, persons_rows, st.floats(0, 1), st.floats(0, 1))
def test_the_sum_of_two_populations_is_projected_as_the_sum(first, second, survival, ratio):
    rows = [np.reshape(each, (4, 5)) for each in (first, second)]
    parts = [toy(*each) for each in (*rows, sum(rows))]
    one, other, both = (
        project_population(b, closed(b, survival, 3), children(ratio, 3), 2035).persons for b in parts
    )
    assert both == pytest.approx(one + other, rel=1e-9, abs=1e-9)


@steady
@given(persons_rows, st.floats(0, 1), st.floats(-1, 1), st.floats(0, 2), st.floats(0, 300))
def test_valid_rates_never_make_fewer_than_nobody(rows, survival, migration, ratio, sex_ratio):
    base = toy(*np.reshape(rows, (4, 5)))
    if survival + migration < 0:
        with pytest.raises(InputError, match=r"survival \+ migration"):
            make_net_transition(rates(survival), rates(migration), base)
        return
    transition = make_net_transition(rates(survival, 4), rates(migration, 4), base)
    assert (project_population(base, transition, children(ratio, 4, sex_ratio), 2040).persons >= 0).all()


# ------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("horizon", [2020, 2015, 2023, 2041])
def test_a_horizon_off_the_grid_names_the_years_that_can_be_had(horizon):
    base = toy(WOMEN, MEN)
    with pytest.raises(InputError) as caught:
        project_population(base, closed(base), children(0, 1), horizon)
    words = str(caught.value)
    assert str(horizon) in words
    assert "2025, 2030" in words
    assert "5年の倍数" in words


def test_negative_and_missing_persons_name_the_cell():
    with pytest.raises(InputError, match=r"人口が負.*\n.*07210 male 10-14 \(n=1\)"):
        toy(WOMEN, [1, 2, -3, 4, 5], codes=("07210",))
    with pytest.raises(InputError, match=r"07210 female 5-9, 07210 male 20\+ \(n=2\)"):
        toy([1, np.nan, 3, 4, 5], [1, 2, 3, 4, np.inf], codes=("07210",))


def test_survival_above_one_and_a_missing_rate_name_the_cell():
    base = toy(WOMEN, MEN, codes=("07210",))
    survival = np.full((2, 1, 1, 2, 5), 0.9)
    survival[1, 0, 0, 1, 3] = 1.01
    with pytest.raises(InputError, match=r"survival(.|\n)*step2 scenario1 07210 male 15-19 \(n=1\)"):
        make_net_transition(survival, rates(0, 2), base)
    survival[1, 0, 0, 1, 3] = np.nan
    with pytest.raises(InputError, match="欠けた値があります") as caught:
        make_net_transition(survival, rates(0, 2), base)
    assert "0とみなしません" in str(caught.value)


def test_rates_of_too_few_steps_are_not_prolonged():
    base = toy(WOMEN, MEN)
    with pytest.raises(InputError, match="期間が推計の期間より少ない"):
        project_population(base, closed(base, steps=1), children(0, 2), 2030)
    with pytest.raises(InputError, match="child_woman_ratio"):
        project_population(base, closed(base, steps=2), children(0, 1), 2030)


def test_a_transition_that_makes_negative_persons_is_found_out():
    base = toy(WOMEN, MEN)
    with pytest.raises(InputError, match="人口が負"):
        project_population(base, lambda population, step: -population[..., 1:], children(0, 1), 2025)


def test_ages_have_to_tile_and_hold_the_women():
    with pytest.raises(InputError, match="抜けています"):
        AgeAxis((AgeGroup(0, 5), AgeGroup(10, None)))
    with pytest.raises(InputError, match="子ども女性比"):
        AgeAxis(FIVE.groups, AgeGroup(12, 20))


# -------------------------------------------------------------------------------------------------- the frames


def frame_of(base: Cohorts) -> pd.DataFrame:
    projection = project_population(base, closed(base), children(0.2, 1), 2025)
    return tabulate_projection(projection)


def test_a_frame_goes_in_and_comes_out():
    base = toy(WOMEN, MEN, WOMEN[::-1], MEN[::-1], codes=("07202", "07210"))
    frame = frame_of(base)
    assert list(frame.columns) == [
        "scenario", "muni_code", "year", "sex", "age_start", "age_end", "population_persons",
    ]  # fmt: skip
    assert len(frame) == 2 * 2 * 2 * 5
    again = read_cohorts(frame.sample(frac=1, random_state=3), 2020, FIVE)
    assert again.municipalities == base.municipalities
    assert (again.persons == base.persons).all()


def test_a_missing_doubled_or_foreign_row_is_named():
    frame = frame_of(toy(WOMEN, MEN, codes=("07210",)))
    lacking = frame[~((frame["sex"] == "male") & (frame["age_start"] == 5))]
    with pytest.raises(InputError, match=r"行が足りません(.|\n)*07210 male 5-9 \(n=1\)"):
        read_cohorts(lacking, 2020, FIVE)
    with pytest.raises(InputError, match=r"2つ以上(.|\n)*07210 female 0-4"):
        read_cohorts(pd.concat([frame, frame.iloc[:1]]), 2020, FIVE)
    with pytest.raises(InputError, match=r"female と male(.|\n)*年齢不詳"):
        read_cohorts(frame.replace({"sex": {"male": "total"}}), 2020, FIVE)
    with pytest.raises(InputError, match="その年の行がありません"):
        read_cohorts(frame, 1999, FIVE)


def test_a_message_speaks_both_languages():
    with pytest.raises(InputError) as caught:
        toy([1, 2, 3, 4, -5], MEN)
    problem = caught.value.problems[0]
    assert problem.in_words("ja") in str(caught.value)
    assert "00000 female 20+" in problem.in_words("en")
