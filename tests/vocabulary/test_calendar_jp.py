"""Years, dates and periods as the five source documents write them."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.vocabulary import calendar_forms, calendar_jp, calendar_words, catalogue, characters, eras
from planbook.vocabulary.calendar_jp import (
    PartialDate,
    Period,
    era_of,
    fiscal_year_bounds,
    fiscal_year_of,
    format_fiscal_year,
    format_period,
    format_year,
    parse_date,
    parse_fiscal_year,
    parse_period,
    parse_year,
)
from planbook.vocabulary.errors import InputError

OFFSETS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911}
LETTERS = {"令和": "R", "平成": "H", "昭和": "S", "大正": "T"}
TO_FULL_WIDTH = str.maketrans("0123456789RHST()-", "０１２３４５６７８９ＲＨＳＴ（）－")

ENGLISH = {
    "{year}年（{era}{number}年）": "{year}",
    "{year}年（{era}{number}年、原文 {original}）": "{year} (as written: {original})",
    "{era}{number}年度（{year}年度）": "FY{year}",
    "{start}～{end}（{start_year}～{end_year}年度、{years}年間）": "{start}–{end} ({years} years)",
}


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setattr(catalogue, "_translations", lambda language: ENGLISH)
    with catalogue.in_language("en"):
        yield


def refused(reader, text, *args):
    with pytest.raises(InputError) as caught:
        reader(text, *args)
    return caught.value.problems[0].in_words("ja")


@pytest.mark.parametrize("module", [calendar_jp, calendar_forms, calendar_words, characters, eras])
def test_examples_in_docstrings(module):
    assert doctest.testmod(module).failed == 0


# --- years ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year", "era_year", "is_fiscal"),
    [
        ("2045", 2045, None, False),
        ("２０４５年", 2045, None, False),
        ("西暦2045年", 2045, None, False),
        ("2045（Ｈ57）年", 2045, "Ｈ57", False),  # 001 line 6; 1988 + 57
        ("2030年（Ｈ42）", 2030, "Ｈ42", False),  # 001 line 16; 1988 + 42
        ("2030年（H42）", 2030, "H42", False),  # 001 line 24
        ("2040年(令和22年)", 2040, "令和22年", False),  # 000 line 14; 2018 + 22
        ("2014(平成26)年", 2014, "平成26", False),  # 000 line 7; 1988 + 26
        ("令和7(2025)年", 2025, "令和7", False),
        ("令和27年", 2045, "令和27年", False),
        ("平成57年", 2045, "平成57年", False),
        ("㍻57", 2045, "㍻57", False),
        ("㋿7年", 2025, "㋿7年", False),
        ("令和元年", 2019, "令和元年", False),
        ("令和 元 年", 2019, "令和 元 年", False),
        ("R7", 2025, "R7", False),
        ("Ｒ７", 2025, "Ｒ７", False),
        ("r7", 2025, "r7", False),
        ("R.7", 2025, "R.7", False),
        ("H27", 2015, "H27", False),
        ("Ｈ57", 2045, "Ｈ57", False),
        ("昭和60年", 1985, "昭和60年", False),
        ("S60", 1985, "S60", False),
        ("昭和100年", 2025, "昭和100年", False),
        ("大正15年", 1926, "大正15年", False),
        ("T15", 1926, "T15", False),
        ("令和3年度", 2021, "令和3年度", True),  # 000 line 18
        ("FY2021", 2021, None, True),
        ("平成31(令和元)年度", 2019, "平成31", True),
        ("（H30）", 2018, "H30", False),  # 004 line 26
    ],
)
def test_year_in_every_written_form(text, year, era_year, is_fiscal):
    read = parse_year(text)
    assert (read.year, read.era_year, read.is_fiscal) == (year, era_year, is_fiscal)
    assert read.consistent
    assert read.as_written == text


def test_two_calendars_that_disagree_are_reported_not_resolved():
    read = parse_year("令和7(2024)年")
    assert (read.year, read.other_year, read.consistent) == (2024, 2025, False)
    words = refused(parse_fiscal_year, "令和7(2024)年度")
    assert "2024" in words and "2025" in words


@pytest.mark.parametrize(
    "text",
    ["", "27年", "令和0年", "R0", "1911年", "2200年", "H300", "令和3年度(2021年)", "2045年頃", "二〇四五年"],
)
def test_year_that_cannot_be_read(text):
    words = refused(parse_year, text)
    assert "年として読み取れません" in words
    assert f"「{text}」" in words
    assert "2030年（Ｈ42）" in words  # what is allowed
    assert "直し方" in words


@pytest.mark.parametrize("value", [None, 2045, float("nan"), date(2045, 1, 1)])
def test_a_value_that_is_no_text_is_named(value):
    assert type(value).__name__ in refused(parse_year, value)


@given(
    era=st.sampled_from(sorted(OFFSETS)), number=st.integers(1, 181), wide=st.booleans(), letter=st.booleans()
)
def test_era_to_western_and_back(era, number, wide, letter):
    written = (LETTERS[era] if letter else era) + str(number)
    year = parse_year(written.translate(TO_FULL_WIDTH) if wide else written + "年").year
    assert year == OFFSETS[era] + number
    # past its end an era is legal input; the way back names the era in force
    era_back, number_back = era_of(year)
    assert OFFSETS[era_back] + number_back == year
    assert parse_year(f"{era_back}{number_back}年").year == year


@given(st.integers(1912, 2199))
def test_formatted_year_names_the_same_year_twice(year):
    western, era = format_year(year).rstrip("）").split("（")
    assert parse_year(western).year == parse_year(era).year == year
    both = parse_year(f"{western}({era})")
    assert (both.year, both.consistent) == (year, True)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (date(2019, 4, 30), ("平成", 31)),
        (date(2019, 5, 1), ("令和", 1)),
        (date(1989, 1, 7), ("昭和", 64)),
        (date(1989, 1, 8), ("平成", 1)),
        (date(1926, 12, 24), ("大正", 15)),
        (date(1926, 12, 25), ("昭和", 1)),
        (date(1912, 7, 30), ("大正", 1)),
        (2019, ("令和", 1)),
        (2018, ("平成", 30)),
        (PartialDate(2019, None, None, "fiscal_year", ""), ("令和", 1)),
        (PartialDate(2019, 4, None, "month", ""), ("平成", 31)),
    ],
)
def test_era_changes_on_the_day(when, expected):
    assert era_of(when) == expected


def test_before_the_first_era():
    assert "1912年7月30日" in refused(era_of, date(1912, 7, 29))
    assert "1912" in refused(era_of, 1911)


# --- dates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "iso", "kind", "sense"),
    [
        ("平成17年12月1日", "2005-12-01", "date", ""),  # 000 line 12
        ("令和2年12月1日現在", "2020-12-01", "date", "as_of"),  # 000 line 12
        ("2014(平成26)年11月", "2014-11", "month", ""),  # 000 line 7
        ("2024年1月9日", "2024-01-09", "date", ""),  # 000 line 88
        ("2024年02月09日", "2024-02-09", "date", ""),  # 002 line 1
        ("令和4年12月", "2022-12", "month", ""),  # 002 line 13
        ("(令和2年3月)", "2020-03", "month", ""),  # 002 line 49
        ("令和元年12月", "2019-12", "month", ""),  # 002 line 55
        ("平成27年4月", "2015-04", "month", ""),  # 002 line 61
        ("2024-01-09", "2024-01-09", "date", ""),
        ("2024/1/9", "2024-01-09", "date", ""),
        ("R2.12.1", "2020-12-01", "date", ""),
        ("2019-12", "2019-12", "month", ""),
        ("２０１９－１２", "2019-12", "month", ""),
        ("平成32年度末", "2021-03-31", "date", "end"),
        ("令和7年末", "2025-12-31", "date", "end"),
        ("令和2年2月末", "2020-02-29", "date", "end"),
        ("平成32年3月まで", "2020-03", "month", "until"),
        ("2020年", "2020", "year", ""),
        ("令和2年現在", "2020", "year", "as_of"),
        ("H30", "2018", "year", ""),  # 004 line 26
        ("令和3年度", "2021-04-01/2022-03-31", "fiscal_year", ""),
    ],
)
def test_date_as_precise_as_written(text, iso, kind, sense):
    read = parse_date(text)
    assert (read.iso, read.kind, read.sense) == (iso, kind, sense)
    assert read.as_written == text


def test_bounds_of_partial_dates():
    assert (parse_date("2020-02").start, parse_date("2020-02").end) == (date(2020, 2, 1), date(2020, 2, 29))
    assert (parse_date("令和2年").start, parse_date("令和2年").end) == (date(2020, 1, 1), date(2020, 12, 31))
    year_2020 = parse_date("令和2年度")
    assert (
        (year_2020.start, year_2020.end) == fiscal_year_bounds(2020) == (date(2020, 4, 1), date(2021, 3, 31))
    )


def test_date_keeps_the_disagreement_of_two_calendars():
    read = parse_date("2014(平成27)年11月")
    assert (read.iso, read.other_year, read.consistent) == ("2014-11", 2015, False)


@pytest.mark.parametrize("text", ["2023年2月30日", "2023-13", "令和5年0月", "2023-00-01", "令和3年13月末"])
def test_date_that_is_not_in_the_calendar(text):
    words = refused(parse_date, text)
    assert "暦にない日付" in words and text in words


@pytest.mark.parametrize(
    "text", ["", "12月1日", "令和2年度12月", "2019末", "2020年1月5日末", "2024-1/9", "昨年", "R2年12.1"]
)
def test_date_that_cannot_be_read(text):
    words = refused(parse_date, text)
    assert "日付として読み取れません" in words
    assert "2024-01-09" in words


@given(st.dates(date(1927, 1, 1), date(2199, 12, 31)))
def test_day_in_three_forms(day):
    era, number = era_of(day)
    for written in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{era}{number}年{day.month}月{day.day}日",
    ):
        read = parse_date(written)
        assert read.start == read.end == day
        assert read.iso == day.isoformat()


# --- fiscal years --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("平成31年度", 2019),  # 001 line 73; the same year as the next
        ("令和元年度", 2019),
        ("2019年度", 2019),
        ("平成32年3月まで", 2019),  # April 2019 – March 2020
        ("平成32年4月", 2020),
        ("平成32年度末", 2020),
        ("令和2年12月1日現在", 2020),
        ("令和7年末", 2025),
        ("R7", 2025),
        ("2025", 2025),
        ("FY2025", 2025),
    ],
)
def test_fiscal_year(text, year):
    assert parse_fiscal_year(text) == year


def test_a_calendar_year_is_not_a_fiscal_year():
    words = refused(parse_fiscal_year, "令和7年")
    assert "2024" in words and "2025" in words
    assert "年度" in words


@pytest.mark.parametrize("text", ["", "年度", "7年度", "令和3年度7月"])
def test_fiscal_year_that_cannot_be_read(text):
    assert "年度として読み取れません" in refused(parse_fiscal_year, text)


@given(st.dates(date(1913, 1, 1), date(2198, 12, 31)))
def test_every_day_lies_in_its_fiscal_year(day):
    first, last = fiscal_year_bounds(fiscal_year_of(day))
    assert first <= day <= last


@given(st.integers(1912, 2199))
def test_formatted_fiscal_year_reads_back(year):
    assert parse_fiscal_year(format_fiscal_year(year, short=True)) == year
    assert parse_fiscal_year(format_fiscal_year(year)) == year


# --- periods -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end", "stated"),
    [
        ("平成27年度から令和2年度までの6年間", 2015, 2020, 6),  # 000 line 16; 2020 − 2015 + 1 = 6
        ("令和3年度から令和7年度までの5年間", 2021, 2025, 5),  # 000 line 18
        ("Ｈ27～Ｈ31", 2015, 2019, None),  # 001 line 26
        ("平成27年度から平成31年度の5年間", 2015, 2019, 5),  # 001 line 73
        ("令和6年度から令和8年度", 2024, 2026, None),  # 002 line 15
        ("令和6年度~令和8年度", 2024, 2026, None),  # 002 line 21
        ("(平成28年度～令和7年度)", 2016, 2025, None),  # 003 line 10
        ("（令和3年度～令和7年度）", 2021, 2025, None),  # 003 line 217
        ("令和4年度から7年度までの4年間", 2022, 2025, 4),  # 004 line 8
        ("H27–R2", 2015, 2020, None),
        ("令和4～7年度", 2022, 2025, None),
        ("令和4年～7年度", 2022, 2025, None),
        ("2021年度〜2025年度", 2021, 2025, None),
        ("2021-2025", 2021, 2025, None),
        ("5か年（令和3年度―令和7年度）", 2021, 2025, 5),
        ("令和3年度～令和7年度（5年間）", 2021, 2025, 5),
        ("令和3(2021)年度～7(2025)年度", 2021, 2025, None),
        ("平成27年4月～平成32年3月", 2015, 2019, None),
        ("平成30年度～令和元年度", 2018, 2019, None),
        ("平成31年度～令和元年度", 2019, 2019, None),
    ],
)
def test_period(text, start, end, stated):
    period = parse_period(text)
    assert (period.start_fiscal_year, period.end_fiscal_year, period.stated_years) == (start, end, stated)
    assert period.years == end - start + 1
    assert period.consistent


def test_stated_length_that_is_wrong_is_reported():
    period = parse_period("令和3年度から令和7年度までの4年間")
    assert (period.years, period.stated_years, period.consistent) == (5, 4, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("平成27年度～2年度", "終わり（1990年度）が始め（2015年度）より前"),
        ("令和7年度から令和3年度", "より前"),
        ("令和3年～令和7年", "2つの年度にまたがる"),
        ("令和3(2020)年度～令和7年度", "2020"),
        ("2021年度から25年度", "期間として読み取れません"),
        ("令和3年度", "期間として読み取れません"),
        ("令和3年度～令和5年度～令和7年度", "期間として読み取れません"),
        ("5年間（令和3年度～令和7年度、4年間）", "期間として読み取れません"),
        ("", "期間として読み取れません"),
    ],
)
def test_period_that_cannot_be_read(text, words):
    assert words in refused(parse_period, text)


@given(st.integers(1990, 2100), st.integers(0, 30), st.sampled_from("～〜~-−–―‐"))
def test_period_in_both_calendars(start, length, dash):
    end = start + length
    western = parse_period(f"{start}年度{dash}{end}年度")
    first, last = (format_fiscal_year(year, short=True) for year in (start, end))
    japanese = parse_period(f"{first}から{last}までの{length + 1}年間")
    assert (western.start_fiscal_year, western.end_fiscal_year) == (start, end)
    assert (japanese.start_fiscal_year, japanese.end_fiscal_year) == (start, end)
    assert japanese.consistent and japanese.years == western.years == length + 1


# --- words ---------------------------------------------------------------------------------------------


def test_words_in_japanese():
    assert format_year(2045, original="Ｈ57") == "2045年（令和27年、原文 Ｈ57）"
    assert format_year(2045) == format_year(2045, original="２０４５年") == "2045年（令和27年）"
    assert format_fiscal_year(2021) == "令和3年度（2021年度）"
    assert format_fiscal_year(2019, short=True) == "令和元年度"
    assert format_period(Period(2021, 2025)) == "令和3年度～令和7年度（2021～2025年度、5年間）"


@pytest.mark.usefixtures("english")
def test_words_in_english():
    assert format_year(2045, original="Ｈ57") == "2045 (as written: Ｈ57)"
    assert format_year(2045) == "2045"
    assert format_fiscal_year(2021) == format_fiscal_year(2021, short=True) == "FY2021"
    assert format_period(Period(2021, 2025)) == "FY2021–FY2025 (5 years)"


DATE_LIKE = st.text("令和平成昭元年度月日末現在まで間の0127９RHＨ㍻()（）～-–./ ", max_size=16)


@given(st.one_of(st.text(max_size=20), DATE_LIKE))
def test_nothing_but_input_errors(text):
    for reader in (parse_year, parse_date, parse_fiscal_year, parse_period):
        try:
            reader(text)
        except InputError as error:
            assert error.problems[0].found is not None
