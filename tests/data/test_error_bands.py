"""The committed tables of past errors: made again from the official files, and held against METHODS 1.10."""

from __future__ import annotations

import pandas as pd
import pytest
from band_inputs import CENSUS, write_inputs
from click.testing import CliRunner

from planbook.command.main import cli
from planbook.load.census_history import read_census_table
from planbook.load.reference import load_reference

TABLES = ("error_bands", "band_coverage")
SIZES = ("all", "-5000", "5000-10000", "10000-30000", "30000-100000", "100000-")
# METHODS 1.10: 10 % and 90 % points of the error by years ahead and size, then the median absolute error of all.
PUBLISHED = {
    5: ([(-3.0, 3.6), (-6.0, 8.0), (-3.5, 4.0), (-2.5, 3.4), (-2.3, 3.2), (-3.5, 1.8)], 1.5),
    10: ([(-5.5, 8.4), (-8.6, 19.4), (-5.5, 8.1), (-4.3, 8.4), (-3.8, 7.9), (-6.7, 3.8)], 2.9),
    15: ([(-8.2, 15.4), (-11.9, 30.6), (-9.0, 13.6), (-6.3, 16.4), (-6.1, 15.6), (-11.4, 6.6)], 5.0),
    20: ([(-11.4, 29.0), (-17.2, 45.7), (-13.6, 22.1), (-9.5, 30.6), (-7.9, 30.3), (-18.0, 12.0)], 7.6),
}
#: Where persons of unknown age, distributed here and left out there, move a figure by more than half a point.
BY_UNKNOWN = {(5, "100000-", "q10_pct"), (20, "30000-100000", "q90_pct"), (20, "100000-", "q90_pct")}


@pytest.fixture(scope="module")
def reference(real_data):
    return load_reference(real_data)


@pytest.fixture(scope="module")
def bands(reference) -> pd.DataFrame:
    return reference.table("error_bands").frame().set_index(["method", "horizon_years", "size_class"])


def test_the_tables_are_what_the_command_makes_of_the_official_files(shared, real_data, tmp_path):
    words = write_inputs(shared / "official", tmp_path)
    done = CliRunner().invoke(
        cli, ["backtest", *words, "--data", str(real_data.path), "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0, done.output
    # every municipality of the census has a total of 2020 under today's code
    assert "検証に使っていない市区町村" not in done.output
    for name in TABLES:
        made = (tmp_path / "out" / f"{name}.csv").read_bytes()
        assert made == (real_data.reference_folder / f"{name}.csv").read_bytes(), name


def test_the_bands_of_methods_1_10(bands):
    off = set()
    for years, (points, median) in PUBLISHED.items():
        for size, pair in zip(SIZES, points, strict=True):
            row = bands.loc[("ccr", years, size)]
            for name, value in zip(("q10_pct", "q90_pct"), pair, strict=True):
                distance = abs(float(row[name]) - value)
                off |= {(years, size, name)} if distance > 0.5 else set()
                assert distance < 1, (years, size, name)
        assert float(bands.loc[("ccr", years, "all"), "median_absolute_pct"]) == pytest.approx(
            median, abs=0.1
        )
    assert off == BY_UNKNOWN


def test_one_base_a_five_years_less(bands):
    assert bands.loc["ccr"]["bases"].groupby("horizon_years").first().to_dict() == {
        5: (1995, 2000, 2005, 2010),
        10: (1995, 2000, 2005),
        15: (1995, 2000),
        20: (1995,),
    }


def test_the_classes_add_up_to_all(bands):
    for _, group in bands.groupby(["method", "horizon_years"]):
        counts = group[["n", "n_without"]].droplevel(["method", "horizon_years"])
        assert (counts.drop("all").sum() == counts.loc["all"]).all()


def test_the_means_are_ruled_by_the_places_left_out(bands):
    """A dozen and a half of 1,741 places make half of the mean error, and none of a class without them."""
    whole = (
        bands.xs("all", level="size_class").loc["ccr"].astype({"mape_pct": float, "mape_without_pct": float})
    )
    assert (whole["mape_pct"] > 1.8 * whole["mape_without_pct"]).all()
    assert whole["mape_without_pct"].tolist() == pytest.approx([2.3, 4.8, 8.5, 14.4], abs=0.1)
    large = bands.loc[("ccr", 5, "100000-")]
    assert (large["n"], large["mape_pct"]) == (large["n_without"], large["mape_without_pct"])


def test_the_places_left_out_are_those_of_the_rule(shared, reference):
    """The rule looks at census populations, never at the error: a line that fails in an ordinary town counts."""
    census = read_census_table(shared / "official" / CENSUS)
    totals = pd.DataFrame(census.totals, index=census.years, columns=census.municipalities)
    before, after = totals.iloc[:-1], totals.shift(-1).iloc[:-1]
    evacuated = (after < 0.5 * before).any()
    rise, fall = after >= 1.25 * before, after <= 0.75 * before
    temporary = (rise & fall.shift(-1, fill_value=False)).any()
    tiny = (totals.loc[1995:2010] < 500).any()
    rule = {code: "tiny" for code in tiny.index[tiny]}
    rule |= {code: "temporary" for code in temporary.index[temporary]}
    rule |= {code: "evacuated" for code in evacuated.index[evacuated]}
    assert {row.code: row.reason for row in reference.table("outlier_municipalities").rows} == rule
    assert len(rule) == 17


def test_the_bands_hold_on_census_2020(reference):
    """METHODS 1.10: .81 .82 .88 .87; 5 years ahead 15 % above and 4 % below."""
    rows = {row.horizon_years: row for row in reference.table("band_coverage").rows}
    assert {row.validation_year for row in rows.values()} == {2020}
    assert [float(row.inside_pct) for row in rows.values()] == pytest.approx([81, 82, 88, 87], abs=1)
    assert [float(rows[5].above_pct), float(rows[5].below_pct)] == pytest.approx([15, 4], abs=1)
    # 1,741 without places of nobody in 2020, or at the base
    assert [row.n for row in rows.values()] == [1737, 1740, 1740, 1739]


def test_published_projections_against_the_census(bands):
    """METHODS 1.10: IPSS 2018 −3.2 … +1.9, MAPE 1.73; IPSS 2008 n = 1,878, MAPE 1.92, small 4.21, large 1.41."""
    new = bands.loc[("ipss2018", 5, "all")]
    assert [float(new[name]) for name in ("q10_pct", "q90_pct", "mape_pct")] == pytest.approx(
        [-3.22, 1.92, 1.73], abs=0.01
    )
    assert new["n"] == 1681 + 1  # and 那珂川市, under the code it has since 2018
    old = bands.loc["ipss2008", 5]["mape_pct"].astype(float)
    assert old[["all", "-5000", "100000-"]].tolist() == pytest.approx([1.92, 4.21, 1.41], abs=0.01)
    assert bands.loc[("ipss2008", 5, "all"), "n"] == 1878
