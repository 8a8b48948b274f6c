"""What a plan states, and the official figures it is held against: the input of every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from planbook.analysis.findings import Place
from planbook.analysis.frames import list_records
from planbook.analysis.kpis.series import Series
from planbook.analysis.recalculation.official import NOTHING_OFFICIAL, Official
from planbook.analysis.recalculation.stated import Claim, GoalLine, ScenarioResult, StatedRow
from planbook.vocabulary.errors import InputError
from planbook.vocabulary.locators import parse_locator
from planbook.vocabulary.schemas.plan_file import PlanFile, Stated


@dataclass(frozen=True)
class Statements:
    """Everything that the rules read of one plan.

    Parameters
    ----------
    file : plan.yml: period, outlook, editions, related plans, documents.
    claims, goals : in file order.
    series : the indicators with their values (`planbook.analysis.kpis.series.read_series`).
    rows : the same rows as quotations (`read_rows`).
    official : census, register and projections of the municipality, and the editions.
    scenario : the outcome of the stated assumptions; None where nobody computed it.
    """

    file: PlanFile
    claims: tuple[Claim, ...] = ()
    goals: tuple[GoalLine, ...] = ()
    series: tuple[Series, ...] = ()
    rows: tuple[StatedRow, ...] = ()
    official: Official = field(default=NOTHING_OFFICIAL)
    scenario: ScenarioResult | None = None

    def of_kind(self, *kinds: str) -> tuple[Claim, ...]:
        """Return the claims of these kinds, in file order."""
        return tuple(claim for claim in self.claims if claim.kind in kinds)

    def claim(self, claim_id: str) -> Claim | None:
        """Return a claim by id; None where there is none."""
        return next((claim for claim in self.claims if claim.claim_id == claim_id), None)

    def parts(self, claim: Claim) -> list[Claim]:
        """Return the claims that `claim` is said to follow from; those that are not there are left out."""
        return [part for name in claim.follows_from or () if (part := self.claim(name)) is not None]

    def by_subject(self, *kinds: str) -> dict[str, list[Claim]]:
        """Return the claims of these kinds by what they are about, in file order."""
        groups: dict[str, list[Claim]] = {}
        for claim in self.of_kind(*kinds):
            groups.setdefault(claim.subject, []).append(claim)
        return groups

    def stated_parts(self) -> Iterator[tuple[str, Stated]]:
        """Walk over what plan.yml quotes, each with an object id: the id of a target or an assumption, or its key."""
        yield "period", self.file.period
        for name, parts in (
            ("edition", self.file.editions),
            ("related", self.file.related),
            ("reviewer", self.file.reviewers),
            ("target", self.file.outlook.targets),
            ("assumption", self.file.outlook.assumptions),
        ):
            for index, part in enumerate(parts, start=1):
                yield getattr(part, "id", None) or f"{name}-{index}", part


def plan_place(stated: Stated) -> Place:
    """Return where a part of plan.yml stands in the document."""
    return Place("plan", None, stated.document, stated.locator, stated.as_written)


def read_claims(claims: pd.DataFrame | None) -> tuple[Claim, ...]:
    """Return the claims of claims.csv; () for a plan without it."""
    return tuple(_rows(claims, Claim))


def read_goals(goals: pd.DataFrame | None) -> tuple[GoalLine, ...]:
    """Return the goals of goals.csv."""
    return tuple(_rows(goals, GoalLine))


def read_rows(kpis: pd.DataFrame | None, values: pd.DataFrame | None) -> tuple[StatedRow, ...]:
    """Return the rows of kpis.csv and kpi_values.csv that quote a document."""
    out = []
    for table, frame in (("kpis", kpis), ("kpi_values", values)):
        for record in list_records(frame):
            if record["document"] is None:  # an actual that was taken from an official table
                continue
            name = record["kpi_id"] if table == "kpis" else f"{record['kpi_id']}.{record['kind']}"
            fields = {key: record[key] for key in _QUOTED if key in record}
            out.append(StatedRow(table, name, **fields))
    return tuple(out)


_QUOTED = ("as_written", "document", "locator", "reading", "cause", "row")


def _rows(frame: pd.DataFrame | None, model: type) -> Iterator:
    names = model.__dataclass_fields__
    for record in list_records(frame):
        yield model(**{name: record[name] for name in names if name in record})


def place_in_order(statements: Statements) -> Callable[[Sequence[Place]], tuple[int, int]]:
    """Return the sort key of places: document by document, top down; what stands in no document comes last."""
    documents = [document.id for document in statements.file.documents]

    def key(places: Sequence[Place]) -> tuple[int, int]:
        first = next((place for place in places if place.document), None)
        if first is None or first.document not in documents:
            return len(documents), 0
        return documents.index(first.document), line_of(first.locator)

    return key


def line_of(locator: str | None) -> int:
    """Return the first line or page of a locator; 0 where it has none."""
    try:
        return parse_locator(locator).first or 0 if locator else 0
    except InputError:
        return 0
