"""Every official figure of the four municipalities, row by row, against the files it came from.

The expected tables are built from the publishers' files anew, by other code than entered them, and compared
whole: a row too few or too many is as wrong as a wrong number.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
OFFICIAL = REPOSITORY.parent / "shared" / "official"
DATA = REPOSITORY / "data"

FOLDERS = {
    "03213": "03213-ninohe",
    "07202": "07202-aizuwakamatsu",
    "07210": "07210-nihonmatsu",
    "11233": "11233-kitamoto",
}
# The municipalities that today's area was made of.
FORMER = {
    "03213": ("03213", "03521"),
    "07202": ("07202", "07381", "07424"),
    "07210": ("07210", "07321", "07325", "07326"),
    "11233": ("11233",),
}
# Register ages that add up but are shifted by about a year.
DEFECTIVE_AGES = {("07202", "2020-01-01"), ("07202", "2021-01-01")}
# Published change and published populations disagree in the fiscal year of a merger: (code, file year).
MERGER_GAPS = {("03213", 2006): 87, ("07202", 2006): 11}

CENSUS_AGES = [f"{age}-{age + 4}" for age in range(0, 90, 5)] + ["90+"]
REGISTER_AGES = [f"{age}-{age + 4}" for age in range(0, 100, 5)] + ["100+"]
TOTAL = ("total", None, None)
UNKNOWN = ("unknown", None, None)
CHILDREN, WORKING, ELDERLY = ("interval", 0, 15), ("interval", 15, 65), ("open", 65, None)

codes = pytest.mark.parametrize("code", FOLDERS)


# ---------------------------------------------------------------------------------- the project's tables


def _cell(text: str) -> str | None:
    return text or None


def _number(text: str | None) -> int | None:
    return None if text in (None, "") else int(text)


@cache
def table(code: str, name: str) -> tuple[dict[str, str | None], ...]:
    path = DATA / "municipalities" / FOLDERS[code] / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return tuple({key: _cell(value) for key, value in row.items()} for row in csv.DictReader(stream))


@cache
def reference(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / "reference" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return tuple(csv.DictReader(stream))


def keyed(rows, key, value) -> dict:
    found = [key(row) for row in rows]
    assert not [k for k, n in Counter(found).items() if n > 1]
    return {key(row): value(row) for row in rows}


def age_of(row) -> tuple:
    return row["age_kind"], _number(row["age_start"]), _number(row["age_end"])


def population(code: str) -> dict:
    return keyed(
        table(code, "population"),
        lambda row: (row["concept"], row["as_of"]),
        lambda row: (int(row["population_persons"]), row["status"], row["source_id"]),
    )


def age_sex(code: str) -> dict:
    return keyed(
        table(code, "age_sex"),
        lambda row: (row["concept"], row["as_of"], row["sex"], *age_of(row)),
        lambda row: (int(row["population_persons"]), row["source_id"]),
    )


def vital(code: str) -> dict:
    return keyed(
        table(code, "vital"),
        lambda row: tuple(row[k] for k in ("concept", "measure", "period_start", "period_end", "residents")),
        lambda row: (int(row["persons"]), row["source_id"]),
    )


def projections(code: str) -> dict:
    return keyed(
        table(code, "projections"),
        lambda row: (row["edition"], row["variant"], int(row["year"]), row["sex"], *age_of(row)),
        lambda row: (int(row["population_persons"]), row["source_id"]),
    )


# ------------------------------------------------------------------------------------ the official files


def label_to_age(label: str) -> tuple:
    if label.endswith("+"):
        return "open", int(label[:-1]), None
    start, end = label.split("-")
    return "interval", int(start), int(end) + 1


def official(name: str) -> Path:
    """Return an official file; a test that asks for one is skipped where they are not at hand."""
    if not OFFICIAL.is_dir():
        pytest.skip("the official files (shared/official beside the repository) are not here")
    return OFFICIAL / name


def _read(name: str, encoding: str = "utf-8-sig") -> str:
    raw = official(name).read_bytes()
    return (gzip.decompress(raw) if name.endswith(".gz") else raw).decode(encoding)


def _dicts(name: str, keep=None) -> list[dict[str, str]]:
    """Read an official CSV; `keep` drops lines before they are parsed (two of the files are long)."""
    head, *lines = _read(name).splitlines()
    return list(csv.DictReader([head, *(line for line in lines if keep is None or keep(line))]))


@cache
def census() -> dict:
    rows = _dicts("census/census_1980_2015_municipality_sex_age5.csv.gz", lambda line: line[:5] in FOLDERS)
    return {(row["code"], int(row["year"]), row["sex"]): row for row in rows}


@cache
def preliminary() -> dict:
    return {row["code"]: row for row in _dicts("census/census2025_preliminary_four.csv")}


@cache
def movements() -> dict:
    """Return the register's yearly table by (code of that year, file year)."""
    known = {code for group in FORMER.values() for code in group}
    rows = _dicts("juki/juki_population_vital_migration_1995_2022.csv.gz", lambda line: line[5:10] in known)
    return {(row["code"], int(row["year"])): row for row in rows}


def movement(code: str, year: int, column: str) -> int:
    return sum(int(row[column]) for former in FORMER[code] if (row := movements().get((former, year))))


@cache
def workbook(name: str) -> dict:
    """Return the four municipalities' rows of a register workbook, by (code, sex label or column D)."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(official(f"juki/{name}"), read_only=True)
    wanted = {"032131", "072028", "072109", "112330"}
    found = {}
    for row in book.active.iter_rows(min_row=4, values_only=True):
        if row[0] in wanted:
            found[row[0][:5], row[3]] = row
        elif found and str(row[0]) > "12":  # sorted by code: nothing wanted comes after Saitama
            break
    book.close()
    return found


@cache
def workbook_ages(year: int) -> dict:
    names = {2022: "raw_2204ssnen.xlsx", 2023: "raw_2304ssnen.xlsx"}
    sexes = {"計": "total", "男": "male", "女": "female"}
    return {
        (code, sexes[sex]): (row[4], dict(zip(REGISTER_AGES, row[5:], strict=True)))
        for (code, sex), row in workbook(names[year]).items()
    }


@cache
def extract_ages() -> dict:
    """Return the register's ages of the extract: (code, year, sex) → {label: persons}."""
    found = defaultdict(dict)
    for row in _dicts("four_cities.csv.gz", lambda line: ",registered_population," in line):
        found[row["code"], int(row["year"]), row["sex"]][row["age_group"]] = int(float(row["value"]))
    return found


@cache
def ssdse() -> dict:
    """Return (code, item, year) → {edition: persons} from the nine unchanged files."""
    found = defaultdict(dict)
    for edition in range(2018, 2027):
        rows = list(csv.reader(io.StringIO(_read(f"ssdse/raw/SSDSE-A-{edition}.csv.gz", "cp932"))))
        items, years = rows[0], rows[1]
        for row in rows[3:]:
            for item, year, value in zip(items, years, row, strict=True) if row[0][1:] in FOLDERS else ():
                if item[0] == "A" and year.isdigit():
                    found[row[0][1:], item, int(year)][edition] = int(value)
    return found


def latest(code: str, item: str, year: int) -> int:
    editions = ssdse()[code, item, year]
    assert len(set(editions.values())) == 1, (code, item, year, editions)
    return editions[max(editions)]


# ----------------------------------------------------------------------------- what the tables must hold


def reference_date(year: int) -> str:
    return f"{year}-03-31" if year <= 2013 else f"{year}-01-01"


def period(year: int) -> tuple[str, str]:
    """Return the period whose events the register's file of `year` counts."""
    if year <= 2013:
        return f"{year - 1}-04-01", f"{year}-03-31"
    return f"{year - 1}-01-01", f"{year - 1}-12-31"


@codes
def test_population(code):
    expected = {}
    for year in range(1980, 2016, 5):
        persons = int(census()[code, year, "total"]["total"])
        expected["census", f"{year}-10-01"] = (persons, "final", "census-1980-2015-age5")
    expected["census", "2020-10-01"] = (latest(code, "A1101", 2020), "final", "census-2020-ssdse")
    newest = preliminary()[code]
    persons = int(newest["population_persons"])
    expected["census", newest["as_of"]] = (persons, newest["status"], "census-2025-preliminary")
    for year in range(1995, 2023):
        persons = movement(code, year, "population")
        expected["register", reference_date(year)] = (persons, "final", "juki-1995-2022")
    persons = workbook_ages(2023)[code, "total"][0]
    expected["register", "2023-01-01"] = (persons, "final", "juki-age-2015-2023")
    assert population(code) == expected


@codes
def test_ages_of_the_census(code):
    expected = {}
    for year in range(1980, 2016, 5):
        for sex in ("female", "male"):
            row = census()[code, year, sex]
            ages = {label_to_age(label): int(row[label]) for label in CENSUS_AGES}
            for age, persons in {**ages, UNKNOWN: int(row["age_unknown"])}.items():
                expected["census", f"{year}-10-01", sex, *age] = (persons, "census-1980-2015-age5")
    for sex, suffix in (("male", "01"), ("female", "02")):
        groups = {
            age: latest(code, item + suffix, 2020)
            for age, item in ((CHILDREN, "A1301"), (WORKING, "A1302"), (ELDERLY, "A1303"))
        }
        groups[UNKNOWN] = latest(code, "A1101" + suffix, 2020) - sum(groups.values())
        for age, persons in groups.items():
            expected["census", "2020-10-01", sex, *age] = (persons, "census-2020-ssdse")
    assert {key: value for key, value in age_sex(code).items() if key[0] == "census"} == expected


@codes
def test_ages_of_the_register(code):
    """2022 and 2023 against the publisher's workbooks, the earlier years against the extract."""
    expected, source = {}, "juki-age-2015-2023"
    for year in range(2015, 2024):
        if (code, f"{year}-01-01") in DEFECTIVE_AGES:
            continue
        for sex in ("female", "male"):
            extract = {label: extract_ages()[code, year, sex][label] for label in REGISTER_AGES}
            ages = workbook_ages(year)[code, sex][1] if year >= 2022 else extract
            assert ages == extract
            for label, persons in ages.items():
                expected["register", f"{year}-01-01", sex, *label_to_age(label)] = (persons, source)
    assert {key: value for key, value in age_sex(code).items() if key[0] == "register"} == expected


@codes
def test_ages_of_the_register_against_the_full_table(code):
    parquet = pytest.importorskip("pyarrow.parquet")
    filters = [("code", "=", code), ("year", ">=", 2015), ("sex", "!=", "total")]
    path = official("juki/juki_age5_sex_1995_2023.parquet")
    rows = parquet.read_table(path, filters=filters).to_pylist()
    expected = {
        ("register", f"{row['year']}-01-01", row["sex"], *label_to_age(label)): row[label]
        for row in rows
        if (code, f"{row['year']}-01-01") not in DEFECTIVE_AGES
        for label in REGISTER_AGES
    }
    assert {key: value[0] for key, value in age_sex(code).items() if key[0] == "register"} == expected


@codes
def test_vital(code):
    expected = {}
    for year in range(1995, 2023):
        other = movement(code, year, "in_other") - movement(code, year, "out_other")
        residents = "japanese" if year <= 2012 else "all"
        counts = {
            "births": movement(code, year, "births"),
            "deaths": movement(code, year, "deaths"),
            "in_migrants": movement(code, year, "in_total"),
            "out_migrants": movement(code, year, "out_total"),
            "other_change": other,
        }
        for measure, persons in counts.items():
            expected["register", measure, *period(year), residents] = (persons, "juki-1995-2022")
    for concept, source, items, last in (
        ("vital_statistics", "vital-ssdse", {"births": "A4101", "deaths": "A4200"}, 2023),
        ("migration_report", "migration-ssdse", {"in_migrants": "A5101", "out_migrants": "A5102"}, 2024),
    ):
        for year in range(2016, last + 1):
            for measure, item in items.items():
                key = (concept, measure, f"{year}-01-01", f"{year}-12-31", "japanese")
                expected[key] = (latest(code, item, year), source)
    assert vital(code) == expected


def test_no_year_of_births_or_moves_is_left_out_in_the_municipal_data_set():
    years = defaultdict(set)
    for _, item, year in ssdse():
        years[item].add(year)
    for items, last in ((("A4101", "A4200"), 2023), (("A5101", "A5102"), 2024)):
        for item in items:
            assert years[item] == set(range(2016, last + 1))


@codes
def test_fertility(code):
    rows = _dicts("vital/tfr_bayes_municipality_2008-2012_2018-2022.csv", lambda line: line[:5] == code)
    expected = {}
    for row in rows:
        first, last = row["period"].split("-")
        expected[f"{first}-01-01", f"{last}-12-31"] = (float(row["tfr"]), f"tfr-{row['period']}")
    found = keyed(
        table(code, "fertility"),
        lambda row: (row["period_start"], row["period_end"]),
        lambda row: (float(row["births_per_woman"]), row["source_id"]),
    )
    assert len(expected) == 2
    assert found == expected


def _expected_2018(code: str) -> dict:
    name = "ipss/ipss2018_modified_suikei_kekka_RAW.csv.gz"
    labels = [f"{age}～{age + 4}歳" for age in range(0, 90, 5)] + ["90歳以上"]
    expected = {}
    for row in _dicts(name, lambda line: line.startswith(code.lstrip("0") + ",")):
        year = int(row["年"].removesuffix("年"))
        for sex, letter in (("total", "a"), ("male", "m"), ("female", "f")):
            cells = [int(row[f"{label}/{letter}"]) for label in labels]
            ages = dict(zip(map(label_to_age, CENSUS_AGES), cells, strict=True))
            total = int(row["総数"]) if sex == "total" else sum(cells)
            assert sum(cells) == total
            for age, persons in {TOTAL: total, **ages}.items():
                expected["ipss2018", "standard", year, sex, *age] = (persons, "ipss2018")
    return expected


@codes
def test_projections(code):
    row = next(r for r in _dicts("ipss/ipss2008_projection_for_2010_vs_census.csv") if r["code"] == code)
    expected = {
        ("ipss2008", variant, 2010, "total", *TOTAL): (int(row[column]), "ipss2008")
        for variant, column in (("standard", "ipss2008_proj_2010"), ("closed", "ipss2008_closed_2010"))
    }
    expected |= _expected_2018(code)
    row = next(r for r in _dicts("ipss/ipss2023_totals_2020_2050_age3_2050.csv") if r["code"] == code)
    columns = {year: f"ipss2023_{year}" for year in range(2025, 2051, 5)} | {2020: "ipss2023_base2020"}
    cells = [(year, TOTAL, row[column]) for year, column in columns.items()]
    cells += [(2050, CHILDREN, row["young0_14_2050"]), (2050, WORKING, row["working15_64_2050"])]
    cells += [(2050, ELDERLY, row["elderly65_2050"])]
    for year, age, persons in cells:
        expected["ipss2023", "standard", year, "total", *age] = (int(persons), "ipss2023")
    assert projections(code) == expected


def test_fukushima_has_no_municipal_projection_of_2018():
    assert {code for code in FOLDERS if _expected_2018(code)} == {"03213", "11233"}


# --------------------------------------------------------------------- do the sources agree with each other


@codes
def test_the_census_agrees_across_files(code):
    ours = population(code)
    row = next(r for r in _dicts("ipss/ipss2008_projection_for_2010_vs_census.csv") if r["code"] == code)
    for year in (2000, 2005, 2010):
        assert ours["census", f"{year}-10-01"][0] == int(row[f"census{year}"])
    assert ours["census", "2015-10-01"][0] == latest(code, "A1101", 2015)
    base = projections(code)["ipss2023", "standard", 2020, "total", *TOTAL]
    assert base[0] == ours["census", "2020-10-01"][0]
    base = projections(code).get(("ipss2018", "standard", 2015, "total", *TOTAL))
    assert base is None or base[0] == ours["census", "2015-10-01"][0]
    for sex, suffix in (("male", "01"), ("female", "02")):
        ages = census()[code, 2015, sex]
        groups = [sum(int(ages[label]) for label in CENSUS_AGES[a:b]) for a, b in ((0, 3), (3, 13), (13, 19))]
        assert groups == [latest(code, item + suffix, 2015) for item in ("A1301", "A1302", "A1303")]


@codes
def test_the_register_of_2022_is_the_workbook(code):
    row = next(row for (found, _), row in workbook("raw_2203ssjin.xlsx").items() if found == code)
    columns = {3: "male", 4: "female", 5: "population", 9: "in_total", 10: "births", 11: "in_other"}
    columns |= {15: "out_total", 16: "deaths", 17: "out_other", 19: "change", 23: "social_change"}
    assert {name: movement(code, 2022, name) for name in columns.values()} == {
        name: row[index] for index, name in columns.items()
    }


# --------------------------------------------------------------------------------- are the figures plausible


def sums_by_date(code: str, concept: str) -> dict:
    found = Counter()
    for (other, as_of, sex, *_), (persons, _) in age_sex(code).items():
        if other == concept:
            found[as_of, sex] += persons
    return found


@codes
def test_ages_and_sexes_add_up_to_the_total(code):
    for concept in ("census", "register"):
        sums = sums_by_date(code, concept)
        for as_of in {date for date, _ in sums}:
            assert sums[as_of, "male"] + sums[as_of, "female"] == population(code)[concept, as_of][0]


@codes
def test_ages_of_the_register_add_up_by_sex(code):
    sums = sums_by_date(code, "register")
    for (as_of, sex), persons in sums.items():
        year = int(as_of[:4])
        total = workbook_ages(2023)[code, sex][0] if year == 2023 else movement(code, year, sex)
        assert persons == total


@codes
def test_the_projection_adds_up(code):
    sums = defaultdict(Counter)
    for (edition, variant, year, sex, kind, *_), (persons, _) in projections(code).items():
        sums[edition, variant, year, sex]["total" if kind == "total" else "ages"] += persons
    for counted in sums.values():
        assert counted["ages"] in (0, counted["total"])
    years = {year for edition, _, year, _ in sums if edition == "ipss2018"}
    for year in years:
        both = sum(sums["ipss2018", "standard", year, sex]["total"] for sex in ("female", "male"))
        assert both == sums["ipss2018", "standard", year, "total"]["total"]


@codes
def test_events_make_the_published_change(code):
    ours = vital(code)
    for year in range(1995, 2023):
        residents = "japanese" if year <= 2012 else "all"
        births, deaths, arrived, left, other = (
            ours["register", measure, *period(year), residents][0]
            for measure in ("births", "deaths", "in_migrants", "out_migrants", "other_change")
        )
        assert births - deaths == movement(code, year, "natural_change")
        assert arrived - left + other == movement(code, year, "social_change")
        assert births - deaths + arrived - left + other == movement(code, year, "change")


@codes
def test_the_published_change_leads_from_one_population_to_the_next(code):
    """Except from 31 March 2013 to 1 January 2014, where the year of events changes."""
    gaps = {}
    for before, year in pairwise(range(1995, 2023)):
        step = movement(code, year, "population") - movement(code, before, "population")
        if year != 2014 and step != movement(code, year, "change"):
            gaps[code, year] = step - movement(code, year, "change")
    assert gaps == {key: gap for key, gap in MERGER_GAPS.items() if key[0] == code}


def small_children_per_birth(code: str, year: int, ages: dict[str, int]) -> float:
    return ages["0-4"] / sum(movement(code, other, "births") for other in range(year - 4, year + 1))


@codes
def test_small_children_of_the_register_match_the_births(code):
    for year in range(2018, 2023):
        ages = {
            label: sum(extract_ages()[code, year, sex][label] for sex in ("female", "male"))
            for label in REGISTER_AGES
        }
        defective = (code, f"{year}-01-01") in DEFECTIVE_AGES
        low, high = (1.15, 1.25) if defective else (0.95, 1.10)
        assert low < small_children_per_birth(code, year, ages) < high


@codes
def test_no_five_year_cohort_of_the_register_jumps(code):
    """Pupils leave at 18 (men of Ninohe: by 37 %); nothing else below 75 comes near that."""
    ours = age_sex(code)
    dates = sorted({key[1] for key in ours if key[0] == "register"})
    ratios = {}
    for before in dates:
        after = f"{int(before[:4]) + 5}{before[4:]}"
        for sex in ("female", "male") if after in dates else ():
            for start in range(5, 70, 5):
                old = ours["register", before, sex, "interval", start, start + 5][0]
                new = ours["register", after, sex, "interval", start + 5, start + 10][0]
                ratios[before, sex, start] = new / old
    assert len(ratios) == (2 if code == "07202" else 4) * 2 * 13
    assert max(ratios.values()) < 1.05
    assert min(ratios.values()) > 0.6


@codes
def test_mean_age_of_the_register_rises_steadily(code):
    """The two dates that are left out would make the mean age of Aizuwakamatsu fall by 0.7 years."""
    people, years = Counter(), Counter()
    for (concept, as_of, _, _, start, _), (persons, _) in age_sex(code).items():
        if concept == "register":
            people[int(as_of[:4])] += persons
            years[int(as_of[:4])] += persons * (start + 2.5)
    means = {year: years[year] / people[year] for year in sorted(people)}
    for before, after in pairwise(means):
        assert 0.2 < (means[after] - means[before]) / (after - before) < 0.6


# ------------------------------------------------------------------------------------------- typed by hand

YEARS = (2005, 2010, 2015, 2020, 2025)
BY_HAND = {
    "07210": (
        (63178, 59871, 58162, 53557, 49291),
        (50053, 46509, 42915, 39230, 35499, 31803),
        53654,
    ),
    "07202": (
        (131389, 126220, 124062, 117376, 109015),
        (109725, 103057, 96367, 89668, 82981, 76262),
        117027,
    ),
    "03213": (
        (31477, 29702, 27611, 25513, 22999),
        (23203, 21138, 19171, 17299, 15491, 13701),
        26138,
    ),
    "11233": (
        (70126, 68888, 67409, 65201, 64222),
        (62926, 59745, 56248, 52602, 49046, 45682),
        66022,
    ),
}


@codes
def test_figures_typed_by_hand(code):
    counted, projected, registered = BY_HAND[code]
    assert tuple(population(code)["census", f"{year}-10-01"][0] for year in YEARS) == counted
    assert projected == tuple(
        projections(code)["ipss2023", "standard", year, "total", *TOTAL][0] for year in range(2025, 2051, 5)
    )
    assert population(code)["register", "2021-01-01"][0] == registered
    assert population(code)["census", "2025-10-01"][1] == "preliminary"


def test_more_figures_typed_by_hand():
    births = {
        (concept, int(start[:4])): persons
        for (concept, measure, start, *_), (persons, _) in vital("11233").items()
        if measure == "births"
    }
    assert [births["register", year] for year in (2018, 2019, 2020, 2021)] == [343, 363, 362, 332]
    assert [births["vital_statistics", year] for year in (2018, 2019, 2020, 2021)] == [343, 355, 359, 326]
    assert births["vital_statistics", 2023] == 308
    assert projections("03213")["ipss2018", "standard", 2045, "total", *TOTAL][0] == 15281


# ------------------------------------------------------------------------------------------ notes and lists


@codes
def test_notes_say_whom_the_register_counts(code):
    for row in table(code, "population"):
        japanese_only = row["concept"] == "register" and row["as_of"] < "2013"
        assert ("日本人住民のみ" in (row["note"] or "")) == japanese_only
    for row in table(code, "vital"):
        partly = row["concept"] == "register" and row["period_start"] == "2012-04-01"
        assert ("2012年7月9日以後" in (row["note"] or "")) == partly


@codes
def test_sums_of_former_municipalities_are_marked(code):
    for row in table(code, "population"):
        year = int(row["as_of"][:4])
        several = sum((former, year) in movements() for former in FORMER[code]) > 1
        assert ("旧市町村の合計" in (row["note"] or "")) == (row["concept"] == "register" and several)


@codes
def test_mergers_are_those_of_the_code_list(code):
    path = DATA / "municipalities" / FOLDERS[code] / "municipality.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    changes = json.loads(_read("master/municipal_changes_1970-2026.json.gz"))["changes"]
    expected = defaultdict(set)
    for change in changes:
        merged = change["reason"] in ("absorption", "establishmentOfNewMunicipalityByMerging")
        if merged and change["new"]["code"] == code and change["date"] >= "1980":
            expected[change["date"]] |= {change["old"]["code"], code}
    assert {str(merger["date"]): set(merger["codes"]) for merger in content["mergers"]} == expected
    assert {code, *(c for merger in content["mergers"] for c in merger["codes"])} == set(FORMER[code])
    assert content["code"] == code


def test_list_of_municipalities():
    # The code list itself spells one name without its hyphen.
    corrected = {"Takizawashi": "Takizawa-shi"}
    expected = [
        {
            "code": row["code"],
            "prefecture": row["prefecture"],
            "name_ja": row["municipality"],
            "name_kana": row["kana"],
            "name_en": corrected.get(row["romaji"], row["romaji"]),
        }
        for row in _dicts("master/municipalities_1741.csv")
    ]
    assert len(expected) == 1741
    assert list(reference("municipalities")) == expected


def test_list_of_prefectures():
    expected = {row["code"][:2]: row["prefecture"] for row in _dicts("master/municipalities_1741.csv")}
    assert {row["prefecture"]: row["name_ja"] for row in reference("prefectures")} == expected
    assert len({row["name_en"] for row in reference("prefectures")}) == 47


def test_sources_lead_somewhere():
    known = {row["source_id"] for row in reference("sources")}
    tables = ("population", "age_sex", "vital", "fertility", "projections")
    used = {row["source_id"] for code in FOLDERS for name in tables for row in table(code, name)}
    # The tables of rates and assumptions; some rows name two sources.
    for path in (DATA / "reference").glob("*.csv"):
        for row in reference(path.stem) if path.stem != "sources" else ():
            used |= {value for column, value in row.items() if column.endswith("source_id") and value}
    assert used == known
    licences = {row["licence_id"]: row for row in reference("licences")}
    assert {row["licence_id"] for row in reference("sources")} | {"quotation"} == set(licences)
    for row in licences.values():
        for credit in (row["credit_ja"], row["credit_en"]):
            assert credit.format(publisher="P", title="T").count("P") >= 1
            assert "{publisher}" in credit
            assert "{title}" in credit


def test_files_open_in_excel():
    tables = [*(DATA / "municipalities" / folder for folder in FOLDERS.values())]
    paths = [path for folder in tables for path in folder.glob("*.csv")]
    for path in [*paths, *(DATA / "reference").glob("*.csv")]:
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in raw
        assert raw.endswith(b"\n")
