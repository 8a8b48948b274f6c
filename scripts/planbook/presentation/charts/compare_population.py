"""Charts across municipalities: small multiples of population, ambition, pace, three broad ages."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from planbook.presentation.charts.chosen_rows import follow_rows, span
from planbook.presentation.charts.lines import break_lines
from planbook.presentation.theme import MUTED_COLOUR, ROLES, RoleScales, role_scales, text_on
from planbook.vocabulary.catalogue import text

#: Pixels of one panel and index points between two lines of its grid.
PANEL_HEIGHT = 185
GRID_STEP = 50
#: Index points above the highest one of all: for the years of the panel above and the name of this one.
HEAD = 66
#: Those of them that the years take; below the last panel, too, so that all panels are of one height.
FOOT = 24
#: The parameter of the chart with the number of its panels.
PANELS = "panels"
#: Full-width letters that the label of a row may be wide on a phone.
LABEL_LETTERS = 9
#: Pixels from one line of such a label to the next.
LABEL_LINE = 14


def draw_paths(frame: pd.DataFrame, base_year: int) -> alt.LayerChart:
    """Draw one panel a municipality, one below the other, all on the same scales of years and of index.

    A facet of Vega-Lite has a fixed width and would be cut on a phone. So the panels are bands of one chart, which
    takes the width that it is given; each band repeats the same axis from zero. Which band is whose follows from the
    rows that are there when the chart is drawn, so that none stays empty when readers choose plans.

    Parameters
    ----------
    frame : columns place (in drawing order), role (key of `ROLES`), series (its label), year (decimal; missing for
        an undated target), index, persons, when, mark (``line``, ``point``, ``level``), label (beside the point),
        plan_ids.
    base_year : the census year that is 100.
    """
    places = list(dict.fromkeys(frame["place"]))
    top = float(frame["index"].max())
    band = math.ceil(top) + HEAD
    signs = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales(list(signs["role"]), list(signs["series"]))
    x = alt.X("year:Q", axis=None, scale=alt.Scale(domain=span(frame["year"]), nice=False, padding=22))
    y = alt.Y(
        "at:Q",
        title=text("指数（{year}年＝100）", year=base_year),
        scale=alt.Scale(domain=[-FOOT, alt.expr(f"{band} * {PANELS} - {FOOT}")], nice=False),
        axis=alt.Axis(
            values=[
                band * n + step for n in range(len(places)) for step in range(0, int(top) + 1, GRID_STEP)
            ],
            labelExpr=f"format(datum.value % {band}, 'd')",
            labelOverlap=False,
        ),
    )
    frame = pd.concat([frame, _panel_words(frame, band)], ignore_index=True)
    frame = frame.assign(order=frame["place"].map({place: at for at, place in enumerate(places)}))
    layers = alt.layer(
        *_panel_frames((x, y)), *_path_marks((x, y), scales), *_path_labels((x, y)), data=frame
    ).transform_window(
        [alt.WindowFieldDef(op="dense_rank", field="order", **{"as": "panel"})],
        sort=[alt.SortField("order", order="descending")],
    )  # fmt: skip
    layers = layers.transform_calculate(at=f"(datum.panel - 1) * {band} + datum.index")
    return follow_rows(layers, "place", len(places), PANEL_HEIGHT, count=PANELS)


def _panel_words(frame: pd.DataFrame, band: int) -> pd.DataFrame:
    """Return the rows that write the name above each panel and the years below it."""
    first, last = int(frame["year"].min()), int(frame["year"].max())
    years = [year for year in range(first, last + 1) if year % 10 == 0]
    rows = []
    for place, ids in frame.groupby("place", sort=False)["plan_ids"]:
        panel = {"place": place, "plan_ids": " ".join(dict.fromkeys(" ".join(ids).split()))}
        rows.append({**panel, "mark": "name", "index": band - HEAD / 2, "label": place})
        rows += [
            {**panel, "mark": "year", "index": 0, "year": year + 0.75, "label": str(year)} for year in years
        ]
    return pd.DataFrame(rows)


def _marked(test: str) -> alt.Chart:
    return alt.Chart().transform_filter(test)


def _panel_frames(axes: tuple[alt.X, alt.Y]) -> list[alt.Chart]:
    """Return the name above each panel and the years below it."""
    x, y = axes
    names = _marked("datum.mark == 'name'").mark_text(
        align="left", baseline="middle", fontWeight="bold", fontSize=13
    )
    years = _marked("datum.mark == 'year'").mark_text(baseline="top", dy=5, fontSize=11, color=MUTED_COLOUR)
    return [names.encode(x=alt.value(0), y=y, text="label:N"), years.encode(x, y, text="label:N")]


def _path_marks(axes: tuple[alt.X, alt.Y], scales: RoleScales) -> list[alt.Chart]:
    x, y = axes
    colour = alt.Color("series:N", title=None, scale=scales.colour)
    stroke = alt.StrokeDash("series:N", title=None, scale=scales.dash, legend=alt.Legend(symbolDash=[1, 0]))
    tooltip = [
        alt.Tooltip("place:N", title=text("市区町村")),
        alt.Tooltip("series:N", title=text("系列")),
        alt.Tooltip("when:N", title=text("時点")),
        alt.Tooltip("persons:Q", title=text("人口（人）"), format=","),
        alt.Tooltip("index:Q", title=text("指数"), format=".1f"),
    ]
    lines = _marked("datum.mark == 'line'").mark_line()
    points = (
        _marked("datum.mark == 'line' || datum.mark == 'point'")
        .transform_calculate(size="datum.mark == 'point' ? 200 : 26")
        .mark_point(filled=True)
    )
    return [
        lines.encode(x, y, colour, detail="place:N", strokeDash=stroke),
        points.encode(
            x, y, colour,
            shape=alt.Shape("series:N", title=None, scale=scales.shape),
            size=alt.Size("size:Q", scale=None, legend=None),
            tooltip=tooltip,
        ),
    ]  # fmt: skip


def _path_labels(axes: tuple[alt.X, alt.Y]) -> list[alt.Chart]:
    """Return the figures beside the ends and the targets, and the levels of targets without a year."""
    x, y = axes
    sign = ROLES["target"]
    level = _marked("datum.mark == 'level'")
    targets = _marked("datum.mark == 'point'").mark_text(dy=-16, fontSize=11)
    ends = _marked("datum.mark == 'line' && datum.label").mark_text(dy=14, fontSize=11)
    words = level.mark_text(align="left", dx=4, dy=9, fontSize=11)
    return [
        targets.encode(x, y, text="label:N"),
        ends.encode(x, y, text="label:N"),
        level.mark_rule(strokeWidth=2, color=sign.colour, strokeDash=list(sign.dash)).encode(y=y),
        words.encode(x=alt.value(0), y=y, text="label:N"),
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
        label, persons (words for the tooltip), plan_ids.
    """
    frame, y = _rows(frame)
    target = ROLES["target"]
    signs = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales([*signs["role"], "target"], [*signs["series"], target.label])
    scale = alt.Scale(domain=span(frame["gap_pct"], zero=True), nice=True, padding=46)
    x = alt.X(
        "gap_pct:Q",
        title=text("推計との差（%）"),
        axis=alt.Axis(format="+,.6~f", tickCount=5),
        scale=scale,
    )
    colour = alt.Color("series:N", title=None, scale=scales.colour)
    shape = alt.Shape("series:N", title=None, scale=scales.shape)
    tooltip = [alt.Tooltip("row:N", title=text("目標")), alt.Tooltip("persons:N", title=text("推計との差"))]
    frame = frame.assign(start=0.0)
    aims = alt.Chart(frame.assign(series=target.label))
    at_zero = alt.X("start:Q", scale=scale)
    stems = aims.mark_rule(strokeWidth=3, color=target.colour).encode(at_zero, alt.X2("gap_pct:Q"), y)
    projected = alt.Chart(frame).mark_point(filled=True, size=110)
    stars = aims.mark_point(filled=True, size=200)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule().encode(x="zero:Q")
    layers = alt.layer(
        zero,
        stems,
        projected.encode(at_zero, y, colour, shape=shape, tooltip=tooltip),
        stars.encode(x, y, colour, shape=shape, tooltip=tooltip),
        *_side_labels(frame, y, "gap_pct", x),
    )
    return follow_rows(layers, "lines", frame["lines"].nunique(), 58)


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
    frame : columns row (label, in drawing order), role (``observed`` or ``pace``), series (its label), share, label,
        plan_ids.
    """
    frame, y = _rows(frame)
    present = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales(list(present["role"]), list(present["series"]))
    x = alt.X(
        "share:Q",
        title=text("1年あたりの増減（%）"),
        axis=alt.Axis(format="+,.6~f", tickCount=5),
        scale=alt.Scale(domain=span(frame["share"], zero=True), nice=True, padding=30),
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
    return follow_rows(alt.layer(zero, points, *labels), "lines", frame["lines"].nunique(), 62)


def draw_structure(frame: pd.DataFrame, names: Sequence[str]) -> alt.LayerChart:
    """Draw the shares of three broad ages as bars of one length, a bar a municipality and year.

    Parameters
    ----------
    frame : columns row (label, in drawing order), role (of `names`), group (its label), share (per cent), short
        (the share in words), plan_ids.
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
    return follow_rows(alt.layer(bars, labels), "lines", frame["lines"].nunique(), 42)
