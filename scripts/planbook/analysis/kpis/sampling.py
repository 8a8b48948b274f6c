"""How much of a change may be chance: surveys and small counts.

Shares p1, p2 in per cent, q = 100 − p, of n1 and n2 respondents, drawn independently and at random:

- standard error of the difference   SE = √(p1·q1/n1 + p2·q2/n2), in points;
- sampling error of the difference at 95 %  = 1.96·SE: a smaller change may be chance;
- minimum detectable change at 80 % power   = (1.96 + 0.84)·SE: a true change of this size is found in four
  surveys of five. A plan that aims at less sets out to do what its survey will often not show.

Two counts of events, n1 and n2, have the margin 1.96·√(n1 + n2) (Poisson).

57.6 → 60.3 % with 1,000 respondents each: 4.3 and 6.2 points. 340 → 380 births: ±53.

References
----------
Cochran, Sampling Techniques (1977), ch. 3; Cohen, Statistical Power Analysis (1988), ch. 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from planbook.analysis.kpis.series import Series, Value
from planbook.vocabulary.errors import InputError, Message, Problem, message
from planbook.vocabulary.rounding import to_decimal
from planbook.vocabulary.unit_relations import counts_things

#: quantiles of the normal distribution: 95 % two-sided, 80 % power
Z_95 = Decimal("1.96")
Z_POWER_80 = Decimal("0.84")
#: From about here on, chance is the smaller part of how a yearly count moves, and the margin would mislead.
SMALL_COUNT = 1000


def share_margin(p1: object, n1: object, p2: object, n2: object) -> Decimal:
    """Return the sampling error of the difference of two shares at 95 %, in points.

    Parameters
    ----------
    p1, p2 : shares in per cent, 0 to 100.
    n1, n2 : respondents.

    Raises
    ------
    InputError : a share outside 0 to 100, or no respondents.

    Examples
    --------
    >>> round(share_margin(57.6, 1000, 60.3, 1000), 1)
    Decimal('4.3')
    """
    return Z_95 * _standard_error(p1, n1, p2, n2)


def minimum_detectable(p1: object, n1: object, p2: object, n2: object) -> Decimal:
    """Return the change that two surveys of this size find with 80 % power, in points; see `share_margin`."""
    return (Z_95 + Z_POWER_80) * _standard_error(p1, n1, p2, n2)


def respondents_needed(p1: object, p2: object, *, power: bool = False) -> int:
    """Return how many must answer each of two surveys so that a change from p1 to p2 shows.

    Parameters
    ----------
    p1, p2 : shares in per cent.
    power : False, the change equals the sampling error; True, it is found with 80 % power.

    Raises
    ------
    InputError : a share outside 0 to 100, or no change.

    Examples
    --------
    >>> respondents_needed(57.6, 60.3), respondents_needed(57.6, 60.3, power=True)
    (2549, 5202)
    """
    first, second = _share(p1), _share(p2)
    if first == second:
        raise InputError(
            _problem(
                message("変化がないため、必要な回答者数は計算できません。"),
                f"{p1} → {p2}",
                message("異なる二つの割合"),
            )
        )
    factor = Z_95 + (Z_POWER_80 if power else 0)
    needed = (factor / (first - second)) ** 2 * (_variance(first) + _variance(second))
    return max(1, int(needed.to_integral_value(ROUND_CEILING)))


def poisson_margin(n1: object, n2: object) -> Decimal:
    """Return the margin of the change between two counts of events at 95 %.

    Raises
    ------
    InputError : a negative or broken number.

    Examples
    --------
    >>> round(poisson_margin(340, 380))
    53
    """
    return Z_95 * (_count(n1) + _count(n2)).sqrt()


@dataclass(frozen=True)
class Margin:
    """What chance alone may do to a change.

    Parameters
    ----------
    kind : a survey's sampling error, or the margin of two counts.
    width : at 95 %, in the unit of the difference; the change is in doubt up to and including it.
    detectable : the minimum detectable change of a survey; None for counts.
    """

    kind: Literal["survey", "count"]
    width: Decimal
    detectable: Decimal | None = None

    def covers(self, change: Decimal) -> bool:
        """Tell whether a change is no larger than the margin."""
        return abs(change) <= self.width


def respondents_of(series: Series, value: Value | None) -> Decimal | None:
    """Return who answered: as the value says, else as the indicator says; None where neither does."""
    own = value.respondents if value is not None else None
    return own if own is not None else series.survey_n


def measure_margin(series: Series, first: Value | None, second: Value | None) -> Margin | None:
    """Return the margin of the change between two values of a series, or None where none can be told.

    A target has no respondents of its own: the survey that will test it is taken to be as large as the first.
    Counts are yearly numbers of events below `SMALL_COUNT`; a number of members or a stock has no such margin.
    """
    if first is None or second is None or not (first.is_number and second.is_number):
        return None
    if series.type == "survey_share":
        return _survey_margin(series, first, second)
    pair = (first.value, second.value)
    if series.type != "annual_flow" or not counts_things(series.unit_of(first)):
        return None
    if series.years_of(first) != series.years_of(second) or any(n != n.to_integral_value() for n in pair):
        return None
    return Margin("count", poisson_margin(*pair)) if all(0 <= n < SMALL_COUNT for n in pair) else None


def _survey_margin(series: Series, first: Value, second: Value) -> Margin | None:
    n1 = respondents_of(series, first)
    n2 = n1 if second.kind in ("target", "interim") else respondents_of(series, second)
    if n1 is None or n2 is None or not all(0 <= value.value <= 100 for value in (first, second)):
        return None
    figures = (first.value, n1, second.value, n2)
    return Margin("survey", share_margin(*figures), minimum_detectable(*figures))


def _standard_error(p1: object, n1: object, p2: object, n2: object) -> Decimal:
    first, second = _variance(_share(p1)) / _size(n1), _variance(_share(p2)) / _size(n2)
    return (first + second).sqrt()


def _variance(share: Decimal) -> Decimal:
    return share * (100 - share)


def _share(value: object) -> Decimal:
    share = to_decimal(value)
    if not 0 <= share <= 100:
        raise InputError(
            _problem(message("割合が0から100の外にあります。"), str(value), message("0以上100以下の%"))
        )
    return share


def _size(value: object) -> Decimal:
    size = to_decimal(value)
    if size <= 0:
        raise InputError(
            _problem(message("回答者数が正の数ではありません。"), str(value), message("1以上の人数"))
        )
    return size


def _count(value: object) -> Decimal:
    count = to_decimal(value)
    if count < 0 or count != count.to_integral_value():
        raise InputError(
            _problem(message("件数が0以上の整数ではありません。"), str(value), message("0以上の整数"))
        )
    return count


def _problem(what: Message, found: str, allowed: Message) -> Problem:
    remedy = message("資料の値と単位を確かめてください。")
    return Problem(what=what, found=found, allowed=allowed, remedy=remedy)
