"""Goals of several plans side by side: how they are built, which national themes they serve, which are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.presentation.charts.compare_goals import draw_theme_matrix
from planbook.presentation.comparison.compare_labels import plan_labels
from planbook.presentation.goals.goal_labels import counted, items_noun
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import View
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.tables import Column, data_table
from planbook.summary.goal_structure.plan_goals import PlanGoals, theme_order
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.rounding import format_number


def goal_labels_of(goals: Sequence[PlanGoals]) -> dict[str, str]:
    """Return what each plan is called, by its id."""
    return plan_labels([facts.plan for facts in goals])


def goal_sources(goals: Sequence[PlanGoals]) -> tuple[SourceRef, ...]:
    """Return one source for each document that the goals stand in."""
    found = {
        (facts.plan.plan_id, goal.document): facts.plan.document_source(goal)
        for facts in goals
        for goal in facts.tree.everything
    }
    return tuple(found.values())


def view_structure(goals: Sequence[PlanGoals]) -> View | None:
    """Return how each hierarchy is built; None without plans."""
    if not goals:
        return None
    labels = goal_labels_of(goals)
    rows = [
        {
            "plan": labels[facts.plan.plan_id],
            "coverage": coverage_words(facts.plan.file),
            "tops": facts.measures.tops,
            "depth": facts.measures.depth,
            "nodes": facts.measures.nodes,
            "breadth": facts.measures.breadth,
            "leaves": facts.measures.leaves,
            "spread": _spread_words(facts),
            **_spread(facts),
            "evenness": facts.measures.evenness if facts.measures.depth > 1 else None,
            "plan_ids": facts.plan.plan_id,
        }
        for facts in goals
    ]
    columns = [
        Column("plan", text("計画")),
        Column("coverage", text("手元の資料")),
        Column("tops", text("最上位の 目標（個）"), 0),
        Column("depth", text("段の数（段）"), 0),
        Column("nodes", text("項目（個）"), 0),
        Column("leaves", text("末端の 項目（個）"), 0),
        Column("spread", text("目標ごとの末端の項目")),
        Column("evenness", text("均等さ（0〜1）"), 2),
    ]
    file_columns = [
        *columns[:-2],
        Column("breadth", text("最も多い段の 項目（個）"), 0),
        Column("low", text("目標ごとの末端の項目・最小（個）"), 0),
        Column("high", text("目標ごとの末端の項目・最大（個）"), 0),
        columns[-1],
    ]
    frame = pd.DataFrame(rows)
    table = replace(data_table(frame, columns, plans="plan_ids"), as_file=data_table(frame, file_columns))
    return View(None, table, goal_sources(goals), "")


def _spread(facts: PlanGoals) -> dict[str, int | None]:
    """Return the fewest and the most lowest items below a top goal; None where only goals are listed."""
    counts = facts.measures.leaves_by_top
    if facts.measures.depth < 2 or not counts:
        return {"low": None, "high": None}
    return {"low": min(counts), "high": max(counts)}


def _spread_words(facts: PlanGoals) -> str | None:
    spread = _spread(facts)
    if spread["low"] is None:
        return None
    return str(spread["low"]) if spread["low"] == spread["high"] else text("{low}〜{high}", **spread)


def view_themes(goals: Sequence[PlanGoals]) -> View | None:
    """Return how many items of each plan have which national theme; None where no plan has any entered."""
    held = [facts for facts in goals if facts.themes.by_theme]
    if not held:
        return None
    labels = goal_labels_of(goals)
    names = {
        theme: text_of_theme(held, theme)
        for theme in theme_order(held[0].plan)
        if any(theme in facts.themes.by_theme for facts in held)
    }
    rows = [
        {
            "plan": labels[facts.plan.plan_id],
            "plan_ids": facts.plan.plan_id,
            "theme": theme,
            "count": facts.themes.by_theme.get(theme, 0),
            "items": facts.themes.nodes,
            "items_words": items_words(facts),
            "noun": items_noun(facts.plan, facts.tree, facts.themes),
            "name": name,
            "words": text("{theme} {n}", theme=name, n=facts.themes.by_theme.get(theme, 0)),
        }
        for facts in held
        for theme, name in names.items()
    ]
    wide = [
        {
            "plan": labels[facts.plan.plan_id],
            "noun": items_noun(facts.plan, facts.tree, facts.themes),
            "items": facts.themes.nodes,
            "plan_ids": facts.plan.plan_id,
            **{theme: facts.themes.by_theme.get(theme, 0) for theme in names},
        }
        for facts in held
    ]
    columns = [
        Column("plan", text("計画")),
        Column("noun", text("数えたもの")),
        Column("items", text("その数"), 0),
        *(Column(theme, text("{code} {theme}", code=theme, theme=name), 0) for theme, name in names.items()),
    ]
    alternative = text("計画ごとに、国のテーマをもつ項目の数を円の大きさで示した図。") + "".join(
        text(
            "{plan}：{parts}。",
            plan=labels[facts.plan.plan_id],
            parts=join(
                [row["words"] for row in rows if row["plan"] == labels[facts.plan.plan_id] and row["count"]]
            ),
        )
        for facts in held
    )
    file_columns = [
        Column("plan", text("計画")),
        Column("noun", text("数えたもの")),
        Column("theme", text("テーマ")),
        Column("name", text("国のテーマ")),
        Column("count", text("数（個）"), 0),
        Column("items", text("全体の数（個）"), 0),
    ]
    table = data_table(pd.DataFrame(wide), columns, plans="plan_ids")
    table = replace(table, as_file=data_table(pd.DataFrame(rows), file_columns))
    return View(draw_theme_matrix(pd.DataFrame(rows), names), table, goal_sources(held), alternative)


def text_of_theme(goals: Sequence[PlanGoals], theme: str) -> str:
    """Return the name of a theme: that of the plans' generation where they share one, else the common one."""
    generations = {facts.plan.file.generation for facts in goals}
    generation = generations.pop() if len(generations) == 1 else "any"
    return goals[0].plan.reference.theme_label(theme, generation)


def items_words(facts: PlanGoals) -> str:
    """Return what was counted, with its number: 30の施策項目."""
    return counted(items_noun(facts.plan, facts.tree, facts.themes), facts.themes.nodes)


def precision_words(value: float | None) -> str | None:
    """Return a share as whole per cent."""
    return None if value is None else text("{n}%", n=format_number(value * 100, 0))
