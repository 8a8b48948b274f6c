"""Sentences of the overview: what is compared, and what the plans have in common."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.load.plan import Plan
from planbook.presentation.comparison.overview_views import places
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import edition_name, hindsight_words, unsigned
from planbook.summary.population_facts import gather_population
from planbook.vocabulary.catalogue import current_language, text
from planbook.vocabulary.numbers import Number, change_pct


def answer(page: Page, plans: Sequence[Plan]) -> list[Html]:
    """Compose the answer of the overview: how many plans, where their populations go, what they aim at."""
    if not plans:
        return [page.words("ならべる計画がありません。")]
    everywhere = places(plans)
    first = page.words(
        "{places}の{n}つの計画を、同じ統計と同じ形でならべました。順位はつけません。",
        places=text("、").join(place.name for _, place in everywhere),
        n=len(plans),
    )
    return [first, *_projection_sentences(page, everywhere), _target_sentence(page, plans)]


def left_out_note(page: Page, left_out: Sequence[str]) -> Html:
    """Name the plans whose data cannot be read and that are therefore not compared; nothing if there are none."""
    if not left_out:
        return Html("")
    return page.note(
        "caution",
        page.words(
            "次の計画はデータに誤りがあるため、ここにならべていません：{plans}。",
            plans=text("、").join(left_out),
        ),
        page.words("planbook check が誤りの場所と直し方を示します。"),
        title=text("ならべていない計画"),
    )


def hindsight_note(page: Page, plans: Sequence[Plan]) -> Html:
    """Say which plans are older than the projection that their targets stand beside; nothing if none is."""
    items = []
    for plan in plans:
        words = hindsight_words(page, plan, gather_population(plan))
        if words is not None:
            items.append(page.words("{plan}：{words}", plan=plan.short_title, words=words))
    return page.note("info", *items, title=text("公表の時期")) if items else Html("")


def disturbance_note(page: Page, plans: Sequence[Plan]) -> Html:
    """Name the years of each place whose changes are not ordinary ones; nothing if there are none."""
    english = current_language() == "en"
    # One sentence for what befell several places alike: the same line four times is read by nobody.
    places_of: dict[tuple[int, int, str], list[str]] = {}
    for _, place in places(plans):
        for period in place.file.disturbed_periods:
            reason = period.reason_en if english else period.reason
            places_of.setdefault((period.start, period.end, reason), []).append(place.name)
    items = [
        page.words(
            "{place} {start}〜{end}年：{reason}。",
            place=text("、").join(names),
            start=start,
            end=end,
            reason=reason,
        )
        for (start, end, reason), names in places_of.items()
    ]
    return page.note("caution", *items, title=text("ふだんと違う年")) if items else Html("")


def _projection_sentences(page: Page, everywhere) -> list[Html]:
    """Say what each projection itself projects, from its own base year; one sentence an edition."""
    groups: dict[tuple[str, int, int], list[tuple[str, Number]]] = {}
    for plan, place in everywhere:
        facts = gather_population(plan)
        if len(facts.projection) > 1:
            (base, start), (year, end) = facts.projection[0], facts.projection[-1]
            name = edition_name(plan, facts.edition)
            groups.setdefault((name, base, year), []).append((place.name, change_pct(end, start)))
    return [
        page.words(
            "{edition}では、{base}年から{year}年までに、{parts}と見込まれています。",
            edition=name,
            base=base,
            year=year,
            parts=Html(text("、").join(str(_change(page, place, share)) for place, share in changes)),
        )
        for (name, base, year), changes in groups.items()
    ]


def _change(page: Page, place: str, share: Number) -> Html:
    if share.value < 0:
        return page.words("{place}は{share}減", place=place, share=unsigned(share))
    return page.words("{place}は{share}増", place=place, share=unsigned(share))


def _target_sentence(page: Page, plans: Sequence[Plan]) -> Html:
    dated = [plan for plan in plans if any(t.year for t in plan.file.outlook.targets)]
    undated = [plan for plan in plans if plan.file.outlook.targets and plan not in dated]
    none = [plan for plan in plans if not plan.file.outlook.targets]
    parts = [
        (len(dated), text("目標年の書かれたものが{n}計画", n=len(dated))),
        (len(undated), text("目標年の書かれていないものが{n}計画", n=len(undated))),
        (len(none), text("手元の資料に載っていないものが{n}計画", n=len(none))),
    ]
    return page.words(
        "人口の目標は、{parts}です。", parts=text("、").join(words for count, words in parts if count)
    )
