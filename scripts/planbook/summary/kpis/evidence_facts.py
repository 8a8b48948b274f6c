"""Official series beside an indicator: their values, and what the plan's baseline has to do with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from planbook.analysis.frames import list_records
from planbook.analysis.kpis.amounts import Amount, amount_of
from planbook.analysis.kpis.past_range import EvidenceSeries, Point
from planbook.analysis.kpis.series import Series, Value
from planbook.load.evidence_rules import is_linked
from planbook.load.plan import Plan
from planbook.vocabulary.bilingual import Bilingual
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import round_half_up

#: The column of values of each table, and the unit of its values.
_VALUES = {
    "vital": ("persons", "人"),
    "population": ("population_persons", "人"),
    "fertility": ("births_per_woman", None),
}
_CONCEPTS = {
    "register": plain("住民基本台帳"),
    "vital_statistics": plain("人口動態統計"),
    "migration_report": plain("住民基本台帳人口移動報告"),
    "census": plain("国勢調査"),
    "monthly_estimate": plain("推計人口"),
}
_MEASURES = {
    "births": plain("出生数"),
    "deaths": plain("死亡数"),
    "in_migrants": plain("転入者数"),
    "out_migrants": plain("転出者数"),
    "other_change": plain("その他の増減"),
    "tfr_bayes": plain("合計特殊出生率（ベイズ推定値）"),
}


@dataclass(frozen=True)
class EvidenceMatch:
    """What a stated value has to do with the years of an official series.

    Parameters
    ----------
    stated : the value as a sentence prints it.
    equal : the points that print as the stated value does; () where none does.
    """

    evidence: EvidenceSeries
    stated: Amount
    equal: tuple[Point, ...]

    @property
    def words(self) -> Message:
        """Say which years of the series the stated value equals, or that it equals none of them."""
        points = self.evidence.points
        values = {
            "value": self.stated,
            "series": self.evidence.label,
            "first": points[0].words,
            "last": points[-1].words,
        }
        if not self.equal:
            near = min(points, key=lambda point: (abs(point.value - self.stated.value), -point.month))
            return message(
                "当初値の{value}と同じ値は、{series}（{first}〜{last}）にありません。最も近いのは{when}の{near}です",
                when=near.words,
                near=replace(self.stated, value=near.value),
                **values,
            )
        years = self.equal[0].words
        for point in self.equal[1:]:
            years = message("{first}、{then}", first=years, then=point.words)
        return message("当初値の{value}は、{series}の{years}の値と一致します", years=years, **values)


def gather_evidence(plan: Plan) -> Mapping[str, tuple[EvidenceSeries, ...]]:
    """Return the official series that kpi_evidence.csv links, by indicator; {} for a plan without the table."""
    found: dict[str, tuple[EvidenceSeries, ...]] = {}
    for row in list_records(plan.frame("kpi_evidence")):
        points = _points(plan.municipality.frame(row["table"]), row)
        found[row["kpi_id"]] = (*found.get(row["kpi_id"], ()), _series(row, points))
    return found


def match_baseline(one: Series, evidence: EvidenceSeries) -> EvidenceMatch | None:
    """Hold the indicator's baseline against every value of the series; None without a comparable baseline."""
    stated = one.baseline
    if stated is None or not stated.is_number or not evidence.is_comparable(one):
        return None
    return EvidenceMatch(evidence, amount_of(one, stated), find_equal(stated, evidence.points))


def find_equal(stated: Value, points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the points that, rounded to the digits of the document, are the stated value."""
    return tuple(point for point in points if round_half_up(point.value, stated.decimals) == stated.value)


def latest_number(plan: Plan, evidence: EvidenceSeries) -> Number:
    """Return the newest value of the series as a number that leads to its official table."""
    return point_number(plan, evidence, evidence.latest)


def point_number(plan: Plan, evidence: EvidenceSeries, point: Point) -> Number:
    """Return one value of the series as a number that leads to its official table."""
    decimals = max(0, -point.value.as_tuple().exponent)
    return number(
        point.value,
        "none" if evidence.unit is None else "persons",
        decimals=decimals,
        as_of=point.end.isoformat(),
        source=plan.official_source(point.source_id),
    )


def latest_words(plan: Plan, evidence: EvidenceSeries) -> Message:
    """Say the newest value of the series and what it is for."""
    return message(
        "{series}の最も新しい値は、{when}の{value}です",
        series=evidence.label,
        when=evidence.latest.words,
        value=latest_number(plan, evidence),
    )


def _points(frame: pd.DataFrame | None, row: Mapping[str, object]) -> tuple[Point, ...]:
    """Return the values that a link leads to; a period that has all residents is not that of Japanese only."""
    column = _VALUES[row["table"]][0]
    chosen: dict[tuple[object, object], tuple[bool, Point]] = {}
    for record in list_records(frame):
        if not is_linked(record, row):
            continue
        start, end = (record.get(name, record.get("as_of")) for name in ("period_start", "period_end"))
        everyone = record.get("residents") != "japanese"
        if everyone or (start, end) not in chosen:
            value = round_half_up(record[column], 0) if row["table"] == "population" else record[column]
            chosen[start, end] = (everyone, Point(start, end, value, record["source_id"]))
    return tuple(sorted((point for _, point in chosen.values()), key=lambda point: (point.end, point.start)))


def _series(row: Mapping[str, object], points: tuple[Point, ...]) -> EvidenceSeries:
    return EvidenceSeries(
        kpi_id=row["kpi_id"],
        table=row["table"],
        concept=row["concept"],
        measure=row["measure"],
        unit=_VALUES[row["table"]][1],
        label=_label(row),
        relation=Bilingual(row["relation"], row["relation_en"]),
        points=points,
        row=row["row"],
    )


def _label(row: Mapping[str, object]) -> Message:
    if row["table"] == "fertility":
        return Message(_MEASURES[row["measure"]])
    concept = Message(_CONCEPTS[row["concept"]])
    item = Message(_MEASURES[row["measure"]]) if row["table"] == "vital" else message("総人口")
    return message("{concept}の{item}", concept=concept, item=item)
