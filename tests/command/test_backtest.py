"""``planbook backtest`` from files to tables: by hand, and what it says of wrong files and options."""

from __future__ import annotations

import doctest

import pandas as pd
import pytest
from pydantic import ValidationError

from census_house import census_rows, write_csv, write_rows
from planbook.load.reference import load_reference
from planbook.run import reference_file
from planbook.run.reference_file import write_reference
from planbook.vocabulary.schemas import REFERENCE_TABLES

YEARS = (2000, 2005, 2010, 2015)
PUBLISHED = "code,edition,base_year,year,projected_persons,base_persons,actual_persons"


@pytest.fixture
def census(tmp_path):
    """01100 stays as it is; 47201, later 47999, falls by a tenth in the last five years."""
    cells = {(code, year): 100 for code in ("01100", "47201") for year in YEARS}
    return write_rows(tmp_path / "census.csv", census_rows(cells | {("47201", 2015): 90}))


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def words(census, out, *more) -> list[str]:
    given = ["--census", census, "--census-source", "census-1980-2015-age5", "--out", out, *more]
    return ["backtest", *map(str, given)]


def checked_by(totals) -> tuple:
    return ("--totals", totals, "--totals-source", "census-2020-ssdse")


def test_the_tables_by_hand(planbook, census, out, tmp_path, country):
    totals = write_csv(
        tmp_path / "totals.csv", "code,year,total_persons", "01100,2020,3790", "47999,2020,3600"
    )
    codes = write_csv(tmp_path / "codes.csv", "old_code,new_code", "47201,47999")
    published = write_csv(tmp_path / "p.csv", PUBLISHED, "01100,ipss2018,2015,2020,3600,3800,4000")
    given = (*checked_by(totals), "--codes", codes, "--projection", published, "--leave-out", "47999")
    done = planbook(*words(census, out, *given))
    assert done.exit_code == 0, done.output
    bands = (out / "error_bands.csv").read_bytes()
    assert bands.startswith(b"\xef\xbb\xbfmethod,horizon_years,")
    assert b"\r" not in bands
    lines = bands.decode("utf-8-sig").splitlines()
    # errors 5 years ahead: 0, 0, 0 and 1/0.9 − 1; their 90 % point is 0.7 of the last. 47999 is left out of the rest
    assert (
        lines[1] == "ccr,5,all,4,2005;2010,0.000,7.778,0.000,2.778,2.778,2,0.000,0.000,census-1980-2015-age5"
    )
    # the larger one of 10 years ahead is that of 47999, and 01100 is the rest
    assert lines[3] == "ccr,10,all,2,2005,1.111,10.000,5.556,5.556,5.556,1,0.000,0.000,census-1980-2015-age5"
    assert lines[5] == "ipss2018,5,all,1,2015,-10.000,-10.000,10.000,10.000,-10.000,1,10.000,-10.000,ipss2018"
    coverage = (out / "band_coverage.csv").read_text(encoding="utf-8-sig").splitlines()
    # 5 years ahead: 3,790 of 3,526–3,800; 3,600 of 2,856–3,078. 10 years ahead both of 3,455–3,758
    assert coverage[1:] == [
        "5,2020,2,50.000,50.000,0.000,census-2020-ssdse",
        "10,2020,2,50.000,50.000,0.000,census-2020-ssdse",
    ]
    assert "ipss2018   5年先" in done.stdout
    assert "検証 2020年" in done.stdout
    assert "検証に使っていない" not in done.stderr
    # what was written is read by the schemas of the data folder
    for name in ("error_bands", "band_coverage"):
        country.root.reference_folder.joinpath(f"{name}.csv").write_bytes((out / f"{name}.csv").read_bytes())
        assert load_reference(country.root).table(name).rows
    assert planbook("check").exit_code == 0


def test_the_reference_folder_is_the_default_and_outliers_come_from_it(planbook, census, country):
    folder = country.root.reference_folder
    write_csv(
        folder / "outlier_municipalities.csv",
        "code,reason,reason_ja,reason_en,source_id",
        "47201,tiny,小さい,small,census-1980-2015-age5",
    )
    source = ("--census-source", "census-1980-2015-age5")
    done = planbook("backtest", "--census", str(census), *source, "--bases", "2010")
    assert done.exit_code == 0, done.output
    lines = (folder / "error_bands.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("ccr,5,all,2,2010,1.111,10.000,")
    assert lines[1].endswith(",1,0.000,0.000,census-1980-2015-age5")
    # nothing was held back: the table of the check is empty, and that is said
    assert (folder / "band_coverage.csv").read_text(encoding="utf-8-sig").count("\n") == 1
    assert "幅の検証はしていません" in done.stderr


def test_nobody_left_is_no_mean(planbook, census, out):
    planbook(*words(census, out, "--leave-out", "01100 47201"))
    assert (
        (out / "error_bands.csv")
        .read_text(encoding="utf-8")
        .splitlines()[1]
        .endswith(",2.778,2.778,0,,,census-1980-2015-age5")
    )


def test_municipalities_without_a_later_total_are_named(planbook, census, out, tmp_path):
    totals = write_csv(tmp_path / "totals.csv", "code,year,total_persons", "01100,2020,3800")
    done = planbook(*words(census, out, *checked_by(totals)))
    assert done.exit_code == 0
    assert "2020年の総数がなく、検証に使っていない市区町村が1あります：47201" in done.stderr
    assert (out / "band_coverage.csv").read_text(encoding="utf-8").splitlines()[1].startswith("5,2020,1,")


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--bases", "1995 x"], 2, "西暦の年を空白かコンマで"),
        (["--bases", "2000"], 3, "検証はできません"),
        (["--bases", "2010,2015"], 3, "基準年より後に"),
        (["--census-source", "nonsense"], 3, "「nonsense」が表にありません"),
        (["--totals", "none.csv"], 2, "none.csv"),
        (["--totals-source", "census-2020-ssdse"], 2, "--totals を与えるときだけ"),
        (["--totals", __file__], 2, "--totals-source に書いてください"),
        (["--totals", __file__, "--totals-source", "nonsense"], 3, "「nonsense」が表にありません"),
    ],
)
def test_wrong_options_write_nothing(planbook, census, out, more, code, said):
    done = planbook(*words(census, out, *more))
    assert done.exit_code == code
    assert said in done.output
    assert not out.exists()


def test_the_source_of_the_censuses_is_never_guessed(planbook, census, out):
    """Another person's census under our source ID would be credited to a table that it does not come from."""
    done = planbook("backtest", "--census", str(census), "--out", str(out))
    assert done.exit_code == 2
    assert "--census-source" in done.output
    assert not out.exists()


def test_a_projection_of_nobody_is_refused_where_it_stands(planbook, census, out, tmp_path):
    lines = ("01100,ipss2018,2015,2020,3600,3800,4000", "47201,ipss2018,2015,2020,0,3800,4000")
    published = write_csv(tmp_path / "p.csv", PUBLISHED, *lines)
    done = planbook(*words(census, out, "--projection", published))
    assert done.exit_code == 3
    for said in (
        "p.csv 3行目 列「projected_persons」: 推計人口が0人です",
        "見つかったもの：0", "使えるもの：1人以上", "直し方：推計のない市区町村なら行を除き",
    ):  # fmt: skip
        assert said in done.stderr
    assert "Traceback" not in done.output
    assert not out.exists()


def test_an_edition_that_no_list_knows_is_refused(planbook, census, out, tmp_path):
    published = write_csv(tmp_path / "p.csv", PUBLISHED, "01100,ipss2099,2015,2020,3600,3800,4000")
    done = planbook(*words(census, out, "--projection", published))
    assert done.exit_code == 3
    assert "reference/editions.csv" in done.stderr
    assert not out.exists()


def test_a_broken_census_is_told_in_both_languages_and_the_old_tables_stand(planbook, census, out):
    planbook(*words(census, out))
    before = (out / "error_bands.csv").read_bytes()
    text = census.read_text(encoding="utf-8-sig").replace(",1900,", ",1901,", 1)
    census.write_text(text, encoding="utf-8")
    done = planbook(*words(census, out))
    assert done.exit_code == 3
    assert "census.csv" in done.stderr
    assert "年齢別の人口と年齢不詳の合計が、総数と合いません" in done.stderr
    assert "  | " in done.stderr
    assert (out / "error_bands.csv").read_bytes() == before


# -------------------------------------------------------------------------------------- writing a reference table


def test_the_examples_of_the_docstrings():
    assert doctest.testmod(reference_file).failed == 0


def test_a_row_that_could_not_be_read_is_not_written(tmp_path):
    row = {
        "horizon_years": 5, "validation_year": 2020, "n": 2, "inside_pct": 50.0, "above_pct": 30.0,
        "below_pct": 10.0, "source_id": "census-2020-ssdse",
    }  # fmt: skip
    path = tmp_path / "band_coverage.csv"
    with pytest.raises(ValidationError, match="合計が100になりません"):
        write_reference(path, REFERENCE_TABLES["band_coverage"], pd.DataFrame([row]))
    assert not path.exists()
