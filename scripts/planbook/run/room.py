"""The room that a page runs in: a temporary folder, an environment, and nothing of the user's profile."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Variables that would let the machine or the user's profile change what a page says.
_FOREIGN = ("PYTHON", "JUPYTER", "IPYTHON", "PLANBOOK_")
# The address of a Unix socket is cut at 104 characters on macOS and 108 on Linux.
_LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True)
class Room:
    """The folders of one run.

    Parameters
    ----------
    top : the temporary folder; the rest lies in it.
    """

    top: Path

    @property
    def desk(self) -> Path:
        """The kernel's working folder: empty, so that a page cannot read a file that nobody declared."""
        return self.top / "desk"

    @property
    def downloads(self) -> Path:
        """Where figures put the files that readers may download."""
        return self.top / "files"

    @property
    def connection_file(self) -> Path:
        """Where the kernel and its client find each other."""
        return self.top / "kernel.json"

    @property
    def kernel_errors(self) -> Path:
        """What the kernel's process writes to its standard error."""
        return self.top / "kernel-errors.txt"

    @property
    def takes_sockets(self) -> bool:
        """Tell whether a Unix socket can live here; it needs no port that another kernel may snatch."""
        return os.name != "nt" and len(str(self.top)) <= _LONGEST_SOCKET_FOLDER


@contextmanager
def open_room() -> Iterator[Room]:
    """Make a room, and remove it afterwards."""
    top = Path(tempfile.mkdtemp(prefix="pb-")).resolve()
    try:
        room = Room(top)
        room.desk.mkdir()
        room.downloads.mkdir()
        yield room
    finally:
        shutil.rmtree(top, ignore_errors=True)


def kernel_environment(room: Room, data: Path, language: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a page's kernel.

    Parameters
    ----------
    room : the page's room.
    data : the data root.
    language : the language that the page is made in.
    environ : the environment of this process; what could change a page is left out of it.
    """
    profile = str(room.top / "profile")
    kept = {name: value for name, value in environ.items() if not name.startswith(_FOREIGN)}
    return kept | {
        "PLANBOOK_OUTPUT": "book",
        "PLANBOOK_DOWNLOADS": str(room.downloads),
        "PLANBOOK_LANGUAGE": language,
        "PLANBOOK_DATA": str(data),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONSAFEPATH": "1",
        "PYTHONNOUSERSITE": "1",
        "IPYTHONDIR": profile,
        "JUPYTER_CONFIG_DIR": profile,
        "JUPYTER_DATA_DIR": profile,
        "JUPYTER_RUNTIME_DIR": profile,
        "JUPYTER_NO_CONFIG": "1",
        "MPLCONFIGDIR": profile,
        # Sums over several threads differ in the last digit from run to run; pages run side by side anyway.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
