"""The tables of a backtest, and one municipality's line with its band: by hand, and one published figure."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from projection_house import FIVE, toy

from census_house import census_rows, write_rows
from planbook.analysis.projection.band_line import has_rates, project_band
from planbook.analysis.projection.band_tables import (
    CHANGE_RATIOS,
    backtest_history,
    choose_bases,
    make_history,
    score_published,
    tabulate_methods,
    validate_bands,
)
from planbook.analysis.projection.base_ages import as_cohorts, count_ages
from planbook.load.census_history import read_census_table
from planbook.load.municipality import load_municipality
from planbook.load.reference import load_reference
from planbook.vocabulary.errors import InputError

YEARS = (2000, 2005, 2010, 2015)


@pytest.fixture
def history(tmp_path):
    """01100 stays as it is; 47999 falls by a tenth in the last five years."""
    cells = {(code, year): 100 for code in ("01100", "47999") for year in YEARS}
    table = read_census_table(write_rows(tmp_path / "census.csv", census_rows(cells | {("47999", 2015): 90})))
    return make_history(table)


def bands(**change) -> pd.DataFrame:
    rows = [
        {"horizon_years": years, "size_class": "-5000", "q10_pct": -10.0, "q90_pct": 25.0, **change}
        for years in (5, 10)
    ]
    return pd.DataFrame(rows)


def test_bases_have_a_census_before_and_after_them(history):
    assert choose_bases(history) == (2005, 2010)
    assert choose_bases(history, most=1) == (2010,)
    with pytest.raises(InputError, match=r"基準年より後に(.|\n)*2015(.|\n)*2015年より前"):
        backtest_history(history, (2005, 2015))
    with pytest.raises(InputError, match=r"2000(.|\n)*2005, 2010"):
        backtest_history(history, (2000,))


def test_two_censuses_are_too_few(tmp_path):
    cells = {("01100", year): 100 for year in YEARS[:2]}
    table = read_census_table(write_rows(tmp_path / "census.csv", census_rows(cells)))
    with pytest.raises(InputError, match="3回に満たない"):
        choose_bases(make_history(table))


def test_the_table_of_methods_by_hand(history):
    errors = {CHANGE_RATIOS: backtest_history(history, (2010, 2005, 2005))}
    # 2010 is hit by both; the fall to 90 is missed by 1/0.9 − 1 from either base.
    table = tabulate_methods(errors, ("47999",)).set_index(["method", "horizon_years", "size_class"])
    five, ten = (table.loc[CHANGE_RATIOS, years, "all"] for years in (5, 10))
    assert (five["n"], five["bases"], ten["n"], ten["bases"]) == (4, (2005, 2010), 2, (2005,))
    assert five["mape_pct"] == pytest.approx(100 / 9 / 4)
    assert (ten["q10_pct"], ten["q90_pct"]) == (pytest.approx(10 / 9), pytest.approx(10))
    assert (five["n_without"], five["mape_without_pct"]) == (2, pytest.approx(0, abs=1e-9))
    # everybody is of the smallest class
    assert table.loc[CHANGE_RATIOS, 5, "-5000"].drop("bases").tolist() == five.drop("bases").tolist()


def test_base_years_are_those_of_the_class(history):
    errors = backtest_history(history, (2005, 2010))
    errors.loc[errors["base_year"] == 2010, "base_persons"] = 20_000.0
    table = tabulate_methods({CHANGE_RATIOS: errors}, ()).set_index(["horizon_years", "size_class"])["bases"]
    assert table[5, "-5000"] == (2005,)
    assert table[5, "10000-30000"] == (2010,)
    assert table[5, "all"] == (2005, 2010)


def test_published_projections_are_scored_like_the_backtest():
    frame = pd.DataFrame(
        {
            "code": ["01100", "01101", "01100"], "edition": ["b", "b", "a"], "base_year": [2015, 2015, 2005],
            "year": [2020, 2020, 2010], "projected_persons": [90, 90, 120], "base_persons": [100, 100, 100],
            "actual_persons": [100, 0, 100],
        }
    )  # fmt: skip
    errors = score_published(frame)
    assert list(errors) == ["a", "b"]
    assert errors["b"]["error_pct"].tolist()[0] == pytest.approx(-10)
    # nobody lived there: no error, not an infinite one
    assert errors["b"]["error_pct"].isna().tolist() == [False, True]
    table = tabulate_methods(errors, ())
    assert table[table["size_class"] == "all"][["method", "n", "bases"]].values.tolist() == [
        ["a", 1, (2005,)],
        ["b", 1, (2015,)],
    ]


def test_bands_are_checked_on_totals_that_did_not_make_them(history):
    bands_before = tabulate_methods({CHANGE_RATIOS: backtest_history(history, (2005, 2010))}, ())
    assert validate_bands(history, bands_before).empty
    later = type(history)(
        history.censuses, np.vstack([history.totals, [[3790.0, np.nan]], [[3790.0, 3000.0]]]), history.parents
    )
    # the totals held back change no band
    assert tabulate_methods({CHANGE_RATIOS: backtest_history(later, (2005, 2010))}, ()).equals(bands_before)
    shares = validate_bands(later, bands_before).set_index(["validation_year", "horizon_years"])
    # 2020 knows 01100 only, projected 3,800. 5 years ahead q10 and q90 are 0 and 7.8 %: 3,526 to 3,800
    assert shares.loc[(2020, 5), ["n", "inside_pct"]].tolist() == [1, 100]
    # 10 years ahead they are 1.1 and 10 %: 3,455 to 3,758
    assert shares.loc[(2020, 10), ["n", "above_pct"]].tolist() == [1, 100]
    # 2025 is reached from 2015 only, 10 years ahead; 47999 would have fallen on: 3420·0.9² = 2770, to 2740 at most
    assert shares.loc[2025].index.tolist() == [10]
    assert shares.loc[(2025, 10), ["n", "above_pct"]].tolist() == [2, 100]
    # 2030 lies further ahead of every census with ages than any band reaches
    further = type(history)(history.censuses, np.vstack([later.totals, [[3790.0, 3000.0]]]), history.parents)
    assert 2030 not in validate_bands(further, bands_before)["validation_year"].tolist()


# ------------------------------------------------------------------------------------------ one municipality


def test_a_line_and_its_band_by_hand():
    # every cell 10 % fewer after five years: so are all that follow
    before, after = toy([100] * 5, [100] * 5, year=2010), toy([90] * 5, [90] * 5, year=2015)
    line = project_band(before, after, 2030, bands())
    assert line.years == (2015, 2020, 2025, 2030)
    assert line.projected.tolist() == pytest.approx([900, 810, 729, 656.1])
    assert line.low[:3].tolist() == pytest.approx([900, 810 / 1.25, 729 / 1.25])
    assert line.high[:3].tolist() == pytest.approx([900, 810 / 0.9, 729 / 0.9])
    # past the last horizon of the table there is no band, and none is invented
    assert np.isnan([line.low[3], line.high[3]]).all()
    assert line.size_class == "-5000"


def test_a_table_without_the_size_class_gives_no_band():
    before, after = toy([100] * 5, [100] * 5, year=2010), toy([90] * 5, [90] * 5, year=2015)
    line = project_band(before, after, 2020, bands(size_class="5000-10000"))
    assert np.isnan(line.low[1])


def test_what_a_band_refuses():
    before, after = toy([100] * 5, [100] * 5, year=2010), toy([90] * 5, [90] * 5, year=2015)
    with pytest.raises(InputError, match="5年をはさむ組ではありません"):
        project_band(before, toy([90] * 5, [90] * 5, year=2020), 2030, bands())
    with pytest.raises(InputError, match="5年の倍数"):
        project_band(before, after, 2032, bands())
    two = [toy(*[[90] * 5] * 4, year=year) for year in (2010, 2015)]
    with pytest.raises(InputError, match="一つずつ"):
        project_band(*two, 2020, bands())


def test_a_village_without_an_age_has_no_rates_of_its_own():
    full = toy([9] * 5, [9] * 5)
    assert has_rates(full, full)
    # the last two ages share a ratio: one of them may be empty
    assert has_rates(toy([9, 9, 9, 0, 9], [9] * 5), full)
    empty = toy([9, 0, 9, 9, 9], [9] * 5, year=2015)
    assert not has_rates(empty, full)
    with pytest.raises(InputError, match=r"0人のコーホート(.|\n)*5-9"):
        project_band(empty, toy([9] * 5, [9] * 5), 2025, bands())
    assert FIVE.childbearing.age_start == 15
    assert not has_rates(full, toy([9, 9, 9, 0, 9], [9] * 5))


def test_rates_of_2010_to_2015_put_aizuwakamatsu_at_100509(real_data):
    """METHODS 1.12, with those of unknown age given the ages of the others of their sex."""
    table = load_reference(real_data).table("error_bands").frame()
    table = table[table["method"] == CHANGE_RATIOS].astype({"q10_pct": float, "q90_pct": float})
    ages = load_municipality(real_data, "07202").frame("age_sex")
    cohorts = [
        as_cohorts(count_ages(ages, "census", date(year, 10, 1)).complete, year, "07202")
        for year in (2010, 2015)
    ]
    line = project_band(*cohorts, 2045, table)
    assert dict(zip(line.years, line.projected, strict=True))[2040] == pytest.approx(100_509, abs=1)
    assert line.size_class == "100000-"
    # 20 years of band, from 2015
    assert np.isnan(line.low).tolist() == [False] * 5 + [True] * 2
