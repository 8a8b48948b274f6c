"""The one kind of thing that a notebook cell displays, and the escaping that it needs."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape as _escape
from html import unescape

_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")


def escape(value: object) -> str:
    """Escape text for HTML, quotes included."""
    return _escape(str(value), quote=True)


def data_script(css_class: str, value: object) -> str:
    """Return data for the page's script; it may hold any text.

    "</script" would end the element that carries it, "<!--<script" swallow the page.
    """
    body = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace(
        "<", "\\u003c"
    )
    return f'<script type="application/json" class="{css_class}">{body}</script>'


@dataclass(frozen=True)
class Html:
    """A piece of HTML; Jupyter and the book both show it through ``_repr_mimebundle_``."""

    markup: str

    def __str__(self) -> str:
        return self.markup

    def __add__(self, other: Html) -> Html:
        return Html(self.markup + other.markup)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.markup, "text/plain": self.plain()}

    def plain(self) -> str:
        """Return the words without markup: what a text-only reader, or a test, sees."""
        without_specs = re.sub(r"<script.*?</script>", "", self.markup, flags=re.S)
        return _SPACE.sub(" ", unescape(_TAG.sub(" ", without_specs))).strip()


def fold(summary: str, body: Html) -> Html:
    """Return what readers open when they want it; on paper it stays closed.

    Parameters
    ----------
    summary : says what is inside, in the reader's language.
    body : what is inside.
    """
    return Html(f'<details class="pb-data pb-fold"><summary>{escape(summary)}</summary>{body}</details>')
