"""When figures can be judged: reference moments, dates of publication, and what reaches the last review."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.kpis import calendar as release_calendar
from planbook.analysis.kpis.calendar import PlanYears, add_months, compute_calendar, month_words
from planbook.load.plan import load_plan
from planbook.summary.kpis.kpi_facts import gather_kpis
from planbook.vocabulary.schemas import StatisticRow


def statistic(reference="fiscal_year", every=1, anchor=None, lags=(6, 9)):
    return StatisticRow.model_construct(
        statistic="s1",
        name_ja="統計",
        name_en="Statistic",
        reference=reference,
        every_years=every,
        anchor_year=anchor,
        lag_months_min=lags[0],
        lag_months_max=lags[1],
        verified=False,
    )


def calendar(first=2021, last=2025, **fields):
    return compute_calendar(statistic(**fields), PlanYears(first, last))


# ------------------------------------------------- by hand


def test_the_years_of_a_plan():
    years = PlanYears(2021, 2025)
    assert (years.start, years.end, years.last_review) == (
        date(2021, 4, 1), date(2026, 3, 31), date(2027, 3, 31)
    )  # fmt: skip


def test_municipal_accounts_two_to_three_years_late():
    found = calendar(lags=(24, 36))
    # FY2021 ends 2022-03-31; 24 and 36 months later
    assert [release.year for release in found.releases] == [2021, 2022, 2023, 2024, 2025]
    assert (found.first.earliest, found.first.latest) == (date(2024, 3, 31), date(2025, 3, 31))
    # FY2022 is out by 2026-03-31 at the latest, FY2023 only perhaps
    arrivals = [release.arrives_by(date(2026, 3, 31)) for release in found.releases]
    assert arrivals == ["yes", "yes", "perhaps", "no", "no"]
    assert (found.any_in_period, found.last_in_review) == ("yes", "no")


def test_life_tables_of_census_years():
    found = calendar(reference="calendar_year", every=5, anchor=2020, lags=(28, 32))
    # one table, of 2025: April to August 2028
    assert [(r.year, r.earliest, r.latest) for r in found.releases] == [
        (2025, date(2028, 4, 30), date(2028, 8, 31))
    ]
    assert (found.any_in_period, found.last_in_review) == ("no", "no")
    assert str(month_words(found.first.earliest)) == "2028年4月"


def test_five_years_belong_to_a_plan_that_they_begin_in():
    found = calendar(reference="five_years", every=5, anchor=2022, lags=(15, 16))
    # 2018–2022 began before the plan; 2023–2027 is out in spring 2029
    assert [(str(r.words), r.start, r.earliest) for r in found.releases] == [
        ("2023〜2027年", date(2023, 1, 1), date(2029, 3, 31))
    ]
    assert found.any_in_period == "no"
    assert found.last is found.first  # it holds the last year, 2025
    assert calendar(2024, 2026, reference="five_years", every=5, anchor=2022).releases == ()


def test_register_births_reach_the_last_review_but_not_the_plan():
    found = calendar(reference="calendar_year", lags=(7, 8))
    assert (found.last.earliest, found.last.latest) == (date(2026, 7, 31), date(2026, 8, 31))
    assert found.last.arrives_by(found.years.end) == "no"
    assert (found.any_in_period, found.last_in_review) == ("yes", "yes")


def test_a_census_day():
    found = calendar(reference="october_first", every=5, anchor=2020, lags=(8, 14))
    assert [(r.start, r.end, r.earliest, r.latest) for r in found.releases] == [
        (date(2025, 10, 1), date(2025, 10, 1), date(2026, 6, 1), date(2026, 12, 1))
    ]
    assert (found.any_in_period, found.last_in_review) == ("no", "yes")


def test_a_statistic_without_a_value_for_the_last_year():
    found = calendar(2021, 2026, reference="october_first", every=5, anchor=2020, lags=(8, 14))
    assert (found.any_in_period, found.last, found.last_in_review) == ("yes", None, "no")


def test_an_unknown_lag_gives_no_date_and_no_verdict():
    found = calendar(reference="calendar_year", lags=(None, None))
    assert (found.first.earliest, found.first.latest) == (None, None)
    assert (found.any_in_period, found.last_in_review) == ("unknown", "unknown")


def test_even_with_an_unknown_lag_nothing_comes_before_its_end():
    found = calendar(reference="five_years", every=5, anchor=2022, lags=(None, None))
    assert (found.any_in_period, found.last_in_review) == ("no", "no")


def test_the_day_itself_is_in_time():
    found = calendar(2021, 2021, lags=(12, 12))  # FY2021 ends 2022-03-31, out 2023-03-31 = last review
    assert (found.any_in_period, found.last_in_review) == ("no", "yes")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2022, 12, 31), 2, date(2023, 2, 28)),
        (date(2024, 2, 29), 1, date(2024, 3, 31)),
        (date(2023, 10, 1), 14, date(2024, 12, 1)),
        (date(2023, 1, 30), 1, date(2023, 2, 28)),
        (date(2023, 3, 31), 0, date(2023, 3, 31)),
    ],
)
def test_months_to_the_day(day, months, expected):
    assert add_months(day, months) == expected


def test_examples_of_the_docstrings():
    done = doctest.testmod(release_calendar)
    assert done.attempted > 0
    assert done.failed == 0


# ------------------------------------------------- properties

references = st.sampled_from(["fiscal_year", "calendar_year", "october_first", "five_years"])
spans = st.tuples(st.integers(1990, 2050), st.integers(0, 12)).map(lambda pair: PlanYears(pair[0], sum(pair)))
known_lags = st.tuples(st.integers(0, 90), st.integers(0, 30)).map(lambda pair: (pair[0], sum(pair)))
lags = st.one_of(st.just((None, None)), known_lags)
statistics = st.builds(statistic, references, st.integers(1, 6), st.integers(1990, 2050), lags)


@given(statistics, spans)
def test_nothing_is_published_before_what_it_is_for(row, years):
    for release in compute_calendar(row, years).releases:
        assert release.start <= release.end
        if release.earliest is not None:
            assert release.end <= release.earliest <= release.latest


@given(statistics, spans)
def test_values_belong_to_years_of_the_plan(row, years):
    releases = compute_calendar(row, years).releases
    shift = 4 if row.reference == "five_years" else 0
    assert all(years.first <= release.year - shift <= years.last for release in releases)
    assert [release.year for release in releases] == sorted({release.year for release in releases})


@given(statistics, spans)
def test_where_nothing_is_out_within_the_plan_the_last_year_is_not_either(row, years):
    found = compute_calendar(row, years)
    if found.last is not None and "no" in (found.any_in_period, found.last_in_review):
        assert found.last.arrives_by(years.end) == "no"


@given(statistics, spans, st.integers(0, 4000))
def test_waiting_longer_never_makes_a_value_later(row, years, days):
    order = ("no", "perhaps", "yes")
    for release in compute_calendar(row, years).releases:
        first, then = (release.arrives_by(years.start + timedelta(days=d)) for d in (days, days + 200))
        if "unknown" not in (first, then):
            assert order.index(first) <= order.index(then)


@given(statistics, spans)
def test_a_shorter_lag_never_turns_yes_into_no(row, years):
    if row.lag_months_max is None:
        return
    sooner = row.model_copy(update={"lag_months_min": 0, "lag_months_max": 0})
    if compute_calendar(row, years).last_in_review == "yes":
        assert compute_calendar(sooner, years).last_in_review == "yes"


# ------------------------------------------------- the plans at hand


def test_calendars_of_a_plan_name_what_is_not_known(real_data):
    counted = gather_kpis(load_plan(real_data, "11233-strategy-2")).counted
    found = {item.series.kpi_id: item.calendar for item in counted}
    assert found["k7-2"] is None  # of which statistic the births are is not known
    assert found["k2-2-male"].last_in_review == "unknown"
    assert found["k5-1"].last_in_review == "no"
    assert "k3-2-repeat" not in found
