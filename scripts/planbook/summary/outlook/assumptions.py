"""A plan's words on births and migration read as rules, and what the words leave open as questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from planbook.analysis.projection.cohorts import WIDTH
from planbook.analysis.projection.scenarios import MigrationRule, Question, Scenario, TfrPath
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.schemas.plan_file import Assumption


def question_key(question: Question) -> str:
    """Return what a reading's answer is filed under: the field, and which rule on migration it belongs to."""
    return f"{question.field}@{question.part}" if isinstance(question.part, int) else question.field


def read_assumptions(
    assumptions: Sequence[Assumption], start: int
) -> tuple[Scenario, list[Question], tuple[Assumption, ...]]:
    """Turn stated assumptions into a scenario, and what they leave open into questions.

    Parameters
    ----------
    assumptions : of plan.yml.
    start : the year from which they hold.

    Returns
    -------
    the scenario, the questions, and assumptions that no rule stands for (a level other than 0, ages without one of
    their bounds, a fertility rate of a year that is past).
    """
    unread: list[Assumption] = []
    aims: list[tuple[int, float]] = []
    rules: list[MigrationRule] = []
    questions: list[Question] = []
    for item in assumptions:
        if item.kind == "tfr" and item.by_year is not None and item.by_year > start:
            if not aims:
                questions.append(Question("fertility", "reading", {"interval": "interval", "point": "point"}))
            aims.append((item.by_year, float(item.value)))
        elif (item.age_from is None) != (item.age_to is None):
            unread.append(item)
        elif item.kind == "migration_scale" or (item.kind == "migration_level" and item.value == 0):
            rule, open_points = _read_rule(item, start, len(rules))
            rules.append(rule)
            questions += open_points
        else:
            unread.append(item)
    if any(_overlap_matters(*pair, start) for pair in combinations(rules, 2)):
        questions.append(Question("scenario", "overlap", {"last": "last", "product": "product"}))
    fertility = TfrPath(start, tuple(sorted(aims))) if aims else None
    return Scenario("stated", fertility, tuple(rules)), questions, tuple(unread)


def _overlap_matters(before: MigrationRule, after: MigrationRule, start: int) -> bool:
    """Tell whether "the last wins" and "both are multiplied" ever differ: 0 is 0 either way, once it holds."""
    first = start + WIDTH
    if not _may_share(before, after):
        return False
    years = range(first, max(before.by_year, after.by_year) + WIDTH, WIDTH)
    return any(
        one.factor(year) * other.factor(year) != other.factor(year)
        for one in _ways_there(before, start)
        for other in _ways_there(after, start)
        for year in years
    )


def _ways_there(rule: MigrationRule, start: int) -> tuple[MigrationRule, ...]:
    """Return the rule at once and, where there is time for it, step by step."""
    return (rule, replace(rule, from_year=start)) if rule.by_year > start + WIDTH else (rule,)


def _may_share(before: MigrationRule, after: MigrationRule) -> bool:
    """Tell whether some reading of the ages puts one cell under both rules: bounds may move by one group."""
    if before.ages is None or after.ages is None:
        return True
    low = max(0, before.ages.age_start - WIDTH)
    return AgeGroup(low, before.ages.age_end + 2 * WIDTH).overlaps(after.ages) or AgeGroup(
        max(0, after.ages.age_start - WIDTH), after.ages.age_end + 2 * WIDTH
    ).overlaps(before.ages)


def _read_rule(item: Assumption, start: int, position: int) -> tuple[MigrationRule, list[Question]]:
    first = start + WIDTH
    by_year = max(first, item.by_year) if item.by_year else first
    gradual = start if by_year > first else None
    questions = []
    rule = MigrationRule(float(item.value), by_year=by_year)
    if item.kind == "migration_scale":
        questions.append(Question(position, "signs", {"all": "all", "negative": "negative"}))
    if item.age_from is not None and item.age_to is not None:
        ages = _age_readings(item.age_from, item.age_to)
        rule = replace(rule, ages=next(iter(ages.values())))
        if len(ages) > 1:
            questions.append(Question(position, "ages", ages))
        questions.append(Question(position, "ages_at", {"start": "start", "end": "end"}))
    if gradual is not None:
        questions.append(Question(position, "from_year", {"gradual": gradual, "at_once": None}))
    return rule, questions


def _age_readings(low: int, high: int) -> dict[str, AgeGroup]:
    """Return the whole five-year groups that 「20～40歳」 may mean: up to the group before 40, or with it."""
    low -= low % WIDTH
    if high % WIDTH:
        return {f"{low}-{high - high % WIDTH + WIDTH - 1}": AgeGroup(low, high - high % WIDTH + WIDTH)}
    ends = (high, high + WIDTH)
    return {f"{low}-{end - 1}": AgeGroup(low, end) for end in ends}
