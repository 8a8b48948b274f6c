"""The rates of a projection with where they come from: survival, net migration, children and their sexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from planbook.analysis.projection.change_ratios import Pair, compute_residuals
from planbook.analysis.projection.checks import Array, name_axes, require_rates, require_shape
from planbook.analysis.projection.cohorts import Cohorts
from planbook.analysis.projection.fertility import compute_child_woman_ratio
from planbook.vocabulary.errors import Problem, ProvenanceError, message

#: The four rates of a projection; each has to say where it comes from.
RATES = ("survival", "migration", "child_woman_ratio", "sex_ratio")


@dataclass(frozen=True)
class Origin:
    """Where a rate comes from.

    Parameters
    ----------
    source_ids : of the register of sources; several when it was computed out of several.
    period : first and last year of what was observed, or projected, to get the rate.
    disturbed : whether a disaster or an evacuation lies in the period, so that it may not be simply prolonged.
    """

    source_ids: tuple[str, ...]
    period: tuple[int, int]
    disturbed: bool = False

    def __post_init__(self) -> None:
        if not self.source_ids or not all(self.source_ids) or self.period[0] > self.period[1]:
            raise ProvenanceError(
                Problem(
                    what=message("率には、出典のIDと、始まりが終わりより後でない期間が要ります。"),
                    found=f"{self.source_ids} {self.period}",
                    remedy=message("出典の一覧で、この率の出典と期間を確かめてください。"),
                )
            )


@dataclass(frozen=True)
class Rates:
    """Everything that the first scenario needs, for the steps from the base year on.

    Parameters
    ----------
    base : the population that the projection starts from.
    survival, migration : shape (step, municipality, sex, age); any axis but the first may be 1.
    child_woman_ratio : shape (step + 1, municipality), at the base year and at the end of each step.
    sex_ratio : shape (step,), males per 100 females at ages 0–4.
    origins : one for each of `RATES`.

    Raises
    ------
    InputError : a wrong shape, a missing rate, survival above 1, survival + migration below 0, with the cells.
    ProvenanceError : a rate without its origin.
    """

    base: Cohorts
    survival: Array
    migration: Array
    child_woman_ratio: Array
    sex_ratio: Array
    origins: Mapping[str, Origin]

    def __post_init__(self) -> None:
        self._require_origins()
        cells, axes = self.base.persons.shape, ("step", *self.base.axes)
        for name in ("survival", "migration"):
            require_shape(name, getattr(self, name), (self.steps, *cells))
        ratios = self.survival + self.migration
        require_rates("survival", self.survival, name_axes(self.survival.shape, axes), upper=1)
        require_rates("survival + migration", ratios, name_axes(ratios.shape, axes))
        require_shape("child_woman_ratio", self.child_woman_ratio, (self.steps + 1, cells[0]))
        labels = name_axes(self.child_woman_ratio.shape, ("point", self.base.municipalities))
        require_rates("child_woman_ratio", self.child_woman_ratio, labels)
        require_rates("sex_ratio", self.sex_ratio, name_axes(self.sex_ratio.shape, ("step",)))

    def _require_origins(self) -> None:
        missing = [name for name in RATES if name not in self.origins]
        if missing:
            raise ProvenanceError(
                Problem(
                    what=message("出典のない率があります。"),
                    found=", ".join(missing),
                    allowed=message("{names} のすべてに出典を付けます。", names=", ".join(RATES)),
                    remedy=message("率ごとに出典、期間、災害などの影響の有無を与えてください。"),
                )
            )

    @property
    def steps(self) -> int:
        """How many steps of five years the rates reach."""
        return len(self.sex_ratio)

    @property
    def disturbed(self) -> tuple[str, ...]:
        """The rates whose period holds a disaster."""
        return tuple(name for name in RATES if self.origins[name].disturbed)


def derive_rates(
    published: Sequence[Cohorts],
    survival: Array,
    sex_ratio: Array,
    origins: Mapping[str, Origin],
    parents: Sequence[Cohorts] | None = None,
) -> Rates:
    """Derive the rates that reproduce a published projection.

    Parameters
    ----------
    published : persons at the base year and every five years after it, the same municipalities throughout.
    survival : shape (step, municipality, sex, age), any axis but the first may be 1; what it lacks of the
        projection's own survival goes into the migration rates.
    sex_ratio : shape (step,), males per 100 females at ages 0–4.
    origins : one for each of `RATES`.
    parents : the larger areas at the same years, as `sum_by_parent` gives them, for cohorts of nobody.

    Raises
    ------
    InputError : as `compute_residuals` and `Rates`.
    """
    wide = parents or [None] * len(published)
    migration = np.stack(
        [
            compute_residuals(
                Pair(before, after),
                survival[step],
                None if wide[step] is None else Pair(wide[step], wide[step + 1]),
            ).values
            for step, (before, after) in enumerate(pairwise(published))
        ]
    )
    ratios = [compute_child_woman_ratio(c, w) for c, w in zip(published, wide, strict=True)]
    return Rates(published[0], survival, migration, np.stack(ratios), sex_ratio, origins)
