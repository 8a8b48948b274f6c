"""The change that a plan sets out to make, in the form that its numbers allow.

Difference g = T − B, percentage 100·(T − B)/B; B baseline, T target. What form is allowed:

- B ≤ 0, or a change of sign: the difference, no percentage;
- shares in per cent: the difference in ポイント, never per cent of per cent; other rates and indices (倍, 点),
  and years of life: the difference in their unit (a percentage of them depends on where the scale starts);
- B = T: to be maintained; B = T = 0 where less is better: a ceiling of zero;
- things counted (人, 件) with B < 100: the difference, no percentage, since one more or less moves it by over
  one point;
- an arrow as target, or no baseline: no difference at all;
- units that differ in more than 「/年」: no difference, the pair stands as written;
- a one-year base against an N-year total: the difference of the yearly target T/N and B, no percentage;
- another number of years, or an unknown one against a total of several years: no difference.

One unit with 「/年」 and the other without it are numerically the same quantity only if both are meant for
one year. That is likely but unwritten, so the difference is given with the remark. Of measured amounts
(t-CO2) the percentage is given too; of things counted (人, 件) it is not, since a count may as well be a
total or a stock.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planbook.analysis.kpis.cumulative import find_accumulation, is_total_of_years, span_refusal
from planbook.analysis.kpis.pace import target_end
from planbook.analysis.kpis.reasons import REASONS as SHARED_REASONS
from planbook.analysis.kpis.series import Series
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.unit_relations import (
    UnitRelation,
    compare_units,
    counts_things,
    is_ratio,
    split_unit,
)

__all__ = [
    "REASONS",
    "REMARKS",
    "Form",
    "PlannedChange",
    "UnitRelation",
    "compare_units",
    "compute_planned_change",
    "split_unit",
]

Form = Literal["percent", "points", "difference", "maintain", "zero", "direction", "none"]

#: Why there is no difference, or no percentage: sentences of `planbook.analysis.kpis.reasons`.
REASONS = {
    **{
        key: SHARED_REASONS[key]
        for key in (
            "no_target", "direction_only", "different_units", "yes_no", "years_differ", "base_years_unknown",
            "target_years_unknown", "total_years_unknown", "total_base", "base_not_positive", "sign_change", "rate",
            "years", "small_count", "total_of_years", "stock_or_flow",
        )
    },
    # No actual is at hand here, of which the sentence of this key speaks.
    "no_baseline": SHARED_REASONS["no_base_to_compare"],
}  # fmt: skip
#: The short label for the figure of a difference, where `planbook.analysis.kpis.reasons.REMARKS` has sentences.
REMARKS = {
    "unit_written_differently": plain("単位の書き方が異なる"),
    "survey_without_n": plain("回答者数の掲載がない"),
    "converted_to_yearly": plain("目標値を1年あたりに直した"),
}

_YEARS = ("年", "年間", "歳", "か月")
_SMALL_COUNT = 100


@dataclass(frozen=True)
class PlannedChange:
    """The change from baseline to target.

    Parameters
    ----------
    form : what may be said of it.
    difference : target − baseline, unrounded, in `unit`; None where there is none.
    change_pct : in per cent of the baseline; None where no percentage exists or would mislead.
    unit : of the difference; 「ポイント」 for shares in per cent.
    refusal : key of `REASONS` for what is not given; None where nothing is held back.
    remark : key of `REMARKS`.
    """

    form: Form
    difference: Decimal | None = None
    change_pct: Decimal | None = None
    unit: str | None = None
    refusal: str | None = None
    remark: str | None = None

    @property
    def reason(self) -> str | None:
        """The reason of the refusal in the language of the run."""
        return text(REASONS[self.refusal]) if self.refusal else None

    @property
    def caution(self) -> str | None:
        """The remark in the language of the run."""
        return text(REMARKS[self.remark]) if self.remark else None


def compute_planned_change(series: Series) -> PlannedChange:
    """Return the change from baseline to target in the form that rules and numbers allow."""
    if series.target is not None and series.target.is_direction:
        return PlannedChange("direction", refusal="direction_only")
    refusal = _missing(series) or _pair_refusal(series)
    if refusal is not None:
        return PlannedChange("none", refusal=refusal)
    return _compute_yearly(series) if is_total_of_years(series) else _compute(series)


def _missing(series: Series) -> str | None:
    if series.target is None or not series.target.is_number:
        return "no_target"
    return None if series.has_pair else "no_baseline"


def _pair_refusal(series: Series) -> str | None:
    """Tell why the two numbers are not subtracted: they are of different things."""
    if compare_units(series.unit_of(series.baseline), series.unit_of(series.target)) == "different":
        return "different_units"
    if series.type == "yes_no":
        return "yes_no"
    return None if is_total_of_years(series) else _span_refusal(series)


def _span_refusal(series: Series) -> str | None:
    """Tell why the years that the two values cover forbid a difference; a total from nothing has no baseline."""
    if find_accumulation(series, target_end(series), None) is not None:
        return "total_base"
    return span_refusal(series, series.baseline, series.target)


def _compute(series: Series) -> PlannedChange:
    base, target = series.baseline.value, series.target.value
    relation = compare_units(series.unit_of(series.baseline), series.unit_of(series.target))
    bare = split_unit(series.unit_of(series.baseline))[0]
    unit = "ポイント" if bare == "%" else bare if relation == "per_year" else series.unit_of(series.baseline)
    remark = _remark(series, relation)
    if base == target:
        form = "zero" if base == 0 and series.direction != "up" else "maintain"
        return PlannedChange(form, target - base, unit=unit, remark=remark)
    if bare == "%":
        return PlannedChange("points", target - base, unit=unit, remark=remark)
    refusal = _percent_refusal(series, base, target, relation)
    if refusal:
        return PlannedChange("difference", target - base, unit=unit, refusal=refusal, remark=remark)
    return PlannedChange("percent", target - base, (target - base) / base * 100, unit, remark=remark)


def _compute_yearly(series: Series) -> PlannedChange:
    base, target = series.baseline, series.target
    bare = split_unit(series.unit_of(base))[0]
    unit = f"{bare}/年" if bare else None
    difference = target.value / target.years - base.value
    return PlannedChange(
        "difference", difference, unit=unit, refusal="total_of_years", remark="converted_to_yearly"
    )


def _percent_refusal(series: Series, base: Decimal, target: Decimal, relation: UnitRelation) -> str | None:
    bare = split_unit(series.unit_of(series.baseline))[0]
    if base <= 0 or target < 0:
        return "base_not_positive" if base <= 0 else "sign_change"
    if series.type in ("rate", "index", "survey_share") or is_ratio(bare):
        return "rate"
    if bare in _YEARS:
        return "years"
    if counts_things(bare) and relation == "per_year":
        return "stock_or_flow"
    small = base < _SMALL_COUNT and base == base.to_integral_value()
    return "small_count" if counts_things(bare) and small else None


def _remark(series: Series, relation: UnitRelation) -> str | None:
    if relation == "per_year":
        return "unit_written_differently"
    if series.type == "survey_share" and series.survey_n is None:
        return "survey_without_n"
    return None
