"""The engine against the published projection of 2018: exact sums, and its own figures given back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from projection_official import ORIGINS, ipss2018, national_survival, read_ipss2018

from planbook.analysis.projection.cohorts import FEMALE, MALE, Cohorts
from planbook.analysis.projection.fertility import (
    Conversion,
    compute_child_woman_ratio,
    extend_child_woman_ratio,
)
from planbook.analysis.projection.rates import Rates, derive_rates
from planbook.analysis.projection.scenario_runs import run_scenarios
from planbook.analysis.projection.scenarios import (
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

YEARS = tuple(range(2015, 2046, 5))
NINOHE, KITAMOTO = "03213", "11233"


@pytest.fixture(scope="module")
def official(shared):
    return shared / "official"


@pytest.fixture(scope="module")
def nation(official) -> Cohorts:
    """Sums of the 47 prefectures by year, as one place each."""
    return [
        Cohorts(c.year, ("00000",), c.persons.sum(axis=0, keepdims=True))
        for c in ipss2018(official, kinds=("a",))
    ]


@pytest.fixture(scope="module")
def derived(official, nation) -> Rates:
    published = ipss2018(official, codes=(NINOHE, KITAMOTO))
    survival = np.broadcast_to(national_survival(official)[None, None], (6, 1, 2, 19))
    sex_ratio = [100 * c.persons[0, MALE, 0] / c.persons[0, FEMALE, 0] for c in nation[1:]]
    return derive_rates(published, survival, np.array(sex_ratio), ORIGINS)


def test_published_integers_add_up(official):
    frame = read_ipss2018(official)
    ages = list(frame.columns[7:])
    assert (frame[ages].sum(axis=1) == frame["total"]).all()
    wide = frame.pivot(index=["code", "year"], columns="sex", values=["total", *ages])
    for column in ("total", *ages):
        assert (wide[column]["male"] + wide[column]["female"] == wide[column]["total"]).all()
    # cities and 町村 and the wards of Tokyo add up to the prefecture; wards of other cities are parts of them
    wards = (frame["kind"] == "0") & frame["code"].str.startswith("13")
    towns = frame[frame["kind"].isin(["1", "2", "3"]) | wards]
    sums, whole = (
        part.assign(prefecture=part["code"].str[:2]).groupby(["prefecture", "year", "sex"])["total"].sum()
        for part in (towns, frame[(frame["kind"] == "a") & (frame["code"] != "07000")])
    )
    assert towns["code"].nunique() == 1682
    assert sums.equals(whole)


def test_national_child_woman_ratios(nation):
    found = [round(float(compute_child_woman_ratio(c)[0]), 4) for c in nation]
    # METHODS 1.4; 2025 comes to .19255 and is rounded to .1926 there
    assert found == pytest.approx([0.1918, 0.1930, 0.1926, 0.1987, 0.2030, 0.2033, 0.2017], abs=1.01e-4)


@pytest.mark.parametrize(("year", "stated"), [(2025, 0.04), (2045, 0.12)])
def test_a_municipality_keeps_its_ratio_to_the_nation(official, nation, year, stated):
    """Median deviation of CWR_i(t) from CWR_nat(t) · CWR_i(base) / CWR_nat(base), base 2020: the first year projected."""
    towns = ipss2018(official)
    base, at = YEARS.index(2020), YEARS.index(year)
    national = np.array([compute_child_woman_ratio(nation[y])[0] for y in (base, at)])
    expected = extend_child_woman_ratio(compute_child_woman_ratio(towns[base]), national)[1]
    deviation = 100 * np.abs(compute_child_woman_ratio(towns[at]) / expected - 1)
    # rounding of small cells to integers is most of it
    assert np.median(deviation) == pytest.approx(stated, abs=0.01)


def test_the_sex_ratio_of_children_is_105_2(nation):
    for c in nation[1:]:
        assert 100 * c.persons[0, MALE, 0] / c.persons[0, FEMALE, 0] == pytest.approx(105.2, abs=0.01)


def test_back_derived_rates_give_the_publication_back(official, derived):
    """二戸市 and 北本市, 2015 … 2045, every cell within the rounding of boys and girls 0–4, which grows up with them."""
    published = np.stack([c.persons for c in ipss2018(official, codes=(NINOHE, KITAMOTO))])
    projection = run_scenarios(derived, (PATTERN_1,), 2045)
    difference = np.abs(projection.persons[:, 0] - published)
    assert projection.years == YEARS
    assert (projection.persons[0, 0] == published[0]).all()
    assert difference.max() < 0.5
    assert np.abs(projection.totals[:, 0] - published.sum(axis=(-1, -2))).max() < 0.5
    # METHODS 6: 二戸市 2045 in the edition of 2018
    assert projection.totals[-1, 0, 0] == pytest.approx(15281, abs=1)


def test_from_2015_with_ratios_to_the_nation_alone(derived, nation):
    """Children from the national path instead of the town's own: within half a per cent of the publication in 2045."""
    national = np.array([compute_child_woman_ratio(c)[0] for c in nation])
    own = extend_child_woman_ratio(derived.child_woman_ratio[1], national[1:])
    held = replace(derived, child_woman_ratio=np.vstack([derived.child_woman_ratio[:1], own]))
    totals = [run_scenarios(rates, (PATTERN_1,), 2045).totals[-1, 0] for rates in (derived, held)]
    assert totals[1] == pytest.approx(totals[0], rel=5e-3)


def test_the_conversion_hardly_moves_simulation_1_of_ninohe(derived):
    """METHODS 1.4: k = 7.0 against 7.8 moves 2045 by 2.5 %; here, with k held from 2015 on, 2.2 %."""
    totals = []
    for k in (7.0, 7.8):
        table = Conversion(dict.fromkeys(YEARS, k), ("test",))
        totals.append(
            run_scenarios(derived, (make_simulation_1(2015, 2.1, 2030),), 2045, table).totals[-1, 0, 0]
        )
    assert 100 * (totals[0] / totals[1] - 1) == pytest.approx(2.5, abs=0.5)


def test_the_simulations_are_ordered_where_people_leave(derived):
    table = Conversion(dict.fromkeys(YEARS, 7.5), ("test",))
    names = (PATTERN_1, make_simulation_1(2015, 2.1, 2030), make_simulation_2(2015, 2.1, 2030))
    first, second, third = run_scenarios(derived, names, 2045, table).totals[-1, :, 0]
    assert first < second < third


def test_no_reading_of_ninohes_plan_reaches_its_figure_on_the_rates_of_2018(derived):
    """TFR 2.10 by 2030, migration 4割縮小, 20–40 net 0 by 2030: 20,000 in 2045 is not reached whatever k is.

    This is hindsight: the plan had the edition of 2013 before it, in which migration was to shrink by itself.
    """
    rules = (MigrationRule(0.6), MigrationRule(0.0, by_year=2030, from_year=2015, ages=AgeGroup(20, 40)))
    plan = Scenario("plan", TfrPath(2015, ((2030, 2.1),)), rules)
    questions = (
        Question("fertility", "reading", {"interval": "interval", "point": "point"}),
        Question(0, "signs", {"both": "all", "losses": "negative"}),
        Question(1, "ages", {"to-39": AgeGroup(20, 40), "to-44": AgeGroup(20, 45)}),
        Question(1, "ages_at", {"start": "start", "end": "end"}),
        Question(1, "from_year", {"ramp": 2015, "step": None}),
    )
    readings = list_readings(plan, questions)
    assert len(readings) == 32
    for k in (7.0, 7.8):
        table = Conversion(dict.fromkeys(YEARS, k), ("test",))
        totals = run_scenarios(derived, (PATTERN_1, *readings), 2045, table).totals[-1, :, 0]
        assert totals[0] < totals[1:].min()
        assert totals[1:].max() < 20_000
