"""Two plans of one place, or of one line: what corresponds, how far they are apart, which indicators they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from planbook.analysis.goal_structure.correspondence import (
    GoalLink,
    Group,
    group_goals,
    has_same_title,
    list_everything,
    measure_jaccard,
    read_links,
)
from planbook.analysis.goal_structure.distance import TreeDistance, measure_distance
from planbook.analysis.goal_structure.suggestions import LinkSuggestion, suggest_links
from planbook.analysis.goal_structure.tree import FRAME, Goal
from planbook.analysis.kpis.series import Series
from planbook.analysis.text_similarity import TextSpace, compare_texts
from planbook.load.plan import Plan
from planbook.summary.comparison.shared_indicators import LOWEST_LIKENESS
from planbook.summary.goal_structure.plan_goals import PlanGoals
from planbook.summary.goal_structure.theme_suggestions import make_goal_space

#: Titles this alike are worth a look; below it they share hardly more than one everyday word.
LOWEST_LINK = 0.25

Relation = Literal["predecessor", "upper", "place"]


@dataclass(frozen=True)
class SharedIndicator:
    """An indicator of each plan whose names are alike.

    Parameters
    ----------
    earlier, later : of the two plans.
    score : likeness of the names, 0 to 1.
    shared : the words they share.
    """

    earlier: Series
    later: Series
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True)
class PlanPair:
    """Two plans side by side, the one that begins earlier first.

    Parameters
    ----------
    relation : predecessor or upper where plan.yml says so, place where they only are of one municipality.
    named_by : whose plan.yml says so; None for place.
    links : entered in goal_links.csv of the later plan, or of the earlier one for an upper plan.
    dangling : entered links that lead to a goal that one of the plans does not list.
    tops : groups of the top goals alone.
    parts : groups of everything below them.
    by_title : edit distance when only equal titles stand for the same.
    by_links : edit distance when what is entered as corresponding does, too; None where nothing is entered.
    by_shape : edit distance when titles are not looked at: how the hierarchies are built, not what they say.
    jaccard : share of common themes among all themes of both; None where no theme is entered.
    suggestions : alike goals that no link ties, for a person to look at.
    indicators : alike indicators; None where one of the documents lists none: then nothing can be said.
    """

    earlier: PlanGoals
    later: PlanGoals
    relation: Relation
    named_by: PlanGoals | None
    links: tuple[GoalLink, ...]
    dangling: tuple[GoalLink, ...]
    tops: tuple[Group, ...]
    parts: tuple[Group, ...]
    by_title: TreeDistance
    by_links: TreeDistance | None
    by_shape: TreeDistance
    jaccard: float | None
    suggestions: tuple[LinkSuggestion, ...]
    indicators: tuple[SharedIndicator, ...] | None

    @property
    def key(self) -> str:
        """Names the pair in addresses and for the choice of plans: both ids."""
        return f"{self.earlier.plan.plan_id}+{self.later.plan.plan_id}"

    @property
    def gap_years(self) -> tuple[int, int] | None:
        """The fiscal years between the two periods, first and last; None where they follow or overlap."""
        first = self.earlier.plan.file.period.end_fiscal_year + 1
        last = self.later.plan.file.period.start_fiscal_year - 1
        return (first, last) if first <= last else None


def list_pairs(plans: Sequence[PlanGoals]) -> list[tuple[PlanGoals, PlanGoals, Relation]]:
    """Return the pairs worth comparing: plans of one municipality, and plans that plan.yml relates.

    Of several plans of one line (第1期 → 第2期 → 第3期) every one is compared with the one before it, not with
    all; plans of different kinds of one municipality are compared pairwise.
    """
    ordered = sorted(plans, key=lambda facts: (facts.plan.file.period.start_fiscal_year, facts.plan.plan_id))
    found: dict[tuple[str, str], tuple[PlanGoals, PlanGoals, Relation]] = {}
    for earlier, later in combinations(ordered, 2):
        relation = _relation(earlier.plan, later.plan)
        if relation is None and (
            earlier.plan.municipality.code != later.plan.municipality.code
            or _between(earlier, later, ordered)
        ):
            continue
        found[earlier.plan.plan_id, later.plan.plan_id] = (earlier, later, relation or "place")
    return sorted(found.values(), key=lambda pair: (pair[0].plan.municipality.code, pair[0].plan.plan_id))


def _relation(earlier: Plan, later: Plan) -> Relation | None:
    for one, other in ((earlier, later), (later, earlier)):
        for related in one.file.related:
            if related.plan_id == other.plan_id and related.relation in ("predecessor", "upper"):
                return related.relation
    return None


def _named_by(earlier: PlanGoals, later: PlanGoals, relation: Relation) -> PlanGoals | None:
    for one, other in ((earlier, later), (later, earlier)):
        if any(
            related.plan_id == other.plan.plan_id and related.relation == relation
            for related in one.plan.file.related
        ):
            return one
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
    relation = _relation(earlier.plan, later.plan) or "place"
    return gather_pair(earlier, later, relation, make_goal_space(plans))


def gather_pair(earlier: PlanGoals, later: PlanGoals, relation: Relation, space: TextSpace) -> PlanPair:
    """Compare two plans.

    Parameters
    ----------
    earlier, later : by the beginning of their periods.
    relation : how plan.yml relates them.
    space : made from a collection that both belong to.
    """
    entered = _entered(earlier.plan, later.plan)
    ids = [{goal.goal_id for goal in list_everything(facts.tree)} for facts in (earlier, later)]
    links = tuple(link for link in entered if link.earlier_id in ids[0] and link.later_id in ids[1])
    tied = {(link.earlier_id, link.later_id) for link in links}

    def linked(one: Goal, other: Goal) -> bool:
        return (one.goal_id, other.goal_id) in tied or has_same_title(one, other)

    tops, parts = (
        tuple(group_goals(_pick(earlier, top=top), _pick(later, top=top), links)) for top in (True, False)
    )
    return PlanPair(
        earlier=earlier,
        later=later,
        relation=relation,
        named_by=_named_by(earlier, later, relation),
        links=links,
        dangling=tuple(link for link in entered if link not in links),
        tops=tops,
        parts=parts,
        by_title=measure_distance(earlier.tree, later.tree, has_same_title),
        by_links=measure_distance(earlier.tree, later.tree, linked) if links else None,
        by_shape=measure_distance(earlier.tree, later.tree, lambda _one, _other: True),
        jaccard=measure_jaccard(earlier.present_themes, later.present_themes),
        suggestions=_suggest(earlier, later, tied, space),
        indicators=_compare_indicators(earlier, later, space),
    )


def _entered(earlier: Plan, later: Plan) -> tuple[GoalLink, ...]:
    """Return the links of both plans to each other: a strategy may name the plan above it, which began earlier."""
    own = read_links(later.frame("goal_links"), earlier.plan_id)
    turned = read_links(earlier.frame("goal_links"), later.plan_id)
    return own + tuple(
        GoalLink(link.later_id, link.earlier_id, link.evidence, link.confirmed, link.note) for link in turned
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


def _compare_indicators(
    earlier: PlanGoals, later: PlanGoals, space: TextSpace
) -> tuple[SharedIndicator, ...] | None:
    first, second = ([one for one in facts.series if one.repeats is None] for facts in (earlier, later))
    if not first or not second:
        return None
    pairs = compare_texts(
        [one.name for one in first], [one.name for one in second], space, lowest=LOWEST_LIKENESS
    )
    return tuple(SharedIndicator(first[p.left], second[p.right], p.score, p.words) for p in pairs)


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
    above: dict[str, str | None] = {goal.goal_id: None for goal in list_everything(facts.tree)}
    for top in facts.tree.tops:
        above.update(dict.fromkeys((goal.goal_id for goal in top.walk()), top.goal_id))
    return above
