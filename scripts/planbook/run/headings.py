"""What the contents and the headings of pages call a plan, its municipality and its prefecture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.vocabulary.catalogue import LANGUAGES
from planbook.vocabulary.errors import InputError, PlanbookError, Problem

#: What begins something else than words in MyST Markdown: emphasis, code, links, formulas, HTML, roles, fields.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#$~|&!^@]")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")

if TYPE_CHECKING:
    from planbook.load.roots import DataRoot


@dataclass(frozen=True)
class PlanHeading:
    """Names of a plan by language, and what keeps its file from being read.

    A plan whose file cannot be read is called by its id, so that its pages have an address to fail at.
    """

    plan_id: str
    title: Mapping[str, str]
    short_title: Mapping[str, str]
    municipality: Mapping[str, str]
    prefecture: Mapping[str, str]
    notebooks: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def municipality_code(self) -> str:
        """The 5-digit code, as the id states it."""
        return self.plan_id[:5]

    @property
    def prefecture_code(self) -> str:
        """The 2-digit code, first part of every address of this plan."""
        return self.plan_id[:2]


def read_headings(root: DataRoot, plan_ids: Iterable[str]) -> list[PlanHeading]:
    """Read the headings of plans; of each plan folder ``plan.yml`` alone is opened."""
    names = _Names(root)
    return [_read_heading(root, plan_id, names) for plan_id in plan_ids]


def _read_heading(root: DataRoot, plan_id: str, names: _Names) -> PlanHeading:
    from planbook.load.yamlfile import read_yaml  # noqa: PLC0415 - slow to import, and --help needs none of it
    from planbook.vocabulary.schemas import PlanFile  # noqa: PLC0415

    shared = {"municipality": names.municipality(plan_id[:5]), "prefecture": names.prefecture(plan_id[:2])}
    path = root.path / "plans" / plan_id / "plan.yml"
    try:
        file = read_yaml(path, PlanFile, root.shown(path))
    except PlanbookError as error:
        called = _everywhere(plan_id)
        return PlanHeading(plan_id, called, called, **shared, problems=tuple(error.problems))
    return PlanHeading(
        plan_id,
        {language: getattr(file.title, language) for language in LANGUAGES},
        {language: getattr(file.short_title, language) for language in LANGUAGES},
        **shared,
        notebooks={str(page): name for page, name in file.pages.items()},
    )


def escape_markdown(words: str) -> str:
    """Return words of the data for a place in a Markdown page where they must stay words, on one line."""
    return _ACTIVE.sub(r"\\\g<0>", _BREAKS.sub(" ", words))


class _Names:
    """Names by code; a code that has none stands for itself (the check reports it)."""

    def __init__(self, root: DataRoot):
        self._root = root

    @cache  # noqa: B019 - lives as long as one reading
    def municipality(self, code: str) -> dict[str, str]:
        from planbook.load.yamlfile import read_yaml  # noqa: PLC0415
        from planbook.vocabulary.schemas import MunicipalityFile  # noqa: PLC0415

        try:
            path: Path = self._root.municipality_folder(code) / "municipality.yml"
            name = read_yaml(path, MunicipalityFile, self._root.shown(path)).name
        except PlanbookError:
            return _everywhere(code)
        return {language: getattr(name, language) for language in LANGUAGES}

    @cache  # noqa: B019
    def prefecture(self, code: str) -> dict[str, str]:
        from planbook.load.reference import load_reference  # noqa: PLC0415

        try:
            row = load_reference(self._root).row("prefectures", code)
        except InputError:
            return _everywhere(code)
        return {"ja": row.name_ja, "en": row.name_en}


def _everywhere(name: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, name)
