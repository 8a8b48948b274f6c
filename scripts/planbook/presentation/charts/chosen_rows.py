"""What a chart needs so that it stays itself when readers choose plans: heights by row, scales that stay."""

from __future__ import annotations

from collections.abc import Iterable

import altair as alt


def follow_rows(
    chart: alt.LayerChart, field: str, rows: int, height: int, count: str | None = None
) -> alt.LayerChart:
    """Give every row of a chart the same height and tell the page's script which field makes the rows.

    The script draws the rows of data that belong to the chosen plans (their ``plan_ids``) and lowers the chart by the
    share of rows that are left, whatever height an analyst has given it.

    Parameters
    ----------
    chart : the finished layers.
    field : the field of the data whose values are the rows.
    rows : how many there are.
    height : of a row, in pixels.
    count : a parameter of the chart that has the number of rows, for scales that depend on it.
    """
    marks = {"rows": field}
    if count is not None:
        chart = chart.add_params(alt.param(name=count, value=rows))
        marks["count"] = count
    return chart.properties(height=height * rows, usermeta={"planbook": marks})


def span(*values: Iterable[float], zero: bool = False) -> list[float]:
    """Return the smallest and the largest value as the domain of a scale.

    A scale that takes its domain from the drawn rows would change with the choice of plans; with this one, two
    choices can be held side by side.

    Examples
    --------
    >>> span([3.5, 2.0], zero=True)
    [0.0, 3.5]
    """
    found = [float(value) for column in values for value in column if value == value]  # noqa: PLR0124 - NaN
    if zero:
        found.append(0.0)
    return [min(found), max(found)]
