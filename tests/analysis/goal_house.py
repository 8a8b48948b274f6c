"""Goal hierarchies written as indented lines: a title a line, two blanks a level."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planbook.analysis.goal_structure.tree import GoalTree, build_tree

ROLES = {"goal": "goal", "measure": "measure", "action": "action", "view": "frame", "section": "frame"}
LEVELS = ("goal", "measure", "action")


def make_tree(lines: str, themes: Mapping[str, str] | None = None) -> GoalTree:
    """Build a tree whose ids are the titles; ``(title)`` is a sub-heading inside the hierarchy or a view beside it."""
    rows, stack = [], []
    for line in lines.strip("\n").splitlines():
        depth, title = (len(line) - len(line.lstrip())) // 2, line.strip()
        frame = title.startswith("(")
        name = title.strip("()")
        del stack[depth:]
        level = ("section" if stack else "view") if frame else LEVELS[min(depth, len(LEVELS) - 1)]
        rows.append(
            {
                "goal_id": name,
                "parent_id": stack[-1] if stack else None,
                "level": level,
                "number": None,
                "title": name,
                "marks": None,
                "as_written": name,
                "document": "text",
                "locator": "L1",
                "reading": None,
                "cause": None,
                "note": None,
            }
        )
        stack.append(name)
    links = [(goal, theme) for goal, names in (themes or {}).items() for theme in names.split()]
    columns = ["goal_id", "theme", "evidence", "confirmed", "note"]
    frame = pd.DataFrame([(goal, theme, goal, False, None) for goal, theme in links], columns=columns)
    return build_tree(pd.DataFrame(rows), ROLES, frame)
