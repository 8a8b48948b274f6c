"""Tables: the same columns on the page and in the downloads, numbers as numbers in both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.presentation.html import Html, escape
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import NO_VALUE, format_number, round_half_up


@dataclass(frozen=True)
class Column:
    """A column that readers see.

    Parameters
    ----------
    name : the column of the frame.
    title : the heading, already in the reader's language, with its unit: 人口（人）.
    decimals : digits shown behind the point; None for words.
    sign : show + before positive values.
    grouping : separate thousands; off for years.
    """

    name: str
    title: str
    decimals: int | None = None
    sign: bool = False
    grouping: bool = True

    def show(self, value: object) -> str:
        """Return one cell as readers see it; a missing value is 「-」."""
        if _is_missing(value):
            return NO_VALUE
        if self.decimals is None:
            return value.isoformat() if isinstance(value, date) else str(value)
        return format_number(value, self.decimals, sign=self.sign, grouping=self.grouping)

    def raw(self, value: object) -> object:
        """Return one cell as a spreadsheet takes it: a number rounded as shown, text, or None."""
        if _is_missing(value):
            return None
        if isinstance(value, Html):
            return value.plain()
        if self.decimals is None:
            return value.isoformat() if isinstance(value, date) else str(value)
        rounded = round_half_up(value, self.decimals)
        return int(rounded) if self.decimals <= 0 else float(rounded)


def _is_missing(value: object) -> bool:
    return value is None or (not isinstance(value, (str, Decimal, Html)) and bool(pd.isna(value)))


@dataclass(frozen=True)
class DataTable:
    """A frame with the columns that readers see.

    Parameters
    ----------
    filters : title of a filter → column of the frame with the word, or words, of each row for it.
    stacks : on a phone every row is a block of titled lines: for tables whose last column is what readers look for.
    plans : column of the frame with the plans of each row as `plan_attribute` takes them; None: rows of no plan.
    as_file : what the downloads hold, where the table on the page has several data a cell for the eye; None: the same.
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    filters: Mapping[str, str] = field(default_factory=dict)
    as_file: DataTable | None = None
    stacks: bool = False
    plans: str | None = None

    def records(self) -> list[dict[str, object]]:
        """Return the rows as a spreadsheet takes them, headings as keys."""
        return [
            {column.title: column.raw(record[column.name]) for column in self.columns}
            for record in self.frame.to_dict("records")
        ]

    def html(self, caption: str | None = None, *, label: str | None = None) -> Html:
        """Return a scrolling table; the first column names its row.

        Parameters
        ----------
        caption : stands above the table.
        label : names the table to screen readers where a caption stands elsewhere.
        """
        head = "".join(
            f'<th scope="col"{_class(column)}>{escape(column.title)}</th>' for column in self.columns
        )
        rows = "".join(
            f"<tr{self._plans(record)}{self._words(record)}>{self._cells(record)}</tr>"
            for record in self.frame.to_dict("records")
        )
        title = f"<caption>{escape(caption)}</caption>" if caption else ""
        label = escape(caption or label or text("数値の表"))
        return Html(
            f'<div class="pb-scroll" tabindex="0" role="region" aria-label="{label}">'
            f'<table class="pb-table{" pb-stacks" if self.stacks else ""}"{self._filters()}>{title}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )

    def _filters(self) -> str:
        return filter_bar(list(self.filters))

    def _words(self, record: dict[str, object]) -> str:
        return filter_words([record[name] for name in self.filters.values()])

    def _plans(self, record: dict[str, object]) -> str:
        ids = record[self.plans] if self.plans else None
        return "" if _is_missing(ids) else plan_attribute(str(ids))

    def _cells(self, record: dict[str, object]) -> str:
        cells = []
        for position, column in enumerate(self.columns):
            value = record[column.name]
            shown = value.markup if isinstance(value, Html) else escape(column.show(value))
            tag = 'th scope="row"' if position == 0 else "td"
            title = f' data-pb-title="{escape(column.title)}"' if self.stacks and position else ""
            cells.append(f"<{tag}{_class(column)}{title}>{shown}</{tag[:2]}>")
        return "".join(cells)


def _class(column: Column) -> str:
    return ' class="pb-n"' if column.decimals is not None else ""


def filter_bar(titles: Sequence[str]) -> str:
    """Return the attribute by which the page's script offers filters; without scripts every row is shown."""
    return f' data-pb-filters="{escape(json.dumps(list(titles), ensure_ascii=False))}"' if titles else ""


def filter_words(words: Sequence[str | Sequence[str] | None]) -> str:
    """Return the attribute of a row, or list item, with its word or words for each filter of the bar."""
    if not words:
        return ""
    lists = [[word] if isinstance(word, str) else list(word or ()) for word in words]
    return f' data-pb-words="{escape(json.dumps(lists, ensure_ascii=False))}"'


def plan_attribute(ids: str) -> str:
    """Return the attribute by which the page's script shows what belongs to the plans that readers chose.

    Parameters
    ----------
    ids : ids of plans, separated by blanks: shown while any of them is chosen; ``a+b`` asks for both.
        Empty: it belongs to no plan and is always shown.
    """
    return f' data-pb-plans="{escape(ids)}"' if ids else ""


def data_table(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    filters: Mapping[str, str] | None = None,
    plans: str | None = None,
) -> DataTable:
    """Make a `DataTable`; a column that the frame lacks is an error of the caller, raised at once."""
    filters = dict(filters or {})
    named = [*(column.name for column in columns), *filters.values(), *([plans] if plans else [])]
    missing = [name for name in named if name not in frame.columns]
    if missing:
        raise KeyError(f"columns not in the frame: {missing}; it has {list(frame.columns)}")
    return DataTable(frame, tuple(columns), filters, plans=plans)
