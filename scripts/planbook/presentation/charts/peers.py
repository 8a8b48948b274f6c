"""The chart of municipalities among their peers: where the peers lie, and where each stands itself."""

from __future__ import annotations

import altair as alt
import pandas as pd

from planbook.presentation.charts.chosen_rows import follow_rows, span
from planbook.presentation.theme import ROLES, TEXT_COLOUR, role_scales
from planbook.vocabulary.catalogue import text

#: Pixels of a row: its name, the own value, the box, the ends of the box.
ROW_HEIGHT = 96
_BOX_HEIGHT = 22
#: Pixels that a value beside the end of a range takes.
_ROOM = 52
_OPACITY = 0.25
#: Shares of the scale that a mark inside an end of the range, and a mark with its value outside it, may take on a phone.
_INSIDE, _OUTSIDE = 0.04, 0.25


def draw_peers(frame: pd.DataFrame, own: str, title: str) -> alt.LayerChart:
    """Draw range, middle half and median of the peers, and the municipality's own mark, a row a municipality.

    The name stands above its row and not beside it, so that a phone has its whole width for the values.

    Parameters
    ----------
    frame : columns row (name, in drawing order), series (label of the own mark), least, low, middle, high, most
        (per cent; missing where there is no spread), own (missing where there is no figure), least_label, low_label,
        high_label, most_label, own_label, words (for the tooltip), plan_ids.
    own : key of `ROLES` for the own mark.
    title : of the axis.
    """
    names = ["peer_range", "peer_half", own]
    series = frame["series"].iloc[0]
    scales = role_scales(names, [ROLES["peer_range"].label, ROLES["peer_half"].label, series])
    domain = span(frame["least"], frame["most"], frame["own"], zero=True)
    x = {
        "title": title,
        "axis": alt.Axis(format="+,.6~f", tickCount=5),
        "scale": alt.Scale(domain=domain, nice=False, padding=_ROOM),
    }
    y = alt.Y("row:N", sort=list(dict.fromkeys(frame["row"])), axis=None)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(opacity=0.5).encode(x=alt.X("zero:Q", **x))
    name = alt.Chart(frame).mark_text(align="left", dy=-36, fontSize=13, fontWeight="bold")
    layers = [zero, name.encode(x=alt.value(0), y=y, text="row:N")]
    with_spread, with_own = frame[frame["least"].notna()], frame[frame["own"].notna()]
    if not with_spread.empty:
        layers += [*_spread(with_spread, x, y), *_end_labels(with_spread, x, y)]
    if not with_own.empty:
        layers += _own_marks(with_own, x, y, scales)
    return follow_rows(alt.layer(*layers), "row", frame["row"].nunique(), ROW_HEIGHT)


def _spread(frame: pd.DataFrame, x: dict, y: alt.Y) -> list[alt.Chart]:
    whole, half = ROLES["peer_range"], ROLES["peer_half"]
    base = alt.Chart(frame).encode(y=y)
    line = base.mark_rule(color=whole.colour, strokeWidth=2, strokeDash=list(whole.dash), tooltip=False)
    end = base.mark_tick(color=whole.colour, thickness=2, size=_BOX_HEIGHT / 2, tooltip=False)
    box = base.mark_bar(
        height=_BOX_HEIGHT, color=half.colour, fillOpacity=_OPACITY, stroke=half.colour, strokeWidth=1.5
    )
    median = base.mark_tick(color=TEXT_COLOUR, thickness=2, size=_BOX_HEIGHT, tooltip=False)
    return [
        line.encode(alt.X("least:Q", **x), alt.X2("most:Q")),
        end.encode(alt.X("least:Q", **x)),
        end.encode(alt.X("most:Q", **x)),
        box.encode(alt.X("low:Q", **x), alt.X2("high:Q"), tooltip=_tooltip()),
        median.encode(alt.X("middle:Q", **x)),
        base.mark_text(align="right", dy=21, fontSize=11).encode(alt.X("low:Q", **x), text="low_label:N"),
        base.mark_text(align="left", dy=21, fontSize=11).encode(alt.X("high:Q", **x), text="high_label:N"),
    ]


def _end_labels(frame: pd.DataFrame, x: dict, y: alt.Y) -> list[alt.Chart]:
    """Write the ends of the range beside them, or below everything else where the own mark takes that place."""
    first, last = x["scale"].domain
    layers = []
    for end, outwards, align in (("least", -1, "right"), ("most", 1, "left")):
        beyond = (frame["own"] - frame[end]) * outwards / (last - first or 1)
        taken = beyond.between(-_INSIDE, _OUTSIDE)
        for rows, place in (
            (frame[~taken], {"align": align, "dx": 6 * outwards}),
            (frame[taken], {"align": "center", "dy": 35}),
        ):
            if not rows.empty:
                label = alt.Chart(rows).mark_text(fontSize=11, **place)
                layers.append(label.encode(alt.X(f"{end}:Q", **x), y, text=f"{end}_label:N"))
    return layers


def _own_marks(frame: pd.DataFrame, x: dict, y: alt.Y, scales) -> list[alt.Chart]:
    base = alt.Chart(frame).encode(alt.X("own:Q", **x), y)
    points = base.mark_point(filled=True, size=150).encode(
        alt.Color("series:N", title=None, scale=scales.colour),
        shape=alt.Shape("series:N", title=None, scale=scales.shape),
        tooltip=_tooltip(),
    )
    return [points, base.mark_text(dy=-19, fontWeight="bold").encode(text="own_label:N")]


def _tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip("row:N", title=text("市区町村")), alt.Tooltip("words:N", title=text("増減"))]
