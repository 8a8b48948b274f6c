"""Rules on indicators as a document lists them: one named twice, and the units of its two values."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.analysis.findings import Place
from planbook.analysis.kpis.series import Series, Value
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import listed, quote, says
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.characters import fold
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.units import PERS, UNITS

#: The mark of what is listed again.
REPEATED = "再掲"


@rule(
    "R14",
    plain("二度挙げられた指標"),
    plain(
        "名称と区分が同じ指標が二か所に挙げられていれば、値が同じか、「再掲」の印があるかを確かめます。値が同じで印がないものは、"
        "再掲なのか別の指標なのかが決まらないので検算不能、値が違うものは不一致とします。"
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
    places = (_place(series), _place(earlier))
    return outcome.of("R14", series.kpi_id, says(earlier.name, series.name), places)


def _values(series: Series) -> list[tuple[str, str]]:
    return [(value.kind, fold(value.as_written).text) for value in series.values]


def _both(earlier: Series, series: Series) -> Message:
    if _values(earlier) == _values(series):
        return message("どちらの値も{values}です。", values=_values_words(series))
    return message("{first}と{second}です。", first=_values_words(earlier), second=_values_words(series))


def _values_words(series: Series) -> object:
    return listed(quote(value.as_written) for value in series.values) if series.values else message("値なし")


def _place(series: Series) -> Place:
    return Place("kpis", series.row, series.document, series.locator, series.as_written)


@rule(
    "R15",
    plain("当初値と目標値の単位"),
    plain(
        "当初値と目標値の両方が数のとき、単位が同じかを比べます。「名」と「人」のような言いかえは同じとみます。"
        "「/年」が片方だけにあるものは表記の違い、そのほかの違いは誤記とみられるものです。違うものだけを挙げます。"
    ),
)
def check_units(statements: Statements) -> Iterator[Check]:
    """Report a baseline and a target in different units."""
    for series in statements.series:
        base, target = series.baseline, series.target
        if not series.has_pair or not base.unit or not target.unit:
            continue
        a, b = _unit(base.unit), _unit(target.unit)
        if a == b:
            continue
        outcome = _of_units(base, target, a, b)
        places = (_value_place(base), _value_place(target))
        claim = says(series.name, base.as_written, target.as_written)
        yield outcome.of("R15", series.kpi_id, claim, places)


def _of_units(base: Value, target: Value, a: tuple, b: tuple) -> Outcome:
    shown = message(
        "当初値の単位は{base}、目標値の単位は{target}です。", base=quote(base.unit), target=quote(target.unit)
    )
    if a[0] == b[0] and None in (a[1], b[1]):
        lacks_base = a[1] is None
        side, per = (message("当初値"), target.unit) if lacks_base else (message("目標値"), base.unit)
        reading = message(
            "{side}も同じ期間の量であれば、単位を{unit}にそろえると分かります。書かれていないので、ここでは決められません。",
            side=side,
            unit=quote(per),
        )
        return Outcome("mismatch", shown, reading, "wording", "source")
    reading = message("単位が違うと差を計算できません。どちらかの単位の誤記とみられます。")
    return Outcome("mismatch", shown, reading, "slip", "source")


def _unit(written: str) -> tuple[str, str | None]:
    """Return a unit in its stored form, and what it is counted per."""
    folded = fold(written).text
    unit, slash, per = folded.rpartition("/")
    if not slash or per not in PERS:
        unit, per = folded, None
    return UNITS.get(unit, unit), per


def _value_place(value: Value) -> Place:
    return Place("kpi_values", value.row, value.document, value.locator, value.as_written)
