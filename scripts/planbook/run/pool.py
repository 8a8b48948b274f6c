"""Running tasks on any executor, so that one that kills its worker does not take the others with it."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager

from planbook.run.worker import Task, start_worker

OpenExecutor = Callable[[int], AbstractContextManager[Executor]]
#: called with a task and what it returned, or None when it killed its worker twice
Done = Callable[[Task, object], None]
_MOST_ON_WINDOWS = 61


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def open_processes(width: int) -> Iterator[Executor]:
    """Open a pool of `width` local processes that end when this process does, however it does."""
    context = multiprocessing.get_context("spawn")  # forking after threads and zmq may hang
    theirs, ours = context.Pipe(duplex=False)
    if os.name == "nt":
        width = min(width, _MOST_ON_WINDOWS)
    executor = ProcessPoolExecutor(width, mp_context=context, initializer=start_worker, initargs=(theirs,))
    try:
        yield executor
        executor.shutdown(wait=True)
    finally:
        ours.close()
        executor.shutdown(wait=True, cancel_futures=True)
        theirs.close()


def run_tasks(
    tasks: Iterable[Task], work: Callable[[Task], object], open_executor: OpenExecutor, width: int, done: Done
) -> None:
    """Run every task and hand each result to `done` as it comes.

    Parameters
    ----------
    tasks : what is to be run, in this order.
    work : runs one task; what it raises ends the whole run.
    open_executor : opens an executor of a given width.
    width : how many tasks run at a time; no more are handed out, so that those in a broken pool are known.
    done : takes each task with its result.
    """
    waiting = deque(tasks)
    while waiting:
        lost = _run_until_broken(waiting, work, open_executor, width, done)
        for task in lost:
            # One of these killed the pool. Alone, the guilty one does it again and the others finish.
            if _run_until_broken(deque([task]), work, open_executor, 1, done):
                done(task, None)


def _run_until_broken(
    waiting: deque[Task], work: Callable[[Task], object], open_executor: OpenExecutor, width: int, done: Done
) -> list[Task]:
    """Run tasks off the queue; return those that were under way when the pool broke."""
    running: dict[Future, Task] = {}
    with open_executor(width) as executor:
        while waiting or running:
            while waiting and len(running) < width:
                try:
                    running[executor.submit(work, waiting[0])] = waiting[0]
                except BrokenExecutor:
                    return list(running.values())
                waiting.popleft()
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            lost = []
            for future in finished:
                try:
                    result = future.result()
                except BrokenExecutor:
                    lost.append(running.pop(future))
                    continue
                done(running.pop(future), result)
            if lost:
                return lost + list(running.values())
    return []
