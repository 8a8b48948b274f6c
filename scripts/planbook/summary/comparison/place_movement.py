"""What moves a municipality: births, migration, and the two influences 影響度 that a population vision asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planbook.analysis.projection.requirements import project_shifted
from planbook.summary.outlook.baseline import Baseline
from planbook.summary.outlook.needs import Needs
from planbook.summary.outlook.standard import StandardScenarios
from planbook.summary.population_facts import PopulationFacts
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.numbers import Number, change_pct, number
from planbook.vocabulary.rounding import format_number

_PER = 1000


@dataclass(frozen=True)
class InfluenceFigure:
    """An influence (影響度) with its class.

    Parameters
    ----------
    year : the judgement year.
    ratio : in per cent.
    level : class 1 to 5.
    verified : whether limits and year were checked at their source.
    """

    year: int
    ratio: Number
    level: int
    verified: bool


@dataclass(frozen=True)
class Movement:
    """Births and migration: what the last five years showed, and what パターン1 goes on with.

    Parameters
    ----------
    seen_years : the last five years with ages at both ends; None without such years, and then `seen` is None.
    seen, seen_rate : net migrants a year, and per 1,000 persons at the start of those years.
    disturbed, bridged : as in `planbook.summary.outlook.needs.Seen`.
    usual_years, usual, usual_rate : the same of パターン1, from the newest census to its last year.
    fertility : TFR換算値 of パターン1, mean of its steps.
    women_years, women, women_change : women of 20–39 in the base year and the last one of パターン1.
    """

    seen_years: tuple[int, int] | None
    seen: Number | None
    seen_rate: Number | None
    disturbed: bool
    bridged: bool
    usual_years: tuple[int, int]
    usual: Number
    usual_rate: Number
    fertility: Number
    women_years: tuple[int, int]
    women: tuple[Number, Number]
    women_change: Number | None


def _ends(population: PopulationFacts) -> tuple[Number, ...]:
    """Return the published totals that every rate of パターン1 was fitted between."""
    return tuple(dict(population.projection[:1] + population.projection[-1:]).values())


def gather_influences(population: PopulationFacts, standard: StandardScenarios) -> dict[str, InfluenceFigure]:
    """Gather the influences by natural and social; one whose denominator is nobody is left out."""
    forms = {
        "natural": plain("シミュレーション1 {above}人 ÷ パターン1 {below}人 ＝ {ratio}%"),
        "social": plain("シミュレーション2 {above}人 ÷ シミュレーション1 {below}人 ＝ {ratio}%"),
    }
    found = {}
    for key, fact in standard.influences.items():
        if fact.value is None:
            continue
        formula = text(
            forms[key],
            above=format_number(fact.numerator),
            below=format_number(fact.denominator),
            ratio=format_number(fact.value.ratio_pct, 1),
        )
        ratio = number(fact.value.ratio_pct, "percent", decimals=1, formula=formula, inputs=_ends(population))
        found[key] = InfluenceFigure(fact.year, ratio, fact.value.level, fact.verified)
    return found


def gather_movement(
    population: PopulationFacts, baseline: Baseline, standard: StandardScenarios, needs: Needs
) -> Movement:
    """Gather births, migration and women of 20–39 from the engine's results."""
    inputs = _ends(population)
    start, end = needs.start, baseline.last_year
    moved = float(project_shifted(baseline.now, np.zeros(1), end)[1][0])
    usual = number(
        moved,
        "persons_per_year",
        sign=True,
        formula=text("パターン1の移動の率による純移動の{start}〜{end}年の平均", start=start, end=end),
        inputs=inputs,
    )
    seen = needs.seen[-1] if needs.seen else None
    counted = {item.as_of.year: item.persons for item in population.census}
    seen_number = None
    if seen:
        formula = text("{start}年と{end}年の国勢調査の年齢別人口と生残率から", start=seen.start, end=seen.end)
        ends = tuple(counted[year] for year in (seen.start, seen.end) if year in counted)
        seen_number = number(
            seen.net_migrants_a_year, "persons_per_year", sign=True, formula=formula, inputs=ends
        )
    women, years = _women(standard, inputs)
    return Movement(
        seen_years=(seen.start, seen.end) if seen else None,
        seen=seen_number,
        seen_rate=per_thousand(seen_number, counted.get(seen.start)) if seen else None,
        disturbed=bool(seen and seen.disturbed),
        bridged=bool(seen and seen.bridged),
        usual_years=(start, end),
        usual=usual,
        usual_rate=per_thousand(usual, counted.get(start) or inputs[0]),
        fertility=number(
            needs.usual_fertility,
            "none",
            decimals=2,
            formula=text(
                "パターン1の子ども女性比を全国の値で換算した{start}〜{end}年の平均", start=start, end=end
            ),
            inputs=inputs,
        ),
        women_years=years,
        women=women,
        women_change=change_pct(women[1], women[0]),
    )


def _women(
    standard: StandardScenarios, inputs: tuple[Number, ...]
) -> tuple[tuple[Number, Number], tuple[int, int]]:
    path = standard.women_20_39()
    years = (min(path), max(path))
    first, last = (
        number(
            path[year],
            as_of=f"{year}-10-01",
            concept="projection",
            formula=text("パターン1の20〜39歳の女性（{year}年）", year=year),
            inputs=inputs,
        )
        for year in years
    )
    return (first, last), years


def per_thousand(persons: Number | None, population: Number | None) -> Number | None:
    """Return persons a year per 1,000 of a population; None where one of them is missing or nobody lives there."""
    if persons is None or population is None or population.value <= 0:
        return None
    value = persons.value / population.value * _PER
    formula = f"{persons.bare()} ÷ {population.bare()} × {format_number(_PER)} ＝ {format_number(value, 1, sign=persons.sign)}"
    return number(
        value, decimals=1, sign=persons.sign, qualifier=persons.qualifier, formula=formula,
        inputs=(persons, population),
    )  # fmt: skip
