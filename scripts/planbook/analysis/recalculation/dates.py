"""The rule on dates and periods: what was entered against what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planbook.analysis.recalculation.causes import cause_of, differing
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.days import days_of
from planbook.analysis.recalculation.reading_again import entered_otherwise, unreadable
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements, plan_place
from planbook.analysis.recalculation.words import period_words, quote, says, when
from planbook.vocabulary.calendar_jp import fiscal_year_bounds, parse_date, parse_fiscal_year, parse_period
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.characters import fold
from planbook.vocabulary.errors import InputError, Message, message

_FISCAL_MONTH = re.compile(r"(?P<year>.+年度)の?(?P<month>[0-9]{1,2})月(?:補正.*)?")
_SAME_YEAR = re.compile(r"同年(?!度)(?P<rest>(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?)")
_LAST_BRACKET = re.compile(r"[(（]([^()（）]+)[)）][^()（）]*$")


@rule(
    "R08",
    plain("日付と期間の読み"),
    plain(
        "書かれた日付と期間（令和、平成、年度など）を読みなおし、入力された西暦の日付と比べます。「平成26年度3月」は、年度の始め（4月）から数えて"
        "翌年の3月です。「同年」は、同じ資料でその前に書かれた年によります。違えば、入力の誤りか原文の誤りです。"
    ),
)
def check_dates(statements: Statements) -> Iterator[Check]:
    """Read every date, period and dated edition again, and hold it against what was entered."""
    for claim in statements.of_kind("date", "period"):
        reader = _read_date if claim.kind == "date" else _read_period
        outcome = _read_outcome(claim, reader(statements, claim))
        yield outcome.of("R08", claim.claim_id, says(claim.as_written), (claim.place,))
    for index, edition in enumerate(statements.file.editions, start=1):
        found = _LAST_BRACKET.search(edition.as_written)
        if found is None or edition.date is None:
            continue
        try:
            read = _plainly(parse_date(found[1]).iso)
        except InputError:
            continue
        outcome = _compare(read, (edition.date,), None)
        yield outcome.of("R08", f"edition-{index}", says(edition.as_written), (plan_place(edition),))


@dataclass(frozen=True)
class Read:
    """A date or the two ends of a period, as read from the string, and the words that say so.

    `other_year` is what the era says where the two calendars disagree.
    """

    ends: tuple[str, ...]
    words: Message
    other_year: int | None = None


def _read_outcome(claim: Claim, read: Read | None) -> Outcome:
    if read is None:
        return unreadable()
    if read.other_year is not None:
        reading = message(
            "元号からは{year}年です。西暦と元号のどちらかの誤記とみられます。", year=read.other_year
        )
        return differing(read.words, reading, "slip", cause_of(claim))
    entered = (claim.as_of,) if claim.kind == "date" else (claim.period_start, claim.period_end)
    return _compare(read, entered, claim.cause)


def _compare(read: Read, entered: tuple[str | None, ...], cause: str | None) -> Outcome:
    if None in entered:
        return Outcome(
            "undecidable",
            read.words,
            message("比べる日付が入力されていません。"),
            "unwritten",
            "extraction",
        )
    if tuple(entered) == read.ends:
        return Outcome("match", read.words)
    return entered_otherwise(read.words, _span_words(tuple(map(str, entered))), cause)


def _span_words(ends: tuple[str, ...]) -> Message:
    days = [days_of(end) for end in ends]
    if None not in days and len(ends) == 2:
        return period_words((days[0][0], days[1][1]))
    words = [
        when(end) if known else message("{date}", date=end) for end, known in zip(ends, days, strict=True)
    ]
    return words[0] if len(words) == 1 else message("{start}から{end}まで", start=words[0], end=words[-1])


def _read_date(statements: Statements, claim: Claim) -> Read | None:
    written = fold(claim.as_written).text
    if found := _FISCAL_MONTH.fullmatch(written):
        return _read_fiscal_month(found)
    if found := _SAME_YEAR.fullmatch(written):
        return _read_same_year(statements, claim, found["rest"])
    try:
        read = parse_date(claim.as_written)
    except InputError:
        return None
    if read.kind == "fiscal_year":
        return None
    return replace(_plainly(read.iso), other_year=read.other_year)


def _plainly(*ends: str) -> Read:
    return Read(ends, message("{dates}と読めます。", dates=_span_words(ends)))


def _read_fiscal_month(found: re.Match[str]) -> Read | None:
    month = int(found["month"])
    try:
        fiscal = parse_fiscal_year(found["year"])
    except InputError:
        return None
    if not 1 <= month <= 12:
        return None
    first, last = fiscal_year_bounds(fiscal)
    year = first.year if month >= 4 else last.year
    iso = f"{year:04d}-{month:02d}"
    words = message(
        "{year}は{start}から{end}までなので、{month}月は{date}です。",
        year=quote(found["year"]),
        start=when(first.isoformat()[:7]),
        end=when(last.isoformat()[:7]),
        month=month,
        date=when(iso),
    )
    return Read((iso,), words)


def _read_same_year(statements: Statements, claim: Claim, rest: str) -> Read | None:
    """Take the year from the claim before it in the same document that has one."""
    before = statements.claims[: statements.claims.index(claim)]
    anchor = next((c for c in reversed(before) if c.document == claim.document and c.as_of), None)
    if anchor is None:
        return None
    try:
        read = parse_date(f"{anchor.as_of[:4]}年{rest}")
    except InputError:
        return None
    words = message(
        "「同年」は、その前の{words}の年なので、{date}です。",
        words=quote(anchor.as_written),
        date=when(read.iso),
    )
    return Read((read.iso,), words)


def _read_period(_: Statements, claim: Claim) -> Read | None:
    try:
        period = parse_period(claim.as_written)
        ends = fiscal_year_bounds(period.start_fiscal_year)[0], fiscal_year_bounds(period.end_fiscal_year)[1]
    except InputError:
        try:
            one = parse_date(claim.as_written)
        except InputError:
            return None
        ends = one.start, one.end
    return _plainly(ends[0].isoformat(), ends[1].isoformat())
