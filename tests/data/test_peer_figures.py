"""The table of all municipalities against the official files, row by row; and the peers of one, counted anew."""

from __future__ import annotations

import csv
import gzip
import io
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from comparison_house import AIZUWAKAMATSU, ALL, KITAMOTO, NIHONMATSU, NINOHE, compare, plan_of
from planbook.analysis.peers import PeerRule
from planbook.load.tables import read_table
from planbook.summary.comparison.peer_facts import gather_peers
from planbook.vocabulary.codes import municipality_kind
from planbook.vocabulary.errors import InputError
from planbook.vocabulary.schemas import PeerFigureRow

DATA = Path(__file__).resolve().parents[2] / "data"
#: Columns of the table → item of SSDSE-A; the total of 2015 is of the edition of 2021.
ITEMS_2020 = {
    "census_2020_persons": "A1101",
    "age_0_14_2020_persons": "A1301",
    "age_15_64_2020_persons": "A1302",
    "age_65_over_2020_persons": "A1303",
}
PROJECTED = (2030, 2040, 2050)
#: Projected by IPSS as one region.
HAMADORI = {
    "07204", "07209", "07212", "07541", "07542", "07543", "07544",
    "07545", "07546", "07547", "07548", "07561", "07564",
}  # fmt: skip
#: Towns that became cities between the censuses.
NEW_CODES = {"04423": "04216", "40305": "40231"}


@cache
def table(name: str = "peer_figures") -> tuple[dict[str, str], ...]:
    with (DATA / "reference" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return tuple(csv.DictReader(stream))


@pytest.fixture(scope="module")
def official(shared) -> Path:
    return shared / "official"


def read_ssdse(official: Path, edition: int) -> dict[str, dict[str, tuple[str, str]]]:
    """Return code → item → (value, year of the item)."""
    raw = gzip.decompress((official / "ssdse" / "raw" / f"SSDSE-A-{edition}.csv.gz").read_bytes())
    items, years, _, *rows = csv.reader(io.StringIO(raw.decode("cp932")))
    return {
        row[0].removeprefix("R"): dict(zip(items, zip(row, years, strict=True), strict=True)) for row in rows
    }


def read_ipss(official: Path) -> dict[str, dict[str, str]]:
    path = official / "ipss" / "ipss2023_totals_2020_2050_age3_2050.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def test_the_table_is_the_official_files_row_by_row(official):
    before, now, ipss = read_ssdse(official, 2021), read_ssdse(official, 2026), read_ipss(official)
    expected = []
    for municipality in table("municipalities"):
        code = municipality["code"]
        row = {"code": code}
        for column, (value, year) in {
            "census_2015_persons": before[code]["A1101"],
            **{column: now[code][item] for column, item in ITEMS_2020.items()},
        }.items():
            assert year == ("2015" if "2015" in column else "2020")
            row[column] = value
        totals = {f"ipss2023_{year}_persons": ipss[code][f"ipss2023_{year}"] for year in PROJECTED}
        row |= {column: str(int(float(value))) if value else "" for column, value in totals.items()}
        row["census_2015_source_id"] = "census-2015-ssdse"
        row["census_2020_source_id"] = "census-2020-ssdse"
        row["ipss2023_source_id"] = "ipss2023" if all(totals.values()) else ""
        expected.append(row)
    assert [dict(row) for row in table()] == expected


def test_another_repository_has_the_same_census_of_2015(official):
    path = official / "census" / "census_1980_2015_municipality_sex_age5.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        found = {
            NEW_CODES.get(row["code"], row["code"]): row["total"]
            for row in csv.DictReader(stream)
            if (row["year"], row["sex"]) == ("2015", "total")
        }
    assert {row["code"]: row["census_2015_persons"] for row in table()} == found


def test_the_projection_stands_on_the_census_of_2020(official):
    ipss = read_ipss(official)
    for row in table():
        if row["ipss2023_source_id"]:
            assert float(ipss[row["code"]]["ipss2023_base2020"]) == int(row["census_2020_persons"])


# ---------------------------------------------------------------------------------------- without the official files


def test_the_nation():
    """Published totals; the known ages fall short of the nation's by those of unknown age."""
    assert sum(int(row["census_2015_persons"]) for row in table()) == 127_094_745
    assert sum(int(row["census_2020_persons"]) for row in table()) == 126_146_099
    assert sum(int(row["age_65_over_2020_persons"]) for row in table()) == 35_335_805


def test_every_municipality_once_in_the_order_of_the_codes():
    codes = [row["code"] for row in table()]
    assert codes == [row["code"] for row in table("municipalities")] == sorted(codes)


def test_no_projection_is_made_up_where_none_is_published():
    assert {row["code"] for row in table() if not row["ipss2023_source_id"]} == HAMADORI


@pytest.mark.parametrize("plan_id", [NINOHE, AIZUWAKAMATSU, NIHONMATSU, KITAMOTO])
def test_the_compared_municipalities_have_the_same_figures_in_their_own_tables(plan_id):
    municipality = plan_of(plan_id).municipality
    (row,) = [row for row in table() if row["code"] == municipality.code]
    population, ages = municipality.frame("population"), municipality.frame("age_sex")
    census = population[population["concept"] == "census"]
    counted = {day.year: int(n) for day, n in zip(census["as_of"], census["population_persons"], strict=True)}
    assert (counted[2015], counted[2020]) == tuple(
        int(row[f"census_{year}_persons"]) for year in (2015, 2020)
    )
    held = ages[(ages["concept"] == "census") & (ages["as_of"].map(lambda day: day.year) == 2020)]
    old = held[held["age_kind"] == "open"]["population_persons"].sum()
    assert int(old) == int(row["age_65_over_2020_persons"])
    projections = municipality.frame("projections")
    totals = projections[(projections["edition"] == "ipss2023") & (projections["age_kind"] == "total")]
    projected = dict(zip(totals["year"], totals["population_persons"], strict=True))
    for year in PROJECTED:
        assert int(projected[year]) == int(row[f"ipss2023_{year}_persons"])


HEADING = (
    "code,census_2015_persons,census_2020_persons,age_0_14_2020_persons,age_15_64_2020_persons,"
    "age_65_over_2020_persons,ipss2023_2030_persons,ipss2023_2040_persons,ipss2023_2050_persons,"
    "census_2015_source_id,census_2020_source_id,ipss2023_source_id"
)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (
            "03213,100,100,10,50,41,90,80,70,a,b,c",
            "age_65_over_2020_persons",
        ),  # 101 known ages of 100 persons
        ("03213,100,100,10,50,40,90,,70,a,b,c", "ipss2023_source_id"),
        ("03213,100,100,10,50,40,90,80,70,a,b,", "ipss2023_source_id"),
        ("03213,100,100,10,50,40,,,,a,b,c", "ipss2023_source_id"),
        ("03213,,100,10,50,40,90,80,70,a,b,c", "census_2015_persons"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(tmp_path, row, column):
    file = tmp_path / "peer_figures.csv"
    file.write_text(f"{HEADING}\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_table(file, PeerFigureRow, file.name)
    assert [problem.place["column"] for problem in refused.value.problems] == [column]


@pytest.mark.parametrize("projected", ["90,80,70,a,b,c", ",,,a,b,"])
def test_a_row_with_or_without_a_projection_is_read(tmp_path, projected):
    file = tmp_path / "peer_figures.csv"
    file.write_text(f"{HEADING}\n03213,100,100,10,50,40,{projected}\n", encoding="utf-8")
    (row,) = read_table(file, PeerFigureRow, file.name).rows
    assert row.known_age_2020_persons == 100


# ----------------------------------------------------------------------------------------------- counted anew


def peers_anew(code: str) -> list[dict[str, str]]:
    """Find the peers of a city by whole numbers alone, from the table and nothing of the package."""
    (own,) = [row for row in table() if row["code"] == code]
    outliers = {row["code"] for row in table("outlier_municipalities")}

    def known(row):
        return sum(int(row[f"age_{ages}_2020_persons"]) for ages in ("0_14", "15_64", "65_over"))

    def near(row):
        a, b = int(own["census_2020_persons"]), int(row["census_2020_persons"])
        k, m = known(own), known(row)
        points = int(own["age_65_over_2020_persons"]) * m - int(row["age_65_over_2020_persons"]) * k
        return 3 * max(a, b) <= 4 * min(a, b) and 100 * abs(points) <= 3 * k * m

    return [
        row
        for row in table()
        if row["code"] != code and row["code"] not in outliers and row["code"][2] == "2" and near(row)
    ]


@pytest.mark.parametrize(
    ("code", "n", "projected"), [("03213", 68, 68), ("07202", 72, 72), ("07210", 90, 89), ("11233", 86, 86)]
)
def test_the_peers_of_the_compared_cities_counted_anew(code, n, projected):
    anew = peers_anew(code)
    (item,) = [item for item in gather_peers(compare(*ALL)).places if item.place.code == code]
    assert [peer.code for peer in item.peers] == [row["code"] for row in anew]
    assert (len(item.peers), item.spreads["projected"].n) == (n, projected)
    for measure, first, last in (
        ("counted", "census_2015_persons", "census_2020_persons"),
        ("projected", "census_2020_persons", "ipss2023_2050_persons"),
    ):
        shares = [(int(row[last]) / int(row[first]) - 1) * 100 for row in anew if row[last]]
        spread = item.spreads[measure]
        found = [float(getattr(spread, name).value) for name in ("least", "low", "middle", "high", "most")]
        assert found == pytest.approx(np.percentile(shares, [0, 25, 50, 75, 100]), abs=1e-9)


def test_how_many_have_peers_enough():
    """The methods say of the conditions: enough for most cities, towns and villages; never for the few large kinds."""
    outliers = {row["code"] for row in table("outlier_municipalities")}
    rows = [row for row in table() if row["code"] not in outliers]
    persons = np.array([int(row["census_2020_persons"]) for row in rows])
    old = np.array([int(row["age_65_over_2020_persons"]) for row in rows])
    known = old + [int(row["age_0_14_2020_persons"]) + int(row["age_15_64_2020_persons"]) for row in rows]
    kinds = np.array([municipality_kind(row["code"]) for row in rows])
    near = 3 * np.maximum.outer(persons, persons) <= 4 * np.minimum.outer(persons, persons)
    points = np.abs(np.outer(old, known) - np.outer(known, old))
    like = near & (100 * points <= 3 * np.outer(known, known)) & (kinds[:, None] == kinds)
    enough = like.sum(axis=1) - 1 >= PeerRule().fewest
    assert {kind: int(enough[kinds == kind].sum()) for kind in set(kinds)} == {
        "city": 738,
        "town_or_village": 802,
        "designated_city": 0,
        "special_ward": 0,
    }
    assert enough[kinds == "city"].mean() > 0.9
    assert enough[kinds == "town_or_village"].mean() > 0.85
