from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

# The small checkout is that of the runner's tests.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "run"))

from run_house import House

from planbook.run.failure import PageFailure
from planbook.run.store import PageStore, Record
from planbook.run.worker import record_failure


class Console:
    """Runs ``planbook`` in another checkout; what it said, and with which code it ended."""

    def __init__(self, house: House):
        self.house = house

    def __call__(self, *words: str):
        from planbook.command.main import cli  # noqa: PLC0415

        return CliRunner().invoke(cli, [*words])


def pretend_to_run(task) -> Record:
    """Stand in for a kernel: a notebook that holds FAIL fails, any other one becomes a page."""
    if "FAIL" in task.job.notebook.read_text(encoding="utf-8"):
        return record_failure(task, PageFailure("セル1でエラーが起きました", 1, "Traceback …", notebook="{}"))
    downloads = task.pages.parent / "no-downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    record = Record("ok", "", task.parts, seconds=1.0, warnings=("セル1：UserWarning: 古い",))
    return PageStore(task.pages).keep_page(task.job, task.job.notebook.read_text("utf-8"), downloads, record)


def pretend_to_build(stage: Path, work: Path) -> Path:
    html = work / "html"
    html.mkdir(parents=True)
    (html / "index.html").write_text("book")
    return html


def run_here(tasks, work, open_executor, width, done) -> None:
    for task in tasks:
        done(task, pretend_to_run(task))


@pytest.fixture
def house(country, tmp_path, monkeypatch) -> House:
    made = House(tmp_path)
    made.standard_notebooks()
    (tmp_path / "package").mkdir()
    monkeypatch.setattr("planbook.run.places.REPOSITORY", tmp_path)
    monkeypatch.setattr("planbook.run.stamps.PACKAGE", tmp_path / "package")
    monkeypatch.setenv("PLANBOOK_DATA", str(country.path))
    monkeypatch.setattr("planbook.run.runner.run_tasks", run_here)
    monkeypatch.setattr("planbook.run.book.build_html", pretend_to_build)
    monkeypatch.setattr("planbook.run.vega_asset.write_vega_asset", write_nothing)
    return made


def write_nothing(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")


@pytest.fixture
def planbook(house) -> Console:
    return Console(house)
