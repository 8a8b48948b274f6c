"""What of the goals of several plans may be compared, and why not: made from what the documents are."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.presentation.comparison.comparability import NO, PART, YES, Item, make_table
from planbook.presentation.comparison.compare_goal_views import (
    goal_labels_of,
)
from planbook.presentation.comparison.compare_goal_words import which_plans
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.tables import DataTable
from planbook.summary.goal_structure.plan_goals import ANY_GENERATION, PlanGoals
from planbook.vocabulary.catalogue import plain, text


def table_goal_comparability(goals: Sequence[PlanGoals]) -> DataTable | None:
    """Return what of the goals may be compared and why not; None with fewer than two plans."""
    if len(goals) < 2:
        return None
    makers = (compare_themes, compare_counts, _compare_depth, _compare_coverage, _compare_words)
    return make_table([make(goals) for make in makers])


def _names(chosen: Sequence[PlanGoals], goals: Sequence[PlanGoals]) -> tuple[str, ...]:
    labels = goal_labels_of(goals)
    return tuple(labels[facts.plan.plan_id] for facts in chosen)


def _documents(goals: Sequence[PlanGoals]) -> str:
    kinds = list(dict.fromkeys(coverage_words(facts.plan.file) for facts in goals))
    if len(kinds) == 1:
        return text("手元の資料はどれも{kind}である。", kind=kinds[0])
    return text("手元の資料の種類が{n}とおりある（{kinds}）。", n=len(kinds), kinds=join(kinds))


def _are_alike(goals: Sequence[PlanGoals]) -> bool:
    """Tell whether all documents are whole plans: only then does a count speak of the plan."""
    return all(facts.plan.file.coverage == "full" for facts in goals)


def compare_themes(goals: Sequence[PlanGoals]) -> Item:
    """Tell whether the themes of the top goals may be compared."""
    lacking = [facts for facts in goals if not facts.links]
    unconfirmed, links = sum(f.unconfirmed for f in goals), sum(f.links for f in goals)
    reason = (
        text("最上位の目標は、どの資料にも載っている。")
        if all(facts.measures.depth for facts in goals)
        else text("目標の体系の掲載がない資料がある。")
    )
    if unconfirmed:
        reason += text(
            "テーマとの対応づけ{links}件のうち{open}件は、まだ確かめていない。",
            links=links,
            open=unconfirmed,
        )
    own = [facts for facts in goals if facts.plan.file.generation == ANY_GENERATION]
    if own:
        reason += text("{which}は国の戦略の区分によらない。", which=which_plans(own, goals))
    held = len(goals) - len(lacking)
    found = NO if held < 2 else PART if lacking or unconfirmed or own else YES
    return Item(plain("最上位の目標のテーマ"), found, reason, _names(lacking, goals))


def compare_counts(goals: Sequence[PlanGoals]) -> Item:
    """Tell whether numbers of measures may be compared."""
    lacking = [facts for facts in goals if facts.themes.role != "measure"]
    reason = _documents(goals) + text("資料が長いほど項目は多くなる。施策の区切り方も計画により違う。")
    found = NO if len(goals) - len(lacking) < 2 or not _are_alike(goals) else PART
    return Item(plain("施策の数"), found, reason, _names(lacking, goals))


def _compare_depth(goals: Sequence[PlanGoals]) -> Item:
    lacking = [facts for facts in goals if facts.measures.depth < 2]
    reason = _documents(goals) + text("概要やウェブページでは、下の段が省かれることがある。")
    found = NO if len(goals) - len(lacking) < 2 or not _are_alike(goals) else PART
    return Item(plain("体系の段の数と均等さ"), found, reason, _names(lacking, goals))


def _compare_coverage(goals: Sequence[PlanGoals]) -> Item:
    lacking = [facts for facts in goals if facts.coverage is None]
    held = len(goals) - len(lacking)
    reason = text(
        "指標が手元の資料に載っているのは{total}計画のうち{n}計画。", total=len(goals), n=held
    ) + _documents(goals)
    found = NO if held < 2 or not _are_alike(goals) else PART
    return Item(plain("指標のない目標、目標のない指標"), found, reason, _names(lacking, goals))


def _compare_words(goals: Sequence[PlanGoals]) -> Item:
    lacking = [facts for facts in goals if not facts.measures.depth]
    reason = text("名称の文字の重なりだけを見ている。同じ語でも中身は違うことがある。")
    found = NO if len(goals) - len(lacking) < 2 else PART
    return Item(plain("名称の似かた"), found, reason, _names(lacking, goals))
