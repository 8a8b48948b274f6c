"""Persons by municipality, sex and age group: the array a projection starts from, and its frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from planbook.analysis.projection.checks import Array, refuse_cells, require_persons, require_shape
from planbook.vocabulary.ages import AgeGroup, assert_tiling, five_year_groups
from planbook.vocabulary.errors import InputError, Problem, message

SEXES = ("female", "male")
WIDTH = 5
#: The women to whom children 0–4 are related.
CHILDBEARING = AgeGroup(15, 50)
FEMALE, MALE = 0, 1


@dataclass(frozen=True)
class AgeAxis:
    """Age groups from 0 to the open top, and those of the women to whom births are related.

    Parameters
    ----------
    groups : in order, each five years wide, the last one open.
    childbearing : ages of women in the child–woman ratio; whole groups, 15–49 unless a toy is smaller.

    Raises
    ------
    InputError : a gap, an overlap, no open group, or bounds of childbearing inside a group.
    """

    groups: tuple[AgeGroup, ...] = field(default_factory=five_year_groups)
    childbearing: AgeGroup = CHILDBEARING

    def __post_init__(self) -> None:
        assert_tiling(self.groups, step=WIDTH)
        covered = [group for group in self.groups if self.childbearing.covers(group)]
        if not covered or any(
            self.childbearing.overlaps(g) and not self.childbearing.covers(g) for g in self.groups
        ):
            raise InputError(
                Problem(
                    what=message("子ども女性比の女性の年齢が、年齢階級の境に合いません。"),
                    found=self.childbearing.label,
                    remedy=message("5歳階級の境（15歳、50歳など）に合わせてください。"),
                )
            )

    def __len__(self) -> int:
        return len(self.groups)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Keys for messages: 0-4, 5-9 … 90+."""
        return tuple(
            f"{g.age_start}+" if g.age_end is None else f"{g.age_start}-{g.age_end - 1}" for g in self.groups
        )

    @cached_property
    def fertile(self) -> slice:
        """The positions of the women's ages."""
        inside = [at for at, group in enumerate(self.groups) if self.childbearing.covers(group)]
        return slice(inside[0], inside[-1] + 1)


@dataclass(frozen=True)
class Cohorts:
    """Persons of several municipalities at one date (1 October of `year`).

    Parameters
    ----------
    year : of the date.
    municipalities : five-digit codes.
    persons : shape (municipality, sex, age), female first; finite, not negative.
    ages : the age axis.

    Raises
    ------
    InputError : a wrong shape, a missing or a negative figure.
    """

    year: int
    municipalities: tuple[str, ...]
    persons: Array
    ages: AgeAxis = field(default_factory=AgeAxis)

    def __post_init__(self) -> None:
        shape = (len(self.municipalities), len(SEXES), len(self.ages))
        require_shape("persons", self.persons, shape, whole=True)
        require_persons(self.persons, self.axes)

    @property
    def axes(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the axes of `persons`."""
        return (self.municipalities, SEXES, self.ages.labels)

    @property
    def totals(self) -> Array:
        """Persons by municipality."""
        return self.persons.sum(axis=(1, 2))

    @property
    def child_woman_ratio(self) -> Array:
        """Children 0–4 per woman of childbearing age, by municipality; NaN where there is no woman."""
        women = self.persons[:, FEMALE, self.ages.fertile].sum(axis=-1)
        children = self.persons[:, :, 0].sum(axis=-1)
        return np.divide(children, women, out=np.full(len(women), np.nan), where=women > 0)


def read_cohorts(frame: pd.DataFrame, year: int, ages: AgeAxis | None = None) -> Cohorts:
    """Take one year of a tidy frame into an array.

    Parameters
    ----------
    frame : columns muni_code, year, sex (female, male), age_start, age_end (missing for the open top),
        population_persons; one row a cell, no totals. Rows of other years are left aside.
    year : the year to take.
    ages : the axis; five-year groups to 90+ unless given.

    Raises
    ------
    InputError : a cell that is missing, given twice, or outside the axes; names municipality, sex, age.
    """
    ages = ages or AgeAxis()
    rows = frame[frame["year"] == year]
    municipalities = tuple(sorted(rows["muni_code"].unique()))
    _refuse_empty(municipalities, year)
    _refuse_strangers(rows, ages)
    cells = (
        rows["muni_code"].map({code: at for at, code in enumerate(municipalities)}).to_numpy(),
        rows["sex"].map({sex: at for at, sex in enumerate(SEXES)}).to_numpy(),
        rows["age_start"].map({g.age_start: at for at, g in enumerate(ages.groups)}).to_numpy(),
    )
    shape = (len(municipalities), len(SEXES), len(ages))
    persons, counts = np.full(shape, np.nan), np.zeros(shape)
    np.add.at(counts, cells, 1)
    persons[cells] = rows["population_persons"].to_numpy(dtype=float)
    axes = (municipalities, SEXES, ages.labels)
    remedy = message("性と年齢のすべての組合せを、{year}年について1行ずつ与えてください。", year=year)
    refuse_cells(message("人口の表に行が足りません。"), counts == 0, axes, remedy)
    refuse_cells(message("人口の表に同じセルの行が2つ以上あります。"), counts > 1, axes, remedy)
    return Cohorts(year, municipalities, persons, ages)


def _refuse_empty(municipalities: Sequence[str], year: int) -> None:
    if not municipalities:
        raise InputError(
            Problem(
                what=message("人口の表にその年の行がありません。"),
                place={"key": "year"},
                found=str(year),
                remedy=message("表にある年を指定してください。"),
            )
        )


def _refuse_strangers(rows: pd.DataFrame, ages: AgeAxis) -> None:
    """Refuse sexes and ages outside the axes: a total among the parts would be counted as a part."""
    known = {(group.age_start, group.age_end) for group in ages.groups}
    ends = [None if pd.isna(end) else int(end) for end in rows["age_end"]]
    given = list(zip(rows["sex"], rows["age_start"], ends, strict=True))
    strange = [(s, a, e) for s, a, e in given if s not in SEXES or (a, e) not in known]
    if strange:
        raise InputError(
            Problem(
                what=message("性または年齢階級が、推計に使えるものではありません。"),
                found=", ".join(
                    dict.fromkeys(f"{s} {a}–{'' if e is None else e}" for s, a, e in strange[:5])
                ),
                allowed=message("性は female と male、年齢は {ages}", ages=", ".join(ages.labels)),
                remedy=message(
                    "総数と年齢不詳の行を除いてください。年齢不詳を按分するなら、その旨を明示してください。"
                ),
            )
        )
