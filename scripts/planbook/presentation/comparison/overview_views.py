"""Several plans side by side: periods, documents, population paths, and what may be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.analysis.population import select_concept, select_totals
from planbook.load.municipality import Municipality
from planbook.load.plan import Plan
from planbook.presentation.charts import comparison as charts
from planbook.presentation.digest_words import indicator_counts, level_counts
from planbook.presentation.html import Html, escape
from planbook.presentation.page import View
from planbook.presentation.population.population_views import decimal_year
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.population_facts import main_edition, target_number
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import format_number


def view_plans(plans: Sequence[Plan]) -> View | None:
    """Return what is compared: plan, period, what the document at hand is, what it lists; None without plans."""
    if not plans:
        return None
    rows = [
        {
            "plan": plan.short_title,
            "period": _period(plan),
            "coverage": coverage_words(plan.file),
            "goals": _goals(plan),
            "indicators": _indicators(plan),
            "target": _targets(plan),
            "plan_ids": plan.plan_id,
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
    shown = data_table(pd.DataFrame(rows), columns, plans="plan_ids")
    table = replace(shown, as_file=_plans_file(plans))
    return View(None, table, sources, "")


def _plans_file(plans: Sequence[Plan]) -> DataTable:
    """Return the same facts one datum a row: what a spreadsheet can sort and count."""
    rows = [
        {
            "code": plan.municipality.code,
            "place": plan.municipality.name,
            "plan": plan.title,
            "start": plan.file.period.start_fiscal_year,
            "end": plan.file.period.end_fiscal_year,
            "coverage": coverage_words(plan.file),
            **fact,
        }
        for plan in plans
        for fact in _facts(plan)
    ]
    columns = [
        Column("code", text("団体コード")),
        Column("place", text("団体名")),
        Column("plan", text("計画")),
        Column("start", text("計画期間の始め（年度・西暦）"), 0, grouping=False),
        Column("end", text("計画期間の終わり（年度・西暦）"), 0, grouping=False),
        Column("coverage", text("手元の資料")),
        Column("item", text("項目")),
        Column("year", text("目標の年（西暦）"), 0, grouping=False),
        Column("value", text("値"), 0),
        Column("unit", text("単位")),
    ]
    return data_table(pd.DataFrame(rows), columns)


def _facts(plan: Plan) -> list[dict[str, object]]:
    """Return counts and targets of a plan; what the document does not list has a row without a value."""
    facts = [
        {
            "item": plan.reference.label("levels", level),
            "year": None,
            "value": count.value,
            "unit": text("個"),
        }
        for level, count in level_counts(plan)
    ]
    counts = indicator_counts(plan)
    listed = (
        {text("指標"): counts.indicators, text("当初値と目標値が数値の系列"): counts.with_pair}
        if counts
        else {}
    )
    for item in (text("指標"), text("当初値と目標値が数値の系列")):
        facts.append({"item": item, "year": None, "value": listed.get(item), "unit": text("個")})
    targets = plan.file.outlook.targets
    for target in targets:
        facts.append(
            {
                "item": text("人口の目標"),
                "year": target.year,
                "value": target.population_persons,
                "unit": text("人"),
            }
        )
    if not targets:
        facts.append({"item": text("人口の目標"), "year": None, "value": None, "unit": text("人")})
    return facts


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
    if counts is None and any(item.subject == "indicators" for item in plan.file.announced):
        return text("設定すると書かれているが、この資料に一覧がない")
    if counts is None:
        return text("この資料には掲載がない")
    if counts.with_pair == 0:
        return text("{n}指標（名称だけ）", n=counts.indicators)
    return text(
        "{n}指標（{series}系列のうち、当初値と目標値が数値のもの {pairs}系列）",
        n=counts.indicators,
        series=counts.series,
        pairs=counts.with_pair,
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
        titles = [other.short_title for other in plans]
        label = (
            plan.short_title if titles.count(plan.short_title) == 1 else f"{plan.short_title} {plan.plan_id}"
        )
        words = _period(plan)
        start, end = date(period.start_fiscal_year, 4, 1), date(period.end_fiscal_year + 1, 3, 31)
        own = [_bar(label, "period", start, end, words, "")]
        for target in plan.file.outlook.targets:
            if target.year is not None:
                day = date(target.year, 10, 1)
                persons = target_number(plan, target)
                own.append(_bar(label, "target", day, day, text("目標 {value}", value=persons), str(persons)))
        rows += [{**row, "plan_ids": plan.plan_id} for row in own]
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
    return View(
        charts.draw_timeline(frame), data_table(table, columns, plans="plan_ids"), sources, alternative
    )


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


def place_labels(plans: Sequence[Plan]) -> dict[str, str]:
    """Return a label for each code; places of one name (there are two 伊達市) take their prefecture along."""
    names = {place.code: place.name for _, place in places(plans)}
    twice = {name for name in names.values() if list(names.values()).count(name) > 1}
    reference = plans[0].reference if plans else None
    return {
        code: f"{name}（{reference.label('prefectures', code[:2])}）" if name in twice else name
        for code, name in names.items()
    }


def plan_ids_by_place(plans: Sequence[Plan]) -> dict[str, str]:
    """Return for each area code the ids of its plans: a row of a municipality is shown while any is chosen."""
    ids: dict[str, list[str]] = {}
    for plan in plans:
        ids.setdefault(plan.municipality.code, []).append(plan.plan_id)
    return {code: " ".join(own) for code, own in ids.items()}


def _totals(plan: Plan, place: Municipality) -> tuple[str | None, pd.DataFrame]:
    projections = place.frame("projections")
    edition = main_edition(plan, projections)
    return edition, select_totals(projections, edition) if edition else select_totals(None, "")


def view_index(plans: Sequence[Plan], base_year: int) -> View | None:
    """Return population paths with the census of `base_year` as 100; a place without it is left out."""
    rows, sources, labels = [], [], place_labels(plans)
    plan_ids = plan_ids_by_place(plans)
    for plan, place in places(plans):
        census = select_concept(place.frame("population"), "census")
        base = census[census["as_of"].map(lambda day: day.year) == base_year]
        if base.empty:
            continue
        hundred = Decimal(int(base.iloc[0]["population_persons"]))
        head = {"place": labels[place.code], "plan_ids": plan_ids[place.code]}
        recent = census[census["as_of"].map(lambda day: day.year) >= base_year - 35]
        for row in recent.itertuples():
            status = text("（速報）") if row.status == "preliminary" else ""
            observed = _path_row(head, row.as_of, row.population_persons, hundred)
            when = f"{row.as_of.year}{status}"
            rows.append({**observed, "kind": "observed", "series": text("国勢調査"), "when": when})
        sources += [plan.official_source(source) for source in dict.fromkeys(recent["source_id"])]
        edition, totals = _totals(plan, place)
        for row in totals.itertuples():
            path = _path_row(head, date(int(row.year), 10, 1), row.population_persons, hundred)
            series = plan.reference.label("editions", edition)
            rows.append({**path, "kind": "projected", "series": series, "when": str(int(row.year))})
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
        f"{row.place} {row.when} {format_number(row.index, 1)}"
        for row in last[["place", "when", "index"]].itertuples(index=False)
    )
    alternative = text(
        "人口の指数の折れ線グラフ（{year}年＝100）。最後の点は{ends}。", year=base_year, ends=ends
    )
    chart = charts.draw_index(frame, base_year)
    table = data_table(frame, columns, plans="plan_ids")
    return View(chart, table, tuple(dict.fromkeys(sources)), alternative)


def _path_row(head: dict[str, str], day: date, persons: object, hundred: Decimal) -> dict:
    index = Decimal(int(persons)) / hundred * 100
    return {**head, "year": decimal_year(day), "persons": float(persons), "index": float(index)}


def view_population(plans: Sequence[Plan]) -> View | None:
    """Return the last four censuses and every tenth projected year of each municipality; None without plans.

    The years are those of the data; a place that lacks one shows 「-」 there.
    """
    rows, sources, labels = [], [], place_labels(plans)
    plan_ids = plan_ids_by_place(plans)
    observed: dict[int, bool] = {}
    projected, editions = set(), set()
    for plan, place in places(plans):
        row: dict[str, object] = {"place": labels[place.code], "plan_ids": plan_ids[place.code]}
        census = select_concept(place.frame("population"), "census").tail(4)
        for item in census.itertuples():
            row[f"c{item.as_of.year}"] = int(item.population_persons)
            preliminary = observed.get(item.as_of.year, False) or item.status == "preliminary"
            observed[item.as_of.year] = preliminary
        edition, totals = _totals(plan, place)
        for item in totals.itertuples():
            if int(item.year) % 10 == 0 and (census.empty or item.year > census["as_of"].iloc[-1].year):
                row[f"p{int(item.year)}"] = int(item.population_persons)
                projected.add(int(item.year))
        row["edition"] = plan.reference.label("editions", edition) if edition else None
        editions.add(row["edition"])
        sources += [plan.official_source(s) for s in [*census["source_id"], *totals["source_id"]]]
        rows.append(row)
    if not sources:
        return None
    columns = [Column("place", text("市区町村"))]
    columns += [
        Column(
            f"c{year}",
            text("{year}年 国勢調査・速報（人）", year=year)
            if preliminary
            else text("{year}年 国勢調査（人）", year=year),
            0,
        )
        for year, preliminary in sorted(observed.items())
    ]
    columns += [Column(f"p{year}", text("{year}年 推計（人）", year=year), 0) for year in sorted(projected)]
    columns.append(Column("edition", text("推計の版")))
    frame = pd.DataFrame(rows, columns=[*(column.name for column in columns), "plan_ids"])
    return View(None, data_table(frame, columns, plans="plan_ids"), tuple(dict.fromkeys(sources)), "")
