"""The form of an indicator: which formula its type, its arrow and its values allow.

In this order, the first that fits:

1. `yes_no`, a declared type: done or not done, nothing to subtract.
2. A target that is an arrow: ↗ and ↘ are `direction_only`, → is `maintain`.
3. A declared direction *keep* is `maintain`, whatever the numbers.
4. `ceiling_zero`: the target is 0, less is better (declared, or the baseline is above it; a baseline of 0
   unless more is declared better), and no value is negative, so that 0 is the floor.
5. Target and baseline equal: `maintain`.
6. `cumulative`: declared, or a total of several years beside a baseline of one.
7. `survey_share`, a declared type.
8. `sign_crossing`: baseline 0 or less, or a negative target: no percentage of anything.
9. `rate`: declared, or the unit is per cent.
10. The declared type: `level`, `annual_flow`, `index`, `undecided`.

So what is declared wins over what numbers suggest: keep over a baseline that differs from the target, a total
over a baseline of 0, a survey over a share of 0. Whether differences are in ポイント follows from the unit alone.
A reference indicator (参考指標) has a form like any other, and is never judged.
"""

from __future__ import annotations

from typing import Literal

from planbook.analysis.kpis.cumulative import is_total_of_years
from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.unit_relations import is_percent, split_unit

Form = Literal[
    "level", "annual_flow", "cumulative", "rate", "index", "survey_share", "maintain", "ceiling_zero",
    "direction_only", "sign_crossing", "yes_no", "undecided",
]  # fmt: skip

_SIGNS = {"up": 1, "down": -1}


def form_of(series: Series) -> Form:
    """Return the form of an indicator; the order of precedence is that of the module's docstring."""
    target = series.target
    if series.type == "yes_no":
        return "yes_no"
    if target is not None and target.state in ("up", "down"):
        return "direction_only"
    if series.direction == "keep" or (target is not None and target.state == "keep"):
        return "maintain"
    return _form_of_values(series) if number_of(target) is not None else _form_of_type(series)


def direction_of(series: Series) -> int | None:
    """Return 1 where more is better, −1 where less is, None where neither is declared nor follows.

    Declared first; then the arrow; then the sign of target − baseline.
    """
    if series.direction in ("up", "down", "keep"):
        return _SIGNS.get(series.direction)
    return planned_direction(series)


def planned_direction(series: Series) -> int | None:
    """Return the sign of the change that arrow or numbers set out to make; None for none.

    A total of several years is compared with a baseline of one by its yearly flow.
    """
    target, base = series.target, number_of(series.baseline)
    if target is not None and target.is_direction:
        return _SIGNS.get(target.state)
    aim = number_of(target)
    if base is None or aim is None:
        return None
    if is_total_of_years(series):
        aim = aim / target.years
    if base == aim:
        return None
    return 1 if aim > base else -1


def contradicts_direction(series: Series) -> bool:
    """Tell whether the declared direction and the planned change point opposite ways."""
    declared, planned = _SIGNS.get(series.direction), planned_direction(series)
    return declared is not None and planned is not None and declared != planned


def number_of(value: Value | None):
    """Return the number of a value, or None where there is no number."""
    return value.value if value is not None and value.is_number else None


def leading_unit(series: Series) -> str | None:
    """Return the unit to show figures in: that of the baseline, else of the target, else of the newest actual."""
    stated = (series.baseline, series.target, *reversed(series.actuals))
    return series.unit_of(next((value for value in stated if number_of(value) is not None), None))


def difference_unit(series: Series) -> str | None:
    """Return the unit of differences: 「ポイント」 for per cent, else the unit without 「/年」."""
    unit = leading_unit(series)
    return "ポイント" if is_percent(unit) else split_unit(unit)[0]


def _aims_at_zero(series: Series) -> bool:
    if series.target.value != 0 or series.direction == "up":
        return False
    if any(value.value < 0 for value in series.values if value.is_number):
        return False
    base = number_of(series.baseline)
    return series.direction == "down" or (base is not None and base >= 0)


def _form_of_values(series: Series) -> Form:
    base, target = number_of(series.baseline), series.target.value
    if _aims_at_zero(series):
        return "ceiling_zero"
    if is_total_of_years(series):
        return "cumulative"
    if base == target:
        return "maintain"
    if series.type == "cumulative":
        return "cumulative"
    crossing = target < 0 or (base is not None and base <= 0)
    return "sign_crossing" if crossing and series.type != "survey_share" else _form_of_type(series)


def _form_of_type(series: Series) -> Form:
    if series.type in ("level", "annual_flow", "undecided") and is_percent(leading_unit(series)):
        return "rate"
    return series.type
