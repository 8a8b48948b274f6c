"""Charts across plans: the timeline of periods, and population paths on one index."""

from __future__ import annotations

import altair as alt
import pandas as pd

from planbook.presentation.charts.chosen_rows import follow_rows, span
from planbook.presentation.charts.lines import break_lines
from planbook.presentation.theme import ROLES
from planbook.vocabulary.catalogue import text

#: Signs for municipalities, in the order in which they appear; none of them means better or worse.
PLACE_SIGNS = ("observed", "old", "natural", "target", "young", "stated", "ipss_2018", "base")


def draw_timeline(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw each plan's period as a bar and its dated population targets as stars.

    Parameters
    ----------
    frame : columns plan (label), kind (``period`` or ``target``), start, end (decimal years), words, plan_ids.
    """
    # A short title is «place, plan»: the break between them reads best.
    frame = frame.assign(
        lines=frame["plan"].map(
            lambda words: "\n".join(line for part in words.split() for line in break_lines(part, 9))
        )
    )
    order = list(dict.fromkeys(frame["lines"]))
    base = alt.Chart(frame)
    y = alt.Y(
        "lines:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=140),
    )
    x = alt.X(
        "start:Q",
        title=text("年"),
        axis=alt.Axis(format="d", tickMinStep=5),
        scale=alt.Scale(domain=span(frame["start"], frame["end"]), nice=False, padding=24),
    )
    tooltip = [alt.Tooltip("plan:N", title=text("計画")), alt.Tooltip("words:N", title=text("内容"))]
    bars = (
        base.transform_filter("datum.kind == 'period'")
        .mark_bar(height=18, color=ROLES["observed"].colour)
        .encode(x, y, x2="end:Q", tooltip=tooltip)
    )
    stars = (
        base.transform_filter("datum.kind == 'target'")
        .mark_point(filled=True, size=180, shape=ROLES["target"].shape, color=ROLES["target"].colour)
        .encode(x, y, tooltip=tooltip)
    )
    words = (
        base.transform_filter("datum.kind == 'target'")
        .mark_text(dy=-16, fontSize=11)
        .encode(x, y, text="short:N")
    )
    return follow_rows(alt.layer(bars, stars, words), "lines", len(order), 58)


def draw_index(frame: pd.DataFrame, base_year: int) -> alt.LayerChart:
    """Draw population indices of several municipalities: census solid, projection dashed.

    Parameters
    ----------
    frame : columns place, kind (``observed`` or ``projected``), year (decimal), index, persons, when, plan_ids.
    base_year : the census year that is 100.
    """
    places = list(dict.fromkeys(frame["place"]))
    signs = [ROLES[PLACE_SIGNS[n % len(PLACE_SIGNS)]] for n in range(len(places))]
    colour = alt.Color(
        "place:N", title=None, scale=alt.Scale(domain=places, range=[sign.colour for sign in signs])
    )
    shape = alt.Shape(
        "place:N", title=None, scale=alt.Scale(domain=places, range=[sign.shape for sign in signs])
    )
    x = alt.X(
        "year:Q",
        title=text("年"),
        axis=alt.Axis(format="d", tickMinStep=5),
        scale=alt.Scale(domain=span(frame["year"]), nice=False, padding=12),
    )
    y = alt.Y(
        "index:Q",
        title=text("指数（{year}年＝100）", year=base_year),
        scale=alt.Scale(domain=span(frame["index"], zero=True), nice=True),
    )
    base = alt.Chart(frame)
    observed = base.transform_filter("datum.kind == 'observed'").mark_line().encode(x, y, colour)
    projected = (
        base.transform_filter("datum.kind == 'projected'").mark_line(strokeDash=[6, 3]).encode(x, y, colour)
    )
    points = base.mark_point(filled=True, size=44).encode(
        x, y, colour, shape=shape,
        tooltip=[
            alt.Tooltip("place:N", title=text("市区町村")),
            alt.Tooltip("when:N", title=text("時点")),
            alt.Tooltip("persons:Q", title=text("人口（人）"), format=","),
            alt.Tooltip("index:Q", title=text("指数"), format=".1f"),
        ],
    )  # fmt: skip
    return alt.layer(observed, projected, points).properties(height=360)
