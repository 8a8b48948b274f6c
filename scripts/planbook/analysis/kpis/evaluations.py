"""The yearly 効果検証: what which body said of the plan, a goal or an indicator, and what the department replied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from planbook.analysis.frames import list_records

ObjectKind = Literal["plan", "goal", "kpi"]


@dataclass(frozen=True)
class Evaluation:
    """One row of evaluations.csv; the words are the document's.

    Parameters
    ----------
    fiscal_year : the year that was evaluated, not the one of the meeting.
    object_kind, object_id : the plan (without id), a goal or an indicator.
    label, next_step : the words of the scale (相当程度効果があった; 継続); None where only remarks are given.
    reply, reply_state, reply_date : of the department in charge.
    """

    evaluation_id: str
    fiscal_year: int
    body: str
    object_kind: ObjectKind
    object_id: str | None
    label: str | None
    next_step: str | None
    words: str | None
    reply: str | None
    reply_state: str
    reply_date: str | None
    as_written: str
    document: str
    locator: str


_FIELDS = tuple(Evaluation.__dataclass_fields__)


def read_evaluations(frame: pd.DataFrame | None) -> list[Evaluation]:
    """Return the evaluations, the newest year first, else in file order; [] for a plan without the table."""
    rows = [Evaluation(**{name: row[name] for name in _FIELDS}) for row in list_records(frame)]
    return sorted(rows, key=lambda row: -row.fiscal_year)
