"""Likeness of short texts: hand-worked weights, shared words as readers see them, and what must hold for any texts."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.text_similarity import (
    TextIndex,
    compare_texts,
    list_grams,
    list_shared_words,
    make_space,
    mark_words,
    split_pieces,
)


def cosine(first, second):
    """Likeness of two vectors, 0 for nothing in common."""
    return TextIndex([second]).score(first, lowest=0).get(0, 0)


TITLES = st.text(alphabet="市民移住定住子育て支援の推進・、「」 ａＢ1", max_size=12)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("移住・定住の促進", ("移住", "定住の促進")),
        ("ＩＣＴ　推進", ("ict推進",)),
        ("「稼ぐ」産業（農業）", ("稼ぐ", "産業", "農業")),
        ("・、。", ()),
        ("", ()),
    ],
)
def test_width_case_blanks_and_punctuation_do_not_count(text, pieces):
    assert split_pieces(text) == pieces


def test_grams_do_not_reach_across_punctuation():
    assert sorted(list_grams("移住・定住")) == ["定住", "移住"]
    assert sorted(list_grams("子育て")) == ["子育", "子育て", "育て"]
    assert list(list_grams("漆")) == ["漆"]


def test_weights_by_hand():
    """Three texts; 移住 stands in two, 定住 in one: ln(4/3)+1 and ln(4/2)+1, then divided by the length."""
    space = make_space(["移住・定住", "移住", "漆"])
    common, rare = math.log(4 / 3) + 1, math.log(4 / 2) + 1
    length = math.hypot(common, rare)
    vector = space.vector("移住・定住")
    assert vector == pytest.approx({"移住": common / length, "定住": rare / length})
    assert cosine(vector, space.vector("移住")) == pytest.approx(common / length)
    assert cosine(vector, space.vector("漆")) == 0
    assert space.vector("・") == {}


def test_rare_words_tie_closer_than_common_ones():
    titles = [f"{name}の推進" for name in ("観光", "農業", "林業", "教育", "福祉", "防災")]
    space = make_space([*titles, "浄法寺漆の推進", "浄法寺漆"])
    common = cosine(space.vector("観光の推進"), space.vector("農業の推進"))
    assert common < cosine(space.vector("浄法寺漆の推進"), space.vector("浄法寺漆"))


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("移住・定住の促進", "移住定住の支援", ("定住", "移住")),
        ("女性の活躍", "若者の活躍", ("活躍",)),
        # endings of measures and joints of grammar say nothing
        ("観光の推進", "農業の推進", ()),
        ("新たな産業の創出", "新たなひとの流れの創出", ()),
        ("仕事をつくる", "流れをつくる", ()),
        ("第2期", "令和2年", ()),
        # half a word is no word: 地域経済 and 地域経営 share 地域
        ("地域経済循環", "地域経営", ("地域",)),
        # but a whole one of an odd number of letters is
        ("公共交通網の形成", "交通網", ("交通網",)),
        ("産業の振興", "農業の振興", ("振興",)),
        ("人口の拡大", "人口の拡充", ("人口",)),
        # a particle is no part of the word before it …
        ("新しい人の流れをつくる", "人の流れを生み出す", ("人の流れ",)),
        ("新しい人の流れをつくる", "新しい人の流れを生み出す", ("新しい人の流れ",)),
        ("つながりを築く", "つながりをつくる", ("つながり",)),
        ("子どもの遊び場", "子どもの居場所", ("子ども",)),
        ("みんなで支える", "みんなで創る", ("みんな",)),
        # … where it is one
        ("しごとづくり", "しごとをつくる", ("しごと",)),
        ("ふるさとの魅力", "ふるさとを愛する", ("ふるさと",)),
        ("まちの活力", "まちの安全", ()),
        ("地域のちからを生かす", "地域のちからになる", ("地域のちから",)),
        # nor is an ending of measures
        ("交流人口の拡大", "関係人口の拡大", ("人口",)),
        ("まちづくりの推進", "まちづくりの促進", ("まちづくり",)),
        ("人の育成", "人の育成", ("人の育成",)),
        ("人口減少に対応した施策", "人口減少に対応する", ("人口減少に対応",)),
        # a run that ends within an inflected word goes back to the word before
        ("安心して暮らすまち", "安心して暮らせる地域", ("安心",)),
        ("健康で働く", "健康で働きたい", ("健康",)),
        ("いきいきと暮らす", "いきいきと暮らせる", ("いきいき",)),
        ("子育てができる", "子育てができた", ("子育て",)),
        ("活躍した女性", "活躍している若者", ("活躍",)),
        ("若者に新しい", "若者に新しく", ("若者",)),
        ("暮らし", "暮らせる", ()),
        # but a whole word that only happens to be followed by kana stays
        ("子育てしやすい", "子育てする人", ("子育て",)),
        ("支え合い", "支え合う", ("支え",)),
        ("学びあう", "学びいきる", ("学び",)),
        ("安心できる", "安心です", ("安心",)),
        ("人の流れが", "人の流れを", ("人の流れ",)),
        ("ＩＣＴの活用", "ict教育", ("ict",)),
        ("", "移住", ()),
    ],
)
def test_shared_words(first, second, words):
    assert list_shared_words(first, second) == words
    assert set(list_shared_words(second, first)) == set(words)


def test_marks_stand_in_the_text_as_written():
    assert mark_words("ＩＣＴ　推進", ("ict",)) == [("ＩＣＴ", True), ("　推進", False)]
    assert mark_words("移住、移住", ("移住",)) == [("移住", True), ("、", False), ("移住", True)]
    assert mark_words("移住", ()) == [("移住", False)]


@given(TITLES, st.lists(TITLES, max_size=4))
def test_marking_loses_no_letter(text, words):
    assert "".join(part for part, _ in mark_words(text, [word for word in words if word])) == text


@given(st.lists(TITLES, min_size=2, max_size=6))
def test_likeness_is_symmetric_between_0_and_1_and_1_for_the_same(titles):
    space = make_space(titles)
    first, second = (space.vector(title) for title in titles[:2])
    assert 0 <= cosine(first, second) <= 1
    assert cosine(first, second) == cosine(second, first)
    assert cosine(first, first) == pytest.approx(1 if first else 0)


@given(st.lists(TITLES, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_collection_does_not_matter(titles, random):
    shuffled = random.sample(titles, len(titles))
    assert make_space(titles).vector(titles[0]) == make_space(shuffled).vector(titles[0])


@given(st.lists(TITLES, max_size=5), st.lists(TITLES, max_size=5))
def test_looking_up_finds_what_trying_every_pair_finds(left, right):
    space = make_space([*left, *right])
    tried = [
        (i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if cosine(space.vector(one), space.vector(other)) >= 0.2 and list_shared_words(one, other)
    ]
    assert [(pair.left, pair.right) for pair in compare_texts(left, right, space, lowest=0.2)] == tried
