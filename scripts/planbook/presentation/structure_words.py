"""Sentences on ages, on natural and social change, and on years that are not ordinary ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planbook.analysis.population import compute_flows, sum_broad_ages
from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.vocabulary.catalogue import current_language, text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import format_number, round_half_up


def ageing_paragraph(page: Page, plan: Plan) -> Html:
    """Say how the share of 65 and over moved between the first and the newest census with ages."""
    broad = sum_broad_ages(plan.municipality.frame("age_sex"))
    if broad.empty:
        return Html("")
    rates = {}
    for as_of, group in broad.groupby("as_of", sort=True):
        rates[as_of] = _ageing_rate(plan, as_of, group)
    days = sorted(rates)
    first, last = rates[days[0]], rates[days[-1]]
    working = broad[broad["broad_age"] == "15-64"].set_index("as_of")["population_persons"]
    old = broad[broad["broad_age"] == "65+"].set_index("as_of")["population_persons"]
    supporters = {
        day: number(Decimal(int(working[day])) / Decimal(int(old[day])), "none", decimals=1)
        for day in (days[0], days[-1])
    }
    return page.say(
        "高齢化率は{first_year}年の{first}から{last_year}年の{last}になりました。65歳以上1人に対する15〜64歳の人数は、{a}人から{b}人になりました。",
        first_year=days[0].year,
        first=first,
        last_year=days[-1].year,
        last=last,
        a=supporters[days[0]],
        b=supporters[days[-1]],
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
        total=f"{total:,}",
        share=f"{round_half_up(value, 1)}",
    )
    return number(value, "percent", decimals=1, formula=formula, inputs=(old,))


def change_paragraph(page: Page, plan: Plan) -> Html:
    """Say what the last five periods of the register summed to, natural and social apart."""
    flows = compute_flows(plan.municipality.frame("vital"))
    flows = flows.dropna(subset=["natural_change", "social_change"]).tail(5)
    if len(flows) < 5:
        return Html("")
    source = plan.official_source(flows["source_id"].iloc[-1])
    sums = {}
    for name in ("natural_change", "social_change"):
        parts = " ".join(format_number(value, sign=True) for value in flows[name])
        total = sum(flows[name])
        as_of = f"{flows['period_start'].iloc[0].isoformat()}–{flows['period_end'].iloc[-1].isoformat()}"
        base = number(total, sign=True, as_of=as_of, concept="register", source=source)
        formula = f"{parts} ＝ {format_number(total, sign=True)}"
        sums[name] = number(total, sign=True, formula=formula, inputs=(base,))
    return page.say(
        "直近の5年（{start}〜{end}年）の合計は、自然増減が{natural}、社会増減が{social}です。",
        start=flows["period_start"].iloc[0].year,
        end=flows["period_end"].iloc[-1].year,
        natural=sums["natural_change"],
        social=sums["social_change"],
    )


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
