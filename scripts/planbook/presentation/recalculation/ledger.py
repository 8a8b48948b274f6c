"""The ledger of recomputed statements: what is said, what comes out, and what that means, with places and replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from planbook.analysis.findings import Answered
from planbook.analysis.recalculation.checks import CAUSES, NATURES, VERDICTS, Check
from planbook.analysis.recalculation.rules import RULES
from planbook.load.plan import Plan
from planbook.presentation.html import Html, escape
from planbook.presentation.page import Page
from planbook.presentation.places import place_words
from planbook.presentation.replies import answers_of, reply_cell
from planbook.presentation.tables import (
    Column,
    DataTable,
    data_table,
    filter_bar,
    filter_words,
    plan_attribute,
)
from planbook.vocabulary.catalogue import text

#: Rooms of the page, each with what belongs there; an entry stands in the first that takes it.
ROOMS = ("extraction", "hindsight", "agreed", "open", "unwritten")


@dataclass(frozen=True)
class Entry:
    """One check with its plan and the replies to it."""

    plan: Plan
    check: Check
    answered: Answered

    @property
    def anchor(self) -> str:
        """The id of the entry in the page."""
        return f"check-{self.plan.plan_id}-{self.check.rule}-{self.check.object_id}"

    @property
    def is_slip_in_figures(self) -> bool:
        """Tell whether the document contradicts its own figures or dates: what a reader would carry on."""
        check = self.check
        own = check.verdict == "mismatch" and check.nature == "slip" and check.cause == "source"
        return own and RULES[check.rule].about == "figures"

    @property
    def short(self) -> str:
        """The quoted string with what comes out: 「10年間」（検算：… ＝ 15年）."""
        return text(
            "「{words}」（検算：{result}）",
            words=self.check.places[0].as_written,
            result=str(self.check.recomputed),
        )


def make_entries(plan: Plan, checks: Sequence[Check]) -> list[Entry]:
    """Join the checks of a plan with the replies to them."""
    answers = answers_of(plan, [check.id for check in checks], "R")
    return [Entry(plan, check, answers[check.id]) for check in checks]


def room_of(entry: Entry) -> str:
    """Tell where an entry stands on the page; what extraction did or later data show is not held against a plan."""
    check = entry.check
    if check.cause == "extraction":
        return "extraction"
    if check.verdict in ("match", "rounding"):
        return "agreed"
    if check.nature == "hindsight":
        return "hindsight"
    return "unwritten" if (check.verdict, check.nature) == ("undecidable", "unwritten") else "open"


def in_room(entries: Sequence[Entry], room: str) -> list[Entry]:
    """Return the entries of one room."""
    if room not in ROOMS:
        raise ValueError(f"room {room!r}; allowed: {', '.join(ROOMS)}")
    chosen = [entry for entry in entries if room_of(entry) == room]
    return sorted(chosen, key=_weight) if room == "open" else chosen


def _weight(entry: Entry) -> tuple[int, str]:
    """Put slips in figures before other slips, those before different ways of counting, and spelling last."""
    natures = ("slip", "concept", "wording")
    nature = entry.check.nature
    place = natures.index(nature) if nature in natures else len(natures)
    return (-1 if entry.is_slip_in_figures else place), entry.check.rule


def show_ledger(page: Page, entries: Sequence[Entry]) -> Html:
    """Return entries as a list with filters by plan, verdict and nature; nothing for no entries."""
    if not entries:
        return page.say("あてはまる記述はありません。")
    bar = filter_bar([text("計画"), text("判定"), text("性質")])
    items = "".join(_item(page, entry) for entry in entries)
    return Html(f'<ol class="pb-ledger"{bar}>{items}</ol>')


def _item(page: Page, entry: Entry) -> str:
    check, plan = entry.check, entry.plan
    words = filter_words([plan.short_title, text(VERDICTS[check.verdict]), nature_words(check)])
    lines = [
        (text("記述"), Html(escape(check.claim))),
        (text("検算"), Html(escape(check.recomputed))),
    ]
    if check.reading is not None:
        lines.append((text("読み方"), Html(escape(check.reading))))
    lines.append((text("所管課の見解"), reply_cell(entry.answered)))
    body = "".join(f"<dt>{escape(title)}</dt><dd>{value.markup}</dd>" for title, value in lines)
    return (
        f'<li id="{escape(entry.anchor)}"{plan_attribute(plan.plan_id)}{words}><p class="pb-ledger-head">{_badges(check)}'
        f"<span>{escape(plan.short_title)}</span></p><dl>{body}</dl>"
        f'<p class="pb-ledger-place">{escape(_footer(check))}</p></li>'
    )


def _footer(check: Check) -> str:
    """Return where the statement stands, which rule was used, and the id for a reply."""
    return text(
        "位置：{place}　規則：{title}　指摘ID：{id}",
        place=place_words(check.places),
        title=text(RULES[check.rule].title),
        id=check.id,
    )


def _badges(check: Check) -> str:
    verdict = f'<strong class="pb-verdict pb-verdict-{check.verdict}">{escape(text(VERDICTS[check.verdict]))}</strong>'
    more = []
    if check.cause is not None:
        more.append(text("原因：{cause}", cause=text(CAUSES[check.cause])))
    if nature_words(check):
        more.append(nature_words(check))
    return verdict + "".join(f'<span class="pb-tag">{escape(word)}</span>' for word in more)


def nature_words(check: Check) -> str:
    """Return the kind of difference; nothing for a match, and for damage of extraction, which its cause explains."""
    return "" if check.nature == "none" or check.cause == "extraction" else text(NATURES[check.nature])


def ledger_table(entries: Sequence[Entry]) -> DataTable:
    """Return the whole ledger with all its columns, one datum a cell: what the download holds."""
    rows = [
        {
            "code": entry.plan.municipality.code,
            "place_name": entry.plan.municipality.name,
            "plan_id": entry.plan.plan_id,
            "plan": entry.plan.title,
            "verdict": text(VERDICTS[entry.check.verdict]),
            "cause": text(CAUSES[entry.check.cause]) if entry.check.cause else None,
            "nature": nature_words(entry.check) or None,
            "claim": str(entry.check.claim),
            "recomputed": str(entry.check.recomputed),
            "reading": str(entry.check.reading) if entry.check.reading is not None else None,
            "place": place_words(entry.check.places),
            "reply": reply_cell(entry.answered).plain(),
            "id": entry.check.id,
        }
        for entry in entries
    ]
    titles = {
        "code": text("団体コード"), "place_name": text("団体名"), "plan": text("計画"), "plan_id": text("計画ID"),
        "verdict": text("判定"), "cause": text("原因"), "nature": text("性質"), "claim": text("記述"),
        "recomputed": text("検算"), "reading": text("読み方"), "place": text("位置"),
        "reply": text("所管課の見解"), "id": text("指摘ID"),
    }  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(titles))
    columns = [Column(name, title) for name, title in titles.items()]
    return data_table(frame, columns, plans="plan_id")
