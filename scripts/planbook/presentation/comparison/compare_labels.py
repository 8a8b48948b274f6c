"""What the rows of a comparison are called, and which sources stand below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planbook.load.plan import Plan
from planbook.presentation.comparison.overview_views import place_labels, plan_ids_by_place
from planbook.presentation.outlook.outlook_labels import REASONS
from planbook.summary.comparison.comparison_facts import Comparison
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.summary.comparison.target_ambition import Ambition
from planbook.summary.population_facts import Observation
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef


def labels_of(comparison: Comparison) -> dict[str, str]:
    """Return what each municipality is called, by area code."""
    return place_labels([place.plan for place in comparison.places])


def plan_ids_of(comparison: Comparison) -> dict[str, str]:
    """Return the ids of each municipality's plans, by area code."""
    return plan_ids_by_place([row.plan for row in comparison.plans])


def plan_labels(plans: Sequence[Plan]) -> dict[str, str]:
    """Return what each plan is called, by its id, which it takes along where two have the same short title."""
    titles = [plan.short_title for plan in plans]
    return {
        plan.plan_id: plan.short_title
        if titles.count(plan.short_title) == 1
        else f"{plan.short_title} {plan.plan_id}"
        for plan in plans
    }


def plan_count(n: int) -> str:
    """Return a number of plans: 1つの計画, 9つの計画, 10の計画."""
    return text("{n}つの計画", n=n) if n < 10 else text("{n}の計画", n=n)


def row_label(plan: str, item: Ambition) -> str:
    """Return what a target is called beside its mark: the plan and the year."""
    year = item.facts.target.year
    return f"{plan} {text('{year}年', year=year) if year else text('年の記載なし')}"


def count_words(places: Sequence[PlaceFacts]) -> str:
    """Return how many municipalities there are: 4市 where all are cities, else 4市区町村."""
    cities = bool(places) and all(place.plan.municipality.file.name.ja.endswith("市") for place in places)
    if len(places) == 1:
        return text("1市") if cities else text("1市区町村")
    return text("{n}市", n=len(places)) if cities else text("{n}市区町村", n=len(places))


def who_words(chosen: Sequence[PlaceFacts], places: Sequence[PlaceFacts]) -> str:
    """Return which of the `places` are meant: up to two by name, more by their number, none by 0."""
    if not chosen:
        return "0"
    if len(chosen) > 2:
        return count_words(chosen)
    labels = place_labels([place.plan for place in places])
    names = [labels[place.code] for place in chosen]
    return text("{place}だけ", place=names[0]) if len(names) == 1 else text("と").join(names)


def rate_sources(places: Sequence[PlaceFacts]) -> tuple[SourceRef, ...]:
    """Return the official sources of the rates of パターン1."""
    return unique(
        place.plan.official_source(name)
        for place in places
        if place.baseline
        for origin in place.baseline.rates.origins.values()
        for name in origin.source_ids
    )


def unique(sources: Iterable[SourceRef | None]) -> tuple[SourceRef, ...]:
    """Return sources without repetition and without gaps, in the order of their first use."""
    return tuple(dict.fromkeys(source for source in sources if source is not None))


def when_words(item: Observation) -> str:
    """Return the year of a census, marked where it is a 速報値."""
    return f"{item.as_of.year}{text('（速報）') if item.preliminary else ''}"


def span_words(years: tuple[int, int] | None) -> str | None:
    """Return a span of years; None for none."""
    return text("{start}〜{end}年", start=years[0], end=years[1]) if years else None


def reason_words(place: PlaceFacts) -> str | None:
    """Return why a municipality has no scenarios; None where it has."""
    return text(REASONS[place.reason]) if place.reason else None
