"""The rule on years in two calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planbook.analysis.recalculation.causes import cause_of, differing
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.reading_again import entered_otherwise, unreadable
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import says
from planbook.vocabulary.calendar_jp import era_of, parse_year
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.characters import fold
from planbook.vocabulary.eras import ERA_LETTERS, ERA_OFFSETS
from planbook.vocabulary.errors import InputError, Message, message

_ERA_YEAR = re.compile(r"(?P<era>令和|平成|昭和|大正|[RHSTrhst])\.?(?P<n>元|[0-9]{1,3})")


@rule(
    "R07",
    plain("西暦と元号の併記"),
    plain(
        "西暦と元号が並べて書かれた年を、大正 1911＋n、昭和 1925＋n、平成 1988＋n、令和 2018＋n で計算しなおします。"
        "改元の前に書かれた「平成57年」のような年も、そのまま数えます（1988＋57＝2045年）。"
    ),
)
def check_era_pairs(statements: Statements) -> Iterator[Check]:
    """Recompute the western year of every pair of calendars."""
    for claim in statements.of_kind("era_pair"):
        outcome = _era_outcome(claim)
        yield outcome.of("R07", claim.claim_id, says(claim.as_written), (claim.place,))


def _era_outcome(claim: Claim) -> Outcome:
    try:
        year = parse_year(claim.as_written)
    except InputError:
        return unreadable()
    era = _ERA_YEAR.search(fold(year.era_year or "").text)
    if era is None:
        return Outcome("undecidable", message("元号の年が並べて書かれていません。"), nature="unwritten")
    name = ERA_LETTERS.get(era["era"].upper(), era["era"])
    number = 1 if era["n"] == "元" else int(era["n"])
    computed = ERA_OFFSETS[name] + number
    shown = message(
        "{era}{number}年 ＝ {offset} ＋ {number} ＝ {year}年",
        era=name,
        number=number,
        offset=ERA_OFFSETS[name],
        year=computed,
    )
    if not year.consistent:
        return differing(shown, _two_years(year.year, computed), "slip", cause_of(claim))
    if claim.value is not None and claim.value != computed:
        return entered_otherwise(shown, str(claim.value))
    return Outcome("match", shown, _rollover(name, computed))


def _two_years(western: int, computed: int) -> Message:
    era, number = era_of(western)
    return message(
        "西暦{western}年が正しければ{era}{number}年、元号が正しければ西暦{computed}年です。どちらかの誤記とみられます。",
        western=western,
        era=era,
        number=number,
        computed=computed,
    )


def _rollover(name: str, year: int) -> Message | None:
    era, number = era_of(year)
    if era == name:
        return None
    return message("改元の前の元号で書かれた年で、{era}{number}年にあたります。", era=era, number=number)
