"""The ages of a census that published only three: identities, a case by hand, the four municipalities, bad registers."""

from __future__ import annotations

import csv
import doctest
from collections import defaultdict
from datetime import date

import numpy as np
import pandas as pd
import pytest

from planbook.analysis.projection import base_ages
from planbook.analysis.projection.base_ages import (
    AgeCount,
    as_cohorts,
    bridge_ages,
    count_ages,
    interpolate_counts,
    rake_to_broad,
)
from planbook.analysis.projection.cohorts import SEXES
from planbook.load.municipality import load_municipality
from planbook.vocabulary.errors import InputError

CODES = ("03213", "07202", "07210", "11233")
CENSUS, LAST = date(2020, 10, 1), date(2015, 10, 1)
BEFORE, AFTER = date(2020, 1, 1), date(2021, 1, 1)
BROAD = ((0, 15), (15, 65), (65, None))


def rows(concept, as_of, groups, sexes=SEXES):
    """Rows of age_sex.csv: (age_start, age_end or None, persons), or ("unknown", persons); the same for both sexes."""
    found = []
    for sex in sexes:
        for *age, persons in groups:
            start, end = (None, None) if age == ["unknown"] else age
            kind = "unknown" if age == ["unknown"] else "open" if end is None else "interval"
            found.append((concept, as_of, sex, kind, start, end, persons))
    return found


def table(*parts) -> pd.DataFrame:
    columns = ["concept", "as_of", "sex", "age_kind", "age_start", "age_end", "population_persons"]
    return pd.DataFrame([row for part in parts for row in part], columns=columns)


def fives(persons, top=90):
    return [*((age, age + 5, persons) for age in range(0, top, 5)), (top, None, persons)]


def broad(young, working, old, unknown=0):
    return [(0, 15, young), (15, 65, working), (65, None, old), ("unknown", unknown)]


def bridged(**change) -> pd.DataFrame:
    """A census of 2020 in three groups, one of 2015 by age, and the register around both."""
    parts = {
        "broad": rows("census", CENSUS, broad(300, 1000, 600)),
        "last": rows("census", LAST, fives(100)),
        "then": rows("register", date(2015, 1, 1), fives(100)),
        "then2": rows("register", date(2016, 1, 1), fives(100)),
        "before": rows("register", BEFORE, fives(100)),
        "after": rows("register", AFTER, fives(100)),
        **change,
    }
    return table(*parts.values())


def test_the_examples_of_the_docstrings():
    done = doctest.testmod(base_ages)
    assert done.attempted > 0
    assert done.failed == 0


# ------------------------------------------------------------------------------------------------------- counting


def test_a_register_to_100_is_summed_to_90_and_over():
    """The register has 90–94, 95–99 and 100+; a census and survival ratios end at 90+."""
    count = count_ages(table(rows("register", BEFORE, fives(7, top=100))), "register", BEFORE)
    assert not count.broad
    assert count.persons.shape == (2, 19)
    assert count.persons[0].tolist() == [7] * 18 + [21]


@pytest.mark.parametrize("top", [80, 85])
def test_an_open_group_below_90_is_broad(top):
    """Until 2014 the register ended at 80+: put at 80–84 it would make people die who are alive."""
    assert count_ages(table(rows("register", BEFORE, fives(7, top=top))), "register", BEFORE).broad


def test_persons_of_unknown_age_take_the_ages_of_their_own_sex():
    women = rows("census", CENSUS, [*fives(10), ("unknown", 19)], sexes=("female",))
    men = rows("census", CENSUS, [*fives(10), ("unknown", 0)], sexes=("male",))
    count = count_ages(table(women, men), "census", CENSUS)
    assert count.unknown.tolist() == [19, 0]
    # 19 groups of 10, and 19 without an age: one more in each group, women only
    assert count.complete[0] == pytest.approx([11] * 19)
    assert count.complete[1] == pytest.approx([10] * 19)


def test_a_date_or_a_statistic_that_is_not_there_is_none_never_nobody():
    frame = bridged()
    assert count_ages(frame, "census", BEFORE) is None
    assert count_ages(frame, "monthly_estimate", CENSUS) is None


def test_the_register_is_brought_to_the_day_of_the_census():
    frame = table(rows("register", BEFORE, fives(100)), rows("register", AFTER, fives(190)))
    persons, dates = interpolate_counts(frame, "register", CENSUS)
    assert dates == (BEFORE, AFTER)
    # 274 of the 366 days of 2020 lie before 1 October
    assert persons == pytest.approx(np.full((2, 19), 100 + 90 * 274 / 366))


def test_a_date_with_80_and_over_as_one_group_is_passed_over():
    """As the register was until 2014: the nearest date with all ages is taken, or none."""
    old = rows("register", date(2015, 1, 1), fives(100, top=80))
    now = rows("register", date(2016, 1, 1), fives(100))
    assert interpolate_counts(table(old, now), "register", LAST) is None
    further = rows("register", date(2014, 1, 1), fives(90))
    assert interpolate_counts(table(old, now, further), "register", LAST)[1] == (
        date(2014, 1, 1),
        date(2016, 1, 1),
    )


def test_dates_too_far_apart_are_other_people():
    """Three years are the longest that the data at hand need (会津若松); over five all cohorts have changed places."""
    now = rows("register", AFTER, fives(100))
    for year, found in ((2018, True), (2017, False), (2016, False)):
        frame = table(rows("register", date(year, 1, 1), fives(100)), now)
        assert (interpolate_counts(frame, "register", CENSUS) is not None) is found


# --------------------------------------------------------------------------------------------------------- raking


def test_a_bridge_by_hand():
    """Half as many women of 20–24 were counted as were registered in 2015: so it is in 2020.

    Women 15–64: nine groups of 100 and one of 100 · 50/100 = 50 are 950; 1,900 were counted, so each doubles.
    """
    last = [(a, e, 50 if a == 20 else p) for a, e, p in fives(100)]
    frame = bridged(last=rows("census", LAST, last), broad=rows("census", CENSUS, broad(600, 1900, 300)))
    persons, dates = bridge_ages(frame, CENSUS, LAST)
    assert dates == (date(2015, 1, 1), date(2016, 1, 1), BEFORE, AFTER)
    assert persons[0, :3] == pytest.approx([200] * 3)
    assert persons[0, 3:13] == pytest.approx([200, 100, *[200] * 8])
    assert persons[0, 13:] == pytest.approx([50] * 6)


def test_a_cohort_that_nobody_was_registered_in_keeps_the_registers_figure():
    """A ratio of census to register that cannot be formed is 1: the raking to the census follows all the same."""
    then = [(a, e, 0 if a == 40 else p) for a, e, p in fives(100)]
    frame = bridged(
        then=rows("register", date(2015, 1, 1), then), then2=rows("register", date(2016, 1, 1), then)
    )
    persons, _ = bridge_ages(frame, CENSUS, LAST)
    assert np.isfinite(persons).all()
    assert persons.sum() == pytest.approx(2 * 1900)
    assert persons[0, 8] == pytest.approx(100)


def test_unknown_age_is_spread_over_the_broad_groups_of_its_sex():
    frame = bridged(broad=rows("census", CENSUS, broad(300, 1000, 600, unknown=190)))
    persons, _ = bridge_ages(frame, CENSUS, LAST)
    assert persons.sum(axis=1) == pytest.approx([2090, 2090])
    assert persons[:, 13:].sum(axis=1) == pytest.approx([660, 660])


@pytest.mark.parametrize("bounds", [((0, 18), (18, 65), (65, None)), ((0, 15), (15, 63), (63, None))])
def test_a_broad_group_that_cuts_five_years_is_refused(bounds):
    groups = [(*pair, 500) for pair in bounds]
    frame = bridged(broad=rows("census", CENSUS, groups))
    with pytest.raises(InputError, match=r"5歳階級の境に合いません(.|\n)*(0–18|15–63)"):
        bridge_ages(frame, CENSUS, LAST)


def test_a_group_that_the_census_has_and_the_register_has_not():
    nobody = [(a, e, 0 if a >= 65 else p) for a, e, p in fives(100)]
    gone = {
        "before": rows("register", BEFORE, nobody),
        "after": rows("register", AFTER, nobody),
    }
    with pytest.raises(InputError, match=r"割りふる5歳階級の人口がありません(.|\n)*female, male"):
        bridge_ages(bridged(**gone), CENSUS, LAST)
    empty = bridged(**gone, broad=rows("census", CENSUS, broad(300, 1000, 0)))
    persons, _ = bridge_ages(empty, CENSUS, LAST)
    assert (persons[:, 13:] == 0).all()
    assert persons.sum() == pytest.approx(2 * 1300)


@pytest.mark.parametrize("missing", ["broad", "last", "then", "then2", "before", "after"])
def test_without_one_of_the_tables_there_is_no_bridge(missing):
    """Nothing is prolonged: a register that ends before the census, or jumps over it from afar, makes no base."""
    assert bridge_ages(bridged(**{missing: []}), CENSUS, LAST) is None


def test_raking_what_is_raked_changes_nothing():
    counted = {
        (0, 15): np.array([30.0, 60]),
        (15, 65): np.array([200.0, 100]),
        (65, None): np.array([60.0, 12]),
    }
    known = AgeCount(np.zeros((2, 19)), np.zeros(2), True, counted)
    once = rake_to_broad(np.arange(1, 39, dtype=float).reshape(2, 19), known)
    assert rake_to_broad(once, known) == pytest.approx(once)
    assert as_cohorts(once, 2020, "47999").totals == pytest.approx([462])


# ---------------------------------------------------------------------------------------- the four municipalities


@pytest.fixture(scope="module")
def bridges(real_data):
    frames = {code: load_municipality(real_data, code).frame("age_sex") for code in CODES}
    return {code: bridge_ages(frame, CENSUS, LAST) for code, frame in frames.items()}


@pytest.fixture(scope="module")
def census_2020(real_data):
    """Return (code, sex) → {broad group: persons, unknown distributed} and the total, by other code."""
    found = {}
    for code in CODES:
        path = real_data.municipality_folder(code) / "age_sex.csv"
        counted = defaultdict(lambda: defaultdict(float))
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                if (row["concept"], row["as_of"]) == ("census", "2020-10-01"):
                    group = "unknown" if row["age_kind"] == "unknown" else int(row["age_start"])
                    counted[row["sex"]][group] += int(row["population_persons"])
        for sex, groups in counted.items():
            unknown = groups.pop("unknown", 0.0)
            known = sum(groups.values())
            found[code, sex] = {start: n + unknown * n / known for start, n in groups.items()}
    return found


def test_the_bridged_ages_add_up_to_the_census(bridges, census_2020, real_data):
    """By sex and broad group, those of unknown age distributed; and in all to the published total."""
    for code, (persons, _) in bridges.items():
        for at, sex in enumerate(SEXES):
            for start, end in BROAD:
                inside = slice(start // 5, None if end is None else end // 5)
                assert persons[at, inside].sum() == pytest.approx(census_2020[code, sex][start], rel=1e-12)
        totals = load_municipality(real_data, code).frame("population")
        census = totals[(totals["concept"] == "census") & (totals["as_of"] == CENSUS)]
        assert persons.sum() == pytest.approx(float(census["population_persons"].item()), rel=1e-12)


def test_the_defective_register_of_aizuwakamatsu_is_not_used(bridges):
    """Its ages of January 2020 and 2021 are shifted by about a year; 2019 and 2022 stand around the census instead."""
    around = {code: dates[2:] for code, (_, dates) in bridges.items()}
    assert around.pop("07202") == (date(2019, 1, 1), date(2022, 1, 1))
    assert set(around.values()) == {(BEFORE, AFTER)}
    assert {dates[:2] for _, dates in bridges.values()} == {(date(2015, 1, 1), date(2016, 1, 1))}


def test_children_of_2015_are_five_years_older_in_2020(bridges, real_data):
    """Children of 0–9 hardly move: a shift of ages by a year would make a cohort grow or shrink by 10 % and more."""
    for code, (persons, _) in bridges.items():
        before = count_ages(load_municipality(real_data, code).frame("age_sex"), "census", LAST).complete
        assert persons[:, 1:3] / before[:, :2] == pytest.approx(np.ones((2, 2)), abs=0.09), code


@pytest.mark.parametrize(("code", "median"), [("03213", 2.8), ("11233", 1.4)])
def test_the_bridged_ages_look_like_those_of_the_projection_of_2018(bridges, real_data, code, median):
    """IPSS 2018 had projected 2020 by age from the census of 2015: another way to the same ages.

    Median difference of the 38 cells in per cent. Groups 10–64, where births since 2015 and deaths weigh little,
    are within 10 %. Men of 90 and over differ by 30 % in 北本市: there were few of them in 2015.
    """
    frame = load_municipality(real_data, code).frame("projections")
    cells = frame[
        (frame["edition"] == "ipss2018")
        & (frame["year"] == 2020)
        & frame["sex"].isin(SEXES)
        & frame["age_kind"].isin(["interval", "open"])
    ]
    published = cells.pivot(index="sex", columns="age_start", values="population_persons").to_numpy(float)
    difference = np.abs(100 * (bridges[code][0] / published - 1))
    assert np.median(difference) == pytest.approx(median, abs=0.1)
    assert difference[:, 2:13].max() < 10
