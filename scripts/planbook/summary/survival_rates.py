"""Survival and fertility of a municipality's projections out of the reference tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from planbook.analysis.projection.checks import Array
from planbook.analysis.projection.cohorts import SEXES, WIDTH, AgeAxis
from planbook.analysis.projection.fertility import Conversion, make_conversion
from planbook.analysis.projection.survival import compute_survival, scale_to_life_expectancy
from planbook.load.reference import Reference
from planbook.vocabulary.errors import InputError, Problem, message


def survival_sources(reference: Reference, code: str) -> tuple[str, ...]:
    """Return the ids of the tables that survival of past years is made of, in order of use."""
    expectancies = (row for row in reference.table("life_expectancy").rows if row.prefecture == code[:2])
    rows = [*reference.table("life_table").rows, *expectancies]
    return tuple(dict.fromkeys(row.source_id for row in rows))


def future_survival_sources(reference: Reference, code: str) -> tuple[str, ...]:
    """Return the ids of the tables that survival of years to come is made of."""
    path = (row.source_id for row in reference.table("mortality_path").rows)
    return tuple(dict.fromkeys((*survival_sources(reference, code), *path)))


def survival_between(reference: Reference, code: str, start: int) -> Array:
    """Return survival ratios of the five years from 1 October of `start`; shape (sex, age at the start).

    Parameters
    ----------
    reference : the tables life_table, life_expectancy and mortality_path.
    code : of the municipality; its first two digits are the prefecture's.
    start : first year.

    Raises
    ------
    InputError : neither life expectancies at both ends nor a row of mortality_path for these years.

    Notes
    -----
    Past years: the national table scaled to the mean of the prefecture's life expectancies at both ends. Years to
    come: the table scaled to the prefecture's newest one, its hazards times the nation's factor of that period.
    """
    qx = read_life_table(reference)
    expectancy = _life_expectancies(reference, code[:2])
    path = _hazard_factors(reference)
    ends = (start, start + WIDTH)
    if all(year in expectancy for year in ends):
        return compute_survival(scale_to_life_expectancy(qx, (expectancy[ends[0]] + expectancy[ends[1]]) / 2))
    if start not in path or not expectancy:
        known = sorted({*path, *(year for year in expectancy if year + WIDTH in expectancy)})
        raise InputError(
            Problem(
                what=message("その5年間の生残率を作る表の行がありません。"),
                file="reference/mortality_path.csv",
                place={"column": "period_start"},
                found=str(start),
                allowed=message("{years}", years=", ".join(map(str, known))),
                remedy=message(
                    "平均寿命（life_expectancy）か死亡の強さの倍率（mortality_path）に行を加えてください。"
                ),
            )
        )
    scaled = scale_to_life_expectancy(qx, expectancy[max(expectancy)])
    return compute_survival(-np.expm1(np.log1p(-scaled) * path[start][:, None]))


def read_life_table(reference: Reference) -> Array:
    """Return mean yearly probabilities of dying; shape (sex, five-year band).

    Raises
    ------
    InputError : a band that is missing or superfluous.
    """
    found = {(row.sex, row.age_start): float(row.annual_qx) for row in reference.table("life_table").rows}
    starts = range(0, WIDTH * (len(AgeAxis()) + 1), WIDTH)
    if wrong := sorted(found.keys() ^ {(sex, start) for sex in SEXES for start in starts}):
        raise InputError(
            Problem(
                what=message("生命表の年齢階級がそろっていません。"),
                file="reference/life_table.csv",
                place={"column": "age_start"},
                found=", ".join(f"{sex} {start}" for sex, start in wrong),
                allowed=message(
                    "男女それぞれ、{first}歳から{last}歳まで5歳ごと", first=starts[0], last=starts[-1]
                ),
                remedy=message("足りない行を加えるか、余分な行を除いてください。"),
            )
        )
    return np.array([[found[sex, start] for start in starts] for sex in SEXES])


def _life_expectancies(reference: Reference, prefecture: str) -> dict[int, Array]:
    by_year: dict[int, Array] = {}
    for row in reference.table("life_expectancy").rows:
        if row.prefecture == prefecture:
            by_year.setdefault(row.year, np.full(2, np.nan))[SEXES.index(row.sex)] = float(row.years)
    return {year: years for year, years in by_year.items() if np.isfinite(years).all()}


def _hazard_factors(reference: Reference) -> dict[int, Array]:
    factors: dict[int, Array] = {}
    for row in reference.table("mortality_path").rows:
        factors.setdefault(row.period_start, np.full(2, np.nan))[SEXES.index(row.sex)] = float(
            row.hazard_factor
        )
    last = max(factors)
    # Steps beyond the last published one keep its mortality: a projection to 2050 needs 2045–50.
    return {**factors, last + WIDTH: factors[last]}


def national_ratios(reference: Reference) -> Mapping[int, float]:
    """Return the nation's child–woman ratio by year."""
    return {row.year: float(row.child_woman_ratio) for row in reference.table("national_fertility").rows}


def national_path(reference: Reference, years: Sequence[int]) -> Array:
    """Return the nation's child–woman ratio in each of `years`; an `InputError` names those it has none for."""
    known = national_ratios(reference)
    if missing := [year for year in years if year not in known]:
        raise InputError(
            Problem(
                what=message("全国の子ども女性比がない年です。"),
                file="reference/national_fertility.csv",
                place={"column": "year"},
                found=", ".join(map(str, missing)),
                allowed=message("{years}", years=", ".join(map(str, sorted(known)))),
                remedy=message("表にその年の行を加え、出典を付けてください。"),
            )
        )
    return np.array([known[year] for year in years])


def sex_ratio_of(reference: Reference, year: int) -> float:
    """Return males per 100 females at ages 0–4; that of the table's nearest year."""
    rows = reference.table("national_fertility").rows
    return float(min(rows, key=lambda row: abs(row.year - year)).sex_ratio)


def read_conversion(reference: Reference) -> Conversion:
    """Return k(t), between total fertility rate and child–woman ratio."""
    rows = reference.table("national_fertility").rows
    return make_conversion(
        {row.year: float(row.total_fertility_rate) for row in rows},
        national_ratios(reference),
        tuple(dict.fromkeys(name for row in rows for name in (row.ratio_source_id, row.tfr_source_id))),
    )
