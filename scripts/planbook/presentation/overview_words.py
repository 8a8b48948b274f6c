"""Sentences of the overview: what is compared, and what the plans have in common."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.overview_views import places
from planbook.presentation.page import Page
from planbook.presentation.population_words import edition_name, unsigned
from planbook.summary.population_facts import gather_population
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import change_pct


def answer(page: Page, plans: Sequence[Plan]) -> list[Html]:
    """Compose the answer of the overview: how many plans, where their populations go, what they aim at."""
    everywhere = places(plans)
    first = page.words(
        "{places}の{n}つの計画を、同じ統計と同じ形でならべました。順位はつけません。",
        places=text("、").join(place.name for _, place in everywhere),
        n=len(plans),
    )
    return [first, *_projection_sentences(page, everywhere), _target_sentence(page, plans)]


def _projection_sentences(page: Page, everywhere) -> list[Html]:
    changes = []
    for plan, place in everywhere:
        facts = gather_population(plan)
        if facts.latest and facts.projection:
            year, persons = facts.projection[-1]
            changes.append((place, facts, year, change_pct(persons, facts.latest.persons)))
    if not changes:
        return []
    parts = text("、").join(
        str(page.words("{place}は{share}減", place=place.name, share=unsigned(share)))
        if share.value < 0
        else str(page.words("{place}は{share}増", place=place.name, share=unsigned(share)))
        for place, _, _, share in changes
    )
    plan, facts, year = everywhere[0][0], changes[0][1], changes[0][2]
    return [
        page.words(
            "{edition}では、{base}年の国勢調査{status}から{year}年までに、{parts}と見込まれています。",
            edition=edition_name(plan, facts.edition),
            base=facts.latest.as_of.year,
            status=text("（速報）") if facts.latest.preliminary else "",
            year=year,
            parts=Html(parts),
        )
    ]


def _target_sentence(page: Page, plans: Sequence[Plan]) -> Html:
    dated = [plan for plan in plans if any(t.year for t in plan.file.outlook.targets)]
    undated = [plan for plan in plans if plan.file.outlook.targets and plan not in dated]
    none = [plan for plan in plans if not plan.file.outlook.targets]
    return page.words(
        "人口の目標は、年つきで載っているものが{dated}計画、年の書かれていないものが{undated}計画、手元の資料に載っていないものが{none}計画です。",
        dated=len(dated),
        undated=len(undated),
        none=len(none),
    )
