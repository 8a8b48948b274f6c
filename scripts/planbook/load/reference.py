"""The short lists that give codes their names, sources and terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planbook.load.roots import DataRoot
from planbook.load.tables import Table, read_table
from planbook.vocabulary.catalogue import current_language
from planbook.vocabulary.errors import InputError, PlanbookError, Problem, message
from planbook.vocabulary.schemas import REFERENCE_TABLES
from planbook.vocabulary.schemas.fields import Row


@dataclass(frozen=True)
class Reference:
    """The reference tables of a data root, read when first asked for."""

    root: DataRoot

    def table(self, name: str) -> Table:
        """Return the table `name`, one of `REFERENCE_TABLES`."""
        return self._tables[name]

    @cached_property
    def _tables(self) -> _LazyTables:
        return _LazyTables(self.root)

    @cached_property
    def _index(self) -> dict[tuple[str, str], Row]:
        return {}

    def row(self, name: str, key: str) -> Row:
        """Return the row of table `name` whose first key column is `key`; `InputError` if there is none."""
        if (name, key) not in self._index:
            first = next(iter(REFERENCE_TABLES[name].model_fields))
            self._index.update({(name, getattr(row, first)): row for row in self.table(name).rows})
        if (name, key) not in self._index:
            raise InputError(
                Problem(
                    message("「{key}」が表にありません", key=key),
                    file=f"reference/{name}.csv",
                    found=key,
                    remedy=message("表に行を加えるか、参照している語を直してください"),
                )
            )
        return self._index[(name, key)]

    def label(self, name: str, key: str, field: str = "name") -> str:
        """Return the name of `key` in the current language (columns ``<field>_ja`` and ``<field>_en``)."""
        return getattr(self.row(name, key), f"{field}_{current_language()}")

    def editions(self, series: str | None = None) -> list[str]:
        """Return the projection editions, the newest publication first; undated ones last."""
        rows = [row for row in self.table("editions").rows if series in (None, row.series)]
        return [row.edition for row in sorted(rows, key=lambda row: row.published or "", reverse=True)]

    def theme_label(self, theme: str, generation: str) -> str:
        """Return the short name of a theme as its generation words it, else as any other one does."""
        rows = [row for row in self.table("themes").rows if row.theme == theme]
        own = [row for row in rows if row.generation == generation] or rows
        if not own:
            raise InputError(
                Problem(
                    message("テーマ「{theme}」が表にありません", theme=theme),
                    file="reference/themes.csv",
                    found=theme,
                )
            )
        return getattr(own[0], f"label_{current_language()}")


class _LazyTables(dict):
    """Read a reference table at its first use: a plan page needs three of the eight."""

    def __init__(self, root: DataRoot):
        super().__init__()
        self._root = root

    def __missing__(self, name: str) -> Table:
        path = self._root.reference_folder / f"{name}.csv"
        self[name] = read_table(path, REFERENCE_TABLES[name], self._root.shown(path))
        return self[name]


def load_reference(root: DataRoot) -> Reference:
    """Return the reference tables of `root`."""
    return Reference(root)


def reference_problems(root: DataRoot) -> list[Problem]:
    """Read every reference table and list what is wrong with them."""
    problems: list[Problem] = []
    reference = load_reference(root)
    for name in REFERENCE_TABLES:
        try:
            reference.table(name)
        except PlanbookError as error:
            problems += error.problems
    return problems
