"""Sentences on a plan's own scenario: whether the target follows from the assumptions, then and now.

A plan is judged by what its authors had. What later figures show is said apart, as later knowledge.
"""

from __future__ import annotations

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.outlook.outlook_labels import (
    ABSENT,
    ADOPTION_MISSING,
    question_words,
    rough,
    rough_at_least,
    world_words,
)
from planbook.presentation.outlook.stated_basis import adoption_items
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import edition_name
from planbook.summary.outlook.gather import Outlook
from planbook.summary.outlook.stated import CONVERSION_SHARE, ROUND_SHARE, StatedScenario
from planbook.summary.outlook.stated_worlds import World
from planbook.summary.population_facts import target_number
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import format_number

#: A range that stays within this share of the target is said to coincide with it.
NEAR_SHARE = 0.05


def absent_words(outlook: Outlook) -> str:
    """Return the sentence of the catalogue on why there are no readings, for ``page.show(absent=…)``."""
    return ABSENT[outlook.stated_reason or "no_data"]


def stated_sentence(page: Page, plan: Plan, outlook: Outlook) -> Html | None:
    """Say whether the target follows from the plan's own assumptions, as at adoption; None without assumptions."""
    stated = outlook.stated
    world = stated.world("adoption") if stated else None
    if world is None:
        return None
    reaching, count = stated.reaching(world.key)
    values = {
        "edition": edition_name(plan, world.edition),
        "count": _counted(count),
        "reaching": _reaching(reaching),
        "year": stated.target.year,
        "target": target_number(plan, stated.target),
        "span": _span(page, stated, world),
        "share": _share(),
        "verified": "" if world.verified else text("（その移動の仮定は要確認）"),
    }
    if reaching == count:
        return page.words(
            "計画の仮定を、策定時の{edition}にならって{verified}計算すると、{year}年は{span}で、目標{target}に届きます（{count}の読み方のすべてが、目標の{share}%以内か、それを上回ります）。"
            "目標は自らの仮定と整合しています。",
            **values,
        )
    if reaching == 0:
        return page.words(
            "計画の仮定を、策定時の{edition}にならって{verified}計算すると、{year}年は{span}で、目標{target}に届きません（{count}のどの読み方も、目標の{share}%以内に届きません）。"
            "書かれていない仮定があるのかもしれません。",
            **values,
        )
    if _is_near(stated, world):
        return page.words(
            "計画の仮定を、策定時の{edition}にならって{verified}計算すると、{year}年は{span}で、目標{target}とほぼ重なります（{count}の読み方のうち{reaching}が、目標の{share}%以内か、それを上回ります）。",
            **values,
        )
    return page.words(
        "計画の仮定を、策定時の{edition}にならって{verified}計算すると、{year}年は{span}で、目標{target}に届く読み方と届かない読み方があります（{count}の読み方のうち{reaching}が、目標の{share}%以内か、それを上回ります）。",
        **values,
    )


def _is_near(stated: StatedScenario, world: World) -> bool:
    aim = float(stated.target.population_persons)
    return all(abs(persons / aim - 1) <= NEAR_SHARE for persons in stated.range_of(world.key))


def short_stated(page: Page, plan: Plan, outlook: Outlook) -> Html | None:
    """Say in short whether the target follows from the assumptions, then and now; None without a world of adoption."""
    stated = outlook.stated
    then = stated.world("adoption") if stated else None
    if then is None:
        return None
    reaching, count = stated.reaching(then.key)
    now = stated.world("today")
    values = {
        "span": _span(page, stated, then),
        "target": target_number(plan, stated.target),
        "count": _counted(count),
        "reaching": _reaching(reaching),
        "verified": "" if then.verified else text("（移動の仮定は要確認）"),
        "later": _later_words(page, stated, now) if now else "",
        "share": _share(),
    }
    if reaching == 0:
        return page.words(
            "計画の仮定から計算すると、策定時の前提{verified}では{span}で、{count}のどの読み方でも目標（{target}）に届きません。{later}",
            **values,
        )
    return page.words(
        "計画の仮定から計算すると、策定時の前提{verified}では{span}で、{count}の読み方のうち{reaching}で目標（{target}）に届きます（{share}%以内を含む）。{later}",
        **values,
    )


def _later_words(page: Page, stated: StatedScenario, now: World) -> Html:
    if stated.reaching(now.key)[0]:
        return page.words("現在の基準でも届く読み方があります。")
    short = _short_of(stated, now)
    if now.hindsight:
        return page.words("現在の基準では{short}以上届きません（後に分かったことです）。", short=short)
    return page.words("現在の基準では{short}以上届きません。", short=short)


def _short_of(stated: StatedScenario, world: World) -> Number:
    aim, high = float(stated.target.population_persons), stated.range_of(world.key)[1]
    return rough_at_least(
        aim - high,
        formula=text("目標 {a} − 最も多い読み方 {b}", a=format_number(aim), b=format_number(high)),
    )


def stated_today_sentence(page: Page, plan: Plan, outlook: Outlook) -> Html | None:
    """Say what the plan's assumptions give on today's figures; hindsight is named so."""
    stated = outlook.stated
    world = stated.world("today") if stated else None
    if world is None:
        return None
    reaching, count = stated.reaching(world.key)
    compared = stated.world("adoption") is not None
    values = {
        "what": text("同じ仮定") if compared else text("計画の仮定"),
        "base": world.rates.base.year,
        "year": stated.target.year,
        "span": _span(page, stated, world),
    }
    if reaching:
        return page.words(
            "{what}を、現在の基準（{base}年の国勢調査から）で計算すると、{year}年は{span}で、{count}の読み方のうち{reaching}で目標に届きます。",
            count=_counted(count),
            reaching=_reaching(reaching),
            **values,
        )
    if world.hindsight:
        return page.words(
            "{what}を、現在の基準（{base}年の国勢調査から）で計算すると、{year}年は{span}で、目標に{short}以上届きません。"
            "これは計画より後に分かったことで、策定の誤りを示すものではありません。",
            short=_short_of(stated, world),
            **values,
        )
    return page.words(
        "{what}を、現在の基準（{base}年の国勢調査から）で計算すると、{year}年は{span}で、目標に{short}以上届きません。",
        short=_short_of(stated, world),
        **values,
    )


def stated_paragraph(page: Page, plan: Plan, outlook: Outlook) -> Html:
    """Say what the plan's own assumptions lead to, then and now; nothing where there is nothing to compute."""
    stated = outlook.stated
    if stated is None:
        return Html("")
    missing = stated.adoption_missing
    said = [
        page.words(ADOPTION_MISSING[missing]) if missing else None,
        stated_sentence(page, plan, outlook),
        _sensitivity_sentence(page, stated),
        *_other_worlds(page, plan, stated),
        stated_today_sentence(page, plan, outlook),
        _largest_question(page, stated),
    ]
    return Html("".join(f"<p>{words}</p>" for words in said if words is not None))


def _sensitivity_sentence(page: Page, stated: StatedScenario) -> Html | None:
    if stated.sensitivity is None:
        return None
    low, high = stated.sensitivity
    share = format_number(100 * CONVERSION_SHARE)
    if low == high:
        return page.words(
            "出生率を子ども女性比に直す換算比を上下{share}%動かしても、届く読み方は{n}のままです。",
            share=share,
            n=_reaching(low),
        )
    return page.words(
        "出生率を子ども女性比に直す換算比を上下{share}%動かすと、届く読み方は{low}〜{high}に変わります。",
        share=share,
        low=_reaching(low),
        high=_reaching(high),
    )


def _other_worlds(page: Page, plan: Plan, stated: StatedScenario) -> list[Html]:
    said = []
    for world in stated.worlds:
        if world.key in ("adoption", "today"):
            continue
        reaching, count = stated.reaching(world.key)
        values = {"world": world_words(plan, world), "span": _span(page, stated, world)}
        if reaching == 0:
            said.append(page.words("「{world}」では{span}で、どの読み方でも届きません。", **values))
            continue
        said.append(
            page.words(
                "「{world}」では{span}で、{count}の読み方のうち{reaching}で届きます。",
                count=_counted(count),
                reaching=_reaching(reaching),
                **values,
            )
        )
    return said


def _largest_question(page: Page, stated: StatedScenario) -> Html | None:
    """Say which open point of the wording moves the result most, in the world of adoption."""
    world = stated.world("adoption") or stated.worlds[-1]
    readings = [reading for reading in stated.readings if reading.world == world.key]
    spans = {}
    for key in readings[0].answers:
        means = [
            sum(r.persons for r in group) / len(group)
            for answer in dict.fromkeys(r.answers[key] for r in readings)
            if (group := [r for r in readings if r.answers[key] == answer])
        ]
        spans[key] = max(means) - min(means)
    if not spans:
        return None
    key = max(spans, key=spans.get)
    return page.words(
        "書かれ方で開いている点のうち、結果を最も動かすのは{question}（平均で{span}）です。",
        question=text("「{name}」", name=question_words(key, spans)),
        span=rough(
            spans[key], formula=text("その点の答えごとの平均の差 {value}", value=format_number(spans[key]))
        ),
    )


def stated_note(page: Page, plan: Plan, outlook: Outlook) -> Html:
    """Say what the computation as at adoption stands on, and which assumptions it could not take."""
    stated = outlook.stated
    unread = [
        page.words("「{words}」は、率の規則として読めないため計算に入れていません。", words=item.as_written)
        for item in outlook.unread
    ]
    if stated is None:
        title = text("計算に入れていない仮定")
        return page.note("info", *unread, title=title) if unread else Html("")
    world = stated.world("adoption")
    items = []
    if world is not None and world.edition != outlook.baseline.edition:
        items = adoption_items(page, plan, stated, world)
    items.append(
        page.words("目標の{share}%以内は届くとみなしています。目標は丸めた数だからです。", share=_share())
    )
    return page.note("info", *items, *unread, title=text("この計算の前提"))


def _span(page: Page, stated: StatedScenario, world: World) -> Html | Number:
    """Return the range of a world's readings; one figure where both ends print alike."""
    low, high = (
        rough(value, formula=text("この読み方の計算結果 {value}", value=format_number(value)))
        for value in stated.range_of(world.key)
    )
    return low if str(low) == str(high) else page.words("{low}〜{high}", low=low, high=high)


def _counted(count: int) -> Number:
    return number(count, "readings", formula=text("読み方の組合せを数えた"))


def _reaching(count: int) -> Number:
    return number(count, "readings", formula=text("目標の{share}%以内に届く読み方を数えた", share=_share()))


def _share() -> str:
    return format_number(100 * ROUND_SHARE, 1)
