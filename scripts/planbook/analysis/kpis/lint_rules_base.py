"""What the rules of the lint work on and what they return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planbook.analysis.findings import Place
from planbook.analysis.kpis.calendar import PlanYears
from planbook.analysis.kpis.past_range import EvidenceSeries
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.bilingual import Bilingual
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.errors import Message
from planbook.vocabulary.schemas import StatisticRow

#: Words of `judged_by` that the catalogue translates; a department prints as it is written.
KNOWN_JUDGES = (plain("この本の編集者"),)


@dataclass(frozen=True)
class Judgement:
    """What a person has judged of one indicator and one code, as kpi_judgements.csv has it.

    Parameters
    ----------
    verdict : yes, no, or undecided (判断を保留).
    judged_on : ISO date.
    row : line of the table, as Excel counts.
    """

    kpi_id: str
    code: str
    verdict: str
    reason: Bilingual
    judged_by: str
    judged_on: str
    row: int | None = None

    @property
    def who(self) -> str:
        """Who judged: translated where the catalogue knows the words, else as written."""
        return text(self.judged_by)


@dataclass(frozen=True)
class LintContext:
    """What the lint knows beside the indicators' rows.

    Parameters
    ----------
    years : the plan's fiscal years.
    statistics : rows of reference/statistics.csv by key.
    judgements : of this plan.
    evidence : official series by indicator, those that could be read.
    goal_numbers : numbers of the plan's goals and measures as written: a code that is one of them is no
        indicator's own.
    """

    years: PlanYears
    statistics: Mapping[str, StatisticRow] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()
    evidence: Mapping[str, tuple[EvidenceSeries, ...]] = field(default_factory=dict)
    goal_numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Hit:
    """That a rule holds: the figures that show it, and where they stand."""

    detail: Message | None
    places: tuple[Place, ...]


def series_place(one: Series) -> Place:
    """Return where an indicator stands."""
    return Place("kpis", one.row, one.document, one.locator, one.as_written)


def value_place(value: Value) -> Place:
    """Return where a value stands."""
    return Place("kpi_values", value.row, value.document, value.locator, value.as_written)


def places_of(one: Series, *values: Value | None) -> tuple[Place, ...]:
    """Return the places of the values that there are; without any, the indicator's own."""
    stated = tuple(value_place(value) for value in values if value is not None)
    return stated or (series_place(one),)
