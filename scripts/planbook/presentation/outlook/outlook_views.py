"""From the outlook of a municipality to charts and tables: scenarios, readings, the frontier, households, ages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from planbook.load.plan import Plan
from planbook.presentation.charts import population as population_charts
from planbook.presentation.outlook.outlook_labels import (
    scenario_labels,
)
from planbook.presentation.page import View
from planbook.presentation.population.depopulation_views import table_indices
from planbook.presentation.population.population_views import decimal_year
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.outlook.gather import Outlook
from planbook.summary.population_facts import target_number
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef


def rate_sources(plan: Plan, outlook: Outlook, *, today: bool = False) -> tuple[SourceRef, ...]:
    """Return the official sources of パターン1's base and rates; of the census that today's start comes from, too."""
    chosen = outlook.baseline.now if today else outlook.baseline.rates
    names = [name for origin in chosen.origins.values() for name in origin.source_ids]
    return tuple(plan.official_source(name) for name in dict.fromkeys(names))


def view_scenarios(plan: Plan, outlook: Outlook) -> View | None:
    """Return パターン1, シミュレーション1 and 2 and 封鎖人口 beside the targets; None without a projection."""
    if outlook.standard is None:
        return None
    projection = outlook.standard.projection
    labels = scenario_labels(plan, outlook.baseline.edition, outlook.standard.simulation.tfr)
    rows = []
    for at, scenario in enumerate(projection.scenarios):
        role, label = labels[scenario]
        for year, persons in zip(projection.years, projection.totals[:, at, 0], strict=True):
            rows.append(
                {
                    "role": role,
                    "series": label,
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
        (*rate_sources(plan, outlook), *documents),
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
    """Return ages and sexes of パターン1 in the last target's year as bars, of its base year as marks.

    Where that year is none of the projection's, the bars are its last year's, and the words say so.
    """
    if outlook.standard is None:
        return None
    projection = outlook.standard.projection
    at = projection.scenarios.index("pattern-1")
    shown, is_target = _shown_year(plan, projection.years)
    rows = []
    for step, when in ((projection.years.index(shown), "new"), (0, "old")):
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
        "{place}の人口ピラミッド。棒は{new}年（{which}）の推計、線は{old}年。{new}年に最も多いのは{group}の{age}で{persons}人。",
        place=plan.municipality.name, new=shown, old=projection.years[0],
        which=text("目標の年") if is_target else text("推計の最後の年"),
        group=largest["group"], age=largest["age"], persons=f"{largest['persons']:,.0f}",
    )  # fmt: skip
    return View(
        population_charts.draw_pyramid(frame),
        data_table(frame, columns),
        rate_sources(plan, outlook),
        alternative,
    )


def _shown_year(plan: Plan, years: Sequence[int]) -> tuple[int, bool]:
    """Return the year of the last dated target where the projection has it, else its last year, and which it is."""
    dated = [target.year for target in plan.file.outlook.targets if target.year is not None]
    if dated and max(dated) in years[1:]:
        return max(dated), True
    return years[-1], False
