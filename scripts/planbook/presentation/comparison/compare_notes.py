"""Notes below the figures of the comparison: what holds for every row, and the reserve of single places and plans."""

from __future__ import annotations

from collections.abc import Iterable

from planbook.presentation.comparison.compare_labels import (
    labels_of,
    plan_labels,
    reason_words,
    row_label,
    span_words,
)
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import CONCEPTS, edition_name
from planbook.summary.comparison.comparison_facts import Comparison, PlanFacts
from planbook.summary.comparison.target_ambition import Ambition
from planbook.vocabulary.catalogue import plain, text

MISSING = {
    "no_year": plain("目標の年が資料に書かれていない"),
    "no_projection": plain("比べられる推計がない"),
    "year_outside": plain("推計に目標の年の値がない"),
}
MIGRATION_MISSING = {
    "outside_years": plain("推計の年（5年おき）に目標の年がない"),
    "reached": plain("推計の率のままで届く"),
    "out_of_reach": plain("人口の5%を超える転入超過が毎年要る"),
}
_NOT_LISTED = plain("人口の目標は、この資料には掲載がない")


def _note(page: Page, name: str, remark: str) -> Html:
    # Reasons shared with other pages are whole sentences and bring their full stop along.
    return page.words("{name}：{remark}。", name=name, remark=remark.rstrip("。."))


def _grouped(page: Page, title: str, pairs: Iterable[tuple[str, str | None]]) -> list[Html]:
    """Say a value once where all rows share it, else with the rows that have it; nothing without values."""
    groups: dict[str, list[str]] = {}
    for name, value in pairs:
        if value is not None:
            groups.setdefault(value, []).append(name)
    if not groups:
        return []
    if len(groups) == 1:
        return [_note(page, title, next(iter(groups)))]
    parts = (
        text("{names}は{value}", names=text("、").join(dict.fromkeys(names)), value=value)
        for value, names in groups.items()
    )
    return [_note(page, title, text("。").join(parts))]


def note_places(page: Page, comparison: Comparison) -> list[Html]:
    """Say which censuses are compared, and with which projection."""
    labels = labels_of(comparison)
    spans, editions = [], []
    for place in comparison.places:
        facts, name = place.population, labels[place.code]
        if facts.earlier and facts.change_share:
            spans.append((name, span_words((facts.earlier.as_of.year, facts.latest.as_of.year))))
        if facts.projection:
            values = {"edition": edition_name(place.plan, facts.edition), "base": facts.projection[0][0]}
            editions.append((name, text("{edition}（増減は{base}年から）", **values)))
    return [*_grouped(page, text("国勢調査の増減の期間"), spans), *_grouped(page, text("推計の版"), editions)]


def note_influences(page: Page, comparison: Comparison) -> list[Html]:
    """Say for which year the influences are judged, and where they are not."""
    labels = labels_of(comparison)
    figures = [(labels[p.code], figure) for p in comparison.places for figure in p.influences.values()]
    years = _grouped(
        page, text("判定年"), ((name, text("{year}年", year=figure.year)) for name, figure in figures)
    )
    unsure = list(dict.fromkeys(name for name, figure in figures if not figure.verified))
    checks = [_note(page, text("、").join(unsure), text("段階の境と判定年は要確認"))] if unsure else []
    return [*years, *checks, *_reasons(page, comparison)]


def _reasons(page: Page, comparison: Comparison) -> list[Html]:
    labels = labels_of(comparison)
    return [_note(page, labels[p.code], reason_words(p)) for p in comparison.places if p.reason]


def note_movement(page: Page, comparison: Comparison) -> list[Html]:
    """Say which years the migration and the women are of, and which of them are not ordinary."""
    labels = labels_of(comparison)
    moved = [(labels[place.code], place.movement) for place in comparison.places if place.movement]
    spans = {
        text("実績の純移動の期間"): [(name, span_words(move.seen_years)) for name, move in moved],
        text("推計（パターン1）の純移動の期間"): [
            (name, span_words(move.usual_years)) for name, move in moved
        ],
        text("女性の増減の期間"): [(name, span_words(move.women_years)) for name, move in moved],
    }
    notes = [note for title, pairs in spans.items() for note in _grouped(page, title, pairs)]
    disturbed = [name for name, move in moved if move.disturbed]
    if disturbed:
        notes.append(_note(page, text("、").join(disturbed), text("実績の期間は、ふだんと違う年を含む")))
    bridged = [name for name, move in moved if move.bridged]
    if bridged:
        notes.append(_note(page, text("、").join(bridged), text("実績の期間の終わりの年齢は接続値")))
    return [*notes, *_reasons(page, comparison)]


def _names(comparison: Comparison) -> dict[str, str]:
    return plan_labels([row.plan for row in comparison.plans])


def _row(comparison: Comparison, plan: PlanFacts, item: Ambition) -> str:
    return row_label(_names(comparison)[plan.plan.plan_id], item)


def note_ambition(page: Page, comparison: Comparison) -> list[Html]:
    """Say against which projection the targets stand, how they are counted, and why a difference is lacking."""
    names = _names(comparison)
    editions, bases, missing = [], [], []
    for plan, item in comparison.ambitions:
        name = names[plan.plan.plan_id]
        bases.append((name, text(CONCEPTS[item.facts.target.basis])))
        if item.facts.gap:
            editions.append((name, edition_name(plan.plan, item.facts.edition)))
        if item.facts.missing:
            row = _row(comparison, plan, item) if item.facts.target.year else name
            missing.append(_note(page, row, text(MISSING[item.facts.missing])))
    lacking = [names[row.plan.plan_id] for row in comparison.plans if not row.ambitions]
    unlisted = [_note(page, text("、").join(lacking), text(_NOT_LISTED))] if lacking else []
    return [
        *_grouped(page, text("推計の版"), editions),
        *_grouped(page, text("目標の人口の種類"), bases),
        *missing,
        *unlisted,
    ]


def note_pace(page: Page, comparison: Comparison) -> list[Html]:
    """Say which censuses the past is of, and which municipalities have no target ahead."""
    labels = labels_of(comparison)
    held = [place for place in comparison.places if place.pace_share is not None]
    spans = [
        (
            labels[place.code],
            span_words((place.population.census[-2].as_of.year, place.population.latest.as_of.year))
            + (text("（最新の値は速報）") if place.population.latest.preliminary else ""),
        )
        for place in held
    ]
    aimed = {plan.place.code for plan, item in comparison.ambitions if item.required is not None}
    lacking = [labels[place.code] for place in held if place.code not in aimed]
    notes = _grouped(page, text("実績の期間"), spans)
    if lacking:
        notes.append(_note(page, text("、").join(lacking), text("年のある目標が、この資料には掲載がない")))
    return notes


def note_moves(page: Page, comparison: Comparison) -> list[Html]:
    """Say over which years the migration is computed, and give what a target without a year would take."""
    starts, apart = [], []
    for plan, item in comparison.ambitions:
        need, row = item.migration, _row(comparison, plan, item)
        if need is None:
            words = MIGRATION_MISSING.get(item.migration_missing)
            remark = text(words) if words else reason_words(plan.place)
            apart += [_note(page, row, remark)] if remark else []
        elif need.year_assumed:
            apart.append(
                page.words(
                    "{row}：表には数を示していません。推計の最後の年（{year}年）とおいた参考では、目標に届く純移動は{needed}、推計の純移動への上積みは{extra}です。",
                    row=row,
                    year=need.year,
                    needed=need.needed,
                    extra=need.extra,
                )
            )
        else:
            starts.append((row, text("{start}年から目標年まで", start=need.start)))
    return [*_grouped(page, text("計算の期間"), starts), *apart]


#: The notes of each figure, by its key on the page.
NOTES = {
    "places": note_places,
    "influences": note_influences,
    "movement": note_movement,
    "ambition": note_ambition,
    "pace": note_pace,
    "moves": note_moves,
}
