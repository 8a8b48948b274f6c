"""Rules on lengths of time: 「N年間」 against the dates or the period it is said of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from planbook.analysis.population import years_between
from planbook.analysis.recalculation.causes import cause_of, differing
from planbook.analysis.recalculation.checks import Check, Outcome, missing
from planbook.analysis.recalculation.days import days_of
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import figure, percent, quote, says, sentences, when
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.rounding import round_half_up


@rule(
    "R05",
    plain("年数"),
    plain(
        "「N年間」を、もとになる期間か前後の時点から数えなおします。年度の期間は「終わりの年度 − 始めの年度 ＋ 1」、"
        "二つの時点は経過した年数です。四捨五入して同じ年数なら一致、1年に満たない違いは丸め差、それを超えれば不一致とします。"
        "増減率が同じ二つの時点について書かれていれば、書かれた年数に換算した率も示します（複利と直線の二通り）。"
    ),
)
def check_durations(statements: Statements) -> Iterator[Check]:
    """Count 「N年間」 again, from a period or from two dated claims."""
    for claim in statements.of_kind("duration"):
        parts = statements.parts(claim)
        outcome = _count(statements, claim, parts)
        places = (claim.place, *(part.place for part in parts))
        yield outcome.of("R05", claim.claim_id, says(*(one.as_written for one in (*parts, claim))), places)


def _count(statements: Statements, claim: Claim, parts: list[Claim]) -> Outcome:
    if claim.value is None:
        return missing(message("値が数として入力されていないため、数えられません。"))
    ends = _ends(parts) if len(parts) == len(claim.follows_from or ()) else None
    if ends is None:
        return missing(
            message("始まりと終わりがこの資料には書かれていないため、数えなおせません。"),
            message("始まりの年（年度）が書かれていれば、終わりの年まで確かめられます。"),
        )
    first, behind, shown = ends
    if behind <= first:
        return missing(message("後の時点が前の時点より後ではないため、年数を数えられません。"))
    years = years_between(first, behind)
    words = shown(years)
    if round_half_up(years) == claim.value:
        return Outcome("match", words)
    if abs(years - claim.value) < 1:
        return Outcome("rounding", words, message("1年に満たない違いです。端数の扱いによる差とみられます。"))
    reading = sentences(_mend(claim, years), _equivalent(statements, claim, years))
    return differing(words, reading, "slip", cause_of(claim))


def _mend(claim: Claim, years: Decimal) -> Message:
    if years != years.to_integral_value():
        return message(
            "書かれた時点のあいだは{years}年です。{words}は誤記とみられます。時点か年数を確かめてください。",
            years=figure(years, 1),
            words=quote(claim.as_written),
        )
    counted = figure(years)
    return message(
        "{words}は{proposed}の誤記とみられます。{years}年と読めば、この資料に書かれた時点と合います。",
        words=quote(claim.as_written),
        proposed=_proposed(claim, counted),
        years=counted,
    )


def _proposed(claim: Claim, counted: str) -> Message:
    stated = figure(claim.value)
    if claim.reading is not None:
        return quote(claim.reading)
    if stated in claim.as_written:
        return quote(claim.as_written.replace(stated, counted, 1))
    return message("「{years}年」", years=counted)


def _ends(parts: list[Claim]):
    """Return the first day, the day behind the last, and the words of the count; None without both ends."""
    if len(parts) == 1:
        return _ends_of_period(parts[0])
    if len(parts) != 2:
        return None
    days = [days_of(part.as_of) for part in parts]
    if None in days:
        return None
    before, after = (day[0] for day in days)

    def shown(years: Decimal) -> Message:
        return message(
            "{start}から{end}まで ＝ {years}年",
            start=when(parts[0].as_of),
            end=when(parts[1].as_of),
            years=_years(years),
        )

    return before, after, shown


def _ends_of_period(period: Claim):
    start, end = days_of(period.period_start), days_of(period.period_end)
    if start is None or end is None:
        return None
    first, last = start[0], end[1]
    behind = last + timedelta(days=1)
    fiscal = (first.month, first.day, behind.month, behind.day) == (4, 1, 4, 1)

    def shown(years: Decimal) -> Message:
        if fiscal:
            return message(
                "{end}年度 − {start}年度 ＋ 1 ＝ {years}年",
                end=behind.year - 1,
                start=first.year,
                years=_years(years),
            )
        return message(
            "{start}から{end}まで ＝ {years}年",
            start=when(period.period_start),
            end=when(period.period_end),
            years=_years(years),
        )

    return first, behind, shown


def _years(years: Decimal) -> str:
    return figure(years, 0 if years == years.to_integral_value() else 2)


def _equivalent(statements: Statements, claim: Claim, years: Decimal) -> Message | None:
    """Return what the change over the counted years comes to over the stated ones; None where they agree.

    Compound: (1 + p)^(N/n) − 1; linear: p × N/n, with p over n counted years and N stated ones.
    """
    if len(claim.follows_from or ()) != 2 or abs(years - claim.value) < 1:
        return None
    change = next((c for c in statements.of_kind("change_pct") if c.follows_from == claim.follows_from), None)
    before, after = (part.value for part in statements.parts(claim))
    if change is None or before is None or after is None or before <= 0 or after <= 0:
        return None
    share = after / before
    exponent = claim.value / years
    compound = (((share.ln() * exponent).exp()) - 1) * 100
    linear = (share - 1) * 100 * exponent
    return message(
        "{years}年間の増減率{change}を{stated}年あたりに換算すると、複利で{compound}、直線で{linear}です。",
        years=_years(years),
        change=percent((share - 1) * 100),
        stated=figure(claim.value),
        compound=percent(compound, 1),
        linear=percent(linear, 1),
    )
