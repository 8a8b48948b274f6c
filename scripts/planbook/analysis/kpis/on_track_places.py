"""Where an indicator stands among the classes of one rule, see `planbook.analysis.kpis.on_track`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from planbook.analysis.kpis.moments import decimal_of
from planbook.analysis.kpis.progress import Progress


class RuleClass(Protocol):
    """A row of reference/on_track_rules.csv; see `OnTrackRow` for the columns."""

    rule: str
    rule_ja: str
    rule_en: str
    measure: str
    mark: str
    mark_en: str
    at_least: Decimal | None
    position: str | None
    width_pct: Decimal | None
    verified: bool
    source: str


@dataclass(frozen=True)
class Place:
    """A class by its position, or the reason why there is none."""

    rank: int | None = None
    value: Decimal | None = None
    reason: str | None = None
    note: str | None = None


def find_place(progress: Progress, classes: Sequence[RuleClass]) -> Place:
    """Return the class of an indicator that may be judged, or why it has none."""
    if progress.ratio is None:
        return _place_kept(progress, classes)
    if classes[0].measure == "position":
        return _place_position(progress, classes)
    ratio, elapsed = progress.ratio, progress.elapsed
    by_difference = classes[0].measure == "progress_minus_elapsed"
    measured = (ratio - elapsed if by_difference else ratio / elapsed) * 100
    shown = decimal_of(measured) if progress.progress_pct is not None else None
    return Place(_rank_measured(measured, classes), shown)


def _rank_measured(measured: Fraction, classes: Sequence[RuleClass]) -> int:
    limits = [None if row.at_least is None else Fraction(row.at_least) for row in classes]
    return next(rank for rank, limit in enumerate(limits) if limit is None or measured >= limit)


def _place_kept(progress: Progress, classes: Sequence[RuleClass]) -> Place:
    """Give the best class to what is kept and the worst to what is not: there is no rate of progress."""
    if progress.verdict is None:
        return Place(reason=progress.verdict_refusal)
    kept = progress.verdict in ("kept", "kept_better", "zero_kept")
    return Place(0 if kept else len(classes) - 1, note="by_tolerance")


def _place_position(progress: Progress, classes: Sequence[RuleClass]) -> Place:
    total = progress.accumulation
    ahead = -progress.gap * progress.direction
    if ahead >= 0:
        return Place(_rank_of("beyond_target", classes))
    if total is None:
        return _place_beside(progress.actual_value, progress.baseline.value, progress, classes)
    if total.yearly_base is None:
        return Place(reason="no_yearly_base")
    place = _place_beside(progress.observed_pace, total.yearly_base, progress, classes)
    return Place(place.rank, reason=place.reason, note="by_yearly_flow")


def _place_beside(actual: Decimal, base: Decimal, progress: Progress, classes: Sequence[RuleClass]) -> Place:
    moved = (Fraction(actual) - Fraction(base)) * progress.direction
    if moved > 0:
        return Place(_rank_of("beyond_baseline", classes))
    if moved < 0 and base < 0:
        return Place(reason="no_width")
    if moved == 0:
        return Place(_rank_of("near_baseline", classes))
    near = next((row for row in classes if row.position == "near_baseline"), None)
    width = Fraction(near.width_pct or 0) / 100 * Fraction(base) if near is not None else None
    if width is not None and -moved <= width:
        return Place(_rank_of("near_baseline", classes))
    return Place(_rank_of("behind_baseline", classes))


def _rank_of(position: str, classes: Sequence[RuleClass]) -> int:
    """Return the class of a position; a rule without it uses its next worse one."""
    order = ("beyond_target", "beyond_baseline", "near_baseline", "behind_baseline")
    wanted = order.index(position)
    ranks = [order.index(row.position) for row in classes]
    return next((rank for rank, place in enumerate(ranks) if place >= wanted), len(ranks) - 1)
