"""Indicators that several plans list: by one statistic, by one name, or by names that resemble each other.

A resemblance is a reason to look. Whether two values may be held against each other is told apart from it, with
every reason: what is measured, in which unit, how it is counted, for whom, from which year on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from planbook.analysis.text_similarity import compare_within, make_space
from planbook.summary.comparison.comparable_values import (
    Comparable,
    Member,
    compare_values,
    list_members,
    number_of_plans,
)
from planbook.summary.kpis.kpi_facts import PlanKpis
from planbook.vocabulary.characters import fold

#: Names at least so alike are shown: a rule of thumb from two pairs of the plans at hand, one of which is of two
#: different things (「就業者数」 and 「就業者一人あたり市内純生産」, 0.26). Below it stand pairs that share an ending
#: such as 「者数」, but also related ones (「合計特殊出生率」 and 「出生数」, 0.14).
LOWEST_LIKENESS = 0.25
#: So many pairs at most: more would not be read. The most alike stay.
MOST_PAIRS = 100
#: Every name is held against every other one: with more different names than this a page would take minutes.
MOST_NAMES = 3000


@dataclass(frozen=True)
class SharedIndicator:
    """Series of two plans or more that have a statistic or a name in common.

    Parameters
    ----------
    kind : what they have in common.
    key : of the statistic in reference/statistics.csv, or the name as the first plan writes it.
    members : in the order of plans and documents.
    """

    kind: Literal["statistic", "name"]
    key: str
    members: tuple[Member, ...]
    values: Comparable

    @property
    def plan_ids(self) -> list[str]:
        """The plans, each once."""
        return list(dict.fromkeys(member.plan_id for member in self.members))


@dataclass(frozen=True)
class AlikePair:
    """Two names that resemble each other, each with the series that have it.

    Parameters
    ----------
    first, second : the series of each name, of at least two plans together; `first` has the name that comes first.
    score : likeness of the names, 0 to 1.
    words : what the names share.
    """

    first: tuple[Member, ...]
    second: tuple[Member, ...]
    score: float
    words: tuple[str, ...]
    values: Comparable


@dataclass(frozen=True)
class AlikeNames:
    """The pairs of names that resemble each other.

    Parameters
    ----------
    pairs : in the order in which the plans list them, at most `MOST_PAIRS`.
    found : how many there are.
    names : how many different names there are; with more than `MOST_NAMES` they were not compared.
    """

    pairs: tuple[AlikePair, ...]
    found: int
    names: int

    @property
    def was_compared(self) -> bool:
        """Tell whether the names were held against each other."""
        return self.names <= MOST_NAMES


def find_shared(plans: Sequence[PlanKpis]) -> tuple[SharedIndicator, ...]:
    """Return what plans share, statistics first, then names; a name is left out where the statistic says as much."""
    members = list_members(plans)
    by_statistic = _group(members, lambda member: member.series.statistic)
    by_name = _group(members, lambda member: fold(member.series.name).text)
    found = [SharedIndicator("statistic", key, group, compare_values(group)) for key, group in by_statistic]
    known = {member.series.statistic for _, group in by_statistic for member in group}
    found += [
        SharedIndicator("name", group[0].series.name, group, compare_values(group))
        for _, group in by_name
        if len(statistics := {member.series.statistic for member in group}) > 1 or not statistics <= known
    ]
    return tuple(found)


def _group(
    members: Iterable[Member], key: Callable[[Member], str | None]
) -> list[tuple[str, tuple[Member, ...]]]:
    groups: dict[str, list[Member]] = {}
    for member in members:
        if (name := key(member)) is not None:
            groups.setdefault(name, []).append(member)
    return [(name, tuple(group)) for name, group in groups.items() if number_of_plans(group) > 1]


def find_alike(plans: Sequence[PlanKpis]) -> AlikeNames:
    """Return names of different plans that differ but resemble each other.

    Names with a statistic in common are left out: `find_shared` has them.
    """
    holders: dict[str, list[Member]] = {}
    for member in list_members(plans):
        holders.setdefault(fold(member.series.name).text, []).append(member)
    names = list(holders)
    if len(names) > MOST_NAMES:
        return AlikeNames((), 0, len(names))
    found = compare_within(
        names,
        make_space(names),
        lowest=LOWEST_LIKENESS,
        wanted=lambda left, right: left < right and _are_apart(holders[names[left]], holders[names[right]]),
    )
    kept = sorted(found, key=lambda one: (-one.score, one.left, one.right))[:MOST_PAIRS]
    pairs = []
    for one in sorted(kept, key=lambda one: (one.left, one.right)):
        first, second = (tuple(holders[names[side]]) for side in (one.left, one.right))
        pairs.append(AlikePair(first, second, one.score, one.words, compare_values((*first, *second))))
    return AlikeNames(tuple(pairs), len(found), len(names))


def _are_apart(first: Sequence[Member], second: Sequence[Member]) -> bool:
    """Tell whether two names are of different plans, and have no statistic in common that shows them together."""
    statistics = {member.series.statistic for member in first} - {None}
    together = statistics & {member.series.statistic for member in second}
    return number_of_plans((*first, *second)) > 1 and not together


def compare_plans(shared: SharedIndicator, plan_ids: Iterable[str]) -> Comparable | None:
    """Return whether the values of some of the plans may be compared; None where fewer than two of them have any part in it."""
    wanted = set(plan_ids)
    members = [member for member in shared.members if member.plan_id in wanted]
    return compare_values(members) if number_of_plans(members) > 1 else None
