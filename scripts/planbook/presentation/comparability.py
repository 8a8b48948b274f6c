"""What may be compared across plans, and why not: every answer is made from what the plans hold."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planbook.load.plan import Plan
from planbook.presentation.digest_words import indicator_counts
from planbook.presentation.overview_views import places
from planbook.presentation.population_words import coverage_words, edition_name
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.population_facts import PopulationFacts, gather_population
from planbook.vocabulary.catalogue import plain, text

YES, PART, NO = plain("○ 比べられる"), plain("△ 一部だけ"), plain("× 比べられない")


def table_comparability(plans: Sequence[Plan]) -> DataTable | None:
    """Return one row a thing that readers may want to compare; None with fewer than two plans."""
    if len(plans) < 2:
        return None
    rows = [_populations(plans), _targets(plans), _themes(plans), _indicator_targets(plans), _actuals(plans)]
    frame = pd.DataFrame(
        [(text(item), text(answer), reason) for item, answer, reason in rows],
        columns=["item", "answer", "reason"],
    )
    columns = [
        Column("item", text("比べること")),
        Column("answer", text("比べられるか")),
        Column("reason", text("理由")),
    ]
    return data_table(frame, columns)


def _answer(have: int, total: int) -> str:
    """At least two are needed for a comparison; all of them for an unreserved one."""
    return YES if have == total else PART if have > 1 else NO


def _populations(plans: Sequence[Plan]) -> tuple[str, str, str]:
    item = plain("人口の推移と将来推計")
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
        return item, _answer(len(facts) - len(lacking), len(facts)), reason
    if len(editions) > 1:
        return (
            item,
            PART,
            text(
                "将来推計の版が{n}とおりある：{names}。",
                n=len(editions),
                names=text("、").join(sorted(editions)),
            ),
        )
    reason = text("どの市区町村にも国勢調査の人口と{edition}がある。", edition=editions.pop())
    return item, YES, reason


def _targets(plans: Sequence[Plan]) -> tuple[str, str, str]:
    dated = [p for p in plans if any(t.year for t in p.file.outlook.targets)]
    reason = text(
        "目標年のある人口の目標が手元の資料に載っているのは{total}計画のうち{n}計画。",
        total=len(plans),
        n=len(dated),
    )
    unknown = sum(any(t.basis == "unknown" for t in p.file.outlook.targets) for p in dated)
    if unknown:
        reason += text("うち{n}計画の資料には、どの統計の人口かが書かれていない。", n=unknown)
    answer = _answer(len(dated), len(plans))
    return plain("人口の目標と推計の差"), PART if answer == YES and unknown else answer, reason


def _themes(plans: Sequence[Plan]) -> tuple[str, str, str]:
    partial = [p for p in plans if p.file.coverage != "full"]
    kinds = list(dict.fromkeys(coverage_words(p.file) for p in plans))
    item = plain("目標・施策のテーマ")
    if not partial:
        return item, YES, text("どの計画も手元の資料が全文である。")
    reason = text(
        "手元の資料が全文でないものが{n}計画ある（{kinds}）。載っていないことは、計画にないこととは限らない。",
        n=len(partial),
        kinds=text("、").join(kinds),
    )
    return item, PART, reason


def _indicator_targets(plans: Sequence[Plan]) -> tuple[str, str, str]:
    have = sum((counts := indicator_counts(p)) is not None and counts.with_pair > 0 for p in plans)
    reason = text(
        "当初値と目標値が手元の資料に載っているのは{total}計画のうち{n}計画。", total=len(plans), n=have
    )
    return plain("指標の目標値"), _answer(have, len(plans)), reason


def _actuals(plans: Sequence[Plan]) -> tuple[str, str, str]:
    have = sum(_has_actuals(p) for p in plans)
    reason = text("実績値がこの本のデータにあるのは{total}計画のうち{n}計画。", total=len(plans), n=have)
    return plain("指標の達成"), _answer(have, len(plans)), reason


def _has_actuals(plan: Plan) -> bool:
    values = plan.frame("kpi_values")
    return values is not None and bool((values["kind"] == "actual").any())
