"""Sections of a page that have nothing to show are left out of the book, heading and all.

One notebook serves every plan: what a document lists nothing of would otherwise stand there as a row of
headings over nothing. A cell that shows an empty piece of HTML says that it has nothing; a cell without any
output (an import, an assignment) says neither.
"""

from __future__ import annotations

import re

from nbformat import NotebookNode

_HEADING = re.compile(r"(#{2,6})[ \t]")


def leave_out_empty(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Return the cells without the sections in which every cell that shows something shows nothing.

    A section runs from a text cell that begins with a heading (## or deeper) to the next one of its level or
    above. One without a showing cell is prose and stays.
    """
    kept = list(cells)
    for level in (6, 5, 4, 3, 2):
        kept = _leave_out(kept, level)
    return kept


def _leave_out(cells: list[NotebookNode], level: int) -> list[NotebookNode]:
    kept: list[NotebookNode] = []
    place = 0
    while place < len(cells):
        if _level(cells[place]) != level:
            kept.append(cells[place])
            place += 1
            continue
        end = place + 1
        while end < len(cells) and not (_level(cells[end]) and _level(cells[end]) <= level):
            end += 1
        section = cells[place:end]
        kept += [] if _is_empty(section) else section
        place = end
    return kept


def _level(cell: NotebookNode) -> int | None:
    """Return the level of the heading that a text cell begins with; the title is a section of its own."""
    if cell.cell_type != "markdown":
        return None
    found = _HEADING.match(cell.source)
    return len(found[1]) if found else 1 if cell.source.startswith("# ") else None


def _is_empty(section: list[NotebookNode]) -> bool:
    """Tell whether a section's cells show nothing, and at least one of them says so; a subsection left is something."""
    if any(_level(cell) for cell in section[1:]):
        return False
    shown = [output for cell in section if cell.cell_type == "code" for output in cell.outputs]
    return bool(shown) and all(_shows_nothing(output) for output in shown)


def _shows_nothing(output: NotebookNode) -> bool:
    return set(output.get("data", {})) <= {"text/html", "text/plain"} and not any(
        "".join(words).strip() for words in output.get("data", {"": "something"}).values()
    )
