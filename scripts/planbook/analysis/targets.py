"""A population target against a projection, and the pace that reaching it would take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import pandas as pd

from planbook.analysis.population import years_between
from planbook.vocabulary.schemas.plan_file import PopulationTarget

Missing = Literal["no_year", "no_projection", "year_outside"]


@dataclass(frozen=True)
class TargetGap:
    """A target held against one projection edition.

    Parameters
    ----------
    target : as the plan states it.
    edition : the projection edition.
    projected_persons : the projection in the target year; None when it cannot be had.
    missing : why not.
    source_id : the projection's source.
    """

    target: PopulationTarget
    edition: str
    projected_persons: Decimal | None
    missing: Missing | None = None
    source_id: str | None = None

    @property
    def gap_persons(self) -> Decimal | None:
        """Target − projection: positive when the plan aims above the projection."""
        if self.projected_persons is None:
            return None
        return self.target.population_persons - self.projected_persons


def compare_target(target: PopulationTarget, totals: pd.DataFrame, edition: str) -> TargetGap:
    """Hold a target against the projected total of its year; between published years nothing is invented."""
    if target.year is None:
        return TargetGap(target, edition, None, "no_year")
    if totals.empty:
        return TargetGap(target, edition, None, "no_projection")
    match = totals[totals["year"] == target.year]
    if match.empty:
        return TargetGap(target, edition, None, "year_outside")
    row = match.iloc[0]
    return TargetGap(target, edition, Decimal(int(row["population_persons"])), None, row["source_id"])


@dataclass(frozen=True)
class Pace:
    """A change in persons a year between two dates.

    Parameters
    ----------
    persons : the whole change.
    start, end : the two dates.
    """

    persons: Decimal
    start: date
    end: date

    @property
    def years(self) -> Decimal:
        """The span in years."""
        return years_between(self.start, self.end)

    @property
    def persons_per_year(self) -> Decimal:
        """The change a year."""
        return self.persons / self.years


def required_pace(target: PopulationTarget, latest_persons: Decimal, latest: date) -> Pace | None:
    """Return the yearly change that leads from the latest figure to the target, both on 1 October's terms.

    None when the target has no year, or its year is not after the latest figure.
    """
    if target.year is None:
        return None
    end = date(target.year, 10, 1)
    if end <= latest:
        return None
    return Pace(target.population_persons - latest_persons, latest, end)


def observed_pace(series: pd.DataFrame) -> Pace | None:
    """Return the change between the last two dates of one concept's series; None with fewer than two."""
    if len(series) < 2:
        return None
    first, last = series.iloc[-2], series.iloc[-1]
    change = Decimal(int(last["population_persons"])) - Decimal(int(first["population_persons"]))
    return Pace(change, first["as_of"], last["as_of"])
