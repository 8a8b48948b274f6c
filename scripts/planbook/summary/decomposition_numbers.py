"""Parts of a decomposed change as numbers that lead to their computation and sources."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planbook.analysis.projection.cohorts import SEXES
from planbook.summary.decomposition_facts import Interval
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import format_number


@dataclass(frozen=True)
class CohortMove:
    """Net migration of one cohort of one sex.

    Parameters
    ----------
    sex : female or male.
    cohort : position in the arrays of `Decomposition`.
    persons : net migration, with its computation.
    share : per cent of the cohort at the start; None where it was nobody.
    """

    sex: str
    cohort: int
    persons: Number
    share: Number | None


def find_largest_loss(interval: Interval) -> CohortMove | None:
    """Return the cohort that lost most people by migration; None where none lost any."""
    migration = interval.decomposition.migration
    sex, cohort = (int(at) for at in np.unravel_index(migration.argmin(), migration.shape))
    return describe_move(interval, sex, cohort) if migration[sex, cohort] < 0 else None


def find_returns(interval: Interval, cohort: int) -> tuple[CohortMove, ...]:
    """Return the moves, women before men, of the cohort one step older than `cohort` that gained people."""
    migration = interval.decomposition.migration
    if cohort + 1 >= migration.shape[1]:
        return ()
    return tuple(
        describe_move(interval, sex, cohort + 1)
        for sex in range(len(SEXES))
        if migration[sex, cohort + 1] > 0
    )


def describe_move(interval: Interval, sex: int, cohort: int) -> CohortMove:
    """Return one cell of the net migration as a number with its computation."""
    parts = interval.decomposition
    at_risk, expected, counted = (
        float(array[sex, cohort]) for array in (parts.at_risk, parts.expected, parts.counted)
    )
    concept = "bridged" if interval.bridged else "census"
    inputs = tuple(
        number(value, as_of=f"{year}-10-01", concept=concept, source=source)
        for value, year, source in (
            (counted, interval.end, interval.ages_from[1]),
            (at_risk, interval.start, interval.ages_from[0]),
        )
    )
    net = counted - expected
    formula = text(
        "{end}年の{older} {counted} − {start}年の{younger}のうち生き残る人 {expected} ＝ {net}",
        end=interval.end,
        older=parts.age_at_end(cohort),
        counted=format_number(counted),
        start=interval.start,
        younger=parts.age_at_start(cohort),
        expected=format_number(expected),
        net=format_number(net, sign=True),
    )
    persons = number(net, sign=True, formula=formula, inputs=inputs)
    if at_risk <= 0:
        return CohortMove(SEXES[sex], cohort, persons, None)
    share = number(
        100 * net / at_risk,
        "percent",
        decimals=1,
        sign=True,
        formula=f"{persons.bare()} ÷ {format_number(at_risk)} ＝ {format_number(100 * net / at_risk, 1, sign=True)}%",
        inputs=(persons,),
    )
    return CohortMove(SEXES[sex], cohort, persons, share)


def describe_parts(interval: Interval) -> dict[str, Number]:
    """Return births, deaths (negative), migration and change of an interval as numbers that lead to their sources."""
    parts = interval.decomposition
    concept = "bridged" if interval.bridged else "census"
    ends = tuple(
        number(value, as_of=f"{year}-10-01", concept=concept, source=source)
        for value, year, source in (
            (float(parts.counted.sum() + parts.births.sum()), interval.end, interval.ages_from[1]),
            (float(parts.at_risk.sum()), interval.start, interval.ages_from[0]),
        )
    )
    births, deaths = float(parts.births.sum()), float(parts.deaths.sum())
    values = {
        "births": (births, text("{end}年の0～4歳の人口", end=interval.end)),
        "deaths": (-deaths, text("{start}年の人口のうち、生残率から見て亡くなる人", start=interval.start)),
        "migration": (
            float(parts.migration.sum()),
            f"{ends[0].bare()} − {ends[1].bare()} − {format_number(births)} ＋ {format_number(deaths)}",
        ),
        "change": (parts.change, f"{ends[0].bare()} − {ends[1].bare()}"),
    }
    return {
        name: number(
            value,
            sign=True,
            formula=f"{formula} ＝ {format_number(value, sign=True)}",
            inputs=ends[:1] if name == "births" else ends[1:] if name == "deaths" else ends,
        )
        for name, (value, formula) in values.items()
    }
