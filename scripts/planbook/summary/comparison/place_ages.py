"""Three broad ages of a municipality: as the newest census counted them, and as the projection ends."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from planbook.analysis.population import sum_broad_ages
from planbook.load.plan import Plan
from planbook.summary.outlook.standard import StandardScenarios
from planbook.summary.population_facts import PopulationFacts
from planbook.vocabulary.ages import BROAD_AGES, AgeGroup, broad_of
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.rounding import format_number

#: Keys of the three broad ages, in the order of `BROAD_AGES`.
BROAD_NAMES = ("young", "working", "old")


@dataclass(frozen=True)
class Structure:
    """Three broad ages of one year.

    Parameters
    ----------
    year : 1 October.
    persons : by `BROAD_NAMES`; those of unknown age are in none of them.
    ageing_rate : 65+ in per cent of the three; None where there is nobody.
    fitted : computed by this book because the projection publishes no ages of that year.
    """

    year: int
    persons: dict[str, Number]
    ageing_rate: Number | None
    fitted: bool


def gather_counted_ages(plan: Plan) -> Structure | None:
    """Gather the broad ages of the newest census that has ages; None without one."""
    broad = sum_broad_ages(plan.municipality.frame("age_sex"))
    if broad.empty:
        return None
    day = broad["as_of"].max()
    group = broad[broad["as_of"] == day]
    source = plan.official_source(group["source_id"].iloc[0])
    persons = [int(value) for value in group["population_persons"]]
    return _structure(day.year, persons, ("census", source))


def gather_projected_ages(
    plan: Plan, population: PopulationFacts, standard: StandardScenarios | None
) -> Structure | None:
    """Gather the broad ages of the last projected year: as published, else as this book fitted them."""
    return _published(plan, population) or _fitted(population, standard)


def _published(plan: Plan, population: PopulationFacts) -> Structure | None:
    """Return the broad ages that the projection itself publishes for its last year; None where it does not."""
    if not population.projection:
        return None
    year = population.projection[-1][0]
    frame = plan.municipality.frame("projections")
    rows = frame[
        (frame["edition"] == population.edition)
        & (frame["variant"] == "standard")
        & (frame["year"] == year)
        & frame["age_kind"].isin(["interval", "open"])
    ]
    # Where both are published, female and male are the total once more.
    rows = rows[rows["sex"] == "total"] if (rows["sex"] == "total").any() else rows
    if rows.empty:
        return None
    sums = dict.fromkeys(BROAD_AGES, 0)
    for row in rows.itertuples():
        end = None if pd.isna(row.age_end) else int(row.age_end)
        sums[broad_of(AgeGroup(int(row.age_start), end))] += int(row.population_persons)
    source = plan.official_source(rows["source_id"].iloc[0])
    return _structure(year, list(sums.values()), ("projection", source))


def _fitted(population: PopulationFacts, standard: StandardScenarios | None) -> Structure | None:
    if standard is None:
        return None
    last = standard.broad_ages().iloc[-1]
    persons = [round(last[name]) for name in BROAD_NAMES]
    return _structure(int(last["year"]), persons, ("projection", population.projection[-1][1]))


def _structure(year: int, persons: list[int], origin: tuple[str, SourceRef | Number]) -> Structure:
    """Make a structure; its origin is a concept with a source, or with the total that the ages were fitted to."""
    concept, source = origin
    fitted = isinstance(source, Number)
    leads = (
        {"formula": text("公表された総数に合わせた、この本の推計"), "inputs": (source,)}
        if fitted
        else {"source": source}
    )
    numbers = {
        name: number(value, as_of=f"{year}-10-01", concept=concept, **leads)
        for name, value in zip(BROAD_NAMES, persons, strict=True)
    }
    total, old = sum(persons), numbers["old"]
    if not total:
        return Structure(year, numbers, None, fitted)
    rate = old.value / Decimal(total) * 100
    words = text(
        "65歳以上 {old} ÷ 年齢不詳を除く人口 {total} ＝ {share}%",
        old=old.bare(),
        total=format_number(total),
        share=format_number(rate, 1),
    )
    shown = number(rate, "percent", decimals=1, formula=words, inputs=(old,), as_of=f"{year}-10-01")
    return Structure(year, numbers, shown, fitted)
