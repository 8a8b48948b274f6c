"""Sentences of the comparison on population: what the municipalities have in common, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planbook.presentation.comparison.compare_labels import (
    count_words,
    labels_of,
    plan_labels,
    row_label,
    span_words,
    who_words,
)
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import edition_name, unsigned
from planbook.summary.comparison.comparison_facts import Comparison, PlanFacts
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.summary.comparison.target_ambition import Ambition
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number

#: So many names are listed in a sentence; more are counted.
MOST_NAMES = 8
#: So many targets are named behind their number.
MOST_AIMS = 3


def answer(page: Page, comparison: Comparison) -> list[Html]:
    """Compose the answer of the page: where the populations went and go, and how far the targets lie from there."""
    if not comparison.plans:
        return [page.words("ならべる計画がありません。")]
    said = [
        _what_is_compared(page, comparison),
        _census_sentence(page, comparison),
        *_projection_sentences(page, comparison),
        _target_sentence(page, comparison),
        pace_sentence(page, comparison),
    ]
    return [sentence for sentence in said if sentence is not None]


def _what_is_compared(page: Page, comparison: Comparison) -> Html:
    names = list(labels_of(comparison).values())
    if len(comparison.plans) == 1:
        return page.words(
            "{place}の1計画だけです。ならべる相手がないので、比べることはできません。", place=names[0]
        )
    shown = text("、").join(names) if len(names) <= MOST_NAMES else count_words(comparison.places)
    return page.words(
        "{places}の{n}計画を、市区町村コードの順に、同じ統計と同じ数え方でならべました。順位はつけません。",
        places=shown,
        n=len(comparison.plans),
    )


def range_of(numbers: Iterable[Number]) -> tuple[Number, Number]:
    """Return the smallest and the largest without their signs, for a sentence whose verb gives the direction."""
    ordered = sorted(numbers, key=lambda item: abs(item.value))
    return unsigned(ordered[0]), unsigned(ordered[-1])


def _census_sentence(page: Page, comparison: Comparison) -> Html | None:
    places = [place for place in comparison.places if place.population.change_share is not None]
    moved = [place.population for place in places]
    if not moved:
        return page.words("国勢調査の人口を2時点で比べられる市区町村がありません。")
    spans = {(facts.earlier.as_of.year, facts.latest.as_of.year) for facts in moved}
    preliminary = any(facts.latest.preliminary for facts in moved)
    when = span_words(spans.pop()) if len(spans) == 1 else text("それぞれ最近のおよそ15年")
    values = {
        "when": when,
        "status": text("（最新の値は速報）") if preliminary else "",
        "places": count_words(places),
    }
    down, up = (
        [place for place in places if sign * place.population.change_share.value > 0] for sign in (-1, 1)
    )
    if len(moved) == 1:
        return page.words(
            "国勢調査の人口の増減は、{when}{status}に{share}でした。", share=moved[0].change_share, **values
        )
    if len(down) == len(moved):
        low, high = range_of(facts.change_share for facts in moved)
        return page.words(
            "国勢調査の人口は、{when}{status}に、{places}すべてで減りました。減り方は{low}から{high}までの開きがあります。",
            low=low, high=high, **values,
        )  # fmt: skip
    if len(up) == len(moved):
        low, high = range_of(facts.change_share for facts in moved)
        return page.words(
            "国勢調査の人口は、{when}{status}に、{places}すべてで増えました。増え方は{low}から{high}までの開きがあります。",
            low=low, high=high, **values,
        )  # fmt: skip
    return page.words(
        "国勢調査の人口は、{when}{status}に、{places}のうち、減ったのは{down}、増えたのは{up}です。",
        down=who_words(down, places), up=who_words(up, places), **values,
    )  # fmt: skip


def _projection_sentences(page: Page, comparison: Comparison) -> list[Html]:
    """Say what each edition projects from its own base year; one sentence an edition and span."""
    groups: dict[tuple[str, int, int], list[PlaceFacts]] = {}
    for place in comparison.places:
        facts = place.population
        if place.projected_change is not None:
            key = (edition_name(place.plan, facts.edition), facts.projection[0][0], facts.projection[-1][0])
            groups.setdefault(key, []).append(place)
    return [
        _projection_sentence(page, edition, (start, end), places)
        for (edition, start, end), places in groups.items()
    ]


def _projection_sentence(
    page: Page, edition: str, span: tuple[int, int], places: Sequence[PlaceFacts]
) -> Html:
    values = {"edition": edition, "span": span_words(span), "places": count_words(places)}
    shares = [place.projected_change for place in places]
    down = [place for place in places if place.projected_change.value < 0]
    if len(shares) == 1:
        return page.words("{edition}が見込む{span}の増減は{share}です。", share=shares[0], **values)
    if len(down) == len(shares):
        low, high = range_of(shares)
        return page.words(
            "{edition}では、{span}に{places}すべてで減り、減り方は{low}から{high}までと見込まれています。",
            low=low, high=high, **values,
        )  # fmt: skip
    return page.words(
        "{edition}では、{places}のうち、{span}に減ると見込まれているのは{down}です。",
        down=who_words(down, places),
        **values,
    )


def _target_sentence(page: Page, comparison: Comparison) -> Html:
    compared = [(plan, item) for plan in comparison.plans for item in plan.compared]
    if not compared:
        return page.words("推計と比べられる、年のある人口の目標は、手元の資料にはありません。")
    if len(compared) == 1:
        return page.words(
            "推計と比べられる目標は{aim}の1件だけで、推計との差は{share}です。ほかの計画の目標とは比べられません。",
            aim=_aim(comparison, *compared[0]),
            share=compared[0][1].facts.gap_pct or "-",
        )
    return page.words(
        "推計と比べられる目標は{plans}計画の{n}件です。{verdict}",
        plans=len({plan.plan.plan_id for plan, _ in compared}),
        n=len(compared),
        verdict=_gap_words(page, [item for _, item in compared]),
    )


def _aim(comparison: Comparison, plan: PlanFacts, item: Ambition) -> str:
    return row_label(plan_labels([row.plan for row in comparison.plans])[plan.plan.plan_id], item)


def _aims_named(comparison: Comparison, aims: Sequence[tuple[PlanFacts, Ambition]]) -> str:
    """Name the targets in brackets where they are few; nothing where they are many."""
    if len(aims) > MOST_AIMS:
        return ""
    return text("（{names}）", names=text("、").join(_aim(comparison, plan, item) for plan, item in aims))


def _gap_words(page: Page, items: Sequence[Ambition]) -> Html:
    above = [item for item in items if item.facts.gap.value > 0]
    below = [item for item in items if item.facts.gap.value < 0]
    shares = [item.facts.gap_pct for item in items if item.facts.gap_pct is not None]
    if shares and len(above) == len(items):
        low, high = range_of(shares)
        return page.words("どれも推計を上回り、差は{low}から{high}までです。", low=low, high=high)
    if shares and len(below) == len(items):
        low, high = range_of(shares)
        return page.words("どれも推計を下回り、差は{low}から{high}までです。", low=low, high=high)
    return page.words(
        "推計を上回るものが{above}件、下回るものが{below}件、同じものが{same}件です。",
        above=len(above),
        below=len(below),
        same=len(items) - len(above) - len(below),
    )


def pace_sentence(page: Page, comparison: Comparison) -> Html | None:
    """Say what the targets ahead take beside what was; None where nothing can be held against the past."""
    held = [
        (plan, item)
        for plan, item in comparison.ambitions
        if item.required is not None and plan.place.pace_share is not None
    ]
    if not held:
        return None
    grow = [(plan, item) for plan, item in held if item.required.value > 0]
    ease = [(plan, item) for plan, item in held if plan.place.pace_share.value < item.required.value <= 0]
    kept = len(held) - len(grow) - len(ease)
    parts = [
        page.words(
            "人口が増えなければ届かないものが{n}件{names}", n=len(grow), names=_aims_named(comparison, grow)
        )
        if grow
        else None,
        page.words(
            "減り方が実績より小さくならなければ届かないものが{n}件{names}",
            n=len(ease),
            names=_aims_named(comparison, ease),
        )
        if ease
        else None,
        page.words("実績の歩みのままで届く計算のものが{n}件", n=kept) if kept else None,
    ]
    return page.words(
        "これからの年の目標{n}件を、国勢調査の直近の歩みと比べると、{parts}です。",
        n=len(held),
        parts=Html(text("、").join(part.markup for part in parts if part is not None)),
    )
