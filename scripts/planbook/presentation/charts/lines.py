"""Lines of a label: Vega breaks no text by itself, and its widths are not those of the page."""

from __future__ import annotations

import re
import unicodedata

#: What a line must not begin with (行頭禁則) and must not end with (行末禁則).
_NOT_FIRST = set("、。，．・：；！？」』）】〕〉》％%)]}ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ↗↘→")
_NOT_LAST = set("「『（【〔〈《([{")
_PIECE = re.compile(r"[A-Za-z0-9.,+\-−/()%]+ ?|\s+|.", re.S)
HALF_WIDTH = 0.58


def measure(words: str) -> float:
    """Return the width of `words` in full-width characters.

    Examples
    --------
    >>> measure("目標"), round(measure("T0"), 2)
    (2.0, 1.16)
    """
    wide = sum(unicodedata.east_asian_width(c) in "WFA" for c in words)
    return wide + (len(words) - wide) * HALF_WIDTH


def break_lines(words: str, width: float) -> list[str]:
    """Break `words` into lines of at most `width` full-width characters.

    A Latin word or a figure stays whole. One closing mark may stand over the edge, so that no line begins
    with it, and an opening bracket moves to the next line.

    Examples
    --------
    >>> break_lines("若い世代の結婚・出産・子育て", 7)
    ['若い世代の結婚・', '出産・子育て']
    """
    lines = [""]
    for piece in _PIECE.findall(words):
        fits = measure(lines[-1] + piece.rstrip()) <= width or not lines[-1]
        hangs = piece[0] in _NOT_FIRST and measure(lines[-1]) <= width
        if fits or hangs:
            lines[-1] += piece
            continue
        carried = ""
        while lines[-1] and lines[-1][-1] in _NOT_LAST:
            carried, lines[-1] = lines[-1][-1] + carried, lines[-1][:-1]
        lines.append(carried + piece.lstrip())
    return [line.rstrip() for line in lines if line.strip()]
