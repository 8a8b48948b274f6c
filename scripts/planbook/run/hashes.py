"""Content hashes of files, remembered by size and times so that thousands of files cost one look each."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from planbook.run.files import write_atomic

# Within this time of its last change a file may change again and keep its times: it is not remembered.
_UNSETTLED_NANOSECONDS = 2_000_000_000
# Every run of a page has a folder of its own; beyond this many the hashes of old ones are dropped.
_MOST_IDLE = 1000
MISSING = "missing"


def hash_text(words: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def hash_json(content: object) -> str:
    """Return the SHA-256 of what JSON can say, whatever the order of its keys."""
    return hash_text(json.dumps(content, sort_keys=True, ensure_ascii=False))


class HashCache:
    """Hashes of files by path, size and times.

    Parameters
    ----------
    path : the file that keeps them from run to run; a broken one counts as empty.
    """

    def __init__(self, path: Path | None = None):
        self._path = path
        self._known: dict[str, list] = {}
        self._this_run: dict[str, str] = {}
        self._changed = False
        if path is not None:
            with suppress(OSError, ValueError):
                content = json.loads(path.read_text(encoding="utf-8"))
                self._known = content if isinstance(content, dict) else {}

    def of_file(self, path: Path) -> str:
        """Return the SHA-256 of a file's content, `MISSING` where there is none.

        A file is looked at once in the life of this object: one build sees one state of its inputs.
        """
        key = str(path)
        if key not in self._this_run:
            self._this_run[key] = self._look(path, key)
        return self._this_run[key]

    def of_files(self, top: Path, paths: Iterable[Path]) -> dict[str, str]:
        """Return the hashes of files by their path below `top`."""
        return {path.relative_to(top).as_posix(): self.of_file(path) for path in paths}

    def _look(self, path: Path, key: str) -> str:
        try:
            state = path.stat()
            # ctime catches a file that was put back with its old modification time.
            seen = [state.st_size, state.st_mtime_ns, state.st_ctime_ns]
            known = self._known.get(key)
            if isinstance(known, list) and known[:3] == seen and len(known) == 4:
                return known[3]
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except (FileNotFoundError, NotADirectoryError):
            return MISSING
        if time.time_ns() - max(state.st_mtime_ns, state.st_ctime_ns) > _UNSETTLED_NANOSECONDS:
            self._known[key] = [*seen, digest]
            self._changed = True
        return digest

    def save(self) -> None:
        """Keep the hashes for the next run."""
        if self._path is not None and self._changed:
            if len(self._known) > _MOST_IDLE + 2 * len(self._this_run):
                self._known = {key: self._known[key] for key in self._this_run if key in self._known}
            with suppress(OSError):
                write_atomic(self._path, json.dumps(self._known))
                self._changed = False
