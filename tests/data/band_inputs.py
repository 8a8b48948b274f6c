"""The files that ``planbook backtest`` takes, made out of the official files beside the checkout."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

#: Codes that changed with the rank of the municipality, its area as before: 富谷町 → 富谷市, 那珂川町 → 那珂川市.
CODE_CHANGES = {"04423": "04216", "40305": "40231"}
CENSUS = "census/census_1980_2015_municipality_sex_age5.csv.gz"


def write_inputs(official: Path, folder: Path) -> list[str]:
    """Write codes, totals of 2020 and published projections; return the words of the command without --out."""
    totals = census_2020(official)
    write(
        folder / "totals.csv",
        ["code", "year", "total_persons"],
        [(code, 2020, value) for code, value in totals.items()],
    )
    write(folder / "codes.csv", ["old_code", "new_code"], CODE_CHANGES.items())
    names = ["code", "edition", "base_year", "year", "projected_persons", "base_persons", "actual_persons"]
    write(folder / "published.csv", names, [*ipss2008(official), *ipss2018(official, totals)])
    return [
        "--census", str(official / CENSUS), "--census-source", "census-1980-2015-age5",
        "--totals", str(folder / "totals.csv"), "--totals-source", "census-2020-ssdse",
        "--codes", str(folder / "codes.csv"), "--projection", str(folder / "published.csv"),
    ]  # fmt: skip


def write(path: Path, names, rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([names, *rows])


def census_2020(official: Path) -> pd.Series:
    """Totals of 2020 by today's code, out of the newest edition that has each."""
    path = official / "ssdse" / "ssdse_a_population_items_2010s_2024.csv.gz"
    items = pd.read_csv(path, dtype={"code": str})
    items = items[(items["item"] == "A1101") & (items["year"] == 2020)].sort_values("edition")
    return items.drop_duplicates("code", keep="last").set_index("code")["value"].astype(int)


def ipss2008(official: Path) -> list[tuple]:
    """The projection of December 2008 for 2010, base census 2005; wards of designated cities are rows of their own."""
    frame = pd.read_csv(official / "ipss" / "ipss2008_projection_for_2010_vs_census.csv", dtype={"code": str})
    return [
        (row.code, "ipss2008", 2005, 2010, row.ipss2008_proj_2010, row.census2005, row.census2010)
        for row in frame.itertuples()
    ]


def ipss2018(official: Path, actual: pd.Series) -> list[tuple]:
    """The projection of 2018 for 2020 where census 2020 has the same municipality: no wards of designated cities."""
    path = official / "ipss" / "ipss2018_prefecture_municipality_sex_age5_2015_2045.csv.gz"
    frame = pd.read_csv(path, dtype={"code": str})
    frame = frame[(frame["sex"] == "total") & frame["kind"].isin(["0", "1", "2", "3"])]
    wide = frame.pivot(index="code", columns="year", values="total").rename(index=CODE_CHANGES)
    return [
        (code, "ipss2018", 2015, 2020, wide.loc[code, 2020], wide.loc[code, 2015], actual[code])
        for code in wide.index
        if code in actual.index
    ]
