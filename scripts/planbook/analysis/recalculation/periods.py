"""Rules on periods: the same one given twice, and one against the plan before it or above it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planbook.analysis.recalculation.causes import cause_of, differing
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.days import days_of
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements, plan_place
from planbook.analysis.recalculation.words import listed, period_words, says, when
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.schemas.plan_file import PlanPeriod

#: Subjects of claims.csv with a meaning to these rules.
PLAN_PERIOD, PREDECESSOR, UPPER = "plan-period", "predecessor-period", "upper-period"


@rule(
    "R09",
    plain("同じ期間の書かれ方"),
    plain(
        "同じ期間が二か所以上に書かれていれば、始めと終わりが同じかを比べます。この計画の期間は、plan.yml に入力した計画期間とも比べます。"
    ),
)
def check_same_periods(statements: Statements) -> Iterator[Check]:
    """Compare the places that give one period, and the plan's own with plan.yml."""
    for subject, claims in statements.by_subject("period").items():
        own = statements.file.period if subject == PLAN_PERIOD else None
        if len(claims) + (own is not None) < 2:
            continue
        yield _same(claims, own)


def _same(claims: list[Claim], own: PlanPeriod | None) -> Check:
    places = tuple(claim.place for claim in claims)
    periods = [_days(claim) for claim in claims]
    if own is not None:
        periods.append(_bounds(own))
        places += (plan_place(own),)
    claim = says(*(place.as_written for place in places))
    known = [period for period in periods if period is not None]
    if len(known) < len(periods):
        outcome = Outcome(
            "undecidable", message("始めか終わりの日付がない期間があります。"), nature="unwritten"
        )
    elif len(set(known)) == 1:
        shown = message("{count}か所とも{period}です。", count=len(known), period=period_words(known[0]))
        outcome = Outcome("match", shown)
    else:
        shown = message(
            "期間が同じではありません：{periods}",
            periods=listed(period_words(period) for period in dict.fromkeys(known)),
        )
        reading = message("どれかの誤記か、入力の誤りとみられます。原資料で確かめてください。")
        outcome = differing(shown, reading, "slip", cause_of(*claims))
    return outcome.of("R09", claims[0].subject, claim, places)


@rule(
    "R10",
    plain("前後の計画の期間"),
    plain(
        "前の計画の期間が書かれていれば、その終わりの翌日がこの計画の始めかを、上位の計画の期間が書かれていれば、この計画の期間がその中に"
        "収まるかを確かめます。"
    ),
)
def check_succession(statements: Statements) -> Iterator[Check]:
    """Hold the predecessor's end against the plan's start, and the plan against the period above it."""
    period = statements.file.period
    for claim in statements.of_kind("period"):
        if claim.subject in (PREDECESSOR, UPPER):
            places = (claim.place, plan_place(period))
            outcome = _fits(claim, _bounds(period))
            yield outcome.of("R10", claim.claim_id, says(claim.as_written, period.as_written), places)


def _fits(claim: Claim, own: tuple[date, date]) -> Outcome:
    other = _days(claim)
    if other is None:
        return Outcome("undecidable", message("始めか終わりの日付が入力されていません。"), nature="unwritten")
    return _succession(other, own) if claim.subject == PREDECESSOR else _inside(other, own)


def _succession(before: tuple[date, date], own: tuple[date, date]) -> Outcome:
    shown = message(
        "前の計画は{end}まで、この計画は{start}からです。", end=_day(before[1]), start=_day(own[0])
    )
    days = (own[0] - before[1]).days - 1
    if days == 0:
        return Outcome("match", shown, message("切れ目も重なりもありません。"))
    if days > 0:
        reading = message(
            "あいだに{days}日の空きがあります。その間がどの計画によるかは、この資料からは分かりません。",
            days=days,
        )
    else:
        reading = message(
            "{days}日重なっています。重なる間をどちらの計画で評価するかは、この資料からは分かりません。",
            days=-days,
        )
    return Outcome("mismatch", shown, reading, "unwritten", "source")


def _inside(above: tuple[date, date], own: tuple[date, date]) -> Outcome:
    shown = message(
        "上位の計画は{above}、この計画は{own}です。", above=period_words(above), own=period_words(own)
    )
    if above[0] <= own[0] and own[1] <= above[1]:
        return Outcome("match", shown, message("この計画の期間は、上位の計画の期間に収まっています。"))
    reading = message("上位の計画の期間の外の年があります。どの計画を上位とするかを書き添えると分かります。")
    return Outcome("mismatch", shown, reading, "unwritten", "source")


def _bounds(period: PlanPeriod) -> tuple[date, date]:
    return date(period.start_fiscal_year, 4, 1), date(period.end_fiscal_year + 1, 3, 31)


def _days(claim: Claim) -> tuple[date, date] | None:
    start, end = days_of(claim.period_start), days_of(claim.period_end)
    return (start[0], end[1]) if start and end else None


def _day(day: date) -> Message:
    return when(day.isoformat())
