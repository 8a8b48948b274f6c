"""What becomes of goals from one plan to another: every fate, links entered twice over, and suggestions that never decide."""

from __future__ import annotations

import pandas as pd
import pytest
from goal_house import make_tree
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.goal_structure.correspondence import (
    GoalLink,
    group_goals,
    has_same_title,
    list_everything,
    measure_jaccard,
    read_links,
)
from planbook.analysis.goal_structure.suggestions import (
    Example,
    rate_suggestions,
    suggest_links,
    suggest_themes,
)
from planbook.analysis.text_similarity import make_space


def links(*pairs):
    return [GoalLink(earlier, later, "語", confirmed=False) for earlier, later in pairs]


def fates(earlier, later, *pairs):
    groups = group_goals(make_tree(earlier).nodes, make_tree(later).nodes, links(*pairs))
    return [
        (group.fate, "".join(g.goal_id for g in group.earlier), "".join(g.goal_id for g in group.later))
        for group in groups
    ]


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        (
            [("a", "a")],
            [("kept", "a", "a"), ("unmatched", "b", ""), ("unmatched", "", "c"), ("unmatched", "", "d")],
        ),
        (
            [("b", "c")],
            [("unmatched", "a", ""), ("reworded", "b", "c"), ("unmatched", "", "a"), ("unmatched", "", "d")],
        ),
        ([("b", "c"), ("b", "d")], [("unmatched", "a", ""), ("split", "b", "cd"), ("unmatched", "", "a")]),
        ([("a", "c"), ("b", "c")], [("merged", "ab", "c"), ("unmatched", "", "a"), ("unmatched", "", "d")]),
        # tied through one another
        ([("a", "a"), ("b", "a"), ("b", "d")], [("regrouped", "ab", "ad"), ("unmatched", "", "c")]),
        ([], [("unmatched", "a", ""), ("unmatched", "b", "")] + [("unmatched", "", x) for x in "acd"]),
        # a link to what is not listed here ties nothing
        (
            [("a", "zz")],
            [("unmatched", "a", ""), ("unmatched", "b", "")] + [("unmatched", "", x) for x in "acd"],
        ),
    ],
)
def test_every_fate(pairs, found):
    assert fates("a\nb", "a\nc\nd", *pairs) == found


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("vwxyz")), max_size=8))
def test_every_goal_stands_in_exactly_one_group(pairs):
    groups = group_goals(make_tree("a\nb\nc").nodes, make_tree("v\nw\nx\ny\nz").nodes, links(*pairs))
    assert sorted(goal.goal_id for group in groups for goal in group.earlier) == list("abc")
    assert sorted(goal.goal_id for group in groups for goal in group.later) == list("vwxyz")
    assert sum(len(group.links) for group in groups) == len(pairs)


def test_a_group_is_confirmed_only_when_all_its_links_are():
    ties = [GoalLink("a", "x", "語", confirmed=True), GoalLink("a", "y", "語", confirmed=False)]
    group = group_goals(make_tree("a").nodes, make_tree("x\ny").nodes, ties)[0]
    assert not group.confirmed
    assert group_goals(make_tree("a").nodes, make_tree("x").nodes, ties[:1])[0].confirmed


def test_only_the_links_to_the_other_plan_are_read():
    columns = ["goal_id", "other_plan_id", "other_goal_id", "evidence", "confirmed", "note"]
    rows = [("p1", "A", "g1", "語", True, None), ("p2", "B", "g2", "語", False, "迷った")]
    frame = pd.DataFrame(rows, columns=columns)
    assert read_links(frame, "B") == (GoalLink("g2", "p2", "語", False, "迷った"),)
    assert read_links(frame, "C") == ()
    assert read_links(None, "A") == ()


def test_width_and_punctuation_make_no_other_title():
    tree = make_tree("移住・定住（ＵＩＪ）\n移住定住 UIJ\n移住")
    first, second, third = tree.nodes
    assert has_same_title(first, second)
    assert not has_same_title(first, third)


def test_jaccard_by_hand():
    assert measure_jaccard(["G1", "G2", "G2"], ["G2", "G3"]) == pytest.approx(1 / 3)
    assert measure_jaccard(["G1"], []) == 0
    assert measure_jaccard([], []) is None


EXAMPLES = [
    Example("G1", "地方にしごとをつくる", "国"),
    Example("G3", "結婚・出産・子育ての希望をかなえる", "国"),
    Example("G4", "小さな拠点の形成", "国"),
]


def suggestions(lines):
    tree = make_tree(lines)
    space = make_space([*(g.shown_title for g in list_everything(tree)), *(e.words for e in EXAMPLES)])
    # So few texts share less than the plans of a book: a lower bar.
    return suggest_themes(tree, EXAMPLES, space, lowest=0.05)


def test_a_theme_is_suggested_with_the_words_and_the_example_that_speak_for_it():
    (found,) = suggestions("若い世代の子育てを支える")["若い世代の子育てを支える"]
    assert (found.theme, found.shared, found.example.words) == ("G3", ("子育て",), EXAMPLES[1].words)
    assert 0 < found.score < 1


def test_the_title_above_speaks_for_a_title_that_says_nothing_alone():
    found = suggestions("しごとをつくる\n  計画的な実施\n漆\n  計画的な実施2")
    assert [one.theme for one in found["計画的な実施"]] == ["G1"]
    assert found["計画的な実施2"] == ()
    assert found["漆"] == ()


def test_views_are_read_too():
    assert [one.theme for one in suggestions("(子育てを支える)")["子育てを支える"]] == ["G3"]


def test_quality_counts_the_first_suggestion_of_goals_with_themes_alone():
    themes = {"しごとをつくる": "G1", "子育て": "G4", "漆": "G1"}
    tree = make_tree("しごとをつくる\n子育て\n漆\n拠点の形成", themes)
    space = make_space([*(g.shown_title for g in tree.nodes), *(e.words for e in EXAMPLES)])
    quality = rate_suggestions(tree.nodes, suggest_themes(tree, EXAMPLES, space, lowest=0.05))
    # 漆 shares nothing, 拠点の形成 has no theme to be right about, 子育て leads to G3
    assert (quality.goals, quality.suggested, quality.right) == (3, 2, 1)
    assert (quality.precision, quality.reach) == (0.5, pytest.approx(2 / 3))
    empty = rate_suggestions([], {})
    assert (empty.precision, empty.reach) == (None, None)


def test_links_are_suggested_for_the_most_alike_both_ways():
    earlier = make_tree("移住・定住の促進\n観光交流の推進\n(移住の視点)")
    later = make_tree("移住・定住\n観光\n観光交流人口の拡大\n上下水道")
    titles = [goal.shown_title for tree in (earlier, later) for goal in list_everything(tree)]
    found = suggest_links(list_everything(earlier), list_everything(later), make_space(titles), lowest=0.1)
    pairs = {(one.earlier.goal_id, one.later.goal_id) for one in found}
    assert pairs == {
        ("移住・定住の促進", "移住・定住"),
        ("観光交流の推進", "観光交流人口の拡大"),
        # the only likeness of 観光, though not the best of its partner
        ("観光交流の推進", "観光"),
    }
