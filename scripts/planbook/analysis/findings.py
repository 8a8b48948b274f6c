"""What a check finds: where it stands, and what a department has replied to it.

Two kinds of check share this. The KPI lint (K01 …, `planbook.analysis.kpis.lint`) tells what cannot be read
from an indicator as the document writes it. The recomputation (R01 …, `planbook.analysis.recalculation`)
holds what the text claims against what follows from its own numbers. Both name a finding by rule and object,
``K05/k6-3-1``, so that a reply stays with it when rows move.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

ReplyState = Literal["unanswered", "answered", "corrected"]


@dataclass(frozen=True)
class Place:
    """Where something stands: the row of the project's table, and the line of the document.

    Parameters
    ----------
    table : file without suffix (claims, kpis, kpi_values, goals), or ``plan`` for plan.yml.
    row : line of the table as Excel counts, or None for plan.yml.
    document, locator, as_written : the place in the document; the first two are None for an official figure.
    """

    table: str
    row: int | None
    document: str | None
    locator: str | None
    as_written: str


@dataclass(frozen=True)
class Reply:
    """What a department said of one finding, as replies.csv has it."""

    finding: str
    date: str
    department: str
    state: ReplyState
    words: str


@dataclass(frozen=True)
class Answered:
    """A finding's replies, oldest first.

    Parameters
    ----------
    finding : its id.
    replies : empty while nobody has replied.
    found : the rule still finds it. A mended plan loses the mark; the replies stay as its history.
    """

    finding: str
    replies: tuple[Reply, ...]
    found: bool = True

    @property
    def state(self) -> ReplyState:
        """The state of the newest reply; unanswered without one."""
        return self.replies[-1].state if self.replies else "unanswered"


def read_replies(replies: pd.DataFrame | None) -> dict[str, tuple[Reply, ...]]:
    """Return the replies by finding, oldest first; {} for a plan without replies.csv."""
    by_finding: dict[str, list[Reply]] = {}
    for row in [] if replies is None else replies.itertuples():
        reply = Reply(row.finding, row.date, row.department, row.state, row.words)
        by_finding.setdefault(row.finding, []).append(reply)
    return {finding: tuple(sorted(rows, key=lambda r: r.date)) for finding, rows in by_finding.items()}


def match_replies(found: Iterable[str], replies: dict[str, Sequence[Reply]]) -> dict[str, Answered]:
    """Join findings with their replies; replies to what is no longer found follow, as history."""
    found = list(dict.fromkeys(found))
    out = {finding: Answered(finding, tuple(replies.get(finding, ()))) for finding in found}
    for finding, rows in replies.items():
        out.setdefault(finding, Answered(finding, tuple(rows), found=False))
    return out
