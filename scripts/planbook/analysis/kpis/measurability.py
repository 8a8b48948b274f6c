"""How many of the indicators that a document lists can be measured: counts, always with what the document is.

No share is given and nothing is compared between documents: a share of what an outline lists says nothing of
the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.analysis.kpis.listing import Counts, count_series, list_unique
from planbook.analysis.kpis.series import Series, Value


@dataclass(frozen=True)
class Measurability:
    """What one document writes beside the indicators that it lists; repetitions and 参考指標 are not counted.

    Parameters
    ----------
    document : id in plan.yml.
    coverage : full, summary, draft or web: how much of the plan the documents at hand are.
    counts : of `count_series`.
    with_baseline, with_target : the value is a number.
    with_both_years : baseline and target, number or arrow, both say when.
    measurable : baseline and target are numbers and both say when.
    """

    document: str
    coverage: str
    counts: Counts
    with_baseline: int
    with_target: int
    with_both_years: int
    measurable: int


def count_measurable(series: Sequence[Series], *, coverage: str) -> tuple[Measurability, ...]:
    """Return one count a document, in the order in which the documents appear; () without indicators."""
    judged = [one for one in series if one.is_judged]
    documents = dict.fromkeys(one.document for one in judged)
    return tuple(
        _count(document, coverage, [one for one in judged if one.document == document])
        for document in documents
    )


def _count(document: str, coverage: str, listed: Sequence[Series]) -> Measurability:
    counts = count_series(listed)
    dated = [one for one in list_unique(listed) if _is_dated(one.baseline) and _is_dated(one.target)]
    return Measurability(
        document=document,
        coverage=coverage,
        counts=counts,
        with_baseline=counts.series - counts.without_baseline,
        with_target=counts.series - counts.without_target - counts.direction_only,
        with_both_years=len(dated),
        measurable=sum(one.has_pair for one in dated),
    )


def _is_dated(value: Value | None) -> bool:
    return value is not None and (value.is_number or value.is_direction) and value.is_dated
