"""Fictional plans of one fictional city whose indicators meet: one statistic, one name, targets, actuals."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from planbook.load.plan import Plan, load_plan
from planbook.vocabulary.schemas import PLAN_TABLES

PLAN_YML = """\
plan_id: {plan_id}
title: {{ja: 架空市総合戦略, en: Strategy of Kaku City}}
short_title: {{ja: 架空市 第{number}期, en: "Kaku, no. {number}"}}
municipality: "47999"
kind: strategy
generation: gen1
status: adopted
coverage: {coverage}
coverage_note: {{ja: 試験, en: A test.}}
period: {{start_fiscal_year: 2015, end_fiscal_year: 2019, as_written: 平成27年度～平成31年度, document: text, locator: L1}}
adopted: 2015-10-01
updated: null
documents:
  - {{id: text, file: kaku.txt, publisher: 架空市, title: 架空市総合戦略, form: 文字, form_en: text, url: null,
      updated: null, retrieved: null, sha256: {sha256}, licence_id: quotation}}
{rule}outlook: {{}}
"""
GOALS = (("g1", "基本目標1", "しごとをつくる"), ("g2", "基本目標2", "安心して暮らす"))


def indicator(name: str, unit: str = "人", **fields) -> dict:
    """An indicator: columns of kpis.csv, and values as «300 @ 2020» by kind; a list of them for actuals."""
    kinds = {kind: fields.pop(kind) for kind in ("baseline", "target", "actual") if kind in fields}
    row = {"name": name, "unit": unit, "role": "kpi", "type": "level", "direction": "up", "goal_id": "g1"}
    return {"row": row | fields, "values": kinds}


def rate(*, base: str, aim: str, **fields) -> dict:
    """The fertility rate, from the statistic that has it."""
    known = {"unit": "", "type": "rate", "statistic": "tfr-bayes", "baseline": base, "target": aim}
    return indicator(**{"name": "合計特殊出生率"} | known | fields)


def births(*, base: str, aim: str, **fields) -> dict:
    """Births of a year, from the registers."""
    known = {"type": "annual_flow", "statistic": "births-register", "baseline": base, "target": aim}
    return indicator(**{"name": "出生数"} | known | fields)


def add_plan(
    country,
    number: int,
    indicators: Sequence[dict],
    *,
    coverage: str = "full",
    rule: str | None = None,
) -> Plan:
    """Write and load the plan 47999-strategy-`number` of the fixture `country`; without indicators no kpis.csv."""
    plan_id = f"47999-strategy-{number}"
    folder = country.path / "plans" / plan_id
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    words = PLAN_YML.format(
        plan_id=plan_id,
        number=number,
        coverage=coverage,
        sha256="a" * 64,
        rule=f"on_track_rule: {rule}\n" if rule else "",
    )
    (folder / "plan.yml").write_text(words, encoding="utf-8")
    goals = [
        {"goal_id": goal, "level": "basic_goal", "number": n, "title": title, **_stated(f"{n} {title}")}
        for goal, n, title in GOALS
    ]
    _write(folder / "goals.csv", goals, "goals")
    if indicators:
        _write(folder / "kpis.csv", [_kpi(n, one) for n, one in enumerate(indicators, 1)], "kpis")
        values = [value for n, one in enumerate(indicators, 1) for value in _values(n, one)]
        if values:
            _write(folder / "kpi_values.csv", values, "kpi_values")
    return load_plan(country.root, plan_id)


def _stated(words: str) -> dict[str, str]:
    return {"as_written": words, "document": "text", "locator": "L1"}


def _kpi(number: int, one: dict) -> dict[str, object]:
    return {"kpi_id": f"k{number}", **one["row"], **_stated(one["row"]["name"])}


def _values(number: int, one: dict) -> list[dict[str, object]]:
    rows = []
    for kind, stated in one["values"].items():
        for words in stated if isinstance(stated, list) else [stated]:
            value, _, year = words.partition(" @ ")
            arrow = {"↗": "up", "↘": "down"}.get(value)
            unit = "" if arrow else one["row"]["unit"]
            rows.append(
                {
                    "kpi_id": f"k{number}", "kind": kind, "fiscal_year": year, "state": arrow or "number",
                    "value": "" if arrow else value, "unit": unit, **_stated(f"{value}{unit}"),
                }
            )  # fmt: skip
    return rows


def _write(path: Path, rows: list[dict[str, object]], table: str) -> None:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(PLAN_TABLES[table].model_fields), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
