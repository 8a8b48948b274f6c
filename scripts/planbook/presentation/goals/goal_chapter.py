"""The parts of the methods chapter on goals: how often suggested themes are those entered, and what they start from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planbook.load.plan import load_readable
from planbook.load.reference import load_reference
from planbook.load.roots import DataRoot
from planbook.presentation.comparison.compare_goal_views import precision_words
from planbook.presentation.html import escape
from planbook.presentation.tables import Column, data_table
from planbook.summary.goal_structure.plan_goals import gather_all_goals
from planbook.summary.goal_structure.theme_suggestions import gather_suggestions, join_quality
from planbook.vocabulary.catalogue import text


def suggestion_quality(root: DataRoot, status: Any = None) -> str:
    """Return how often the first suggestion of each plan is a theme that was entered by hand."""
    plans, _ = load_readable(root, root.plan_ids() if status is None else status.plan_ids)
    found = [one for one in gather_suggestions(gather_all_goals(plans)) if one.quality.goals]
    if not found:
        return f"<p>{escape(text('テーマを入力した計画がないので、まだ測っていません。'))}</p>"
    rows = [(one.facts.plan.short_title, one.quality) for one in found]
    rows.append((text("全体"), join_quality(found)))
    frame = pd.DataFrame(
        [
            {
                "plan": name,
                "goals": quality.goals,
                "suggested": quality.suggested,
                "right": quality.right,
                "precision": precision_words(quality.precision),
                "reach": precision_words(quality.reach),
            }
            for name, quality in rows
        ]
    )
    columns = [
        Column("plan", text("計画")),
        Column("goals", text("テーマを入力した項目"), 0),
        Column("suggested", text("候補を挙げた項目"), 0),
        Column("right", text("第一の候補が入力と同じ"), 0),
        Column("precision", text("適合率（同じ÷挙げた）")),
        Column("reach", text("挙げた割合（挙げた÷全体）")),
    ]
    return data_table(frame, columns).html(text("テーマの候補の当たり方")).markup


def theme_words(root: DataRoot, _: Any = None) -> str:
    """Return the wordings of the national strategies that suggestions start from, with their sources."""
    reference = load_reference(root)
    rows = [
        {
            "words": row.words,
            "theme": text("{code} {theme}", code=row.theme, theme=reference.theme_label(row.theme, "any")),
            "source": reference.row("sources", row.source_id).title,
        }
        for row in reference.table("theme_words").rows
    ]
    columns = [Column("words", text("語句")), Column("theme", text("テーマ")), Column("source", text("出典"))]
    return (
        data_table(pd.DataFrame(rows), columns)
        .html(text("国の戦略での言い方（テーマの候補の手がかり）"))
        .markup
    )
