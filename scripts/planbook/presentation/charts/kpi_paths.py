"""One chart an indicator: baseline, target and the straight path between them, and the actuals, in the form of its type.

A quantity of a year is a bar from zero, a running total a stair, a level or a rate a line, something to keep a
line in its tolerance, a direction a line beside the width that counts as unchanged, an act a row of marks.
There is no pie and no gauge: neither shows a path.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import altair as alt
import pandas as pd

from planbook.presentation.charts.population import ROUND_MARKS
from planbook.presentation.theme import MUTED_COLOUR, ROLES, role_scales
from planbook.vocabulary.catalogue import plain, text

HEIGHT = 240
#: Pixels of a bar and its half: the first and the last year need the half on either side.
BAR = 26
SIDE = 46

#: Series of a chart with the sign of each, in legend order.
SERIES = {
    "base": ("base", plain("当初値")),
    "actual": ("observed", plain("実績")),
    "target": ("target", plain("目標値")),
    "path": ("pace", plain("目標までの道のり")),
}


@dataclass(frozen=True)
class Mark:
    """One value in a chart.

    Parameters
    ----------
    series : key of `SERIES`.
    time : fiscal year, or decimal year where values are dated otherwise.
    value : in the indicator's unit.
    words : the value with its unit, as it is written beside the mark.
    when : the date in words.
    margin : half the width of the sampling error; None where there is none.
    """

    series: str
    time: float
    value: float
    words: str
    when: str
    margin: float | None = None


@dataclass(frozen=True)
class Track:
    """What is drawn of one indicator.

    Parameters
    ----------
    form : line, bars, stairs, band, direction or marks.
    marks : baseline, actuals and target.
    path : (time, value) from baseline to target; empty where one of them has no date or no number.
    band : values between which the indicator counts as unchanged.
    unit : for the axis; empty where there is none.
    fiscal : times are fiscal years.
    """

    form: str
    marks: tuple[Mark, ...]
    path: tuple[tuple[float, float], ...] = ()
    band: tuple[float, float] | None = None
    unit: str = ""
    fiscal: bool = True
    done_words: tuple[str, str] = field(default=("", ""))


def draw_track(track: Track) -> alt.LayerChart:
    """Draw one indicator in the form of its type."""
    channels = _Channels(track)
    layers = [*_band(track, channels), *_path(track, channels), *_FORMS[track.form](track, channels)]
    layers += [*_dots(track, channels), *_words(track, channels)]
    return alt.layer(*layers).properties(height=HEIGHT)


class _Channels:
    """The axes and signs that every layer of one chart shares."""

    def __init__(self, track: Track):
        names = [
            name
            for name in SERIES
            if name in {m.series for m in track.marks} | ({"path"} if track.path else set())
        ]
        scales = role_scales([SERIES[n][0] for n in names], [text(SERIES[n][1]) for n in names])
        shapes = alt.Scale(domain=scales.shape.domain, range=[*scales.shape.range])
        self.colour = alt.Color("series:N", title=None, scale=scales.colour)
        self.dash = alt.StrokeDash("series:N", title=None, scale=scales.dash, legend=ROUND_MARKS)
        self.shape = alt.Shape("series:N", title=None, scale=shapes)
        title = text("年度（西暦）") if track.fiscal else text("年")
        self.x = alt.X(
            "time:Q",
            title=title,
            axis=alt.Axis(format="d", values=_years(track), grid=False),
            scale=alt.Scale(nice=False, zero=False, padding=SIDE),
        )
        y_title = text("（{unit}）", unit=track.unit) if track.unit else text("値")
        whole = all(mark.value == int(mark.value) for mark in track.marks)
        spread = max(m.value for m in track.marks) - min(m.value for m in track.marks)
        # Half a school is no tick.
        y_axis = alt.Axis(tickCount=5, **({"values": _whole_ticks(track)} if whole and spread <= 6 else {}))
        if track.form == "marks":
            not_done, done = track.done_words
            y_title = None
            y_axis = alt.Axis(values=[0, 1], labelExpr=f"datum.value == 1 ? '{done}' : '{not_done}'")
        scale = alt.Scale(zero=track.form in ("bars", "stairs"), nice=True, padding=14)
        if track.form == "marks":
            scale = alt.Scale(domain=[-0.5, 1.5])
        self.y = alt.Y("value:Q", title=y_title, axis=y_axis, scale=scale)


def _years(track: Track) -> list[int]:
    """Return the years to mark: those of the values, not those that the padding reaches beyond them."""
    times = [mark.time for mark in track.marks] + [time for time, _ in track.path]
    first, last = math.floor(min(times)), math.ceil(max(times))
    step = max(1, math.ceil((last - first) / 8))
    return list(range(first, last + 1, step))


def _whole_ticks(track: Track) -> list[int]:
    """Return the whole numbers from the least to the greatest value, one beyond on either side."""
    values = [int(mark.value) for mark in track.marks]
    return list(range(min(0, *values) if track.form == "bars" else min(values) - 1, max(values) + 2))


def _rows(track: Track, *series: str) -> pd.DataFrame:
    rows = [
        {
            "series": text(SERIES[m.series][1]), "time": m.time, "value": m.value, "words": m.words, "when": m.when,
            "low": m.value - (m.margin or 0), "high": m.value + (m.margin or 0),
        }
        for m in track.marks
        if not series or m.series in series
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["series", "time", "value", "words", "when", "low", "high"])


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("series:N", title=text("系列")),
        alt.Tooltip("when:N", title=text("時点")),
        alt.Tooltip("words:N", title=text("値")),
    ]


def _band(track: Track, c: _Channels) -> list[alt.Chart]:
    if track.band is None:
        return []
    frame = pd.DataFrame([{"low": track.band[0], "high": track.band[1]}])
    area = alt.Chart(frame).mark_rect(color=ROLES["band"].colour, opacity=0.22, tooltip=False)
    title = c.y.to_dict().get("title")
    return [area.encode(alt.Y("low:Q", title=title), alt.Y2("high:Q"))]


def _path(track: Track, c: _Channels) -> list[alt.Chart]:
    if not track.path:
        return []
    label = text(SERIES["path"][1])
    frame = pd.DataFrame([{"series": label, "time": t, "value": v} for t, v in track.path])
    return [alt.Chart(frame).mark_line(tooltip=False).encode(c.x, c.y, c.colour, strokeDash=c.dash)]


def _line(track: Track, c: _Channels) -> list[alt.Chart]:
    actual = _rows(track, "actual")
    layers = (
        [alt.Chart(actual).mark_line().encode(c.x, c.y, c.colour, strokeDash=c.dash)]
        if len(actual) > 1
        else []
    )
    errors = _rows(track)[lambda frame: frame["high"] > frame["low"]]
    if len(errors):
        rule = alt.Chart(errors).mark_rule(strokeWidth=1.5, tooltip=False)
        layers.append(
            rule.encode(c.x, alt.Y("low:Q", title=c.y.to_dict().get("title")), alt.Y2("high:Q"), c.colour)
        )
    return layers


def _bars(track: Track, c: _Channels) -> list[alt.Chart]:
    frame = _rows(track, "base", "actual")
    if frame.empty:
        return []
    bars = alt.Chart(frame).mark_bar(width=BAR, opacity=0.85).encode(c.x, c.y, c.colour, tooltip=_tooltip())
    zero = alt.Chart(pd.DataFrame([{"value": 0}])).mark_rule(color=MUTED_COLOUR, tooltip=False).encode(y=c.y)
    return [bars, zero]


def _stairs(track: Track, c: _Channels) -> list[alt.Chart]:
    frame = _rows(track, "actual")
    if frame.empty:
        return []
    base = alt.Chart(frame)
    area = base.mark_area(
        interpolate="step-after", opacity=0.2, tooltip=False, color=ROLES["observed"].colour
    )
    steps = base.mark_line(interpolate="step-after").encode(c.x, c.y, c.colour, strokeDash=c.dash)
    return [area.encode(c.x, c.y), steps]


def _marks(_: Track, __: _Channels) -> list[alt.Chart]:
    return []


_FORMS: dict[str, Callable[[Track, _Channels], Sequence[alt.Chart]]] = {
    "line": _line,
    "band": _line,
    "direction": _line,
    "bars": _bars,
    "stairs": _stairs,
    "marks": _marks,
}


def _dots(track: Track, c: _Channels) -> list[alt.Chart]:
    """Return every value as a marker; the target, which nothing else shows, as a large one."""
    # The target first: where an actual has reached it, the actual lies on the star.
    frame = pd.concat([_rows(track, "target"), _rows(track, "base", "actual")], ignore_index=True)
    size = alt.condition(
        alt.FieldOneOfPredicate("series", [text(SERIES["target"][1])]), alt.value(220), alt.value(70)
    )
    points = alt.Chart(frame).mark_point(filled=True)
    return [points.encode(c.x, c.y, c.colour, shape=c.shape, size=size, tooltip=_tooltip())]


def _words(track: Track, c: _Channels) -> list[alt.Chart]:
    """Write the values that a reader looks for: baseline, newest actual, target."""
    newest = max((m for m in track.marks if m.series == "actual"), key=lambda m: m.time, default=None)
    chosen = [m for m in track.marks if m.series != "actual" or m is newest]
    if newest is not None:
        # Two words on one spot would be written over each other.
        chosen = [m for m in chosen if m is newest or (m.time, m.value) != (newest.time, newest.value)]
    layers = []
    for below in (False, True):
        frame = pd.DataFrame(
            [
                {"time": m.time, "value": m.value, "words": m.words}
                for m in chosen
                if _is_below(track, m) == below
            ]
        )
        if len(frame):
            labels = alt.Chart(frame).mark_text(dy=18 if below else -16, tooltip=None)
            layers.append(labels.encode(c.x, c.y, text="words:N"))
    return layers


def _is_below(track: Track, mark: Mark) -> bool:
    """Tell whether the words stand below their mark: under a bar that hangs, and under a line that falls."""
    if track.form == "bars":
        return mark.value < 0
    earlier = [m for m in track.marks if m.series != "target" and m.time < mark.time]
    return mark.series == "actual" and bool(earlier) and max(earlier, key=lambda m: m.time).value > mark.value
