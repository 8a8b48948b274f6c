"""自然増減・社会増減の影響度: two scenarios of one year as a ratio, and its class in a table of thresholds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from planbook.analysis.projection.engine import Projection
from planbook.vocabulary.errors import InputError, Problem, message


@dataclass(frozen=True)
class Thresholds:
    """Lower limits of the classes from the second on, in per cent, ascending; a limit belongs to the class above.

    Parameters
    ----------
    limits_pct : (100, 105, 110, 115) makes five classes.
    source_id : where the limits come from.
    """

    limits_pct: tuple[float, ...]
    source_id: str

    def __post_init__(self) -> None:
        if not self.limits_pct or any(low >= high for low, high in pairwise(self.limits_pct)):
            raise InputError(
                Problem(
                    what=message("影響度の区分の境は、1つ以上で昇順でなければなりません。"),
                    found=str(self.limits_pct),
                    remedy=message("境を小さいほうから並べてください。"),
                )
            )


@dataclass(frozen=True)
class Influence:
    """A ratio and its class; the ratio is shown beside the class, which jumps at a limit.

    Parameters
    ----------
    ratio_pct : unrounded.
    level : 1 for the lowest class.
    """

    ratio_pct: float
    level: int


def classify_ratio(ratio_pct: float, thresholds: Thresholds) -> Influence:
    """Classify an unrounded ratio.

    Examples
    --------
    >>> limits = Thresholds((100, 105, 110, 115), "table")
    >>> [classify_ratio(ratio, limits).level for ratio in (99.9, 100, 104.99, 105, 115)]
    [1, 2, 2, 3, 5]
    """
    return Influence(ratio_pct, bisect_right(thresholds.limits_pct, ratio_pct) + 1)


def compare_scenarios(
    projection: Projection, pair: tuple[str, str], year: int, thresholds: Thresholds
) -> dict[str, Influence | None]:
    """Compare two scenarios of a year, municipality by municipality.

    Parameters
    ----------
    projection : holds both scenarios.
    pair : numerator and denominator: (simulation-1, pattern-1) 自然, (simulation-2, simulation-1) 社会.
    year : the judgement year.
    thresholds : of this influence.

    Returns
    -------
    by municipality; None where the denominator is nobody.

    Raises
    ------
    InputError : a scenario or a year that the projection does not have.
    """
    missing = [name for name in pair if name not in projection.scenarios]
    if year not in projection.years:
        missing.append(str(year))
    if missing:
        known = [*projection.scenarios, *map(str, projection.years)]
        raise InputError(
            Problem(
                what=message("推計にないシナリオまたは年です。"),
                found=", ".join(missing),
                allowed=message("{known}", known="、".join(known)),
                remedy=message("シナリオの名前と判定年を確かめてください。"),
            )
        )
    at = projection.totals[projection.years.index(year)]
    above, below = (at[projection.scenarios.index(name)] for name in pair)
    return {
        code: classify_ratio(100 * float(a) / float(b), thresholds) if b > 0 else None
        for code, a, b in zip(projection.municipalities, above, below, strict=True)
    }
