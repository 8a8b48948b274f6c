"""Charts of indicators across plans: how many of each kind a document lists, and planned changes on one scale.

A count is drawn by the area of a circle on one scale for all plans and written below it: a share of a document
that lists a part of its plan would look like a mark for the plan.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from planbook.presentation.charts.chosen_rows import follow_rows, span
from planbook.presentation.charts.lines import break_lines, measure
from planbook.presentation.theme import MUTED_COLOUR, ROLES
from planbook.vocabulary.catalogue import text

#: Pixels of the row of a plan: its name, the circle, the count below it.
ROW_HEIGHT = 78
#: Area of the largest circle in square pixels: nine of them fit side by side on a phone.
LARGEST = 700
#: Pixels that the columns share on a phone, of a letter in the head of one, and from one line there to the next.
NARROWEST = 332
HEAD_LETTER = 11
HEAD_LINE = 13
#: Pixels of the row of one planned change.
CHANGE_HEIGHT = 58
#: Full-width letters that the label of such a row may be wide on a phone, and pixels from line to line.
LABEL_LETTERS = 9
LABEL_LINE = 14


def draw_counts(frame: pd.DataFrame, columns: Sequence[str]) -> alt.LayerChart:
    """Draw one row a plan: a circle a column, its area the count, and the count below it.

    Parameters
    ----------
    frame : columns plan (label, in drawing order), column, count, shown (the count in words), words (for the
        tooltip), plan_ids.
    columns : what is counted, from left to right; a line ends at a blank where it can.
    """
    letters = NARROWEST / len(columns) / HEAD_LETTER
    heads = {name: "\n".join(_head_lines(name, letters)) for name in columns}
    frame = frame.assign(head=frame["column"].map(heads))
    deepest = max(head.count("\n") for head in heads.values()) + 1
    x = alt.X(
        "head:N",
        sort=list(heads.values()),
        title=None,
        scale=alt.Scale(domain=list(heads.values())),
        axis=alt.Axis(
            orient="top",
            labelExpr="split(datum.label, '\\n')",
            labelOverlap=False,
            labelFontSize=11,
            labelLineHeight=HEAD_LINE,
            labelBaseline="top",
            labelPadding=HEAD_LINE * deepest,
            domain=False,
            ticks=False,
        ),
    )
    y = alt.Y("plan:N", sort=list(dict.fromkeys(frame["plan"])), title=None, axis=None)
    most = max(float(frame["count"].max()), 1.0)
    size = alt.Size("count:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[0, LARGEST]))
    tooltip = [alt.Tooltip("plan:N", title=text("計画")), alt.Tooltip("words:N", title=text("数"))]
    base = alt.Chart(frame)
    circles = base.transform_filter("datum.count > 0").mark_point(
        filled=True, shape="circle", color=ROLES["observed"].colour, yOffset=4
    )
    figures = base.mark_text(dy=29, fontSize=12)
    names = alt.Chart(frame.drop_duplicates("plan")[["plan", "plan_ids"]])
    layers = alt.layer(
        names.mark_rule(strokeWidth=1, color=MUTED_COLOUR, yOffset=-ROW_HEIGHT / 2).encode(y=y),
        circles.encode(x, y, size=size, tooltip=tooltip),
        figures.encode(x, y, text="shown:N"),
        names.mark_text(align="left", dy=-26, fontSize=12, fontWeight="bold").encode(
            x=alt.value(0), y=y, text="plan:N"
        ),
    )
    return follow_rows(layers, "plan", frame["plan"].nunique(), ROW_HEIGHT)


def _head_lines(name: str, letters: float) -> list[str]:
    """Break the head of a column at its blanks, and within a word only where that is too long for a line."""
    lines: list[str] = []
    for word in name.split():
        if lines and measure(f"{lines[-1]} {word}") <= letters:
            lines[-1] += f" {word}"
        else:
            # Lines of one length: a last line of one letter is hard to read.
            even = math.ceil(measure(word) / math.ceil(measure(word) / letters))
            lines += break_lines(word, even)
    return lines


def draw_changes(frame: pd.DataFrame, title: str) -> alt.LayerChart:
    """Draw how far each target lies from its baseline, which stands at zero.

    Parameters
    ----------
    frame : columns row (label, in drawing order), change, label (the change in words), words (for the tooltip),
        plan_ids.
    title : of the axis, with its unit.
    """
    frame = frame.assign(lines=frame["row"].map(_label_lines), start=0.0)
    fewest = min(words.count("\n") for words in frame["lines"])
    y = alt.Y(
        "lines:N",
        sort=list(dict.fromkeys(frame["lines"])),
        title=None,
        axis=alt.Axis(
            labelLimit=150,
            labelExpr="split(datum.label, '\\n')",
            # Vega sets the first line of a label beside the mark, not its middle.
            labelOffset=-fewest * LABEL_LINE / 2,
            domain=False,
            ticks=False,
        ),
    )
    scale = alt.Scale(domain=span(frame["change"], zero=True), nice=True, padding=46)
    x = alt.X("change:Q", title=title, axis=alt.Axis(format="+,.6~f", tickCount=5), scale=scale)
    base, target = ROLES["base"], ROLES["target"]
    rows = alt.Chart(frame)
    at_zero = alt.X("start:Q", scale=scale)
    tooltip = [alt.Tooltip("row:N", title=text("指標")), alt.Tooltip("words:N", title=text("予定する変化"))]
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule().encode(x="zero:Q")
    stems = rows.mark_rule(strokeWidth=3, color=target.colour)
    bases = rows.mark_point(filled=True, size=90, color=base.colour, shape=base.shape)
    stars = rows.mark_point(filled=True, size=200, color=target.colour, shape=target.shape)
    layers = [
        zero,
        stems.encode(at_zero, alt.X2("change:Q"), y),
        bases.encode(at_zero, y, tooltip=tooltip),
        stars.encode(x, y, tooltip=tooltip),
    ]
    for part, align, dx in (
        (frame[frame["change"] < 0], "right", -12),
        (frame[frame["change"] >= 0], "left", 12),
    ):
        # A layer without rows has no extent, and Vega warns of it.
        if not part.empty:
            labels = alt.Chart(part).mark_text(align=align, dx=dx)
            layers.append(labels.encode(x, y, text="label:N"))
    return follow_rows(alt.layer(*layers), "lines", frame["lines"].nunique(), CHANGE_HEIGHT)


def _label_lines(words: str) -> str:
    return "\n".join(line for part in words.split() for line in break_lines(part, LABEL_LETTERS))
