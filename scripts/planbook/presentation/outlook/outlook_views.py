"""From the outlook of a municipality to charts and tables: scenarios, readings, the frontier, households, ages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from planbook.load.plan import Plan
from planbook.presentation.charts import outlook as charts
from planbook.presentation.charts import population as population_charts
from planbook.presentation.outlook.outlook_labels import (
    GROUP_LABELS,
    SCENARIOS,
    answer_words,
    interval_words,
    question_words,
    target_words,
    world_words,
)
from planbook.presentation.page import View
from planbook.presentation.population.depopulation_views import table_indices
from planbook.presentation.population.population_views import decimal_year
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.outlook.gather import Outlook
from planbook.summary.outlook.needs import Need
from planbook.summary.population_facts import target_number
from planbook.vocabulary.catalogue import current_language, text
from planbook.vocabulary.provenance import SourceRef


def _sources(plan: Plan, outlook: Outlook, rates: Iterable[str] | None = None) -> tuple[SourceRef, ...]:
    """Return the official sources of the rates of パターン1."""
    origins = outlook.baseline.rates.origins
    names = [name for rate in rates or origins for name in origins[rate].source_ids]
    return tuple(plan.official_source(name) for name in dict.fromkeys(names))


def view_scenarios(plan: Plan, outlook: Outlook) -> View | None:
    """Return パターン1, シミュレーション1 and 2 and 封鎖人口 beside the targets; None without a projection."""
    if outlook.standard is None:
        return None
    projection = outlook.standard.projection
    rows = []
    for at, scenario in enumerate(projection.scenarios):
        role, label = SCENARIOS[scenario]
        for year, persons in zip(projection.years, projection.totals[:, at, 0], strict=True):
            rows.append(
                {
                    "role": role,
                    "series": text(label),
                    "segment": scenario,
                    "year": decimal_year(date(year, 10, 1)),
                    "persons": float(persons),
                    "mark": "line",
                    "when": str(year),
                    "label": "",
                }
            )
    for target in plan.file.outlook.targets:
        if target.year is not None:
            rows.append(
                {
                    "role": "target",
                    "series": ROLES["target"].label,
                    "segment": "target",
                    "year": decimal_year(date(target.year, 10, 1)),
                    "persons": float(target.population_persons),
                    "mark": "point",
                    "when": str(target.year),
                    "label": str(target_number(plan, target)),
                }
            )
    frame = pd.DataFrame(rows)
    columns = [
        Column("series", text("シナリオ")),
        Column("when", text("年（10月1日）")),
        Column("persons", text("人口（人）"), 0),
    ]
    last = frame[frame["mark"] == "line"].groupby("series", sort=False).last()
    alternative = text("{place}のシナリオ別の人口。", place=plan.municipality.name) + "".join(
        text("{series}は{year}年に{persons}人。", series=name, year=row.when, persons=f"{row.persons:,.0f}")
        for name, row in last.iterrows()
    )
    documents = tuple(plan.document_source(t) for t in plan.file.outlook.targets if t.year is not None)
    return View(
        population_charts.draw_trend(frame),
        data_table(frame, columns),
        (*_sources(plan, outlook), *documents),
        alternative,
    )


def table_influences(plan: Plan, outlook: Outlook) -> DataTable | None:
    """Return the two influences with ratio and class; None where they cannot be judged."""
    if outlook.standard is None or not outlook.standard.influences:
        return None
    names = {"natural": text("自然増減の影響度"), "social": text("社会増減の影響度")}
    ratios = {
        "natural": text("シミュレーション1 ÷ パターン1"),
        "social": text("シミュレーション2 ÷ シミュレーション1"),
    }
    rows = [
        {
            "name": names[key],
            "year": str(fact.year),
            "ratio": ratios[key],
            "pct": fact.value.ratio_pct if fact.value else None,
            "level": fact.value.level if fact.value else None,
            "verified": "" if fact.verified else text("要確認（段階の境と判定年）"),
        }
        for key, fact in outlook.standard.influences.items()
    ]
    columns = [
        Column("name", text("影響度")),
        Column("year", text("判定年")),
        Column("ratio", text("比")),
        Column("pct", text("値（%）"), 1),
        Column("level", text("段階（1〜5）"), 0),
        Column("verified", text("備考")),
    ]
    return data_table(pd.DataFrame(rows), columns)


def table_future_ages(outlook: Outlook) -> DataTable | None:
    """Return the age indices of パターン1 by year; None without scenarios."""
    return table_indices(outlook.standard.broad_ages()) if outlook.standard else None


def view_future_pyramid(plan: Plan, outlook: Outlook) -> View | None:
    """Return ages and sexes of パターン1 in its last year as bars, of its base year as marks."""
    if outlook.standard is None:
        return None
    projection = outlook.standard.projection
    at = projection.scenarios.index("pattern-1")
    rows = []
    for step, when in ((-1, "new"), (0, "old")):
        for s, sex in enumerate(("female", "male")):
            for a, group in enumerate(projection.ages.groups):
                persons = float(projection.persons[step, at, 0, s, a])
                rows.append(
                    {
                        "year": str(projection.years[step]),
                        "when": when,
                        "sex": sex,
                        "group": ROLES[sex].label,
                        "age": group.label,
                        "age_start": group.age_start,
                        "persons": persons,
                        "signed": persons if sex == "female" else -persons,
                    }
                )
    frame = pd.DataFrame(rows)
    columns = [
        Column("year", text("年")),
        Column("group", text("性別")),
        Column("age", text("年齢")),
        Column("persons", text("人口（人）"), 0),
    ]
    largest = frame[frame["when"] == "new"].nlargest(1, "persons").iloc[0]
    alternative = text(
        "{place}の人口ピラミッド。棒は{new}年の推計、線は{old}年。{new}年に最も多いのは{group}の{age}で{persons}人。",
        place=plan.municipality.name, new=projection.years[-1], old=projection.years[0],
        group=largest["group"], age=largest["age"], persons=f"{largest['persons']:,.0f}",
    )  # fmt: skip
    return View(
        population_charts.draw_pyramid(frame),
        data_table(frame, columns),
        _sources(plan, outlook),
        alternative,
    )


def view_readings(plan: Plan, outlook: Outlook) -> View | None:
    """Return every reading of the plan's assumptions in every world; None where the document states none."""
    stated = outlook.stated
    if stated is None:
        return None
    names = {world.key: world_words(plan, world) for world in stated.worlds}
    questions = list(dict.fromkeys(key for reading in stated.readings for key in reading.answers))
    rows = []
    for world in stated.worlds:
        rows.append(
            {
                "world": names[world.key],
                "kind": "pattern",
                "series": text("計画の仮定がない場合"),
                "persons": stated.pattern_1[world.key],
                "words": text("その版の仮定のまま"),
                **dict.fromkeys(questions, None),
            }
        )
        for reading in (r for r in stated.readings if r.world == world.key):
            answers = {key: answer_words(key, answer) for key, answer in reading.answers.items()}
            rows.append(
                {
                    "world": names[world.key],
                    "kind": "reading",
                    "series": text("計画の仮定の読み方（1本が1通り）"),
                    "persons": reading.persons,
                    "words": text("、").join(answers.values()),
                    **{key: answers.get(key) for key in questions},
                }
            )
    frame = pd.DataFrame(rows)
    columns = [
        Column("world", text("前提")),
        Column("persons", text("{year}年の人口（人）", year=stated.target.year), 0),
        *(Column(key, question_words(key, questions)) for key in questions),
    ]
    target = target_number(plan, stated.target)
    parts = []
    for world in stated.worlds:
        low, high = stated.range_of(world.key)
        parts.append(
            text(
                "{world}では{low}人から{high}人。",
                world=names[world.key],
                low=f"{low:,.0f}",
                high=f"{high:,.0f}",
            )
        )
    alternative = text(
        "計画の仮定による{year}年の人口を、読み方ごとに示す図。目標は{target}。",
        year=stated.target.year,
        target=target,
    ) + "".join(parts)
    documents = tuple(plan.document_source(item) for item in plan.file.outlook.assumptions)
    names_of = [
        name
        for world in stated.worlds
        for origin in world.rates.origins.values()
        for name in origin.source_ids
    ]
    official = tuple(plan.official_source(name) for name in dict.fromkeys(names_of))
    chart = charts.draw_readings(
        frame,
        float(stated.target.population_persons),
        text("目標 {value}", value=target),
    )
    return View(
        chart,
        data_table(frame, columns),
        (plan.document_source(stated.target), *documents, *official),
        alternative,
    )


def view_frontier(plan: Plan, outlook: Outlook) -> View | None:
    """Return the frontiers of births and migration that reach each target, beside what has been seen."""
    if outlook.needs is None or not outlook.needs.needs:
        return None
    rows = [row for need in outlook.needs.needs for row in _frontier_rows(plan, outlook, need)]
    for seen in outlook.needs.seen:
        role, label = (
            ("ipss_2018", text("過去（災害などの影響がある5年）"))
            if seen.disturbed
            else ("observed", text("過去の5年ごと（国勢調査から）"))
        )
        rows.append(
            {
                "kind": "disturbed" if seen.disturbed else "seen",
                "series": label,
                "role": role,
                "segment": "seen",
                "fertility": seen.total_fertility_rate,
                "migrants": seen.net_migrants_a_year,
                "label": f"{seen.start}–{seen.end % 100:02d}",
                "words": interval_words(seen),
            }
        )
    rows.append(
        {
            "kind": "usual",
            "series": text("推計の仮定（パターン1）"),
            "role": "ipss_2023",
            "segment": "usual",
            "fertility": outlook.needs.usual_fertility,
            "migrants": outlook.needs.needs[-1].usual_migrants_a_year,
            "label": text("推計の仮定"),
            "words": text(
                "{start}〜{end}年の平均", start=outlook.needs.start, end=outlook.needs.needs[-1].year
            ),
        }
    )
    frame = pd.DataFrame(rows)
    columns = [
        Column("series", text("内容")),
        Column("words", text("期間")),
        Column("fertility", text("TFR換算値"), 2),
        Column("migrants", text("純移動（人/年）"), 0, sign=True),
    ]
    alternative = text(
        "横軸が出生率、縦軸が純移動の図。線の上や右にあれば目標に届く。過去の5年ごとの値は{n}個の点で示す。",
        n=len(outlook.needs.seen),
    )
    documents = tuple(plan.document_source(n.target) for n in outlook.needs.needs if n.target is not None)
    return View(
        charts.draw_frontier(frame),
        data_table(frame, columns),
        (*documents, *_sources(plan, outlook)),
        alternative,
    )


def _frontier_rows(plan: Plan, outlook: Outlook, need: Need) -> list[dict]:
    roles = ("target", "stated", "pace", "band")
    role = roles[outlook.needs.needs.index(need) % len(roles)]
    series = text("{target}に届く組合せ", target=target_words(plan, need))
    return [
        {
            "kind": "frontier",
            "series": series,
            "role": role,
            "segment": series,
            "fertility": item.total_fertility_rate,
            "migrants": item.net_migrants_a_year,
            "label": "",
            "words": text("{start}〜{end}年", start=outlook.needs.start, end=need.year),
        }
        for item in need.frontier
        if item.net_migrants_a_year is not None
    ]


def view_households(plan: Plan, outlook: Outlook) -> View | None:
    """Return households a year by type for each target above the projection; None where there is none."""
    if outlook.needs is None:
        return None
    needs = [need for need in outlook.needs.needs if need.households]
    if not needs:
        return None
    names = {
        row.household: row.name_en if current_language() == "en" else row.name_ja
        for row in plan.reference.table("household_types").rows
    }
    rows = [
        {"household": names[key], **{str(at): need.households[key] for at, need in enumerate(needs)}}
        for key in needs[0].households
    ]
    columns = [
        Column("household", text("世帯の型")),
        *(
            Column(str(at), text("{target}に届くには（世帯/年）", target=target_words(plan, need)), 0)
            for at, need in enumerate(needs)
        ),
    ]
    documents = tuple(plan.document_source(need.target) for need in needs if need.target is not None)
    return View(None, data_table(pd.DataFrame(rows), columns), (*documents, *_sources(plan, outlook)), "")


def view_groups(plan: Plan, outlook: Outlook) -> View | None:
    """Return women of 20–39, school ages and care ages: today, as projected, and where a target is reached."""
    if outlook.needs is None or not outlook.needs.needs:
        return None
    rows = []
    for need in outlook.needs.needs:
        for key, (now, usual, reached) in need.groups.items():
            rows.append(
                {
                    "group": text(GROUP_LABELS[key]),
                    "aim": target_words(plan, need),
                    "now": now,
                    "usual": usual,
                    "reached": reached,
                }
            )
    columns = [
        Column("group", text("年齢")),
        Column("aim", text("目標")),
        Column("now", text("{year}年（人）", year=outlook.needs.start), 0),
        Column("usual", text("目標年、推計のまま（人）"), 0),
        Column("reached", text("目標年、移動で届いた場合（人）"), 0),
    ]
    return View(None, data_table(pd.DataFrame(rows), columns), _sources(plan, outlook), "")
