"""A build that is killed with no chance to tidy up, and the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from run_house import PLAN, House
from test_pool import is_running

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="kill -9 is of Unix")]

# The command line in a process of its own, in another checkout, without Sphinx (tested elsewhere).
BUILD = """
import shutil, sys, types
from pathlib import Path
import planbook.run.places, planbook.run.stamps, planbook.run.jobs, planbook.run.book, planbook.run.vega_asset
from planbook.run.pages import PLAN_PAGES

top = Path(sys.argv[1])
planbook.run.places.REPOSITORY = top
planbook.run.stamps.PACKAGE = top / "package"
planbook.run.jobs.PLAN_PAGES = PLAN_PAGES[:1]
planbook.run.jobs.COMPARISON_PAGES = ()
planbook.run.vega_asset.write_vega_asset = lambda path: (path.parent.mkdir(exist_ok=True), path.write_text(""))

def copy_stage(stage, work):
    shutil.copytree(stage, work / "html")
    (work / "html" / "index.html").write_text("book")
    return work / "html"

planbook.run.book.build_html = copy_stage
parts = types.ModuleType("planbook.presentation.chapter_parts")
parts.PARTS = {"status": lambda root, table: table.html()}
sys.modules[parts.__name__] = parts
from planbook.command.main import cli
cli(["build", "--data", str(top / "data"), "--jobs", "1"])
"""
# Tells who runs it, then takes its time.
SLOW = "import os, time, pathlib\npathlib.Path({mark!r}).write_text(f'{{os.getpid()}} {{os.getppid()}}')\ntime.sleep(60)"


@pytest.fixture
def checkout(country, tmp_path) -> House:
    (tmp_path / "package").mkdir()
    house = House(tmp_path)
    house.standard_notebooks()
    return house


def command(house: House) -> list[str]:
    return [sys.executable, "-P", "-c", BUILD, str(house.path)]


def build(house: House) -> subprocess.CompletedProcess:
    return subprocess.run(command(house), capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_ended_leaves_the_last_good_book(checkout, how):
    good = b"the last good page"
    page = checkout.places.site / "47" / PLAN / "digest.ipynb"
    page.parent.mkdir(parents=True)
    page.write_bytes(good)
    mark = checkout.path / "mark"
    checkout.notebook("digest", SLOW.format(mark=str(mark)))
    running = subprocess.Popen(
        command(checkout), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    kernel, worker = wait_for(mark)
    running.send_signal(how)
    _, said = running.communicate(timeout=60)
    assert running.returncode == (-9 if how == signal.SIGKILL else 130), said
    if how == signal.SIGINT:
        assert "止めました" in said
        assert "Traceback" not in said
    assert page.read_bytes() == good
    # Neither the worker nor its kernel goes on, and the lock is no obstacle.
    for process in (worker, kernel):
        gone(process)

    if how == signal.SIGINT:
        return
    checkout.notebook("digest", "print('新しい')")
    again = build(checkout)
    assert again.returncode == 0, again.stderr
    assert "新しい".encode() in page.read_bytes()
    assert sorted(path.name for path in checkout.places.build.iterdir()) == [
        "book",
        "cache",
        "pages",
        "planbook.lock",
        "stage",
    ]


def wait_for(mark: Path) -> list[int]:
    for _ in range(600):
        if mark.exists() and len(mark.read_text().split()) == 2:
            return [int(word) for word in mark.read_text().split()]
        time.sleep(0.1)
    pytest.fail("the notebook never began")


def gone(process: int) -> None:
    for _ in range(150):
        if not is_running(process):
            return
        time.sleep(0.1)
    pytest.fail(f"process {process} outlived the build")
