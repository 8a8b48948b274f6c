"""The change that a plan sets out to make, in the form that its numbers allow (METHODS, section 2).

Difference g = T − B, percentage 100·(T − B)/B; B baseline, T target. What form is allowed:

- B ≤ 0, or a change of sign: the difference, no percentage;
- shares in per cent: the difference in ポイント, never per cent of per cent; other rates and indices, and
  years of life: the difference in their unit (a percentage of them depends on where the scale starts);
- B = T: to be maintained; B = T = 0 where less is better: a ceiling of zero;
- things counted (人, 件) with B < 100: the difference, no percentage, since one more or less moves it by over
  one point;
- an arrow as target, or no baseline: no difference at all;
- units that differ in more than 「/年」: no difference, the pair stands as written;
- a one-year base against an N-year total: the difference of the yearly target T/N and B, no percentage.

One unit with 「/年」 and the other without it are numerically the same quantity only if both are meant for
one year. That is likely but unwritten, so the difference is given with the remark. Of measured amounts
(t-CO2) the percentage is given too; of things counted (人, 件) it is not, since a count may as well be a
total or a stock.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planbook.analysis.kpis.cumulative import is_total_of_years
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.unit_relations import UnitRelation, compare_units, split_unit

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

#: Why there is no difference, or no percentage.
REASONS = {
    "no_baseline": plain("当初値の掲載がないため、変化も進捗率も計算できません（計算不能・基準値なし）"),
    "no_target": plain("目標値の掲載がないため、変化を計算できません"),
    "direction_only": plain("目標が向きだけで数値がないため、差を計算できません"),
    "different_units": plain("当初値と目標値の単位が異なるため、差を計算できません"),
    "yes_no": plain("実施の有無なので、差を計算しません"),
    "base_not_positive": plain("当初値が0以下のため、増減率は計算できません"),
    "sign_change": plain("正負をまたぐため、増減率は計算できません"),
    "rate": plain("率や指数なので、増減率は示しません"),
    "years": plain("年数の割合は何年目から数えるかで変わるため、増減率は示しません"),
    "small_count": plain("もとの数が小さく、1の違いで増減率が1ポイントより大きく動くため、差だけを示します"),
    "total_of_years": plain(
        "当初値が1年間の数、目標値が数年間の累計のため、増減率は示しません（差は、目標値を1年あたりに直したもの）"
    ),
    "stock_or_flow": plain("一方だけが1年間の数として書かれているため、増減率は示しません"),
}
#: What a reader should know beside a difference that is shown.
REMARKS = {
    "unit_written_differently": plain("単位の書き方が異なる"),
    "survey_without_n": plain("回答者数の掲載がない"),
    "converted_to_yearly": plain("目標値を1年あたりに直した"),
}

_YEARS = ("年", "歳", "か月")
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
    base, target = series.baseline, series.target
    if target is not None and target.is_direction:
        return PlannedChange("direction", refusal="direction_only")
    if target is None or not target.is_number:
        return PlannedChange("none", refusal="no_target")
    if base is None or not base.is_number:
        return PlannedChange("none", refusal="no_baseline")
    relation = compare_units(_unit(base, series), _unit(target, series))
    if relation == "different":
        return PlannedChange("none", refusal="different_units")
    if series.type == "yes_no":
        return PlannedChange("none", refusal="yes_no")
    return _compute(series, base.value, target.value, relation)


def _unit(value: Value, series: Series) -> str | None:
    return value.unit or series.unit


def _compute(series: Series, base: Decimal, target: Decimal, relation: UnitRelation) -> PlannedChange:
    bare = split_unit(_unit(series.baseline, series))[0]
    unit = "ポイント" if bare == "%" else bare if relation == "per_year" else _unit(series.baseline, series)
    remark = _remark(series, relation)
    if is_total_of_years(series):
        return _compute_yearly(series)
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
    bare = split_unit(_unit(base, series))[0]
    unit = f"{bare}/年" if bare else None
    difference = target.value / target.years - base.value / (base.years or 1)
    return PlannedChange(
        "difference", difference, unit=unit, refusal="total_of_years", remark="converted_to_yearly"
    )


def _percent_refusal(series: Series, base: Decimal, target: Decimal, relation: UnitRelation) -> str | None:
    bare = split_unit(_unit(series.baseline, series))[0]
    if base <= 0 or target < 0:
        return "base_not_positive" if base <= 0 else "sign_change"
    if series.type in ("rate", "index", "survey_share"):
        return "rate"
    if bare in _YEARS:
        return "years"
    if _is_counted(bare) and relation == "per_year":
        return "stock_or_flow"
    small = base < _SMALL_COUNT and base == base.to_integral_value()
    return "small_count" if _is_counted(bare) and small else None


def _is_counted(unit: str | None) -> bool:
    """Tell whether a unit counts things (人, 件); amounts are in letters (t-CO2, kWh) or in money."""
    return unit is not None and not unit.isascii() and not unit.endswith("円")


def _remark(series: Series, relation: UnitRelation) -> str | None:
    if relation == "per_year":
        return "unit_written_differently"
    if series.type == "survey_share" and series.survey_n is None:
        return "survey_without_n"
    return None
