import pytest

from planbook.vocabulary.errors import ParameterError
from planbook.vocabulary.selection import normalise_selection, select_plans

PLANS = ["03213-strategy-1", "07202-strategy-3", "07210-strategy-2", "07210-vision-1"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("*", PLANS),
        ("07210-*", ["07210-strategy-2", "07210-vision-1"]),
        ("07210-vision-1 03213-*", ["03213-strategy-1", "07210-vision-1"]),
        ("07210-*, 07202-*", ["07202-strategy-3", "07210-strategy-2", "07210-vision-1"]),
        ("07210-vision-1、03213-strategy-1", ["03213-strategy-1", "07210-vision-1"]),
        ("07210-* 07210-*", ["07210-strategy-2", "07210-vision-1"]),
    ],
)
def test_selects_in_the_order_of_the_plans(expression, expected):
    assert select_plans(expression, PLANS) == expected


def test_a_pattern_that_matches_nothing_is_named_with_what_there_is():
    with pytest.raises(ParameterError) as caught:
        select_plans("07210-* 11233-*", PLANS)
    assert "11233-*" in str(caught.value)
    assert "07202-strategy-3" in str(caught.value)
    assert "07210-*\n" not in str(caught.value)


@pytest.mark.parametrize("expression", ["", " ", "、,"])
def test_no_pattern_is_an_error(expression):
    with pytest.raises(ParameterError):
        select_plans(expression, PLANS)


def test_everything_of_nothing_is_nothing():
    assert select_plans("*", []) == []


def test_one_spelling():
    assert normalise_selection(" a,  b\tc、a ") == "a b c"
