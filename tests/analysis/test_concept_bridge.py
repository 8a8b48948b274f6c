"""Register and census on one day, and what their ratio makes of later dates: by hand, and METHODS 1.11's ratios."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.concept_bridge import (
    bridge_register,
    compute_ratios,
    find_bridge,
    interpolate_register,
    select_register,
)
from planbook.load.municipality import load_municipality


def population(*rows):
    return pd.DataFrame(
        [
            {"concept": concept, "as_of": date.fromisoformat(day), "residents": residents,
             "population_persons": persons, "status": status, "source_id": "s"}
            for concept, day, residents, persons, status in rows
        ]
    )  # fmt: skip


def census(year, persons, status="final"):
    return ("census", f"{year}-10-01", "all", persons, status)


def register(day, persons, residents="all"):
    return ("register", day, residents, persons, "final")


#: 273 of 365 days lie between 1 January and 1 October of 2015, 274 of 366 in 2020.
TWO = population(
    census(2015, 10000), census(2020, 9000),
    register("2015-01-01", 10365), register("2016-01-01", 10000),
    register("2020-01-01", 9366), register("2021-01-01", 9000), register("2022-01-01", 8800),
)  # fmt: skip


def test_the_register_is_brought_to_the_day_of_the_census():
    # 10,365 − 273/365 · 365 = 10,092; 9,366 − 274/366 · 366 = 9,092
    first, second = compute_ratios(TWO)
    assert (first.register_persons, second.register_persons) == (10092, 9092)
    assert first.ratio == Decimal("1.0092")
    assert (first.before, first.after) == (date(2015, 1, 1), date(2016, 1, 1))


def test_bridged_values_by_hand():
    bridge = find_bridge(TWO)
    drift = abs(Decimal(9092) / 9000 / Decimal("1.0092") - 1) * 100  # 0.10 %: less than the least width
    assert bridge.drift_pct == pytest.approx(drift)
    assert bridge.half_width_pct == Decimal("0.5")
    rows = bridge_register(TWO)
    assert list(rows["as_of"]) == [date(2021, 1, 1), date(2022, 1, 1)]  # only after the census of 2020
    last = rows.iloc[-1]
    assert last["bridged_persons"] == pytest.approx(Decimal(8800) * 9000 / 9092)
    assert last["low_persons"] == pytest.approx(last["bridged_persons"] * Decimal("0.995"))
    assert last["high_persons"] == pytest.approx(last["bridged_persons"] * Decimal("1.005"))


def test_a_ratio_that_drifts_widens_the_interval():
    frame = TWO.copy()
    frame.loc[frame["as_of"] == date(2015, 10, 1), "population_persons"] = 10400
    bridge = find_bridge(frame)
    # 1.0092 · 10,000 / 10,400 = 0.97038; 1.01022 / 0.97038 − 1 = 4.1 %
    assert float(bridge.half_width_pct) == pytest.approx(4.105, abs=0.01)


def test_a_preliminary_census_has_a_ratio_but_bridges_nothing():
    frame = pd.concat([TWO, population(census(2021, 8000, "preliminary"))], ignore_index=True)
    assert [ratio.preliminary for ratio in compute_ratios(frame)] == [False, False, True]
    assert find_bridge(frame).latest.as_of == date(2020, 10, 1)
    assert len(bridge_register(frame)) == 2


def test_japanese_nationals_and_all_residents_are_not_mixed():
    frame = population(
        census(2012, 1000), register("2012-03-31", 990, "japanese"), register("2013-03-31", 1010)
    )
    assert compute_ratios(frame) == ()
    assert bridge_register(frame).empty


@pytest.mark.parametrize(
    "frame",
    [
        None,
        population(census(2015, 100), census(2020, 90)),  # no register
        population(register("2015-01-01", 100), register("2016-01-01", 90)),  # no census
        population(census(2015, 0), register("2015-01-01", 10), register("2016-01-01", 9)),  # nobody counted
        population(
            census(2015, 9), register("2015-01-01", 0), register("2016-01-01", 0)
        ),  # nobody registered
        population(census(2015, 9, "preliminary"), register("2015-01-01", 9), register("2016-01-01", 9)),
    ],
)
def test_without_a_ratio_nothing_is_bridged(frame):
    assert find_bridge(frame) is None
    assert bridge_register(frame).empty


def test_one_census_gives_the_least_width_and_says_that_the_drift_is_unknown():
    bridge = find_bridge(TWO[TWO["as_of"] != date(2015, 10, 1)])
    assert (bridge.earlier, bridge.drift_pct, bridge.half_width_pct) == (None, None, Decimal("0.5"))


def test_nothing_is_carried_over_a_hole_or_beyond_the_ends():
    rows = select_register(population(register("2014-01-01", 100), register("2016-01-01", 80)))
    assert interpolate_register(rows, date(2015, 1, 1)) is None  # two years apart
    assert interpolate_register(rows, date(2016, 1, 2)) is None
    assert interpolate_register(rows, date(2013, 12, 31)) is None
    assert interpolate_register(rows, date(2016, 1, 1))[0] == 80


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 365))
def test_a_day_between_two_dates_lies_between_their_figures(first, last, days):
    rows = select_register(population(register("2015-01-01", first), register("2016-01-01", last)))
    day = date.fromordinal(date(2015, 1, 1).toordinal() + days)
    assert min(first, last) <= interpolate_register(rows, day)[0] <= max(first, last)


@pytest.mark.parametrize(
    ("code", "ratios"),
    [
        ("07210", (0.982, 1.005)),
        ("07202", (0.992, 1.000)),
        ("03213", (1.036, 1.029)),
        ("11233", (1.013, 1.013)),
    ],
)
def test_the_ratios_of_the_four_cities(code, ratios, real_data):
    """METHODS 1.11, measured there by other code."""
    found = compute_ratios(load_municipality(real_data, code).frame("population"))
    assert [ratio.as_of.year for ratio in found] == [2015, 2020]
    assert [float(ratio.ratio) for ratio in found] == pytest.approx(ratios, abs=0.001)


def test_where_evacuees_came_and_left_the_interval_is_wider_by_the_data_alone(real_data):
    widths = {
        code: float(find_bridge(load_municipality(real_data, code).frame("population")).half_width_pct)
        for code in ("07210", "07202", "03213", "11233")
    }
    assert widths["07210"] == pytest.approx(2.26, abs=0.01)  # 1.0046 / 0.9824 − 1
    assert widths["11233"] == 0.5
    assert max(widths, key=widths.get) == "07210"
