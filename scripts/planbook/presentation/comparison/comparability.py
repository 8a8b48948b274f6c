"""What may be compared across plans, and why not: every answer is made from what the plans hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from planbook.load.plan import Plan
from planbook.presentation.comparison.overview_views import places
from planbook.presentation.digest_words import indicator_counts
from planbook.presentation.html import Html, escape
from planbook.presentation.population.population_words import edition_name
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.population_facts import PopulationFacts, gather_population
from planbook.vocabulary.catalogue import plain, text

YES, PART, NO = plain("○ 比べられる"), plain("△ 一部だけ"), plain("× 比べられない")


@dataclass(frozen=True)
class Item:
    """Something that readers may want to compare.

    Parameters
    ----------
    name, answer : sentences of the catalogue.
    reason : why, in words.
    missing : the municipalities or plans that lack it.
    """

    name: str
    answer: str
    reason: str
    missing: tuple[str, ...] = ()


def make_table(items: Sequence[Item]) -> DataTable:
    """Return one row an item: what, whether, why, and what is missing where."""
    frame = pd.DataFrame(
        [
            {
                "item": text(item.name),
                "answer": text(item.answer),
                "reason": _reason(item),
                "why": item.reason,
                "missing": text("、").join(item.missing) or None,
            }
            for item in items
        ],
        columns=["item", "answer", "reason", "why", "missing"],
    )
    columns = [
        Column("item", text("比べること")),
        Column("answer", text("比べられるか")),
    ]
    shown = [*columns, Column("reason", text("理由"))]
    filed = [*columns, Column("why", text("理由")), Column("missing", text("データや記載のないもの"))]
    return replace(data_table(frame, shown), as_file=data_table(frame, filed), stacks=True)


def _reason(item: Item) -> Html:
    """Return why, and what lacks it: one column, so that the table fits beside its reasons."""
    lacking = text("データや記載のないもの：{names}", names=text("、").join(item.missing))
    return Html(escape(item.reason) + (f"<br><small>{escape(lacking)}</small>" if item.missing else ""))


def list_items(plans: Sequence[Plan]) -> list[Item]:
    """Return what may be compared of populations, targets and indicators."""
    makers = (_populations, compare_targets, _indicator_targets, _actuals)
    return [make(plans) for make in makers]


def answer(have: int, total: int) -> str:
    """At least two are needed for a comparison; all of them for an unreserved one."""
    return YES if have == total else PART if have > 1 else NO


def _names(plans: Sequence[Plan]) -> tuple[str, ...]:
    return tuple(plan.short_title for plan in plans)


def _populations(plans: Sequence[Plan]) -> Item:
    name = plain("人口の推移と将来推計")
    facts: dict[str, PopulationFacts] = {place.name: gather_population(plan) for plan, place in places(plans)}
    lacking = [name for name, f in facts.items() if f.latest is None or not f.projection]
    editions = {
        edition_name(plan, facts[place.name].edition)
        for plan, place in places(plans)
        if facts[place.name].edition
    }
    if lacking:
        reason = text(
            "国勢調査か将来推計のデータがこの本にない市区町村がある：{names}。",
            names=text("、").join(lacking),
        )
        return Item(name, answer(len(facts) - len(lacking), len(facts)), reason, tuple(lacking))
    if len(editions) > 1:
        reason = text(
            "将来推計の版が{n}とおりある：{names}。",
            n=len(editions),
            names=text("、").join(sorted(editions)),
        )
        return Item(name, PART, reason)
    reason = text("どの市区町村にも国勢調査の人口と{edition}がある。", edition=editions.pop())
    return Item(name, YES, reason)


def compare_targets(plans: Sequence[Plan]) -> Item:
    """Tell whether the targets may be held against projections, plan beside plan."""
    dated = [p for p in plans if any(t.year for t in p.file.outlook.targets)]
    reason = text(
        "目標年のある人口の目標が手元の資料に載っているのは{total}計画のうち{n}計画。",
        total=len(plans),
        n=len(dated),
    )
    unknown = sum(any(t.basis == "unknown" for t in p.file.outlook.targets) for p in dated)
    if unknown:
        reason += text("うち{n}計画の資料には、どの統計の人口かが書かれていない。", n=unknown)
    found = answer(len(dated), len(plans))
    return Item(
        plain("人口の目標と推計の差"),
        PART if found == YES and unknown else found,
        reason,
        _names([p for p in plans if p not in dated]),
    )


def _indicator_targets(plans: Sequence[Plan]) -> Item:
    have = [p for p in plans if (counts := indicator_counts(p)) is not None and counts.with_pair > 0]
    reason = text(
        "当初値と目標値が手元の資料に載っているのは{total}計画のうち{n}計画。", total=len(plans), n=len(have)
    )
    lacking = _names([p for p in plans if p not in have])
    return Item(plain("指標の目標値"), answer(len(have), len(plans)), reason, lacking)


def _actuals(plans: Sequence[Plan]) -> Item:
    have = [p for p in plans if _has_actuals(p)]
    reason = text("実績値がこの本のデータにあるのは{total}計画のうち{n}計画。", total=len(plans), n=len(have))
    lacking = _names([p for p in plans if p not in have])
    return Item(plain("指標の達成"), answer(len(have), len(plans)), reason, lacking)


def _has_actuals(plan: Plan) -> bool:
    values = plan.frame("kpi_values")
    return values is not None and bool((values["kind"] == "actual").any())
