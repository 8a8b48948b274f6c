"""Rules on stated projections: a number, a change in per cent, and a date of publication, against their editions."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.analysis.recalculation.causes import cause_of, differing
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.editions import is_later, listed_gaps, set_beside
from planbook.analysis.recalculation.judging import Span, judge
from planbook.analysis.recalculation.official import EditionInfo
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import (
    edition_words,
    figure,
    percent,
    persons,
    says,
    sentences,
    when,
)
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message


def _year_of(iso: str | None) -> int | None:
    return int(iso[:4]) if iso and iso[:4].isdigit() else None


@rule(
    "R30",
    plain("書かれた将来推計"),
    plain(
        "書かれた将来推計の人口を、よった版が書かれていればその版の、なければ手元のすべての版の、同じ年の値と比べます。「約」は丸めの幅で比べます。"
        "計画より後に公表された版しか手元になければ、後から分かったこととして差だけを示します。"
    ),
)
def check_stated_projections(statements: Statements) -> Iterator[Check]:
    """Hold a stated projection against the edition it names, else against every edition at hand."""
    for claim in statements.of_kind("population"):
        year = _year_of(claim.as_of)
        if claim.basis != "projection" or year is None or claim.value is None:
            continue
        named = statements.official.edition(claim.edition) if claim.edition else None
        outcome = _of_named(statements, claim, named, year) if named else _of_any(statements, claim, year)
        yield outcome.of("R30", claim.claim_id, says(claim.as_written), (claim.place,))


def _of_named(statements: Statements, claim: Claim, edition: EditionInfo, year: int) -> Outcome:
    found = statements.official.projected(edition.edition, year)
    if found is None:
        return _not_at_hand(edition, str(year))
    verdict = judge(claim, Span(found.persons, found.persons, found.persons))
    shown = set_beside(claim.value, edition, year, found)
    if verdict in ("match", "rounding"):
        return Outcome(verdict, shown)
    reading = message(
        "書かれた版の公表値と違います。数か版の誤記か、別の推計かを、原資料で確かめてください。"
    )
    return differing(shown, reading, "slip", cause_of(claim))


def _of_any(statements: Statements, claim: Claim, year: int) -> Outcome:
    at_hand = [
        (edition, statements.official.projected(edition.edition, year))
        for edition in statements.official.reaching(year)
    ]
    if not at_hand:
        return Outcome(
            "undecidable",
            message("推計した機関と版が書かれておらず、{year}年の推計も手元にありません。", year=year),
            nature="unwritten",
        )
    shown = listed_gaps(claim.value, at_hand, year)
    earlier = [item for item in at_hand if not is_later(statements, item[0])]
    for edition, found in earlier:
        if judge(claim, Span(found.persons, found.persons, found.persons)) == "match":
            reading = message("{edition}によるとみられます。", edition=edition_words(edition))
            return Outcome("match", shown, reading)
    bounds = _interval(claim)
    if earlier:
        reading = message(
            "推計した機関と版が書かれていません。手元の版のどれとも合わないので、別の推計によるとみられます。"
        )
        return Outcome("undecidable", shown, sentences(bounds, reading), "unwritten")
    reading = message(
        "推計した機関と版が書かれておらず、手元の版は計画より後の公表なので、策定時の計算は確かめられません。差は後から分かったことです。"
    )
    return Outcome("undecidable", shown, sentences(bounds, reading), "hindsight")


def _interval(claim: Claim) -> Message | None:
    if claim.qualifier != "about":
        return None
    half = claim.step / 2
    return message(
        "概数の丸めの幅は、{low}から{high}までです。",
        low=persons(claim.value - half),
        high=persons(claim.value + half),
    )


def _not_at_hand(edition: EditionInfo, year: str) -> Outcome:
    return Outcome(
        "undecidable",
        message("{edition}の{year}の値は手元にありません。", edition=edition_words(edition), year=year),
        nature="unwritten",
    )


@rule(
    "R35",
    plain("版の公表日"),
    plain("将来推計の版の公表の年月が書かれていれば、手元の版の一覧にある公表の年月と比べます。"),
)
def check_publication(statements: Statements) -> Iterator[Check]:
    """Hold a stated date of publication against the list of editions."""
    for claim in statements.of_kind("date"):
        edition = statements.official.edition(claim.edition) if claim.edition else None
        if edition is None or not claim.as_of:
            continue
        if not edition.published:
            outcome = Outcome(
                "undecidable", message("この版の公表の年月は手元にありません。"), nature="unwritten"
            )
        else:
            outcome = _published(claim, edition)
        yield outcome.of("R35", claim.claim_id, says(claim.as_written), (claim.place,))


def _published(claim: Claim, edition: EditionInfo) -> Outcome:
    shown = message(
        "{edition}の公表は{date}です。", edition=edition_words(edition), date=when(edition.published)
    )
    length = min(len(claim.as_of), len(edition.published))
    if claim.as_of[:length] == edition.published[:length]:
        return Outcome("match", shown)
    reading = message("公表の年月の誤記か、別の版のこととみられます。")
    return differing(shown, reading, "slip", cause_of(claim))


@rule(
    "R32",
    plain("推計の増減率"),
    plain(
        "よった版が書かれた将来推計の増減率を、その版の始めの年と終わりの年の総数から（後 − 前）÷ 前 × 100 で計算しなおします。"
        "許す幅は増減率の検算と同じです。"
    ),
)
def check_projected_changes(statements: Statements) -> Iterator[Check]:
    """Recompute a change in per cent between two years of a named edition."""
    for claim in statements.of_kind("change_pct"):
        edition = statements.official.edition(claim.edition) if claim.edition else None
        if claim.edition is None or claim.value is None:
            continue
        outcome = (
            _projected_change(statements, claim, edition)
            if edition
            else Outcome("undecidable", message("この版は手元の版の一覧にありません。"), nature="unwritten")
        )
        yield outcome.of("R32", claim.claim_id, says(claim.as_written), (claim.place,))


def _projected_change(statements: Statements, claim: Claim, edition: EditionInfo) -> Outcome:
    start, end = _year_of(claim.period_start), _year_of(claim.period_end)
    if start is None or end is None:
        return Outcome("undecidable", message("始めの年か終わりの年が書かれていません。"), nature="unwritten")
    totals = statements.official.totals(edition.edition)
    if start not in totals or end not in totals:
        return _not_at_hand(edition, f"{start}–{end}")
    before, after = totals[start], totals[end]
    if before <= 0:
        return Outcome("undecidable", message("割る数が0以下なので計算できません。"), nature="concept")
    change = (after - before) / before * 100
    shown = message(
        "{edition}：（{after} − {before}）÷ {before} ＝ {pct}",
        edition=edition_words(edition),
        after=figure(after),
        before=figure(before),
        pct=percent(change, max(2, claim.decimals + 1)),
    )
    verdict = judge(claim, Span(change, change, change))
    if verdict in ("match", "rounding"):
        return Outcome(verdict, shown)
    reading = message("書かれた版の公表値からの計算と違います。率か年か版の誤記とみられます。")
    return differing(shown, reading, "slip", cause_of(claim))
