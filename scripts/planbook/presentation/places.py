"""Where something stands, in words: the lines of the document, and the row of the project's own table."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.findings import Place
from planbook.presentation.sources import locator_words
from planbook.vocabulary.catalogue import text


def place_words(places: Sequence[Place]) -> str:
    """Return the places, each once: 「26行目（kpis.csv の2行目）」."""
    return text("、").join(dict.fromkeys(word for word in map(_one_place, places) if word))


def _one_place(place: Place) -> str:
    line = locator_words(place) if place.locator else ""
    if place.row is not None:
        row = text("{table}.csv の{row}行目", table=place.table, row=place.row)
    else:
        row = "plan.yml" if place.table == "plan" else ""
    if line and row:
        return text("{line}（{row}）", line=line, row=row)
    return line or row
