"""What the document of each plan gives, as a picture of signs: the ground on which plans can or cannot be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.load.plan import Plan
from planbook.presentation.charts.compare_goals import draw_contents
from planbook.presentation.comparison.compare_labels import plan_labels
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import View
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.tables import Column, data_table
from planbook.summary.comparison.plan_contents import Content, list_contents
from planbook.vocabulary.catalogue import plain, text

SUBJECTS = {
    "target": plain("年のある 人口目標"),
    "assumptions": plain("人口目標の 前提"),
    "goals": plain("目標"),
    "measures": plain("施策など"),
    "indicators": plain("指標"),
    "values": plain("当初と 目標の値"),
    "years": plain("目標の 年度"),
    "actuals": plain("実績"),
    "reviews": plain("検証の 組織"),
    "results": plain("検証の 結果"),
}
#: Where a heading may break on the page: a blank between two letters that know none.
_BREAK = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
SIGNS = {"all": "○", "some": "△", "announced": "◇", "none": "−", "moot": "・"}


def view_contents(plans: Sequence[Plan]) -> View | None:
    """Return what each document gives, a sign and a count a plan and thing; None without plans."""
    if not plans:
        return None
    labels = plan_labels(plans)
    drawn, rows, files = [], [], []
    for plan in plans:
        contents = list_contents(plan)
        own = {"plan": labels[plan.plan_id], "coverage": coverage_words(plan.file), "plan_ids": plan.plan_id}
        rows.append(own | {item.subject: _cell(item) for item in contents})
        files += [own | _file_row(plan, item) for item in contents]
        drawn += [own | _mark(item) | {"items_words": own["coverage"]} for item in contents]
    columns = [Column("plan", text("計画"))]
    columns += [Column(name, text(title)) for name, title in SUBJECTS.items()]
    file_columns = [
        Column("code", text("団体コード")),
        Column("place", text("団体名")),
        Column("plan", text("計画")),
        Column("coverage", text("手元の資料")),
        Column("item", text("項目")),
        Column("state", text("掲載")),
        Column("count", text("載っている数（個）"), 0),
        Column("total", text("全体の数（個）"), 0),
    ]
    table = data_table(pd.DataFrame(rows), columns, plans="plan_ids")
    as_file = data_table(pd.DataFrame(files), file_columns)
    sources = tuple(plan.document_source(plan.file.period) for plan in plans)
    alternative = text("手元の資料に何が載っているかを、計画ごとに印で示した図。") + "".join(
        text(
            "{plan}：{parts}。",
            plan=labels[plan.plan_id],
            parts=join([row["words"] for row in drawn if row["plan_ids"] == plan.plan_id]),
        )
        for plan in plans
    )
    chart = draw_contents(pd.DataFrame(drawn), {name: text(title) for name, title in SUBJECTS.items()})
    return View(chart, replace(table, as_file=as_file, stacks=True), sources, alternative)


STATES = {
    "all": plain("載っている"),
    "some": plain("一部だけ載っている"),
    "announced": plain("あると書かれているが、一覧がない"),
    "none": plain("掲載がない"),
    "moot": plain("あてはまらない"),
}


def _count_words(item: Content) -> str:
    if item.total is not None:
        return text("{n}/{total}", n=item.count, total=item.total)
    return str(item.count) if item.count else ""


def _cell(item: Content) -> str:
    """Return the state in words, with the count."""
    count = _count_words(item)
    state = text(STATES[item.state])
    return text("{state}（{count}）", state=state, count=count) if count else state


def _mark(item: Content) -> dict[str, object]:
    subject = _BREAK.sub("", text(SUBJECTS[item.subject]))
    return {
        "subject": item.subject,
        "sign": SIGNS[item.state],
        "count": _count_words(item),
        "words": text("{subject} {state}", subject=subject, state=_cell(item)),
    }


def _file_row(plan: Plan, item: Content) -> dict[str, object]:
    return {
        "code": plan.municipality.code,
        "place": plan.municipality.name,
        "item": _BREAK.sub("", text(SUBJECTS[item.subject])),
        "state": text(STATES[item.state]),
        "count": item.count,
        "total": item.total,
    }
