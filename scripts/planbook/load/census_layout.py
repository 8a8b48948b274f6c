"""The heading of a wide census file: which column is what, and what is wrong with those that are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from planbook.vocabulary.ages import AgeGroup, five_year_groups, parse_age_group
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.schemas.fields import MunicipalityCode, Row, Year, column
from planbook.vocabulary.schemas.municipality import SexOrTotal

AGES = five_year_groups()
_PERSONS = ("total", "age_unknown")
_OPTIONAL = "municipality"


class CensusKeyRow(Row):
    """What names a row."""

    code: MunicipalityCode = column(plain("団体コード"), plain("5桁"))
    year: Year = column(plain("年"), plain("国勢調査の年"))
    sex: SexOrTotal = column(plain("性別"), plain("female＝女、male＝男、total＝男女計"))


@dataclass(frozen=True)
class CensusLayout:
    """Where the columns are: names to positions, and the age groups in order."""

    named: Mapping[str, int]
    ages: tuple[tuple[AgeGroup, int], ...]
    header: tuple[str, ...]

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """The positions of every figure: the total, the ages, age unknown."""
        return (self.named["total"], *(at for _, at in self.ages), self.named["age_unknown"])


def read_header(header: Sequence[str], shown: str) -> CensusLayout:
    """Find the columns by their names.

    Raises
    ------
    InputError : a column that is missing, unknown or there twice, or an age that Excel made a date.
    """
    wanted = (*CensusKeyRow.model_fields, *_PERSONS)
    named: dict[str, int] = {}
    ages: dict[AgeGroup, int] = {}
    problems = []
    for at, name in enumerate(header):
        if name in (*wanted, _OPTIONAL):
            problems += [_repeated_column(name, shown)] if name in named else []
            named[name] = at
            continue
        group = _age_of(name, wanted, shown)
        if isinstance(group, Problem):
            problems.append(group)
        elif group in ages:
            problems.append(_repeated_column(name, shown))
        else:
            ages[group] = at
    missing = [name for name in wanted if name not in named]
    # A column that could not be read is most likely the one that is missing: one fault is reported once.
    missing += [_label(group) for group in AGES if group not in ages] if not problems else []
    problems += [_missing_column(name, header, shown) for name in missing]
    if problems:
        raise InputError(problems)
    return CensusLayout(named, tuple((group, ages[group]) for group in AGES), tuple(header))


def _age_of(name: str, wanted: Sequence[str], shown: str) -> AgeGroup | Problem:
    known = [*wanted, _OPTIONAL, *map(_label, AGES)]
    try:
        group = parse_age_group(name)
    except InputError as error:
        if any(character.isdigit() for character in name):
            return replace(error.problems[0], file=shown, place={"row": 1, "column": name})
        group = None
    if group in AGES:
        return group
    close = get_close_matches(name, known, 1)
    return Problem(
        message("知らない列です"),
        shown,
        {"row": 1, "column": name},
        found=name,
        allowed=message("{known}", known="、".join(known)),
        remedy=message("「{close}」の書き誤りなら直してください", close=close[0])
        if close
        else message("この列を除いてください"),
    )


def _label(group: AgeGroup) -> str:
    return f"{group.age_start}+" if group.age_end is None else f"{group.age_start}-{group.age_end - 1}"


def _missing_column(name: str, header: Sequence[str], shown: str) -> Problem:
    return Problem(
        message("列がありません"),
        shown,
        {"row": 1, "column": name},
        found="、".join(header) or None,
        allowed=message(
            "code、municipality（なくてもよい）、year、sex、total、0-4 から 85-89 までの5歳階級、90+、age_unknown"
        ),
        remedy=message("この列のある表を使ってください。欠けた年齢を0で補わないでください"),
    )


def _repeated_column(name: str, shown: str) -> Problem:
    return Problem(
        message("同じ列が{count}回あります", count=2),
        shown,
        {"row": 1, "column": name},
        remedy=message("一つだけ残してください"),
    )
