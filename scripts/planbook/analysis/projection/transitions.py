"""What becomes of those alive within one step: the net-migration form and the cohort change ratios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from planbook.analysis.projection.checks import Array, name_axes, require_rates, require_steps
from planbook.analysis.projection.cohorts import Cohorts


class Transition(Protocol):
    """How those alive at t, in all municipalities, become those of five years and over at t+5."""

    def __call__(self, population: Array, step: int) -> Array:
        """Return persons of the second to the last age group five years later.

        Parameters
        ----------
        population : shape (scenario, municipality, sex, age), persons at the start of the step.
        step : 0 for the first five years.

        Returns
        -------
        shape (scenario, municipality, sex, age − 1), persons.
        """
        ...


@dataclass(frozen=True)
class CohortTransition:
    """Each cohort is multiplied by its ratio: survival plus net migration, or a cohort change ratio.

    Parameters
    ----------
    ratios : shape (step, scenario, municipality, sex, age) by age at the start; scenario and municipality may
        be 1. The last two ages both lead into the open group.
    """

    ratios: Array

    def __call__(self, population: Array, step: int) -> Array:
        """Return persons of the second to the last age group five years later."""
        require_steps("ratios", len(self.ratios), step + 1)
        grown = population * self.ratios[step]
        grown[..., -2] += grown[..., -1]
        return grown[..., :-1]


def make_net_transition(survival: Array, migration: Array, cohorts: Cohorts) -> CohortTransition:
    """Make the net-migration form out of survival ratios and net migration rates.

    Parameters
    ----------
    survival, migration : shape (step, scenario, municipality, sex, age); any axis may be 1.
    cohorts : the base population, for its labels.

    Raises
    ------
    InputError : a missing rate, survival outside 0…1, or survival + migration below 0; names the cells.
    """
    axes = ("step", "scenario", *cohorts.axes)
    require_rates("survival", survival, name_axes(survival.shape, axes), upper=1)
    ratios = survival + migration
    require_rates("survival + migration", ratios, name_axes(ratios.shape, axes))
    return CohortTransition(ratios)
