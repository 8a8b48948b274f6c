"""Whether an indicator is on track, under a named rule.

Published rules disagree on the same data, so a class is never shown without the rule that gave it. A rule is a
list of classes from best to worst (reference/on_track_rules.csv), all by one measure:

- `progress_minus_elapsed`: p − τ in points; national rule, A ⇔ p ≥ τ
- `pace_ratio`: 100·p / τ; year k of 5 against k·20 % of the way is the same number
- `position`: beyond_target, A has reached T · beyond_baseline, better than B · near_baseline, B itself or worse
  by no more than `width_pct` % of B · behind_baseline, worse than that

A limit belongs to the better class. p and τ are compared as exact fractions, so that p = τ is A.

Two marks come before every rule, as the national rule has them: N, cannot be judged yet, with the reason; and F,
the act itself is the indicator. N is for what may still come: a target that is an arrow has no class under any
rule, whatever is measured, and lies outside it (「-」); its verdict is the sign of the change. A reference
indicator gets no mark. Without a baseline, or without any of the
dates of baseline, actual and target, nothing is judged, position included: a value that might be older than
the baseline has not improved on it. Indicators to be maintained have no p: kept is the best class, not kept the
worst, and the judgement says so. Classes are counted, never averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planbook.analysis.kpis.on_track_places import Place, RuleClass, find_place
from planbook.analysis.kpis.progress import Progress
from planbook.analysis.kpis.reasons import NOTES, sentence_of
from planbook.analysis.kpis.series import Series
from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.rounding import NO_VALUE

NATIONAL = "national"
NOT_YET, ACT, OUTSIDE = "N", "F", NO_VALUE
#: The marks that no rule defines a limit for.
SPECIAL_MARKS = {
    NOT_YET: plain("まだ判定できない"),
    ACT: plain("取り組みそのものが指標"),
    OUTSIDE: plain("この基準の対象外"),
}


Rules = Mapping[str, tuple[RuleClass, ...]]


@dataclass(frozen=True)
class Judgement:
    """The mark of one indicator under one rule.

    Parameters
    ----------
    rule, rule_ja, rule_en, verified, source : the rule that gave the mark.
    kind : a class of the rule; not_yet (N); act (F); outside, for a target that no rule has a class for, whatever
        comes; or none, for a reference indicator.
    mark_ja, mark_en : as the rule writes it; N and F; 「-」 outside the rule; None for a reference indicator.
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
    kind: Literal["class", "not_yet", "act", "outside", "none"]
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
        """The name of the rule in the language of the run, with 「［要確認］」 where it could not be verified."""
        name = self.rule_ja if current_language() == "ja" else self.rule_en
        return name if self.verified else text("{rule}［要確認］", rule=name)

    @property
    def mark_meaning(self) -> str | None:
        """What N, F or 「-」 means, in the language of the run; None for a class, whose rule says it."""
        return text(SPECIAL_MARKS[self.mark_ja]) if self.kind in ("not_yet", "act", "outside") else None

    @property
    def reason_sentence(self) -> str | None:
        """Why there is no class, in the language of the run."""
        return sentence_of(self.reason)

    @property
    def note_sentence(self) -> str | None:
        """How the class was found, in the language of the run."""
        return text(NOTES[self.note]) if self.note else None


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
        return _judgement(classes, "none", Place(reason="reference"))
    if progress.form == "yes_no":
        return _judgement(classes, "act", Place())
    if progress.form == "direction_only":
        return _judgement(classes, "outside", Place(reason="outside_rule"))
    reason = _refusal(progress)
    place = Place(reason=reason) if reason else find_place(progress, classes)
    return _judgement(classes, "not_yet" if place.rank is None else "class", place)


def judge_under_all(progress: Progress, rules: Rules) -> dict[str, Judgement]:
    """Return the marks under every rule, side by side: they may disagree on the same figures."""
    return {name: judge(progress, classes) for name, classes in rules.items()}


def _judgement(classes: Sequence[RuleClass], kind: str, place: Place) -> Judgement:
    first = classes[0]
    marks = {"not_yet": NOT_YET, "act": ACT, "outside": OUTSIDE}
    mark = (marks.get(kind),) * 2
    if kind == "class":
        mark = (classes[place.rank].mark, classes[place.rank].mark_en)
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
