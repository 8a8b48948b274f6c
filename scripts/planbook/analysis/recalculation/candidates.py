"""What a stated population may be: the census, the register, or a census carried forward, each at its date.

A census and the resident register are brought to a date by a straight line. A census carried forward by the
register's changes is the way in which municipalities make their monthly estimates 推計人口・現住人口 (census base +
births − deaths + moves since).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planbook.analysis.recalculation.days import is_day
from planbook.analysis.recalculation.official import Observed
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import Listed, figure, listed, persons, when
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message

#: A stated figure fits a way of counting within this share of it, in per cent.
TOLERANCE_PCT = Decimal("0.5")
#: The ways of counting that tables publish.
PUBLISHED = ("census", "register", "monthly_estimate")
CONCEPTS = {
    "census": plain("国勢調査"),
    "register": plain("住民基本台帳"),
    "carried": plain("国勢調査にその後の増減を加えた数"),
    "monthly_estimate": plain("推計人口・現住人口"),
}


@dataclass(frozen=True)
class Candidate:
    """One way of counting at the date of a stated figure.

    Parameters
    ----------
    concept : one of `PUBLISHED`, or carried.
    base_year : of the census that a carried figure starts from; None otherwise.
    persons : at the date, unrounded.
    words : the figure and how it was brought to the date.
    """

    concept: str
    base_year: int | None
    persons: Decimal
    words: Message

    def off_pct(self, stated: Decimal) -> Decimal:
        """How far the stated figure is from it, in per cent."""
        return (stated / self.persons - 1) * 100

    def fits(self, stated: Decimal) -> bool:
        """Tell whether the stated figure is within the tolerance."""
        return abs(self.off_pct(stated)) <= TOLERANCE_PCT


def can_be_held(claim: Claim) -> bool:
    """Tell whether a stated population is a dated number of persons that official figures can stand beside."""
    return (
        claim.basis != "projection"
        and claim.value is not None
        and claim.value > 0
        and is_day(claim.as_of)
        and claim.unit in (None, "人")
    )


def list_candidates(statements: Statements, day: date) -> list[Candidate]:
    """Return the published ways of counting that can be had at a date, in the order of `PUBLISHED`."""
    out = []
    for concept in PUBLISHED:
        found = statements.official.at(concept, day)
        if found is not None and found.persons > 0:
            words = _brought(concept, found.before, found.after, found.persons)
            out.append(Candidate(concept, None, found.persons, words))
    return out


def _brought(concept: str, before: Observed, after: Observed, value: Decimal) -> Message:
    name = message(CONCEPTS[concept])
    if before.residents != "all":
        name = message("{name}（日本人のみ）", name=name)
    if before is after:
        return message("{name}{persons}", name=name, persons=persons(value))
    return message(
        "{name}{persons}（{a}の{x}と{b}の{y}から直線で補間）",
        name=name,
        persons=persons(value),
        a=when(before.as_of.isoformat()),
        x=figure(before.persons),
        b=when(after.as_of.isoformat()),
        y=figure(after.persons),
    )


def list_carried(statements: Statements, day: date) -> list[Candidate]:
    """Carry the last two censuses before `day` forward; before its results are out, the earlier one is the base."""
    official = statements.official
    end = official.at("register", day)
    out = []
    for census in reversed([one for one in official.observed("census") if one.as_of < day][-2:]):
        start = official.at("register", census.as_of)
        if end is None or start is None or start.before.residents != end.before.residents:
            continue
        value = census.persons + end.persons - start.persons
        if value > 0:
            words = message(
                "{year}年の国勢調査{census}に、その後の住民基本台帳の増減{change}を加えた{value}",
                year=census.as_of.year,
                census=persons(census.persons),
                change=persons(end.persons - start.persons, sign=True),
                value=persons(value),
            )
            out.append(Candidate("carried", census.as_of.year, value, words))
    return out


def list_fitting(statements: Statements, claim: Claim) -> list[Candidate]:
    """Return every way of counting that a stated population fits, or the one that it states.

    A carried census is asked only where no published figure fits: soon after a census it equals that census.
    """
    if claim.basis in PUBLISHED:
        return [Candidate(claim.basis, None, claim.value, message(CONCEPTS[claim.basis]))]
    day = date.fromisoformat(claim.as_of)
    for candidates in (list_candidates, list_carried):
        fits = [one for one in candidates(statements, day) if one.fits(claim.value)]
        if fits:
            return fits
    return []


def base_years(carried: Iterable[Candidate]) -> Listed:
    """Return the years of the censuses that carried figures start from."""
    return listed(one.base_year for one in carried)


def concept_names(candidates: Iterable[Candidate]) -> Message:
    """Return the names of ways of counting with 「とも」 between them."""
    first, *rest = (message(CONCEPTS[one.concept]) for one in candidates)
    joined = first
    for name in rest:
        joined = message("{first}とも{second}", first=joined, second=name)
    return joined
