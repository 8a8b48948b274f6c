"""What the documents do not write beside their indicators: what is common to them, and where each code is found."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planbook.analysis.kpis.lint_codes import CODES
from planbook.presentation.comparison.compare_kpi_labels import (
    count_column,
    count_plans,
    labels_of,
    listing_sources,
    plan_cells,
    plan_columns,
    plan_link,
    who_plans,
)
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.kpis.kpi_words import count_kpi_findings, share_words
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.comparison.kpi_comparison import KpiComparison, PlanIndicators
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import format_number


def gap_sentence(page: Page, comparison: KpiComparison) -> Html:
    """Say which findings all documents with values have in common; nothing where no document lists an indicator."""
    have = comparison.with_values
    if not comparison.listing or len(comparison.plans) < 2:
        return Html("")
    if not have:
        return page.say(
            "指標の値を載せている資料がないので、書かれていないことに共通点があるかは、いえません。"
        )
    if len(have) == 1:
        return page.say(
            "指標の値が資料に載っているのは{plan}です。書かれていないことに共通点があるかは、いえません。",
            plan=who_plans(have, labels_of(comparison)),
        )
    common = [code for code in CODES if all(code in count_kpi_findings(row.kpis) for row in have)]
    if not common:
        return page.say(
            "値を載せている{plans}の資料のすべてに共通する指摘はありません。", plans=count_plans(len(have))
        )
    return page.say(
        "値を載せている{plans}の資料のすべてに、{words}の指摘があります。どの計画でも、まず確かめるとよいところです。",
        plans=count_plans(len(have)),
        words=join([text("「{word}」", word=CODES[code].word) for code in common]),
    )


def gap_figure(page: Page, comparison: KpiComparison) -> Html:
    """Return how many indicators of each plan have each finding, folded; nothing where there is none."""
    table = gap_table(comparison)
    if table is None or len(comparison.plans) < 2:
        return Html("")
    figure = page.figure(
        "gaps",
        None,
        table,
        caption=text("指標の点検の指摘の数（資料が掲げる系列のうち）"),
        alternative="",
        sources=listing_sources(comparison.listing),
    )
    summary = escape(
        text("どの指摘がどの計画にいくつあるかを見る（{n}行）", n=format_number(len(table.frame)))
    )
    caveat = page.say(
        "数は、資料が掲げる指標の数と書き方によって変わります。全文でない資料では書かれていないことが多くなるので、計画どうしの優劣は示しません。指摘の意味は{link}にあります。",
        link=Html(f'<a href="methods.html#methods-lint">{escape(text("方法"))}</a>'),
    )
    return caveat + Html(f'<details class="pb-data pb-fold"><summary>{summary}</summary>{figure}</details>')


def gap_table(comparison: KpiComparison) -> DataTable | None:
    """Return one row a code and plan, in the order of the codes, then of the plans; None where nothing is found."""
    labels = labels_of(comparison)
    counts = {row.plan.plan_id: count_kpi_findings(row.kpis) for row in comparison.listing}
    rows = [
        {
            **plan_cells(row.plan),
            "word": CODES[code].word,
            "code_id": code,
            "plan": plan_link(row.plan, labels[row.plan.plan_id]),
            "shown": share_words(counts[row.plan.plan_id][code], _total(row, code)),
            "count": counts[row.plan.plan_id][code],
            "total": _total(row, code),
            "plan_ids": row.plan.plan_id,
        }
        for code in CODES
        for row in comparison.listing
        if code in counts[row.plan.plan_id]
    ]
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    columns = [
        Column("word", text("指摘")),
        Column("plan", text("計画")),
        Column("shown", text("あてはまる系列")),
    ]
    file = [
        *plan_columns(),
        Column("code_id", text("符号")),
        Column("word", text("指摘")),
        count_column("count", text("あてはまる系列の数")),
        count_column("total", text("点検した系列の数")),
    ]
    table = data_table(frame, columns, {text("指摘"): "word"}, plans="plan_ids")
    return replace(table, as_file=data_table(frame, file))


def _total(row: PlanIndicators, code: str) -> int:
    return len(row.kpis.facts) if code == "K08" else len(row.kpis.counted)
