"""Characters as Japanese documents mix them: one folded form to read, the raw string kept beside it.

Half and full width, eight kinds of dash and four of tilde stand for the same thing in a plan. Every parser
of this floor reads the folded form and reports the raw one, because a figure is quoted as it was written.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from planbook.vocabulary.errors import InputError, Problem, message

# hyphen, non-breaking hyphen, figure dash, en dash, em dash, horizontal bar, minus, superscript minus,
# box-drawing lines (typists use them as dashes), small and full-width hyphen-minus
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u207b\u2500\u2501\ufe58\ufe63\uff0d"
# full-width tilde, wave dash, tilde operator, wavy dash
TILDES = "~\uff5e\u301c\u223c\u3030"
_UNIFY = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(TILDES, "~"))
_VOICING_MARKS = "\uff9e\uff9f"  # half-width ﾞ and ﾟ, which belong to the character before them
_SHOWN_LENGTH = 80


@dataclass(frozen=True)
class Folded:
    """A folded text that knows which raw characters each of its characters came from."""

    text: str
    raw: str
    spans: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the raw string of the folded characters `start` to `end` (exclusive)."""
        return self.spans[start][0], self.spans[end - 1][1]

    def as_written(self, start: int, end: int) -> str:
        """Return the raw string behind the folded characters `start` to `end` (exclusive)."""
        return "" if start >= end else self.raw[slice(*self.span(start, end))]

    def part(self, start: int, end: int) -> Folded:
        """Return the folded characters `start` to `end` (exclusive), still tied to the whole raw string."""
        return Folded(self.text[start:end], self.raw, self.spans[start:end])


def fold(raw: str, *, drop_spaces: bool = True) -> Folded:
    """Fold width, dashes (to ``-``) and tildes (to ``~``); white space is dropped or becomes one blank each.

    Circled and raised numerals stay as they are: NFKC would turn 「①新型…」 into a 1 and 10² into 102.

    Examples
    --------
    >>> fold("Ｈ27 ～ Ｈ31").text
    'H27~H31'
    """
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    for start, end in _clusters(raw):
        piece = _fold_cluster(raw[start:end], pieces[-1][-1:] if pieces else "")
        for character in piece:
            if character.isspace():
                if drop_spaces:
                    continue
                character = " "  # noqa: PLW2901 - tab, line break and full-width blank separate alike
            pieces.append(character)
            spans.append((start, end))
    return Folded("".join(pieces), raw, tuple(spans))


def unify_marks(text: str) -> str:
    """Return `text` with every dash as ``-`` and every tilde as ``~``."""
    return text.translate(_UNIFY)


def require_text(value: object) -> str:
    """Return `value` if it is a string; anything else (None, NaN, a number) is an `InputError`."""
    if isinstance(value, str):
        return value
    raise InputError(
        Problem(
            what=message("文字列ではない値が渡されました。"),
            found=f"{value!r} ({type(value).__name__})",
            allowed=message("資料に書かれているとおりの文字列"),
            remedy=message(
                "列を文字列として読み込んでください。値がない場合は読み取りの前に分けてください。"
            ),
        )
    )


def shown(raw: str) -> str:
    """Return `raw` for a message: quoted, with blanks and control characters visible, cut when very long."""
    cut = raw if len(raw) <= _SHOWN_LENGTH else raw[:_SHOWN_LENGTH] + "…"
    return f"「{''.join(c if c.isprintable() else repr(c)[1:-1] for c in cut)}」"


def _clusters(raw: str):
    start = 0
    for index in range(1, len(raw) + 1):
        attached = index < len(raw) and (raw[index] in _VOICING_MARKS or unicodedata.combining(raw[index]))
        if not attached:
            yield start, index
            start = index


def _fold_cluster(cluster: str, before: str) -> str:
    if unicodedata.category(cluster[0]) == "Cf":  # zero-width blanks, byte order marks, soft hyphens
        return cluster[1:]
    folded = unicodedata.normalize("NFKC", cluster)
    if folded[:1] in tuple("0123456789(") and unicodedata.category(cluster[0]) in ("No", "So"):
        # m², CO₂: behind a letter the numeral is part of a unit
        return folded if before.isascii() and before.isalpha() else cluster
    return unify_marks(folded)
