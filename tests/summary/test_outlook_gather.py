"""Missing and bad data on the way to an outlook: a reason that a page can say, or an error that names the cell."""

from __future__ import annotations

import csv
import re

import pytest
from outlook_house import NINOHE, Copy, baseline_of

from planbook.load.plan import load_plan
from planbook.summary.outlook.baseline import gather_baseline
from planbook.summary.outlook.gather import gather_outlook
from planbook.vocabulary.errors import InputError

CITY = "47999-strategy-1"


@pytest.fixture
def copy(tmp_path) -> Copy:
    return Copy(tmp_path, NINOHE)


def of_2023(row):
    return row["edition"] == "ipss2023"


def by_age(row):
    return row["concept"] == "census" and row["as_of"] != "2020-10-01"


def total_of(year):
    return lambda row: of_2023(row) and row["year"] == year and row["age_kind"] == "total"


def prolong(path, pattern) -> None:
    """Repeat the row of 2050 that `pattern` finds for 2055 and 2060."""
    text = path.read_text(encoding="utf-8-sig")
    (last,) = re.findall(pattern, text, re.MULTILINE)
    more = "".join(last.replace("2050", year) + "\n" for year in ("2055", "2060"))
    path.write_text(text.rstrip("\n") + "\n" + more, encoding="utf-8")


def prolong_totals(copy) -> None:
    prolong(copy.municipality / "projections.csv", "^total.*ipss2023,standard,2050,total.*$")


# ------------------------------------------------------------------------------------------ reasons, said by a page


def reason_of(plan) -> str | None:
    outlook = gather_outlook(plan)
    if outlook.reason is not None:
        assert (outlook.baseline, outlook.standard, outlook.stated, outlook.needs) == (None,) * 4
    else:
        assert None not in (outlook.baseline, outlook.standard, outlook.needs)
    # either the plan's own scenario, or why there is none
    assert (outlook.stated is None) == (outlook.stated_reason is not None)
    return outlook.reason


def test_all_is_there_for_the_real_municipality(copy):
    assert reason_of(copy.load()) is None


def test_the_fictional_city_has_three_broad_ages_only(country):
    assert reason_of(load_plan(country.root, CITY)) == "no_base_ages"


def test_a_municipality_without_a_projection(copy):
    """As the 13 of 浜通り, which IPSS 2018 and 2023 did not project one by one."""
    plan = copy.remove("projections").load()
    assert reason_of(plan) == "no_projection"
    # its plan does state assumptions: that is not what is lacking
    assert gather_outlook(plan).stated_reason == "no_data"


def test_the_fictional_city_without_a_projection(country):
    (country.municipality / "projections.csv").unlink()
    assert reason_of(load_plan(country.root, CITY)) == "no_projection"


def test_a_municipality_without_ages(copy):
    assert reason_of(copy.remove("age_sex").load()) == "no_base_ages"


def test_a_base_of_broad_ages_without_a_register_to_bridge_them(copy):
    assert reason_of(copy.drop("age_sex", lambda row: row["concept"] == "register").load()) == "no_base_ages"


def test_a_register_that_ends_before_the_census(copy):
    later = copy.drop("age_sex", lambda row: row["concept"] == "register" and row["as_of"] > "2020-10-01")
    assert reason_of(later.load()) == "no_base_ages"


@pytest.mark.parametrize("kept", [("2015",), ("2005", "2015")])
def test_ages_of_no_two_censuses_five_years_apart(copy, kept):
    """One census says nothing of migration by age, nor do two that are ten years apart."""
    copy.drop("age_sex", lambda row: by_age(row) and row["as_of"][:4] not in kept)
    assert reason_of(copy.load()) == "no_migration_pattern"


def test_a_projection_with_a_gap(copy):
    """Nothing is interpolated to fill the step."""
    assert (
        reason_of(copy.drop("projections", lambda row: of_2023(row) and row["year"] == "2035").load())
        == "off_grid"
    )


def test_a_projection_of_one_year_is_none(copy):
    """IPSS 2008 is at hand for 2010 alone; a base without anything after it is no projection either."""
    base_alone = copy.drop("projections", lambda row: of_2023(row) and row["year"] != "2020")
    assert gather_baseline(base_alone.load()).edition == "ipss2018"
    assert (
        reason_of(copy.drop("projections", lambda row: row["edition"] != "ipss2008").load())
        == "no_projection"
    )


def test_a_projection_of_three_years_ahead_is_off_the_grid(copy):
    only = copy.drop("projections", lambda row: of_2023(row) and row["year"] not in ("2020", "2025"))
    only.change("projections", lambda row: of_2023(row) and row["year"] == "2025", year="2023")
    assert reason_of(only.load()) == "off_grid"


def test_a_projection_of_every_ten_years(country):
    """The fictional city's has 2020, 2030, 2040 and 2050; here it has a census by five-year age as well."""
    rows = "".join(
        f"{kind},{start},{end},census,2020-10-01,{sex},{persons},census-2020-ssdse\n"
        for sex in ("female", "male")
        for kind, start, end, persons in (
            *(("interval", age, age + 5, 250) for age in range(0, 90, 5)),
            ("open", 90, "", 500),
        )
    )
    file = country.municipality / "age_sex.csv"
    file.write_text(file.read_text(encoding="utf-8").splitlines(keepends=True)[0] + rows, encoding="utf-8")
    assert reason_of(load_plan(country.root, CITY)) == "off_grid"


def test_a_projection_whose_last_year_is_no_fifth_year_ends_at_the_last_that_is(copy):
    """2049 instead of 2050: パターン1 reaches 2045, and the young of 2049 are not taken for those of 2045."""
    plan = copy.change("projections", lambda row: of_2023(row) and row["year"] == "2050", year="2049").load()
    baseline = gather_baseline(plan)
    assert baseline.last_year == 2045
    assert baseline.fit.level.tolist() == [1]
    assert (baseline.old_found, baseline.old_published) == (None, None)


def test_without_published_ages_births_stay_as_they_are(copy):
    plan = copy.drop("projections", lambda row: of_2023(row) and row["age_kind"] != "total").load()
    baseline = gather_baseline(plan)
    assert baseline.fit.level.tolist() == [1]
    assert baseline.old_published is None
    # the totals are met all the same
    assert float(baseline.fit.path[-1].totals[0]) == pytest.approx(13_701, abs=1e-6)


@pytest.mark.parametrize("persons", ["25667", "25360", "2551"])
def test_a_base_of_another_size_than_the_projections_own(copy, persons):
    """0.6 % off, either way, or a digit lost: ages of another area, or a slip of the pen. Nothing is scaled to fit."""
    copy.change("projections", total_of("2020"), population_persons=persons)
    assert reason_of(copy.load()) == "base_mismatch"


@pytest.mark.parametrize("persons", ["25613", "25413"])
def test_a_base_that_differs_by_persons_of_unknown_age_is_the_same(copy, persons):
    """0.4 % off: who counts those of unknown age or nationality otherwise is still at the same place."""
    baseline = gather_baseline(
        copy.change("projections", total_of("2020"), population_persons=persons).load()
    )
    assert baseline.rates.base.totals[0] == pytest.approx(25_513)
    assert float(baseline.fit.path[-1].totals[0]) == pytest.approx(13_701, abs=1e-6)


def test_without_a_newer_census_needs_are_counted_from_the_base(copy):
    baseline = gather_baseline(copy.drop("population", lambda row: row["as_of"] == "2025-10-01").load())
    assert baseline.now is baseline.rates
    assert baseline.census_left_out is None
    assert gather_outlook(copy.load()).needs.start == 2020


def counted_in_2025(row):
    return row["concept"] == "census" and row["as_of"] == "2025-10-01"


def test_a_census_that_migration_cannot_be_brought_to_is_left_out_and_named(copy):
    """A fifth fewer in 2025 than the 25,513 of 2020, as after an earthquake: not by the pattern of ordinary years.

    What is counted from there on begins at the base, and the year is named so that a page can say it.
    """
    outlook = gather_outlook(copy.change("population", counted_in_2025, population_persons="20410").load())
    assert outlook.reason is None
    baseline = outlook.baseline
    assert baseline.census_left_out == 2025
    assert baseline.now is baseline.rates
    assert (baseline.now.base.year, outlook.needs.start) == (2020, 2020)
    assert float(baseline.fit.path[-1].totals[0]) == pytest.approx(13_701, abs=1e-6)
    (today,) = [world for world in outlook.stated.worlds if world.key == "today"]
    assert today.rates.base.year == 2020


def test_a_census_a_tenth_below_is_carried(copy):
    """22,962 is about what was counted in 2025 (22,999): the same rates from there on, and nothing is left out."""
    baseline = gather_baseline(copy.change("population", counted_in_2025, population_persons="22962").load())
    assert baseline.census_left_out is None
    assert baseline.now.base.year == 2025
    assert baseline.now.base.totals[0] == pytest.approx(22_962, abs=1e-6)


def test_without_any_totals_of_the_census(copy):
    assert reason_of(copy.remove("population").load()) is None


def test_where_all_is_disturbed_the_pattern_says_so(copy):
    """Migration of disturbed years is better than none, and is marked."""
    file = copy.municipality / "municipality.yml"
    text = file.read_text(encoding="utf-8")
    assert "- start: 2020\n    end: 2022" in text
    file.write_text(
        text.replace("- start: 2020\n    end: 2022", "- start: 1980\n    end: 2022"), encoding="utf-8"
    )
    baseline = gather_baseline(copy.load())
    assert baseline.pattern_disturbed
    assert baseline.pattern == ((2005, 2010), (2010, 2015))
    assert baseline.rates.disturbed == ("migration",)


def test_a_projection_beyond_the_tables_is_taken_as_far_as_they_go(copy):
    """Totals to 2060: mortality and births of 2050–60 are nobody's assumption, and are not prolonged in silence."""
    prolong_totals(copy)
    outlook = gather_outlook(copy.load())
    baseline = outlook.baseline
    assert baseline.last_year == 2050
    assert outlook.standard.projection.years[-1] == 2050
    assert float(baseline.fit.path[-1].totals[0]) == pytest.approx(13_701, abs=1e-6)
    # the young and the old are those of 2050
    assert baseline.old_published == 7_249
    assert baseline.fit.level[0] != 1


def test_a_projection_ends_with_the_nations_births(copy):
    """A table that ends in 2045 gives no scenario of 2050, no judgement of it, and no young to be met in another year."""
    outlook = gather_outlook(copy.drop("national_fertility", lambda row: row["year"] == "2050").load())
    assert outlook.baseline.last_year == 2045
    assert float(outlook.baseline.fit.path[-1].totals[0]) == pytest.approx(15_491, abs=1e-6)
    assert outlook.baseline.fit.level.tolist() == [1]
    assert outlook.standard.influences == {}
    assert [need.year for need in outlook.needs.needs] == [2045]


def test_an_older_edition_serves_where_the_newest_is_not_at_hand(copy):
    baseline = gather_baseline(copy.drop("projections", of_2023).load())
    assert (baseline.edition, baseline.rates.base.year, baseline.last_year) == ("ipss2018", 2015, 2045)
    assert not baseline.base_bridged
    assert float(baseline.fit.path[-1].totals[0]) == pytest.approx(15_281, abs=1e-6)


def test_a_prefectures_own_projection_serves_where_ipss_has_none(copy):
    """No row of edition_assumptions is its own: simulations are the guide's, and no influence is judged."""
    editions = copy.path / "reference" / "editions.csv"
    row = "prefecture,県推計,Prefecture,県,2024-03,2020,other\n"
    editions.write_text(editions.read_text(encoding="utf-8-sig").rstrip("\n") + "\n" + row, encoding="utf-8")
    copy.drop("projections", lambda row: row["edition"] in ("ipss2008", "ipss2018"))
    outlook = gather_outlook(copy.change("projections", of_2023, edition="prefecture").load())
    assert (outlook.reason, outlook.baseline.edition) == (None, "prefecture")
    assert (outlook.standard.simulation.tfr, outlook.standard.influences) == (2.1, {})
    assert [world.edition for world in outlook.stated.worlds] == ["ipss2013", "ipss2013", "prefecture"]


# --------------------------------------------------------------------------------------------------------- errors


def refused(copy: Copy, *words: str) -> None:
    """The plan cannot be read, or its outlook cannot be made: an error that holds all these words."""
    with pytest.raises(InputError) as error:
        gather_outlook(copy.load())
    for word in words:
        assert word in str(error.value), word


def in_2015(row, sex, start):
    return (row["concept"], row["as_of"], row["sex"], row["age_start"]) == (
        "census",
        "2015-10-01",
        sex,
        start,
    )


@pytest.mark.parametrize("sexes", [("male",), ("female", "male")])
def test_an_age_group_missing_in_one_sex_or_in_both(copy, sexes):
    copy.drop("age_sex", lambda row: any(in_2015(row, sex, "20") for sex in sexes))
    refused(copy, "age_sex.csv", "年齢階級が抜けています", f"census 2015-10-01 {sexes[0]}：20～24歳")


def test_negative_persons(copy):
    copy.change("age_sex", lambda row: in_2015(row, "male", "20"), population_persons="-1")
    refused(copy, "age_sex.csv", "0以上の整数", "-1")


def test_an_age_group_given_twice(copy):
    copy.change("age_sex", lambda row: in_2015(row, "male", "20"), age_start="15", age_end="20")
    refused(copy, "age_sex.csv", "行目と同じ行")


def nobody(copy: Copy, year: str, sex: str, start: str) -> Copy:
    """Let a cohort be nobody, with the census total lowered by it."""
    of_year = [
        row for row in load_rows(copy, "age_sex") if row["concept"] == "census" and row["as_of"][:4] == year
    ]
    (cell,) = [row for row in of_year if (row["sex"], row["age_start"]) == (sex, start)]
    total = sum(int(row["population_persons"]) for row in of_year) - int(cell["population_persons"])

    def in_year(row):
        return row["concept"] == "census" and row["as_of"][:4] == year

    copy.change(
        "age_sex",
        lambda row: in_year(row) and (row["sex"], row["age_start"]) == (sex, start),
        population_persons="0",
    )
    return copy.change("population", in_year, population_persons=str(total))


def load_rows(copy: Copy, name: str) -> list[dict]:
    with (copy.municipality / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("year", ["2005", "2010"])
def test_a_cohort_of_nobody_has_no_rate(copy, year):
    """Nobody of 20–24: how many of them would have moved is not 0, and no larger area is at hand to ask."""
    assert reason_of(nobody(copy, year, "female", "20").load()) == "empty_cohort"


def test_a_cohort_of_nobody_before_the_pattern_leaves_those_five_years_unseen(copy):
    """Nobody of 20–24 in 1990: 1990–95 shows no migration by age; 1985–90, at whose end they are, does."""
    outlook = gather_outlook(nobody(copy, "1990", "female", "20").load())
    assert outlook.reason is None
    assert [seen.start for seen in outlook.needs.seen] == [1980, 1985, 1995, 2000, 2005, 2010, 2015]


def test_a_cohort_of_nobody_at_the_end_is_a_cohort_that_left(copy):
    """Nobody of 20–24 in 2015: those of 15–19 in 2010 are gone. That is a rate, and no error."""
    baseline = gather_baseline(nobody(copy, "2015", "female", "20").load())
    survival = baseline.rates.survival[0, 0, 0, 3]
    assert baseline.rates.migration[0, 0, 0, 3] + survival >= 0


# ------------------------------------------------------------------------------------------- errors of the tables


def test_a_rate_above_one(copy):
    copy.change("life_table", lambda row: (row["sex"], row["age_start"]) == ("female", "20"), annual_qx="1.2")
    refused(copy, "qx", "20-24", "0から1まで")


@pytest.mark.parametrize("sexes", [("female",), ("female", "male")])
def test_a_band_missing_in_the_life_table(copy, sexes):
    copy.drop("life_table", lambda row: row["age_start"] == "20" and row["sex"] in sexes)
    refused(copy, "life_table.csv", f"{sexes[0]} 20")


def test_a_sex_missing_in_the_path_of_mortality(copy):
    copy.drop("mortality_path", lambda row: (row["period_start"], row["sex"]) == ("2030", "female"))
    refused(copy, "qx", "欠けた値")


def test_a_step_missing_in_the_path_of_mortality(copy):
    copy.drop("mortality_path", lambda row: row["period_start"] == "2030")
    refused(copy, "mortality_path.csv", "見つかったもの：2030", "2025, 2035")


def test_a_prefecture_without_life_expectancies(copy):
    copy.drop("life_expectancy", lambda row: row["prefecture"] == "03")
    refused(copy, "生残率を作る表の行がありません")


def test_a_life_expectancy_in_another_unit(copy):
    copy.change(
        "life_expectancy",
        lambda row: (row["prefecture"], row["year"], row["sex"]) == ("03", "2015", "female"),
        years="8670",
    )
    refused(copy, "平均寿命に合う生命表", "年")


@pytest.mark.parametrize("year", ["2020", "2035", "2045"])
def test_a_year_missing_in_the_nations_births(copy, year):
    copy.drop("national_fertility", lambda row: row["year"] == year)
    refused(copy, "national_fertility.csv", f"見つかったもの：{year}")


def test_births_tabled_further_than_mortality(copy):
    """The table of births ends the projection; where that of mortality is shorter, it is named and not prolonged."""
    prolong_totals(copy)
    prolong(copy.path / "reference" / "national_fertility.csv", "^2050,.*$")
    refused(copy, "mortality_path.csv", "見つかったもの：2050")


def test_young_that_the_births_of_no_town_give(copy):
    """13,000 of 13,701 under 15: the three ages are of another edition, or of another place."""
    copy.change(
        "projections",
        lambda row: of_2023(row) and (row["year"], row["age_start"]) == ("2050", "0"),
        population_persons="13000",
    )
    refused(copy, "年少人口に合う子ども女性比", "13000")


@pytest.mark.parametrize(("year", "persons"), [("2030", "100"), ("2030", "2113")])
def test_a_total_that_has_lost_a_digit(copy, year, persons):
    """More would have to leave than live there: refused, never negative persons."""
    copy.change(
        "projections",
        total_of(year),
        population_persons=persons,
    )
    refused(copy, "人口が負のセル", "03213 female")


def test_nothing_of_the_copy_leaks_into_the_real_data(copy):
    copy.remove("projections")
    assert baseline_of(NINOHE).edition == "ipss2023"
