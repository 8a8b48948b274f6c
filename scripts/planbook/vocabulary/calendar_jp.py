"""Japanese years, dates and periods as written, read into western ones.

年, 年度, 年末, 年度末 and 現在 are different things and stay apart. Every reader accepts full and half width,
any dash or tilde and white space inside, keeps the raw string, and refuses what it cannot read.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from planbook.vocabulary.calendar_forms import (
    Moment,
    read_moment,
    split_ends,
    split_length,
    without_brackets,
)
from planbook.vocabulary.calendar_words import format_fiscal_year, format_period, format_year
from planbook.vocabulary.characters import fold, require_text, shown
from planbook.vocabulary.eras import (
    JapaneseYear,
    PartialDate,
    Period,
    era_of,
    fiscal_year_bounds,
    fiscal_year_of,
)
from planbook.vocabulary.errors import InputError, Message, Problem, message

__all__ = [
    "JapaneseYear",
    "PartialDate",
    "Period",
    "era_of",
    "fiscal_year_bounds",
    "fiscal_year_of",
    "format_fiscal_year",
    "format_period",
    "format_year",
    "parse_date",
    "parse_fiscal_year",
    "parse_period",
    "parse_year",
]


def parse_year(text: str) -> JapaneseYear:
    """Read a year: western, era or both, 年 or 年度.

    Where the two calendars disagree the western year is `year` and the era's is `other_year`: the writer
    of a plan is shown both.

    Examples
    --------
    >>> parse_year("2045（Ｈ57）年").year, parse_year("令和元年").year, parse_year("令和7(2024)年").other_year
    (2045, 2019, 2025)
    """
    moment = read_moment(fold(require_text(text)))
    if moment is None or not moment.is_bare_year or moment.sense:
        raise _refusal(
            text,
            message("年として読み取れません。"),
            message(
                "2045年、令和27年、令和元年、H27、2030年（Ｈ42）、令和7(2025)年、令和3年度（1912～2199年）"
            ),
        )
    return moment.year


def parse_date(text: str) -> PartialDate:
    """Read a date, a month, a year or a fiscal year, as precise as it is written.

    A year without 年 or 度 (「H30」, 「2045」) is taken as a calendar year.

    Examples
    --------
    >>> parse_date("令和元年12月").iso, parse_date("平成32年度末").iso, parse_date("令和7年末").iso
    ('2019-12', '2021-03-31', '2025-12-31')
    """
    moment = read_moment(fold(require_text(text)))
    if moment is None or not _is_sound(moment):
        raise _refusal(
            text,
            message("日付として読み取れません。"),
            message("2024年1月9日、2024-01-09、令和元年12月、2019-12、令和7年末、平成32年度末、令和3年度"),
        )
    return _to_date(moment, text)


def parse_fiscal_year(text: str) -> int:
    """Read a fiscal year; a month or a day is placed in the one that it lies in.

    A bare 「R7」 or 「2025」 is a fiscal year here. 「令和7年」 without 度 is not: it lies in two of them.

    Raises
    ------
    InputError : unreadable, a calendar year, or two calendars that disagree (`parse_year` reports both).

    Examples
    --------
    >>> parse_fiscal_year("平成31年度"), parse_fiscal_year("令和元年度"), parse_fiscal_year("平成32年3月まで")
    (2019, 2019, 2019)
    """
    moment = read_moment(fold(require_text(text)))
    if moment is None or not _is_sound(moment):
        raise _refusal(
            text,
            message("年度として読み取れません。"),
            message("令和7年度、2025年度、R7、FY2025、平成32年3月（その月を含む年度）"),
        )
    return _fiscal_year(moment, text)


def parse_period(text: str) -> Period:
    """Read a span of fiscal years and the length that it states.

    The second year inherits the era of the first (「令和4年度から7年度まで」), and 年度 behind the second is
    enough for both. Years are fiscal years also where neither has a sign (「H27–R2」).

    Examples
    --------
    >>> period = parse_period("令和4年度から7年度までの4年間")
    >>> period.start_fiscal_year, period.end_fiscal_year, period.stated_years, period.years
    (2022, 2025, 4, 4)
    """
    body, lengths = split_length(without_brackets(fold(require_text(text))))
    ends = split_ends(without_brackets(body).text)
    moments = [read_moment(fold(end)) for end in ends or ()]
    if len(set(lengths)) > 1 or not moments or not all(m is not None and _is_sound(m) for m in moments):
        raise _refusal_of_period(text, message("期間として読み取れません。"))
    first, last = moments
    _require_agreement(first, text)
    end = _fiscal_year(last, text)
    elided = last.year.is_fiscal and first.is_bare_year  # 令和4年～7年度
    start = first.year.year if elided else _fiscal_year(first, text)
    if end < start:
        raise _refusal_of_period(
            text, message("期間の終わり（{end}年度）が始め（{start}年度）より前です。", end=end, start=start)
        )
    return Period(start, end, lengths[0] if lengths else None, text)


def _is_sound(moment: Moment) -> bool:
    """Tell whether the pieces of a moment fit: 月 needs 年 before it, dots need a bare year, 末 a sign."""
    if moment.month is not None:
        return (
            moment.dotted != moment.has_year_mark
            and not moment.year.is_fiscal
            and not (moment.at_end and (moment.day is not None or moment.dotted))
        )
    return not moment.at_end or moment.has_year_mark or moment.year.is_fiscal


def _to_date(moment: Moment, text: str) -> PartialDate:
    year, month, day = moment.year.year, moment.month, moment.day
    kind = "date" if day else "month" if month else "fiscal_year" if moment.year.is_fiscal else "year"
    if moment.at_end and kind == "fiscal_year":
        year, month, day, kind = year + 1, 3, 31, "date"
    elif moment.at_end:
        kind, month = "date", month or 12
        day = monthrange(year, month)[1] if 1 <= month <= 12 else 31
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise _refusal(text, message("暦にない日付です。"), message("実在する年月日")) from None
    return PartialDate(year, month, day, kind, text, moment.sense, moment.year.other_year)


def _fiscal_year(moment: Moment, text: str) -> int:
    _require_agreement(moment, text)
    if moment.is_bare_year and not moment.has_year_mark:
        return moment.year.year
    return fiscal_year_of(_to_date(moment, text))


def _require_agreement(moment: Moment, text: str) -> None:
    if moment.year.consistent:
        return
    raise InputError(
        Problem(
            what=message(
                "西暦と元号が別の年を指しています（{year}年と{other}年）。",
                year=moment.year.year,
                other=moment.year.other_year,
            ),
            found=shown(text),
            allowed=message("同じ年を指す西暦と元号、またはどちらか一方"),
            remedy=message(
                "資料を確かめ、正しい年だけを書いてください。資料の誤りなら点検の所見として記録します。"
            ),
        )
    )


def _refusal_of_period(text: str, what: Message) -> InputError:
    return _refusal(
        text,
        what,
        message("平成27年度から令和2年度までの6年間、令和3年度～令和7年度、令和4年度から7年度まで、H27–R2"),
    )


def _refusal(text: str, what: Message, allowed: Message) -> InputError:
    remedy = message("資料の表記を確かめ、元号か西暦4桁を付け、年と年度を区別して書いてください。")
    return InputError(Problem(what=what, found=shown(text), allowed=allowed, remedy=remedy))
