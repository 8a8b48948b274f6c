"""One stated figure against one recomputed: equal, a rounding apart, or different.

A stated figure v with step u (the unit of its last digit) stands for the numbers within u/2. Let x be the
recomputed value, and [lo, hi] what it can be if the figures it comes from are rounded themselves:

- match where |x − v| ≤ u/2,
- rounding where v is at most u away from [lo, hi]: cut off instead of rounded, or computed from rounded parts,
- mismatch otherwise.

A sum or a difference of whole counts has no rounding in it: where the claim is a count to one and the figures it
comes from leave one whole number, any other number is a mismatch.

「以上」「未満」 and the like bound the number instead of rounding it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from planbook.analysis.recalculation.checks import Verdict
from planbook.analysis.recalculation.stated import Claim

#: Units of whole things: a count of them that is stated to one is exact, not a rounded number.
# fmt: off
WHOLE_UNITS = frozenset((
    "人", "世帯", "家族", "戸", "件", "回", "社", "者", "店", "店舗", "事業所", "団体", "組織", "組", "か所", "箇所", "施設", "校", "園",
    "棟", "区画", "台", "本", "冊", "事業", "種類", "項目", "講座", "地区", "集落", "自治体", "市町村", "つ", "個",
))
# fmt: on
#: Kinds of claim that a division gives: rounded even where they are written as whole numbers.
_QUOTIENTS = ("change_pct", "ratio", "share", "rate")


@dataclass(frozen=True)
class Span:
    """A recomputed value and the ends that the rounding of its parts allows."""

    value: Decimal
    low: Decimal
    high: Decimal

    @property
    def is_whole(self) -> bool:
        """Tell whether it is one whole number: counts added or subtracted, with nothing rounded."""
        return self.low == self.high == self.value == self.value.to_integral_value()


def is_exact(claim: Claim) -> bool:
    """Tell whether a stated figure is a count to one: not rounded, not bounded, no quotient."""
    counted = claim.kind not in _QUOTIENTS and (claim.unit is None or claim.unit in WHOLE_UNITS)
    return counted and claim.qualifier in (None, "exact") and claim.step == 1


def bounds_of(claim: Claim) -> tuple[Decimal, Decimal]:
    """Return what a stated figure may stand for; a count to one is itself."""
    if is_exact(claim):
        return claim.value, claim.value
    return claim.value - claim.step / 2, claim.value + claim.step / 2


def span_of(function: Callable[..., Decimal | None], parts: Sequence[Claim]) -> Span:
    """Return `function` of the stated values, and its least and greatest over the corners of their rounding.

    Parameters
    ----------
    function : monotone in each argument over the rounding, as sums, differences and quotients of positive
        numbers are. None where a corner has no value (a base whose rounding reaches zero): it sets no bound.
    parts : claims with values.
    """
    value = function(*(part.value for part in parts))
    found = [function(*corner) for corner in product(*(bounds_of(part) for part in parts))]
    corners = [value, *(one for one in found if one is not None)]
    return Span(value, min(corners), max(corners))


def judge(claim: Claim, found: Span) -> Verdict:
    """Hold a stated figure against a recomputed one (see the module)."""
    if claim.qualifier in ("at_least", "more_than", "at_most", "less_than"):
        return _judge_bound(claim, found)
    stated, step = claim.value, claim.step
    if abs(found.value - stated) <= step / 2:
        return "match"
    if is_exact(claim) and found.is_whole:
        return "mismatch"
    distance = max(Decimal(0), found.low - stated, stated - found.high)
    return "rounding" if distance <= step else "mismatch"


def _judge_bound(claim: Claim, found: Span) -> Verdict:
    """Judge 「13%以上減少」: the bound is one of size, so a decrease counts by its amount."""
    sign = -1 if claim.value < 0 else 1
    size, limit = sign * found.value, sign * claim.value
    low, high = sorted((sign * found.low, sign * found.high))
    at_limit = claim.qualifier in ("at_least", "at_most")
    if claim.qualifier in ("at_least", "more_than"):
        holds = size > limit or (at_limit and size == limit)
        possible = high >= limit
    else:
        holds = size < limit or (at_limit and size == limit)
        possible = low <= limit
    return "match" if holds else "rounding" if possible else "mismatch"
