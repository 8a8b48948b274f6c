"""What a worker process does: one job, from the notebook to the page in the store."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from planbook.run.failure import PageFailure, describe_problems, make_curtain
from planbook.run.faults import machine_faults
from planbook.run.jobs import Job
from planbook.run.limits import Limits
from planbook.run.slow_imports import skip_slow_imports
from planbook.run.store import PageStore, Record
from planbook.vocabulary.catalogue import in_language, text
from planbook.vocabulary.errors import ParameterError, PlanbookError, Problem


@dataclass(frozen=True)
class Task:
    """A job with all that a worker needs for it; it can be sent to another process or machine.

    Parameters
    ----------
    job : the job.
    parts : the parts of its stamp.
    stamp : the stamp's short form.
    pages : the folder of the store.
    data : the data root.
    root : the checkout, whose path no page may show.
    limits : the time limits.
    """

    job: Job
    parts: Mapping[str, object]
    stamp: str
    pages: Path
    data: Path
    root: Path
    limits: Limits


def make_page(task: Task) -> Record:
    """Run a job and keep its page, or why it failed.

    Raises
    ------
    MachineError : the disk or the folders do not let the page be kept; the old one stands.
    """
    # Slow to import, and only workers need them.
    from planbook.run.execute import Setting, execute_job  # noqa: PLC0415
    from planbook.run.page import shape_page  # noqa: PLC0415
    from planbook.run.parameters import read_parameters  # noqa: PLC0415
    from planbook.run.room import open_room  # noqa: PLC0415

    started = time.monotonic()
    job = task.job
    store = PageStore(task.pages)
    with machine_faults(), in_language(job.language), open_room() as room:
        hide = make_curtain([(task.data, "data"), (task.root, ""), (room.downloads, "files"), (room.top, "")])
        try:
            result = execute_job(job, room, Setting(task.data, task.limits, hide))
        except ParameterError as error:
            result = failure_of(error, job.language)
        seconds = round(time.monotonic() - started, 1)
        if isinstance(result, PageFailure):
            return store.keep_failure(job, result, _failed(result, task.parts, seconds))
        page = shape_page(result, job, read_parameters(job.notebook), task.stamp, hide)
        record = Record("ok", "", task.parts, seconds=seconds, warnings=page.warnings)
        return store.keep_page(job, page.notebook, room.downloads, record)


def record_failure(task: Task, failure: PageFailure) -> Record:
    """Keep the failure of a page that was not run, or whose worker died."""
    with machine_faults():
        return PageStore(task.pages).keep_failure(task.job, failure, _failed(failure, task.parts, 0.0))


def _failed(failure: PageFailure, parts: Mapping[str, object], seconds: float) -> Record:
    kept = {key: value for key, value in asdict(failure).items() if key != "notebook"}
    return Record("failed", "", parts, seconds=seconds, failure=kept)


def failure_of(error: PlanbookError, language: str) -> PageFailure:
    """Return the failure of a page that an error kept from running."""
    return failure_of_problems(error.problems, language)


def failure_of_problems(problems: list[Problem], language: str) -> PageFailure:
    """Return the failure of a page whose data or notebook has these problems."""
    with in_language(language):
        first = problems[0].in_words(language).partition("\n")[0]
        more = text("ほか{count}件", count=len(problems) - 1) if len(problems) > 1 else ""
        reason = text("{problem}（{more}）", problem=first, more=more) if more else first
    return PageFailure(reason, excerpt=describe_problems(problems, language))


def start_worker(lifeline: Connection) -> None:
    """Prepare a worker process: it ends itself, and its kernel, when the lifeline is cut.

    Parameters
    ----------
    lifeline : the reading end of a pipe that the runner holds open. It closes when the runner says so, and
        also when the runner is killed, which no signal would tell.
    """
    # Ctrl-C reaches every process of the terminal; the runner alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    skip_slow_imports()
    logger = logging.getLogger("papermill")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    # Where the module is not there yet no kernel runs, and importing it now would take seconds.
    kernel = sys.modules.get("planbook.run.kernel")
    if kernel is not None:
        kernel.abandon()
    os._exit(1)
