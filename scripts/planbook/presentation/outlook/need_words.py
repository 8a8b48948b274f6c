"""Sentences on what must be true for a target: migration, births, households, and what has been seen."""

from __future__ import annotations

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.outlook.outlook_labels import interval_words, rough, target_words
from planbook.presentation.page import Card, Page
from planbook.summary.outlook.gather import Outlook
from planbook.summary.outlook.needs import Need, Needs, Seen
from planbook.summary.population_facts import target_number
from planbook.vocabulary.catalogue import current_language, text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import format_number

#: The type of household that the sentence takes as its example.
EXAMPLE_HOUSEHOLD = "family-30s"


def need_sentence(page: Page, plan: Plan, outlook: Outlook) -> Html | None:
    """Say the one line to remember, 毎年あと何人, for the last target; None where there is nothing to reach."""
    if outlook.needs is None or not outlook.needs.needs or outlook.needs.needs[-1].target is None:
        return None
    needs, need = outlook.needs, outlook.needs.needs[-1]
    if need.extra_a_year is None or need.is_reached:
        return _one_need(page, plan, needs, need)
    return page.words(
        "{aim}に届くには、出生率が推計のままなら、{start}年から毎年あと{extra}、転入を増やすか転出を減らす必要があります。{seen}",
        aim=_short_aim(page, plan, need),
        start=needs.start,
        extra=_extra(needs, need),
        seen=_short_seen(page, needs, need),
    )


def _short_aim(page: Page, plan: Plan, need: Need) -> Html:
    if need.year_assumed:
        return page.words(
            "この資料に目標の年がないので{year}年とおくと、{persons}",
            year=need.year,
            persons=target_number(plan, need.target),
        )
    return page.words("{aim}", aim=target_words(plan, need))


def need_card(page: Page, outlook: Outlook) -> Card | None:
    """Return 毎年あと何人 for the last target as a key figure; None where nothing more is needed or it cannot be said."""
    if outlook.needs is None or not outlook.needs.needs:
        return None
    needs, need = outlook.needs, outlook.needs.needs[-1]
    if need.target is None or need.extra_a_year is None or need.is_reached:
        return None
    label = text("{year}年の目標へ、毎年あと", year=need.year)
    if need.year_assumed:
        label = text("{year}年とおいた目標へ、毎年あと", year=need.year)
    note = page.words("{start}年から。出生率は推計のまま", start=needs.start)
    return Card(label, _extra(needs, need), note)


def _short_seen(page: Page, needs: Needs, need: Need) -> Html:
    """Tell in one sentence whether that much has been seen."""
    if not needs.seen:
        return Html("")
    wanted = need.migration.net_migrants_a_year
    first = needs.seen[0].start
    if any(wanted <= seen.net_migrants_a_year for seen in needs.seen if not seen.disturbed):
        return page.words("{first}年以降に見られたことのある大きさです。", first=first)
    if any(wanted <= seen.net_migrants_a_year for seen in needs.seen):
        return page.words(
            "{first}年以降では、災害などの影響のあった時期にだけ見られた大きさです。", first=first
        )
    return page.words("{first}年以降のどの5年間にもなかった大きさです。", first=first)


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
            words for words in (_births_alone(page, plan, need), _household_words(page, plan, need)) if words
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
    aim = target_words(plan, need)
    lead = _lead(page, need)
    if need.is_reached:
        return page.words("{lead}{aim}には、推計の率のままで届く計算です。", lead=lead, aim=aim)
    if need.extra_a_year is None:
        return page.words(
            "{lead}{aim}に届くには、毎年、人口の5%を超える転入超過が必要で、移動だけで届くとはいえません。",
            lead=lead,
            aim=aim,
        )
    return page.words(
        "{lead}{aim}に届くには、出生率が推計のままなら、{start}年から毎年あと{extra}、転入を増やすか転出を減らす必要があります。{seen}",
        lead=lead,
        aim=aim,
        start=needs.start,
        extra=_extra(needs, need),
        seen=_seen_words(page, needs, need),
    )


def _lead(page: Page, need: Need) -> Html:
    if need.target is None:
        return page.words("この資料には人口の目標がないので、参考として今の人口を保つ場合を計算しました。")
    if need.year_assumed:
        return page.words(
            "この資料に目標の年がないので、推計の最後の{year}年とおいて計算しました。", year=need.year
        )
    return Html("")


def _extra(needs: Needs, need: Need) -> Number:
    return rough(
        need.extra_a_year,
        formula=text(
            "目標に届く純移動 年{need}人 − 推計の率での純移動 年{usual}人（{start}〜{end}年の平均）",
            need=format_number(need.migration.net_migrants_a_year),
            usual=format_number(need.usual_migrants_a_year),
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
        "wanted": _net_words(page, needed, text("上の計算で、目標に届く純移動")),
        "first": needs.seen[0].start,
        "last": needs.seen[-1].end,
        "when": interval_words(usual_best),
        "most": _seen_net(page, usual_best),
    }
    if needed <= usual_best.net_migrants_a_year:
        return page.words(
            "全体では{wanted}になり、{first}〜{last}年に見られた範囲にあります（最も転入が多かった{when}は{most}）。",
            **values,
        )
    if needed <= best.net_migrants_a_year:
        return page.words(
            "全体では{wanted}になります。{first}〜{last}年にこれだけあったのは、災害などの影響がある{disturbed}（{amount}）だけです。",
            disturbed=interval_words(best),
            amount=_seen_net(page, best),
            **values,
        )
    if len(quiet) < len(needs.seen):
        return page.words(
            "全体では{wanted}になり、{first}〜{last}年のどの5年間にもなかった大きさです（災害などの影響のない期間で最も転入が多かった{when}は{most}）。",
            **values,
        )
    return page.words(
        "全体では{wanted}になり、{first}〜{last}年のどの5年間にもなかった大きさです（最も転入が多かった{when}は{most}）。",
        **values,
    )


def _seen_net(page: Page, seen: Seen) -> Html:
    formula = text("{start}年と{end}年の国勢調査の年齢別人口と生残率から", start=seen.start, end=seen.end)
    return _net_words(page, seen.net_migrants_a_year, formula)


def _births_alone(page: Page, plan: Plan, need: Need) -> Html | None:
    if need.is_reached:
        return None
    if need.fertility_alone is None:
        return page.words(
            "移動が推計のままなら、出生率だけが上がっても{aim}には届きません。", aim=target_words(plan, need)
        )
    tfr = number(
        need.fertility_alone,
        "none",
        decimals=1,
        formula=text("移動を推計のままとし、目標に届くまで出生率を上げた計算"),
    )
    return page.words(
        "移動が推計のままなら、出生率だけで届くには、TFR換算値が{tfr}である必要があります。", tfr=tfr
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
            "20〜39歳の女性は、{start}年の{now}から、推計の率のままなら{year}年に{usual}になります。",
            **values,
        )
    return page.say(
        "20〜39歳の女性は、{start}年の{now}から、推計の率のままなら{year}年に{usual}、移動で目標に届く場合は{reached}になります。",
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
            "移動は、65歳未満の年齢ごとの移動の型を保ったまま、転出を減らし転入を増やして合わせています。65歳以上の移動は推計のままです。"
        ),
        page.words(
            "世帯の数は、毎年同じ数の世帯が移り住み、その後はこの市区町村の率に従うとして計算しています（考え方は藤山浩『田園回帰1%戦略』による）。連れてきた子のほかの出生は、次の5年間から数えます。"
        ),
        page.words(
            "どれも、起こる見込みではありません。目標に届くには何が起きていなければならないかを示すものです。"
        ),
        title=text("計算の前提"),
    )
