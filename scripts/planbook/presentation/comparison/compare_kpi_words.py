"""Sentences on the indicators of several plans: what their documents list, and what can be compared of it."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.presentation.comparison.compare_fairness_words import documents_sentence
from planbook.presentation.comparison.compare_kpi_labels import count_plans, labels_of, who_plans
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import Page
from planbook.presentation.tables import plan_attribute
from planbook.summary.comparison.kpi_comparison import KpiComparison, PlanIndicators
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import format_number

#: Items that stand open in a list; a longer one is folded.
MOST_ITEMS = 12


def answer(page: Page, comparison: KpiComparison) -> list[Html]:
    """Compose the answer of the page: how many plans list what, and what can be compared of it."""
    if not comparison.plans:
        return [page.words("ならべる計画がありません。")]
    if len(comparison.plans) == 1:
        return [
            page.words(
                "{place}の1計画だけです。ならべる相手がないので、比べることはできません。",
                place=comparison.plans[0].plan.municipality.name,
            )
        ]
    said = [_listing_sentence(page, comparison)]
    if comparison.listing:
        said.append(_run_on(page, _pair_sentence(page, comparison), _actual_sentence(page, comparison)))
    return [*said, _consequence(page, comparison)]


def _run_on(page: Page, first: Html, second: Html) -> Html:
    """Put two sentences behind each other, with the space that the language of the run wants between them."""
    return page.words("{first}{second}", first=first, second=second) if second.markup else first


def _listing_sentence(page: Page, comparison: KpiComparison) -> Html:
    total, have = len(comparison.plans), comparison.listing
    if len(have) == total:
        return page.words(
            "{total}計画のすべてで、手元の資料に指標（数値目標やKPI）が載っています。",
            total=format_number(total),
        )
    if not have:
        said = page.words(
            "{total}計画のどれも、手元の資料に指標（数値目標やKPI）の掲載がありません。",
            total=format_number(total),
        )
    else:
        said = page.words(
            "{total}計画のうち、手元の資料に指標（数値目標やKPI）が載っているのは{who}です。",
            total=format_number(total),
            who=who_plans(have, labels_of(comparison)),
        )
    return _run_on(page, said, _fairness_words(page, comparison))


def _fairness_words(page: Page, comparison: KpiComparison) -> Html:
    """Say that a document is not the plan, unless every document without indicators is a full text."""
    without = [row for row in comparison.plans if row.written is None]
    if all(row.plan.file.coverage == "full" for row in without):
        return Html("")
    return page.words("載っていないことは、計画に指標がないという意味ではありません。")


def _pair_sentence(page: Page, comparison: KpiComparison) -> Html:
    """Say how many plans have indicators with numbers for both ends; of a single plan also how many."""
    have = comparison.with_pairs
    if not have:
        return page.words("当初値と目標値の両方が数値の指標は、どの計画の資料にもありません。")
    if len(have) == len(comparison.plans):
        return page.words("当初値と目標値の両方が数値の指標が、どの計画の資料にもあります。")
    if len(have) == len(comparison.listing) > 1:
        return page.words(
            "指標を載せている{plans}のどれにも、当初値と目標値の両方が数値の指標があります。",
            plans=count_plans(len(have)),
        )
    if len(have) == 1:
        return page.words(
            "当初値と目標値の両方が数値の指標があるのは{who}です（{series}系列のうち{pairs}系列）。",
            who=who_plans(have, labels_of(comparison)),
            series=format_number(have[0].written.series),
            pairs=format_number(have[0].written.pairs),
        )
    return page.words(
        "当初値と目標値の両方が数値の指標があるのは{who}です。", who=who_plans(have, labels_of(comparison))
    )


def _actual_sentence(page: Page, comparison: KpiComparison) -> Html:
    have = comparison.with_actuals
    if not have:
        return page.words("実績は、この本のデータにまだありません。")
    if len(have) == len(comparison.plans):
        return page.words("実績は、どの計画についても、この本のデータにあります。")
    return page.words("実績がこの本のデータにあるのは{who}です。", who=who_plans(have, labels_of(comparison)))


def _consequence(page: Page, comparison: KpiComparison) -> Html:
    """Say what can be compared and what cannot, from what the plans have."""
    if len(comparison.listing) < 2:
        return page.words("そのため、指標どうしを比べることはできません。")
    targets, standing = bool(comparison.targets), len(comparison.with_actuals) > 1
    if targets and standing:
        return page.words(
            "比べられるのは、指標の名称と種類、同じ統計で同じ単位の目標の大きさ、同じ判定基準でみた進み具合です。"
        )
    if targets:
        return page.words(
            "比べられるのは、指標の名称と種類、同じ統計で同じ単位の目標の大きさまでです。進み具合は比べられません。"
        )
    if standing:
        return page.words(
            "比べられるのは、指標の名称と種類、同じ判定基準でみた進み具合です。目標の大きさは、同じ統計で同じ単位のものがないので比べられません。"
        )
    return page.words("比べられるのは指標の名称と種類までで、目標の大きさと進み具合は比べられません。")


def fairness_note(page: Page, comparison: KpiComparison) -> Html:
    """List what stands in the way of a fair comparison of counts; nothing without plans."""
    if not comparison.plans:
        return Html("")
    documents = documents_sentence(page, [row.plan for row in comparison.plans])
    counts = page.words(
        "指標の数は、計画の作り方と手元の資料の種類によって変わります。多いことも少ないことも、計画の良し悪しではありません。"
    )
    items = [words for words in (documents, counts) if words is not None]
    return page.note("caution", *items, title=text("公平に読むために"))


def survey_sentence(page: Page, comparison: KpiComparison) -> Html:
    """Say of how many shares from surveys the documents say how many answered; nothing without such shares."""
    have = [row for row in comparison.listing if row.written.surveys]
    if not have:
        return Html("")
    total = sum(row.written.surveys for row in have)
    known = sum(row.written.surveys_with_n for row in have)
    values = {
        "who": who_plans(have, labels_of(comparison)),
        "total": format_number(total),
        "known": format_number(known),
    }
    if not known:
        return page.say(
            "アンケートの割合とみられる指標があるのは{who}で、系列の数は{total}です。回答者数は、どの系列にも書かれていません。",
            **values,
        )
    if known == total:
        return page.say(
            "アンケートの割合とみられる指標があるのは{who}で、系列の数は{total}です。回答者数は、どの系列にも書かれています。",
            **values,
        )
    return page.say(
        "アンケートの割合とみられる指標があるのは{who}で、系列の数は{total}です。そのうち回答者数が書かれているのは{known}です。",
        **values,
    )


def goal_points(page: Page, comparison: KpiComparison) -> Html:
    """Say which indicators hang on no goal and which top goals have none; nothing where no plan lists indicators."""
    if not comparison.listing:
        return Html("")
    loose = [row for row in comparison.listing if row.without_goal]
    bare = [row for row in comparison.listing if row.goals_without]
    labels = labels_of(comparison)
    said = Html("")
    if not loose:
        said += page.say("どの指標も、目標や施策のどれかに属しています。")
    if not bare and any(row.goals_without is not None for row in comparison.listing):
        said += page.say("指標を載せている資料では、最上位のどの目標にも指標があります。")
    items = [
        (
            row,
            page.words(
                "{plan}：どの目標にも属さない指標の数は{n}。",
                plan=labels[row.plan.plan_id],
                n=format_number(row.without_goal),
            ),
        )
        for row in loose
    ]
    items += [
        (
            row,
            page.words(
                "{plan}：{goals}に、この資料では指標の掲載がありません。",
                plan=labels[row.plan.plan_id],
                goals=join([text("「{name}」", name=goal.heading) for goal in row.goals_without]),
            ),
        )
        for row in bare
    ]
    return said + _list(items)


def _list(items: Sequence[tuple[PlanIndicators, Html]]) -> Html:
    """Return a list whose items belong to plans, folded where it is long; nothing without items."""
    if not items:
        return Html("")
    body = "".join(f"<li{plan_attribute(row.plan.plan_id)}>{words}</li>" for row, words in items)
    if len(items) <= MOST_ITEMS:
        return Html(f"<ul>{body}</ul>")
    summary = escape(text("{n}件を計画ごとに見る", n=format_number(len(items))))
    return Html(f'<details class="pb-data pb-fold"><summary>{summary}</summary><ul>{body}</ul></details>')


def shared_sentence(page: Page, comparison: KpiComparison) -> Html:
    """Say how much the plans share; nothing with fewer than two plans that list indicators."""
    if len(comparison.listing) < 2:
        return Html("")
    plans = count_plans(len(comparison.listing))
    shared, alike = len(comparison.shared), comparison.alike.found
    if not shared and not alike:
        return page.say(
            "指標を載せている{plans}の資料には、同じ統計による指標も、同じ名称や似た名称の指標も見つかりません。",
            plans=plans,
        )
    said = page.words(
        "指標を載せている{plans}の資料で、2つ以上の計画に共通する統計や名称は{shared}件、名称だけが似ている組は{alike}組あります。",
        plans=plans,
        shared=format_number(shared),
        alike=format_number(alike),
    )
    if shared:
        said = _run_on(page, said, _able_words(page, comparison))
    return Html(f"<p>{said}</p>")


def _able_words(page: Page, comparison: KpiComparison) -> Html:
    """Say of how many shared statistics and names the values may be compared."""
    total = len(comparison.shared)
    able = sum(one.values.verdict != "no" for one in comparison.shared)
    if not able:
        return page.words("共通するもののうち、値を比べられるものはありません。理由を表に書いています。")
    if able == total:
        return page.words(
            "どれも、値を比べられるか、一部だけ比べられます。何に気をつけるかを表に書いています。"
        )
    return page.words(
        "共通する{total}件のうち、値を比べられるか一部だけ比べられるものは{able}件です。理由を表に書いています。",
        total=format_number(total),
        able=format_number(able),
    )
