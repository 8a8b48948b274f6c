"""Sentences on ages, on natural and social change, and on years that are not ordinary ones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from planbook.analysis.population import compute_flows, sum_broad_ages
from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.age_views import find_pyramid_days
from planbook.vocabulary.catalogue import current_language, text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import format_number


def ageing_paragraph(page: Page, plan: Plan) -> Html:
    """Say how the share of 65 and over moved between the first and the newest census with ages."""
    broad = sum_broad_ages(plan.municipality.frame("age_sex"))
    if broad.empty:
        return Html("")
    working = broad[broad["broad_age"] == "15-64"].set_index("as_of")["population_persons"]
    old = broad[broad["broad_age"] == "65+"].set_index("as_of")["population_persons"]
    groups = {day: group for day, group in broad.groupby("as_of", sort=True) if old[day]}
    if not groups:
        return Html("")
    days = list(dict.fromkeys([min(groups), max(groups)]))
    rates = [_ageing_rate(plan, day, groups[day]) for day in days]
    supporters = [
        number(Decimal(int(working[day])) / Decimal(int(old[day])), "none", decimals=1) for day in days
    ]
    if len(days) == 1:
        return page.say(
            "高齢化率は{year}年に{rate}でした。65歳以上1人に対する15〜64歳の人数は{a}人でした。",
            year=days[0].year,
            rate=rates[0],
            a=supporters[0],
        )
    return page.say(
        "高齢化率は{first_year}年の{first}から{last_year}年の{last}になりました。65歳以上1人に対する15〜64歳の人数は、{a}人から{b}人になりました。",
        first_year=days[0].year,
        first=rates[0],
        last_year=days[1].year,
        last=rates[1],
        a=supporters[0],
        b=supporters[1],
    )


def _ageing_rate(plan: Plan, as_of: date, group) -> Number:
    persons = {row.broad_age: row for row in group.itertuples()}
    source = plan.official_source(group["source_id"].iloc[0])
    old = number(
        int(persons["65+"].population_persons), as_of=as_of.isoformat(), concept="census", source=source
    )
    total = sum(int(row.population_persons) for row in group.itertuples())
    value = old.value / Decimal(total) * 100
    formula = text(
        "65歳以上 {old} ÷ 年齢不詳を除く人口 {total} ＝ {share}%",
        old=old.bare(),
        total=format_number(total),
        share=format_number(value, 1),
    )
    return number(value, "percent", decimals=1, formula=formula, inputs=(old,))


def pyramid_paragraph(page: Page, plan: Plan) -> Html:
    """Say which censuses the pyramid shows; nothing where there is no pyramid."""
    days = find_pyramid_days(plan)
    if days is None:
        return Html("")
    new, old = days
    if old is None:
        return page.say("棒は{new}年の国勢調査です。", new=new.year)
    return page.say("棒は{new}年、線は{old}年の国勢調査です。", new=new.year, old=old.year)


def change_paragraph(page: Page, plan: Plan) -> Html:
    """Say what the last five periods of the register summed to, natural and social apart.

    Nothing where they do not follow on each other without a gap, or do not count the same residents.
    """
    flows = compute_flows(plan.municipality.frame("vital"))
    flows = flows.dropna(subset=["natural_change", "social_change"]).tail(5)
    if len(flows) < 5 or not _follow_on(flows):
        return Html("")
    sums = {name: _sum_of_periods(plan, flows, name) for name in ("natural_change", "social_change")}
    return page.say(
        "直近の5年（{start}〜{end}年）の合計は、自然増減が{natural}、社会増減が{social}です。",
        start=flows["period_start"].iloc[0].year,
        end=flows["period_end"].iloc[-1].year,
        natural=sums["natural_change"],
        social=sums["social_change"],
    )


def _follow_on(flows: pd.DataFrame) -> bool:
    starts, ends = list(flows["period_start"]), list(flows["period_end"])
    gapless = all(end + timedelta(days=1) == start for end, start in zip(ends, starts[1:], strict=False))
    return gapless and flows["residents"].nunique() == 1


def _sum_of_periods(plan: Plan, flows: pd.DataFrame, name: str) -> Number:
    """Return the sum over `flows` with its computation, led back to every table that the periods come from."""
    bases = []
    for source_id, rows in flows.groupby("source_id", sort=False):
        as_of = f"{rows['period_start'].iloc[0].isoformat()}–{rows['period_end'].iloc[-1].isoformat()}"
        source = plan.official_source(source_id)
        bases.append(number(sum(rows[name]), sign=True, as_of=as_of, concept="register", source=source))
    total = sum(flows[name])
    parts = " ".join(format_number(value, sign=True) for value in flows[name])
    formula = f"{parts} ＝ {format_number(total, sign=True)}"
    return number(total, sign=True, formula=formula, inputs=tuple(bases))


def flow_notes(page: Page, plan: Plan) -> Html:
    """List what the register's rows say of themselves: mergers, overlaps, foreign residents; nothing if none."""
    vital = plan.municipality.frame("vital")
    rows = vital[(vital["concept"] == "register") & vital["note"].notna()] if vital is not None else None
    if rows is None or rows.empty:
        return Html("")
    items = []
    for note, group in rows.groupby("note", sort=False):
        start, end = min(group["period_start"]).year, max(group["period_start"]).year
        years = (
            text("{year}年", year=start) if start == end else text("{start}〜{end}年", start=start, end=end)
        )
        items.append(page.words("{years}：{note}。", years=years, note=note))
    return page.note("info", *items, title=text("住民基本台帳の数について"))


def disturbance_note(page: Page, plan: Plan) -> Html:
    """Name the years whose rates are not ordinary ones; nothing when there are none."""
    periods = plan.municipality.file.disturbed_periods
    if not periods:
        return Html("")
    english = current_language() == "en"
    items = [
        page.words(
            "{start}〜{end}年：{reason}",
            start=p.start,
            end=p.end,
            reason=p.reason_en if english else p.reason,
        )
        for p in periods
    ]
    return page.note("caution", *items, title=text("ふだんと違う年"))
