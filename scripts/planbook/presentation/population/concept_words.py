"""Sentences on the ways of counting: where a target stands on each, how they are bridged, what editions missed."""

from __future__ import annotations

from dataclasses import replace

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.concept_views import BASES, target_name
from planbook.presentation.population.population_words import edition_name, iso_words, rough_gap, unsigned
from planbook.presentation.population.trend_rows import month_words
from planbook.summary.concept_facts import ConceptFacts
from planbook.summary.population_facts import PopulationFacts
from planbook.summary.target_states import Standing, TargetState
from planbook.summary.vintage_facts import edition_gap, gather_vintages, list_baseless
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.numbers import Number

#: What is said of a figure by its position; "already" and "not yet" only where the plan began above its target.
STANDINGS = {
    ("below", "from above"): plain("{basis}では、{date}{status}の{persons}が、すでに{gap}下回っています。"),
    ("below", ""): plain("{basis}では、{date}{status}の{persons}が、{gap}下回っています。"),
    ("above", "from above"): plain(
        "{basis}では、{date}{status}の{persons}が{gap}上回っており、まだ下回っていません。"
    ),
    ("above", ""): plain("{basis}では、{date}{status}の{persons}が、{gap}上回っています。"),
    ("same", ""): plain("{basis}では、{date}{status}の{persons}で、目標と同じ人数です。"),
    ("within", ""): plain("{basis}では、{date}{status}の{persons}は、およその目標が表す幅の中にあります。"),
    ("overlaps", ""): plain(
        "{basis}では、{date}{status}の{persons}の幅が目標にかかり、下回ったとも上回ったともいえません。"
    ),
}


def target_states(page: Page, plan: Plan, facts: PopulationFacts, concepts: ConceptFacts) -> Html:
    """Say for each target where it stands on each basis; nothing without a target."""
    items = [_one_target(page, plan, facts, state) for state in concepts.targets]
    if not items:
        return Html("")
    return Html("".join(f"<p>{item}</p>" for item in [*items, *_other_dates(page, concepts)]))


def _one_target(page: Page, plan: Plan, facts: PopulationFacts, state: TargetState) -> Html:
    parts = [_standing_words(page, standing, state) for standing in state.standings]
    if not parts:
        parts = [page.words("比べられる実績の人口がありません。")]
    parts.append(_fall_words(page, plan, facts, state))
    return page.words(
        "目標「{target}」：{parts}",
        target=target_name(state),
        parts=Html("".join(part.markup for part in parts if part.markup)),
    )


def _standing_words(page: Page, standing: Standing, state: TargetState) -> Html:
    values = {
        "basis": text(BASES[standing.basis]),
        "date": iso_words(standing.as_of.isoformat()),
        "status": text("（速報）") if standing.preliminary else "",
        "persons": _with_interval(page, standing),
        "gap": rough_gap(standing.gap, state.facts.target),
    }
    crossed = state.from_above and (standing.position, "from above") in STANDINGS
    template = STANDINGS[(standing.position, "from above") if crossed else (standing.position, "")]
    return page.words(template, **values)


def _with_interval(page: Page, standing: Standing) -> Html | Number:
    if standing.interval is None:
        return standing.persons
    low, high = standing.interval
    return page.words("{persons}（{low}〜{high}）", persons=standing.persons, low=low, high=high)


def _fall_words(page: Page, plan: Plan, facts: PopulationFacts, state: TargetState) -> Html:
    edition = edition_name(plan, facts.edition)
    if state.falls == "no_projection":
        return page.words("比べられる将来推計はありません。")
    first, last = facts.projection[0], facts.projection[-1]
    if state.falls == "already":
        return page.words(
            "{edition}では、始めの{year}年の{persons}から、目標を上回りません。",
            edition=edition,
            year=first[0],
            persons=first[1],
        )
    if state.falls == "never":
        return page.words(
            "{edition}では、最後の{year}年の{persons}でも目標を下回りません。",
            edition=edition,
            year=last[0],
            persons=last[1],
        )
    return page.words(
        "{edition}の線は、{when}{spread}に{target}を下回ります。",
        edition=edition,
        when=month_words(state.facts.crossing),
        spread=_spread_words(page, state),
        target=state.facts.persons,
    )


def _spread_words(page: Page, state: TargetState) -> Html:
    span = state.facts.crossing_range
    if span is None:
        return Html("")
    half = state.facts.target.precision / 2
    return page.words(
        "（目標の上下に{half}の幅をみれば{first}〜{last}年）",
        half=replace(state.facts.persons, value=half, qualifier="exact", source=None),
        first=span[0].year,
        last=span[1].year,
    )


def _other_dates(page: Page, concepts: ConceptFacts) -> list[Html]:
    """Warn where the bases are of different dates: their distance is then not one of counting alone."""
    days = {standing.as_of for state in concepts.targets for standing in state.standings}
    if len(days) < 2:
        return []
    return [
        page.words("数え方によって手元の最も新しい時点が違うので、上の差のすべてが数え方の差ではありません。")
    ]


def bridge_note(page: Page, concepts: ConceptFacts) -> Html:
    """Say how register and census stand to each other, and what the bridged values are; nothing without a ratio."""
    if not concepts.ratios:
        return Html("")
    ratios = text("、").join(
        page.words("{year}年は{ratio}", year=ratio.as_of.year, ratio=ratio.ratio).markup
        for ratio in concepts.ratios
    )
    paragraphs = [
        page.words(
            "住民基本台帳の人口を10月1日に直し、その日の国勢調査の人口で割った比は、{ratios}でした。",
            ratios=Html(ratios),
        )
    ]
    if concepts.used is not None:
        paragraphs.append(_interval_words(page, concepts))
    return page.note("info", *paragraphs, title=text("接続値の作り方"))


def _interval_words(page: Page, concepts: ConceptFacts) -> Html:
    values = {"year": concepts.used.as_of.year, "width": concepts.half_width}
    if not concepts.drift_known:
        return page.words(
            "接続値は、そのあとの住民基本台帳の人口を{year}年の比で割った値です。比がどれだけ動くかは1回の国勢調査からは分からないので、"
            "上下の幅は最小の{width}です。国勢調査の線にも住民基本台帳の線にもつなぎません。",
            **values,
        )
    return page.words(
        "接続値は、そのあとの住民基本台帳の人口を{year}年の比で割った値です。比は動くので、2回の国勢調査のあいだの動き（少なくとも0.5%）にあたる"
        "上下{width}の幅を付けます。国勢調査の線にも住民基本台帳の線にもつなぎません。",
        **values,
    )


def vintage_sentences(page: Page, plan: Plan) -> Html:
    """Say what each edition had expected of each census, one sentence each, and which edition cannot be compared.

    Nothing where no year is in common and every edition has a base.
    """
    frame = gather_vintages(plan)
    items = [_vintage_words(page, plan, row) for row in frame.itertuples() if row.variant == "standard"]
    remarks = [_closed_words(page)] if items and not frame[frame["variant"] == "closed"].empty else []
    remarks += [
        page.words(
            "{edition}は、基準の国勢調査の年が分からないので、国勢調査と比べていません。",
            edition=edition_name(plan, edition),
        )
        for edition in list_baseless(plan)
    ]
    said = page.bullets(items) if items else Html("")
    return said + Html("".join(f"<p>{words}</p>" for words in remarks))


def _vintage_words(page: Page, plan: Plan, row) -> Html:
    projected, actual, gap, share = edition_gap(plan, row)
    values = {
        "edition": edition_name(plan, row.edition),
        "base": row.base_year,
        "year": row.year,
        "projected": projected,
        "actual": actual,
        "status": text("（速報）") if row.status == "preliminary" else "",
        "gap": unsigned(gap),
        "share": unsigned(share) if share else "-",
    }
    if gap.value > 0:
        return page.words(
            "{edition}（{base}年基準）は、{year}年を{projected}と見込みました。国勢調査{status}の{actual}より{gap}（{share}）高く見込んでいました。",
            **values,
        )
    if gap.value < 0:
        return page.words(
            "{edition}（{base}年基準）は、{year}年を{projected}と見込みました。国勢調査{status}の{actual}より{gap}（{share}）低く見込んでいました。",
            **values,
        )
    return page.words(
        "{edition}（{base}年基準）は、{year}年を{projected}と見込み、国勢調査{status}と同じでした。", **values
    )


def _closed_words(page: Page) -> Html:
    return page.words(
        "表の「封鎖人口」は、転入も転出もないとした場合の計算で、見込みではありません。国勢調査との差は、推計の誤差ではなく、移動の影響を多く含みます。"
    )
