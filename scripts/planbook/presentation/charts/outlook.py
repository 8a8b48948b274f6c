"""Charts of what would have to be true: readings of a plan's assumptions, and the frontier of births and migration."""

from __future__ import annotations

import altair as alt
import pandas as pd

from planbook.presentation.charts.lines import break_lines
from planbook.presentation.charts.population import ROUND_MARKS
from planbook.presentation.theme import MUTED_COLOUR, ROLES, role_scales
from planbook.vocabulary.catalogue import text


def draw_readings(frame: pd.DataFrame, target: float, target_label: str) -> alt.LayerChart:
    """Draw one tick a reading, a row for each world, the target as a line through all rows.

    Parameters
    ----------
    frame : columns world (label, in drawing order), kind (``reading`` or ``pattern``), series (label of the kind),
        persons, words (the reading in words).
    target : persons.
    target_label : stands at the line.
    """
    frame = frame.assign(lines=frame["world"].map(lambda words: "\n".join(break_lines(words, 11))))
    order = list(dict.fromkeys(frame["lines"]))
    series = list(dict.fromkeys(frame["series"]))
    kinds = dict(zip(frame["series"], frame["kind"], strict=True))
    roles = {"reading": "stated", "pattern": "base"}
    scales = role_scales([roles[kinds[name]] for name in series], series)
    y = alt.Y(
        "lines:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=190),
    )
    x = alt.X(
        "persons:Q",
        title=text("人口（人）"),
        axis=alt.Axis(tickCount=4),
        scale=alt.Scale(zero=False, nice=True, padding=24),
    )
    base = alt.Chart(frame).encode(
        # No legend: beside the long row labels it has no room on a phone; the caption names both marks.
        color=alt.Color("series:N", scale=scales.colour, legend=None),
        tooltip=[
            alt.Tooltip("world:N", title=text("前提")),
            alt.Tooltip("words:N", title=text("読み方")),
            alt.Tooltip("persons:Q", title=text("人口（人）"), format=",.0f"),
        ],
    )
    ticks = (
        base.transform_filter("datum.kind == 'reading'")
        .mark_tick(thickness=2, size=26, opacity=0.65)
        .encode(x, y)
    )
    points = (
        base.transform_filter("datum.kind == 'pattern'")
        .mark_point(filled=True, size=110, shape=ROLES["base"].shape)
        .encode(x, y)
    )
    aim = alt.Chart(pd.DataFrame({"persons": [target], "label": [target_label]}))
    sign = ROLES["target"]
    line = aim.mark_rule(color=sign.colour, strokeWidth=2, strokeDash=list(sign.dash)).encode(x="persons:Q")
    label = aim.mark_text(color=sign.colour, dy=-8, fontWeight="bold").encode(
        x="persons:Q", y=alt.value(0), text="label:N"
    )
    return alt.layer(ticks, points, line, label).properties(height=64 * len(order))


#: Where a label may stand beside its point, in this order of preference.
SIDES = {
    "right": {"align": "left", "dx": 8},
    "left": {"align": "right", "dx": -8},
    "above": {"align": "center", "dy": -11},
    "below": {"align": "center", "dy": 12},
}


def draw_frontier(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw which births and migration reach a target, beside what has been and what is projected.

    Parameters
    ----------
    frame : columns kind (``frontier``, ``seen``, ``disturbed`` or ``usual``), series (label), role (key of `ROLES`),
        segment (one line each), fertility (TFR換算値), migrants (persons a year), label (beside a point), words.
    """
    signs = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales(list(signs["role"]), list(signs["series"]))
    frame = frame.assign(side=place_labels(frame))
    x = alt.X(
        "fertility:Q",
        title=text("合計特殊出生率（TFR換算値）"),
        scale=alt.Scale(zero=False, nice=False, padding=16),
        axis=alt.Axis(format=".1f", tickCount=6),
    )
    y = alt.Y(
        "migrants:Q",
        title=text("純移動（転入超過。人/年）"),
        axis=alt.Axis(format="+,.6~f", labelExpr="datum.value == 0 ? '0' : datum.label"),
        scale=alt.Scale(zero=True, padding=16),
    )
    colour = alt.Color("series:N", title=None, scale=scales.colour)
    shape = alt.Shape("series:N", title=None, scale=scales.shape)
    dash = alt.StrokeDash("series:N", title=None, scale=scales.dash, legend=ROUND_MARKS)
    tooltip = [
        alt.Tooltip("series:N", title=text("内容")),
        alt.Tooltip("words:N", title=text("期間")),
        alt.Tooltip("fertility:Q", title=text("TFR換算値"), format=".2f"),
        alt.Tooltip("migrants:Q", title=text("純移動（人/年）"), format="+,.0f"),
    ]
    base = alt.Chart(frame)
    zero = (
        alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=MUTED_COLOUR, strokeWidth=1).encode(y="zero:Q")
    )
    layers = [zero]
    if (frame["kind"] == "frontier").any():
        layers.append(
            base.transform_filter("datum.kind == 'frontier'")
            .mark_line(strokeWidth=3)
            .encode(x, y, color=colour, strokeDash=dash, detail="segment:N")
        )
    layers.append(
        base.mark_point(filled=True).encode(
            x, y, color=colour, shape=shape, tooltip=tooltip,
            size=alt.condition("datum.kind == 'frontier'", alt.value(1), alt.value(110)),
        )
    )  # fmt: skip
    for side in dict.fromkeys(name for name in frame["side"] if name):
        labels = base.transform_filter(f"datum.side == '{side}'").mark_text(fontSize=11, **SIDES[side])
        layers.append(labels.encode(x, y, text="label:N"))
    return alt.layer(*layers).properties(height=380)


def place_labels(frame: pd.DataFrame, width: float = 290, height: float = 380) -> list[str]:
    """Choose a side for each label so that none covers another label or a point; "" where there is no room.

    Parameters
    ----------
    frame : columns fertility, migrants, label.
    width, height : of the plot on a phone, in pixels: what fits there fits everywhere.

    Notes
    -----
    A label without room is left away: the table under the chart and the tooltip hold what it said.
    """
    xs, ys = (
        (frame[name] - frame[name].min()) / max(float(frame[name].max() - frame[name].min()), 1e-9) * size
        for name, size in (("fertility", width), ("migrants", height))
    )
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in zip(xs, ys, strict=True)]
    sides = []
    for x, y, label in zip(xs, ys, frame["label"], strict=True):
        long = 6.2 * len(label) + sum(6 for letter in label if ord(letter) > 0x2E80)
        boxes = {
            "right": (x + 7, y - 6, x + 9 + long, y + 6),
            "left": (x - 9 - long, y - 6, x - 7, y + 6),
            "above": (x - long / 2, y + 7, x + long / 2, y + 19),
            "below": (x - long / 2, y - 19, x + long / 2, y - 7),
        }
        free = [
            side
            for side, box in boxes.items()
            if label
            and box[0] >= -30
            and box[2] <= width + 16
            and not any(_overlap(box, other) for other in taken)
        ]
        sides.append(free[0] if free else "")
        if free:
            taken.append(boxes[free[0]])
    return sides


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
