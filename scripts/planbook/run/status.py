"""How every page stands: for the book's status chapter and for ``planbook status``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from planbook.run.stamps import Stamp
from planbook.run.workshop import PageState
from planbook.vocabulary.catalogue import plain, text

#: What a state is called, by its name in the code.
STATE_WORDS = {
    "fresh": plain("最新"),
    "stale": plain("再実行が必要"),
    "failed": plain("失敗"),
    "missing": plain("未実行"),
}

_HEADS = (plain("ページ"), plain("状態"), plain("ノートブック"), plain("内容の印"))


@dataclass(frozen=True)
class StatusRow:
    """A page in the table.

    Parameters
    ----------
    page : its name on the command line.
    plan : the title of its plan, empty for a comparison.
    title : its title.
    plan_id : the plan, None for a comparison.
    address : where it stands in the book, without suffix.
    state : one of `STATE_WORDS`.
    why : what has changed since its last run, or that this failed, in words.
    failure : why its last run failed, one sentence.
    stamp : short content stamp of what its last run was made from, empty if there was none.
    notebook : file name of its notebook.
    """

    page: str
    plan: str
    title: str
    plan_id: str | None
    address: str
    state: str
    why: tuple[str, ...]
    failure: str
    stamp: str
    notebook: str

    @property
    def state_words(self) -> str:
        """The state in the current language."""
        return text(STATE_WORDS[self.state])


@dataclass(frozen=True)
class StatusTable:
    """All pages; holds nothing that differs between two builds of the same inputs (no times)."""

    rows: tuple[StatusRow, ...]

    def counts(self) -> Mapping[str, int]:
        """Return how many pages are in each state; every state is a key."""
        return {state: 0 for state in STATE_WORDS} | Counter(row.state for row in self.rows)

    @property
    def plan_ids(self) -> tuple[str, ...]:
        """The plans that are in the book, which may be fewer than the data holds."""
        return tuple(dict.fromkeys(row.plan_id for row in self.rows if row.plan_id))

    def html(self) -> str:
        """Return the table for the status chapter, each page linked."""
        heads = "".join(f'<th scope="col">{escape(text(head))}</th>' for head in _HEADS)
        caption = escape(text("ページの状態"))
        return "\n".join(
            [
                f'<div class="pb-scroll" tabindex="0" role="region" aria-label="{caption}">',
                f'<table class="pb-table"><caption>{caption}</caption>',
                f"<thead><tr>{heads}</tr></thead>",
                "<tbody>",
                *(_html_row(row) for row in self.rows),
                "</tbody></table></div>",
            ]
        )


def _html_row(row: StatusRow) -> str:
    name = " ".join(part for part in (row.plan, row.title) if part)
    state = row.state_words + (f"（{row.failure}）" if row.failure else "")
    return (
        f'<tr><th scope="row"><a href="{escape(row.address)}.html">{escape(name)}</a></th>'
        f"<td>{escape(state)}</td><td>{escape(row.notebook)}</td><td><code>{row.stamp}</code></td></tr>"
    )


def make_status(states: Iterable[PageState]) -> StatusTable:
    """Make the table of these pages, in their order."""
    return StatusTable(tuple(_row(state) for state in states))


def _row(state: PageState) -> StatusRow:
    job = state.job
    failure = (state.record and state.record.failure) or {}
    return StatusRow(
        page=job.page,
        plan=job.heading,
        title=job.title,
        plan_id=job.plan_id,
        address=job.path,
        state=state.state,
        why=state.why,
        failure=str(failure.get("reason", "")),
        stamp=Stamp(state.record.parts).short if state.record else "",
        notebook=job.notebook.name,
    )
