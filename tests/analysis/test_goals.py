"""The goal hierarchy against trees drawn by hand, and the five plans against counts from the documents."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.analysis.goal_structure.counts import (
    count_below,
    count_indicators,
    count_levels,
    list_damaged,
    list_leaves,
    list_marked,
    list_without_indicator,
)
from planbook.analysis.goal_structure.themes import (
    count_themes,
    count_unconfirmed,
    list_number_mismatches,
    list_pillars,
    read_number,
    themes_of,
)
from planbook.analysis.goal_structure.tree import build_tree
from planbook.analysis.kpis.listing import read_series
from planbook.load.plan import load_plan

ROLES = {"goal": "goal", "measure": "measure", "action": "action", "view": "frame", "section": "frame"}
ORDER = ("G1", "G2", "G3", "G4", "X1", "X2", "P", "A", "N")


def goals(*rows, **changes):
    """A goals frame from (id, parent, level); `changes` sets columns of a node: a={"marks": "★"}."""
    made = []
    for goal_id, parent, level in rows:
        row = {
            "goal_id": goal_id, "parent_id": parent, "level": level, "number": None, "title": goal_id, "marks": None,
            "as_written": goal_id, "document": "text", "locator": "L1", "reading": None, "cause": None, "note": None,
        }  # fmt: skip
        made.append(row | changes.get(goal_id, {}))
    return pd.DataFrame(made)


def themes(**links):
    """Themes from a="G1 G2": each link with the theme as its evidence, unconfirmed."""
    rows = [(goal, theme) for goal, names in links.items() for theme in names.split()]
    columns = ["goal_id", "theme", "evidence", "confirmed", "note"]
    return pd.DataFrame([(goal, theme, theme, False, None) for goal, theme in rows], columns=columns)


# a ── a1 ── a1x        v (frame)
#   └─ a2 ── a2x, a2y
# b ── s (section) ── b1
SMALL = goals(
    ("v", None, "view"),
    ("a", None, "goal"), ("a1", "a", "measure"), ("a1x", "a1", "action"),
    ("a2", "a", "measure"), ("a2x", "a2", "action"), ("a2y", "a2", "action"),
    ("b", None, "goal"), ("s", "b", "section"), ("b1", "s", "measure"),
)  # fmt: skip


def test_the_small_tree():
    tree = build_tree(SMALL, ROLES, None)
    assert [goal.goal_id for goal in tree.goals] == ["a", "b"]
    assert [goal.goal_id for goal in tree.frames] == ["v"]
    assert [goal.goal_id for goal in tree.walk()] == ["a", "a1", "a1x", "a2", "a2x", "a2y", "b", "s", "b1"]
    # the section stands in the walk, but is no node of the hierarchy
    assert count_levels(tree.nodes) == {"goal": 2, "measure": 3, "action": 3}
    assert tree.depth == 3
    depths = {goal.goal_id: goal.depth for goal in tree.walk()}
    assert (depths["a1x"], depths["s"], depths["b1"]) == (3, 1, 2)
    assert [goal.goal_id for goal in list_leaves(tree)] == ["a1x", "a2x", "a2y", "b1"]
    assert count_below(tree.goals[0]) == {"measure": 2, "action": 3}
    assert count_below(tree.goals[1]) == {"measure": 1}


def test_a_goal_with_nothing_but_an_empty_section_is_a_leaf():
    tree = build_tree(goals(("a", None, "goal"), ("s", "a", "section")), ROLES, None)
    assert [goal.goal_id for goal in list_leaves(tree)] == ["a"]


def test_a_frame_at_the_top_that_holds_measures_belongs_to_the_hierarchy():
    tree = build_tree(goals(("v", None, "view"), ("m", "v", "measure")), ROLES, None)
    assert ([goal.goal_id for goal in tree.goals], tree.frames, tree.depth) == (["v"], (), 1)
    assert [goal.goal_id for goal in tree.tops] == ["m"]


def test_an_empty_hierarchy():
    tree = build_tree(goals(("v", None, "view")), ROLES, None)
    assert (tree.goals, tree.depth, tree.nodes, list_leaves(tree)) == ((), 0, [], [])


def test_children_may_stand_before_their_parent():
    tree = build_tree(goals(("m", "a", "measure"), ("a", None, "goal")), ROLES, None)
    assert [goal.goal_id for goal in tree.walk()] == ["a", "m"]


def test_marks_and_damage():
    tree = build_tree(
        goals(
            ("v", None, "view"), ("a", None, "goal"), ("a1", "a", "measure"), ("a2", "a", "measure"),
            v={"cause": "extraction"}, a1={"marks": "★"}, a2={"cause": "source"},
        ),
        ROLES, None,
    )  # fmt: skip
    assert [goal.goal_id for goal in list_marked(tree)] == ["a1"]
    # a slip of the document itself is not one of its extraction
    assert [goal.goal_id for goal in list_damaged(tree)] == ["v"]


@pytest.mark.parametrize(
    ("written", "title", "reading", "shown"),
    [
        ("「まち へのへ」", "まち へのへ", "「まち にのへ」", "まち にのへ"),
        ("(1) 機会（生活基盤）", "機会", "(1) 機会", "機会"),  # the tail was no part of the title
        ("意見聴取の機会", "意見聴取の機会", None, "意見聴取の機会"),
    ],
)
def test_a_damaged_title_is_shown_as_read(written, title, reading, shown):
    frame = goals(("a", None, "goal"), a={"as_written": written, "title": title, "reading": reading})
    assert build_tree(frame, ROLES, None).goals[0].shown_title == shown


# ------------------------------------------------- themes


def test_a_node_without_theme_takes_that_of_the_nearest_node_above():
    tree = build_tree(SMALL, ROLES, themes(a="G1", a2="G2 G3", s="G4"))
    found = {goal: [link.theme for link in links] for goal, links in themes_of(tree).items()}
    assert found == {
        "a": ["G1"], "a1": ["G1"], "a1x": ["G1"], "a2": ["G2", "G3"], "a2x": ["G2", "G3"], "a2y": ["G2", "G3"],
        "b": [], "s": ["G4"], "b1": ["G4"],
    }  # fmt: skip


def test_a_measure_with_two_themes_counts_in_both():
    counts = count_themes(build_tree(SMALL, ROLES, themes(a="G1", a2="G2 G3", s="G4")), ORDER)
    # a1 → G1, a2 → G2 and G3, b1 → G4: three measures, four entries
    assert (counts.role, counts.nodes, counts.doubled, counts.unthemed) == ("measure", 3, 1, 0)
    assert counts.by_theme == {"G1": 1, "G2": 1, "G3": 1, "G4": 1}


def test_goals_are_counted_where_there_are_no_measures():
    counts = count_themes(
        build_tree(goals(("a", None, "goal"), ("b", None, "goal")), ROLES, themes(b="P")), ORDER
    )
    assert (counts.role, counts.nodes, counts.by_theme, counts.unthemed) == ("goal", 2, {"P": 1}, 1)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("基本目標3", 3), ("基本目標Ⅳ", 4), ("政策 ２", 2), ("1.", 1), ("第2節", None), (None, None),
        ("政策を支える土台・原動力", None),
    ],
)  # fmt: skip
def test_numbers_of_goals(written, number):
    assert read_number(written) == number


def test_numbers_that_are_not_those_of_the_pillars():
    frame = goals(
        ("a", None, "goal"), ("b", None, "goal"), ("c", None, "goal"), ("d", None, "goal"), ("e", None, "goal"),
        a={"number": "基本目標1"}, b={"number": "基本目標2"}, c={"number": "基本目標3"}, d={"number": "基本目標4"},
    )  # fmt: skip
    tree = build_tree(frame, ROLES, themes(a="G1", b="G4", c="G2 G3", d="X1", e="G1"))
    # a agrees; c has two pillars, d none, e no number
    assert [(goal.goal_id, pillar) for goal, pillar in list_number_mismatches(tree, ORDER[:4])] == [
        ("b", "G4")
    ]


# ------------------------------------------------- indicators by goal


def indicators(*rows):
    """Series from (id, goal, name, repeats)."""
    frame = pd.DataFrame(
        [
            {
                "kpi_id": kpi_id, "goal_id": goal, "role": "kpi", "code": None, "name": name, "group": kpi_id,
                "unit": None, "type": "level", "direction": "up", "survey_n": None, "on_track_rule": None,
                "repeats": repeats, "as_written": name, "document": "text", "locator": "L1", "note": None,
                "tolerance": None, "statistic": None, "department": None, "row": 2,
            }
            for kpi_id, goal, name, repeats in rows
        ]
    )  # fmt: skip
    return read_series(frame, None)


def test_indicators_count_upwards():
    tree = build_tree(SMALL, ROLES, None)
    # one indicator in two groups under a1x, one under a2, the same again under b1
    listed = indicators(
        ("k1", "a1x", "出生数", None), ("k2", "a1x", "出生数", None), ("k3", "a2", "率", None), ("k4", "b1", "率", "k3")
    )  # fmt: skip
    counts = count_indicators(tree, listed)
    assert {name: counts[name] for name in ("a", "a1", "a2", "b", "s", "b1")} == {
        "a": 2, "a1": 1, "a2": 1, "b": 1, "s": 1, "b1": 1
    }  # fmt: skip
    assert list_without_indicator(tree, listed) == []


def test_goals_without_indicator_are_named_only_where_indicators_are_listed():
    tree = build_tree(SMALL, ROLES, None)
    assert list_without_indicator(tree, []) is None
    under_a = indicators(("k1", "a1", "出生数", None))
    assert [goal.goal_id for goal in list_without_indicator(tree, under_a)] == ["b"]


# ------------------------------------------------- the five plans


@cache
def tree_of(root, plan_id):
    plan = load_plan(root, plan_id)
    roles = {row.level: row.role for row in plan.reference.table("levels").rows}
    return plan, build_tree(plan.frame("goals"), roles, plan.frame("goal_themes"))


PLANS = {
    "07210-strategy-2": ({"basic_goal": 4, "direction": 17}, {}, 2, (5, 4, 5, 3), "direction"),
    "03213-strategy-1": (
        {"basic_goal": 4, "measure": 10, "concrete_measure": 21},
        {"population_outlook": 2, "population_goal": 3}, 3, (5, 6, 4, 6), "concrete_measure",
    ),
    "07202-strategy-3": ({"basic_goal": 4}, {"future_vision": 1, "viewpoint": 3}, 1, (0, 0, 0, 0), "measure"),
    "03213-comprehensive-2": (
        {"policy": 3, "foundation": 1, "measure_item": 30, "initiative": 35},
        {"future_vision": 2, "concept_pillar": 4, "viewpoint": 2, "new_viewpoint": 4, "common_policy": 2},
        3, (7, 4, 11, 8), "measure_item",
    ),
    "11233-strategy-2": ({"basic_goal": 4, "cross_goal": 2}, {}, 1, (0,) * 6, "measure"),
}  # fmt: skip


@pytest.mark.parametrize("plan_id", PLANS)
def test_the_five_plans(real_data, plan_id):
    levels, frames, depth, below, level = PLANS[plan_id]
    _, tree = tree_of(real_data, plan_id)
    assert count_levels(tree.nodes) == levels
    assert count_levels(tree.frames) == frames
    assert tree.depth == depth
    assert tuple(count_below(goal).get(level, 0) for goal in tree.goals) == below


def test_stars_sections_and_damage_of_the_poster(real_data):
    plan, tree = tree_of(real_data, "03213-comprehensive-2")
    assert [goal.title for goal in list_marked(tree)] == [
        "うるし", "子育て", "歴史・伝統", "スポーツの振興", "民間力の活用"
    ]  # fmt: skip
    sections = [goal.title for goal in tree.walk() if goal.role == "frame"]
    assert sections == ["市民参画", "生活基盤", "地域経営"]
    dream = next(goal for goal in list_damaged(tree) if goal.goal_id == "dream")
    assert dream.shown_title.endswith("にのへ")
    counts = count_indicators(tree, read_series(plan.frame("kpis"), None))
    assert [counts[goal.goal_id] for goal in tree.goals] == [2, 2, 2, 2]


def test_pillars_are_those_of_a_generation():
    assert list_pillars(["G1", "G2", "G3", "G4", "G5", "X1", "GX", "N", "G1"]) == (
        "G1",
        "G2",
        "G3",
        "G4",
        "G5",
    )


def test_goal_3_of_aizuwakamatsu_is_the_fourth_pillar(real_data):
    _, tree = tree_of(real_data, "07202-strategy-3")
    found = [(goal.number, pillar) for goal, pillar in list_number_mismatches(tree, ORDER[:4])]
    assert found == [("基本目標3", "G4"), ("基本目標4", "G3")]


def test_indicators_by_goal_of_kitamoto(real_data):
    plan, tree = tree_of(real_data, "11233-strategy-2")
    listed = read_series(plan.frame("kpis"), plan.frame("kpi_values"))
    counts = count_indicators(tree, listed)
    # 16 rows; 3-2 stands under basic goal 4 and again under cross-cutting goal 1
    assert [counts[goal.goal_id] for goal in tree.goals] == [2, 2, 2, 5, 4, 1]


def test_unconfirmed_themes(real_data):
    # 二戸 strategy: the four basic goals are confirmed by line 77, the other 39 links are not
    assert count_unconfirmed(tree_of(real_data, "03213-strategy-1")[1]) == (39, 43)


# ------------------------------------------------- properties


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=30))
def test_every_node_is_walked_once_and_counts_agree(parents):
    # node n hangs below node parents[n] % n, the first one is the top: a random tree
    rows = [("n0", None, "goal")]
    rows += [(f"n{n}", f"n{parent % n}", "measure") for n, parent in enumerate(parents, start=1)]
    tree = build_tree(goals(*rows), ROLES, None)
    walked = [goal.goal_id for goal in tree.walk()]
    assert sorted(walked) == sorted(row[0] for row in rows)
    assert sum(count_below(tree.goals[0]).values()) == len(rows) - 1
    assert len(list_leaves(tree)) == len({row[0] for row in rows} - {row[1] for row in rows})
    for goal in tree.walk():
        assert all(child.depth == goal.depth + 1 for child in goal.children)
