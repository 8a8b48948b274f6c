"""Where plans with actuals stand: counts of marks under a named rule, never an average and never a rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from planbook.analysis.kpis.on_track import NATIONAL
from planbook.presentation.comparison.compare_kpi_labels import (
    count_column,
    count_plans,
    labels_of,
    plan_cells,
    plan_columns,
    plan_link,
    who_plans,
)
from planbook.presentation.comparison.compare_labels import unique
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_words import state_of
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.comparison.kpi_comparison import KpiComparison, PlanIndicators
from planbook.summary.kpis.kpi_facts import KpiFacts, PlanKpis
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.rounding import NO_VALUE


def standing_tables(page: Page, comparison: KpiComparison) -> Html:
    """Return how many indicators have which mark, plan by plan, with the rule; a sentence where that cannot be compared.

    Nothing with fewer than two plans.
    """
    if len(comparison.plans) < 2:
        return Html("")
    have = comparison.with_actuals
    if not have:
        return page.say(
            "実績は、この本のデータにまだありません。進み具合をならべるには、2つ以上の計画の実績が要ります。"
        )
    if len(have) == 1:
        return page.say(
            "実績がこの本のデータにあるのは{plan}です。進み具合をならべるには、2つ以上の計画の実績が要ります。",
            plan=who_plans(have, labels_of(comparison)),
        )
    return _standing(page, comparison, have)


def _standing(page: Page, comparison: KpiComparison, have: Sequence[PlanIndicators]) -> Html:
    link = Html(f'<a href="methods.html#methods-on-track">{escape(text("方法"))}</a>')
    said = page.say(
        "実績のある{plans}について、印ごとに指標の数を数えました。指標をまたぐ平均や、達成の順位は計算しません。"
        "印は基準によって変わるので、基準の違う計画の数は比べられません。基準の中身は{link}にあります。",
        plans=count_plans(len(have)),
        link=link,
    )
    own = page.figure(
        "standing",
        None,
        state_table(comparison, have, own_rule=True),
        caption=text("実績のある指標の数（それぞれの計画の判定基準による）"),
        alternative="",
        sources=_value_sources(have),
    )
    rules = {item.judgement.rule for row in have for item in row.kpis.with_actual}
    if rules == {NATIONAL}:
        return said + own
    same = page.figure(
        "standing-national",
        None,
        state_table(comparison, have, own_rule=False),
        caption=text("実績のある指標の数（どの計画も国の成長戦略の方式でみた場合）"),
        alternative="",
        sources=_value_sources(have),
    )
    return said + own + same


def _value_sources(have: Iterable[PlanIndicators]) -> tuple[SourceRef, ...]:
    return unique(
        row.plan.value_source(item.progress.actual) for row in have for item in row.kpis.with_actual
    )


def state_table(comparison: KpiComparison, have: Sequence[PlanIndicators], *, own_rule: bool) -> DataTable:
    """Return one row a plan, rule and state with the number of series.

    Parameters
    ----------
    have : the plans with actuals, in their order.
    own_rule : each plan under the rule that is in force for it; else all under the national one.
    """
    labels, rows = labels_of(comparison), []
    for row in have:
        items = row.kpis.with_actual
        if not own_rule:
            items = [replace(item, judgement=item.under_all[NATIONAL]) for item in items]
        for (rule, state), count in _count_states(row.kpis, items).items():
            rows.append(
                {
                    **plan_cells(row.plan),
                    "plan": plan_link(row.plan, labels[row.plan.plan_id]),
                    "rule": rule,
                    "state": state,
                    "count": count,
                    "all": len(items),
                    "plan_ids": row.plan.plan_id,
                }
            )
    words = [Column("rule", text("判定基準")), Column("state", text("状態"))]
    counts = {"count": text("系列の数"), "all": text("実績のある系列の数")}
    frame = pd.DataFrame(rows)
    columns = [*words, *(Column(name, title, 0) for name, title in counts.items())]
    file = [*plan_columns(), *words, *(count_column(name, title) for name, title in counts.items())]
    table = data_table(frame, [Column("plan", text("計画")), *columns], plans="plan_ids")
    return replace(table, as_file=data_table(frame, file))


def _count_states(kpis: PlanKpis, items: Iterable[KpiFacts]) -> dict[tuple[str, str], int]:
    """Count marks by the rule that gave them, best class first, then what has no class, under no rule."""
    found: dict[tuple[str, int, str, str], int] = {}
    for item in items:
        judgement = item.judgement
        is_class = judgement.kind == "class"
        rule = judgement.rule_name if is_class else NO_VALUE
        key = (
            "" if is_class else "~",
            judgement.rule if is_class else "",
            judgement.rank if is_class else 0,
            rule,
            state_of(kpis, item),
        )
        found[key] = found.get(key, 0) + 1
    return {key[-2:]: found[key] for key in sorted(found)}
