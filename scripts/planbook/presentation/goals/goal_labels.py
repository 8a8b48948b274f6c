"""Labels of goals, levels and themes in the language of the run."""

from __future__ import annotations

from collections.abc import Mapping

from planbook.analysis.goal_structure.themes import ThemeCounts
from planbook.analysis.goal_structure.tree import GoalTree
from planbook.load.plan import Plan
from planbook.presentation.kpis.kpi_values import join
from planbook.vocabulary.catalogue import text


def theme_name(plan: Plan, theme: str) -> str:
    """Return a theme as its generation calls it."""
    return plan.reference.theme_label(theme, plan.file.generation)


def items_noun(plan: Plan, tree: GoalTree, counts: ThemeCounts) -> str:
    """Return what was counted by theme: 施策 and 目標 stand for several levels, one alone has its own name."""
    levels = {goal.level for goal in tree.nodes if goal.role == counts.role}
    general = text("施策") if counts.role == "measure" else text("目標")
    return plan.reference.label("levels", levels.pop()) if len(levels) == 1 else general


def counted(noun: str, count: int) -> str:
    """Return a count with its counter: 4つの基本目標, 17の基本的方向 (つ ends at nine), 4本の柱."""
    if noun.endswith("柱"):
        return text("{n}本の{noun}", n=count, noun=noun)
    return (
        text("{n}つの{noun}", n=count, noun=noun) if count < 10 else text("{n}の{noun}", n=count, noun=noun)
    )


def level_words(plan: Plan, counts: Mapping[str, int]) -> str:
    """Return counts by level in words."""
    parts = [counted(plan.reference.label("levels", level), count) for level, count in counts.items()]
    return text("{first}と{second}", first=parts[0], second=parts[1]) if len(parts) == 2 else join(parts)


def mark_meaning(plan: Plan, mark: str) -> str | None:
    """Return what the document says that a mark means; None where it does not."""
    claims = plan.frame("claims")
    if claims is None:
        return None
    legends = [
        written for written in claims["as_written"] if written.startswith(mark) and len(written) > len(mark)
    ]
    return legends[0].removeprefix(mark).strip() if legends else None
