"""Run one notebook to its end, or say why it did not get there."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import remove_error_markers

from planbook.run.failure import Curtain, PageFailure, shorten_traceback, without_colours
from planbook.run.jobs import Job, require_notebook
from planbook.run.kernel import ENGINE, Execution
from planbook.run.limits import Limits
from planbook.run.parameters import check_parameters, open_notebook, read_parameters
from planbook.run.room import Room, kernel_environment
from planbook.vocabulary.catalogue import text

INJECTED = "injected-parameters"
_SKIPPED = "skip-execution"
_EXIT = "SystemExit"
_IN = re.compile(r"In\s?\[(\d+)\]")


@dataclass(frozen=True)
class Setting:
    """What a run needs beside its job.

    Parameters
    ----------
    data : the data root.
    limits : the time limits.
    curtain : hides the machine's folders in everything that is kept.
    """

    data: Path
    limits: Limits
    curtain: Curtain


def execute_job(job: Job, room: Room, setting: Setting) -> NotebookNode | PageFailure:
    """Run a job's notebook in `room`.

    Returns
    -------
    the executed notebook, every code cell of which came to its end; or the failure.

    Raises
    ------
    ParameterError : the notebook is missing, or does not take the job's parameters. It was not run.
    """
    require_notebook(job)
    check_parameters(job.notebook, read_parameters(job.notebook), job.parameters)
    environment = kernel_environment(room, setting.data, job.language, os.environ)
    execution = Execution(room, environment, setting.limits)
    try:
        _run(job, execution)
    except CellTimeoutError:
        reason = text(
            "セル{cell}が制限時間（{seconds}秒）のうちに終わりませんでした",
            cell=_cell_number(execution),
            seconds=setting.limits.cell,
        )
        return _failure(reason, execution, setting)
    except PapermillExecutionError as error:
        return _exception(error, execution, setting)
    except RuntimeError:
        return _dead_kernel(execution, setting)
    unfinished = _first_unfinished(execution)
    if unfinished is not None:
        execution.cell = unfinished
        return _failure(_stopped_words(execution), execution, setting)
    return execution.notebook


def _run(job: Job, execution: Execution) -> None:
    for last_try in (False, True):
        try:
            papermill.execute_notebook(
                open_notebook(job.notebook),
                None,
                dict(job.parameters),
                engine_name=ENGINE,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                execution=execution,
            )
            return
        except DeadKernelError:
            raise
        except RuntimeError:
            # A busy machine may fail to start a kernel; that says nothing about the page.
            if last_try or execution.cell is not None or execution.out_of_time:
                raise


def _code_cells(notebook: NotebookNode) -> list[int]:
    return [
        index
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and INJECTED not in cell.metadata.get("tags", [])
    ]


def _cell_number(execution: Execution) -> int | None:
    """Return the place of the current cell among the code cells that the author sees."""
    if execution.notebook is None or execution.cell is None:
        return None
    return sum(1 for index in _code_cells(execution.notebook) if index <= execution.cell) or None


def _first_unfinished(execution: Execution) -> int | None:
    for index in _code_cells(execution.notebook):
        cell = execution.notebook.cells[index]
        runs = cell.source.strip() and _SKIPPED not in cell.metadata.get("tags", [])
        if runs and index not in execution.done:
            return index
    return None


def _stopped_words(execution: Execution) -> str:
    return text(
        "セル{cell}が実行を打ち切りました（sys.exit など）。残りのセルは実行されていません",
        cell=_cell_number(execution),
    )


def _exception(error: PapermillExecutionError, execution: Execution, setting: Setting) -> PageFailure:
    # papermill has put cells of its own around the one that failed; they would be counted.
    remove_error_markers(execution.notebook)
    if error.ename == _EXIT:
        return _failure(_stopped_words(execution), execution, setting)
    first_line = without_colours(str(error.evalue)).strip().partition("\n")[0]
    what = f"{error.ename}: {first_line}" if first_line else error.ename
    reason = text("セル{cell}でエラーが起きました。{error}", cell=_cell_number(execution), error=what)
    return _failure(reason, execution, setting, shorten_traceback(error.traceback))


def _dead_kernel(execution: Execution, setting: Setting) -> PageFailure:
    said = execution.room.kernel_errors.read_text(encoding="utf-8", errors="replace")
    cell = _cell_number(execution)
    if execution.out_of_time:
        reason = text(
            "ページの制限時間（{seconds}秒）を超えました（セル{cell}の実行中）",
            seconds=setting.limits.page,
            cell=cell or "—",
        )
        return _failure(reason, execution, setting)
    if cell is None:
        reason = text("Pythonのカーネルを起動できませんでした")
    else:
        reason = text("セル{cell}でカーネルが止まりました（メモリー不足か、プログラムの異常終了）", cell=cell)
    return _failure(reason, execution, setting, shorten_traceback(said.splitlines()))


def _failure(reason: str, execution: Execution, setting: Setting, excerpt: str = "") -> PageFailure:
    notebook = execution.notebook
    hide = setting.curtain
    return PageFailure(
        reason=hide(reason),
        cell=_cell_number(execution),
        # The cell that carries the parameters counts for the kernel and is not in the author's notebook.
        excerpt=_IN.sub(lambda match: f"In[{max(int(match[1]) - 1, 1)}]", hide(excerpt)),
        notebook=None if notebook is None else nbformat.writes(notebook),
    )
