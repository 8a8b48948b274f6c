"""What is said where a year, a date or a period that was read again is not the one entered, or cannot be read."""

from __future__ import annotations

from planbook.analysis.recalculation.checks import Outcome
from planbook.vocabulary.errors import Message, message


def entered_otherwise(shown: Message, entered: object, cause: str | None = None) -> Outcome:
    """Return the outcome of an entered value that differs from what the string says."""
    reading = message(
        "入力された値は{entered}です。入力の誤りとみられます。原文の日付そのものが誤りなら、その旨を記録してください。",
        entered=entered,
    )
    return Outcome("mismatch", shown, reading, "slip", cause or "extraction")


def unreadable() -> Outcome:
    """Return the outcome of a string that is no year and no date."""
    return Outcome(
        "undecidable",
        message("書かれた文字列を年や日付として読み取れないため、確かめられません。"),
        None,
        "unwritten",
    )
