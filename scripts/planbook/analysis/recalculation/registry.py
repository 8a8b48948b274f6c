"""The rules by their ids, and the run of all of them over one plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from planbook.analysis.recalculation.checks import Check
from planbook.analysis.recalculation.statements import Statements, place_in_order

About = Literal["figures", "words"]
Function = Callable[[Statements], Iterable[Check]]


@dataclass(frozen=True)
class Rule:
    """One rule of the recomputation.

    Parameters
    ----------
    id : R01 …; it stays with the rule, because replies name it.
    title, explanation : msgids; what is checked, how, with which tolerance.
    function : from the statements of a plan to the checks; it never raises on odd data.
    about : what a slip found by it is a slip in: a figure that readers carry on, or the words around it.
    """

    id: str
    title: str
    explanation: str
    function: Function
    about: About = "figures"


#: By id, in the order of the ids; `planbook.analysis.recalculation.rules` fills it.
RULES: dict[str, Rule] = {}


def rule(
    rule_id: str, title: str, explanation: str, about: About = "figures"
) -> Callable[[Function], Function]:
    """Register the decorated function; the texts come wrapped in `plain`, so that they are translated."""

    def register(function: Function) -> Function:
        if rule_id in RULES:
            raise ValueError(f"rule {rule_id} is registered twice")
        RULES[rule_id] = Rule(rule_id, title, explanation, function, about)
        in_order = sorted(RULES.items())
        RULES.clear()
        RULES.update(in_order)
        return function

    return register


def list_rules() -> tuple[Rule, ...]:
    """Return every rule by id."""
    return tuple(RULES.values())


def run_rules(statements: Statements, rules: Iterable[Rule] | None = None) -> tuple[Check, ...]:
    """Run the rules over a plan.

    Returns
    -------
    the checks in the order of the document: by the first place of each, then by rule and object. A check
    that two rows give alike (the same rule and object) comes once.
    """
    found: dict[str, Check] = {}
    for one in list_rules() if rules is None else rules:
        for check in one.function(statements):
            found.setdefault(check.id, check)
    order = place_in_order(statements)
    return tuple(sorted(found.values(), key=lambda check: (order(check.places), check.rule, check.object_id)))
