"""The records that a plan's statements consist of: claims, goals, rows of indicators, the outcome of its assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planbook.analysis.findings import Place


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """What a row says of its quotation; the fields are columns.

    Parameters
    ----------
    row : line of the table, as Excel counts; None for what comes from elsewhere.
    """

    as_written: str
    document: str
    locator: str
    reading: str | None = None
    cause: str | None = None
    row: int | None = None

    def place_in(self, table: str) -> Place:
        """Return where the row of a table stands."""
        return Place(table, self.row, self.document, self.locator, self.as_written)


@dataclass(frozen=True)
class Claim(Quoted):
    """One row of claims.csv; the fields are its columns."""

    claim_id: str
    kind: str
    subject: str
    value: Decimal | None = None
    unit: str | None = None
    precision: Decimal | None = None
    qualifier: str | None = None
    as_of: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    basis: str | None = None
    edition: str | None = None
    follows_from: tuple[str, ...] | None = None

    @property
    def place(self) -> Place:
        """Where the claim stands."""
        return self.place_in("claims")

    @property
    def step(self) -> Decimal:
        """One unit of the last stated digit: the precision, else what the digits of the value show."""
        if self.precision is not None and self.precision > 0:
            return self.precision
        exponent = self.value.as_tuple().exponent if self.value is not None else 0
        return Decimal(1).scaleb(min(0, exponent))

    @property
    def decimals(self) -> int:
        """Digits behind the point that the stated precision shows."""
        return max(0, -self.step.as_tuple().exponent)


@dataclass(frozen=True)
class GoalLine(Quoted):
    """One row of goals.csv, as far as a recomputation reads it."""

    goal_id: str
    level: str
    title: str

    @property
    def place(self) -> Place:
        """Where the goal stands."""
        return self.place_in("goals")


@dataclass(frozen=True)
class StatedRow(Quoted):
    """A row of kpis.csv or kpi_values.csv as a quotation; what it means is with the series."""

    table: str
    object_id: str

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return self.place_in(self.table)


@dataclass(frozen=True)
class WorldResult:
    """What the stated assumptions give in one world (as at adoption, as of today …), in every reading.

    Parameters
    ----------
    key : ``adoption`` or ``today``.
    edition : of the projection that the rates follow.
    base_year : the census from which it starts.
    reaching, readings : how many readings reach the target, and how many there are.
    low, high : persons in the target's year.
    hindsight : whether its data came out after the plan began.
    verified : whether the edition's rule on migration was checked at its source.
    near_pct : how far below a rounded target still reaches it, in per cent.
    """

    key: str
    edition: str
    base_year: int
    reaching: int
    readings: int
    low: Decimal
    high: Decimal
    hindsight: bool
    verified: bool
    near_pct: Decimal


@dataclass(frozen=True)
class ScenarioResult:
    """The plan's own assumptions, computed.

    Parameters
    ----------
    target_id : the target that the readings were run against; None where none could be run.
    worlds : in the order in which pages show them.
    reason : why nothing was computed, or why nothing as at adoption; None where it was.
    """

    target_id: str | None
    worlds: tuple[WorldResult, ...] = ()
    reason: str | None = None
