"""The days that the date of an indicator's value can mean: a fiscal year, a year, a month or a day."""

from __future__ import annotations

from datetime import date

from planbook.vocabulary.eras import DateKind, PartialDate, fiscal_year_bounds

_KINDS: dict[int, DateKind] = {1: "year", 2: "month", 3: "date"}


def kind_of_value_date(fiscal_year: int | None, as_of: str | None) -> DateKind | None:
    """Return how a value is dated; the fiscal year counts where both are written, None without either."""
    if fiscal_year is not None:
        return "fiscal_year"
    return _KINDS[len(as_of.split("-"))] if as_of else None


def days_of_value(fiscal_year: int | None, as_of: str | None) -> tuple[date, date] | None:
    """Return the first and the last day that a value's date can mean; None for an undated value.

    Parameters
    ----------
    fiscal_year : the year in which it begins (1 April).
    as_of : ISO date, month or year, as the columns of kpi_values.csv allow them.

    Examples
    --------
    >>> [day.isoformat() for day in days_of_value(2025, None)], days_of_value(None, "2025-10")[1].isoformat()
    (['2025-04-01', '2026-03-31'], '2025-10-31')
    """
    kind = kind_of_value_date(fiscal_year, as_of)
    if kind is None:
        return None
    if kind == "fiscal_year":
        return fiscal_year_bounds(int(fiscal_year))
    parts = [int(part) for part in as_of.split("-")]
    year, month, day = (*parts, None, None)[:3]
    partial = PartialDate(year, month, day, kind, as_of)
    return partial.start, partial.end


def last_day_of_value(fiscal_year: int | None, as_of: str | None) -> date | None:
    """Return the last day that a value's date can mean, by which values are put in order; None for an undated one."""
    days = days_of_value(fiscal_year, as_of)
    return days[1] if days is not None else None
