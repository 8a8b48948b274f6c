"""Rules on figures that follow from other figures: change, difference, ratio, share, sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from planbook.analysis.recalculation.causes import cause_of, differing
from planbook.analysis.recalculation.checks import Check, Outcome, missing
from planbook.analysis.recalculation.judging import Span, bounds_of, judge, span_of
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import bracketed, figure, percent, quote, says, sentences
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message

#: How many parts each kind follows from; None: at least two.
_PARTS = {"change_pct": 2, "difference": 2, "ratio": 2, "share": 2, "sum": None}


@rule(
    "R01",
    plain("増減率"),
    plain(
        "前後の二つの数から（後 − 前）÷ 前 × 100 を計算しなおし、書かれた率と比べます。書かれた最後の位の半分までの違いは一致、"
        "もとの数の丸めを見込んで最後の位の1単位までの違いは丸め差、それを超えれば不一致とします。前の数が0以下なら率は計算できません。"
    ),
)
def check_changes(statements: Statements) -> Iterator[Check]:
    """Recompute a change in per cent from the two figures it follows from."""
    for claim in statements.of_kind("change_pct"):
        if claim.edition is None:  # a change between two years of a projection has a rule of its own
            yield _check("R01", statements, claim, _change)


@rule(
    "R02",
    plain("差"),
    plain(
        "後の数から前の数を引き、書かれた差と比べます。人や件のように1まで数えた数どうしの差には丸めがないので、1でも違えば不一致とします。"
        "丸められた数なら、許す幅は増減率の検算と同じで、最後の位の半分までは一致、もとの数の丸めを見込んで1単位までは丸め差です。"
    ),
)
def check_differences(statements: Statements) -> Iterator[Check]:
    """Recompute a difference from the two figures it follows from."""
    for claim in statements.of_kind("difference"):
        yield _check("R02", statements, claim, _difference)


@rule(
    "R03",
    plain("倍率"),
    plain(
        "後の数を前の数で割り、書かれた「N倍」と比べます。許す幅は増減率の検算と同じです。前の数が0以下なら計算できません。"
    ),
)
def check_ratios(statements: Statements) -> Iterator[Check]:
    """Recompute 「N倍」 from the two figures it follows from."""
    for claim in statements.of_kind("ratio"):
        yield _check("R03", statements, claim, _ratio)


@rule(
    "R04",
    plain("構成比"),
    plain(
        "部分を全体で割り、書かれた割合（%、割）と比べます。許す幅は増減率の検算と同じです。全体が0以下なら計算できません。"
    ),
)
def check_shares(statements: Statements) -> Iterator[Check]:
    """Recompute a share from part and whole."""
    for claim in statements.of_kind("share"):
        yield _check("R04", statements, claim, _share)


@rule(
    "R06",
    plain("合計"),
    plain(
        "足す数のすべてを足し、書かれた合計と比べます。人や件のように1まで数えた数の合計には丸めがないので、1でも違えば不一致とします。"
        "丸められた数なら、許す幅は増減率の検算と同じで、足す数がそれぞれ丸められていれば、その丸めの合計も見込みます。"
    ),
)
def check_sums(statements: Statements) -> Iterator[Check]:
    """Recompute a sum from all its parts."""
    for claim in statements.of_kind("sum"):
        yield _check("R06", statements, claim, _sum)


def _check(
    name: str,
    statements: Statements,
    claim: Claim,
    compute: Callable[[Claim, list[Claim]], tuple[Span, str] | Outcome],
) -> Check:
    parts = statements.parts(claim)
    places = (claim.place, *(part.place for part in parts))
    outcome = _lacking(claim, parts)
    if outcome is None:
        found = compute(claim, parts)
        outcome = found if isinstance(found, Outcome) else _judged(claim, *found)
    return outcome.of(name, claim.claim_id, says(*(one.as_written for one in (*parts, claim))), places)


def _lacking(claim: Claim, parts: list[Claim]) -> Outcome | None:
    """Return what keeps the claim from being recomputed; None where all figures are there."""
    wanted = _PARTS[claim.kind]
    named = claim.follows_from or ()
    if claim.value is None:
        return missing(message("値が数として入力されていないため、計算できません。"))
    if not named:
        return missing(message("もとになる数がこの資料には掲載がないため、計算しなおせません。"))
    if len(parts) < len(named) or (len(parts) < 2 if wanted is None else len(parts) != wanted):
        return missing(message("もとになる数がそろっていないため、計算しなおせません。"))
    blank = next((part for part in parts if part.value is None), None)
    if blank is not None:
        return missing(
            message(
                "もとになる{words}が数として書かれていないため、計算しなおせません。",
                words=quote(blank.as_written),
            )
        )
    return None


def _judged(claim: Claim, found: Span, formula: str) -> Outcome:
    verdict = judge(claim, found)
    shown = message("{formula}", formula=formula)
    if verdict == "match":
        return Outcome("match", shown)
    if verdict == "rounding":
        return Outcome(
            "rounding",
            shown,
            message("丸め方（切捨てなど）か、丸める前の数から計算したことによる差とみられます。"),
            "none",
        )
    return differing(shown, _mend(claim, found), "slip", cause_of(claim))


def _mend(claim: Claim, found: Span) -> Message:
    unit = claim.unit or ""
    return sentences(
        message(
            "この資料に書かれた数から計算すると{value}{unit}です。",
            value=figure(found.value, claim.decimals, sign=claim.kind in ("change_pct", "difference")),
            unit=unit,
        ),
        message("もとの数か、この値のどちらかの誤記とみられます。原資料で確かめてください。"),
    )


def _not_above_zero(base: Claim) -> Outcome:
    return Outcome(
        "undecidable",
        message("割る数が{value}で、0以下なので計算できません。", value=figure(base.value)),
        message("差（増減の数）で示すと比べられます。"),
        "concept",
    )


def _change(claim: Claim, parts: list[Claim]) -> tuple[Span, str] | Outcome:
    before, after = parts
    if before.value <= 0:
        return _not_above_zero(before)
    found = span_of(_change_pct, parts)
    shown = f"（{figure(after.value)} − {figure(before.value)}）÷ {figure(before.value)} ＝ "
    return found, shown + percent(found.value, max(2, claim.decimals + 1))


def _change_pct(before: Decimal, after: Decimal) -> Decimal | None:
    return (after - before) / before * 100 if before > 0 else None


def _difference(claim: Claim, parts: list[Claim]) -> tuple[Span, str]:
    before, after = parts
    found = span_of(lambda a, b: b - a, parts)
    shown = f"{figure(after.value)} − {bracketed(before.value)} ＝ {figure(found.value, sign=True)}"
    return found, shown


def _ratio(claim: Claim, parts: list[Claim]) -> tuple[Span, str] | Outcome:
    before, after = parts
    if before.value <= 0:
        return _not_above_zero(before)
    found = span_of(lambda a, b: b / a if a > 0 else None, parts)
    digits = max(2, claim.decimals + 1)
    return found, f"{figure(after.value)} ÷ {figure(before.value)} ＝ {figure(found.value, digits)}"


def _share(claim: Claim, parts: list[Claim]) -> tuple[Span, str] | Outcome:
    part, whole = parts
    if whole.value <= 0:
        return _not_above_zero(whole)
    factor = Decimal(10) if claim.unit == "割" else Decimal(100)
    found = span_of(lambda a, b: a / b * factor if b > 0 else None, parts)
    digits = max(2, claim.decimals + 1)
    unit = claim.unit or "%"
    return (
        found,
        f"{figure(part.value)} ÷ {figure(whole.value)} × {factor} ＝ {figure(found.value, digits)}{unit}",
    )


def _sum(claim: Claim, parts: list[Claim]) -> tuple[Span, str]:
    bounds = [bounds_of(part) for part in parts]
    total = sum((part.value for part in parts), Decimal(0))
    low, high = (sum((ends[at] for ends in bounds), Decimal(0)) for at in (0, 1))
    terms = " ＋ ".join(bracketed(part.value) for part in parts)
    return Span(total, low, high), f"{terms} ＝ {figure(total)}"
