"""Rules on what a person recorded while entering a document: proposed readings, damage, and order of parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from planbook.analysis.recalculation.causes import differing
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.names import describe_difference
from planbook.analysis.recalculation.quotes import Quote, list_quotes
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements, line_of
from planbook.analysis.recalculation.wording import has_finding
from planbook.analysis.recalculation.words import listed, quote, says
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import message

#: Claims of this subject quote the headings of numbered parts, in the order of the text at hand.
ORDER = "section-order"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_PART = re.compile(rf"\s*(?:第?(?P<digits>[0-9０-９]{{1,3}})|(?P<roman>[{_ROMAN}]))")


@rule(
    "R19",
    plain("読み替え"),
    plain(
        "入力した人が記録した読み替えを、違う文字とともに挙げます。原因が抽出（文字起こし）のものは、資料から文字を取り出すときに崩れたもので、"
        "計画の誤りではありません。名称の違い、重なった語、助詞として挙げたものは、重ねて挙げません。"
        "原文か文字起こしかが記録されていないものは、検算不能とします。"
    ),
    "words",
)
def check_readings(statements: Statements) -> Iterator[Check]:
    """List every recorded reading that no other rule reports; two rows with one correction are one."""
    found: dict[tuple, list[Quote]] = {}
    for quoted in list_quotes(statements):
        if quoted.reading is None or _is_reported(statements, quoted):
            continue
        key = quoted.place.document, line_of(quoted.place.locator), _correction(quoted)
        found.setdefault(key, []).append(quoted)
    for members in found.values():
        yield _reading_check(members)


def _is_reported(statements: Statements, quoted: Quote) -> bool:
    if has_finding(quoted):
        return True
    at = quoted.place.document, quoted.place.locator
    named = [
        claim
        for claim in statements.of_kind("name")
        if claim.reading is not None and (claim.document, claim.locator) == at
    ]
    return any(claim.as_written in quoted.written for claim in named)


def _correction(quoted: Quote) -> tuple[tuple[str, str], ...]:
    a, b = quoted.written, quoted.reading
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return tuple((a[i:j], b[k:m]) for kind, i, j, k, m in codes if kind != "equal")


def _reading_check(members: list[Quote]) -> Check:
    quoted = min(members, key=lambda one: len(one.written))
    cause = next((one.cause for one in members if one.cause), None)
    if cause == "extraction":
        reading = message(
            "{reading}とみられます。文字起こしで崩れたもので、計画の誤りではありません。",
            reading=quote(quoted.reading),
        )
    else:
        reading = message("{reading}とみられます。原資料で確かめてください。", reading=quote(quoted.reading))
    outcome = differing(describe_difference(quoted.written, quoted.reading), reading, "slip", cause)
    places = tuple(one.place for one in (quoted, *(one for one in members if one is not quoted)))
    return outcome.of("R19", quoted.object_id, says(quoted.written), places)


@rule(
    "R20",
    plain("文字起こしで変わった位置"),
    plain(
        "読み替えはないが、文字起こしで位置や字下げが変わったと記録された箇所を挙げます。計画の誤りではありません。"
        "見出しの順として記録されたものは、見出しの順の検算で挙げます。"
    ),
    "words",
)
def check_damage(statements: Statements) -> Iterator[Check]:
    """List what extraction moved, where nothing is to be read otherwise."""
    for quoted in list_quotes(statements):
        if quoted.reading is not None or quoted.cause != "extraction" or quoted.subject == ORDER:
            continue
        outcome = Outcome(
            "mismatch",
            message(
                "文字そのものは読み替えていません。文字起こしで、位置か字下げが変わったとみられる箇所です。"
            ),
            message(
                "前後の行や行頭の印から、目標の一覧ではもとの位置とみられるところに置いています。計画の誤りではありません。"
            ),
            "wording",
            "extraction",
        )
        yield outcome.of("R20", quoted.object_id, says(quoted.written), (quoted.place,))


@rule(
    "R21",
    plain("見出しの順"),
    plain(
        "番号のついた見出し（Ⅰ、Ⅱ、Ⅲ …）が、手元の文字で番号の順に並んでいるかを確かめます。2段組みの資料では、文字起こしで順が変わることがあります。"
        "原文か文字起こしかが記録されていないものは、検算不能とします。"
    ),
    "words",
)
def check_order(statements: Statements) -> Iterator[Check]:
    """Hold the order of numbered headings against their numbers."""
    headings = [claim for claim in statements.claims if claim.subject == ORDER]
    by_document: dict[str, list[Claim]] = {}
    for claim in headings:
        by_document.setdefault(claim.document, []).append(claim)
    for claims in by_document.values():
        if len(claims) > 1:
            yield _ordered(sorted(claims, key=lambda claim: line_of(claim.locator)))


def _ordered(claims: list[Claim]) -> Check:
    numbers = [_number(claim.as_written) for claim in claims]
    places = tuple(claim.place for claim in claims)
    claim = says(*(claim.as_written for claim in claims))
    shown = message("並びは{order}です。", order=listed(mark or "-" for mark, _ in numbers))
    values = [value for _, value in numbers]
    if None in values:
        outcome = Outcome("undecidable", shown, message("番号のない見出しがあります。"), "unwritten")
    elif all(a < b for a, b in pairwise(values)):
        outcome = Outcome("match", shown)
    else:
        cause = next((one.cause for one in claims if one.cause), None)
        right = listed(mark for mark, _ in sorted(numbers, key=lambda item: item[1]))
        if cause == "extraction":
            reading = message(
                "もとの順は{right}とみられます。文字起こしで入れかわったもので、計画の誤りではありません。",
                right=right,
            )
        else:
            reading = message("{right}の順とみられます。原資料で確かめてください。", right=right)
        outcome = differing(shown, reading, "wording", cause)
    return outcome.of("R21", claims[0].claim_id, claim, places)


def _number(heading: str) -> tuple[str | None, int | None]:
    found = _PART.match(heading)
    if found is None:
        return None, None
    if found["roman"]:
        return found["roman"], _ROMAN.index(found["roman"]) + 1
    return found["digits"], int(found["digits"])
