"""Sentences on who leaves and who comes, and on what the figures behind them are."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.decomposition_views import SHOWN, interval_words, residents_words
from planbook.presentation.population.population_words import unsigned
from planbook.summary.decomposition_facts import Interval
from planbook.summary.decomposition_numbers import (
    CohortMove,
    describe_parts,
    find_largest_loss,
    find_returns,
)
from planbook.vocabulary.catalogue import current_language, text


def choose_interval(pairs: Sequence[Interval]) -> Interval | None:
    """Return the newest interval whose ages were counted at both ends, else the newest; None without any."""
    counted = [interval for interval in pairs if not interval.bridged]
    return (counted or list(pairs) or [None])[-1]


def leaving_paragraph(page: Page, pairs: Sequence[Interval]) -> Html:
    """Say which cohort lost most people by migration, and whether the next older one gained; nothing without intervals."""
    interval = choose_interval(pairs)
    if interval is None:
        return Html("")
    loss = find_largest_loss(interval)
    if loss is None:
        return page.say(
            "{interval}は、転出が転入を上回った年齢がありませんでした。", interval=interval_words(interval)
        )
    sentences = [_loss_words(page, interval, loss)]
    returns = find_returns(interval, loss.cohort)
    if returns:
        sentences.append(_return_words(page, interval, returns))
    if interval.disturbed:
        sentences.append(page.words("この5年間は、ふだんと違う期間を含みます。"))
    return Html(f"<p>{''.join(sentence.markup for sentence in sentences)}</p>")


def _loss_words(page: Page, interval: Interval, loss: CohortMove) -> Html:
    return page.words(
        "{interval}に最も多く出たのは、{age}になる{sex}で、差し引き{persons}（{start}年に{younger}だった人の{share}）です。",
        interval=interval_words(interval),
        age=interval.decomposition.age_at_end(loss.cohort),
        sex=_sex_words(loss),
        persons=unsigned(loss.persons),
        start=interval.start,
        younger=interval.decomposition.age_at_start(loss.cohort),
        share=unsigned(loss.share) if loss.share else "-",
    )


def _return_words(page: Page, interval: Interval, returns: Sequence[CohortMove]) -> Html:
    people = text("、").join(
        page.words("{sex}が差し引き{persons}", sex=_sex_words(move), persons=unsigned(move.persons)).markup
        for move in returns
    )
    return page.words(
        "一方、{age}になる人は、{people}の転入の超過です。",
        age=interval.decomposition.age_at_end(returns[0].cohort),
        people=Html(people),
    )


def _sex_words(move: CohortMove) -> str:
    return text("女性") if move.sex == "female" else text("男性")


def parts_paragraph(page: Page, pairs: Sequence[Interval]) -> Html:
    """Say what births, deaths and migration made of the last interval with counted ages; nothing without intervals."""
    interval = choose_interval(pairs)
    if interval is None:
        return Html("")
    parts = describe_parts(interval)
    return page.say(
        "{interval}の増減{change}の内訳は、生き残った出生が{births}、死亡が{deaths}、純移動が{migration}です。",
        interval=interval_words(interval),
        change=parts["change"],
        births=parts["births"],
        deaths=parts["deaths"],
        migration=parts["migration"],
    )


def migration_notes(page: Page, pairs: Sequence[Interval]) -> Html:
    """Say what net migration by the census is, and which panels are not ordinary; nothing without intervals."""
    if not pairs:
        return Html("")
    shown = list(pairs)[-SHOWN:]
    paragraphs = [
        page.words(
            "純移動は、二つの国勢調査の人口の差から、生命表による死亡を除いた残りです。転入と転出の内訳は分かりません。"
            "年齢不詳の人は、ほかの人の年齢の割合で分けています。5年間に生まれた子の移動は出生に含まれます。"
        ),
        page.words(
            "住民基本台帳の増減は届け出によるもので、届け出をせずに移る人（学生など）は動きません。国勢調査の数とは別のものです。"
            "期間の端は、台帳の年の数を日数で分けています。"
        ),
    ]
    paragraphs.append(
        page.words(
            "内訳の表では、出生は期間の終わりの0～4歳の人口（国勢調査）、死亡は始めの人口に生残率をかけて求めた数、"
            "増減の計は国勢調査の人口の差です。「台帳の」とある列は、住民基本台帳による増減です。"
        )
    )
    residents = residents_words(pairs)
    if residents:
        paragraphs.append(page.words("住民基本台帳の対象：{residents}。", residents=residents))
    if any(interval.register and len(interval.register.residents) > 1 for interval in pairs):
        paragraphs.append(
            page.words(
                "住民基本台帳の対象が途中で変わった期間の社会増減には、外国人住民が台帳に載りはじめた分を含みます。"
            )
        )
    if any(interval.bridged for interval in shown):
        paragraphs.append(
            page.words(
                "「接続値」の期間は、国勢調査の5歳階級の年齢が手元になく、住民基本台帳の年齢から作った値を使っています。"
            )
        )
    note = page.note("info", *paragraphs, title=text("純移動の読み方"))
    return note + _disturbance(page, shown)


def _disturbance(page: Page, shown: Sequence[Interval]) -> Html:
    english = current_language() == "en"
    items = [
        page.words(
            "{interval}：{reason}",
            interval=interval_words(interval),
            reason=period.reason_en if english else period.reason,
        )
        for interval in shown
        for period in interval.disturbed
    ]
    return page.note("caution", *items, title=text("ふだんと違う期間")) if items else Html("")
