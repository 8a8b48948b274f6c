"""Rules on what a document says twice or counts: the same quantity again, and a number of things against a list."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.analysis.findings import Place
from planbook.analysis.recalculation.causes import cause_of, differing
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import figure, listed, quote, says
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.claim_subjects import COUNT
from planbook.vocabulary.errors import message

_QUANTITIES = (
    "population", "amount", "change_pct", "difference", "ratio", "share", "sum", "duration", "count", "rate",
    "date", "era_pair",
)  # fmt: skip
#: Goals whose titles are named beside a count.
_NAMED = 4


@rule(
    "R11",
    plain("同じ量の書かれ方"),
    plain(
        "同じ対象・同じ時点の量や日付が二か所以上に書かれていれば、値が同じかを比べます。一か所だけのものは対象にしません。"
    ),
)
def check_same_quantities(statements: Statements) -> Iterator[Check]:
    """Compare the places that give one quantity of one date."""
    groups: dict[tuple, list[Claim]] = {}
    for claim in statements.of_kind(*_QUANTITIES):
        when = None if claim.kind in ("date", "era_pair") else claim.as_of
        key = (claim.kind, claim.subject, when, claim.period_start, claim.period_end)
        groups.setdefault(key, []).append(claim)
    for claims in groups.values():
        if len(claims) > 1:
            yield _same(claims)


def _same(claims: list[Claim]) -> Check:
    said = [(claim.value, claim.unit, claim.as_of) for claim in claims]
    claim = says(*(claim.as_written for claim in claims))
    if len(set(said)) == 1:
        outcome = Outcome("match", message("{count}か所とも同じです。", count=len(claims)))
    else:
        shown = message("同じではありません：{words}", words=listed(quote(one.as_written) for one in claims))
        reading = message("どちらかの誤記か、別の量を同じ名で呼んでいるかのどちらかとみられます。")
        outcome = differing(shown, reading, "slip", cause_of(*claims))
    return outcome.of("R11", claims[0].claim_id, claim, tuple(one.place for one in claims))


@rule(
    "R12",
    plain("個数"),
    plain(
        "「4つの基本目標」のような個数を、この資料に並んでいるものの数と比べます。対象は、目標の一覧（goals.csv）の同じ階層のものか、"
        "数えたものとして結び付けられた記述です。資料が概要やウェブページなら、並んでいる数が少なくても不一致とはせず、検算不能とします。"
    ),
)
def check_counts(statements: Statements) -> Iterator[Check]:
    """Count again what the text counts: goals of a level, or the claims it names."""
    for claim in statements.of_kind("count"):
        if claim.follows_from:
            things = [(part.as_written, part.place) for part in statements.parts(claim)]
        elif claim.subject.startswith(COUNT):
            level = claim.subject.removeprefix(COUNT)
            things = [(goal.title, goal.place) for goal in statements.goals if goal.level == level]
        else:
            things = []
        yield _counted(statements, claim, things)


def _counted(statements: Statements, claim: Claim, things: list[tuple[str, Place]]) -> Check:
    places = (claim.place, *(place for _, place in things))
    outcome = _count_outcome(claim, [name for name, _ in things], statements.file.coverage == "full")
    return outcome.of("R12", claim.claim_id, says(claim.as_written), places)


def _count_outcome(claim: Claim, names: list[str], whole: bool) -> Outcome:
    if claim.value is None:
        return Outcome("undecidable", message("個数が数として入力されていません。"), nature="unwritten")
    if not names:
        return Outcome(
            "undecidable",
            message("数えたものの一覧は、この資料には掲載がありません。"),
            nature="unwritten",
        )
    count = len(names)
    shown = message(
        "この資料に並んでいるのは{count}個です（{names}）。",
        count=count,
        names=listed([*(quote(name) for name in names[:_NAMED]), *(["…"] if count > _NAMED else [])]),
    )
    if count == claim.value:
        return Outcome("match", shown)
    if count < claim.value and not whole:
        reading = message(
            "書かれた数は{stated}です。手元の資料は計画の一部なので、ほかに掲載されていないものがあるのかもしれません。",
            stated=figure(claim.value),
        )
        return Outcome("undecidable", shown, reading, "unwritten")
    reading = message(
        "書かれた数は{stated}です。数か一覧のどちらかの誤記か、入力の漏れとみられます。",
        stated=figure(claim.value),
    )
    return differing(shown, reading, "slip", cause_of(claim))
