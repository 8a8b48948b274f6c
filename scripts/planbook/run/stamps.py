"""Stamps: everything that a page is made from, and in words what of it has changed since."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.run.hashes import HashCache, hash_json
from planbook.run.jobs import Job
from planbook.run.places import Places
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.selection import select_plans

if TYPE_CHECKING:
    from planbook.load.roots import DataRoot

PACKAGE = Path(__file__).resolve().parent.parent
# A comparison of all plans reads more files than a record should list one by one.
_MOST_FILES_BY_NAME = 200
_MOST_NAMES_SHOWN = 3

_WORDS = {
    "notebook": plain("ノートブックが変わった"),
    "parameters": plain("パラメーターが変わった"),
    "language": plain("言語が変わった"),
    "title": plain("見出しが変わった"),
    "package": plain("planbook のプログラムが変わった"),
    "lock": plain("requirements.lock が変わった"),
    "python": plain("Python の版が変わった"),
}


@dataclass(frozen=True)
class Stamp:
    """What a page is made from.

    Parameters
    ----------
    parts : for each kind of input a value or hash, or for the data hashes by file or folder.
    """

    parts: Mapping[str, object]

    @property
    def digest(self) -> str:
        """One hash for all."""
        return hash_json(self.parts)

    @property
    def short(self) -> str:
        """The form that readers see."""
        return self.digest[:12]


class Stamper:
    """Makes stamps; looks at each file once, so that deciding for thousands of pages is cheap."""

    def __init__(self, places: Places, root: DataRoot, hashes: HashCache):
        self._places = places
        self._root = root
        self._hashes = hashes
        self._plan_ids = root.plan_ids()
        self._packages: dict[str, str] = {}
        self._data: dict[str, dict[str, str]] = {}

    def stamp(self, job: Job) -> Stamp:
        """Return the stamp of a job as its inputs stand now."""
        return Stamp(
            {
                "notebook": {"name": job.notebook.name, "content": self._hashes.of_file(job.notebook)},
                "parameters": dict(job.parameters),
                "language": job.language,
                "title": [job.heading, job.title],
                "package": self._package(job.language),
                "data": self._data_of(job),
                "lock": self._hashes.of_file(self._places.lock),
                "python": f"{platform.python_implementation()} {platform.python_version()}",
            }
        )

    def package(self, language: str) -> str:
        """Return the hash of the package's files that a page in `language` depends on."""
        return self._package(language)

    def _package(self, language: str) -> str:
        if language not in self._packages:
            files = [path for path in sorted(PACKAGE.rglob("*")) if _is_input(path, language)]
            self._packages[language] = hash_json(self._hashes.of_files(PACKAGE, files))
        return self._packages[language]

    def _data_of(self, job: Job) -> dict[str, str]:
        key = job.plan_id or f"compare {job.parameters.get('plans')}"
        if key not in self._data:
            files = self._root.inputs_of(job.plan_id) if job.plan_id else self._compared_files(job)
            hashes = self._hashes.of_files(self._root.path, files)
            self._data[key] = hashes if len(hashes) <= _MOST_FILES_BY_NAME else _by_folder(hashes)
        return self._data[key]

    def _compared_files(self, job: Job) -> Iterable[Path]:
        chosen = select_plans(str(job.parameters.get("plans", "*")), self._plan_ids)
        if len(chosen) == len(self._plan_ids):
            return self._root.all_inputs()
        return sorted({path for plan in chosen for path in self._root.inputs_of(plan)})


def _is_input(path: Path, language: str) -> bool:
    """Tell whether a file of the package can change a page: not bytecode, not the command line's words."""
    if "__pycache__" in path.parts or not path.is_file():
        return False
    inside = path.relative_to(PACKAGE).parts
    if inside[0] == "command":
        return False
    if inside[0] == "locale":
        # The Japanese edition is the msgids themselves.
        return language != "ja" and inside[1] == language and path.suffix == ".po"
    return True


def _by_folder(hashes: Mapping[str, str]) -> dict[str, str]:
    folders: dict[str, dict[str, str]] = {}
    for path, digest in hashes.items():
        folders.setdefault("/".join(path.split("/")[:2]), {})[path] = digest
    return {folder: hash_json(content) for folder, content in folders.items()}


def why_stale(old: Mapping[str, object] | None, new: Stamp) -> list[str]:
    """Return what has changed, in words; nothing if the page is fresh.

    Parameters
    ----------
    old : the parts of the stamp that the page was made with; None if it was never made.
    new : the stamp as its inputs stand now.
    """
    if old is None:
        return [text("まだ実行していない")]
    changed = [text(words) for part, words in _WORDS.items() if old.get(part) != new.parts[part]]
    if old.get("data") != new.parts["data"]:
        changed.append(_changed_data(old.get("data"), new.parts["data"]))
    return changed


def _changed_data(old: object, new: Mapping[str, str]) -> str:
    before = old if isinstance(old, dict) else {}
    names = sorted(name for name in {*before, *new} if before.get(name) != new.get(name))
    shown = "、".join(names[:_MOST_NAMES_SHOWN]) + ("…" if len(names) > _MOST_NAMES_SHOWN else "")
    return text("データが変わった（{files}）", files=shown)
