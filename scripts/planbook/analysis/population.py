"""Population: totals by concept and date, age structure, natural and social change, projections.

Concepts are never mixed: a census is a census, a register is a register. Every function takes one
concept, or keeps the concept as a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.vocabulary.ages import AgeGroup, broad_of

DAYS_PER_YEAR = Decimal("365.2425")
BROAD_AGES = ("0-14", "15-64", "65+")


def years_between(start: date, end: date) -> Decimal:
    """Return the span in years; whole when the two dates are the same day of the year."""
    if (start.month, start.day) == (end.month, end.day):
        return Decimal(end.year - start.year)
    return Decimal((end - start).days) / DAYS_PER_YEAR


def select_concept(population: pd.DataFrame | None, concept: str) -> pd.DataFrame:
    """Return the totals of one concept by date; shape (dates, columns of population.csv), persons."""
    if population is None:
        return pd.DataFrame(columns=["concept", "as_of", "population_persons", "status", "source_id"])
    return population[population["concept"] == concept].sort_values("as_of").reset_index(drop=True)


def sum_broad_ages(age_sex: pd.DataFrame | None, concept: str = "census") -> pd.DataFrame:
    """Sum ages to 0–14, 15–64 and 65+ by date; shares leave age-unknown out of the denominator.

    Parameters
    ----------
    age_sex : table age_sex.csv; persons by sex and age group.
    concept : census or register.

    Returns
    -------
    columns as_of, broad_age, population_persons, share_pct, unknown_persons, source_id;
    one row a date and broad age. Empty when the municipality has no such data.

    Raises
    ------
    InputError : an age group crosses 15 or 65.
    """
    columns = ["as_of", "broad_age", "population_persons", "share_pct", "unknown_persons", "source_id"]
    rows = age_sex[age_sex["concept"] == concept] if age_sex is not None else pd.DataFrame()
    if rows.empty:
        return pd.DataFrame(columns=columns)
    out = []
    for as_of, group in rows.groupby("as_of", sort=True):
        known = group[group["age_kind"].isin(("interval", "open"))]
        if known.empty:
            continue
        unknown = int(group.loc[group["age_kind"] == "unknown", "population_persons"].sum())
        sums = dict.fromkeys(BROAD_AGES, 0)
        for start, end, persons in zip(
            known["age_start"], known["age_end"], known["population_persons"], strict=True
        ):
            sums[_broad_name(start, end)] += int(persons)
        total = sum(sums.values())
        for name, persons in sums.items():
            share = Decimal(persons) / Decimal(total) * 100 if total else None
            out.append((as_of, name, persons, share, unknown, group["source_id"].iloc[0]))
    return pd.DataFrame(out, columns=columns)


def _broad_name(start: int, end: int | None) -> str:
    group = AgeGroup(int(start), None if pd.isna(end) else int(end))
    broad = broad_of(group)
    return "65+" if broad.age_end is None else f"{broad.age_start}-{broad.age_end - 1}"


def compute_age_indices(broad: pd.DataFrame) -> pd.DataFrame:
    """Compute the indices of METHODS §1.7 from `sum_broad_ages`; a zero denominator gives None.

    Returns
    -------
    columns as_of, ageing_rate_pct (高齢化率), child_index (年少人口指数), aged_index (老年人口指数),
    dependency_index (従属人口指数), ageing_index (老年化指数); the indices are per 100.
    """
    out = []
    for as_of, group in broad.groupby("as_of", sort=True):
        persons = group.set_index("broad_age")["population_persons"]
        young, working, old = (Decimal(int(persons[name])) for name in BROAD_AGES)
        out.append(
            {
                "as_of": as_of,
                "ageing_rate_pct": _per_hundred(old, young + working + old),
                "child_index": _per_hundred(young, working),
                "aged_index": _per_hundred(old, working),
                "dependency_index": _per_hundred(young + old, working),
                "ageing_index": _per_hundred(old, young),
            }
        )
    columns = ["as_of", "ageing_rate_pct", "child_index", "aged_index", "dependency_index", "ageing_index"]
    return pd.DataFrame(out, columns=columns)


def _per_hundred(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole * 100 if whole else None


def compute_flows(vital: pd.DataFrame | None, concept: str = "register") -> pd.DataFrame:
    """Put births, deaths and moves of each period side by side, with natural and social change.

    Returns
    -------
    columns period_start, period_end, residents, births, deaths, natural_change, in_migrants, out_migrants,
    other_change, social_change, source_id; persons a period. Social change is in − out + other
    (職権記載など). A change is missing where one of its parts is missing, never a partial sum. A period that
    is given for all residents and for Japanese nationals is that of all residents, and comes once.
    """
    parts = ["births", "deaths", "in_migrants", "out_migrants", "other_change"]
    columns = [
        "period_start", "period_end", "residents", "births", "deaths", "natural_change",
        "in_migrants", "out_migrants", "other_change", "social_change", "source_id",
    ]  # fmt: skip
    rows = vital[vital["concept"] == concept] if vital is not None else pd.DataFrame()
    if rows.empty:
        return pd.DataFrame(columns=columns)
    out = []
    for (start, end), both in rows.groupby(["period_start", "period_end"], sort=True):
        residents = "all" if (both["residents"] == "all").any() else "japanese"
        group = both[both["residents"] == residents]
        given = dict(zip(group["measure"], group["persons"], strict=True))
        values = {name: given.get(name) for name in parts}
        out.append(
            {
                "period_start": start,
                "period_end": end,
                "residents": residents,
                **values,
                "natural_change": _sum_all((1, values["births"]), (-1, values["deaths"])),
                "social_change": _sum_all(
                    (1, values["in_migrants"]), (-1, values["out_migrants"]), (1, values["other_change"])
                ),
                "source_id": group["source_id"].iloc[0],
            }
        )
    return pd.DataFrame(out, columns=columns)


def _sum_all(*terms: tuple[int, Decimal | None]) -> Decimal | None:
    if any(value is None for _, value in terms):
        return None
    return sum((factor * value for factor, value in terms), Decimal(0))


def list_editions(projections: pd.DataFrame | None, newest_first: Sequence[str]) -> list[str]:
    """List the projection editions that give totals of several years, in the order of `newest_first`.

    Parameters
    ----------
    projections : table projections.csv.
    newest_first : every edition there is, by date of publication, the newest one first.
    """
    return [edition for edition in newest_first if select_totals(projections, edition)["year"].nunique() > 1]


def select_totals(projections: pd.DataFrame | None, edition: str) -> pd.DataFrame:
    """Return the projected totals of one edition by year; columns year, population_persons, source_id."""
    columns = ["year", "population_persons", "source_id"]
    if projections is None:
        return pd.DataFrame(columns=columns)
    chosen = projections[
        (projections["edition"] == edition)
        & (projections["variant"] == "standard")
        & (projections["age_kind"] == "total")
        & (projections["sex"] == "total")
    ]
    return chosen[columns].sort_values("year").reset_index(drop=True)


def find_crossing(totals: pd.DataFrame, threshold: Decimal) -> date | None:
    """Return the day at which a projection, taken linear between its years, falls to `threshold`.

    None when it never does within its years, or starts at or below it. Days are counted from
    1 October of each projection year; the result is a reading between two published points.
    """
    years = [int(year) for year in totals["year"]]
    values = [Decimal(int(value)) for value in totals["population_persons"]]
    if not values or values[0] <= threshold:
        return None
    for index in range(1, len(values)):
        if values[index] <= threshold:
            start, end = date(years[index - 1], 10, 1), date(years[index], 10, 1)
            share = (values[index - 1] - threshold) / (values[index - 1] - values[index])
            return date.fromordinal(start.toordinal() + int(share * (end - start).days))
    return None
