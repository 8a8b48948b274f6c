"""Rules on indicators as a document lists them: one named twice, and the units of its two values."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.analysis.kpis.lint_rules_base import series_place, value_place
from planbook.analysis.kpis.series import Series, Value
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import listed, quote, says
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.characters import fold
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.unit_relations import UnitRelation, compare_units, split_unit

#: The mark of what is listed again.
REPEATED = "再掲"
#: Kinds of value that the document gives; actuals are entered later, by who keeps the book, on one of the rows.
_STATED_KINDS = ("baseline", "target", "interim")


@rule(
    "R14",
    plain("二度挙げられた指標"),
    plain(
        "名称と区分が同じ指標が二か所に挙げられていれば、値が同じか、「再掲」の印があるかを確かめます。値が同じで印がないものは、"
        "再掲なのか別の指標なのかが決まらないので検算不能、値が違うものは不一致とします。"
        "比べるのは当初値、目標値、中間目標で、後から入力された実績は比べません。"
    ),
)
def check_repeated(statements: Statements) -> Iterator[Check]:
    """Compare the values of indicators of one name and group, and look for the mark 再掲."""
    first: dict[tuple[str, str], Series] = {}
    for series in statements.series:
        key = _name_of(series), fold(series.group or "").text
        earlier = first.setdefault(key, series)
        if earlier is series:
            continue
        elsewhere = (earlier.goal_id, earlier.code) != (series.goal_id, series.code)
        if elsewhere or _values(earlier) == _values(series):
            yield _pair(earlier, series)


def _name_of(series: Series) -> str:
    return fold(series.name.replace(REPEATED, "")).text.replace("()", "")


def _pair(earlier: Series, series: Series) -> Check:
    shown = _both(earlier, series)
    marked = REPEATED in series.as_written or REPEATED in series.name or REPEATED in earlier.as_written
    if _values(earlier) != _values(series):
        reading = message(
            "名称が同じで値が違います。どちらかの誤記か、別の指標かのどちらかとみられます。別の指標なら、名称で区別できます。"
        )
        outcome = Outcome("mismatch", shown, reading, "slip", "source")
    elif marked:
        outcome = Outcome("match", shown, message("値は同じで、再掲の印があります。"))
    else:
        reading = message(
            "名称と値が同じなので再掲とみられますが、その印がありません。「（再掲）」と書き添えると、1件と数えることが分かります。"
        )
        outcome = Outcome("undecidable", shown, reading, "unwritten")
    places = (series_place(series), series_place(earlier))
    return outcome.of("R14", series.kpi_id, says(earlier.name, series.name), places)


def _stated(series: Series) -> list[Value]:
    return [value for value in series.values if value.kind in _STATED_KINDS]


def _values(series: Series) -> list[tuple[str, str]]:
    return sorted((value.kind, fold(value.as_written).text) for value in _stated(series))


def _both(earlier: Series, series: Series) -> Message:
    if _values(earlier) == _values(series):
        return message("どちらの値も{values}です。", values=_values_words(series))
    return message("{first}と{second}です。", first=_values_words(earlier), second=_values_words(series))


def _values_words(series: Series) -> object:
    values = _stated(series)
    return listed(quote(value.as_written) for value in values) if values else message("値なし")


@rule(
    "R15",
    plain("当初値と目標値の単位"),
    plain(
        "当初値と目標値の両方が数のとき、単位が同じかを比べます。「名」と「人」のような言いかえは同じとみます。"
        "「/年」が片方だけにあるものは表記の違いです。そのほかの違いは、換算すれば比べられるのか、どちらかの書き誤りかがこの資料からは決まらないので、検算不能とします。"
        "違うものだけを挙げます。"
    ),
)
def check_units(statements: Statements) -> Iterator[Check]:
    """Report a baseline and a target in different units."""
    for series in statements.series:
        base, target = series.baseline, series.target
        if not series.has_pair or not base.unit or not target.unit:
            continue
        relation = compare_units(base.unit, target.unit)
        if relation == "same":
            continue
        outcome = _of_units(base, target, relation)
        places = (value_place(base), value_place(target))
        claim = says(series.name, base.as_written, target.as_written)
        yield outcome.of("R15", series.kpi_id, claim, places)


def _of_units(base: Value, target: Value, relation: UnitRelation) -> Outcome:
    shown = message(
        "当初値の単位は{base}、目標値の単位は{target}です。", base=quote(base.unit), target=quote(target.unit)
    )
    if relation == "per_year":
        _, base_is_yearly = split_unit(base.unit)
        side, per = (message("目標値"), base.unit) if base_is_yearly else (message("当初値"), target.unit)
        reading = message(
            "{side}も同じ期間の量であれば、単位を{unit}にそろえると、同じ期間の量を比べていることが分かります。{side}が何年分の量かは、この資料からは分かりません。",
            side=side,
            unit=quote(per),
        )
        return Outcome("mismatch", shown, reading, "wording", "source")
    reading = message(
        "単位が違うので、このままでは差を計算できません。換算すれば比べられるのか、どちらかの単位が違うのかを、原資料で確かめてください。"
    )
    return Outcome("undecidable", shown, reading, "unwritten")
