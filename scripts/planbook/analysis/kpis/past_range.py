"""What an indicator has been before the plan: the range of past values, and the straight line through them.

Only values that were complete before the plan's first day are used: a target is held against what its authors
could see, and what came later is the indicator's course, not a fault of its target. The values are the
indicator's own (baselines and actuals of kpi_values.csv) or those of an official series that kpi_evidence.csv
links to it. Ten years back from the plan's first day, three values at least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.bilingual import Bilingual
from planbook.vocabulary.eras import fiscal_year_bounds
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.unit_relations import compare_units
from planbook.vocabulary.value_dates import days_of_value

YEARS_BACK = 10
LEAST_POINTS = 3
#: The type of indicator that the series of a table can be held against.
_TYPES = {"vital": "annual_flow", "population": "level", "fertility": "rate"}


@dataclass(frozen=True)
class Point:
    """One value with the days that it is for; `source_id` is the official table, None for a stated value."""

    start: date
    end: date
    value: Decimal
    source_id: str | None = None

    @property
    def month(self) -> int:
        """The month that it ends in, counted from year 0: years are evenly apart in it."""
        return self.end.year * 12 + self.end.month

    @property
    def words(self) -> Message:
        """What it is for, as readers say it: 2021年度, 2021年, 2018〜2022年, 2020年10月1日."""
        start, end = self.start, self.end
        if (start, end) == fiscal_year_bounds(start.year):
            return message("{year}年度", year=start.year)
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            if start.year == end.year:
                return message("{year}年", year=end.year)
            return message("{first}〜{year}年", first=start.year, year=end.year)
        if (start.year, start.month) == (end.year, end.month) and start != end:
            return message("{year}年{month}月", year=end.year, month=end.month)
        return message("{year}年{month}月{day}日", year=end.year, month=end.month, day=end.day)


@dataclass(frozen=True)
class EvidenceSeries:
    """An official series that tells something of an indicator without being its actual.

    Parameters
    ----------
    table, concept, measure : where it stands among the municipality's tables; concept and measure as there.
    unit : of its values; None where the value is a bare rate.
    label : statistic and item in words.
    relation : what it has in common with the indicator and what not, by whoever linked it.
    points : in the order of time.
    row : line of kpi_evidence.csv, as Excel counts.
    """

    kpi_id: str
    table: str
    concept: str | None
    measure: str | None
    unit: str | None
    label: Message
    relation: Bilingual
    points: tuple[Point, ...]
    row: int | None = None

    @property
    def latest(self) -> Point:
        """The newest value."""
        return self.points[-1]

    def is_comparable(self, one: Series) -> bool:
        """Tell whether the target of an indicator may be held against this series: same type, same unit."""
        return (
            one.type == _TYPES[self.table]
            and compare_units(self.unit, one.unit_of(one.target)) != "different"
        )


def value_bounds(value: Value) -> tuple[date, date] | None:
    """Return the first and the last day that a value is for; None where the document gives no time."""
    return days_of_value(value.fiscal_year, value.as_of)


def own_points(one: Series) -> tuple[Point, ...]:
    """Return the dated values of an indicator that its target can be held against, in the order of time.

    The unit and the number of years that a value covers must be those of the target.
    """
    target = one.target
    found: dict[date, Point] = {}
    for value in (*one.of_kind("baseline"), *one.actuals):
        bounds = value_bounds(value)
        if bounds is None or not value.is_number or target is None:
            continue
        if one.years_of(value) != one.years_of(target):
            continue
        if compare_units(one.unit_of(value), one.unit_of(target)) == "same":
            found.setdefault(bounds[1], Point(*bounds, value.value, value.source_id))
    return tuple(sorted(found.values(), key=lambda point: point.end))


def select_past(points: Sequence[Point], before: date) -> tuple[Point, ...]:
    """Return the points of the ten years that end before `before`; () where there are fewer than three."""
    since = before.replace(year=before.year - YEARS_BACK)
    past = tuple(point for point in points if since <= point.end < before)
    return past if len({point.month for point in past}) >= LEAST_POINTS else ()


def extend_line(points: Sequence[Point], at: Point) -> Decimal:
    """Return the value at the end of `at` of the least-squares line through the points.

    Examples
    --------
    >>> year = lambda y, v: Point(date(y, 1, 1), date(y, 12, 31), Decimal(v))
    >>> extend_line([year(2019, 10), year(2020, 12), year(2021, 14)], year(2025, 0))
    Decimal('22')
    """
    months = [Fraction(point.month) for point in points]
    values = [Fraction(point.value) for point in points]
    mean_month, mean_value = sum(months) / len(months), sum(values) / len(values)
    spread = sum((month - mean_month) ** 2 for month in months)
    product = sum((m - mean_month) * (v - mean_value) for m, v in zip(months, values, strict=True))
    reached = mean_value + product / spread * (at.month - mean_month)
    return Decimal(reached.numerator) / Decimal(reached.denominator)
