"""How far an indicator has come, in the figures that its form allows.

B baseline at t0, T target at t1, A latest actual at t:

- gap g = T − A; change A − B; planned change T − B
- progress p = (A − B) / (T − B); elapsed τ = (t − t0) / (t1 − t0), at most 1
- required pace (T − A) / (t1 − t); observed pace (A − B) / (t − t0); planned pace (T − B) / (t1 − t0), per year
- pace ratio p / τ; linear projection of A to t1: B + (A − B) / τ

Less-is-better needs no formula of its own: the signs of T − B and A − B carry it.

What a form allows:

- B ≤ 0 or a change of sign: differences only, no percentage (a total from 0 excepted);
- shares in per cent: differences in ポイント;
- no baseline: the gap only, 「進捗率は計算不能（基準値なし）」;
- maintain: no progress; within the declared tolerance, or the sampling error of a survey, or no verdict;
- direction only: the sign of the change with a dead band, the larger of tolerance and margin; never 達成;
- a total of several years: p = A / T, τ from the start of the counting, and the yearly flow T / N beside B;
- p outside −1 … 2: the pair (change, planned change) instead of a percentage;
- a target that is reached, or a level to be kept: no required pace;
- no projection below 0 where no value is negative, nor of a share beyond 0 … 100 %;
- no date of the target: no τ, no pace ratio, no projection.

Each figure that is not given has its reason. Percentages that are withheld for readers are still compared
exactly where a rule of judgement compares p with τ: that is a comparison of two differences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planbook.analysis.kpis.cumulative import Accumulation
from planbook.analysis.kpis.forms import Form
from planbook.analysis.kpis.margin_words import word_margin
from planbook.analysis.kpis.moments import decimal_of
from planbook.analysis.kpis.pace import Timeline
from planbook.analysis.kpis.reasons import ASSUMED_END, REMARKS, VERDICTS, sentence_of
from planbook.analysis.kpis.sampling import Margin
from planbook.analysis.kpis.series import Value
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.errors import Message


@dataclass(frozen=True)
class Progress:
    """What can be said of one indicator at its latest actual; a figure is None where `refusals` says why.

    Parameters
    ----------
    kpi_id, role, is_judged : of the series; a reference indicator is never judged.
    form : see `planbook.analysis.kpis.forms`.
    direction : 1 more is better, −1 less is, None undecided.
    unit, difference_unit : of values, and of differences (「ポイント」 for per cent).
    baseline, target, actual : the values as the document states them; `actual` is the latest.
    actual_value : A, the number used: the sum of yearly actuals where a total was summed up.
    timeline : t0, t, t1.
    planned, change, gap : T − B, A − B, T − A, unrounded, in `difference_unit`.
    attained : whether A has reached T; None without a gap or a direction, for a contradicted direction, for forms
        with a verdict, and for a total that should stay small while it still grows.
    ratio : p, exact, for comparing; None where it does not exist. Readers get `progress_pct`.
    progress_pct : p in per cent; None also where a percentage would mislead.
    planned_pace, required_pace, observed_pace : per year, in `difference_unit`; none is required once A has
        reached T, nor of what is to be kept.
    pace_ratio_pct : p / τ in per cent.
    projection : the value at t1 if the observed pace lasts, in `unit`.
    path_value : the value of the straight path, through interim targets, at t.
    next_interim : the first interim target due at or after t.
    accumulation : for a total of several years.
    margin, planned_margin : what chance may do to A − B and to T − B.
    verdict : key of `VERDICTS`, for forms without a rate of progress.
    verdict_refusal : key of `REASONS`: why such a form has no verdict.
    assumed_target_end : the date taken for the target's; None where the document states one, or none is assumed.
    refusals : figure → key of `REASONS`.
    remarks : keys of `REMARKS`.
    """

    kpi_id: str
    role: str
    is_judged: bool
    form: Form
    direction: int | None
    unit: str | None
    difference_unit: str | None
    baseline: Value | None
    target: Value | None
    actual: Value | None
    timeline: Timeline
    actual_value: Decimal | None = None
    planned: Decimal | None = None
    change: Decimal | None = None
    gap: Decimal | None = None
    attained: bool | None = None
    ratio: Fraction | None = None
    progress_pct: Decimal | None = None
    planned_pace: Decimal | None = None
    required_pace: Decimal | None = None
    observed_pace: Decimal | None = None
    pace_ratio_pct: Decimal | None = None
    projection: Decimal | None = None
    path_value: Decimal | None = None
    next_interim: Value | None = None
    accumulation: Accumulation | None = None
    margin: Margin | None = None
    planned_margin: Margin | None = None
    verdict: str | None = None
    verdict_refusal: str | None = None
    assumed_target_end: date | None = None
    refusals: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def elapsed(self) -> Fraction | None:
        """τ, exact."""
        return self.timeline.elapsed

    @property
    def elapsed_pct(self) -> Decimal | None:
        """τ in per cent."""
        return decimal_of(self.elapsed * 100) if self.elapsed is not None else None

    @property
    def reading(self) -> str | None:
        """「計画最終年度と解した場合」 where the date of the target is assumed, in the language of the run."""
        return text(ASSUMED_END) if self.assumed_target_end is not None else None

    @property
    def verdict_words(self) -> str | None:
        """The verdict in the language of the run."""
        return text(VERDICTS[self.verdict]) if self.verdict else None

    def reason(self, figure: str) -> str | None:
        """Return why a figure is not given, as a sentence in the language of the run; None if it is given.

        Figures: planned, change, gap, ratio, progress_pct, elapsed, planned_pace, required_pace, observed_pace,
        pace_ratio_pct, projection, path_value.
        """
        return sentence_of(self.refusals.get(figure))

    @property
    def remark_sentences(self) -> tuple[str, ...]:
        """The remarks in the language of the run."""
        return tuple(text(REMARKS[key]) for key in self.remarks)

    @property
    def margin_words(self) -> Message | None:
        """What chance may do to the planned change, in figures; None without a change or a known margin."""
        known = self.planned_margin is not None and self.planned
        return word_margin(self.planned_margin, self.difference_unit) if known else None
