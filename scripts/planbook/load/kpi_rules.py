"""Rules of the indicator tables that no single cell can break: dates in order, one unit, values that can be.

A baseline and a target whose units differ are no error: so the document has them, and the check of the
indicators (K06) says so. An actual is entered by those who run the book, and must be in the indicator's unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planbook.load.stated_figures import figure_problems, unit_problems
from planbook.load.tables import Table
from planbook.vocabulary.errors import Message, Problem, message
from planbook.vocabulary.rounding import plain_decimal
from planbook.vocabulary.unit_relations import compare_units, is_percent
from planbook.vocabulary.value_dates import days_of_value, last_day_of_value

Lined = tuple[object, int]


@dataclass(frozen=True)
class _Reporter:
    """Makes the problems of one table."""

    table: Table

    def at(self, line: int, column: str, what: Message, **words) -> Problem:
        return Problem(what, self.table.shown, {"row": line, "column": column}, **words)


def kpi_rule_problems(tables: dict[str, Table]) -> Iterator[Problem]:
    """List every broken rule of kpis.csv and kpi_values.csv; a table that is absent has no problems."""
    kpis, values = tables.get("kpis"), tables.get("kpi_values")
    if kpis is not None:
        yield from _indicator_problems(kpis)
    if values is None:
        return
    indicators = {row.kpi_id: row for row in kpis.rows} if kpis is not None else {}
    report = _Reporter(values)
    by_kpi: dict[str, list[Lined]] = {}
    for row, line in zip(values.rows, values.lines, strict=True):
        by_kpi.setdefault(row.kpi_id, []).append((row, line))
        yield from _value_problems(report, row, line, indicators.get(row.kpi_id))
    for kpi_id, rows in by_kpi.items():
        yield from _order_problems(report, kpi_id, rows)
        yield from _twice_problems(report, kpi_id, rows)
        yield from _unit_problems(report, rows, indicators.get(kpi_id))


def _indicator_problems(table: Table) -> Iterator[Problem]:
    report = _Reporter(table)
    for row, line in zip(table.rows, table.lines, strict=True):
        if row.tolerance is not None and row.tolerance < 0:
            yield report.at(
                line,
                "tolerance",
                message("許容幅が負です"),
                found=plain_decimal(row.tolerance),
                allowed=message("0以上の数"),
                remedy=message("幅の大きさだけを書いてください。計画が定めていなければ空にします"),
            )
        if row.survey_n is not None and not _is_head_count(row.survey_n):
            yield _respondents_problem(report, line, "survey_n", row.survey_n)


def _value_problems(report: _Reporter, row, line: int, indicator) -> Iterator[Problem]:
    """Check one value by itself."""
    if row.value is not None:
        yield from figure_problems(report.table.shown, {"row": line, "column": "value"}, row.value, row)
        yield from unit_problems(report.table.shown, line, row)
        yield from _range_problems(report, row, line, indicator)
    yield from _date_problems(report, row, line, indicator)
    if row.respondents is not None and not _is_head_count(row.respondents):
        yield _respondents_problem(report, line, "respondents", row.respondents)
    if row.years is not None and row.years <= 0:
        yield report.at(
            line,
            "years",
            message("何年分の数かが正の数ではありません"),
            found=plain_decimal(row.years),
            allowed=message("正の数。1年間の数なら 1、5年間の累計なら 5"),
            remedy=message("ある時点の量、または書かれていなければ空にしてください"),
        )


def _range_problems(report: _Reporter, row, line: int, indicator) -> Iterator[Problem]:
    if indicator is None:
        return
    if indicator.type == "yes_no" and row.value not in (0, 1):
        yield report.at(
            line,
            "value",
            message("実施の有無の値が0か1ではありません"),
            found=plain_decimal(row.value),
            allowed=message("0＝未実施、1＝実施"),
            remedy=message(
                "0か1を書くか、数を数える指標なら kpis.csv の type を level や annual_flow にしてください"
            ),
        )
    if _is_share(indicator, row) and not 0 <= row.value <= 100:
        yield report.at(
            line,
            "value",
            message("割合が0％から100％までの外にあります"),
            found=plain_decimal(row.value),
            allowed=message("0以上100以下"),
            remedy=message(
                "小数点の位置を確かめてください。全体に占める割合でなければ、kpis.csv の type を index にします"
            ),
        )


def _is_share(indicator, row) -> bool:
    """Tell whether a value is a part of a whole, in per cent: a survey's, or one that is named 割合."""
    unit = row.unit or indicator.unit
    if indicator.type == "survey_share":
        return unit is None or is_percent(unit)
    return "割合" in indicator.name and is_percent(unit) and indicator.type != "index"


def _date_problems(report: _Reporter, row, line: int, indicator) -> Iterator[Problem]:
    days = _days(row)
    if row.kind == "actual" and days is None:
        yield report.at(
            line,
            "fiscal_year",
            message("実績に年度も時点もありません"),
            found=row.as_written,
            allowed=message("fiscal_year か as_of のどちらか"),
            remedy=message(
                "いつの値かを書いてください。いつの値か分からない実績は、進み方の計算に使えません"
            ),
        )
    if row.kind == "actual" and days is not None and days[0] > date.today():
        yield report.at(
            line,
            "fiscal_year" if row.fiscal_year is not None else "as_of",
            message("実績の時点がまだ来ていません"),
            found=_when(row),
            allowed=message("{day} までに始まった年度・時点", day=date.today()),
            remedy=message("年度・時点を確かめてください。見込みの値は実績にしません"),
        )
    if row.fiscal_year is not None and row.as_of is not None:
        own, year = days_of_value(None, row.as_of), days
        if own[1] < year[0] or own[0] > year[1]:
            yield report.at(
                line,
                "as_of",
                message("時点が年度の外にあります"),
                found=row.as_of,
                allowed=message("{first} から {last} まで", first=year[0], last=year[1]),
                remedy=message("年度は4月に始まります。どちらかを直すか、一方を空にしてください"),
            )
    if days is not None and row.published and row.kind in ("baseline", "actual"):
        # A moment within the year may be published in it; the sum of the year may not before it ends.
        yearly = row.years is not None or (indicator is not None and indicator.type == "annual_flow")
        earliest = days[1] if yearly else max(days[0], (days_of_value(None, row.as_of) or days)[0])
        if days_of_value(None, row.published)[1] < earliest:
            yield report.at(
                line,
                "published",
                message("公表の日付が、値の時点より前です"),
                found=row.published,
                allowed=message("{day} 以後", day=earliest),
                remedy=message("公表の年月日か、値の年度・時点を直してください。見込みの値は実績にしません"),
            )


def _order_problems(report: _Reporter, kpi_id: str, rows: Sequence[Lined]) -> Iterator[Problem]:
    """Report a target that does not lie after its baseline, and an actual before it."""
    dated = [(row, line, _last_day(row)) for row, line in rows if _last_day(row) is not None]
    bases = [day for row, _, day in dated if row.kind == "baseline"]
    if not bases:
        return
    start = min(bases)
    for row, line, day in dated:
        late_enough = day >= start if row.kind in ("actual", "baseline") else day > start
        if not late_enough:
            yield report.at(
                line,
                "fiscal_year" if row.fiscal_year else "as_of",
                message("目標・実績の時点が当初値の時点より後ではありません（{kind}）", kind=row.kind),
                found=f"{kpi_id}: {_when(row)} ≦ {start}",
                allowed=message("当初値の時点（{start}）より後", start=start),
                remedy=message("原文の年度を確かめ、当初値と目標値の行を取り違えていないか見てください"),
            )


def _twice_problems(report: _Reporter, kpi_id: str, rows: Sequence[Lined]) -> Iterator[Problem]:
    """Report two values of one kind for one moment that is written two ways; one way is the table's own check."""
    first: dict[tuple[str, date], tuple[str, int]] = {}
    for row, line in rows:
        day = _last_day(row)
        if day is None:
            continue
        written, other = first.setdefault((row.kind, day), (_when(row), line))
        if written != _when(row):
            yield report.at(
                line,
                "fiscal_year" if row.fiscal_year else "as_of",
                message("同じ時点の値が二つあります（{kind}、{other}行目と）", kind=row.kind, other=other),
                found=f"{kpi_id}: {written} = {_when(row)}",
                allowed=message("一つの時点に一つの値"),
                remedy=message("正しいほうを残してください。別の時点の値なら、年度・時点を直します"),
            )


def _unit_problems(report: _Reporter, rows: Sequence[Lined], indicator) -> Iterator[Problem]:
    """Report an actual in another unit than its indicator, or than the actuals before it."""
    known = indicator.unit if indicator is not None else None
    for row, line in rows:
        if row.kind != "actual" or row.value is None or row.unit is None:
            continue
        known = known or row.unit
        if compare_units(known, row.unit) == "different":
            yield report.at(
                line,
                "unit",
                message("実績の単位が、この指標のほかの値と違います"),
                found=row.unit,
                allowed=message("{unit}", unit=known),
                remedy=message("値をその単位に直して書いてください。千人や万円への換算は自動では行いません"),
            )


def _respondents_problem(report: _Reporter, line: int, column: str, value: Decimal) -> Problem:
    return report.at(
        line,
        column,
        message("回答者数が正の整数ではありません"),
        found=plain_decimal(value),
        allowed=message("1以上の整数"),
        remedy=message("有効な回答をした人の数を書いてください。分からなければ空にします"),
    )


def _is_head_count(value: Decimal) -> bool:
    return value > 0 and value == value.to_integral_value()


def _days(row) -> tuple[date, date] | None:
    return days_of_value(row.fiscal_year, row.as_of)


def _last_day(row) -> date | None:
    return last_day_of_value(row.fiscal_year, row.as_of)


def _when(row) -> str:
    return f"{row.fiscal_year}年度" if row.fiscal_year is not None else row.as_of
