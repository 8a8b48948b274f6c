"""Sentences and tables of the page across plans: how much was recomputed, and what came out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planbook.analysis.findings import Answered
from planbook.analysis.recalculation.checks import VERDICTS
from planbook.load.plan import Plan
from planbook.presentation.digest_words import counted
from planbook.presentation.document_words import document_list
from planbook.presentation.html import Html, escape, fold
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.recalculation.ledger import (
    Entry,
    in_room,
    ledger_table,
    make_entries,
    room_of,
    show_ledger,
)
from planbook.presentation.replies import REPLY_WORDS, answers_of, reply_words
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.recalculation.gather import gather_checks
from planbook.vocabulary.catalogue import text


def gather_entries(plans: Sequence[Plan]) -> list[Entry]:
    """Recompute every plan and join what comes out with the departments' replies, plan by plan."""
    return [entry for plan in plans for entry in make_entries(plan, gather_checks(plan))]


def answer(page: Page, entries: Sequence[Entry]) -> Html:
    """Return the answer of the page: how much was recomputed, what to read with care, what is nobody's fault."""
    if not entries:
        return page.lead([page.words("検算できる記述がありません。")])
    agreed, opened = len(in_room(entries, "agreed")), in_room(entries, "open")
    sentences = [
        page.words(
            "計画の資料にある{total}か所の記述を、その資料の数値と公的統計から検算しました。{agreed}か所は一致しました（丸めによる違いを含む）。",
            total=_count(len(entries)),
            agreed=_count(agreed),
        ),
        _open_sentence(page, opened),
    ]
    others = [
        (len(in_room(entries, "unwritten")), text("書かれていないため決まらないもの")),
        (len(in_room(entries, "extraction")), text("文字の取り出しで崩れたもの（計画の誤りではない）")),
        (len(in_room(entries, "hindsight")), text("策定の後に分かったこと（計画の誤りではない）")),
    ]
    named = [text("{what}が{count}か所", what=what, count=count) for count, what in others if count]
    if named:
        sentences.append(page.words("ほかに、{rest}あります。", rest=text("、").join(named)))
    return page.lead(sentences)


def _count(number: int):
    return counted(number, "none", text("検算の台帳"))


def _open_sentence(page: Page, opened: Sequence[Entry]) -> Html:
    """Count what to read with care, and name the slips in figures: they are what a reader would carry on."""
    if not opened:
        return page.words("確かめたいところは見つかりませんでした。")
    slips = [entry for entry in opened if entry.is_slip_in_figures]
    if not slips:
        return page.words(
            "確かめたいところは{count}か所です。数の誤記とみられるものはなく、表記の違いや数え方の違いです。",
            count=_count(len(opened)),
        )
    named = [text("{plan}：{claim}", plan=e.plan.short_title, claim=e.short) for e in slips]
    return page.words(
        "確かめたいところは{count}か所です。うち数の誤記とみられるのは{slips}か所です（{named}）。ほかは文の誤記、表記の違い、数え方の違いです。",
        count=_count(len(opened)),
        slips=_count(len(slips)),
        named=text("、").join(named),
    )


def count_table(plans: Sequence[Plan], entries: Sequence[Entry]) -> DataTable | None:
    """Return the verdicts of each plan with the kind of document they were found in; None without plans.

    Counts of several plans are no comparison: a page of twenty figures has more to recompute than one of three.
    """
    if not plans:
        return None
    rows = []
    for plan in plans:
        own = [entry for entry in entries if entry.plan is plan]
        verdicts = {
            name: sum(e.check.verdict == name and e.check.cause != "extraction" for e in own)
            for name in VERDICTS
        }
        extracted = sum(entry.check.cause == "extraction" for entry in own)
        rows.append(
            {
                "plan": plan.short_title,
                "coverage": coverage_words(plan.file),
                "total": len(own),
                **verdicts,
                "extracted": extracted,
                "plan_ids": plan.plan_id,
            }
        )
    columns = [
        Column("plan", text("計画")),
        Column("coverage", text("手元の資料")),
        Column("total", text("検算（か所）"), 0),
    ]
    columns += [
        Column(name, text("{verdict}（か所）", verdict=text(word)), 0) for name, word in VERDICTS.items()
    ]
    columns.append(Column("extracted", text("取り出しによる（か所）"), 0))
    return data_table(pd.DataFrame(rows), columns, plans="plan_ids")


def ledger(page: Page, entries: Sequence[Entry], room: str) -> Html:
    """Return the ledger of one room of the page."""
    return show_ledger(page, in_room(entries, room))


def folded_ledger(page: Page, entries: Sequence[Entry], room: str) -> Html:
    """Return the ledger of one room, folded: what agreed is there for whoever wants to see it."""
    chosen = in_room(entries, room)
    return fold(text("{count}か所を見る", count=len(chosen)), show_ledger(page, chosen))


def mended_list(page: Page, entries: Sequence[Entry]) -> Html:
    """Return the replies to what the rules no longer find: what was mended, with its history."""
    gone = _no_longer_found(entries)
    if not gone:
        return page.say("修正の記録はまだありません。")
    return page.bullets(
        [
            page.words(
                "{plan} {id}：{replies}",
                plan=plan.short_title,
                id=answered.finding,
                replies=text("、").join(reply_words(reply) for reply in answered.replies),
            )
            for plan, answered in gone
        ]
    )


def _no_longer_found(entries: Sequence[Entry]) -> list[tuple[Plan, Answered]]:
    """Return the replies to what the rules no longer find, with their plan."""
    plans = {entry.plan.plan_id: entry.plan for entry in entries}
    gone = []
    for plan in plans.values():
        found = [entry.check.id for entry in entries if entry.plan is plan]
        gone += [(plan, answered) for answered in answers_of(plan, found, "R").values() if not answered.found]
    return gone


def reply_note(page: Page, entries: Sequence[Entry]) -> Html:
    """Say how many findings have a reply: an unanswered one has not been put to anybody by this book."""
    asked = [entry for entry in entries if room_of(entry) in ("open", "unwritten")]
    answered = sum(entry.answered.state != "unanswered" for entry in asked)
    return page.note(
        "info",
        page.words(
            "それぞれに所管課の見解の欄があります。確かめたいところと決まらないところ{total}か所のうち、見解が記録されているのは{n}か所です。"
            "「{unanswered}」は、この本に見解の記録がないことを示すだけで、問い合わせに答えがなかったという意味ではありません。",
            total=len(asked),
            n=answered,
            unanswered=text(REPLY_WORDS["unanswered"]),
        ),
        title=text("所管課の見解"),
    )


def whole_ledger(page: Page, entries: Sequence[Entry]) -> Html:
    """Return the whole ledger as one table, folded, with its downloads."""
    if not entries:
        return Html("")
    sources = {
        (entry.plan.plan_id, p.document): (entry.plan, p)
        for entry in entries
        for p in entry.check.places
        if p.document
    }
    figure = page.figure(
        "ledger",
        None,
        ledger_table(entries),
        caption=text("検算の台帳（すべて）"),
        alternative="",
        sources=tuple(plan.document_source(place) for plan, place in sources.values()),
    )
    return fold(text("すべてを一つの表で見る、ダウンロードする"), figure)


def document_lists(page: Page, plans: Sequence[Plan]) -> Html:
    """Return the documents that were recomputed, plan by plan."""
    return Html("".join(document_list(page, plan).markup for plan in plans))


def method_note(page: Page) -> Html:
    """Lead to the chapter that explains every rule."""
    link = Html(f'<a href="methods.html#methods-check">{escape(text("方法"))}</a>')
    return page.say("規則ごとのやり方と許容の幅は、{link}の章にあります。", link=link)
