"""Claims against official figures: ways of counting, projections by edition, targets, the plan's own assumptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from recalculation_house import (
    BOTH,
    LATER,
    NOW,
    OFFICIAL,
    THEN,
    TOWN,
    assumption,
    claim,
    one,
    plan_file,
    population,
    projections,
    run,
    scenario,
    statements,
    target,
)

from planbook.analysis.recalculation.candidates import list_candidates, list_carried
from planbook.analysis.recalculation.editions import is_later
from planbook.analysis.recalculation.official import Official
from planbook.analysis.recalculation.stated import ScenarioResult, WorldResult
from planbook.analysis.recalculation.statements import Statements

YOUNG = assumption("y", "migration_level", "0", by_year=2030, age_from=20, age_to=39)


def stated(number: int, as_of: str = "2020-10-01", **fields):
    fields = {"unit": "人", "basis": "unknown", **fields}
    return claim("a", "population", f"{number}人", value=number, as_of=as_of, **fields)


def held(number: int, as_of: str = "2020-10-01", table=TOWN, **fields):
    return one("R28", statements(stated(number, as_of, **fields), official=Official(table, None, ())))


# ------------------------------------------------------------------------------ figures between dates


def test_totals_between_two_censuses_lie_on_a_line():
    """1 October 2015 to 2020 are 1,827 days; 1 April 2018 is the 913th: 10,500 − 500 × 913/1827 = 10,250.1."""
    found = OFFICIAL.at("census", date(2018, 4, 1))
    assert found.persons == pytest.approx(Decimal("10250.137"), abs=Decimal("0.001"))
    assert (found.before.persons, found.after.persons) == (10500, 10000)
    assert OFFICIAL.at("census", date(2009, 1, 1)) is None
    assert OFFICIAL.at("census", date(2021, 1, 1)) is None


def test_nothing_is_drawn_over_a_hole_of_the_register_or_between_two_ways_of_counting_residents():
    assert OFFICIAL.at("register", date(2018, 1, 1)) is None
    mixed = population(("register", "2012-03-31", 100), ("register", "2013-03-31", 110))
    mixed.loc[0, "residents"] = "japanese"
    assert Official(mixed, None, ()).at("register", date(2012, 10, 1)) is None
    assert Official(mixed, None, ()).at("register", date(2012, 3, 31)).persons == 100


def test_all_residents_stand_before_japanese_nationals_of_the_same_date():
    both = population(("register", "2013-03-31", 110), ("register", "2013-03-31", 100))
    both.loc[1, "residents"] = "japanese"
    assert [one_.persons for one_ in Official(both, None, ()).observed("register")] == [110]


def test_projected_totals_between_published_years_are_marked_so():
    assert OFFICIAL.projected("new", 2040) == replace(OFFICIAL.projected("new", 2040), between=None)
    between = OFFICIAL.projected("new", 2035)
    assert (between.persons, between.between) == (8500, (2030, 2040))
    assert OFFICIAL.projected("new", 2050) is None and OFFICIAL.projected("old", 2030) is None


# ------------------------------------------------------------------------------ R28, R29


@pytest.mark.parametrize(
    ("number", "verdict"),
    [(10000, "match"), (10050, "match"), (10051, "undecidable"), (10327, "match"), (10600, "undecidable")],
)
def test_a_figure_fits_a_way_of_counting_within_half_a_per_cent(number, verdict):
    """Census 10,000; register on 1 October 2020 10,400 − 100 × 274/366 = 10,325."""
    assert held(number).verdict == verdict


def test_what_it_fits_is_named_and_the_census_comes_first():
    assert "国勢調査と合います" in str(held(10000).reading)
    assert "住民基本台帳と合います" in str(held(10327).reading)


def test_a_census_carried_forward_by_the_register_is_the_way_of_a_monthly_estimate():
    """On 2020-12-01 the register fell by 496 since October 2015: 10,500 − 517 = 9,983, and 10,000 − 17 from 2020."""
    table = population(
        ("census", "2015-10-01", 10500), ("census", "2020-10-01", 10000), ("census", "2025-10-01", 9000),
        ("register", "2015-10-01", 10800), ("register", "2020-10-01", 10500), ("register", "2021-10-01", 10400),
    )  # fmt: skip
    day = date(2020, 12, 1)
    given_ = statements(official=Official(table, None, ()))
    values = {c.base_year: c.persons for c in list_carried(given_, day)}
    # 61 of 365 days: the register stands at 10,500 − 100 × 61/365 = 10,483.3
    assert values[2015] == pytest.approx(Decimal("10183.3"), abs=Decimal("0.1"))
    assert values[2020] == pytest.approx(Decimal("9983.3"), abs=Decimal("0.1"))
    found = held(10190, "2020-12-01", table)
    assert (found.verdict, found.nature, found.cause) == ("undecidable", "concept", None)
    assert "2015年の国勢調査" in str(found.reading) and "誤りではありません" in str(found.reading)
    assert "+190人" in str(found.reading)  # against the census two months earlier
    assert [c.concept for c in list_candidates(given_, day)] == ["census", "register"]


def test_nothing_is_carried_between_japanese_nationals_and_all_residents():
    table = population(
        ("census", "2010-10-01", 11000), ("register", "2010-10-01", 11200), ("register", "2014-01-01", 11000)
    )
    table.loc[1, "residents"] = "japanese"
    given_ = statements(official=Official(table, None, ()))
    assert list_carried(given_, date(2014, 1, 1)) == []


@pytest.mark.parametrize(
    ("number", "as_of", "basis", "verdict", "nature"),
    [
        (10000, "2020-10-01", "census", "match", "none"),
        (10010, "2020-10-01", "census", "mismatch", "slip"),  # the published figure is exact
        (10251, "2018-04-01", "census", "match", "none"),
        (10400, "2018-04-01", "census", "mismatch", "concept"),
        (10300, "2021-01-01", "register", "match", "none"),
        (10000, "2021-01-01", "monthly_estimate", "undecidable", "concept"),
        (10000, "1990-10-01", "census", "undecidable", "concept"),
    ],
)
def test_a_stated_basis_is_the_only_one_compared(number, as_of, basis, verdict, nature):
    found = held(number, as_of, basis=basis)
    assert (found.verdict, found.nature) == (verdict, nature)


def test_a_monthly_estimate_is_held_against_monthly_estimates_where_they_are_at_hand():
    table = population(("monthly_estimate", "2020-12-01", 10190), ("monthly_estimate", "2021-01-01", 10180))
    assert held(10190, "2020-12-01", table, basis="monthly_estimate").verdict == "match"
    assert held(10100, "2020-12-01", table, basis="monthly_estimate").verdict == "mismatch"
    assert "推計人口・現住人口と合います" in str(held(10190, "2020-12-01", table).reading)


@pytest.mark.parametrize("as_of", ["2020", "2020-10", None])
def test_a_figure_without_a_day_is_not_held_against_a_day(as_of):
    assert run("R28", statements(stated(10000, as_of), official=OFFICIAL)) == ()


def test_a_figure_without_official_figures_is_open():
    found = one("R28", statements(stated(10000)))
    assert found.verdict == "undecidable"


def test_official_figures_are_places_without_a_document():
    places = held(10000).places
    assert [(p.table, p.document) for p in places] == [("claims", "text"), ("population", None), ("population", None), ("population", None)]  # fmt: skip
    assert places[1].row == 4


def compare(before: str, after: str, numbers: tuple[int, int], table=TOWN):
    a = claim("a", "population", "前", value=numbers[0], unit="人", as_of=before, basis="unknown")
    b = claim("b", "population", "後", value=numbers[1], unit="人", as_of=after, basis="unknown")
    rate = claim("c", "change_pct", "減少", value=-5, follows_from="a;b")
    return one("R29", statements(a, b, rate, official=Official(table, None, ())))


#: Census and register of a city with many residents registered elsewhere before 2020: 07202's own figures.
CITY = population(
    ("census", "2010-10-01", 126220), ("census", "2015-10-01", 124062), ("census", "2020-10-01", 117376),
    ("register", "2015-01-01", 123790), ("register", "2016-01-01", 122749),
    ("register", "2020-01-01", 118322), ("register", "2021-01-01", 117027),
)  # fmt: skip


def test_every_way_of_counting_that_a_figure_fits_is_named():
    """On 1 October 2020 the register stood at 117,352.5 and the census at 117,376: 117,353 fits both."""
    both = str(held(117353, "2020-10-01", CITY).reading)
    assert "国勢調査とも住民基本台帳とも合い、どちらかは、この資料からは決まりません" in both
    # 1 October 2015: census 124,062 (0.61 % above), register 123,011
    register = str(held(123300, "2015-10-01", CITY).reading)
    assert "住民基本台帳と合います" in register and "国勢調査" not in register


def test_three_ways_of_counting_are_all_named():
    table = population(
        ("census", "2020-10-01", 10000),
        ("register", "2020-10-01", 10010),
        ("monthly_estimate", "2020-10-01", 9990),
    )
    words = str(held(10000, "2020-10-01", table).reading)
    assert "国勢調査とも住民基本台帳とも推計人口・現住人口とも合い" in words


def test_two_register_figures_are_no_break_where_one_of_them_fits_the_census_too():
    found = compare("2015-10-01", "2020-10-01", (123300, 117353), CITY)
    assert (found.verdict, found.nature) == ("match", "none")
    assert "国勢調査とも住民基本台帳とも合う" in str(found.recomputed)
    # 124,000 fits the census only, 117,353 both: alike again
    assert compare("2015-10-01", "2020-10-01", (124000, 117353), CITY).verdict == "match"


def test_figures_without_a_way_of_counting_in_common_stay_apart():
    """124,000 fits the census only; 118,400 the census of 2015 carried forward only."""
    found = compare("2015-10-01", "2020-10-01", (124000, 118400), CITY)
    assert (found.verdict, found.nature) == ("undecidable", "concept")


@pytest.mark.parametrize(
    ("number", "as_of", "basis", "verdict", "nature"),
    [
        (10500, "2020-10-01", "census", "mismatch", "slip"),  # the register of the day, called census
        (
            10300,
            "2021-01-01",
            "monthly_estimate",
            "undecidable",
            "concept",
        ),  # nothing of its own kind at hand
        (10300, "2021-01-01", "census", "undecidable", "concept"),  # fits a line between two censuses as well
    ],
)
def test_a_figure_of_another_kind_than_the_stated_one_is_said_to_be_its_published_value(
    number, as_of, basis, verdict, nature
):
    table = population(
        ("census", "2020-10-01", 10310), ("census", "2025-10-01", 10200),
        ("register", "2020-10-01", 10500), ("register", "2021-01-01", 10300),
    )  # fmt: skip
    found = held(number, as_of, table, basis=basis)
    assert (found.verdict, found.nature) == (verdict, nature)
    assert f"同じ日の住民基本台帳の公表値{number:,}人と同じです" in str(found.reading)


def test_a_figure_that_is_published_under_both_names_is_right_under_either():
    table = population(("census", "2020-10-01", 10000), ("register", "2020-10-01", 10000))
    assert held(10000, "2020-10-01", table, basis="census").verdict == "match"
    assert "公表値" not in str(held(10010, "2020-10-01", table, basis="census").reading).replace(
        "種類の公表値", ""
    )


def test_a_stated_way_of_counting_is_not_said_to_be_confirmed():
    given_ = statements(
        claim("a", "population", "前", value=10500, unit="人", as_of="2015-10-01", basis="census"),
        claim("b", "population", "後", value=10000, unit="人", as_of="2020-10-01", basis="register"),
        claim("c", "change_pct", "減少", value=-5, follows_from="a;b"),
        official=OFFICIAL,
    )
    found = one("R29", given_)
    assert found.verdict == "undecidable"
    assert "「前」は、国勢調査と書かれている" in str(found.recomputed)


def test_a_change_within_one_way_of_counting_passes():
    assert compare("2015-10-01", "2020-10-01", (10500, 10000)).verdict == "match"


def test_a_change_across_two_ways_of_counting_is_no_fault_and_comes_with_the_censuses():
    """Census 10,500 against register 10,325: on censuses (10,000 − 10,500) ÷ 10,500 = −4.76 %."""
    found = compare("2015-10-01", "2020-10-01", (10500, 10325))
    assert (found.verdict, found.nature, found.cause) == ("undecidable", "concept", None)
    assert "（10,000 − 10,500）÷ 10,500 ＝ −4.76%" in str(found.reading)
    assert "誤りではありません" in str(found.reading)


def test_a_change_of_something_else_than_population_is_no_matter_of_concepts():
    given_ = statements(
        claim("a", "amount", "前", value=10, as_of="2015-10-01"),
        claim("b", "amount", "後", value=9, as_of="2020-10-01"),
        claim("c", "change_pct", "減少", value=-10, follows_from="a;b"),
        official=OFFICIAL,
    )
    assert run("R29", given_) == ()


# ------------------------------------------------------------------------------ R30, R32, R33


def outlook(*targets: dict, table=LATER, file: dict | None = None, **rest) -> Statements:
    made = plan_file(outlook={"targets": list(targets), **(file or {})})
    return Statements(made, official=Official(TOWN, table, (NOW, THEN)), **rest)


@pytest.mark.parametrize(
    ("adopted", "published", "later"),
    [
        (None, "2021-03", False), (None, "2021-04", True), ("2020-12-15", "2020-12", True), ("2020-12", "2020-11", False),
        (None, None, False), (None, "2021", True), (None, "2020", False),
    ],
)  # fmt: skip
def test_an_edition_is_later_when_it_came_out_after_adoption_or_the_plans_beginning(
    adopted, published, later
):
    given_ = Statements(plan_file(adopted=adopted))
    assert is_later(given_, replace(NOW, published=published)) is later


def projected(number: int, table, **fields):
    fields = {"basis": "projection", "as_of": "2040", **fields}
    return one(
        "R30",
        statements(
            claim("p", "population", "推計", value=number, **fields),
            official=Official(TOWN, table, (NOW, THEN)),
        ),
    )


def test_a_projection_without_a_source_is_held_against_what_was_out_by_then():
    assert projected(8600, BOTH).verdict == "match"
    assert projected(8600, BOTH, qualifier="about", precision=100).verdict == "match"
    other = projected(7000, BOTH)
    assert (other.verdict, other.nature) == ("undecidable", "unwritten")


def test_a_projection_that_only_a_later_edition_could_confirm_is_hindsight():
    found = projected(8600, LATER, qualifier="about", precision=1000)
    assert (found.verdict, found.nature) == ("undecidable", "hindsight")
    assert "8,100人から9,100人まで" in str(found.reading)
    # even where the later edition agrees: it cannot be what the plan was made from
    assert projected(8000, LATER).nature == "hindsight"


@pytest.mark.parametrize(("number", "verdict"), [(8000, "match"), (8001, "mismatch"), (8200, "mismatch")])
def test_a_named_edition_decides(number, verdict):
    assert projected(number, LATER, edition="new").verdict == verdict


def test_a_named_edition_that_is_not_at_hand_leaves_it_open():
    assert projected(8600, LATER, edition="old").verdict == "undecidable"
    assert projected(8600, None).verdict == "undecidable"


def test_a_projection_between_published_years_says_so():
    assert "2030年と2040年から直線で補間" in str(projected(8500, LATER, as_of="2035").recomputed)


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"value": "-20"}, "match"),
        ({"value": "-20.4", "precision": "0.1"}, "mismatch"),
        ({"value": "-20", "period_end": "2045"}, "undecidable"),
        ({"value": "-20", "period_start": None}, "undecidable"),
        ({"value": "-20", "edition": "nowhere"}, "undecidable"),
    ],
)
def test_changes_of_a_named_edition(fields, verdict):
    fields = {"edition": "new", "period_start": "2020", "period_end": "2040", **fields}
    given_ = statements(claim("c", "change_pct", "減少", **fields), official=OFFICIAL)
    assert one("R32", given_).verdict == verdict
    assert run("R01", given_) == ()


@pytest.mark.parametrize(
    ("persons", "words"),
    [("9000", "より多い人口"), ("8600", "と同じ人口"), ("8000", "より少ない人口")],
)
def test_a_target_beside_the_projection_of_its_time_is_neither_right_nor_wrong(persons, words):
    """A target is an aim, no claim about a projection: there is nothing in it that could agree."""
    found = one("R33", outlook(target(population_persons=persons), table=BOTH))
    assert (found.verdict, found.nature, found.cause) == ("undecidable", "unwritten", None)
    assert words in str(found.reading) and "正しいか誤りかを" in str(found.reading)
    assert "後から分かったこと" in str(found.reading)  # of the edition that came later


def test_a_later_edition_says_nothing_of_how_the_target_was_set():
    found = one("R33", outlook(target()))
    assert (found.verdict, found.nature, found.cause) == ("undecidable", "hindsight", None)
    assert "策定の誤りを示すものではありません" in str(found.reading)


def test_a_target_without_a_year_is_held_against_the_path():
    """10,000 in 2020, 9,000 in 2030: 9,500 in October 2025; ±250 between 2023 and 2028."""
    rough = target(year=None, population_persons="9500", precision="500", qualifier="about")
    found = one("R33", outlook(rough))
    assert "2025年10月に9,500人" in str(found.recomputed)
    assert "2023年から2028年まで" in str(found.reading)
    assert run("R33", outlook(target(year=None, population_persons="100"))) == ()


def test_a_target_of_a_year_without_projection_is_open():
    assert one("R33", outlook(target(year=2060))).verdict == "undecidable"


# ------------------------------------------------------------------------------ R34


@pytest.mark.parametrize(
    ("reaching", "verdict", "nature"),
    [(4, "match", "none"), (2, "undecidable", "unwritten"), (0, "mismatch", "unwritten")],
)
def test_readings_that_reach_the_target(reaching, verdict, nature):
    found = one("R34", outlook(target(), file={"assumptions": [YOUNG]}, scenario=scenario(reaching)))
    assert (found.verdict, found.nature) == (verdict, nature)
    assert f"4通りの読み方のうち{reaching}通り" in str(found.recomputed)
    assert [place.as_written for place in found.places] == ["9,000人", "仮定y"]


def test_todays_readings_stand_beside_as_hindsight_and_change_no_verdict():
    made = scenario(4)
    today = WorldResult("today", "new", 2025, 0, 4, Decimal(7000), Decimal(7400), True, True, Decimal("0.5"))
    found = one(
        "R34",
        outlook(
            target(), file={"assumptions": [YOUNG]}, scenario=replace(made, worlds=(*made.worlds, today))
        ),
    )
    assert found.verdict == "match"
    assert "2025年の国勢調査から）では7,000人〜7,400人" in str(found.reading)
    assert "策定の誤りを示すものではありません" in str(found.reading)


def test_an_unverified_rule_is_marked():
    made = scenario(4)
    unsure = replace(made, worlds=(replace(made.worlds[0], verified=False),))
    found = one("R34", outlook(target(), file={"assumptions": [YOUNG]}, scenario=unsure))
    assert "要確認" in str(found.recomputed)


@pytest.mark.parametrize(
    ("assumed", "result", "words"),
    [
        ([], None, "掲載がありません"),
        ([YOUNG], None, "行われていません"),
        ([YOUNG], ScenarioResult(None, (), "target_off_grid"), "5年おき"),
        ([YOUNG], scenario(1, target_id="other"), "最も先の目標"),
        ([YOUNG], scenario(1, worlds=False), "策定時の推計の仮定が手元にない"),
        ([YOUNG], ScenarioResult(None, (), "a new reason"), "手元にありません"),
    ],
)
def test_what_cannot_be_computed_says_why(assumed, result, words):
    found = one("R34", outlook(target(), file={"assumptions": assumed}, scenario=result))
    assert (found.verdict, found.cause) == ("undecidable", None)
    assert words in str(found.recomputed)


# ------------------------------------------------------------------------------ R26, R35


def test_the_width_between_register_and_census_is_shown_beside_an_unknown_basis():
    found = one("R26", outlook(target(basis="unknown")))
    assert "国勢調査10,000人" in str(found.recomputed) and "10,325人" in str(found.recomputed)
    bare = one("R26", Statements(plan_file(outlook={"targets": [target(basis="unknown")]})))
    assert str(bare.recomputed) == "人口の種類が書かれていません。"


@pytest.mark.parametrize(
    ("as_of", "published", "verdict"),
    [
        ("2023-12", "2023-12", "match"),
        ("2023", "2023-12", "match"),
        ("2023-11", "2023-12", "mismatch"),
        ("2023-12", None, "undecidable"),
    ],
)
def test_dates_of_publication(as_of, published, verdict):
    official = Official(None, projections(new={2020: 1, 2030: 1}), (replace(NOW, published=published),))
    given_ = statements(claim("d", "date", "公表", as_of=as_of, edition="new"), official=official)
    assert one("R35", given_).verdict == verdict
