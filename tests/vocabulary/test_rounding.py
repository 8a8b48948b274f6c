"""Rounding half up, signs, and integers that keep their total."""

import doctest
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.vocabulary import catalogue, rounding
from planbook.vocabulary.errors import InputError
from planbook.vocabulary.rounding import (
    format_number,
    format_or_dash,
    format_percent,
    format_points,
    largest_remainder,
    plain_decimal,
    round_half_up,
)

FINITE = st.floats(-1e9, 1e9, allow_nan=False)
NO_NUMBERS = [
    None,
    float("nan"),
    float("inf"),
    Decimal("NaN"),
    np.nan,
    np.float32("inf"),
    pd.NA,
    pd.NaT,
    True,
    np.True_,
    "3",
    1j,
    Fraction(1, 3),
]


def test_examples_in_docstrings():
    assert doctest.testmod(rounding).failed == 0


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # half to even would give 2
        (-2.5, 0, "-3"),
        (2.675, 2, "2.68"),  # the binary value lies below 2.675
        (0.125, 2, "0.13"),
        (13.34, 1, "13.3"),
        (42499, -3, "42000"),
        (42500, -3, "43000"),
        (-0.04, 1, "0.0"),
        (np.float64(0.15), 1, "0.2"),
        (np.float32(0.15), 1, "0.2"),
        (np.int64(7), 1, "7.0"),
        (Decimal("1e-9"), 2, "0.00"),
        (10**40, 0, "1" + "0" * 40),
    ],
)
def test_round_half_up(value, decimals, rounded):
    assert str(round_half_up(value, decimals)) == rounded


@pytest.mark.parametrize("value", NO_NUMBERS)
@pytest.mark.parametrize("use", [round_half_up, format_number, format_percent, format_points, plain_decimal])
def test_what_is_no_number_is_never_formatted(value, use):
    with pytest.raises(InputError) as caught:
        use(value)
    words = caught.value.problems[0].in_words("ja")
    assert "有限の数ではない" in words
    assert type(value).__name__ in words


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(-3, 5))
def test_rounding_moves_by_at_most_half_a_step(value, decimals):
    rounded = round_half_up(value, decimals)
    assert abs(rounded - value) * 2 <= Decimal(1).scaleb(-decimals)
    assert round_half_up(-value, decimals) == -rounded
    assert round_half_up(rounded, decimals) == rounded


@pytest.mark.parametrize(
    ("value", "options", "words"),
    [
        (54676, {}, "54,676"),
        (-40, {}, "−40"),
        (-0.0, {"decimals": 1}, "0.0"),
        (-0.4, {}, "0"),
        (40, {"sign": True}, "+40"),
        (0, {"sign": True}, "0"),
        (-1234.5, {"decimals": 1, "sign": True}, "−1,234.5"),
        (1234, {"grouping": False}, "1234"),
        (42499, {"decimals": -3}, "42,000"),
    ],
)
def test_format_number(value, options, words):
    assert format_number(value, **options) == words


def test_percent_and_points():
    assert format_percent(13.345, 2) == "13.35%"
    assert format_percent(-35.03) == "−35.0%"
    assert format_points(60.3 - 57.6) == "+2.7ポイント"  # 004 line 64
    assert format_points(-0.04) == "0.0ポイント"


def test_points_in_english(monkeypatch):
    monkeypatch.setattr(catalogue, "_translations", lambda language: {"{number}ポイント": "{number} pt"})
    with catalogue.in_language("en"):
        assert format_points(2.7) == "+2.7 pt"


def test_dash_for_none_only():
    assert format_or_dash(None) == "-"
    assert format_or_dash(1234.5, 1) == "1,234.5"
    assert format_or_dash(3, sign=True) == "+3"
    with pytest.raises(InputError):
        format_or_dash(float("nan"))


@given(FINITE)
def test_formatted_number_has_no_ascii_minus_and_reads_back(value):
    words = format_number(value, 2)
    assert "-" not in words
    assert Decimal(words.replace(",", "").replace("−", "-")) == round_half_up(value, 2)
    assert words not in ("−0.00", "-0.00")


def test_plain_decimal_is_for_machines():
    assert plain_decimal(Decimal("4E+4")) == "40000"
    assert plain_decimal(np.float64(-1e-7)) == "-0.0000001"


# --- largest remainder ---------------------------------------------------------------------------------


def test_largest_remainder_by_hand():
    # floors 1 + 1 + 2 = 4, total 5: the equal remainders .5 are served by position
    assert largest_remainder([1.5, 1.5, 2.0]) == [2, 1, 2]
    # floors 0 + 0 + 0, total 1: 1/3 each, the first gets it
    assert largest_remainder([Decimal(1) / 3] * 3, total=1) == [1, 0, 0]
    assert largest_remainder([0.1] * 10) == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert largest_remainder([-1.5, 0.5]) == [-1, 0]  # floors −2 + 0, total −1
    assert largest_remainder([]) == []


def test_total_out_of_reach():
    with pytest.raises(InputError) as caught:
        largest_remainder([1.2, 2.7], total=6)
    words = caught.value.problems[0].in_words("ja")
    assert "3 から 5" in words and "比例配分" in words
    with pytest.raises(InputError, match="整数"):
        largest_remainder([1.2, 2.7], total=4.5)
    with pytest.raises(InputError):
        largest_remainder([1, None])


@given(st.lists(FINITE, max_size=40), st.data())
def test_largest_remainder_keeps_totals_and_moves_nobody_by_one(values, data):
    low, high = sum(map(math.floor, values)), sum(map(math.ceil, values))
    total = data.draw(st.one_of(st.none(), st.integers(low, high)))
    rounded = largest_remainder(values, total)
    exact = sum((Fraction(str(value)) for value in values), Fraction(0))
    assert sum(rounded) == total if total is not None else abs(sum(rounded) - exact) <= Fraction(1, 2)
    moves = [abs(new - Fraction(str(old))) for new, old in zip(rounded, values, strict=True)]
    assert all(move < 1 for move in moves)
