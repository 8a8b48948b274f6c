"""One target of a plan as the comparison shows it: ambition, pace, and the migration that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planbook.summary.comparison.place_facts import PlaceFacts, share_a_year
from planbook.summary.comparison.place_movement import per_thousand
from planbook.summary.outlook.needs import Need, Needs, Precedent, Seen, find_precedent
from planbook.summary.population_facts import PopulationFacts, TargetFacts
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number, difference, number
from planbook.vocabulary.rounding import format_number

#: ``ordinary``: seen in years without a disaster; ``disturbed``: in disturbed years alone; ``never``: in none.
MigrationMissing = Literal["no_outlook", "outside_years", "reached", "out_of_reach"]


@dataclass(frozen=True)
class MigrationNeed:
    """The migration that a target takes at the births of パターン1.

    Parameters
    ----------
    start, year : from when to when; `year_assumed` where the target has no year and the last one is taken.
    needed, usual, extra : net migrants a year that reach the target, of パターン1, and their difference.
    extra_rate : `extra` per 1,000 of the population at `start`.
    highest : the five years with most net migrants since the first census at hand; None without any.
    highest_seen : their net migrants a year.
    precedent : whether `needed` has been seen; None without such years.
    """

    start: int
    year: int
    year_assumed: bool
    needed: Number
    usual: Number
    extra: Number
    extra_rate: Number | None
    highest: Seen | None
    highest_seen: Number | None
    precedent: Precedent | None


@dataclass(frozen=True)
class Ambition:
    """A target against the projection, against the pace of the past, and against migration seen before.

    Parameters
    ----------
    facts : target, projection in its year and the two differences; `facts.missing` says why there are none.
    averted : share of the projected loss since the newest census that the target averts, in per cent; above 100
        where the target lies above the newest census. None where no loss is projected or nothing can be compared.
    required : change a year in per cent of the newest census, as `PlaceFacts.pace_share`; None without a year ahead.
    migration : None where `migration_missing` says why.
    """

    facts: TargetFacts
    averted: Number | None
    required: Number | None
    migration: MigrationNeed | None
    migration_missing: MigrationMissing | None


def gather_ambition(item: TargetFacts, place: PlaceFacts, needs: Needs | None) -> Ambition:
    """Gather the facts of one target.

    Parameters
    ----------
    item : the target.
    place : its municipality.
    needs : of the plan that states it; None without パターン1.
    """
    migration, missing = _migration(item, place, needs)
    return Ambition(
        facts=item,
        averted=_averted(item, place.population),
        required=share_a_year(item.required, place.population),
        migration=migration,
        migration_missing=missing,
    )


def _averted(item: TargetFacts, population: PopulationFacts) -> Number | None:
    if item.gap is None or population.latest is None:
        return None
    latest, projected = population.latest.persons, item.projected
    loss = latest.value - projected.value
    if loss <= 0:
        return None
    share = item.gap.value / loss * 100
    formula = (
        f"（{item.persons.bare()} − {projected.bare()}）÷（{latest.bare()} − {projected.bare()}）"
        f"＝ {format_number(share, 1)}%"
    )
    return number(
        share,
        "percent",
        decimals=1,
        qualifier=item.gap.qualifier,
        formula=formula,
        inputs=(item.persons, projected, latest),
    )


def _migration(
    item: TargetFacts, place: PlaceFacts, needs: Needs | None
) -> tuple[MigrationNeed | None, MigrationMissing | None]:
    if needs is None:
        return None, "no_outlook"
    need = next((need for need in needs.needs if need.target == item.target), None)
    if need is None:
        return None, "outside_years"
    if need.extra_a_year is None:
        return None, "reached" if need.is_reached else "out_of_reach"
    return _migration_need(item, place, needs, need), None


def _migration_need(item: TargetFacts, place: PlaceFacts, needs: Needs, need: Need) -> MigrationNeed:
    highest = max(needs.seen, key=lambda seen: seen.net_migrants_a_year, default=None)
    years = {"start": needs.start, "year": need.year}
    projected = tuple(persons for _, persons in place.population.projection[-1:])
    needed = _moved(
        need.migration.net_migrants_a_year,
        text("出生率をパターン1のまま、{year}年の目標に届く純移動の{start}〜{year}年の平均", **years),
        (item.persons, *projected),
    )
    usual = _moved(
        need.usual_migrants_a_year,
        text("パターン1の移動の率による純移動の{start}〜{end}年の平均", start=needs.start, end=need.year),
        projected,
    )
    extra = difference(needed, usual)
    counted = {seen.as_of.year: seen.persons for seen in place.population.census}
    return MigrationNeed(
        start=needs.start,
        year=need.year,
        year_assumed=need.year_assumed,
        needed=needed,
        usual=usual,
        extra=extra,
        extra_rate=per_thousand(extra, counted.get(needs.start)),
        highest=highest,
        highest_seen=_seen(highest, counted) if highest else None,
        precedent=find_precedent(need.migration.net_migrants_a_year, needs.seen),
    )


def _moved(value: float, formula: str, inputs: tuple[Number, ...]) -> Number:
    return number(value, "persons_per_year", sign=True, formula=formula, inputs=inputs)


def _seen(seen: Seen, counted: dict[int, Number]) -> Number:
    ends = tuple(counted[year] for year in (seen.start, seen.end) if year in counted)
    formula = text("{start}年と{end}年の国勢調査の年齢別人口と生残率から", start=seen.start, end=seen.end)
    return _moved(seen.net_migrants_a_year, formula, ends)
