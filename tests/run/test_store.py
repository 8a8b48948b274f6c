"""A page is kept whole or not at all."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from planbook.run import files, store
from planbook.run.failure import PageFailure
from planbook.run.faults import MachineError, is_disk_full, machine_error, machine_faults
from planbook.run.store import Record


@pytest.fixture
def job(house):
    house.notebook("population")
    return house.job("population")


def everything(top: Path) -> list[str]:
    return sorted(path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file())


def test_a_page_and_its_files_change_together(house, job):
    first = house.keep(job, "one")
    kept = house.workshop().store
    assert kept.notebook(job, first).read_text() == "one"
    second = house.keep(job, "two")
    assert kept.notebook(job, kept.read(job)).read_text() == "two"
    assert not kept.folder(job, first).exists()
    assert everything(kept.top) == sorted(
        [
            f"{job.path}.json",
            f"{job.path.rpartition('/')[0]}/{second.folder}/population.ipynb",
            f"{job.path.rpartition('/')[0]}/{second.folder}/files/population.csv",
        ]
    )


@pytest.mark.parametrize("step", ["copytree", "write_atomic", "remove"])
def test_stopped_at_any_step_the_old_page_or_the_new_one_stands(house, job, monkeypatch, step):
    """KeyboardInterrupt stands for whatever ends the process there."""
    house.keep(job, "old")

    def stop(*_, **__):
        raise KeyboardInterrupt

    target = store.shutil if step == "copytree" else store
    if step == "remove":
        # A kill leaves no time for tidying up.
        monkeypatch.setattr(store, "remove", lambda path: None)
        house.keep(job, "new")
    else:
        monkeypatch.setattr(target, step, stop)
        with pytest.raises(KeyboardInterrupt):
            house.keep(job, "new")
    monkeypatch.undo()
    kept = house.workshop().store
    record = kept.read(job, house.workshop().hashes)
    assert kept.notebook(job, record).read_text() == ("new" if step == "remove" else "old")
    kept.sweep([job])
    assert len(everything(kept.top)) == 3


@pytest.mark.parametrize("method", ["write_bytes", "replace"])
def test_a_full_disk_leaves_the_old_page_and_no_litter(house, job, monkeypatch, method):
    house.keep(job, "old")
    before = everything(house.places.pages)
    real = getattr(Path, method)

    def full(self, *args):
        if house.places.pages in self.parents and self.suffix != ".csv":
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return real(self, *args)

    monkeypatch.setattr(Path, method, full)
    with pytest.raises(MachineError) as caught, machine_faults():
        house.keep(job, "new")
    monkeypatch.undo()
    assert "ディスクがいっぱいです" in str(caught.value)
    assert caught.value.exit_code == 5
    assert everything(house.places.pages) == before
    kept = house.workshop().store
    assert kept.notebook(job, kept.read(job)).read_text() == "old"


def test_a_failure_replaces_the_page_and_keeps_the_notebook(house, job):
    house.keep(job, "old")
    kept = house.workshop().store
    parts = house.workshop().stamper.stamp(job).parts
    failure = PageFailure("理由", 2, "記録", notebook="as far as it ran")
    kept.keep_failure(job, failure, Record("failed", "", parts, failure={"reason": "理由"}))
    record = kept.read(job)
    assert (record.state, record.files, record.failure) == ("failed", {}, {"reason": "理由"})
    assert kept.notebook(job, record).read_text() == "as far as it ran"
    assert not (kept.folder(job, record) / "files").exists()
    state = house.workshop().look([job])[0]
    assert (state.state, state.why) == ("failed", ("前回失敗した",))


def test_the_sweep_removes_what_nothing_stands_for(house, job):
    house.keep(job, "kept")
    gone = replace(job, address="13/13101-strategy-1/population")
    house.keep(gone, "gone")
    top = house.places.pages
    orphan = top / "47" / "47999-strategy-1" / "population.0123abcd"
    orphan.mkdir()
    (orphan / "half.ipynb").write_text("{")
    (top / f"{files.UNFINISHED}12345678").write_text("{")
    before = house.workshop().store.read(job)
    assert house.workshop().store.sweep([job]) == ["13/13101-strategy-1/population"]
    assert house.workshop().store.read(job) == before
    assert len(everything(top)) == 3
    assert not (top / "13").exists()


def test_the_sweep_of_nothing(house, job):
    assert house.workshop().store.sweep([job]) == []


def test_an_atomic_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    files.write_atomic(path, "old")

    def refuse(self, target):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(files, "_PAUSE_SECONDS", 0)
    with pytest.raises(PermissionError):
        files.write_atomic(path, "new")
    assert path.read_text() == "old"
    assert everything(tmp_path) == ["a.json"]


def test_windows_gets_a_second_chance(monkeypatch):
    monkeypatch.setattr(files.os, "name", "nt")
    monkeypatch.setattr(files, "_PAUSE_SECONDS", 0)
    refusals = [PermissionError(), PermissionError()]

    def step():
        if refusals:
            raise refusals.pop()

    files.patiently(step)
    assert refusals == []


def test_what_a_full_disk_is_called():
    assert is_disk_full(OSError(errno.ENOSPC, ""))
    assert is_disk_full(OSError(getattr(errno, "EDQUOT", errno.ENOSPC), ""))
    assert not is_disk_full(PermissionError(errno.EACCES, ""))
    assert "権限" in str(machine_error(PermissionError(errno.EACCES, "denied", "file")))
