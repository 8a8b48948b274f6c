"""The sheet for the yearly review (効果検証): what is known filled in, what departments enter left empty."""

from __future__ import annotations

import pandas as pd

from planbook.analysis.kpis.lint import CODES
from planbook.analysis.kpis.series import Value
from planbook.presentation.html import Html, fold
from planbook.presentation.kpis.kpi_downloads import Figures, dated
from planbook.presentation.kpis.kpi_figures import document_sources
from planbook.presentation.kpis.kpi_values import goal_heading, series_name
from planbook.presentation.kpis.kpi_words import ROLE_WORDS
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.kpis.kpi_facts import KpiFacts, PlanKpis
from planbook.vocabulary.catalogue import current_language, text
from planbook.vocabulary.schemas import KpiValueRow

#: What a department fills in; the names lead back to the columns of kpi_values.csv and evaluations.csv.
_TO_FILL = ("fill_value", "fill_year", "fill_n", "fill_published", "fill_label", "fill_next", "fill_words")


def review_sheet(page: Page, kpis: PlanKpis) -> Html:
    """Return the sheet as a folded table with CSV and Excel; nothing where no indicator is listed."""
    if not kpis.counted:
        return Html("")
    figure = page.figure(
        "review-sheet",
        None,
        sheet_table(kpis),
        caption=text("効果検証の記入用の表"),
        alternative="",
        sources=document_sources(kpis.plan, kpis.series),
    )
    entry = page.figure(
        "entry",
        None,
        entry_table(kpis),
        caption=text("実績を入力する行（kpi_values.csv と同じ列）"),
        alternative="",
        sources=document_sources(kpis.plan, kpis.series),
    )
    folds = fold(text("記入用の表を見る、ダウンロードする（{n}行）", n=len(kpis.counted)), figure) + fold(
        text("実績を入力する行をダウンロードする（kpi_values.csv と同じ列）"), entry
    )
    opening = page.say(
        "分かっていることは埋めてあります。「記入」の欄に書き込んで、会議の資料や各課への照会に使えます。"
        "この本に実績を加えるときは、二つ目の表の空いた欄を埋め、kpi_values.csv の末尾に貼り付けます。"
    )
    return opening + _labels(page, kpis) + folds


def entry_table(kpis: PlanKpis) -> DataTable:
    """Return one row an indicator with the columns of kpi_values.csv: what is known of next year's actual filled in."""
    rows = [
        {
            **dict.fromkeys(KpiValueRow.model_fields),
            "kpi_id": item.series.kpi_id,
            "kind": "actual",
            "state": "number",
            "unit": item.series.unit,
            "years": 1 if item.series.type == "annual_flow" else None,
        }
        for item in kpis.counted
    ]
    columns = [Column(name, name, 0 if name == "years" else None) for name in KpiValueRow.model_fields]
    return data_table(pd.DataFrame(rows), columns)


def _labels(page: Page, kpis: PlanKpis) -> Html:
    """Name the words of the scales; those that were not checked at their source say so."""
    words: dict[str, list[str]] = {"label": [], "next_step": []}
    for row in kpis.plan.reference.table("evaluation_labels").rows:
        word = row.words_en if current_language() == "en" else row.words_ja
        words[row.scale].append(word if row.verified else text("{word}［要確認］", word=word))
    return page.say(
        "評価の語は{labels}、今後の方針は{steps}から選びます。計画に独自の語があれば、それを使ってください。",
        labels=text("／").join(words["label"]),
        steps=text("／").join(words["next_step"]),
    )


def sheet_table(kpis: PlanKpis) -> DataTable:
    """Return one row an indicator, repetitions and 参考指標 left out."""
    return data_table(pd.DataFrame([_row(kpis, item) for item in kpis.counted]), _columns())


def _row(kpis: PlanKpis, item: KpiFacts) -> dict[str, object]:
    one, progress = item.series, item.progress
    judged = item.judgement if item.judgement.kind == "class" else None
    return {
        "goal": goal_heading(kpis.plan, one.goal_id),
        "name": series_name(one),
        "role": text(ROLE_WORDS[one.role]),
        "department": one.department,
        "unit": one.unit,
        **_stated("base", one.baseline),
        **_stated("target", one.target),
        **_stated("actual", progress.actual),
        "progress": progress.progress_pct,
        "elapsed": progress.elapsed_pct,
        "mark": judged.mark if judged else None,
        "rule": judged.rule_name if judged else None,
        **dict.fromkeys(_TO_FILL),
        "ask": " ".join(dict.fromkeys(CODES[finding.code].remedy for finding in item.findings)) or None,
        "kpi_id": one.kpi_id,
    }


def _stated(name: str, value: Value | None) -> dict[str, object]:
    if value is None:
        return dict.fromkeys((name, f"{name}_year", f"{name}_kind", f"{name}_written"))
    year, kind = dated(value)
    return {
        name: value.value,
        f"{name}_year": year,
        f"{name}_kind": kind,
        f"{name}_written": value.as_written,
    }


def _columns() -> list[Column]:
    return [
        Column("name", text("指標")),
        Column("goal", text("目標")),
        Column("role", text("役割")),
        Column("department", text("所管課")),
        Column("unit", text("単位")),
        Figures("base", text("当初値")),
        Column("base_written", text("当初値の原文")),
        Column("base_year", text("当初値の時点（西暦）")),
        Column("base_kind", text("当初値の時点の種類")),
        Figures("target", text("目標値")),
        Column("target_written", text("目標値の原文")),
        Column("target_year", text("目標値の時点（西暦）")),
        Column("target_kind", text("目標値の時点の種類")),
        Figures("actual", text("直近の実績")),
        Column("actual_year", text("実績の時点（西暦）")),
        Column("actual_kind", text("実績の時点の種類")),
        Column("progress", text("進捗率（%）"), 1),
        Column("elapsed", text("経過率（%）"), 1),
        Column("mark", text("判定")),
        Column("rule", text("判定基準")),
        Column("fill_value", text("記入：実績")),
        Column("fill_year", text("記入：実績の年度（西暦）")),
        Column("fill_n", text("記入：回答者数（人）")),
        Column("fill_published", text("記入：公表日（西暦）")),
        Column("fill_label", text("記入：評価の語")),
        Column("fill_next", text("記入：今後の方針")),
        Column("fill_words", text("記入：所見")),
        Column("ask", text("確かめること・直すこと")),
        Column("kpi_id", text("指標ID")),
    ]
