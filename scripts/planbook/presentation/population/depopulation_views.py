"""人口減少段階 and the age indices of a projected or counted series: tables and the sentence about them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planbook.analysis.depopulation_stage import Stage, classify_stages, compute_indices
from planbook.analysis.projection.influence import Thresholds
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.numbers import number
from planbook.vocabulary.rounding import format_number

LEVELS = {
    1: plain("第1段階（老年人口の増加）"),
    2: plain("第2段階（老年人口の維持・微減）"),
    3: plain("第3段階（老年人口の減少）"),
}
OUTCOMES = {
    "not_declining": plain("人口減少の段階にない"),
    "undefined": plain("どの段階にもあてはまらない"),
    "missing": plain("年齢別の値がない"),
}


def stage_words(stage: Stage) -> str:
    """Return the name of a stage, or why there is none."""
    if stage.level is None:
        return text(OUTCOMES[stage.outcome])
    level = LEVELS.get(stage.level)
    return text(level) if level else text("第{level}段階", level=stage.level)


def table_stages(frame: pd.DataFrame, thresholds: Thresholds) -> DataTable | None:
    """Return every year against the first one of `frame` (year, young, working, old); None with one year or none."""
    stages = classify_stages(frame, thresholds) if len(frame) else ()
    if not stages:
        return None
    rows = [
        {
            "year": stage.year,
            "total": stage.total_index,
            "under_65": stage.under_65_index,
            "old": stage.old_index,
            "stage": stage_words(stage),
        }
        for stage in stages
    ]
    base = int(frame["year"].min())
    columns = [
        Column("year", text("年"), 0, grouping=False),
        Column("total", text("総人口（{base}年＝100）", base=base), 1),
        Column("under_65", text("65歳未満（{base}年＝100）", base=base), 1),
        Column("old", text("65歳以上（{base}年＝100）", base=base), 1),
        Column("stage", text("人口減少段階")),
    ]
    return data_table(pd.DataFrame(rows), columns)


def table_indices(frame: pd.DataFrame) -> DataTable | None:
    """Return 高齢化率 and the age indices by year; None where no year has all three ages."""
    indices = compute_indices(frame)
    if indices.empty:
        return None
    return data_table(
        indices,
        [
            Column("year", text("年"), 0, grouping=False),
            Column("ageing_rate_pct", text("高齢化率（%）"), 1),
            Column("child_index", text("年少人口指数"), 1),
            Column("aged_index", text("老年人口指数"), 1),
            Column("dependency_index", text("従属人口指数"), 1),
            Column("ageing_index", text("老年化指数"), 1),
        ],
    )


def stage_paragraph(
    page: Page, frame: pd.DataFrame, name: str, thresholds: Thresholds, *, verified: bool
) -> Html:
    """Say in which stage the last year is and when each stage begins; nothing with one year or none.

    Parameters
    ----------
    frame : columns year, young, working, old; the first year is the base.
    name : of the series, as readers know it.
    thresholds : of the stages.
    verified : whether the thresholds were checked at their source; else the sentence says 要確認.
    """
    stages = classify_stages(frame, thresholds) if len(frame) else ()
    if not stages:
        return Html("")
    sentences = [_last_words(page, stages[-1], int(frame["year"].min()), name)]
    if begins := _beginnings(stages):
        sentences.append(page.words("段階は、{begins}です。", begins=text("、").join(begins)))
    if any(stage.level for stage in stages):
        sentences.append(_limit_words(page, thresholds, verified))
    return Html(f"<p>{''.join(sentence.markup for sentence in sentences)}</p>")


def _last_words(page: Page, stage: Stage, base: int, name: str) -> Html:
    values = {"name": name, "base": base, "year": stage.year, "stage": stage_words(stage)}
    if stage.outcome == "missing":
        return page.words("{name}には、{base}年か{year}年の年齢3区分の値がありません。", **values)
    if stage.outcome == "not_declining":
        return page.words(
            "{name}では、{year}年の総人口は{base}年より減らず、人口減少の段階にありません。", **values
        )
    if stage.outcome == "undefined":
        return page.words(
            "{name}では、{year}年の総人口は{base}年より減りますが、65歳未満は減らないか、65歳以上がもともといないので、人口減少の段階を決められません。",
            **values,
        )
    return page.words(
        "{name}では、{base}年を100とすると、{year}年の65歳未満は{under_65}、65歳以上は{old}で、{stage}にあたります。",
        under_65=number(stage.under_65_index, "none", decimals=1),
        old=number(stage.old_index, "none", decimals=1),
        **values,
    )


def _beginnings(stages: Sequence[Stage]) -> list[str]:
    """Return the year in which the stage becomes another one; nothing where all years have one and the same."""
    changes = [
        (stage.year, stage_words(stage))
        for before, stage in zip((None, *stages), stages, strict=False)
        if before is None or stage_words(before) != stage_words(stage)
    ]
    if len(changes) < 2:
        return []
    return [text("{year}年から{stage}", year=year, stage=stage) for year, stage in changes]


def _limit_words(page: Page, thresholds: Thresholds, verified: bool) -> Html:
    limits = text("、").join(f"{format_number(limit)}%" for limit in thresholds.limits_pct)
    if verified:
        return page.words("段階の境は、65歳以上の減少率の{limits}です。", limits=limits)
    return page.words("段階の境は、65歳以上の減少率の{limits}です（境は要確認）。", limits=limits)
