"""Age groups: reading, labels, tiling, broad groups."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.vocabulary import ages, catalogue
from planbook.vocabulary.ages import (
    BROAD_AGES,
    AgeGroup,
    assert_tiling,
    broad_of,
    find_gaps,
    five_year_groups,
    parse_age_group,
)
from planbook.vocabulary.errors import InputError

GROUPS = st.builds(
    lambda start, width: AgeGroup(start, None if width is None else start + width),
    st.integers(0, 100),
    st.one_of(st.none(), st.integers(1, 30)),
)


def refused(use, *args, **options):
    with pytest.raises(InputError) as caught:
        use(*args, **options)
    return "\n".join(problem.in_words("ja") for problem in caught.value.problems)


def test_examples_in_docstrings():
    assert doctest.testmod(ages).failed == 0


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("0～4歳", 0, 5),
        ("０～４歳", 0, 5),
        ("0歳～4歳", 0, 5),
        ("20歳～40歳", 20, 41),  # 001 line 24: 40 is written, so 40 is in
        ("25歳から34歳まで", 25, 35),  # 004 line 38
        ("15-64", 15, 65),
        ("15–64", 15, 65),
        ("85〜89", 85, 90),
        ("90歳以上", 90, None),
        ("85+", 85, None),
        ("85＋", 85, None),
        ("15歳未満", 0, 15),
        ("14歳以下", 0, 15),
        ("5歳", 5, 6),
    ],
)
def test_age_group_as_written(text, start, end):
    assert parse_age_group(text) == AgeGroup(start, end)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("総数", "年齢階級ではありません"),
        ("年齢不詳", "年齢階級ではありません"),
        ("Total", "年齢階級ではありません"),
        ("5月9日", "5～9歳 と書いて"),
        ("10月14日", "10～14歳 と書いて"),
        ("9-May", "5～9歳 と書いて"),
        ("05-Sep", "5～9歳 と書いて"),
        ("Oct-14", "10～14歳 と書いて"),
        ("64-15", "下端と上端"),
        ("130歳以上", "下端と上端"),
        ("0歳未満", "下端と上端"),
        ("15", "読み取れません"),
        ("", "読み取れません"),
        ("子ども", "読み取れません"),
    ],
)
def test_what_is_no_age_group(text, words):
    message = refused(parse_age_group, text)
    assert words in message
    assert f"「{text}」" in message and "90歳以上" in message


@pytest.mark.parametrize("bounds", [(-1, 5), (5, 5), (10, 5), (0, 200), (130, None)])
def test_impossible_bounds(bounds):
    assert "下端と上端" in refused(AgeGroup, *bounds)


def test_labels():
    groups = [AgeGroup(0, 5), AgeGroup(90, None), AgeGroup(7, 8)]
    assert [group.label for group in groups] == ["0～4歳", "90歳以上", "7歳"]
    assert str(groups[0]) == "0～4歳"


def test_labels_in_english(monkeypatch):
    english = {"{start}～{last}歳": "{start}–{last}", "{start}歳以上": "{start}+", "{age}歳": "{age}"}
    monkeypatch.setattr(catalogue, "_translations", lambda language: english)
    with catalogue.in_language("en"):
        labels = [group.label for group in (AgeGroup(0, 5), AgeGroup(90, None))]
        assert labels == ["0–4", "90+"]
        assert [parse_age_group(label) for label in labels] == [AgeGroup(0, 5), AgeGroup(90, None)]


@given(GROUPS)
def test_label_reads_back(group):
    assert parse_age_group(group.label) == group


@given(st.text(max_size=12))
def test_nothing_but_input_errors(text):
    try:
        parse_age_group(text)
    except InputError as error:
        assert error.problems[0].found is not None


# --- tiling --------------------------------------------------------------------------------------------


def test_standard_groups_tile():
    groups = five_year_groups()
    assert len(groups) == 19  # 0–4 … 85–89 are 18, and 90+
    assert groups[-1] == AgeGroup(90, None)
    assert_tiling(reversed(groups), step=5)
    assert_tiling(five_year_groups(85))
    assert_tiling(BROAD_AGES)
    assert "5の倍数" in refused(five_year_groups, 88)


def test_faults_are_named_all_at_once():
    groups = [AgeGroup(0, 5), AgeGroup(10, 15), AgeGroup(14, 20), AgeGroup(20, 25)]
    words = refused(assert_tiling, groups)
    assert "抜けています" in words and "5～9歳" in words
    assert "重なっています" in words and "14～19歳" in words
    assert "「以上」の階級がありません" in words and "25歳以上" in words
    assert len(find_gaps(groups)) == 3


def test_misaligned_bounds_are_named():
    groups = [AgeGroup(0, 5), AgeGroup(5, 13), AgeGroup(13, None)]
    assert find_gaps(groups) == []
    words = refused(assert_tiling, groups, step=5)
    assert "5歳きざみではありません" in words and "5～12歳" in words and "13歳以上" in words


def test_doubled_and_twice_open_groups_overlap():
    assert "重なって" in refused(assert_tiling, [AgeGroup(0, 5), AgeGroup(0, 5), AgeGroup(5, None)])
    assert "重なって" in refused(assert_tiling, [AgeGroup(0, None), AgeGroup(90, None)])
    assert "0歳以上" in refused(assert_tiling, [])


@given(st.lists(st.integers(1, 120), unique=True, max_size=12), st.data())
def test_any_cuts_tile_and_any_missing_group_is_found(cuts, data):
    bounds = [0, *sorted(cuts)]
    groups = [AgeGroup(a, b) for a, b in zip(bounds, [*bounds[1:], None], strict=True)]
    assert find_gaps(groups) == []
    lost = data.draw(st.sampled_from(groups))
    assert [problem.found for problem in find_gaps([g for g in groups if g != lost])] == [lost.label]
    assert len(find_gaps([*groups, lost])) == 1


# --- broad groups --------------------------------------------------------------------------------------


def test_broad_groups():
    young, working, old = BROAD_AGES
    assert broad_of(AgeGroup(10, 15)) == young
    assert broad_of(AgeGroup(15, 20)) == working
    assert broad_of(AgeGroup(65, 70)) == broad_of(AgeGroup(90, None)) == old
    assert {broad_of(group) for group in five_year_groups()} == set(BROAD_AGES)


@pytest.mark.parametrize("group", [AgeGroup(10, 20), AgeGroup(60, 70), AgeGroup(60, None), AgeGroup(0, None)])
def test_group_across_a_broad_bound(group):
    words = refused(broad_of, group)
    assert group.label in words and "15歳、65歳" in words


def test_overlap_and_cover():
    assert AgeGroup(15, 65).covers(AgeGroup(60, 65))
    assert not AgeGroup(15, 65).covers(AgeGroup(60, None))
    assert AgeGroup(85, None).overlaps(AgeGroup(90, 95))
    assert not AgeGroup(85, 90).overlaps(AgeGroup(90, None))
