"""Everything about a municipality's future that its pages say, or the reason why nothing can be said."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.load.plan import Plan
from planbook.summary.outlook.baseline import Baseline, Reason, Unavailable, gather_baseline
from planbook.summary.outlook.needs import Needs, gather_needs
from planbook.summary.outlook.standard import StandardScenarios, gather_standard
from planbook.summary.outlook.stated import Absence, StatedReason, StatedScenario, gather_stated
from planbook.vocabulary.schemas.plan_file import Assumption


@dataclass(frozen=True)
class Outlook:
    """The future of a municipality by パターン1 and around it.

    Parameters
    ----------
    baseline, standard, needs : None where `reason` says why.
    stated : the plan's own assumptions; None where `stated_reason` says why.
    reason : why there is no projection.
    stated_reason : why the plan's own assumptions are not computed.
    unread : assumptions that no rule could be made of.
    """

    baseline: Baseline | None
    standard: StandardScenarios | None
    stated: StatedScenario | None
    needs: Needs | None
    reason: Reason | None
    stated_reason: StatedReason | None = None
    unread: tuple[Assumption, ...] = ()


def gather_outlook(plan: Plan) -> Outlook:
    """Gather the outlook of a plan; a page without it says why, and the rest of the page stands."""
    try:
        baseline = gather_baseline(plan)
    except Unavailable as missing:
        absence = gather_stated(plan, None)
        return Outlook(None, None, None, None, missing.reason, absence.reason, absence.unread)
    stated = gather_stated(plan, baseline)
    absent = isinstance(stated, Absence)
    return Outlook(
        baseline,
        gather_standard(plan, baseline),
        None if absent else stated,
        gather_needs(plan, baseline),
        None,
        stated.reason if absent else None,
        stated.unread,
    )
