"""Net migration by age: one panel an interval, the panels under each other in one view.

A facet or a concatenation cannot take the width of the page, so the panels share one axis: each has its own zero
line, shifted down by the same span, and the labels of the axis take the shift away again.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from planbook.presentation.charts.population import ROUND_MARKS
from planbook.presentation.theme import GRID_COLOUR, role_scales
from planbook.vocabulary.catalogue import text

PANEL_HEIGHT = 140
#: Of a panel's span, the room above its highest point for the title, and below its lowest one for its label.
HEAD, FOOT = 0.24, 0.22


def draw_net_migration(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw net migration by age at the end of the interval, women and men, one panel an interval.

    Parameters
    ----------
    frame : columns panel (0 for the uppermost), title (of the panel), role (female or male), series (its label),
        age (the lower bound of the group), age_label, persons, label (words beside a point; empty for none).
    """
    low, high = min(0.0, float(frame["persons"].min())), max(0.0, float(frame["persons"].max()))
    reach = max(high - low, 1.0)
    top, span = high + HEAD * reach, (1 + HEAD + FOOT) * reach
    panels = int(frame["panel"].max()) + 1
    frame = frame.assign(y=frame["persons"] - frame["panel"] * span)
    scales = role_scales(list(dict.fromkeys(frame["role"])))
    y = alt.Y(
        "y:Q",
        title=text("純移動（人）"),
        scale=alt.Scale(domain=[top - panels * span, top], nice=False, zero=False),
        axis=alt.Axis(
            values=[tick - panel * span for panel in range(panels) for tick in choose_ticks(low, high)],
            # The tick's own figure; zero has no sign.
            labelExpr=f"replace(format(datum.value + {span!r} * floor(({top!r} - datum.value) / {span!r}), '+,.0f'), /^.0$/, '0')",
            grid=False,
            labelOverlap=False,
        ),
    )
    x = alt.X(
        "age:Q",
        title=text("期間の終わりの年齢（20は20〜24歳）"),
        axis=alt.Axis(values=list(range(10, 100, 10)), format="d"),
        scale=alt.Scale(nice=False, zero=False, padding=10),
    )
    colour = alt.Color("series:N", title=None, scale=scales.colour)
    dash = alt.StrokeDash("series:N", title=None, scale=scales.dash, legend=ROUND_MARKS)
    shape = alt.Shape("series:N", title=None, scale=scales.shape)
    tooltip = [
        alt.Tooltip("title:N", title=text("期間")),
        alt.Tooltip("series:N", title=text("性別")),
        alt.Tooltip("age_label:N", title=text("年齢")),
        alt.Tooltip("persons:Q", title=text("純移動（人）"), format="+,.0f"),
    ]
    base = alt.Chart(frame)
    lines = base.mark_line(strokeWidth=1.8).encode(x, y, colour, strokeDash=dash, detail="panel:N")
    points = base.mark_point(filled=True, size=26).encode(x, y, colour, shape=shape, tooltip=tooltip)
    titles = frame.drop_duplicates("panel")[["panel", "title"]]
    titles = titles.assign(zero=-titles["panel"] * span, y=top - titles["panel"] * span)
    heads = alt.Chart(titles)
    layers = [
        heads.mark_rule(color=GRID_COLOUR).encode(y="y:Q"),
        heads.mark_rule().encode(y="zero:Q"),
        heads.mark_text(align="left", baseline="top", dy=5, fontWeight="bold").encode(
            x=alt.value(4), y="y:Q", text="title:N"
        ),
        lines,
        points,
    ]
    # A label under a point at an old age would run out of the picture to the right.
    for align, dx, ages in (("left", -6, "datum.age < 60"), ("right", 6, "datum.age >= 60")):
        if ((frame["label"] != "") & ((frame["age"] < 60) == (align == "left"))).any():
            labels = base.transform_filter(f"datum.label != '' && {ages}").mark_text(
                align=align, dx=dx, dy=14
            )
            layers.append(labels.encode(x, y, text="label:N"))
    return alt.layer(*layers).properties(height=PANEL_HEIGHT * panels)


def choose_ticks(low: float, high: float) -> list[float]:
    """Return zero and the round figures to either side that a panel has room for.

    Examples
    --------
    >>> choose_ticks(-917, 204), choose_ticks(0, 30)
    ([-500.0, 0.0], [0.0, 20.0])
    """
    reach = max(-low, high, 1.0)
    step = max(unit * 10.0**power for power in range(8) for unit in (1, 2, 5) if unit * 10**power <= reach)
    return [tick for tick in (-step, 0.0, step) if low <= tick <= high or tick == 0]
