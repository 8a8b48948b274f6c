"""Every series with all its columns, one datum a cell: what the downloads of the indicators' page hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from planbook.analysis.kpis.lint_codes import CODES
from planbook.analysis.kpis.listing import Series, Value
from planbook.load.plan import Plan
from planbook.presentation.kpis import kpi_values as shown
from planbook.presentation.kpis.kpi_words import ROLE_WORDS
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.kpis.kpi_facts import KpiFacts, PlanKpis
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import NO_VALUE, format_number


@dataclass(frozen=True)
class Figures(Column):
    """A column of figures in different units, each with the digits of its document."""

    decimals: int | None = 0

    def show(self, value: object) -> str:
        """Return one cell as readers see it."""
        if not isinstance(value, Decimal):
            return NO_VALUE
        return format_number(value, _digits(value), sign=self.sign)

    def raw(self, value: object) -> object:
        """Return one cell as a spreadsheet takes it."""
        if not isinstance(value, Decimal):
            return None
        return float(value) if _digits(value) else int(value)


def _digits(value: Decimal) -> int:
    return max(0, -value.as_tuple().exponent)


def value_table(plan: Plan, series: Sequence[Series]) -> DataTable:
    """Return every series with values, years and change, one datum a cell: what the downloads hold."""
    return data_table(pd.DataFrame([_value_row(plan, one) for one in series]), _value_columns())


def kpi_table(kpis: PlanKpis) -> DataTable:
    """Return every series with values, change, latest actual, progress, mark and findings: the KPI table as a file."""
    rows = [{**_value_row(kpis.plan, item.series), **_standing_row(item)} for item in kpis.facts]
    return data_table(pd.DataFrame(rows), [*_value_columns(), *_standing_columns()])


def _standing_row(item: KpiFacts) -> dict[str, object]:
    progress, judged = item.progress, item.judgement
    return {
        **_stated("actual", progress.actual, item.series),
        "progress_pct": progress.progress_pct,
        "elapsed_pct": progress.elapsed_pct,
        "verdict": progress.verdict_words,
        "mark": judged.mark,
        "rule": judged.rule_name if judged.kind == "class" else None,
        "why": judged.reason_sentence,
        "reading": progress.reading,
        "findings": shown.join([CODES[f.code].word for f in item.findings]) or None,
    }


def _standing_columns() -> list[Column]:
    return [
        Figures("actual", text("直近の実績")),
        Column("actual_unit", text("直近の実績の単位")),
        Column("actual_year", text("直近の実績の時点（西暦）")),
        Column("actual_kind", text("直近の実績の時点の種類")),
        Column("actual_written", text("直近の実績の原文")),
        Column("progress_pct", text("進捗率（%）"), 1),
        Column("elapsed_pct", text("経過率（%）"), 1),
        Column("verdict", text("向き・維持の判定")),
        Column("mark", text("判定")),
        Column("rule", text("判定基準")),
        Column("why", text("判定できない理由")),
        Column("reading", text("目標の年度の読み方")),
        Column("findings", text("点検の指摘")),
    ]


def _value_row(plan: Plan, one: Series) -> dict[str, object]:
    change = shown.show_change(plan, one)
    return {
        "name": shown.series_name(one),
        "code": one.code,
        "goal": shown.goal_heading(plan, one.goal_id),
        "role": text(ROLE_WORDS[one.role]),
        **_stated("base", one.baseline, one),
        **_stated("target", one.target, one),
        "difference": change.change.difference,
        "difference_unit": change.change.unit if change.change.difference is not None else None,
        "change_pct": change.change.change_pct,
        "reasons": change.reasons() or None,
        "repeats": one.repeats,
        "kpi_id": one.kpi_id,
    }


def _stated(name: str, value: Value | None, one: Series) -> dict[str, object]:
    number = value is not None and value.is_number
    year, kind = dated(value)
    return {
        name: value.value if number else None,
        f"{name}_unit": (value.unit or one.unit) if number else None,
        f"{name}_year": year,
        f"{name}_kind": kind,
        f"{name}_written": value.as_written if value is not None else None,
    }


def dated(value: Value | None) -> tuple[str | None, str | None]:
    """Return the western year or date of a value, and what it is: a fiscal year is no calendar year."""
    if value is None or not value.is_dated:
        return None, None
    if value.fiscal_year is not None:
        return str(value.fiscal_year), text("年度")
    return value.as_of, text("年") if len(value.as_of) == len("2025") else text("年月日")


def _value_columns() -> list[Column]:
    return [
        Column("name", text("指標")),
        Figures("base", text("当初値")),
        Column("base_unit", text("当初値の単位")),
        Column("base_year", text("当初値の時点（西暦）")),
        Column("base_kind", text("当初値の時点の種類")),
        Figures("target", text("目標値")),
        Column("target_unit", text("目標値の単位")),
        Column("target_year", text("目標値の時点（西暦）")),
        Column("target_kind", text("目標値の時点の種類")),
        Figures("difference", text("差"), sign=True),
        Column("difference_unit", text("差の単位")),
        Column("change_pct", text("増減率（%）"), 1, sign=True),
        Column("reasons", text("差・増減率についての注")),
        Column("goal", text("目標")),
        Column("code", text("原文の番号")),
        Column("role", text("役割")),
        Column("base_written", text("当初値の原文")),
        Column("target_written", text("目標値の原文")),
        Column("repeats", text("再掲元のID")),
        Column("kpi_id", text("指標ID")),
    ]
