"""What becomes of goals from one plan to another: every fate, links entered twice over, and suggestions that never decide."""

from __future__ import annotations

import pandas as pd
import pytest
from goal_house import make_tree
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.goal_structure.correspondence import (
    GoalLink,
    has_same_title,
    join_links,
    match_goals,
    measure_jaccard,
    read_links,
)
from planbook.analysis.goal_structure.suggestions import (
    Example,
    ExampleIndex,
    rate_suggestions,
    suggest_links,
    suggest_themes,
)
from planbook.analysis.text_similarity import make_space


def links(*pairs):
    return [GoalLink(earlier, later, "語", "語", confirmed=False) for earlier, later in pairs]


def fates(earlier, later, *pairs):
    matches = match_goals(make_tree(earlier).nodes, make_tree(later).nodes, links(*pairs))
    return [
        (match.fate, match.earlier.goal_id if match.earlier else "", "".join(g.goal_id for g in match.later))
        for match in matches
    ]


def alone(letters):
    return [("unmatched", "", letter) for letter in letters]


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([("a", "a")], [("kept", "a", "a"), ("unmatched", "b", ""), *alone("cd")]),
        ([("b", "c")], [("unmatched", "a", ""), ("reworded", "b", "c"), *alone("ad")]),
        ([("b", "d"), ("b", "c")], [("unmatched", "a", ""), ("split", "b", "cd"), *alone("a")]),
        ([("a", "c"), ("b", "c")], [("merged", "a", "c"), ("merged", "b", "c"), *alone("ad")]),
        # a shares a partner with b; d is b's alone and does not come to stand beside a
        ([("a", "a"), ("b", "a"), ("b", "d")], [("merged", "a", "a"), ("regrouped", "b", "ad"), *alone("c")]),
        ([], [("unmatched", "a", ""), ("unmatched", "b", ""), *alone("acd")]),
        # a link to what is not listed here ties nothing
        ([("a", "zz")], [("unmatched", "a", ""), ("unmatched", "b", ""), *alone("acd")]),
    ],
)
def test_every_fate(pairs, found):
    assert fates("a\nb", "a\nc\nd", *pairs) == found


@given(st.sets(st.tuples(st.sampled_from("abc"), st.sampled_from("vwxyz")), max_size=8))
def test_only_what_is_entered_stands_side_by_side(pairs):
    matches = match_goals(make_tree("a\nb\nc").nodes, make_tree("v\nw\nx\ny\nz").nodes, links(*sorted(pairs)))
    assert [m.earlier.goal_id for m in matches if m.earlier] == list("abc")
    beside = {(m.earlier.goal_id, goal.goal_id) for m in matches if m.earlier for goal in m.later}
    assert beside == pairs
    without = {m.later[0].goal_id for m in matches if not m.earlier}
    assert without == set("vwxyz") - {later for _, later in pairs}
    assert all(
        [link.later_id for link in m.links] == [goal.goal_id for goal in m.later]
        for m in matches
        if m.earlier
    )


def test_a_link_entered_with_both_plans_counts_once_and_is_confirmed_by_either():
    once = GoalLink("a", "x", "語", "語", confirmed=False)
    again = GoalLink("a", "x", "語", None, confirmed=True, note="行")
    assert join_links([once, again]) == (again,)
    assert join_links([again, once]) == (again,)
    assert join_links([once, once]) == (once,)


def test_only_the_links_to_the_other_plan_are_read_and_turned_to_the_order_of_time():
    columns = ["goal_id", "other_plan_id", "other_goal_id", "evidence", "other_evidence", "confirmed", "note"]
    rows = [("p1", "A", "g1", "語", "語", True, None), ("p2", "B", "g2", "自分", "相手", False, "迷った")]
    frame = pd.DataFrame(rows, columns=columns)
    later = read_links(frame, "B", own_is_later=True)
    assert later == (GoalLink("g2", "p2", "相手", "自分", False, "迷った"),)
    earlier = read_links(frame, "B", own_is_later=False)
    assert earlier == (GoalLink("p2", "g2", "自分", "相手", False, "迷った"),)
    assert read_links(frame, "C", own_is_later=True) == ()
    assert read_links(None, "A", own_is_later=True) == ()


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
    space = make_space([*(g.shown_title for g in tree.everything), *(e.words for e in EXAMPLES)])
    # So few texts share less than the plans of a book: a lower bar.
    return suggest_themes(tree, ExampleIndex(EXAMPLES, space), lowest=0.05)


def test_a_theme_is_suggested_with_the_words_and_the_example_that_speak_for_it():
    (found,) = suggestions("若い世代の子育てを支える")["若い世代の子育てを支える"]
    assert (found.theme, found.shared, found.example.words) == ("G3", ("子育て",), EXAMPLES[1].words)
    assert 0 < found.score < 1


def test_the_title_above_speaks_for_a_title_that_says_nothing_alone():
    found = suggestions("しごとをつくる\n  計画的な実施\n漆\n  計画的な実施2")
    assert [one.theme for one in found["計画的な実施"]] == ["G1"]
    assert found["計画的な実施2"] == ()
    assert found["漆"] == ()


def test_the_goals_of_the_plan_itself_are_left_out_and_of_equally_alike_examples_the_first_speaks():
    tree = make_tree("子育てを支える")
    examples = [
        Example("G3", "子育て", "A", "plan-a"),
        Example("G3", "子育て", "B", "plan-b"),
        Example("G4", "子育て", "A", "plan-a"),
        Example("X1", "子育てを支える", "B", "plan-b"),
    ]
    index = ExampleIndex(examples, make_space([example.words for example in examples]))

    def found(leave_out):
        given = suggest_themes(tree, index, leave_out=leave_out, lowest=0.05)["子育てを支える"]
        return [(one.theme, one.example.origin) for one in given]

    assert found("plan-a") == [("X1", "B")]
    assert found("plan-b") == [("G3", "A"), ("G4", "A")]
    assert found(None) == [("X1", "B")]


def test_views_are_read_too():
    assert [one.theme for one in suggestions("(子育てを支える)")["子育てを支える"]] == ["G3"]


def test_quality_counts_the_first_suggestion_of_goals_with_themes_alone():
    themes = {"しごとをつくる": "G1", "子育て": "G4", "漆": "G1"}
    tree = make_tree("しごとをつくる\n子育て\n漆\n拠点の形成", themes)
    space = make_space([*(g.shown_title for g in tree.nodes), *(e.words for e in EXAMPLES)])
    quality = rate_suggestions(tree.nodes, suggest_themes(tree, ExampleIndex(EXAMPLES, space), lowest=0.05))
    # 漆 shares nothing, 拠点の形成 has no theme to be right about, 子育て leads to G3
    assert (quality.goals, quality.suggested, quality.right) == (3, 2, 1)
    assert (quality.precision, quality.reach) == (0.5, pytest.approx(2 / 3))
    empty = rate_suggestions([], {})
    assert (empty.precision, empty.reach) == (None, None)


def test_links_are_suggested_for_the_most_alike_both_ways():
    earlier = make_tree("移住・定住の促進\n観光交流の推進\n(移住の視点)")
    later = make_tree("移住・定住\n観光\n観光交流人口の拡大\n上下水道")
    titles = [goal.shown_title for tree in (earlier, later) for goal in tree.everything]
    found = suggest_links(earlier.everything, later.everything, make_space(titles), lowest=0.1)
    pairs = {(one.earlier.goal_id, one.later.goal_id) for one in found}
    assert pairs == {
        ("移住・定住の促進", "移住・定住"),
        ("観光交流の推進", "観光交流人口の拡大"),
        # the only likeness of 観光, though not the best of its partner
        ("観光交流の推進", "観光"),
    }
