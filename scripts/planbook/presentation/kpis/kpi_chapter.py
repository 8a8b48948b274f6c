"""What the chapter on methods prints of indicators, from the tables and codes themselves."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planbook.load.reference import load_reference
from planbook.load.roots import DataRoot
from planbook.presentation.kpis.finding_views import code_rows
from planbook.presentation.tables import Column, data_table
from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.rounding import format_number, plain_decimal

MEASURE_WORDS = {
    "progress_minus_elapsed": plain("進捗率 − 経過率が{limit}ポイント以上"),
    "pace_ratio": plain("進捗率 ÷ 経過率が{limit}%以上"),
}
POSITION_WORDS = {
    "beyond_target": plain("目標値に届いた"),
    "beyond_baseline": plain("当初値より良い"),
    "near_baseline": plain("当初値と同水準（当初値の{width}%以内の下落）"),
    "behind_baseline": plain("当初値より悪い"),
}


def kpi_codes(_root: DataRoot, _: Any = None) -> str:
    """Return every code of the lint with its meaning and what would mend it."""
    columns = [
        Column("code", text("符号")),
        Column("word", text("指摘")),
        Column("explanation", text("意味")),
        Column("remedy", text("直し方")),
        Column("decided", text("決め方")),
    ]
    return data_table(pd.DataFrame(code_rows()), columns).html(text("指標の点検の符号")).markup


def on_track_rules(root: DataRoot, _: Any = None) -> str:
    """Return the classes of every rule with their limits."""
    english = current_language() == "en"
    rows = [
        {
            "rule": row.rule_en if english else row.rule_ja,
            "mark": row.mark_en if english else row.mark,
            "limit": _limit_words(row),
            "verified": text("確かめた") if row.verified else text("要確認"),
            "source": row.source,
        }
        for row in load_reference(root).table("on_track_rules").rows
    ]
    columns = [
        Column("rule", text("判定基準")),
        Column("mark", text("印")),
        Column("limit", text("条件（上の区分から順に見る）")),
        Column("verified", text("公表元")),
        Column("source", text("根拠")),
    ]
    return data_table(pd.DataFrame(rows), columns).html(text("順調かどうかの判定基準")).markup


def _limit_words(row) -> str:
    if row.measure == "position":
        width = plain_decimal(row.width_pct) if row.width_pct is not None else ""
        return text(POSITION_WORDS[row.position], width=width)
    if row.at_least is None:
        return text("それより下")
    return text(MEASURE_WORDS[row.measure], limit=format_number(row.at_least))


def statistics(root: DataRoot, _: Any = None) -> str:
    """Return when each statistic is published, with whether that was checked."""
    english = current_language() == "en"
    rows = [
        {
            "name": row.name_en if english else row.name_ja,
            "publisher": row.publisher_en if english else row.publisher_ja,
            "rhythm": text("毎年") if row.every_years == 1 else text("{n}年ごと", n=row.every_years),
            "lag": _lag_words(row),
            "verified": text("確かめた") if row.verified else text("要確認"),
            "note": row.note_en if english else row.note,
        }
        for row in load_reference(root).table("statistics").rows
    ]
    columns = [
        Column("name", text("統計")),
        Column("publisher", text("公表者")),
        Column("rhythm", text("値のある年")),
        Column("lag", text("公表までの月数（か月）")),
        Column("verified", text("公表元")),
        Column("note", text("備考")),
    ]
    return data_table(pd.DataFrame(rows), columns).html(text("指標のもとになる統計と公表の時期")).markup


def _lag_words(row) -> str:
    if row.lag_months_min is None:
        return text("分からない")
    if row.lag_months_min == row.lag_months_max:
        return str(row.lag_months_min)
    return text("{low}〜{high}", low=row.lag_months_min, high=row.lag_months_max)
