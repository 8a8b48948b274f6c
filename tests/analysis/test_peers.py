"""The rule by which municipalities are peers: cases by hand, and what must hold of any municipalities."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.peers import (
    Conditions,
    PeerRule,
    Spread,
    are_peers,
    find_peers,
    place_among,
    spread_of,
)
from planbook.vocabulary.codes import municipality_kind

RULE = PeerRule()


def town(code="03213", persons=30000, old=3000, known_age=10000, kind="city") -> Conditions:
    return Conditions(code, kind, persons, old, known_age)


def decimals(*values) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


# ------------------------------------------------------------------------------------------------- by hand


@pytest.mark.parametrize(
    ("persons", "peers"),
    [
        (30000, True),
        (40000, True),  # 40,000 ÷ 30,000 = 4/3: the limit is inside
        (40001, False),
        (22500, True),  # 30,000 ÷ 22,500 = 4/3
        (22499, False),
        (0, False),
    ],
)
def test_the_larger_population_is_at_most_four_thirds_of_the_smaller(persons, peers):
    assert are_peers(town(), town("07202", persons=persons), RULE) is peers


@pytest.mark.parametrize(
    ("old", "known_age", "peers"),
    [
        (3300, 10000, True),  # 33.0 against 30.0: the limit is inside
        (3301, 10000, False),
        (2700, 10000, True),
        (2699, 10000, False),
        (990, 3000, True),  # 33.0 again: the share counts, not the number
        (0, 0, False),  # nobody's age is known
    ],
)
def test_the_shares_of_the_old_differ_by_at_most_three_points(old, known_age, peers):
    assert are_peers(town(), town("07202", old=old, known_age=known_age), RULE) is peers


def test_a_share_on_the_limit_is_no_matter_of_binary_fractions():
    """32.02 − 29.02 is 3.0000000000000036 in floating point, and 3 in fact."""
    assert are_peers(town(old=3202), town("07202", old=2902), RULE)


def test_only_the_same_kind():
    others = [
        town("07202", kind=kind) for kind in ("designated_city", "special_ward", "city", "town_or_village")
    ]
    assert [are_peers(town(), other, RULE) for other in others] == [False, False, True, False]


def test_where_nobody_lives_there_are_no_peers():
    empty = town(persons=0, old=0, known_age=0)
    assert not are_peers(empty, replace(empty, code="07202"), RULE)


def test_peers_come_in_the_order_given_without_the_one_itself_and_without_those_left_out():
    everyone = [town("01202"), town("03213"), town("07202", persons=90000), town("07210"), town("11233")]
    assert find_peers(town(), everyone, RULE) == ("01202", "07210", "11233")
    assert find_peers(town(), everyone, RULE, left_out={"07210"}) == ("01202", "11233")
    assert find_peers(town(), everyone, RULE, left_out={"03213"}) == ()
    assert find_peers(town(), [], RULE) == ()


@pytest.mark.parametrize(
    ("persons", "limits"),
    [(25513, (19135, 34017)), (12, (9, 16)), (1, (1, 1)), (0, (0, 0))],  # 19,134.75 and 34,017.33
)
def test_the_populations_that_a_peer_may_have(persons, limits):
    assert RULE.persons_from_to(persons) == limits


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("01100", "designated_city"),
        ("22130", "designated_city"),
        ("40130", "designated_city"),
        ("13101", "special_ward"),
        ("13123", "special_ward"),
        ("13201", "city"),
        ("03213", "city"),
        ("03301", "town_or_village"),
        ("13421", "town_or_village"),
        ("01101", "designated_city"),  # a ward belongs to its city
    ],
)
def test_the_kind_of_a_municipality_stands_in_its_code(code, kind):
    assert municipality_kind(code) == kind


def test_quartiles_by_hand():
    # five values: the quartiles are the second and the fourth
    assert spread_of(decimals(5, 1, 4, 2, 3)) == Spread(5, *decimals(1, 2, 3, 4, 5))
    # four values: ¾ of the way from 1 to 2, halfway from 2 to 3, ¼ of the way from 3 to 4
    assert spread_of(decimals(1, 2, 3, 4)) == Spread(4, *decimals(1, "1.75", "2.5", "3.25", 4))
    assert spread_of(decimals(7)) == Spread(1, *decimals(7, 7, 7, 7, 7))
    assert spread_of([]) is None


WIDE = Spread(9, *decimals(-50, -40, -35, -30, -10))


@pytest.mark.parametrize(
    ("value", "position"),
    [
        ("-35", "inside"),
        ("-40", "inside"),  # on the quartile is inside
        ("-30", "inside"),
        ("-40.04", "inside"),  # prints as −40.0
        ("-40.05", "below_half"),  # prints as −40.1
        ("-50", "below_half"),
        ("-50.06", "below_all"),
        ("-29.94", "above_half"),
        ("-10", "above_half"),
        ("-9.9", "above_all"),
        ("0", "above_all"),
    ],
)
def test_where_a_value_stands(value, position):
    assert place_among(Decimal(value), WIDE) == position


@pytest.mark.parametrize(
    ("value", "position"), [("-20", "same"), ("-20.04", "same"), ("-21", "below_all"), ("3", "above_all")]
)
def test_where_a_value_stands_among_equal_ones(value, position):
    assert place_among(Decimal(value), spread_of(decimals(-20, -20, -20))) == position


# ------------------------------------------------------------------------------------------- of any municipalities

CODES = [f"{prefecture:02}{number}" for prefecture in range(1, 48) for number in (201, 202, 301)]


@st.composite
def municipality(draw, code=None) -> Conditions:
    persons = draw(st.integers(0, 200_000))
    known_age = draw(st.integers(0, persons))
    return Conditions(
        code or draw(st.sampled_from(CODES)),
        draw(st.sampled_from(["city", "town_or_village"])),
        persons,
        draw(st.integers(0, known_age)),
        known_age,
    )


@st.composite
def country(draw) -> list[Conditions]:
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=12))
    # most of them near each other, so that there are peers to speak of
    near = st.builds(
        lambda code, persons, old: Conditions(code, "city", persons, old, 1000),
        st.just("x"),
        st.integers(20_000, 36_000),
        st.integers(280, 360),
    )
    return [replace(draw(st.one_of(near, municipality())), code=code) for code in codes]


rules = st.builds(
    PeerRule,
    largest_ratio=st.fractions(1, 5, max_denominator=20),
    share_points=st.fractions(0, 50, max_denominator=20),
)


def pairs(everyone, rule, left_out=()):
    return {(one.code, other) for one in everyone for other in find_peers(one, everyone, rule, left_out)}


@given(country(), rules, st.sets(st.sampled_from(CODES), max_size=3))
def test_whoever_has_a_peer_is_that_peer_s_peer(everyone, rule, left_out):
    found = pairs(everyone, rule, left_out)
    assert found == {(other, one) for one, other in found}


@given(country(), rules)
def test_nobody_is_their_own_peer(everyone, rule):
    assert [pair for pair in pairs(everyone, rule) if pair[0] == pair[1]] == []


@given(country(), rules, st.fractions(0, 2, max_denominator=20), st.fractions(0, 20, max_denominator=20))
def test_wider_conditions_lose_nobody(everyone, rule, more_ratio, more_points):
    wider = PeerRule(rule.largest_ratio + more_ratio, rule.share_points + more_points)
    assert pairs(everyone, rule) <= pairs(everyone, wider)


@given(country(), st.sets(st.sampled_from(CODES), max_size=5))
def test_leaving_out_takes_away_those_alone(everyone, left_out):
    kept = {pair for pair in pairs(everyone, RULE) if not left_out.intersection(pair)}
    assert pairs(everyone, RULE, left_out) == kept


@given(municipality("03213"), municipality("07202"))
def test_a_peer_has_the_population_that_the_rule_says(one, other):
    least, most = RULE.persons_from_to(one.persons)
    if are_peers(one, other, RULE):
        assert least <= other.persons <= most
    same = replace(one, code="07202", persons=other.persons)
    if one.persons and one.known_age and least <= other.persons <= most:
        assert are_peers(one, same, RULE)


values = st.lists(st.decimals(-90, 90, places=4), min_size=1, max_size=40)


@given(values)
def test_the_spread_is_that_of_numpy(given_values):
    spread = spread_of(given_values)
    expected = np.quantile([float(value) for value in given_values], [0, 0.25, 0.5, 0.75, 1])
    found = [float(v) for v in (spread.least, spread.low, spread.middle, spread.high, spread.most)]
    assert found == pytest.approx(expected, abs=1e-9)
    assert spread.n == len(given_values)


@given(values, st.decimals(-90, 90, places=4))
def test_a_value_moved_upwards_never_stands_lower(given_values, value):
    spread = spread_of(given_values)
    order = ["below_all", "below_half", "inside", "same", "above_half", "above_all"]
    steps = [order.index(place_among(value + Decimal(step) / 10, spread)) for step in range(0, 100, 7)]
    assert steps == sorted(steps)


def test_the_defaults_are_those_that_the_methods_state(repository):
    words = (repository / "book" / "methods.md").read_text(encoding="utf-8")
    section = words.split("(methods-peers)=")[1].split("\n(methods-", maxsplit=1)[0].split("\n## 指標")[0]
    assert RULE.largest_ratio == Fraction(4, 3)
    assert r"\frac{4}{3}" in section
    assert rf"|a_1 - a_2| \le {RULE.share_points}" in section
    assert f"当てはまる市区町村が{RULE.fewest}に満たないとき" in section
