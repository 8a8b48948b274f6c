"""The written forms of a figure: digits, multipliers, units, and the words that qualify it.

Everything here works on folded text (see `characters.fold`): half-width digits, ``-`` for every dash,
``~`` for every tilde.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from planbook.vocabulary.units import PERS, UNITS

MULTIPLIERS = {
    "兆": 10**12,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
_ABOUT_BEFORE = ("約", "およそ", "おおよそ", "おおむね", "概ね", "ほぼ")
QUALIFIERS_BEHIND = {
    "程度": "about",
    "前後": "about",
    "ほど": "about",
    "くらい": "about",
    "ぐらい": "about",
    "以上": "at_least",
    "以下": "at_most",
    "以内": "at_most",
    "未満": "less_than",
    "超": "more_than",
    "を超える": "more_than",
}
_DECREASES = ("減少", "減", "縮小", "削減", "低下", "下降")
_INCREASES = ("増加", "増", "上昇", "拡大", "向上")
CHANGES = dict.fromkeys(_DECREASES, "decrease") | dict.fromkeys(_INCREASES, "increase")

DIGITS = r"[0-9](?:[0-9,.]*[0-9])?"  # takes in malformed numbers, so that they can be named
_SIGN = r"[△▲] ?|[-+]|マイナス"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


MULTIPLIER = _any(MULTIPLIERS)
_AMOUNT = rf"{DIGITS}(?:(?:{MULTIPLIER}){DIGITS})*(?:{MULTIPLIER})?"

# Years, dates and ordinals in running text: numbers, but not quantities.
NOT_QUANTITIES = re.compile(
    r"(?:令和|平成|昭和|大正|(?<![A-Za-z])[RHST])\.?(?:元|[0-9]{1,3})(?:\([^()]{1,10}\))?(?:年度?)?(?!間)"
    r"|(?<![0-9,.])(?:19|20|21)[0-9]{2}(?:\([^()]{1,10}\))?年度?(?!間)"
    r"|[0-9]+年度"
    r"|(?<![0-9,.])[0-9]{1,2}月(?:[0-9]{1,2}日)?(?!間)"
    r"|(?<![0-9,.])(?:19|20|21)[0-9]{2}[-/][0-9]{1,2}(?:[-/][0-9]{1,2})?(?![0-9])"
    r"|第[0-9]+(?:\.[0-9]+)*"
)


@cache
def figure_pattern(extra_unit: str | None = None, *, in_prose: bool = False) -> re.Pattern[str]:
    """Return the pattern of one figure.

    Parameters
    ----------
    extra_unit : a unit that is understood besides `UNITS`.
    in_prose : a figure inside a sentence. There a blank separates, so 「3 本市の…」 is not 3本, and
        「1人当たり」 and 「3分の2」 are no counts.
    """
    words = [*UNITS, extra_unit] if extra_unit else list(UNITS)
    # a unit of letters ends where the letters end: 2.08MB is not 2.08 m
    latin = rf"(?:{_any(word for word in words if word[-1].isascii() and word[-1] != '%')})(?![A-Za-z0-9])"
    other = rf"(?:{_any(word for word in words if not word[-1].isascii() or word[-1] == '%')})"
    unit = rf"{latin}|{other}(?!あたり|当た?り|の[0-9])" if in_prose else rf"{latin}|{other}"
    gap = "" if in_prose else " ?"
    about = rf"(?<![公予契節誓制条成婚解])(?:{_any(_ABOUT_BEFORE)})"  # 予約100件, 成約10件 are not rough
    second = rf"(?P<sign2>{_SIGN})?(?P<amount2>{_AMOUNT}){gap}(?P<unit2>{unit})?"
    # から alone is a change (340人から380人に), with まで it is a range
    joint = rf"(?P<joint>(?P<from>から)|~|-){gap}{second}(?(from)まで|(?:まで)?)"
    return re.compile(
        rf"(?:(?P<before>{about}){gap})?(?P<yearly>年間)?(?P<before2>{about})?"
        rf"(?P<sign>{_SIGN})?(?P<amount>{_AMOUNT}){gap}(?P<unit>{unit})?(?:(?P<hundredths>[0-9])分)?"
        rf"(?:{gap}{joint})?(?:/(?P<per>{_any(PERS)}))?{gap}(?P<behind>{_any(QUALIFIERS_BEHIND)})?"
        rf"(?:の?(?P<change>{_any(CHANGES)}))?"
    )
