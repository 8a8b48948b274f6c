"""Where a plan's targets stand on each way of counting: census, register, bridged register, projection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.analysis.concept_bridge import (
    Bridge,
    ConceptRatio,
    bridge_register,
    compute_ratios,
    find_bridge,
    select_register,
)
from planbook.analysis.population import select_concept
from planbook.load.plan import Plan
from planbook.summary.population_facts import Observation, PopulationFacts
from planbook.summary.target_states import Figure, TargetState, state_target
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import format_number


@dataclass(frozen=True)
class RatioFacts:
    """Register ÷ census on the day of a census.

    Parameters
    ----------
    as_of : the day.
    ratio : without unit, with its computation and both sources.
    preliminary : the census figure is a 速報値.
    """

    as_of: date
    ratio: Number
    preliminary: bool


@dataclass(frozen=True)
class BridgedPoint:
    """A register figure brought to the census's basis 「接続値」, with its interval.

    Parameters
    ----------
    as_of : the register's own date.
    register, persons, low, high : the figure, the bridged value and its interval.
    """

    as_of: date
    register: Number
    persons: Number
    low: Number
    high: Number


@dataclass(frozen=True)
class ConceptFacts:
    """Ratios, bridged values and what follows for the targets.

    Parameters
    ----------
    ratios : at every census that the register of all residents surrounds.
    used : the ratio behind the bridged values; None without bridged values.
    bridged : by date, after the newest final census.
    half_width : of the interval, in per cent; None without bridged values.
    drift_known : False where only one census has a ratio.
    targets : in the order of `PopulationFacts.targets`.
    """

    ratios: tuple[RatioFacts, ...]
    used: RatioFacts | None
    bridged: tuple[BridgedPoint, ...]
    half_width: Number | None
    drift_known: bool
    targets: tuple[TargetState, ...]


def gather_concepts(plan: Plan, facts: PopulationFacts) -> ConceptFacts:
    """Gather the facts of `ConceptFacts` for a plan whose population is `facts`."""
    population = plan.municipality.frame("population")
    ratios = tuple(_ratio_facts(plan, population, ratio) for ratio in compute_ratios(population))
    bridge = find_bridge(population)
    used = next((r for r in ratios if bridge and r.as_of == bridge.latest.as_of), None)
    width = _half_width(bridge, ratios) if bridge else None
    bridged = tuple(
        _bridged_point(plan, row, used, width) for row in bridge_register(population).itertuples()
    )
    newest = _newest(facts, bridged)
    return ConceptFacts(
        ratios=ratios,
        used=used if bridged else None,
        bridged=bridged,
        half_width=width if bridged else None,
        drift_known=bool(bridge and bridge.earlier),
        targets=tuple(state_target(item, facts, newest) for item in facts.targets),
    )


def _ratio_facts(plan: Plan, population: pd.DataFrame, ratio: ConceptRatio) -> RatioFacts:
    register = select_register(population)
    census = select_concept(population, "census")
    inputs = [
        number(
            int(row.population_persons),
            as_of=row.as_of.isoformat(),
            concept=row.concept,
            source=plan.official_source(row.source_id),
        )
        for row in (
            *register[register["as_of"].isin([ratio.before, ratio.after])].itertuples(),
            *census[census["as_of"] == ratio.as_of].itertuples(),
        )
    ]
    formula = text(
        "住民基本台帳（{day}、前後の時点から直線で補間）{register} ÷ 国勢調査 {census} ＝ {ratio}",
        day=ratio.as_of.isoformat(),
        register=format_number(ratio.register_persons),
        census=format_number(ratio.census_persons),
        ratio=format_number(ratio.ratio, 3),
    )
    value = number(ratio.ratio, "none", decimals=3, formula=formula, inputs=tuple(inputs))
    return RatioFacts(ratio.as_of, value, ratio.preliminary)


def _half_width(bridge: Bridge, ratios: tuple[RatioFacts, ...]) -> Number:
    width = bridge.half_width_pct
    if bridge.earlier is None or width > (bridge.drift_pct or 0):
        return number(width, "percent", decimals=1)
    by_day = {ratio.as_of: ratio.ratio for ratio in ratios}
    latest, earlier = by_day[bridge.latest.as_of], by_day[bridge.earlier.as_of]
    formula = f"｜{latest.bare()} ÷ {earlier.bare()} − 1｜ ＝ {format_number(width, 1)}%"
    return number(width, "percent", decimals=1, formula=formula, inputs=(latest, earlier))


def _bridged_point(plan: Plan, row, used: RatioFacts, width: Number) -> BridgedPoint:
    as_of = row.as_of.isoformat()
    register = number(
        int(row.register_persons), as_of=as_of, concept="register", source=plan.official_source(row.source_id)
    )

    def bridged(value: Decimal, formula: str) -> Number:
        shown = f"{formula} ＝ {format_number(value)}"
        return number(
            value, as_of=as_of, concept="bridged", formula=shown, inputs=(register, used.ratio, width)
        )

    quotient = f"{register.bare()} ÷ {used.ratio.bare()}"
    return BridgedPoint(
        row.as_of,
        register,
        bridged(row.bridged_persons, quotient),
        bridged(row.low_persons, f"{quotient} ×（1 − {width.bare()}%）"),
        bridged(row.high_persons, f"{quotient} ×（1 ＋ {width.bare()}%）"),
    )


def _newest(facts: PopulationFacts, bridged: tuple[BridgedPoint, ...]) -> tuple[Figure, ...]:
    figures = []
    if facts.census:
        figures.append(Figure("census", facts.census[-1]))
    if facts.register:
        figures.append(Figure("register", facts.register[-1]))
    if bridged:
        point = bridged[-1]
        figures.append(
            Figure("bridged", Observation(point.persons, point.as_of, False), (point.low, point.high))
        )
    return tuple(figures)
