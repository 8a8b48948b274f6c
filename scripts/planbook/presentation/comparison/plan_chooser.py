"""The chooser of plans: readers of a comparison say which plans they want to see, and the page's script shows them."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.load.plan import Plan
from planbook.presentation.comparison.compare_labels import plan_labels
from planbook.presentation.html import Html, data_script
from planbook.presentation.page import Page


def chooser(page: Page, plans: Sequence[Plan]) -> Html:
    """Return the plans that readers can choose from, in the order of the area codes; nothing for fewer than two.

    It holds data alone: planbook.js makes the control of it, so that no control stands idle where scripts are off.
    What belongs to a plan says so by `plan_attribute`, a row of a chart by its ``plan_ids``.
    """
    if len(plans) < 2:
        return Html("")
    ordered = sorted(plans, key=lambda plan: plan.plan_id)
    labels = plan_labels(ordered)
    choices = [
        {"id": plan.plan_id, "label": labels[plan.plan_id], "words": _search_words(plan)} for plan in ordered
    ]
    data = data_script("pb-choices", choices)
    return Html(f'<div class="pb-chooser" id="{page.subject}-{page.name}-chooser">{data}</div>')


def _search_words(plan: Plan) -> str:
    """Return by what else a plan is found in a long list: its prefecture, its full title."""
    code = plan.municipality.code
    return f"{plan.reference.label('prefectures', code[:2])} {plan.municipality.name} {plan.title}"
