"""The goal hierarchy as an indented tree: lines, theme signs with their letters, titles and counts.

Places are pixels from the upper left corner and lines are broken for a phone, so that the same picture
stands on a screen of 320 pixels, on a desk and on paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from planbook.presentation.charts.lines import break_lines
from planbook.presentation.theme import MUTED_COLOUR, theme_sign

#: Pixels: the narrowest place for a chart, a step of indentation, a line of text, a full-width letter.
WIDTH = 270
INDENT = 16
LINE = 16
LETTER = 12
#: From the middle of a sign to the letters beside it, and from one sign to the next.
SIGN = 8
SIGN_STEP = 32


@dataclass(frozen=True)
class TreeRow:
    """One node of the picture.

    Parameters
    ----------
    indent : 0 at the top.
    parent : position of the parent row; None at the top.
    title : number and title.
    themes : codes of themes.csv.
    counts : what is listed below it, in words; empty for none.
    """

    indent: int
    parent: int | None
    title: str
    themes: tuple[str, ...] = ()
    counts: str = ""

    @property
    def left(self) -> int:
        """Where the row begins."""
        return SIGN + self.indent * INDENT

    @property
    def words_left(self) -> int:
        """Where its title begins."""
        return self.left + (SIGN_STEP * len(self.themes) if self.themes else 0)

    @property
    def lines(self) -> list[str]:
        """Its title in lines that fit."""
        return break_lines(self.title, (WIDTH - self.words_left) / LETTER)


def draw_tree(rows: Sequence[TreeRow], labels: Mapping[str, str]) -> alt.LayerChart:
    """Draw the rows from top to bottom.

    Parameters
    ----------
    rows : parents before their children.
    labels : theme → its short name, for the legend; in the order of the legend.
    """
    tops, height = _stack(rows)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, WIDTH], range=[0, WIDTH]), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)
    layers = []
    strokes = _strokes(rows, tops)
    if strokes:
        rule = alt.Chart(pd.DataFrame(strokes)).mark_rule(tooltip=None, strokeWidth=1)
        layers.append(rule.encode(x, y, x2="x2", y2="y2"))
    signs = _signs(rows, tops, labels)
    if signs:
        layers += _draw_signs(signs, labels, x, y)
    words = pd.DataFrame(_words(rows, tops))
    for kind, style in _STYLES.items():
        part = words[words["kind"] == kind]
        if not part.empty:
            mark = alt.Chart(part).mark_text(
                align="left", baseline="middle", tooltip=None, fontSize=12, **style
            )
            layers.append(mark.encode(x, y, text="words:N"))
    return alt.layer(*layers).properties(height=height)


_STYLES = {
    "goal": {"fontWeight": "bold"},
    "part": {},
    "counts": {"color": MUTED_COLOUR},
}


def measure_height(rows: Sequence[TreeRow]) -> int:
    """Return how many pixels the rows take: the caller divides a tree that is too high for a sheet."""
    return _stack(rows)[1]


def _stack(rows: Sequence[TreeRow]) -> tuple[list[int], int]:
    """Return the middle of each row's first line, and the height of all."""
    tops, top = [], 0
    for row in rows:
        top += 10 if row.indent == 0 and tops else 3
        tops.append(top + LINE // 2)
        top += LINE * (len(row.lines) + bool(row.counts))
    return tops, top + 4


def _strokes(rows: Sequence[TreeRow], tops: Sequence[int]) -> list[dict]:
    """Return one trunk below each parent, down to its last child, and a branch to each child."""
    strokes, trunks = [], {}
    for row, top in zip(rows, tops, strict=True):
        if row.parent is not None:
            trunks[row.parent] = top
            trunk = rows[row.parent].left
            strokes.append({"x": trunk, "x2": row.left - SIGN + 2, "y": top, "y2": top})
    for parent, bottom in trunks.items():
        trunk = rows[parent].left
        strokes.append({"x": trunk, "x2": trunk, "y": tops[parent] + SIGN, "y2": bottom})
    return strokes


def _signs(rows: Sequence[TreeRow], tops: Sequence[int], labels: Mapping[str, str]) -> list[dict]:
    return [
        {"x": row.left + place * SIGN_STEP, "y": top, "theme": labels[theme], "code": theme}
        for row, top in zip(rows, tops, strict=True)
        for place, theme in enumerate(row.themes)
    ]


def _draw_signs(signs: list[dict], labels: Mapping[str, str], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the signs and the letters beside them; the legend names each in words."""
    frame = pd.DataFrame(signs)
    present = [theme for theme in labels if theme in set(frame["code"])]
    domain = [labels[theme] for theme in present]
    colours = alt.Scale(domain=domain, range=[theme_sign(theme).colour for theme in present])
    shapes = alt.Scale(domain=domain, range=[theme_sign(theme).shape for theme in present])
    marks = (
        alt.Chart(frame)
        .mark_point(filled=True, size=80, tooltip=None)
        .encode(
            x,
            y,
            color=alt.Color("theme:N", title=None, scale=colours),
            shape=alt.Shape("theme:N", title=None, scale=shapes),
        )
    )
    letters = alt.Chart(frame).mark_text(align="left", baseline="middle", dx=SIGN, fontSize=11, tooltip=None)
    return [marks, letters.encode(x, y, text="code:N")]


def _words(rows: Sequence[TreeRow], tops: Sequence[int]) -> list[dict]:
    words = []
    for row, top in zip(rows, tops, strict=True):
        kind = "goal" if row.indent == 0 else "part"
        for number, line in enumerate(row.lines):
            words.append({"kind": kind, "words": line, "x": row.words_left, "y": top + number * LINE})
        if row.counts:
            below = top + len(row.lines) * LINE
            words.append({"kind": "counts", "words": row.counts, "x": row.words_left, "y": below})
    return words
