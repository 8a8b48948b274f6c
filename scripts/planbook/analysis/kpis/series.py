"""Indicators: the series that a document lists, each with its values side by side.

A series is one row of kpis.csv: an indicator, or one group of it (男性, 児童). Rows with the same goal,
code and name are one indicator. A series that another goal lists again (再掲) is kept, because readers look
for it there, but it is counted once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.analysis.frames import list_records
from planbook.vocabulary.characters import fold
from planbook.vocabulary.value_dates import last_day_of_value

DIRECTIONS = ("up", "down", "keep")


@dataclass(frozen=True)
class Value:
    """One value of a series as the document states it.

    Parameters
    ----------
    kind : baseline, target, interim or actual.
    state : number, one of `DIRECTIONS`, none (「-」), unknown (「…」) or suppressed (「x」).
    value : the number, with the digits of the document; None in every other state.
    unit : as this value is written; None where it has none.
    fiscal_year, as_of : when it holds; both None where the document gives no year.
    as_written, document, locator : what stands where.
    source_id : the official table, for an actual that was taken from one; then document and locator are None.
    years : how many years the value covers: 1 for a yearly count, 5 for a five-year total; None where it is
        of one moment, or not written.
    respondents : of the survey behind this value; None where not known.
    published : ISO date of publication; None where not known.
    row : line of kpi_values.csv, as Excel counts.
    """

    kind: str
    state: str
    value: Decimal | None
    unit: str | None
    fiscal_year: int | None
    as_of: str | None
    as_written: str
    document: str | None
    locator: str | None
    source_id: str | None = None
    years: Decimal | None = None
    respondents: Decimal | None = None
    published: str | None = None
    row: int | None = None

    @property
    def is_number(self) -> bool:
        """Tell whether there is a number to calculate with."""
        return self.state == "number"

    @property
    def is_direction(self) -> bool:
        """Tell whether only ↗, ↘ or → is written."""
        return self.state in DIRECTIONS

    @property
    def is_dated(self) -> bool:
        """Tell whether the document says which year, fiscal year or day the value is for."""
        return self.fiscal_year is not None or self.as_of is not None

    @property
    def decimals(self) -> int:
        """Digits behind the point as written: 2 for 19.00."""
        return max(0, -self.value.as_tuple().exponent) if self.value is not None else 0

    @property
    def last_day(self) -> date | None:
        """The last day that its date can mean; None where it is undated. Values are in order by it."""
        return last_day_of_value(self.fiscal_year, self.as_of)


@dataclass(frozen=True)
class Series:
    """An indicator, or one group of it, with all its values; fields are those of kpis.csv.

    Parameters
    ----------
    repeats : the series that this one lists again; None for one that counts.
    tolerance : the width, in the indicator's unit, within which it counts as unchanged; None where undeclared.
    statistic : key of reference/statistics.csv; None where the source of the values is not known.
    row : line of kpis.csv, as Excel counts.
    values : in file order.
    """

    kpi_id: str
    goal_id: str | None
    role: str
    code: str | None
    name: str
    group: str | None
    unit: str | None
    type: str
    direction: str
    survey_n: Decimal | None
    on_track_rule: str | None
    repeats: str | None
    as_written: str
    document: str
    locator: str
    note: str | None = None
    tolerance: Decimal | None = None
    statistic: str | None = None
    department: str | None = None
    row: int | None = None
    values: tuple[Value, ...] = ()

    def of_kind(self, kind: str) -> tuple[Value, ...]:
        """Return the values of one kind, undated first, then by the last day that they can mean."""
        stated = [value for value in self.values if value.kind == kind]
        return tuple(sorted(stated, key=lambda value: value.last_day or date.min))

    def unit_of(self, value: Value | None) -> str | None:
        """Return the unit of a value: its own, else the indicator's; never that of another value."""
        return (value.unit if value is not None else None) or self.unit

    def years_of(self, value: Value | None) -> Decimal | None:
        """Return how many years a value covers; a yearly flow (年間の量) that does not say it covers one."""
        if value is None:
            return None
        return Decimal(1) if value.years is None and self.type == "annual_flow" else value.years

    @property
    def baseline(self) -> Value | None:
        """The earliest baseline: the change that a plan sets out to make starts there."""
        return next(iter(self.of_kind("baseline")), None)

    @property
    def target(self) -> Value | None:
        """The target of the latest date."""
        return next(reversed(self.of_kind("target")), None)

    @property
    def actuals(self) -> tuple[Value, ...]:
        """Every actual, by date."""
        return self.of_kind("actual")

    @property
    def is_judged(self) -> bool:
        """Tell whether the indicator may get a verdict: a reference indicator (参考指標) never does."""
        return self.role != "reference"

    @property
    def has_pair(self) -> bool:
        """Tell whether baseline and target are both numbers."""
        return all(value is not None and value.is_number for value in (self.baseline, self.target))

    @property
    def indicator(self) -> tuple[str | None, str | None, str]:
        """What its groups have in common: goal, code and name."""
        return self.goal_id, self.code, self.name

    @property
    def _stated(self) -> tuple[Value, ...]:
        """What the plan states; an actual is entered later, and at one of two rows only."""
        return tuple(value for value in self.values if value.kind != "actual")

    @property
    def _identity(self) -> tuple[object, ...]:
        stated = tuple((value.kind, fold(value.as_written).text) for value in self._stated)
        code = fold(self.code or "").text
        return self.role, code, fold(self.name).text, fold(self.group or "").text, stated


def read_series(kpis: pd.DataFrame | None, values: pd.DataFrame | None) -> list[Series]:
    """Return the series of a plan with their values, in file order; [] for a plan without kpis.csv.

    A series that an earlier one equals in role, code, name, group and every value that the plan states (no
    actual) is taken as a repetition even where the document does not say 再掲: one thing must not count twice
    because a mark is missing. Without a number among these values nothing speaks for it: two names may well be
    two indicators.
    """
    stated: dict[str, list[Value]] = {}
    for row in list_records(values):
        stated.setdefault(row["kpi_id"], []).append(Value(**{name: row[name] for name in _VALUE_FIELDS}))
    first: dict[tuple[object, ...], str] = {}
    out = []
    for row in list_records(kpis):
        fields = {name: row[name] for name in _SERIES_FIELDS}
        series = Series(**fields, values=tuple(stated.get(row["kpi_id"], ())))
        if any(value.is_number for value in series._stated):
            earlier = first.setdefault(series._identity, series.kpi_id)
            if series.repeats is None and earlier != series.kpi_id:
                series = replace(series, repeats=earlier)
        out.append(series)
    return [_with_actuals_of_first(one, out) for one in out]


def _with_actuals_of_first(one: Series, series: list[Series]) -> Series:
    """Give a repetition the actuals of the row it repeats: they are entered once, where they count."""
    first = next((other for other in series if other.kpi_id == one.repeats), None)
    if first is None or one.actuals:
        return one
    return replace(one, values=(*one.values, *(value for value in first.values if value.kind == "actual")))


_VALUE_FIELDS = tuple(Value.__dataclass_fields__)
_SERIES_FIELDS = tuple(name for name in Series.__dataclass_fields__ if name != "values")
