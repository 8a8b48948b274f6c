"""Eras, years, dates and periods as values: what the readers of `calendar_jp` return.

Era arithmetic: 大正 1911+n, 昭和 1925+n, 平成 1988+n, 令和 2018+n. An era may be counted past its end
(平成57年 is 2045): plans written before 2019 do so, and the year they mean is never in doubt.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planbook.vocabulary.errors import InputError, Problem, message

FIRST_YEAR, LAST_YEAR = 1912, 2199
# name -> the western year before its first; the first day of each; the letters used for it
ERA_OFFSETS = {"大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ERA_STARTS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
)
ERA_LETTERS = {"T": "大正", "S": "昭和", "H": "平成", "R": "令和"}

DateKind = Literal["date", "month", "year", "fiscal_year"]
# how a date was worded, beyond which day it is: 末, 現在 (or 時点), まで, から
DateSense = Literal["", "end", "as_of", "until", "from"]


@dataclass(frozen=True)
class JapaneseYear:
    """A year as written, in either or both calendars.

    Parameters
    ----------
    year : western year; for 年度 the one in which it begins. Of two calendars the western one counts.
    is_fiscal : written as 年度 (or FY).
    as_written : the raw string.
    era_year : the era part of the raw string, such as 「Ｈ57」; None when there is none.
    other_year : the western year of the era part where the two disagree: a finding, not a choice.
    """

    year: int
    is_fiscal: bool
    as_written: str
    era_year: str | None = None
    other_year: int | None = None

    @property
    def consistent(self) -> bool:
        """Tell whether the two calendars, where both are given, name the same year."""
        return self.other_year is None


@dataclass(frozen=True)
class PartialDate:
    """A date as precisely as it was written, never more.

    Parameters
    ----------
    year, month, day : western; a fiscal year has the year in which it begins and neither month nor day.
    kind : what was written. 年末 and 年度末 are days (31 December, 31 March of the next year).
    sense : the wording that makes 年末, 現在 and まで different things.
    other_year : see `JapaneseYear`.
    """

    year: int
    month: int | None
    day: int | None
    kind: DateKind
    as_written: str
    sense: DateSense = ""
    other_year: int | None = None

    @property
    def consistent(self) -> bool:
        """Tell whether the two calendars, where both are given, name the same year."""
        return self.other_year is None

    @property
    def start(self) -> date:
        """The first day that this can mean."""
        return self._bounds()[0]

    @property
    def end(self) -> date:
        """The last day that this can mean."""
        return self._bounds()[1]

    @property
    def iso(self) -> str:
        """ISO 8601: ``2019-12-01``, ``2019-12``, ``2019``; a fiscal year is the interval of its days."""
        if self.kind == "fiscal_year":
            return f"{self.start.isoformat()}/{self.end.isoformat()}"
        length = {"date": 10, "month": 7, "year": 4}[self.kind]
        return self.start.isoformat()[:length]

    def _bounds(self) -> tuple[date, date]:
        if self.kind == "fiscal_year":
            return fiscal_year_bounds(self.year)
        first, last = self.month or 1, self.month or 12
        return (
            date(self.year, first, self.day or 1),
            date(self.year, last, self.day or monthrange(self.year, last)[1]),
        )


@dataclass(frozen=True)
class Period:
    """A span of whole fiscal years.

    Parameters
    ----------
    start_fiscal_year, end_fiscal_year : both inside the period.
    stated_years : the length that the text gives (「5年間」), None when it gives none.
    """

    start_fiscal_year: int
    end_fiscal_year: int
    stated_years: int | None = None
    as_written: str = ""

    @property
    def years(self) -> int:
        """The length: 「5年間」 is the difference of the fiscal years plus one."""
        return self.end_fiscal_year - self.start_fiscal_year + 1

    @property
    def consistent(self) -> bool:
        """Tell whether the stated length, where there is one, is the length."""
        return self.stated_years in (None, self.years)


def fiscal_year_of(day: date | PartialDate) -> int:
    """Return the fiscal year (1 April to 31 March) that a day, or the whole of a partial date, lies in.

    Raises
    ------
    InputError : a calendar year, which lies in two fiscal years.
    """
    if isinstance(day, PartialDate):
        first, last = fiscal_year_of(day.start), fiscal_year_of(day.end)
        if first != last:
            raise InputError(_two_fiscal_years(day, first, last))
        return first
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_bounds(fiscal_year: int) -> tuple[date, date]:
    """Return the first and the last day of a fiscal year.

    Examples
    --------
    >>> [day.isoformat() for day in fiscal_year_bounds(2020)]
    ['2020-04-01', '2021-03-31']
    """
    return date(fiscal_year, 4, 1), date(fiscal_year + 1, 3, 31)


def era_of(when: int | date | PartialDate) -> tuple[str, int]:
    """Return the era and the year in it.

    A day is exact: 平成 ends on 2019-04-30, 昭和 on 1989-01-07, 大正 on 1926-12-24. A year without a day has
    the era in force on its 31 December, so 2019 is 令和元年 (until 30 April: 平成31年), 1989 平成元年, 1926
    昭和元年, 1912 大正元年. The same holds for fiscal years: 2019年度 is 令和元年度 (also 平成31年度).

    Examples
    --------
    >>> from datetime import date
    >>> era_of(2045), era_of(2019), era_of(date(2019, 4, 30))
    (('令和', 27), ('令和', 1), ('平成', 31))
    """
    last_day = _last_day(when)
    for start, era in ERA_STARTS:
        if last_day >= start:
            return era, last_day.year - ERA_OFFSETS[era]
    raise InputError(
        Problem(
            what=message("この日付に対応する元号を扱っていません。"),
            found=str(when),
            allowed=message("1912年7月30日（大正元年）以降"),
            remedy=message("西暦のまま表示してください。"),
        )
    )


def _last_day(when: int | date | PartialDate) -> date:
    if isinstance(when, PartialDate):
        # a fiscal year is named after the calendar year that it begins in
        return date(when.year, 12, 31) if when.kind == "fiscal_year" else when.end
    return when if isinstance(when, date) else date(require_year(when), 12, 31)


def require_year(year: int) -> int:
    """Return `year` if it is one that this package handles."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return int(year)
    raise InputError(
        Problem(
            what=message("年が扱える範囲の外にあります。"),
            found=str(year),
            allowed=message("西暦 {first} 年から {last} 年まで", first=FIRST_YEAR, last=LAST_YEAR),
            remedy=message("元号の文字と年の数字を資料で確かめてください。"),
        )
    )


def _two_fiscal_years(day: PartialDate, first: int, last: int) -> Problem:
    return Problem(
        what=message("暦年は2つの年度にまたがるため、年度を決められません。"),
        found=day.as_written or day.iso,
        allowed=message("年度、または月まで分かる日付"),
        remedy=message(
            "年度の値なら「年度」と書き、{first} か {last} かを決めてください。", first=first, last=last
        ),
    )
