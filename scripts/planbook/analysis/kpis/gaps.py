"""What a document does not write beside an indicator, as codes K01 … K14 of METHODS, section 2.

A code says that something is not to be seen in the document at hand, never that the plan lacks it. What
cannot be shown from the rows is not flagged. Reference indicators (参考指標) are not judged, and a document
that lists names only has no gaps row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planbook.analysis.kpis.listing import Series, is_name_only, list_unique
from planbook.analysis.kpis.planned_change import compare_units
from planbook.vocabulary.catalogue import plain, text


@dataclass(frozen=True)
class Gap:
    """A kind of thing that is missing or unclear.

    Parameters
    ----------
    word_msgid : for the cell of a table.
    explanation_msgid : why it matters, in one sentence.
    """

    word_msgid: str
    explanation_msgid: str

    @property
    def word(self) -> str:
        """The short word in the language of the run."""
        return text(self.word_msgid)

    @property
    def explanation(self) -> str:
        """The sentence in the language of the run."""
        return text(self.explanation_msgid)


GAPS = {
    "K01": Gap(
        plain("当初値なし"),
        plain("出発点の値が掲載されていません。実績が出ても、どれだけ進んだか（進捗率）は計算できません。"),
    ),
    "K02": Gap(
        plain("当初値の年なし"),
        plain("当初値がいつの値か書かれていません。何年かけた変化なのかを読み取れません。"),
    ),
    "K03": Gap(plain("目標値なし"), plain("目標の値も向きも掲載されていません。")),
    "K04": Gap(
        plain("目標の年度なし"),
        plain(
            "いつまでの目標か、この資料には書かれていません。計画の最終年度までと解することはできますが、それは読み手の解釈です。"
        ),
    ),
    "K05": Gap(
        plain("目標は矢印だけ"),
        plain("目標が矢印（↗など）だけです。どこまで変われば達成といえるかは、この資料からは決まりません。"),
    ),
    "K06": Gap(
        plain("単位の書き方が異なる"),
        plain(
            "当初値と目標値の単位の書き方が違います。同じ量どうしを比べているかを、全文で確かめる必要があります。"
        ),
    ),
    "K07": Gap(
        plain("数え方が不明"),
        plain(
            "ある時点の数か、1年間の数か、累計かが書かれていません。実績の数え方がこれによって変わります。"
        ),
    ),
    "K08": Gap(
        plain("再掲"),
        plain("同じ指標が別の目標にも掲げられています。数えるときは1回とします。"),
    ),
    "K14": Gap(
        plain("回答者数なし"),
        plain(
            "アンケートの割合とみられますが、回答者数が掲載されていません。"
            "変化が調査の誤差より大きいかを判断できません。"
        ),
    ),
}


def _has_number(one: Series, kind: str) -> bool:
    value = getattr(one, kind)
    return value is not None and value.is_number


def _has_target(one: Series) -> bool:
    return one.target is not None and (one.target.is_number or one.target.is_direction)


def _units_differ(one: Series) -> bool:
    if not one.has_pair:
        return False
    units = [value.unit or one.unit for value in (one.baseline, one.target)]
    return compare_units(*units) != "same"


_RULES: dict[str, Callable[[Series], bool]] = {
    "K01": lambda one: not _has_number(one, "baseline"),
    "K02": lambda one: _has_number(one, "baseline") and not one.baseline.is_dated,
    "K03": lambda one: not _has_target(one),
    "K04": lambda one: _has_target(one) and not one.target.is_dated,
    "K05": lambda one: one.target is not None and one.target.is_direction,
    "K06": _units_differ,
    "K07": lambda one: one.type == "undecided" and any(value.is_number for value in one.values),
    "K08": lambda one: one.repeats is not None,
    "K14": lambda one: one.type == "survey_share" and one.survey_n is None,
}


def list_gaps(one: Series, series: Sequence[Series]) -> tuple[str, ...]:
    """Return the codes of one series, in the order of `GAPS`.

    Parameters
    ----------
    one : the series.
    series : every series of the plan, to tell a document that lists names only.
    """
    if one.role == "reference" or is_name_only(one, series):
        return ()
    return tuple(code for code, rule in _RULES.items() if rule(one))


def count_gaps(series: Sequence[Series]) -> dict[str, int]:
    """Return how many series have each code, zero left out; repetitions count for K08 alone."""
    unique = [list_gaps(one, series) for one in list_unique(series)]
    counts = {code: sum(code in gaps for gaps in unique) for code in GAPS}
    counts["K08"] = sum(one.repeats is not None and one.role != "reference" for one in series)
    return {code: counts[code] for code in GAPS if counts[code]}
