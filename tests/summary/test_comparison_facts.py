"""The facts of a comparison: worked by hand from published figures, and None wherever one of them is missing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest

from comparison_house import (
    AIZUWAKAMATSU,
    ALL,
    KITAMOTO,
    NIHONMATSU,
    NINOHE,
    NINOHE_BASIC,
    aim,
    compare,
    copy_data,
    drop_lines,
    plan_of,
    with_targets,
)
from planbook.load.plan import load_plan
from planbook.summary.comparison.comparison_facts import gather_comparison
from planbook.summary.comparison.place_movement import per_thousand
from planbook.summary.outlook.needs import Seen, find_precedent
from planbook.vocabulary.numbers import Number, number


def row(comparison, plan_id):
    return next(row for row in comparison.plans if row.plan.plan_id == plan_id)


def near(value, digits):
    return pytest.approx(Decimal(str(value)), abs=Decimal(10) ** -digits / 2)


# ------------------------------------------------------------------------------------------- rows and their order


def test_a_row_a_place_and_a_row_a_plan_in_the_order_of_the_codes():
    comparison = gather_comparison([plan_of(plan_id) for plan_id in reversed(ALL)])
    assert [place.code for place in comparison.places] == ["03213", "07202", "07210", "11233"]
    assert [row.plan.plan_id for row in comparison.plans] == list(ALL)
    # the two plans of one city read one and the same place
    assert comparison.plans[0].place is comparison.plans[1].place


def test_no_plan_at_all():
    comparison = gather_comparison([])
    assert (comparison.places, comparison.plans, comparison.ambitions) == ((), (), ())


def test_every_number_leads_to_a_source_or_to_a_computation_with_inputs():
    found = list(numbers(compare(*ALL)))
    assert len(found) > 200
    assert [n for n in found if n.source is None and n.formula is None] == []
    assert [n for n in found if n.formula and not leads_to_source(n)] == []


def numbers(thing):
    if isinstance(thing, Number):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from numbers(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from numbers(value)
    elif is_dataclass(thing) and type(thing).__module__.startswith("planbook.summary"):
        # the engine's own results hold arrays, and each number of the page is made from them
        skipped = {"baseline", "needs", "plan", "place"}
        for field in fields(thing):
            if field.name not in skipped:
                yield from numbers(getattr(thing, field.name))


def leads_to_source(n: Number) -> bool:
    return n.source is not None or any(leads_to_source(part) for part in n.inputs)


# ------------------------------------------------------------------------------------------------- of the place


def test_censuses_change_and_projection_of_one_city():
    place = compare(NIHONMATSU).places[0]
    assert (place.final.persons.value, place.final.as_of.year) == (53557, 2020)
    assert (place.population.latest.persons.value, place.population.latest.preliminary) == (49291, True)
    assert place.population.change_share.value == near("-17.67", 2)  # 49,291 ÷ 59,871 − 1
    assert place.projected_change.value == near("-40.62", 2)  # 31,803 ÷ 53,557 − 1
    assert place.pace_share.value == near("-1.7309", 4)  # (49,291 − 53,557) ÷ 5 ÷ 49,291


@pytest.mark.parametrize(
    ("plan_id", "now", "future"),
    # 65+ ÷ persons of known age: census 2020, and the three ages that IPSS publishes for 2050
    [
        (NINOHE, "37.5", "52.9"),  # 9,509 ÷ 25,380; 7,249 ÷ 13,701
        (AIZUWAKAMATSU, "31.5", "44.0"),  # 36,307 ÷ 115,127; 33,558 ÷ 76,262
        (NIHONMATSU, "34.6", "49.4"),  # 18,406 ÷ 53,239; 15,704 ÷ 31,803
        (KITAMOTO, "32.6", "46.0"),  # 21,183 ÷ 64,888; 21,014 ÷ 45,682
    ],
)
def test_the_ageing_rate_as_counted_and_as_published(plan_id, now, future):
    place = compare(plan_id).places[0]
    assert (place.now.year, place.future.year, place.future.fitted) == (2020, 2050, False)
    assert place.now.ageing_rate.value == near(now, 1)
    assert place.future.ageing_rate.value == near(future, 1)
    assert (
        sum(part.value for part in place.future.persons.values()) == place.population.projection[-1][1].value
    )


def test_ages_that_the_projection_does_not_publish_are_fitted_and_say_so(tmp_path):
    root = copy_data(tmp_path, [NIHONMATSU])
    file = root.municipality_folder("07210") / "projections.csv"
    drop_lines(file, "ipss2023", "interval")
    drop_lines(file, "ipss2023", "open")
    place = gather_comparison([load_plan(root, NIHONMATSU)]).places[0]
    assert place.future.fitted
    total = sum(part.value for part in place.future.persons.values())
    assert abs(total - 31803) <= 2  # three roundings
    assert all(leads_to_source(part) for part in place.future.persons.values())
    assert place.future.ageing_rate.value == pytest.approx(Decimal("49.4"), abs=Decimal(3))


def test_influences_are_the_ratios_of_the_scenarios():
    place = compare(NINOHE).places[0]
    standard = {key: figure.ratio for key, figure in place.influences.items()}
    assert set(standard) == {"natural", "social"}
    for key, figure in place.influences.items():
        above, below = (Decimal(part) for part in persons_in(figure.ratio.formula))
        assert figure.ratio.value == pytest.approx(above / below * 100, abs=Decimal("0.01")), key
        assert figure.year == 2050
        assert not figure.verified
    assert (place.influences["natural"].level, place.influences["social"].level) == (4, 4)


def persons_in(formula: str) -> list[str]:
    import re  # noqa: PLC0415

    return [part.replace(",", "") for part in re.findall(r"([\d,]+)人", formula)]


def test_net_migration_per_thousand_and_women():
    movement = compare(NIHONMATSU).places[0].movement
    assert movement.seen_years == (2015, 2020)
    assert movement.disturbed
    assert movement.bridged
    assert movement.seen_rate.value == pytest.approx(movement.seen.value / 58162 * 1000)  # census 2015
    assert movement.usual_years == (2025, 2050)
    assert movement.usual_rate.value == pytest.approx(movement.usual.value / 49291 * 1000)  # census 2025
    first, last = movement.women
    assert movement.women_years == (2020, 2050)
    assert movement.women_change.value == pytest.approx((last.value / first.value - 1) * 100)
    assert Decimal("0.5") < movement.fertility.value < Decimal("2.5")


def test_a_rate_per_thousand_needs_persons_who_live_there():
    assert per_thousand(number(5), number(2000)).value == Decimal("2.5")
    assert per_thousand(number(5), None) is None
    assert per_thousand(None, number(10)) is None
    assert per_thousand(number(5), number(0)) is None


# ------------------------------------------------------------------------------------------------- of the target


@pytest.mark.parametrize(
    ("plan_id", "at", "gap", "gap_pct", "averted", "required"),
    [
        # 45,000 − 39,230; ÷ 39,230; ÷ (49,291 − 39,230); (45,000 − 49,291) ÷ 15 ÷ 49,291
        (NIHONMATSU, 1, 5770, "14.71", "57.35", "-0.580"),
        # 50,000 − 46,509; above today's 49,291, so more than the whole loss; (50,000 − 49,291) ÷ 5 ÷ 49,291
        (NIHONMATSU, 0, 3491, "7.51", "125.49", "0.288"),
        # 20,000 − 15,491; ÷ (22,999 − 15,491); (20,000 − 22,999) ÷ 20 ÷ 22,999
        (NINOHE, 0, 4509, "29.11", "60.06", "-0.652"),
    ],
)
def test_ambition_worked_by_hand(plan_id, at, gap, gap_pct, averted, required):
    item = row(compare(*ALL), plan_id).ambitions[at]
    assert item.facts.gap.value == gap
    assert item.facts.gap_pct.value == near(gap_pct, 2)
    assert item.averted.value == near(averted, 2)
    assert item.required.value == near(required, 3)


def test_a_target_without_a_year_is_held_against_nothing_but_an_assumed_end():
    (item,) = row(compare(*ALL), AIZUWAKAMATSU).ambitions
    assert item.facts.missing == "no_year"
    assert (item.facts.gap, item.averted, item.required) == (None, None, None)
    assert (item.migration.year, item.migration.year_assumed) == (2050, True)


def test_plans_without_a_target():
    comparison = compare(*ALL)
    assert row(comparison, KITAMOTO).ambitions == ()
    assert row(comparison, NINOHE_BASIC).ambitions == ()
    assert [plan.plan.plan_id for plan, _ in comparison.ambitions] == [
        NINOHE,
        AIZUWAKAMATSU,
        NIHONMATSU,
        NIHONMATSU,
    ]


def test_the_extra_migrants_are_counted_from_the_newest_census():
    near_aim, far_aim = row(compare(*ALL), NIHONMATSU).ambitions
    for item in (near_aim, far_aim):
        need = item.migration
        assert need.extra.value == pytest.approx(need.needed.value - need.usual.value)
        assert need.extra_rate.value == pytest.approx(need.extra.value / 49291 * 1000)
        assert need.start == 2025
    assert far_aim.migration.extra.value == pytest.approx(Decimal(385), abs=Decimal(1))
    # 2010–15 brought most, evacuees among them, and even that was less
    assert (far_aim.migration.highest.start, far_aim.migration.highest.disturbed) == (2010, True)
    assert far_aim.migration.precedent == "never"


def test_a_second_plan_of_a_place_has_needs_of_its_own():
    other = with_targets(plan_of(NINOHE_BASIC), aim(2040, 19000))
    comparison = gather_comparison([other, plan_of(NINOHE)])
    basic, strategy = comparison.plans
    assert basic.place is strategy.place
    assert (basic.ambitions[0].migration.year, strategy.ambitions[0].migration.year) == (2040, 2045)
    assert basic.ambitions[0].facts.gap.value == 19000 - 17299


def test_a_target_between_the_years_of_the_projection():
    (item,) = gather_comparison([with_targets(plan_of(NINOHE), aim(2043, 18000))]).plans[0].ambitions
    assert item.facts.missing == "year_outside"
    assert (item.averted, item.migration, item.migration_missing) == (None, None, "outside_years")
    assert item.required is not None  # the pace needs no projection


def test_a_target_that_no_bearable_migration_reaches():
    (item,) = gather_comparison([with_targets(plan_of(NINOHE), aim(2030, 90000))]).plans[0].ambitions
    assert (item.migration, item.migration_missing) == (None, "out_of_reach")


def test_a_target_far_below_the_projection_is_reached_though_no_shift_of_migration_gives_it():
    """9,000 instead of 15,491: nobody has to come. That is not out of reach, and no need of fewer migrants either."""
    (item,) = gather_comparison([with_targets(plan_of(NINOHE), aim(2045, 9000))]).plans[0].ambitions
    assert item.facts.gap.value == -6491
    assert (item.migration, item.migration_missing) == (None, "reached")


def test_a_target_below_the_projection_averts_less_than_nothing():
    (item,) = gather_comparison([with_targets(plan_of(NINOHE), aim(2045, 15000))]).plans[0].ambitions
    assert item.facts.gap.value == -491
    assert item.averted.value == near("-6.54", 2)  # −491 ÷ 7,508
    assert item.migration.extra.value < 0


def test_where_no_loss_is_projected_there_is_none_to_avert(country):
    country.replace(country.municipality / "projections.csv", "2040,total,8400", "2040,total,10500")
    (item,) = gather_comparison([load_plan(country.root, "47999-strategy-1")]).plans[0].ambitions
    assert item.facts.gap.value == -1500
    assert item.averted is None


def test_a_place_whose_projection_cannot_be_rebuilt_says_why_and_keeps_the_rest(country):
    comparison = gather_comparison([load_plan(country.root, "47999-strategy-1")])
    place, item = comparison.places[0], comparison.plans[0].ambitions[0]
    assert place.reason == "no_base_ages"  # one census, three broad ages
    assert (place.movement, place.influences, place.needs) == (None, {}, None)
    assert (item.migration, item.migration_missing) == (None, "no_outlook")
    assert item.averted.value == Decimal("37.5")  # (9,000 − 8,400) ÷ (10,000 − 8,400)
    assert place.now.ageing_rate.value == 30  # 3,000 ÷ 10,000


def test_a_place_without_a_projection(country):
    (country.municipality / "projections.csv").unlink()
    comparison = gather_comparison([load_plan(country.root, "47999-strategy-1")])
    place, item = comparison.places[0], comparison.plans[0].ambitions[0]
    assert (place.reason, place.projected_change, place.future) == ("no_projection", None, None)
    assert (item.facts.missing, item.averted) == ("no_projection", None)
    assert item.required.value == -Decimal("0.5")  # (9,000 − 10,000) ÷ 20 ÷ 10,000


def seen(net: float, *, disturbed: bool = False) -> Seen:
    return Seen(1990, 1995, net, 1.5, disturbed, False)


@pytest.mark.parametrize(
    ("needed", "past", "verdict"),
    [
        (50, (seen(60), seen(-20)), "ordinary"),
        (60, (seen(60),), "ordinary"),  # as much as was seen has been seen
        (50, (seen(60, disturbed=True), seen(-20)), "disturbed"),
        (50, (seen(60, disturbed=True), seen(55)), "ordinary"),
        (61, (seen(60), seen(60, disturbed=True)), "never"),
        (-30, (seen(-40), seen(-20)), "ordinary"),
        (10, (), None),
    ],
)
def test_whether_that_much_migration_has_been_seen(needed, past, verdict):
    assert find_precedent(needed, past) == verdict
