"""Sentences on two plans of one place: what corresponds, and what may not be concluded from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from planbook.analysis.goal_structure.correspondence import FATES, Fate
from planbook.presentation.comparison.compare_labels import plan_count, plan_labels
from planbook.presentation.goals.goal_labels import counted
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_values import join, run_on
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.tables import plan_attribute
from planbook.summary.goal_structure.plan_goals import PlanGoals
from planbook.summary.goal_structure.plan_pairs import PlanPair, list_standings
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import plain, text

#: How a goal corresponds, and what became of it where the later plan follows the earlier one.
FATE_WORDS = {
    "kept": plain("同じ名称"),
    "reworded": plain("名称が違う"),
    "split": plain("一つに二つ以上が対応"),
    "merged": plain("二つ以上で一つに対応"),
    "regrouped": plain("二つ以上どうしで対応"),
    "unmatched": plain("対応の入力なし"),
}
SUCCESSION_WORDS = {
    **FATE_WORDS,
    "reworded": plain("言いかえ"),
    "split": plain("分かれた"),
    "merged": plain("まとまった"),
    "regrouped": plain("組みかえ"),
}
#: Up to so many items without a partner are named in a sentence.
MOST_NAMED = 5

Side = Literal["earlier", "later"]


def fate_words(pair: PlanPair, fate: Fate) -> str:
    """Return how a goal corresponds; that it was reworded or split is said of plans that follow each other only."""
    return text((SUCCESSION_WORDS if pair.is_succession else FATE_WORDS)[fate])


def fate_heading(pair: PlanPair) -> str:
    """Return the heading of the column that says how goals correspond."""
    return text("どうなったか") if pair.is_succession else text("対応のしかた")


def names_of(pair: PlanPair) -> tuple[str, str]:
    """Return what the two plans are called, told apart where both have the same short title."""
    labels = plan_labels([pair.earlier.plan, pair.later.plan])
    return labels[pair.earlier.plan.plan_id], labels[pair.later.plan.plan_id]


def _name(pair: PlanPair, facts: PlanGoals) -> str:
    return names_of(pair)[0 if facts is pair.earlier else 1]


def answer(page: Page, pairs: Sequence[PlanPair], plans: int) -> Html:
    """Return the answer of the page: how many pairs there are, and what corresponds in each."""
    if plans < 2:
        return page.lead([page.words("ならべる計画が二つ以上ないので、見くらべるものがありません。")])
    if not pairs:
        return page.lead(
            [
                page.words(
                    "ならべた{plans}の中に、同じ市区町村の二つの計画はありません。",
                    plans=plan_count(plans),
                )
            ]
        )
    if len(pairs) > 1:
        first = page.words(
            "同じ市区町村の計画、上位の計画とそれを受ける計画など、{n}組をならべました。順位はつけません。",
            n=len(pairs),
        )
        items = "".join(_pair_item(page, pair) for pair in pairs)
        return page.lead([first]) + Html(f"<ul>{items}</ul>")
    pair = pairs[0]
    first = page.words(
        "{earlier}と{later}を、目標の対応でならべました。{relation}",
        earlier=names_of(pair)[0],
        later=names_of(pair)[1],
        relation=relation_words(pair),
    )
    sentences = [first, top_sentence(page, pair), omission_sentence(page, pair)]
    return page.lead([sentence for sentence in sentences if sentence.markup])


def anchor_of(pair: PlanPair) -> str:
    """Return the id of the pair's section."""
    return f"pair-{pair.key.replace('+', '-')}"


def _pair_item(page: Page, pair: PlanPair) -> str:
    """Return one line of the answer: the pair, leading to its section, and what became of the top goals."""
    first, second = names_of(pair)
    link = (
        f'<a href="#{anchor_of(pair)}">{escape(text("{first} と {second}", first=first, second=second))}</a>'
    )
    words = page.words("{pair}：{tops}", pair=Html(link), tops=top_sentence(page, pair))
    return f"<li{plan_attribute(pair.key)}>{words}</li>"


def relation_words(pair: PlanPair) -> str:
    """Say how the documents relate the two plans."""
    if pair.named_by is None:
        return text("どちらも同じ市区町村の計画です。")
    other = pair.later if pair.named_by is pair.earlier else pair.earlier
    names = {"one": _name(pair, pair.named_by), "other": _name(pair, other)}
    title = next(
        related.title
        for related in pair.named_by.plan.file.related
        if (related.relation, related.plan_id) == (pair.relation, other.plan.plan_id)
    )
    upper = pair.relation == "upper"
    if title in (other.plan.file.title.ja, other.plan.file.short_title.ja):
        return (
            text("{one}の資料から、{other}を上位の計画と読みました。", **names)
            if upper
            else text("{one}の資料から、{other}を前の計画と読みました。", **names)
        )
    # What a document names may be more than what is at hand: the whole plan, of which one half has been entered.
    named = (
        text("{one}の資料から、「{title}」を上位の計画と読みました。", title=title, **names)
        if upper
        else text("{one}の資料から、「{title}」を前の計画と読みました。", title=title, **names)
    )
    return run_on([named, _at_hand(pair, other, names["other"])])


def _at_hand(pair: PlanPair, other: PlanGoals, name: str) -> str:
    """Say which part of the named plan is at hand, and that it is younger than the plan that names it."""
    if other is pair.later:
        return text(
            "手元にあるのは{other}で、{one}より後に始まっています。{one}がよったときの資料ではありません。",
            other=name,
            one=_name(pair, pair.earlier),
        )
    return text("手元にあるのは{other}です。", other=name)


def top_sentence(page: Page, pair: PlanPair) -> Html:
    """Say what became of the top goals."""
    if not pair.links:
        return page.words("目標の対応は、まだ入力されていません。")
    tops = [match for match in pair.tops if match.earlier]
    held = [match for match in tops if match.links]
    total, matched = len(tops), len(held)
    if not matched:
        return page.words("最上位の目標どうしの対応は、入力されていません。")
    fates = join(
        [
            text("{fate} {n}件", fate=fate_words(pair, fate), n=n)
            for fate in FATES
            if (n := sum(match.fate == fate for match in held))
        ]
    )
    first, second = names_of(pair)
    if matched == total == 1:
        return page.words(
            "{earlier}の最上位の目標は一つで、{later}に対応する目標があります（{fate}）。",
            earlier=first,
            later=second,
            fate=fate_words(pair, held[0].fate),
        )
    if matched == total:
        return page.words(
            "{earlier}の{total}のすべてに、{later}に対応する目標があります（{fates}）。",
            earlier=first,
            later=second,
            total=counted(text("最上位の目標"), total),
            fates=fates,
        )
    return page.words(
        "{earlier}の{total}のうち、{later}に対応する目標があるのは{matched}です（{fates}）。",
        earlier=first,
        later=second,
        total=counted(text("最上位の目標"), total),
        matched=text("{n}つ", n=matched) if matched < 10 else str(matched),
        fates=fates,
    )


def omission_sentence(page: Page, pair: PlanPair) -> Html:
    """Say why an item without a partner is no dropped item; nothing where no link is entered at all."""
    if not pair.links:
        return Html("")
    partial = [facts for facts in (pair.earlier, pair.later) if facts.plan.file.coverage != "full"]
    if not partial:
        return page.words("対応はこの本の読みなので、対応のない項目も、なくなったとは限りません。")
    return page.words(
        "{documents}には計画の項目が省かれていることがあるので、対応のない項目も、なくなったとは言えません。",
        documents=join([_document(pair, facts) for facts in partial]),
    )


def _document(pair: PlanPair, facts: PlanGoals) -> str:
    return text("{plan}の{kind}", plan=_name(pair, facts), kind=coverage_words(facts.plan.file))


def part_sentence(page: Page, pair: PlanPair, side: Side) -> Html:
    """Say how many items below the top goals of one plan have a partner in the other; nothing without any."""
    facts: PlanGoals = getattr(pair, side)
    other: PlanGoals = pair.later if side == "earlier" else pair.earlier
    standings = list_standings(pair, side)
    if not standings:
        return page.say("{plan}の資料には、最上位の目標より下の掲載がありません。", plan=_name(pair, facts))
    if not pair.links:
        return page.say(
            "{plan}の、最上位の目標の下にあるのは{total}項目です。",
            plan=_name(pair, facts),
            total=len(standings),
        )
    counts = {name: sum(found == name for found in standings.values()) for name in ("linked", "near", "none")}
    near = (
        text("ほかに、上か下の項目に対応があるのが{n}項目です。", n=counts["near"]) if counts["near"] else ""
    )
    return page.say(
        "{plan}の、最上位の目標の下にある{total}項目のうち、{other}に対応を入力したのは{linked}項目です。{near}{none}",
        plan=_name(pair, facts),
        other=_name(pair, other),
        total=len(standings),
        linked=counts["linked"],
        near=near,
        none=_none_words(facts, standings),
    )


def _none_words(facts: PlanGoals, standings: dict[str, str]) -> str:
    open_ids = [goal_id for goal_id, standing in standings.items() if standing == "none"]
    if not open_ids:
        return text("どの項目も、その項目か上下の項目に対応を入力しています。")
    if len(open_ids) > MOST_NAMED:
        return text("上下の項目にも対応を入力していないのは{n}項目です。", n=len(open_ids))
    titles = {goal.goal_id: goal.shown_title for goal in facts.tree.nodes}
    names = join([text("「{name}」", name=titles[goal_id]) for goal_id in open_ids])
    return text(
        "上下の項目にも対応を入力していないのは{n}項目（{names}）です。", n=len(open_ids), names=names
    )


def distance_words(page: Page, pair: PlanPair) -> Html:
    """Say what the distance of the hierarchies means."""
    lacking = [facts for facts in (pair.earlier, pair.later) if not facts.measures.nodes]
    if len(lacking) == 2:
        return page.say("どちらの資料にも体系の掲載がないので、距離は計算できません。")
    if lacking:
        return page.say(
            "{plan}の資料に体系の掲載がないので、距離は計算できません。", plan=_name(pair, lacking[0])
        )
    return page.say(
        "距離は、二つの体系の項目（合わせて{nodes}）のうち、並びと段を動かさずに残せないものの割合です。同じ体系なら0、残せるものがなければ1です。項目の数が違うほど、また並びの順が違うほど大きくなり、大きいことは良し悪しではありません。",
        nodes=pair.by_title.nodes,
    )


def indicator_words(page: Page, pair: PlanPair) -> Html:
    """Say whether the plans share indicators, or why that cannot be said."""
    if pair.indicators is None:
        lacking = [facts for facts in (pair.earlier, pair.later) if not facts.series]
        return page.say(
            "{plans}の資料に指標の一覧がないので、同じ指標を引き継いだかどうかは分かりません。",
            plans=join([_name(pair, facts) for facts in lacking]),
        )
    shared, alike = len(pair.indicators.shared), pair.indicators.alike.found
    if not shared and not alike:
        return page.say(
            "同じ統計や同じ名称の指標も、名称の似た指標も見つかりませんでした。言いかえた指標は、文字の近さでは見つかりません。"
        )
    if not alike:
        return page.say(
            "同じ統計か同じ名称の指標が{shared}組あります。値を比べられるかを、理由とともに示します。",
            shared=shared,
        )
    if not shared:
        return page.say(
            "同じ統計や同じ名称の指標は見つかりませんでした。名称の似た指標が{alike}組ありますが、測るものが違うことがあります。値を比べられるかを、理由とともに示します。",
            alike=alike,
        )
    return page.say(
        "同じ統計か同じ名称の指標が{shared}組、名称の似た指標が{alike}組あります。名称が似ていても、測るものが違うことがあります。値を比べられるかを、理由とともに示します。",
        shared=shared,
        alike=alike,
    )


def reserves(page: Page, pair: PlanPair) -> Html:
    """List what may not be concluded from the two documents."""
    makers = (_partial, _gap, _kinds, _unlinked, _unconfirmed)
    items = [words for make in makers if (words := make(page, pair)) is not None]
    items.append(
        page.words("名称が同じでも中身が同じとは限らず、名称が違っても事業が続いていることがあります。")
    )
    return page.bullets(items)


def _partial(page: Page, pair: PlanPair) -> Html | None:
    partial = [facts for facts in (pair.earlier, pair.later) if facts.plan.file.coverage != "full"]
    if not partial:
        return None
    return page.words(
        "手元の資料は{documents}で、計画の全文ではありません。対応がないことは、なくなったことや新しく加わったことを意味しません。",
        documents=join([_document(pair, facts) for facts in partial]),
    )


def _gap(page: Page, pair: PlanPair) -> Html | None:
    if pair.gap_years is None:
        return None
    first, last = pair.gap_years
    years = (
        format_fiscal_year(first)
        if first == last
        else text("{first}から{last}まで", first=format_fiscal_year(first), last=format_fiscal_year(last))
    )
    return page.words(
        "二つの計画の期間の間に、{years}があいています。その間の計画は、ここにならべていません。", years=years
    )


def _kinds(page: Page, pair: PlanPair) -> Html | None:
    kinds = {facts.plan.file.kind for facts in (pair.earlier, pair.later)}
    if kinds != {"strategy", "comprehensive"}:
        return None
    return page.words(
        "総合計画は市区町村の仕事の全体を、総合戦略は人口減少にかかわるところを扱います。一方だけにある項目があるのはふつうです。"
    )


def _unlinked(page: Page, pair: PlanPair) -> Html | None:
    if not pair.dangling:
        return None
    return page.words(
        "入力された対応のうち{n}件は、いまの資料にない項目を指しているので数えていません。planbook check が場所を示します。",
        n=len(pair.dangling),
    )


def _unconfirmed(page: Page, pair: PlanPair) -> Html | None:
    unconfirmed = sum(not link.confirmed for link in pair.links)
    if not unconfirmed:
        return None
    if unconfirmed == len(pair.links):
        return page.words(
            "対応の入力{total}件は、語句から読んだだけで、まだ確かめていません（要確認）。",
            total=unconfirmed,
        )
    return page.words(
        "対応の入力{total}件のうち{open}件は、語句から読んだだけで、まだ確かめていません（要確認）。",
        total=len(pair.links),
        open=unconfirmed,
    )
