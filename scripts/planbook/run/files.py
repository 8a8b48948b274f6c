"""Writing so that a reader, or a build that was killed, never meets half a file."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

#: begins the name of everything that is not finished; swept at the next start
UNFINISHED = ".new-"
_TRIES = 40
_PAUSE_SECONDS = 0.25


def new_token() -> str:
    """Return a short name that no other run uses."""
    return uuid.uuid4().hex[:8]


def write_atomic(path: Path, content: str | bytes) -> None:
    """Write `content` to `path` in one step; on failure nothing is left and the old file stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.parent / f"{UNFINISHED}{new_token()}"
    try:
        new.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        patiently(lambda: new.replace(path))
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def patiently(step: Callable[[], object]) -> None:
    """Do `step`, again for some seconds where Windows says that somebody has the file open.

    A virus scanner or the search index opens a new file for a moment; elsewhere the first refusal is final.
    """
    for attempt in range(_TRIES):
        try:
            step()
            return
        except PermissionError:
            if os.name != "nt" or attempt == _TRIES - 1:
                raise
            time.sleep(_PAUSE_SECONDS)


def remove(path: Path) -> None:
    """Remove a file or a folder; what cannot be removed now is left for the next sweep."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def remove_empty_folders(top: Path) -> None:
    """Remove the folders below `top` that hold nothing."""
    for folder in sorted((p for p in top.rglob("*") if p.is_dir()), reverse=True):
        with suppress(OSError):
            folder.rmdir()
