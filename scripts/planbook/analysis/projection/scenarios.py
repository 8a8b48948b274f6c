"""Assumptions as data: a path of fertility, rules on migration, and the readings of a plan's words.

A scenario changes the rates of the first one (パターン1) and nothing else. What a text leaves open (does "4割縮小"
touch positive rates, are "20–40" the ages at the start or at the end of the five years, which of two rules wins,
is "by 2030" a point or the five years before it) is a field here, so that every reasonable reading can be run and
shown beside the others.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planbook.analysis.projection.cohorts import WIDTH
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.errors import InputError, Problem, message


@dataclass(frozen=True)
class TfrPath:
    """Total fertility rate that moves in straight lines from the municipality's own to each target, then stays.

    Parameters
    ----------
    start : year in which the path leaves the first scenario's value, which is converted by k.
    targets : (year, births per woman), ascending.
    reading : how a year is meant. "interval": children 0–4 at t were born under the rate of t, so a target of 2030
        holds for all births of 2025–30. "point": they were born under the mean of the path over the five years
        to t, so the target is just reached in 2030.
    never_lower : keep the first scenario's rate wherever it is above the path: a scenario that lets births rise
        must not lower those of a place that is already there.
    """

    start: int
    targets: tuple[tuple[int, float], ...]
    reading: Literal["interval", "point"] = "interval"
    never_lower: bool = False

    def __post_init__(self) -> None:
        years = [self.start, *(year for year, _ in self.targets)]
        rising = all(before < after for before, after in itertools.pairwise(years))
        if not self.targets or not rising or any(tfr < 0 for _, tfr in self.targets):
            raise InputError(
                Problem(
                    what=message(
                        "TFRの経路は、始まりの年より後の年の昇順で、値は0以上でなければなりません。"
                    ),
                    place={"key": "fertility"},
                    found=f"{self.start} → {self.targets}",
                    remedy=message("（年、TFR）の組を年の順に並べてください。"),
                )
            )


@dataclass(frozen=True)
class MigrationRule:
    """A factor on net migration rates.

    Parameters
    ----------
    multiplier : 0 for no net migration, 0.6 for 「4割縮小」; not below 0.
    by_year : from the five years that end in this year on, the factor holds in full; None: from the first step.
    from_year : from 1 at the end of this year to the multiplier in `by_year`; None: no change before.
    ramp : the way there, by equal steps ("linear") or by equal factors ("geometric", 定率; not to a multiplier of 0).
    ages : whose rates; None for all. Must be made of whole five-year groups.
    ages_at : whether `ages` are those at the start or at the end of the five years.
    signs : "all", or "negative" when only losses are meant to shrink.
    """

    multiplier: float
    by_year: int | None = None
    from_year: int | None = None
    ages: AgeGroup | None = None
    ages_at: Literal["start", "end"] = "start"
    signs: Literal["all", "negative"] = "all"
    ramp: Literal["linear", "geometric"] = "linear"

    def __post_init__(self) -> None:
        gradual = self.from_year is not None
        if self.multiplier < 0 or (gradual and (self.by_year is None or self.from_year >= self.by_year)):
            raise InputError(
                Problem(
                    what=message("移動率の倍率は0以上、期間は始まりが終わりより前でなければなりません。"),
                    place={"key": "migration"},
                    found=f"×{self.multiplier}, {self.from_year} → {self.by_year}",
                    remedy=message(
                        "「4割縮小」は倍率0.6です。始まりの年を書くなら終わりの年も書いてください。"
                    ),
                )
            )
        if gradual and self.ramp == "geometric" and self.multiplier == 0:
            raise InputError(
                Problem(
                    what=message(
                        "同じ率で（定率で）縮めても0にはならないため、移動率の倍率を0にはできません。"
                    ),
                    place={"key": "migration"},
                    found=f"×{self.multiplier:g}, {self.from_year} → {self.by_year}",
                    remedy=message("0まで縮めるなら、同じ差で（linear）としてください。"),
                )
            )

    def factor(self, year: int) -> float:
        """Return the factor for the five years that end in `year`."""
        if self.by_year is None or year >= self.by_year:
            return self.multiplier
        if self.from_year is None or year <= self.from_year:
            return 1.0
        share = (year - self.from_year) / (self.by_year - self.from_year)
        if self.ramp == "geometric":
            return self.multiplier**share
        return 1 + (self.multiplier - 1) * share


@dataclass(frozen=True)
class Scenario:
    """What changes against the first scenario.

    Parameters
    ----------
    id : name of the scenario axis.
    fertility : None keeps the child–woman ratios as they are.
    migration : rules in order; none keeps the rates as they are.
    overlap : which rule holds for a cell that several name: the "last", the "first", or their "product".
    """

    id: str
    fertility: TfrPath | None = None
    migration: tuple[MigrationRule, ...] = ()
    overlap: Literal["last", "first", "product"] = "last"


#: パターン1: the rates as they are.
PATTERN_1 = Scenario("pattern-1")
#: 封鎖人口: nobody moves.
CLOSED = Scenario("closed", migration=(MigrationRule(0.0),))


def make_simulation_1(start: int, tfr: float, by_year: int) -> Scenario:
    """Make シミュレーション1: パターン1 with the total fertility rate rising to `tfr` by `by_year`, and staying.

    From a base in or after that year it rises within the first five years: see `reach_year`.
    """
    aim = (reach_year(start, by_year), tfr)
    return Scenario("simulation-1", TfrPath(start, (aim,), never_lower=True))


def reach_year(start: int, by_year: int) -> int:
    """Return the year in which シミュレーション1 reaches its rate: `by_year`, not before the end of the first step.

    Examples
    --------
    >>> reach_year(2020, 2030), reach_year(2030, 2030)
    (2030, 2035)
    """
    return max(by_year, start + WIDTH)


def make_simulation_2(start: int, tfr: float, by_year: int) -> Scenario:
    """Make シミュレーション2: シミュレーション1 with net migration 0 at every age."""
    return replace(make_simulation_1(start, tfr, by_year), id="simulation-2", migration=CLOSED.migration)


@dataclass(frozen=True)
class Question:
    """One thing that a plan's words leave open.

    Parameters
    ----------
    part : "fertility", "scenario", or the position of a rule in `Scenario.migration`.
    field : the field of that part.
    answers : short id of each reading → the value of the field.
    """

    part: Literal["fertility", "scenario"] | int
    field: str
    answers: Mapping[str, object]


def list_readings(scenario: Scenario, questions: Sequence[Question]) -> tuple[Scenario, ...]:
    """List every combination of readings, each a scenario with the answers in its id.

    Examples
    --------
    >>> plan = Scenario("plan", migration=(MigrationRule(0.6),))
    >>> signs = Question(0, "signs", {"both": "all", "losses": "negative"})
    >>> [reading.id for reading in list_readings(plan, [signs])]
    ['plan/both', 'plan/losses']
    """
    readings = []
    for answers in itertools.product(*(question.answers for question in questions)):
        reading = scenario
        for question, answer in zip(questions, answers, strict=True):
            reading = _answer(reading, question, answer)
        readings.append(replace(reading, id="/".join((scenario.id, *answers))))
    return tuple(readings)


def _answer(scenario: Scenario, question: Question, answer: str) -> Scenario:
    change = {question.field: question.answers[answer]}
    if question.part == "scenario":
        return replace(scenario, **change)
    if question.part == "fertility":
        return replace(scenario, fertility=replace(scenario.fertility, **change))
    rules = list(scenario.migration)
    rules[question.part] = replace(rules[question.part], **change)
    return replace(scenario, migration=tuple(rules))
