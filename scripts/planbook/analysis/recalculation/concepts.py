"""Rules on stated populations: which way of counting a figure fits, and whether two compared figures share one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planbook.analysis.recalculation.candidates import (
    CONCEPTS,
    PUBLISHED,
    Candidate,
    fitting,
    list_candidates,
    list_carried,
)
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.days import is_day
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import (
    bracketed,
    figure,
    listed,
    percent,
    persons,
    quote,
    says,
    sentences,
    when,
)
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message

_COMPARED = ("change_pct", "difference", "ratio")


def _can_be_held(claim: Claim) -> bool:
    return (
        claim.basis != "projection"
        and claim.value is not None
        and claim.value > 0
        and is_day(claim.as_of)
        and claim.unit in (None, "人")
    )


@rule(
    "R28",
    plain("人口の種類"),
    plain(
        "日付のある人口を、国勢調査と住民基本台帳（前後の時点から直線で補間）、国勢調査にその後の住民基本台帳の増減を加えた数と比べ、0.5%以内で合うものを示します。"
        "種類が書かれた数は、その種類とだけ比べます。国勢調査とも住民基本台帳とも合わない数は、数え方が違うとみられるもので、誤りとはしません。"
    ),
)
def check_stated_populations(statements: Statements) -> Iterator[Check]:
    """Tell which way of counting a stated, dated population fits."""
    for claim in statements.of_kind("population"):
        if claim.basis == "projection" or not is_day(claim.as_of):
            continue
        outcome = (
            _held(statements, claim)
            if _can_be_held(claim)
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
        return Outcome(
            "undecidable",
            message("{day}に比べられる統計が手元にありません。", day=when(claim.as_of)),
            nature="concept",
        )
    shown = message("{day}：{parts}", day=when(claim.as_of), parts=listed(_off(c, claim) for c in found))
    if claim.basis in PUBLISHED:
        return _stated_basis(statements, claim, found[0], shown)
    fit = next((one for one in found if one.fits(claim.value)), None)
    if fit is None:
        reading = message("どの数とも0.5%を超えて違います。数え方が書かれていれば、比べられます。")
        return Outcome("undecidable", shown, sentences(_nearest(statements, claim, day), reading), "concept")
    if fit.concept == "carried":
        reading = message(
            "国勢調査とも住民基本台帳とも0.5%を超えて違い、{year}年の国勢調査にその後の増減を加えた数と合います。推計人口（現住人口）とみられ、数え方の違いで、誤りではありません。",
            year=fit.base_year,
        )
        return Outcome("undecidable", shown, sentences(_nearest(statements, claim, day), reading), "concept")
    reading = message(
        "人口の種類は書かれていませんが、{name}と合います。", name=message(CONCEPTS[fit.concept])
    )
    return Outcome("match", shown, reading)


def _off(candidate: Candidate, claim: Claim) -> Message:
    return message("{words}に対して{pct}", words=candidate.words, pct=percent(candidate.off_pct(claim.value)))


def _stated_basis(statements: Statements, claim: Claim, one: Candidate, shown: Message) -> Outcome:
    found = statements.official.at(claim.basis, date.fromisoformat(claim.as_of))
    exact = found is not None and found.before is found.after
    close = abs(claim.value - one.persons) <= claim.step / 2 if exact else one.fits(claim.value)
    if close:
        return Outcome("match", shown)
    reading = message(
        "書かれた種類の公表値と違います。数の誤記か、種類や時点の違いかを、原資料で確かめてください。"
    )
    return Outcome("mismatch", shown, reading, "slip" if exact else "concept", "source" if exact else None)


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


@rule(
    "R29",
    plain("比べた二つの人口の種類"),
    plain(
        "増減などで比べた二つの人口が、同じ種類（国勢調査どうし、住民基本台帳どうし）かを確かめます。違えば、率の計算は合っていても、数え方の違いが増減に混じるので、"
        "検算不能（数え方の違い、誤りではない）とし、手元の国勢調査で計算した率を添えます。"
    ),
)
def check_compared_populations(statements: Statements) -> Iterator[Check]:
    """Tell whether the two populations that one claim compares are counted alike."""
    for claim in statements.of_kind(*_COMPARED):
        parts = statements.parts(claim)
        if len(parts) != 2 or not all(part.kind == "population" and _can_be_held(part) for part in parts):
            continue
        outcome = _compared(statements, claim, parts)
        places = (claim.place, *(part.place for part in parts))
        yield outcome.of("R29", claim.claim_id, says(*(p.as_written for p in (*parts, claim))), places)


def _compared(statements: Statements, claim: Claim, parts: list[Claim]) -> Outcome:
    fits = [fitting(statements, part) for part in parts]
    shown = message(
        "{first}。{second}。", first=_fit_words(parts[0], fits[0]), second=_fit_words(parts[1], fits[1])
    )
    names = {(fit.concept, fit.base_year) if fit else None for fit in fits}
    if None not in names and len(names) == 1:
        return Outcome("match", shown, message("二つの数は同じ種類とみられます。"))
    reading = sentences(
        message(
            "二つの数の種類が同じとは確かめられず、増減に数え方の違いが混じっているとみられます。誤りではありません。"
        ),
        _on_census(statements, parts),
    )
    return Outcome("undecidable", shown, reading, "concept")


def _fit_words(part: Claim, fit: Candidate | None) -> Message:
    if fit is None:
        return message("{words}は、手元のどの統計とも0.5%を超えて違う", words=quote(part.as_written))
    if fit.concept == "carried":
        return message(
            "{words}は、{year}年の国勢調査にその後の増減を加えた数と合う",
            words=quote(part.as_written),
            year=fit.base_year,
        )
    return message(
        "{words}は、{name}と合う", words=quote(part.as_written), name=message(CONCEPTS[fit.concept])
    )


def _on_census(statements: Statements, parts: list[Claim]) -> Message | None:
    """Return the change between the censuses nearest to both dates; None where they are not two."""
    census = statements.official.observed("census")
    days = [date.fromisoformat(part.as_of) for part in parts]
    near = [min(census, key=lambda one, at=day: abs((one.as_of - at).days), default=None) for day in days]
    if None in near or near[0] is near[1] or near[0].persons <= 0:
        return None
    a, b = near
    return message(
        "国勢調査どうし（{x}と{y}）では、（{after} − {before}）÷ {base} ＝ {pct}です。",
        x=when(a.as_of.isoformat()),
        y=when(b.as_of.isoformat()),
        after=figure(b.persons),
        before=bracketed(a.persons),
        base=figure(a.persons),
        pct=percent((b.persons / a.persons - 1) * 100),
    )
