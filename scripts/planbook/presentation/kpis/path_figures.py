"""One figure an indicator that has actuals: the path from baseline to target, and how far it has come."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from planbook.analysis.kpis.moments import Moment, moment_of
from planbook.analysis.kpis.pace import path_points
from planbook.analysis.kpis.sampling import respondents_of, share_margin
from planbook.analysis.kpis.series import Series, Value
from planbook.load.plan import Plan
from planbook.presentation.charts.kpi_paths import Mark, Track, draw_track
from planbook.presentation.document_words import quote
from planbook.presentation.html import Html
from planbook.presentation.kpis.kpi_downloads import Figures
from planbook.presentation.kpis.kpi_values import series_name, value_number, year_words
from planbook.presentation.kpis.standing import pace_table, rule_table
from planbook.presentation.page import Page
from planbook.presentation.sources import locator_words
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.kpis.kpi_facts import KpiFacts, PlanKpis
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.unit_relations import split_unit

#: The chart of each form of indicator; whatever is not named here is a line.
CHARTS = {
    "annual_flow": "bars",
    "sign_crossing": "bars",
    "ceiling_zero": "bars",
    "cumulative": "stairs",
    "maintain": "band",
    "direction_only": "direction",
    "yes_no": "marks",
}
KIND_WORDS = {
    "baseline": plain("当初値"),
    "interim": plain("中間目標"),
    "target": plain("目標値"),
    "actual": plain("実績"),
}
#: The subject that claims.csv gives to statements on 参考指標.
REFERENCES = "reference-announced"
_SERIES = {"baseline": "base", "actual": "actual", "target": "target"}


def path_figures(page: Page, kpis: PlanKpis) -> Html:
    """Return a chart for every indicator with dated actuals, 参考指標 left out; a note where there is none."""
    if kpis.listing != "values":
        return Html("")
    if not kpis.with_actual:
        return page.note(
            "missing",
            text(
                "実績の値が、この本のデータにまだありません。公表された実績を加えると、ここに当初値から目標値までの道のりと実績の図が現れます。"
            ),
            title=text("実績の図はありません"),
        )
    figures = Html("".join(_figure(page, kpis, item).markup for item in kpis.with_actual))
    paces = pace_table(page, kpis).html(text("歩みの計算"))
    rules = rule_table(kpis).html(text("判定基準ごとの印（同じ実績でも、基準によって違う）"))
    reading = page.say(
        "図の形は指標の種類で決まります。1年間の数は棒、累計は階段、ある時点の量や率は線です。"
    )
    return reading + figures + paces + rules


def reference_figures(page: Page, kpis: PlanKpis) -> Html:
    """Return 参考指標 over time: shown beside the goal, never judged."""
    items = [item for item in kpis.facts if item.series.role == "reference"]
    drawn = [item for item in items if item.progress.actual is not None]
    if not items:
        return announced_references(page, kpis.plan)
    if not drawn:
        names = text("、").join(series_name(item.series) for item in items)
        return page.say("参考指標（{names}）の値は、この本のデータにまだありません。", names=names)
    return Html("".join(_figure(page, kpis, item).markup for item in drawn))


def announced_references(page: Page, plan: Plan) -> Html:
    """Return what the document says of 参考指標 that it does not list; nothing where it says nothing."""
    claims = plan.frame("claims")
    said = [] if claims is None else list(claims[claims["subject"] == REFERENCES].itertuples())
    if not said:
        return Html("")
    quotes = [
        page.words(
            "{quote}（{place}）", quote=quote(row.as_written), place=locator_words(plan.document_source(row))
        )
        for row in said
    ]
    opening = page.say(
        "参考指標について、資料は次のように書いています。個々の指標と値は、この資料には掲載がありません。"
    )
    return opening + page.bullets(quotes)


def _figure(page: Page, kpis: PlanKpis, item: KpiFacts) -> Html:
    one = item.series
    track = make_track(kpis, item)
    return page.figure(
        f"path-{one.kpi_id}",
        draw_track(track),
        _table(kpis, item),
        caption=_caption(item, track),
        alternative=_alternative(item, track),
        sources=tuple(dict.fromkeys(kpis.plan.value_source(value) for value in one.values)),
    )


def _caption(item: KpiFacts, track: Track) -> str:
    name = series_name(item.series)
    if item.series.role == "reference":
        caption = text("{name}の推移（参考指標。判定には使わない）", name=name)
    else:
        caption = text("{name}の当初値・実績・目標値", name=name)
    notes = []
    if track.form in ("line", "band", "direction"):
        notes.append(text("縦軸は0から始まらない"))
    if track.band is not None:
        notes.append(text("灰色の帯の中は、変わったとはいえない"))
    if any(mark.margin for mark in track.marks):
        notes.append(text("縦の線は標本誤差"))
    if item.progress.reading:
        notes.append(item.progress.reading)
    return text("{caption}（{notes}）", caption=caption, notes=text("。").join(notes)) if notes else caption


def _alternative(item: KpiFacts, track: Track) -> str:
    parts = [
        text("{kind}{when} {value}", kind=text(_kind_of(m)), when=m.when, value=m.words) for m in track.marks
    ]
    return text("{name}の図。{parts}。", name=series_name(item.series), parts=text("、").join(parts))


def _kind_of(mark: Mark) -> str:
    return {"base": "当初値", "actual": "実績", "target": "目標値"}[mark.series]


def make_track(kpis: PlanKpis, item: KpiFacts) -> Track:
    """Return what is drawn of one indicator, in the form of its type."""
    one, progress = item.series, item.progress
    form = CHARTS.get(progress.form, "line")
    shown = [v for v in (one.baseline, *one.actuals, one.target) if v is not None and v.is_number]
    if progress.accumulation is not None:
        # One year stands on another scale than a total of several: it is named in the table, not drawn.
        shown = [v for v in shown if v.kind != "baseline"]
    fiscal = all(value.fiscal_year is not None for value in shown if value.is_dated)
    end = progress.timeline.end
    marks = [_mark(kpis, one, value, fiscal, end) for value in shown]
    return Track(
        form=form,
        marks=tuple(mark for mark in marks if mark is not None),
        path=_path(item, fiscal) if form != "marks" else (),
        band=_band(item),
        unit=split_unit(one.unit)[0] or "",
        fiscal=fiscal,
        done_words=(text("未実施"), text("実施済")),
    )


def _mark(kpis: PlanKpis, one: Series, value: Value, fiscal: bool, end: Moment | None) -> Mark | None:
    moment = moment_of(value) or (end if value.kind == "target" else None)
    if moment is None:
        return None
    words = value.as_written if one.type == "yes_no" else str(value_number(kpis.plan, one, value))
    when = year_words(value) or text("（計画最終年度と解した場合）")
    series = _SERIES[value.kind]
    return Mark(series, _time(moment, fiscal), float(value.value), words, when, _margin(one, value))


def _time(moment: Moment, fiscal: bool) -> float:
    """Return a fiscal year as its number, any other moment as a decimal year."""
    # The last day of fiscal year 2024 is 31 March 2025, which is 2025.25.
    return float(moment.time) - 1.25 if fiscal else float(moment.time)


def _margin(one: Series, value: Value) -> float | None:
    """Return half the width of a share's own sampling error, in points."""
    if one.type != "survey_share" or value.kind == "target" or not 0 <= value.value <= 100:
        return None
    n = respondents_of(one, value)
    # A share held against a share that is known exactly has its own error only.
    return float(share_margin(value.value, n, Decimal(0), n)) if n else None


def _path(item: KpiFacts, fiscal: bool) -> tuple[tuple[float, float], ...]:
    corners = path_points(item.series, item.progress.assumed_target_end)
    return tuple((_time(moment, fiscal), float(value)) for moment, value in corners)


def _band(item: KpiFacts) -> tuple[float, float] | None:
    """Return the values that count as unchanged, around the baseline; None where nothing declares or implies them."""
    one, progress = item.series, item.progress
    if (
        progress.form not in ("maintain", "direction_only")
        or one.baseline is None
        or not one.baseline.is_number
    ):
        return None
    widths = [one.tolerance, progress.margin.width if progress.margin else None]
    known = [width for width in widths if width is not None]
    if not known or max(known) == 0:
        return None
    return float(one.baseline.value - max(known)), float(one.baseline.value + max(known))


def _table(kpis: PlanKpis, item: KpiFacts) -> DataTable:
    one = item.series
    rows = [
        {
            "kind": text(KIND_WORDS[value.kind]),
            "when": _when(value),
            "value": value.value,
            "unit": value.unit or one.unit,
            "written": value.as_written,
            "respondents": value.respondents,
            "years": value.years,
            "published": value.published,
        }
        for kind in KIND_WORDS
        for value in one.of_kind(kind)
    ]
    columns = [
        Column("kind", text("値の種類")),
        Column("when", text("時点（西暦）")),
        Figures("value", text("値")),
        Column("unit", text("単位")),
        Column("written", text("原文")),
        Column("respondents", text("回答者数（人）"), 0),
        Column("years", text("何年分の数か（年）"), 0),
        Column("published", text("公表")),
    ]
    used = [
        c
        for c in columns
        if c.name not in ("respondents", "years", "published") or any(r[c.name] for r in rows)
    ]
    return data_table(pd.DataFrame(rows), used)


def _when(value: Value) -> str | None:
    return format_fiscal_year(value.fiscal_year) if value.fiscal_year is not None else value.as_of
