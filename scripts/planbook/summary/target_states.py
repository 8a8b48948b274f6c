"""Where a target stands on each way of counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planbook.summary.population_facts import Observation, PopulationFacts, TargetFacts
from planbook.vocabulary.numbers import Number, difference
from planbook.vocabulary.schemas.plan_file import PopulationTarget

Basis = Literal["census", "register", "bridged"]
Position = Literal["below", "above", "same", "within", "overlaps"]
Falls = Literal["crosses", "already", "never", "no_projection"]


@dataclass(frozen=True)
class Figure:
    """The newest figure of one basis, with its interval where it has one."""

    basis: Basis
    observation: Observation
    interval: tuple[Number, Number] | None = None


@dataclass(frozen=True)
class Standing:
    """The newest figure of one basis against a target.

    Parameters
    ----------
    basis : the way of counting.
    as_of, persons, preliminary : the figure.
    interval : of a bridged value; None for what was counted.
    gap : figure − target.
    position : ``within`` the width of a rough target (約, 程度); ``overlaps``: the figure's own interval holds the target.
    """

    basis: Basis
    as_of: date
    persons: Number
    preliminary: bool
    interval: tuple[Number, Number] | None
    gap: Number
    position: Position


@dataclass(frozen=True)
class TargetState:
    """One target on every basis.

    Parameters
    ----------
    facts : the target, its projection and its crossing.
    standings : in the order census, register, bridged; those without a figure are left out.
    from_above : the last census before the plan was above the target, so that falling below it is a crossing.
    falls : whether the main projection falls to the target.
    """

    facts: TargetFacts
    standings: tuple[Standing, ...]
    from_above: bool
    falls: Falls


def state_target(item: TargetFacts, facts: PopulationFacts, newest: tuple[Figure, ...]) -> TargetState:
    """Hold a target against the newest figure of every basis."""
    start = item.at_start
    return TargetState(
        facts=item,
        standings=tuple(_standing(item, figure) for figure in newest),
        from_above=start is not None and start.persons.value > item.persons.value,
        falls=_falls(item, facts),
    )


def _falls(item: TargetFacts, facts: PopulationFacts) -> Falls:
    if not facts.projection:
        return "no_projection"
    if item.crossing is not None:
        return "crosses"
    return "already" if facts.projection[0][1].value <= item.persons.value else "never"


def _standing(item: TargetFacts, figure: Figure) -> Standing:
    seen = figure.observation
    low, high = (n.value for n in figure.interval or (seen.persons, seen.persons))
    return Standing(
        basis=figure.basis,
        as_of=seen.as_of,
        persons=seen.persons,
        preliminary=seen.preliminary,
        interval=figure.interval,
        gap=difference(seen.persons, item.persons),
        position=_position((low, high), target_interval(item.target)),
    )


def target_interval(target: PopulationTarget) -> tuple[Decimal, Decimal]:
    """Return what a target stands for: itself, or the width of its rounding where it is rough (約, 程度)."""
    half = target.precision / 2 if target.qualifier == "about" else Decimal(0)
    return target.population_persons - half, target.population_persons + half


def _position(seen: tuple[Decimal, Decimal], target: tuple[Decimal, Decimal]) -> Position:
    if seen[1] < target[0]:
        return "below"
    if seen[0] > target[1]:
        return "above"
    if seen[0] == seen[1]:
        return "same" if target[0] == target[1] else "within"
    return "within" if target[0] <= seen[0] and seen[1] <= target[1] else "overlaps"
