"""Sentences on indicators: what the document lists, and what it does not write.

Every sentence speaks of the document at hand: what is not in it is 「この資料には掲載がない」. Nothing is said
of the plan as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.kpis.gaps import GAPS, count_gaps, list_gaps
from planbook.analysis.kpis.listing import Series, count_series, describe_listing, list_unique
from planbook.load.plan import Plan
from planbook.presentation.document_words import quote
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_values import join, series_name
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.sources import locator_words
from planbook.vocabulary.catalogue import plain, text

ROLE_WORDS = {
    "target_indicator": plain("数値目標"),
    "kpi": plain("KPI（重要業績評価指標）"),
    "indicator": plain("指標"),
    "reference": plain("参考指標"),
}
#: Up to so many indicators are named beside a gap; more would bury the sentence.
NAMED = 5
#: The subject that claims.csv gives to statements such as 「KPIを設定する」.
ANNOUNCED = "kpi-announced"


def answer(page: Page, plan: Plan, series: Sequence[Series]) -> Html:
    """Return the answer of the page: what the document lists, and what it writes beside it."""
    sentences = {"none": _nothing, "names": _names_only, "values": _values}
    return page.lead(sentences[describe_listing(series)](page, plan, series))


def _nothing(page: Page, plan: Plan, _: Sequence[Series]) -> list[Html]:
    coverage = coverage_words(plan.file)
    listed = page.words(
        "この資料（{coverage}）には、指標（数値目標やKPI）の掲載がありません。", coverage=coverage
    )
    if plan.file.coverage == "full":
        return [listed]
    return [
        listed,
        page.words("計画に指標がないという意味ではありません。計画の全文で確かめる必要があります。"),
    ]


def _names_only(page: Page, plan: Plan, series: Sequence[Series]) -> list[Html]:
    coverage = coverage_words(plan.file)
    return [
        page.words(
            "この資料（{coverage}）は、{roles}を名称だけで挙げています。",
            coverage=coverage,
            roles=_roles(series),
        ),
        page.words(
            "当初値、目標値、目標の年度は、この資料には掲載がありません。目標の大きさは、この資料からは計算できません。"
        ),
    ]


def _values(page: Page, plan: Plan, series: Sequence[Series]) -> list[Html]:
    listed = page.words(
        "この資料（{coverage}）は、{roles}を掲げています{groups}。",
        coverage=coverage_words(plan.file),
        roles=_roles(series),
        groups=_groups(series),
    )
    return [listed, _pair_sentence(page, series), _year_sentence(page, series)]


def _roles(series: Sequence[Series]) -> str:
    unique = list_unique(series)
    parts = []
    for role, words in ROLE_WORDS.items():
        count = len({one.indicator for one in unique if one.role == role})
        if count:
            parts.append(text("{count}の{role}", count=count, role=text(words)))
    return join(parts)


def _groups(series: Sequence[Series]) -> str:
    """Return how the count of series differs from that of indicators, in brackets; empty when it does not."""
    counts = count_series(series)
    parts = []
    if counts.series > counts.indicators:
        groups = text("・").join(dict.fromkeys(one.group for one in series if one.group))
        parts.append(text("{groups}の区分を分けて数えると{count}", groups=groups, count=counts.series))
    if counts.listed > counts.series:
        repeated = counts.listed - counts.series
        parts.append(text("別の目標に再び掲げられたもの（{count}）は除く", count=repeated))
    return text("（{parts}）", parts=text("。").join(parts)) if parts else ""


def _pair_sentence(page: Page, series: Sequence[Series]) -> Html:
    counts = count_series(series)
    kinds = [
        (counts.direction_only, plain("目標が矢印だけのものが{count}")),
        (counts.without_baseline, plain("当初値のないものが{count}")),
        (counts.without_target, plain("目標値のないものが{count}")),
    ]
    rest = [text(words, count=count) for count, words in kinds if count]
    if not rest:
        return page.words("{series}のすべてに、当初値と目標値が数値で書かれています。", series=counts.series)
    return page.words(
        "当初値と目標値の両方が数値なのは{series}のうち{pairs}です。{rest}あります。",
        series=counts.series,
        pairs=counts.with_pair,
        rest=join(rest),
    )


def _year_sentence(page: Page, series: Sequence[Series]) -> Html:
    counts = count_series(series)
    total, dated = counts.series, counts.with_target_year
    if dated == total:
        return page.words("目標の年度は、{series}のすべてに書かれています。", series=total)
    if dated:
        return page.words(
            "目標の年度が書かれているのは、{series}のうち{dated}です。", series=total, dated=dated
        )
    return page.words(
        "目標の年度は、この資料ではどれにも書かれていません。"
        "当初値の年が書かれているのは、当初値のある{bases}のうち{dated}です。",
        bases=counts.series - counts.without_baseline,
        dated=counts.with_baseline_year,
    )


def announcements(page: Page, plan: Plan) -> Html:
    """Return what the document says itself of target figures and KPIs; nothing where it says nothing."""
    claims = plan.frame("claims")
    said = [] if claims is None else list(claims[claims["subject"] == ANNOUNCED].itertuples())
    if not said:
        return Html("")
    quotes = [
        page.words(
            "{quote}（{place}）",
            quote=quote(row.as_written),
            place=locator_words(plan.document_source(row)),
        )
        for row in said
    ]
    return page.say("指標について、資料自身は次のように書いています。") + page.bullets(quotes)


def universal_gaps(series: Sequence[Series]) -> tuple[str, ...]:
    """Return the codes that every series has: they are said once, not in every row."""
    total = len(list_unique(series))
    return tuple(code for code, count in count_gaps(series).items() if count == total and total > 1)


def gap_list(page: Page, series: Sequence[Series]) -> Html:
    """Return each kind of gap with its count and meaning; where no value is listed, what to look up."""
    if describe_listing(series) != "values":
        return _checklist(page)
    items = [_gap_item(page, code, count, series) for code, count in count_gaps(series).items()]
    if not items:
        return page.say("点検した項目に、掲載のないものはありません。")
    return page.say("表の右端にある語の意味と、あてはまる指標の数は次のとおりです。") + page.bullets(items)


def _checklist(page: Page) -> Html:
    items = [
        text("当初値と、それがいつの値か"),
        text("目標値と、いつまでの目標か"),
        text("単位と数え方（ある時点の数、1年間の数、累計のどれか）"),
        text("アンケートによる指標なら、調査の名称と回答者数"),
    ]
    return page.note("info", page.bullets(items), title=text("計画の全文で指標を見るときに確かめること"))


def _gap_item(page: Page, code: str, count: int, series: Sequence[Series]) -> Html:
    unique = list_unique(series)
    where = series if code == "K08" else unique
    concerned = [series_name(one) for one in where if code in list_gaps(one, series)]
    names = join([text("「{name}」", name=name) for name in concerned]) if count <= NAMED else ""
    return page.words(
        "{word}：{count}。{explanation}{names}",
        word=Html(f"<strong>{escape(GAPS[code].word)}</strong>"),
        count=_share(count, len(where)),
        explanation=GAPS[code].explanation,
        names=names,
    )


def _share(count: int, total: int) -> str:
    if count == total:
        return text("{total}のすべて", total=total)
    return text("{total}のうち{count}", total=total, count=count)
