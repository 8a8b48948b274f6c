"""Words that the data give in both languages, shown in the one of the run."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.vocabulary.catalogue import current_language


@dataclass(frozen=True)
class Bilingual:
    """A text of a table with its two columns; `str` gives the one in the language of the run."""

    ja: str
    en: str

    def __str__(self) -> str:
        return self.en if current_language() == "en" else self.ja
