"""The one catalogue of every string that a reader sees.

A msgid is the Japanese sentence itself; the English edition is ``locale/en/LC_MESSAGES/planbook.po``.
Placeholders are named and in braces (``{plan}``), so that a translation may reorder them.
The language is an input of a run: it is set once, by the runner or the command line, never guessed
from the machine, because two machines must give the same page.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("ja", "en")
LANGUAGE_VARIABLE = "PLANBOOK_LANGUAGE"
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"

_language: ContextVar[str | None] = ContextVar("planbook_language", default=None)


def current_language() -> str:
    """Return the language of this run, ``ja`` unless the run was given another one."""
    chosen = _language.get() or os.environ.get(LANGUAGE_VARIABLE) or "ja"
    if chosen not in LANGUAGES:
        raise ValueError(f"{LANGUAGE_VARIABLE}={chosen!r}; allowed: {', '.join(LANGUAGES)}")
    return chosen


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speak `language` (``ja`` or ``en``) inside the with block."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}; allowed: {', '.join(LANGUAGES)}")
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def text(msgid: str, /, **values: object) -> str:
    """Return the sentence `msgid` in the current language, its placeholders filled.

    Parameters
    ----------
    msgid : the Japanese sentence, with named placeholders such as ``{plan}``.
    values : what the placeholders stand for; already formatted where a format matters.

    Notes
    -----
    A sentence without a translation stays Japanese: a reader of the English edition is better served
    by the original than by a hole. ``tests/test_catalogue.py`` lists such sentences.
    """
    template = msgid if current_language() == "ja" else _translations(current_language()).get(msgid, msgid)
    return template.format(**values) if values else template


def plain(msgid: str, /) -> str:
    """Return `msgid` unchanged: marks a string for the catalogue that is translated later, by `text`."""
    return msgid


@cache
def _translations(language: str) -> dict[str, str]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - most runs speak Japanese and never need it

    path = LOCALE_FOLDER / language / "LC_MESSAGES" / "planbook.po"
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=language, abort_invalid=True)
    return {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }
