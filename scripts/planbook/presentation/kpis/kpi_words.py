"""Sentences on indicators: what the document lists, and what it does not write.

Every sentence speaks of the document at hand: what is not in it is 「この資料には掲載がない」. Nothing is said
of the plan as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.kpis.lint import CODES, count_findings
from planbook.analysis.kpis.listing import Series, count_series, list_unique
from planbook.load.plan import Plan
from planbook.presentation.document_words import quote
from planbook.presentation.html import Html
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.sources import locator_words
from planbook.summary.kpis.kpi_facts import KpiFacts, PlanKpis
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.rounding import NO_VALUE

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


def answer(page: Page, kpis: PlanKpis) -> Html:
    """Return the answer of the page: what is listed, where it stands, what is not written, what to ask first."""
    sentences = {"none": _nothing, "names": _names_only, "values": _values}
    return page.lead(sentences[kpis.listing](page, kpis.plan, kpis))


def _nothing(page: Page, plan: Plan, _: PlanKpis) -> list[Html]:
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


def _names_only(page: Page, plan: Plan, kpis: PlanKpis) -> list[Html]:
    coverage = coverage_words(plan.file)
    return [
        page.words(
            "この資料（{coverage}）は、{roles}を名称だけで挙げています。",
            coverage=coverage,
            roles=_roles(kpis.series),
        ),
        page.words(
            "当初値、目標値、目標の年度は、この資料には掲載がありません。目標の大きさは、この資料からは計算できません。"
        ),
    ]


def _values(page: Page, plan: Plan, kpis: PlanKpis) -> list[Html]:
    series, counted = kpis.series, [item.series for item in kpis.counted]
    period = plan.file.period
    listed = page.words(
        "この資料（{coverage}）は、{start}〜{end}の計画として、{roles}を掲げています{groups}。",
        coverage=coverage_words(plan.file),
        start=format_fiscal_year(period.start_fiscal_year, short=True),
        end=format_fiscal_year(period.end_fiscal_year, short=True),
        roles=_roles(series),
        groups=_groups(series),
    )
    if not counted:
        return [listed, page.words("参考指標だけなので、進み具合は判定しません。")]
    ask = _ask_sentence(page, kpis)
    return [listed, _standing_sentence(page, kpis), _year_sentence(page, counted), *([ask] if ask else [])]


def _standing_sentence(page: Page, kpis: PlanKpis) -> Html:
    """Say how far the indicators have come, by class and never on average; without actuals what was planned."""
    if not kpis.with_actual:
        return page.words(
            "{pairs}実績は、この本のデータにまだありません。",
            pairs=_pair_sentence(page, [item.series for item in kpis.counted]),
        )
    return page.words(
        "{total}のうち{n}に実績があります。{parts}。",
        total=len(kpis.counted),
        n=len(kpis.with_actual),
        parts=text("。").join(_count_states(kpis)),
    )


def _count_states(kpis: PlanKpis) -> list[str]:
    """Count marks by the rule that gave them, then the verdicts of what has no mark; averages say nothing."""
    by_rule: dict[str, dict[str, int]] = {}
    others: dict[str, int] = {}
    for item in kpis.with_actual:
        judged = item.judgement.kind == "class"
        counts = by_rule.setdefault(item.judgement.rule_name, {}) if judged else others
        state = state_of(kpis, item)
        counts[state] = counts.get(state, 0) + 1
    parts = [
        text("{rule}では{marks}です", rule=rule, marks=_counts(marks)) for rule, marks in by_rule.items()
    ]
    if others:
        parts.append(text("区分のつかないものは{marks}です", marks=_counts(others)))
    return parts


def _counts(counts: dict[str, int]) -> str:
    words = [text("{mark}が{count}", mark=mark, count=count) for mark, count in sorted(counts.items())]
    return join(words)


def state_of(kpis: PlanKpis, item: KpiFacts) -> str:
    """Return the word of an indicator's state: no actual yet, the mark with its meaning, or the verdict of a direction."""
    judgement, progress = item.judgement, item.progress
    if progress.actual is None:
        return text("実績なし")
    if judgement.kind == "class":
        return mark_words(kpis, item)
    if progress.verdict_words and judgement.kind != "act":
        return progress.verdict_words
    if progress.verdict_words:
        return text("{verdict}（{meaning}）", verdict=progress.verdict_words, meaning=judgement.mark_meaning)
    if judgement.mark == NO_VALUE:
        return str(judgement.mark_meaning)
    return text("{mark}（{meaning}）", mark=judgement.mark, meaning=judgement.mark_meaning)


def mark_words(kpis: PlanKpis, item: KpiFacts) -> str:
    """Return a mark with what it means, unless the mark says it itself: A（経過に見合う進み）."""
    judgement = item.judgement
    rows = kpis.plan.reference.table("on_track_rules").rows
    row = next(row for row in rows if (row.rule, row.mark) == (judgement.rule, judgement.mark_ja))
    meaning = row.meaning_en if current_language() == "en" else row.meaning_ja
    return text("{mark}（{meaning}）", mark=judgement.mark, meaning=meaning)


def _ask_sentence(page: Page, kpis: PlanKpis) -> Html | None:
    """Name what most indicators lack: the first thing to ask for."""
    counts = count_kpi_findings(kpis)
    if not counts:
        return None
    code, count = max(counts.items(), key=lambda item: item[1])
    return page.words(
        "まず確かめたいのは「{word}」（{count}）です。直し方は「何を確かめ、何を直すとよいか」にあります。",
        word=CODES[code].word,
        count=share_words(count, len(kpis.counted)),
    )


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
    others = counts.series - counts.with_pair
    if not others:
        return page.words("{series}のすべてに、当初値と目標値が数値で書かれています。", series=counts.series)
    kinds = [
        (counts.direction_only, plain("目標が矢印だけのものが{count}")),
        (counts.without_baseline, plain("当初値のないものが{count}")),
        (counts.without_target, plain("目標値のないものが{count}")),
    ]
    rest = [text(words, count=count) for count, words in kinds if count]
    total = sum(count for count, _ in kinds)
    # One indicator may lack both: a sum that exceeds its total would look like a mistake.
    overlap = text("、重なりを含む") if total > others else ""
    return page.words(
        "当初値と目標値の両方が数値なのは{series}のうち{pairs}です。ほかの{others}は、{rest}です（{total}{overlap}）。",
        series=counts.series,
        pairs=counts.with_pair,
        others=others,
        rest=join(rest),
        total=text("のべ{total}", total=total),
        overlap=overlap,
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


def count_kpi_findings(kpis: PlanKpis) -> dict[str, int]:
    """Return how many indicators have each code, zero left out; repetitions count for K08 alone."""
    return count_findings([finding for item in kpis.facts for finding in item.findings], kpis.series)


def universal_codes(kpis: PlanKpis) -> tuple[str, ...]:
    """Return the codes that every indicator has: they are said once, not in every row."""
    total = len(kpis.counted)
    return tuple(code for code, count in count_kpi_findings(kpis).items() if count == total and total > 1)


def checklist(page: Page) -> Html:
    """Return what to look up in the full plan; for documents that list no value."""
    items = [
        text("当初値と、それがいつの値か"),
        text("目標値と、いつまでの目標か"),
        text("単位と数え方（ある時点の数、1年間の数、累計のどれか）"),
        text("アンケートによる指標なら、調査の名称と回答者数"),
    ]
    return page.note("info", page.bullets(items), title=text("計画の全文で指標を見るときに確かめること"))


def share_words(count: int, total: int) -> str:
    """Return a count with what it is of: 17のうち12, 17のすべて."""
    if count == total:
        return text("{total}のすべて", total=total)
    return text("{total}のうち{count}", total=total, count=count)
