"""シミュレーション1 and 2, 封鎖人口 and the influences: identities, order, and what a class is made of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from outlook_house import KITAMOTO, NINOHE, PLANS, Copy, baseline_of, plan_of

from planbook.analysis.projection.cohorts import FEMALE, Cohorts
from planbook.analysis.projection.fertility import Conversion
from planbook.analysis.projection.rates import RATES, Origin, Rates
from planbook.analysis.projection.scenario_runs import run_scenarios, trace_child_woman_ratio
from planbook.analysis.projection.scenarios import PATTERN_1, Scenario, TfrPath, make_simulation_1
from planbook.summary.outlook.baseline import gather_baseline
from planbook.summary.outlook.standard import gather_standard

plans = pytest.mark.parametrize("plan_id", PLANS)


def standard_of(plan_id):
    return gather_standard(plan_of(plan_id), baseline_of(plan_id))


def persons_of(standard, scenario):
    """Persons of a scenario; shape (year, sex, age)."""
    return standard.projection.persons[:, standard.projection.scenarios.index(scenario), 0]


@plans
@pytest.mark.parametrize("scenario", ["closed", "simulation-2"])
def test_where_nobody_moves_the_balance_is_births_and_deaths(plan_id, scenario):
    """封鎖人口: who is there five years later was born or survived; no third term is left over."""
    baseline = baseline_of(plan_id)
    persons = persons_of(standard_of(plan_id), scenario)
    for step, survival in enumerate(baseline.rates.survival[:, 0]):
        before, after = persons[step], persons[step + 1]
        deaths = (before * (1 - survival)).sum()
        births = after[:, 0].sum()
        assert after.sum() - before.sum() == pytest.approx(births - deaths, abs=1e-6)
        assert after[:, 1:-1] == pytest.approx(before[:, :-2] * survival[:, :-2])
        if scenario == "closed":
            ratio = baseline.rates.child_woman_ratio[step + 1, 0]
            assert births == pytest.approx(after[FEMALE, 3:10].sum() * ratio)


@plans
def test_pattern_1_differs_from_the_closed_population_by_its_migrants(plan_id):
    rates = baseline_of(plan_id).rates
    standard = standard_of(plan_id)
    usual, closed = (persons_of(standard, name) for name in ("pattern-1", "closed"))
    moved = (usual[0] * rates.migration[0, 0]).sum()
    born_elsewhere = usual[1, :, 0].sum() - closed[1, :, 0].sum()
    assert usual[1].sum() - closed[1].sum() == pytest.approx(moved + born_elsewhere)


@plans
def test_more_births_more_people_and_nobody_leaving_more_still(plan_id):
    """All four lose people by migration and have fewer than 2.1 children: the order is theirs, not the method's."""
    standard = standard_of(plan_id)
    for year in range(2030, 2051, 5):
        usual, first, second, closed = (
            standard.total(name, year) for name in ("pattern-1", "simulation-1", "simulation-2", "closed")
        )
        assert usual < first < second
        assert usual < closed < second
    assert standard.total("simulation-1", 2020) == standard.total("pattern-1", 2020)


def test_a_total_is_rounded_nowhere():
    """IPSS 2023 has 15,491 for 二戸市 in 2045; all the rest have places behind the point."""
    standard = standard_of(NINOHE)
    assert standard.total("pattern-1", 2045) == pytest.approx(15_491, abs=0.01)
    assert standard.total("simulation-1", 2045) % 1 > 1e-6


@plans
def test_broad_ages_and_women_add_up(plan_id):
    standard = standard_of(plan_id)
    for scenario in standard.projection.scenarios:
        ages = standard.broad_ages(scenario)
        totals = [standard.total(scenario, year) for year in ages["year"]]
        assert ages[["young", "working", "old"]].sum(axis=1).tolist() == pytest.approx(totals)
    assert standard.broad_ages()["old"].iloc[-1] == pytest.approx(baseline_of(plan_id).old_found)
    women = standard.women_20_39()
    assert women[2020] == pytest.approx(baseline_of(plan_id).rates.base.persons[0, FEMALE, 4:8].sum())


# ------------------------------------------------------------------------------------------------------ influences


@plans
def test_the_influence_is_the_ratio_of_unrounded_scenarios(plan_id):
    standard = standard_of(plan_id)
    pairs = {"natural": ("simulation-1", "pattern-1"), "social": ("simulation-2", "simulation-1")}
    limits = {"natural": (100, 105, 110, 115), "social": (100, 110, 120, 130)}
    for influence, (above, below) in pairs.items():
        fact = standard.influences[influence]
        assert fact.year == 2050
        assert fact.numerator == standard.total(above, 2050)
        assert fact.denominator == standard.total(below, 2050)
        assert fact.value.ratio_pct == 100 * standard.total(above, 2050) / standard.total(below, 2050)
        assert fact.value.level == 1 + sum(fact.value.ratio_pct >= limit for limit in limits[influence])
        assert not fact.verified
        assert fact.source_id == "vision-guide"


def test_an_edition_without_a_judgement_year_has_no_influence(tmp_path):
    """Nothing is judged in a year that nobody stated."""
    copy = Copy(tmp_path, NINOHE).drop("edition_assumptions", lambda row: row["edition"] == "ipss2023")
    plan = copy.load()
    assert gather_standard(plan, gather_baseline(plan)).influences == {}


def test_without_the_limits_of_one_influence_neither_is_judged(tmp_path):
    """The two are read together: a class of one beside nothing would look like the whole answer."""
    copy = Copy(tmp_path, NINOHE).drop("influence_classes", lambda row: row["influence"] == "natural")
    plan = copy.load()
    assert gather_standard(plan, gather_baseline(plan)).influences == {}


# ------------------------------------------------------------------------------------ what the simulations assume


def test_the_simulations_are_of_the_table(tmp_path):
    """1.8 by 2040 in the row of the edition: both scenarios and what a page says of them follow."""
    copy = Copy(tmp_path, NINOHE).change(
        "edition_assumptions",
        lambda row: row["edition"] == "ipss2023",
        simulation_tfr="1.8",
        simulation_year="2040",
    )
    plan = copy.load()
    found = gather_standard(plan, gather_baseline(plan))
    assert (found.simulation.tfr, found.simulation.by_year) == (1.8, 2040)
    assert not found.simulation.verified
    usual = standard_of(NINOHE)
    assert usual.simulation.source_id == "vision-guide"
    assert found.total("simulation-1", 2050) < usual.total("simulation-1", 2050)


def test_an_edition_without_a_row_has_the_simulations_of_the_newest(tmp_path):
    plan = Copy(tmp_path, NINOHE).drop("edition_assumptions", lambda row: row["edition"] == "ipss2023").load()
    found = gather_standard(plan, gather_baseline(plan)).simulation
    assert (found.tfr, found.by_year) == (2.1, 2030)


@pytest.mark.parametrize("year", ["2020", "2015"])
def test_a_base_in_or_after_the_year_of_the_simulation(tmp_path, year):
    """An edition whose base is 2030 will come: 2.1 is reached at the end of the first five years, and nothing breaks."""
    copy = Copy(tmp_path, NINOHE).change(
        "edition_assumptions", lambda row: row["edition"] == "ipss2023", simulation_year=year
    )
    plan = copy.load()
    baseline = gather_baseline(plan)
    found = gather_standard(plan, baseline)
    assert found.simulation.by_year == 2025
    ratios = trace_child_woman_ratio(
        baseline.rates, make_simulation_1(2020, 2.1, int(year)), YEARS, baseline.conversion
    )
    assert baseline.conversion.to_tfr(ratios[0, 0], 2025) == pytest.approx(2.1)


# --------------------------------------------------------------------------------------- never lower than it is


def town(ratio, base=2020) -> Rates:
    """Rates of a town whose TFR換算値 is ten times `ratio`; nobody moves."""
    persons = np.full((1, 2, 19), 100.0)
    steps = 6
    return Rates(
        Cohorts(base, ("00000",), persons),
        np.full((steps, 1, 2, 19), 0.95),
        np.zeros((steps, 1, 2, 19)),
        np.full((steps + 1, 1), ratio),
        np.full(steps, 105.0),
        dict.fromkeys(RATES, Origin(("x",), (2015, 2020))),
    )


YEARS = list(range(2025, 2051, 5))
TEN = Conversion(dict.fromkeys([2020, *YEARS], 10.0), ("test",))


def test_simulation_1_never_lowers_the_births_of_a_town():
    """伊仙町 had 2.81 in 2008–12: シミュレーション1 lets births rise to 2.1, it does not take them away."""
    above = town(0.25)
    assert trace_child_woman_ratio(above, make_simulation_1(2020, 2.1, 2030), YEARS, TEN) == pytest.approx(
        0.25
    )
    usual, first = run_scenarios(above, (PATTERN_1, make_simulation_1(2020, 2.1, 2030)), 2050, TEN).totals[
        -1, :, 0
    ]
    assert first == usual
    # a plan that says 2.1 by 2030 means 2.1, down or up
    plan = Scenario("plan", TfrPath(2020, ((2030, 2.1),)))
    assert trace_child_woman_ratio(above, plan, YEARS, TEN)[:, 0] == pytest.approx([0.23, *[0.21] * 5])


def test_simulation_1_follows_the_path_where_it_is_higher():
    assert trace_child_woman_ratio(town(0.15), make_simulation_1(2020, 2.1, 2030), YEARS, TEN)[
        :, 0
    ] == pytest.approx([0.18, *[0.21] * 5])


def test_births_that_rise_by_themselves_beyond_the_path_stay():
    """The nation's ratio moves, and a town with it: each step is held for itself."""
    rates = town(0.2)
    rising = replace(rates, child_woman_ratio=np.linspace(0.2, 0.26, 7)[:, None])
    ratios = trace_child_woman_ratio(rising, make_simulation_1(2020, 2.1, 2030), YEARS, TEN)[:, 0]
    assert ratios == pytest.approx(np.maximum([0.205, *[0.21] * 5], rising.child_woman_ratio[1:, 0]))


@plans
def test_simulation_1_is_nowhere_below_pattern_1(plan_id):
    baseline = baseline_of(plan_id)
    ratios = trace_child_woman_ratio(
        baseline.rates, make_simulation_1(2020, 2.1, 2030), YEARS, baseline.conversion
    )
    assert (ratios >= baseline.rates.child_woman_ratio[1:]).all()
    # 2.1 from 2025–30 on, as TFR換算値
    for at, year in enumerate(YEARS[1:], 1):
        assert baseline.conversion.to_tfr(ratios[at, 0], year) == pytest.approx(2.1)


def test_kitamoto_gains_by_migration_at_last():
    """The only one of the four that IPSS 2023 lets gain: its closed population is hardly larger than パターン1."""
    standard = standard_of(KITAMOTO)
    assert standard.influences["social"].value.ratio_pct == pytest.approx(102.2, abs=0.1)
    assert standard.total("closed", 2050) / standard.total("pattern-1", 2050) < 1.02
