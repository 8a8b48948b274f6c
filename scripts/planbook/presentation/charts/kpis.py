"""Charts of indicators: for each one, baseline and target as two bars from zero on a scale of its own.

Indicators have different units, so no axis is shared: every row has its own track, and the figures are
written out. Positions are fractions of the width, heights are pixels, so that a phone and A4 show the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from planbook.presentation.charts.lines import break_lines
from planbook.presentation.theme import GRID_COLOUR, ROLES

#: The share of the width that the bars take; the figures stand to their right.
TRACK = 0.44
LABEL = TRACK + 0.02
LINE = 17
BAR = 14
GAP = 14
#: Full-width letters of 12 px that fit a line on a screen of 320 px.
LETTERS = 22


@dataclass(frozen=True)
class BarPair:
    """One row of the chart.

    Parameters
    ----------
    heading : the goal, written above its first row.
    name : the indicator with its group.
    change : the planned change in words.
    base, target : the two values.
    base_words, target_words : as the labels show them.
    is_share : a share in per cent, whose track ends at 100.
    """

    heading: str
    name: str
    change: str
    base: float
    target: float
    base_words: str
    target_words: str
    is_share: bool = False

    @property
    def limits(self) -> tuple[float, float]:
        """The two ends of the track; zero is always on it."""
        top = 100.0 if self.is_share and max(self.base, self.target) <= 100 else max(self.base, self.target)
        return min(0.0, self.base, self.target), max(0.0, top)

    def place(self, value: float) -> float:
        """Return where `value` lies on the track, as a share of the chart's width."""
        low, high = self.limits
        return (value - low) / (high - low) * TRACK if high > low else 0.0


def draw_planned_changes(pairs: Sequence[BarPair]) -> alt.LayerChart:
    """Draw each pair as two bars from its own zero, with name, change and figures written out."""
    words, bars, zeros, height = _lay_out(pairs)
    x = alt.Scale(domain=[0, 1], nice=False)
    y = alt.Scale(domain=[height, 0], nice=False)
    tracks = (
        alt.Chart(bars)
        .mark_rect(fill="transparent", stroke=GRID_COLOUR)
        .encode(
            alt.X("track_from:Q", scale=x, axis=None), alt.X2("track_to"),
            alt.Y("top:Q", scale=y, axis=None), alt.Y2("bottom"), tooltip=alt.value(None),
        )
    )  # fmt: skip
    filled = (
        alt.Chart(bars)
        .mark_rect()
        .encode(
            alt.X("start:Q", scale=x, axis=None), alt.X2("end"), alt.Y("top:Q", scale=y, axis=None), alt.Y2("bottom"),
            color=alt.Color("colour:N", scale=None), tooltip=[alt.Tooltip("name:N", title=None), alt.Tooltip("label:N", title=None)],
        )
    )  # fmt: skip
    zero = (
        alt.Chart(zeros)
        .mark_rule(strokeWidth=2)
        .encode(alt.X("zero:Q", scale=x), alt.Y("top:Q", scale=y), alt.Y2("bottom"), tooltip=alt.value(None))
    )
    labels = alt.Chart(bars).mark_text(align="left", baseline="middle", tooltip=None)
    labels = labels.encode(alt.X("label_at:Q", scale=x), alt.Y("middle:Q", scale=y), text="label:N")
    return alt.layer(tracks, filled, zero, labels, *_texts(words, y)).properties(height=height)


def _texts(words: pd.DataFrame, y: alt.Scale) -> list[alt.Chart]:
    """Return one layer a kind of text: Vega takes weight, size and colour of a text mark as constants best."""
    styles = {
        "heading": {"fontSize": 13, "fontWeight": "bold"},
        "name": {"fontSize": 12, "fontWeight": "bold"},
        "change": {"fontSize": 12},
    }
    return [
        alt.Chart(words[words["kind"] == kind])
        .mark_text(align="left", baseline="top", tooltip=None, **style)
        .encode(x=alt.value(0), y=alt.Y("y:Q", scale=y), text="words:N")
        for kind, style in styles.items()
        if (words["kind"] == kind).any()
    ]


def _lay_out(pairs: Sequence[BarPair]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, int]:
    """Return texts, bars and zero lines with their places in pixels from the top, and the chart's height."""
    words, bars, zeros = [], [], []
    top, heading = 0, None
    for pair in pairs:
        if pair.heading != heading:
            heading = pair.heading
            top = _write(words, "heading", heading, top, LETTERS - 2) + 6
        top = _write(words, "name", pair.name, top, LETTERS)
        top = _write(words, "change", pair.change, top, LETTERS) + 1
        zeros.append({"zero": pair.place(0.0), "top": top - 2, "bottom": top + 2 * BAR + 4})
        for role, value, label in (
            ("base", pair.base, pair.base_words),
            ("target", pair.target, pair.target_words),
        ):
            bars.append(_bar(pair, role, value, label, top))
            top += BAR + 2
        top += GAP
    return pd.DataFrame(words), pd.DataFrame(bars), pd.DataFrame(zeros), top


def _write(words: list[dict], kind: str, text: str, top: int, letters: int) -> int:
    for line in break_lines(text, letters):
        words.append({"kind": kind, "words": line, "y": top})
        top += LINE
    return top


def _bar(pair: BarPair, role: str, value: float, label: str, top: int) -> dict:
    low, high = (pair.place(limit) for limit in pair.limits)
    return {
        "name": pair.name,
        "label": label,
        "label_at": LABEL,
        "colour": ROLES[role].colour,
        "start": pair.place(0.0),
        "end": pair.place(value),
        "track_from": low,
        "track_to": high if high > low else TRACK,
        "top": top,
        "bottom": top + BAR,
        "middle": top + BAR / 2,
    }
