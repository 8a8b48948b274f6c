"""A base population by sex and five-year age where the census has published only three broad ages.

The register knows the ages, the census knows the people: students and others live elsewhere than they are
registered. So the register's ages at the date of the census are first multiplied by what the last census with
ages counted per registered person of each sex and age, and then scaled to the broad ages of the new census.
The result is called 接続値: neither statistic published it.

``P[a, s] = R[a, s] · c[a, s] · B[g, s] / Σ_{a in g} R[a, s] · c[a, s]``, R register, c census ÷ register at the last
census with ages, B persons of broad age g in the new census, with those of unknown age distributed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from planbook.analysis.projection.checks import Array, refuse_cells
from planbook.analysis.projection.cohorts import SEXES, WIDTH, AgeAxis, Cohorts
from planbook.vocabulary.errors import InputError, Problem, message

#: Years between the two dates of the register at most: people of one age group are interpolated with those who follow
#: them into it, and five years apart they are other people altogether.
LONGEST_GAP_YEARS = 3


@dataclass(frozen=True)
class AgeCount:
    """Persons of one place, date and statistic by sex and age.

    Parameters
    ----------
    persons : shape (sex, age), female first; those of unknown age not in it.
    unknown : shape (sex,), persons of unknown age.
    broad : whether only broader groups than five years were published; `groups` then has them.
    groups : (age_start, age_end or None) → shape (sex,), as published.
    """

    persons: Array
    unknown: Array
    broad: bool
    groups: Mapping[tuple[int, int | None], Array]

    @property
    def complete(self) -> Array:
        """Persons with those of unknown age given the ages of the others of their sex; shape (sex, age)."""
        known = self.persons.sum(axis=1, keepdims=True)
        return self.persons * (1 + self.unknown[:, None] / known)


def count_ages(
    age_sex: pd.DataFrame, concept: str, as_of: date, ages: AgeAxis | None = None
) -> AgeCount | None:
    """Read one statistic of one date; None where there is none.

    Parameters
    ----------
    age_sex : table age_sex.csv of one municipality.
    concept, as_of : which rows.
    ages : the axis; groups above its open age are summed into it.
    """
    ages = ages or AgeAxis()
    rows = age_sex[(age_sex["concept"] == concept) & (age_sex["as_of"] == as_of)]
    if rows.empty:
        return None
    unknown = np.zeros(len(SEXES))
    groups: dict[tuple[int, int | None], Array] = {}
    for row in rows.itertuples():
        sex = SEXES.index(row.sex)
        if row.age_kind == "unknown":
            unknown[sex] += float(row.population_persons)
        elif row.age_kind in ("interval", "open"):
            end = None if pd.isna(row.age_end) else int(row.age_end)
            groups.setdefault((int(row.age_start), end), np.zeros(len(SEXES)))[sex] += float(
                row.population_persons
            )
    persons, broad = np.zeros((len(SEXES), len(ages))), False
    for (start, end), counted in groups.items():
        at = min(start // WIDTH, len(ages) - 1)
        persons[:, at] += counted
        broad |= (end is None and start < ages.groups[-1].age_start) or (
            end is not None and end - start > WIDTH
        )
    return AgeCount(persons, unknown, broad, groups)


def interpolate_counts(
    age_sex: pd.DataFrame, concept: str, day: date
) -> tuple[Array, tuple[date, date]] | None:
    """Interpolate a statistic by age to a day between the two dates nearest to it.

    Parameters
    ----------
    age_sex : table age_sex.csv of one municipality.
    concept : ``register``.
    day : the day wanted.

    Returns
    -------
    persons of shape (sex, age) and the two dates; None unless there is a date with five-year ages on either side
    (80歳以上 as one group, as the register had until 2014, is none), the two at most `LONGEST_GAP_YEARS` apart.
    """
    days = sorted(set(age_sex.loc[age_sex["concept"] == concept, "as_of"]))
    counts = {at: count for at in days if not (count := count_ages(age_sex, concept, at)).broad}
    before = [at for at in counts if at <= day]
    after = [at for at in counts if at > day]
    if not before or not after or after[0].year - before[-1].year > LONGEST_GAP_YEARS:
        return None
    dates = (before[-1], after[0])
    low, high = (counts[at] for at in dates)
    share = (day - dates[0]).days / (dates[1] - dates[0]).days
    return low.complete * (1 - share) + high.complete * share, dates


def rake_to_broad(persons: Array, broad: AgeCount, ages: AgeAxis | None = None) -> Array:
    """Scale ages so that every broad group of each sex has the persons that `broad` counted.

    Parameters
    ----------
    persons : shape (sex, age).
    broad : the published groups; those of unknown age are distributed.
    ages : the axis of `persons`.

    Raises
    ------
    InputError : a broad group whose bounds cut a five-year group, or with nobody to scale.

    Examples
    --------
    >>> from planbook.vocabulary.ages import AgeGroup
    >>> axis = AgeAxis((AgeGroup(0, 5), AgeGroup(5, 10), AgeGroup(10, None)), AgeGroup(5, 10))
    >>> counted = {(0, 10): np.array([60.0, 60.0]), (10, None): np.array([30.0, 30.0])}
    >>> known = AgeCount(np.zeros((2, 3)), np.array([9.0, 0.0]), True, counted)
    >>> rake_to_broad(np.array([[10.0, 20, 30], [30, 30, 10]]), known, axis).tolist()
    [[22.0, 44.0, 33.0], [30.0, 30.0, 30.0]]
    """
    ages = ages or AgeAxis()
    starts = [group.age_start for group in ages.groups]
    known = sum(broad.groups.values())
    raked = np.zeros_like(persons)
    for (start, end), counted in broad.groups.items():
        if start not in starts or (end is not None and end not in starts):
            raise InputError(
                Problem(
                    what=message("年齢の大きな区分が、5歳階級の境に合いません。"),
                    found=f"{start}–{'' if end is None else end}",
                    remedy=message("5歳階級の境で区切った区分を与えてください。"),
                )
            )
        inside = slice(starts.index(start), None if end is None else starts.index(end))
        part = persons[:, inside].sum(axis=1)
        refuse_cells(
            message("大きな年齢区分に割りふる5歳階級の人口がありません。"),
            (part <= 0) & (counted > 0),
            (SEXES,),
            message("住民基本台帳の年齢別人口を確かめてください。"),
        )
        wanted = counted * (1 + broad.unknown / known)
        raked[:, inside] = (
            persons[:, inside] * np.divide(wanted, part, out=np.zeros_like(part), where=part > 0)[:, None]
        )
    return raked


def bridge_ages(
    age_sex: pd.DataFrame, census_day: date, last_with_ages: date
) -> tuple[Array, tuple[date, ...]] | None:
    """Bring the register's ages to a census that published broad ages only.

    Parameters
    ----------
    age_sex : table age_sex.csv of one municipality.
    census_day : of the census with broad ages.
    last_with_ages : of the last census with five-year ages.

    Returns
    -------
    persons (sex, age) and the register dates used; None where the register has no ages around either census.
    """
    broad = count_ages(age_sex, "census", census_day)
    earlier = count_ages(age_sex, "census", last_with_ages)
    now = interpolate_counts(age_sex, "register", census_day)
    then = interpolate_counts(age_sex, "register", last_with_ages)
    if broad is None or earlier is None or now is None or then is None:
        return None
    counted_per_registered = np.divide(
        earlier.complete, then[0], out=np.ones_like(then[0]), where=then[0] > 0
    )
    return rake_to_broad(now[0] * counted_per_registered, broad), (*then[1], *now[1])


def as_cohorts(persons: Array, year: int, code: str) -> Cohorts:
    """Wrap persons (sex, age) of one municipality at 1 October of `year`."""
    return Cohorts(year, (code,), persons[None])
