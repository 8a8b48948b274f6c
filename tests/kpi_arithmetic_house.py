"""Series for the tests of the KPI arithmetic, from the words of kpi_cases.yml."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planbook.analysis.kpis.series import Series, Value

PERIOD_END = date(2026, 3, 31)
ARROWS = {"↗": "up", "↘": "down", "→": "keep"}


def value(kind: str, words: object, unit: str | None = "人") -> Value:
    """「300 @ FY2020 years=1 n=1000」 as a value of `kind`."""
    number, when, *more = str(words).replace(" @ ", " ").split()
    extra = dict(part.split("=") for part in more)
    state = ARROWS.get(number, "none" if number == "-" else "number")
    fiscal = int(when.removeprefix("FY")) if when.startswith("FY") else None
    return Value(
        kind=kind,
        state=state,
        value=Decimal(number) if state == "number" else None,
        unit=extra.get("unit", unit) if state == "number" else None,
        fiscal_year=fiscal,
        as_of=None if fiscal is not None or when == "-" else when,
        as_written=number,
        document="text",
        locator="L1",
        years=Decimal(extra["years"]) if "years" in extra else None,
        respondents=Decimal(extra["n"]) if "n" in extra else None,
    )


def series(*values: Value, **fields) -> Series:
    """A series; every column that is not named has an unremarkable content."""
    columns = {
        "kpi_id": "k1", "goal_id": "g1", "role": "kpi", "code": None, "name": "指標", "group": None, "unit": "人",
        "type": "level", "direction": "up", "survey_n": None, "on_track_rule": None, "repeats": None,
        "as_written": "指標", "document": "text", "locator": "L1",
    } | fields  # fmt: skip
    return Series(values=values, **columns)


def triple(base, target, actual, *, dates=("FY2020", "FY2025", "FY2023"), unit="人", **fields) -> Series:
    """A series of baseline, target and actual."""
    kinds = ("baseline", "target", "actual")
    rows = [
        value(kind, f"{number:f} @ {when}" if isinstance(number, Decimal) else f"{number} @ {when}", unit)
        for kind, number, when in zip(kinds, (base, target, actual), dates, strict=True)
    ]
    return series(*rows, unit=unit, **fields)


def from_case(case: dict) -> Series:
    """The series of one case."""
    unit = None if case.get("unit") == "-" else case.get("unit", "人")
    values = []
    for kind in ("baseline", "interim", "target", "actual"):
        words = case.get(kind, [])
        values += [value(kind, one, unit) for one in (words if isinstance(words, list) else [words])]
    names = ("role", "type", "direction")
    fields = {name: case[name] for name in names if name in case}
    tolerance = Decimal(case["tolerance"]) if "tolerance" in case else None
    return series(*values, unit=unit, tolerance=tolerance, **fields)
