"""Sentences on the goal hierarchy: what the document lists, how it maps to the national themes."""

from __future__ import annotations

from planbook.analysis.goal_structure.counts import (
    count_levels,
    list_damaged,
    list_judged,
    list_marked,
    list_without_indicator,
)
from planbook.analysis.goal_structure.measures import measure_coverage, measure_tree
from planbook.analysis.goal_structure.themes import (
    count_themes,
    count_unconfirmed,
    list_number_mismatches,
)
from planbook.analysis.goal_structure.tree import Goal, GoalTree
from planbook.load.plan import Plan
from planbook.presentation.document_words import quote
from planbook.presentation.goals.goal_labels import (
    counted,
    items_noun,
    level_words,
    mark_meaning,
    theme_name,
)
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import coverage_words
from planbook.summary.goal_structure.plan_goals import ANY_GENERATION, pillars_of, theme_order
from planbook.summary.kpis.plan_series import list_series
from planbook.vocabulary.catalogue import text

#: Up to so many indicators are called by name in a sentence.
MOST_NAMED = 5


def answer(page: Page, plan: Plan, tree: GoalTree) -> Html:
    """Return the answer of the page: what hierarchy the document lists and which themes it serves."""
    sentences = [_hierarchy_sentence(page, plan, tree), _theme_sentence(page, plan, tree)]
    sentences.append(_indicator_sentence(page, plan, tree))
    return page.lead([sentence for sentence in sentences if sentence.markup])


def _hierarchy_sentence(page: Page, plan: Plan, tree: GoalTree) -> Html:
    coverage = coverage_words(plan.file)
    tops = count_levels([goal for goal in tree.goals if goal in tree.nodes])
    below = {level: n for level, n in count_levels(tree.nodes).items() if level not in tops}
    if not tops:
        return page.words("この資料（{coverage}）には、目標の体系の掲載がありません。", coverage=coverage)
    top_words = level_words(plan, tops)
    if not below:
        return page.words(
            "この資料（{coverage}）は、{tops}を掲げています。その下の施策は、この資料には掲載がありません。",
            coverage=coverage,
            tops=top_words,
        )
    return page.words(
        "この資料（{coverage}）は、{tops}を掲げ、その下に{below}を置いています。",
        coverage=coverage,
        tops=top_words,
        below=level_words(plan, below),
    )


def _theme_sentence(page: Page, plan: Plan, tree: GoalTree) -> Html:
    present = {link.theme for goal in tree.goals for link in goal.themes}
    pillars = pillars_of(plan)
    found = [theme for theme in pillars if theme in present]
    if not found:
        return Html("")
    names = join([theme_name(plan, theme) for theme in found])
    complete = len(found) == len(pillars)
    if plan.file.generation == ANY_GENERATION:
        return _theme_reading_only(page, names, len(pillars), complete=complete)
    if complete:
        return page.words(
            "国の地方創生の{n}つの柱（{names}）のどれにも、あたる目標があります。",
            n=len(pillars),
            names=names,
        )
    return page.words(
        "国の地方創生の{n}つの柱のうち、あたる目標があるのは{names}です。", n=len(pillars), names=names
    )


def _theme_reading_only(page: Page, names: str, n: int, *, complete: bool) -> Html:
    """Say the same of a plan that follows no generation of the national strategy: it is this book's reading."""
    if complete:
        return page.words(
            "国の総合戦略の{n}つのテーマ（{names}）のどれにも、あたる目標があります。"
            "これは総合戦略のテーマに照らした読みで、この計画自身の区分ではありません。",
            n=n,
            names=names,
        )
    return page.words(
        "国の総合戦略の{n}つのテーマのうち、あたる目標があるのは{names}です。"
        "これは総合戦略のテーマに照らした読みで、この計画自身の区分ではありません。",
        n=n,
        names=names,
    )


def _indicator_sentence(page: Page, plan: Plan, tree: GoalTree) -> Html:
    series = list_series(plan)
    without = list_without_indicator(tree, series)
    if without is None:
        return Html("")
    if not without:
        if len(list_judged(tree, series)) < len(tree.tops):
            return page.words("指標を載せている資料では、最上位のどの目標にも指標があります。")
        return page.words("最上位のどの目標にも、指標が掲げられています。")
    names = join([text("「{name}」", name=goal.heading) for goal in without])
    return page.words("{names}には、この資料では指標の掲載がありません。", names=names)


def theme_reading(page: Page, plan: Plan, tree: GoalTree) -> Html:
    """Return how measures spread over the themes and how far the mapping has been checked."""
    counts = count_themes(tree, theme_order(plan))
    open_links, links = count_unconfirmed(tree)
    if not links:
        return page.say("国のテーマとの対応は、まだ入力されていません。")
    noun = items_noun(plan, tree, counts)
    doubled = Html("")
    if counts.doubled:
        doubled = page.words(
            "二つ以上のテーマにあたる{noun}が{doubled}あり、どちらにも数えています。",
            noun=noun,
            doubled=counts.doubled,
        )
    return page.say(
        "表の数は、{total}をテーマごとに数えたものです。{doubled}"
        "名称とテーマの対応づけは全部で{links}件あり、そのうち確認済み（資料に書かれているか、計画を知る人が確かめたもの）は{done}件、残りの{open}件は要確認です。",
        total=counted(noun, counts.nodes),
        doubled=doubled,
        links=links,
        done=links - open_links,
        open=open_links,
    )


def number_note(page: Page, plan: Plan, tree: GoalTree) -> Html:
    """Say which goals have another number than the national pillar they belong to; nothing when none has."""
    pillars = pillars_of(plan)
    parts = [
        text(
            "{goal}は国の{place}番目の「{theme}」",
            goal=goal.number,
            place=pillars.index(theme) + 1,
            theme=theme_name(plan, theme),
        )
        for goal, theme in list_number_mismatches(tree, pillars)
    ]
    if not parts:
        return Html("")
    words = page.words(
        "{parts}にあたります。番号が同じでも、同じテーマとは限りません。ほかの計画と比べるときは、番号ではなくテーマで比べます。",
        parts=join(parts),
    )
    return page.note("caution", words, title=text("目標の番号と国の柱の順は同じではありません"))


def marked_list(page: Page, plan: Plan, tree: GoalTree) -> Html:
    """Return the nodes that the document marks, with what the mark means there; nothing when none is."""
    marked = list_marked(tree)
    parts = []
    for mark in dict.fromkeys(goal.marks for goal in marked):
        goals = [goal for goal in marked if goal.marks == mark]
        meaning = mark_meaning(plan, mark)
        parts.append(
            page.say(
                "{mark}の印{meaning}が付いているのは{count}：{names}。",
                mark=mark,
                meaning=text("（{meaning}）", meaning=meaning) if meaning else "",
                count=level_words(plan, count_levels(goals)),
                names=join([text("「{name}」", name=goal.shown_title) for goal in goals]),
            )
        )
    return Html("".join(part.markup for part in parts))


def damage_note(page: Page, tree: GoalTree) -> Html:
    """Return what extraction did to the text of the goals; nothing when it did nothing."""
    items = [_damage_words(page, goal) for goal in list_damaged(tree)]
    if not items:
        return Html("")
    intro = page.words(
        "資料を文字に起こすときに生じた崩れで、市町村の誤りではありません。この本では次のように読みました。"
    )
    return page.note("info", intro, page.bullets(items), title=text("文字起こしの崩れ"))


def _damage_words(page: Page, goal: Goal) -> Html:
    note = Html(f"<small>{escape(goal.note)}</small>" if goal.note else "")
    written = quote(goal.as_written)
    if goal.reading:
        return page.words(
            "{written}→{reading} {note}", written=written, reading=quote(goal.reading), note=note
        )
    return page.words("{written} {note}", written=written, note=note)


def structure_reading(page: Page, plan: Plan, tree: GoalTree) -> Html:
    """Say how deep, broad and even the hierarchy is; nothing where only goals are listed."""
    measures = measure_tree(tree)
    if measures.depth < 2:
        return Html("")
    low, high = min(measures.leaves_by_top, default=0), max(measures.leaves_by_top, default=0)
    spread = ""
    if measures.tops > 1:
        spread = (
            text("末端の項目は、どの最上位の目標にも{n}ずつです。", n=low)
            if low == high
            else text("末端の項目は、最上位の目標ごとに{low}から{high}です。", low=low, high=high)
        )
    return page.say(
        "体系は{depth}段で、項目は全部で{nodes}、そのうち下に何も掲げられていない末端の項目は{leaves}です。{spread}数が違うことは、良し悪しではありません。",
        depth=measures.depth,
        nodes=measures.nodes,
        leaves=measures.leaves,
        spread=spread,
    )


def coverage_reading(page: Page, plan: Plan, tree: GoalTree) -> Html:
    """Say where indicators hang, and which hang on no goal; that nothing can be said where none is listed."""
    coverage = measure_coverage(tree, list_series(plan))
    if coverage is None:
        return page.say(
            "指標は、この資料には掲載がありません。どの目標に指標があり、どの目標にないかは分かりません。"
        )
    parts = []
    if coverage.tops:
        parts.append(
            page.words(
                "{tops}のすべてに、指標が掲げられています。",
                tops=counted(text("最上位の目標"), coverage.tops),
            )
            if coverage.tops == coverage.tops_with > 1
            else page.words(
                "{tops}のうち、指標が掲げられているのは{with_indicator}です。",
                tops=counted(text("最上位の目標"), coverage.tops),
                with_indicator=coverage.tops_with,
            )
        )
    if tree.depth > 1 and coverage.leaves:
        parts.append(
            page.words(
                "{leaves}のうち、その項目に直接付いた指標があるのは{n}です。",
                leaves=counted(text("末端の項目"), coverage.leaves),
                n=coverage.leaves_with,
            )
        )
    if coverage.tops < len(tree.tops):
        parts.append(page.words("目標と項目は、指標を載せている資料のものだけを数えています。"))
    loose = [one.name for one in coverage.without_goal]
    if len(loose) > MOST_NAMED:
        parts.append(
            page.words("どの目標にも付いていないのは、{n}です。", n=counted(text("指標"), len(loose)))
        )
    elif loose:
        names = join([text("「{name}」", name=name) for name in dict.fromkeys(loose)])
        parts.append(page.words("どの目標にも付いていない指標があります（{names}）。", names=names))
    else:
        parts.append(page.words("どの目標にも付いていない指標はありません。"))
    parts.append(
        page.words(
            "{n}のうち、当初値と目標値がともに数値のものは{calculable}です。",
            n=counted(text("指標"), coverage.indicators),
            calculable=coverage.calculable,
        )
    )
    return Html(f"<p>{''.join(part.markup for part in parts)}</p>")
