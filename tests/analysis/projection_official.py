"""Official files read for the projection tests by other code than the package's, and rates for them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from planbook.analysis.projection.cohorts import SEXES, Cohorts
from planbook.analysis.projection.rates import RATES, Origin, Rates
from planbook.analysis.projection.survival import compute_survival

ORIGINS = {name: Origin(("ipss2018",), (2015, 2045)) for name in RATES}


def constant_rates(base: Cohorts, steps: int, survival=0.9, migration=0.0, ratio=0.2) -> Rates:
    shape = (steps, *base.persons.shape)
    towns = len(base.municipalities)
    return Rates(
        base,
        np.broadcast_to(np.asarray(survival, dtype=float), shape).copy(),
        np.broadcast_to(np.asarray(migration, dtype=float), shape).copy(),
        np.broadcast_to(np.asarray(ratio, dtype=float), (steps + 1, towns)).copy(),
        np.full(steps, 105.0),
        ORIGINS,
    )


def stack_sexes(group: pd.DataFrame, columns: list[str]) -> np.ndarray:
    ordered = group.sort_values("code")
    return np.stack([ordered[ordered["sex"] == sex][columns].to_numpy(float) for sex in SEXES], axis=1)


@cache
def read_ipss2018(official: Path) -> pd.DataFrame:
    path = official / "ipss" / "ipss2018_prefecture_municipality_sex_age5_2015_2045.csv.gz"
    return pd.read_csv(path, dtype={"code": str})


def ipss2018(official: Path, kinds=("0", "1", "2", "3"), codes=None) -> list[Cohorts]:
    """Published persons of 2015, 2020 … 2045; prefectures with kinds=("a",)."""
    frame = read_ipss2018(official)
    frame = frame[frame["kind"].isin(kinds)]
    if codes:
        frame = frame[frame["code"].isin(codes)]
    columns, names = list(frame.columns[7:]), tuple(sorted(frame["code"].unique()))
    return [Cohorts(int(year), names, stack_sexes(group, columns)) for year, group in frame.groupby("year")]


@cache
def national_survival(official: Path) -> np.ndarray:
    return compute_survival(read_qx(official))


def read_qx(official: Path) -> np.ndarray:
    table = pd.read_csv(official / "lifetable" / "jp_23rd_life_table_2020_qx_5yr_band_means.csv")
    return np.array([table[table["sex"] == sex]["annual_qx_mean"] for sex in SEXES])


@cache
def censuses(official: Path) -> tuple[tuple[Cohorts, ...], np.ndarray]:
    """Census persons of known age 1980 … 2015, and totals 1980 … 2020 (0 where the code of 2020 is another one)."""
    path = official / "census" / "census_1980_2015_municipality_sex_age5.csv.gz"
    frame = pd.read_csv(path, dtype={"code": str})
    columns, codes = list(frame.columns[5:24]), tuple(sorted(frame["code"].unique()))
    known = tuple(Cohorts(int(y), codes, stack_sexes(g, columns)) for y, g in frame.groupby("year"))
    totals = frame[frame["sex"] == "total"].pivot(index="year", columns="code", values="total")[list(codes)]
    items = pd.read_csv(
        official / "ssdse" / "ssdse_a_population_items_2010s_2024.csv.gz", dtype={"code": str}
    )
    items = items[(items["item"] == "A1101") & (items["year"] == 2020)].sort_values("edition")
    latest = items.drop_duplicates("code", keep="last").set_index("code")["value"].reindex(codes).fillna(0)
    return known, np.vstack([totals.to_numpy(float), latest.to_numpy(float)])
