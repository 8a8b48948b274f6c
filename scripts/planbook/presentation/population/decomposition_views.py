"""What changed the population between the censuses: net migration by age, births and deaths beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planbook.analysis.projection.cohorts import SEXES
from planbook.load.plan import Plan
from planbook.presentation.charts import decomposition as charts
from planbook.presentation.page import View
from planbook.presentation.tables import Column, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.decomposition_facts import Interval
from planbook.summary.decomposition_numbers import CohortMove, find_largest_loss
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.rounding import format_number

#: Panels that a page has room for.
SHOWN = 4
RESIDENTS = {
    ("japanese",): plain("日本人住民"),
    ("all",): plain("外国人を含む住民"),
    ("japanese", "all"): plain("途中まで日本人住民、そのあと外国人を含む"),
}


def interval_words(interval: Interval) -> str:
    """Return the five years: 2010〜2015年."""
    return text("{start}〜{end}年", start=interval.start, end=interval.end)


def flag_words(interval: Interval) -> str:
    """Return what a reader must know of an interval: 接続値, ふだんと違う期間; empty for an ordinary one."""
    flags = []
    if interval.disturbed:
        flags.append(text("ふだんと違う期間"))
    if interval.bridged:
        flags.append(text("接続値"))
    return text("、").join(flags)


def panel_title(interval: Interval) -> str:
    """Return the title of a panel with its flags."""
    flags = flag_words(interval)
    words = interval_words(interval)
    return text("{interval}（{flags}）", interval=words, flags=flags) if flags else words


def move_words(interval: Interval, move: CohortMove) -> str:
    """Return whose move it is by age at the end: 20～24歳 女."""
    age = interval.decomposition.age_at_end(move.cohort)
    return text("{age} {sex}", age=age, sex=ROLES[move.sex].label)


def view_net_migration(plan: Plan, pairs: Sequence[Interval]) -> View | None:
    """Return net migration by sex and age at the end of the last intervals; None without any."""
    shown = list(pairs)[-SHOWN:]
    if not shown:
        return None
    frame = pd.concat([_panel(at, interval) for at, interval in enumerate(shown)], ignore_index=True)
    columns = [
        Column("interval", text("期間")),
        Column("flags", text("期間の注意")),
        Column("series", text("性別")),
        Column("start_label", text("始めの年齢")),
        Column("age_label", text("終わりの年齢")),
        Column("at_risk", text("始めの人口（人）"), 0),
        Column("expected", text("生残率から見て生き残る人数（人）"), 0),
        Column("counted", text("終わりの人口（人）"), 0),
        Column("persons", text("純移動（人）"), 0, sign=True),
        Column("share", text("始めの人口に対する割合（%）"), 1, sign=True),
    ]
    drawn = frame[["panel", "title", "role", "series", "age", "age_label", "persons", "label"]]
    sources = tuple(dict.fromkeys(source for interval in shown for source in interval.sources))
    return View(
        charts.draw_net_migration(drawn), data_table(frame, columns), sources, _alternative(plan, shown)
    )


def _panel(panel: int, interval: Interval) -> pd.DataFrame:
    parts = interval.decomposition
    loss = find_largest_loss(interval)
    share = parts.migration_pct
    rows = []
    for sex, role in enumerate(SEXES):
        for cohort in range(parts.migration.shape[1]):
            end = parts.age_at_end(cohort)
            is_largest = loss is not None and (loss.sex, loss.cohort) == (role, cohort)
            rows.append(
                {
                    "panel": panel,
                    "interval": interval_words(interval),
                    "flags": flag_words(interval) or None,
                    "title": panel_title(interval),
                    "role": role,
                    "series": ROLES[role].label,
                    "age": end.age_start,
                    "start_label": parts.age_at_start(cohort).label,
                    "age_label": end.label,
                    "at_risk": float(parts.at_risk[sex, cohort]),
                    "expected": float(parts.expected[sex, cohort]),
                    "counted": float(parts.counted[sex, cohort]),
                    "persons": float(parts.migration[sex, cohort]),
                    "share": None if np.isnan(share[sex, cohort]) else float(share[sex, cohort]),
                    "label": f"{move_words(interval, loss)} {loss.persons.bare()}" if is_largest else "",
                }
            )
    return pd.DataFrame(rows)


def _alternative(plan: Plan, shown: Sequence[Interval]) -> str:
    words = [text("{place}の年齢別の純移動の折れ線グラフ。", place=plan.municipality.name)]
    for interval in shown:
        loss = find_largest_loss(interval)
        if loss is None:
            words.append(text("{interval}は、転出が上回った年齢がない。", interval=panel_title(interval)))
        else:
            words.append(
                text(
                    "{interval}は、{who}の{persons}人が最も大きい転出の超過。",
                    interval=panel_title(interval),
                    who=move_words(interval, loss),
                    persons=format_number(loss.persons.value, sign=True),
                )
            )
    return "".join(words)


def residents_words(pairs: Sequence[Interval]) -> str:
    """Return whom the register counts in which interval, newest kind last; empty without a register."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for interval in pairs:
        if interval.register:
            groups.setdefault(interval.register.residents, []).append(interval_words(interval))
    return text("。").join(
        text(
            "{intervals}は{residents}", intervals=text("、").join(intervals), residents=text(RESIDENTS[kind])
        )
        for kind, intervals in groups.items()
    )


def view_parts(plan: Plan, pairs: Sequence[Interval]) -> View | None:
    """Return births, deaths and net migration of every interval, the register's own change beside; None without any."""
    if not pairs:
        return None
    columns = [
        Column("interval", text("期間")),
        Column("births", text("出生（人）"), 0),
        Column("deaths", text("死亡（人）"), 0),
        Column("natural", text("自然増減（人）"), 0, sign=True),
        Column("migration", text("純移動（人）"), 0, sign=True),
        Column("change", text("増減の計（人）"), 0, sign=True),
        Column("register_natural", text("台帳の 自然増減（人）"), 0, sign=True),
        Column("register_social", text("台帳の 社会増減（人）"), 0, sign=True),
    ]
    ids = dict.fromkeys(s for interval in pairs if interval.register for s in interval.register.source_ids)
    sources = [source for interval in pairs for source in interval.sources]
    sources += [plan.official_source(source_id) for source_id in ids]
    table = data_table(pd.DataFrame([_parts_row(interval) for interval in pairs]), columns)
    return View(None, table, tuple(dict.fromkeys(sources)), "")


def _parts_row(interval: Interval) -> dict:
    parts, register = interval.decomposition, interval.register
    return {
        "interval": panel_title(interval),
        "births": float(parts.births.sum()),
        "deaths": float(parts.deaths.sum()),
        "natural": parts.natural,
        "migration": float(parts.migration.sum()),
        "change": parts.change,
        "register_natural": register.natural if register else None,
        "register_social": register.social if register else None,
    }
