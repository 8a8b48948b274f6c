"""The executed pages in ``build/pages``: a page's folder and the record that names it.

A page is written into a folder with a name of its own; then its record, one small file that names the
folder, is replaced in one step. A build killed at any moment leaves the old record or the new one, and
what no record names is swept away at the next start.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from planbook.run.failure import PageFailure
from planbook.run.files import UNFINISHED, new_token, remove, remove_empty_folders, write_atomic
from planbook.run.hashes import HashCache, hash_text
from planbook.run.jobs import Job

_FORMAT = 1


@dataclass(frozen=True)
class Record:
    """What is known of a page's last run.

    Parameters
    ----------
    state : ``ok`` or ``failed``.
    folder : name of the folder beside the record that holds the page, or the failed notebook.
    parts : the parts of the stamp that it was run with.
    files : hashes of the page and its downloads by path in the folder.
    failure : reason, cell and excerpt of a failed page.
    """

    state: str
    folder: str
    parts: Mapping[str, object]
    files: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    failure: Mapping[str, object] | None = None


class PageStore:
    """Reads and writes executed pages.

    Parameters
    ----------
    top : ``build/pages``.
    """

    def __init__(self, top: Path):
        self.top = top

    def record_path(self, job: Job) -> Path:
        """Return the path of a job's record."""
        return self.top / f"{job.path}.json"

    def folder(self, job: Job, record: Record) -> Path:
        """Return the folder of a page."""
        return self.record_path(job).parent / record.folder

    def notebook(self, job: Job, record: Record) -> Path:
        """Return the executed notebook of a page."""
        return self.folder(job, record) / f"{job.name}.ipynb"

    def read(self, job: Job, hashes: HashCache | None = None) -> Record | None:
        """Return a job's record; None if it is missing, damaged, or its page is not as it was written.

        Parameters
        ----------
        job : the job.
        hashes : checks the page's files where given.
        """
        try:
            content = json.loads(self.record_path(job).read_text(encoding="utf-8"))
            if content.pop("format") != _FORMAT:
                return None
            record = Record(**{**content, "warnings": tuple(content["warnings"])})
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        folder = self.folder(job, record)
        if hashes and any(hashes.of_file(folder / name) != digest for name, digest in record.files.items()):
            return None
        return record

    def keep_page(self, job: Job, notebook: str, downloads: Path, record: Record) -> Record:
        """Write a page with its downloads, then its record in place of the old one."""
        folder = self._new_folder(job)
        try:
            (folder / f"{job.name}.ipynb").write_bytes(notebook.encode("utf-8"))
            if any(downloads.iterdir()):
                shutil.copytree(downloads, folder / "files")
            cache = HashCache()
            files = cache.of_files(folder, sorted(path for path in folder.rglob("*") if path.is_file()))
            if files[f"{job.name}.ipynb"] != hash_text(notebook):
                raise OSError(f"{folder}: written otherwise than meant")
            return self._replace(job, record, folder, files)
        except BaseException:
            remove(folder)
            raise

    def keep_failure(self, job: Job, failure: PageFailure, record: Record) -> Record:
        """Write down that a page failed; its last good version is given up, because it would mislead."""
        folder = self._new_folder(job)
        try:
            if failure.notebook is not None:
                (folder / f"{job.name}.ipynb").write_bytes(failure.notebook.encode("utf-8"))
            return self._replace(job, record, folder, {})
        except BaseException:
            remove(folder)
            raise

    def _new_folder(self, job: Job) -> Path:
        folder = self.record_path(job).parent / f"{job.name}.{new_token()}"
        folder.mkdir(parents=True)
        return folder

    def _replace(self, job: Job, record: Record, folder: Path, files: Mapping[str, str]) -> Record:
        old = self.read(job)
        record = Record(**{**asdict(record), "folder": folder.name, "files": dict(files)})
        content = {"format": _FORMAT, **asdict(record)}
        words = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
        write_atomic(self.record_path(job), words)
        if old is not None and old.folder != folder.name:
            remove(self.folder(job, old))
        return record

    def sweep(self, jobs: Iterable[Job]) -> list[str]:
        """Remove what no job of `jobs` stands for: pages of plans that are gone, and unfinished writing.

        Returns
        -------
        addresses of the pages that were removed.
        """
        if not self.top.is_dir():
            return []
        current = {self.record_path(job): job for job in jobs}
        records = [(job, self.read(job)) for job in current.values()]
        kept = {self.folder(job, record) for job, record in records if record is not None}
        gone = []
        for path in sorted(self.top.rglob("*.json")):
            if path not in current and not any(map(_is_page, path.relative_to(self.top).parents)):
                gone.append(path.relative_to(self.top).with_suffix("").as_posix())
                remove(path)
        for path in sorted(self.top.rglob("*")):
            if path.name.startswith(UNFINISHED) or (path.is_dir() and _is_page(path) and path not in kept):
                remove(path)
        remove_empty_folders(self.top)
        return gone


def _is_page(folder: Path) -> bool:
    name, dot, token = folder.name.rpartition(".")
    return bool(name and dot and len(token) == 8)
