"""Places in a document: lines (``L12``, ``L12-14``), pages (``p3``) or a cell (``Sheet!B4``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from planbook.vocabulary.characters import require_text, shown
from planbook.vocabulary.errors import InputError, Problem, message

_LOCATOR = re.compile(
    r"(?P<letter>[Lp])(?P<first>[1-9][0-9]{0,5})(?:-(?P=letter)?(?P<last>[1-9][0-9]{0,5}))?"
)
_CELL = re.compile(
    r"(?P<sheet>'[^']+'|[^'!]+)!(?P<cell>[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?)"
)


@dataclass(frozen=True)
class Locator:
    """A place in a document.

    Parameters
    ----------
    kind : lines, pages or a cell.
    first, last : 1-based lines or pages, both included; None for a cell.
    sheet, cell : worksheet and cell (or range of cells); None otherwise.
    """

    kind: Literal["lines", "pages", "cell"]
    first: int | None = None
    last: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.kind == "cell":
            quoted = f"'{self.sheet}'" if re.search(r"[\s\-]", self.sheet) else self.sheet
            return f"{quoted}!{self.cell}"
        letter = "L" if self.kind == "lines" else "p"
        return f"{letter}{self.first}" + ("" if self.last == self.first else f"-{self.last}")


def parse_locator(text: str) -> Locator:
    """Read a locator.

    Examples
    --------
    >>> str(parse_locator("L12-14")), str(parse_locator("p3")), parse_locator("Sheet!B4").cell
    ('L12-14', 'p3', 'B4')
    """
    if found := _LOCATOR.fullmatch(require_text(text)):
        first, last = int(found["first"]), int(found["last"] or found["first"])
        if first <= last:
            return Locator("lines" if found["letter"] == "L" else "pages", first, last)
    elif found := _CELL.fullmatch(text):
        return Locator("cell", sheet=found["sheet"].strip("'"), cell=found["cell"])
    raise InputError(
        Problem(
            what=message("資料内の位置として読み取れません。"),
            found=shown(text),
            allowed=message("L12＝12行目、L12-14＝12～14行目、p3＝3ページ、p3-4、Sheet!B4＝セル"),
            remedy=message("半角で、1から始まる行かページを、小さいほうから書いてください。"),
        )
    )
