"""Every reading of a plan's own assumptions as a chart and a table."""

from __future__ import annotations

import pandas as pd

from planbook.load.plan import Plan
from planbook.presentation.charts import outlook as charts
from planbook.presentation.outlook.outlook_labels import (
    answer_words,
    question_words,
    world_words,
)
from planbook.presentation.page import View
from planbook.presentation.tables import Column, data_table
from planbook.summary.outlook.gather import Outlook
from planbook.summary.population_facts import target_number
from planbook.vocabulary.catalogue import text


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
                    "series": text("計画の仮定の読み方"),
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
