"""Indicators that plans share, and names that resemble each other, with whether their values may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from planbook.presentation.comparison.compare_kpi_labels import (
    labels_of,
    named,
    plan_cells,
    plan_columns,
    view_figure,
)
from planbook.presentation.comparison.compare_kpi_reasons import (
    TYPE_WORDS,
    pair_ids,
    reason_sentences,
    statistic_name,
    verdict_words,
)
from planbook.presentation.comparison.compare_labels import unique
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis import kpi_values as shown
from planbook.presentation.kpis.kpi_downloads import value_table
from planbook.presentation.kpis.kpi_figures import document_sources
from planbook.presentation.page import Page, View
from planbook.presentation.shared_words import show_marked
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.comparison.comparable_values import Comparable, Member
from planbook.summary.comparison.kpi_comparison import KpiComparison
from planbook.summary.comparison.shared_indicators import (
    MOST_NAMES,
    AlikePair,
    SharedIndicator,
)
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.rounding import format_number

#: So many statistics and names at most: those that most plans share stay.
MOST_SHARED = 200
#: Rows that stand open on the page; a longer table is folded.
MOST_OPEN = 20


def choose_shared(comparison: KpiComparison) -> tuple[SharedIndicator, ...]:
    """Return what is shown of the shared indicators, in their order."""
    ranked = sorted(comparison.shared, key=lambda one: -len(one.plan_ids))[:MOST_SHARED]
    return tuple(one for one in comparison.shared if one in ranked)


def shared_figure(page: Page, comparison: KpiComparison) -> Html:
    """Return the table of what plans share; nothing where they share nothing."""
    return view_figure(page, "shared", view_shared(comparison), text("計画に共通する統計と名称"))


def alike_figure(page: Page, comparison: KpiComparison) -> Html:
    """Return the table of names that resemble each other; nothing where none do."""
    return view_figure(page, "alike", view_alike(comparison), text("名称の似た指標の組"))


def view_shared(comparison: KpiComparison) -> View | None:
    """Return one row a statistic or name that plans share; None where they share none."""
    groups = choose_shared(comparison)
    if not groups:
        return None
    labels = labels_of(comparison)
    rows = [
        {
            "what": _what(one),
            "plans": named(one.plan_ids, labels),
            **_verdict_cells(comparison, one.values),
            "plan_ids": pair_ids(one.plan_ids),
        }
        for one in groups
    ]
    columns = [
        Column("what", text("何が同じか")),
        Column("plans", text("計画")),
        Column("verdict", text("値を比べられるか")),
        Column("reasons", text("理由")),
    ]
    sets = [(_what(one), one.members, one.values) for one in groups]
    table = replace(
        data_table(pd.DataFrame(rows), columns, plans="plan_ids"),
        stacks=True,
        as_file=_members_file(comparison, sets),
    )
    return View(None, table, _sources(member for one in groups for member in one.members), "")


def shared_values(page: Page, comparison: KpiComparison) -> Html:
    """Return the values of the shared indicators as their documents write them; nothing where plans share none."""
    groups, labels = choose_shared(comparison), labels_of(comparison)
    rows = [_value_row(page, one, member, labels) for one in groups for member in one.members]
    if not rows:
        return Html("")
    columns = [
        Column("plan", text("計画")),
        Column("what", text("何が同じか")),
        Column("name", text("指標")),
        Column("type", text("数え方")),
        Column("baseline", text("当初値")),
        Column("target", text("目標値")),
    ]
    filters = {text("何が同じか"): "what"} if len(groups) > 1 else {}
    table = replace(data_table(pd.DataFrame(rows), columns, filters, plans="plan_ids"), stacks=True)
    body = table.html(text("同じ統計・同じ名称の指標を、資料に書かれたとおりにならべたもの"))
    if len(rows) <= MOST_OPEN:
        return body
    summary = escape(text("{n}系列の当初値と目標値を見る", n=format_number(len(rows))))
    return Html(f'<details class="pb-data pb-fold"><summary>{summary}</summary>{body}</details>')


def _value_row(page: Page, one: SharedIndicator, member: Member, labels: dict[str, str]) -> dict[str, object]:
    series = member.series
    return {
        "plan": labels[member.plan_id],
        "what": _what(one),
        "name": shown.series_name(series),
        "type": text(TYPE_WORDS[series.type]),
        "baseline": shown.value_cell(page, member.plan, series, series.baseline),
        "target": shown.value_cell(page, member.plan, series, series.target),
        "plan_ids": pair_ids([member.plan_id], one.plan_ids),
    }


def view_alike(comparison: KpiComparison) -> View | None:
    """Return one row a pair of names that resemble each other, what they share marked; None where none do."""
    pairs = comparison.alike.pairs
    if not pairs:
        return None
    labels = labels_of(comparison)
    rows = [
        {
            "first": _marked(one.first, one.words, labels),
            "second": _marked(one.second, one.words, labels),
            **_verdict_cells(comparison, one.values),
            "plan_ids": pair_ids(_ids(one.first), _ids(one.second)),
        }
        for one in pairs
    ]
    columns = [
        Column("first", text("指標")),
        Column("second", text("名称の似た指標")),
        Column("verdict", text("値を比べられるか")),
        Column("reasons", text("理由")),
    ]
    sets = [(_pair_name(one), (*one.first, *one.second), one.values) for one in pairs]
    table = replace(
        data_table(pd.DataFrame(rows), columns, plans="plan_ids"),
        stacks=True,
        as_file=_members_file(comparison, sets),
    )
    return View(None, table, _sources(member for one in pairs for member in (*one.first, *one.second)), "")


def left_out_words(page: Page, comparison: KpiComparison) -> Html:
    """Say what the tables leave out because there is too much of it; nothing where they are whole."""
    alike, said = comparison.alike, []
    shared = len(choose_shared(comparison))
    if shared < len(comparison.shared):
        said.append(
            page.words(
                "同じ統計か同じ名称の指標は全部で{total}あり、表には、載せている計画の多いほうから{n}を示しています。",
                total=format_number(len(comparison.shared)),
                n=format_number(shared),
            )
        )
    if not alike.was_compared:
        said.append(
            page.words(
                "指標の名称が{names}とおりあり、{most}とおりを超えるため、似た名称は探していません。計画をしぼると探せます。",
                names=format_number(alike.names),
                most=format_number(MOST_NAMES),
            )
        )
    elif len(alike.pairs) < alike.found:
        said.append(
            page.words(
                "似た名称の組は全部で{total}あり、表には、名称の近いほうから{n}を、計画の順に示しています。",
                total=format_number(alike.found),
                n=format_number(len(alike.pairs)),
            )
        )
    return Html("".join(f"<p>{words}</p>" for words in said))


def _what(one: SharedIndicator) -> str:
    if one.kind == "name":
        return text("名称「{name}」", name=one.key)
    return text("統計「{name}」とみられる", name=statistic_name(one.key, one.members[0].plan.reference))


def _pair_name(one: AlikePair) -> str:
    return text("「{first}」と「{second}」", first=one.first[0].series.name, second=one.second[0].series.name)


def _ids(members: Iterable[Member]) -> list[str]:
    return list(dict.fromkeys(member.plan_id for member in members))


def _marked(members: Sequence[Member], words: Sequence[str], labels: dict[str, str]) -> Html:
    plans = escape(named(_ids(members), labels))
    name = show_marked(members[0].series.name, words)
    return Html(f'<div class="pb-name">{name}<br><small>{plans}</small></div>')


def _verdict_cells(comparison: KpiComparison, values: Comparable) -> dict[str, object]:
    reasons = reason_sentences(values, comparison.plans[0].plan.reference)
    remarks = Html(f'<div class="pb-remarks">{escape(reasons)}</div>')
    return {"verdict": verdict_words(values), "reasons": remarks}


def _members_file(
    comparison: KpiComparison, sets: Sequence[tuple[str, Sequence[Member], Comparable]]
) -> DataTable:
    """Return one row a series of every set, with all that its document writes: what the downloads hold."""
    values = {
        row.plan.plan_id: value_table(row.plan, row.kpis.series)
        for row in comparison.plans
        if row.written is not None
    }
    stated = {
        plan_id: table.frame.set_index("kpi_id", drop=False).to_dict("index")
        for plan_id, table in values.items()
    }
    rows = [
        {
            **stated[member.plan_id][member.series.kpi_id],
            **plan_cells(member.plan),
            "what": what,
            "counting": text(TYPE_WORDS[member.series.type]),
            "verdict": verdict_words(compared),
            "verdict_reasons": reason_sentences(compared, member.plan.reference),
        }
        for what, members, compared in sets
        for member in members
    ]
    columns = [
        Column("what", text("組")),
        *plan_columns(),
        Column("counting", text("数え方")),
        *next(iter(values.values())).columns,
        Column("verdict", text("値を比べられるか")),
        Column("verdict_reasons", text("理由")),
    ]
    return data_table(pd.DataFrame(rows), columns)


def _sources(members: Iterable[Member]) -> tuple[SourceRef, ...]:
    return unique(source for member in members for source in document_sources(member.plan, [member.series]))
