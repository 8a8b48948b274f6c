"""Changes, differences, ratios, shares, sums, lengths: the verdicts and their tolerance."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from recalculation_house import claim, one, statements

from planbook.analysis.recalculation.judging import Span, judge

persons = st.integers(1, 10_000_000)
places = st.integers(0, 3)


def change(before, after, stated, precision=None, **fields):
    """A change claim from two figures; units 人 unless given."""
    unit = fields.pop("unit", "人")
    inputs = fields.pop("inputs", {})
    return one(
        "R01",
        statements(
            claim("a", "population", "前", value=before, unit=unit, **inputs),
            claim("b", "population", "後", value=after, unit=unit, **inputs),
            claim("c", "change_pct", "率", value=stated, precision=precision, follows_from="a;b", **fields),
        ),
    )


def exact_pct(before: int, after: int) -> Decimal:
    return (Decimal(after) - before) / before * 100


@given(persons, persons, places)
def test_a_rounded_true_value_is_always_a_match(before, after, digits):
    step = Decimal(1).scaleb(-digits)
    stated = exact_pct(before, after).quantize(step, rounding=ROUND_HALF_UP)
    assert change(before, after, str(stated), str(step)).verdict == "match"


@given(persons, persons, places, st.integers(1, 400), st.booleans())
def test_more_than_one_unit_off_is_always_a_mismatch(before, after, digits, more, up):
    """Counts of persons are exact, so nothing but the claim's own rounding is forgiven."""
    step = Decimal(1).scaleb(-digits)
    off = step * (1 + Decimal(more) / 100) * (1 if up else -1)
    found = change(before, after, str(exact_pct(before, after) + off), str(step))
    assert found.verdict == "mismatch"
    assert (found.nature, found.cause) == ("slip", "source")


@given(persons, persons, places, st.integers(51, 99), st.booleans())
def test_between_half_a_unit_and_one_is_a_rounding(before, after, digits, share, up):
    step = Decimal(1).scaleb(-digits)
    off = step * Decimal(share) / 100 * (1 if up else -1)
    found = change(before, after, str(exact_pct(before, after) + off), str(step))
    assert (found.verdict, found.cause) == ("rounding", None)


@given(st.integers(1, 10_000), st.integers(1, 10_000), st.integers(1, 1000), st.integers(-9999, 9999))
def test_the_verdict_does_not_depend_on_the_scale(before, after, factor, stated):
    pct = str(Decimal(stated) / 10)
    small = change(before, after, pct, "0.1")
    large = change(before * factor, after * factor, pct, "0.1")
    assert small.verdict == large.verdict


@given(persons, persons)
def test_cut_off_instead_of_rounded_is_never_a_mismatch(before, after):
    step = Decimal("0.1")
    cut = (exact_pct(before, after) / step).to_integral_value(rounding="ROUND_DOWN") * step
    assert change(before, after, str(cut), "0.1").verdict in ("match", "rounding")


@given(st.integers(10, 5000), st.integers(10, 5000), st.integers(-49, 49), st.integers(-49, 49))
def test_the_rounding_of_the_inputs_is_allowed_for(before, after, a, b):
    """約1,000人 from 949…1,049: the true change of the unrounded figures never counts as a mismatch."""
    rough = {"qualifier": "about", "precision": "100"}
    true = exact_pct(before * 100 + a, after * 100 + b).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    assume(before * 100 + a > 0)
    assert change(before * 100, after * 100, str(true), "0.1", inputs=rough).verdict != "mismatch"


@pytest.mark.parametrize("base", [0, -40])
def test_no_percentage_exists_on_a_base_of_zero_or_less(base):
    """−40 → 0 is no change in per cent; dividing by −40 would even turn its sign."""
    found = change(base, 10, "-25", "1")
    assert (found.verdict, found.nature, found.cause) == ("undecidable", "concept", None)
    assert "0以下" in str(found.recomputed)


@pytest.mark.parametrize("kind", ["change_pct", "difference", "ratio", "share", "sum"])
@pytest.mark.parametrize("follows", [None, "a", "a;gone", "a;blank"])
def test_without_all_its_parts_nothing_is_recomputed(kind, follows):
    name = {"change_pct": "R01", "difference": "R02", "ratio": "R03", "share": "R04", "sum": "R06"}[kind]
    found = one(
        name,
        statements(
            claim("a", "population", "100人", value=100),
            claim("blank", "population", "若干名"),
            claim("c", kind, "10", value=10, follows_from=follows),
        ),
    )
    assert (found.verdict, found.nature) == ("undecidable", "unwritten")


def test_a_claim_without_a_value_is_not_recomputed():
    given_ = statements(
        claim("a", "population", "1人", value=1),
        claim("b", "population", "2人", value=2),
        claim("c", "difference", "増えた", follows_from="a;b"),
    )
    assert one("R02", given_).verdict == "undecidable"


@pytest.mark.parametrize(
    ("qualifier", "stated", "found", "verdict"),
    [
        ("at_least", "-13", "-13.3", "match"),
        ("at_least", "-13", "-12.9", "mismatch"),
        ("at_least", "13", "13", "match"),
        ("more_than", "13", "13", "rounding"),
        ("more_than", "13", "13.1", "match"),
        ("at_most", "13", "13.1", "mismatch"),
        ("less_than", "13", "12.9", "match"),
        ("about", "-13", "-13.4", "match"),
    ],
)
def test_bounds_are_bounds(qualifier, stated, found, verdict):
    """「13%以上減少」 holds for a decrease by 13.3 %; 「13%超」 does not for 13 % as computed."""
    value = Decimal(found)
    assert (
        judge(claim("c", "change_pct", "率", value=stated, qualifier=qualifier), Span(value, value, value))
        == verdict
    )


def test_a_step_that_is_not_given_is_that_of_the_last_digit():
    value = Decimal("13.34")
    span = Span(value, value, value)
    assert judge(claim("c", "rate", "13.3%", value="13.3"), span) == "match"
    assert judge(claim("c", "rate", "13.0%", value="13.0"), span) == "mismatch"
    assert judge(claim("c", "rate", "13%", value="13"), span) == "match"


def test_a_sum_allows_for_the_rounding_of_each_part():
    """Three amounts to one 万円 may each hide half of one: 10.4 + 10.4 + 10.4 = 31.2, printed 10 + 10 + 10 = 31."""
    parts = [claim(n, "amount", "10万円", value=10, unit="万円") for n in "abd"]
    total = claim("c", "sum", "31万円", value=31, unit="万円", follows_from="a;b;d")
    assert one("R06", statements(*parts, total)).verdict == "rounding"
    whole = [claim(n, "amount", "10人", value=10, unit="人") for n in "abd"]
    count = claim("c", "sum", "32人", value=32, unit="人", follows_from="a;b;d")
    assert one("R06", statements(*whole, count)).verdict == "mismatch"


@pytest.mark.parametrize(
    ("rule_id", "kind", "right", "unit"),
    [
        ("R06", "sum", 70, "人"),
        ("R06", "sum", 70, "世帯"),
        ("R06", "sum", 70, None),
        ("R02", "difference", -10, "人"),
        ("R02", "difference", -10, "件"),
    ],
)
def test_whole_counts_of_whole_counts_are_exact(rule_id, kind, right, unit):
    """40人 ＋ 30人 is 70人: no rounding can make it 71人, nor 30人 − 40人 to 11人の減."""
    parts = [
        claim("a", "population", "40", value=40, unit=unit),
        claim("b", "population", "30", value=30, unit=unit),
    ]
    for off, verdict in ((0, "match"), (1, "mismatch"), (-1, "mismatch"), (2, "mismatch")):
        stated = claim("c", kind, "計", value=right + off, unit=unit, follows_from="a;b")
        found = one(rule_id, statements(*parts, stated))
        assert (found.verdict, found.nature) == (verdict, "none" if off == 0 else "slip")
        assert "丸め" not in str(found.reading or "")


@pytest.mark.parametrize(
    "inputs",
    [
        {"a": {"qualifier": "about", "precision": "10"}},
        {"c": {"qualifier": "about", "precision": "10"}},
        {"a": {"unit": "万円"}},
        {"c": {"unit": "万円"}},
    ],
)
def test_a_rounding_is_still_allowed_where_one_of_the_figures_may_be_rounded(inputs):
    def made(name, kind, number, **fields):
        return claim(name, kind, "数", value=number, **{"unit": "人", **fields, **inputs.get(name, {})})

    total = made("c", "sum", 76 if inputs.get("c", {}).get("precision") else 71, follows_from="a;b")
    found = one("R06", statements(made("a", "amount", 40), made("b", "amount", 30), total))
    assert found.verdict == "rounding"


def test_a_quotient_is_never_a_whole_count():
    """2.6 times, printed as 2倍, is cut off; 「2」 without a unit may be rounded too."""
    assert judge(claim("c", "ratio", "2", value=2), Span(*[Decimal("2.6")] * 3)) == "rounding"
    assert judge(claim("c", "sum", "2人", value=2, unit="人"), Span(*[Decimal(3)] * 3)) == "mismatch"


def test_a_sum_of_many_parts_is_quick():
    parts = [claim(f"p{n}", "amount", "1.0", value="1.0") for n in range(60)]
    total = claim("c", "sum", "60.0", value="60.0", follows_from=";".join(p.claim_id for p in parts))
    assert one("R06", statements(*parts, total)).verdict == "match"


# ------------------------------------------------------------------------------ lengths of time


def spell(start: str, end: str, stated: int, *changes):
    return one(
        "R05",
        statements(
            claim("a", "population", "前", value=63095, unit="人", as_of=start),
            claim("b", "population", "後", value=54676, unit="人", as_of=end),
            claim("d", "duration", f"{stated}年間", value=stated, follows_from="a;b"),
            *changes,
        ),
    )


@pytest.mark.parametrize(
    ("start", "end", "stated", "verdict"),
    [
        ("2005-12-01", "2020-12-01", 15, "match"),
        ("2005-12-01", "2020-12-01", 10, "mismatch"),
        ("2005-12-01", "2020-12-01", 14, "mismatch"),
        ("2005-12", "2020-12", 15, "match"),
        ("2005", "2020", 15, "match"),
        ("2005-12-01", "2020-09-01", 15, "match"),  # 14.75
        ("2005-12-01", "2020-09-01", 14, "rounding"),
        ("2005-12-01", "2020-09-01", 13, "mismatch"),
    ],
)
def test_elapsed_years_between_two_dates(start, end, stated, verdict):
    assert spell(start, end, stated).verdict == verdict


def test_a_wrong_length_is_answered_with_the_length_that_fits_and_the_equivalent_of_the_change():
    """(1 − 0.13343)^(10/15) − 1 = −9.1 % compound, −13.343 × 10/15 = −8.9 % linear."""
    stated = claim("c", "change_pct", "13.3%減少", value="-13.3", follows_from="a;b")
    found = spell("2005-12-01", "2020-12-01", 10, stated)
    assert "「10年間」は「15年間」の誤記とみられます" in str(found.reading)
    assert "複利で−9.1%、直線で−8.9%" in str(found.reading)
    assert "複利" not in str(spell("2005-12-01", "2020-12-01", 10).reading)


@pytest.mark.parametrize(
    ("start", "end"), [("2020-12-01", "2005-12-01"), ("2020", "2020"), (None, "2020"), ("2005", "x")]
)
def test_dates_out_of_order_or_missing_give_no_length(start, end):
    assert spell(start, end, 15).verdict == "undecidable"


def test_a_length_that_follows_from_nothing_is_not_counted():
    found = one("R05", statements(claim("d", "duration", "30年後", value=30)))
    assert (found.verdict, found.nature, found.cause) == ("undecidable", "unwritten", None)


def test_a_part_that_is_gone_is_not_taken_for_a_period():
    given_ = statements(
        claim("p", "period", "期間", period_start="2021-04-01", period_end="2026-03-31"),
        claim("d", "duration", "5年間", value=5, follows_from="p;gone"),
    )
    assert one("R05", given_).verdict == "undecidable"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2015-04-01", "2021-03-31", "2020年度 − 2015年度 ＋ 1 ＝ 6年"),
        ("2015-01-01", "2020-12-31", "＝ 6年"),
        ("2015", "2020", "2015年から2020年まで ＝ 6年"),
    ],
)
def test_a_period_counts_both_its_years(start, end, words):
    found = one(
        "R05",
        statements(
            claim("p", "period", "期間", period_start=start, period_end=end),
            claim("d", "duration", "6年間", value=6, follows_from="p"),
        ),
    )
    assert found.verdict == "match" and words in str(found.recomputed)
