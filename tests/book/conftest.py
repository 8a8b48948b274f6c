"""The built book and a browser to read it with, made once for all tests that open pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from browser_house import CHROMIUM, FLAGS


@pytest.fixture(scope="session")
def book(repository) -> Path:
    """The book of the repository's data; built in a folder of its own, so that unchanged pages are kept."""
    build = repository / "build" / "tests"
    command = "from planbook.command.main import main; raise SystemExit(main())"
    done = subprocess.run(
        [sys.executable, "-P", "-c", command, "build", "--build-dir", str(build)],
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False, cwd=repository,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return build / "book"


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages cannot be opened")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser):
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    yield context.new_page()
    context.close()
