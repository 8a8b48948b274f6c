"""A plan's own scenario: the assumptions it states, in every reasonable reading, as at adoption and as of today.

A plan is inconsistent only if its target does not follow from its own assumptions with the data its authors had.
What later rates say is hindsight and stands apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from planbook.analysis.projection.cohorts import FEMALE, MALE, WIDTH, Cohorts, read_cohorts
from planbook.analysis.projection.fertility import compute_child_woman_ratio, extend_child_woman_ratio
from planbook.analysis.projection.rates import RATES, Origin, Rates, derive_rates
from planbook.analysis.projection.scenario_runs import run_scenarios, scale_migration
from planbook.analysis.projection.scenarios import (
    PATTERN_1,
    MigrationRule,
    Question,
    Scenario,
    TfrPath,
    list_readings,
)
from planbook.load.plan import Plan
from planbook.summary.outlook.baseline import Baseline, migration_between
from planbook.summary.survival_rates import national_path, sex_ratio_of, survival_between
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.schemas.plan_file import Assumption, PopulationTarget

#: Results within this share of the target count as meeting it: a target is a round figure.
ROUND_SHARE = 0.005


@dataclass(frozen=True)
class World:
    """What was, or is, known: a base and the rates to which the assumptions are applied.

    Parameters
    ----------
    key : ``adoption`` (the edition in force, its rule on migration applied; パターン1 itself where that edition is
        still the newest), ``adoption_unshrunk`` (without that rule), ``edition`` (a later one published by age), ``today``.
    edition : of the projection whose assumptions the rates follow.
    rates : of パターン1.
    hindsight : whether it was published after the plan began.
    verified : whether the edition's rule was checked at its source.
    """

    key: str
    edition: str
    rates: Rates
    hindsight: bool
    verified: bool = True


@dataclass(frozen=True)
class Reading:
    """One reading of the words in one world.

    Parameters
    ----------
    world : its key.
    answers : `question_key` → answer.
    persons : projected in the target's year.
    """

    world: str
    answers: Mapping[str, str]
    persons: float


@dataclass(frozen=True)
class StatedScenario:
    """The readings of a plan's assumptions against one of its targets.

    Parameters
    ----------
    target : the target.
    worlds : in the order in which they are shown.
    readings : every reading in every world.
    pattern_1 : persons in the target's year without the plan's assumptions, by world.
    unread : assumptions that no rule could be made of.
    """

    target: PopulationTarget
    worlds: tuple[World, ...]
    readings: tuple[Reading, ...]
    pattern_1: Mapping[str, float]
    unread: tuple[Assumption, ...]

    def range_of(self, world: str) -> tuple[float, float]:
        """Return the lowest and the highest result of a world."""
        persons = [reading.persons for reading in self.readings if reading.world == world]
        return min(persons), max(persons)

    def reaching(self, world: str) -> tuple[int, int]:
        """Return how many readings of a world reach the target, rounding allowed, and how many there are."""
        persons = [reading.persons for reading in self.readings if reading.world == world]
        limit = float(self.target.population_persons) * (1 - ROUND_SHARE)
        return sum(value >= limit for value in persons), len(persons)


def gather_stated(plan: Plan, baseline: Baseline) -> StatedScenario | None:
    """Run the plan's own assumptions against its last target in a year that projections reach.

    Returns
    -------
    None where the plan states no assumption that a rule can be made of, or no target in such a year: between two
    fifth years, or beyond the last of パターン1, nothing is projected.
    """
    assumptions = plan.file.outlook.assumptions
    targets = [t for t in plan.file.outlook.targets if t.year is not None and _is_reached(baseline, t.year)]
    if not assumptions or not targets:
        return None
    target = max(targets, key=lambda item: item.year)
    worlds = _worlds(plan, baseline, target.year)
    if not worlds:
        return None
    readings: list[Reading] = []
    unread: tuple[Assumption, ...] = ()
    pattern_1 = {}
    for world in worlds:
        scenario, questions, unread = read_assumptions(assumptions, _start(plan, world))
        if not questions and scenario.fertility is None and not scenario.migration:
            return None
        variants = list_readings(scenario, questions)
        run = run_scenarios(world.rates, (PATTERN_1, *variants), target.year, baseline.conversion)
        pattern_1[world.key] = float(run.totals[-1, 0, 0])
        readings += [
            Reading(world.key, answers, float(persons))
            for answers, persons in zip(_list_answers(questions), run.totals[-1, 1:, 0], strict=True)
        ]
    return StatedScenario(target, worlds, tuple(readings), pattern_1, unread)


def _is_reached(baseline: Baseline, year: int) -> bool:
    return year <= baseline.last_year and (year - baseline.rates.base.year) % WIDTH == 0


def _list_answers(questions: Sequence[Question]) -> list[dict[str, str]]:
    """Return the answers in the order of `list_readings`."""
    return [
        dict(zip(map(question_key, questions), answers, strict=True))
        for answers in product(*(q.answers for q in questions))
    ]


def question_key(question: Question) -> str:
    """Return what a reading's answer is filed under: the field, and which rule on migration it belongs to."""
    return f"{question.field}@{question.part}" if isinstance(question.part, int) else question.field


def _start(plan: Plan, world: World) -> int:
    """Return the year on the grid from which assumptions hold: that nearest to the plan's start, not before the base."""
    base = world.rates.base.year
    return base + WIDTH * max(0, round((plan.file.period.start_fiscal_year - base) / WIDTH))


def read_assumptions(
    assumptions: Sequence[Assumption], start: int
) -> tuple[Scenario, list[Question], tuple[Assumption, ...]]:
    """Turn stated assumptions into a scenario, and what they leave open into questions.

    Parameters
    ----------
    assumptions : of plan.yml.
    start : the year from which they hold.

    Returns
    -------
    the scenario, the questions, and assumptions that no rule stands for (a level other than 0, ages without one of
    their bounds, a fertility rate of a year that is past).
    """
    unread: list[Assumption] = []
    aims: list[tuple[int, float]] = []
    rules: list[MigrationRule] = []
    questions: list[Question] = []
    for item in assumptions:
        if item.kind == "tfr" and item.by_year is not None and item.by_year > start:
            if not aims:
                questions.append(Question("fertility", "reading", {"interval": "interval", "point": "point"}))
            aims.append((item.by_year, float(item.value)))
        elif (item.age_from is None) != (item.age_to is None):
            unread.append(item)
        elif item.kind == "migration_scale" or (item.kind == "migration_level" and item.value == 0):
            rule, open_points = _read_rule(item, start, len(rules))
            rules.append(rule)
            questions += open_points
        else:
            unread.append(item)
    if len(rules) > 1:
        questions.append(Question("scenario", "overlap", {"last": "last", "product": "product"}))
    fertility = TfrPath(start, tuple(sorted(aims))) if aims else None
    return Scenario("stated", fertility, tuple(rules)), questions, tuple(unread)


def _read_rule(item: Assumption, start: int, position: int) -> tuple[MigrationRule, list[Question]]:
    first = start + WIDTH
    by_year = max(first, item.by_year) if item.by_year else first
    gradual = start if by_year > first else None
    questions = []
    rule = MigrationRule(float(item.value), by_year=by_year)
    if item.kind == "migration_scale":
        questions.append(Question(position, "signs", {"all": "all", "negative": "negative"}))
    if item.age_from is not None and item.age_to is not None:
        ages = _age_readings(item.age_from, item.age_to)
        rule = replace(rule, ages=next(iter(ages.values())))
        if len(ages) > 1:
            questions.append(Question(position, "ages", ages))
        questions.append(Question(position, "ages_at", {"start": "start", "end": "end"}))
    if gradual is not None:
        questions.append(Question(position, "from_year", {"gradual": gradual, "at_once": None}))
    return rule, questions


def _age_readings(low: int, high: int) -> dict[str, AgeGroup]:
    """Return the whole five-year groups that 「20～40歳」 may mean: up to the group before 40, or with it."""
    low -= low % WIDTH
    if high % WIDTH:
        return {f"{low}-{high - high % WIDTH + WIDTH - 1}": AgeGroup(low, high - high % WIDTH + WIDTH)}
    ends = (high, high + WIDTH)
    return {f"{low}-{end - 1}": AgeGroup(low, end) for end in ends}


def _worlds(plan: Plan, baseline: Baseline, year: int) -> tuple[World, ...]:
    found = [*_adoption_worlds(plan, baseline, year), *_edition_worlds(plan, baseline, year)]
    found.append(World("today", baseline.edition, baseline.now, hindsight=True))
    return tuple(
        world
        for world in found
        if _start(plan, world) < year <= world.rates.base.year + WIDTH * world.rates.steps
    )


def _in_force(plan: Plan) -> str | None:
    """Return the edition that the plan names, else the newest of IPSS published before the plan began."""
    named = [item.relative_to for item in plan.file.outlook.assumptions if item.relative_to]
    if named:
        return named[0]
    start = f"{plan.file.period.start_fiscal_year}-04"
    editions = [plan.reference.row("editions", name) for name in plan.reference.editions("ipss")]
    return next((row.edition for row in editions if row.published and row.published[:7] < start), None)


def _adoption_worlds(plan: Plan, baseline: Baseline, year: int) -> list[World]:
    edition = _in_force(plan)
    if edition == baseline.edition:
        return [World("adoption", edition, baseline.rates, hindsight=False)]
    rules = {row.edition: row for row in plan.reference.table("edition_assumptions").rows}
    row = plan.reference.row("editions", edition) if edition else None
    if row is None or row.base_census_year is None or edition not in rules:
        return []
    base = baseline.ages.census.get(row.base_census_year)
    if base is None or base.year - WIDTH not in baseline.ages.census or base.year >= year:
        return []
    plain_rates = _residual_rates(plan, baseline, base, year)
    rule = rules[edition]
    if rule.migration_multiplier is None:
        return [World("adoption", edition, plain_rates, hindsight=False, verified=rule.verified)]
    shrinking = Scenario(
        "edition",
        migration=(
            MigrationRule(
                float(rule.migration_multiplier), rule.by_year, rule.from_year, ramp=rule.ramp or "linear"
            ),
        ),
    )
    ends = [base.year + WIDTH * (step + 1) for step in range(plain_rates.steps)]
    shrunk = replace(plain_rates, migration=scale_migration(plain_rates, shrinking, ends))
    return [
        World("adoption", edition, shrunk, hindsight=False, verified=rule.verified),
        World("adoption_unshrunk", edition, plain_rates, hindsight=False),
    ]


def _residual_rates(plan: Plan, baseline: Baseline, base: Cohorts, year: int) -> Rates:
    """Return rates of the five years before `base`, prolonged to `year`."""
    steps = (year - base.year) // WIDTH
    starts = [base.year + WIDTH * step for step in range(steps)]
    survival = np.stack([survival_between(plan.reference, plan.municipality.code, at) for at in starts])
    migration = migration_between(plan, baseline.ages, base.year - WIDTH)
    path = national_path(plan.reference, (*starts, starts[-1] + WIDTH))
    sources = (*baseline.ages.source_ids[base.year], *baseline.rates.origins["survival"].source_ids)
    origin = Origin(tuple(dict.fromkeys(sources)), (base.year - WIDTH, base.year))
    return Rates(
        base,
        survival[:, None],
        np.broadcast_to(migration, (steps, 1, *migration.shape)),
        extend_child_woman_ratio(compute_child_woman_ratio(base), path),
        np.array([sex_ratio_of(plan.reference, at + WIDTH) for at in starts]),
        dict.fromkeys(RATES, origin),
    )


def _edition_worlds(plan: Plan, baseline: Baseline, year: int) -> list[World]:
    """Return a world for each later edition that published ages: its rates can be derived exactly."""
    projections = plan.municipality.frame("projections")
    in_force = _in_force(plan)
    worlds = []
    for edition in reversed(plan.reference.editions("ipss")):
        published = plan.reference.row("editions", edition).published or ""
        rows = projections[
            (projections["edition"] == edition)
            & (projections["variant"] == "standard")
            & projections["sex"].isin(["female", "male"])
            & projections["age_kind"].isin(["interval", "open"])
        ]
        if rows.empty or edition == in_force or published < f"{plan.file.period.start_fiscal_year}-04":
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
        source = tuple(dict.fromkeys(rows["source_id"]))
        rates = derive_rates(
            cohorts, survival, sexes, dict.fromkeys(RATES, Origin(source, (years[0], years[-1])))
        )
        worlds.append(World(f"edition_{edition}", edition, rates, hindsight=True))
    return worlds
