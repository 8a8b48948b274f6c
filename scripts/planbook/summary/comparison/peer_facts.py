"""The municipalities of a comparison among all others of Japan that live under similar conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

from planbook.analysis.peers import (
    Conditions,
    PeerRule,
    Position,
    Spread,
    find_peers,
    place_among,
    spread_of,
)
from planbook.load.plan import Plan
from planbook.load.reference import Reference
from planbook.summary.comparison.comparison_facts import Comparison
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.codes import MunicipalityKind, municipality_kind
from planbook.vocabulary.numbers import Number, change_pct, number
from planbook.vocabulary.schemas import PeerFigureRow

#: ``counted``: from census to census; ``projected``: from the base of the projection to its last year.
Measure = Literal["counted", "projected"]
#: ``not_listed``: not in the table; ``left_out``: an outlier, nobody's peer; ``few``: fewer peers than the rule asks.
PeersMissing = Literal["not_listed", "left_out", "few"]

#: The year that the conditions are of.
BASE_YEAR = 2020
#: First and last year of each measure.
YEARS: dict[Measure, tuple[int, int]] = {"counted": (2015, BASE_YEAR), "projected": (BASE_YEAR, 2050)}

_COUNTED = (2015, BASE_YEAR)
#: Years of the projection that the table has.
PROJECTED = (2030, 2040, 2050)
_QUANTITIES = {
    "least": plain("最小値"),
    "low": plain("下から4分の1の値"),
    "middle": plain("中央値"),
    "high": plain("上から4分の1の値"),
    "most": plain("最大値"),
}


@dataclass(frozen=True)
class PeerFigures:
    """A municipality as the table of all municipalities has it.

    Parameters
    ----------
    code, prefecture, name : as the code lists have them, in the reader's language.
    persons : by year; years without a published figure are left out.
    old_share : of those aged 65 and over among those of known age; None where nobody is.
    changes : in per cent; a measure without both years, or from nobody, is left out.
    """

    code: str
    prefecture: str
    name: str
    persons: Mapping[int, Number]
    old_share: Number | None
    changes: Mapping[Measure, Number]


@dataclass(frozen=True)
class PeerSpread:
    """The change of the peers, and where the municipality itself stands.

    Parameters
    ----------
    n : peers that have the figure.
    least, low, middle, high, most : minimum, quartiles, maximum.
    position : None where the municipality itself has no figure.
    """

    n: int
    least: Number
    low: Number
    middle: Number
    high: Number
    most: Number
    position: Position | None


@dataclass(frozen=True)
class PlacePeers:
    """One municipality of the comparison and its peers.

    Parameters
    ----------
    place : the municipality.
    own : its figures in the table of all; None where it is not listed.
    kind : 市, 町村 ….
    persons_limits, share_limits : what the rule asks of its peers; None without figures of its own.
    peers : in the order of the area codes.
    left_out : outliers whose conditions are similar, too.
    missing : why there is no spread at all; None where there are peers enough.
    spreads : a measure for which too few peers have a figure is left out.
    """

    place: PlaceFacts
    own: PeerFigures | None
    kind: MunicipalityKind
    persons_limits: tuple[Number, Number] | None
    share_limits: tuple[Number, Number] | None
    peers: tuple[PeerFigures, ...]
    left_out: tuple[PeerFigures, ...]
    missing: PeersMissing | None
    spreads: Mapping[Measure, PeerSpread]

    @property
    def changes(self) -> Mapping[Measure, Number]:
        """Its own changes."""
        return self.own.changes if self.own else {}


@dataclass(frozen=True)
class PeerComparison:
    """Every municipality of a comparison with its peers, in the order of the area codes.

    Parameters
    ----------
    outliers : how many municipalities of the country are nobody's peers.
    """

    comparison: Comparison
    rule: PeerRule
    places: tuple[PlacePeers, ...]
    outliers: int = 0

    @property
    def mutual(self) -> tuple[tuple[PlacePeers, PlacePeers], ...]:
        """Pairs of compared municipalities that are peers of one another."""
        return tuple(
            (one, other)
            for one, other in combinations(self.places, 2)
            if other.place.code in {peer.code for peer in one.peers}
        )


def gather_peers(comparison: Comparison, rule: PeerRule | None = None) -> PeerComparison:
    """Gather the peers of every municipality of `comparison`; without a rule by the defaults of `PeerRule`."""
    rule = rule or PeerRule()
    if not comparison.places:
        return PeerComparison(comparison, rule, ())
    everyone = _Everyone(comparison.places[0].plan)
    places = tuple(everyone.of(place, rule) for place in comparison.places)
    return PeerComparison(comparison, rule, places, everyone.outliers)


class _Everyone:
    """The table of all municipalities, read once for all places."""

    def __init__(self, plan: Plan):
        self._plan = plan
        reference: Reference = plan.reference
        self._rows: dict[str, PeerFigureRow] = {row.code: row for row in reference.table("peer_figures").rows}
        self._conditions = {code: _conditions(row) for code, row in self._rows.items()}
        self._outliers = {row.code for row in reference.table("outlier_municipalities").rows}

    @property
    def outliers(self) -> int:
        """How many municipalities are nobody's peers."""
        return len(self._outliers)

    def of(self, place: PlaceFacts, rule: PeerRule) -> PlacePeers:
        """Return a municipality with its peers."""
        conditions = self._conditions.get(place.code)
        own = self.figures(place.code) if conditions else None
        peers, left_out = self._peers(conditions, rule) if conditions else ((), ())
        missing = self._missing(place.code, peers, rule)
        return PlacePeers(
            place=place,
            own=own,
            kind=municipality_kind(place.code),
            persons_limits=_persons_limits(conditions, rule) if conditions else None,
            share_limits=_share_limits(conditions, rule) if conditions else None,
            peers=peers,
            left_out=left_out,
            missing=missing,
            spreads={} if missing else _spreads(place, own, peers, rule),
        )

    def _peers(
        self, own: Conditions, rule: PeerRule
    ) -> tuple[tuple[PeerFigures, ...], tuple[PeerFigures, ...]]:
        if own.code in self._outliers:
            return (), ()
        like = [self.figures(code) for code in find_peers(own, self._conditions.values(), rule)]
        return (
            tuple(item for item in like if item.code not in self._outliers),
            tuple(item for item in like if item.code in self._outliers),
        )

    def _missing(self, code: str, peers: Sequence[PeerFigures], rule: PeerRule) -> PeersMissing | None:
        if code not in self._rows:
            return "not_listed"
        if code in self._outliers:
            return "left_out"
        return "few" if len(peers) < rule.fewest else None

    def figures(self, code: str) -> PeerFigures:
        """Return the sourced figures of a municipality."""
        row, conditions, reference = self._rows[code], self._conditions[code], self._plan.reference
        persons = {
            year: number(
                getattr(row, f"census_{year}_persons"),
                as_of=f"{year}-10-01",
                concept="census",
                source=self._plan.official_source(getattr(row, f"census_{year}_source_id")),
            )
            for year in _COUNTED
        }
        for year in PROJECTED if row.ipss2023_source_id else ():
            persons[year] = number(
                getattr(row, f"ipss2023_{year}_persons"),
                as_of=f"{year}-10-01",
                concept="projection",
                source=self._plan.official_source(row.ipss2023_source_id),
            )
        changes = {
            measure: change_pct(persons[end], persons[start])
            for measure, (start, end) in YEARS.items()
            if end in persons
        }
        return PeerFigures(
            code=code,
            prefecture=reference.label("prefectures", code[:2]),
            name=reference.label("municipalities", code),
            persons=persons,
            old_share=_old_share(conditions, persons[BASE_YEAR]),
            changes={measure: change for measure, change in changes.items() if change is not None},
        )


def _conditions(row: PeerFigureRow) -> Conditions:
    return Conditions(
        code=row.code,
        kind=municipality_kind(row.code),
        persons=row.census_2020_persons,
        old=row.age_65_over_2020_persons,
        known_age=row.known_age_2020_persons,
    )


def _old_share(conditions: Conditions, persons: Number) -> Number | None:
    if conditions.old_share is None:
        return None
    return number(
        float(conditions.old_share), "percent", decimals=1, as_of=persons.as_of, source=persons.source
    )


def _persons_limits(own: Conditions, rule: PeerRule) -> tuple[Number, Number]:
    least, most = rule.persons_from_to(own.persons)
    return number(least), number(most)


def _share_limits(own: Conditions, rule: PeerRule) -> tuple[Number, Number] | None:
    if own.old_share is None:
        return None
    ends = max(own.old_share - rule.share_points, Fraction(0)), own.old_share + rule.share_points
    return tuple(number(float(end), "percent", decimals=1) for end in ends)


def _spreads(
    place: PlaceFacts, own: PeerFigures, peers: Sequence[PeerFigures], rule: PeerRule
) -> dict[Measure, PeerSpread]:
    found = {}
    for measure in YEARS:
        held = [peer for peer in peers if measure in peer.changes]
        if len(held) >= rule.fewest:
            found[measure] = _peer_spread(place, measure, held, own.changes.get(measure))
    return found


def _peer_spread(
    place: PlaceFacts, measure: Measure, peers: Sequence[PeerFigures], own: Number | None
) -> PeerSpread:
    spread: Spread = spread_of([peer.changes[measure].value for peer in peers])
    years = YEARS[measure]
    # Every peer's two figures, so that their tables stand among the sources; equal lines are printed once.
    inputs = tuple(peer.persons[year] for peer in peers for year in years)
    numbers = {
        name: number(
            getattr(spread, name),
            "percent",
            decimals=1,
            sign=True,
            formula=text(
                "{place}と条件の似た{n}市区町村の{start}〜{end}年の増減の{quantity}",
                place=place.plan.municipality.name,
                n=spread.n,
                start=years[0],
                end=years[1],
                quantity=text(words),
            ),
            inputs=inputs,
        )
        for name, words in _QUANTITIES.items()
    }
    return PeerSpread(n=spread.n, **numbers, position=None if own is None else place_among(own.value, spread))
