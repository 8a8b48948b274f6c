"""Wide census files and the small files beside them: read whole, or refused with the row, the cell and the remedy."""

from __future__ import annotations

import gzip
import math

import pytest

from census_house import AGES, HEADER, census_rows, write_csv, write_rows
from planbook.load import census_history
from planbook.load.backtest_inputs import read_code_changes, read_later_totals, read_published
from planbook.load.census_history import read_census_table
from planbook.vocabulary.errors import InputError

CELLS = {(code, year): 10 for code in ("01100", "47999") for year in (2000, 2005, 2010)}


def refused(use, *args) -> str:
    with pytest.raises(InputError) as caught:
        use(*args)
    return "\n".join(problem.in_words("ja") for problem in caught.value.problems)


def broken(tmp_path, change) -> str:
    rows = census_rows(CELLS, unknown=3)
    header = change(rows) or HEADER
    return refused(read_census_table, write_rows(tmp_path / "census.csv", rows, header))


def test_a_sound_file_plain_and_packed(tmp_path):
    path = write_rows(tmp_path / "census.csv", census_rows(CELLS, unknown=3))
    packed = tmp_path / "census.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    for file in (path, packed):
        census = read_census_table(file)
        assert census.years == (2000, 2005, 2010)
        assert census.municipalities == ("01100", "47999")
        assert census.persons.shape == (3, 2, 2, 19)
        # 19 ages and 3 of unknown age a sex: 2 · (190 + 3)
        assert (census.persons.sum(), census.totals.tolist()) == (3 * 2 * 380, [[386, 386]] * 3)


def test_the_name_column_may_be_absent_and_the_order_of_columns_is_free(tmp_path):
    header = ("sex", "year", "90+", *AGES[:-1], "age_unknown", "total", "code")
    census = read_census_table(write_rows(tmp_path / "census.csv", census_rows(CELLS), header))
    assert census.totals.tolist() == [[380, 380]] * 3


def test_codes_are_brought_to_the_new_ones(tmp_path):
    path = write_rows(tmp_path / "census.csv", census_rows(CELLS))
    assert read_census_table(path, {"01100": "01999"}).municipalities == ("01999", "47999")
    words = refused(read_census_table, path, {"01100": "47999"})
    assert "行目と同じ行です" in words
    assert "先に一つの市域に合計" in words


@pytest.mark.parametrize(
    ("row", "column", "value", "words"),
    [
        (0, "0-4", "…", ["census.csv 2行目 列「0-4」", "見つかったもの：…", "半角の数字だけ", "直し方"]),
        (0, "total", "1,234", ["列「total」", "1234 と書いて"]),
        (0, "90+", "", ["列「90+」", "0以上の整数ではありません"]),
        (4, "age_unknown", "-1", ["6行目 列「age_unknown」", "見つかったもの：-1"]),
        (1, "sex", "女", ["3行目 列「sex」", "見つかったもの：女", "female, male, total"]),
        (1, "year", "平成12年", ["列「year」", "2000 と書いて"]),
        (1, "code", "1100", ["列「code」", "01100 と書いて"]),
        (2, "10-14", "11", ["4行目 列「total」", "見つかったもの：193", "合計 194"]),
    ],
)
def test_a_wrong_cell_is_named_with_its_place_and_remedy(tmp_path, row, column, value, words):
    def change(rows):
        rows[row][column] = value

    found = broken(tmp_path, change)
    for part in words:
        assert part in found


def test_sexes_that_miss_the_total_by_more_than_one(tmp_path):
    def miss(persons):
        def change(rows):
            rows[0]["0-4"] += persons
            rows[0]["total"] += persons

        return change

    # Recombined areas are published with a total that is off by one: no error, and the sexes count.
    rows = census_rows(CELLS, unknown=3)
    miss(1)(rows)
    assert read_census_table(write_rows(tmp_path / "off.csv", rows)).totals[0, 0] == 386
    found = broken(tmp_path, miss(2))
    assert "2行目 列「total」: 男女の合計が総数と合いません" in found
    assert "女と男の合計 386（差は1人まで）" in found


def test_rows_that_are_missing_or_there_twice(tmp_path):
    assert "01100、2005、male" in broken(tmp_path, lambda rows: rows.pop(5) and None)
    repeated = broken(tmp_path, lambda rows: rows.append(dict(rows[0])))
    assert "20行目 列「code」: 2行目と同じ行です" in repeated


def test_a_census_that_is_missing(tmp_path):
    def change(rows):
        rows[:] = [row for row in rows if row["year"] != 2005]

    assert "2000、2010" in broken(tmp_path, change)
    assert "項目「2005」" in broken(tmp_path, change)
    assert "表に行がありません" in broken(tmp_path, lambda rows: rows.clear())


@pytest.mark.parametrize("mangled", ["9-May", "05-Sep", "5月9日"])
def test_an_age_that_excel_made_a_date(tmp_path, mangled):
    def change(rows):
        for row in rows:
            row[mangled] = row.pop("5-9")
        return [mangled if name == "5-9" else name for name in HEADER]

    found = broken(tmp_path, change)
    assert f"1行目 列「{mangled}」" in found
    assert "年齢階級が日付に変わっています" in found
    assert "5～9歳 と書いて" in found
    # the column is there, under another name: it is not reported a second time as missing
    assert "列がありません" not in found


def test_columns_that_are_missing_unknown_or_repeated(tmp_path):
    assert "列「85-89」: 列がありません" in broken(tmp_path, lambda rows: [n for n in HEADER if n != "85-89"])
    missing = broken(tmp_path, lambda rows: [n for n in HEADER if n not in ("age_unknown", "sex")])
    assert missing.count("列がありません") == 2
    odd = broken(tmp_path, lambda rows: [*HEADER, "totl"])
    assert "列「totl」: 知らない列です" in odd
    assert "「total」の書き誤り" in odd
    assert "列「85+」" in broken(tmp_path, lambda rows: [*HEADER, "85+"])
    assert "同じ列が2回" in broken(tmp_path, lambda rows: [*HEADER, "0～4歳"])
    assert "列がありません" in refused(read_census_table, write_csv(tmp_path / "empty.csv", ""))


def test_a_wrong_column_does_not_fill_the_screen(tmp_path, monkeypatch):
    monkeypatch.setattr(census_history, "MOST_PROBLEMS", 3)

    def change(rows):
        for row in rows:
            row["0-4"] = "x"

    found = broken(tmp_path, change)
    assert found.count("0以上の整数ではありません") == 3
    assert f"ほかに{3 * 6 - 3}件の誤りがあります" in found


def test_a_short_row_and_files_that_cannot_be_read(tmp_path):
    path = write_rows(tmp_path / "census.csv", census_rows(CELLS))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    short = write_csv(tmp_path / "short.csv", *lines[:5], lines[5].rsplit(",", 1)[0], *lines[6:])
    assert "6行目: セルの数が見出しと合いません" in refused(read_census_table, short)
    assert "ファイルがありません" in refused(read_census_table, tmp_path / "none.csv")
    wrong = tmp_path / "census.csv.gz"
    wrong.write_bytes(path.read_bytes())
    assert "gzipで圧縮されたファイルとして読めません" in refused(read_census_table, wrong)
    wrong.write_bytes(gzip.compress(path.read_bytes())[:-20])
    assert "もう一度入手" in refused(read_census_table, wrong)
    sjis = tmp_path / "sjis.csv"
    sjis.write_bytes(path.read_text(encoding="utf-8-sig").encode("cp932"))
    assert "CP932" in refused(read_census_table, sjis)


# ---------------------------------------------------------------------------------------- the small files


@pytest.fixture
def census(tmp_path):
    return read_census_table(write_rows(tmp_path / "census.csv", census_rows(CELLS)))


def test_later_totals_stand_below_the_others_and_a_missing_one_is_missing(census, tmp_path):
    path = write_csv(tmp_path / "totals.csv", "code,year,total_persons", "47201,2015,350", "01100,2020,300")
    with pytest.raises(InputError, match="47201"):
        read_later_totals(path, census)
    later = read_later_totals(path, census, {"47201": "47999"})
    assert later.years == (2000, 2005, 2010)
    assert later.totals[3:, 1].tolist()[0] == 350
    assert [math.isnan(value) for value in later.totals[3:].ravel()] == [True, False, False, True]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["01100,2010,1"], ["すぐ後の年から5年おき", "見つかったもの：2010", "2015年から5年おき"]),
        (["01100,2020,1"], ["見つかったもの：2020"]),
        (["01101,2015,1"], ["団体コードです", "見つかったもの：01101", "--codes"]),
        (["01100,2015,"], ["2行目 列「total_persons」"]),
        (["01100,2015,1", "01100,2015,2"], ["3行目", "同じ行です"]),
        ([], ["5年おきに続いていません"]),
    ],
)
def test_totals_that_do_not_fit(census, tmp_path, lines, words):
    found = refused(
        read_later_totals, write_csv(tmp_path / "t.csv", "code,year,total_persons", *lines), census
    )
    for part in words:
        assert part in found


def test_two_codes_that_became_one_are_a_merger(tmp_path):
    path = write_csv(tmp_path / "codes.csv", "old_code,new_code", "01101,01100", "01102,01100")
    found = refused(read_code_changes, path)
    assert "見つかったもの：01100" in found
    assert "先に一つの市域に合計" in found
    assert read_code_changes(write_csv(path, "old_code,new_code", "01101,01100")) == {"01101": "01100"}


def test_published_projections(tmp_path):
    head = "code,edition,base_year,year,projected_persons,base_persons,actual_persons"
    frame = read_published(write_csv(tmp_path / "p.csv", head, "01100,ipss2018,2015,2020,90,100,95"))
    assert frame[["base_year", "year", "projected_persons"]].iloc[0].tolist() == [2015, 2020, 90]
    found = refused(read_published, write_csv(tmp_path / "p.csv", head, "01100,ipss2018,2020,2015,90,100,95"))
    assert "列「year」: 推計の年が基準年より後ではありません" in found
