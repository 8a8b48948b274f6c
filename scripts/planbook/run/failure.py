"""Why a page failed, in words that a reader can follow and without a path of the machine."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planbook.vocabulary.errors import Problem

_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_LONGEST_EXCERPT = 30


@dataclass(frozen=True)
class PageFailure:
    """Why a page failed.

    Parameters
    ----------
    reason : one sentence in the language of the page.
    cell : the code cell, counted as the notebook's author sees them, or None.
    excerpt : the end of the traceback, or the problems in full.
    notebook : the notebook as far as it ran, as text, for whoever mends it; never published.
    """

    reason: str
    cell: int | None = None
    excerpt: str = ""
    notebook: str | None = None


@dataclass(frozen=True)
class Curtain:
    """Hides the folders of the machine: a path inside one of them is shown from its public name on.

    Parameters
    ----------
    folders : (folder, public name) pairs; an empty name shows what follows alone.
    """

    folders: tuple[tuple[str, str], ...]

    def __call__(self, words: str) -> str:
        """Return `words` with every hidden folder replaced."""
        for folder, name in self.folders:
            for spelling in dict.fromkeys((folder, json.dumps(folder)[1:-1], folder.replace(os.sep, "/"))):
                if spelling in words:
                    words = _replace(words, spelling, name)
        return words


def _replace(words: str, folder: str, name: str) -> str:
    # Only whole folder names: /work must not eat the start of /workshop.
    inside = re.compile(re.escape(folder) + r"(?:\\\\|[\\/])")
    words = inside.sub(lambda _: f"{name}/" if name else "", words)
    return re.sub(re.escape(folder) + r"(?![\w.-])", lambda _: name or ".", words)


def make_curtain(folders: Iterable[tuple[Path, str]]) -> Curtain:
    """Return the curtain for these folders, this interpreter's and the user's own; the longest come first."""
    pairs = [*folders, (Path(sys.prefix), "python"), (Path(sys.base_prefix), "python")]
    with suppress(RuntimeError):  # a user without a home
        pairs.append((Path.home(), "~"))
    spelled = {(spelling, name) for path, name in pairs for spelling in (str(path), str(path.resolve()))}
    # A folder such as / or /srv would hide the start of every path and of many an address.
    long = [pair for pair in spelled if len(Path(pair[0]).parts) > 1 and len(pair[0]) > len("/srv")]
    return Curtain(tuple(sorted(long, key=lambda pair: (-len(pair[0]), pair))))


def without_colours(words: str) -> str:
    """Return console output without its colour codes."""
    return _ANSI.sub("", words)


def shorten_traceback(lines: Iterable[str]) -> str:
    """Return the last lines of a traceback as IPython gives it, rules and colours removed."""
    kept = [line.rstrip() for line in without_colours("\n".join(lines)).splitlines()]
    kept = [line for line in kept if line.strip("-─ ")]
    if len(kept) > _LONGEST_EXCERPT:
        kept = ["…", *kept[-_LONGEST_EXCERPT:]]
    return "\n".join(kept)


def describe_problems(problems: Iterable[Problem], language: str) -> str:
    """Return problems of the data, one paragraph each, in one language."""
    return "\n\n".join(problem.in_words(language) for problem in problems)
