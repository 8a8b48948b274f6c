"""The codes that a reply may name are those of the two registries of checks."""

from __future__ import annotations

from planbook.analysis.kpis.lint import CODES
from planbook.analysis.recalculation.rules import list_rules
from planbook.vocabulary.finding_codes import KPI_CODES, RULE_IDS


def test_the_list_agrees_with_the_registries():
    assert tuple(CODES) == KPI_CODES
    assert tuple(rule.id for rule in list_rules()) == RULE_IDS
