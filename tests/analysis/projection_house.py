"""Toy populations for the projection tests."""

from __future__ import annotations

import numpy as np
from hypothesis import settings

from planbook.analysis.projection.cohorts import AgeAxis, Cohorts
from planbook.analysis.projection.engine import Fertility
from planbook.vocabulary.ages import AgeGroup

steady = settings(deadline=None, derandomize=True, max_examples=60)

FIVE = AgeAxis((*(AgeGroup(a, a + 5) for a in (0, 5, 10, 15)), AgeGroup(20, None)), AgeGroup(15, 20))


def toy(*rows, year=2020, ages=FIVE, codes=None) -> Cohorts:
    """One municipality a pair of rows (female, male)."""
    persons = np.array(rows, dtype=float).reshape(-1, 2, len(ages))
    codes = codes or tuple(f"0000{at}" for at in range(len(persons)))
    return Cohorts(year, codes, persons, ages)


def children(ratio, steps, sex_ratio=100.0) -> Fertility:
    return Fertility(np.full((steps, 1, 1), float(ratio)), np.full((steps, 1, 1), float(sex_ratio)))
