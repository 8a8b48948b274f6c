"""Whether an indicator is on track, under a named rule.

Published rules disagree on the same data, so a class is never shown without the rule that gave it. A rule is a
list of classes from best to worst (reference/on_track_rules.csv), all by one measure:

- `progress_minus_elapsed`: p − τ in points; national rule, A ⇔ p ≥ τ
- `pace_ratio`: 100·p / τ; year k of 5 against k·20 % of the way is the same number
- `position`: beyond_target, A has reached T · beyond_baseline, better than B · near_baseline, B itself or worse
  by no more than `width_pct` % of B · behind_baseline, worse than that

A limit belongs to the better class. p and τ are compared as exact fractions, so that p = τ is A.

Two marks come before every rule, as the national rule has them: N, cannot be judged yet, with the reason; and F,
the act itself is the indicator. A reference indicator gets no mark. Without a baseline, or without any of the
dates of baseline, actual and target, nothing is judged, position included: a value that might be older than
the baseline has not improved on it. Indicators to be maintained have no p: kept is the best class, not kept the
worst, and the judgement says so. Classes are counted, never averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Protocol

from planbook.analysis.kpis.moments import decimal_of
from planbook.analysis.kpis.progress import Progress
from planbook.analysis.kpis.reasons import NOTES, sentence_of
from planbook.analysis.kpis.series import Series
from planbook.vocabulary.catalogue import current_language, plain, text

NATIONAL = "national"
NOT_YET, ACT = "N", "F"
#: The marks that no rule defines a limit for.
SPECIAL_MARKS = {
    NOT_YET: plain("まだ判定できない"),
    ACT: plain("取り組みそのものが指標"),
}


class RuleClass(Protocol):
    """A row of reference/on_track_rules.csv; see `OnTrackRow` for the columns."""

    rule: str
    rule_ja: str
    rule_en: str
    measure: str
    mark: str
    mark_en: str
    at_least: Decimal | None
    position: str | None
    width_pct: Decimal | None
    verified: bool
    source: str


Rules = Mapping[str, tuple[RuleClass, ...]]


@dataclass(frozen=True)
class Judgement:
    """The mark of one indicator under one rule.

    Parameters
    ----------
    rule, rule_ja, rule_en, verified, source : the rule that gave the mark.
    kind : a class of the rule; not_yet (N); act (F); or none, for a reference indicator.
    mark_ja, mark_en : as the rule writes it; N and F; None for a reference indicator.
    rank : 0 for the best class of the rule; None unless `kind` is class.
    classes : how many classes the rule has.
    measure : what was compared, see the module's docstring.
    value : of the measure, in points or per cent; None for positions and where a percentage is withheld.
    reason : key of `REASONS`: why there is no class.
    note : key of `NOTES`: how the class was found where it is not by the measure itself.
    """

    rule: str
    rule_ja: str
    rule_en: str
    verified: bool
    source: str
    kind: Literal["class", "not_yet", "act", "none"]
    mark_ja: str | None
    mark_en: str | None
    classes: int
    measure: str
    rank: int | None = None
    value: Decimal | None = None
    reason: str | None = None
    note: str | None = None

    @property
    def mark(self) -> str | None:
        """The mark in the language of the run."""
        return self.mark_ja if current_language() == "ja" else self.mark_en

    @property
    def rule_name(self) -> str:
        """The name of the rule in the language of the run."""
        return self.rule_ja if current_language() == "ja" else self.rule_en

    @property
    def mark_meaning(self) -> str | None:
        """What N or F means, in the language of the run; None for a class, whose rule says it."""
        return text(SPECIAL_MARKS[self.mark_ja]) if self.kind in ("not_yet", "act") else None

    @property
    def reason_sentence(self) -> str | None:
        """Why there is no class, in the language of the run."""
        return sentence_of(self.reason)

    @property
    def note_sentence(self) -> str | None:
        """How the class was found, in the language of the run."""
        return text(NOTES[self.note]) if self.note else None


@dataclass(frozen=True)
class _Place:
    """A class by its position, or the reason why there is none."""

    rank: int | None = None
    value: Decimal | None = None
    reason: str | None = None
    note: str | None = None


def group_rules(rows: Iterable[RuleClass]) -> dict[str, tuple[RuleClass, ...]]:
    """Return the classes of each rule, best first, as the table lists them."""
    rules: dict[str, tuple[RuleClass, ...]] = {}
    for row in rows:
        rules[row.rule] = (*rules.get(row.rule, ()), row)
    return rules


def choose_rule(series: Series, plan_rule: str | None = None) -> str:
    """Return the rule in force: the indicator's own, else the plan's, else the national one."""
    return series.on_track_rule or plan_rule or NATIONAL


def judge(progress: Progress, classes: Sequence[RuleClass]) -> Judgement:
    """Return the mark of an indicator under one rule.

    Parameters
    ----------
    progress : at the latest actual; with an assumed date of the target the mark is as assumed as its `reading`.
    classes : the rows of one rule, best first.
    """
    if not progress.is_judged:
        return _judgement(classes, "none", _Place(reason="reference"))
    if progress.form == "yes_no":
        return _judgement(classes, "act", _Place())
    reason = _refusal(progress)
    place = _Place(reason=reason) if reason else _find_place(progress, classes)
    return _judgement(classes, "not_yet" if place.rank is None else "class", place)


def judge_under_all(progress: Progress, rules: Rules) -> dict[str, Judgement]:
    """Return the marks under every rule, side by side: they may disagree on the same figures."""
    return {name: judge(progress, classes) for name, classes in rules.items()}


def _judgement(classes: Sequence[RuleClass], kind: str, place: _Place) -> Judgement:
    first = classes[0]
    marks = {"not_yet": (NOT_YET, NOT_YET), "act": (ACT, ACT), "none": (None, None)}
    mark = (classes[place.rank].mark, classes[place.rank].mark_en) if kind == "class" else marks[kind]
    return Judgement(
        rule=first.rule,
        rule_ja=first.rule_ja,
        rule_en=first.rule_en,
        verified=first.verified,
        source=first.source,
        kind=kind,
        mark_ja=mark[0],
        mark_en=mark[1],
        classes=len(classes),
        measure=first.measure,
        rank=place.rank,
        value=place.value,
        reason=place.reason,
        note=place.note,
    )


def _refusal(progress: Progress) -> str | None:
    """Tell why nothing may be judged: a missing value, a missing date, no time passed, no common direction."""
    refusals = progress.refusals
    for figure in ("gap", "ratio") if progress.form != "maintain" else ():
        if refusals.get(figure) not in (None, "maintain", "zero_total"):
            return refusals[figure]
    if "direction_contradicts" in progress.remarks:
        return "direction_contradicts"
    if progress.accumulation is not None and progress.form != "ceiling_zero" and progress.direction != 1:
        return "total_ceiling" if progress.direction else "no_direction"
    if refusals.get("elapsed"):
        return refusals["elapsed"]
    return "no_time_passed" if progress.elapsed == 0 else None


def _find_place(progress: Progress, classes: Sequence[RuleClass]) -> _Place:
    if progress.ratio is None:
        return _place_kept(progress, classes)
    if classes[0].measure == "position":
        return _place_position(progress, classes)
    ratio, elapsed = progress.ratio, progress.elapsed
    by_difference = classes[0].measure == "progress_minus_elapsed"
    measured = (ratio - elapsed if by_difference else ratio / elapsed) * 100
    shown = decimal_of(measured) if progress.progress_pct is not None else None
    return _Place(_rank_measured(measured, classes), shown)


def _rank_measured(measured: Fraction, classes: Sequence[RuleClass]) -> int:
    limits = [None if row.at_least is None else Fraction(row.at_least) for row in classes]
    return next(rank for rank, limit in enumerate(limits) if limit is None or measured >= limit)


def _place_kept(progress: Progress, classes: Sequence[RuleClass]) -> _Place:
    """Give the best class to what is kept and the worst to what is not: there is no rate of progress."""
    if progress.verdict is None:
        return _Place(reason=progress.verdict_refusal)
    kept = progress.verdict in ("kept", "kept_better", "zero_kept")
    return _Place(0 if kept else len(classes) - 1, note="by_tolerance")


def _place_position(progress: Progress, classes: Sequence[RuleClass]) -> _Place:
    total = progress.accumulation
    ahead = -progress.gap * progress.direction
    if ahead >= 0:
        return _Place(_rank_of("beyond_target", classes))
    if total is None:
        return _place_beside(progress.actual_value, progress.baseline.value, progress, classes)
    if total.yearly_base is None:
        return _Place(reason="no_yearly_base")
    place = _place_beside(progress.observed_pace, total.yearly_base, progress, classes)
    return _Place(place.rank, reason=place.reason, note="by_yearly_flow")


def _place_beside(actual: Decimal, base: Decimal, progress: Progress, classes: Sequence[RuleClass]) -> _Place:
    moved = (Fraction(actual) - Fraction(base)) * progress.direction
    if moved > 0:
        return _Place(_rank_of("beyond_baseline", classes))
    if moved < 0 and base < 0:
        return _Place(reason="no_width")
    if moved == 0:
        return _Place(_rank_of("near_baseline", classes))
    near = next((row for row in classes if row.position == "near_baseline"), None)
    width = Fraction(near.width_pct or 0) / 100 * Fraction(base) if near is not None else None
    if width is not None and -moved <= width:
        return _Place(_rank_of("near_baseline", classes))
    return _Place(_rank_of("behind_baseline", classes))


def _rank_of(position: str, classes: Sequence[RuleClass]) -> int:
    """Return the class of a position; a rule without it uses its next worse one."""
    order = ("beyond_target", "beyond_baseline", "near_baseline", "behind_baseline")
    wanted = order.index(position)
    ranks = [order.index(row.position) for row in classes]
    return next((rank for rank, place in enumerate(ranks) if place >= wanted), len(ranks) - 1)
