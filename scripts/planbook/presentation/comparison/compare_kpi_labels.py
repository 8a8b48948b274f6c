"""What plans and counts are called where indicators are compared, and which sources stand below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planbook.load.plan import Plan
from planbook.presentation.comparison.compare_labels import plan_labels, unique
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_figures import document_sources
from planbook.presentation.kpis.kpi_values import join
from planbook.presentation.page import Page, View
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.tables import Column
from planbook.summary.comparison.kpi_comparison import KpiComparison, PlanIndicators
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.rounding import format_number

#: So many plans are named in a sentence or a cell; more are counted.
MOST_NAMED = 4
#: Rows in one chart: a longer one is scrolled past, and no sheet holds it. Then the table stands alone.
MOST_DRAWN = 40


def labels_of(comparison: KpiComparison) -> dict[str, str]:
    """Return what each plan is called, by its id."""
    return plan_labels([row.plan for row in comparison.plans])


def count_plans(count: int) -> str:
    """Return a number of plans: 1計画, 1,234計画."""
    return text("1計画") if count == 1 else text("{n}計画", n=format_number(count))


def who_plans(chosen: Sequence[PlanIndicators], labels: dict[str, str]) -> str:
    """Return which plans are meant: a few by name, more by their number."""
    names = [labels[row.plan.plan_id] for row in chosen]
    if len(names) == 1:
        return text("{plan}だけ", plan=names[0])
    if len(names) <= MOST_NAMED:
        return text("{count}（{names}）", count=count_plans(len(names)), names=join(names))
    return count_plans(len(names))


def named(plan_ids: Iterable[str], labels: dict[str, str]) -> str:
    """Return plans for a cell: a few by name, more by their number."""
    names = [labels[plan_id] for plan_id in dict.fromkeys(plan_ids)]
    return join(names) if len(names) <= MOST_NAMED else count_plans(len(names))


def label_with_document(row: PlanIndicators, label: str) -> str:
    """Return a plan with what the document at hand is: 二戸市 後期基本計画（概要）."""
    return text("{plan}（{coverage}）", plan=label, coverage=coverage_words(row.plan.file))


def plan_link(plan: Plan, label: str) -> Html:
    """Return a plan as a link to its page of indicators; pages across plans are one floor above the prefectures."""
    address = f"{plan.municipality.code[:2]}/{plan.plan_id}/kpis.html"
    return Html(f'<a href="{escape(address)}">{escape(label)}</a>')


def plan_cells(plan: Plan) -> dict[str, object]:
    """Return by what a download names a plan; the names are those of no column of `kpi_downloads`."""
    return {
        "muni_code": plan.municipality.code,
        "muni_name": plan.municipality.name,
        "plan_title": plan.title,
        "plan_id": plan.plan_id,
    }


def plan_columns() -> list[Column]:
    """Return the columns of `plan_cells`."""
    return [
        Column("muni_code", text("団体コード")),
        Column("muni_name", text("団体名")),
        Column("plan_title", text("計画")),
        Column("plan_id", text("計画ID")),
    ]


def count_column(name: str, title: str) -> Column:
    """Return a column of counts for a download, where every heading states its unit."""
    return Column(name, text("{name}（個）", name=title), 0)


def listing_sources(rows: Iterable[PlanIndicators]) -> tuple[SourceRef, ...]:
    """Return the documents that list indicators, and of the other plans the one that states the period."""
    return unique(
        source
        for row in rows
        for source in (
            document_sources(row.plan, row.kpis.series) or (row.plan.document_source(row.plan.file.period),)
        )
    )


def view_figure(page: Page, key: str, view: View | None, caption: str) -> Html:
    """Return a view as a figure; nothing where there is none, so that its section is left out of the book."""
    if view is None:
        return Html("")
    return page.figure(
        key, view.chart, view.table, caption=caption, alternative=view.alternative, sources=view.sources
    )
