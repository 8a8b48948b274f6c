"""Which goals of two plans correspond, and in what way.

The correspondence is entered (goal_links.csv: many to many, with the words that speak for it, and whether a
person confirmed it). Only what is entered is a correspondence: a goal that shares a partner with another goal does
not correspond to the other partners of that one. How a goal corresponds follows from its own number of partners
and theirs. A goal without a partner has none *in the document at hand*: an outline or a poster leaves out things
that the plan has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import pandas as pd

from planbook.analysis.frames import list_records
from planbook.analysis.goal_structure.tree import Goal
from planbook.vocabulary.characters import fold

#: kept and reworded: one to one, with the same title or another; split: one to several; merged: several to one, seen
#: from one of the several; regrouped: several to several; unmatched: nothing is entered.
Fate = Literal["kept", "reworded", "split", "merged", "regrouped", "unmatched"]
FATES: tuple[Fate, ...] = ("kept", "reworded", "split", "merged", "regrouped", "unmatched")


@dataclass(frozen=True)
class GoalLink:
    """A goal of the earlier plan and one of the later that correspond.

    Parameters
    ----------
    earlier_id, later_id : of the two plans.
    earlier_words, later_words : what speaks for it in each title; None where it does not stand in the title.
    confirmed : a person has checked it.
    note : what else speaks for it; never None where words are missing.
    """

    earlier_id: str
    later_id: str
    earlier_words: str | None
    later_words: str | None
    confirmed: bool
    note: str | None = None


def read_links(links: pd.DataFrame | None, other_plan_id: str, *, own_is_later: bool) -> tuple[GoalLink, ...]:
    """Return the links of a plan's goal_links.csv that lead to `other_plan_id`; () where there are none.

    Parameters
    ----------
    own_is_later : the plan whose table it is begins later than the other one.
    """
    found = []
    for row in list_records(links):
        if row["other_plan_id"] != other_plan_id:
            continue
        own = (row["goal_id"], row["evidence"])
        other = (row["other_goal_id"], row["other_evidence"])
        (first, first_words), (second, second_words) = (other, own) if own_is_later else (own, other)
        found.append(GoalLink(first, second, first_words, second_words, bool(row["confirmed"]), row["note"]))
    return tuple(found)


def join_links(links: Iterable[GoalLink]) -> tuple[GoalLink, ...]:
    """Return links without repetition: one entered with both plans counts once, confirmed if either is."""
    found: dict[tuple[str, str], GoalLink] = {}
    for link in links:
        key = (link.earlier_id, link.later_id)
        if key not in found or (link.confirmed and not found[key].confirmed):
            found[key] = link
    return tuple(found.values())


def has_same_title(first: Goal, second: Goal) -> bool:
    """Tell whether two goals are called the same; width, blanks and punctuation do not count."""
    return _bare(first.shown_title) == _bare(second.shown_title)


@lru_cache(maxsize=65536)
def _bare(title: str) -> str:
    return "".join(letter for letter in fold(title).text.lower() if letter.isalnum())


@dataclass(frozen=True)
class Match:
    """A goal of the earlier plan with its partners, or a goal of the later plan without any.

    Parameters
    ----------
    earlier : None for a goal of the later plan that has no partner.
    later : its partners in file order; for `earlier` None the one goal itself.
    links : to the partners, in the same order.
    fate : how it corresponds.
    """

    earlier: Goal | None
    later: tuple[Goal, ...]
    links: tuple[GoalLink, ...]
    fate: Fate


def match_goals(earlier: Sequence[Goal], later: Sequence[Goal], links: Sequence[GoalLink]) -> list[Match]:
    """Return for every goal of the earlier plan its partners, then the goals of the later plan without any.

    Links to goals outside the two lists are ignored: so one level can be looked at by itself.
    """
    first = {goal.goal_id: goal for goal in earlier}
    second = {goal.goal_id: goal for goal in later}
    inside = [link for link in links if link.earlier_id in first and link.later_id in second]
    partners = Counter(link.later_id for link in inside)
    place = {goal.goal_id: number for number, goal in enumerate(later)}
    found = []
    for goal in earlier:
        own = sorted(
            (link for link in inside if link.earlier_id == goal.goal_id),
            key=lambda link: place[link.later_id],
        )
        theirs = tuple(second[link.later_id] for link in own)
        shared = any(partners[link.later_id] > 1 for link in own)
        found.append(Match(goal, theirs, tuple(own), _fate(goal, theirs, shared=shared)))
    return found + [Match(None, (goal,), (), "unmatched") for goal in later if not partners[goal.goal_id]]


def _fate(goal: Goal, partners: Sequence[Goal], *, shared: bool) -> Fate:
    """Return how a goal corresponds; `shared` tells whether a partner of it has further ones itself."""
    if not partners:
        return "unmatched"
    if len(partners) > 1:
        return "regrouped" if shared else "split"
    if shared:
        return "merged"
    return "kept" if has_same_title(goal, partners[0]) else "reworded"


def measure_jaccard(first: Iterable[str], second: Iterable[str]) -> float | None:
    """Return the share of themes that both have among those that either has; None where neither has any.

    Examples
    --------
    >>> measure_jaccard(["G1", "G2"], ["G2", "G3", "G4"])
    0.25
    """
    one, other = set(first), set(second)
    return len(one & other) / len(one | other) if one | other else None
