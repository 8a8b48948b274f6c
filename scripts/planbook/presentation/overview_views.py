"""Several plans side by side: periods, documents, population paths, and what may be compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.analysis.population import list_editions, select_concept, select_totals
from planbook.load.municipality import Municipality
from planbook.load.plan import Plan
from planbook.presentation.charts import comparison as charts
from planbook.presentation.digest_words import indicator_counts, level_counts
from planbook.presentation.html import Html, escape
from planbook.presentation.page import View
from planbook.presentation.population_views import CONCEPTS, decimal_year
from planbook.presentation.population_words import coverage_words
from planbook.presentation.tables import Column, data_table
from planbook.summary.population_facts import target_number
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import text


def view_plans(plans: Sequence[Plan]) -> View:
    """Return what is compared: place, plan, period, what the document at hand is, what it lists."""
    rows = [
        {
            "plan": plan.short_title,
            "period": _period(plan),
            "coverage": coverage_words(plan.file),
            "goals": _goals(plan),
            "indicators": _indicators(plan),
            "target": _targets(plan),
        }
        for plan in plans
    ]
    columns = [
        Column("plan", text("計画")),
        Column("period", text("計画期間")),
        Column("coverage", text("手元の資料")),
        Column("goals", text("目標・施策の数")),
        Column("indicators", text("指標")),
        Column("target", text("人口の目標")),
    ]
    sources = tuple(plan.document_source(plan.file.period) for plan in plans)
    return View(None, data_table(pd.DataFrame(rows), columns), sources, "")


def _lines(parts: Sequence[object]) -> Html:
    """Put one datum a line: in a narrow column it is found faster than in a run-on list."""
    return Html("<br>".join(escape(part) for part in parts))


def _period(plan: Plan) -> str:
    period = plan.file.period
    return text(
        "{start}〜{end}",
        start=format_fiscal_year(period.start_fiscal_year, short=True),
        end=format_fiscal_year(period.end_fiscal_year, short=True),
    )


def _goals(plan: Plan) -> Html:
    return _lines([f"{plan.reference.label('levels', level)} {count}" for level, count in level_counts(plan)])


def _indicators(plan: Plan) -> str:
    counts = indicator_counts(plan)
    if counts is None:
        return text("この資料には掲載がない")
    if counts.with_pair == 0:
        return text("{n}指標（名称だけ）", n=counts.indicators)
    return text(
        "{n}指標（当初値と目標値が数値のもの {pairs}系列）", n=counts.indicators, pairs=counts.with_pair
    )


def _targets(plan: Plan) -> Html | str:
    targets = plan.file.outlook.targets
    if not targets:
        return text("この資料には掲載がない")
    parts = []
    for target in targets:
        when = text("{year}年", year=target.year) if target.year else text("年の記載なし")
        parts.append(f"{when} {target_number(plan, target)}")
    return _lines(parts)


def view_timeline(plans: Sequence[Plan]) -> View | None:
    """Return the periods of the plans on one axis of years, with the years of their population targets."""
    if not plans:
        return None
    rows = []
    for plan in plans:
        period = plan.file.period
        label = plan.short_title
        words = _period(plan)
        start, end = date(period.start_fiscal_year, 4, 1), date(period.end_fiscal_year + 1, 3, 31)
        rows.append(_bar(label, "period", start, end, words, ""))
        for target in plan.file.outlook.targets:
            if target.year is not None:
                day = date(target.year, 10, 1)
                persons = target_number(plan, target)
                rows.append(
                    _bar(label, "target", day, day, text("目標 {value}", value=persons), str(persons))
                )
    frame = pd.DataFrame(rows)
    table = frame.assign(kind=frame["kind"].map({"period": text("計画期間"), "target": text("人口の目標年")}))
    columns = [
        Column("plan", text("計画")),
        Column("kind", text("項目")),
        Column("start_date", text("始め")),
        Column("end_date", text("終わり")),
        Column("words", text("内容")),
    ]
    sources = tuple(plan.document_source(plan.file.period) for plan in plans)
    alternative = text("計画の期間を年の軸にならべた図。") + "。".join(
        f"{row['plan']} {row['words']}" for row in rows
    )
    return View(charts.draw_timeline(frame), data_table(table, columns), sources, alternative)


def _bar(plan: str, kind: str, start: date, end: date, words: str, short: str) -> dict:
    return {
        "plan": plan,
        "kind": kind,
        "start": decimal_year(start),
        "end": decimal_year(end),
        "start_date": start.isoformat(),
        "end_date": end.isoformat(),
        "words": words,
        "short": short,
    }


def places(plans: Sequence[Plan]) -> list[tuple[Plan, Municipality]]:
    """Return each municipality once, with the first plan that belongs to it."""
    first: dict[str, Plan] = {}
    for plan in plans:
        first.setdefault(plan.municipality.code, plan)
    return [(plan, plan.municipality) for plan in first.values()]


def view_index(plans: Sequence[Plan], base_year: int) -> View | None:
    """Return population paths with the census of `base_year` as 100; a place without it is left out."""
    rows, sources = [], []
    for plan, place in places(plans):
        census = select_concept(place.frame("population"), "census")
        base = census[census["as_of"].map(lambda day: day.year) == base_year]
        if base.empty:
            continue
        hundred = Decimal(int(base.iloc[0]["population_persons"]))
        recent = census[census["as_of"].map(lambda day: day.year) >= base_year - 35]
        rows += [
            _path_row(place, "observed", row.as_of, row.population_persons, hundred, row.status)
            for row in recent.itertuples()
        ]
        sources += [plan.official_source(source) for source in dict.fromkeys(recent["source_id"])]
        editions = list_editions(place.frame("projections"))
        totals = select_totals(place.frame("projections"), editions[0]) if editions else pd.DataFrame()
        for row in totals.itertuples():
            rows.append(
                _path_row(place, "projected", date(int(row.year), 10, 1), row.population_persons, hundred)
            )
            sources.append(plan.official_source(row.source_id))
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    columns = [
        Column("place", text("市区町村")),
        Column("series", text("系列")),
        Column("when", text("時点")),
        Column("persons", text("人口（人）"), 0),
        Column("index", text("指数（{year}年＝100）", year=base_year), 1),
    ]
    last = frame.groupby("place", sort=False).tail(1)
    ends = text("、").join(
        f"{row.place} {row.when} {row.index:.1f}"
        for row in last[["place", "when", "index"]].itertuples(index=False)
    )
    alternative = text(
        "人口の指数の折れ線グラフ（{year}年＝100）。最後の点は{ends}。", year=base_year, ends=ends
    )
    return View(
        charts.draw_index(frame, base_year),
        data_table(frame, columns),
        tuple(dict.fromkeys(sources)),
        alternative,
    )


def _path_row(
    place: Municipality, kind: str, day: date, persons: object, hundred: Decimal, status: str = ""
) -> dict:
    words = text("（速報）") if status == "preliminary" else ""
    return {
        "place": place.name,
        "kind": kind,
        "series": text(CONCEPTS["census"]) if kind == "observed" else text("社人研推計"),
        "year": decimal_year(day),
        "when": f"{day.year}{words}",
        "persons": float(persons),
        "index": float(Decimal(int(persons)) / hundred * 100),
    }


def view_population(plans: Sequence[Plan]) -> View:
    """Return census totals and the newest projection of each municipality in round years."""
    observed, projected = (2010, 2015, 2020, 2025), (2030, 2040, 2050)
    rows, sources = [], []
    for plan, place in places(plans):
        row: dict[str, object] = {"place": place.name}
        census = select_concept(place.frame("population"), "census")
        for item in census.itertuples():
            row[f"c{item.as_of.year}"] = int(item.population_persons)
        editions = list_editions(place.frame("projections"))
        totals = select_totals(place.frame("projections"), editions[0]) if editions else pd.DataFrame()
        for item in totals.itertuples():
            row[f"p{int(item.year)}"] = int(item.population_persons)
        sources += [plan.official_source(s) for s in [*census["source_id"], *totals.get("source_id", [])]]
        rows.append({"place": place.name, **{name: row.get(name) for name in _names(observed, projected)}})
    columns = [Column("place", text("市区町村"))]
    columns += [Column(f"c{year}", text("{year}年 国勢調査（人）", year=year), 0) for year in observed]
    columns += [Column(f"p{year}", text("{year}年 社人研推計（人）", year=year), 0) for year in projected]
    return View(None, data_table(pd.DataFrame(rows), columns), tuple(dict.fromkeys(sources)), "")


def _names(observed: Sequence[int], projected: Sequence[int]) -> list[str]:
    return [f"c{year}" for year in observed] + [f"p{year}" for year in projected]


def table_comparability(plans: Sequence[Plan]):
    """Return what may be compared across these plans, and why not; made from what the plans hold."""
    total = len(plans)
    dated = sum(any(target.year for target in plan.file.outlook.targets) for plan in plans)
    with_values = sum(
        (counts := indicator_counts(plan)) is not None and counts.with_pair > 0 for plan in plans
    )
    kinds = len({coverage_words(plan.file) for plan in plans})
    actuals = sum(_has_actuals(plan) for plan in plans)
    yes, part, no = text("○ 比べられる"), text("△ 一部だけ"), text("× 比べられない")
    rows = [
        (
            text("人口の推移と将来推計"),
            yes,
            text("どの市も同じ国勢調査と同じ社人研推計があり、今の市域にそろえてある。"),
        ),
        (
            text("人口の目標と推計の差"),
            part if dated else no,
            text(
                "目標年のある人口の目標が載っているのは{total}計画のうち{n}計画。目標の統計の種類は書かれていない。",
                total=total,
                n=dated,
            ),
        ),
        (
            text("目標・施策のテーマ"),
            part,
            text(
                "資料の種類が{kinds}とおりあり、概要やウェブページは計画の一部を省いている。載っていないことは、ないことではない。",
                kinds=kinds,
            ),
        ),
        (
            text("指標の目標値"),
            no if with_values < 2 else part,
            text("当初値と目標値が載っているのは{total}計画のうち{n}計画。", total=total, n=with_values),
        ),
        (
            text("指標の達成"),
            no if actuals < 2 else part,
            text("実績値が載っているのは{total}計画のうち{n}計画。", total=total, n=actuals),
        ),
    ]
    frame = pd.DataFrame(rows, columns=["item", "answer", "reason"])
    return data_table(
        frame,
        [
            Column("item", text("比べること")),
            Column("answer", text("比べられるか")),
            Column("reason", text("理由")),
        ],
    )


def _has_actuals(plan: Plan) -> bool:
    values = plan.frame("kpi_values")
    return values is not None and bool((values["kind"] == "actual").any())
