"""Tables of indicators: by goal for reading, and by what is written beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planbook.analysis.kpis.gaps import GAPS, list_gaps
from planbook.analysis.kpis.listing import Series, Value, count_series, describe_listing, list_unique
from planbook.load.plan import Plan
from planbook.presentation.document_words import coverage_note
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis import kpi_values as shown
from planbook.presentation.kpis.kpi_words import announcements, universal_gaps
from planbook.presentation.page import Page
from planbook.presentation.sources import locator_words
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import NO_VALUE


def by_goal(series: Sequence[Series]) -> dict[str | None, list[Series]]:
    """Group series by goal, in the order in which the goals appear."""
    groups: dict[str | None, list[Series]] = {}
    for one in series:
        groups.setdefault(one.goal_id, []).append(one)
    return groups


def indicator_tables(page: Page, plan: Plan, series: Sequence[Series]) -> Html:
    """Return the indicators by goal with values and planned change; names alone where that is all there is."""
    listing = describe_listing(series)
    if listing == "none":
        return announcements(page, plan) + coverage_note(page, plan)
    if listing == "names":
        names = name_table(plan, series).html(text("この資料が名称を挙げる指標"))
        return names + announcements(page, plan) + coverage_note(page, plan)
    skip = universal_gaps(series)
    tables = [
        _goal_table(page, plan, group, series, skip).html(shown.goal_heading(plan, goal_id))
        for goal_id, group in by_goal(series).items()
    ]
    body = Html("".join(table.markup for table in tables))
    return _how_to_read(page) + body + _skipped_note(page, skip) + coverage_note(page, plan)


def _how_to_read(page: Page) -> Html:
    return page.say(
        "当初値と目標値は資料のとおりで、数値から出典の行へ移れます。予定する変化は、その指標で意味を持つ形だけで示します。"
        "割合どうしの差は「ポイント」、当初値が0以下のものは差だけ、同じ値なら「保つ」です。"
    )


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


def _goal_table(
    page: Page, plan: Plan, group: Sequence[Series], series: Sequence[Series], skip: Sequence[str]
) -> DataTable:
    rows = []
    for one in group:
        change = shown.show_change(plan, one)
        gaps = shown.join([GAPS[code].word for code in list_gaps(one, series) if code not in skip])
        rows.append(
            {
                "name": shown.coded_name(one),
                "baseline": shown.value_cell(page, plan, one, one.baseline),
                "target": shown.value_cell(page, plan, one, one.target),
                "change": change.html(page),
                "notes": _notes(gaps, change.form_reason()),
            }
        )
    columns = [
        Column("name", text("指標")),
        # Cells of markup print as they are; the digits only right-align them and keep them in one line.
        Column("baseline", text("当初値"), 0),
        Column("target", text("目標値"), 0),
        Column("change", text("予定する変化"), 0),
        Column("notes", text("この資料にないこと・注意")),
    ]
    return data_table(pd.DataFrame(rows), columns)


def _notes(gaps: str, reason: str) -> Html:
    small = f"<small>{escape(reason)}</small>" if reason else ""
    words = "<br>".join(part for part in (escape(gaps), small) if part) or NO_VALUE
    # On a phone the column would otherwise be three letters wide and a page long.
    return Html(f'<div style="min-width:9em">{words}</div>')


def _skipped_note(page: Page, skip: Sequence[str]) -> Html:
    if not skip:
        return Html("")
    gaps = shown.join([text("「{word}」", word=GAPS[code].word) for code in skip])
    return page.say("{gaps}は、どの指標にもあてはまるため、表の右端の列では省いています。", gaps=gaps)


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


def _mark(value: Value | None) -> str:
    """Return a sign with its word, never a sign or a colour alone."""
    if value is not None and value.is_number:
        return text("○ あり")
    return text("△ 矢印だけ") if value is not None and value.is_direction else text("− なし")


def _year_mark(value: Value | None) -> str:
    if value is None or not (value.is_number or value.is_direction):
        return text("− 値がない")
    return text("○ あり") if value.is_dated else text("− なし")


def completeness_sentence(page: Page, series: Sequence[Series]) -> Html:
    """Return the sums of the completeness table in a sentence; nothing where no value is listed."""
    if describe_listing(series) != "values":
        return Html("")
    counts = count_series(series)
    return page.say(
        "{total}のうち、当初値が数値で書かれているのは{base}、その年が書かれているのは{base_year}、"
        "目標値が数値で書かれているのは{target}、目標の年度が書かれているのは{target_year}です。",
        total=counts.series,
        base=counts.series - counts.without_baseline,
        base_year=counts.with_baseline_year,
        target=counts.series - counts.without_target - counts.direction_only,
        target_year=counts.with_target_year,
    )
