"""Beside each finding: what the department has replied (所管課の見解), when, and in which state it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planbook.analysis.findings import Answered, Reply, match_replies, read_replies
from planbook.load.plan import Plan
from planbook.presentation.html import Html, escape
from planbook.presentation.page import Page
from planbook.vocabulary.catalogue import plain, text

REPLY_WORDS = {
    "unanswered": plain("未回答"),
    "answered": plain("回答"),
    "corrected": plain("修正済"),
}


def answers_of(plan: Plan, found: Sequence[str], letter: str) -> dict[str, Answered]:
    """Return findings of one kind with their replies, history included.

    Parameters
    ----------
    found : ids of the findings that the rules make now.
    letter : K for the lint of indicators, R for the recomputation: each page shows its own replies.
    """
    replies = {k: v for k, v in read_replies(plan.frame("replies")).items() if k.startswith(letter)}
    return match_replies(found, replies)


def reply_cell(answered: Answered | None) -> Html:
    """Return state, date, department and words of every reply, oldest first; 未回答 without one."""
    if answered is None or not answered.replies:
        return Html(escape(text(REPLY_WORDS["unanswered"])))
    lines = [reply_words(reply) for reply in answered.replies]
    if answered.found and answered.state == "corrected":
        # The plan may be right and the tables of the book not yet: the mark goes when they are.
        lines.append(
            text("修正済と回答。この本のデータではまだ見つかるので、直した資料に合わせて表を直してください。")
        )
    return Html("<br>".join(escape(line) for line in lines))


def reply_words(reply: Reply) -> str:
    """Return one reply in a line."""
    return text(
        "{state}（{date}、{department}）：{words}",
        state=text(REPLY_WORDS[reply.state]),
        date=reply.date,
        department=reply.department,
        words=reply.words,
    )


def history(page: Page, answers: Mapping[str, Answered], label) -> Html:
    """Return the replies to what is no longer found: the mark is gone, its history stays.

    Parameters
    ----------
    label : says of a finding's id what it was about.
    """
    gone = [answer for answer in answers.values() if not answer.found]
    if not gone:
        return Html("")
    items = [
        page.words(
            "{what}：{replies}",
            what=label(answer.finding),
            replies=Html(" ".join(escape(reply_words(reply)) for reply in answer.replies)),
        )
        for answer in gone
    ]
    return page.note("info", page.bullets(items), title=text("いまは見つからない指摘と、その経緯"))
