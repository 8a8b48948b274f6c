"""Read censuses by municipality, year, sex and five-year age, one wide row each: what a backtest starts from.

Such a file comes from elsewhere and has tens of thousands of rows. It is read whole, every cell is checked, and
the problems are listed together, but no more than `MOST_PROBLEMS` of them: one wrong column would fill the screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from planbook.load.census_layout import CensusKeyRow, CensusLayout, read_header
from planbook.load.problems import problems_of
from planbook.load.tables import length_problem, split_records
from planbook.load.textfile import read_text
from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.schemas.fields import Persons

MOST_PROBLEMS = 20
CENSUS_STEP_YEARS = 5
#: Female and male of a published total may miss it by this much: recombined areas are rounded apart.
SEX_TOLERANCE_PERSONS = 1
_SEXES = ("female", "male")

Key = tuple[str, int, str]


class _Cell(BaseModel):
    """One figure."""

    persons: Persons


@dataclass(frozen=True)
class CensusTable:
    """Censuses of the same municipalities, five years apart.

    Parameters
    ----------
    years : ascending.
    municipalities : five-digit codes, sorted.
    persons : shape (year, municipality, sex, age), female first, 0–4 … 85–89, 90+; those of unknown age not in it.
    totals : shape (year, municipality), those of unknown age included, as the two sexes add up to.
    """

    years: tuple[int, ...]
    municipalities: tuple[str, ...]
    persons: NDArray[np.float64]
    totals: NDArray[np.float64]


def read_census_table(path: Path, new_codes: Mapping[str, str] | None = None) -> CensusTable:
    """Read a wide census file: code, municipality (may be absent), year, sex, total, 0-4 … 85-89, 90+, age_unknown.

    Parameters
    ----------
    path : CSV, or CSV packed as .gz.
    new_codes : old code → new code, for municipalities whose code changed.

    Raises
    ------
    InputError
        With every problem, at most `MOST_PROBLEMS`: missing or unknown columns, an age that Excel made a date, a cell that
        is no count, an unknown sex, a repeated or a missing row, a missing census, ages that do not add up to
        the total, sexes that do not.
    """
    shown = path.name
    records = split_records(read_text(path, shown), shown)
    header = records[0][1] if records else []
    layout = read_header([name.strip() for name in header], shown)
    rows = _Rows(layout, shown, dict(new_codes or {}))
    for line, record in records[1:]:
        if len(record) != len(header):
            rows.problems.append(length_problem(record, header, line, shown))
        else:
            rows.take(line, [cell.strip() for cell in record])
    problems = rows.problems or list(_set_problems(rows))
    if problems:
        raise InputError(_shorten(problems, shown))
    return _stack(rows)


@dataclass
class _Rows:
    """The rows as they come in, and what is wrong with them."""

    layout: CensusLayout
    shown: str
    new_codes: Mapping[str, str]
    counts: dict[Key, list[int]] = field(default_factory=dict)
    lines: dict[Key, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _known: dict[tuple[str, str], object] = field(default_factory=dict)

    def take(self, line: int, record: Sequence[str]) -> None:
        """Take one row over, or note its problems."""
        key = self._key(line, record)
        counts = [int(c) if c.isascii() and c.isdigit() else None for c in self._cells(record)]
        if None in counts:
            self.problems += self._cell_problems(line, record)
        elif counts[0] != sum(counts[1:]):
            self.problems.append(self._sum_problem(line, counts))
        if key is None:
            return
        if key in self.lines:
            self.problems.append(self._repeated(line, key))
            return
        self.lines[key], self.counts[key] = line, counts

    def _cells(self, record: Sequence[str]) -> Iterator[str]:
        return (record[at] for at in self.layout.counts)

    def _key(self, line: int, record: Sequence[str]) -> Key | None:
        cells = {name: record[self.layout.named[name]] for name in CensusKeyRow.model_fields}
        # Few different cells make up all keys: each is validated once.
        if not cells.items() <= self._known.keys():
            try:
                row = CensusKeyRow.model_validate({name: cell or None for name, cell in cells.items()})
            except ValidationError as error:
                self.problems += problems_of(error, CensusKeyRow, self.shown, {"row": line})
                return None
            self._known |= {(name, cell): getattr(row, name) for name, cell in cells.items()}
        code, year, sex = (self._known[item] for item in cells.items())
        return self.new_codes.get(code, code), year, sex

    def _cell_problems(self, line: int, record: Sequence[str]) -> Iterator[Problem]:
        for at in self.layout.counts:
            try:
                _Cell.model_validate({"persons": record[at] or None})
            except ValidationError as error:
                place = {"row": line, "column": self.layout.header[at]}
                yield from (
                    replace(problem, place=place)
                    for problem in problems_of(error, _Cell, self.shown, {"row": line})
                )

    def _sum_problem(self, line: int, counts: Sequence[int]) -> Problem:
        return Problem(
            message("年齢別の人口と年齢不詳の合計が、総数と合いません"),
            self.shown,
            {"row": line, "column": "total"},
            found=str(counts[0]),
            allowed=message("年齢別と年齢不詳の合計 {total}", total=sum(counts[1:])),
            remedy=message("その行の写し間違いと列のずれを、公表値で確かめて直してください"),
        )

    def _repeated(self, line: int, key: Key) -> Problem:
        return Problem(
            message(
                "{first}行目と同じ行です（{columns}が重なっている）",
                first=self.lines[key],
                columns="、".join(CensusKeyRow.model_fields),
            ),
            self.shown,
            {"row": line, "column": "code"},
            found="、".join(map(str, key)),
            allowed=message("表の中で一つだけの組み合わせ"),
            remedy=message(
                "どちらかの行を除いてください。合併した市町村は、先に一つの市域に合計してください"
            ),
        )


def _set_problems(rows: _Rows) -> Iterator[Problem]:
    """List what is wrong with the rows together; each of them is sound."""
    years = sorted({year for _, year, _ in rows.lines})
    for year in range(years[0], years[-1], CENSUS_STEP_YEARS) if years else ():
        if year not in years:
            yield _missing_year(str(year), years, rows.shown)
    for year in years:
        if (year - years[0]) % CENSUS_STEP_YEARS:
            yield _missing_year(None, years, rows.shown)
    if not years:
        yield Problem(message("表に行がありません"), rows.shown, remedy=message("行のある表を使ってください"))
    codes = sorted({code for code, _, _ in rows.lines})
    for key in ((code, year, sex) for code in codes for year in years for sex in ("total", *_SEXES)):
        if key not in rows.lines:
            yield Problem(
                message("市区町村、年、性別の組み合わせに行がありません"),
                rows.shown,
                found="、".join(map(str, key)),
                allowed=message("すべての市区町村のすべての年に total、female、male の3行"),
                remedy=message("行を加えるか、その市区町村の行をすべて除いてください"),
            )
    for code, year in ((code, year) for code in codes for year in years):
        yield from _sex_problem(rows, code, year)


def _missing_year(year: str | None, years: Sequence[int], shown: str) -> Problem:
    return Problem(
        message("国勢調査の年が5年おきにそろっていません"),
        shown,
        {"column": "year", "key": year},
        found="、".join(map(str, years)),
        allowed=message("5年おきの年（1980、1985、1990 …）が、抜けずにすべて"),
        remedy=message("抜けた年の行を加えるか、その年より前の行をすべて除いてください"),
    )


def _sex_problem(rows: _Rows, code: str, year: int) -> Iterator[Problem]:
    counts = [rows.counts.get((code, year, sex)) for sex in ("total", *_SEXES)]
    if None in counts:
        return
    total, *sexes = (count[0] for count in counts)
    if abs(total - sum(sexes)) > SEX_TOLERANCE_PERSONS:
        yield Problem(
            message("男女の合計が総数と合いません"),
            rows.shown,
            {"row": rows.lines[code, year, "total"], "column": "total"},
            found=str(total),
            allowed=message(
                "女と男の合計 {total}（差は{off}人まで）", total=sum(sexes), off=SEX_TOLERANCE_PERSONS
            ),
            remedy=message("3行のどれかの写し間違いを、公表値で確かめて直してください"),
        )


def _shorten(problems: Sequence[Problem], shown: str) -> list[Problem]:
    rest = len(problems) - MOST_PROBLEMS
    if rest <= 0:
        return list(problems)
    return [
        *problems[:MOST_PROBLEMS],
        Problem(
            message("ほかに{count}件の誤りがあります", count=rest),
            shown,
            remedy=message("上の誤りを直してから、もう一度実行してください"),
        ),
    ]


def _stack(rows: _Rows) -> CensusTable:
    years = tuple(sorted({year for _, year, _ in rows.lines}))
    codes = tuple(sorted({code for code, _, _ in rows.lines}))
    cells = np.array([[[rows.counts[c, y, s] for s in _SEXES] for c in codes] for y in years], dtype=float)
    return CensusTable(years, codes, cells[..., 1:-1], cells[..., 0].sum(axis=-1))
