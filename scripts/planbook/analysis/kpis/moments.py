"""The time of a value in years, so that fiscal and calendar values can be compared.

A value holds on the last day that its date can mean: fiscal year 2025 is 2026-03-31, the year 2019 is
2019-12-31, October 2025 is 2025-10-31. The time of a day is its year plus the months gone, the day counted
in full:

    time = year + (month − 1 + day / days of the month) / 12

so that 31 March is exactly a quarter and whole fiscal years are whole numbers apart. Counted in days, three
years of five would be 60.02 % of the time, and a class limit of 60 % would turn on a leap year.
"""

from __future__ import annotations

import math
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planbook.analysis.kpis.series import Value
from planbook.vocabulary.eras import DateKind
from planbook.vocabulary.value_dates import days_of_value, kind_of_value_date


@dataclass(frozen=True)
class Moment:
    """When a value holds.

    Parameters
    ----------
    time : years, exact; 31 December 2019 is 2020, since the day counts in full.
    kind : what the document wrote: date, month, year or fiscal_year.
    """

    time: Fraction
    kind: DateKind

    @property
    def last_day(self) -> date:
        """The day itself."""
        months = math.ceil(self.time * 12) - 1
        year, month = divmod(months, 12)
        days = monthrange(year, month + 1)[1]
        return date(year, month + 1, math.ceil((self.time * 12 - months) * days))

    def shifted(self, years: Fraction | Decimal | int) -> Moment:
        """Return the moment so many years later (earlier if negative)."""
        return Moment(self.time + Fraction(years), self.kind)


def moment_of_day(day: date, kind: DateKind = "date") -> Moment:
    """Return the moment of a day."""
    months = Fraction(day.day, monthrange(day.year, day.month)[1]) + day.month - 1
    return Moment(day.year + months / 12, kind)


def moment_of(value: Value | None) -> Moment | None:
    """Return when a value holds; None for no value and for an undated one."""
    days = days_of_value(value.fiscal_year, value.as_of) if value is not None else None
    if days is None:
        return None
    return moment_of_day(days[1], kind_of_value_date(value.fiscal_year, value.as_of))


def mixes_kinds(*moments: Moment | None) -> bool:
    """Tell whether dates of different kinds fall on different days of the year.

    31 March beside a fiscal year is the same day of the year and no mixture.
    """
    known = [moment for moment in moments if moment is not None]
    return len({moment.kind for moment in known}) > 1 and len({moment.time % 1 for moment in known}) > 1


def decimal_of(number: Fraction) -> Decimal:
    """Return an exact fraction as a decimal of 28 digits."""
    return Decimal(number.numerator) / Decimal(number.denominator)
