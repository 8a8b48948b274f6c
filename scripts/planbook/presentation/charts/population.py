"""Charts of population: the one chart 実績・推計・目標, ages, pyramid, natural and social change, pace."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from planbook.presentation.charts.lines import break_lines
from planbook.presentation.theme import ROLES, TEXT_COLOUR, role_scales, text_on
from planbook.vocabulary.catalogue import text

#: For the legend that colour, dash and shape share: a dashed outline would make its small marks ragged.
#: (``legend=None`` on one of the three would take the whole legend away.)
ROUND_MARKS = alt.Legend(symbolDash=[1, 0])


def draw_trend(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw observed series and projections as lines, targets as stars, an undated target as a level, crossings.

    Parameters
    ----------
    frame : columns role (key of `ROLES`), series (its label), segment (a line breaks between two), year (decimal, 2020.75 is 1 October 2020; missing
        for an undated target), persons, mark (``line``, ``point``, ``level``, ``crossing`` or ``bridged``), label (text beside a target or a crossing).
    """
    y = alt.Y("persons:Q", title=text("人口（人）"), scale=alt.Scale(zero=True))
    return alt.layer(*trend_layers(frame, y)).properties(height=360)


def trend_layers(frame: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return the layers of `draw_trend` over the axis `y`."""
    signs = frame[["role", "series"]].drop_duplicates("series")
    scales = role_scales(list(signs["role"]), list(signs["series"]))
    x = alt.X(
        "year:Q",
        title=text("年"),
        axis=alt.Axis(format="d", tickMinStep=5, tickCount=8),
        scale=alt.Scale(nice=False, padding=12),
    )
    colour = alt.Color("series:N", title=None, scale=scales.colour)
    dash = alt.StrokeDash("series:N", title=None, scale=scales.dash, legend=ROUND_MARKS)
    shape = alt.Shape("series:N", title=None, scale=scales.shape)
    tooltip = [
        alt.Tooltip("series:N", title=text("系列")),
        alt.Tooltip("when:N", title=text("時点")),
        alt.Tooltip("persons:Q", title=text("人口（人）"), format=","),
    ]
    base = alt.Chart(frame)
    lines = (
        base.transform_filter("datum.mark == 'line'")
        .mark_line()
        .encode(x, y, colour, strokeDash=dash, detail="segment:N")
    )
    size = (
        alt.when("datum.mark == 'point'")
        .then(alt.value(220))
        .when("datum.mark == 'crossing'")
        .then(alt.value(110))
        .when("datum.mark == 'bridged'")
        .then(alt.value(90))
        .otherwise(alt.value(28))
    )
    points = (
        base.transform_filter("datum.mark != 'level'")
        .mark_point(filled=True)
        .encode(x, y, colour, shape=shape, tooltip=tooltip, size=size)
    )
    layers = [lines, points]
    if (frame["mark"] == "level").any():
        level = base.transform_filter("datum.mark == 'level'")
        layers.append(
            level.mark_rule(strokeWidth=2).encode(y=y, color=colour, strokeDash=dash, tooltip=tooltip)
        )
        layers.append(level.mark_text(align="left", dx=6, dy=-8).encode(x=alt.value(0), y=y, text="label:N"))
    if (frame["mark"] == "point").any():
        labels = base.transform_filter("datum.mark == 'point'").mark_text(dy=-18)
        layers.append(labels.encode(x, y, text="label:N"))
    if (frame["mark"] == "crossing").any():
        # Below and to the left of a falling line there is room.
        labels = base.transform_filter("datum.mark == 'crossing'").mark_text(align="right", dx=-4, dy=14)
        layers.append(labels.encode(x, y, text="label:N"))
    return layers


def draw_broad_ages(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw the three broad ages of each census as a stacked bar, shares written inside.

    Parameters
    ----------
    frame : columns year (text), role (young, working, old), group (label), persons, share_label.
    """
    scales = role_scales(["young", "working", "old"])
    order = {"young": 0, "working": 1, "old": 2}
    frame = frame.assign(order=frame["role"].map(order))
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=text("年（国勢調査、10月1日）")),
        y=alt.Y("persons:Q", title=text("人口（人）"), stack="zero"),
        order=alt.Order("order:Q"),
        tooltip=[
            alt.Tooltip("year:O", title=text("年")),
            alt.Tooltip("group:N", title=text("年齢")),
            alt.Tooltip("persons:Q", title=text("人口（人）"), format=","),
            alt.Tooltip("share_label:N", title=text("割合")),
        ],
    )
    bars = base.mark_bar(stroke="white", strokeWidth=1).encode(
        color=alt.Color("group:N", title=None, scale=scales.colour, sort=list(scales.colour.domain))
    )
    white = [name for name in order if text_on(ROLES[name].colour) == "#ffffff"]
    ink = alt.condition(alt.FieldOneOfPredicate("role", white), alt.value("#ffffff"), alt.value("#000000"))
    labels = base.mark_text(fontWeight="bold", fontSize=11).encode(
        y=alt.Y("persons:Q", stack="zero", bandPosition=0.5), text="short_label:N", color=ink
    )
    return alt.layer(bars, labels)


def draw_pyramid(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw the newest census by age and sex as bars, an earlier one as an outline.

    Parameters
    ----------
    frame : columns sex (female, male), group (label of the sex), age (label), age_start, persons,
        signed (negative for males), when (``new`` or ``old``), year.
    """
    scales = role_scales(["male", "female"])
    ages = list(dict.fromkeys(frame.sort_values("age_start", ascending=False)["age"]))
    y = alt.Y("age:O", sort=ages, title=None, axis=alt.Axis(labelOverlap=False))
    limit = float(frame["persons"].max()) * 1.05
    x = alt.X(
        "signed:Q",
        title=text("人口（人）　左：男　右：女"),
        axis=alt.Axis(labelExpr="format(abs(datum.value), ',')", tickCount=5),
        scale=alt.Scale(domain=[-limit, limit], nice=False),
    )
    tooltip = [
        alt.Tooltip("year:O", title=text("年")),
        alt.Tooltip("group:N", title=text("性別")),
        alt.Tooltip("age:O", title=text("年齢")),
        alt.Tooltip("persons:Q", title=text("人口（人）"), format=","),
    ]
    base = alt.Chart(frame)
    bars = (
        base.transform_filter("datum.when == 'new'")
        .mark_bar(opacity=0.85)
        .encode(x, y, color=alt.Color("group:N", title=None, scale=scales.colour), tooltip=tooltip)
    )
    ticks = (
        base.transform_filter("datum.when == 'old'")
        .mark_tick(thickness=3, size=16, color=TEXT_COLOUR)
        .encode(x, y, tooltip=tooltip)
    )
    return alt.layer(bars, ticks).properties(height=420)


def draw_changes(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw natural and social change of each period as bars from zero, their sum as a line.

    Parameters
    ----------
    frame : columns year (int), role (natural, social or total), series (label), persons, period (words).
    """
    scales = role_scales(["natural", "social"])
    base = alt.Chart(frame)
    x = alt.X("year:O", title=text("年"), axis=alt.Axis(labelOverlap="greedy"))
    tooltip = [
        alt.Tooltip("period:N", title=text("期間")),
        alt.Tooltip("series:N", title=text("項目")),
        alt.Tooltip("persons:Q", title=text("人"), format="+,.6~f"),
    ]
    bars = (
        base.transform_filter("datum.role != 'total'")
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x,
            alt.Y("persons:Q", title=text("増減（人）"), stack="zero"),
            color=alt.Color("series:N", title=None, scale=scales.colour),
            tooltip=tooltip,
        )
    )
    total = base.transform_filter("datum.role == 'total'")
    line = total.mark_line(color=TEXT_COLOUR, strokeWidth=1.5).encode(x, alt.Y("persons:Q"))
    dots = total.mark_point(color=TEXT_COLOUR, filled=True, size=26).encode(
        x, alt.Y("persons:Q"), tooltip=tooltip
    )
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule().encode(y="zero:Q")
    return alt.layer(bars, line, dots, zero)


def draw_flows(frame: pd.DataFrame, roles: Sequence[str]) -> alt.LayerChart:
    """Draw two opposite flows (births and deaths, moves in and out) as two lines from zero.

    Parameters
    ----------
    frame : columns year, series (label), persons, period.
    roles : the signs of the two series, keys of `ROLES`, in the order of their first appearance.
    """
    labels = list(dict.fromkeys(frame["series"]))
    signs = [ROLES[name] for name in roles]
    colour = alt.Scale(domain=labels, range=[sign.colour for sign in signs])
    dash = alt.Scale(domain=labels, range=[list(sign.dash) or [1, 0] for sign in signs])
    shape = alt.Scale(domain=labels, range=[sign.shape for sign in signs])
    base = alt.Chart(frame).encode(
        x=alt.X(
            "year:Q", title=text("年"), axis=alt.Axis(format="d"), scale=alt.Scale(nice=False, padding=12)
        ),
        y=alt.Y("persons:Q", title=text("人"), scale=alt.Scale(zero=True)),
        color=alt.Color("series:N", title=None, scale=colour),
    )
    lines = base.mark_line().encode(
        strokeDash=alt.StrokeDash("series:N", title=None, scale=dash, legend=ROUND_MARKS)
    )
    points = base.mark_point(filled=True, size=36).encode(
        shape=alt.Shape("series:N", title=None, scale=shape),
        tooltip=[
            alt.Tooltip("period:N", title=text("期間")),
            alt.Tooltip("series:N", title=text("項目")),
            alt.Tooltip("persons:Q", title=text("人"), format=","),
        ],
    )
    return alt.layer(lines, points).properties(height=260)


def draw_pace(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw yearly changes side by side: what was, what is projected, what the targets take.

    Parameters
    ----------
    frame : columns name (row label, in drawing order), role, series (label of the role), persons_per_year, label.
    """
    roles = list(dict.fromkeys(frame["role"]))
    scales = role_scales(roles)
    frame = frame.assign(lines=frame["name"].map(lambda name: "\n".join(break_lines(name, 11))))
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "lines:N",
            sort=list(frame["lines"]),
            title=None,
            axis=alt.Axis(labelLimit=190, labelExpr="split(datum.label, '\\n')"),
        )
    )
    bars = base.mark_bar(height=18).encode(
        x=alt.X(
            "persons_per_year:Q",
            title=text("1年あたりの増減（人）"),
            axis=alt.Axis(format="+,.6~f", tickCount=5),
            scale=alt.Scale(padding=46),
        ),
        color=alt.Color("series:N", title=None, scale=scales.colour),
        tooltip=[alt.Tooltip("name:N", title=text("内容")), alt.Tooltip("label:N", title=text("1年あたり"))],
    )
    # A layer without rows has no extent, and Vega warns of it.
    sides = []
    if (frame["persons_per_year"] < 0).any():
        sides.append(base.transform_filter("datum.persons_per_year < 0").mark_text(align="right", dx=-5))
    if (frame["persons_per_year"] >= 0).any():
        sides.append(base.transform_filter("datum.persons_per_year >= 0").mark_text(align="left", dx=5))
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule().encode(x="zero:Q")
    texts = [layer.encode(x="persons_per_year:Q", text="label:N") for layer in sides]
    return alt.layer(bars, *texts, zero).properties(height=46 * len(frame) + 20)
