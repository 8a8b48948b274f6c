"""The stage: everything that Jupyter Book reads, laid out in one folder, and a hash of it all."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from planbook.run.chapters import ChapterWriter
from planbook.run.faults import BookError
from planbook.run.files import remove
from planbook.run.hashes import HashCache, hash_json
from planbook.run.headings import PlanHeading, escape_markdown
from planbook.run.status import make_status
from planbook.run.stub import write_stub
from planbook.run.toc import ROOT, Municipality, list_municipalities, make_toc, order_chapters
from planbook.run.workshop import PageState, Workshop
from planbook.vocabulary.catalogue import current_language, in_language, text
from planbook.vocabulary.errors import Problem, message

if TYPE_CHECKING:
    from planbook.run.chapters import Part

DOWNLOADS = "files"


@dataclass(frozen=True)
class Stage:
    """A stage that is laid out.

    Parameters
    ----------
    folder : where it is.
    language : the edition.
    downloads : folders of files for readers, by the folder of the book that they go to.
    failures : names of the chapters' parts that could not be made.
    """

    folder: Path
    language: str
    downloads: Sequence[tuple[Path, str]]
    failures: tuple[str, ...]

    def digest(self) -> str:
        """Return one hash of everything in the stage and of the files for readers."""
        cache = HashCache()
        content = cache.of_files(self.folder, sorted(p for p in self.folder.rglob("*") if p.is_file()))
        for source, target in self.downloads:
            for path, hashed in cache.of_files(source, sorted(source.iterdir())).items():
                content[f"{target}/{path}"] = hashed
        return hash_json([self.language, content])


def lay_out(
    workshop: Workshop,
    language: str,
    states: Iterable[PageState],
    headings: Iterable[PlanHeading],
    parts: Mapping[str, Part],
) -> Stage:
    """Lay out one edition, in place of the stage that is there.

    Parameters
    ----------
    workshop : the build.
    language : the edition.
    states : the pages of all editions, run.
    headings : the plans in the book.
    parts : what the markers of the chapters may name.

    Raises
    ------
    BookError : there is no root chapter, or a marker is unknown.
    """
    places = workshop.places
    folder = places.stage / language
    remove(folder)
    states = [state for state in states if state.job.language == language]
    with in_language(language):
        shutil.copytree(places.book, folder, ignore=_not_for_the_book)
        municipalities = list_municipalities(headings)
        chapters = sorted(path for path in places.book.glob("*.md"))
        writer = ChapterWriter(parts, workshop.root, make_status(states))
        for path in chapters:
            _write(folder / path.name, writer.write(path))
        for place in municipalities:
            _write(folder / f"{place.address}.md", _municipality_page(place, states))
        downloads = [download for state in states for download in _lay_page(workshop, folder, state)]
        names = [path.stem for path in chapters]
        if ROOT not in names:
            raise BookError(_no_root())
        toc = make_toc(order_chapters(names), [state.job for state in states], municipalities)
    _write(folder / "_toc.yml", _as_yaml(toc))
    _write(folder / "_config.yml", _as_yaml(_config(places.config, language)))
    return Stage(folder, language, downloads, tuple(writer.failures))


def _not_for_the_book(folder: str, names: list[str]) -> list[str]:
    # Chapters are written, not copied; editors and JupyterLab leave hidden files beside them.
    return [name for name in names if name.startswith((".", "~")) or name.endswith(".md")]


def _write(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words.encode("utf-8"))


def _as_yaml(content: object) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)


def _lay_page(workshop: Workshop, folder: Path, state: PageState) -> list[tuple[Path, str]]:
    """Put a page into the stage; return the folder of its files for readers, if any, and where it goes."""
    job, record = state.job, state.record
    target = folder / f"{job.address}.ipynb"
    if record is None or record.state == "failed":
        failure = (record and record.failure) or {"reason": text("まだ実行していない")}
        _write(target, write_stub(job, failure))
        return []
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(workshop.store.notebook(job, record), target)
    files = workshop.store.folder(job, record) / DOWNLOADS
    above = job.address.rpartition("/")[0]
    return [(files, f"{above}/{DOWNLOADS}" if above else DOWNLOADS)] if files.is_dir() else []


def _municipality_page(place: Municipality, states: Iterable[PageState]) -> str:
    lines = [f"# {escape_markdown(place.name)}", ""]
    language = current_language()
    for plan in place.plans:
        jobs = [state.job for state in states if state.job.plan_id == plan.plan_id]
        lines += [f"## {escape_markdown(plan.title[language])}", ""]
        lines += [f"- [{escape_markdown(job.title)}]({job.address.partition('/')[2]}.ipynb)" for job in jobs]
        lines.append("")
    return "\n".join(lines)


def _config(path: Path, language: str) -> object:
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config.setdefault("sphinx", {}).setdefault("config", {})["language"] = language
    return config


def _no_root() -> Problem:
    return Problem(
        message("表紙の章がありません"),
        file=f"book/{ROOT}.md",
        remedy=message("book フォルダーに {name} を置いてください", name=f"{ROOT}.md"),
    )
