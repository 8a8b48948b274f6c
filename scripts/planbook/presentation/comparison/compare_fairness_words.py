"""What a reader must know before comparing: documents, bases, undated targets, editions that some places lack."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.population import select_totals
from planbook.load.plan import Plan
from planbook.presentation.comparison.compare_labels import labels_of, plan_labels
from planbook.presentation.comparison.compare_notes import NOTES
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import coverage_words, edition_name, iso_words
from planbook.summary.comparison.comparison_facts import Comparison, PlanFacts
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.vocabulary.catalogue import current_language, text


def fairness_note(page: Page, comparison: Comparison) -> Html:
    """List what stands in the way of a fair comparison; nothing without plans."""
    makers = (_documents, _unlisted, _undated, _bases, _preliminary)
    items = [words for make in makers if (words := make(page, comparison)) is not None]
    return page.note("caution", *items, title=text("公平に読むために")) if items else Html("")


def figure_notes(page: Page, comparison: Comparison, key: str) -> Html:
    """Return the numbered notes that belong right below the figure `key`; nothing where there are none."""
    notes = NOTES[key](page, comparison)
    return Html("<ol>" + "".join(f"<li>{note}</li>" for note in notes) + "</ol>") if notes else Html("")


def _names(comparison: Comparison, rows: Sequence[PlanFacts]) -> str:
    labels = plan_labels([row.plan for row in comparison.plans])
    return text("、").join(labels[row.plan.plan_id] for row in rows)


def _documents(page: Page, comparison: Comparison) -> Html | None:
    return documents_sentence(page, [row.plan for row in comparison.plans])


def documents_sentence(page: Page, plans: Sequence[Plan]) -> Html | None:
    """Say what the documents at hand are; None where each of them is a full text."""
    kinds: dict[str, int] = {}
    for plan in plans:
        kind = coverage_words(plan.file)
        kinds[kind] = kinds.get(kind, 0) + 1
    if not any(plan.file.coverage != "full" for plan in plans):
        return None
    parts = text("、").join(text("{kind}が{n}計画", kind=kind, n=n) for kind, n in kinds.items())
    return page.words(
        "手元の資料は、{parts}です。載っていないことは、計画にないこととは限りません。", parts=parts
    )


def _unlisted(page: Page, comparison: Comparison) -> Html | None:
    rows = [row for row in comparison.plans if not row.ambitions]
    if not rows:
        return None
    return page.words("人口の目標が手元の資料に載っていない計画：{plans}。", plans=_names(comparison, rows))


def _undated(page: Page, comparison: Comparison) -> Html | None:
    rows = [row for row in comparison.plans if any(i.facts.target.year is None for i in row.ambitions)]
    if not rows:
        return None
    return page.words(
        "目標の年が手元の資料に書かれていない計画：{plans}。年がないので、推計との差も必要な歩みも示していません。",
        plans=_names(comparison, rows),
    )


def _bases(page: Page, comparison: Comparison) -> Html | None:
    rows = [row for row in comparison.plans if any(i.facts.target.basis == "unknown" for i in row.ambitions)]
    if not rows:
        return None
    return page.words(
        "目標がどの統計の人口で数えられるかが書かれていない計画：{plans}。ここでは国勢調査と、国勢調査をもとにした推計と比べています。",
        plans=_names(comparison, rows),
    )


def _preliminary(page: Page, comparison: Comparison) -> Html | None:
    rows = [place for place in comparison.places if _is_preliminary(place)]
    if not rows:
        return None
    years = text("、").join(
        str(year) for year in sorted({place.population.latest.as_of.year for place in rows})
    )
    return page.words(
        "{years}年の国勢調査は速報値で、年齢別の人口はこの本にまだありません。年齢の割合は、その前の国勢調査によります。",
        years=years,
    )


def _is_preliminary(place: PlaceFacts) -> bool:
    latest = place.population.latest
    return bool(latest and latest.preliminary and place.now and place.now.year < latest.as_of.year)


def editions_note(page: Page, comparison: Comparison) -> Html:
    """Say which editions of IPSS the places lack that were in force or came out since the plans began."""
    items = []
    for edition in _editions_since(comparison):
        words = _edition_words(page, comparison, edition)
        if words is not None:
            items.append(words)
    return page.note("info", *items, title=text("将来推計の版")) if items else Html("")


def _editions_since(comparison: Comparison) -> list[str]:
    """Return editions from the one in force when the earliest of the plans began, the oldest first."""
    if not comparison.plans:
        return []
    reference = comparison.plans[0].plan.reference
    start = min(row.plan.file.period.start_fiscal_year for row in comparison.plans)
    newest_first = reference.editions("ipss")
    chosen = []
    for edition in newest_first:
        chosen.append(edition)
        published = reference.row("editions", edition).published
        if published and published[:7] < f"{start}-04":
            break
    return chosen[::-1]


def _edition_words(page: Page, comparison: Comparison, edition: str) -> Html | None:
    labels = labels_of(comparison)
    held = {place.code: _totals(place, edition) for place in comparison.places}
    have = [labels[code] for code, totals in held.items() if len(totals) > 1]
    lack = [labels[code] for code, totals in held.items() if len(totals) <= 1]
    if not lack:
        return None
    plan = comparison.plans[0].plan
    name = edition_name(plan, edition)
    published = plan.reference.row("editions", edition).published
    values = {"edition": name, "published": iso_words(published) if published else "-"}
    if not have:
        return page.words(
            "{edition}（{published}公表）の値は、ここにならべたどの市区町村についても、この本にありません。{remark}",
            remark=_remark(plan, edition),
            **values,
        )
    return page.words(
        "{edition}（{published}公表）の値があるのは{have}で、{lack}にはありません。{remark}",
        have=text("、").join(have),
        lack=text("、").join(lack),
        remark=_remark(plan, edition),
        **values,
    )


def _totals(place: PlaceFacts, edition: str):
    return select_totals(place.plan.municipality.frame("projections"), edition)


def _remark(plan, edition: str) -> str:
    """Return what the list of sources notes of an edition; nothing where it has no source of that name."""
    row = next((row for row in plan.reference.table("sources").rows if row.source_id == edition), None)
    note = (row.note_en if current_language() == "en" else row.note) if row else None
    return text("（出典の備考：{note}）", note=note) if note else ""
