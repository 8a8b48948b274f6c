"""Rules on ages and on assumptions by age: what five-year groups can hold, and rules that meet in one age."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from planbook.analysis.recalculation.checks import Check, Outcome, missing
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.statements import Statements, line_of, plan_place
from planbook.analysis.recalculation.words import listed, says, when
from planbook.vocabulary.ages import AgeGroup, parse_age_group
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import InputError, Message, message
from planbook.vocabulary.schemas.plan_file import Assumption

#: Census and projections publish ages in groups of five years.
_WIDTH = 5
_MIGRATION = ("migration_scale", "migration_level")


@rule(
    "R22",
    plain("年齢の範囲"),
    plain(
        "書かれた年齢の範囲が、国勢調査と将来推計の5歳階級（0〜4歳、5〜9歳 …）の境に合うかを確かめます。合わない範囲は、"
        "どの階級までを含むかで計算が分かれるので、検算不能とします。"
    ),
)
def check_ages(statements: Statements) -> Iterator[Check]:
    """Hold every stated range of ages against the bounds of five-year groups; one check a passage."""
    seen = set()
    for claim in statements.of_kind("age_range"):
        seen.add((claim.document, line_of(claim.locator)))
        try:
            outcome = _fit(parse_age_group(claim.as_written))
        except InputError:
            outcome = missing(message("年齢の範囲として読み取れないため、確かめられません。"))
        yield outcome.of("R22", claim.claim_id, says(claim.as_written), (claim.place,))
    for item in statements.file.outlook.assumptions:
        ages = _ages(item)
        if ages is not None and (item.document, line_of(item.locator)) not in seen:
            yield _fit(ages).of("R22", item.id, says(item.as_written), (plan_place(item),))


def _fit(ages: AgeGroup) -> Outcome:
    first = ages.age_start - ages.age_start % _WIDTH
    if ages.age_start % _WIDTH == 0 and (ages.is_open or ages.age_end % _WIDTH == 0):
        groups = message("{ages}は5歳階級の境に合います。", ages=ages)
        return Outcome("match", groups)
    end = ages.age_end
    ways = [AgeGroup(first, None if end is None else _up(end))]
    if end is not None and end % _WIDTH and end - end % _WIDTH > first:
        ways.insert(0, AgeGroup(first, end - end % _WIDTH))
    shown = message("{ages}は5歳階級の境に合いません。", ages=ages)
    reading = message(
        "{ways}のうちどれを指すか、いつの年齢か（期首か期末か）が書かれていれば、計算が一つに決まります。",
        ways=listed(ways),
    )
    return Outcome("undecidable", shown, reading, "unwritten")


def _up(age: int) -> int:
    return age + -age % _WIDTH


def _ages(item: Assumption) -> AgeGroup | None:
    """Return the ages of an assumption, the upper one included; None without both bounds, or out of order."""
    if item.age_from is None or item.age_to is None:
        return None
    try:
        return AgeGroup(item.age_from, item.age_to + 1)
    except InputError:
        return None


@rule(
    "R23",
    plain("重なる仮定"),
    plain(
        "移動についての仮定が二つ以上あるとき、年齢と時期が重なるかを確かめます。年齢が書かれていない仮定は、すべての年齢についてのものとみます。"
        "重なるところでどちらが優先かは書かれた文字列からは読めないので、検算不能とします。"
    ),
)
def check_overlaps(statements: Statements) -> Iterator[Check]:
    """Report pairs of migration rules that meet in an age and a time."""
    items = [item for item in statements.file.outlook.assumptions if item.kind in _MIGRATION]
    for one, other in combinations(items, 2):
        places = (plan_place(one), plan_place(other))
        outcome = _overlap(one, other)
        yield outcome.of("R23", f"{one.id}.{other.id}", says(one.as_written, other.as_written), places)


def _overlap(one: Assumption, other: Assumption) -> Outcome:
    a, b = _ages(one), _ages(other)
    if a is not None and b is not None and not a.overlaps(b):
        return Outcome("match", message("{a}と{b}で、年齢は重なりません。", a=a, b=b))
    shown = _meeting(_shared(a, b), [i.by_year for i in (one, other) if i.by_year is not None])
    reading = message(
        "重なる年齢でどちらを優先するか、または両方を掛け合わせるかが書かれていません。書かれていれば、計算が一つに決まります。"
    )
    return Outcome("undecidable", shown, reading, "unwritten")


def _shared(a: AgeGroup | None, b: AgeGroup | None) -> object:
    if a is None or b is None:
        return a or b or message("すべての年齢")
    end = None if a.is_open and b.is_open else min(g.age_end for g in (a, b) if not g.is_open)
    return AgeGroup(max(a.age_start, b.age_start), end)


def _meeting(ages: object, years: list[int]) -> Message:
    if not years:
        return message("{ages}で、二つの仮定が重なります。", ages=ages)
    return message(
        "{ages}で、遅くとも{year}には二つの仮定が重なります。", ages=ages, year=when(str(max(years)))
    )


@rule(
    "R24",
    plain("仮定に足りないもの"),
    plain(
        "人口の見通しの仮定に、計算に要るもの（いつまでに達するか、どの年齢か、何に対する倍率か）が書かれているかを確かめます。"
        "足りない仮定は、読み方によって計算が分かれます。"
    ),
)
def check_assumptions(statements: Statements) -> Iterator[Check]:
    """List what an assumption does not say and a computation needs."""
    for item in statements.file.outlook.assumptions:
        outcome = _complete(item)
        yield outcome.of("R24", item.id, says(item.as_written), (plan_place(item),))


def _complete(item: Assumption) -> Outcome:
    lacking = []
    if item.by_year is None:
        lacking.append(message("いつまでに達するか"))
    if item.kind in _MIGRATION and (item.age_from is None) != (item.age_to is None):
        lacking.append(message("年齢の範囲の両端"))
    if item.kind == "migration_level" and item.age_from is None and item.age_to is None:
        lacking.append(message("どの年齢か"))
    if item.kind == "migration_scale" and item.relative_to is None:
        lacking.append(message("何に対する倍率か"))
    if not lacking:
        return Outcome("match", message("計算に要る年と範囲が書かれています。"))
    return missing(
        message("{what}が書かれていません。", what=listed(lacking)),
        message("書かれていれば、この仮定から将来の人口を計算するときの読み方が減ります。"),
    )
