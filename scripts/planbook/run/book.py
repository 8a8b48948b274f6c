"""One stage, one swap: from the executed pages to the finished book."""

from __future__ import annotations

import json
import platform
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.run.faults import BookError, machine_faults
from planbook.run.files import new_token, remove, write_atomic
from planbook.run.hashes import hash_json
from planbook.run.headings import PlanHeading
from planbook.run.jobs import EDITIONS
from planbook.run.sphinx_build import build_html
from planbook.run.stage import Stage, lay_out
from planbook.run.swap import recover, swap_in
from planbook.run.workshop import PageState, Workshop
from planbook.vocabulary.errors import Problem, message

if TYPE_CHECKING:
    from planbook.run.chapters import Part

MANIFEST = "planbook-build.json"
_FORMAT = 1
_NAMED = ("jupyter-book", "sphinx", "sphinx-book-theme", "myst-nb", "papermill", "altair", "pandas")


@dataclass(frozen=True)
class Book:
    """A book that is in place.

    Parameters
    ----------
    index : the file to open.
    unchanged : whether it is the last one, because nothing in the stage had changed.
    failures : names of the chapters' parts that could not be made.
    """

    index: Path
    unchanged: bool
    failures: tuple[str, ...]


def make_book(
    workshop: Workshop,
    states: Sequence[PageState],
    headings: Sequence[PlanHeading],
    parts: Mapping[str, Part],
    force: bool = False,
) -> Book:
    """Make the book of these pages and put it in place of the last one.

    Parameters
    ----------
    workshop : the build.
    states : the pages, run.
    headings : the plans in the book.
    parts : what the markers of the chapters may name.
    force : build even where nothing has changed.

    Raises
    ------
    BookError : Jupyter Book failed or warned, or a chapter cannot be laid out; the last book stays.
    MachineError : disk or rights; the last book stays.
    """
    places = workshop.places
    with machine_faults():
        recover(places.site)
        remove(places.work)
        stages = [lay_out(workshop, language, states, headings, parts) for language in EDITIONS]
        for stage in stages:
            _add_charts_script(workshop, stage)
        digest = hash_json([[stage.digest() for stage in stages], _makers(workshop)])
        manifest = _manifest(states, digest)
        failures = tuple(name for stage in stages for name in stage.failures)
        index = places.site / "index.html"
        if not force and index.is_file() and _read_manifest(places.site) == manifest:
            return Book(index, True, failures)
        # A name of its own: an orphan of a killed build may still be writing into the last one.
        work = places.work / new_token()
        new = _build(stages, work)
        write_atomic(new / MANIFEST, manifest)
        swap_in(new, places.site)
        remove(places.work)
    return Book(index, False, failures)


def _build(stages: Sequence[Stage], work: Path) -> Path:
    new: Path | None = None
    for stage in stages:
        html = build_html(stage.folder, work / stage.language)
        for source, target in stage.downloads:
            _copy_downloads(source, html / target)
        if new is None:
            new = html
        else:
            html.rename(new / stage.language)
    return new


def _copy_downloads(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        placed = target / path.name
        if placed.exists() and placed.read_bytes() != path.read_bytes():
            raise BookError(
                Problem(
                    message("二つのページが同じ名前のファイルを出しています"),
                    found=path.name,
                    remedy=message("図の名前を計画とページごとに違うものにしてください"),
                )
            )
        shutil.copyfile(path, placed)


def _add_charts_script(workshop: Workshop, stage: Stage) -> None:
    """Put the script that draws charts into the stage; it takes two seconds to make, so it is kept."""
    from planbook.run import vega_asset  # noqa: PLC0415 - another person may build without charts

    hashes, places = workshop.hashes, workshop.places
    made_from = [hashes.of_file(places.lock), hashes.of_file(Path(vega_asset.__file__))]
    kept = places.cache / f"charts-{hash_json(made_from)[:16]}.js"
    if not kept.is_file():
        vega_asset.write_vega_asset(kept)
    (stage.folder / "_static").mkdir(exist_ok=True)
    shutil.copyfile(kept, stage.folder / "_static" / vega_asset.ASSET_NAME)


def _makers(workshop: Workshop) -> list[str]:
    """Return what beside the stage decides how the book looks."""
    return [
        workshop.hashes.of_file(workshop.places.lock),
        platform.python_version(),
        *(workshop.stamper.package(language) for language in EDITIONS),
    ]


def _manifest(states: Sequence[PageState], digest: str) -> str:
    pages = [
        {
            "address": f"{state.job.path}.html",
            "plan": state.job.plan_id,
            "page": state.job.page,
            "state": "failed" if state.state == "failed" else "ok",
            "notebook": state.job.notebook.name,
            "parameters": dict(state.job.parameters),
            "stamp": state.stamp.digest,
        }
        for state in states
    ]
    versions = {"planbook": version("planbook"), "python": platform.python_version()}
    versions |= {name: version(name) for name in _NAMED}
    content = {"format": _FORMAT, "book": digest, "versions": versions, "pages": pages}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _read_manifest(site: Path) -> str | None:
    try:
        return (site / MANIFEST).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
