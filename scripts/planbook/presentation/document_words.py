"""Words on the documents at hand: what they are and what they hold of the plan."""

from __future__ import annotations

from planbook.load.plan import Plan
from planbook.presentation.html import Html, escape
from planbook.presentation.page import Page
from planbook.vocabulary.catalogue import current_language, text


def quote(words: str) -> Html:
    """Return words in quotation marks, once: the document may have set them already."""
    whole = words.startswith("「") and words.endswith("」") and words.find("」") == len(words) - 1
    return Html(f"<q>{escape(words[1:-1] if whole else words)}</q>")


def coverage_note(page: Page, plan: Plan) -> Html:
    """Return what the documents at hand hold of the plan, as the data says it."""
    words = getattr(plan.file.coverage_note, current_language())
    return page.note("info", words, title=text("手元の資料について"))


def document_list(page: Page, plan: Plan) -> Html:
    """Return the documents that the page was made from."""
    english = current_language() == "en"
    items = []
    for document in plan.file.documents:
        form = document.form_en if english else document.form
        when = text("、更新 {date}", date=document.updated) if document.updated else ""
        items.append(
            page.words(
                "{publisher} {title}（{form}{when}）",
                publisher=document.publisher,
                title=quote(document.title),
                form=form,
                when=when,
            )
        )
    return page.bullets(items)
