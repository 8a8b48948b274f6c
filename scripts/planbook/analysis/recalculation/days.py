"""ISO dates as claims give them: a day, a month or a year, and the days that it may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def days_of(iso: str | None) -> tuple[date, date] | None:
    """Return the first and the last day of an ISO date, a month or a year; None for anything else."""
    if not iso or not _ISO.fullmatch(iso):
        return None
    year, month, day = (int(part) if part else None for part in _ISO.fullmatch(iso).groups())
    last = month or 12
    try:
        first = date(year, month or 1, day or 1)
        return first, date(year, last, day or monthrange(year, last)[1])
    except ValueError:
        return None


def is_day(iso: str | None) -> bool:
    """Tell whether a date is given to the day."""
    days = days_of(iso)
    return days is not None and days[0] == days[1]
