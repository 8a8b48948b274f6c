"""Births, deaths and net migration between two censuses: identities, hand-worked cases, the cities' own rates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projection_house import steady, toy

from planbook.analysis.decomposition import decompose_change
from planbook.analysis.interval_flows import sum_flows
from planbook.analysis.projection.change_ratios import Pair, compute_residuals
from planbook.load.plan import load_plan
from planbook.summary.decomposition_facts import gather_decomposition, gather_intervals
from planbook.summary.outlook.ages import gather_ages
from planbook.vocabulary.errors import InputError

WOMEN, MEN = [10, 20, 30, 40, 50], [11, 21, 31, 41, 51]
AFTER = ([9, 8, 25, 15, 45], [9, 11, 21, 31, 46])
SURVIVAL = np.array([[1, 0.9, 0.9, 0.8, 0.2]] * 2)[None]


def decomposed():
    return decompose_change(toy(WOMEN, MEN, year=2010), toy(*AFTER, year=2015), SURVIVAL)


def test_parts_by_hand():
    parts = decomposed()
    assert list(parts.births) == [9, 9]
    # women: 10·1, 20·0.9, 30·0.9, and 40·0.8 + 50·0.2 in the open group
    assert parts.expected[0] == pytest.approx([10, 18, 27, 42])
    assert parts.deaths[0] == pytest.approx([0, 2, 3, 48])
    assert parts.migration[0] == pytest.approx([-2, 7, -12, 3])
    assert parts.migration_pct[0] == pytest.approx([-20, 35, -40, 100 * 3 / 90])
    # 230 persons at the end, 305 at the start
    assert parts.change == pytest.approx(sum(map(sum, AFTER)) - sum(WOMEN) - sum(MEN))


def test_ages_of_a_cohort_at_both_ends():
    parts = decomposed()
    assert (parts.age_at_start(0).label, parts.age_at_end(0).label) == ("0～4歳", "5～9歳")
    # those of the last two groups meet: nobody knows who came from which
    assert (parts.age_at_start(3).label, parts.age_at_end(3).label) == ("15歳以上", "20歳以上")


@steady
@given(
    st.lists(st.floats(0, 1e5), min_size=20, max_size=20), st.lists(st.floats(0, 1), min_size=10, max_size=10)
)
def test_the_parts_add_up_to_the_change_whatever_survival_is(persons, survival):
    rows = np.reshape(persons, (4, 5))
    before, after = toy(*rows[:2], year=2010), toy(*rows[2:], year=2015)
    parts = decompose_change(before, after, np.reshape(survival, (1, 2, 5)))
    change = float(after.totals[0] - before.totals[0])
    assert parts.births.sum() - parts.deaths.sum() + parts.migration.sum() == pytest.approx(change, abs=1e-6)
    assert parts.change == pytest.approx(change, abs=1e-6)
    assert (parts.deaths >= -1e-9).all()


def test_migration_is_the_residual_that_the_engine_projects_with():
    before, after = toy(WOMEN, MEN, year=2010), toy(*AFTER, year=2015)
    rates = compute_residuals(Pair(before, after), SURVIVAL).values[0, :, :-1]
    assert decomposed().migration_pct == pytest.approx(100 * rates)


def test_a_closed_population_has_no_migration():
    before = toy(WOMEN, MEN, year=2010)
    expected = decomposed().expected
    after = toy([7, *expected[0]], [7, *expected[1]], year=2015)
    parts = decompose_change(before, after, SURVIVAL)
    assert parts.migration == pytest.approx(np.zeros((2, 4)), abs=1e-9)


def test_a_cohort_of_nobody_has_migrants_but_no_rate():
    parts = decompose_change(toy([0, 20, 30, 40, 50], MEN, year=2010), toy(*AFTER, year=2015), SURVIVAL)
    assert parts.migration[0, 0] == 8
    assert np.isnan(parts.migration_pct[0, 0])
    assert np.isfinite(parts.migration_pct[0, 1:]).all()


def test_what_cannot_be_decomposed_is_refused():
    before, after = toy(WOMEN, MEN, year=2010), toy(*AFTER, year=2015)
    with pytest.raises(InputError, match="5年をはさむ"):
        decompose_change(before, toy(*AFTER, year=2020), SURVIVAL)
    with pytest.raises(InputError, match="一つの市区町村"):
        two = [toy(*rows, *rows, year=year) for rows, year in (((WOMEN, MEN), 2010), (AFTER, 2015))]
        decompose_change(*two, SURVIVAL)
    with pytest.raises(InputError, match="survival"):
        decompose_change(before, after, SURVIVAL + 1)
    with pytest.raises(InputError, match="形が合いません"):
        decompose_change(before, after, np.ones((1, 2, 4)))


# ------------------------------------------------------------------------------------------------- register flows


def flows(*rows):
    columns = ["period_start", "period_end", "residents", "natural_change", "social_change", "source_id"]
    made = [
        (date.fromisoformat(a), date.fromisoformat(b), residents, natural, social, "s")
        for a, b, residents, natural, social in rows
    ]
    return pd.DataFrame(made, columns=columns)


def test_a_period_that_is_cut_counts_by_its_days():
    rows = flows(
        ("2010-01-01", "2010-12-31", "all", Decimal(-365), Decimal(0)),
        ("2011-01-01", "2011-12-31", "all", Decimal(0), Decimal(730)),
    )
    # 92 days from 1 October on; 273 days up to 30 September
    total = sum_flows(rows, date(2010, 10, 1), date(2011, 10, 1))
    assert (float(total.natural), float(total.social)) == pytest.approx((-92, 546))


def test_months_that_two_periods_share_count_once():
    rows = flows(
        ("2012-04-01", "2013-03-31", "japanese", Decimal(365), Decimal(0)),
        ("2013-01-01", "2013-12-31", "all", Decimal(365), Decimal(0)),
    )
    total = sum_flows(rows, date(2012, 4, 1), date(2014, 1, 1))
    assert float(total.natural) == pytest.approx(365 + 275)  # 1 April to 31 December
    assert total.residents == ("japanese", "all")


@pytest.mark.parametrize(
    "rows",
    [
        flows(),
        flows(("2010-11-01", "2012-12-31", "all", Decimal(1), Decimal(1))),  # begins too late
        flows(("2010-01-01", "2011-08-31", "all", Decimal(1), Decimal(1))),  # ends too soon
        flows(
            ("2010-01-01", "2010-12-31", "all", Decimal(1), Decimal(1)),
            ("2011-02-01", "2011-12-31", "all", Decimal(1), Decimal(1)),
        ),
        flows(("2010-01-01", "2011-12-31", "all", None, Decimal(1))),
    ],
)
def test_an_interval_that_the_register_does_not_cover_has_no_flows(rows):
    assert sum_flows(rows, date(2010, 10, 1), date(2011, 10, 1)) is None


# ------------------------------------------------------------------------------------------------- the real cities


@pytest.mark.parametrize(
    "plan_id", ["07210-strategy-2", "07202-strategy-3", "03213-strategy-1", "11233-strategy-2"]
)
def test_the_parts_of_every_interval_are_the_published_change(plan_id, real_data):
    plan = load_plan(real_data, plan_id)
    population = plan.municipality.frame("population")
    census = population[population["concept"] == "census"].set_index("as_of")["population_persons"]
    intervals = gather_intervals(plan)
    assert [interval.start for interval in intervals] == list(range(1980, 2020, 5))
    for interval in intervals:
        change = int(census[date(interval.end, 10, 1)]) - int(census[date(interval.start, 10, 1)])
        assert interval.decomposition.change == pytest.approx(change, abs=0.01)
        assert interval.bridged == (interval.end == 2020)
        # births by the census come near those of the register: the same children, two ways of counting
        if interval.register is not None:
            natural = interval.decomposition.natural
            people = float(interval.decomposition.at_risk.sum())
            assert abs(natural - float(interval.register.natural)) < 0.01 * people


def test_who_left_ninohe(real_data):
    """METHODS 1.13: men 15–19 → 20–24 by census −44 %, 20–24 → 25–29 +19 %."""
    interval = next(i for i in gather_intervals(load_plan(real_data, "03213-strategy-1")) if i.start == 2010)
    share = interval.decomposition.migration_pct[1]
    assert share[3] == pytest.approx(-44, abs=0.5)
    assert share[4] == pytest.approx(19, abs=0.6)


def test_years_that_are_not_ordinary_are_marked(real_data):
    marked = {i.start for i in gather_intervals(load_plan(real_data, "07210-strategy-2")) if i.disturbed}
    assert marked == {2010, 2015}
    ordinary = gather_intervals(load_plan(real_data, "11233-strategy-2"))
    assert not any(interval.disturbed for interval in ordinary)


@pytest.mark.parametrize("plan_id", ["07202-strategy-3", "03213-strategy-1"])
def test_the_sources_are_those_of_the_ages(plan_id, real_data):
    """The ages of 2020 are made from three broad ages, the ages of 2015 and the register: all three are named."""
    plan = load_plan(real_data, plan_id)
    history = gather_ages(plan.municipality)
    for interval in gather_intervals(plan):
        named = [source.source_id for source in interval.sources]
        years = (interval.start, interval.end)
        assert set(named) >= {name for year in years for name in history.source_ids[year]}
        assert [source.source_id for source in interval.ages_from] == [
            history.source_ids[year][0] for year in years
        ]
        assert ("juki-age-2015-2023" in named) == interval.bridged == (interval.end == 2020)


def test_a_year_is_bridged_where_its_ages_are(real_data):
    plan = load_plan(real_data, "03213-strategy-1")
    history = gather_ages(plan.municipality)
    moved = replace(
        history,
        census={year: ages for year, ages in history.census.items() if year != 1990},
        bridged={**history.bridged, 1990: history.census[1990]},
    )
    survival = dict.fromkeys(history.census, np.full((1, 2, 19), 0.9))
    found = gather_decomposition(plan, moved, survival)
    assert {i.start for i in found if i.bridged} == {1985, 1990, 2015}


def test_years_without_survival_or_not_five_apart_make_no_interval(real_data):
    plan = load_plan(real_data, "03213-strategy-1")
    history = replace(gather_ages(plan.municipality), bridged={})
    survival = {year: np.full((1, 2, 19), 0.9) for year in history.census}

    def only(*years):
        return replace(history, census={year: history.census[year] for year in years})

    assert gather_decomposition(plan, only(), survival) == ()
    assert gather_decomposition(plan, only(2000, 2010), survival) == ()
    assert gather_decomposition(plan, history, {}) == ()
    assert len(gather_decomposition(plan, history, survival)) == 7
