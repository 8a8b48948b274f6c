"""Official figures that a claim may be held against: totals by way of counting and date, projections by edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from planbook.analysis.concept_bridge import LONGEST_GAP_DAYS
from planbook.analysis.findings import Place
from planbook.analysis.population import select_concept, select_totals
from planbook.vocabulary.rounding import format_number


@dataclass(frozen=True)
class EditionInfo:
    """A projection edition.

    Parameters
    ----------
    edition : its key.
    name_ja, name_en : its name.
    published : 2023-12 …; None where not known.
    """

    edition: str
    name_ja: str
    name_en: str
    published: str | None


@dataclass(frozen=True)
class Observed:
    """One official total: persons at a date, and the row of population.csv it stands in."""

    as_of: date
    persons: Decimal
    residents: str = "all"
    row: int | None = None

    @property
    def place(self) -> Place:
        """Where the figure stands: in the municipality's table, in no document of the plan."""
        return Place("population", self.row, None, None, f"{self.as_of} {format_number(self.persons)}")


@dataclass(frozen=True)
class Between:
    """A total brought to a day by a straight line between two official ones; both the same where the day is one."""

    persons: Decimal
    before: Observed
    after: Observed


@dataclass(frozen=True)
class Projected:
    """A projected total; `between` names the two published years it lies between, None where its own year is one."""

    persons: Decimal
    between: tuple[int, int] | None = None


@dataclass(frozen=True)
class Official:
    """The official figures of a municipality; a table that is not there is None.

    Parameters
    ----------
    population : table population.csv.
    projections : table projections.csv.
    editions : every edition, the newest publication first; undated ones last.
    """

    population: pd.DataFrame | None = None
    projections: pd.DataFrame | None = None
    editions: tuple[EditionInfo, ...] = ()

    def edition(self, name: str) -> EditionInfo | None:
        """Return an edition by key; None where there is none."""
        return next((item for item in self.editions if item.edition == name), None)

    def observed(self, concept: str) -> list[Observed]:
        """Return the totals of one concept by date.

        Where a date has both, all residents and Japanese nationals only, the total of all residents stands.
        """
        by_date: dict[date, Observed] = {}
        for row in select_concept(self.population, concept).itertuples():
            residents = getattr(row, "residents", "all")
            if row.as_of in by_date and residents != "all":
                continue
            by_date[row.as_of] = Observed(
                row.as_of,
                Decimal(int(row.population_persons)),
                residents,
                getattr(row, "row", None),
            )
        return [by_date[day] for day in sorted(by_date)]

    def at(self, concept: str, day: date) -> Between | None:
        """Return the total of one concept on a day, linear between its dates.

        None outside its dates, over a hole in a yearly or monthly series, and between two ways of counting residents.
        """
        seen = self.observed(concept)
        for one in seen:
            if one.as_of == day:
                return Between(one.persons, one, one)
        for before, after in pairwise(seen):
            if before.as_of < day < after.as_of:
                days = (after.as_of - before.as_of).days
                if before.residents != after.residents or (concept != "census" and days > LONGEST_GAP_DAYS):
                    return None
                share = Decimal((day - before.as_of).days) / Decimal(days)
                return Between(before.persons + (after.persons - before.persons) * share, before, after)
        return None

    def totals(self, edition: str) -> dict[int, Decimal]:
        """Return the projected totals of an edition by year; {} where the edition has none here."""
        frame = select_totals(self.projections, edition)
        return {int(row.year): Decimal(int(row.population_persons)) for row in frame.itertuples()}

    def projected(self, edition: str, year: int) -> Projected | None:
        """Return the projected total of a year, linear between published years; None outside them."""
        totals = self.totals(edition)
        if year in totals:
            return Projected(totals[year])
        for before, after in pairwise(sorted(totals)):
            if before < year < after:
                share = Decimal(year - before) / Decimal(after - before)
                return Projected(totals[before] + (totals[after] - totals[before]) * share, (before, after))
        return None

    def reaching(self, year: int) -> list[EditionInfo]:
        """Return the editions with a projected total of `year`, the newest publication first."""
        return [item for item in self.editions if self.projected(item.edition, year) is not None]


NOTHING_OFFICIAL = Official()
