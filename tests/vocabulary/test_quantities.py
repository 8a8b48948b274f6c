"""Figures as the five source documents write them."""

import doctest
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.vocabulary import amounts, catalogue, figures, quantities, quantity_words
from planbook.vocabulary.errors import InputError
from planbook.vocabulary.quantities import (
    Quantity,
    contains,
    find_quantities,
    format_quantity,
    parse_quantity,
)
from planbook.vocabulary.rounding import round_half_up

TO_FULL_WIDTH = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")

ENGLISH = {
    "{number}人": "{number} persons",
    "{number}万円": "{number} ten-thousand yen",
    "{number}{unit}": "{number} {unit}",
    "{amount}/年": "{amount} a year",
    "約{amount}": "about {amount}",
    "{amount}減": "down by {amount}",
    "{low}～{high}": "{low}–{high}",
}


def refused(text, **hints):
    with pytest.raises(InputError) as caught:
        parse_quantity(text, **hints)
    return caught.value.problems[0].in_words("ja")


@pytest.mark.parametrize("module", [amounts, figures, quantities, quantity_words])
def test_examples_in_docstrings(module):
    assert doctest.testmod(module).failed == 0


# --- numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "precision", "unit", "per"),
    [
        ("63,095人", "63095", "1", "人", None),  # 000 line 12
        ("54,676人", "54676", "1", "人", None),  # 000 line 12
        ("50,000人", "50000", "1", "人", None),  # 000 line 21
        ("2.10", "2.10", "0.01", None, None),  # 001 line 16
        ("431.5万円", "431.5", "0.1", "万円", None),  # 004 line 26
        ("1.24倍", "1.24", "0.01", "倍", None),  # 004 line 27
        ("3,908件", "3908", "1", "件", None),  # 004 line 37
        ("-40人", "-40", "1", "人", None),  # 004 line 38
        ("0人", "0", "1", "人", None),  # 004 lines 38 and 66
        ("380人", "380", "1", "人", None),  # 004 line 49
        ("19.00年", "19.00", "0.01", "年", None),  # 004 line 61
        ("34.2%", "34.2", "0.1", "%", None),  # 004 line 63
        ("272,000t-CO2", "272000", "1", "t-CO2", None),  # 004 line 65
        ("246,500t-CO2/年", "246500", "1", "t-CO2", "年"),  # 004 line 65
        ("246,500t-CO₂／年", "246500", "1", "t-CO2", "年"),
        ("0人/年", "0", "1", "人", "年"),  # 004 line 66
        ("2件/年", "2", "1", "件", "年"),  # 004 line 78
        ("１，７４１人", "1741", "1", "人", None),  # 004 line 77, full width
        ("１３．３％", "13.3", "0.1", "%", None),
        ("年間100件", "100", "1", "件", "年"),
        ("380", "380", "1", None, None),
        ("5カ年", "5", "1", "年間", None),  # 000 line 7
        ("12名", "12", "1", "人", None),
        ("3ヶ所", "3", "1", "か所", None),
        ("2.7ポイント", "2.7", "0.1", "ポイント", None),
        ("10ｈａ", "10", "1", "ha", None),
        ("5㎡", "5", "1", "m2", None),
    ],
)
def test_number(text, value, precision, unit, per):
    quantity = parse_quantity(text)
    assert quantity.state == "number" and quantity.qualifier == "exact"
    assert str(quantity.value) == value
    assert (str(quantity.precision), quantity.unit, quantity.per) == (precision, unit, per)
    assert quantity.as_written == text


@pytest.mark.parametrize("sign", ["△", "▲", "△ ", "-", "－", "−", "‐", "–", "マイナス"])
def test_every_minus(sign):
    assert parse_quantity(f"{sign}40人").value == -40


def test_plus_and_negative_zero():
    assert parse_quantity("＋2.7ポイント").value == Decimal("2.7")
    assert str(parse_quantity("−0人").value) == "0"


@pytest.mark.parametrize(
    ("text", "value", "precision", "unit", "as_unit"),
    [
        ("10万人", "100000", "10000", "人", "万人"),
        ("1.2万人", "12000", "1000", "人", "万人"),
        ("3千人", "3000", "1000", "人", "千人"),
        ("4割", "40", "10", "%", "割"),  # 001 line 20; 4 × 10 %
        ("4割5分", "45", "1", "%", "割"),
        ("1億2千万円", "120000000", "10000000", "円", None),  # 1×10^8 + 2×10^7
        ("2千万円", "20000000", "10000000", "円", "千万円"),
        ("1億2,345万円", "123450000", "10000", "円", None),
        ("5億円", "5", "1", "億円", None),
        ("1万5000人", "15000", "1", "人", None),
    ],
)
def test_multipliers(text, value, precision, unit, as_unit):
    quantity = parse_quantity(text)
    assert (str(quantity.value), str(quantity.precision)) == (value, precision)
    assert (quantity.unit, quantity.as_unit) == (unit, as_unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "precision"),
    [
        ("約42,000人", 41500, 42500, 1000),  # 000 line 14
        ("10万人程度", 95000, 105000, 10000),  # 002 line 19: ±5,000
        ("約100,000人", 95000, 105000, 10000),  # the same number in plain digits
        ("約4万人", 35000, 45000, 10000),
        ("およそ40人", 35, 45, 10),
        ("約13.30%", Decimal("13.295"), Decimal("13.305"), Decimal("0.01")),
        ("年間約2,000人", 1500, 2500, 1000),
    ],
)
def test_rough_figures_are_intervals(text, low, high, precision):
    quantity = parse_quantity(text)
    assert quantity.qualifier == "about"
    assert (quantity.low, quantity.high, quantity.precision) == (low, high, precision)


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        ("100人以上", "at_least", 100, None),
        ("100人以下", "at_most", None, 100),
        ("50人未満", "less_than", None, 50),
        ("50人超", "more_than", 50, None),
        ("10～15人", "range", 10, 15),
        ("10人〜15人", "range", 10, 15),
        ("10-15人", "range", 10, 15),
        ("20歳～40歳", "range", 20, 40),  # 001 line 24
        ("25歳から34歳まで", "range", 25, 34),  # 004 line 38
        ("△40～△20人", "range", -40, -20),
        ("10～15万人", "range", 100000, 150000),
        ("500～1万人", "range", 500, 10000),
        ("5,000円～1万円", "range", 5000, 10000),
        ("1～2割", "range", 10, 20),
    ],
)
def test_bounds_and_ranges(text, qualifier, low, high):
    quantity = parse_quantity(text)
    assert (quantity.qualifier, quantity.low, quantity.high) == (qualifier, low, high)


@pytest.mark.parametrize(
    ("text", "change"),
    [("4割縮小", "decrease"), ("13.3%減少", "decrease"), ("5%増", "increase"), ("4割", None)],
)
def test_a_change_is_not_a_level(text, change):
    assert parse_quantity(text).change == change


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("431.5万円 (H30)", "H30"),  # 004 line 26
        ("18.43年(R1)", "R1"),  # 004 line 61
        ("340人（令和元年度）", "令和元年度"),
    ],
)
def test_year_in_brackets_is_the_reference(text, reference):
    assert parse_quantity(text).reference == reference


def test_unit_hint():
    assert parse_quantity("380", unit_hint="人").unit == "人"
    assert parse_quantity("3,908件", unit_hint="人").unit == "件"  # what is written wins
    assert parse_quantity("42", unit_hint="千人") == parse_quantity("42千人")
    assert parse_quantity("4", unit_hint="割") == parse_quantity("4割")
    assert parse_quantity("431.5", unit_hint="万円") == parse_quantity("431.5万円")
    assert parse_quantity("2", unit_hint="件／年") == parse_quantity("2件/年")
    assert parse_quantity("2件", unit_hint="件").per is None
    assert parse_quantity("7アクセス", unit_hint="アクセス").unit == "アクセス"
    assert "単位の列" in refused("7アクセス")
    assert "1つの数として" in refused("10万", unit_hint="千人")


# --- no number -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "texts"),
    {
        "none": ["-", "－", "‐", "—", "−", "―", " - "],  # 004 lines 27 and 48
        "unknown": ["…", "***", "...", "‥", "不詳"],
        "suppressed": ["x", "X", "χ", "Χ", "ｘ"],
        "up": ["↗", "↗\ufe0f", "↑"],  # 004 lines 37, 48, 63, 77
        "down": ["↘", "↓"],
        "keep": ["→", "維持"],
    }.items(),
)
def test_states_without_a_number(state, texts):
    for text in texts:
        quantity = parse_quantity(text)
        assert (quantity.state, quantity.value, quantity.low, quantity.unit) == (state, None, None, None)


def test_zero_none_unknown_and_suppressed_are_four_things():
    assert len({parse_quantity(text) for text in ("0", "-", "…", "x")}) == 4


# --- what cannot be read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,23人", ["123", "1.23"]),
        ("12,3456", ["123,456", "12.3456"]),
        ("1.234,5円", ["1,234.5"]),
        ("0123", ["123"]),
    ],
)
def test_malformed_groups_name_the_readings(text, readings):
    words = refused(text)
    assert f"「{text}」" in words
    assert "3桁ごとの桁区切り" in words
    assert all(reading in words for reading in readings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "数値として読み取れません"),
        ("人", "数値として読み取れません"),
        ("63 095人", "数値として読み取れません"),
        ("なし", "数値として読み取れません"),
        ("100人当たり", "数値として読み取れません"),
        ("340人から380人", "数値として読み取れません"),
        ("2045年", "年（暦）"),
        ("5-1", "番号か"),  # 004 line 26: the code of an indicator
        ("10人(男性)", "括弧の中"),
        ("20～10人", "始めより小さく"),
        ("5人～3件", "そろっていません"),
        ("10～15人以上", "そろっていません"),
        ("3人5分", "割"),
        ("1億2億円", "1つの数として"),
        ("1.5億2千万円", "1つの数として"),
        ("1.2.3", "1つの数として"),
        ("1234567890123456", "1つの数として"),
        ("年間3件/月", "重なって"),
    ],
)
def test_unreadable(text, words):
    message = refused(text)
    assert words in message
    assert f"「{text}」" in message
    assert "使えるもの" in message and "直し方" in message


# --- intervals -----------------------------------------------------------------------------------------


def test_which_ends_belong_to_the_interval():
    share = parse_quantity("13.3%")  # 000 line 12: 1 − 54,676 / 63,095 = 13.34 %
    assert contains(share, 13.34) and contains(share, 13.25) and not contains(share, 13.35)
    loss = parse_quantity("△40人")
    assert contains(loss, -40.4) and contains(loss, -39.5) and not contains(loss, -40.5)
    zero = parse_quantity("0人")
    assert contains(zero, 0.49) and not contains(zero, 0.5) and not contains(zero, -0.5)
    around = parse_quantity("10万人程度")
    assert contains(around, 95000) and not contains(around, 94999) and not contains(around, 105000)


@pytest.mark.parametrize(
    ("text", "at_the_bound"), [("5人以上", True), ("5人以下", True), ("5人未満", False), ("5人超", False)]
)
def test_bounds_are_closed_or_open(text, at_the_bound):
    assert contains(parse_quantity(text), 5) is at_the_bound


def test_range_includes_both_ends():
    group = parse_quantity("10～15人")
    assert [contains(group, value) for value in (9.9, 10, 15, 15.1)] == [False, True, True, False]


def test_comparing_needs_a_number():
    with pytest.raises(InputError, match="数値ではない"):
        contains(parse_quantity("↗"), 1)
    with pytest.raises(InputError, match="NaN"):
        contains(parse_quantity("1人"), float("nan"))


@given(st.decimals(-(10**7), 10**7, places=3), st.integers(0, 2))
def test_interval_is_what_rounds_to_the_figure(number, decimals):
    rounded = round_half_up(number, decimals)
    assert contains(parse_quantity(f"{rounded:f}"), number)
    step = Decimal(1).scaleb(-decimals)
    assert not contains(parse_quantity(f"{rounded + step:f}"), number)


# --- running text --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (  # 000 line 12
            "平成17年12月1日の合併当初の人口は63,095人でしたが、年々減少が進み、令和2年12月1日現在では、"
            "54,676人となり、10年間で13.3%減少しております。",
            ["63,095人", "54,676人", "10年間", "13.3%減少"],
        ),
        ("2040年(令和22年)には約42,000人と推計され", ["約42,000人"]),  # 000 line 14
        ("１ 2045（Ｈ57）年に人口 20,000人", ["20,000人"]),  # 001 line 6
        ("合計特殊出生率を2030年（Ｈ42）までに2.10に", ["2.10"]),  # 001 line 16
        ("各後の年代の移動率を社人研移動率の仮定値から4割縮小", ["4割縮小"]),  # 001 line 20
        ("20歳～40歳の移動率を2030年（H42）には移動率をゼロで均衡", ["20歳～40歳"]),  # 001 line 24
        ("2050年の本市人口は、2020年時点の人口と比較して、35%減少すると推計され", ["35%減少"]),  # 002 line 14
        ("「10万人程度の長期的な安定人口の実現を目指す」", ["10万人程度"]),  # 002 line 19
        ("3 本市のまちづくりの方向性[PDF:1.4MB]", []),  # 002 line 45
        ("計画の期間\t令和4年度から7年度までの4年間", ["4年間"]),  # 004 line 8
        (
            "5-1\t就業者一人あたり市内純生産\t431.5万円 (H30)\t438.3万円",
            ["431.5万円 (H30)", "438.3万円"],
        ),  # 004 line 26
        (
            "7-1\t25歳から34歳までの女性の社会増減\t-40人\t0人",
            ["25歳から34歳まで", "-40人", "0人"],
        ),  # 004 line 38
        ("電話番号:0243-55-5090 〒964-8601 金色403番地1", []),  # 000 lines 72 and 74
        ("①新型コロナウイルス感染症 Society5.0 第2.1版", []),  # 003 lines 61 and 63, 002 line 55
        ("出生数を340人から380人に増やす", ["340人", "380人"]),
        ("成約100件、予約20件、約30件", ["100件", "20件", "約30件"]),
        ("3分の2、1人当たり", []),
        ("1,23人", []),
    ],
)
def test_figures_in_sentences(text, found):
    quantities_found = find_quantities(text)
    assert [quantity.as_written for quantity in quantities_found] == found
    for quantity in quantities_found:
        start, end = quantity.span
        assert text[start:end] == quantity.as_written
        assert parse_quantity(quantity.as_written) == quantity


# --- words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10万人程度", "約10万人"),
        ("4割縮小", "4割減"),
        ("△1.5%", "−1.5%"),
        ("431.5万円(H30)", "431.5万円 (H30)"),
        ("19.00年", "19.00年"),
        ("－", "-"),
        ("***", "…"),
    ],
)
def test_words_in_japanese(text, words):
    assert format_quantity(parse_quantity(text)) == words


def test_words_in_english(monkeypatch):
    monkeypatch.setattr(catalogue, "_translations", lambda language: ENGLISH)
    cells = ["10万人程度", "4割縮小", "431.5万円", "246,500t-CO2/年", "10～15人", "↗"]
    with catalogue.in_language("en"):
        assert [format_quantity(parse_quantity(cell)) for cell in cells] == [
            "about 100,000 persons",
            "down by 40%",
            "431.5 ten-thousand yen",
            "246,500 t-CO2 a year",
            "10–15 persons",
            "↗",
        ]


NUMBERS = st.builds(
    lambda sign, whole, tail: f"{sign if whole or tail.strip('.0') else ''}{whole:,}{tail}",
    st.sampled_from(["", "-", "△"]),
    st.integers(0, 10**9),
    st.sampled_from(["", ".0", ".5", ".25"]),
)
BEFORE_AND_BEHIND = st.sampled_from(
    [
        ("", ""),
        ("約", ""),
        ("", "程度"),
        ("", "以上"),
        ("", "以下"),
        ("", "未満"),
        ("", "超"),
        ("", "減"),
        ("", "増加"),
    ]
)
UNIT_WORDS = st.sampled_from(
    ["", "人", "件", "%", "ポイント", "割", "万人", "千t-CO2", "万円", "百万円", "倍", "t", "千万円"]
)


@given(NUMBERS, UNIT_WORDS, BEFORE_AND_BEHIND, st.sampled_from(["", "/年"]), st.booleans())
def test_reading_what_was_formatted_gives_the_same_quantity(number, unit, words, per, wide):
    before, behind = words
    written = f"{before}{number}{unit}{per if unit else ''}{behind}"
    quantity = parse_quantity(written.translate(TO_FULL_WIDTH) if wide else written)
    assert parse_quantity(format_quantity(quantity)) == quantity


@given(st.sampled_from(["↗", "↘", "→", "-", "…", "x"]))
def test_states_survive_formatting(text):
    assert format_quantity(parse_quantity(text)) == text


FIGURE_LIKE = st.text("0123.,，万億千割分人件年間%約程度以上～-−△▲()（）H30/から t", max_size=14)


@given(st.one_of(st.text(max_size=20), FIGURE_LIKE))
def test_nothing_but_input_errors(text):
    try:
        assert isinstance(parse_quantity(text), Quantity)
    except InputError as error:
        assert error.problems[0].found is not None
    for quantity in find_quantities(text):
        assert text[slice(*quantity.span)] == quantity.as_written


def test_no_figure_is_built_with_floats():
    for path in Path(quantities.__file__).parent.glob("quantit*.py"):
        assert "float(" not in path.read_text(encoding="utf-8")
