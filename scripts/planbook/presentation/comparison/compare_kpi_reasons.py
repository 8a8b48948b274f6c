"""Why the values of two indicators may be held against each other, or may not: in words."""

from __future__ import annotations

from collections.abc import Iterable

from planbook.load.reference import Reference
from planbook.presentation.comparison.comparability import NO, PART, YES
from planbook.presentation.kpis.kpi_values import join, run_on
from planbook.summary.comparison.comparable_values import Comparable, Reason
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.rounding import format_number
from planbook.vocabulary.units import in_words

VERDICTS = {"yes": YES, "part": PART, "no": NO}
#: How an indicator is counted, by its type.
TYPE_WORDS = {
    "level": plain("ある時点の量"),
    "annual_flow": plain("年間の量"),
    "cumulative": plain("累計"),
    "rate": plain("率"),
    "index": plain("指数"),
    "survey_share": plain("アンケートの割合"),
    "yes_no": plain("実施の有無"),
    "undecided": plain("数え方が不明"),
}
SENTENCES = {
    "values": plain("当初値か目標値が数値で載っているのは{total}計画のうち{plans}計画。"),
    "some_values": plain("当初値か目標値が数値で載っているのは{total}計画のうち{plans}計画。"),
    "groups": plain("区分が違う（{items}）。"),
    "units": plain("単位が違う（{items}）。"),
    "types": plain("数え方が違う（{items}）。"),
    "per": plain("「一人あたり」などの割った値と、そうでない値がある。"),
    "undecided": plain(
        "数え方（ある時点の数か、1年間の数か、累計か、アンケートの割合か）が分からないものがある。"
    ),
    "yearly": plain("「/年」の有無が違う。"),
    "survey": plain("アンケートの割合は、質問の言葉と答えた人の選び方が調査ごとに違う。"),
    "statistics": plain("もとになる統計が違う（{items}）。"),
    "no_statistic": plain("もとになる統計が分からないものがある。"),
    "baseline_undated": plain("当初値の年が書かれていないものがある。"),
    "baseline_years": plain("当初値の年が違う（{items}）。"),
    "target_undated": plain("目標の年度が書かれていないものがある。"),
    "target_years": plain("目標の年が違う（{items}）。"),
}
_NOT_WRITTEN = {"groups": plain("区分なし"), "units": plain("単位の記載なし")}
_FISCAL = "FY"


def verdict_words(values: Comparable) -> str:
    """Return whether values may be compared, with its sign."""
    return text(VERDICTS[values.verdict])


def reason_sentences(values: Comparable, reference: Reference) -> str:
    """Return every reason, what forbids it first; that nothing stands in the way where there is none."""
    if not values.reasons:
        return text("統計、単位、数え方、区分、当初値と目標の年がそろっている。")
    return run_on([_sentence(reason, reference) for reason in values.reasons])


def _sentence(reason: Reason, reference: Reference) -> str:
    return text(
        SENTENCES[reason.key],
        items=join([_item(reason.key, item, reference) for item in reason.items]),
        plans=format_number(reason.plans),
        total=format_number(reason.total),
    )


def _item(key: str, item: str | None, reference: Reference) -> str:
    if item is None:
        return text(_NOT_WRITTEN[key])
    if key == "types":
        return text(TYPE_WORDS[item])
    if key == "statistics":
        return statistic_name(item, reference)
    if key == "units":
        return in_words("", item)
    return year_words(item) if key.endswith("_years") else item


def statistic_name(key: str, reference: Reference) -> str:
    """Return the name of a statistic in the language of the run."""
    return reference.label("statistics", key)


def year_words(year: str) -> str:
    """Return a year of `planbook.summary.comparison.comparable_values.year_of` in words: 2025年度, 2018年."""
    if year.startswith(_FISCAL):
        return text("{year}年度", year=year.removeprefix(_FISCAL))
    return text("{year}年", year=year)


def pair_ids(plan_ids: Iterable[str], others: Iterable[str] | None = None) -> str:
    """Return the ids by which a row of several plans is shown: while two of them that it compares are chosen.

    Parameters
    ----------
    plan_ids : the plans that are compared with each other, or with `others`.
    """
    first = list(dict.fromkeys(plan_ids))
    if others is None:
        pairs = [f"{one}+{other}" for n, one in enumerate(first) for other in first[n + 1 :]]
        either = first
    else:
        second = list(dict.fromkeys(others))
        pairs = [f"{one}+{other}" for one in first for other in second if one != other]
        either = list(dict.fromkeys([*first, *second]))
    # A row that very many plans share would carry thousands of pairs; it stays while any of them is chosen.
    return " ".join(pairs if len(pairs) <= MOST_PAIR_IDS else either)


#: Pairs of plans that one row names at most.
MOST_PAIR_IDS = 60
