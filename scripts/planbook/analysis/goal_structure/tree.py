"""The goal hierarchy of a plan as a tree, in the order of the document.

Levels have a role (reference/levels.csv): goal, measure, action, or frame. A frame (視点, 共通政策, 将来像 …) is
how a document says what holds for everything; it is kept apart from the hierarchy. A frame that stands
inside the hierarchy (区分, a sub-heading over measures) stays in its place, but is no level of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planbook.analysis.frames import list_records

FRAME = "frame"


@dataclass(frozen=True)
class ThemeLink:
    """One national theme of a goal, with the words that speak for it.

    Parameters
    ----------
    confirmed : a person has checked it; until then it is to be verified (要確認).
    """

    theme: str
    evidence: str
    confirmed: bool
    note: str | None = None


@dataclass(frozen=True)
class Goal:
    """A node of the tree; the fields are those of goals.csv.

    Parameters
    ----------
    role : goal, measure, action or frame.
    depth : 1 at the top; frames inside the hierarchy take the depth of their parent, 0 at the root.
    themes : as entered for this node.
    children : in file order.
    """

    goal_id: str
    level: str
    role: str
    number: str | None
    title: str
    marks: str | None
    as_written: str
    document: str
    locator: str
    reading: str | None
    cause: str | None
    note: str | None
    depth: int
    themes: tuple[ThemeLink, ...] = ()
    children: tuple[Goal, ...] = ()

    @property
    def shown_title(self) -> str:
        """The title, mended by the reading where extraction damaged the title itself.

        A reading is that of the whole string as written; what stands around the title there is taken off it.
        """
        before, found, behind = self.as_written.partition(self.title)
        reading = self.reading or ""
        if not found or not reading.startswith(before) or not reading.endswith(behind):
            return self.title
        return reading[len(before) : len(reading) - len(behind)] or self.title

    @property
    def heading(self) -> str:
        """Number and title as one line."""
        return " ".join(part for part in (self.number, self.shown_title) if part)

    @property
    def is_leaf(self) -> bool:
        """Tell whether nothing of the hierarchy is listed below it."""
        return all(child.role == FRAME and child.is_leaf for child in self.children)

    def walk(self) -> Iterator[Goal]:
        """Walk over the node and everything below it, top down in file order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class GoalTree:
    """A plan's hierarchy and, apart from it, its frames; both in file order."""

    goals: tuple[Goal, ...]
    frames: tuple[Goal, ...]

    def walk(self) -> Iterator[Goal]:
        """Walk over the hierarchy, top down in file order, frames inside it included."""
        for goal in self.goals:
            yield from goal.walk()

    @property
    def everything(self) -> list[Goal]:
        """The hierarchy and the frames beside it, each with all below it."""
        return [*self.walk(), *(node for frame in self.frames for node in frame.walk())]

    @property
    def nodes(self) -> list[Goal]:
        """The hierarchy without the frames inside it."""
        return [goal for goal in self.walk() if goal.role != FRAME]

    @property
    def tops(self) -> list[Goal]:
        """The top goals: a frame that holds the whole hierarchy (基本構想の柱 → 政策) is looked through."""
        return [goal for goal in self.nodes if goal.depth == 1]

    @property
    def depth(self) -> int:
        """How many levels the hierarchy has; 0 for a document without one."""
        return max((goal.depth for goal in self.nodes), default=0)


def build_tree(goals: pd.DataFrame, roles: Mapping[str, str], themes: pd.DataFrame | None) -> GoalTree:
    """Build the tree from goals.csv and goal_themes.csv.

    Parameters
    ----------
    goals : table goals.csv.
    roles : level → role, from reference/levels.csv.
    themes : table goal_themes.csv; None where the plan has none.
    """
    rows: dict[str | None, list[dict]] = {}
    for row in list_records(goals):
        rows.setdefault(row["parent_id"], []).append(row)
    links: dict[str, list[ThemeLink]] = {}
    for row in list_records(themes):
        link = ThemeLink(row["theme"], row["evidence"], bool(row["confirmed"]), row["note"])
        links.setdefault(row["goal_id"], []).append(link)

    def build(row: dict, above: int) -> Goal:
        role = roles[row["level"]]
        depth = above if role == FRAME else above + 1
        below = tuple(build(child, depth) for child in rows.get(row["goal_id"], ()))
        fields = {name: row[name] for name in _FIELDS}
        return Goal(
            **fields, role=role, depth=depth, themes=tuple(links.get(row["goal_id"], ())), children=below
        )

    roots = [build(row, 0) for row in rows.get(None, ())]
    frames = tuple(root for root in roots if all(node.role == FRAME for node in root.walk()))
    return GoalTree(tuple(root for root in roots if root not in frames), frames)


_FIELDS = tuple(
    name for name in Goal.__dataclass_fields__ if name not in ("role", "depth", "themes", "children")
)
