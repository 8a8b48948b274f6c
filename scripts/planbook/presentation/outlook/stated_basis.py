"""Sentences on what stands in for the rates of an edition whose own are not at hand."""

from __future__ import annotations

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import edition_name
from planbook.summary.outlook.stated import StatedScenario
from planbook.summary.outlook.stated_worlds import World
from planbook.vocabulary.catalogue import text


def adoption_items(page: Page, plan: Plan, stated: StatedScenario, world: World) -> list[Html]:
    """Say what stands in for the edition's own rates, which are not at hand."""
    period = world.rates.origins["migration"].period
    values = {"edition": edition_name(plan, world.edition), "start": period[0], "base": period[1]}
    items = []
    if not world.has_figures:
        items.append(page.words("この本のデータに、{edition}のこの市区町村の値はありません。", **values))
    if stated.world("adoption_unshrunk") is None:
        items.append(
            page.words(
                "{edition}の市区町村別の仮定値の表は手元にありません。{start}〜{base}年の国勢調査から求めた移動率をそのまま使いました。版の名前が資料にないときは、計画の始まりに公表されていた版とみています。",
                **values,
            )
        )
    else:
        items.append(
            page.words(
                "{edition}の市区町村別の仮定値の表は手元にありません。{start}〜{base}年の国勢調査から求めた移動率に、この版の説明にある縮小をあてました。版の名前が資料にないときは、計画の始まりに公表されていた版とみています。",
                **values,
            )
        )
    if world.later_sources:
        titles = text("、").join(plan.official_source(name).title for name in world.later_sources)
        items.append(
            page.words(
                "策定時の生残率と全国の出生の表は手元にありません。計画の始まりより後の表（{tables}）を使いました。",
                tables=titles,
            )
        )
    if "migration" in world.rates.disturbed:
        items.append(
            page.words(
                "移動率をとった{start}〜{base}年には、災害などでふだんと違う年が含まれています。割り引いて読んでください。",
                **values,
            )
        )
    return items
