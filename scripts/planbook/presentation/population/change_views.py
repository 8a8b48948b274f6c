"""What changes a population: natural and social change, births and deaths, moves in and out."""

from __future__ import annotations

from datetime import date

import pandas as pd

from planbook.analysis.population import compute_flows
from planbook.load.plan import Plan
from planbook.presentation.charts import population as charts
from planbook.presentation.page import View
from planbook.presentation.population.population_views import decimal_year
from planbook.presentation.tables import Column, data_table
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.rounding import format_or_dash

FLOWS = {
    "births": plain("出生"),
    "deaths": plain("死亡"),
    "in_migrants": plain("転入"),
    "out_migrants": plain("転出"),
    "natural": plain("自然増減"),
    "social": plain("社会増減"),
    "total": plain("増減の計"),
}


def _period_words(start: date, end: date) -> str:
    if (start.month, end.month) == (4, 3):
        return text("{year}年度", year=start.year)
    return (
        text("{year}年", year=start.year)
        if start.year == end.year
        else f"{start.isoformat()}–{end.isoformat()}"
    )


def _flow_frame(plan: Plan) -> pd.DataFrame:
    flows = compute_flows(plan.municipality.frame("vital"))
    if not flows.empty:
        flows["period"] = [
            _period_words(s, e) for s, e in zip(flows["period_start"], flows["period_end"], strict=True)
        ]
        flows["year"] = flows["period_start"].map(lambda day: day.year)
    return flows


def _shown(value: object, *, sign: bool = False) -> str:
    return format_or_dash(None if pd.isna(value) else value, sign=sign)


def view_changes(plan: Plan) -> View | None:
    """Return natural and social change by the register; None without it."""
    flows = _flow_frame(plan).dropna(subset=["natural_change", "social_change"])
    if flows.empty:
        return None
    flows["total"] = flows["natural_change"] + flows["social_change"]
    parts = [("natural", "natural_change"), ("social", "social_change"), ("total", "total")]
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "year": flows["year"],
                    "period": flows["period"],
                    "role": role,
                    "series": text(FLOWS[role]),
                    "persons": flows[name].astype(float),
                }
            )
            for role, name in parts
        ],
        ignore_index=True,
    )
    columns = [
        Column("period", text("期間")),
        Column("births", text("出生（人）"), 0),
        Column("deaths", text("死亡（人）"), 0),
        Column("natural_change", text("自然増減（人）"), 0, sign=True),
        Column("in_migrants", text("転入（人）"), 0),
        Column("out_migrants", text("転出（人）"), 0),
        Column("other_change", text("その他（人）"), 0, sign=True),
        Column("social_change", text("社会増減（人）"), 0, sign=True),
    ]
    sources = tuple(plan.official_source(source) for source in dict.fromkeys(flows["source_id"]))
    last = flows.iloc[-1]
    alternative = text(
        "{place}の自然増減と社会増減の棒グラフ。{period}は自然増減{natural}人、社会増減{social}人。",
        place=plan.municipality.name, period=last["period"],
        natural=_shown(last["natural_change"], sign=True), social=_shown(last["social_change"], sign=True),
    )  # fmt: skip
    return View(charts.draw_changes(frame), data_table(flows, columns), sources, alternative)


def view_flows(plan: Plan, names: tuple[str, str]) -> View | None:
    """Return two opposite flows by the register (births and deaths, or moves); None without them."""
    roles = {"births": "young", "deaths": "old", "in_migrants": "working", "out_migrants": "social"}
    flows = _flow_frame(plan)
    if flows.empty or flows[list(names)].isna().all().any():
        return None
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "year": flows["period_start"].map(decimal_year),
                    "period": flows["period"],
                    "series": text(FLOWS[name]),
                    "persons": [None if pd.isna(value) else float(value) for value in flows[name]],
                }
            )
            for name in names
        ],
        ignore_index=True,
    )
    columns = [
        Column("period", text("期間")),
        Column("series", text("項目")),
        Column("persons", text("人数（人）"), 0),
    ]
    sources = tuple(plan.official_source(source) for source in dict.fromkeys(flows["source_id"]))
    last = text("、").join(f"{text(FLOWS[name])}{_shown(flows[name].iloc[-1])}" for name in names)
    alternative = text(
        "{place}の{a}と{b}の折れ線グラフ。{period}は{last}（人）。",
        place=plan.municipality.name, a=text(FLOWS[names[0]]), b=text(FLOWS[names[1]]),
        period=flows["period"].iloc[-1], last=last,
    )  # fmt: skip
    chart = charts.draw_flows(frame, [roles[name] for name in names])
    return View(chart, data_table(frame, columns), sources, alternative)
