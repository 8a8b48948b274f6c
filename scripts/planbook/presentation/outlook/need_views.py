"""What a target takes, as charts and tables: the frontier of births and migration, households, ages."""

from __future__ import annotations

import pandas as pd

from planbook.load.plan import Plan
from planbook.presentation.charts import outlook as charts
from planbook.presentation.outlook.outlook_labels import (
    GROUP_LABELS,
    aim_words,
    interval_words,
)
from planbook.presentation.outlook.outlook_views import rate_sources
from planbook.presentation.page import View
from planbook.presentation.tables import Column, data_table
from planbook.summary.outlook.gather import Outlook
from planbook.summary.outlook.needs import Need
from planbook.vocabulary.catalogue import current_language, text


def view_frontier(plan: Plan, outlook: Outlook) -> View | None:
    """Return the frontiers of births and migration that reach each target, beside what has been seen."""
    if outlook.needs is None or not outlook.needs.needs:
        return None
    rows = [row for need in outlook.needs.needs for row in _frontier_rows(plan, outlook, need)]
    for seen in outlook.needs.seen:
        role, label = (
            ("seen_disturbed", text("過去の推定値（災害などの影響がある5年）"))
            if seen.disturbed
            else ("observed", text("過去の推定値（5年ごと）"))
        )
        rows.append(
            {
                "kind": "disturbed" if seen.disturbed else "seen",
                "series": label,
                "role": role,
                "segment": "seen",
                "fertility": seen.total_fertility_rate,
                "migrants": seen.net_migrants_a_year,
                "label": f"{seen.start}–{seen.end % 100:02d}",
                "words": interval_words(seen),
            }
        )
    rows.append(
        {
            "kind": "usual",
            "series": text("推計の仮定（パターン1）"),
            "role": "usual",
            "segment": "usual",
            "fertility": outlook.needs.usual_fertility,
            "migrants": outlook.needs.usual_migrants_a_year,
            "label": text("推計の仮定"),
            "words": text(
                "{start}〜{end}年の平均", start=outlook.needs.start, end=outlook.baseline.last_year
            ),
        }
    )
    frame = pd.DataFrame(rows)
    frame["range"] = [
        _range_words(outlook, row.fertility, row.migrants) if row.kind == "frontier" else None
        for row in frame.itertuples()
    ]
    columns = [
        Column("series", text("内容")),
        Column("words", text("期間")),
        Column("fertility", text("TFR換算値"), 2),
        Column("migrants", text("純移動（人/年）"), 0, sign=True),
        Column("range", text("過去に見られた大きさか")),
    ]
    alternative = text(
        "横軸が出生率、縦軸が純移動の図。線の上や右にあれば目標に届く。過去の5年ごとの値は{n}個の点で示す。",
        n=len(outlook.needs.seen),
    )
    documents = tuple(plan.document_source(n.target) for n in outlook.needs.needs if n.target is not None)
    return View(
        charts.draw_frontier(frame),
        data_table(frame, columns),
        (*documents, *rate_sources(plan, outlook, today=True)),
        alternative,
    )


def _range_words(outlook: Outlook, fertility: float, migrants: float) -> str | None:
    """Say whether births and migration of a pair lie within what ordinary years have shown; None without a history."""
    seen = [item for item in outlook.needs.seen if not item.disturbed]
    if not seen:
        return None
    births = fertility <= max(item.total_fertility_rate for item in seen)
    moves = migrants <= max(item.net_migrants_a_year for item in seen)
    if births and moves:
        return text("どちらも範囲内")
    if births:
        return text("純移動が範囲の外")
    return text("出生率が範囲の外") if moves else text("どちらも範囲の外")


def _frontier_rows(plan: Plan, outlook: Outlook, need: Need) -> list[dict]:
    roles = ("target", "stated", "pace", "band")
    role = roles[outlook.needs.needs.index(need) % len(roles)]
    series = text("{aim}組合せ", aim=aim_words(plan, need))
    return [
        {
            "kind": "frontier",
            "series": series,
            "role": role,
            "segment": series,
            "fertility": item.total_fertility_rate,
            "migrants": item.net_migrants_a_year,
            "label": "",
            "words": text("{start}〜{end}年", start=outlook.needs.start, end=need.year),
        }
        for item in need.frontier
        if item.net_migrants_a_year is not None
    ]


def view_households(plan: Plan, outlook: Outlook) -> View | None:
    """Return households a year by type for each target above the projection; None where there is none."""
    if outlook.needs is None:
        return None
    needs = [need for need in outlook.needs.needs if need.households]
    if not needs:
        return None
    names = {
        row.household: row.name_en if current_language() == "en" else row.name_ja
        for row in plan.reference.table("household_types").rows
    }
    rows = [
        {"household": names[key], **{str(at): need.households[key] for at, need in enumerate(needs)}}
        for key in needs[0].households
    ]
    columns = [
        Column("household", text("世帯の型")),
        *(
            Column(str(at), text("{aim}には（世帯/年）", aim=aim_words(plan, need)), 0)
            for at, need in enumerate(needs)
        ),
    ]
    documents = tuple(plan.document_source(need.target) for need in needs if need.target is not None)
    return View(
        None,
        data_table(pd.DataFrame(rows), columns),
        (*documents, *rate_sources(plan, outlook, today=True)),
        "",
    )


def view_groups(plan: Plan, outlook: Outlook) -> View | None:
    """Return women of 20–39, school ages and care ages: today, as projected, and where a target is reached."""
    if outlook.needs is None or not outlook.needs.needs:
        return None
    rows = []
    for need in outlook.needs.needs:
        for key, (now, usual, reached) in need.groups.items():
            rows.append(
                {
                    "group": text(GROUP_LABELS[key]),
                    "aim": aim_words(plan, need),
                    "now": now,
                    "usual": usual,
                    "reached": reached,
                }
            )
    columns = [
        Column("group", text("年齢")),
        Column("aim", text("目標")),
        Column("now", text("{year}年の推計（人）", year=outlook.needs.start), 0),
        Column("usual", text("目標年、推計のまま（人）"), 0),
        Column("reached", text("目標年、移動で届いた場合（人）"), 0),
    ]
    return View(None, data_table(pd.DataFrame(rows), columns), rate_sources(plan, outlook, today=True), "")
