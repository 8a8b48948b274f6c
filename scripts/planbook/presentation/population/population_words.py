"""Sentences on population: what happened, what the plan aims at, what that takes.

Each function composes one sentence from facts and leaves out what is not known. None of them states
more than its numbers: a projection is 「見込み」, where its line falls below a target is said of the line, for that day
may be past; a target without a year has none, and a projection published after the plan began is said to be so.
"""

from __future__ import annotations

from dataclasses import replace

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.summary.population_facts import PopulationFacts, TargetFacts
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.numbers import Number
from planbook.vocabulary.schemas.plan_file import PlanFile, PopulationTarget

CONCEPTS = {
    "census": plain("国勢調査"),
    "register": plain("住民基本台帳"),
    "monthly_estimate": plain("推計人口"),
    "projection": plain("将来推計"),
    "unknown": plain("資料に記載なし"),
}
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


def rough_gap(number: Number, target: PopulationTarget) -> Number:
    """Return a distance from a target without its sign, shown one digit finer than a rough target is.

    «About 100,000», rounded to ten thousand, is no figure to count single persons from: 9,015 is shown as 9,000. The
    value itself stays as it is, for tables and computations.
    """
    bare = unsigned(number)
    digits = target.precision.adjusted() - 1
    return replace(bare, decimals=-digits) if bare.qualifier == "about" and digits > 0 else bare


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
        "計画の目標は{aims}です。{edition}と比べると、{gaps}。{rest}",
        aims=aims,
        edition=edition_name(plan, facts.edition),
        gaps=_gap_words(page, held) if len(held) == len(dated) else _join([_one_gap(page, i) for i in held]),
        rest=_not_compared(page, [item for item in dated if item.gap is None]),
    )


def _not_compared(page: Page, items: list[TargetFacts]) -> Html:
    if not items:
        return Html("")
    years = text("、").join(text("{year}年", year=item.target.year) for item in items)
    return page.words("{years}には、比べられる推計の値がありません。", years=years)


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
    """Say that the projection is younger than the plan; None where it is not, or there is nothing to compare.

    Only an adoption date can show that its authors did not have it; the start of the plan shows less.
    """
    published = plan.reference.row("editions", facts.edition).published if facts.edition else None
    if not published or not any(item.gap for item in facts.targets):
        return None
    edition = edition_name(plan, facts.edition)
    adopted, start = plan.file.adopted, plan.file.period.start_fiscal_year
    if adopted and adopted < published[: len(adopted)]:
        return page.words(
            "比べた{edition}は{published}の公表で、計画の策定（{adopted}）より後のものです。策定のときには使えませんでした。",
            edition=edition,
            published=iso_words(published),
            adopted=iso_words(adopted),
        )
    if not adopted and published[:7] >= f"{start}-04":
        return page.words(
            "比べた{edition}は{published}の公表で、計画が始まった{start}より後のものです。",
            edition=edition,
            published=iso_words(published),
            start=format_fiscal_year(start),
        )
    return None


def iso_words(iso: str) -> str:
    """Return an ISO date, month or year for readers: 2023年12月."""
    year, month, day = (int(part) for part in (iso + "-0-0").split("-")[:3])
    if day:
        return text("{year}年{month}月{day}日", year=year, month=month, day=day)
    return text("{year}年{month}月", year=year, month=month) if month else text("{year}年", year=year)


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
        "計画の目標は{persons}ですが、いつの人口かはこの資料に書かれていません。"
        "{edition}の線は、{when}にこの人口を下回ります。",
        persons=item.persons,
        edition=edition_name(plan, facts.edition),
        when=_crossing_words(page, item),
    )


def _crossing_words(page: Page, item: TargetFacts) -> Html:
    """Say the year of a crossing, and the span of years that a rough target (約, 程度) leaves open."""
    if item.crossing_range is None:
        return page.words("{year}年ごろ", year=item.crossing.year)
    first, last = item.crossing_range
    half = replace(item.persons, value=item.target.precision / 2, qualifier="exact", source=None)
    return page.words(
        "{year}年ごろ（上下に{half}の幅をみれば{first}〜{last}年）",
        year=item.crossing.year,
        half=half,
        first=first.year,
        last=last.year,
    )


def pace_sentence(page: Page, facts: PopulationFacts) -> Html | None:
    """Say what the next dated target takes a year from today, beside what was; None without such a target."""
    item = _next_target(facts)
    if item is None:
        return None
    return page.words(
        "{year}年の目標に届くには、国勢調査で数えて、{latest_year}年{status}から{needed}必要があります。{past}",
        year=item.target.year,
        latest_year=facts.latest.as_of.year,
        status=text("（速報）") if facts.latest.preliminary else "",
        needed=_needed_words(page, item.required),
        past=_past_words(page, facts),
    )


def _next_target(facts: PopulationFacts) -> TargetFacts | None:
    if facts.pace is None or facts.latest is None:
        return None
    return next((item for item in facts.targets if item.required is not None), None)


def pace_at_start_sentence(page: Page, facts: PopulationFacts) -> Html | None:
    """Say what the same target took a year when the plan began: today's distance is hindsight."""
    item = _next_target(facts)
    if item is None or item.required_at_start is None or item.at_start.as_of == facts.latest.as_of:
        return None
    return page.words(
        "計画の始まる前の{start_year}年の国勢調査から数えると、{year}年の目標は、{needed}ものでした。",
        start_year=item.at_start.as_of.year,
        year=item.target.year,
        needed=_needed_words(page, item.required_at_start),
    )


def _past_words(page: Page, facts: PopulationFacts) -> Html:
    values = {"start": facts.census[-2].as_of.year, "end": facts.latest.as_of.year, "n": _yearly(facts.pace)}
    if facts.pace.value < 0:
        return page.words("{start}〜{end}年は、年に{n}ずつ減りました。", **values)
    if facts.pace.value > 0:
        return page.words("{start}〜{end}年は、年に{n}ずつ増えました。", **values)
    return page.words("{start}〜{end}年は、変わりませんでした。", **values)


def _needed_words(page: Page, required: Number) -> Html:
    if required.value > 0:
        return page.words("年に{n}ずつ増える", n=_yearly(required))
    if required.value < 0:
        return page.words("減少を年に{n}までにとどめる", n=_yearly(required))
    return page.words("人口を保つ")


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
        date=iso_words(register.as_of.isoformat()),
        register=register.persons,
    )
    return page.note("caution", sentence, second)


def series_note(page: Page, plan: Plan) -> Html:
    """Say what the tables note of the drawn series (whom the register counts, boundaries); nothing if none."""
    population = plan.municipality.frame("population")
    rows = population[population["note"].notna()] if population is not None else None
    if rows is None or rows.empty:
        return Html("")
    items = []
    for (concept, note), group in rows.groupby(["concept", "note"], sort=False):
        start, end = min(group["as_of"]).year, max(group["as_of"]).year
        years = (
            text("{year}年", year=start) if start == end else text("{start}〜{end}年", start=start, end=end)
        )
        items.append(
            page.words(
                "{concept}（{years}）：{note}。", concept=text(CONCEPTS[concept]), years=years, note=note
            )
        )
    return page.note("info", *items, title=text("線の読み方"))


def pace_paragraph(page: Page, facts: PopulationFacts) -> Html:
    """Say the pace from today and from the plan's start; nothing for a plan without a dated target ahead."""
    said = [s for s in (pace_sentence(page, facts), pace_at_start_sentence(page, facts)) if s is not None]
    return Html("".join(f"<p>{sentence}</p>" for sentence in said))
