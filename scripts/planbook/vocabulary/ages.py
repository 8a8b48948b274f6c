"""Age groups: start inclusive, end exclusive, the open top without an end.

Groups are compared by their bounds, never by their labels, and a table of ages has to tile the ages from 0
to the open top: a missing or doubled group changes every total silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from planbook.vocabulary.catalogue import text
from planbook.vocabulary.characters import fold, require_text, shown
from planbook.vocabulary.errors import InputError, Message, Problem, message

_OLDEST = 130
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_BETWEEN = re.compile(r"(?P<first>[0-9]{1,3})歳?(?:~|-|から)(?P<last>[0-9]{1,3})歳?(?:まで)?")
_OPEN = re.compile(r"(?P<first>[0-9]{1,3})歳?(?:以上|\+歳?|~)")
_BELOW = re.compile(r"(?P<end>[0-9]{1,3})歳?(?P<kind>未満|以下)")
_SINGLE = re.compile(r"(?P<first>[0-9]{1,3})歳")
_EXCEL_DATE = re.compile(
    r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日|(?P<a>[0-9]{1,2}|[A-Za-z]{3})-(?P<b>[0-9]{1,2}|[A-Za-z]{3})"
)
_TOTALS = ("総数", "計", "合計", "total", "不詳", "年齢不詳", "unknown")


@dataclass(frozen=True)
class AgeGroup:
    """An interval of completed ages.

    Parameters
    ----------
    age_start : the youngest age, included.
    age_end : the age that no longer belongs to it; None for the open top.
    """

    age_start: int
    age_end: int | None

    def __post_init__(self) -> None:
        end = self.age_start + 1 if self.age_end is None else self.age_end
        if not 0 <= self.age_start < end <= _OLDEST:
            raise _refusal(
                f"{self.age_start}–{'' if self.age_end is None else self.age_end}",
                message("年齢階級の下端と上端が正しくありません。"),
            )

    @property
    def is_open(self) -> bool:
        """Tell whether the group has no upper bound."""
        return self.age_end is None

    @property
    def label(self) -> str:
        """The group in the language of the run: 「0～4歳」「90歳以上」, "0–4", "90+"."""
        if self.age_end is None:
            return text("{start}歳以上", start=self.age_start)
        if self.age_end == self.age_start + 1:
            return text("{age}歳", age=self.age_start)
        return text("{start}～{last}歳", start=self.age_start, last=self.age_end - 1)

    def covers(self, other: AgeGroup) -> bool:
        """Tell whether every age of `other` belongs to this group."""
        return self.age_start <= other.age_start and _top(other) <= _top(self)

    def overlaps(self, other: AgeGroup) -> bool:
        """Tell whether some age belongs to both groups."""
        return self.age_start < _top(other) and other.age_start < _top(self)

    def __lt__(self, other: AgeGroup) -> bool:
        return (self.age_start, _top(self)) < (other.age_start, _top(other))

    def __str__(self) -> str:
        return self.label


def parse_age_group(written: str) -> AgeGroup:
    """Read an age group: 「0～4歳」「25歳から34歳まで」「90歳以上」「15歳未満」「85+」「15-64」「5歳」.

    Totals and 「不詳」 are no age groups, and 「5月9日」 is what Excel makes of 5-9: errors that say so.

    Examples
    --------
    >>> parse_age_group("15-64"), parse_age_group("９０歳以上")
    (AgeGroup(age_start=15, age_end=65), AgeGroup(age_start=90, age_end=None))
    """
    folded = fold(require_text(written)).text
    if found := _BETWEEN.fullmatch(folded):
        first, end = int(found["first"]), int(found["last"]) + 1
    elif found := _OPEN.fullmatch(folded):
        first, end = int(found["first"]), None
    elif found := _BELOW.fullmatch(folded):
        first, end = 0, int(found["end"]) + (found["kind"] == "以下")
    elif found := _SINGLE.fullmatch(folded):
        first, end = int(found["first"]), int(found["first"]) + 1
    else:
        raise _unreadable(written, folded)
    if not first < (first + 1 if end is None else end) <= _OLDEST:
        raise _refusal(written, message("年齢階級の下端と上端が正しくありません。"))
    return AgeGroup(first, end)


def five_year_groups(open_age: int = 90) -> tuple[AgeGroup, ...]:
    """Return the standard groups 0–4, 5–9 … up to the open group that begins at `open_age`."""
    if open_age % 5 or not 5 <= open_age < _OLDEST:
        raise _refusal(str(open_age), message("「以上」の年齢は5の倍数でなければなりません。"))
    return (*(AgeGroup(age, age + 5) for age in range(0, open_age, 5)), AgeGroup(open_age, None))


#: 年少, 生産年齢, 老年
BROAD_AGES = (AgeGroup(0, 15), AgeGroup(15, 65), AgeGroup(65, None))


def broad_of(group: AgeGroup) -> AgeGroup:
    """Return the broad group (0–14, 15–64, 65+) that `group` lies in.

    Raises
    ------
    InputError : the group lies in two of them; splitting it would need an assumption.

    Examples
    --------
    >>> broad_of(AgeGroup(60, 65))
    AgeGroup(age_start=15, age_end=65)
    """
    for broad in BROAD_AGES:
        if broad.covers(group):
            return broad
    raise InputError(
        Problem(
            what=message("年齢階級が年齢3区分の境（15歳、65歳）をまたいでいます。"),
            found=group.label,
            allowed=message("0～14歳、15～64歳、65歳以上のどれか1つに収まる階級"),
            remedy=message(
                "境で分かれた階級のデータを使ってください。按分するなら仮定として明示してください。"
            ),
        )
    )


def find_gaps(groups: Iterable[AgeGroup], *, step: int | None = None) -> list[Problem]:
    """Return what keeps age groups from tiling the ages from 0 to the open top, one problem each.

    Parameters
    ----------
    groups : in any order.
    step : the width that every closed group must have and every bound must be a multiple of.
    """
    ordered = sorted(groups)
    problems = []
    reached: int | None = 0  # None: the open top is taken
    for group in ordered:
        if reached is None or group.age_start < reached:
            problems.append(_fault(message("年齢階級が重なっています。"), group.label))
        elif group.age_start > reached:
            missing = AgeGroup(reached, group.age_start)
            problems.append(_fault(message("年齢階級が抜けています。"), missing.label))
        reached = None if reached is None or group.is_open else max(reached, group.age_end)
        if step and not _is_aligned(group, step):
            problems.append(
                _fault(message("年齢階級の境が{step}歳きざみではありません。", step=step), group.label)
            )
    if reached is not None:
        problems.append(_fault(message("最後の「以上」の階級がありません。"), AgeGroup(reached, None).label))
    return problems


def assert_tiling(groups: Iterable[AgeGroup], *, step: int | None = None) -> None:
    """Raise an `InputError` with every problem that `find_gaps` finds."""
    problems = find_gaps(groups, step=step)
    if problems:
        raise InputError(problems)


def _top(group: AgeGroup) -> float:
    return float("inf") if group.age_end is None else group.age_end


def _is_aligned(group: AgeGroup, step: int) -> bool:
    return group.age_start % step == 0 and (group.is_open or group.age_end - group.age_start == step)


def _fault(what: Message, label: str) -> Problem:
    return Problem(
        what=what,
        found=label,
        allowed=message("0歳から最後の「以上」の階級まで、隙間も重なりもない階級"),
        remedy=message("表の行の抜け、重複、合計や不詳の行の混入を確かめてください。"),
    )


def _unreadable(written: str, folded: str) -> InputError:
    if folded.lower() in _TOTALS:
        return _refusal(written, message("総数や年齢不詳は年齢階級ではありません。"))
    bounds = _excel_bounds(folded)
    if bounds:
        return _refusal(
            written,
            message("年齢階級が日付に変わっています（Excelの自動変換）。"),
            message("{first}～{last}歳 と書いてください。", first=bounds[0], last=bounds[1]),
        )
    return _refusal(written, message("年齢階級として読み取れません。"))


def _excel_bounds(folded: str) -> tuple[int, int] | None:
    """Return the ages behind 5月9日, 9-May, Oct-14 or, where the day comes first, 05-Sep: Excel reads 5-9 as a date."""
    found = _EXCEL_DATE.fullmatch(folded)
    if not found:
        return None
    if found["month"]:
        return int(found["month"]), int(found["day"])
    parts = [found["a"].lower(), found["b"].lower()]
    months = [_MONTHS.index(part) + 1 for part in parts if part in _MONTHS]
    days = [int(part) for part in parts if part.isdecimal()]
    if len(months) != 1 or len(days) != 1:
        return None
    return min(months[0], days[0]), max(months[0], days[0])


def _refusal(found: str, what: Message, remedy: Message | None = None) -> InputError:
    return InputError(
        Problem(
            what=what,
            found=shown(found),
            allowed=message("0～4歳、15-64、90歳以上、85+、15歳未満、5歳 のような書き方（130歳まで）"),
            remedy=remedy
            or message("階級の両端を数字で書いてください。総数と不詳は年齢の列から分けてください。"),
        )
    )
