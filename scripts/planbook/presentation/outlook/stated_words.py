"""Sentences on a plan's own scenario: whether the target follows from the assumptions, then and now.

A plan is judged by what its authors had. What later figures show is said apart, as later knowledge.
"""

from __future__ import annotations

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.outlook.outlook_labels import question_words, rough, world_words
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import edition_name
from planbook.summary.outlook.gather import Outlook
from planbook.summary.outlook.stated import ROUND_SHARE, StatedScenario, World
from planbook.summary.population_facts import target_number
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import format_number


def stated_sentence(page: Page, plan: Plan, outlook: Outlook) -> Html | None:
    """Say whether the target follows from the plan's own assumptions, as at adoption; None without assumptions."""
    stated = outlook.stated
    world = _world(stated, "adoption") if stated else None
    if world is None:
        return None
    reaching, count = stated.reaching(world.key)
    low, high = (_persons(value) for value in stated.range_of(world.key))
    values = {
        "edition": edition_name(plan, world.edition),
        "count": _counted(count, text("読み方の組合せを数えた")),
        "reaching": _counted(reaching, text("目標の{share}%以内に届く読み方を数えた", share=_share())),
        "year": stated.target.year,
        "target": target_number(plan, stated.target),
        "low": low,
        "high": high,
        "verified": "" if world.verified else text("（その移動の仮定は要確認）"),
    }
    if reaching == count:
        return page.words(
            "計画の仮定を、策定時の{edition}にならって{verified}計算すると、{count}の読み方のすべてで、{year}年の目標{target}に届きます（{low}〜{high}）。"
            "目標は自らの仮定と整合しています。",
            **values,
        )
    if reaching:
        return page.words(
            "計画の仮定を、策定時の{edition}にならって{verified}計算すると、{count}の読み方のうち{reaching}で、{year}年の目標{target}に届きます（全体では{low}〜{high}）。"
            "読み方によって、目標は自らの仮定と整合します。",
            **values,
        )
    return page.words(
        "計画の仮定を、策定時の{edition}にならって{verified}計算すると、{count}のどの読み方でも、{year}年の目標{target}に届きません（{low}〜{high}）。"
        "書かれていない仮定があるのかもしれません。",
        **values,
    )


def short_stated(page: Page, plan: Plan, outlook: Outlook) -> Html | None:
    """Say in one sentence whether the target follows from the assumptions, then and now; None without them."""
    stated = outlook.stated
    then, now = (_world(stated, key) if stated else None for key in ("adoption", "today"))
    if then is None or now is None:
        return None
    values = {
        "target": target_number(plan, stated.target),
        "count": _counted(stated.reaching(then.key)[1], text("読み方の組合せを数えた")),
        "reaching": _counted(
            stated.reaching(then.key)[0], text("目標の{share}%以内に届く読み方を数えた", share=_share())
        ),
        "later": _later_words(page, stated, now),
    }
    if stated.reaching(then.key)[0] == 0:
        return page.words(
            "計画の仮定から計算すると、策定時の前提では{count}のどの読み方でも目標（{target}）に届きません。{later}",
            **values,
        )
    return page.words(
        "計画の仮定から計算すると、策定時の前提では{count}の読み方のうち{reaching}で目標（{target}）に届きます。{later}",
        **values,
    )


def _later_words(page: Page, stated: StatedScenario, now: World) -> Html:
    if stated.reaching(now.key)[0]:
        return page.words("現在の基準でも届く読み方があります。")
    high = stated.range_of(now.key)[1]
    aim = float(stated.target.population_persons)
    return page.words(
        "現在の基準では{short}以上届きません（後に分かったことです）。", short=_short_of(aim, high)
    )


def _short_of(aim: float, high: float) -> Number:
    return rough(
        aim - high,
        formula=text("目標 {a} − 最も多い読み方 {b}", a=format_number(aim), b=format_number(high)),
    )


def stated_today_sentence(page: Page, plan: Plan, outlook: Outlook) -> Html | None:
    """Say what the same assumptions give on today's figures: hindsight, and named so."""
    stated = outlook.stated
    world = _world(stated, "today") if stated else None
    if world is None:
        return None
    reaching, count = stated.reaching(world.key)
    low, high = stated.range_of(world.key)
    aim = float(stated.target.population_persons)
    values = {
        "base": world.rates.base.year,
        "year": stated.target.year,
        "low": _persons(low),
        "high": _persons(high),
    }
    if reaching == 0:
        return page.words(
            "同じ仮定を、現在の基準（{base}年の国勢調査から）で計算すると、{year}年は{low}〜{high}で、目標に{short}以上届きません。"
            "これは計画より後に分かったことで、策定の誤りを示すものではありません。",
            short=_short_of(aim, high),
            **values,
        )
    return page.words(
        "同じ仮定を、現在の基準（{base}年の国勢調査から）で計算すると、{year}年は{low}〜{high}で、{count}の読み方のうち{reaching}で目標に届きます。",
        count=_counted(count, text("読み方の組合せを数えた")),
        reaching=_counted(reaching, text("目標の{share}%以内に届く読み方を数えた", share=_share())),
        **values,
    )


def stated_paragraph(page: Page, plan: Plan, outlook: Outlook) -> Html:
    """Say what the plan's own assumptions lead to, then and now; nothing where there is nothing to compute."""
    if outlook.stated is None:
        return Html("")
    said = [stated_sentence(page, plan, outlook), *_other_worlds(page, plan, outlook.stated)]
    said += [stated_today_sentence(page, plan, outlook), _largest_question(page, outlook.stated)]
    return Html("".join(f"<p>{words}</p>" for words in said if words is not None))


def _other_worlds(page: Page, plan: Plan, stated: StatedScenario) -> list[Html]:
    said = []
    for world in stated.worlds:
        if world.key in ("adoption", "today"):
            continue
        reaching, count = stated.reaching(world.key)
        low, high = (_persons(value) for value in stated.range_of(world.key))
        values = {"world": world_words(plan, world), "low": low, "high": high}
        if reaching == 0:
            said.append(page.words("「{world}」では{low}〜{high}で、どの読み方でも届きません。", **values))
            continue
        said.append(
            page.words(
                "「{world}」では{low}〜{high}で、{count}の読み方のうち{reaching}で届きます。",
                count=_counted(count, text("読み方の組合せを数えた")),
                reaching=_counted(reaching, text("目標の{share}%以内に届く読み方を数えた", share=_share())),
                **values,
            )
        )
    return said


def _largest_question(page: Page, stated: StatedScenario) -> Html | None:
    """Say which open point of the wording moves the result most, in the world of adoption."""
    world = _world(stated, "adoption") or stated.worlds[-1]
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
    if stated is None:
        return Html("")
    items = []
    world = _world(stated, "adoption")
    if world is not None and world.edition != outlook.baseline.edition:
        values = {
            "edition": edition_name(plan, world.edition),
            "start": world.rates.base.year - 5,
            "base": world.rates.base.year,
        }
        if _world(stated, "adoption_unshrunk") is None:
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
    items.append(
        page.words("目標の{share}%以内は届くとみなしています。目標は丸めた数だからです。", share=_share())
    )
    items += [
        page.words("「{words}」は、率の規則として読めないため計算に入れていません。", words=item.as_written)
        for item in stated.unread
    ]
    return page.note("info", *items, title=text("この計算の前提"))


def _world(stated: StatedScenario, key: str) -> World | None:
    return next((world for world in stated.worlds if world.key == key), None)


def _persons(value: float) -> Number:
    return rough(value, formula=text("この読み方の計算結果 {value}", value=format_number(value)))


def _counted(count: int, formula: str) -> Number:
    return number(count, "readings", formula=formula)


def _share() -> str:
    return format_number(100 * ROUND_SHARE, 1)
