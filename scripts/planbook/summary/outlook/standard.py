"""The scenarios that every 地方人口ビジョン has: パターン1, シミュレーション1 and 2, 封鎖人口, and the two influences."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planbook.analysis.projection.cohorts import FEMALE
from planbook.analysis.projection.engine import Projection
from planbook.analysis.projection.influence import Influence, Thresholds, compare_scenarios
from planbook.analysis.projection.scenario_runs import run_scenarios
from planbook.analysis.projection.scenarios import (
    CLOSED,
    PATTERN_1,
    make_simulation_1,
    make_simulation_2,
    reach_year,
)
from planbook.load.plan import Plan
from planbook.load.reference import Reference
from planbook.summary.outlook.baseline import Baseline
from planbook.vocabulary.errors import InputError, Problem, message

#: Numerator and denominator of each influence.
INFLUENCES = {
    "natural": ("simulation-1", "pattern-1"),
    "social": ("simulation-2", "simulation-1"),
}


@dataclass(frozen=True)
class InfluenceFact:
    """One influence of the judgement year.

    Parameters
    ----------
    year : the judgement year.
    value : ratio and class; None where the denominator is nobody.
    numerator, denominator : persons.
    verified : whether limits and year were checked at their source.
    source_id : where the limits come from.
    """

    year: int
    value: Influence | None
    numerator: float
    denominator: float
    verified: bool
    source_id: str


@dataclass(frozen=True)
class Simulation:
    """What シミュレーション1 and 2 assume of births.

    Parameters
    ----------
    tfr : births per woman.
    by_year : in which it is reached.
    verified : whether both were checked at their source.
    source_id : where they come from.
    """

    tfr: float
    by_year: int
    verified: bool
    source_id: str


@dataclass(frozen=True)
class StandardScenarios:
    """The scenarios and what is read off them.

    Parameters
    ----------
    projection : scenarios pattern-1, simulation-1, simulation-2, closed; one municipality.
    simulation : what the two simulations assume.
    influences : by natural and social.
    stage_limits : of 人口減少段階, the decline of those of 65 and over in per cent; None where
        the reference table has none.
    stage_limits_verified : whether they were checked at their source.
    """

    projection: Projection
    simulation: Simulation
    influences: dict[str, InfluenceFact]
    stage_limits: Thresholds | None
    stage_limits_verified: bool

    def total(self, scenario: str, year: int) -> float:
        """Return persons of a scenario in a year of the projection."""
        at = self.projection
        return float(at.totals[at.years.index(year), at.scenarios.index(scenario), 0])

    def broad_ages(self, scenario: str = "pattern-1") -> pd.DataFrame:
        """Return columns year, young, working, old (persons) of a scenario."""
        persons = self.projection.persons[:, self.projection.scenarios.index(scenario), 0].sum(axis=1)
        return pd.DataFrame(
            {
                "year": self.projection.years,
                "young": persons[:, :3].sum(axis=1),
                "working": persons[:, 3:13].sum(axis=1),
                "old": persons[:, 13:].sum(axis=1),
            }
        )

    def women_20_39(self, scenario: str = "pattern-1") -> dict[int, float]:
        """Return women of 20–39 by year."""
        persons = self.projection.persons[:, self.projection.scenarios.index(scenario), 0, FEMALE, 4:8]
        return dict(zip(self.projection.years, persons.sum(axis=1).tolist(), strict=True))


def gather_standard(plan: Plan, baseline: Baseline) -> StandardScenarios:
    """Run the standard scenarios from the base year of the newest projection."""
    rates = baseline.rates
    start = rates.base.year
    simulation = read_simulation(plan.reference, baseline.edition, start)
    assumed = (start, simulation.tfr, simulation.by_year)
    scenarios = (PATTERN_1, make_simulation_1(*assumed), make_simulation_2(*assumed), CLOSED)
    projection = run_scenarios(rates, scenarios, baseline.last_year, baseline.conversion)
    limits, verified = read_classes(plan.reference, "depopulation")
    return StandardScenarios(
        projection, simulation, _influences(plan, baseline, projection), limits, verified
    )


def read_simulation(reference: Reference, edition: str, start: int) -> Simulation:
    """Return what the simulations assume beside an edition: its own row, else that of the newest edition that has one.

    Parameters
    ----------
    reference : the table edition_assumptions.
    edition : of パターン1.
    start : base year; a rate of a year that is past by then is reached at the end of the first five years.

    Raises
    ------
    InputError : the table has no row at all.
    """
    rows = {row.edition: row for row in reference.table("edition_assumptions").rows}
    # The guide's assumption goes with no edition in particular: a prefecture's own projection is read beside it too.
    row = next((rows[name] for name in (edition, *reference.editions()) if name in rows), None)
    if row is None:
        raise InputError(
            Problem(
                what=message("シミュレーションの出生率の仮定がありません。"),
                file="reference/edition_assumptions.csv",
                place={"column": "simulation_tfr"},
                found=edition,
                remedy=message("表に、推計の版とシミュレーションの出生率、到達年の行を加えてください。"),
            )
        )
    reached = reach_year(start, row.simulation_year)
    return Simulation(float(row.simulation_tfr), reached, row.verified, row.simulation_source_id)


def read_classes(reference: Reference, name: str) -> tuple[Thresholds | None, bool]:
    """Return the limits of the classes called `name`, and whether all were verified; None where the table has none."""
    rows = [row for row in reference.table("influence_classes").rows if row.influence == name]
    if not rows:
        return None, False
    limits = sorted(float(row.lower_limit_pct) for row in rows if row.lower_limit_pct is not None)
    return Thresholds(tuple(limits), rows[0].source_id), all(row.verified for row in rows)


def _influences(plan: Plan, baseline: Baseline, projection: Projection) -> dict[str, InfluenceFact]:
    rule = next(
        (row for row in plan.reference.table("edition_assumptions").rows if row.edition == baseline.edition),
        None,
    )
    if rule is None or rule.judgement_year not in projection.years:
        return {}
    found = {}
    at = projection.years.index(rule.judgement_year)
    for influence, pair in INFLUENCES.items():
        limits, verified = read_classes(plan.reference, influence)
        if limits is None:
            return {}  # the two are read together
        compared = compare_scenarios(projection, pair, rule.judgement_year, limits)
        above, below = (float(projection.totals[at, projection.scenarios.index(name), 0]) for name in pair)
        found[influence] = InfluenceFact(
            rule.judgement_year,
            compared[plan.municipality.code],
            above,
            below,
            rule.verified and verified,
            limits.source_id,
        )
    return found
