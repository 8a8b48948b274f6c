"""One build at a time in a build folder: a lock that the system gives back when its holder dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from planbook.run.faults import MachineError, machine_faults
from planbook.vocabulary.errors import Problem, message

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

NAME = "planbook.lock"
# Windows refuses others to read a locked byte; this one lies behind everything that is written.
_LOCKED_BYTE = 4096


@contextmanager
def hold_build(build: Path) -> Iterator[None]:
    """Hold the build folder, made where missing; `MachineError` while another build holds it.

    The file stays behind on purpose: whoever removed it while another process waits for it would let both
    in. A file left by a build that was killed is no obstacle, because the system dropped its lock.
    """
    with machine_faults():
        build.mkdir(parents=True, exist_ok=True)
        stream = (build / NAME).open("r+" if (build / NAME).exists() else "w+", encoding="ascii")
    with stream:
        if not _take(stream):
            raise MachineError(
                Problem(
                    message("別の planbook がこのフォルダーで動いています"),
                    file=str(build),
                    found=_holder(stream),
                    remedy=message("終わるのを待つか、--build-dir で別のフォルダーを指定してください"),
                )
            )
        try:
            stream.seek(0)
            stream.truncate()
            stream.write(f"pid {os.getpid()}\n")
            stream.flush()
            yield
        finally:
            _give_back(stream)


def _take(stream: IO[str]) -> bool:
    try:
        if fcntl:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            stream.seek(_LOCKED_BYTE)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # some network drives know no locks; there two builds at once must be avoided by hand
    return True


def _give_back(stream: IO[str]) -> None:
    with suppress(OSError):
        if fcntl:
            fcntl.flock(stream, fcntl.LOCK_UN)
        else:
            stream.flush()
            stream.seek(_LOCKED_BYTE)
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)


def _holder(stream: IO[str]) -> str | None:
    with suppress(OSError, ValueError):
        stream.seek(0)
        return stream.readline().strip() or None
    return None
