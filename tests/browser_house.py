"""Chromium for the tests of the built book: how it is started, what it must never meet, when a page is drawn."""

from __future__ import annotations

import shutil

CHROMIUM = next(
    (path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome")) if path),
    None,
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def record_faults(page) -> list[str]:
    """Note what a reader must never meet: errors, and requests to elsewhere or for files that are not there."""
    faults: list[str] = []
    page.on(
        "console", lambda m: faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on(
        "request",
        lambda r: (
            None if r.url.startswith(("file:", "data:", "blob:")) else faults.append(f"request: {r.url}")
        ),
    )
    page.on("requestfailed", lambda r: faults.append(f"missing: {r.url.rsplit('/', 1)[-1]}"))
    return faults


def draw_all(tab) -> list[str]:
    """Scroll through the page and return the figures whose chart was not drawn as SVG."""
    tab.evaluate(
        """async () => {
            for (const chart of document.querySelectorAll('.pb-chart:not(.pb-unchosen, .pb-unchosen *)')) {
                chart.scrollIntoView();
                for (let i = 0; i < 100 && !chart.dataset.pbDrawn && !chart.dataset.pbError; i++)
                    await new Promise(done => setTimeout(done, 50));
            }
        }"""
    )
    return tab.evaluate(
        """() => [...document.querySelectorAll('.pb-chart:not(.pb-unchosen, .pb-unchosen *)')]
            .filter(chart => chart.dataset.pbDrawn !== 'true' || !chart.querySelector('svg'))
            .map(chart => chart.closest('figure')?.id || 'no figure')"""
    )
