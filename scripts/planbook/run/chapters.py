"""Authored chapters: markers replaced by what the package writes, words in the language of the edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.run.faults import BookError
from planbook.run.status import StatusTable
from planbook.run.words import translate_markdown
from planbook.vocabulary.catalogue import current_language, text
from planbook.vocabulary.errors import PlanbookError, Problem, message

if TYPE_CHECKING:
    from planbook.load.roots import DataRoot

Part = Callable[["DataRoot", StatusTable | None], str]
_MARKER = re.compile(r"^[ \t]*<!--[ \t]*planbook:[ \t]*(\S*)[ \t]*-->[ \t]*$", re.MULTILINE)


class ChapterWriter:
    """Writes the chapters of one edition.

    Parameters
    ----------
    parts : what a marker may name.
    root : the data.
    status : how the pages stand.
    """

    def __init__(self, parts: Mapping[str, Part], root: DataRoot, status: StatusTable):
        self._parts = parts
        self._root = root
        self._status = status
        self._made: dict[str, str] = {}
        self.failures: list[str] = []

    def write(self, path: Path) -> str:
        """Return the text of a chapter as Jupyter Book is to read it.

        Raises
        ------
        BookError : a marker names a part that does not exist; all such markers are listed.
        """
        words = translate_markdown(path.read_text(encoding="utf-8-sig"))
        unknown = [
            self._unknown(path, words, found)
            for found in _MARKER.finditer(words)
            if found[1] not in self._parts
        ]
        if unknown:
            raise BookError(unknown)
        return _MARKER.sub(lambda found: _raw_html(self._make(found[1])), words)

    def _make(self, name: str) -> str:
        if name not in self._made:
            try:
                self._made[name] = self._parts[name](self._root, self._status)
            except PlanbookError as error:
                # Broken data fails its own pages and this place; the rest of the chapter stands.
                self.failures.append(name)
                self._made[name] = _failed_part(error)
        return self._made[name]

    def _unknown(self, path: Path, words: str, found: re.Match) -> Problem:
        return Problem(
            message("本文の目印が指す部品がありません"),
            file=f"book/{path.name}",
            place={"line": words[: found.start()].count("\n") + 1},
            found=found[0].strip(),
            allowed=message("{known}", known="、".join(self._parts)),
            remedy=message("目印の名前を直すか、行を消してください"),
        )


def _raw_html(html: str) -> str:
    """Return HTML as a block that Markdown takes over unread, blank lines included."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", html)), 3)
    return f"\n{fence}{{raw}} html\n{html.strip()}\n{fence}\n"


def _failed_part(error: PlanbookError) -> str:
    words = "\n".join(problem.in_words(current_language()) for problem in error.problems)
    return (
        f'<div class="pb-failed"><p class="pb-note-title">{escape(text("ここは作れませんでした"))}</p>'
        f"<pre>{escape(words)}</pre></div>"
    )
