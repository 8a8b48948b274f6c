"""The assumptions that a document states, in its own words, before anything is computed from them."""

from __future__ import annotations

from planbook.load.plan import Plan
from planbook.presentation.html import Html, escape
from planbook.presentation.page import Page
from planbook.presentation.sources import locator_words
from planbook.vocabulary.catalogue import text


def assumption_list(page: Page, plan: Plan) -> Html:
    """Quote every stated assumption with its place in the document; nothing where there is none."""
    assumptions = plan.file.outlook.assumptions
    if not assumptions:
        return Html("")
    items = []
    for item in assumptions:
        source = plan.document_source(item)
        quote = Html(f"<q>{escape(item.as_written)}</q>")
        if item.reading:
            items.append(
                page.words(
                    "{quote}（{place}。「{reading}」と読んだ）",
                    quote=quote,
                    place=locator_words(source),
                    reading=item.reading,
                )
            )
        else:
            items.append(page.words("{quote}（{place}）", quote=quote, place=locator_words(source)))
    return page.note("info", page.bullets(items), title=text("資料に書かれた仮定"))
