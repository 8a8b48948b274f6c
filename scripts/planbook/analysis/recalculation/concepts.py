"""The rule on stated populations: which way of counting a figure fits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planbook.analysis.recalculation.candidates import (
    CONCEPTS,
    PUBLISHED,
    Candidate,
    base_years,
    can_be_held,
    concept_names,
    list_candidates,
    list_carried,
)
from planbook.analysis.recalculation.causes import cause_of, differing
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.days import is_day
from planbook.analysis.recalculation.judging import is_exact
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import (
    listed,
    percent,
    persons,
    says,
    sentences,
    when,
)
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message


@rule(
    "R28",
    plain("人口の種類"),
    plain(
        "日付のある人口を、国勢調査と住民基本台帳（前後の時点から直線で補間）、国勢調査にその後の住民基本台帳の増減を加えた数と比べ、0.5%以内で合うものをすべて示します。"
        "種類が書かれた数は、その種類と比べ、同じ日の別の種類の公表値と同じ数なら、そのことを添えます。国勢調査とも住民基本台帳とも合わない数は、数え方が違うとみられるもので、誤りとはしません。"
    ),
)
def check_stated_populations(statements: Statements) -> Iterator[Check]:
    """Tell which way of counting a stated, dated population fits."""
    for claim in statements.of_kind("population"):
        if claim.basis == "projection" or not is_day(claim.as_of):
            continue
        outcome = (
            _held(statements, claim)
            if can_be_held(claim)
            else Outcome(
                "undecidable",
                message("人口が数として入力されていないため、比べられません。"),
                nature="concept",
            )
        )
        places = (claim.place, *_official_places(statements, claim))
        yield outcome.of("R28", claim.claim_id, says(claim.as_written), places)


def _held(statements: Statements, claim: Claim) -> Outcome:
    day = date.fromisoformat(claim.as_of)
    found = list_candidates(statements, day)
    if claim.basis in PUBLISHED:
        found = [one for one in found if one.concept == claim.basis]
    elif not any(one.fits(claim.value) for one in found):
        found += list_carried(statements, day)
    if not found:
        nothing = message("{day}に比べられる統計が手元にありません。", day=when(claim.as_of))
        return Outcome("undecidable", nothing, _other_kind(statements, claim), "concept")
    shown = message("{day}：{parts}", day=when(claim.as_of), parts=listed(_off(c, claim) for c in found))
    if claim.basis in PUBLISHED:
        return _stated_basis(statements, claim, found[0], shown)
    fits = [one for one in found if one.fits(claim.value)]
    if fits and fits[0].concept != "carried":
        return Outcome("match", shown, _fitting_words(fits))
    if fits:
        reading = message(
            "国勢調査とも住民基本台帳とも0.5%を超えて違い、{year}年の国勢調査にその後の増減を加えた数と合います。推計人口（現住人口）とみられ、数え方の違いで、誤りではありません。",
            year=base_years(fits),
        )
    else:
        reading = message("どの数とも0.5%を超えて違います。数え方が書かれていれば、比べられます。")
    return Outcome("undecidable", shown, sentences(_nearest(statements, claim, day), reading), "concept")


def _fitting_words(fits: list[Candidate]) -> Message:
    if len(fits) == 1:
        return message("人口の種類は書かれていませんが、{name}と合います。", name=concept_names(fits))
    return message(
        "人口の種類は書かれていません。{names}とも合い、どちらかは、この資料からは決まりません。",
        names=concept_names(fits),
    )


def _off(candidate: Candidate, claim: Claim) -> Message:
    return message("{words}に対して{pct}", words=candidate.words, pct=percent(candidate.off_pct(claim.value)))


def _stated_basis(statements: Statements, claim: Claim, one: Candidate, shown: Message) -> Outcome:
    found = statements.official.at(claim.basis, date.fromisoformat(claim.as_of))
    exact = found is not None and found.before is found.after
    close = abs(claim.value - one.persons) <= claim.step / 2 if exact else one.fits(claim.value)
    other = _other_kind(statements, claim)
    if close and (exact or other is None):
        return Outcome("match", shown)
    if close:
        return Outcome("undecidable", shown, other, "concept")
    reading = sentences(
        other,
        message(
            "書かれた種類の公表値と違います。数の誤記か、種類や時点の違いかを、原資料で確かめてください。"
        ),
    )
    if exact:
        return differing(shown, reading, "slip", cause_of(claim))
    return Outcome("mismatch", shown, reading, "concept")


def _other_kind(statements: Statements, claim: Claim) -> Message | None:
    """Say which way of counting, other than the stated one, published just this figure on that day; None if none."""
    if claim.basis not in PUBLISHED or not is_exact(claim):
        return None
    day = date.fromisoformat(claim.as_of)
    for concept in PUBLISHED:
        found = statements.official.at(concept, day)
        published = found is not None and found.before is found.after and found.persons == claim.value
        if published and concept != claim.basis:
            return message(
                "この数は、同じ日の{name}の公表値{persons}と同じです。種類の書き誤りかもしれません。",
                name=message(CONCEPTS[concept]),
                persons=persons(found.persons),
            )
    return None


def _nearest(statements: Statements, claim: Claim, day: date) -> Message | None:
    """Hold the figure against the nearest published date of census and register, without any line between dates."""
    parts = []
    for concept in ("census", "register"):
        seen = statements.official.observed(concept)
        if seen:
            near = min(seen, key=lambda one: abs((one.as_of - day).days))
            parts.append(
                message(
                    "{day}の{name}{persons}との差は{gap}",
                    day=when(near.as_of.isoformat()),
                    name=message(CONCEPTS[concept]),
                    persons=persons(near.persons),
                    gap=persons(claim.value - near.persons, sign=True),
                )
            )
    return message("公表値では、{parts}です。", parts=listed(parts)) if parts else None


def _official_places(statements: Statements, claim: Claim):
    day = date.fromisoformat(claim.as_of)
    for concept in PUBLISHED:
        found = statements.official.at(concept, day)
        if found is not None:
            yield from (one.place for one in dict.fromkeys((found.before, found.after)))
