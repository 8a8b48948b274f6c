"""How far a fit to totals and to the young lies off in what it was not fitted to: tried where all ages are published.

IPSS 2018 published every age of every municipality. Fitted as パターン1 is (from totals, and those under 15 of the last
year, alone), a draw of them shows what the fit does to 65+, to women of 20–39 and to children per woman. The table
data/reference/fit_errors.csv is that experiment, done here anew.
"""

from __future__ import annotations

import gzip

import numpy as np
import pandas as pd
import pytest
from outlook_house import REPOSITORY

from planbook.analysis.projection.calibration import Assumed, fit_to_totals
from planbook.analysis.projection.change_ratios import Pair, compute_residuals, find_negative_ratios
from planbook.analysis.projection.cohorts import FEMALE, SEXES, Cohorts
from planbook.analysis.projection.fertility import compute_child_woman_ratio, extend_child_woman_ratio
from planbook.load.reference import load_reference
from planbook.load.roots import DataRoot
from planbook.summary.outlook.baseline import PATTERN_INTERVALS
from planbook.summary.survival_rates import national_path, sex_ratio_of, survival_between
from planbook.vocabulary.errors import InputError

YEARS = tuple(range(2015, 2046, 5))
STARTS = (2005, 2010)
SEED, DRAWN = 20181, 60
QUANTITIES = ("age_65_over", "women_20_39", "child_woman_ratio")


def read(path, year_sexes=SEXES) -> pd.DataFrame:
    with gzip.open(path, "rt", encoding="utf-8-sig") as stream:
        frame = pd.read_csv(stream, dtype={"code": str})
    return frame[frame["sex"].isin(year_sexes)]


def by_code(frame: pd.DataFrame, ages: list[str]) -> dict[tuple[str, int], np.ndarray]:
    """Return persons by (code, year); shape (sex, age)."""
    wide = frame.set_index(["code", "year", "sex"])[ages].astype(float)
    keys = {key[:2] for key in wide.index}
    female, male = (wide.xs(sex, level="sex") for sex in SEXES)
    return {key: np.stack([female.loc[key].to_numpy(), male.loc[key].to_numpy()]) for key in sorted(keys)}


@pytest.fixture(scope="module")
def towns(shared):
    """Cities, towns and villages with people in every cohort of the pattern: published ages, and censuses."""
    official = shared / "official"
    frame = read(official / "ipss" / "ipss2018_prefecture_municipality_sex_age5_2015_2045.csv.gz")
    frame = frame[frame["kind"].isin(["1", "2", "3"])]
    counted = read(official / "census" / "census_1980_2015_municipality_sex_age5.csv.gz")
    known = set(counted["code"]) & set(frame["code"])
    codes = np.random.default_rng(SEED).permutation(sorted(known))[: 2 * DRAWN]
    published = by_code(frame[frame["code"].isin(codes)], list(frame.columns[7:]))
    census = by_code(
        counted[counted["code"].isin(codes) & counted["year"].isin([*STARTS, 2015])],
        list(counted.columns[5:24]),
    )
    whole = [code for code in codes if all((census[code, year] > 0).all() for year in STARTS)]
    return whole[:DRAWN], published, census


def fit(reference, code, published, census):
    """Fit one municipality from its base, its totals and its young of 2045; return the last population."""

    def at(table, year):
        return Cohorts(year, (code,), table[code, year][None])

    def residual(start):
        survival = survival_between(reference, code, start)
        rates = compute_residuals(Pair(at(census, start), at(census, start + 5)), survival[None])
        return (
            np.maximum(rates.values, -survival)
            if find_negative_ratios(survival[None], rates)
            else rates.values
        )

    base = at(published, 2015)
    assumed = Assumed(
        base,
        np.stack([survival_between(reference, code, year) for year in YEARS[:-1]])[:, None],
        np.mean([residual(start) for start in STARTS], axis=0),
        extend_child_woman_ratio(compute_child_woman_ratio(base), national_path(reference, YEARS)),
        np.array([sex_ratio_of(reference, year) for year in YEARS[1:]]),
    )
    totals = np.array([published[code, year].sum() for year in YEARS[1:]])
    return fit_to_totals(assumed, totals, float(published[code, 2045][:, :3].sum())).path[-1]


def measure(cohorts: Cohorts) -> tuple[float, float, float]:
    persons = cohorts.persons[0]
    return persons[:, 13:].sum(), persons[FEMALE, 4:8].sum(), float(compute_child_woman_ratio(cohorts)[0])


@pytest.fixture(scope="module")
def errors(towns) -> np.ndarray:
    """Fitted ÷ published − 1 in 2045, per cent; shape (municipality, quantity)."""
    codes, published, census = towns
    reference = load_reference(DataRoot(REPOSITORY / "data"))
    found = []
    for code in codes:
        try:
            fitted = fit(reference, code, published, census)
        except InputError:
            continue  # a page of such a place has no パターン1 at all
        truth = Cohorts(2045, (code,), published[code, 2045][None])
        assert fitted.totals[0] == pytest.approx(truth.totals[0])
        assert fitted.persons[..., :3].sum() == pytest.approx(truth.persons[..., :3].sum(), abs=0.02)
        found.append(100 * (np.array(measure(fitted)) / np.array(measure(truth)) - 1))
    return np.array(found)


def test_the_fit_is_tried_as_it_is_used(errors):
    """Two intervals of migration; nearly all of the draw can be fitted, or the ranges speak of the easy ones only."""
    assert len(STARTS) == PATTERN_INTERVALS
    assert DRAWN - 5 <= len(errors) <= DRAWN


def test_the_table_is_the_experiment(errors):
    rows = {
        row.quantity: row for row in load_reference(DataRoot(REPOSITORY / "data")).table("fit_errors").rows
    }
    assert set(rows) == set(QUANTITIES)
    low, high = np.percentile(errors, [10, 90], axis=0)
    for at, quantity in enumerate(QUANTITIES):
        assert rows[quantity].n == len(errors)
        assert float(rows[quantity].q10_pct) == pytest.approx(low[at], abs=0.006), quantity
        assert float(rows[quantity].q90_pct) == pytest.approx(high[at], abs=0.006), quantity
        assert rows[quantity].source_id == "ipss2018"


def test_the_old_do_not_vouch_for_the_women_and_the_births(errors):
    """Why the table exists: 65+ comes out much closer than the women of 20–39 and the children per woman."""
    spread = np.subtract(*np.percentile(errors, [90, 10], axis=0))
    assert spread[1] > 2 * spread[0]
    assert spread[2] > 2 * spread[0]
