"""What a workbook's archive says about a sheet besides its cells: merged ranges, hidden rows, drawings.

The reader of the cells streams and does not know these; one pass over the XML of a sheet does.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from planbook.load.tidy.contents import Parts, Thing

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CHUNK = 1 << 20
# last word of a relation's type -> what it is
_THINGS = {
    "chart": "chart",
    "chartEx": "chart",
    "diagramData": "shape",
    "image": "image",
    "comments": "comment",
    "threadedComment": "comment",
    "oleObject": "embedded",
    "package": "embedded",
    "control": "embedded",
    "ctrlProp": "embedded",
}


def read_parts(archive: ZipFile) -> dict[str, Parts]:
    """Return the parts of every sheet by its name, in the workbook's order; a chart sheet is one too."""
    book = next(target for kind, target in _relations(archive, "").values() if kind == "officeDocument")
    relations = _relations(archive, book)
    found = {}
    for sheet in ElementTree.fromstring(archive.read(book)).iter():
        if _local(sheet.tag) == "sheet":
            kind, target = relations[sheet.get(_RELATION) or sheet.get(_STRICT_RELATION)]
            hidden = sheet.get("state", "visible") != "visible"
            found[sheet.get("name")] = _sheet_parts(archive, kind, target, hidden)
    return found


def _sheet_parts(archive: ZipFile, kind: str, target: str, hidden: bool) -> Parts:
    things = _things(archive, target)
    if kind != "worksheet":
        return Parts(hidden=hidden, things=tuple(things))
    scan = _Scan()
    with archive.open(target) as stream:
        while chunk := stream.read(_CHUNK):
            scan.feed(chunk)
    scan.feed(b"", last=True)
    return Parts(
        tuple(scan.merged), tuple(scan.hidden_rows), tuple(scan.hidden_columns), hidden, tuple(things)
    )


@dataclass
class _Scan:
    """One pass over a sheet's XML."""

    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._row = 0

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        self._parser.Parse(chunk, last)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            if _true(attributes.get("hidden")):
                self.hidden_rows.append(self._row - 1)
        elif name == "mergeCell":
            self.merged.append(attributes["ref"])
        elif name == "col" and _true(attributes.get("hidden")):
            self.hidden_columns += range(int(attributes["min"]) - 1, int(attributes["max"]))


def _things(archive: ZipFile, sheet: str) -> list[Thing]:
    found = []
    for kind, target in _relations(archive, sheet).values():
        if kind in _THINGS:
            found.append(Thing(_THINGS[kind], target))
        elif kind == "drawing":
            found += _drawn(archive, target)
    return found


def _drawn(archive: ZipFile, drawing: str) -> list[Thing]:
    """Return what a drawing holds; its shapes have no part of their own, and an empty drawing holds nothing."""
    parts = [
        Thing(_THINGS[kind], target)
        for kind, target in _relations(archive, drawing).values()
        if kind in _THINGS
    ]
    names = {_local(node.tag) for node in ElementTree.fromstring(archive.read(drawing)).iter()}
    if names & {"sp", "cxnSp"}:
        parts.append(Thing("shape", drawing))
    return parts


def _relations(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: id -> (last word of the type, target); nothing outside the archive."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.NameToInfo:
        return {}
    return {
        node.get("Id"): (node.get("Type").rpartition("/")[2], _resolve(folder, node.get("Target")))
        for node in ElementTree.fromstring(archive.read(path))
        if node.get("TargetMode") != "External"
    }


def _resolve(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _true(value: str | None) -> bool:
    return value in ("1", "true")
