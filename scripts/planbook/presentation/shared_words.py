"""Words that two texts share, marked in each of them: a likeness is never shown without them."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.text_similarity import mark_words
from planbook.presentation.html import Html, escape


def show_marked(words: str, shared: Sequence[str]) -> Html:
    """Return a text as it was written, what it shares with the other one in <mark>."""
    parts = (
        f"<mark>{escape(part)}</mark>" if marked else escape(part)
        for part, marked in mark_words(words, shared)
    )
    return Html("".join(parts))
