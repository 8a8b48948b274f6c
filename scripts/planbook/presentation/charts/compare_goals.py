"""Charts of goals across plans: how many items each national theme has, one row a plan on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from planbook.presentation.charts.chosen_rows import follow_rows
from planbook.presentation.charts.lines import break_lines
from planbook.presentation.theme import MUTED_COLOUR, theme_sign
from planbook.vocabulary.catalogue import text

#: Pixels of one row: the name above, the circle, the count in or below it.
ROW_HEIGHT = 74
#: Area of the circle of a theme that all items have, in square pixels: nine of them fit side by side on a phone.
LARGEST = 900
#: Pixels of the narrowest place for a chart: heads and names are broken so that they fit there.
NARROWEST = 270
#: Full-width letters of a line in the head of a column, and pixels of one.
HEAD_LETTERS = 3
HEAD_LETTER = 11
#: Pixels from one line of a head, or of a name, to the next.
HEAD_LINE = 13
NAME_LINE = 16
#: Full-width letters of a line of a name: bold ones of twelve pixels.
NAME_LETTERS = 21
#: Full-width letters of a line in the heads and beside the rows of the picture of two plans.
FLOW_LETTERS = 4
SIDE_LETTERS = 8
#: Pixels of a row of the picture of two plans, unless the words beside it need more.
FLOW_HEIGHT = 76


def draw_theme_matrix(frame: pd.DataFrame, themes: Mapping[str, str]) -> alt.LayerChart:
    """Draw a circle a plan and theme, its area the share of the plan's items that have the theme.

    Parameters
    ----------
    frame : columns plan (label, in drawing order), plan_ids, theme (code), count, items (of the plan), words.
    themes : code → short name, in the order of the columns.
    """
    codes = list(themes)
    frame = frame.assign(share=frame["count"] / frame["items"])
    letters = _head_letters(len(codes), NARROWEST, HEAD_LETTERS)
    x = _columns("theme", {code: [code, *_head_lines(name, letters)] for code, name in themes.items()})
    rows = _Rows(frame)
    y, more = rows.y, rows.more
    colour = alt.Color(
        "theme:N",
        legend=None,
        scale=alt.Scale(domain=codes, range=[theme_sign(code).colour for code in codes]),
    )
    base = alt.Chart(frame)
    circles = (
        base.transform_filter("datum.count > 0")
        .mark_point(filled=True, shape="circle", yOffset=4 + more / 2)
        .encode(
            x, y, colour,
            size=alt.Size("share:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0, LARGEST])),
            tooltip=[
                alt.Tooltip("plan:N", title=text("計画")),
                alt.Tooltip("words:N", title=text("テーマと数")),
            ],
        )
    )  # fmt: skip
    counts = base.transform_calculate(shown="datum.count > 0 ? datum.count : '−'")
    figures = counts.mark_text(dy=28 + more / 2, fontSize=12).encode(x, y, text="shown:N")
    return rows.finish(circles, figures)


def draw_contents(frame: pd.DataFrame, subjects: Mapping[str, str]) -> alt.LayerChart:
    """Draw a sign a plan and thing that its document may give, with the count below it.

    Parameters
    ----------
    frame : columns plan (label, in drawing order), plan_ids, items_words (beside the label), subject, sign, count (in
        words), words.
    subjects : subject → heading, in the order of the columns.
    """
    letters = _head_letters(len(subjects), NARROWEST, HEAD_LETTERS)
    heads = {
        key: [line for part in name.split() for line in break_lines(part, letters)]
        for key, name in subjects.items()
    }
    x, rows = _columns("subject", heads), _Rows(frame)
    tooltip = [
        alt.Tooltip("plan:N", title=text("計画")),
        alt.Tooltip("words:N", title=text("手元の資料に載っているもの")),
    ]
    base = alt.Chart(frame)
    signs = base.mark_text(dy=4 + rows.more / 2, fontSize=16, fontWeight="bold").encode(
        x, rows.y, text="sign:N", tooltip=tooltip
    )
    counts = base.mark_text(dy=26 + rows.more / 2, fontSize=11).encode(x, rows.y, text="count:N")
    return rows.finish(signs, counts)


class _Rows:
    """The rows of a matrix of plans: a line above each, then its name, then what is drawn in the columns."""

    def __init__(self, frame: pd.DataFrame):
        self._frame = frame
        self._names = _first_rows(frame)
        self.y = alt.Y("plan:N", sort=list(dict.fromkeys(frame["plan"])), title=None, axis=None)
        # Every row is as high as the longest name needs: the words above the signs take more lines there.
        self.more = NAME_LINE * max(name.count("\n") for name in self._names["name"])

    def finish(self, *marks: alt.Chart) -> alt.LayerChart:
        """Return the marks with names and lines; the height follows the plans that readers choose."""
        height = ROW_HEIGHT + self.more
        names = alt.Chart(self._names)
        lines = names.mark_rule(strokeWidth=1, color=MUTED_COLOUR, yOffset=-height / 2)
        labels = names.mark_text(
            align="left",
            dy=-24 - self.more / 2,
            fontSize=12,
            fontWeight="bold",
            lineBreak="\n",
            lineHeight=NAME_LINE,
        )
        layers = alt.layer(
            lines.encode(y=self.y), *marks, labels.encode(x=alt.value(0), y=self.y, text="name:N")
        )
        return follow_rows(layers, "plan", self._frame["plan"].nunique(), height)


def _head_letters(columns: int, width: int, most: int) -> int:
    """Return how many full-width letters of a head stand side by side where the columns share `width` pixels."""
    return max(1, min(most, int(width / columns / HEAD_LETTER)))


def _columns(field: str, heads: Mapping[str, Sequence[str]]) -> alt.X:
    """Return columns with their heads in lines above them.

    Vega writes the first line where a single one would stand and the others below it: the heads are lifted by these.
    """
    lift = HEAD_LINE * (max(map(len, heads.values()), default=1) - 1)
    axis = alt.Axis(orient="top", labelPadding=lift + 8, **_lined(heads))
    return alt.X(f"{field}:N", sort=list(heads), title=None, scale=alt.Scale(domain=list(heads)), axis=axis)


def _lined(labels: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Return what an axis needs to write each label in its lines."""
    words = {name: "\n".join(lines) for name, lines in labels.items()}
    return {
        "labelExpr": f"split({_as_object(words)}[datum.value], '\\n')",
        "labelOverlap": False,
        "labelFontSize": 11,
        "labelLineHeight": HEAD_LINE,
        "labelLimit": 140,
        "domain": False,
        "ticks": False,
    }


def _head_lines(name: str, letters: int) -> list[str]:
    """Break a theme's name for a narrow column: at its points first, then by length."""
    parts = name.replace("・", "・\n").split("\n")
    return [line for part in parts for line in break_lines(part, letters)]


def _first_rows(frame: pd.DataFrame) -> pd.DataFrame:
    first = frame.drop_duplicates("plan")
    names = [text("{plan}（{items}）", plan=row.plan, items=row.items_words) for row in first.itertuples()]
    names = ["\n".join(break_lines(name, NAME_LETTERS)) for name in names]
    return first.assign(name=names)[["plan", "plan_ids", "name"]]


def _as_object(words: Mapping[str, str]) -> str:
    """Write a mapping as a Vega expression."""
    quoted = [f"{_quote(key)}: {_quote(value)}" for key, value in words.items()]
    return "{" + ", ".join(quoted) + "}"


def _quote(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def draw_flow_matrix(frame: pd.DataFrame, later: Sequence[str]) -> alt.LayerChart:
    """Draw how many corresponding items lead from each goal of one plan to each of another.

    Parameters
    ----------
    frame : columns earlier (goal of the earlier plan, in drawing order), later (goal of the later plan), count.
    later : the goals of the later plan, in the order of the columns.
    """
    letters = _head_letters(len(later), NARROWEST - SIDE_LETTERS * HEAD_LETTER, FLOW_LETTERS)
    x = _columns("later", {name: break_lines(name, letters) for name in later})
    sides = {name: break_lines(name, SIDE_LETTERS) for name in dict.fromkeys(frame["earlier"])}
    y = alt.Y("earlier:N", sort=list(sides), title=None, axis=alt.Axis(**_lined(sides)))
    base = alt.Chart(frame)
    most = max(int(frame["count"].max()), 1)
    circles = (
        base.transform_filter("datum.count > 0")
        .mark_point(filled=True, shape="circle", color=theme_sign("G1").colour)
        .encode(
            x, y, size=alt.Size("count:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[0, LARGEST]))
        )
    )
    figures = (
        base.transform_calculate(shown="datum.count > 0 ? datum.count : '−'")
        .mark_text(dy=26, fontSize=12)
        .encode(x, y, text="shown:N")
    )
    row = max(FLOW_HEIGHT, HEAD_LINE * (max(map(len, sides.values())) + 1))
    return alt.layer(circles, figures).properties(height=row * len(sides))
