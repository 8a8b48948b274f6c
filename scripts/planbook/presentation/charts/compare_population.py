"""Charts across municipalities: small multiples of population, ambition, pace, three broad ages."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from planbook.presentation.charts.lines import break_lines
from planbook.presentation.theme import MUTED_COLOUR, ROLES, role_scales, text_on
from planbook.vocabulary.catalogue import text

#: Pixels of one panel and index points between two lines of its grid.
PANEL_HEIGHT = 185
GRID_STEP = 50
#: Index points above the highest one of all: for the years of the panel above and the name of this one.
HEAD = 66
#: Full-width letters that the label of a row may be wide on a phone.
LABEL_LETTERS = 9
#: Pixels from one line of such a label to the next.
LABEL_LINE = 14


def draw_paths(frame: pd.DataFrame, base_year: int) -> alt.LayerChart:
    """Draw one panel a municipality, one below the other, all on the same scales of years and of index.

    A facet of Vega-Lite has a fixed width and would be cut on a phone. So the panels are bands of one chart, which
    takes the width that it is given; each band repeats the same axis from zero.

    Parameters
    ----------
    frame : columns place (in drawing order), role (key of `ROLES`), series (its label), year (decimal; missing for
        an undated target), index, persons, when, mark (``line``, ``point``, ``level``), label (beside the point).
    base_year : the census year that is 100.
    """
    places = list(dict.fromkeys(frame["place"]))
    top = float(frame["index"].max())
    band = math.ceil(top) + HEAD
    feet = {place: band * (len(places) - 1 - at) for at, place in enumerate(places)}
    frame = frame.assign(at=frame["place"].map(feet) + frame["index"])
    signs = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales(list(signs["role"]), list(signs["series"]))
    x = alt.X("year:Q", axis=None, scale=alt.Scale(nice=False, zero=False, padding=22))
    y = alt.Y(
        "at:Q",
        title=text("指数（{year}年＝100）", year=base_year),
        scale=alt.Scale(domain=[-24, band * len(places) - HEAD / 4], nice=False),
        axis=alt.Axis(
            values=[foot + step for foot in feet.values() for step in range(0, int(top) + 1, GRID_STEP)],
            labelExpr=f"format(datum.value % {band}, 'd')",
            labelOverlap=False,
        ),
    )
    colour = alt.Color("series:N", title=None, scale=scales.colour)
    base = alt.Chart(frame)
    lines = (
        base.transform_filter("datum.mark == 'line'")
        .mark_line()
        .encode(
            x, y, colour, detail="place:N",
            strokeDash=alt.StrokeDash(
                "series:N", title=None, scale=scales.dash, legend=alt.Legend(symbolDash=[1, 0])
            ),
        )
    )  # fmt: skip
    points = (
        base.transform_filter("datum.mark != 'level'")
        .transform_calculate(size="datum.mark == 'point' ? 200 : 26")
        .mark_point(filled=True)
        .encode(
            x, y, colour,
            shape=alt.Shape("series:N", title=None, scale=scales.shape),
            size=alt.Size("size:Q", scale=None, legend=None),
            tooltip=[
                alt.Tooltip("place:N", title=text("市区町村")),
                alt.Tooltip("series:N", title=text("系列")),
                alt.Tooltip("when:N", title=text("時点")),
                alt.Tooltip("persons:Q", title=text("人口（人）"), format=","),
                alt.Tooltip("index:Q", title=text("指数"), format=".1f"),
            ],
        )
    )  # fmt: skip
    layers = [*_panel_frames(frame, feet, band, (x, y)), lines, points]
    ends = frame[(frame["mark"] == "line") & (frame["label"] != "")]
    for rows, dy in ((frame[frame["mark"] == "point"], -16), (ends, 14)):
        if not rows.empty:
            layers.append(alt.Chart(rows).mark_text(dy=dy, fontSize=11).encode(x, y, text="label:N"))
    levels = frame[frame["mark"] == "level"]
    if not levels.empty:
        sign = ROLES["target"]
        level = alt.Chart(levels)
        layers.append(
            level.mark_rule(strokeWidth=2, color=sign.colour, strokeDash=list(sign.dash)).encode(y=y)
        )
        layers.append(
            level.mark_text(align="left", dx=4, dy=9, fontSize=11).encode(x=alt.value(0), y=y, text="label:N")
        )
    return alt.layer(*layers).properties(height=PANEL_HEIGHT * len(places))


def _panel_frames(
    frame: pd.DataFrame, feet: dict[str, int], band: int, axes: tuple[alt.X, alt.Y]
) -> list[alt.Chart]:
    """Return the name above each panel and the years below it."""
    x, y = axes
    names = pd.DataFrame([{"at": foot + band - HEAD / 2, "name": place} for place, foot in feet.items()])
    first, last = int(frame["year"].min()), int(frame["year"].max())
    years = [year for year in range(first, last + 1) if year % 10 == 0]
    marks = pd.DataFrame(
        [{"at": foot, "year": year + 0.75, "words": str(year)} for foot in feet.values() for year in years]
    )
    return [
        alt.Chart(names)
        .mark_text(align="left", baseline="middle", fontWeight="bold", fontSize=13)
        .encode(x=alt.value(0), y=y, text="name:N"),
        alt.Chart(marks)
        .mark_text(baseline="top", dy=5, fontSize=11, color=MUTED_COLOUR)
        .encode(x, y, text="words:N"),
    ]


def _rows(frame: pd.DataFrame) -> tuple[pd.DataFrame, alt.Y]:
    """Break the labels of the rows into lines and return the axis that keeps their order."""
    frame = frame.assign(
        lines=frame["row"].map(
            lambda words: "\n".join(
                line for part in words.split() for line in break_lines(part, LABEL_LETTERS)
            )
        )
    )
    # Vega sets the first line of a label beside the mark, not its middle.
    fewest = min(words.count("\n") for words in frame["lines"])
    axis = alt.Axis(
        labelLimit=150,
        labelExpr="split(datum.label, '\\n')",
        labelOffset=-fewest * LABEL_LINE / 2,
        domain=False,
        ticks=False,
    )
    return frame, alt.Y("lines:N", sort=list(dict.fromkeys(frame["lines"])), title=None, axis=axis)


def draw_ambition(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw how far each target lies from the projection of its year, which stands at zero.

    Parameters
    ----------
    frame : columns row (label, in drawing order), role and series (sign and label of the projection), gap_pct,
        label, persons (words for the tooltip).
    """
    frame, y = _rows(frame)
    target = ROLES["target"]
    signs = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales([*signs["role"], "target"], [*signs["series"], target.label])
    x = alt.X(
        "gap_pct:Q",
        title=text("推計との差（%）"),
        axis=alt.Axis(format="+,.6~f", tickCount=5),
        scale=alt.Scale(zero=True, padding=46),
    )
    colour = alt.Color("series:N", title=None, scale=scales.colour)
    shape = alt.Shape("series:N", title=None, scale=scales.shape)
    tooltip = [alt.Tooltip("row:N", title=text("目標")), alt.Tooltip("persons:N", title=text("推計との差"))]
    frame = frame.assign(start=0.0)
    aims = alt.Chart(frame.assign(series=target.label))
    stems = aims.mark_rule(strokeWidth=3, color=target.colour).encode(x="start:Q", x2="gap_pct:Q", y=y)
    projected = alt.Chart(frame).mark_point(filled=True, size=110)
    stars = aims.mark_point(filled=True, size=200)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule().encode(x="zero:Q")
    return alt.layer(
        zero,
        stems,
        projected.encode(alt.X("start:Q"), y, colour, shape=shape, tooltip=tooltip),
        stars.encode(x, y, colour, shape=shape, tooltip=tooltip),
        *_side_labels(frame, y, "gap_pct", x),
    ).properties(height=58 * frame["lines"].nunique())


def _side_labels(frame: pd.DataFrame, y: alt.Y, field: str, x: alt.X) -> list[alt.Chart]:
    """Write each value beyond its mark; a layer without rows has no extent, and Vega warns of it."""
    layers = []
    for rows, align, dx in (
        (frame[frame[field] < 0], "right", -12),
        (frame[frame[field] >= 0], "left", 12),
    ):
        if not rows.empty:
            layers.append(alt.Chart(rows).mark_text(align=align, dx=dx).encode(x, y, text="label:N"))
    return layers


def draw_pace(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw what each target takes a year beside what was, both in per cent of the newest census.

    Parameters
    ----------
    frame : columns row (label, in drawing order), role (``observed`` or ``pace``), series (its label), share, label.
    """
    frame, y = _rows(frame)
    present = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales(list(present["role"]), list(present["series"]))
    x = alt.X(
        "share:Q",
        title=text("1年あたりの増減（%）"),
        axis=alt.Axis(format="+,.6~f", tickCount=5),
        scale=alt.Scale(zero=True, padding=30),
    )
    tooltip = [
        alt.Tooltip("row:N", title=text("計画")),
        alt.Tooltip("series:N", title=text("内容")),
        alt.Tooltip("label:N", title=text("1年あたり")),
    ]
    base = alt.Chart(frame)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule().encode(x="zero:Q")
    points = base.mark_point(filled=True, size=130).encode(
        x,
        y,
        alt.Color("series:N", title=None, scale=scales.colour),
        shape=alt.Shape("series:N", title=None, scale=scales.shape),
        tooltip=tooltip,
    )
    labels = [
        alt.Chart(rows).mark_text(dy=dy, fontSize=11).encode(x, y, text="label:N")
        for rows, dy in (
            (frame[frame["role"] == "pace"], -15),
            (frame[frame["role"] != "pace"], 17),
        )
        if not rows.empty
    ]
    return alt.layer(zero, points, *labels).properties(height=62 * frame["lines"].nunique())


def draw_structure(frame: pd.DataFrame, names: Sequence[str]) -> alt.LayerChart:
    """Draw the shares of three broad ages as bars of one length, a bar a municipality and year.

    Parameters
    ----------
    frame : columns row (label, in drawing order), role (of `names`), group (its label), share (per cent), short
        (the share in words).
    names : roles from left to right.
    """
    frame, y = _rows(frame)
    frame = frame.assign(order=frame["role"].map({name: at for at, name in enumerate(names)}))
    scales = role_scales(list(names))
    base = alt.Chart(frame).encode(
        y=y,
        order=alt.Order("order:Q"),
        tooltip=[
            alt.Tooltip("row:N", title=text("市区町村")),
            alt.Tooltip("group:N", title=text("年齢")),
            alt.Tooltip("share:Q", title=text("割合（%）"), format=".1f"),
        ],
    )
    x = {
        "title": text("割合（%）"),
        "stack": "zero",
        "scale": alt.Scale(domain=[0, 100]),
        "axis": alt.Axis(tickCount=5),
    }
    bars = base.mark_bar(height=24, stroke="white", strokeWidth=1).encode(
        x=alt.X("share:Q", **x),
        color=alt.Color("group:N", title=None, scale=scales.colour, sort=list(scales.colour.domain)),
    )
    white = [name for name in names if text_on(ROLES[name].colour) == "#ffffff"]
    ink = alt.condition(alt.FieldOneOfPredicate("role", white), alt.value("#ffffff"), alt.value("#000000"))
    labels = base.mark_text(fontWeight="bold", fontSize=11).encode(
        x=alt.X("share:Q", bandPosition=0.5, **x), text="short:N", color=ink
    )
    return alt.layer(bars, labels).properties(height=42 * frame["lines"].nunique())
