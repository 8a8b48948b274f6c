"""The rule on a plan's own scenario: whether its target follows from the assumptions that it states."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.analysis.recalculation.checks import Check, Outcome, missing
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import ScenarioResult, WorldResult
from planbook.analysis.recalculation.statements import Statements, plan_place
from planbook.analysis.recalculation.words import edition_words, figure, persons, says, sentences
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.schemas.plan_file import PopulationTarget

#: Why nothing was computed, as the outlook of the plan says it.
REASONS = {
    "no_assumption": plain("出生率や移動についての仮定は、この資料には掲載がありません。"),
    "unread_only": plain("書かれた仮定を、率の規則として読み取れません。"),
    "no_dated_target": plain("目標年が書かれていないため、計算できません。"),
    "target_off_grid": plain("目標年が推計の年（5年おき）にないため、計算していません。"),
    "target_beyond": plain("目標年が、手元の推計の最後の年より後なので、計算できません。"),
    "target_past": plain("目標年が計算の始まりの年より前なので、計算できません。"),
    "no_data": plain("計算に要る年齢別の人口か推計が手元にありません。"),
    "other_target": plain("仮定からの計算は、最も先の目標についてだけ行っています。"),
    "not_run": plain("仮定からの計算が行われていません。"),
    "no_adoption": plain("策定時の推計の仮定が手元にないため、策定時の前提では確かめられません。"),
}


@rule(
    "R34",
    plain("目標と仮定"),
    plain(
        "計画に書かれた出生率と移動の仮定から、目標年の人口をコーホート要因法で計算し、目標に届くかを確かめます。書かれ方で読みが分かれるところは、"
        "あり得る読み方をすべて計算します。策定時の推計にならった計算で、すべての読み方が届けば一致、一部なら検算不能（読み方による）、"
        "一つも届かなければ不一致とします。目標の0.5%以内は届くとみます。現在の基準での計算は、後から分かったこととして添えます。"
    ),
)
def check_target_from_assumptions(statements: Statements) -> Iterator[Check]:
    """Tell for every target whether it follows from the stated assumptions, as at adoption."""
    assumptions = statements.file.outlook.assumptions
    for target in statements.file.outlook.targets:
        outcome = _outcome(statements, target)
        places = (plan_place(target), *(plan_place(item) for item in assumptions))
        claim = says(target.as_written, *(item.as_written for item in assumptions))
        yield outcome.of("R34", target.id, claim, places)


def _outcome(statements: Statements, target: PopulationTarget) -> Outcome:
    reason = _reason(statements, statements.scenario, target)
    if reason is not None:
        words = message(REASONS.get(reason, REASONS["no_data"]))
        if reason in ("no_assumption", "unread_only", "no_dated_target"):
            return missing(words, _wanted(reason))
        return Outcome("undecidable", words, nature="unwritten")
    world = _world(statements.scenario, "adoption")
    if world is None:
        today = _world(statements.scenario, "today")
        words = message(REASONS["no_adoption"])
        return Outcome("undecidable", words, today and _today(today), "hindsight" if today else "unwritten")
    return _judged(statements, world, _world(statements.scenario, "today"))


def _reason(statements: Statements, scenario: ScenarioResult | None, target: PopulationTarget) -> str | None:
    if not statements.file.outlook.assumptions:
        return "no_assumption"
    if target.year is None:
        return "no_dated_target"
    if scenario is None:
        return "not_run"
    if scenario.target_id is None:
        return scenario.reason or "no_data"
    return None if scenario.target_id == target.id else "other_target"


def _wanted(reason: str) -> Message | None:
    if reason == "no_assumption":
        return message("仮定が書かれていれば、目標がそこから導かれるかを確かめられます。")
    return None


def _world(scenario: ScenarioResult, key: str) -> WorldResult | None:
    return next((world for world in scenario.worlds if world.key == key), None)


def _judged(statements: Statements, world: WorldResult, today: WorldResult | None) -> Outcome:
    edition = statements.official.edition(world.edition)
    shown = message(
        "策定時の{edition}にならった計算{verified}では{low}〜{high}で、{count}通りの読み方のうち{reaching}通りが目標に届きます（目標の{near}%以内を含む）。",
        edition=edition_words(edition) if edition else world.edition,
        verified=message("") if world.verified else message("（その移動の仮定は要確認）"),
        low=persons(world.low),
        high=persons(world.high),
        count=world.readings,
        reaching=world.reaching,
        near=figure(world.near_pct),
    )
    later = _today(today) if today else None
    if world.reaching == world.readings:
        words = message("目標は、書かれた仮定と整合しています。")
        return Outcome("match", shown, sentences(words, later))
    if world.reaching:
        words = message(
            "書かれた仮定から目標が導かれるかは、読み方によります。年齢の範囲、始まる年、仮定の優先が書かれていれば決まります。"
        )
        return Outcome("undecidable", shown, sentences(words, later), "unwritten")
    words = message("どの読み方でも届きません。この資料に書かれていない仮定があるのかもしれません。")
    return Outcome("mismatch", shown, sentences(words, later), "unwritten", "source")


def _today(world: WorldResult) -> Message:
    values = {
        "year": world.base_year,
        "low": persons(world.low),
        "high": persons(world.high),
        "count": world.readings,
        "reaching": world.reaching,
        "near": figure(world.near_pct),
    }
    if not world.hindsight:
        return message(
            "現在の基準（{year}年の国勢調査から）では{low}〜{high}で、{count}通りのうち{reaching}通りが届きます（{near}%以内を含む）。",
            **values,
        )
    return message(
        "現在の基準（{year}年の国勢調査から）では{low}〜{high}で、{count}通りのうち{reaching}通りが届きます（{near}%以内を含む）。これは計画より後に分かったことで、策定の誤りを示すものではありません。",
        **values,
    )
