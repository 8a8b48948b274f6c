"""The population of a plan's municipality, its targets and the projections, as sourced numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
    required_at_start, at_start : the same from the last census before the plan began: what its authors set out to do.
    crossing : the day at which the projection falls to the target; None when it does not.
    crossing_range : the days at which it enters and leaves the interval of a rough target (約, 程度).
    """

    target: PopulationTarget
    persons: Number
    edition: str | None
    projected: Number | None
    gap: Number | None
    gap_pct: Number | None
    missing: Missing | None
    required: Number | None
    required_at_start: Number | None
    at_start: Observation | None
    crossing: date | None
    crossing_range: tuple[date, date] | None


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
    edition : the projection that targets are held against (`main_edition`); None without any.
    projection : its totals by year.
    targets : by year, those without a year last.
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
    edition = main_edition(plan, projections)
    totals = select_totals(projections, edition or "")
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
            _target_facts(plan, target, totals, edition, (latest, _at_start(plan, census)))
            for target in sorted(plan.file.outlook.targets, key=lambda target: target.year or 9999)
        ),
    )


def main_edition(plan: Plan, projections: pd.DataFrame | None) -> str | None:
    """Return the projection that targets are held against: the newest one of IPSS, else the newest at hand.

    IPSS first, because every municipality is compared on the same footing; a prefecture's own projection
    is drawn beside it.
    """
    for series in ("ipss", None):
        editions = list_editions(projections, plan.reference.editions(series))
        if editions:
            return editions[0]
    return None


def _at_start(plan: Plan, census: tuple[Observation, ...]) -> Observation | None:
    """Return the last census taken before the plan began, whether or not its results were out by then."""
    start = date(plan.file.period.start_fiscal_year, 4, 1)
    return next((observation for observation in reversed(census) if observation.as_of < start), None)


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
    bases: tuple[Observation | None, Observation | None],
) -> TargetFacts:
    latest, at_start = bases
    persons = target_number(plan, target)
    gap = compare_target(target, totals, edition or "")
    projected = _gap_projection(plan, gap)
    return TargetFacts(
        target=target,
        persons=persons,
        edition=edition,
        projected=projected,
        gap=difference(persons, projected) if projected else None,
        gap_pct=change_pct(persons, projected) if projected else None,
        missing=gap.missing,
        required=_required_number(target, persons, latest),
        required_at_start=_required_number(target, persons, at_start),
        at_start=at_start,
        crossing=find_crossing(totals, target.population_persons),
        crossing_range=_crossing_range(target, totals),
    )


def target_number(plan: Plan, target: PopulationTarget) -> Number:
    """Return a stated target as a number that leads to its line in the document."""
    return number(
        target.population_persons,
        qualifier=target.qualifier,
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


def _required_number(target: PopulationTarget, persons: Number, base: Observation | None) -> Number | None:
    pace = required_pace(target, base.persons.value, base.as_of) if base else None
    if pace is None:
        return None
    change = difference(persons, base.persons)
    return per_year(change, pace.years, f"{pace.start.year}–{pace.end.year}")


def _crossing_range(target: PopulationTarget, totals: pd.DataFrame) -> tuple[date, date] | None:
    """Return when a projection enters and leaves the interval that a rough target stands for."""
    if target.qualifier != "about":
        return None
    half = target.precision / 2
    first = find_crossing(totals, target.population_persons + half)
    last = find_crossing(totals, target.population_persons - half)
    return (first, last) if first and last else None
