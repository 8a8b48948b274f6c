"""Every rule of the recomputation: importing this module registers them all."""

from __future__ import annotations

from planbook.analysis.recalculation import (  # noqa: F401 - each module registers its rules
    ages,
    aims,
    arithmetic,
    compared_concepts,
    concepts,
    dates,
    durations,
    era_pairs,
    indicators,
    names,
    periods,
    projections,
    readings,
    repeated,
    scenario,
    target_projections,
    wording,
)
from planbook.analysis.recalculation.registry import RULES, Rule, list_rules, run_rules

__all__ = ["RULES", "Rule", "list_rules", "run_rules"]
