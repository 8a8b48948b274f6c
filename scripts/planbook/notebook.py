"""What a notebook imports: one short line gives an analyst everything a page is made of.

>>> from planbook.notebook import load_plan, open_page
"""

from __future__ import annotations

from planbook.load import plan as _plan
from planbook.load.reference import load_reference
from planbook.load.roots import find_data_root
from planbook.presentation import digest_words, document_words
from planbook.presentation.comparison import (
    alike_goal_views,
    compare_common_words,
    compare_fairness_words,
    compare_frame_views,
    compare_goal_views,
    compare_goal_words,
    compare_kpi_gaps,
    compare_kpi_list,
    compare_kpi_shared,
    compare_kpi_standing,
    compare_kpi_targets,
    compare_kpi_views,
    compare_kpi_words,
    compare_path_views,
    compare_population_views,
    compare_population_words,
    compare_target_views,
    goal_comparability,
    goal_crosswalk_views,
    kpi_comparability,
    overview_contents,
    overview_points,
    overview_views,
    overview_words,
    pair_views,
    pair_words,
    peer_views,
    peer_words,
    plan_chooser,
    population_comparability,
)
from planbook.presentation.goals import goal_figures, goal_views, goal_words
from planbook.presentation.kpis import (
    calendar_views,
    evaluation_views,
    evidence_views,
    finding_views,
    kpi_figures,
    kpi_tables,
    kpi_words,
    path_figures,
    review_sheet,
)
from planbook.presentation.outlook import (
    assumption_words,
    need_views,
    need_words,
    outlook_views,
    outlook_words,
    reading_views,
    stated_words,
)
from planbook.presentation.page import Card, Page, open_page
from planbook.presentation.page import open_comparison as _open_comparison
from planbook.presentation.population import (
    age_views,
    band_views,
    band_words,
    change_views,
    concept_views,
    concept_words,
    decomposition_views,
    decomposition_words,
    population_views,
    population_words,
    structure_words,
)
from planbook.presentation.recalculation import check_words
from planbook.summary.comparison.comparison_facts import gather_comparison
from planbook.summary.comparison.kpi_comparison import gather_kpi_comparison
from planbook.summary.comparison.peer_facts import gather_peers
from planbook.summary.concept_facts import gather_concepts
from planbook.summary.decomposition_facts import gather_intervals
from planbook.summary.error_band_facts import gather_newest_bands
from planbook.summary.goal_structure.alike_goals import gather_alike_goals
from planbook.summary.goal_structure.plan_goals import gather_all_goals, gather_goals
from planbook.summary.goal_structure.plan_pairs import gather_pairs
from planbook.summary.goal_structure.theme_suggestions import gather_suggestions
from planbook.summary.kpis.kpi_facts import gather_kpis
from planbook.summary.outlook.gather import gather_outlook
from planbook.summary.population_facts import gather_population
from planbook.vocabulary.selection import select_plans

__all__ = [
    "Card",
    "age_views",
    "alike_goal_views",
    "assumption_words",
    "band_views",
    "band_words",
    "calendar_views",
    "change_views",
    "check_words",
    "compare_common_words",
    "compare_fairness_words",
    "compare_frame_views",
    "compare_goal_views",
    "compare_goal_words",
    "compare_kpi_gaps",
    "compare_kpi_list",
    "compare_kpi_shared",
    "compare_kpi_standing",
    "compare_kpi_targets",
    "compare_kpi_views",
    "compare_kpi_words",
    "compare_path_views",
    "compare_population_views",
    "compare_population_words",
    "compare_target_views",
    "concept_views",
    "concept_words",
    "decomposition_views",
    "decomposition_words",
    "digest_words",
    "document_words",
    "evaluation_views",
    "evidence_views",
    "finding_views",
    "gather_alike_goals",
    "gather_all_goals",
    "gather_comparison",
    "gather_concepts",
    "gather_goals",
    "gather_intervals",
    "gather_kpi_comparison",
    "gather_kpis",
    "gather_newest_bands",
    "gather_outlook",
    "gather_pairs",
    "gather_peers",
    "gather_population",
    "gather_suggestions",
    "goal_comparability",
    "goal_crosswalk_views",
    "goal_figures",
    "goal_views",
    "goal_words",
    "kpi_comparability",
    "kpi_figures",
    "kpi_tables",
    "kpi_words",
    "load_plan",
    "load_plans",
    "need_views",
    "need_words",
    "open_comparison",
    "open_page",
    "outlook_views",
    "outlook_words",
    "overview_contents",
    "overview_points",
    "overview_views",
    "overview_words",
    "pair_views",
    "pair_words",
    "path_figures",
    "peer_views",
    "peer_words",
    "plan_chooser",
    "population_comparability",
    "population_views",
    "population_words",
    "reading_views",
    "review_sheet",
    "stated_words",
    "structure_words",
]


def load_plan(plan_id: str) -> _plan.Plan:
    """Load a plan from the data folder in use (``data/``, or the one that the run was given)."""
    return _plan.load_plan(find_data_root(), plan_id)


def load_plans(selection: str = "*") -> tuple[list[_plan.Plan], list[str]]:
    """Load every plan whose id matches the selection: patterns separated by blanks, ``07* 11233-*``.

    Returns
    -------
    the plans, and the ids of those whose data cannot be read: a comparison names them and goes on.
    """
    root = find_data_root()
    chosen = select_plans(selection, root.plan_ids()) if root.plan_ids() else []
    return _plan.load_readable(root, chosen)


def open_comparison(name: str) -> Page:
    """Open a page across plans."""
    return _open_comparison(load_reference(find_data_root()), name)
