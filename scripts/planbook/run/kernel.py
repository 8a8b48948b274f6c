"""The papermill engine that runs a page: a fresh kernel of this interpreter, watched by a clock.

This is the seam for another way of running: an engine is a class with one method, and `execute` names it.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from planbook.run.limits import Limits
from planbook.run.room import Room
from planbook.run.slow_imports import SKIP

ENGINE = "planbook"
_OUTPUT_SECONDS = 60
_log = logging.getLogger("papermill")


@dataclass
class Execution:
    """One run of a notebook as it goes on.

    Parameters
    ----------
    cell : index of the cell that was begun last, None before the first one.
    done : indices of the cells that ran to their end.
    out_of_time : whether the page's clock ended it.
    """

    room: Room
    environment: Mapping[str, str]
    limits: Limits
    notebook: NotebookNode | None = None
    cell: int | None = None
    done: set[int] = field(default_factory=set)
    out_of_time: bool = False

    def begin_cell(self, cell: NotebookNode, cell_index: int) -> None:
        """Note that a cell begins."""
        self.cell = cell_index

    def end_cell(self, cell: NotebookNode, cell_index: int, execute_reply: Mapping) -> None:
        """Note that a cell came to its end; `sys.exit` in it does not count as one."""
        if execute_reply["content"]["status"] == "ok":
            self.done.add(cell_index)


class PageEngine(Engine):
    """Runs a notebook in a kernel of this interpreter, inside the room of its `Execution`."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, *, execution: Execution, **_):
        """Run every cell; an endless cell, a dead kernel and an exception leave by the client's errors."""
        execution.notebook = nb_man.nb
        manager = _make_manager(kernel_name, execution.room)
        client = PapermillNotebookClient(
            nb_man,
            km=manager,
            kernel_name=kernel_name,
            timeout=execution.limits.cell,
            startup_timeout=execution.limits.start,
            iopub_timeout=_OUTPUT_SECONDS,
            # A cell that ignores its limit would also ignore a polite request to stop.
            shutdown_kernel="immediate",
            record_timing=False,
            extra_arguments=[f"--IPKernelApp.exec_lines={SKIP}"],
            on_cell_execute=execution.begin_cell,
            on_cell_executed=execution.end_cell,
            log=_log,
        )
        with (
            execution.room.kernel_errors.open("ab") as errors,
            _clock(manager, execution),
            _known(manager, execution.room),
        ):
            client.execute(
                cleanup_kc=True,
                cwd=str(execution.room.desk),
                env=dict(execution.environment),
                stdout=errors,
                stderr=errors,
            )


papermill_engines.register(ENGINE, PageEngine)


def _make_manager(kernel_name: str, room: Room) -> AsyncKernelManager:
    # Without folders to look into, the specs' manager can only offer the interpreter that runs this.
    manager = AsyncKernelManager(
        kernel_name=kernel_name,
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        connection_file=str(room.connection_file),
    )
    if room.takes_sockets:
        manager.transport = "ipc"
        manager.ip = str(room.top / "k")
    return manager


@contextmanager
def _clock(manager: AsyncKernelManager, execution: Execution) -> Iterator[None]:
    def end() -> None:
        execution.out_of_time = True
        kill(manager)

    timer = threading.Timer(execution.limits.page, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def kill(manager: AsyncKernelManager) -> None:
    """Kill a kernel and what it started, from any thread."""
    provisioner = manager.provisioner
    process = getattr(provisioner, "process", None)
    if process is None:
        return
    with suppress(OSError):
        if os.name != "nt" and provisioner.pgid:
            os.killpg(provisioner.pgid, signal.SIGKILL)
        else:
            process.kill()


_running: dict[AsyncKernelManager, Room] = {}


@contextmanager
def _known(manager: AsyncKernelManager, room: Room) -> Iterator[None]:
    _running[manager] = room
    try:
        yield
    finally:
        _running.pop(manager, None)


def abandon() -> None:
    """Kill the kernels of this process and remove their rooms; for the moment before it ends itself."""
    for manager, room in list(_running.items()):
        kill(manager)
        shutil.rmtree(room.top, ignore_errors=True)
