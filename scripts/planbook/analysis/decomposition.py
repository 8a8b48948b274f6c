"""The change between two censuses, split into births that survived, deaths, and net migration by cohort.

With ``expected[a+1] = P[t, a] · S[a]`` the parts of the change are::

    births      P[t+5, 0–4]
    deaths      Σ P[t, a] · (1 − S[a])
    migration   Σ P[t+5, a+1] − expected[a+1]

They add up to the change of the total exactly, whatever S is: what the survival ratios get wrong is in the
migration, most of all at old ages. Children born within the five years are births, wherever they were born,
and those of them who died or left are not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planbook.analysis.projection.change_ratios import Pair
from planbook.analysis.projection.checks import Array, name_axes, require_rates, require_shape
from planbook.analysis.projection.cohorts import AgeAxis, Cohorts
from planbook.analysis.projection.transitions import CohortTransition
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.errors import InputError, Problem, message


@dataclass(frozen=True)
class Decomposition:
    """The parts of one municipality's change over five years; sex female, male; cohorts by age at the end, from 5–9.

    Parameters
    ----------
    start, end : years, 1 October.
    births : shape (sex,), children 0–4 at the end.
    at_risk : shape (sex, cohort), persons at the start; those of the last two ages together in the last cohort.
    expected : shape (sex, cohort), survivors of them.
    counted : shape (sex, cohort), persons at the end.
    ages : the age axis; cohorts are its groups from the second on.
    """

    start: int
    end: int
    births: Array
    at_risk: Array
    expected: Array
    counted: Array
    ages: AgeAxis

    @property
    def deaths(self) -> Array:
        """Deaths of those who lived at the start; shape (sex, cohort)."""
        return self.at_risk - self.expected

    @property
    def migration(self) -> Array:
        """Net migration; shape (sex, cohort)."""
        return self.counted - self.expected

    @property
    def migration_pct(self) -> Array:
        """Net migration per hundred at the start; NaN where nobody was at risk; shape (sex, cohort)."""
        out = np.full(self.at_risk.shape, np.nan)
        return 100 * np.divide(self.migration, self.at_risk, out=out, where=self.at_risk > 0)

    @property
    def natural(self) -> float:
        """Births that survived − deaths."""
        return float(self.births.sum() - self.deaths.sum())

    @property
    def change(self) -> float:
        """The change of the total."""
        return self.natural + float(self.migration.sum())

    def age_at_start(self, cohort: int) -> AgeGroup:
        """Return the age group of a cohort at the start; the last cohort was in either of two groups."""
        groups = self.ages.groups
        if cohort == len(groups) - 2:
            return AgeGroup(groups[cohort].age_start, None)
        return groups[cohort]

    def age_at_end(self, cohort: int) -> AgeGroup:
        """Return the age group of a cohort at the end."""
        return self.ages.groups[cohort + 1]


def decompose_change(before: Cohorts, after: Cohorts, survival: Array) -> Decomposition:
    """Split the change of one municipality over five years.

    Parameters
    ----------
    before, after : the same municipality at two dates; persons of unknown age distributed beforehand.
    survival : shape (1, sex, age), ratio 0…1 by age at the start.

    Raises
    ------
    InputError : more than one municipality, dates that are not five years apart, or survival outside 0…1.
    """
    Pair(before, after)
    if len(before.municipalities) != 1:
        raise InputError(
            Problem(
                what=message("増減の内訳は、一つの市区町村について求めます。"),
                found=", ".join(before.municipalities[:5]),
                remedy=message("市区町村ごとに分けて与えてください。"),
            )
        )
    require_shape("survival", survival, before.persons.shape)
    require_rates("survival", survival, name_axes(survival.shape, before.axes), upper=1)
    return Decomposition(
        start=before.year,
        end=after.year,
        births=after.persons[0, :, 0],
        at_risk=_age(before, np.ones_like(before.persons)),
        expected=_age(before, np.broadcast_to(survival, before.persons.shape)),
        counted=after.persons[0, :, 1:],
        ages=before.ages,
    )


def _age(before: Cohorts, ratios: Array) -> Array:
    """Let the cohorts grow five years older; the last two ages meet in the open group; shape (sex, cohort)."""
    return CohortTransition(ratios[None, None])(before.persons[None], 0)[0, 0]
