"""Whether the values of indicators of different plans may be held against each other, with every reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from planbook.analysis.kpis.forms import leading_unit
from planbook.analysis.kpis.listing import list_unique
from planbook.analysis.kpis.series import Series, Value
from planbook.load.plan import Plan
from planbook.summary.kpis.kpi_facts import KpiFacts, PlanKpis
from planbook.vocabulary.characters import fold
from planbook.vocabulary.unit_relations import split_unit

#: In the name of a value that is divided by something: 一人あたり, 千人当たり.
_PER = re.compile("あたり|当たり|当り")

Verdict = Literal["yes", "part", "no"]


@dataclass(frozen=True)
class Member:
    """One series of a plan."""

    kpis: PlanKpis
    facts: KpiFacts

    @property
    def plan(self) -> Plan:
        """The plan that lists it."""
        return self.kpis.plan

    @property
    def plan_id(self) -> str:
        """The id of that plan."""
        return self.kpis.plan.plan_id

    @property
    def series(self) -> Series:
        """The series itself."""
        return self.facts.series

    @property
    def values(self) -> tuple[Value, ...]:
        """Baseline and target, as far as they are numbers."""
        stated = (self.series.baseline, self.series.target)
        return tuple(value for value in stated if value is not None and value.is_number)

    @property
    def unit(self) -> str | None:
        """The unit of its values without 「/年」; None where none is written."""
        return split_unit(leading_unit(self.series))[0]

    @property
    def group(self) -> str | None:
        """For whom it is (男性 …), in one spelling."""
        return fold(self.series.group).text if self.series.group else None

    @property
    def is_per(self) -> bool:
        """Tell whether its name says that it is divided: 就業者一人あたり …."""
        return _PER.search(self.series.name) is not None


@dataclass(frozen=True)
class Reason:
    """Why values may not be held against each other, or only with a reserve.

    Parameters
    ----------
    key : key of the sentences in `planbook.presentation.comparison.compare_kpi_reasons`.
    items : what differs, as it is written or as a key of the tables; None among them where nothing is written.
    plans, total : how many plans of how many, where the reason is a count.
    """

    key: str
    items: tuple[str | None, ...] = ()
    plans: int = 0
    total: int = 0


@dataclass(frozen=True)
class Comparable:
    """Whether the values of several series may be held against each other.

    Parameters
    ----------
    verdict : yes, part (with the reserves that `reasons` name), no.
    reasons : what forbids it first, then the reserves.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]


def list_members(plans: Iterable[PlanKpis]) -> list[Member]:
    """Return the series of all plans, repetitions left out."""
    members = []
    for kpis in plans:
        counted = {one.kpi_id for one in list_unique(kpis.series)}
        members += [Member(kpis, item) for item in kpis.facts if item.series.kpi_id in counted]
    return members


def number_of_plans(members: Iterable[Member]) -> int:
    """Count the plans that the series are of."""
    return len({member.plan_id for member in members})


def compare_values(members: Sequence[Member]) -> Comparable:
    """Tell whether the values of series may be held against each other, and every reason why not.

    Parameters
    ----------
    members : of at least two plans. Those for a group (男性 …) that a second plan has too are judged; if there is
        none, all are.
    """
    plans = number_of_plans(members)
    groups = {member.group: None for member in members}
    common = [group for group in groups if number_of_plans(m for m in members if m.group == group) > 1]
    judged = [member for member in members if not common or member.group in common]
    valued = [member for member in judged if member.values]
    blocks, reserves = [], []
    if number_of_plans(valued) < 2:
        blocks.append(Reason("values", plans=number_of_plans(valued), total=plans))
    elif number_of_plans(valued) < plans:
        reserves.append(Reason("some_values", plans=number_of_plans(valued), total=plans))
    if not common:
        blocks.append(Reason("groups", tuple(member for member in groups)))
    blocks += _measure_blocks(judged, valued)
    reserves += [*_measure_reserves(judged, valued), *_year_reserves(valued)]
    verdict = "no" if blocks else "part" if reserves else "yes"
    return Comparable(verdict, (*blocks, *reserves))


def _measure_blocks(judged: Sequence[Member], valued: Sequence[Member]) -> list[Reason]:
    """Name what makes two values different things: unit, kind of count, division, another survey."""
    found = []
    units = tuple(dict.fromkeys(member.unit for member in valued))
    if len(units) > 1:
        found.append(Reason("units", units))
    types = tuple(dict.fromkeys(m.series.type for m in judged if m.series.type != "undecided"))
    if len(types) > 1:
        found.append(Reason("types", types))
    if len({member.is_per for member in judged}) > 1:
        found.append(Reason("per"))
    if _are_surveys_apart(judged):
        found.append(Reason("survey"))
    return found


def _measure_reserves(judged: Sequence[Member], valued: Sequence[Member]) -> list[Reason]:
    """Name what leaves open whether two values are of one thing."""
    found = []
    if any(member.series.type == "undecided" for member in judged):
        found.append(Reason("undecided"))
    if len({split_unit(leading_unit(member.series))[1] for member in valued}) > 1:
        found.append(Reason("yearly"))
    statistics = tuple(dict.fromkeys(member.series.statistic for member in judged))
    if len(statistics) > 1 and None not in statistics:
        found.append(Reason("statistics", statistics))
    elif None in statistics and not _are_surveys_apart(judged):
        found.append(Reason("no_statistic"))
    return found


def _are_surveys_apart(judged: Sequence[Member]) -> bool:
    """Tell whether shares from surveys are not known to be of one survey: then questions and samples differ."""
    statistics = {member.series.statistic for member in judged}
    surveys = any(member.series.type == "survey_share" for member in judged)
    return surveys and (None in statistics or len(statistics) > 1)


def _year_reserves(valued: Sequence[Member]) -> list[Reason]:
    if number_of_plans(valued) < 2:
        return []
    found = []
    for kind in ("baseline", "target"):
        stated = [value for m in valued if (value := getattr(m.series, kind)) in m.values]
        years = tuple(dict.fromkeys(year_of(value) for value in stated))
        if None in years:
            found.append(Reason(f"{kind}_undated"))
        elif len(years) > 1:
            found.append(Reason(f"{kind}_years", tuple(sorted(years))))
    return found


def year_of(value: Value) -> str | None:
    """Return the year of a value: a fiscal year is told from a calendar year; None for an undated value."""
    if value.fiscal_year is not None:
        return f"FY{value.fiscal_year}"
    return value.as_of[:4] if value.as_of else None
