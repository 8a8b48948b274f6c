"""National themes of a plan's goals: many to many, each with the words that speak for it.

A node without a theme of its own has the themes of the nearest node above that has some. A node with two
themes counts in both, so counts by theme may add up to more than the nodes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planbook.analysis.goal_structure.tree import Goal, GoalTree, ThemeLink
from planbook.vocabulary.characters import fold

#: The theme of what belongs to none (該当なし).
NO_THEME = "N"
_PILLAR = re.compile(r"G[0-9]+")
_TRAILING_NUMBER = re.compile(r"([0-9]+|[IVX]+)\.?\Z")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def list_pillars(themes: Sequence[str]) -> tuple[str, ...]:
    """Return the pillars among the themes of one generation of the national strategy, in its order.

    Examples
    --------
    >>> list_pillars(["G1", "G2", "X1", "N"])
    ('G1', 'G2')
    """
    return tuple(theme for theme in dict.fromkeys(themes) if _PILLAR.fullmatch(theme))


def themes_of(tree: GoalTree) -> dict[str, tuple[ThemeLink, ...]]:
    """Return the themes that each node of the hierarchy counts in: its own, else those from above."""
    found: dict[str, tuple[ThemeLink, ...]] = {}

    def descend(goal: Goal, above: tuple[ThemeLink, ...]) -> None:
        found[goal.goal_id] = goal.themes or above
        for child in goal.children:
            descend(child, found[goal.goal_id])

    for goal in tree.goals:
        descend(goal, ())
    return found


@dataclass(frozen=True)
class ThemeCounts:
    """How many nodes of one role each theme has.

    Parameters
    ----------
    role : measure where the document lists measures, else goal.
    nodes : how many nodes were counted.
    by_theme : theme → nodes, in the order of `order`.
    doubled : nodes that count in more than one theme.
    unthemed : nodes with no theme, neither their own nor from above.
    """

    role: Literal["goal", "measure"]
    nodes: int
    by_theme: dict[str, int]
    doubled: int
    unthemed: int


def count_themes(tree: GoalTree, order: Sequence[str]) -> ThemeCounts:
    """Count measures by theme; goals where the document lists no measures.

    Parameters
    ----------
    tree : the hierarchy.
    order : the themes in the order of reference/themes.csv; other ones follow.
    """
    role = "measure" if any(goal.role == "measure" for goal in tree.nodes) else "goal"
    themes = themes_of(tree)
    sets = [
        list(dict.fromkeys(link.theme for link in themes[goal.goal_id]))
        for goal in tree.nodes
        if goal.role == role
    ]
    present = [theme for names in sets for theme in names]
    ordered = [theme for theme in dict.fromkeys([*order, *present]) if theme in present]
    return ThemeCounts(
        role=role,
        nodes=len(sets),
        by_theme={theme: present.count(theme) for theme in ordered},
        doubled=sum(len(names) > 1 for names in sets),
        unthemed=sum(not names for names in sets),
    )


def count_unconfirmed(tree: GoalTree) -> tuple[int, int]:
    """Return how many theme links no person has confirmed, and how many there are; frames included."""
    nodes = tree.everything
    links = [link for goal in nodes for link in goal.themes]
    return sum(not link.confirmed for link in links), len(links)


def read_number(number: str | None) -> int | None:
    """Return the number at the end of a goal's label; None where there is none.

    Examples
    --------
    >>> read_number("基本目標3"), read_number("基本目標Ⅳ"), read_number("政策を支える土台・原動力")
    (3, 4, None)
    """
    found = _TRAILING_NUMBER.search(fold(number or "").text)
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else _ROMAN.get(found[1])


def list_number_mismatches(tree: GoalTree, pillars: Sequence[str]) -> list[tuple[Goal, str]]:
    """Return the top goals whose number is not that of the national pillar they belong to, with the pillar.

    Only goals that belong to exactly one pillar and carry a number can be compared. Goals of a level that is
    numbered apart (横断的な目標) belong to no pillar and drop out by themselves.

    Parameters
    ----------
    tree : the hierarchy.
    pillars : those of the plan's generation, in their order.
    """
    found = []
    for goal in tree.tops:
        own = [link.theme for link in goal.themes if link.theme in pillars]
        number = read_number(goal.number)
        if len(own) == 1 and number not in (None, pillars.index(own[0]) + 1):
            found.append((goal, own[0]))
    return found
