"""When the figures of a statistic can be judged within a plan: reference moments and dates of publication.

A value belongs to a plan of the fiscal years f … l by the year it is for: a fiscal year y, a calendar year y
(nine of its twelve months lie in fiscal year y) or 1 October of y, each with f ≤ y ≤ l; a value for five
years belongs to it only if its first year does, because an earlier one also tells of the time before.
It is published between `lag_months_min` and `lag_months_max` after the end of what it is for. Where the lag
is not known, no date of publication is given; that it cannot come before the end of what it is for still
holds. The last yearly review (効果検証) is taken to be held in the fiscal year after the plan's last one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.eras import fiscal_year_bounds
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.schemas import StatisticRow

#: Whether a value is out by a day: surely, only with the short lag, lag not known, surely not.
Arrival = Literal["yes", "perhaps", "unknown", "no"]

SPAN_YEARS = 5
_REFERENCE_WORDS = {
    "fiscal_year": plain("{year}年度"),
    "calendar_year": plain("{year}年"),
    "october_first": plain("{year}年10月1日"),
    "five_years": plain("{first}〜{year}年"),
}


@dataclass(frozen=True)
class PlanYears:
    """The fiscal years of a plan, both included."""

    first: int
    last: int

    @property
    def start(self) -> date:
        """The plan's first day."""
        return fiscal_year_bounds(self.first)[0]

    @property
    def end(self) -> date:
        """The plan's last day."""
        return fiscal_year_bounds(self.last)[1]

    @property
    def last_review(self) -> date:
        """The last day of the fiscal year in which the plan's last year is reviewed."""
        return fiscal_year_bounds(self.last + 1)[1]


@dataclass(frozen=True)
class Release:
    """A value of a statistic and when it is published.

    Parameters
    ----------
    year : the year that it is for; of five years the last one.
    start, end : first and last day of what it is for.
    earliest, latest : dates of publication with the short and the long lag; None where the lag is not known.
    words : what it is for, as readers say it: 2025年度, 2023〜2027年.
    """

    year: int
    start: date
    end: date
    earliest: date | None
    latest: date | None
    words: Message

    def arrives_by(self, day: date) -> Arrival:
        """Tell whether the value is published on `day` or before."""
        if (self.earliest or self.end) > day:
            return "no"
        if self.latest is None:
            return "unknown"
        return "yes" if self.latest <= day else "perhaps"


@dataclass(frozen=True)
class ReleaseCalendar:
    """The values of one statistic that belong to a plan.

    Parameters
    ----------
    releases : in the order of time; () where the statistic is not made for any year of the plan.
    """

    statistic: StatisticRow
    years: PlanYears
    releases: tuple[Release, ...]

    @property
    def first(self) -> Release | None:
        """The value of the plan that is out first: from its publication on, something can be judged."""
        return next(iter(self.releases), None)

    @property
    def last(self) -> Release | None:
        """The value for the plan's last year; None where the statistic has none for it."""
        release = next(reversed(self.releases), None)
        return release if release is not None and release.year >= self.years.last else None

    @property
    def any_in_period(self) -> Arrival:
        """Tell whether at least one value of the plan is published before the plan ends."""
        return _best([release.arrives_by(self.years.end) for release in self.releases])

    @property
    def last_in_review(self) -> Arrival:
        """Tell whether the last year's value is published in time for the last review."""
        return self.last.arrives_by(self.years.last_review) if self.last else "no"


def compute_calendar(statistic: StatisticRow, years: PlanYears) -> ReleaseCalendar:
    """List the values of `statistic` that belong to a plan, with their dates of publication."""
    offset = SPAN_YEARS - 1 if statistic.reference == "five_years" else 0
    candidates = range(years.first + offset, years.last + offset + 1)
    releases = [_release(statistic, year) for year in candidates if _is_made_for(statistic, year)]
    return ReleaseCalendar(statistic, years, tuple(releases))


def add_months(day: date, months: int) -> date:
    """Return the day `months` later; the last day of a month stays the last day of its month.

    Examples
    --------
    >>> add_months(date(2023, 3, 31), 24), add_months(date(2022, 12, 31), 2), add_months(date(2020, 10, 1), 9)
    (datetime.date(2025, 3, 31), datetime.date(2023, 2, 28), datetime.date(2021, 7, 1))
    """
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    last = monthrange(year, month)[1]
    at_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if at_end else min(day.day, last))


def month_words(day: date) -> Message:
    """Return the month of a day in words: publication is known to the month at best."""
    return message("{year}年{month}月", year=day.year, month=day.month)


def _is_made_for(statistic: StatisticRow, year: int) -> bool:
    anchor = statistic.anchor_year
    return statistic.every_years == 1 or (year - anchor) % statistic.every_years == 0


def _release(statistic: StatisticRow, year: int) -> Release:
    start, end = _bounds(statistic.reference, year)
    lags = (statistic.lag_months_min, statistic.lag_months_max)
    earliest, latest = (None if lag is None else add_months(end, lag) for lag in lags)
    words = Message(_REFERENCE_WORDS[statistic.reference], {"year": year, "first": year - SPAN_YEARS + 1})
    return Release(year, start, end, earliest, latest, words)


def _bounds(reference: str, year: int) -> tuple[date, date]:
    if reference == "fiscal_year":
        return fiscal_year_bounds(year)
    if reference == "october_first":
        return date(year, 10, 1), date(year, 10, 1)
    first = year - SPAN_YEARS + 1 if reference == "five_years" else year
    return date(first, 1, 1), date(year, 12, 31)


def _best(arrivals: Sequence[Arrival]) -> Arrival:
    order: tuple[Arrival, ...] = ("yes", "perhaps", "unknown")
    return next((arrival for arrival in order if arrival in arrivals), "no")
