"""The proof that a document says what is quoted from it, where it is said to say it.

The string as written is looked up after folding width, dashes and tildes and with white space taken out,
because text extracted from a PDF breaks its lines anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from planbook.vocabulary.characters import require_text, shown, unify_marks
from planbook.vocabulary.errors import InputError, Message, Problem, ProvenanceError, message
from planbook.vocabulary.locators import Locator


def normalise_for_match(text: str) -> str:
    r"""Fold a text for comparison: NFKC, one dash, one tilde, no white space and no invisible characters.

    Examples
    --------
    >>> normalise_for_match("Ｈ27　～\n Ｈ31")
    'H27~H31'
    """
    return "".join(_pieces(text))


def find_as_written(document_lines: Sequence[str], locator: Locator, as_written: str) -> bool:
    """Tell whether `as_written` stands at `locator`.

    Parameters
    ----------
    document_lines : the lines of the document; for a page locator, its pages.
    locator : lines or pages. One that lies outside the document finds nothing.
    as_written : what should stand there. A figure has to stand there whole: 「0人」 is not in 「50,000人」.
    """
    _require_searchable(locator, as_written)
    if locator.last > len(document_lines):
        return False
    part = document_lines[locator.first - 1 : locator.last]
    return next(_matches(part, as_written), None) is not None


def locate_as_written(
    document_lines: Sequence[str], as_written: str, *, kind: Literal["lines", "pages"] = "lines"
) -> list[Locator]:
    """Return every place where `as_written` stands.

    Parameters
    ----------
    document_lines : lines, or pages.
    as_written : the string to look for.
    kind : what the parts of the document are.
    """
    _require_searchable(None, as_written)
    found = (Locator(kind, first + 1, last + 1) for first, last in _matches(document_lines, as_written))
    return list(dict.fromkeys(found))


def nearest_as_written(
    document_lines: Sequence[str], as_written: str, *, kind: Literal["lines", "pages"] = "lines"
) -> tuple[Locator, str] | None:
    """Return the place of the passage most like `as_written`, and that passage; None when none is like it."""
    wanted = normalise_for_match(as_written)
    best, best_ratio = None, 0.5  # below that a reader sees no likeness
    for number, line in enumerate(document_lines, start=1):
        folded = normalise_for_match(line)
        block = SequenceMatcher(None, folded, wanted, autojunk=False).find_longest_match()
        start = max(0, block.a - block.b)
        passage = folded[start : start + len(wanted)]
        ratio = SequenceMatcher(None, passage, wanted, autojunk=False).ratio()
        if ratio > best_ratio:
            best, best_ratio = (Locator(kind, number, number), passage), ratio
    return best


def check_as_written(
    document_lines: Sequence[str], locator: Locator, as_written: str, *, file: str = ""
) -> Problem | None:
    """Return the problem of a figure that is not where its locator says, with the place where it is."""
    if find_as_written(document_lines, locator, as_written):
        return None
    return Problem(
        what=message("資料の {locator} に、この文字列がありません。", locator=locator),
        file=file,
        found=shown(as_written),
        allowed=message("資料のその位置に書かれているとおりの文字列（空白と全角・半角の違いは問いません）"),
        remedy=_where_it_is(document_lines, as_written, locator.kind),
    )


def assert_as_written(
    document_lines: Sequence[str], locator: Locator, as_written: str, *, file: str = ""
) -> None:
    """Raise a `ProvenanceError` when `as_written` does not stand at `locator`."""
    problem = check_as_written(document_lines, locator, as_written, file=file)
    if problem:
        raise ProvenanceError(problem)


def _where_it_is(lines: Sequence[str], as_written: str, kind: Literal["lines", "pages"]) -> Message:
    places = locate_as_written(lines, as_written, kind=kind)
    if places:
        return message(
            "位置を {places} に直してください。", places=", ".join(str(place) for place in places[:5])
        )
    nearest = nearest_as_written(lines, as_written, kind=kind)
    if nearest:
        return message(
            "似た文字列が {place} にあります：{passage}。写し間違いか文字起こしの誤りかを確かめてください。",
            place=nearest[0],
            passage=shown(nearest[1]),
        )
    return message("資料に似た文字列もありません。資料のIDと版を確かめてください。")


def _require_searchable(locator: Locator | None, as_written: str) -> None:
    if normalise_for_match(require_text(as_written)) and (locator is None or locator.kind != "cell"):
        return
    raise InputError(
        Problem(
            what=message("この位置と文字列では、資料の本文を検索できません。"),
            found=f"{'' if locator is None else locator} {shown(as_written)}",
            allowed=message("行かページの位置と、空でない文字列"),
            remedy=message("セルの値は表計算ファイルで照合し、空の文字列には原文を書いてください。"),
        )
    )


def _pieces(text: str) -> Iterator[str]:
    for piece in text.split():
        visible = "".join(c for c in unicodedata.normalize("NFKC", piece) if unicodedata.category(c) != "Cf")
        yield "".join(unify_marks(visible).split())


def _matches(lines: Sequence[str], as_written: str) -> Iterator[tuple[int, int]]:
    """Yield first and last index of the lines of every match that does not cut a number in two."""
    wanted, folded, starts, breaks = normalise_for_match(as_written), "", [], {0}
    for line in lines:
        starts.append(len(folded))
        for piece in _pieces(line):
            folded += piece
            breaks.add(len(folded))
    position = folded.find(wanted)
    while position >= 0:
        end = position + len(wanted)
        if not (_cuts(folded, position, breaks) or _cuts(folded, end, breaks)):
            yield bisect_right(starts, position) - 1, bisect_right(starts, end - 1) - 1
        position = folded.find(wanted, position + 1)


def _cuts(folded: str, position: int, breaks: set[int]) -> bool:
    """Tell whether a number, or a minus and its number, is cut at `position`.

    White space in the document ends a number, so a boundary of the document's pieces never cuts one.
    """
    if position in breaks or not 0 < position < len(folded):
        return False
    before, behind = folded[max(0, position - 2) : position], folded[position : position + 2]
    in_number = re.search(r"[0-9][.,]?$", before) and re.match(r"[.,]?[0-9]", behind)
    behind_minus = re.search(r"(?:^|[^0-9A-Za-z])[-△▲]$", before) and behind[0].isdecimal()
    return bool(in_number or behind_minus)
