"""Labels of goals, levels and themes in the language of the run."""

from __future__ import annotations

from collections.abc import Mapping

from planbook.analysis.goals import GoalTree, build_tree
from planbook.load.plan import Plan
from planbook.presentation.kpis.kpi_values import join
from planbook.vocabulary.catalogue import text


def gather_goals(plan: Plan) -> GoalTree:
    """Return the goal hierarchy of a plan."""
    roles = {row.level: row.role for row in plan.reference.table("levels").rows}
    return build_tree(plan.frame("goals"), roles, plan.frame("goal_themes"))


def theme_order(plan: Plan) -> list[str]:
    """Return the codes of the themes in the order of the reference table."""
    return list(dict.fromkeys(row.theme for row in plan.reference.table("themes").rows))


def theme_name(plan: Plan, theme: str) -> str:
    """Return a theme as its generation calls it."""
    return plan.reference.theme_label(theme, plan.file.generation)


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
