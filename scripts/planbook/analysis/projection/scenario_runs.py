"""Turn scenarios into arrays and run them all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planbook.analysis.projection.checks import Array, require_horizon, require_steps
from planbook.analysis.projection.cohorts import WIDTH, AgeAxis
from planbook.analysis.projection.engine import Fertility, Projection, project_population
from planbook.analysis.projection.fertility import Conversion
from planbook.analysis.projection.rates import Rates
from planbook.analysis.projection.scenarios import MigrationRule, Scenario, TfrPath
from planbook.analysis.projection.transitions import make_net_transition
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.errors import InputError, Problem, message


def run_scenarios(
    rates: Rates, scenarios: Sequence[Scenario], horizon: int, conversion: Conversion | None = None
) -> Projection:
    """Project every scenario for every municipality.

    Parameters
    ----------
    rates : of the first scenario (パターン1), its base population included.
    scenarios : their ids become the scenario axis.
    horizon : last year.
    conversion : k(t); needed where a scenario states a total fertility rate.

    Raises
    ------
    InputError : a year without k, an age range that cuts a five-year group, or rates of fewer steps.
    """
    steps = require_horizon(rates.base.year, horizon, WIDTH)
    require_steps("rates", rates.steps, steps)
    years = [rates.base.year + WIDTH * (step + 1) for step in range(steps)]
    migration = np.stack([scale_migration(rates, scenario, years) for scenario in scenarios], axis=1)
    ratios = np.stack([trace_child_woman_ratio(rates, s, years, conversion) for s in scenarios], axis=1)
    transition = make_net_transition(rates.survival[:steps, None], migration, rates.base)
    fertility = Fertility(ratios, rates.sex_ratio[:steps, None, None])
    return project_population(rates.base, transition, fertility, horizon, tuple(s.id for s in scenarios))


def scale_migration(rates: Rates, scenario: Scenario, years: Sequence[int]) -> Array:
    """Return the scenario's net migration rates; shape (step, municipality, sex, age)."""
    shape = (len(years), *np.broadcast_shapes(rates.migration.shape[1:], rates.base.persons.shape))
    own = np.broadcast_to(rates.migration[: len(years)], shape)
    factor = np.ones(shape)
    for rule in scenario.migration[:: -1 if scenario.overlap == "first" else 1]:
        cells = np.broadcast_to(mark_ages(rule, rates.base.ages), shape)
        if rule.signs == "negative":
            cells = cells & (own < 0)
        of_rule = np.array([rule.factor(year) for year in years]).reshape(-1, 1, 1, 1)
        combined = factor * of_rule if scenario.overlap == "product" else np.broadcast_to(of_rule, shape)
        factor = np.where(cells, combined, factor)
    return own * factor


def mark_ages(rule: MigrationRule, ages: AgeAxis) -> Array:
    """Mark the age groups, by age at the start, that a rule names; shape (age,).

    Raises
    ------
    InputError : the rule's ages cut a five-year group: 20–40 has to be read as 20–39 or as 20–44.
    """
    if rule.ages is None:
        return np.ones(len(ages), dtype=bool)
    groups = list(ages.groups)
    if rule.ages_at == "end":
        groups = [*groups[1:], groups[-1]]
    if cut := [group.label for group in groups if _is_cut(rule.ages, group)]:
        raise InputError(
            Problem(
                what=message("移動率の規則の年齢が、5歳階級の途中で切れています。"),
                place={"key": "ages"},
                found=f"{rule.ages.label} ({', '.join(cut)})",
                remedy=message("「20～40歳」は20～39歳と20～44歳の両方の読み方を、別々に推計してください。"),
            )
        )
    return np.array([rule.ages.covers(group) for group in groups])


def _is_cut(ages: AgeGroup, group: AgeGroup) -> bool:
    return ages.overlaps(group) and not ages.covers(group)


def trace_child_woman_ratio(
    rates: Rates, scenario: Scenario, years: Sequence[int], conversion: Conversion | None
) -> Array:
    """Return the scenario's child–woman ratios at the end of each step; shape (step, municipality)."""
    shape = (len(rates.child_woman_ratio), len(rates.base.municipalities))
    own = np.broadcast_to(rates.child_woman_ratio, shape)
    path = scenario.fertility
    if path is None:
        return own[1 : len(years) + 1]
    if conversion is None:
        raise InputError(
            Problem(
                what=message("TFRを仮定するシナリオには、子ども女性比との換算比の表が要ります。"),
                found=scenario.id,
                remedy=message("全国のTFRと子ども女性比から換算比を作り、出典を付けて与えてください。"),
            )
        )
    start = _position(path, rates)
    first = conversion.to_tfr(own[start], path.start)
    ratios = own[1 : len(years) + 1].copy()
    for step, year in enumerate(years):
        if year > path.start:
            wanted = conversion.to_ratio(read_path(path, first, year), year)
            ratios[step] = np.maximum(wanted, ratios[step]) if path.never_lower else wanted
    return ratios


def _position(path: TfrPath, rates: Rates) -> int:
    behind = path.start - rates.base.year
    if behind < 0 or behind % WIDTH or behind // WIDTH > rates.steps:
        known = [rates.base.year + WIDTH * step for step in range(rates.steps + 1)]
        raise InputError(
            Problem(
                what=message("TFRの経路の始まりの年に、子ども女性比がありません。"),
                place={"key": "fertility"},
                found=str(path.start),
                allowed=message("{years}", years=known),
                remedy=message("経路は率のある年から始めてください。"),
            )
        )
    return behind // WIDTH


def read_path(path: TfrPath, first: Array, year: int) -> Array:
    """Return the total fertility rate behind the children 0–4 of `year`; shape (municipality,).

    Parameters
    ----------
    path : the path and its reading.
    first : shape (municipality,), the rate at `path.start`.
    year : end of the five years.
    """
    if path.reading == "interval":
        return _on_path(path, first, year)
    # The trapezoid over single years is exact: the path is straight between whole years.
    edges = [_on_path(path, first, year - WIDTH + at) for at in range(WIDTH + 1)]
    return (sum(edges) - (edges[0] + edges[-1]) / 2) / WIDTH


def _on_path(path: TfrPath, first: Array, year: int) -> Array:
    before, value = path.start, first
    for target_year, target in path.targets:
        if year <= before:
            break
        if year < target_year:
            return value + (target - value) * (year - before) / (target_year - before)
        before, value = target_year, np.full_like(first, target)
    return value
