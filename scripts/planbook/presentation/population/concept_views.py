"""The ways of counting side by side: zoomed chart, states of the targets, ratios, editions against outcome."""

from __future__ import annotations

import pandas as pd

from planbook.analysis.population import list_editions
from planbook.load.plan import Plan
from planbook.presentation.charts import concepts as charts
from planbook.presentation.page import View
from planbook.presentation.population.population_views import trend_table
from planbook.presentation.population.population_words import CONCEPTS, edition_name
from planbook.presentation.population.trend_rows import (
    crossing_rows,
    describe_crossing,
    describe_rows,
    edition_signs,
    line_row,
    month_words,
    observed_rows,
    projected_rows,
    target_row,
)
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.concept_facts import ConceptFacts
from planbook.summary.population_facts import PopulationFacts
from planbook.summary.target_states import Standing, TargetState
from planbook.summary.vintage_facts import edition_gap, gather_vintages
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.rounding import format_percent

BASES = {"census": CONCEPTS["census"], "register": CONCEPTS["register"], "bridged": plain("接続値")}
POSITIONS = {
    "below": plain("下回る"),
    "above": plain("上回る"),
    "same": plain("同じ"),
    "within": plain("目標の幅の中"),
    "overlaps": plain("幅が目標にかかる"),
}
FALLS = {
    "crosses": plain("下回る"),
    "already": plain("始めから下回る"),
    "never": plain("推計の年の中では下回らない"),
}
VARIANTS = {"standard": plain("基本推計"), "closed": plain("封鎖人口（移動なし）")}
STATUSES = {"final": plain("確定値"), "preliminary": plain("速報値")}

#: Years before and after the newest census that the zoomed chart shows.
AROUND_YEARS = 15


def view_concepts(plan: Plan, facts: PopulationFacts, concepts: ConceptFacts) -> View | None:
    """Return census, register, bridged values, projections, targets and crossings of the years around the newest census.

    None without a census. What lies outside the years is in the chart of the whole series.
    """
    if facts.latest is None:
        return None
    newest = facts.latest.as_of.year
    rows, sources = observed_rows(plan, newest - AROUND_YEARS)
    editions = list_editions(plan.municipality.frame("projections"), plan.reference.editions())
    for edition, role in edition_signs(plan, editions).items():
        more_rows, more_sources = projected_rows(plan, edition, role)
        rows, sources = rows + more_rows, sources + more_sources
    rows += [_bridged_row(point) for point in concepts.bridged]
    for item in facts.targets:
        rows.append(target_row(plan, item.target))
        sources.append(plan.document_source(item.target))
    rows += crossing_rows(facts)
    years = (newest - AROUND_YEARS, newest + AROUND_YEARS + 1)
    frame = pd.DataFrame({"low": None, "high": None, **row} for row in rows if _is_inside(row["year"], years))
    alternative = describe_rows(plan.municipality.name, frame) + _describe_bridged(concepts)
    for item in facts.targets:
        if item.crossing is not None and item.crossing.year < years[1]:
            alternative += describe_crossing(item, edition_name(plan, facts.edition))
    return View(charts.draw_concepts(frame), _table(frame), tuple(dict.fromkeys(sources)), alternative)


def _describe_bridged(concepts: ConceptFacts) -> str:
    if not concepts.bridged:
        return ""
    point = concepts.bridged[-1]
    return text(
        "接続値は{when}に{persons}（{low}〜{high}）。",
        when=point.as_of.isoformat(),
        persons=point.persons,
        low=point.low,
        high=point.high,
    )


def _is_inside(year: float | None, years: tuple[int, int]) -> bool:
    return year is None or years[0] <= year < years[1]


def _bridged_row(point) -> dict:
    line = line_row("bridged", point.as_of, point.persons.value, point.as_of.isoformat())
    return {**line, "mark": "bridged", "low": float(point.low.value), "high": float(point.high.value)}


def _table(frame: pd.DataFrame) -> DataTable:
    table = trend_table(frame)
    if frame["low"].isna().all():
        return table
    return data_table(
        frame,
        [*table.columns, Column("low", text("幅の下（人）"), 0), Column("high", text("幅の上（人）"), 0)],
    )


def table_target_states(plan: Plan, facts: PopulationFacts, concepts: ConceptFacts) -> DataTable | None:
    """Return where each target stands on each basis, one row a basis; None without a target."""
    rows = [row for state in concepts.targets for row in _state_rows(plan, facts, state)]
    if not rows:
        return None
    columns = [
        Column("target", text("目標")),
        Column("basis", text("数え方")),
        Column("when", text("時点")),
        Column("persons", text("人口（人）"), 0),
        Column("low", text("幅の下（人）"), 0),
        Column("high", text("幅の上（人）"), 0),
        Column("gap", text("目標との差（人）"), 0, sign=True),
        Column("state", text("目標に対して")),
    ]
    return data_table(pd.DataFrame(rows), columns)


def target_name(state: TargetState) -> str:
    """Return a target with its year, for a row or a heading."""
    target = state.facts.target
    if target.year is None:
        return text("{value}（年の記載なし）", value=state.facts.persons)
    return text("{year}年に{value}", year=target.year, value=state.facts.persons)


def _state_rows(plan: Plan, facts: PopulationFacts, state: TargetState) -> list[dict]:
    empty = {"target": target_name(state), "persons": None, "low": None, "high": None, "gap": None}
    rows = [
        {
            **empty,
            "basis": text(BASES[standing.basis]),
            "when": standing_day(standing),
            "persons": standing.persons.value,
            "low": standing.interval[0].value if standing.interval else None,
            "high": standing.interval[1].value if standing.interval else None,
            "gap": standing.gap.value,
            "state": text(POSITIONS[standing.position]),
        }
        for standing in state.standings
    ]
    if state.falls != "no_projection":
        day = state.facts.crossing
        rows.append(
            {
                **empty,
                "basis": edition_name(plan, facts.edition),
                "when": month_words(day) if day else None,
                "persons": state.facts.persons.value if day else None,
                "gap": 0 if day else None,
                "state": text(FALLS[state.falls]),
            }
        )
    return rows


def standing_day(standing: Standing) -> str:
    """Return the date of a figure, marked where it is preliminary."""
    return standing.as_of.isoformat() + (text("（速報）") if standing.preliminary else "")


def table_ratios(concepts: ConceptFacts) -> DataTable | None:
    """Return register ÷ census at each census; None where there is no such day."""
    if not concepts.ratios:
        return None
    rows = [
        {
            "when": ratio.as_of.isoformat() + (text("（速報）") if ratio.preliminary else ""),
            "ratio": ratio.ratio.value,
        }
        for ratio in concepts.ratios
    ]
    columns = [Column("when", text("時点")), Column("ratio", text("住民基本台帳÷国勢調査"), 3)]
    return data_table(pd.DataFrame(rows), columns)


def view_vintages(plan: Plan) -> View | None:
    """Return every published edition against the censuses after its base; None where no year is in common."""
    frame = gather_vintages(plan)
    if frame.empty:
        return None
    frame["edition_name"] = [edition_name(plan, edition) for edition in frame["edition"]]
    frame["variant_name"] = [text(VARIANTS[variant]) for variant in frame["variant"]]
    frame["status_name"] = [text(STATUSES[status]) for status in frame["status"]]
    columns = [
        Column("edition_name", text("推計")),
        Column("variant_name", text("仮定")),
        Column("base_year", text("推計の基準年"), 0, grouping=False),
        Column("year", text("年"), 0, grouping=False),
        Column("horizon_years", text("基準年からの年数（年）"), 0),
        Column("projected_persons", text("推計（人）"), 0),
        Column("actual_persons", text("国勢調査（人）"), 0),
        Column("difference_persons", text("推計 − 国勢調査（人）"), 0, sign=True),
        Column("error_pct", text("推計 − 国勢調査（%）"), 1, sign=True),
        Column("status_name", text("国勢調査の確定・速報")),
    ]
    sources = tuple(
        plan.official_source(source_id)
        for source_id in dict.fromkeys([*frame["projection_source_id"], *frame["actual_source_id"]])
    )
    drawn = _drawn_vintages(plan, frame)
    if drawn.empty:
        return View(None, data_table(frame, columns), sources, "")
    words = text("、").join(f"{row.name} {row.label}" for row in drawn.itertuples(index=False))
    alternative = text("{place}の推計と国勢調査の差の図。", place=plan.municipality.name) + words
    return View(charts.draw_vintages(drawn), data_table(frame, columns), sources, alternative)


def _drawn_vintages(plan: Plan, frame: pd.DataFrame) -> pd.DataFrame:
    """Return what the chart shows: 封鎖人口 is no forecast, so its distance from the census is no error."""
    signs = edition_signs(plan, list(dict.fromkeys(frame["edition"])))
    rows = []
    for row in frame[frame["variant"] == "standard"].itertuples():
        gap = edition_gap(plan, row)[3]
        if gap is None:
            continue
        status = text("（速報）") if row.status == "preliminary" else ""
        rows.append(
            {
                "role": signs[row.edition],
                "series": row.edition_name,
                "name": text(
                    "{edition}→{year}年{status}", edition=row.edition_name, year=row.year, status=status
                ),
                "error_pct": float(row.error_pct),
                "label": format_percent(gap.value, 1, sign=True),
            }
        )
    return pd.DataFrame(rows, columns=["role", "series", "name", "error_pct", "label"])
