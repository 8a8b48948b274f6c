"""Tables of indicators: by goal for reading, and by what is written beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planbook.analysis.kpis.listing import Series, Value, describe_listing, list_unique
from planbook.analysis.kpis.measurability import Measurability, count_measurable
from planbook.load.plan import Plan
from planbook.presentation.document_words import coverage_note
from planbook.presentation.html import Html, fold
from planbook.presentation.kpis import kpi_values as shown
from planbook.presentation.kpis.kpi_words import announcements
from planbook.presentation.kpis.standing import how_to_read, skipped_note, standing_tables
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.sources import locator_words
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.kpis.kpi_facts import PlanKpis
from planbook.vocabulary.catalogue import text


def by_goal(series: Sequence[Series]) -> dict[str | None, list[Series]]:
    """Group series by goal, in the order in which the goals appear."""
    groups: dict[str | None, list[Series]] = {}
    for one in series:
        groups.setdefault(one.goal_id, []).append(one)
    return groups


def indicator_tables(page: Page, kpis: PlanKpis) -> Html:
    """Return where every indicator stands, role by role; names alone where that is all there is."""
    plan = kpis.plan
    if kpis.listing == "none":
        return announcements(page, plan) + coverage_note(page, plan)
    if kpis.listing == "names":
        names = name_table(plan, kpis.series).html(text("この資料が名称を挙げる指標"))
        return names + announcements(page, plan) + coverage_note(page, plan)
    tables = standing_tables(page, kpis)
    return how_to_read(page, kpis) + tables + skipped_note(page, kpis) + coverage_note(page, plan)


def name_table(plan: Plan, series: Sequence[Series]) -> DataTable:
    """Return the names of indicators with their goal and where they stand in the document."""
    rows = [
        {
            "name": shown.coded_name(one),
            "goal": shown.goal_heading(plan, one.goal_id),
            "place": locator_words(plan.document_source(one)),
        }
        for one in series
    ]
    titles = {"name": text("指標"), "goal": text("目標"), "place": text("資料の中の位置")}
    return data_table(pd.DataFrame(rows), [Column(name, title) for name, title in titles.items()])


def completeness_table(series: Sequence[Series]) -> DataTable | None:
    """Return which of baseline, its year, target and its year are written; None where no value is listed."""
    if describe_listing(series) != "values":
        return None
    rows = [
        {
            "name": shown.coded_name(one),
            "baseline": _mark(one.baseline),
            "baseline_year": _year_mark(one.baseline),
            "target": _mark(one.target),
            "target_year": _year_mark(one.target),
        }
        for one in list_unique(series)
    ]
    titles = {
        "name": text("指標"),
        "baseline": text("当初値"),
        "baseline_year": text("当初値の年"),
        "target": text("目標値"),
        "target_year": text("目標の年度"),
    }
    return data_table(pd.DataFrame(rows), [Column(name, title) for name, title in titles.items()])


def folded_completeness(kpis: PlanKpis) -> Html:
    """Return the completeness table, folded: the sentence above it says the sums; nothing without values."""
    table = completeness_table([item.series for item in kpis.counted])
    if table is None:
        return Html("")
    caption = text("値と年度の掲載（再掲を除く）")
    return fold(text("指標ごとに、値と年度の掲載を見る"), table.html(caption))


def _mark(value: Value | None) -> str:
    """Return a sign with its word, never a sign or a colour alone."""
    if value is not None and value.is_number:
        return text("○ あり")
    return text("△ 矢印だけ") if value is not None and value.is_direction else text("− なし")


def _year_mark(value: Value | None) -> str:
    if value is None or not (value.is_number or value.is_direction):
        return text("− 値がない")
    return text("○ あり") if value.is_dated else text("− なし")


def completeness_sentence(page: Page, kpis: PlanKpis) -> Html:
    """Return how many indicators can be measured, with the kind of document that says so; nothing without values."""
    if kpis.listing != "values":
        return Html("")
    counted = count_measurable(kpis.series, coverage=kpis.plan.file.coverage)
    return Html("".join(_measurable(page, kpis, one).markup for one in counted))


def _measurable(page: Page, kpis: PlanKpis, one: Measurability) -> Html:
    document = next(d for d in kpis.plan.file.documents if d.id == one.document)
    return page.say(
        "資料「{title}」（{coverage}）が掲げる{total}のうち、当初値が数値で書かれているのは{base}、その年が書かれているのは{base_year}、"
        "目標値が数値で書かれているのは{target}、目標の年度が書かれているのは{target_year}です。四つがそろっているのは{measurable}です。{fairness}",
        title=document.title,
        coverage=coverage_words(kpis.plan.file),
        total=one.counts.series,
        base=one.with_baseline,
        base_year=one.counts.with_baseline_year,
        target=one.with_target,
        target_year=one.counts.with_target_year,
        measurable=one.measurable,
        fairness=""
        if kpis.plan.file.coverage == "full"
        else text("全文ではない資料なので、計画の優劣を示すものではありません。"),
    )
