"""Workers that die, parents that die, builds that meet."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from planbook.run.faults import MachineError
from planbook.run.lock import NAME, hold_build
from planbook.run.pool import open_processes, run_tasks
from planbook.run.swap import recover, swap_in

CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from planbook.run.lock import hold_build\n"


def work(task: str) -> str:
    if task.startswith("dies"):
        time.sleep(0.2)
        os._exit(9)
    if task.startswith("once"):
        mark = Path(task.partition(" ")[2])
        if not mark.exists():
            mark.write_text("")
            os._exit(9)
    if task == "raises":
        raise MachineError([])
    return task.upper()


def run(tasks, width=2):
    results = {}
    run_tasks(tasks, work, open_processes, width, results.__setitem__)
    return results


@pytest.mark.slow
def test_a_worker_that_is_killed_fails_its_own_task_only(tmp_path):
    tasks = ["a", "dies", "b", f"once {tmp_path / 'mark'}", "c"]
    results = run(tasks)
    assert set(results) == set(tasks)
    assert results["dies"] is None
    assert [results[name] for name in "abc"] == ["A", "B", "C"]
    assert results[tasks[3]] is not None


@pytest.mark.slow
def test_an_error_of_the_machine_ends_the_run():
    with pytest.raises(MachineError):
        run(["raises", "a", "b"], width=1)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there the process is found by other means")
def test_workers_end_with_their_parent():
    """A parent that is killed can tell nobody; its workers notice the pipe that closed."""
    script = (
        "import os, signal, time\n"
        "from planbook.run.pool import open_processes\n"
        "with open_processes(1) as pool:\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    pool.submit(time.sleep, 60)\n"
        "    time.sleep(0.3)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=False)
    worker = int(done.stdout)
    for _ in range(100):
        if not is_running(worker):
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its parent")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat")
        return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
    except (ProcessLookupError, FileNotFoundError):
        return False


# --- one build at a time -------------------------------------------------------------------------------


def test_a_second_build_is_refused_and_told_who_is_there(tmp_path):
    with hold_build(tmp_path / "build"):
        with pytest.raises(MachineError) as caught, hold_build(tmp_path / "build"):
            pass
        assert f"pid {os.getpid()}" in str(caught.value)
        assert caught.value.exit_code == 5
    with hold_build(tmp_path / "build"):
        pass


def test_another_folder_is_free(tmp_path):
    with hold_build(tmp_path / "one"), hold_build(tmp_path / "two"):
        pass


def test_the_lock_of_a_dead_process_is_no_obstacle(tmp_path):
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom planbook.run.lock import hold_build\n"
        "with hold_build(Path(sys.argv[1])):\n    print(os.getpid(), flush=True)\n    os._exit(9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (tmp_path / NAME).read_text() == f"pid {done.stdout.strip()}\n"
    with hold_build(tmp_path):
        assert (tmp_path / NAME).read_text() == f"pid {os.getpid()}\n"


def test_a_folder_that_cannot_be_made_is_a_fault_of_the_machine(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError), hold_build(tmp_path / "file" / "build"):
        pass


# --- the swap ------------------------------------------------------------------------------------------


def book(folder: Path, words: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(words)
    return folder


def test_the_new_book_replaces_the_old_one(tmp_path):
    site = book(tmp_path / "book", "old")
    swap_in(book(tmp_path / "work" / "html", "new"), site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("book")] == ["book"]


def test_the_first_book(tmp_path):
    swap_in(book(tmp_path / "work", "new"), tmp_path / "book")
    assert (tmp_path / "book" / "index.html").read_text() == "new"


@pytest.mark.parametrize("failing", [1, 2])
def test_a_rename_that_fails_leaves_the_old_book(tmp_path, monkeypatch, failing):
    site = book(tmp_path / "book", "old")
    new = book(tmp_path / "work", "new")
    calls = []
    real = Path.rename

    def rename(self, target):
        calls.append(self)
        if len(calls) == failing:
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr("planbook.run.files._PAUSE_SECONDS", 0)
    with pytest.raises(MachineError) as caught:
        swap_in(new, site)
    assert "前の本はそのまま読めます" in str(caught.value)
    assert (site / "index.html").read_text() == "old"


def test_killed_between_the_two_renames_the_old_book_comes_back(tmp_path):
    book(tmp_path / "book.old-12345678", "old")
    recover(tmp_path / "book")
    assert (tmp_path / "book" / "index.html").read_text() == "old"


def test_killed_before_tidying_up_the_new_book_stays(tmp_path):
    book(tmp_path / "book", "new")
    book(tmp_path / "book.old-12345678", "old")
    recover(tmp_path / "book")
    assert (tmp_path / "book" / "index.html").read_text() == "new"
    assert not (tmp_path / "book.old-12345678").exists()


def test_a_reader_never_meets_half_a_file(tmp_path):
    """Written over and over by one thread, read by another: always a whole one."""
    from planbook.run.files import write_atomic  # noqa: PLC0415

    path = tmp_path / "page"
    write_atomic(path, "0" * 100_000)
    stop = threading.Event()

    def write():
        for digit in range(200):
            write_atomic(path, str(digit % 10) * 100_000)
        stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not stop.is_set():
        words = path.read_text()
        assert len(words) == 100_000
        assert len(set(words)) == 1
    writer.join()
