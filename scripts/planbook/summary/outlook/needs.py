"""What would have to be true for a target: migration, births, households, held against what was seen since 1980."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planbook.analysis.projection.checks import Array
from planbook.analysis.projection.cohorts import FEMALE, SEXES, WIDTH
from planbook.analysis.projection.fertility import compute_child_woman_ratio
from planbook.analysis.projection.requirements import (
    Requirement,
    count_households,
    project_shifted,
    solve_fertility,
    solve_migration,
    trace_frontier,
)
from planbook.load.plan import Plan
from planbook.summary.outlook.baseline import Baseline, Unavailable, is_disturbed, migration_between
from planbook.vocabulary.schemas.plan_file import PopulationTarget

Precedent = Literal["ordinary", "disturbed", "never"]

#: Total fertility rates along which the frontier is drawn.
FERTILITY = tuple(round(0.8 + 0.1 * step, 1) for step in range(17))
#: The ages that schools, care and the years of childbearing depend on: (key, sexes, first group, group behind the last).
GROUPS = (
    ("women_20_39", (FEMALE,), 4, 8),
    ("age_5_14", (0, 1), 1, 3),
    ("age_75_over", (0, 1), 15, 19),
    ("age_85_over", (0, 1), 17, 19),
)


@dataclass(frozen=True)
class Seen:
    """Five years that have been: births and migration as the censuses show them.

    Parameters
    ----------
    start, end : the two censuses.
    net_migrants_a_year : residual of the censuses, persons.
    total_fertility_rate : TFR換算値 at the end.
    disturbed : whether a disaster lies in them.
    bridged : whether one of the two is a 接続値.
    """

    start: int
    end: int
    net_migrants_a_year: float
    total_fertility_rate: float
    disturbed: bool
    bridged: bool


@dataclass(frozen=True)
class Need:
    """What one target takes, counted from the newest census.

    Parameters
    ----------
    target : the target; None for the benchmark of keeping today's population.
    population, year : what has to be reached when; `year_assumed` where the target has no year.
    projected : persons in that year on the rates of パターン1.
    migration : the solution at the births of パターン1.
    usual_migrants_a_year : net migrants a year of パターン1 in the same years.
    fertility_alone : TFR換算値 that reaches the target with the migration of パターン1; None where none does.
    frontier : the solution for each rate of `FERTILITY`.
    households : a year, by type; empty where the target lies below the projection.
    groups : by key of `GROUPS`: persons today, in the year as projected, in the year with the solution.
    """

    target: PopulationTarget | None
    population: float
    year: int
    year_assumed: bool
    projected: float
    migration: Requirement
    usual_migrants_a_year: float
    fertility_alone: float | None
    frontier: tuple[Requirement, ...]
    households: Mapping[str, float]
    groups: Mapping[str, tuple[float, float, float | None]]

    @property
    def is_reached(self) -> bool:
        """Tell whether パターン1 leads to the target, or above it, by itself."""
        return self.population <= self.projected

    @property
    def extra_a_year(self) -> float | None:
        """Net migrants a year beyond those of パターン1; None where the target cannot be reached."""
        if self.migration.net_migrants_a_year is None:
            return None
        return self.migration.net_migrants_a_year - self.usual_migrants_a_year


@dataclass(frozen=True)
class Needs:
    """The needs of every target, and what has been seen.

    Parameters
    ----------
    start : the year from which they are counted.
    needs : one a target; the benchmark where the document states no target.
    seen : since the first census at hand, oldest first.
    usual_fertility, usual_migrants_a_year : TFR換算値 and net migrants of パターン1, means of the steps to its last
        year.
    unreachable_years : targets outside the years of the projection, which are not judged.
    """

    start: int
    needs: tuple[Need, ...]
    seen: tuple[Seen, ...]
    usual_fertility: float
    usual_migrants_a_year: float
    unreachable_years: tuple[PopulationTarget, ...]


def gather_needs(plan: Plan, baseline: Baseline) -> Needs:
    """Gather what each target of the plan takes."""
    rates = baseline.now
    start, last = rates.base.year, baseline.last_year
    targets = plan.file.outlook.targets
    judged, outside = [], []
    for target in sorted(targets, key=lambda item: item.year or 9999):
        year = target.year or last
        if year in range(start + WIDTH, last + 1, WIDTH):
            judged.append(_need(plan, baseline, float(target.population_persons), (target, year)))
        else:
            outside.append(target)
    if not targets:
        judged.append(_need(plan, baseline, float(rates.base.totals[0]), (None, last)))
    tfr = [
        float(baseline.conversion.to_tfr(ratio[0], start + WIDTH * step))
        for step, ratio in enumerate(rates.child_woman_ratio)
        if step
    ]
    moved = project_shifted(rates, np.zeros(1), last)[1]
    return Needs(
        start,
        tuple(judged),
        _gather_seen(plan, baseline),
        float(np.mean(tfr)),
        float(moved[0]),
        tuple(outside),
    )


def _need(
    plan: Plan, baseline: Baseline, population: float, aim: tuple[PopulationTarget | None, int]
) -> Need:
    target, year = aim
    rates = baseline.now
    usual, moved = project_shifted(rates, np.zeros(1), year)
    projected = float(usual.totals[-1, 0, 0])
    profile = read_newcomers(plan, baseline)
    solution = solve_migration(rates, population, year, profile=profile)[0]
    reached = None
    if solution.shift is not None:
        coming = solution.newcomers_a_year * profile[None]
        found = project_shifted(rates, np.array([solution.shift]), year, newcomers=coming)[0]
        reached = found.persons[-1, 0, 0]
    return Need(
        target=target,
        population=population,
        year=year,
        year_assumed=target is not None and target.year is None,
        projected=projected,
        migration=solution,
        usual_migrants_a_year=float(moved[0]),
        fertility_alone=solve_fertility(rates, population, year, baseline.conversion),
        frontier=trace_frontier(rates, population, year, FERTILITY, baseline.conversion, profile),
        households=_households(plan, baseline, population, year) if population > projected else {},
        groups={
            key: (
                _count(rates.base.persons[0], group),
                _count(usual.persons[-1, 0, 0], group),
                None if reached is None else _count(reached, group),
            )
            for key, *group in GROUPS
        },
    )


def _count(persons, group) -> float:
    sexes, first, end = group
    return float(persons[list(sexes), first:end].sum())


def _read_households(plan: Plan, baseline: Baseline) -> tuple[list[str], Array]:
    """Return the types of household and their members; shape (type, sex, age)."""
    rows = plan.reference.table("household_types").rows
    names = list(dict.fromkeys(row.household for row in rows))
    ages = baseline.now.base.ages
    persons = np.zeros((len(names), len(SEXES), len(ages)))
    for row in rows:
        group = min(row.age_start // WIDTH, len(ages) - 1)
        persons[names.index(row.household), SEXES.index(row.sex), group] += float(row.persons)
    return names, persons


def read_newcomers(plan: Plan, baseline: Baseline) -> Array:
    """Return sexes and ages of one newcomer: every type of household as often as any other; shape (sex, age), sum 1.

    Small children are left out, because those of newcomers are counted from their mothers.
    """
    together = _read_households(plan, baseline)[1].sum(axis=0)
    together[:, 0] = 0
    return together / together.sum()


def _households(plan: Plan, baseline: Baseline, population: float, year: int) -> dict[str, float]:
    names, persons = _read_households(plan, baseline)
    counts = count_households(baseline.now, persons, population, year)
    return dict(zip(names, counts.tolist(), strict=True))


def find_precedent(needed: float, seen: tuple[Seen, ...]) -> Precedent | None:
    """Tell whether net migration of that size a year has been seen, and whether only in disturbed years."""
    if not seen:
        return None
    reached = [item for item in seen if item.net_migrants_a_year >= needed]
    if not reached:
        return "never"
    return "disturbed" if all(item.disturbed for item in reached) else "ordinary"


def _gather_seen(plan: Plan, baseline: Baseline) -> tuple[Seen, ...]:
    ages, seen = baseline.ages, []
    years = sorted({*ages.census, *ages.bridged})
    for start in years:
        end = start + WIDTH
        if end not in years or end not in baseline.conversion.factors:
            continue
        try:
            migration = migration_between(plan, ages, start)
        except Unavailable:
            continue  # an interval with a cohort of nobody shows no rates
        ratio = compute_child_woman_ratio(ages.at(end))[0]
        seen.append(
            Seen(
                start,
                end,
                float((ages.at(start).persons[0] * migration).sum()) / WIDTH,
                float(baseline.conversion.to_tfr(ratio, end)),
                is_disturbed(plan.municipality.file, start, end),
                start not in ages.census or end not in ages.census,
            )
        )
    return tuple(seen)
