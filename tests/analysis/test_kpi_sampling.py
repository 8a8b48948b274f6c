"""Chance in surveys and counts: the published numbers, the limits, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_arithmetic_house import series, value
from planbook.analysis.kpis.sampling import (
    measure_margin,
    minimum_detectable,
    poisson_margin,
    respondents_needed,
    share_margin,
)
from planbook.vocabulary.errors import InputError
from planbook.vocabulary.rounding import round_half_up


def test_the_numbers_of_the_method():
    # √(57.6·42.4/1000 + 60.3·39.7/1000) = √4.83615 = 2.19913; ·1.96 = 4.310; ·2.80 = 6.158
    assert round_half_up(share_margin(57.6, 1000, 60.3, 1000), 1) == Decimal("4.3")
    assert round_half_up(minimum_detectable(57.6, 1000, 60.3, 1000), 1) == Decimal("6.2")
    # 1.96·√720 = 52.59
    assert round_half_up(poisson_margin(340, 380)) == 53


def test_respondents_are_enough_and_not_one_too_many():
    for power, margin in ((False, share_margin), (True, minimum_detectable)):
        n = respondents_needed(57.6, 60.3, power=power)
        assert margin(57.6, n, 60.3, n) <= Decimal("2.7") < margin(57.6, n - 1, 60.3, n - 1)
    # (1.96/2.7)²·4836.15 = 2548.4; (2.80/2.7)²·4836.15 = 5201.02, rounded up
    assert (respondents_needed(57.6, 60.3), respondents_needed(57.6, 60.3, power=True)) == (2549, 5202)
    assert respondents_needed(0, 100) == 1


@pytest.mark.parametrize("call", [
    lambda: share_margin(-0.1, 100, 50, 100), lambda: share_margin(50, 100, 100.1, 100),
    lambda: share_margin(50, 0, 50, 100), lambda: share_margin(50, 100, 50, -1),
    lambda: minimum_detectable(101, 100, 50, 100), lambda: respondents_needed(50, 50),
    lambda: respondents_needed(50, 101), lambda: poisson_margin(-1, 3), lambda: poisson_margin(1.5, 3),
    lambda: share_margin(None, 100, 50, 100), lambda: share_margin(float("nan"), 100, 50, 100),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_a_remedy(call):
    with pytest.raises(InputError) as error:
        call()
    problem = error.value.problems[0]
    assert problem.found and problem.allowed and problem.remedy


shares = st.decimals(min_value=0, max_value=100, places=1)
sizes = st.integers(min_value=1, max_value=10**6)


@given(shares, sizes, shares, sizes)
def test_the_order_does_not_matter_and_more_respondents_never_hurt(p1, n1, p2, n2):
    margin = share_margin(p1, n1, p2, n2)
    assert margin == share_margin(p2, n2, p1, n1)
    assert share_margin(p1, n1 + 1, p2, n2 + 1) <= margin <= minimum_detectable(p1, n1, p2, n2)
    assert abs(share_margin(100 - p1, n1, 100 - p2, n2) - margin) < Decimal("1e-20")  # those who said no


@given(shares, shares, st.booleans())
def test_the_respondents_needed_make_the_change_show(p1, p2, power):
    if p1 != p2:
        n = respondents_needed(p1, p2, power=power)
        margin = minimum_detectable(p1, n, p2, n) if power else share_margin(p1, n, p2, n)
        assert margin <= abs(p1 - p2) + Decimal("1e-20")


def pair(first, second, kinds=("baseline", "actual"), unit="人", **fields):
    one = series(
        *(value(k, w, unit) for k, w in zip(kinds, (first, second), strict=True)), unit=unit, **fields
    )
    return measure_margin(one, *one.values)


def test_who_answered_is_the_values_own_number_first():
    survey = {"unit": "%", "type": "survey_share"}
    own = pair("50 @ FY2020 n=400", "50 @ FY2023 n=400", survey_n=Decimal(100), **survey)
    general = pair("50 @ FY2020", "50 @ FY2023", survey_n=Decimal(100), **survey)
    # 1.96·√(2·2500/400) = 6.930; ·√4 = 13.859
    assert (round(own.width, 2), round(general.width, 2)) == (Decimal("6.93"), Decimal("13.86"))
    assert own.covers(Decimal("-6.9")) and not own.covers(Decimal("7.0"))
    assert pair("50 @ FY2020 n=400", "50 @ FY2023", **survey) is None


def test_a_target_is_tested_by_a_survey_as_large_as_the_first():
    margin = pair("57.6 @ FY2020 n=1000", "60.3 @ FY2025", ("baseline", "target"), "%", type="survey_share")
    assert (round(margin.width, 1), round(margin.detectable, 1)) == (Decimal("4.3"), Decimal("6.2"))


@pytest.mark.parametrize(
    ("first", "second", "fields", "has"),
    [
        ("340 @ FY2020", "380 @ FY2023", {}, True),
        ("340 @ FY2020", "380 @ FY2023", {"type": "level"}, False),  # a stock is no number of events
        ("340 @ FY2020", "1000 @ FY2023", {}, False),  # not small
        ("340 @ FY2020", "999 @ FY2023", {}, True),
        ("-40 @ FY2020", "10 @ FY2023", {}, False),  # a balance
        ("3.2 @ FY2020", "3.6 @ FY2023", {}, False),  # a mean
        ("34 @ FY2020", "38 @ FY2023", {"unit": "万円"}, False),
        ("34 @ FY2020", "38 @ FY2023", {"unit": "t-CO2"}, False),
        ("34 @ FY2020", "38 @ FY2023", {"unit": "日"}, False),
        ("34 @ FY2020 years=1", "180 @ FY2023 years=5", {}, False),
        ("- @ FY2020", "38 @ FY2023", {}, False),
    ],
)
def test_counts_of_events_have_a_margin(first, second, fields, has):
    assert (pair(first, second, **{"type": "annual_flow"} | fields) is not None) is has
