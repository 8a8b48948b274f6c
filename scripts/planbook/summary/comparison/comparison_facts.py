"""Several plans side by side: a row a municipality for what is of the place, a row a plan for what it aims at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.load.plan import Plan
from planbook.summary.comparison.place_facts import PlaceFacts, gather_place
from planbook.summary.comparison.target_ambition import Ambition, gather_ambition
from planbook.summary.outlook.needs import Needs, gather_needs
from planbook.summary.population_facts import PopulationFacts, gather_population


@dataclass(frozen=True)
class PlanFacts:
    """A plan and its targets.

    Parameters
    ----------
    plan : the plan.
    place : its municipality, shared with the other plans of the same place.
    ambitions : one a target, by year, those without a year last; empty where the document at hand lists none.
    """

    plan: Plan
    place: PlaceFacts
    ambitions: tuple[Ambition, ...]

    @property
    def compared(self) -> tuple[Ambition, ...]:
        """The targets that have a projection of their year to stand beside."""
        return tuple(item for item in self.ambitions if item.facts.gap is not None)


@dataclass(frozen=True)
class Comparison:
    """Municipalities and plans in the order of the area codes: an order that says nothing of better or worse.

    Parameters
    ----------
    places : each municipality once.
    plans : every plan, those of one place next to each other.
    """

    places: tuple[PlaceFacts, ...]
    plans: tuple[PlanFacts, ...]

    @property
    def ambitions(self) -> tuple[tuple[PlanFacts, Ambition], ...]:
        """Every target with its plan."""
        return tuple((row, item) for row in self.plans for item in row.ambitions)


def gather_comparison(plans: Sequence[Plan]) -> Comparison:
    """Gather the facts of every municipality once and of every plan; empty for no plans."""
    ordered = sorted(plans, key=lambda plan: plan.plan_id)
    places: dict[str, PlaceFacts] = {}
    rows = []
    for plan in ordered:
        code = plan.municipality.code
        if code not in places:
            places[code] = gather_place(plan)
        rows.append(_plan_facts(plan, places[code]))
    return Comparison(tuple(places.values()), tuple(rows))


def _plan_facts(plan: Plan, place: PlaceFacts) -> PlanFacts:
    own = plan.plan_id == place.plan.plan_id
    population: PopulationFacts = place.population if own else gather_population(plan)
    needs = place.needs if own else _needs(plan, place)
    return PlanFacts(plan, place, tuple(gather_ambition(item, place, needs) for item in population.targets))


def _needs(plan: Plan, place: PlaceFacts) -> Needs | None:
    """Return what the targets of a further plan of a place take; they alone differ from plan to plan."""
    if place.baseline is None or not plan.file.outlook.targets:
        return None
    return gather_needs(plan, place.baseline)
