"""How two units of one indicator relate: the same, the same but for 「/年」, or different; and what they count."""

from __future__ import annotations

import re
from typing import Literal

from planbook.vocabulary.characters import fold
from planbook.vocabulary.units import UNITS

UnitRelation = Literal["same", "per_year", "different"]

_PER_YEAR = re.compile(r"/年度?$")
_RATIOS = frozenset(("倍", "割", "点", "位", "単位", "ポイント"))
_DURATIONS = frozenset(("年", "年間", "か月", "日", "日間", "時間", "分", "秒", "歳"))


def split_unit(unit: str | None) -> tuple[str | None, bool]:
    """Return a unit in its one spelling without 「/年」, and whether it had that.

    Examples
    --------
    >>> split_unit("t-CO2/年"), split_unit("名"), split_unit("％"), split_unit(None)
    (('t-CO2', True), ('人', False), ('%', False), (None, False))
    """
    if unit is None:
        return None, False
    folded = fold(unit).text
    bare = _PER_YEAR.sub("", folded)
    return UNITS.get(bare, bare), bare != folded


def compare_units(base: str | None, target: str | None) -> UnitRelation:
    """Tell whether two units are the same, differ in 「/年」 only, or differ."""
    (bare_base, yearly_base), (bare_target, yearly_target) = split_unit(base), split_unit(target)
    if bare_base != bare_target:
        return "different"
    return "same" if yearly_base == yearly_target else "per_year"


def is_percent(unit: str | None) -> bool:
    """Tell whether a unit is per cent, so that differences of it are ポイント."""
    return split_unit(unit)[0] == "%"


def is_ratio(unit: str | None) -> bool:
    """Tell whether a unit is that of a rate, a score or a rank (倍, 割, 点, 位): a percentage of it tells nothing."""
    return split_unit(unit)[0] in _RATIOS


def counts_things(unit: str | None) -> bool:
    """Tell whether a unit counts persons, cases or the like: no amount, no money, no ratio, no length of time."""
    bare = split_unit(unit)[0]
    if bare is None or bare.isascii() or bare.endswith("円"):
        return False
    return bare not in _RATIOS and bare not in _DURATIONS
