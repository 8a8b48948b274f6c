"""Charts of the ways of counting side by side, and of projections against what was counted."""

from __future__ import annotations

import altair as alt
import pandas as pd

from planbook.presentation.charts.lines import break_lines
from planbook.presentation.charts.population import trend_layers
from planbook.presentation.theme import role_scales
from planbook.vocabulary.catalogue import text


def draw_concepts(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw the years around the newest census on an axis that does not begin at zero, bridged values with error bars.

    Parameters
    ----------
    frame : as in `draw_trend`, with columns low and high (persons; missing but for the mark ``bridged``).
    """
    title = text("人口（人）　目盛りは0から始まりません")
    y = alt.Y("persons:Q", title=title, scale=alt.Scale(zero=False, padding=14))
    layers = trend_layers(frame, y)
    if (frame["mark"] == "bridged").any():
        signs = frame[["role", "series"]].drop_duplicates("series")
        scales = role_scales(list(signs["role"]), list(signs["series"]))
        bars = (
            alt.Chart(frame)
            .transform_filter("datum.mark == 'bridged'")
            .mark_errorbar(ticks={"size": 7}, thickness=1.5)
            .encode(
                x="year:Q",
                y=alt.Y("low:Q", title=title),
                y2="high:Q",
                color=alt.Color("series:N", title=None, scale=scales.colour),
            )
        )
        layers.insert(1, bars)
    return alt.layer(*layers).properties(height=380)


def draw_vintages(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw by how much each edition missed each census, in per cent of the count: to the right it was too high.

    Parameters
    ----------
    frame : columns name (row label, in drawing order), role, series (label of the role), error_pct, label.
    """
    signs = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales(list(signs["role"]), list(signs["series"]))
    frame = frame.assign(lines=frame["name"].map(lambda name: "\n".join(break_lines(name, 9))))
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "lines:N",
            sort=list(frame["lines"]),
            title=None,
            axis=alt.Axis(labelLimit=190, labelExpr="split(datum.label, '\\n')"),
        )
    )
    # Room for a label on a phone, where half the plot is some eighty pixels wide.
    reach = max(1.0, float(frame["error_pct"].abs().max())) * 2.4
    x = alt.X(
        "error_pct:Q",
        title=text("推計 − 実際（%）"),
        axis=alt.Axis(format="+,.6~f", tickCount=5),
        scale=alt.Scale(domain=[-reach, reach], nice=False),
    )
    stems = base.mark_rule(strokeWidth=2).encode(x=x, x2=alt.datum(0))
    dots = base.mark_point(filled=True, size=110).encode(
        x=x,
        color=alt.Color("series:N", scale=scales.colour, legend=None),  # the rows name the editions
        shape=alt.Shape("series:N", scale=scales.shape, legend=None),
        tooltip=[alt.Tooltip("name:N", title=text("推計")), alt.Tooltip("label:N", title=text("差"))],
    )
    layers = [stems, dots]
    for side, align, dx in ((frame["error_pct"] < 0, "right", -9), (frame["error_pct"] >= 0, "left", 9)):
        if side.any():
            condition = "datum.error_pct < 0" if align == "right" else "datum.error_pct >= 0"
            words = base.transform_filter(condition).mark_text(align=align, dx=dx)
            layers.append(words.encode(x="error_pct:Q", text="label:N"))
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule().encode(x="zero:Q")
    return alt.layer(*layers, zero).properties(height=60 * len(frame) + 20)
