"""Rules on the wording of a quoted string: a phrase twice in one sentence, a particle that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planbook.analysis.recalculation.causes import differing
from planbook.analysis.recalculation.checks import Check
from planbook.analysis.recalculation.quotes import Quote, list_quotes
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import quote, says
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import message

# A noun of two letters or more with を, then again before any mark: 「AをBに、AをCに」 is a sound parallel.
_DOUBLED = re.compile(
    r"(?P<phrase>[一-龠々ァ-ヶー]{2,}を)(?P<between>[^、。，．・；;\n「」]{0,40}?)(?P=phrase)"
)
# Nouns of an act, which take の before に向けた. With other nouns を is sound: 「目を世界に向けて」.
_ACTS = (
    "実現|達成|推進|解決|解消|克服|構築|確立|形成|創出|創造|促進|振興|向上|改善|充実|強化|確保|整備|策定|実施|活用|拡大|"
    "維持|継続|継承|再生|活性化|普及|導入|定着|育成|保全|回復|削減|抑制|開催|移行|転換|連携"
)
_MISFIT = re.compile(rf"[^、。「」\s]を[一-龠々]{{0,4}}(?:{_ACTS})に(?:向けた|向けて|向かって|むけた|むけて)")


@rule(
    "R16",
    plain("重なった語"),
    plain(
        "引用した文字列の一つの文の中に、「移動率を…移動率を」のように、同じ名詞と「を」が、読点などをはさまずに二度あるものを挙げます。"
        "「AをBに、AをCに」のような並べ書きは挙げません。見つかったものだけを挙げます。"
        "原文か文字起こしかが記録されていないものは、検算不能とします。"
    ),
    "words",
)
def check_doubled(statements: Statements) -> Iterator[Check]:
    """Report a phrase that stands twice in one sentence."""
    yield from _once_a_place(statements, "R16", _doubled)


def _doubled(quoted: Quote) -> tuple[str, str] | None:
    found = _DOUBLED.search(quoted.written)
    if found is None:
        return None
    at = found.start("between"), found.end("between")
    mended = quoted.written[: at[1]] + quoted.written[found.end() :]
    return found["phrase"], mended


@rule(
    "R17",
    plain("助詞のつながり"),
    plain(
        "引用した文字列に、「～を実現に向けた」のように、「を」のすぐ後に「（動作の名詞）に向けた」が続くものを挙げます。"
        "「～の実現に向けた」とすればつながります。見つかったものだけを挙げます。"
        "原文か文字起こしかが記録されていないものは、検算不能とします。"
    ),
    "words",
)
def check_particles(statements: Statements) -> Iterator[Check]:
    """Report 「Xを実現に向けた」."""
    yield from _once_a_place(statements, "R17", _misfit)


def _misfit(quoted: Quote) -> tuple[str, str] | None:
    found = _MISFIT.search(quoted.written)
    if found is None:
        return None
    at = found.start() + 1
    return quoted.written[at : found.end()], quoted.written[:at] + "の" + quoted.written[at + 1 :]


def _once_a_place(statements: Statements, name: str, find) -> Iterator[Check]:
    """Make one check a passage: two rows that quote the same passage are two places of it."""
    found: dict[tuple, list[tuple[Quote, str, str]]] = {}
    for quoted in list_quotes(statements):
        hit = find(quoted)
        if hit is not None:
            key = quoted.place.document, quoted.place.locator, hit[0]
            found.setdefault(key, []).append((quoted, *hit))
    for hits in found.values():
        quoted, phrase, mended = hits[0]
        reading = next((one.reading for one, *_ in hits if one.reading), None) or mended
        outcome = differing(
            message("{phrase}が二度あります。", phrase=quote(phrase))
            if name == "R16"
            else message("{phrase}の「を」がつながりません。", phrase=quote(phrase)),
            message("{reading}とみられます。意味は変わりません。", reading=quote(reading)),
            "slip",
            next((one.cause for one, *_ in hits if one.cause), None),
        )
        places = tuple(one.place for one, *_ in hits)
        yield outcome.of(name, quoted.object_id, says(quoted.written), places)


def has_finding(quoted: Quote) -> bool:
    """Tell whether one of these two rules reports the string already."""
    return _doubled(quoted) is not None or _misfit(quoted) is not None
