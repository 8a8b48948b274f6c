"""When each indicator can be judged at all: seen on the plan's first day, not on its last."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planbook.analysis.kpis.calendar import Release, ReleaseCalendar, month_words
from planbook.presentation.html import Html
from planbook.presentation.kpis.kpi_values import join, series_name
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.kpis.kpi_facts import PlanKpis
from planbook.vocabulary.catalogue import current_language, plain, text

ANY_WORDS = {
    "yes": plain("出る"),
    "perhaps": plain("出ることがある"),
    "unknown": plain("出るかは分からない"),
    "no": plain("出ない"),
}
LAST_WORDS = {
    "yes": plain("間に合う"),
    "perhaps": plain("間に合わないことがある"),
    "unknown": plain("間に合うかは分からない"),
    "no": plain("間に合わない"),
}


def calendar_table(kpis: PlanKpis) -> DataTable | None:
    """Return the calendar of every indicator whose statistic is known; None where none is."""
    rows = [
        _row(kpis, series_name(item.series), item.calendar)
        for item in kpis.counted
        if item.calendar is not None
    ]
    if not rows:
        return None
    columns = [
        Column("name", text("指標")),
        Column("statistic", text("もとになる統計")),
        Column("first", text("最初の値と公表")),
        Column("last", text("最後の値と公表")),
        Column("judged", text("判定に使えるか")),
    ]
    return replace(data_table(pd.DataFrame(rows), columns), stacks=True)


def _row(kpis: PlanKpis, name: str, calendar: ReleaseCalendar) -> dict[str, object]:
    row = calendar.statistic
    english = current_language() == "en"
    statistic = row.name_en if english else row.name_ja
    publisher = row.publisher_en if english else row.publisher_ja
    every = text("毎年") if row.every_years == 1 else text("{n}年ごと", n=row.every_years)
    source = text(
        "{statistic}（{publisher}、{every}）", statistic=statistic, publisher=publisher, every=every
    )
    return {
        "name": name,
        "statistic": source if row.verified else text("{statistic}［要確認］", statistic=source),
        "first": _release(calendar.first),
        "last": _release(calendar.last),
        "judged": text(
            "期間中に{any}、最後の検証に{last}",
            any=text(ANY_WORDS[calendar.any_in_period]),
            last=text(LAST_WORDS[calendar.last_in_review]),
        ),
    }


def _release(release: Release | None) -> str:
    if release is None:
        return text("この年の値はない")
    if release.earliest is None:
        return text("{what}（公表の時期は分からない）", what=str(release.words))
    if (release.earliest.year, release.earliest.month) == (release.latest.year, release.latest.month):
        return text(
            "{what}（{month}ごろ）", what=str(release.words), month=str(month_words(release.earliest))
        )
    return text(
        "{what}（{early}〜{late}ごろ）",
        what=str(release.words),
        early=str(month_words(release.earliest)),
        late=str(month_words(release.latest)),
    )


def calendar(page: Page, kpis: PlanKpis) -> Html:
    """Return table and remarks; nothing where no indicator is listed."""
    if not kpis.counted:
        return Html("")
    table = calendar_table(kpis)
    caption = text("指標のもとになる統計と、値が公表される時期")
    return (table.html(caption) if table is not None else Html("")) + calendar_note(page, kpis)


def calendar_note(page: Page, kpis: PlanKpis) -> Html:
    """Say which indicators cannot be judged inside the plan, and how many have no statistic to tell it from."""
    never = [series_name(i.series) for i in kpis.counted if i.calendar and i.calendar.any_in_period == "no"]
    unknown = [item for item in kpis.counted if item.calendar is None]
    parts = []
    if never:
        parts.append(
            page.words(
                "もとになるとみた統計による場合、計画期間の値が期間中に一度も公表されないのは、{names}です。期間中の見直しには使えないので、毎年測れる指標を添えることが考えられます。",
                names=join(never),
            )
        )
    if unknown:
        parts.append(
            page.words(
                "もとになる統計が分からない指標が{n}あります（市の調査や業務の記録によるとみられるものを含む）。いつ、どの調査や記録で測るかを確かめると、判定できる時期が決まります。",
                n=len(unknown),
            )
        )
    return Html("".join(f"<p>{part}</p>" for part in parts))
