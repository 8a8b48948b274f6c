"""The lint of indicators: what keeps a reader from judging them, as codes K01 … K21 with evidence at hand.

What cannot be shown is not flagged. Reference indicators (参考指標) are never judged. A document that lists
names only has no gaps row by row: there only the calendar of the statistic behind a name (K16a, K16b) and what
a person has judged hold. A recorded verdict overrules the rule of its code; one that is undecided is held
back, not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from planbook.analysis.findings import Place
from planbook.analysis.frames import list_records
from planbook.analysis.kpis.lint_codes import CODES, UNWRITTEN, Code
from planbook.analysis.kpis.lint_rules_base import Hit, Judgement, LintContext, series_place
from planbook.analysis.kpis.lint_rules_calendar import check_any_value, check_last_value
from planbook.analysis.kpis.lint_rules_chance import CHANCE_RULES
from planbook.analysis.kpis.lint_rules_context import check_baseline_in_plan, check_code, check_mean_only
from planbook.analysis.kpis.lint_rules_past import check_range, check_trend
from planbook.analysis.kpis.lint_rules_rows import ROW_RULES
from planbook.analysis.kpis.listing import is_name_only, list_unique
from planbook.analysis.kpis.series import Series
from planbook.vocabulary.bilingual import Bilingual
from planbook.vocabulary.errors import Message, message

__all__ = [
    "CODES", "UNWRITTEN", "Code", "Judgement", "KpiFinding", "LintContext", "count_findings", "count_unwritten",
    "lint", "list_pending", "list_unwritten", "read_judgements",
]  # fmt: skip

_UNAIDED = {**ROW_RULES, **CHANCE_RULES}
_AIDED = {
    "K09": check_code,
    "K11": check_trend,
    "K12": check_range,
    "K16a": check_any_value,
    "K16b": check_last_value,
    "K19": check_mean_only,
    "K20": check_baseline_in_plan,
}
#: What holds for a name without any value.
_OF_NAMES = ("K16a", "K16b")


@dataclass(frozen=True)
class KpiFinding:
    """One finding on one indicator.

    Parameters
    ----------
    code : a key of `CODES`.
    detail : the figures that show it, or the reason of who judged; None where the code says all.
    places : where it stands.
    judgement : the recorded verdict behind it; None where a rule alone decided.
    """

    code: str
    kpi_id: str
    detail: Message | None
    places: tuple[Place, ...]
    judgement: Judgement | None = None

    @property
    def id(self) -> str:
        """The name that replies.csv uses: K05/k6-3-1."""
        return f"{self.code}/{self.kpi_id}"


def read_judgements(frame: pd.DataFrame | None) -> tuple[Judgement, ...]:
    """Return the recorded judgements of a plan; () for one without kpi_judgements.csv."""
    return tuple(
        Judgement(
            row["kpi_id"],
            row["code"],
            row["verdict"],
            Bilingual(row["reason"], row["reason_en"]),
            row["judged_by"],
            row["judged_on"],
            row["row"],
        )
        for row in list_records(frame)
    )


def lint(series: Sequence[Series], *, context: LintContext) -> list[KpiFinding]:
    """Return every finding, indicator by indicator in file order, codes in the order of `CODES`."""
    found = [finding for one in series for finding in _check(one, series, context)]
    return [finding for finding in found if not _is_pending(finding)]


def list_pending(series: Sequence[Series], *, context: LintContext) -> list[KpiFinding]:
    """Return what a person has left undecided (判断を保留): shown with its reason, counted nowhere."""
    return [finding for one in series for finding in _check(one, series, context) if _is_pending(finding)]


def count_findings(findings: Iterable[KpiFinding], series: Sequence[Series]) -> dict[str, int]:
    """Return how many series have each code, zero left out; repetitions count for K08 alone."""
    unique = {one.kpi_id for one in list_unique(series)}
    counted = [finding.code for finding in findings if finding.code == "K08" or finding.kpi_id in unique]
    return {code: counted.count(code) for code in CODES if code in counted}


def list_unwritten(one: Series, series: Sequence[Series]) -> tuple[str, ...]:
    """Return what the document does not write beside one series: those codes that its rows decide alone."""
    if not one.is_judged or is_name_only(one, series):
        return ()
    return tuple(code for code in UNWRITTEN if _UNAIDED[code](one, series) is not None)


def count_unwritten(series: Sequence[Series]) -> dict[str, int]:
    """Return how many series lack each thing, zero left out; repetitions count for K08 alone."""
    found = [KpiFinding(code, one.kpi_id, None, ()) for one in series for code in list_unwritten(one, series)]
    return count_findings(found, series)


def _is_pending(finding: KpiFinding) -> bool:
    return finding.judgement is not None and finding.judgement.verdict == "undecided"


def _check(one: Series, series: Sequence[Series], context: LintContext) -> Iterator[KpiFinding]:
    if not one.is_judged:
        return
    named_only = is_name_only(one, series)
    judged = {row.code: row for row in context.judgements if row.kpi_id == one.kpi_id}
    for code in CODES:
        verdict = judged.get(code)
        if verdict is not None and verdict.verdict == "no":
            continue
        hit = None if named_only and code not in _OF_NAMES else _apply(code, one, series, context)
        if hit is None and verdict is not None:
            hit = Hit(None, (series_place(one),))
        if hit is not None:
            detail = hit.detail if verdict is None else _judged_words(verdict)
            yield KpiFinding(code, one.kpi_id, detail, hit.places, verdict)


def _apply(code: str, one: Series, series: Sequence[Series], context: LintContext) -> Hit | None:
    if code in _UNAIDED:
        return _UNAIDED[code](one, series)
    return _AIDED[code](one, series, context) if code in _AIDED else None


def _judged_words(judgement: Judgement) -> Message:
    return message(
        "{reason}（判断：{who}、{when}）",
        reason=judgement.reason,
        who=_Who(judgement),
        when=judgement.judged_on,
    )


@dataclass(frozen=True)
class _Who:
    """Who judged, read in the language of the run and not of the moment that the finding was made in."""

    judgement: Judgement

    def __str__(self) -> str:
        return self.judgement.who
