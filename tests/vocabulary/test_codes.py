"""Municipality codes, what Excel makes of them, and plan ids."""

import doctest
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.vocabulary import codes, plan_ids
from planbook.vocabulary.codes import (
    PlanId,
    check_digit,
    parse_municipality_code,
    parse_plan_id,
    possible_codes,
    six_digit,
)
from planbook.vocabulary.errors import InputError

KINDS = ("vision", "strategy", "comprehensive")
CODES = st.builds(
    lambda prefecture, rest: f"{prefecture:02d}{rest:03d}", st.integers(1, 47), st.integers(0, 999)
)


def refused(reader, *args, **options):
    with pytest.raises(InputError) as caught:
        reader(*args, **options)
    return caught.value.problems[0].in_words("ja")


@pytest.mark.parametrize("module", [codes, plan_ids])
def test_examples_in_docstrings(module):
    assert doctest.testmod(module).failed == 0


# 二本松, 会津若松, 二戸, 北本; 札幌市 (weighted sum 5·1+4·1 = 9, 11 − 9 = 2), 北海道 (5, 11 − 5 = 6)
@pytest.mark.parametrize("code6", ["072109", "072028", "032131", "112330", "011002", "010006"])
def test_check_digits_of_known_codes(code6):
    assert check_digit(code6[:5]) == code6[5]
    assert six_digit(code6[:5]) == code6
    read = parse_municipality_code(code6)
    assert (read.code5, read.prefecture, read.check_digit, read.code6) == (
        code6[:5],
        code6[:2],
        code6[5],
        code6,
    )
    assert parse_municipality_code(code6[:5]) == read
    assert str(read) == code6[:5]


@given(CODES)
def test_check_digit_by_its_definition(code5):
    total = sum(weight * int(digit) for weight, digit in zip((6, 5, 4, 3, 2), code5, strict=True))
    # 11 minus the remainder; the two-digit results 10 and 11 keep their last digit
    assert int(check_digit(code5)) == {0: 1, 1: 0}.get(total % 11, 11 - total % 11)
    assert parse_municipality_code(six_digit(code5)).code5 == code5


@given(CODES, st.integers(1, 9))
def test_wrong_check_digit_is_refused(code5, shift):
    wrong = code5 + str((int(check_digit(code5)) + shift) % 10)
    words = refused(parse_municipality_code, wrong)
    assert "検査数字" in words and six_digit(code5) in words


MANGLED = [
    "7210",
    "72109",
    "7210.0",
    "72109.0",
    "'07210",
    "０７２１０",
    " 07210",
    7210,
    72109,
    7210.0,
    72109.0,
]


@pytest.mark.parametrize("value", [*MANGLED, np.int64(7210), np.float64(72109)])
def test_what_excel_leaves_is_recognised(value):
    words = refused(parse_municipality_code, value)
    assert "07210 と書いてください" in words
    assert "文字列" in words
    assert parse_municipality_code(value, lenient=True).code5 == "07210"
    assert possible_codes(value) == ("07210",)


def test_five_digits_that_may_have_been_six():
    # 成田市 12211; 名寄市 01221 with check digit (5·1+4·2+3·2+2·1 = 21, 21 mod 11 = 10, 11 − 10 = 1) → 012211
    assert six_digit("01221") == "012211"
    assert possible_codes("12211") == ("12211", "01221")
    assert parse_municipality_code("12211").code5 == "12211"
    words = refused(parse_municipality_code, "12211", digits=6)
    assert "012211 と書いてください" in words
    assert parse_municipality_code("12211", lenient=True, digits=6).code5 == "01221"
    for lenient in (False, True):
        words = refused(parse_municipality_code, 12211, lenient=lenient)
        assert "12211 / 01221" in words and "1つに決まりません" in words
    assert parse_municipality_code(12211, lenient=True, digits=5).code5 == "12211"
    assert "11233 と書いてください" in refused(parse_municipality_code, 11233)
    assert parse_municipality_code("072109", digits=5).code5 == "07210"


@given(CODES, st.sampled_from([5, 6]))
def test_a_lost_zero_is_never_read_as_another_code_when_the_length_is_known(code5, digits):
    proper = code5 if digits == 5 else six_digit(code5)
    mangled = proper.lstrip("0") if proper.startswith("0") else proper
    assert code5 in possible_codes(mangled)
    for value in (mangled, int(mangled), float(mangled)):
        try:
            assert parse_municipality_code(value, lenient=True, digits=digits).code5 == code5
        except InputError as error:
            pytest.fail(str(error))


@pytest.mark.parametrize(
    "value",
    ["", "二本松市", "00123", "48999", "123", "1234567", "7210.5", "07-210", None, True, float("nan")],
)
def test_what_is_no_code(value):
    words = refused(parse_municipality_code, value, lenient=True)
    assert "市区町村コードではありません" in words
    assert "01～47" in words


@pytest.mark.parametrize("value", ["7210", "００００１", "00210", 7210, "072109"])
def test_check_digit_needs_five_digits(value):
    assert "5桁の市区町村コードではありません" in refused(check_digit, value)


@given(st.one_of(st.text(max_size=12), st.text("0123456789.' ０", max_size=8), st.integers(), st.floats()))
def test_codes_nothing_but_input_errors(value):
    for lenient, digits in product((False, True), (None, 5, 6)):
        try:
            read = parse_municipality_code(value, lenient=lenient, digits=digits)
        except InputError:
            continue
        assert read.code5 in possible_codes(value)


# --- plan ids ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("07210-strategy-2", PlanId("07210", "strategy", 2)),
        ("03213-comprehensive-2021", PlanId("03213", "comprehensive", 2021)),
    ],
)
def test_plan_id(text, plan):
    assert parse_plan_id(text, KINDS) == plan
    assert str(plan) == text
    assert plan.prefecture == text[:2]


@given(CODES, st.sampled_from(KINDS), st.integers(1, 9999))
def test_plan_id_round_trip(code, kind, number):
    plan = PlanId(code, kind, number)
    assert parse_plan_id(str(plan), KINDS) == plan


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("07210/strategy-2", "6文字目に使えない文字 「/」"),
        ("07210\\strategy-2", "使えない文字 「\\」"),
        ("../07210-strategy-2", "1文字目に使えない文字 「.」"),
        ("C:07210-strategy-2", "使えない文字 「C」"),
        ("07210-strategy-2:1", "使えない文字 「:」"),
        ("07210-Strategy-2", "使えない文字 「S」"),
        ("０7210-strategy-2", "使えない文字 「０」"),
        ("07210-戦略-2", "使えない文字 「戦」"),
        ("07210-strategy-2 ", "使えない文字 「 」"),
        ("07210-strategy-2\n", "17文字目に使えない文字 「\\n」"),
        ("07210-strategy", "計画IDの形ではありません"),
        ("", "計画IDの形ではありません"),
        ("7210-strategy-2", "07210 で始めて"),
        ("072109-strategy-2", "5桁ではない"),
        ("48210-strategy-2", "01～47"),
        ("07210-strateg-2", "「strategy」のつもりなら"),
        ("07210-zzz-2", "種類の一覧から"),
        ("07210-strategy-02", "先頭に0を付けず"),
        ("07210-strategy-0", "番号「0」"),
    ],
)
def test_plan_id_errors_say_what_is_allowed(text, words):
    message = refused(parse_plan_id, text, KINDS)
    assert words in message
    assert "半角の a-z 0-9 - だけ" in message
    assert "comprehensive, strategy, vision" in message


@given(st.one_of(st.text(max_size=20), st.text("0123456789-abcstrategy", max_size=20)))
def test_plan_ids_nothing_but_input_errors(text):
    try:
        assert str(parse_plan_id(text, KINDS)) == text
    except InputError as error:
        assert error.problems[0].allowed is not None
