"""Municipalities side by side: what was counted and projected, ages, influences, births and migration."""

from __future__ import annotations

import pandas as pd

from planbook.presentation.charts import compare_population as charts
from planbook.presentation.comparison.compare_labels import (
    labels_of,
    plan_ids_of,
    rate_sources,
    unique,
)
from planbook.presentation.page import View
from planbook.presentation.tables import Column, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.comparison.comparison_facts import Comparison
from planbook.summary.comparison.place_ages import BROAD_NAMES, Structure
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import format_percent


def view_places(comparison: Comparison) -> View | None:
    """Return censuses, change and projection, a row a municipality; None where there are no figures at all."""
    labels, plan_ids = labels_of(comparison), plan_ids_of(comparison)
    rows, sources = [], []
    counted: dict[int, bool] = {}
    projected: set[int] = set()
    for place in comparison.places:
        facts = place.population
        row: dict[str, object] = {"place": labels[place.code], "plan_ids": plan_ids[place.code]}
        for item in dict.fromkeys([facts.earlier, place.final, facts.latest]):
            if item is not None:
                row[f"c{item.as_of.year}"] = item.persons.value
                counted[item.as_of.year] = counted.get(item.as_of.year, False) or item.preliminary
                sources.append(item.persons.source)
        if facts.earlier and facts.change_share:
            row["change"] = facts.change_share.value
            sources.append(facts.earlier.persons.source)
        if facts.projection:
            year, persons = facts.projection[-1]
            row[f"p{year}"] = persons.value
            row["loss"] = place.projected_change.value if place.projected_change else None
            projected.add(year)
            sources.append(persons.source)
        rows.append(row)
    if not sources:
        return None
    columns = [Column("place", text("市区町村"))]
    for year, preliminary in sorted(counted.items()):
        title = (
            text("{year}年 国勢調査・速報（人）", year=year)
            if preliminary
            else text("{year}年 国勢調査（人）", year=year)
        )
        columns.append(Column(f"c{year}", title, 0))
    columns.append(Column("change", _change_title(comparison), 1, sign=True))
    columns += [Column(f"p{year}", text("{year}年 推計（人）", year=year), 0) for year in sorted(projected)]
    columns.append(Column("loss", text("推計の増減（%）"), 1, sign=True))
    frame = pd.DataFrame(rows, columns=[*(column.name for column in columns), "plan_ids"])
    return View(None, data_table(frame, columns, plans="plan_ids"), unique(sources), "")


def _change_title(comparison: Comparison) -> str:
    """Name the years that the change is of, where all municipalities share them: it is not of neighbouring columns."""
    spans = {
        (place.population.earlier.as_of.year, place.population.latest.as_of.year)
        for place in comparison.places
        if place.population.earlier and place.population.latest
    }
    if len(spans) != 1:
        return text("国勢調査の増減（%）")
    start, end = spans.pop()
    return text("{start}→{end}年の 増減（%）", start=start, end=end)


def view_structure(comparison: Comparison) -> View | None:
    """Return young, working and old shares by the newest census with ages and in the last projected year."""
    labels, plan_ids = labels_of(comparison), plan_ids_of(comparison)
    rows, sources = [], []
    for place in comparison.places:
        for structure in (place.now, place.future):
            if structure is None or structure.ageing_rate is None:
                continue
            counted = structure is place.now
            rows += [
                {**row, "plan_ids": plan_ids[place.code]}
                for row in _structure_rows(labels[place.code], structure, counted=counted)
            ]
            sources += [part.source for part in structure.persons.values()]
            if structure.fitted:
                sources += rate_sources([place])
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    columns = [
        Column("place", text("市区町村")),
        Column("when", text("時点")),
        Column("group", text("年齢")),
        Column("persons", text("人口（人）"), 0),
        Column("share", text("割合（%、年齢不詳を除く）"), 1),
    ]
    old = frame[frame["role"] == "old"]
    alternative = text(
        "年齢3区分の割合を市区町村ごとにならべた帯グラフ。65歳以上の割合は、{parts}。",
        parts=text("、").join(
            f"{row.place} {row.when} {format_percent(row.share)}" for row in old.itertuples()
        ),
    )
    return View(
        charts.draw_structure(frame, BROAD_NAMES),
        data_table(frame, columns, plans="plan_ids"),
        unique(sources),
        alternative,
    )


def _structure_rows(place: str, structure: Structure, *, counted: bool) -> list[dict]:
    total = sum(part.value for part in structure.persons.values())
    when = (
        text("{year}年（国勢調査）", year=structure.year)
        if counted
        else text("{year}年（この本の推計）", year=structure.year)
        if structure.fitted
        else text("{year}年（推計）", year=structure.year)
    )
    rows = []
    for name, part in structure.persons.items():
        share = float(part.value / total * 100)
        rows.append(
            {
                "place": place,
                "when": when,
                "row": f"{place} {text('{year}年', year=structure.year)}",
                "role": name,
                "group": ROLES[name].label,
                "persons": float(part.value),
                "share": share,
                # A part narrower than its figure stays without one; the table has it.
                "short": format_percent(share, 0) if share >= 6 else "",
            }
        )
    return rows


def view_influences(comparison: Comparison) -> View | None:
    """Return ratio and class of both influences, a row a municipality; None where none can be judged."""
    labels, plan_ids = labels_of(comparison), plan_ids_of(comparison)
    rows = []
    for place in comparison.places:
        row: dict[str, object] = {"place": labels[place.code], "plan_ids": plan_ids[place.code]}
        for key, figure in place.influences.items():
            row |= {key: figure.ratio.value, f"{key}_level": figure.level}
        rows.append(row)
    if not any(place.influences for place in comparison.places):
        return None
    columns = [
        Column("place", text("市区町村")),
        Column("natural", text("自然増減の影響度（%）"), 1),
        Column("natural_level", text("自然増減の段階（1〜5）"), 0),
        Column("social", text("社会増減の影響度（%）"), 1),
        Column("social_level", text("社会増減の段階（1〜5）"), 0),
    ]
    frame = pd.DataFrame(rows, columns=[*(column.name for column in columns), "plan_ids"])
    return View(None, data_table(frame, columns, plans="plan_ids"), rate_sources(comparison.places), "")


def view_movement(comparison: Comparison) -> View | None:
    """Return births, net migration and women of 20–39, a row a municipality; None where there is no パターン1."""
    labels, plan_ids = labels_of(comparison), plan_ids_of(comparison)
    if not any(place.movement for place in comparison.places):
        return None
    rows = [
        {**_movement_row(labels[place.code], place), "plan_ids": plan_ids[place.code]}
        for place in comparison.places
    ]
    columns = [
        Column("place", text("市区町村")),
        Column("fertility", text("推計の TFR換算値"), 2),
        Column("seen", text("実績の 純移動（人/年）"), 0, sign=True),
        Column("seen_rate", text("実績 千人あたり（人/年）"), 1, sign=True),
        Column("usual", text("推計の 純移動（人/年）"), 0, sign=True),
        Column("usual_rate", text("推計 千人あたり（人/年）"), 1, sign=True),
        Column("women", text("20〜39歳の 女性の増減（%）"), 1, sign=True),
    ]
    frame = pd.DataFrame(rows, columns=[*(column.name for column in columns), "plan_ids"])
    return View(None, data_table(frame, columns, plans="plan_ids"), rate_sources(comparison.places), "")


def _movement_row(label: str, place: PlaceFacts) -> dict[str, object]:
    movement = place.movement
    if movement is None:
        return {"place": label}
    return {
        "place": label,
        "fertility": movement.fertility.value,
        "seen": movement.seen.value if movement.seen else None,
        "seen_rate": movement.seen_rate.value if movement.seen_rate else None,
        "usual": movement.usual.value,
        "usual_rate": movement.usual_rate.value if movement.usual_rate else None,
        "women": movement.women_change.value if movement.women_change else None,
    }
