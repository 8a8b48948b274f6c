"""Everything about a municipality's future that its pages say, or the reason why nothing can be said."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.load.plan import Plan
from planbook.summary.outlook.baseline import Baseline, Reason, Unavailable, gather_baseline
from planbook.summary.outlook.needs import Needs, gather_needs
from planbook.summary.outlook.standard import StandardScenarios, gather_standard
from planbook.summary.outlook.stated import StatedScenario, gather_stated


@dataclass(frozen=True)
class Outlook:
    """The future of a municipality by パターン1 and around it.

    Parameters
    ----------
    baseline, standard, needs : None where `reason` says why.
    stated : the plan's own assumptions; None where the document states none.
    reason : why there is no projection.
    """

    baseline: Baseline | None
    standard: StandardScenarios | None
    stated: StatedScenario | None
    needs: Needs | None
    reason: Reason | None


def gather_outlook(plan: Plan) -> Outlook:
    """Gather the outlook of a plan; a page without it says why, and the rest of the page stands."""
    try:
        baseline = gather_baseline(plan)
    except Unavailable as missing:
        return Outlook(None, None, None, None, missing.reason)
    return Outlook(
        baseline,
        gather_standard(plan, baseline),
        gather_stated(plan, baseline),
        gather_needs(plan, baseline),
        None,
    )
