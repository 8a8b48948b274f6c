"""Two plans of one place side by side: tables, the picture of what went where, and the sections of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.analysis.goal_structure.themes import NO_THEME
from planbook.analysis.goal_structure.tree import Goal
from planbook.presentation.charts.compare_goals import draw_flow_matrix
from planbook.presentation.comparison import pair_words as words
from planbook.presentation.comparison.compare_goal_views import goal_sources, items_words, text_of_theme
from planbook.presentation.comparison.compare_goal_words import which_plans
from planbook.presentation.comparison.compare_kpi_labels import view_figure
from planbook.presentation.comparison.compare_kpi_shared import left_out_words, view_alike, view_shared
from planbook.presentation.comparison.compare_labels import plan_labels
from planbook.presentation.comparison.pair_tables import (
    plan_columns,
    table_across,
    table_distance,
    table_matches,
    view_parts,
)
from planbook.presentation.goals.goal_labels import items_noun
from planbook.presentation.html import Html, escape, fold
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.tables import Column, data_table, plan_attribute
from planbook.summary.goal_structure.plan_goals import PlanGoals, theme_order
from planbook.summary.goal_structure.plan_pairs import PlanPair, count_flows
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import format_number


def pair_sections(page: Page, pairs: Sequence[PlanPair]) -> Html:
    """Return a section for every pair; nothing without pairs."""
    return Html("".join(_section(page, pair, alone=len(pairs) == 1) for pair in pairs))


def _section(page: Page, pair: PlanPair, *, alone: bool) -> str:
    """Return the section of a pair; the only one of a page has its first sentences in the answer of the page."""
    first, second = (
        _name(facts, name)
        for facts, name in zip((pair.earlier, pair.later), words.names_of(pair), strict=True)
    )
    heading = text("{first} と {second}", first=first, second=second)
    opening = page.say(
        "{relation}{tops}{omission}",
        relation=words.relation_words(pair),
        tops=words.top_sentence(page, pair),
        omission=words.omission_sentence(page, pair),
    )
    parts = [
        Html("") if alone else opening,
        Html(f"<h3>{escape(text('最上位の目標の対応'))}</h3>"),
        _tops(page, pair),
        _flows(page, pair),
        Html(f"<h3>{escape(text('その下の項目の対応'))}</h3>"),
        words.part_sentence(page, pair, "earlier"),
        words.part_sentence(page, pair, "later"),
        _parts(page, pair),
        Html(f"<h3>{escape(text('国のテーマ'))}</h3>"),
        _themes(page, pair),
        Html(f"<h3>{escape(text('体系の距離'))}</h3>"),
        words.distance_words(page, pair),
        _distance(page, pair),
        Html(f"<h3>{escape(text('指標'))}</h3>"),
        words.indicator_words(page, pair),
        _indicators(page, pair),
        _suggestions(page, pair),
        Html(f"<h3>{escape(text('ここから結論できないこと'))}</h3>"),
        words.reserves(page, pair),
    ]
    body = "".join(part.markup for part in parts)
    return f'<section class="pb-pair" id="{words.anchor_of(pair)}"{plan_attribute(pair.key)}><h2>{escape(heading)}</h2>{body}</section>'


def _name(facts: PlanGoals, name: str) -> str:
    period = facts.plan.file.period
    return text(
        "{plan}（{start}〜{end}、{coverage}）",
        plan=name,
        start=format_fiscal_year(period.start_fiscal_year, short=True),
        end=format_fiscal_year(period.end_fiscal_year, short=True),
        coverage=coverage_words(facts.plan.file),
    )


def _tops(page: Page, pair: PlanPair) -> Html:
    if not pair.tops:
        return page.say("どちらの資料にも、目標の体系の掲載がありません。")
    return page.table(table_matches(pair, pair.tops), text("最上位の目標は、どう対応するか"))


def _distance(page: Page, pair: PlanPair) -> Html:
    """Return the distances; nothing where one of the documents lists no hierarchy: then all of it is distance."""
    if not all(facts.measures.nodes for facts in (pair.earlier, pair.later)):
        return Html("")
    return page.table(table_distance(pair), text("体系の距離"))


def _parts(page: Page, pair: PlanPair) -> Html:
    """Return what corresponds below the top goals, and every item in a fold."""
    view = view_parts(pair)
    if view is None:
        return Html("")
    first, second = words.names_of(pair)
    caption = text("最上位の目標の下にある項目の対応：{first}と{second}", first=first, second=second)
    figure = page.figure(
        f"parts-{pair.key.replace('+', '-')}",
        None,
        view.table,
        caption=caption,
        alternative="",
        sources=view.sources,
    )
    whole = fold(text("対応のない項目も含めて、すべての項目を見る、ダウンロードする"), figure)
    linked = [match for match in pair.parts if match.links]
    shown = [page.table(table_matches(pair, linked), text("対応を入力した項目"))] if linked else []
    across = table_across(pair)
    if across is not None:
        shown.append(page.table(across, text("段の違う項目どうしの対応")))
    return Html("".join(table.markup for table in shown)) + whole


def _flows(page: Page, pair: PlanPair) -> Html:
    flows = count_flows(pair)
    if not flows:
        return Html("")
    tops = [facts.tree.tops for facts in (pair.earlier, pair.later)]
    names = words.names_of(pair)
    headings = [_headings(goals) for goals in tops]
    rows = [
        {
            "earlier": headings[0][first.goal_id],
            "later": headings[1][second.goal_id],
            "count": flows.get((first.goal_id, second.goal_id), 0),
        }
        for first in tops[0]
        for second in tops[1]
    ]
    table_rows = [
        {
            "earlier": headings[0][first.goal_id],
            **{goal.goal_id: flows.get((first.goal_id, goal.goal_id), 0) for goal in tops[1]},
        }
        for first in tops[0]
    ]
    columns = [Column("earlier", names[0])]
    columns += [Column(goal.goal_id, headings[1][goal.goal_id], 0) for goal in tops[1]]
    file_columns = [
        Column("earlier", names[0]),
        Column("later", names[1]),
        Column("count", text("対応（件）"), 0),
    ]
    table = replace(
        data_table(pd.DataFrame(table_rows), columns), as_file=data_table(pd.DataFrame(rows), file_columns)
    )
    caption = text(
        "{first}の目標の下の項目が、{second}のどの目標の下に対応を持つか（対応の件数）",
        first=names[0],
        second=names[1],
    )
    alternative = text("対応の件数を円の大きさで示した図。") + "".join(
        text("{first}から{second}に{n}件。", first=row["earlier"], second=row["later"], n=row["count"])
        for row in rows
        if row["count"]
    )
    return page.figure(
        f"flows-{pair.key.replace('+', '-')}",
        draw_flow_matrix(pd.DataFrame(rows), list(dict.fromkeys(row["later"] for row in rows))),
        table,
        caption=caption,
        alternative=alternative,
        sources=goal_sources([pair.earlier, pair.later]),
    )


def _headings(goals: Sequence[Goal]) -> dict[str, str]:
    """Return what each goal is called, by its id, which it takes along where two are called the same."""
    headings = [goal.heading for goal in goals]
    return {
        goal.goal_id: goal.heading if headings.count(goal.heading) == 1 else f"{goal.heading} {goal.goal_id}"
        for goal in goals
    }


def _themes(page: Page, pair: PlanPair) -> Html:
    both = [pair.earlier, pair.later]
    if not any(facts.themes.by_theme for facts in both):
        return page.say("国のテーマとの対応は、まだ入力されていません。")
    labels = plan_labels([facts.plan for facts in both])
    rows = [
        {
            "theme": text("{code} {theme}", code=theme, theme=text_of_theme(both, theme)),
            # A plan without themes entered has none of them missing: they are not known.
            **{
                facts.plan.plan_id: facts.themes.by_theme.get(theme, 0) if facts.themes.by_theme else None
                for facts in both
            },
        }
        for theme in theme_order(pair.earlier.plan)
        if any(theme in facts.themes.by_theme for facts in both)
    ]
    columns = [Column("theme", text("国のテーマ"))]
    columns += [
        Column(
            facts.plan.plan_id,
            text("{plan}（{items}）", plan=labels[facts.plan.plan_id], items=items_words(facts))
            if facts.themes.nodes
            else labels[facts.plan.plan_id],
            0,
        )
        for facts in both
    ]
    table = page.table(data_table(pd.DataFrame(rows), columns), text("テーマごとの数"))
    return table + _common_themes(page, pair)


def _common_themes(page: Page, pair: PlanPair) -> Html:
    """Say which themes both documents have, and whether their counts may be compared."""
    both = [pair.earlier, pair.later]
    if not all(facts.themes.by_theme for facts in both):
        lacking = [facts for facts in both if not facts.themes.by_theme]
        return page.say(
            "{which}には、国のテーマとの対応が入力されていないので、共通するテーマは分かりません。",
            which=which_plans(lacking, both),
        )
    common = join(
        [
            text_of_theme(both, theme)
            for theme in pair.earlier.present_themes
            if theme in pair.later.present_themes and theme != NO_THEME
        ]
    )
    if not common:
        return page.say("どちらの資料にもあるテーマはありません。")
    overlap = format_number(pair.jaccard, 2)
    nouns = {items_noun(facts.plan, facts.tree, facts.themes) for facts in both}
    if len(nouns) > 1:
        return page.say(
            "どちらの資料にもあるテーマは{common}です（重なり{overlap}）。数えたものが違うので、数の大小は比べられません。",
            common=common,
            overlap=overlap,
        )
    if any(facts.plan.file.coverage != "full" for facts in both):
        return page.say(
            "どちらの資料にもあるテーマは{common}です（重なり{overlap}）。全文でない資料があるので、数の大小は比べられません。",
            common=common,
            overlap=overlap,
        )
    return page.say(
        "どちらの資料にもあるテーマは{common}です（重なり{overlap}）。", common=common, overlap=overlap
    )


def _indicators(page: Page, pair: PlanPair) -> Html:
    """Return what the plans share of indicators, with whether the values may be compared, and every reason."""
    found = pair.indicators
    if found is None:
        return Html("")
    first, second = words.names_of(pair)
    key = pair.key.replace("+", "-")
    shared = text("同じ統計、同じ名称の指標：{first}と{second}", first=first, second=second)
    alike = text("名称の似た指標：{first}と{second}", first=first, second=second)
    return (
        view_figure(page, f"shared-{key}", view_shared(found), shared)
        + view_figure(page, f"alike-{key}", view_alike(found), alike)
        + left_out_words(page, found)
    )


def _suggestions(page: Page, pair: PlanPair) -> Html:
    if not pair.suggestions:
        return Html("")
    rows = [
        {
            "earlier": one.earlier.heading,
            "later": one.later.heading,
            "shared": join(one.shared),
            "score": one.score,
        }
        for one in pair.suggestions
    ]
    columns = [
        *plan_columns(pair),
        Column("shared", text("共通する語")),
        Column("score", text("近さ（0〜1）"), 2),
    ]
    table = replace(data_table(pd.DataFrame(rows), columns), stacks=True)
    heading = Html(f"<h3>{escape(text('語が近いが、対応を入力していない項目'))}</h3>")
    intro = page.say("文字の重なりから挙げた候補です。対応するかどうかは、人が決めます。")
    return heading + intro + page.table(table, text("対応の候補"))
