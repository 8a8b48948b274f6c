"""Runs the stale pages and says how each one went; one failed page never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from planbook.run.failure import PageFailure
from planbook.run.jobs import Job
from planbook.run.limits import Limits
from planbook.run.pool import OpenExecutor, count_processors, open_processes, run_tasks
from planbook.run.store import Record
from planbook.run.worker import Task, make_page, record_failure
from planbook.run.workshop import PageState, Workshop
from planbook.vocabulary.catalogue import in_language, plain, text


@dataclass(frozen=True)
class RunOptions:
    """How pages are run.

    Parameters
    ----------
    force : run fresh pages too.
    fail_fast : begin no further page after one has failed.
    limits : the time limits.
    width : how many pages run at a time; the number of processors when 0.
    open_executor : opens the executor; local processes unless another one is named.
    """

    force: bool = False
    fail_fast: bool = False
    limits: Limits = field(default_factory=Limits)
    width: int = 0
    open_executor: OpenExecutor = open_processes


@dataclass(frozen=True)
class Progress:
    """A page has just ended: the `number`-th of `total` stale ones, and why it was run."""

    number: int
    total: int
    job: Job
    record: Record
    why: tuple[str, ...]


@dataclass(frozen=True)
class RunListener:
    """Who is told what while pages run.

    Parameters
    ----------
    begin : how many pages there are, how many are run, and how many at a time.
    page : each page as it ends.
    """

    begin: Callable[[int, int, int], None]
    page: Callable[[Progress], None]


_KILLED = plain(
    "ページを実行するプロセスが外から止められました（多くはメモリー不足）。--jobs を減らしてください"
)


class _Stopped(Exception):
    """A page failed and no further one is wanted."""


def run_jobs(
    workshop: Workshop,
    jobs: Iterable[Job],
    options: RunOptions,
    listener: RunListener,
    refused: Mapping[str, PageFailure] | None = None,
) -> list[PageState]:
    """Run every stale page.

    Parameters
    ----------
    workshop : the build.
    jobs : the pages of the book.
    options : how they are run.
    listener : is told how it goes.
    refused : by plan id, why the pages of a plan are not run at all (its data is broken).

    Returns
    -------
    how every page stands now, in the order of `jobs`.
    """
    states = workshop.look(jobs, options.force)
    refused = refused or {}
    stale = [state for state in states if state.why or state.job.plan_id in refused]
    tasks = {state.job.path: _task(workshop, state, options) for state in stale}
    reasons = {state.job.path: state.why for state in stale}
    records: dict[str, Record] = {}

    def done(task: Task, record: Record | None) -> None:
        record = record or record_failure(task, _killed(task.job))
        records[task.job.path] = record
        listener.page(Progress(len(records), len(stale), task.job, record, reasons[task.job.path]))
        if options.fail_fast and record.state == "failed":
            raise _Stopped

    running = len(stale) - sum(state.job.plan_id in refused for state in stale)
    width = min(options.width or count_processors(), max(running, 1))
    listener.begin(len(states), len(stale), width)
    try:
        for state in stale:
            if state.job.plan_id in refused:
                task = tasks.pop(state.job.path)
                done(task, record_failure(task, refused[state.job.plan_id]))
        run_tasks(tasks.values(), make_page, options.open_executor, width, done)
    except _Stopped:
        pass
    return [_after(state, records.get(state.job.path)) for state in states]


def _task(workshop: Workshop, state: PageState, options: RunOptions) -> Task:
    places = workshop.places
    return Task(
        job=state.job,
        parts=state.stamp.parts,
        stamp=state.stamp.short,
        pages=workshop.store.top,
        data=places.data,
        root=places.root,
        limits=options.limits,
    )


def _after(state: PageState, record: Record | None) -> PageState:
    if record is None:
        return state
    return replace(state, record=record, why=(text("前回失敗した"),) if record.state == "failed" else ())


def _killed(job: Job) -> PageFailure:
    with in_language(job.language):
        return PageFailure(text(_KILLED))
