"""One municipality as the comparison shows it: what was counted, what is projected, and what moves it."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.load.plan import Plan
from planbook.summary.comparison.place_ages import Structure, gather_counted_ages, gather_projected_ages
from planbook.summary.comparison.place_movement import (
    InfluenceFigure,
    Movement,
    gather_influences,
    gather_movement,
)
from planbook.summary.outlook.baseline import Baseline, Reason, Unavailable, gather_baseline
from planbook.summary.outlook.needs import Needs, gather_needs
from planbook.summary.outlook.standard import gather_standard
from planbook.summary.population_facts import Observation, PopulationFacts, gather_population
from planbook.vocabulary.numbers import Number, change_pct, number
from planbook.vocabulary.rounding import format_number


@dataclass(frozen=True)
class PlaceFacts:
    """What is of a place, whichever of its plans is read.

    Parameters
    ----------
    plan : the first of its plans that is compared; for names, labels and sources.
    population : census, projection and change; the targets in it are those of `plan` alone.
    final : the newest census that is no 速報値; None without one.
    pace_share : the yearly change between the last two censuses in per cent of the newest one.
    projected_change : the last year of the projection against its own base year.
    now, future : ages by the newest census that has them, and in the last projected year.
    influences : by natural and social; empty where they cannot be judged.
    movement : None where `reason` says why.
    baseline, needs : the engine's results, for the targets of the plans.
    reason : why パターン1 cannot be rebuilt.
    """

    plan: Plan
    population: PopulationFacts
    final: Observation | None
    pace_share: Number | None
    projected_change: Number | None
    now: Structure | None
    future: Structure | None
    influences: dict[str, InfluenceFigure]
    movement: Movement | None
    baseline: Baseline | None
    needs: Needs | None
    reason: Reason | None

    @property
    def code(self) -> str:
        """The area code."""
        return self.plan.municipality.code


def gather_place(plan: Plan) -> PlaceFacts:
    """Gather the facts of a plan's municipality; what is missing is None, and `reason` says why."""
    population = gather_population(plan)
    projected = [persons for _, persons in population.projection]
    final = [item for item in population.census if not item.preliminary]
    baseline, needs, standard, reason = None, None, None, None
    try:
        baseline = gather_baseline(plan)
        standard, needs = gather_standard(plan, baseline), gather_needs(plan, baseline)
    except Unavailable as missing:
        reason = missing.reason
    return PlaceFacts(
        plan=plan,
        population=population,
        final=final[-1] if final else None,
        pace_share=share_a_year(population.pace, population),
        projected_change=change_pct(projected[-1], projected[0]) if len(projected) > 1 else None,
        now=gather_counted_ages(plan),
        future=gather_projected_ages(plan, population, standard),
        influences=gather_influences(population, standard) if standard else {},
        movement=gather_movement(population, baseline, standard, needs) if baseline else None,
        baseline=baseline,
        needs=needs,
        reason=reason,
    )


def share_a_year(pace: Number | None, population: PopulationFacts) -> Number | None:
    """Return a yearly change in per cent of the newest census, one denominator for past and future."""
    if pace is None or population.latest is None or population.latest.persons.value <= 0:
        return None
    latest = population.latest.persons
    share = pace.value / latest.value * 100
    return number(
        share,
        "percent",
        decimals=2,
        sign=True,
        qualifier=pace.qualifier,
        formula=f"{pace.bare()} ÷ {latest.bare()} ＝ {format_number(share, 2, sign=True)}%",
        inputs=(pace, latest),
    )
