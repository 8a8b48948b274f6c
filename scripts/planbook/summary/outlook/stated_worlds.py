"""What was known when a plan was made, and what is known now: bases and rates to which its assumptions are applied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from planbook.analysis.projection.cohorts import FEMALE, MALE, WIDTH, Cohorts, read_cohorts
from planbook.analysis.projection.fertility import compute_child_woman_ratio, extend_child_woman_ratio
from planbook.analysis.projection.rates import RATES, Origin, Rates, derive_rates
from planbook.analysis.projection.scenario_runs import scale_migration
from planbook.analysis.projection.scenarios import MigrationRule, Scenario
from planbook.load.plan import Plan
from planbook.summary.outlook.baseline import (
    Baseline,
    Unavailable,
    is_disturbed,
    migration_between,
    ratio_sources,
)
from planbook.summary.survival_rates import (
    future_survival_sources,
    national_path,
    sex_ratio_of,
    survival_between,
)

#: Why nothing can be computed as at adoption.
AdoptionReason = Literal["no_edition", "no_rule", "no_census", "empty_cohort", "too_late"]
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class World:
    """What was, or is, known: a base and the rates to which the assumptions are applied.

    Parameters
    ----------
    key : ``adoption`` (the edition in force, its rule on migration applied; パターン1 itself where that edition is
        still the newest), ``adoption_unshrunk`` (without that rule), ``edition`` (a later one published by age), ``today``.
    edition : of the projection whose assumptions the rates follow.
    rates : of パターン1.
    hindsight : whether its edition, or the census that it starts from, is younger than the plan's beginning.
    verified : whether the edition's rule was checked at its source.
    has_figures : whether the data hold a figure of that edition for the municipality.
    later_sources : tables younger than the plan's beginning that stand in for those of its time.
    """

    key: str
    edition: str
    rates: Rates
    hindsight: bool
    verified: bool = True
    has_figures: bool = True
    later_sources: tuple[str, ...] = ()


def start_of(plan: Plan, base: int) -> int:
    """Return the year on the grid of `base` from which assumptions hold: that nearest to the plan's start, not before it."""
    return base + WIDTH * max(0, round((plan.file.period.start_fiscal_year - base) / WIDTH))


def gather_worlds(
    plan: Plan, baseline: Baseline, year: int
) -> tuple[tuple[World, ...], AdoptionReason | None]:
    """Return the worlds in which `year` can be projected, and why there is none of adoption."""
    adoption, reason = _adoption_worlds(plan, baseline, year)
    found = [*adoption, *_edition_worlds(plan, baseline, year)]
    # Where the edition in force is パターン1 and no census has come since, today is the day of adoption.
    if not any(world.rates is baseline.now for world in found):
        late = _is_later(plan, baseline.edition) or _begins_later(plan, baseline.now.base.year)
        found.append(World("today", baseline.edition, baseline.now, hindsight=late))
    kept = tuple(
        world
        for world in found
        if start_of(plan, world.rates.base.year) < year <= world.rates.base.year + WIDTH * world.rates.steps
    )
    if reason is None and not any(world.key == "adoption" for world in kept):
        reason = "too_late"
    return kept, reason


def _began(plan: Plan) -> str:
    return f"{plan.file.period.start_fiscal_year}-04"


def _is_later(plan: Plan, edition: str) -> bool:
    """Tell whether an edition came out after the plan began; an undated one is not called later."""
    published = plan.reference.row("editions", edition).published
    return bool(published) and published[:7] >= _began(plan)


def _begins_later(plan: Plan, census: int) -> bool:
    return f"{census}-10" >= _began(plan)


def _has_figures(plan: Plan, edition: str) -> bool:
    projections = plan.municipality.frame("projections")
    return projections is not None and bool((projections["edition"] == edition).any())


def _in_force(plan: Plan) -> str | None:
    """Return the edition that the plan names, else the newest of IPSS published before the plan began."""
    named = [item.relative_to for item in plan.file.outlook.assumptions if item.relative_to]
    if named:
        return named[0]
    editions = [plan.reference.row("editions", name) for name in plan.reference.editions("ipss")]
    return next((row.edition for row in editions if row.published and not _is_later(plan, row.edition)), None)


def _adoption_worlds(plan: Plan, baseline: Baseline, year: int) -> tuple[list[World], AdoptionReason | None]:
    edition = _in_force(plan)
    if edition == baseline.edition:
        return [World("adoption", edition, baseline.rates, hindsight=False)], None
    base = _find_base(plan, baseline, edition, year)
    if isinstance(base, str):
        return [], base
    try:
        own = _residual_rates(plan, baseline, base, year)
    except Unavailable:
        return [], "empty_cohort"
    rule = plan.reference.row("edition_assumptions", edition)
    same = {
        "edition": edition,
        "hindsight": False,
        "has_figures": _has_figures(plan, edition),
        "later_sources": _later_sources(plan, baseline, own),
    }
    if rule.migration_multiplier is None:
        return [World("adoption", rates=own, verified=rule.verified, **same)], None
    return [
        World("adoption", rates=_shrink(own, rule), verified=rule.verified, **same),
        World("adoption_unshrunk", rates=own, **same),
    ], None


def _find_base(plan: Plan, baseline: Baseline, edition: str | None, year: int) -> Cohorts | AdoptionReason:
    """Return the census that an edition began with, or why its rates cannot be made."""
    row = plan.reference.row("editions", edition) if edition else None
    if row is None or row.base_census_year is None:
        return "no_edition"
    if edition not in {rule.edition for rule in plan.reference.table("edition_assumptions").rows}:
        return "no_rule"
    census = baseline.ages.census
    if not {row.base_census_year, row.base_census_year - WIDTH} <= census.keys():
        return "no_census"
    return "too_late" if row.base_census_year >= year else census[row.base_census_year]


def _shrink(own: Rates, rule) -> Rates:
    """Apply the edition's rule on migration to the rates before it, and cite it."""
    shrinking = MigrationRule(
        float(rule.migration_multiplier), rule.by_year, rule.from_year, ramp=rule.ramp or "linear"
    )
    ends = [own.base.year + WIDTH * (step + 1) for step in range(own.steps)]
    moved = own.origins["migration"]
    cited = replace(moved, source_ids=tuple(dict.fromkeys((*moved.source_ids, rule.source_id))))
    return replace(
        own,
        migration=scale_migration(own, Scenario("edition", migration=(shrinking,)), ends),
        origins={**own.origins, "migration": cited},
    )


def _residual_rates(plan: Plan, baseline: Baseline, base: Cohorts, year: int) -> Rates:
    """Return rates of the five years before `base`, prolonged to `year`."""
    steps = (year - base.year) // WIDTH
    starts = [base.year + WIDTH * step for step in range(steps)]
    survival = np.stack([survival_between(plan.reference, plan.municipality.code, at) for at in starts])
    migration = migration_between(plan, baseline.ages, base.year - WIDTH)
    path = national_path(plan.reference, (*starts, starts[-1] + WIDTH))
    return Rates(
        base,
        survival[:, None],
        np.broadcast_to(migration, (steps, 1, *migration.shape)),
        extend_child_woman_ratio(compute_child_woman_ratio(base), path),
        np.array([sex_ratio_of(plan.reference, at + WIDTH) for at in starts]),
        _residual_origins(plan, baseline, base.year),
    )


def _residual_origins(plan: Plan, baseline: Baseline, base: int) -> Mapping[str, Origin]:
    counted = baseline.ages.source_ids[base]
    before = baseline.ages.source_ids[base - WIDTH]
    national = ratio_sources(plan.reference, base)
    period = (base - WIDTH, base)
    return {
        "base": Origin(counted, (base, base)),
        "survival": Origin(future_survival_sources(plan.reference, plan.municipality.code), (base, base)),
        "migration": Origin(
            tuple(dict.fromkeys((*before, *counted))),
            period,
            is_disturbed(plan.municipality.file, *period),
        ),
        "child_woman_ratio": Origin(tuple(dict.fromkeys((*counted, *national))), (base, base)),
        "sex_ratio": Origin(national, (base, base)),
    }


def _later_sources(plan: Plan, baseline: Baseline, rates: Rates) -> tuple[str, ...]:
    """Return the tables of survival and births that came out after the plan began; censuses are dated by the base."""
    counted = {name for names in baseline.ages.source_ids.values() for name in names}
    used = (
        *rates.origins["survival"].source_ids,
        *rates.origins["child_woman_ratio"].source_ids,
        *baseline.conversion.source_ids,
    )
    return tuple(name for name in dict.fromkeys(used) if name not in counted and _is_younger(plan, name))


def _is_younger(plan: Plan, source_id: str) -> bool:
    editions = {row.edition: row for row in plan.reference.table("editions").rows}
    if source_id in editions:
        return _is_later(plan, source_id)
    years = _YEAR.findall(plan.reference.row("sources", source_id).as_of)
    fertility = plan.reference.table("national_fertility").rows
    projected = {row.tfr_source_id for row in fertility if row.basis != "observed"}
    # The last year of what was observed was waited for; of a projection only the first year tells its age.
    at = 0 if source_id in projected else -1
    return bool(years) and int(years[at]) > plan.file.period.start_fiscal_year


def _edition_worlds(plan: Plan, baseline: Baseline, year: int) -> list[World]:
    """Return a world for each later edition that published ages: its rates can be derived exactly."""
    projections = plan.municipality.frame("projections")
    in_force = _in_force(plan)
    worlds = []
    for edition in reversed(plan.reference.editions("ipss")):
        rows = projections[
            (projections["edition"] == edition)
            & (projections["variant"] == "standard")
            & projections["sex"].isin(["female", "male"])
            & projections["age_kind"].isin(["interval", "open"])
        ]
        if rows.empty or edition == in_force or not _is_later(plan, edition):
            continue
        years = sorted({int(at) for at in rows["year"]})
        if years[-1] < year or len(years) < 2:
            continue
        frame = rows.assign(muni_code=plan.municipality.code)
        cohorts = [read_cohorts(frame, at) for at in years]
        survival = np.stack(
            [survival_between(plan.reference, plan.municipality.code, at) for at in years[:-1]]
        )[:, None]
        sexes = np.array([100 * c.persons[0, MALE, 0] / c.persons[0, FEMALE, 0] for c in cohorts[1:]])
        origin = Origin(tuple(dict.fromkeys(rows["source_id"])), (years[0], years[-1]))
        rates = derive_rates(cohorts, survival, sexes, dict.fromkeys((*RATES, "base"), origin))
        worlds.append(World(f"edition_{edition}", edition, rates, hindsight=True))
    return worlds
