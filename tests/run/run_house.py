"""A small checkout that a test may break: notebooks, chapters, settings, data."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from pathlib import Path

from planbook.load.roots import DataRoot
from planbook.run.jobs import Job
from planbook.run.limits import Limits
from planbook.run.pages import COMPARISON_PAGES
from planbook.run.places import Places
from planbook.run.runner import RunListener, RunOptions
from planbook.run.store import Record
from planbook.run.workshop import Workshop

PLAN = "47999-strategy-1"
PARAMETERS = f'plan_id: str = "{PLAN}"  # 計画のフォルダー名'
SELECTION = 'plans: str = "*"  # 計画の選び方'
CONFIG = """\
title: 試験の本
author: 試験
only_build_toc_files: true
execute: {execute_notebooks: "off"}
html: {use_multitoc_numbering: false}
latex: {use_jupyterbook_latex: false}
sphinx:
  recursive_update: true
  config:
    html_copy_source: false
    extensions: [myst_nb, jupyter_book, sphinx_comments, sphinx_external_toc, sphinx_design, sphinx_book_theme]
"""


def cell(kind: str, source: str, *tags: str) -> dict:
    made = {"cell_type": kind, "metadata": {"tags": list(tags)} if tags else {}, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


class House:
    """A checkout in a temporary folder."""

    def __init__(self, path: Path):
        self.path = path
        self.places = Places(path, path / "data", path / "notebooks", path / "book", path / "build")
        for folder in (self.places.data, self.places.notebooks, self.places.book):
            folder.mkdir(parents=True, exist_ok=True)
        self.places.lock.write_text("pandas==3.0\n")
        self.places.config.write_text(CONFIG, encoding="utf-8")
        (self.places.book / "index.md").write_text("# 表紙\n\n本文。\n", encoding="utf-8")
        (self.places.book / "status.md").write_text("# 状態\n\n<!-- planbook: status -->\n", encoding="utf-8")

    def notebook(
        self, name: str, *code: str, parameters: str | None = PARAMETERS, title: str = "# 見出し"
    ) -> Path:
        cells = [cell("markdown", title)]
        if parameters is not None:
            cells.append(cell("code", parameters, "parameters"))
        cells += [cell("code", source) for source in code]
        content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        path = self.places.notebooks / f"{name}.ipynb"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    def standard_notebooks(self) -> None:
        for name in ("digest", "population", "kpis", "goals"):
            self.notebook(name, "print(plan_id)")
        for page in COMPARISON_PAGES:
            self.notebook(page.notebook, "print(plans)", parameters=SELECTION)

    def job(self, page: str, **parameters) -> Job:
        return Job(
            page=page,
            notebook=self.places.notebooks / f"{page}.ipynb",
            parameters=parameters or {"plan_id": PLAN},
            language="ja",
            address=f"47/{PLAN}/{page}",
            title=page,
            heading="架空市総合戦略",
            plan_id=PLAN,
        )

    def workshop(self, build: Path | None = None) -> Workshop:
        places = self.places
        if build:
            places = Places(places.root, places.data, places.notebooks, places.book, build)
        return Workshop(places)

    def keep(self, job: Job, words: str = "{}", **record) -> Record:
        """Put a page into the store as if it had run just now."""
        workshop = self.workshop()
        downloads = self.path / "downloads"
        shutil.rmtree(downloads, ignore_errors=True)
        downloads.mkdir()
        (downloads / f"{job.name}.csv").write_text("a,b\n")
        parts = workshop.stamper.stamp(job).parts
        return workshop.store.keep_page(job, words, downloads, Record("ok", "", parts, **record))


def second_plan(country, plan_id: str = "47999-vision-1") -> Path:
    """Add a plan of another kind to the fictional city."""
    folder = country.path / "plans" / plan_id
    shutil.copytree(country.plan, folder)
    text = (folder / "plan.yml").read_text(encoding="utf-8").replace(PLAN, plan_id)
    text = text.replace("kind: strategy", f"kind: {plan_id.split('-')[1]}").replace(
        "架空市総合戦略", "架空市ビジョン"
    )
    (folder / "plan.yml").write_text(text, encoding="utf-8")
    return folder


class Log:
    """A listener that remembers."""

    def __init__(self):
        self.begun = []
        self.pages = []
        self.listener = RunListener(begin=lambda *numbers: self.begun.append(numbers), page=self.pages.append)

    @property
    def states(self) -> dict[str, str]:
        return {progress.job.page: progress.record.state for progress in self.pages}


class Inline:
    """An executor that runs a task where it is submitted: quick, and open to monkeypatch."""

    def __init__(self, work):
        self._work = work

    def submit(self, _, task):
        from concurrent.futures import Future  # noqa: PLC0415

        future = Future()
        try:
            future.set_result(self._work(task))
        except Exception as error:
            future.set_exception(error)
        return future


def inline(work):
    @contextmanager
    def open_inline(width):
        yield Inline(work)

    return open_inline


def quick(limits: Limits | None = None, **how) -> RunOptions:
    return RunOptions(limits=limits or Limits(cell=60, page=120), **how)


__all__ = ["PLAN", "SELECTION", "DataRoot", "House", "Log", "inline", "quick", "second_plan"]
