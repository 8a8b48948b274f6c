"""What of indicators may be compared across plans, and why not: made from what the plans hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from planbook.presentation.comparison.comparability import (
    NO,
    PART,
    YES,
    Item,
    answer,
    make_table,
)
from planbook.presentation.comparison.compare_kpi_labels import count_plans, labels_of
from planbook.presentation.comparison.compare_kpi_reasons import pair_ids
from planbook.presentation.html import Html
from planbook.presentation.kpis.kpi_values import run_on
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.comparison.kpi_comparison import KpiComparison, PlanIndicators
from planbook.summary.comparison.shared_indicators import AlikePair, compare_plans
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.rounding import format_number

#: Plans that a cell names.
MOST_NAMED = 2
#: Plans that the table of pairs holds against each other: twelve have 66 pairs, more would not be read.
MOST_PLANS_IN_PAIRS = 12


def table_kpis(comparison: KpiComparison) -> DataTable | None:
    """Return one row a thing that readers may want to compare; None with fewer than two plans."""
    if len(comparison.plans) < 2:
        return None
    makers = (_names, _counts, _same_targets, _surveys, _standing, _findings)
    return make_table([make(comparison) for make in makers])


def _lacking(comparison: KpiComparison, have: Sequence[PlanIndicators]) -> tuple[str, ...]:
    """Name the plans that lack something; more than a cell holds are counted, the table of the page names them."""
    labels = labels_of(comparison)
    names = tuple(labels[row.plan.plan_id] for row in comparison.plans if row not in have)
    return names if len(names) <= MOST_NAMED else (count_plans(len(names)),)


def _partial(comparison: KpiComparison) -> int:
    return sum(row.plan.file.coverage != "full" for row in comparison.plans)


def _listed_words(comparison: KpiComparison) -> str:
    return text(
        "指標が手元の資料に載っているのは{total}計画のうち{n}計画。",
        total=format_number(len(comparison.plans)),
        n=format_number(len(comparison.listing)),
    )


def _partial_words(comparison: KpiComparison) -> str:
    partial = _partial(comparison)
    return text("手元の資料が全文でないものが{n}。", n=count_plans(partial)) if partial else ""


def _names(comparison: KpiComparison) -> Item:
    """Judge the names and kinds of indicators: a document that is not the full text may list some of them only."""
    have = comparison.listing
    found = answer(len(have), len(comparison.plans))
    return Item(
        plain("指標の名称と種類"),
        PART if found == YES and _partial(comparison) else found,
        run_on([_listed_words(comparison), _partial_words(comparison)]),
        _lacking(comparison, have),
    )


def _counts(comparison: KpiComparison) -> Item:
    name = plain("指標の数")
    reason = text("数は計画の作り方による。数値目標だけを掲げる計画と、施策ごとにKPIを置く計画がある。")
    if _partial(comparison) or len(comparison.listing) < 2:
        return Item(name, NO, run_on([_listed_words(comparison), _partial_words(comparison), reason]))
    return Item(name, PART, reason)


def _same_targets(comparison: KpiComparison) -> Item:
    have, count = comparison.with_pairs, len(comparison.targets)
    stated = text(
        "当初値と目標値が手元の資料に載っているのは{total}計画のうち{n}計画。",
        total=format_number(len(comparison.plans)),
        n=format_number(len(have)),
    )
    same = text(
        "2つ以上の計画が、同じ統計で同じ単位の目標を掲げているものの数は{n}。ほかの指標の目標の大きさは比べられない。",
        n=format_number(count),
    )
    none = text("同じ統計で同じ単位の数値の目標を、2つ以上の計画が掲げていない。")
    reason = run_on([stated, same if count else none])
    return Item(plain("目標の大きさ"), PART if count else NO, reason, _lacking(comparison, have))


def _surveys(comparison: KpiComparison) -> Item:
    have = [row for row in comparison.listing if row.written.surveys]
    with_n = [row for row in have if row.written.surveys_with_n]
    stated = text(
        "アンケートの割合が手元の資料に載っているのは{total}計画のうち{n}計画。うち回答者数のあるものは{known}計画。",
        total=format_number(len(comparison.plans)),
        n=format_number(len(have)),
        known=format_number(len(with_n)),
    )
    why = text("質問の言葉と答えた人の選び方が調査ごとに違うので、割合の高い低いは比べられない。")
    return Item(plain("アンケート"), NO, run_on([stated, why]), _lacking(comparison, have))


def _standing(comparison: KpiComparison) -> Item:
    have = comparison.with_actuals
    stated = text(
        "実績値がこの本のデータにあるのは{total}計画のうち{n}計画。",
        total=format_number(len(comparison.plans)),
        n=format_number(len(have)),
    )
    limit = text(
        "同じ判定基準でみた印の数はならべられるが、指標の種類も重みも違うので、達成の度合いは比べられない。"
    )
    found = answer(len(have), len(comparison.plans))
    reason = run_on([stated, limit if len(have) > 1 else ""])
    return Item(plain("進み具合"), PART if found == YES else found, reason, _lacking(comparison, have))


def _findings(comparison: KpiComparison) -> Item:
    name = plain("点検の指摘の数")
    reason = text("書かれていないことの数は、資料の詳しさによる。")
    if _partial(comparison) or len(comparison.with_values) < 2:
        return Item(name, NO, run_on([reason, _partial_words(comparison)]))
    return Item(name, PART, reason)


def pairs_of_plans(page: Page, comparison: KpiComparison) -> Html:
    """Return what every two plans share; nothing where none share anything, a sentence where there are too many."""
    have = len(comparison.listing)
    if have < 2:
        return Html("")
    if have > MOST_PLANS_IN_PAIRS:
        return page.say(
            "指標を載せている{plans}の組ごとの表は、組が多すぎるので示していません。計画をしぼってこのページを作り直すと示します。",
            plans=count_plans(have),
        )
    rows = list_pairs(comparison)
    total = have * (have - 1) // 2
    said = Html("")
    if len(rows) < total:
        said = page.say(
            "指標を載せている計画の{total}組のうち、ここにない{n}組には、共通する統計も、同じ名称も似た名称も見つかりません。",
            total=format_number(total),
            n=format_number(total - len(rows)),
        )
    if not rows:
        return said
    columns = [
        Column("first", text("計画")),
        Column("second", text("もう一つの計画")),
        Column("shared", text("同じ統計か名称"), 0),
        Column("able", text("うち値を比べられるもの"), 0),
        Column("alike", text("名称の似た組"), 0),
    ]
    table = data_table(pd.DataFrame(rows), columns, plans="plan_ids")
    return table.html(text("計画の組ごとに、共通するものの数")) + said


def list_pairs(comparison: KpiComparison) -> list[dict[str, object]]:
    """Return one row for every two plans that share a statistic or a name, or whose names resemble each other."""
    labels, rows = labels_of(comparison), []
    for first, second in combinations([row.plan.plan_id for row in comparison.listing], 2):
        values = [found for one in comparison.shared if (found := compare_plans(one, (first, second)))]
        alike = sum(_ties(one, first, second) for one in comparison.alike.pairs)
        if values or alike:
            rows.append(
                {
                    "first": labels[first],
                    "second": labels[second],
                    "shared": len(values),
                    "able": sum(found.verdict != "no" for found in values),
                    "alike": alike,
                    "plan_ids": pair_ids([first, second]),
                }
            )
    return rows


def _ties(one: AlikePair, first: str, second: str) -> bool:
    """Tell whether one of two plans has the one name, and the other plan the other."""
    left, right = ({member.plan_id for member in side} for side in (one.first, one.second))
    return (first in left and second in right) or (second in left and first in right)
