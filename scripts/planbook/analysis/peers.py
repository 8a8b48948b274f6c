"""Municipalities under similar conditions: a stated rule that puts nobody before anybody.

The rule looks at what a municipality cannot choose in a year: its kind, its size, the age of its people. It is
symmetric: whoever has a peer is that peer's peer. It is not the 類似団体 of the Ministry of Internal Affairs and
Communications, which are made for finances and go by population and industries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from planbook.vocabulary.codes import MunicipalityKind
from planbook.vocabulary.rounding import round_half_up

#: Where a value stands among those of the peers; ``same``: all of them are equal, and it is too.
Position = Literal["inside", "below_half", "above_half", "below_all", "above_all", "same"]


@dataclass(frozen=True)
class PeerRule:
    """When two municipalities are peers.

    Parameters
    ----------
    largest_ratio : the larger population is at most this many times the smaller one.
    share_points : the shares of those aged 65 and over differ by at most this, in percentage points.
    fewest : with fewer peers no spread is given; the conditions are never widened to find more.
    """

    largest_ratio: Fraction = Fraction(4, 3)
    share_points: Fraction = Fraction(3)
    fewest: int = 10

    def persons_from_to(self, persons: int) -> tuple[int, int]:
        """Return the smallest and the largest population that a peer of `persons` may have."""
        return ceil(persons / self.largest_ratio), floor(persons * self.largest_ratio)


@dataclass(frozen=True)
class Conditions:
    """What the rule looks at.

    Parameters
    ----------
    code, kind : of the municipality.
    persons : its population, those of unknown age included.
    old, known_age : persons aged 65 and over, and persons whose age is known.
    """

    code: str
    kind: MunicipalityKind
    persons: int
    old: int
    known_age: int

    @property
    def old_share(self) -> Fraction | None:
        """Share of those aged 65 and over among those of known age, in per cent; None where nobody is."""
        return Fraction(self.old * 100, self.known_age) if self.known_age else None


@dataclass(frozen=True)
class Spread:
    """How the values of the peers lie.

    Parameters
    ----------
    n : how many values.
    least, low, middle, high, most : minimum, first quartile, median, third quartile, maximum; unrounded.
    """

    n: int
    least: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    most: Decimal


def are_peers(one: Conditions, other: Conditions, rule: PeerRule) -> bool:
    """Tell whether two municipalities are peers; nobody is their own, and where nobody lives there are none."""
    if one.code == other.code or one.kind != other.kind:
        return False
    smaller, larger = sorted((one.persons, other.persons))
    if smaller == 0 or larger > rule.largest_ratio * smaller:
        return False
    shares = one.old_share, other.old_share
    return None not in shares and abs(shares[0] - shares[1]) <= rule.share_points


def find_peers(
    own: Conditions, everyone: Iterable[Conditions], rule: PeerRule, left_out: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the codes of the peers of `own`, in the order of `everyone`.

    Parameters
    ----------
    own : the municipality.
    everyone : all municipalities, `own` among them or not.
    rule : the conditions.
    left_out : codes that are nobody's peers and have none, whatever their conditions.
    """
    if own.code in left_out:
        return ()
    return tuple(
        other.code for other in everyone if other.code not in left_out and are_peers(own, other, rule)
    )


def spread_of(values: Sequence[Decimal]) -> Spread | None:
    """Return minimum, quartiles and maximum; None without values.

    Quartiles are interpolated linearly between the two nearest values (NumPy's default, type 7 of Hyndman and Fan).

    Examples
    --------
    >>> spread_of([Decimal(4), Decimal(1), Decimal(3), Decimal(2)]).low
    Decimal('1.75')
    """
    if not values:
        return None
    ordered = sorted(values)
    low, middle, high = (_quantile(ordered, quarters) for quarters in (1, 2, 3))
    return Spread(len(ordered), ordered[0], low, middle, high, ordered[-1])


def _quantile(ordered: Sequence[Decimal], quarters: int) -> Decimal:
    at, part = divmod((len(ordered) - 1) * quarters, 4)
    if part == 0:
        return ordered[at]
    return ordered[at] + (ordered[at + 1] - ordered[at]) * part / 4


def place_among(value: Decimal, spread: Spread, decimals: int = 1) -> Position:
    """Tell where a value stands among the peers' values.

    Parameters
    ----------
    value, spread : unrounded.
    decimals : both are compared as they print, so that no sentence contradicts its own figures.
    """
    own, least, low, high, most = (
        round_half_up(item, decimals) for item in (value, spread.least, spread.low, spread.high, spread.most)
    )
    if own == least == most:
        return "same"
    if own < least:
        return "below_all"
    if own > most:
        return "above_all"
    if own < low:
        return "below_half"
    return "above_half" if own > high else "inside"
