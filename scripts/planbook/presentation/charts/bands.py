"""The chart of a line at constant rates: the band of past errors, what was counted, what the plan aims at."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from planbook.presentation.charts.population import ROUND_MARKS
from planbook.presentation.theme import ROLES, role_scales
from planbook.vocabulary.catalogue import text

_SOLID = [1, 0]  # Vega reads it as a line without gaps
_BAND_OPACITY = 0.3


@dataclass(frozen=True)
class BandSeries:
    """The labels of the series of `draw_band`, in legend order; each stands once in the column series.

    Parameters
    ----------
    line, beyond : the line as far as there is a band, and past it.
    band : the area.
    """

    line: str
    beyond: str
    band: str


def draw_band(frame: pd.DataFrame, series: BandSeries) -> alt.LayerChart:
    """Draw the band as an area, the line solid within it and dashed past it, counts as dots, targets as stars.

    Parameters
    ----------
    frame : columns role (key of `ROLES`), series (its label), year (decimal; missing for an undated target), persons,
        low, high (missing outside the band), mark (``line``, ``area``, ``dot``, ``point`` or ``level``), label
        (text beside a target), when.
    series : the labels of line and band.
    """
    signs = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales(list(signs["role"]), list(signs["series"]))
    # The area has no marker of its own in the plot; in the legend a square stands for it.
    dash, shapes = _replace(scales.dash, series.line, _SOLID), _replace(scales.shape, series.band, "square")
    x = alt.X(
        "year:Q",
        title=text("年"),
        axis=alt.Axis(format="d", tickMinStep=5, tickCount=8),
        scale=alt.Scale(nice=False, padding=12),
    )
    y = alt.Y("persons:Q", title=text("人口（人）"), scale=alt.Scale(zero=True))
    colour = alt.Color("series:N", title=None, scale=scales.colour)
    shape = alt.Shape("series:N", title=None, scale=shapes)
    stroke = alt.StrokeDash("series:N", title=None, scale=dash, legend=ROUND_MARKS)
    base = alt.Chart(frame)
    lines = base.transform_filter("datum.mark == 'line'").mark_line().encode(x, y, colour, strokeDash=stroke)
    points = (
        base.transform_filter("datum.mark == 'line' || datum.mark == 'dot' || datum.mark == 'point'")
        .mark_point(filled=True)
        .encode(
            x, y, colour, shape=shape, tooltip=_tooltip(),
            size=alt.condition("datum.mark == 'point'", alt.value(220), alt.value(36)),
        )
    )  # fmt: skip
    return alt.layer(
        *_area(base, x), lines, points, *_targets(base, frame, (x, y, colour, stroke))
    ).properties(height=360)


def _replace(scale: alt.Scale, label: str, sign: object) -> alt.Scale:
    signs = dict(zip(scale.domain, scale.range, strict=True)) | {label: sign}
    return alt.Scale(domain=list(signs), range=list(signs.values()))


def _area(base: alt.Chart, x: alt.X) -> list[alt.Chart]:
    """Return the band and its two edges, which a pale area alone would not show well enough.

    Its colour does not come by the scale: a fill among strokes would take the colours out of the shared legend.
    """
    rows = base.transform_filter("datum.mark == 'area'")
    colour, title = ROLES["band"].colour, text("人口（人）")
    area = rows.mark_area(color=colour, opacity=_BAND_OPACITY, tooltip=False)
    edge = rows.mark_line(color=colour, strokeWidth=1.2, strokeDash=list(ROLES["band"].dash), tooltip=False)
    return [
        area.encode(x, alt.Y("low:Q", title=title), alt.Y2("high:Q")),
        edge.encode(x, alt.Y("low:Q", title=title)),
        edge.encode(x, alt.Y("high:Q", title=title)),
    ]


def _targets(base: alt.Chart, frame: pd.DataFrame, channels: tuple) -> list[alt.Chart]:
    """Return the words beside dated targets and the levels of undated ones; a layer without rows has no extent."""
    x, y, colour, stroke = channels
    layers = []
    if (frame["mark"] == "level").any():
        level = base.transform_filter("datum.mark == 'level'")
        layers.append(level.mark_rule(strokeWidth=2).encode(y=y, color=colour, strokeDash=stroke))
        layers.append(level.mark_text(align="left", dx=6, dy=-8).encode(x=alt.value(0), y=y, text="label:N"))
    if (frame["mark"] == "point").any():
        labels = base.transform_filter("datum.mark == 'point'").mark_text(dy=-18)
        layers.append(labels.encode(x, y, text="label:N"))
    return layers


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("series:N", title=text("系列")),
        alt.Tooltip("when:N", title=text("時点")),
        alt.Tooltip("persons:Q", title=text("人口（人）"), format=",.0f"),
    ]
