"""A plan built claim by claim, and a town with a census, a register and two projections."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from planbook.analysis.kpis.series import Series, Value
from planbook.analysis.recalculation.checks import Check
from planbook.analysis.recalculation.official import EditionInfo, Official
from planbook.analysis.recalculation.rules import RULES, run_rules
from planbook.analysis.recalculation.stated import Claim, GoalLine, ScenarioResult, WorldResult
from planbook.analysis.recalculation.statements import Statements
from planbook.vocabulary.schemas.plan_file import PlanFile

AT = {"document": "text", "locator": "L1"}
NOW = EditionInfo("new", "新しい推計", "New projection", "2023-12")
THEN = EditionInfo("old", "前の推計", "Old projection", "2013-03")


def plan_file(**change) -> PlanFile:
    """A whole plan for FY2021–2025 without an outlook."""
    document = {
        "id": "text", "file": "text.txt", "publisher": "某市", "title": "計画", "form": "文字", "form_en": "text",
        "url": None, "updated": None, "retrieved": None, "sha256": "0" * 64, "licence_id": "quotation",
    }  # fmt: skip
    fields = {
        "plan_id": "47999-strategy-1",
        "title": {"ja": "某市戦略", "en": "Strategy"},
        "short_title": {"ja": "某市", "en": "Town"},
        "municipality": "47999",
        "kind": "strategy",
        "generation": "gen2",
        "status": "adopted",
        "coverage": "full",
        "coverage_note": {"ja": "全文", "en": "Whole"},
        "period": {
            "start_fiscal_year": 2021,
            "end_fiscal_year": 2025,
            "as_written": "令和3年度～令和7年度",
            **AT,
        },
        "adopted": None,
        "updated": None,
        "documents": [document],
        "outlook": {},
    }
    return PlanFile.model_validate({**fields, **change})


def target(name: str = "t1", **change) -> dict:
    fields = {
        "id": name, "year": 2040, "population_persons": "9000", "precision": "1", "qualifier": "exact",
        "basis": "census", "edition": None, "as_written": "9,000人", **AT,
    }  # fmt: skip
    return {**fields, **change}


def assumption(name: str, kind: str, value: str, **change) -> dict:
    return {"id": name, "kind": kind, "value": value, "as_written": f"仮定{name}", **AT, **change}


def claim(claim_id: str, kind: str, as_written: str, **fields) -> Claim:
    for name in ("value", "precision"):
        if isinstance(fields.get(name), str | int):
            fields[name] = Decimal(str(fields[name]))
    if isinstance(fields.get("follows_from"), str):
        fields["follows_from"] = tuple(fields["follows_from"].split(";"))
    fields.setdefault("subject", claim_id)
    return Claim(claim_id, kind, as_written=as_written, **{**AT, **fields})


def goal(goal_id: str, title: str, level: str = "basic_goal", **fields) -> GoalLine:
    return GoalLine(goal_id, level, title, as_written=title, **{**AT, "locator": "L9", **fields})


def value(kind: str, number: str, unit: str) -> Value:
    return Value(kind, "number", Decimal(number), unit, None, None, number + unit, "text", "L5")


def series(kpi_id: str, name: str, *values: Value, goal_id: str = "g1", as_written: str = "") -> Series:
    return Series(
        kpi_id, goal_id, "target_indicator", None, name, None, None, "level", "up", None, None, None,
        as_written or name, "text", "L5", values=values,
    )  # fmt: skip


def statements(*claims: Claim, file: PlanFile | None = None, **rest) -> Statements:
    return Statements(file or plan_file(), claims=claims, **rest)


def population(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Rows of concept, date, persons."""
    return pd.DataFrame(
        [
            {
                "concept": concept, "as_of": date.fromisoformat(day), "residents": "all",
                "population_persons": persons, "status": "final", "source_id": "s", "row": line,
            }
            for line, (concept, day, persons) in enumerate(rows, start=2)
        ]
    )  # fmt: skip


def projections(**editions: dict[int, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "edition": edition, "variant": "standard", "age_kind": "total", "sex": "total", "year": year,
                "population_persons": persons, "source_id": edition,
            }
            for edition, totals in editions.items()
            for year, persons in totals.items()
        ]
    )  # fmt: skip


TOWN = population(
    ("census", "2010-10-01", 11000), ("census", "2015-10-01", 10500), ("census", "2020-10-01", 10000),
    ("register", "2015-01-01", 10900), ("register", "2016-01-01", 10800), ("register", "2020-01-01", 10400),
    ("register", "2021-01-01", 10300), ("register", "2022-01-01", 10200),
)  # fmt: skip
LATER = projections(new={2020: 10000, 2030: 9000, 2040: 8000})
BOTH = projections(new={2020: 10000, 2030: 9000, 2040: 8000}, old={2010: 11000, 2030: 9500, 2040: 8600})
OFFICIAL = Official(TOWN, LATER, (NOW, THEN))


def run(rule_id: str, given: Statements) -> tuple[Check, ...]:
    """Run one rule."""
    return run_rules(given, [RULES[rule_id]])


def one(rule_id: str, given: Statements) -> Check:
    (check,) = run(rule_id, given)
    return check


def scenario(
    reaching: int, readings: int = 4, *, target_id: str = "t1", worlds: bool = True
) -> ScenarioResult:
    world = WorldResult(
        "adoption", "old", 2010, reaching, readings, Decimal(8000), Decimal(9100), False, True, Decimal("0.5")
    )
    return ScenarioResult(target_id, (world,) if worlds else (), None)
