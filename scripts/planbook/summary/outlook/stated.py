"""A plan's own scenario: the assumptions it states, in every reasonable reading, as at adoption and as of today.

A plan is inconsistent only if its target does not follow from its own assumptions with the data its authors had.
What later rates say is hindsight and stands apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from planbook.analysis.projection.cohorts import WIDTH
from planbook.analysis.projection.fertility import Conversion
from planbook.analysis.projection.scenario_runs import run_scenarios
from planbook.analysis.projection.scenarios import PATTERN_1, Question, Scenario, list_readings
from planbook.load.plan import Plan
from planbook.summary.outlook.assumptions import question_key, read_assumptions
from planbook.summary.outlook.baseline import Baseline
from planbook.summary.outlook.stated_worlds import AdoptionReason, World, gather_worlds, start_of
from planbook.vocabulary.schemas.plan_file import Assumption, PopulationTarget

#: Results within this share of the target count as meeting it: a target is a round figure.
ROUND_SHARE = 0.005
#: The nation's k(t) is moved by this share either way: its rates were not checked, and the count turns on them.
CONVERSION_SHARE = 0.03

StatedReason = Literal[
    "no_assumption",
    "unread_only",
    "no_dated_target",
    "target_off_grid",
    "target_beyond",
    "target_past",
    "no_data",
]


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
class Absence:
    """Why a plan has no scenario of its own.

    Parameters
    ----------
    reason : the first thing that is lacking.
    unread : assumptions that no rule could be made of; the page shows their words all the same.
    """

    reason: StatedReason
    unread: tuple[Assumption, ...] = ()


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
    sensitivity : how many readings of adoption reach the target with k(t) lower and higher by `CONVERSION_SHARE`, the
        fewest and the most; None without a fertility rate, or without that world.
    adoption_missing : why there is no world of adoption.
    """

    target: PopulationTarget
    worlds: tuple[World, ...]
    readings: tuple[Reading, ...]
    pattern_1: Mapping[str, float]
    unread: tuple[Assumption, ...]
    sensitivity: tuple[int, int] | None = None
    adoption_missing: AdoptionReason | None = None

    @property
    def limit(self) -> float:
        """The persons from which on the target counts as reached."""
        return float(self.target.population_persons) * (1 - ROUND_SHARE)

    def world(self, key: str) -> World | None:
        """Return the world called `key`; None where there is none."""
        return next((world for world in self.worlds if world.key == key), None)

    def range_of(self, world: str) -> tuple[float, float]:
        """Return the lowest and the highest result of a world."""
        persons = [reading.persons for reading in self.readings if reading.world == world]
        return min(persons), max(persons)

    def reaching(self, world: str) -> tuple[int, int]:
        """Return how many readings of a world reach the target, rounding allowed, and how many there are."""
        persons = [reading.persons for reading in self.readings if reading.world == world]
        return sum(value >= self.limit for value in persons), len(persons)


def gather_stated(plan: Plan, baseline: Baseline | None) -> StatedScenario | Absence:
    """Run the plan's own assumptions against its last target in a year that projections reach.

    Parameters
    ----------
    plan : with its assumptions and targets.
    baseline : None where the municipality has no projection.

    Returns
    -------
    an `Absence` where there is nothing to run: no assumption that a rule can be made of, no target in such a year
    (between two fifth years, or beyond the last of パターン1, nothing is projected), no rates.
    """
    if absence := _find_absence(plan, baseline):
        return absence
    assumptions = plan.file.outlook.assumptions
    target = max(_reached_targets(plan, baseline), key=lambda item: item.year)
    worlds, missing = gather_worlds(plan, baseline, target.year)
    readings: list[Reading] = []
    unread: list[tuple[Assumption, ...]] = []
    pattern_1 = {}
    kept = []
    for world in worlds:
        scenario, questions, left = read_assumptions(assumptions, start_of(plan, world.rates.base.year))
        if len(left) == len(assumptions):
            continue  # a rate of a year that is past where this world begins
        kept.append(world)
        unread.append(left)
        variants = list_readings(scenario, questions)
        usual, *persons = _run(world, variants, target.year, baseline.conversion)
        pattern_1[world.key] = usual
        readings += [
            Reading(world.key, answers, value)
            for answers, value in zip(_list_answers(questions), persons, strict=True)
        ]
    if not kept:
        return _explain_empty(plan, baseline, target.year, bool(worlds))
    if missing is None and "adoption" not in pattern_1:
        missing = "too_late"
    made = StatedScenario(target, tuple(kept), tuple(readings), pattern_1, unread[0], None, missing)
    return replace(made, sensitivity=_vary_conversion(plan, made, baseline.conversion))


def _find_absence(plan: Plan, baseline: Baseline | None) -> Absence | None:
    assumptions = plan.file.outlook.assumptions
    if not assumptions:
        return Absence("no_assumption")
    _, _, unread = read_assumptions(assumptions, plan.file.period.start_fiscal_year)
    dated = [target.year for target in plan.file.outlook.targets if target.year is not None]
    if len(unread) == len(assumptions):
        return Absence("unread_only", unread)
    if not dated:
        return Absence("no_dated_target", unread)
    if baseline is None:
        return Absence("no_data", unread)
    if not _reached_targets(plan, baseline):
        return Absence("target_beyond" if max(dated) > baseline.last_year else "target_off_grid", unread)
    return None


def _explain_empty(plan: Plan, baseline: Baseline, year: int, has_worlds: bool) -> Absence:
    if has_worlds:
        return Absence("unread_only", tuple(plan.file.outlook.assumptions))
    return Absence("target_past" if year <= start_of(plan, baseline.rates.base.year) else "no_data")


def _reached_targets(plan: Plan, baseline: Baseline) -> list[PopulationTarget]:
    targets = plan.file.outlook.targets
    return [item for item in targets if item.year is not None and _is_reached(baseline, item.year)]


def _is_reached(baseline: Baseline, year: int) -> bool:
    return year <= baseline.last_year and (year - baseline.rates.base.year) % WIDTH == 0


def _run(world: World, variants: Sequence[Scenario], year: int, conversion: Conversion) -> list[float]:
    """Return persons in `year` of パターン1 and of each variant."""
    run = run_scenarios(world.rates, (PATTERN_1, *variants), year, conversion)
    return run.totals[-1, :, 0].tolist()


def _vary_conversion(plan: Plan, made: StatedScenario, conversion: Conversion) -> tuple[int, int] | None:
    """Count the readings of adoption that reach the target with k(t) a little lower, as it is, and a little higher."""
    world = made.world("adoption")
    if world is None:
        return None
    start = start_of(plan, world.rates.base.year)
    scenario, questions, _ = read_assumptions(plan.file.outlook.assumptions, start)
    if scenario.fertility is None:
        return None
    counts = [made.reaching("adoption")[0]]
    for factor in (1 - CONVERSION_SHARE, 1 + CONVERSION_SHARE):
        moved = replace(conversion, factors={at: k * factor for at, k in conversion.factors.items()})
        _, *persons = _run(world, list_readings(scenario, questions), made.target.year, moved)
        counts.append(sum(value >= made.limit for value in persons))
    return min(counts), max(counts)


def _list_answers(questions: Sequence[Question]) -> list[dict[str, str]]:
    """Return the answers in the order of `list_readings`."""
    return [
        dict(zip(map(question_key, questions), answers, strict=True))
        for answers in product(*(q.answers for q in questions))
    ]
