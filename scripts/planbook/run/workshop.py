"""The objects of one build together: places, data, hashes, stamps and pages; and which pages are stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planbook.run.hashes import HashCache
from planbook.run.jobs import Job
from planbook.run.places import Places
from planbook.run.stamps import Stamp, Stamper, why_stale
from planbook.run.store import PageStore, Record
from planbook.vocabulary.catalogue import text

if TYPE_CHECKING:
    from planbook.load.roots import DataRoot


@dataclass(frozen=True)
class PageState:
    """A page as it stands: its job, the stamp of its inputs, its last run, and why it has to run again."""

    job: Job
    stamp: Stamp
    record: Record | None
    why: tuple[str, ...]

    @property
    def state(self) -> str:
        """One of ``fresh``, ``stale``, ``failed``, ``missing`` (never run)."""
        if self.record is None:
            return "missing"
        if self.record.state == "failed":
            return "failed"
        return "stale" if self.why else "fresh"


@dataclass(frozen=True)
class Workshop:
    """What a build works with.

    Parameters
    ----------
    places : the folders.
    trial : whether its pages are trials with the user's own parameters, kept beside the book's.
    """

    places: Places
    trial: bool = False

    @cached_property
    def root(self) -> DataRoot:
        """The data."""
        from planbook.load.roots import DataRoot  # noqa: PLC0415 - slow to import

        return DataRoot(self.places.data)

    @cached_property
    def hashes(self) -> HashCache:
        """The hashes of this run, kept from build to build."""
        return HashCache(self.places.cache / "hashes.json")

    @cached_property
    def stamper(self) -> Stamper:
        """Makes the stamps."""
        return Stamper(self.places, self.root, self.hashes)

    @cached_property
    def store(self) -> PageStore:
        """The executed pages."""
        return PageStore(self.places.trials if self.trial else self.places.pages)

    def look(self, jobs: Iterable[Job], force: bool = False) -> list[PageState]:
        """Return how each page stands.

        Parameters
        ----------
        jobs : the pages.
        force : call every page stale.
        """
        states = [self._look(job, force) for job in jobs]
        self.hashes.save()
        return states

    def _look(self, job: Job, force: bool) -> PageState:
        stamp = self.stamper.stamp(job)
        record = self.store.read(job, self.hashes)
        why = why_stale(record.parts if record else None, stamp)
        if record and record.state == "failed":
            why.insert(0, text("前回失敗した"))
        if force and not why:
            why.append(text("--force が指定された"))
        return PageState(job, stamp, record, tuple(why))
