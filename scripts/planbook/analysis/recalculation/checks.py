"""What one recomputation says: the claim, the computation beside it, and a fair reading of both.

A verdict is about the document at hand, never about a department: 一致 (match), 丸め差 (rounding), 不一致
(mismatch), 検算不能 (undecidable). The nature says what kind of difference it is; only a slip is a probable
mistake in writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planbook.analysis.findings import Place
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message
from planbook.vocabulary.schemas.fields import Cause

Verdict = Literal["match", "rounding", "mismatch", "undecidable"]
Nature = Literal["none", "slip", "wording", "concept", "unwritten", "hindsight"]

#: How readers see the words above.
VERDICTS: dict[str, str] = {
    "match": plain("一致"),
    "rounding": plain("丸め差"),
    "mismatch": plain("不一致"),
    "undecidable": plain("検算不能"),
}
CAUSES: dict[str, str] = {"source": plain("原文"), "extraction": plain("抽出")}
NATURES: dict[str, str] = {
    "none": plain("-"),
    "slip": plain("誤記とみられる"),
    "wording": plain("表記の違い"),
    "concept": plain("数え方の違い（誤りではない）"),
    "unwritten": plain("書かれていないため決まらない"),
    "hindsight": plain("後から分かったこと"),
}


@dataclass(frozen=True)
class Check:
    """One claim, recomputed.

    Parameters
    ----------
    rule : id of the rule (R05).
    object_id : what was checked: the id of a claim, goal, indicator, target …; stable when rows move.
    verdict : see the module.
    cause : where a difference comes from: the document (source), or the making of its text and of the data
        (extraction). None for a match, and where nobody erred.
    nature : none for a match without a remark.
    claim : what the document says, with the quoted strings.
    recomputed : the recomputation with its figures.
    reading : what it means, what is proposed, what can be mended; None where there is nothing to add.
    places : where it stands; the first one gives the check its place in the document's order.
    """

    rule: str
    object_id: str
    verdict: Verdict
    cause: Cause | None
    nature: Nature
    claim: Message
    recomputed: Message
    reading: Message | None
    places: tuple[Place, ...]

    @property
    def id(self) -> str:
        """The name under which a department replies: R05/decline-years."""
        return f"{self.rule}/{self.object_id}"


@dataclass(frozen=True)
class Outcome:
    """A verdict with what is said of it: the part of a `Check` that a rule decides last.

    Parameters
    ----------
    verdict, nature, cause : as in `Check`.
    recomputed, reading : as in `Check`.
    """

    verdict: Verdict
    recomputed: Message
    reading: Message | None = None
    nature: Nature = "none"
    cause: Cause | None = None

    def of(self, rule: str, object_id: str, claim: Message, places: tuple[Place, ...]) -> Check:
        """Make the check of `claim` that stands at `places`."""
        return Check(
            rule,
            object_id,
            self.verdict,
            self.cause,
            self.nature,
            claim,
            self.recomputed,
            self.reading,
            places,
        )


def missing(recomputed: Message, reading: Message | None = None) -> Outcome:
    """Return the outcome of a computation that the document at hand leaves open.

    It has no cause: what a summary or a web page does not give may well stand in the plan.
    """
    return Outcome("undecidable", recomputed, reading, "unwritten")
