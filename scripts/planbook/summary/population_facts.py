"""The population of a plan's municipality, its targets and the projections, as sourced numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.analysis.population import find_crossing, list_editions, select_concept, select_totals
from planbook.analysis.targets import (
    Missing,
    Pace,
    TargetGap,
    compare_target,
    observed_pace,
    required_pace,
)
from planbook.load.plan import Plan
from planbook.vocabulary.numbers import Number, change_pct, difference, number, per_year
from planbook.vocabulary.schemas.plan_file import PopulationTarget


@dataclass(frozen=True)
class Observation:
    """One observed total.

    Parameters
    ----------
    persons : with date, concept and source.
    as_of : its date.
    preliminary : a 速報値.
    """

    persons: Number
    as_of: date
    preliminary: bool


@dataclass(frozen=True)
class TargetFacts:
    """One target of the plan, held against the newest projection and the newest census.

    Parameters
    ----------
    target : as plan.yml has it.
    persons : the target.
    projected, gap, gap_pct : None where `missing` says why.
    required : the yearly change from the newest census to the target; None without a year ahead.
    crossing : the day at which the newest projection falls to the target; None when it does not.
    """

    target: PopulationTarget
    persons: Number
    edition: str | None
    projected: Number | None
    gap: Number | None
    gap_pct: Number | None
    missing: Missing | None
    required: Number | None
    crossing: date | None


@dataclass(frozen=True)
class PopulationFacts:
    """What a reader asks first of a municipality's population.

    Parameters
    ----------
    census : every census total, oldest first.
    register : every register total, oldest first.
    earlier : the census that `change` looks back to: the one nearest to 15 years before the newest.
    change, change_share : newest census against `earlier`.
    pace : the yearly change between the last two censuses.
    edition : the newest projection at hand; None without any.
    projection : its totals by year.
    targets : in the order of plan.yml.
    """

    census: tuple[Observation, ...]
    register: tuple[Observation, ...]
    earlier: Observation | None
    change: Number | None
    change_share: Number | None
    pace: Number | None
    edition: str | None
    projection: tuple[tuple[int, Number], ...]
    targets: tuple[TargetFacts, ...]

    @property
    def latest(self) -> Observation | None:
        """The newest census total."""
        return self.census[-1] if self.census else None

    def projected(self, year: int) -> Number | None:
        """Return the newest projection's total of `year`, None outside its years."""
        return dict(self.projection).get(year)


LOOK_BACK_YEARS = 15


def gather_population(plan: Plan) -> PopulationFacts:
    """Gather the facts of `PopulationFacts` for a plan."""
    population = plan.municipality.frame("population")
    projections = plan.municipality.frame("projections")
    census_frame = select_concept(population, "census")
    census = _observations(plan, census_frame)
    editions = list_editions(projections)
    edition = editions[0] if editions else None
    totals = select_totals(projections, edition) if edition else pd.DataFrame()
    latest = census[-1] if census else None
    earlier = _earlier(census)
    return PopulationFacts(
        census=census,
        register=_observations(plan, select_concept(population, "register")),
        earlier=earlier,
        change=difference(latest.persons, earlier.persons) if latest and earlier else None,
        change_share=change_pct(latest.persons, earlier.persons) if latest and earlier else None,
        pace=_pace_number(observed_pace(census_frame), census[-2:]),
        edition=edition,
        projection=tuple((int(row.year), _projected(plan, row)) for row in totals.itertuples()),
        targets=tuple(
            _target_facts(plan, target, totals, edition, latest) for target in plan.file.outlook.targets
        ),
    )


def _observations(plan: Plan, frame: pd.DataFrame) -> tuple[Observation, ...]:
    return tuple(
        Observation(
            number(
                int(row.population_persons),
                as_of=row.as_of.isoformat(),
                concept=row.concept,
                source=plan.official_source(row.source_id),
            ),
            row.as_of,
            row.status == "preliminary",
        )
        for row in frame.itertuples()
    )


def _earlier(census: tuple[Observation, ...]) -> Observation | None:
    if len(census) < 2:
        return None
    wanted = census[-1].as_of.year - LOOK_BACK_YEARS
    return min(census[:-1], key=lambda observation: abs(observation.as_of.year - wanted))


def _projected(plan: Plan, row) -> Number:
    return number(
        int(row.population_persons),
        as_of=f"{int(row.year)}-10-01",
        concept="projection",
        source=plan.official_source(row.source_id),
    )


def _pace_number(pace: Pace | None, last: tuple[Observation, ...]) -> Number | None:
    if pace is None:
        return None
    change = difference(last[1].persons, last[0].persons)
    return per_year(change, pace.years, f"{pace.start.year}–{pace.end.year}")


def _target_facts(
    plan: Plan,
    target: PopulationTarget,
    totals: pd.DataFrame,
    edition: str | None,
    latest: Observation | None,
) -> TargetFacts:
    persons = target_number(plan, target)
    gap = compare_target(target, totals, edition or "")
    projected = _gap_projection(plan, gap)
    required = required_pace(target, latest.persons.value, latest.as_of) if latest else None
    return TargetFacts(
        target=target,
        persons=persons,
        edition=edition,
        projected=projected,
        gap=difference(persons, projected) if projected else None,
        gap_pct=change_pct(persons, projected) if projected else None,
        missing=gap.missing,
        required=_required_number(required, persons, latest),
        crossing=find_crossing(totals, Decimal(target.population_persons)) if edition else None,
    )


def target_number(plan: Plan, target: PopulationTarget) -> Number:
    """Return a stated target as a number that leads to its line in the document."""
    return number(
        target.population_persons,
        about=target.qualifier == "about",
        as_of=str(target.year) if target.year else None,
        concept="plan_stated",
        source=plan.document_source(target),
    )


def _gap_projection(plan: Plan, gap: TargetGap) -> Number | None:
    if gap.projected_persons is None:
        return None
    return number(
        gap.projected_persons,
        as_of=f"{gap.target.year}-10-01",
        concept="projection",
        source=plan.official_source(gap.source_id),
    )


def _required_number(pace: Pace | None, target: Number, latest: Observation | None) -> Number | None:
    if pace is None or latest is None:
        return None
    change = difference(target, latest.persons)
    return per_year(change, pace.years, f"{pace.start.year}–{pace.end.year}")
