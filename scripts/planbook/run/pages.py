"""The pages of the book: which notebook makes which page of a plan, or of all plans together."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.vocabulary.catalogue import plain


@dataclass(frozen=True)
class PageKind:
    """A page that the book has once for each plan, or once for all plans.

    Parameters
    ----------
    name : what the command line calls it; the address of a comparison page.
    title : its title, to be translated.
    notebook : the notebook's name, without suffix.
    per_plan : True for a page of each plan.
    """

    name: str
    title: str
    notebook: str
    per_plan: bool = True


#: In the order of the contents; a further page is one line here and a notebook.
PAGES = (
    PageKind("digest", plain("要約"), "digest"),
    PageKind("population", plain("人口"), "population"),
    PageKind("kpis", plain("KPI"), "kpis"),
    PageKind("goals", plain("目標の体系"), "goals"),
    PageKind("overview", plain("計画の一覧"), "overview", per_plan=False),
    # Not «population», which is a page of each plan: the command line would take one for the other.
    PageKind("compare-population", plain("人口をならべて見る"), "compare_population", per_plan=False),
    PageKind("compare-kpis", plain("指標をならべて見る"), "compare_kpis", per_plan=False),
    PageKind("compare-goals", plain("目標をならべて見る"), "compare_goals", per_plan=False),
    PageKind("same-place", plain("同じ市区町村の計画を見くらべる"), "same_place", per_plan=False),
    PageKind("check", plain("計画の検算"), "check", per_plan=False),
)
PLAN_PAGES = tuple(page for page in PAGES if page.per_plan)
COMPARISON_PAGES = tuple(page for page in PAGES if not page.per_plan)
