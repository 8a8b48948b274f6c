"""Bad input to the indicator tables: file, row, column, what was found, what is allowed, what to do."""

from __future__ import annotations

import pytest

from planbook.load.contract import check_data

HEAD = "kpi_values.csv"


def problems(country):
    return check_data(country.root)


def only(country):
    found = problems(country)
    assert len(found) == 1, [str(problem) for problem in found]
    problem = found[0]
    assert problem.found is not None and problem.allowed and problem.remedy
    return problem


def add(country, *rows):
    """Append rows 「as_written|kind|fiscal_year|as_of|value|unit|years|respondents|published」; line 4 is the first."""
    file = country.plan / HEAD
    lines = file.read_text(encoding="utf-8")
    for row in rows:
        written, kind, year, as_of, number, unit, years, people, published = row.split("|")
        lines += f"{written},text,L5,,,,k1,{kind},{year},{as_of},number,{number},{unit},,,{years},{people},{published}\n"
    file.write_text(lines, encoding="utf-8", newline="")


def indicator(country, old, new):
    country.replace(country.plan / "kpis.csv", old, new)


def place(problem):
    return problem.file.rsplit("/", 1)[-1], problem.place["row"], problem.place["column"]


def test_good_actuals_are_no_problem(country):
    add(
        country,
        "104人|actual|2015||104|人|1||2016-07-01",
        "108人|actual|2016||108|名|1||",
        "110人|actual|2017||110|人/年|1||",
    )
    assert problems(country) == []


def test_text_for_a_numeric_target_names_the_way_out(country):
    country.replace(country.plan / HEAD, "number,120,人", "number,増やす,人")
    problem = only(country)
    assert place(problem) == (HEAD, 3, "value")
    assert problem.found == "増やす"
    assert (
        "数字で書いてください。数値がなければ空にします（値の状態の列がある表では、そこに none や unknown と書きます）"
        in problem.in_words("ja")
    )


@pytest.mark.parametrize(
    ("baseline", "target", "fits"),
    [
        ("2014,", "2015,", True),
        ("2014,", "2014,", False),
        ("2014,", "2013,", False),
        ("2014,", ",2014", False),  # the year ends before the fiscal year does
        ("2014,", ",2015", True),
        ("2014,", ",2015-03-31", False),  # the same day
        (",2015-10-01", ",2015-10", True),
        (",2015-12", ",2015", False),
    ],
)
def test_a_target_lies_after_its_baseline(country, baseline, target, fits):
    country.replace(country.plan / HEAD, "baseline,2014,", f"baseline,{baseline}")
    country.replace(country.plan / HEAD, "target,2019,", f"target,{target}")
    if fits:
        assert problems(country) == []
        return
    problem = only(country)
    assert "当初値の時点より後ではありません" in str(problem.what)
    assert place(problem) == (HEAD, 3, "fiscal_year" if target[0] != "," else "as_of")


@pytest.mark.parametrize(("year", "fits"), [("2013", False), ("2014", True), ("2015", True)])
def test_an_actual_is_not_older_than_the_baseline(country, year, fits):
    add(country, f"90人|actual|{year}||90|人|||")
    if fits:
        assert problems(country) == []
    else:
        assert place(only(country)) == (HEAD, 4, "fiscal_year")


@pytest.mark.parametrize(("kind", "number"), [("actual", "105"), ("target", "118"), ("interim", "110")])
def test_one_moment_written_two_ways(country, kind, number):
    add(country, f"{number}人|{kind}|2016||{number}|人|||", f"{number}人|{kind}||2017-03-31|{number}|人|||")
    problem = only(country)
    assert place(problem) == (HEAD, 5, "as_of")
    assert "4行目" in str(problem.what)
    assert "2016年度 = 2017-03-31" in problem.found


def test_two_kinds_at_one_moment_are_fine(country):
    add(country, "105人|interim|2016||105|人|||", "104人|actual||2017-03-31|104|人|||")
    assert problems(country) == []


def test_an_actual_in_another_unit(country):
    add(country, "105人|actual|2015||105|人|||", "110件|actual|2016||110|件|||")
    problem = only(country)
    assert (place(problem), problem.found) == ((HEAD, 5, "unit"), "件")
    assert "人" in str(problem.allowed)


def test_units_of_actuals_alone(country):
    indicator(country, "出生数,,人,annual_flow", "出生数,,,annual_flow")
    add(country, "105人|actual|2015||105|人|||", "110件|actual|2016||110|件|||")
    assert place(only(country)) == (HEAD, 5, "unit")


def test_the_documents_own_units_are_a_finding_and_no_error(country):
    country.replace(country.plan / HEAD, "120人,text", "120件,text")
    country.replace(country.plan / HEAD, "number,120,人", "number,120,件")
    assert problems(country) == []


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        (("出生数,,人,annual_flow", "出生数,,%,survey_share"), False),
        (("出生数,,人,annual_flow", "住む人の割合,,%,rate"), False),
        (("出生数,,人,annual_flow", "住む人の割合,,%,index"), True),
        (("出生数,,人,annual_flow", "伸び率,,%,rate"), True),
        (("出生数,,人,annual_flow", "住む人の割合,,人,rate"), True),
    ],
)
@pytest.mark.parametrize("number", ["120", "-1"])
def test_a_share_is_a_part_of_a_whole(country, change, fits, number):
    indicator(country, *change)
    unit = change[1].split(",")[2]
    file = country.plan / HEAD
    for old in ("100,人", "120,人"):
        figure = old.split(",")[0]
        country.replace(file, f"number,{old}", f"number,{figure},{unit}")
        country.replace(file, f"{figure}人,text", f"{figure}{unit},text")
    if number != "120":
        country.replace(file, f"120{unit},text", f"{number},text")
        country.replace(file, "number,120", f"number,{number}")
    if fits:
        assert problems(country) == []
    else:  # 100 % is still a share
        assert (place(only(country)), only(country).found) == ((HEAD, 3, "value"), number)


def test_an_actual_has_a_date(country):
    add(country, "105人|actual|||105|人|||")
    assert place(only(country)) == (HEAD, 4, "fiscal_year")


@pytest.mark.parametrize(
    ("as_of", "fits"), [("2016-04-01", True), ("2016", True), ("2017", True), ("2017-04", False)]
)
def test_a_date_lies_in_its_fiscal_year(country, as_of, fits):
    add(country, f"105人|actual|2016|{as_of}|105|人|||")
    if fits:
        assert problems(country) == []
    else:
        assert place(only(country)) == (HEAD, 4, "as_of")


def test_a_negative_tolerance(country):
    indicator(country, "annual_flow,up,,,,,,", "annual_flow,up,,,,-1,,")
    assert place(only(country)) == ("kpis.csv", 2, "tolerance")


@pytest.mark.parametrize("people", ["0", "-5", "99.5"])
def test_respondents_are_people(country, people):
    add(country, f"105人|actual|2016||105|人||{people}|")
    assert (place(only(country)), only(country).found) == ((HEAD, 4, "respondents"), people)


def test_respondents_of_the_indicator(country):
    indicator(country, "annual_flow,up,,", "annual_flow,up,0,")
    assert place(only(country)) == ("kpis.csv", 2, "survey_n")


@pytest.mark.parametrize("years", ["0", "-1"])
def test_years_are_positive(country, years):
    add(country, f"105人|actual|2016||105|人|{years}||")
    assert place(only(country)) == (HEAD, 4, "years")


@pytest.mark.parametrize(
    ("kind", "type_", "published", "fits"),
    [
        ("actual", "level", "2016-03-31", False),
        ("actual", "level", "2016-04-01", True),  # a day within the year
        ("actual", "annual_flow", "2017-03-30", False),  # the year is not over
        ("actual", "annual_flow", "2017-03", True),
        ("target", "level", "2015-10-01", True),
        ("baseline", "annual_flow", "2016-12", False),
        ("actual", "rate", "2016-12-01", True),  # a survey in the year is out before the year ends
    ],
)
def test_a_value_is_published_after_it_exists(country, kind, type_, published, fits):
    indicator(country, "annual_flow", type_)
    add(country, f"105人|{kind}|2016||105|人|||{published}")
    if fits:
        assert problems(country) == []
    else:
        assert place(only(country)) == (HEAD, 4, "published")


@pytest.mark.parametrize(
    ("dated", "published", "fits"),
    [
        ("2016|", "2016-12-01", False),  # three years up to March 2017
        ("2016|", "2017-03-31", True),
        ("|2016", "2016-12-30", False),
        ("|2016-10", "2016-10-30", False),
        ("|2016-10", "2016", True),  # may be any later day of the year
        ("2016|2016-10-01", "2016-10-01", False),  # the year counts where both are written
    ],
)
def test_a_total_is_published_after_its_last_day(country, dated, published, fits):
    indicator(country, "annual_flow", "cumulative")
    year, day = dated.split("|")
    add(country, f"305人|actual|{year}|{day}|305|人|3||{published}")
    if fits:
        assert problems(country) == []
    else:
        assert place(only(country)) == (HEAD, 4, "published")


@pytest.mark.parametrize("type_", ["level", "index", "cumulative"])
@pytest.mark.parametrize("year", ["", "2016"])
def test_a_value_of_one_day_is_not_published_before_it(country, type_, year):
    indicator(country, "annual_flow", type_)
    add(country, f"105人|actual|{year}|2016-10-01|105|人|||2016-09-30")
    assert place(only(country)) == (HEAD, 4, "published")


def test_done_or_not_done_is_one_or_nought(country):
    indicator(country, "annual_flow", "yes_no")
    country.replace(country.plan / HEAD, "100人,text", "未実施,text")
    country.replace(country.plan / HEAD, "number,100,人", "number,0,")
    problem = only(country)
    assert (place(problem), problem.found) == ((HEAD, 3, "value"), "120")


def test_every_problem_is_reported_at_once(country):
    indicator(country, "annual_flow,up,,,,,,", "annual_flow,up,,,,-1,,")
    add(country, "105人|actual|||105|人|0|0|", "110件|actual|2016||110|件|||")
    places = {place(problem) for problem in problems(country)}
    assert places == {
        ("kpis.csv", 2, "tolerance"), (HEAD, 4, "fiscal_year"), (HEAD, 4, "years"), (HEAD, 4, "respondents"),
        (HEAD, 5, "unit"),
    }  # fmt: skip


def test_a_figure_against_its_own_quotation(country):
    add(country, "105人|actual|2016||150|人|||")
    assert place(only(country)) == (HEAD, 4, "value")


def test_an_actual_of_a_year_that_has_not_begun(country):
    add(country, "105人|actual|2099||105|人|1||")
    problem = only(country)
    assert (place(problem), problem.found) == ((HEAD, 4, "fiscal_year"), "2099年度")
