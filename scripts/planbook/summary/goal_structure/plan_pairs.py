"""Two plans of one place, or of one line: what corresponds, how far they are apart, which indicators they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from planbook.analysis.goal_structure.correspondence import (
    GoalLink,
    Match,
    has_same_title,
    join_links,
    match_goals,
    measure_jaccard,
    read_links,
)
from planbook.analysis.goal_structure.distance import TreeDistance, measure_distance
from planbook.analysis.goal_structure.suggestions import LinkSuggestion, suggest_links
from planbook.analysis.goal_structure.themes import NO_THEME
from planbook.analysis.goal_structure.tree import FRAME, Goal
from planbook.analysis.text_similarity import TextSpace
from planbook.load.plan import Plan
from planbook.summary.comparison.kpi_comparison import KpiComparison, compare_in_order
from planbook.summary.goal_structure.plan_goals import PlanGoals
from planbook.summary.goal_structure.theme_suggestions import make_goal_space

#: Titles this alike are worth a look; below it they share hardly more than one everyday word.
LOWEST_LINK = 0.25

Relation = Literal["predecessor", "upper", "place"]


@dataclass(frozen=True)
class PlanPair:
    """Two plans side by side, the one that begins earlier first.

    Parameters
    ----------
    relation : predecessor or upper where plan.yml says so, place where they only are of one municipality.
    named_by : whose plan.yml says so; None for place.
    links : entered in goal_links.csv of the later plan, or of the earlier one for an upper plan.
    dangling : entered links that lead to a goal that one of the plans does not list.
    tops : the top goals of both, each with its partners among the other's.
    parts : the same of everything below them.
    across : links from a top goal, or from a frame, to an item of another level.
    by_title : edit distance when only equal titles stand for the same.
    by_links : edit distance when what is entered as corresponding does, too; None where nothing is entered.
    by_shape : edit distance when titles are not looked at: how the hierarchies are built, not what they say.
    jaccard : share of common themes among all themes of both; None where no theme is entered.
    suggestions : alike goals that no link ties, for a person to look at.
    indicators : what the plans share of them; None where one of the documents lists none: then nothing can be said.
    """

    earlier: PlanGoals
    later: PlanGoals
    relation: Relation
    named_by: PlanGoals | None
    links: tuple[GoalLink, ...]
    dangling: tuple[GoalLink, ...]
    tops: tuple[Match, ...]
    parts: tuple[Match, ...]
    across: tuple[GoalLink, ...]
    by_title: TreeDistance
    by_links: TreeDistance | None
    by_shape: TreeDistance
    jaccard: float | None
    suggestions: tuple[LinkSuggestion, ...]
    indicators: KpiComparison | None

    @property
    def key(self) -> str:
        """Names the pair in addresses and for the choice of plans: both ids."""
        return f"{self.earlier.plan.plan_id}+{self.later.plan.plan_id}"

    @property
    def is_succession(self) -> bool:
        """Tell whether the later plan follows the earlier one: only then may it be said what became of a goal."""
        kinds = {facts.plan.file.kind for facts in (self.earlier, self.later)}
        return self.relation == "predecessor" or (self.relation == "place" and len(kinds) == 1)

    @property
    def gap_years(self) -> tuple[int, int] | None:
        """The fiscal years between the two periods, first and last; None where they follow or overlap."""
        first = self.earlier.plan.file.period.end_fiscal_year + 1
        last = self.later.plan.file.period.start_fiscal_year - 1
        return (first, last) if first <= last else None


def list_pairs(plans: Sequence[PlanGoals]) -> list[tuple[PlanGoals, PlanGoals]]:
    """Return the pairs worth comparing: plans of one municipality, and plans that plan.yml relates.

    Of several plans of one line (第1期 → 第2期 → 第3期) every one is compared with the one before it, not with
    all; plans of different kinds of one municipality are compared pairwise.
    """
    ordered = sorted(plans, key=lambda facts: (facts.plan.file.period.start_fiscal_year, facts.plan.plan_id))
    found = []
    for earlier, later in combinations(ordered, 2):
        one_place = earlier.plan.municipality.code == later.plan.municipality.code
        if _relation(earlier, later) or (one_place and not _between(earlier, later, ordered)):
            found.append((earlier, later))
    return sorted(found, key=lambda pair: (pair[0].plan.municipality.code, pair[0].plan.plan_id))


def _relation(earlier: PlanGoals, later: PlanGoals) -> tuple[Relation, PlanGoals] | None:
    """Return how plan.yml of one of the plans relates the other, and whose it is; None where neither does."""
    for one, other in ((earlier, later), (later, earlier)):
        for related in one.plan.file.related:
            if related.plan_id == other.plan.plan_id and related.relation in ("predecessor", "upper"):
                return related.relation, one
    return None


def _between(earlier: PlanGoals, later: PlanGoals, plans: Sequence[PlanGoals]) -> bool:
    """Tell whether a third plan of the same line stands between two plans of one kind."""
    first, last = earlier.plan.file, later.plan.file
    return first.kind == last.kind and any(
        first.period.start_fiscal_year
        < other.plan.file.period.start_fiscal_year
        < last.period.start_fiscal_year
        for other in plans
        if (other.plan.file.municipality, other.plan.file.kind) == (first.municipality, first.kind)
    )


def gather_pairs(plans: Sequence[PlanGoals]) -> tuple[PlanPair, ...]:
    """Compare the pairs of `list_pairs`."""
    space = make_goal_space(plans)
    return tuple(gather_pair(*pair, space) for pair in list_pairs(plans))


def gather_named_pair(plans: Sequence[PlanGoals], plan_id: str, other_id: str) -> PlanPair:
    """Compare two plans whatever relates them; both ids are among `plans`, and they differ."""
    chosen = [facts for facts in plans if facts.plan.plan_id in (plan_id, other_id)]
    earlier, later = sorted(
        chosen, key=lambda facts: (facts.plan.file.period.start_fiscal_year, facts.plan.plan_id)
    )
    return gather_pair(earlier, later, make_goal_space(plans))


def gather_pair(earlier: PlanGoals, later: PlanGoals, space: TextSpace) -> PlanPair:
    """Compare two plans.

    Parameters
    ----------
    earlier, later : by the beginning of their periods.
    space : made from a collection that both belong to.
    """
    entered, related = _entered(earlier.plan, later.plan), _relation(earlier, later)
    ids = [{goal.goal_id for goal in facts.tree.everything} for facts in (earlier, later)]
    links = tuple(link for link in entered if link.earlier_id in ids[0] and link.later_id in ids[1])
    tied = {(link.earlier_id, link.later_id) for link in links}

    def linked(one: Goal, other: Goal) -> bool:
        return (one.goal_id, other.goal_id) in tied or has_same_title(one, other)

    tops, parts = (
        tuple(match_goals(_pick(earlier, top=top), _pick(later, top=top), links)) for top in (True, False)
    )
    within = {link for match in (*tops, *parts) for link in match.links}
    return PlanPair(
        earlier=earlier,
        later=later,
        relation=related[0] if related else "place",
        named_by=related[1] if related else None,
        links=links,
        dangling=tuple(link for link in entered if link not in links),
        tops=tops,
        parts=parts,
        across=tuple(link for link in links if link not in within),
        by_title=measure_distance(earlier.tree, later.tree, has_same_title),
        by_links=measure_distance(earlier.tree, later.tree, linked) if links else None,
        by_shape=measure_distance(earlier.tree, later.tree, lambda _one, _other: True),
        jaccard=measure_jaccard(
            *([t for t in facts.present_themes if t != NO_THEME] for facts in (earlier, later))
        ),
        suggestions=_suggest(earlier, later, tied, space),
        indicators=compare_in_order([earlier.plan, later.plan]) if earlier.series and later.series else None,
    )


def _entered(earlier: Plan, later: Plan) -> tuple[GoalLink, ...]:
    """Return the links of both plans to each other: a strategy may name the plan above it, which begins later."""
    return join_links(
        [
            *read_links(earlier.frame("goal_links"), later.plan_id, own_is_later=False),
            *read_links(later.frame("goal_links"), earlier.plan_id, own_is_later=True),
        ]
    )


def _pick(facts: PlanGoals, *, top: bool) -> list[Goal]:
    return [goal for goal in facts.tree.nodes if (goal.depth == 1) == top]


def _suggest(
    earlier: PlanGoals, later: PlanGoals, tied: set[tuple[str, str]], space: TextSpace
) -> tuple[LinkSuggestion, ...]:
    first, second = ([goal for goal in facts.tree.walk() if goal.role != FRAME] for facts in (earlier, later))
    pairs = suggest_links(first, second, space, lowest=LOWEST_LINK)
    linked = {goal_id for pair in tied for goal_id in pair}
    return tuple(
        pair
        for pair in pairs
        if (pair.earlier.goal_id, pair.later.goal_id) not in tied
        # Where both have their partners already, one more likeness only distracts.
        and not (pair.earlier.goal_id in linked and pair.later.goal_id in linked)
    )


Standing = Literal["linked", "near", "none"]


def list_standings(pair: PlanPair, side: Literal["earlier", "later"]) -> dict[str, Standing]:
    """Tell of every item below the top goals whether it has a partner, or one above or below it has.

    Returns
    -------
    goal id → linked: a link is entered; near: only for an item above (not the top goal) or below it; none.
    """
    facts: PlanGoals = getattr(pair, side)
    linked = {getattr(link, f"{side}_id") for link in pair.links}
    found: dict[str, Standing] = {}

    def descend(goal: Goal, above: bool) -> bool:
        """Note the standing of a goal and all below it; tell whether any of them is linked."""
        own = goal.goal_id in linked
        below = [descend(child, goal.depth > 1 and (above or own)) for child in goal.children]
        if goal.depth > 1 and goal.role != FRAME:
            found[goal.goal_id] = "linked" if own else "near" if above or any(below) else "none"
        return own or any(below)

    for top in facts.tree.goals:
        descend(top, above=False)
    return found


def count_flows(pair: PlanPair) -> dict[tuple[str, str], int]:
    """Count the links between items below the top goals, by the top goals of both plans."""
    tops = [_tops_of(facts) for facts in (pair.earlier, pair.later)]
    flows: dict[tuple[str, str], int] = {}
    for link in pair.links:
        first, second = tops[0][link.earlier_id], tops[1][link.later_id]
        if first and second and (link.earlier_id, link.later_id) != (first, second):
            flows[first, second] = flows.get((first, second), 0) + 1
    return flows


def _tops_of(facts: PlanGoals) -> dict[str, str | None]:
    """Return the top goal above each goal; None for a frame beside the hierarchy."""
    above: dict[str, str | None] = {goal.goal_id: None for goal in facts.tree.everything}
    for top in facts.tree.tops:
        above.update(dict.fromkeys((goal.goal_id for goal in top.walk()), top.goal_id))
    return above
