"""The time limits of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How long, in seconds, a cell, a page and the start of a kernel may take."""

    cell: int = 120
    page: int = 600
    start: int = 120
