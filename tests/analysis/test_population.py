"""Age structure, flows and projections against hand-worked cases and identities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis import population as p
from planbook.analysis.targets import compare_target, observed_pace, required_pace
from planbook.vocabulary.errors import InputError
from planbook.vocabulary.schemas.plan_file import PopulationTarget


def age_sex(rows, as_of=date(2020, 10, 1)):
    return pd.DataFrame(
        [
            {"concept": "census", "as_of": as_of, "sex": sex, "age_kind": kind, "age_start": start, "age_end": end,
             "population_persons": persons, "source_id": "s"}
            for sex, kind, start, end, persons in rows
        ]
    )  # fmt: skip


FIVE = [
    ("female", "interval", 0, 15, 100), ("male", "interval", 0, 15, 110),
    ("female", "interval", 15, 65, 400), ("male", "interval", 15, 65, 390),
    ("female", "open", 65, None, 300), ("male", "open", 65, None, 200),
    ("female", "unknown", None, None, 7), ("male", "unknown", None, None, 3),
]  # fmt: skip


def test_broad_ages_leave_age_unknown_out_of_the_shares():
    broad = p.sum_broad_ages(age_sex(FIVE)).set_index("broad_age")
    assert broad["population_persons"].tolist() == [210, 790, 500]
    assert set(broad["unknown_persons"]) == {10}
    # 500 / (210 + 790 + 500) = 33.33 %, not 500 / 1510 = 33.11 %
    assert round(broad.loc["65+", "share_pct"], 2) == Decimal("33.33")
    assert sum(broad["share_pct"]) == pytest.approx(Decimal(100))


def test_age_indices_by_hand():
    row = p.compute_age_indices(p.sum_broad_ages(age_sex(FIVE))).iloc[0]
    assert round(row["child_index"], 2) == Decimal("26.58")  # 210 / 790
    assert round(row["aged_index"], 2) == Decimal("63.29")  # 500 / 790
    assert row["dependency_index"] == pytest.approx(row["child_index"] + row["aged_index"])
    assert round(row["ageing_index"], 2) == Decimal("238.10")  # 500 / 210


def test_an_index_over_nobody_has_no_value():
    nobody = [(sex, kind, start, end, 0 if start == 0 else n) for sex, kind, start, end, n in FIVE]
    row = p.compute_age_indices(p.sum_broad_ages(age_sex(nobody))).iloc[0]
    assert row["ageing_index"] is None
    assert row["aged_index"] is not None


def test_an_age_group_across_65_is_refused():
    with pytest.raises(InputError):
        p.sum_broad_ages(age_sex([("female", "interval", 60, 70, 5), ("male", "interval", 60, 70, 5)]))


def test_broad_ages_do_not_depend_on_how_finely_ages_come():
    fine = [
        (sex, "interval", start, start + 5, 10 + start)
        for sex in ("female", "male")
        for start in range(0, 90, 5)
    ] + [(sex, "open", 90, None, 4) for sex in ("female", "male")]
    broad = p.sum_broad_ages(age_sex(fine)).set_index("broad_age")["population_persons"]
    assert broad["0-14"] == 2 * (10 + 15 + 20)
    assert broad.sum() == sum(row[-1] for row in fine)


def test_the_census_tables_agree_with_the_published_totals(real_data):
    """Ages plus unknown are the total of population.csv at every census, in all four cities."""
    from planbook.load.municipality import load_municipality  # noqa: PLC0415

    for code in real_data.municipality_codes():
        place = load_municipality(real_data, code)
        totals = p.select_concept(place.frame("population"), "census").set_index("as_of")[
            "population_persons"
        ]
        broad = p.sum_broad_ages(place.frame("age_sex"))
        sums = (
            broad.groupby("as_of")["population_persons"].sum()
            + broad.groupby("as_of")["unknown_persons"].first()
        )
        assert len(sums) == 9
        for day, persons in sums.items():
            assert persons == totals[day], (code, day)


def vital(**persons):
    return pd.DataFrame(
        [
            {"concept": "register", "measure": measure, "period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31),
             "residents": "all", "persons": None if value is None else Decimal(value), "source_id": "s"}
            for measure, value in persons.items()
        ]
    )  # fmt: skip


def test_natural_and_social_change_by_hand():
    flows = p.compute_flows(
        vital(births=60, deaths=130, in_migrants=300, out_migrants=340, other_change=-2)
    ).iloc[0]
    assert flows["natural_change"] == -70
    assert flows["social_change"] == -42  # 300 - 340 - 2


def test_a_missing_part_leaves_no_partial_sum():
    flows = p.compute_flows(vital(births=60, deaths=130, in_migrants=300, out_migrants=340)).iloc[0]
    assert flows["natural_change"] == -70
    assert flows["social_change"] is None


def totals(*pairs):
    rows = [{"year": y, "population_persons": n, "source_id": "s"} for y, n in pairs]
    return pd.DataFrame(rows, columns=["year", "population_persons", "source_id"])


def test_the_crossing_is_read_between_published_years():
    # METHODS §6: 会津若松 on IPSS 2023 (2030: 103,057; 2035: 96,367) comes to 100,000 in January 2033.
    crossing = p.find_crossing(
        totals((2025, 109725), (2030, 103057), (2035, 96367), (2040, 89668)), Decimal(100000)
    )
    assert (crossing.year, crossing.month) == (2033, 1)


def test_no_crossing_where_there_is_none():
    assert p.find_crossing(totals((2020, 100), (2025, 110)), Decimal(90)) is None
    assert p.find_crossing(totals((2020, 80), (2025, 70)), Decimal(90)) is None
    assert p.find_crossing(totals(), Decimal(90)) is None


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_crossing_lies_between_its_two_years(start, end, threshold):
    crossing = p.find_crossing(totals((2020, start), (2025, end)), Decimal(threshold))
    assert (crossing is not None) == (end <= threshold < start)
    assert crossing is None or date(2020, 10, 1) <= crossing <= date(2025, 10, 1)


def target(year, persons=9000):
    return PopulationTarget(
        id="t", year=year, population_persons=str(persons), precision="1", qualifier="exact", basis="unknown",
        edition=None, as_written="x", document="d", locator="L1",
    )  # fmt: skip


def test_a_target_against_a_projection_by_hand():
    # 二本松 2030: 50,000 against 46,509 = +3,491
    gap = compare_target(target(2030, 50000), totals((2030, 46509), (2035, 42915)), "ipss2023")
    assert gap.gap_persons == 3491
    assert gap.missing is None


@pytest.mark.parametrize(
    ("year", "frame", "why"),
    [
        (None, totals((2030, 5)), "no_year"),
        (2030, totals(), "no_projection"),
        (2032, totals((2030, 5), (2035, 4)), "year_outside"),  # nothing is invented between published years
        (2060, totals((2030, 5)), "year_outside"),
    ],
)
def test_a_target_that_cannot_be_compared_says_why(year, frame, why):
    gap = compare_target(target(year), frame, "ipss2023")
    assert (gap.missing, gap.gap_persons) == (why, None)


def test_required_and_observed_pace_by_hand():
    # 二本松: (50,000 − 49,291) / 5 = +141.8 a year; 2020–2025: (49,291 − 53,557) / 5 = −853.2
    pace = required_pace(target(2030, 50000), Decimal(49291), date(2025, 10, 1))
    assert pace.persons_per_year == Decimal("141.8")
    series = pd.DataFrame(
        {"as_of": [date(2020, 10, 1), date(2025, 10, 1)], "population_persons": [53557, 49291]}
    )
    assert observed_pace(series).persons_per_year == Decimal("-853.2")


def test_no_pace_to_a_year_that_has_passed_or_is_not_written():
    assert required_pace(target(2025), Decimal(1), date(2025, 10, 1)) is None
    assert required_pace(target(None), Decimal(1), date(2025, 10, 1)) is None
    assert observed_pace(pd.DataFrame({"as_of": [], "population_persons": []})) is None


def test_years_are_whole_between_equal_days():
    assert p.years_between(date(2020, 10, 1), date(2025, 10, 1)) == 5
    # 31 March 2013 to 1 January 2014 is nine months
    assert round(p.years_between(date(2013, 3, 31), date(2014, 1, 1)), 2) == Decimal("0.76")


def test_rows_of_the_total_are_no_age_group():
    total = [("female", "total", None, None, 807), ("male", "total", None, None, 703)]
    assert p.sum_broad_ages(age_sex(FIVE + total)).equals(p.sum_broad_ages(age_sex(FIVE)))
    assert p.sum_broad_ages(age_sex(total)).empty  # no ages are no zeros


def test_a_period_given_for_all_and_for_japanese_comes_once_for_all():
    both = pd.concat(
        [
            vital(births=50, deaths=120).assign(residents="japanese", source_id="j"),
            vital(births=60, deaths=130).assign(source_id="a"),
        ],
        ignore_index=True,
    )
    flows = p.compute_flows(both)
    assert flows[["residents", "births", "natural_change", "source_id"]].values.tolist() == [
        ["all", 60, -70, "a"]
    ]
    assert p.compute_flows(both[both["residents"] == "japanese"])["births"].tolist() == [50]
