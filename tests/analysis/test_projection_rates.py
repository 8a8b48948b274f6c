"""Survival, residual migration, cohort change ratios and child–woman ratios, by hand and on census data."""

from __future__ import annotations

import doctest
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projection_house import FIVE, children, steady, toy
from projection_official import ORIGINS, censuses, constant_rates, national_survival, read_qx

from planbook.analysis.projection import change_ratios, fertility, survival
from planbook.analysis.projection.change_ratios import (
    Pair,
    compute_change_ratios,
    compute_residuals,
    find_negative_ratios,
    sum_by_parent,
)
from planbook.analysis.projection.cohorts import Cohorts
from planbook.analysis.projection.engine import project_population
from planbook.analysis.projection.fertility import (
    Conversion,
    compute_child_woman_ratio,
    extend_child_woman_ratio,
    make_conversion,
)
from planbook.analysis.projection.rates import RATES, Origin, derive_rates
from planbook.analysis.projection.survival import (
    TOLERANCE_YEARS,
    compute_life_expectancy,
    compute_survival,
    scale_to_life_expectancy,
)
from planbook.analysis.projection.transitions import CohortTransition
from planbook.vocabulary.errors import InputError, ProvenanceError

WOMEN, MEN = [10, 20, 30, 40, 50], [11, 21, 31, 41, 51]
QX = np.array([0.001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.03, 0.08, 0.2, 0.4])


def test_the_examples_of_the_docstrings():
    for module in (change_ratios, fertility, survival):
        done = doctest.testmod(module)
        assert done.attempted > 0
        assert done.failed == 0


# --------------------------------------------------------------------------------------------------- survival


def test_survival_of_a_constant_hazard_by_hand():
    # with q = 0.02 at every age each five years keep 0.98^5 = 0.903921, in the open group too
    assert compute_survival(np.full(4, 0.02)) == pytest.approx([0.98**5] * 3, rel=1e-12)


def test_survival_of_three_hazards_by_hand():
    # q = 0.1, 0.2, 0.5. L(0-4) = 0.95·(1 + .9 + … + .9⁴); L(5-9) = .9⁵·0.9·(1 + .8 + … + .8⁴)
    first = 0.95 * sum(0.9**k for k in range(5))
    second = 0.9**5 * 0.9 * sum(0.8**k for k in range(5))
    # T(10) = .9⁵·.8⁵·(1/0.5 − 0.5); the open group is 5+, so its S = T(10) / T(5)
    rest = 0.9**5 * 0.8**5 * 1.5
    assert compute_survival(np.array([0.1, 0.2, 0.5])) == pytest.approx(
        [second / first, rest / (second + rest)]
    )


def test_a_life_table_population_is_stationary():
    """The table's own survivors, with an open group that loses what it gains, stay as they are."""
    ratios = compute_survival(QX[:6])  # 0-4 … 25-29: groups to 15-19 and 20+
    column = np.concatenate([[1000.0], 1000 * np.cumprod(ratios[:3]), [0]])
    column[4] = column[3] * ratios[3] / (1 - ratios[4])
    base = toy(column, column)
    transition = CohortTransition(ratios.reshape(1, 1, 1, 1, 5).repeat(5, axis=0))
    persons = project_population(base, transition, children(2000 / column[3], 5), 2045).persons
    assert persons[-1] == pytest.approx(persons[0], rel=1e-12)


@steady
@given(st.floats(55, 105))
def test_a_scaled_table_has_the_life_expectancy_that_was_asked(years):
    scaled = scale_to_life_expectancy(np.resize(np.concatenate([QX, QX[-1:].repeat(9)]), 20), np.array(years))
    assert abs(float(compute_life_expectancy(scaled)) - years) < TOLERANCE_YEARS
    assert ((scaled > 0) & (scaled < 1)).all()


def test_scaling_to_its_own_life_expectancy_changes_nothing_and_longer_lives_survive_more():
    own = compute_life_expectancy(QX)
    assert scale_to_life_expectancy(QX, own) == pytest.approx(QX, rel=1e-6)
    longer = scale_to_life_expectancy(QX, np.array([own, own + 2]))
    assert (compute_survival(longer)[1] > compute_survival(longer)[0]).all()


def test_the_national_table_gives_about_its_published_life_expectancy(shared):
    # published 87.71 and 81.56; band means lose the first weeks of life and the highest ages
    female, male = compute_life_expectancy(read_qx(shared / "official"))
    assert (female, male) == (pytest.approx(87.71, abs=0.2), pytest.approx(81.56, abs=0.2))
    ratios = national_survival(shared / "official")
    assert ratios.shape == (2, 19)
    assert (ratios[0] >= ratios[1]).all()
    assert (np.diff(ratios[:, 4:]) < 0).all()


def test_impossible_tables_are_refused():
    with pytest.raises(InputError, match=r"取りうる範囲(.|\n)*10-14"):
        compute_survival(np.array([0.1, 0.1, 1.5, 0.2]))
    with pytest.raises(InputError, match="欠けた値"):
        compute_survival(np.array([0.1, np.nan, 0.2]))
    with pytest.raises(InputError, match="0より大きく"):
        compute_life_expectancy(np.array([0.1, 0.0, 0.2]))
    with pytest.raises(InputError, match=r"ハザードの比例(.|\n)*8170"):
        scale_to_life_expectancy(QX, np.array([8170.0]))


# ------------------------------------------------------------------------------------------- cohorts of two dates


def pair(before, after, **how):
    return Pair(toy(*before, year=2010, **how), toy(*after, year=2015, **how))


def test_ratios_and_residuals_by_hand():
    two = pair((WOMEN, MEN), ([9, 8, 25, 15, 45], [9, 11, 21, 31, 46]))
    ratios = compute_change_ratios(two).values[0]
    # 8/10, 25/20, 15/30, 45/(40 + 50) twice; men 11/11, 21/21, 31/31, 46/(41 + 51)
    assert ratios[0] == pytest.approx([0.8, 1.25, 0.5, 0.5, 0.5])
    assert ratios[1] == pytest.approx([1, 1, 1, 0.5, 0.5])
    survive = np.array([1, 0.9, 0.9, 0.8, 0.2]).reshape(1, 1, 5)
    # open group: (45 − 40·0.8 − 50·0.2) / 90 = 3 / 90
    assert compute_residuals(two, survive).values[0, 0] == pytest.approx([-0.2, 0.35, -0.4, 1 / 30, 1 / 30])


@steady
@given(st.lists(st.floats(1, 1e5), min_size=20, max_size=20), st.floats(0, 1))
def test_survival_and_residual_give_back_what_was_observed(persons, survive):
    rows = np.reshape(persons, (4, 5))
    two = pair(rows[:2], rows[2:])
    rates = compute_residuals(two, np.full((1, 1, 1), survive)).values + survive
    moved = CohortTransition(rates[None, None])(two.before.persons[None], 0)[0]
    assert moved == pytest.approx(two.after.persons[..., 1:], rel=1e-9, abs=1e-6)


def test_a_cohort_of_nobody_takes_the_prefectures_ratio_and_says_so():
    two = pair(([0, 20, 30, 40, 50], MEN, WOMEN, MEN), ([9, 8, 25, 15, 45], MEN, [9, 12, 25, 15, 45], MEN))
    wide = Pair(*(sum_by_parent(c, ("03", "03")) for c in (two.before, two.after)))
    ratios = compute_change_ratios(two, wide)
    assert ratios.values[0, 0, 0] == pytest.approx((8 + 12) / (0 + 10))
    assert ratios.filled_cells == (("00000", "female", "0-4"),)
    assert np.isfinite(ratios.values).all()
    with pytest.raises(
        InputError, match=r"0人のコーホート(.|\n)*00000 female 0-4 \(n=1\)(.|\n)*0とはみなしません"
    ):
        compute_change_ratios(two)


def test_an_empty_open_group_is_filled_as_one():
    two = pair(([10, 20, 30, 0, 0], MEN, WOMEN, MEN), (WOMEN, MEN, WOMEN, MEN))
    wide = Pair(*(sum_by_parent(c, ("03", "03")) for c in (two.before, two.after)))
    assert [cell[2] for cell in compute_change_ratios(two, wide).filled_cells] == ["15-19", "20+"]


def test_a_prefecture_of_nobody_is_an_error_too():
    two = pair(([0, 20, 30, 40, 50], MEN), (WOMEN, MEN))
    with pytest.raises(InputError, match="female 0-4"):
        compute_change_ratios(two, two)


def test_two_dates_have_to_be_a_pair():
    with pytest.raises(InputError, match=r"5年をはさむ組(.|\n)*2010, 2020"):
        Pair(toy(WOMEN, MEN, year=2010), toy(WOMEN, MEN, year=2020))
    with pytest.raises(InputError, match="00001"):
        Pair(toy(WOMEN, MEN, year=2010), toy(WOMEN, MEN, year=2015, codes=("00001",)))


def test_a_residual_below_survival_in_a_tiny_open_group_is_named():
    two = pair((WOMEN, MEN), ([9, 8, 25, 15, 2], MEN))
    survive = np.array([1, 0.9, 0.9, 0.8, 0.2]).reshape(1, 1, 5)
    # (2 − 32 − 10) / 90 = −0.44, below −0.2
    assert find_negative_ratios(survive, compute_residuals(two, survive)) == "00000 female 20+ (n=1)"


def test_young_men_leave_ninohe_at_the_rate_of_the_census(shared):
    """METHODS 1.13: men 15–19 → 20–24, census 2010 → 2015: −44 %; 20–24 → 25–29: +19 %."""
    known, _ = censuses(shared / "official")
    at = known[-1].municipalities.index("03213")
    before, after = (Cohorts(c.year, ("03213",), c.persons[at : at + 1]) for c in known[-2:])
    rates = compute_residuals(Pair(before, after), national_survival(shared / "official")[None]).values[0, 1]
    assert rates[3] == pytest.approx(-0.44, abs=0.01)
    assert rates[4] == pytest.approx(0.19, abs=0.01)


# ------------------------------------------------------------------------------------------------------ children


def test_the_child_woman_ratio_by_hand():
    # (10 + 11) children, 40 women of 15-19
    assert compute_child_woman_ratio(toy(WOMEN, MEN)) == pytest.approx([21 / 40])


def test_no_woman_takes_the_prefectures_ratio_or_is_refused():
    towns = toy([10, 20, 30, 0, 50], MEN, WOMEN, MEN)
    wide = sum_by_parent(towns, ("03", "03"))
    assert compute_child_woman_ratio(towns, wide) == pytest.approx([42 / 40, 21 / 40])
    with pytest.raises(InputError, match=r"女性（15～49歳）が0人(.|\n)*00000"):
        compute_child_woman_ratio(towns)


def test_a_municipality_keeps_its_ratio_to_the_nation():
    path = extend_child_woman_ratio(np.array([0.15, 0.3]), np.array([0.2, 0.19, 0.21]))
    assert path[:, 0] / path[:, 1] == pytest.approx([0.5] * 3)
    assert path[:, 0] == pytest.approx([0.15, 0.1425, 0.1575])


def test_conversion_there_and_back_and_no_year_invented():
    table = make_conversion({2015: 1.45, 2020: 1.33}, {2015: 0.1918, 2020: 0.193, 2025: 0.1926}, ("a", "b"))
    assert table.to_tfr(table.to_ratio(2.1, 2015), 2015) == pytest.approx(2.1)
    with pytest.raises(InputError, match=r"換算比がない年(.|\n)*2015, 2020"):
        table.to_ratio(2.1, 2025)
    with pytest.raises(InputError, match="換算比がない年"):
        Conversion({2030: 0.0}, ("a",)).factor(2030)


# --------------------------------------------------------------------------------------- rates and their origins


def test_rates_say_where_they_come_from_and_whether_a_disaster_is_in_them():
    rates = constant_rates(toy(WOMEN, MEN), 2)
    assert rates.disturbed == ()
    flagged = replace(
        rates, origins={**ORIGINS, "migration": Origin(("census",), (2010, 2015), disturbed=True)}
    )
    assert flagged.disturbed == ("migration",)
    with pytest.raises(ProvenanceError, match="sex_ratio"):
        replace(rates, origins={name: ORIGINS[name] for name in RATES if name != "sex_ratio"})
    with pytest.raises(ProvenanceError, match="出典のID"):
        Origin((), (2010, 2015))


def test_a_missing_rate_is_an_error_never_zero():
    with pytest.raises(
        InputError, match=r"survival \+ migration(.|\n)*欠けた値があります(.|\n)*step1 00000 female 0-4"
    ):
        constant_rates(toy(WOMEN, MEN), 2, migration=np.nan)
    with pytest.raises(InputError, match="child_woman_ratio"):
        constant_rates(toy(WOMEN, MEN), 2, ratio=np.nan)
    with pytest.raises(InputError, match="0から1まで"):
        constant_rates(toy(WOMEN, MEN), 2, survival=1.2)


def test_rates_derived_from_a_projection_reproduce_it():
    rng = np.random.default_rng(5)
    published = [toy(*rng.integers(20, 90, (4, 5)), year=2020 + 5 * at, ages=FIVE) for at in range(4)]
    survive = np.array([0.1, 0.3, 0.2]).reshape(3, 1, 1, 1)  # whatever it is, the residual makes up for it
    rates = derive_rates(published, survive, np.full(3, 105.2), ORIGINS)
    assert rates.steps == 3
    assert rates.child_woman_ratio.shape == (4, 2)
    ratios = (rates.survival + rates.migration)[:, None]
    moved = CohortTransition(ratios)(published[1].persons[None], 1)[0]
    assert moved == pytest.approx(published[2].persons[..., 1:])
