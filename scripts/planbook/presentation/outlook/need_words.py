"""Sentences on what must be true for a target: migration, births, households, and what has been seen."""

from __future__ import annotations

from planbook.analysis.projection.requirements import FERTILITY_BOUNDS, LIMIT_SHARE_A_YEAR
from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.outlook.outlook_labels import aim_words, interval_words, rough
from planbook.presentation.page import Card, Page
from planbook.summary.outlook.gather import Outlook
from planbook.summary.outlook.needs import Need, Needs, Seen, find_precedent
from planbook.vocabulary.catalogue import current_language, text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import format_number

#: The type of household that the sentence takes as its example.
EXAMPLE_HOUSEHOLD = "family-30s"


def need_sentence(page: Page, plan: Plan, outlook: Outlook) -> Html | None:
    """Say the one line to remember, 毎年あと何人, for the dated targets; None where there is nothing to reach.

    A target without a year is not judged here: whatever year was put in its place would be this book's.
    """
    need = _last_dated(outlook)
    if need is None:
        return None
    needs = outlook.needs
    if need.extra_a_year is None or need.is_reached:
        return _one_need(page, plan, needs, need)
    return page.words(
        "出生率が推計のままなら、{parts}、転入を増やすか転出を減らす必要があります。{change}{seen}",
        parts=_extra_words(page, plan, outlook),
        change=_change_words(page, need),
        seen=_short_seen(page, needs, need),
    )


def _extra_words(page: Page, plan: Plan, outlook: Outlook) -> Html:
    """Say 毎年あと何人 for each dated target that is not reached anyway."""
    needs = outlook.needs
    parts = [
        page.words(
            "{aim}には{start}年から毎年あと{extra}",
            aim=aim_words(plan, n),
            start=needs.start,
            extra=_extra(needs, n),
        )
        for n in needs.needs
        if n.target is not None and not n.year_assumed and n.extra_a_year is not None and not n.is_reached
    ]
    return Html(text("、").join(part.markup for part in parts))


def _change_words(page: Page, need: Need) -> Html:
    """Say from which net migration to which: 「あと」 counts from what the projection expects, not from what was."""
    return page.words(
        "{year}年の目標でいえば、推計が見込む{usual}を、{wanted}に変えることにあたります。",
        year=need.year,
        usual=_net_words(page, need.usual_migrants_a_year, text("推計の率での純移動の平均")),
        wanted=_net_words(page, need.migration.net_migrants_a_year, text("目標に届く純移動の平均")),
    )


def _last_dated(outlook: Outlook) -> Need | None:
    if outlook.needs is None:
        return None
    dated = [n for n in outlook.needs.needs if n.target is not None and not n.year_assumed]
    return dated[-1] if dated else None


def need_card(page: Page, outlook: Outlook) -> Card | None:
    """Return 毎年あと何人 for the last dated target as a key figure; None where nothing more is needed."""
    need = _last_dated(outlook)
    if need is None or need.extra_a_year is None or need.is_reached:
        return None
    label = text("{year}年の目標へ、毎年あと", year=need.year)
    note = page.words("{start}年から。出生率は推計のまま", start=outlook.needs.start)
    return Card(label, _extra(outlook.needs, need), note)


def _short_seen(page: Page, needs: Needs, need: Need) -> Html:
    """Tell in one sentence whether that much has been seen."""
    precedent = find_precedent(need.migration.net_migrants_a_year, needs.seen)
    if precedent is None:
        return Html("")
    years = {"first": needs.seen[0].start, "last": needs.seen[-1].end}
    if precedent == "ordinary":
        return page.words("この純移動は、{first}〜{last}年に見られたことのある大きさです。", **years)
    if precedent == "disturbed":
        return page.words(
            "この純移動が{first}〜{last}年に見られたのは、災害などの影響のあった時期だけです。", **years
        )
    return page.words("この純移動は、{first}〜{last}年のどの5年間よりも大きな数です。", **years)


def lead_sentences(page: Page, plan: Plan, outlook: Outlook) -> list[Html]:
    """Return `need_sentence` as the list that a page's answer ends with; empty where there is none."""
    sentence = need_sentence(page, plan, outlook)
    return [sentence] if sentence is not None else []


def need_paragraphs(page: Page, plan: Plan, outlook: Outlook) -> Html:
    """Say for every target what it takes, by migration, by births alone, and by households."""
    needs = outlook.needs
    if needs is None:
        return Html("")
    said = []
    for need in needs.needs:
        said.append(_one_need(page, plan, needs, need))
        said += [
            words for words in (_births_alone(page, needs, need), _household_words(page, plan, need)) if words
        ]
    said += [
        page.words(
            "{year}年の目標（{as_written}）は、推計の年（{start}〜{end}年の5年おき）にないため、計算していません。",
            year=target.year,
            as_written=target.as_written,
            start=needs.start,
            end=outlook.baseline.last_year,
        )
        for target in needs.unreachable_years
    ]
    return Html("".join(f"<p>{words}</p>" for words in said))


def _one_need(page: Page, plan: Plan, needs: Needs, need: Need) -> Html:
    aim = aim_words(plan, need)
    lead = _lead(page, need)
    if need.is_reached:
        return page.words("{lead}{aim}ことは、推計の率のままでできる計算です。", lead=lead, aim=aim)
    if need.extra_a_year is None:
        return page.words(
            "{lead}{aim}には、毎年、人口の{share}%を超える転入超過が必要で、移動だけで届くとはいえません。",
            lead=lead,
            aim=aim,
            share=format_number(100 * LIMIT_SHARE_A_YEAR),
        )
    return page.words(
        "{lead}{aim}には、出生率が推計のままなら、{start}年から毎年あと{extra}、転入を増やすか転出を減らす必要があります。{seen}",
        lead=lead,
        aim=aim,
        start=needs.start,
        extra=_extra(needs, need),
        seen=_seen_words(page, needs, need),
    )


def _lead(page: Page, need: Need) -> Html:
    if need.target is None:
        return page.words(
            "この資料に人口の目標の掲載がないので、参考として、今の人口を保つ場合を計算しました。"
        )
    if need.year_assumed:
        return page.words(
            "この資料に目標の年がないので、参考として、推計の最後の{year}年とおいて計算しました。",
            year=need.year,
        )
    return Html("")


def _extra(needs: Needs, need: Need) -> Number:
    return rough(
        need.extra_a_year,
        formula=text(
            "目標に届く純移動 {need} − 推計の率での純移動 {usual}（人/年、{start}〜{end}年の平均）",
            need=format_number(need.migration.net_migrants_a_year, sign=True),
            usual=format_number(need.usual_migrants_a_year, sign=True),
            start=needs.start,
            end=need.year,
        ),
    )


def _net_words(page: Page, value: float, formula: str) -> Html:
    """Say net migration with its direction: 年に約94人の転出超過."""
    n = rough(abs(value), formula=formula)
    if value < 0:
        return page.words("年に{n}の転出超過", n=n)
    return page.words("年に{n}の転入超過", n=n)


def _seen_words(page: Page, needs: Needs, need: Need) -> Html:
    """Hold the net migration that is needed against the most that has been seen."""
    if not needs.seen:
        return Html("")
    best = max(needs.seen, key=lambda seen: seen.net_migrants_a_year)
    quiet = [seen for seen in needs.seen if not seen.disturbed] or list(needs.seen)
    usual_best = max(quiet, key=lambda seen: seen.net_migrants_a_year)
    needed = need.migration.net_migrants_a_year
    values = {
        "how": _how_words(page, need),
        "wanted": _net_words(page, needed, text("上の計算で、目標に届く純移動")),
        "first": needs.seen[0].start,
        "last": needs.seen[-1].end,
        "when": interval_words(usual_best),
        "most": _seen_net(page, usual_best),
    }
    if needed <= usual_best.net_migrants_a_year:
        return page.words(
            "{how}全体では{wanted}になり、{first}〜{last}年に見られた範囲にあります（最も転入が多かった{when}は{most}）。",
            **values,
        )
    if needed <= best.net_migrants_a_year:
        return page.words(
            "{how}全体では{wanted}になります。{first}〜{last}年にこれだけあったのは、災害などの影響がある{disturbed}（{amount}）だけです。",
            disturbed=interval_words(best),
            amount=_seen_net(page, best),
            **values,
        )
    if len(quiet) < len(needs.seen):
        return page.words(
            "{how}全体では{wanted}になり、{first}〜{last}年のどの5年間にもなかった大きさです（災害などの影響のない期間で最も転入が多かった{when}は{most}）。",
            **values,
        )
    return page.words(
        "{how}全体では{wanted}になり、{first}〜{last}年のどの5年間にもなかった大きさです（最も転入が多かった{when}は{most}）。",
        **values,
    )


def _how_words(page: Page, need: Need) -> Html:
    """Say that no loss is left and who comes beyond that; nothing where fewer leaving is enough."""
    if not need.migration.newcomers_a_year:
        return Html("")
    return page.words(
        "65歳未満の転出超過がどの年齢でもなくなり、そのうえ毎年{n}が移り住む計算です。",
        n=rough(
            need.migration.newcomers_a_year,
            formula=text("転出超過が0になっても足りない人数 ÷ 毎年1人が移り住むときの人口の増え方"),
        ),
    )


def _seen_net(page: Page, seen: Seen) -> Html:
    formula = text("{start}年と{end}年の国勢調査の年齢別人口と生残率から", start=seen.start, end=seen.end)
    return _net_words(page, seen.net_migrants_a_year, formula)


def _births_alone(page: Page, needs: Needs, need: Need) -> Html | None:
    if need.is_reached:
        return None
    if need.fertility_alone is None:
        return page.words(
            "移動が推計のままなら、TFR換算値が{bound}に上がっても足りません。",
            bound=format_number(FERTILITY_BOUNDS[1], 1),
        )
    tfr = number(
        need.fertility_alone,
        "none",
        decimals=1,
        formula=text("移動を推計のままとし、目標に届くまで出生率を上げた計算"),
    )
    highest = max(needs.seen, key=lambda seen: seen.total_fertility_rate, default=None)
    if highest is None:
        return page.words("移動が推計のままなら、出生率だけで足りるには、TFR換算値{tfr}が必要です。", tfr=tfr)
    return page.words(
        "移動が推計のままなら、出生率だけで足りるには、TFR換算値{tfr}が必要です（推計は{usual}。{first}〜{last}年で最も高かった{year}年は{highest}）。",
        tfr=tfr,
        usual=number(
            needs.usual_fertility,
            "none",
            decimals=2,
            formula=text("パターン1の子ども女性比を全国の値で換算した平均"),
        ),
        first=needs.seen[0].start,
        last=needs.seen[-1].end,
        year=highest.end,
        highest=number(
            highest.total_fertility_rate,
            "none",
            decimals=2,
            formula=text("{year}年の子ども女性比を全国の値で換算", year=highest.end),
        ),
    )


def _household_words(page: Page, plan: Plan, need: Need) -> Html | None:
    count = need.households.get(EXAMPLE_HOUSEHOLD)
    if count is None:
        return None
    row = plan.reference.row("household_types", EXAMPLE_HOUSEHOLD)
    return page.words(
        "移り住む世帯で数えると、たとえば「{household}」なら、その型だけで毎年{count}です。",
        household=row.name_en if current_language() == "en" else row.name_ja,
        count=rough(count, "households", formula=text("目標との差 ÷ 毎年1世帯が移り住むときの人口の増え方")),
    )


def groups_paragraph(page: Page, plan: Plan, outlook: Outlook) -> Html:
    """Say what becomes of women of 20–39 with and without the target; nothing where there is none."""
    if outlook.needs is None or not outlook.needs.needs:
        return Html("")
    need = outlook.needs.needs[-1]
    now, usual, reached = need.groups["women_20_39"]
    formula = text("年齢別の推計から")
    values = {
        "start": outlook.needs.start,
        "year": need.year,
        "now": rough(now, formula=formula),
        "usual": rough(usual, formula=formula),
    }
    if reached is None:
        return page.say(
            "20〜39歳の女性は、{start}年の推計{now}から、推計の率のままなら{year}年に{usual}になります。",
            **values,
        )
    return page.say(
        "20〜39歳の女性は、{start}年の推計{now}から、推計の率のままなら{year}年に{usual}、移動で目標に届く場合は{reached}になります。",
        reached=rough(reached, formula=formula),
        **values,
    )


def need_note(page: Page, outlook: Outlook) -> Html:
    """Say what the inverse assumes and what it is not."""
    if outlook.needs is None:
        return Html("")
    return page.note(
        "info",
        page.words(
            "移動は、65歳未満の転出超過を、年齢ごとの大きさに応じて小さくしていきます。すべて0になっても足りない人数は、新しく移り住む人とし、その年齢は下の世帯の型が同数ずつのときの構成とします。65歳以上の移動は推計のままです。"
        ),
        page.words(
            "{start}年の年齢別の人口は公表されていません。推計の基準年から、年齢別の移動の型を保って{start}年の国勢調査（速報を含む）の総数に合わせた推計です。過去の5年ごとの純移動と出生率も、国勢調査から求めた推定値です。",
            start=outlook.needs.start,
        ),
        page.words(
            "世帯の数は、毎年同じ数の世帯が移り住み、その後はこの市区町村の率に従うとして計算しています（考え方は藤山浩『田園回帰1%戦略』による。世帯の型はこの本が選んだもの）。連れてきた子のほかの出生は、次の5年間から数えます。"
        ),
        page.words(
            "どれも、起こる見込みではありません。目標に届くには何が起きていなければならないかを示すものです。"
        ),
        title=text("計算の前提"),
    )
