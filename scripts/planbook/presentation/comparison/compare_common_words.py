"""Sentences on what the municipalities have in common and where they differ: ages, influences, migration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planbook.presentation.comparison.compare_labels import count_words, span_words, who_words
from planbook.presentation.comparison.compare_population_words import range_of
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.summary.comparison.comparison_facts import Comparison
from planbook.summary.comparison.place_facts import PlaceFacts
from planbook.summary.comparison.target_ambition import MigrationNeed
from planbook.vocabulary.catalogue import text


def common_points(page: Page, comparison: Comparison) -> Html:
    """List what the municipalities share and where they differ; nothing where there is one only, or no data."""
    if len(comparison.places) < 2:
        return Html("")
    makers = (_ageing, _natural, _social, _stronger, _net_migration, _women)
    items = [words for make in makers if (words := make(page, comparison.places)) is not None]
    return page.bullets(items) if items else Html("")


def _ageing(page: Page, places: Sequence[PlaceFacts]) -> Html | None:
    held = [
        place
        for place in places
        if place.now and place.future and place.now.ageing_rate and place.future.ageing_rate
    ]
    both = [(place.now, place.future) for place in held]
    if len(both) < 2:
        return None
    (low, high), (low_end, high_end) = (
        range_of(structure.ageing_rate for structure in side) for side in zip(*both, strict=True)
    )
    rising = [p for p in held if p.future.ageing_rate.value > p.now.ageing_rate.value]
    return page.words(
        "65歳以上の割合は、最新の年齢別の国勢調査（{year}年）で{low}から{high}、推計の最後の年（{end}年）で{low_end}から{high_end}です。{rising}",
        year=_years(now.year for now, _ in both),
        end=_years(future.year for _, future in both),
        low=low, high=high, low_end=low_end, high_end=high_end,
        rising=text("どの市区町村でも上がります。")
        if len(rising) == len(both)
        else text(
            "{places}のうち、上がるのは{rising}です。",
            places=count_words(held),
            rising=who_words(rising, held),
        ),
    )  # fmt: skip


def _years(years: Iterable[int]) -> str:
    return text("、").join(str(year) for year in sorted(set(years)))


def _natural(page: Page, places: Sequence[PlaceFacts]) -> Html | None:
    found = _levels(page, places, "natural")
    return (
        page.words("自然増減の影響度（出生率が上がったときの効果）は、{levels}。", levels=found)
        if found
        else None
    )


def _social(page: Page, places: Sequence[PlaceFacts]) -> Html | None:
    found = _levels(page, places, "social")
    return (
        page.words("社会増減の影響度（移動がつり合ったときの効果）は、{levels}。", levels=found)
        if found
        else None
    )


def _levels(page: Page, places: Sequence[PlaceFacts], key: str) -> Html | None:
    held = [place for place in places if key in place.influences]
    figures = [place.influences[key] for place in held]
    if len(figures) < 2:
        return None
    low, high = range_of(figure.ratio for figure in figures)
    levels = sorted({figure.level for figure in figures})
    if len(levels) == 1:
        return page.words(
            "{low}から{high}までで、{places}とも段階{level}です",
            low=low,
            high=high,
            places=count_words(held),
            level=levels[0],
        )
    counted = text("、").join(
        text(
            "段階{level}が{places}",
            level=level,
            places=count_words([place for place in held if place.influences[key].level == level]),
        )
        for level in levels
    )
    return page.words("{low}から{high}までで、{counted}と分かれます", low=low, high=high, counted=counted)


def _stronger(page: Page, places: Sequence[PlaceFacts]) -> Html | None:
    held = [p for p in places if {"natural", "social"} <= set(p.influences)]
    if len(held) < 2:
        return None
    social = [p for p in held if p.influences["social"].ratio.value > p.influences["natural"].ratio.value]
    if len(social) == len(held):
        return page.words("比べると、どの市区町村でも、移動がつり合うことの効果のほうが大きくなります。")
    if not social:
        return page.words(
            "比べると、どの市区町村でも、出生率が上がることの効果のほうが大きいか、二つが同じです。"
        )
    return page.words(
        "移動がつり合うことの効果のほうが大きいのは{social}、出生率が上がることの効果のほうが大きいか同じなのは{natural}です。",
        social=who_words(social, held),
        natural=who_words([place for place in held if place not in social], held),
    )


def _net_migration(page: Page, places: Sequence[PlaceFacts]) -> Html | None:
    held = [place for place in places if place.movement]
    if len(held) < 2:
        return None
    out = [place for place in held if place.movement.usual.value < 0]
    if len(out) == len(held):
        return page.words("パターン1が見込む純移動は、{places}とも転出超過です。", places=count_words(held))
    if not out:
        return page.words(
            "パターン1が見込む純移動は、{places}とも転入超過か0です。", places=count_words(held)
        )
    return page.words(
        "パターン1が見込む純移動は、{out}が転出超過、{rest}が転入超過か0です。",
        out=who_words(out, held),
        rest=who_words([place for place in held if place not in out], held),
    )


def _women(page: Page, places: Sequence[PlaceFacts]) -> Html | None:
    held = [p for p in places if p.movement and p.movement.women_change]
    changes = [place.movement.women_change for place in held]
    if len(changes) < 2:
        return None
    spans = {place.movement.women_years for place in places if place.movement}
    down = [change for change in changes if change.value < 0]
    span = span_words(spans.pop()) if len(spans) == 1 else text("推計の期間")
    if len(down) < len(changes):
        return page.words(
            "{places}のうち、20〜39歳の女性が{span}に減るのは{down}です（パターン1）。",
            span=span,
            places=count_words(held),
            down=who_words([place for place in held if place.movement.women_change.value < 0], held),
        )
    low, high = range_of(down)
    return page.words(
        "20〜39歳の女性は、{span}に{places}すべてで減り、減り方は{low}から{high}までです（パターン1）。",
        span=span, places=count_words(held), low=low, high=high,
    )  # fmt: skip


def migration_paragraph(page: Page, comparison: Comparison) -> Html:
    """Say what migration the dated targets take, and how many of them have been seen; nothing without any."""
    needs = [item.migration for _, item in comparison.ambitions if item.migration is not None]
    dated = [need for need in needs if not need.year_assumed]
    ahead = [need for need in dated if need.extra.value > 0]
    said = []
    if ahead:
        said.append(_extra_words(page, ahead) + _precedent_words(page, ahead))
    if len(dated) > len(ahead):
        said.append(page.words("{n}件は、推計のままで届く計算です。", n=len(dated) - len(ahead)))
    if len(needs) > len(dated):
        said.append(
            page.words(
                "年の書かれていない目標{n}件は、推計の最後の年とおいた参考で、ここには数えていません。",
                n=len(needs) - len(dated),
            )
        )
    return Html("".join(f"<p>{words}</p>" for words in said))


def _extra_words(page: Page, needs: Sequence[MigrationNeed]) -> Html:
    rates = [need.extra_rate for need in needs if need.extra_rate is not None]
    if not rates:
        return page.words("年のある目標のうち{n}件は、純移動の上積みが要ります。", n=len(needs))
    low, high = range_of(rates)
    if len(needs) == 1:
        return page.words(
            "年のある目標のうち{n}件は、推計の純移動に、人口千人あたり毎年{low}の上積みで届く計算です。",
            n=len(needs),
            low=low,
        )
    return page.words(
        "年のある目標のうち{n}件は、推計の純移動に、人口千人あたり毎年{low}から{high}の上積みで届く計算です。",
        n=len(needs),
        low=low,
        high=high,
    )


def _precedent_words(page: Page, needs: Sequence[MigrationNeed]) -> Html:
    counts = {key: sum(need.precedent == key for need in needs) for key in ("ordinary", "disturbed", "never")}
    parts = [
        page.words("これまでの5年間に見られたことのある大きさが{n}件", n=counts["ordinary"]),
        page.words("災害などの影響のあった時期にだけ見られた大きさが{n}件", n=counts["disturbed"]),
        page.words("どの5年間にもなかった大きさが{n}件", n=counts["never"]),
    ]
    present = [part.markup for part, n in zip(parts, counts.values(), strict=True) if n]
    if not present:
        return Html("")
    return page.words("全体の純移動でみると、{parts}です。", parts=Html(text("、").join(present)))
