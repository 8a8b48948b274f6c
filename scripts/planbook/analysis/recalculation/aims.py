"""Rules on aims: a target without a year or without a way of counting, an aim that nothing measures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planbook.analysis.concept_bridge import compute_ratios
from planbook.analysis.recalculation.checks import Check, Outcome, missing
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements, plan_place
from planbook.analysis.recalculation.words import listed, percent, persons, quote, says, when
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.quantities import find_quantities

#: Claims with this prefix quote an aim in words: aim.age-structure.
AIM = "aim."
#: What may measure an aim that a claim of the same subject names.
_MEASURES = ("population", "amount", "change_pct", "difference", "ratio", "share", "rate")


@rule(
    "R25",
    plain("目標の年"),
    plain(
        "人口の目標に、いつの人口かが書かれているかを確かめます。年がなければ、推計との差も、必要な増減も計算できません。"
    ),
)
def check_target_years(statements: Statements) -> Iterator[Check]:
    """Tell which targets have no year."""
    for target in statements.file.outlook.targets:
        if target.year is None:
            outcome = missing(
                message("目標年が書かれていません。"),
                message(
                    "何年の人口かが書かれていれば、推計との差や、1年あたりに必要な人数を確かめられます。"
                ),
            )
        else:
            outcome = Outcome("match", message("{year}の目標です。", year=when(str(target.year))))
        yield outcome.of("R25", target.id, says(target.as_written), (plan_place(target),))


@rule(
    "R26",
    plain("目標の人口の種類"),
    plain(
        "人口の目標が、国勢調査、推計人口（現住人口）、住民基本台帳のどれで数えたものかが書かれているかを確かめます。種類が違うと数が違うので、"
        "同じ日の国勢調査と住民基本台帳の比を添えます。"
    ),
)
def check_target_bases(statements: Statements) -> Iterator[Check]:
    """Tell which targets do not say how persons are counted."""
    for target in statements.file.outlook.targets:
        if target.basis == "unknown":
            outcome = missing(
                _ratio_words(statements),
                message("どの統計の人口かが書かれていれば、達成したかどうかを同じ物差しで確かめられます。"),
            )
        else:
            outcome = Outcome("match", message("人口の種類が書かれています。"))
        yield outcome.of("R26", target.id, says(target.as_written), (plan_place(target),))


def _ratio_words(statements: Statements) -> Message:
    final = [ratio for ratio in compute_ratios(statements.official.population) if not ratio.preliminary]
    if not final:
        return message("人口の種類が書かれていません。")
    last = final[-1]
    return message(
        "人口の種類が書かれていません。{day}では、国勢調査{census}に対して住民基本台帳（前後の時点から直線で補間）は{register}で、{pct}の違いがあります。",
        day=when(last.as_of.isoformat()),
        census=persons(last.census_persons),
        register=persons(last.register_persons),
        pct=percent((last.ratio - 1) * 100),
    )


@rule(
    "R27",
    plain("はかる量のない目標"),
    plain(
        "数のない言葉の目標（「～の若返り」など）について、それをはかる数がこの資料に書かれているかを確かめます。言葉そのものか、"
        "同じ目標と結び付けられた記述に数があれば一致とします。"
    ),
)
def check_aims(statements: Statements) -> Iterator[Check]:
    """Tell which aims in words have no figure that would measure them."""
    for claim in statements.claims:
        if claim.subject.startswith(AIM) and claim.kind in ("wording", "other"):
            measures = _measures(statements, claim)
            places = (claim.place, *(one.place for one in measures))
            yield _measured(claim, measures).of("R27", claim.claim_id, says(claim.as_written), places)


def _measures(statements: Statements, aim: Claim) -> list[Claim]:
    return [
        claim
        for claim in statements.of_kind(*_MEASURES)
        if claim.value is not None
        and (claim.subject == aim.subject or aim.claim_id in (claim.follows_from or ()))
    ]


def _measured(claim: Claim, measures: list[Claim]) -> Outcome:
    if measures:
        words = listed(quote(one.as_written) for one in measures)
        return Outcome("match", message("はかる数として{words}が書かれています。", words=words))
    if any(isinstance(q.value, Decimal) for q in find_quantities(claim.as_written)):
        return Outcome("match", message("数を含んでいます。"))
    return missing(
        message("何をはかるか、いくつになればよいかは、この資料には書かれていません。"),
        message(
            "はかる量（年齢別の割合、指数など）と目標値が書かれていれば、達成したかどうかを確かめられます。"
        ),
    )
