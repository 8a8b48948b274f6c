"""Read the small files beside the censuses: changes of code, totals of later censuses, published projections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from planbook.load.census_history import CENSUS_STEP_YEARS, CensusTable
from planbook.load.tables import Table, duplicate_problems, read_table
from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.schemas.backtest import CensusTotalRow, CodeChangeRow, PublishedProjectionRow

#: Codes that a message names; the rest is counted.
_NAMED = 10


def read_code_changes(path: Path) -> dict[str, str]:
    """Read which codes became which, without a change of area; columns old_code, new_code.

    Raises
    ------
    InputError : a broken table, or two codes that became one: that is a merger, whose figures have to be added up.
    """
    table = read_table(path, CodeChangeRow, path.name)
    changes = {row.old_code: row.new_code for row in table.rows}
    merged = [code for code in set(changes.values()) if list(changes.values()).count(code) > 1]
    if merged:
        raise InputError(
            Problem(
                message("二つ以上のコードが同じコードになっています"),
                table.shown,
                {"column": "new_code"},
                found="、".join(sorted(merged)),
                allowed=message("市域が変わらず、コードだけが変わった市区町村"),
                remedy=message(
                    "合併した市町村はここに書かず、どちらの表でも先に一つの市域に合計してください"
                ),
            )
        )
    return changes


def read_later_totals(
    path: Path, census: CensusTable, new_codes: Mapping[str, str] | None = None
) -> CensusTable:
    """Return `census` with the totals of later censuses, whose ages are not known, below its own.

    Parameters
    ----------
    path : columns code, year, total_persons.
    census : the censuses with ages.
    new_codes : old code → new code, as `census` was read with.

    Returns
    -------
    `census` whose `totals` reach further than its `years`; NaN where a municipality has no total.

    Raises
    ------
    InputError : a broken table, a census that does not follow on the last one, or a code that `census` lacks.
    """
    table = _rename(read_table(path, CensusTotalRow, path.name), dict(new_codes or {}))
    years = sorted({row.year for row in table.rows})
    wanted = [census.years[-1] + CENSUS_STEP_YEARS * (at + 1) for at in range(len(years))]
    codes = {code: at for at, code in enumerate(census.municipalities)}
    strangers = sorted({row.code for row in table.rows} - codes.keys())
    problems = [_year_problem(table, years, census)] if years != wanted or not years else []
    problems += [_stranger_problem(table, strangers)] if strangers else []
    problems += duplicate_problems(table)
    if problems:
        raise InputError(problems)
    later = np.full((len(years), len(codes)), np.nan)
    for row in table.rows:
        later[years.index(row.year), codes[row.code]] = row.total_persons
    return replace(census, totals=np.vstack([census.totals, later]))


def _rename(table: Table, new_codes: Mapping[str, str]) -> Table:
    rows = (row.model_copy(update={"code": new_codes.get(row.code, row.code)}) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _year_problem(table: Table, years: list[int], census: CensusTable) -> Problem:
    return Problem(
        message("検証に使う国勢調査が、年齢別の国勢調査のすぐ後の年から5年おきに続いていません"),
        table.shown,
        {"column": "year"},
        found="、".join(map(str, years)) or None,
        allowed=message("{year}年から5年おきの年", year=census.years[-1] + CENSUS_STEP_YEARS),
        remedy=message("年齢別の表にある年までの行を除き、抜けた年の行を加えてください"),
    )


def _stranger_problem(table: Table, strangers: list[str]) -> Problem:
    more = f" … (n={len(strangers)})" if len(strangers) > _NAMED else ""
    return Problem(
        message("年齢別の国勢調査の表にない団体コードです"),
        table.shown,
        {"column": "code"},
        found="、".join(strangers[:_NAMED]) + more,
        remedy=message(
            "コードだけが変わったのなら --codes の表（old_code、new_code）に書き、区など別の市域の行は除いてください"
        ),
    )


def read_published(path: Path) -> pd.DataFrame:
    """Read published projections beside the censuses that followed.

    Returns
    -------
    columns code, edition, base_year, year, projected_persons, base_persons, actual_persons, row.

    Raises
    ------
    InputError : a broken table, or a projection of nobody: an error of −100 % leaves a band without an upper end.
    """
    table = read_table(path, PublishedProjectionRow, path.name)
    problems = [
        Problem(
            message("推計人口が0人です"),
            table.shown,
            {"row": line, "column": "projected_persons"},
            found=str(row.projected_persons),
            allowed=message("1人以上"),
            remedy=message("推計のない市区町村なら行を除き、値の書き誤りなら直してください"),
        )
        for row, line in zip(table.rows, table.lines, strict=True)
        if row.projected_persons == 0
    ]
    if problems:
        raise InputError(problems)
    return table.frame()
