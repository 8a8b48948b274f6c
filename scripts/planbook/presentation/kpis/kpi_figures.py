"""The figures of the indicators' page: baseline and target as bars, and all series as a table."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.kpis.listing import Series, list_unique
from planbook.analysis.kpis.planned_change import compute_planned_change, split_unit
from planbook.load.plan import Plan
from planbook.presentation.charts.kpis import BarPair, draw_planned_changes
from planbook.presentation.html import Html, escape, fold
from planbook.presentation.kpis import kpi_values as shown
from planbook.presentation.kpis.kpi_downloads import kpi_table, value_table
from planbook.presentation.kpis.kpi_tables import by_goal
from planbook.presentation.page import Page
from planbook.summary.kpis.kpi_facts import PlanKpis
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef

#: Rows in one chart: more would not stay legible on one sheet of A4.
PAIRS_IN_CHART = 6


def planned_figures(page: Page, kpis: PlanKpis) -> Html:
    """Return the pairs of baseline and target as bars; a sentence where the document has no pair."""
    plan = kpis.plan
    paired = [one for one in list_unique(kpis.series) if compute_planned_change(one).difference is not None]
    if kpis.listing != "values":
        return Html("")
    if not paired:
        return page.note(
            "missing",
            text("この資料には、当初値と目標値がともに数値で書かれた指標がありません。図は示しません。"),
            title=text("図はありません"),
        )
    packs = pack_goals(list(by_goal(paired).values()))
    figures = [_figure(page, plan, pack, number, len(packs)) for number, pack in enumerate(packs, start=1)]
    return _how_to_read(page) + Html("".join(figure.markup for figure in figures))


def _how_to_read(page: Page) -> Html:
    return page.say(
        "上の棒が当初値、下の棒が目標値です。棒は0から始まり、割合（%）の枠の右端は100%です。"
        "単位も目盛りも指標ごとに違うので、{warning}。",
        warning=Html(f"<strong>{escape(text('違う指標の棒の長さは比べられません'))}</strong>"),
    )


def pack_goals(groups: Sequence[list[Series]], most: int = PAIRS_IN_CHART) -> list[list[Series]]:
    """Put whole goals together while they fit in one chart; a goal too large for one is divided."""
    packs: list[list[Series]] = []
    for group in groups:
        for start in range(0, len(group), most):
            part = group[start : start + most]
            if packs and len(packs[-1]) + len(part) <= most:
                packs[-1] = packs[-1] + part
            else:
                packs.append(part)
    return packs


def _figure(page: Page, plan: Plan, pack: list[Series], number: int, total: int) -> Html:
    pairs = [make_pair(plan, one) for one in pack]
    caption = text("当初値と目標値（単位は指標ごと。棒は0から、長さの目盛りは指標ごとに別）")
    if total > 1:
        caption = text("{caption} {number}／{total}", caption=caption, number=number, total=total)
    return page.figure(
        f"planned-{number}",
        draw_planned_changes(pairs),
        value_table(plan, pack),
        caption=caption,
        alternative=_alternative(pairs),
        sources=document_sources(plan, pack),
    )


def _alternative(pairs: Sequence[BarPair]) -> str:
    rows = [
        text(
            "{name}：{base}、{target}、変化は{change}。",
            name=pair.name,
            base=pair.base_words,
            target=pair.target_words,
            change=pair.change,
        )
        for pair in pairs
    ]
    return text("指標ごとに当初値と目標値を並べた棒グラフ。") + "".join(rows)


def make_pair(plan: Plan, one: Series) -> BarPair:
    """Return one row of the chart."""
    change = shown.show_change(plan, one)
    words, caution = change.text(), change.change.caution
    base = shown.value_number(plan, one, one.baseline)
    target = shown.compared_target(plan, one, change.change)
    aim = text("目標値 {value}", value=target)
    if target.source is None:  # a total of several years, beside one year
        aim = text("目標値 1年あたり{value}", value=target)
    return BarPair(
        heading=shown.goal_heading(plan, one.goal_id),
        name=shown.series_name(one),
        change=text("{change}（{remark}）", change=words, remark=caution) if caution else words,
        base=float(base.value),
        target=float(target.value),
        base_words=text("当初値 {value}", value=base),
        target_words=aim,
        is_share=split_unit(one.baseline.unit or one.unit)[0] == "%",
    )


def complete_table(page: Page, kpis: PlanKpis) -> Html:
    """Return the table of all series and all columns, folded, with its downloads; nothing without values."""
    if kpis.listing != "values":
        return Html("")
    figure = page.figure(
        "all",
        None,
        kpi_table(kpis),
        caption=text("この資料が掲げる指標のすべて（再掲を含む）"),
        alternative="",
        sources=document_sources(kpis.plan, kpis.series),
    )
    return fold(text("すべての指標を一つの表で見る、ダウンロードする"), figure)


def document_sources(plan: Plan, series: Sequence[Series]) -> tuple[SourceRef, ...]:
    """Return one source for each document that the series stand in."""
    return tuple({one.document: plan.document_source(one) for one in series}.values())
