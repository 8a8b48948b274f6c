"""What a document lists of indicators, and what may be counted of it.

Attainment is never averaged over indicators and nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planbook.analysis.kpis.series import Series, Value, read_series

__all__ = [
    "Counts",
    "Listing",
    "Series",
    "Value",
    "count_series",
    "describe_listing",
    "is_name_only",
    "list_unique",
    "read_series",
]

Listing = Literal["none", "names", "values"]


def describe_listing(series: Sequence[Series]) -> Listing:
    """Tell what the document lists: no indicator, names without any value, or values."""
    if not series:
        return "none"
    return "values" if any(one.values for one in series) else "names"


def is_name_only(one: Series, series: Sequence[Series]) -> bool:
    """Tell whether a series stands in a document that lists names and no value at all.

    There nothing is missing from a row: the document is of another kind.
    """
    return not any(other.values for other in series if other.document == one.document)


def list_unique(series: Sequence[Series]) -> list[Series]:
    """Return the series that count: every one but repetitions."""
    return [one for one in series if one.repeats is None]


@dataclass(frozen=True)
class Counts:
    """How many series of a document have what; repetitions are counted in `listed` and `rows` only.

    Parameters
    ----------
    rows, listed : indicators and series as the document lists them.
    indicators, series : without repetitions.
    with_pair : baseline and target both numbers.
    direction_only : the target is an arrow.
    without_baseline, without_target : no number and, for the target, no arrow either.
    with_baseline_year, with_target_year : the document says for which year.
    """

    rows: int
    listed: int
    indicators: int
    series: int
    with_pair: int
    direction_only: int
    without_baseline: int
    without_target: int
    with_baseline_year: int
    with_target_year: int


def count_series(series: Sequence[Series]) -> Counts:
    """Count what the document lists."""
    unique = list_unique(series)
    baselines = [one.baseline for one in unique]
    targets = [one.target for one in unique]
    return Counts(
        rows=len({one.indicator for one in series}),
        listed=len(series),
        indicators=len({one.indicator for one in unique}),
        series=len(unique),
        with_pair=sum(one.has_pair for one in unique),
        direction_only=sum(t is not None and t.is_direction for t in targets),
        without_baseline=sum(b is None or not b.is_number for b in baselines),
        without_target=sum(t is None or not (t.is_number or t.is_direction) for t in targets),
        with_baseline_year=sum(b is not None and b.is_number and b.is_dated for b in baselines),
        with_target_year=sum(t is not None and t.is_dated for t in targets),
    )
