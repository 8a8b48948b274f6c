"""The newest date that the data behind a table have: what stands in a download in place of the clock's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planbook.load.reference import Reference
from planbook.vocabulary.provenance import SourceRef

_DATE = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?:-[0-9]{2}){0,2}(?![0-9])")


def newest_date(sources: Sequence[SourceRef], reference: Reference) -> str | None:
    """Return the newest ISO date (a year, a month or a day) of the sources; None where none has a date.

    The dates on which documents were retrieved or updated and those that official figures hold for. A span
    that ends after everything observed belongs to a projection: its first date, the base, counts.
    """
    dates = [date for source in sources for date in _dates(source, reference)]
    return max(dates, default=None)


def _dates(source: SourceRef, reference: Reference) -> list[str]:
    found = _DATE.findall(source.as_of or "")
    if len(found) > 1:
        last = found[-1]
        found = [last if last <= _last_observation(reference) else found[0]]
    return [date for date in (source.retrieved, *found) if date]


def _last_observation(reference: Reference) -> str:
    """Return the newest single date of the registered official sources."""
    dates = [""]
    for row in reference.table("sources").rows:
        found = _DATE.findall(row.as_of)
        dates += found if len(found) == 1 else []
        dates += [row.retrieved] if row.retrieved else []
    return max(dates)
