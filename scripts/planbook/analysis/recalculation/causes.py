"""Who erred where strings or figures differ: the document, the making of its text, or nobody can tell.

A text at hand was copied out of a PDF or a page, so what looks odd in it may be damage of the copying. Only a
recorded cause decides between the two.
"""

from __future__ import annotations

from typing import Protocol

from planbook.analysis.recalculation.checks import Nature, Outcome
from planbook.analysis.recalculation.words import sentences
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.schemas.fields import Cause


class Recorded(Protocol):
    """What a row says of damage in its string; claims and namings have it."""

    @property
    def reading(self) -> str | None:
        """The string as it should be; None where nothing is damaged."""

    @property
    def cause(self) -> str | None:
        """Where the damage comes from, as recorded."""


def cause_of(*rows: Recorded) -> Cause | None:
    """Return the cause of a difference between rows: the recorded one; None where a reading has none.

    Without a reading the person who entered the string saw no damage in it: then it is as the document has it.
    """
    recorded = next((row.cause for row in rows if row.cause), None)
    if recorded is None and all(row.reading is None for row in rows):
        return "source"
    return recorded


def differing(shown: Message, reading: Message | None, nature: Nature, cause: Cause | None) -> Outcome:
    """Return the outcome of a difference; without a known cause it is open, and laid on nobody."""
    if cause is not None:
        return Outcome("mismatch", shown, reading, nature, cause)
    unknown = message("原文か、文字起こしか、どちらによるかは分かりません。")
    return Outcome("undecidable", shown, sentences(reading, unknown), "unwritten")
