"""Sentences on population: what happened, what the plan aims at, what that takes.

Each function composes one sentence from facts and leaves out what is not known. None of them states
more than its numbers: a projection is 「見込み」, a target without a year has none, and a projection
published after the plan began is said to be so.
"""

from __future__ import annotations

from dataclasses import replace

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.summary.population_facts import PopulationFacts, TargetFacts
from planbook.vocabulary.calendar_jp import format_fiscal_year, format_year
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.numbers import Number
from planbook.vocabulary.schemas.plan_file import PlanFile

COVERAGES = {
    "full": plain("全文"),
    "summary": plain("概要"),
    "draft": plain("案"),
    "web": plain("ウェブページ"),
}


def coverage_words(file: PlanFile) -> str:
    """Return what the document at hand is: 概要, 案の概要, ウェブページ …."""
    words = text(COVERAGES[file.coverage])
    return (
        text("案の{coverage}", coverage=words)
        if file.status == "draft" and file.coverage != "draft"
        else words
    )


def unsigned(number: Number) -> Number:
    """Return a change without its sign, for a sentence whose verb gives the direction."""
    return replace(number, value=abs(number.value), sign=False)


def past_sentence(page: Page, plan: Plan, facts: PopulationFacts) -> Html:
    """Say how the population changed by census, from about 15 years ago to the newest one."""
    if facts.latest is None or facts.earlier is None or facts.change is None:
        return page.words(
            "{place}の国勢調査人口は、この本のデータに2時点以上ありません。", place=plan.municipality.name
        )
    values = {
        "place": plan.municipality.name,
        "earlier_year": facts.earlier.as_of.year,
        "earlier": facts.earlier.persons,
        "year": facts.latest.as_of.year,
        "status": text("（速報）") if facts.latest.preliminary else "",
        "latest": facts.latest.persons,
        "years": facts.latest.as_of.year - facts.earlier.as_of.year,
        "change": unsigned(facts.change),
        "share": unsigned(facts.change_share) if facts.change_share else "-",
    }
    if facts.change.value < 0:
        return page.words(
            "{place}の人口（国勢調査）は、{earlier_year}年の{earlier}から{year}年{status}の{latest}へ、"
            "{years}年間で{change}（{share}）減りました。",
            **values,
        )
    if facts.change.value > 0:
        return page.words(
            "{place}の人口（国勢調査）は、{earlier_year}年の{earlier}から{year}年{status}の{latest}へ、"
            "{years}年間で{change}（{share}）増えました。",
            **values,
        )
    return page.words(
        "{place}の人口（国勢調査）は、{earlier_year}年も{year}年{status}も{latest}で、変わっていません。",
        **values,
    )


def target_sentence(page: Page, plan: Plan, facts: PopulationFacts) -> Html:
    """Say what the plan aims at and how that stands to the newest projection."""
    dated = [item for item in facts.targets if item.target.year is not None]
    undated = [item for item in facts.targets if item.target.year is None]
    if dated:
        return _dated_sentence(page, plan, facts, dated)
    if undated:
        return _undated_sentence(page, plan, facts, undated[0])
    coverage = coverage_words(plan.file)
    if not facts.projection:
        return page.words("この資料（{coverage}）には、将来人口の目標の掲載がありません。", coverage=coverage)
    year, persons = facts.projection[-1]
    return page.words(
        "この資料（{coverage}）には将来人口の目標の掲載がありません。{edition}では、{year}年に{persons}になる見込みです。",
        coverage=coverage,
        edition=edition_name(plan, facts.edition),
        year=year,
        persons=persons,
    )


def edition_name(plan: Plan, edition: str | None) -> str:
    """Return the name of a projection edition in the current language."""
    return plan.reference.label("editions", edition) if edition else "-"


def _dated_sentence(page: Page, plan: Plan, facts: PopulationFacts, dated: list[TargetFacts]) -> Html:
    aims = _join(
        [page.words("{year}年に{persons}", year=item.target.year, persons=item.persons) for item in dated]
    )
    held = [item for item in dated if item.gap is not None]
    if not held:
        return page.words("計画の目標は{aims}です。比べられる将来推計はありません。", aims=aims)
    return page.words(
        "計画の目標は{aims}です。{edition}と比べると、{gaps}。",
        aims=aims,
        edition=edition_name(plan, facts.edition),
        gaps=_gap_words(page, held),
    )


def _gap_words(page: Page, held: list[TargetFacts]) -> Html:
    """Say every gap with one verb where they all point the same way, else one by one with its year."""
    signs = {item.gap.value > 0 for item in held if item.gap.value != 0}
    if len(signs) == 1 and all(item.gap.value != 0 for item in held):
        sizes = _join([_size(page, item) for item in held])
        respectively = text("それぞれ") if len(held) > 1 else ""
        if signs == {True}:
            return page.words("{respectively}{sizes}上回ります", respectively=respectively, sizes=sizes)
        return page.words("{respectively}{sizes}下回ります", respectively=respectively, sizes=sizes)
    return _join([_one_gap(page, item) for item in held])


def _size(page: Page, item: TargetFacts) -> Html:
    return page.words(
        "{gap}（{share}）", gap=unsigned(item.gap), share=unsigned(item.gap_pct) if item.gap_pct else "-"
    )


def _one_gap(page: Page, item: TargetFacts) -> Html:
    values = {"year": item.target.year, "size": _size(page, item)}
    if item.gap.value > 0:
        return page.words("{year}年は{size}上回ります", **values)
    if item.gap.value < 0:
        return page.words("{year}年は{size}下回ります", **values)
    return page.words("{year}年は同じ人数です", **values)


def _join(parts: list[Html]) -> Html:
    return Html(text("、").join(part.markup for part in parts))


def hindsight_words(page: Page, plan: Plan, facts: PopulationFacts) -> Html | None:
    """Say that the projection came out after the plan began, so that its authors did not have it; else None."""
    published = plan.reference.row("editions", facts.edition).published if facts.edition else None
    start = plan.file.period.start_fiscal_year
    if not facts.targets or not published or published[:7] < f"{start}-04":
        return None
    return page.words(
        "比べた{edition}は{year}年の公表で、計画が始まった{start}より後のものです。策定のときには使えませんでした。",
        edition=edition_name(plan, facts.edition),
        year=published[:4],
        start=format_fiscal_year(start),
    )


def hindsight_note(page: Page, plan: Plan, facts: PopulationFacts) -> Html:
    """Return `hindsight_words` as a boxed remark; nothing where it does not apply."""
    words = hindsight_words(page, plan, facts)
    return page.note("info", words, title=text("公表の時期")) if words else Html("")


def _undated_sentence(page: Page, plan: Plan, facts: PopulationFacts, item: TargetFacts) -> Html:
    if item.crossing is None:
        return page.words(
            "計画の目標は{persons}ですが、いつの人口かはこの資料に書かれていません。", persons=item.persons
        )
    return page.words(
        "計画の目標は{persons}ですが、いつの人口かはこの資料に書かれていません。{edition}は、{year}年ごろにこの人口を下回ります。",
        persons=item.persons,
        edition=edition_name(plan, facts.edition),
        year=item.crossing.year,
    )


def pace_sentence(page: Page, facts: PopulationFacts) -> Html | None:
    """Say what yearly change the next dated target takes, beside the last observed one; None without one."""
    item = next((item for item in facts.targets if item.required is not None), None)
    if item is None or facts.pace is None or facts.latest is None:
        return None
    needed = _needed_words(page, item.required)
    if facts.pace.value < 0:
        past = page.words("年に{n}ずつ減っていました", n=_yearly(facts.pace))
    else:
        past = page.words("年に{n}ずつ増えていました", n=_yearly(facts.pace))
    return page.words(
        "{year}年の目標に届くには、{latest_year}年{status}の国勢調査人口から{needed}必要があります。直前の{span}年間は{past}。",
        year=item.target.year,
        latest_year=facts.latest.as_of.year,
        status=text("（速報）") if facts.latest.preliminary else "",
        needed=needed,
        span=facts.latest.as_of.year - facts.census[-2].as_of.year,
        past=past,
    )


def _needed_words(page: Page, required: Number) -> Html:
    if required.value > 0:
        return page.words("年に{n}ずつ増える", n=_yearly(required))
    return page.words("減少を年に{n}までにとどめる", n=_yearly(required))


def _yearly(number: Number) -> Number:
    return replace(unsigned(number), unit="persons")


def basis_note(page: Page, facts: PopulationFacts) -> Html:
    """Say that the document does not name the population its targets are counted by; nothing when it does."""
    if not any(item.target.basis == "unknown" for item in facts.targets):
        return Html("")
    sentence = page.words(
        "目標がどの統計の人口で数えられるかは、この資料に書かれていません。ここでは国勢調査と比べています。"
    )
    if not facts.register:
        return page.note("caution", sentence)
    register = facts.register[-1]
    second = page.words(
        "住民基本台帳の人口は国勢調査とは別の数です。手元で最も新しい{date}は{register}でした。",
        date=register.as_of.isoformat(),
        register=register.persons,
    )
    return page.note("caution", sentence, second)


def pace_paragraph(page: Page, facts: PopulationFacts) -> Html:
    """Say the pace sentence as a paragraph; nothing for a plan without a dated target ahead."""
    sentence = pace_sentence(page, facts)
    return Html(f"<p>{sentence}</p>" if sentence else "")


def year_words(facts: TargetFacts) -> str:
    """Return a target's year for readers: 2045年（令和27年、原文 Ｈ57）."""
    return format_year(facts.target.year) if facts.target.year else text("年の記載なし")
