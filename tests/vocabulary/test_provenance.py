"""Locators, and strings as written found where they are said to be."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.vocabulary import locators, quotations
from planbook.vocabulary.errors import InputError, ProvenanceError
from planbook.vocabulary.provenance import (
    Locator,
    SourceRef,
    assert_as_written,
    check_as_written,
    find_as_written,
    locate_as_written,
    nearest_as_written,
    normalise_for_match,
    parse_locator,
)

# lines 59–69 of document 001 and 24–26 of 004, as extracted
PDF_LINES = [
    "「二戸市人口ビジョン」で示した将来展望を実現に向けた基本目標や施",
    "",
    "策を示し、人口減少の抑制と地域経済の好循環の促進を図る。",
    "総合戦略（Ｈ27～Ｈ31）",
    "合計画の人口に関連する部分を「人口減少の抑制」という視点から体系化",
    "",
    "したもの。",
]
TABLE_LINES = [
    "5-1\t就業者一人あたり市内純生産\t431.5万円 (H30)\t438.3万円",
    "7-1\t25歳から34歳までの女性の社会増減\t-40人\t0人",
    "人口を50,000人に維持する",
    "3-1\t市民参画手続きに参画した人数\t\t１，７４１人\t↗",
    "4-6\t負傷者数\t11\t20件",
]


def test_examples_in_docstrings():
    assert doctest.testmod(locators).failed == doctest.testmod(quotations).failed == 0


# --- locators ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "locator"),
    [
        ("L12", Locator("lines", 12, 12)),
        ("L12-14", Locator("lines", 12, 14)),
        ("p3", Locator("pages", 3, 3)),
        ("p3-4", Locator("pages", 3, 4)),
        ("Sheet!B4", Locator("cell", sheet="Sheet", cell="B4")),
        ("指標 一覧!B4:C9", Locator("cell", sheet="指標 一覧", cell="B4:C9")),
        ("'KPI 2024'!AA10", Locator("cell", sheet="KPI 2024", cell="AA10")),
    ],
)
def test_locator(text, locator):
    assert parse_locator(text) == locator
    assert parse_locator(str(locator)) == locator


@pytest.mark.parametrize(
    "text", ["", "12", "L0", "L14-12", "l12", "L12-p14", "P3", "B4", "Sheet!", "Sheet!4B", "Ｌ12"]
)
def test_locator_that_cannot_be_read(text):
    with pytest.raises(InputError) as caught:
        parse_locator(text)
    words = caught.value.problems[0].in_words("ja")
    assert f"「{text}」" in words and "L12-14＝12～14行目" in words


@given(st.sampled_from("Lp"), st.integers(1, 9999), st.integers(0, 50))
def test_locator_round_trip(letter, first, more):
    text = f"{letter}{first}" + (f"-{first + more}" if more else "")
    assert str(parse_locator(text)) == text


# --- as written ----------------------------------------------------------------------------------------


def test_a_string_broken_over_lines_is_found():
    assert find_as_written(PDF_LINES, parse_locator("L1-3"), "実現に向けた基本目標や施策を示し")
    assert not find_as_written(PDF_LINES, parse_locator("L1"), "実現に向けた基本目標や施策を示し")
    assert locate_as_written(PDF_LINES, "基本目標や施策を示し") == [Locator("lines", 1, 3)]
    assert locate_as_written(PDF_LINES, "体系化したもの") == [Locator("lines", 5, 7)]


def test_width_dashes_and_blanks_do_not_matter():
    for written in ("(H27~H31)", "（Ｈ27 〜 Ｈ31）", "（Ｈ27～\nＨ31）"):
        assert find_as_written(PDF_LINES, parse_locator("L4"), written)
    assert find_as_written(TABLE_LINES, parse_locator("L2"), "−40人")
    assert find_as_written(TABLE_LINES, parse_locator("L4"), "1,741人")
    assert find_as_written(TABLE_LINES, parse_locator("L1"), "431.5万円(H30)")


@pytest.mark.parametrize(
    ("line", "written", "is_there"),
    [
        ("人口を50,000人に", "0人", False),
        ("人口を50,000人に", "000人", False),
        ("人口を50,000人に", "50,000人", True),
        ("-40人\t0人", "0人", True),
        ("-40人", "40人", False),  # the minus belongs to it
        ("△40人", "40人", False),
        ("-\t40人", "40人", True),  # a dash in one cell, a number in the next
        ("11\t20件", "20件", True),
        ("11\t20件", "1120件", True),  # white space is folded; the parser, not the search, reads numbers
        ("2.10", "2.1", False),
        ("TFR2.10に", "2.10", True),
        ("1.24倍", "24倍", False),
        ("第2.1版", "1版", False),
        ("7-40人", "40人", True),  # the code of an indicator, or a range: no minus
    ],
)
def test_a_number_is_not_cut_in_two(line, written, is_there):
    assert find_as_written([line], parse_locator("L1"), written) is is_there
    assert bool(locate_as_written([line], written)) is is_there


def test_outside_the_document_nothing_is_found():
    assert not find_as_written(TABLE_LINES, parse_locator("L5-6"), "20件")
    assert not find_as_written([], parse_locator("L1"), "20件")


def test_every_place_is_listed_once():
    lines = ["34.2%", "x", "34.2% と 34.2%"]
    assert locate_as_written(lines, "34.2%") == [Locator("lines", 1, 1), Locator("lines", 3, 3)]
    assert locate_as_written(lines, "34.2%", kind="pages")[1] == Locator("pages", 3, 3)


def test_wrong_place_is_corrected_in_the_message():
    with pytest.raises(ProvenanceError) as caught:
        assert_as_written(TABLE_LINES, parse_locator("L1"), "50,000人", file="004.txt")
    words = caught.value.problems[0].in_words("ja")
    assert words.startswith("004.txt: 資料の L1 に")
    assert "位置を L3 に直して" in words


def test_misread_string_shows_the_nearest():
    problem = check_as_written(TABLE_LINES, parse_locator("L1"), "就業者1人あたり市内純生産")
    words = problem.in_words("ja")
    assert "L1" in words and "就業者一人あたり市内純生産" in words and "文字起こし" in words
    assert nearest_as_written(TABLE_LINES, "就業者1人あたり市内純生産")[0] == Locator("lines", 1, 1)


def test_nothing_alike():
    assert nearest_as_written(TABLE_LINES, "合計特殊出生率") is None
    words = check_as_written(TABLE_LINES, parse_locator("p2"), "合計特殊出生率").in_words("ja")
    assert "似た文字列もありません" in words


def test_pages_are_searched_as_pages():
    pages = ["表紙", "\n".join(TABLE_LINES)]
    assert check_as_written(pages, parse_locator("p2"), "438.3万円") is None
    assert "p2" in check_as_written(pages, parse_locator("p1"), "438.3万円").in_words("ja")


@pytest.mark.parametrize(("locator", "written"), [("Sheet!B4", "20件"), ("L1", ""), ("L1", " \n")])
def test_what_cannot_be_searched(locator, written):
    with pytest.raises(InputError, match="検索できません"):
        find_as_written(TABLE_LINES, parse_locator(locator), written)


@given(st.text("人口減少あアｱA12,.%（）～-−– \t\n", min_size=1, max_size=40))
def test_normalising_twice_changes_nothing(text):
    once = normalise_for_match(text)
    assert normalise_for_match(once) == once
    assert not any(character.isspace() for character in once)


LINES = st.lists(st.text("人口減少は35%約4,2００（）～-\t ", max_size=20), min_size=1, max_size=6)


@given(LINES, st.data())
def test_whole_lines_are_found_where_they_are(lines, data):
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, len(lines) - 1))
    written = "\n".join(lines[first : last + 1])
    if normalise_for_match(written):
        assert find_as_written(lines, Locator("lines", first + 1, last + 1), written)
        assert any(
            place.first <= last + 1 and place.last >= first + 1 for place in locate_as_written(lines, written)
        )


@given(st.lists(st.text(max_size=10), max_size=4), st.text(max_size=6), st.text(max_size=10))
def test_nothing_but_the_two_errors(lines, written, place):
    try:
        check_as_written(lines, parse_locator("L1"), written)
        nearest_as_written(lines, written)
        parse_locator(place)
    except InputError as error:
        assert error.problems[0].allowed is not None


# --- sources -------------------------------------------------------------------------------------------


def test_source_is_plain_data():
    source = SourceRef("document", "d1", "第2期総合戦略", locator="L12", as_written="63,095人")
    assert (source.publisher, source.as_of, source.url) == (None, None, None)
    assert source == SourceRef("document", "d1", "第2期総合戦略", locator="L12", as_written="63,095人")


@pytest.mark.parametrize("fields", [("web", "d1", "t"), ("document", "", "t"), ("official", "d1", "")])
def test_source_needs_kind_id_and_title(fields):
    with pytest.raises(ProvenanceError, match="document, official, computed"):
        SourceRef(*fields)
