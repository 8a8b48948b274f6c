"""The contents of the book: comparisons, then prefecture, municipality, plan, page, then the chapters about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from planbook.run.headings import PlanHeading
from planbook.run.jobs import Job
from planbook.vocabulary.catalogue import current_language, text

ROOT = "index"
#: The chapters of the front, in this order; others in the folder follow them by name.
FRONT = ("reading", "methods", "data", "status")
Entry = dict[str, object]


@dataclass(frozen=True)
class Municipality:
    """A municipality's own page: what it is called and the plans below it."""

    code: str
    name: str
    prefecture: str
    plans: tuple[PlanHeading, ...]

    @property
    def address(self) -> str:
        """Where its page stands, without suffix."""
        return f"{self.code[:2]}/{self.code}"


def list_municipalities(headings: Iterable[PlanHeading]) -> list[Municipality]:
    """Group plans by municipality, in the order of the codes, named in the current language."""
    language = current_language()
    ordered = sorted(headings, key=lambda heading: heading.plan_id)
    return [
        Municipality(code, plans[0].municipality[language], plans[0].prefecture[language], tuple(plans))
        for code, group in groupby(ordered, key=lambda heading: heading.municipality_code)
        for plans in [list(group)]
    ]


def order_chapters(names: Iterable[str]) -> list[str]:
    """Put the front chapters into their order; the root is not one of them."""
    there = sorted(set(names) - {ROOT})
    return [name for name in FRONT if name in there] + [name for name in there if name not in FRONT]


def make_toc(chapters: Sequence[str], jobs: Iterable[Job], municipalities: Iterable[Municipality]) -> Entry:
    """Make the contents of one edition.

    Parameters
    ----------
    chapters : names of the authored chapters beside the root, in order.
    jobs : the pages of this edition.
    municipalities : those of the plans in the book.
    """
    jobs = list(jobs)
    pages: dict[str, list[Job]] = {}
    for job in jobs:
        pages.setdefault(job.plan_id or "", []).append(job)
    compared = [{"file": job.address, "title": job.title} for job in pages.get("", [])]
    parts = [_part(text("比較"), compared)]
    for prefecture, group in groupby(municipalities, key=lambda place: place.prefecture):
        parts.append(_part(prefecture, [_municipality(place, pages) for place in group]))
    # Last, because readers come for the plans; the home page leads to how to read them.
    parts.append(_part(text("この本について"), [{"file": name} for name in chapters]))
    return {"format": "jb-book", "root": ROOT, "parts": [part for part in parts if part["chapters"]]}


def _part(caption: str, chapters: list[Entry]) -> Entry:
    return {"caption": caption, "chapters": chapters}


def _municipality(place: Municipality, pages: Mapping[str, list[Job]]) -> Entry:
    plans = [_plan(plan, pages[plan.plan_id]) for plan in place.plans]
    return {"file": place.address, "title": place.name, "sections": plans}


def _plan(plan: PlanHeading, jobs: list[Job]) -> Entry:
    """Return a plan: its first page stands for it, the others lie below."""
    first, *others = jobs
    entry: Entry = {"file": first.address, "title": plan.short_title[current_language()]}
    if others:
        entry["sections"] = [{"file": job.address, "title": job.title} for job in others]
    return entry
