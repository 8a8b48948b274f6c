"""The rule on two populations that a change compares: whether they share a way of counting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planbook.analysis.recalculation.candidates import (
    PUBLISHED,
    Candidate,
    base_years,
    can_be_held,
    concept_names,
    list_fitting,
)
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import bracketed, figure, percent, quote, says, sentences, when
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message

_COMPARED = ("change_pct", "difference", "ratio")


@rule(
    "R29",
    plain("比べた二つの人口の種類"),
    plain(
        "増減などで比べた二つの人口が、同じ種類（国勢調査どうし、住民基本台帳どうし）かを確かめます。種類が書かれていない数は0.5%以内で合う種類のすべてを見て、"
        "一つでも共通すれば同じとみます。違えば、率の計算は合っていても、数え方の違いが増減に混じるので、"
        "検算不能（数え方の違い、誤りではない）とし、手元の国勢調査で計算した率を添えます。"
    ),
)
def check_compared_populations(statements: Statements) -> Iterator[Check]:
    """Tell whether the two populations that one claim compares are counted alike."""
    for claim in statements.of_kind(*_COMPARED):
        parts = statements.parts(claim)
        if len(parts) != 2 or not all(part.kind == "population" and can_be_held(part) for part in parts):
            continue
        outcome = _compared(statements, claim, parts)
        places = (claim.place, *(part.place for part in parts))
        yield outcome.of("R29", claim.claim_id, says(*(p.as_written for p in (*parts, claim))), places)


def _compared(statements: Statements, claim: Claim, parts: list[Claim]) -> Outcome:
    fits = [list_fitting(statements, part) for part in parts]
    shown = message(
        "{first}。{second}。", first=_fit_words(parts[0], fits[0]), second=_fit_words(parts[1], fits[1])
    )
    first, second = ({(one.concept, one.base_year) for one in each} for each in fits)
    if first & second:
        return Outcome("match", shown, message("二つの数は同じ種類とみられます。"))
    reading = sentences(
        message(
            "二つの数の種類が同じかどうかを確かめられません。増減に数え方の違いが混じっているかもしれません。誤りではありません。"
        ),
        _on_census(statements, parts),
    )
    return Outcome("undecidable", shown, reading, "concept")


def _fit_words(part: Claim, fits: list[Candidate]) -> Message:
    words = quote(part.as_written)
    if not fits:
        return message("{words}は、手元のどの統計とも0.5%を超えて違う", words=words)
    if fits[0].concept == "carried":
        return message(
            "{words}は、{year}年の国勢調査にその後の増減を加えた数と合う", words=words, year=base_years(fits)
        )
    names = concept_names(fits)
    if part.basis in PUBLISHED:
        return message("{words}は、{name}と書かれている", words=words, name=names)
    if len(fits) == 1:
        return message("{words}は、{name}と合う", words=words, name=names)
    return message("{words}は、{names}とも合う", words=words, names=names)


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
