"""The parts of authored chapters that are made from data: ``<!-- planbook: headline -->`` and the like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from pydantic import BaseModel

from planbook.load.plan import Plan, load_readable
from planbook.load.reference import load_reference
from planbook.load.roots import DataRoot
from planbook.presentation.goals.goal_chapter import suggestion_quality, theme_words
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_chapter import kpi_codes, on_track_rules, statistics
from planbook.presentation.population.band_tables import error_bands
from planbook.presentation.population.population_words import coverage_words
from planbook.presentation.recalculation.check_chapter import check_rules
from planbook.presentation.tables import Column, data_table
from planbook.summary.population_facts import gather_population
from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.schemas import (
    MUNICIPALITY_TABLES,
    PLAN_TABLES,
    REFERENCE_TABLES,
    MunicipalityFile,
    PlanFile,
)

Part = Callable[[DataRoot, Any], str]


def readable_plans(root: DataRoot, status: Any = None) -> tuple[list[Plan], list[str]]:
    """Load the plans of the book; return those that can be read, and the ids of those that cannot."""
    return load_readable(root, root.plan_ids() if status is None else status.plan_ids)


def headline(root: DataRoot, status: Any = None) -> str:
    """Return the headline table of the home page: one row a plan, each leading to its digest."""
    plans, broken = readable_plans(root, status)
    rows = [_headline_row(plan) for plan in plans]
    columns = [
        Column("plan", text("計画")),
        Column("latest", text("最新の国勢調査人口（人）"), 0),
        Column("target", text("人口の目標")),
        Column("projected", text("将来推計")),
        Column("indicators", text("手元の資料")),
    ]
    if not rows:
        return _nothing()
    table = data_table(pd.DataFrame(rows), columns).html(text("計画の一覧")).markup
    remark = text(
        "推計は、いま手元にある新しい版です。それより前に始まった計画は、この推計を見て目標を立てたものではありません。"
    )
    if broken:
        remark += text("データに誤りがあり、ならべていない計画：{plans}。", plans=text("、").join(broken))
    return f'{table}<p class="pb-source">{escape(remark)}</p>'


def _headline_row(plan: Plan) -> dict[str, object]:
    facts = gather_population(plan)
    address = f"{plan.municipality.code[:2]}/{plan.plan_id}/digest.html"
    aims, projected = [], []
    for item in facts.targets:
        when = text("{year}年", year=item.target.year) if item.target.year else text("年の記載なし")
        aims.append(f"{when} {item.persons}")
        if item.projected is not None:
            projected.append(f"{when} {item.projected}")
    if not projected and facts.projection:
        year, persons = facts.projection[-1]
        projected.append(f"{text('{year}年', year=year)} {persons}")
    return {
        "plan": Html(f'<a href="{address}">{escape(plan.municipality.name)}<br>{escape(plan.title)}</a>'),
        "latest": facts.latest.persons.value if facts.latest else None,
        "target": _lines(aims) if aims else text("この資料には掲載がない"),
        "projected": _lines(projected) if projected else None,
        "indicators": coverage_words(plan.file),
    }


def _lines(parts: list[str]) -> Html:
    return Html("<br>".join(escape(part) for part in parts))


def _nothing() -> str:
    return f"<p>{escape(text('計画がありません。'))}</p>"


def plans(root: DataRoot, status: Any = None) -> str:
    """Return the documents of the plans: file, publisher, form, date, hash."""
    rows = []
    for plan in readable_plans(root, status)[0]:
        for document in plan.file.documents:
            rows.append(
                {
                    "plan": plan.title,
                    "title": document.title,
                    "publisher": document.publisher,
                    "form": document.form_en if current_language() == "en" else document.form,
                    "updated": document.updated,
                    "url": document.url or text("手元の資料に記載なし"),
                    "sha256": Html(f"<code>{document.sha256[:16]}…</code>"),
                }
            )
    columns = [
        Column("plan", text("計画")),
        Column("title", text("資料の題名")),
        Column("publisher", text("発行者")),
        Column("form", text("形")),
        Column("updated", text("更新日")),
        Column("url", text("所在")),
        Column("sha256", text("SHA-256（始めの16桁）")),
    ]
    return data_table(pd.DataFrame(rows), columns).html(text("計画の資料")).markup if rows else _nothing()


def sources(root: DataRoot, _: Any = None) -> str:
    """Return the official tables that figures were taken from."""
    english = current_language() == "en"
    suffix = "_en" if english else ""
    reference = load_reference(root)
    rows = [
        {
            "title": getattr(row, f"title{suffix}"),
            "publisher": getattr(row, f"publisher{suffix}"),
            "table": row.table,
            "as_of": row.as_of,
            "licence": reference.label("licences", row.licence_id),
            "note": getattr(row, f"note{suffix}"),
        }
        for row in reference.table("sources").rows
    ]
    columns = [
        Column("title", text("統計")),
        Column("publisher", text("公表者")),
        Column("table", text("表")),
        Column("as_of", text("時点")),
        Column("licence", text("利用条件")),
        Column("note", text("備考")),
    ]
    return data_table(pd.DataFrame(rows), columns).html(text("公的統計の出典")).markup


def licences(root: DataRoot, _: Any = None) -> str:
    """Return the terms of use and their credit lines."""
    language = current_language()
    rows = [
        {
            "name": getattr(row, f"name_{language}"),
            "credit": getattr(row, f"credit_{language}").format(
                publisher=text("（公表者）"), title=text("（統計名）")
            ),
            "note": row.note,
        }
        for row in load_reference(root).table("licences").rows
    ]
    columns = [
        Column("name", text("利用条件")),
        Column("credit", text("出典の書き方")),
        Column("note", text("備考")),
    ]
    return data_table(pd.DataFrame(rows), columns).html(text("利用条件と出典の書き方")).markup


_FILES: tuple[tuple[str, str, dict[str, type[BaseModel]]], ...] = (
    (plain("計画のフォルダー（data/plans/計画ID/）"), "yml", {"plan": PlanFile}),
    (plain("計画の表（data/plans/計画ID/）"), "csv", PLAN_TABLES),
    (
        plain("市区町村のフォルダー（data/municipalities/コード-名前/）"),
        "yml",
        {"municipality": MunicipalityFile},
    ),
    (plain("市区町村の表（data/municipalities/コード-名前/）"), "csv", MUNICIPALITY_TABLES),
    (plain("参照の表（data/reference/）"), "csv", REFERENCE_TABLES),
)


def dictionary(_root: DataRoot, _: Any = None) -> str:
    """Return the data dictionary, made from the schemas that the readers validate with."""
    parts = []
    for title, suffix, models in _FILES:
        parts.append(f"<h3>{escape(text(title))}</h3>")
        for name, model in models.items():
            parts.append(_dictionary_table(f"{name}.{suffix}", model))
    return "".join(parts)


def _dictionary_table(name: str, model: type[BaseModel]) -> str:
    rows = [_dictionary_row(key, field) for key, field in model.model_fields.items()]
    columns = [
        Column("key", text("列・項目")),
        Column("title", text("名称")),
        Column("meaning", text("意味")),
        Column("unit", text("単位")),
        Column("blank", text("空欄")),
    ]
    return data_table(pd.DataFrame(rows), columns).html(name).markup


def _dictionary_row(key: str, field) -> dict[str, object]:
    extra = field.json_schema_extra or {}
    refers = extra.get("refers_to")
    meaning = text(field.description) if field.description else ""
    if refers:
        meaning += text("（{target} を指す）", target=refers)
    optional = type(None) in getattr(field.annotation, "__args__", ())
    return {
        "key": Html(f"<code>{escape(key)}</code>"),
        "title": text(field.title) if field.title else None,
        "meaning": meaning or None,
        "unit": text(extra["unit"]) if extra.get("unit") else None,
        "blank": text("可") if optional else text("不可"),
    }


def status(_root: DataRoot, table: Any = None) -> str:
    """Return which page was made from what; the runner hands over its table."""
    return table.html() if table is not None else _nothing()


#: What an authored chapter may ask for, by name.
PARTS: dict[str, Part] = {
    "headline": headline,
    "plans": plans,
    "sources": sources,
    "licences": licences,
    "dictionary": dictionary,
    "error_bands": error_bands,
    "kpi_codes": kpi_codes,
    "on_track_rules": on_track_rules,
    "statistics": statistics,
    "check_rules": check_rules,
    "suggestion_quality": suggestion_quality,
    "theme_words": theme_words,
    "status": status,
}
