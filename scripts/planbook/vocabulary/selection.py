"""The expression that selects plans: ``*``, ``07210-* 11233-strategy-2``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

from planbook.vocabulary.errors import ParameterError, Problem, message

EVERY_PLAN = "*"
_BETWEEN = re.compile(r"[\s,、，]+")


def normalise_selection(expression: str) -> str:
    """Return `expression` in its one spelling: patterns in the order given, one space between."""
    return " ".join(dict.fromkeys(part for part in _BETWEEN.split(expression) if part))


def select_plans(expression: str, plan_ids: Sequence[str]) -> list[str]:
    """Return the ids that a selection expression means, in the order of `plan_ids`.

    Parameters
    ----------
    expression : glob patterns over plan ids, separated by spaces or commas.
    plan_ids : the plans there are.

    Raises
    ------
    ParameterError : a pattern matches no plan, or there is no pattern. A misspelt pattern would otherwise
        leave a municipality out of a comparison and nobody would see it.
    """
    patterns = normalise_selection(expression).split()
    idle = [pattern for pattern in patterns if not any(fnmatchcase(plan, pattern) for plan in plan_ids)]
    if (idle and patterns != [EVERY_PLAN]) or not patterns:
        raise ParameterError(
            Problem(
                message("計画の選び方に合う計画がありません"),
                place={"key": "plans"},
                found=" ".join(idle) or expression,
                allowed=message("{known}", known="、".join(plan_ids) or "—"),
                remedy=message("計画IDか、* を使った形（例 07210-*）を空白かコンマで区切って書いてください"),
            )
        )
    return [plan for plan in plan_ids if any(fnmatchcase(plan, pattern) for pattern in patterns)]
