"""The written forms of a year and of what follows it, taken apart but not yet given a meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planbook.vocabulary.characters import Folded
from planbook.vocabulary.eras import ERA_LETTERS, ERA_OFFSETS, FIRST_YEAR, LAST_YEAR, DateSense, JapaneseYear

_ERA = r"令和|平成|昭和|大正|[RHSTrhst]"


def _year_pattern(number: int) -> str:
    return (
        rf"(?:(?:西暦)?(?P<west{number}>[0-9]{{4}})|(?P<era{number}>{_ERA})\.?(?P<n{number}>元|[0-9]{{1,3}}))"
    )


# one year, a second one in brackets, 年 or 年度 behind either or behind both, then the rest
_MOMENT = re.compile(
    rf"(?P<fy>FY|fy)?(?P<year1>{_year_pattern(1)})(?P<mark1>年度|年)?"
    rf"(?:[(\[〔](?P<year2>{_year_pattern(2)})(?P<mark2>年度|年)?[)\]〕](?P<mark3>年度|年)?)?(?P<rest>.*)"
)
_REST = re.compile(
    r"(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?"
    r"|(?P<cut>[./-])(?P<month2>[0-9]{1,2})(?:(?P=cut)(?P<day2>[0-9]{1,2}))?)?"
    r"(?P<end>末日?)?(?P<as_of>現在|時点)?(?P<edge>まで|から)?"
)
_YEARS = r"(?P<years>[0-9]{1,2})(?:年間|[かカヵヶケ箇個]年間?)"
_LENGTH_BEHIND = re.compile(rf"(?:まで)?(?:の?\(?{_YEARS}\)?)?$")
_LENGTH_BEFORE = re.compile(rf"{_YEARS}[:、]?(?=\()")
_INHERITS = re.compile(r"(?:元|[0-9]{1,2})(?:年|\(|$)")


@dataclass(frozen=True)
class Moment:
    """The pieces of one written year or date."""

    year: JapaneseYear
    has_year_mark: bool
    month: int | None
    day: int | None
    dotted: bool
    at_end: bool
    sense: DateSense

    @property
    def is_bare_year(self) -> bool:
        """Tell whether nothing follows the year (まで and 現在 count as nothing)."""
        return self.month is None and not self.at_end


def read_moment(folded: Folded) -> Moment | None:
    """Take apart one year or date; None when it is none."""
    inner = without_brackets(folded)
    found = _MOMENT.fullmatch(inner.text)
    rest = _REST.fullmatch(found["rest"]) if found else None
    if found is None or rest is None:
        return None
    marks = {found[mark] for mark in ("mark1", "mark2", "mark3")} - {None} | (
        {"年度"} if found["fy"] else set()
    )
    western = [int(found[f"west{i}"]) for i in (1, 2) if found[f"west{i}"]]
    of_eras = [_western(found[f"era{i}"], found[f"n{i}"]) for i in (1, 2) if found[f"era{i}"]]
    years = western + of_eras
    # 「令和3年度(2021年)」 says two different things
    if marks == {"年", "年度"} or not all(FIRST_YEAR <= year <= LAST_YEAR for year in years):
        return None
    year = JapaneseYear(
        year=years[0],
        is_fiscal="年度" in marks,
        as_written=folded.raw,
        era_year=_era_as_written(inner, found),
        other_year=next((other for other in years if other != years[0]), None),
    )
    month, day = rest["month"] or rest["month2"], rest["day"] or rest["day2"]
    return Moment(
        year=year,
        has_year_mark="年" in marks,
        month=int(month) if month else None,
        day=int(day) if day else None,
        dotted=rest["cut"] is not None,
        at_end=rest["end"] is not None,
        sense=_sense(rest),
    )


def without_brackets(folded: Folded) -> Folded:
    """Drop one pair of brackets around the whole."""
    text = folded.text
    enclosed = (
        len(text) > 1 and text[0] + text[-1] in ("()", "[]", "〔〕") and text.find(text[-1]) == len(text) - 1
    )
    return folded.part(1, len(text) - 1) if enclosed else folded


def split_length(folded: Folded) -> tuple[Folded, list[int]]:
    """Take the lengths in years (「までの5年間」, 「5か年（…）」) off a period."""
    before = _LENGTH_BEFORE.match(folded.text)
    body = without_brackets(folded.part(before.end() if before else 0, len(folded.text)))
    behind = _LENGTH_BEHIND.search(body.text)
    lengths = [int(match["years"]) for match in (before, behind) if match and match["years"]]
    return body.part(0, behind.start()) if behind else body, lengths


def split_ends(text: str) -> tuple[str, str] | None:
    """Split a folded period into its two years; a second year without an era takes that of the first."""
    for connector in ("から", "~", "-"):
        if connector in text:
            first, *others = text.split(connector)
            break
    else:
        return None
    if len(others) != 1:
        return None
    era = re.search(_ERA, first)
    last = era[0] + others[0] if era and _INHERITS.match(others[0]) else others[0]
    return first, last


def _western(era: str, number: str) -> int:
    name = ERA_LETTERS.get(era.upper(), era)
    count = 1 if number == "元" else int(number)
    # there is no year 0: 令和0年 must not become 2018
    return ERA_OFFSETS[name] + count if count else 0


def _era_as_written(folded: Folded, found: re.Match[str]) -> str | None:
    for i in (1, 2):
        if found[f"era{i}"]:
            start, end = found.span(f"year{i}")
            # 年 directly behind belongs to the era as written: 令和27年, but Ｈ57
            return folded.as_written(start, end + len(found[f"mark{i}"] or ""))
    return None


def _sense(rest: re.Match[str]) -> DateSense:
    if rest["as_of"]:
        return "as_of"
    if rest["edge"]:
        return "until" if rest["edge"] == "まで" else "from"
    return "end" if rest["end"] else ""
