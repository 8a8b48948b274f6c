"""What of population may be compared across municipalities and plans, and why not: made from the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planbook.presentation.comparison.comparability import (
    NO,
    PART,
    YES,
    Item,
    answer,
    compare_targets,
    make_table,
)
from planbook.presentation.comparison.compare_labels import labels_of, plan_labels
from planbook.presentation.population.population_words import edition_name
from planbook.presentation.tables import DataTable
from planbook.summary.comparison.comparison_facts import Comparison, PlanFacts
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.vocabulary.catalogue import plain, text


def table_population(comparison: Comparison) -> DataTable | None:
    """Return one row a measure of the page; None with fewer than two plans."""
    if len(comparison.plans) < 2:
        return None
    makers = (
        _censuses,
        _projections,
        _ages,
        _influences,
        _assumed_movement,
        _seen_movement,
        _targets,
        _paces,
        _migration_needs,
        _editions_behind,
    )
    return make_table([make(comparison) for make in makers])


def _of_places(
    comparison: Comparison, name: str, has: Callable[[PlaceFacts], bool], reserves: Iterable[str]
) -> Item:
    """Judge a measure of places: missing for those that fail `has`, of limited use where there is a reserve."""
    labels = labels_of(comparison)
    lacking = tuple(labels[place.code] for place in comparison.places if not has(place))
    total = len(comparison.places)
    reasons = [words for words in reserves if words]
    if total < 2:
        return Item(name, NO, text("市区町村が1つなので、ならべる相手がない。"), lacking)
    if lacking:
        found = text("{total}市区町村のうち{n}市区町村にある。", total=total, n=total - len(lacking))
        return Item(name, answer(total - len(lacking), total), "".join([found, *reasons]), lacking)
    if reasons:
        return Item(name, PART, "".join(reasons))
    return Item(name, YES, text("どの市区町村にも、同じ年と同じ作り方の値がある。"))


def _named(comparison: Comparison, chosen: Callable[[PlaceFacts], bool]) -> str:
    labels = labels_of(comparison)
    return text("、").join(labels[place.code] for place in comparison.places if chosen(place))


def _censuses(comparison: Comparison) -> Item:
    item = _of_places(
        comparison,
        plain("国勢調査の人口と増減"),
        lambda place: place.population.change is not None,
        [
            _differ(
                {p.population.latest.as_of.year for p in comparison.places if p.population.latest},
                plain("最新の国勢調査の年が{years}とおりある：{names}。"),
            )
        ],
    )
    remarks = []
    preliminary = _named(comparison, lambda p: bool(p.population.latest and p.population.latest.preliminary))
    if preliminary:
        remarks.append(text("最新の値は速報値で、あとで改まる（{names}）。", names=preliminary))
    merged = _named(comparison, lambda p: bool(p.plan.municipality.file.mergers))
    if merged:
        remarks.append(text("合併のあった{names}は、今の市域にそろえた値。", names=merged))
    return Item(item.name, item.answer, item.reason + "".join(remarks), item.missing)


def _differ(values: set, words: str) -> str:
    """Say that years or editions differ; nothing where they do not."""
    if len(values) < 2:
        return ""
    return text(words, years=len(values), names=text("、").join(str(value) for value in sorted(values)))


def _projections(comparison: Comparison) -> Item:
    editions = {
        edition_name(p.plan, p.population.edition) for p in comparison.places if p.population.projection
    }
    return _of_places(
        comparison,
        plain("将来推計"),
        lambda place: len(place.population.projection) > 1,
        [_differ(editions, plain("推計の版が{years}とおりある：{names}。"))],
    )


def _ages(comparison: Comparison) -> Item:
    structures = [s for p in comparison.places for s in (p.now, p.future) if s]
    years = {p.now.year for p in comparison.places if p.now}
    ends = {p.future.year for p in comparison.places if p.future}
    fitted = _named(comparison, lambda p: bool(p.future and p.future.fitted))
    return _of_places(
        comparison,
        plain("年齢3区分の割合"),
        lambda place: place.now is not None and place.future is not None,
        [
            _differ(years, plain("年齢のわかる国勢調査の年が{years}とおりある：{names}。")),
            _differ(ends, plain("推計の最後の年が{years}とおりある：{names}。")),
            text("{names}の将来の年齢は公表されておらず、この本の推計。", names=fitted)
            if fitted and structures
            else "",
        ],
    )


def _influences(comparison: Comparison) -> Item:
    figures = [f for p in comparison.places for f in p.influences.values()]
    unverified = any(not figure.verified for figure in figures)
    return _of_places(
        comparison,
        plain("自然増減・社会増減の影響度"),
        lambda place: len(place.influences) > 1,
        [
            _differ({f.year for f in figures}, plain("判定年が{years}とおりある：{names}。")),
            text("比の値は同じ作り方で比べられる。段階の境と判定年は要確認で、境の近くの段階は変わりやすい。")
            if unverified
            else "",
        ],
    )


def _assumed_movement(comparison: Comparison) -> Item:
    return _of_places(
        comparison,
        plain("推計が見込む出生率と純移動"),
        lambda place: place.movement is not None,
        [
            text("公表されているのは総数だけで、率はこの本が総数に合わせて求めたもの。")
            if any(place.movement for place in comparison.places)
            else ""
        ],
    )


def _seen_movement(comparison: Comparison) -> Item:
    moved = [p.movement for p in comparison.places if p.movement and p.movement.seen]
    disturbed = _named(comparison, lambda p: bool(p.movement and p.movement.disturbed))
    bridged = any(movement.bridged for movement in moved)
    return _of_places(
        comparison,
        plain("純移動の実績"),
        lambda place: bool(place.movement and place.movement.seen),
        [
            text("{names}は、ふだんと違う年（災害の避難や復興など）を含む。", names=disturbed)
            if disturbed
            else "",
            text("期間の終わりの年齢は接続値。") if bridged else "",
            _differ({m.seen_years[1] for m in moved}, plain("期間の終わりが{years}とおりある：{names}。")),
        ],
    )


def _targets(comparison: Comparison) -> Item:
    return compare_targets([row.plan for row in comparison.plans])


def _of_plans(
    comparison: Comparison, name: str, has: Callable[[PlanFacts], bool], reserves: Iterable[str]
) -> Item:
    labels = plan_labels([row.plan for row in comparison.plans])
    lacking = tuple(labels[row.plan.plan_id] for row in comparison.plans if not has(row))
    total = len(comparison.plans)
    have = total - len(lacking)
    reasons = "".join(words for words in reserves if words)
    found = answer(have, total)
    reason = text("{total}計画のうち{n}計画にある。", total=total, n=have) + (reasons if have else "")
    return Item(name, PART if found == YES and reasons else found, reason, lacking)


def _paces(comparison: Comparison) -> Item:
    aims = [item for _, item in comparison.ambitions if item.required is not None]
    years = {item.facts.target.year for item in aims}
    return _of_plans(
        comparison,
        plain("必要な歩みと実績の歩み"),
        lambda row: any(item.required is not None for item in row.ambitions),
        [
            _differ(
                years,
                plain("目標年が{years}とおりある（{names}年）。同じ歩みでも、続ける年数が違う。"),
            )
        ],
    )


def _migration_needs(comparison: Comparison) -> Item:
    aims = [item.migration for _, item in comparison.ambitions if item.migration is not None]
    assumed = sum(need.year_assumed for need in aims)
    return _of_plans(
        comparison,
        plain("目標に届くための純移動"),
        lambda row: any(item.migration and not item.migration.year_assumed for item in row.ambitions),
        [
            _differ({need.year for need in aims}, plain("計算の終わりの年が{years}とおりある：{names}。")),
            text("年のない目標{n}件は、推計の最後の年とおいた参考。", n=assumed) if assumed else "",
        ],
    )


def _editions_behind(comparison: Comparison) -> Item:
    """Judge whether the projections that the targets were set by can be compared."""
    stated = [row for row in comparison.plans if row.ambitions]
    labels = plan_labels([row.plan for row in comparison.plans])
    have = [row for row in stated if all(item.facts.target.edition for item in row.ambitions)]
    reason = text(
        "目標のある{total}計画のうち、ふまえた推計の版が手元の資料に書かれているのは{n}計画。",
        total=len(stated),
        n=len(have),
    )
    lacking = tuple(labels[row.plan.plan_id] for row in comparison.plans if row not in have)
    return Item(plain("目標を立てたときの推計"), answer(len(have), len(comparison.plans)), reason, lacking)
