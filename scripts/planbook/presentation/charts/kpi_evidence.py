"""The chart of official series beside an indicator, with the indicator's baseline and target as levels."""

from __future__ import annotations

import altair as alt
import pandas as pd

from planbook.presentation.charts.population import ROUND_MARKS
from planbook.presentation.theme import ROLES, role_scales
from planbook.vocabulary.catalogue import text

HEIGHT = 280


def draw_evidence(frame: pd.DataFrame, levels: pd.DataFrame, unit: str) -> alt.LayerChart:
    """Draw the series as lines with dots, and the levels as labelled rules.

    Parameters
    ----------
    frame : columns series, role, year, when, value, words; one row a value.
    levels : columns label, role, value; empty where the series may not be held against the indicator.
    unit : of the values, for the axis.
    """
    signs = frame[["series", "role"]].drop_duplicates("series")
    scales = role_scales(list(signs["role"]), list(signs["series"]))
    x = alt.X(
        "year:Q",
        title=text("年"),
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=8),
        scale=alt.Scale(zero=False, nice=False, padding=24),
    )
    title = text("（{unit}）", unit=unit) if unit else text("値")
    y = alt.Y("value:Q", title=title, scale=alt.Scale(zero=True, padding=14))
    colour = alt.Color("series:N", title=None, scale=scales.colour)
    dash = alt.StrokeDash("series:N", title=None, scale=scales.dash, legend=ROUND_MARKS)
    shape = alt.Shape("series:N", title=None, scale=scales.shape)
    tooltip = [
        alt.Tooltip("series:N", title=text("統計")),
        alt.Tooltip("when:N", title=text("時点")),
        alt.Tooltip("words:N", title=text("値")),
    ]
    base = alt.Chart(frame)
    lines = base.mark_line().encode(x, y, colour, strokeDash=dash)
    points = base.mark_point(filled=True, size=44).encode(x, y, colour, shape=shape, tooltip=tooltip)
    return alt.layer(*_levels(levels, title), lines, points).properties(height=HEIGHT)


def _levels(levels: pd.DataFrame, title: str) -> list[alt.Chart]:
    """Return a rule and its words for each level; the higher one is written above its rule, the other below."""
    layers = []
    highest = levels["value"].max() if len(levels) else None
    for level in levels.to_dict("records"):
        role = ROLES[level["role"]]
        rule = alt.Chart(pd.DataFrame([level]))
        y = alt.Y("value:Q", title=title)
        layers.append(
            rule.mark_rule(
                color=role.colour, strokeDash=list(role.dash) or [1, 0], strokeWidth=2, tooltip=None
            ).encode(y=y)
        )
        dy = -9 if level["value"] == highest else 12
        layers.append(
            rule.mark_text(align="left", dx=6, dy=dy, tooltip=None).encode(
                x=alt.value(0), y=y, text="label:N"
            )
        )
    return layers
