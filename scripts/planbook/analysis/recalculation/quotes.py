"""Every string that the data quote from the documents, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planbook.analysis.findings import Place
from planbook.analysis.recalculation.statements import Statements, plan_place


@dataclass(frozen=True)
class Quote:
    """A quoted string.

    Parameters
    ----------
    object_id : of its row: claim, goal, indicator, value, or part of plan.yml.
    written : as the document has it.
    place : where.
    reading, cause : as the row or the part of plan.yml has them.
    subject : of a claim; None for other tables.
    """

    object_id: str
    written: str
    place: Place
    reading: str | None = None
    cause: str | None = None
    subject: str | None = None


def list_quotes(statements: Statements) -> Iterator[Quote]:
    """Walk over claims, goals, the rows of indicators and their values, and plan.yml."""
    for claim in statements.claims:
        yield Quote(
            claim.claim_id,
            claim.as_written,
            claim.place,
            claim.reading,
            claim.cause,
            claim.subject,
        )
    for goal in statements.goals:
        yield Quote(goal.goal_id, goal.as_written, goal.place, goal.reading, goal.cause)
    for row in statements.rows:
        yield Quote(row.object_id, row.as_written, row.place, row.reading, row.cause)
    for name, stated in statements.stated_parts():
        yield Quote(name, stated.as_written, plan_place(stated), stated.reading, stated.cause)
