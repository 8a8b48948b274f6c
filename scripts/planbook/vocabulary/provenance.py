"""Where a figure comes from: its source as data, the place in it, and the proof that it says so there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planbook.vocabulary.errors import Problem, ProvenanceError, message
from planbook.vocabulary.locators import Locator, parse_locator
from planbook.vocabulary.quotations import (
    assert_as_written,
    check_as_written,
    find_as_written,
    locate_as_written,
    nearest_as_written,
    normalise_for_match,
)

__all__ = [
    "Locator",
    "SourceRef",
    "assert_as_written",
    "check_as_written",
    "find_as_written",
    "locate_as_written",
    "nearest_as_written",
    "normalise_for_match",
    "parse_locator",
]

_KINDS = ("document", "official", "computed")


@dataclass(frozen=True)
class SourceRef:
    """The source of one figure, as data.

    Parameters
    ----------
    kind : a document of the plan, an official statistic, or a computation of this book.
    source_id, title, publisher : as registered.
    locator, as_written : where the document says it, and how.
    as_of : the date that the figure holds for, ISO 8601.
    licence, retrieved, url : terms of use, ISO date of retrieval, address.
    """

    kind: Literal["document", "official", "computed"]
    source_id: str
    title: str
    publisher: str | None = None
    locator: str | None = None
    as_written: str | None = None
    as_of: str | None = None
    licence: str | None = None
    retrieved: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in _KINDS or not self.source_id or not self.title:
            raise ProvenanceError(
                Problem(
                    what=message("出典には種類、ID、題名が要ります。"),
                    found=f"kind={self.kind!r} source_id={self.source_id!r} title={self.title!r}",
                    allowed=message("種類は {kinds}、IDと題名は空でない文字列", kinds=", ".join(_KINDS)),
                    remedy=message("出典の一覧で、この値の出典を確かめてください。"),
                )
            )
