"""Sentences on the goals of several plans: what they have in common, where they differ, what cannot be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planbook.analysis.goal_structure.themes import NO_THEME
from planbook.presentation.comparison.compare_goal_views import (
    goal_labels_of,
    items_words,
    precision_words,
    text_of_theme,
)
from planbook.presentation.comparison.compare_labels import plan_count
from planbook.presentation.goals.goal_labels import counted, items_noun, theme_name
from planbook.presentation.html import Html
from planbook.presentation.kpis.kpi_values import join, run_on
from planbook.presentation.page import Page
from planbook.summary.goal_structure.alike_goals import MOST_SHOWN, AlikeGoals
from planbook.summary.goal_structure.plan_goals import (
    ANY_GENERATION,
    MOST_GOALS,
    PlanGoals,
    can_be_compared,
    theme_order,
)
from planbook.summary.goal_structure.theme_suggestions import PlanSuggestions, join_quality
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.rounding import format_number

#: Up to so many plans are called by name in a sentence.
MOST_NAMED = 3


def which_plans(chosen: Sequence[PlanGoals], goals: Sequence[PlanGoals]) -> str:
    """Return which plans are meant: few by name, more by their number."""
    if len(chosen) > MOST_NAMED:
        return plan_count(len(chosen))
    labels = goal_labels_of(goals)
    return join([labels[facts.plan.plan_id] for facts in chosen])


def count_and_names(chosen: Sequence[PlanGoals], goals: Sequence[PlanGoals]) -> str:
    """Return how many plans are meant, with their names where they are few: 2つ（A、B）, 4つの計画."""
    if len(chosen) > MOST_NAMED:
        return plan_count(len(chosen))
    return text("{n}（{names}）", n=text("{n}つ", n=len(chosen)), names=which_plans(chosen, goals))


def answer(page: Page, goals: Sequence[PlanGoals]) -> Html:
    """Return the answer of the page: how goals are built, which themes they share, where numbers mislead."""
    if not goals:
        return page.lead([page.words("ならべる計画がありません。")])
    sentences = [
        _structure_sentence(page, goals),
        _pillar_sentence(page, goals),
        _cross_sentence(page, goals),
    ]
    return page.lead([sentence for sentence in sentences if sentence.markup])


#: What a document lists of the hierarchy, of one plan and of several alike.
STRUCTURES = {
    "deep": (
        plain("{plan}の手元の資料には、目標とその下の項目が載っています。"),
        plain("{n}の手元の資料には、どれも目標とその下の項目が載っています。"),
    ),
    "flat": (
        plain("{plan}の手元の資料には、目標だけが載っていて、その下の項目は掲載がありません。"),
        plain("{n}の手元の資料には、どれも目標だけが載っていて、その下の項目は掲載がありません。"),
    ),
    "none": (
        plain("{plan}の手元の資料には、目標の体系の掲載がありません。"),
        plain("{n}の手元の資料には、どれも目標の体系の掲載がありません。"),
    ),
}


def _structure_sentence(page: Page, goals: Sequence[PlanGoals]) -> Html:
    kinds = {
        "deep": [facts for facts in goals if facts.measures.depth > 1],
        "flat": [facts for facts in goals if facts.measures.depth == 1],
        "none": [facts for facts in goals if facts.measures.depth == 0],
    }
    for kind, (one, several) in STRUCTURES.items():
        if len(goals) == len(kinds[kind]) == 1:
            return page.words(one, plan=which_plans(goals, goals))
        if len(goals) == len(kinds[kind]):
            return page.words(several, n=plan_count(len(goals)))
    named = {kind: count_and_names(chosen, goals) for kind, chosen in kinds.items() if chosen}
    parts = [
        text("目標とその下の項目まで載っているのは{which}", which=named["deep"]) if "deep" in named else "",
        text("目標だけが載っているのは{which}", which=named["flat"]) if "flat" in named else "",
        text("体系の掲載がないのは{which}", which=named["none"]) if "none" in named else "",
    ]
    return page.words(
        "{n}の手元の資料のうち、{parts}です。", n=plan_count(len(goals)), parts=join([p for p in parts if p])
    )


def _pillar_sentence(page: Page, goals: Sequence[PlanGoals]) -> Html:
    """Say which pillars all plans serve; a plan without themes entered is named, and not held against the others."""
    held = [facts for facts in goals if facts.links]
    pillars = list(dict.fromkeys(theme for facts in held for theme in facts.pillars))
    if not pillars:
        return Html("")
    by_pillar = {theme: [facts for facts in held if theme in facts.present_themes] for theme in pillars}
    everywhere = [theme for theme, having in by_pillar.items() if len(having) == len(held)]
    reserve = run_on([_reading_reserve(held), unconfirmed_words(held), lacking_words(goals)])
    if len(held) == 1:
        return _pillars_of_one(page, held, everywhere, reserve)
    every = (
        text("どの計画")
        if len(held) == len(goals)
        else text("対応を入力した{n}のどれ", n=plan_count(len(held)))
    )
    if len(everywhere) == len(pillars):
        return page.words(
            "国の地方創生の{n}つの柱（{names}）には、{every}にも、あたる目標か施策があります。{reserve}",
            n=len(pillars),
            names=_theme_names(held, everywhere),
            every=every,
            reserve=reserve,
        )
    partly = {theme: having for theme, having in by_pillar.items() if having and theme not in everywhere}
    missing = [theme for theme, having in by_pillar.items() if not having]
    parts = [
        text("{theme}（{which}）", theme=_theme_names(held, [theme]), which=which_plans(having, held))
        for theme, having in partly.items()
    ]
    tail = (
        text("{names}にあたるものは、どの資料にもありません。", names=_theme_names(held, missing))
        if missing
        else ""
    )
    if not everywhere:
        return page.words(
            "国の地方創生の柱のうち、{every}にも共通してあたるものはありません。{parts}{tail}{reserve}",
            every=every,
            parts=text("一部の計画にあるのは、{parts}です。", parts=join(parts)) if parts else "",
            tail=tail,
            reserve=reserve,
        )
    return page.words(
        "国の地方創生の柱のうち、{every}にも、あたる目標か施策があるのは{names}です。{parts}{tail}{reserve}",
        every=every,
        names=_theme_names(held, everywhere),
        parts=text("一部の計画にあるのは、{parts}です。", parts=join(parts)) if parts else "",
        tail=tail,
        reserve=reserve,
    )


def _pillars_of_one(page: Page, held: Sequence[PlanGoals], found: Sequence[str], reserve: str) -> Html:
    """Say which pillars the only plan with themes serves."""
    plan = which_plans(held, held)
    if not found:
        return page.words(
            "国の地方創生の柱のうち、{plan}に、あたる目標か施策があるものはありません。{reserve}",
            plan=plan,
            reserve=reserve,
        )
    return page.words(
        "国の地方創生の柱のうち、{plan}に、あたる目標か施策があるのは{names}です。{reserve}",
        plan=plan,
        names=_theme_names(held, found),
        reserve=reserve,
    )


def unconfirmed_words(goals: Sequence[PlanGoals]) -> str:
    """Say how much of the mapping is this book's reading alone; nothing where all of it is confirmed."""
    links, unconfirmed = sum(f.links for f in goals), sum(f.unconfirmed for f in goals)
    if not unconfirmed:
        return ""
    if unconfirmed == links:
        return text(
            "テーマとの対応づけ{links}件は、この本の読みで、まだ確かめていません（要確認）。", links=links
        )
    return text(
        "テーマとの対応づけ{links}件のうち{open}件は、この本の読みで、まだ確かめていません（要確認）。",
        links=links,
        open=unconfirmed,
    )


def lacking_words(goals: Sequence[PlanGoals]) -> str:
    """Say for which plans no theme is entered: what they serve is not known; nothing where all have some."""
    lacking = [facts for facts in goals if not facts.links]
    if not lacking:
        return ""
    return text("{which}には、国のテーマとの対応が入力されていません。", which=which_plans(lacking, goals))


def _theme_names(goals: Sequence[PlanGoals], themes: Sequence[str]) -> str:
    return join([text_of_theme(goals, theme) for theme in themes])


def _reading_reserve(goals: Sequence[PlanGoals]) -> str:
    """Say that themes are this book's reading where a plan follows no national strategy."""
    own = [facts for facts in goals if facts.plan.file.generation == ANY_GENERATION]
    if not own:
        return ""
    return text(
        "{which}は国の戦略の区分によらない計画です。",
        which=which_plans(own, goals),
    )


def _cross_sentence(page: Page, goals: Sequence[PlanGoals]) -> Html:
    """Say where the numbers of goals mislead."""
    found = [facts for facts in goals if facts.mismatches]
    if not found:
        return Html("")
    return page.words(
        "{which}では、目標の番号が国の柱の順と違います。計画どうしは、番号ではなくテーマで比べます。",
        which=which_plans(found, goals),
    )


def common_points(page: Page, goals: Sequence[PlanGoals]) -> Html:
    """List how the plans spread over the themes; nothing where fewer than two have themes entered."""
    held = [facts for facts in goals if facts.themes.by_theme]
    if len(held) < 2:
        return Html("")
    makers = (_beyond_pillars, _emphasis, _mixed, _doubled)
    items = [words for make in makers if (words := make(page, held)) is not None]
    return page.bullets(items) if items else Html("")


def _beyond_pillars(page: Page, goals: Sequence[PlanGoals]) -> Html | None:
    """Say which plans have items beside the four pillars."""
    pillars = {theme for facts in goals for theme in facts.pillars}
    themes = [theme for theme in theme_order(goals[0].plan) if theme not in pillars and theme != NO_THEME]
    parts = []
    for theme in themes:
        having = [facts for facts in goals if theme in facts.present_themes]
        if having:
            parts.append(
                text(
                    "{theme}（{which}）", theme=_theme_names(goals, [theme]), which=which_plans(having, goals)
                )
            )
    if not parts:
        return page.words("柱のほかのテーマをもつ項目は、どの計画の資料にもありません。")
    return page.words("柱のほかのテーマでは、{parts}があります。", parts=join(parts))


def _emphasis(page: Page, goals: Sequence[PlanGoals]) -> Html | None:
    """Name the theme with most measures in each plan that lists measures; several where they are equal."""
    counted_plans = [facts for facts in goals if facts.themes.role == "measure"]
    even = [facts for facts in counted_plans if len(_most_frequent(facts)) == len(facts.themes.by_theme) > 1]
    uneven = [facts for facts in counted_plans if facts not in even]
    same = text("{which}では、どのテーマも同じ数です。", which=which_plans(even, goals)) if even else ""
    if not uneven:
        return page.words("施策の数をテーマごとに見ると、{same}", same=same) if even else None
    parts = _emphasis_by_theme(uneven) if len(uneven) > MOST_NAMED else _emphasis_by_plan(uneven, goals)
    return page.words(
        "施策の数が最も多いテーマは、{parts}です。{same}数の多さは、力の入れ方の大きさを意味しません。",
        parts=join(parts),
        same=same,
    )


def _most_frequent(facts: PlanGoals) -> list[str]:
    most = max(facts.themes.by_theme.values())
    return [theme for theme, n in facts.themes.by_theme.items() if n == most]


def _emphasis_by_plan(chosen: Sequence[PlanGoals], goals: Sequence[PlanGoals]) -> list[str]:
    labels = goal_labels_of(goals)
    parts = []
    for facts in chosen:
        themes = _most_frequent(facts)
        named = {
            "plan": labels[facts.plan.plan_id],
            "themes": text("と").join(
                text("「{name}」", name=theme_name(facts.plan, theme)) for theme in themes
            ),
            "items": items_words(facts),
            "n": facts.themes.by_theme[themes[0]],
        }
        parts.append(
            text("{plan}では{themes}（{items}のうち{n}ずつ）", **named)
            if len(themes) > 1
            else text("{plan}では{themes}（{items}のうち{n}）", **named)
        )
    return parts


def _emphasis_by_theme(chosen: Sequence[PlanGoals]) -> list[str]:
    """Count the plans by their most frequent theme; a plan with two of them counts for both."""
    counts: dict[str, int] = {}
    for theme in theme_order(chosen[0].plan):
        counts[theme] = sum(theme in _most_frequent(facts) for facts in chosen)
    return [
        text("{plans}で「{theme}」", plans=plan_count(n), theme=text_of_theme(chosen, theme))
        for theme, n in counts.items()
        if n
    ]


def _mixed(page: Page, goals: Sequence[PlanGoals]) -> Html | None:
    """Say that goals and measures are counted side by side: four goals and thirty measures are no comparison."""
    roles = {facts.themes.role for facts in goals}
    if len(roles) < 2:
        return None
    flat = [facts for facts in goals if facts.themes.role == "goal"]
    return page.words(
        "{which}の資料には施策の掲載がないので、目標を数えています。施策を数えた計画とは、数を比べられません。",
        which=which_plans(flat, goals),
    )


def _doubled(page: Page, goals: Sequence[PlanGoals]) -> Html | None:
    """Say where items count twice."""
    found = [facts for facts in goals if facts.themes.doubled]
    if not found:
        return None
    if len(found) > MOST_NAMED:
        return page.words(
            "二つ以上のテーマにあたり、それぞれに数えた項目が、{plans}にあります。",
            plans=plan_count(len(found)),
        )
    labels = goal_labels_of(goals)
    parts = [
        text(
            "{plan}の{items}",
            plan=labels[facts.plan.plan_id],
            items=counted(items_noun(facts.plan, facts.tree, facts.themes), facts.themes.doubled),
        )
        for facts in found
    ]
    return page.words(
        "二つ以上のテーマにあたり、それぞれに数えた項目があります（{parts}）。", parts=join(parts)
    )


def confirmation_note(page: Page, goals: Sequence[PlanGoals]) -> Html:
    """Say how much of the mapping a person has confirmed; nothing where nothing is entered."""
    links, unconfirmed = sum(f.links for f in goals), sum(f.unconfirmed for f in goals)
    if not links:
        return Html("")
    if unconfirmed == 0:
        return page.say(
            "項目とテーマの対応づけは全部で{links}件あり、すべて確認済みです（資料に書かれているか、計画を知る人が確かめたもの）。",
            links=links,
        )
    if unconfirmed == links:
        return page.say(
            "項目とテーマの対応づけは全部で{links}件あり、語句から読んだだけで、まだ確認していません（要確認）。",
            links=links,
        )
    return page.say(
        "項目とテーマの対応づけは全部で{links}件あり、確認済みは{done}件です（資料に書かれているか、計画を知る人が確かめたもの）。残りの{open}件は語句から読んだだけで、まだ確認していません（要確認）。",
        links=links,
        done=links - unconfirmed,
        open=unconfirmed,
    )


def alike_note(page: Page, found: Sequence[AlikeGoals], goals: Sequence[PlanGoals]) -> Html:
    """Say that too many goals were not compared, or how many pairs only the download has; else nothing."""
    if not can_be_compared(goals):
        return page.say(
            "項目が{n}をこえるので、項目どうしを見くらべていません。このノートブックの plans で、計画を絞ってください。",
            n=format_number(MOST_GOALS, 0),
        )
    by_plans = Counter(one.plan_ids for one in found)
    rest = sum(max(0, n - MOST_SHOWN) for n in by_plans.values())
    if not rest:
        return Html("")
    return page.say(
        "二つの計画ごとに、近いものから{n}組までを示しました。残りの{rest}組は、ダウンロードにあります。",
        n=MOST_SHOWN,
        rest=rest,
    )


def suggestion_words(page: Page, found: Sequence[PlanSuggestions]) -> Html:
    """Say how often the words lead to the theme that was entered; nothing where nothing can be held against it."""
    quality = join_quality(found)
    if not quality.suggested:
        return Html("")
    return page.say(
        "テーマを入力した{goals}項目のうち、語の近さからテーマを挙げられたのは{suggested}項目で、その第一の候補が入力と同じだったのは{right}項目（{share}）です。どの計画も、その計画自身の入力は使わずに試しました。比べた入力の多くは、まだ確かめていない読みなので、正しさの割合ではありません。",
        goals=quality.goals,
        suggested=quality.suggested,
        right=quality.right,
        share=precision_words(quality.precision),
    )
