"""Age structure: three broad ages by census, the age indices, the pyramid."""

from __future__ import annotations

from datetime import date

import pandas as pd

from planbook.analysis.population import compute_age_indices, sum_broad_ages
from planbook.load.plan import Plan
from planbook.presentation.charts import population as charts
from planbook.presentation.page import View
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.presentation.theme import ROLES
from planbook.vocabulary.ages import AgeGroup
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import NO_VALUE, format_number, format_percent


def view_broad_ages(plan: Plan) -> View | None:
    """Return the three broad ages at each census; None without ages by census."""
    broad = sum_broad_ages(plan.municipality.frame("age_sex"))
    if broad.empty:
        return None
    roles = {"0-14": "young", "15-64": "working", "65+": "old"}
    frame = pd.DataFrame(
        {
            "year": broad["as_of"].map(lambda day: str(day.year)),
            "role": broad["broad_age"].map(roles),
            "persons": broad["population_persons"].astype(float),
            "share": broad["share_pct"],
        }
    )
    frame["group"] = frame["role"].map(lambda name: ROLES[name].label)
    frame["share_label"] = [_percent(share, 1) for share in broad["share_pct"]]
    frame["short_label"] = [_percent(share, 0) for share in broad["share_pct"]]
    columns = [
        Column("year", text("年")),
        Column("group", text("年齢")),
        Column("persons", text("人口（人）"), 0),
        Column("share", text("割合（%、年齢不詳を除く）"), 1),
    ]
    sources = tuple(plan.official_source(source) for source in dict.fromkeys(broad["source_id"]))
    newest = frame[frame["year"] == frame["year"].iloc[-1]]
    shares = text("、").join(f"{row.group}{row.share_label}" for row in newest.itertuples())
    alternative = text(
        "{place}の年齢3区分別人口の積み上げ棒グラフ。{year}年は{shares}。",
        place=plan.municipality.name, year=frame["year"].iloc[-1], shares=shares,
    )  # fmt: skip
    return View(
        charts.draw_broad_ages(frame.drop(columns="share")), data_table(frame, columns), sources, alternative
    )


def _percent(share_pct: object, decimals: int) -> str:
    return NO_VALUE if pd.isna(share_pct) else format_percent(share_pct, decimals)


def table_age_indices(plan: Plan) -> DataTable | None:
    """Return 高齢化率 and the age indices by census; None without ages by census."""
    broad = sum_broad_ages(plan.municipality.frame("age_sex"))
    if broad.empty:
        return None
    indices = compute_age_indices(broad)
    indices["year"] = indices["as_of"].map(lambda day: str(day.year))
    return data_table(
        indices,
        [
            Column("year", text("年")),
            Column("ageing_rate_pct", text("高齢化率（%）"), 1),
            Column("child_index", text("年少人口指数"), 1),
            Column("aged_index", text("老年人口指数"), 1),
            Column("dependency_index", text("従属人口指数"), 1),
            Column("ageing_index", text("老年化指数"), 1),
        ],
    )


def find_pyramid_days(plan: Plan, years_back: int = 30) -> tuple[date, date | None] | None:
    """Return the newest census with five-year ages and the one nearest to `years_back` before it.

    The second is None where there is but one such census; None for both where there is none.
    """
    # Broad ages alone make no pyramid.
    fine = sorted(day for day, count in _ages_by_sex(plan).groupby("as_of").size().items() if count > 2 * 10)
    if not fine:
        return None
    new, earlier = fine[-1], fine[:-1]
    return new, min(earlier, key=lambda day: abs(day.year - (new.year - years_back)), default=None)


def _ages_by_sex(plan: Plan) -> pd.DataFrame:
    ages = plan.municipality.frame("age_sex")
    if ages is None:
        return pd.DataFrame(columns=["as_of"])
    known = ages["age_kind"].isin(("interval", "open")) & ages["sex"].isin(("female", "male"))
    return ages[known & (ages["concept"] == "census")]


def view_pyramid(plan: Plan, years_back: int = 30) -> View | None:
    """Return the newest census by five-year ages and sex beside one `years_back` earlier; None without.

    Where there is one census only, it stands alone: an outline of itself would say that nothing changed.
    """
    days = find_pyramid_days(plan, years_back)
    if days is None:
        return None
    new, old = days
    rows = _ages_by_sex(plan)
    drawn = [(new, "new")] if old is None else [(new, "new"), (old, "old")]
    frame = pd.concat([_pyramid_rows(rows, day, when) for day, when in drawn], ignore_index=True)
    columns = [
        Column("year", text("年")),
        Column("group", text("性別")),
        Column("age", text("年齢")),
        Column("persons", text("人口（人）"), 0),
    ]
    sources = tuple(
        plan.official_source(s) for s in dict.fromkeys(rows[rows["as_of"].isin(list(days))]["source_id"])
    )
    chart = charts.draw_pyramid(frame)
    if old is None:
        chart.layer = chart.layer[:1]  # the bars; the outline would be an empty layer
    return View(chart, data_table(frame, columns), sources, _pyramid_words(plan, frame, new, old))


def _pyramid_words(plan: Plan, frame: pd.DataFrame, new: date, old: date | None) -> str:
    largest = frame[frame["when"] == "new"].nlargest(1, "persons").iloc[0]
    values = {
        "place": plan.municipality.name,
        "new": new.year,
        "group": largest["group"],
        "age": largest["age"],
        "persons": format_number(largest["persons"]),
    }
    if old is None:
        return text(
            "{place}の人口ピラミッド。棒は{new}年。{new}年に最も多いのは{group}の{age}で{persons}人。",
            **values,
        )
    return text(
        "{place}の人口ピラミッド。棒は{new}年、線は{old}年。{new}年に最も多いのは{group}の{age}で{persons}人。",
        old=old.year,
        **values,
    )


def _pyramid_rows(rows: pd.DataFrame, day: date, when: str) -> pd.DataFrame:
    group = rows[rows["as_of"] == day]
    persons = group["population_persons"].astype(float)
    ends = [None if pd.isna(end) else int(end) for end in group["age_end"]]
    return pd.DataFrame(
        {
            "year": str(day.year),
            "when": when,
            "sex": group["sex"],
            "group": group["sex"].map(lambda sex: ROLES[sex].label),
            "age": [AgeGroup(int(s), e).label for s, e in zip(group["age_start"], ends, strict=True)],
            "age_start": group["age_start"].astype(int),
            "persons": persons,
            "signed": persons.where(group["sex"] == "female", -persons),
        }
    )
