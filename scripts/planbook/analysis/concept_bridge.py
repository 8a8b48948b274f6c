"""From the register to the census: the ratio of the two on census day, and what it makes of later dates.

The census counts who lives somewhere, the register who is registered there. On 1 October of a census year
the register, taken linear between its own dates, has a ratio to the census; the ratio drifts. A later register
figure divided by the newest ratio is a bridged value 「接続値」 with an interval: a series of its own, which is
never joined to the census or to the register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from planbook.analysis.population import select_concept

#: The least half-width of a bridged value, in per cent: METHODS 1.11.
LEAST_HALF_WIDTH_PCT = Decimal("0.5")
#: Days between two register dates over which a straight line is drawn: the register is yearly, and moved once
#: from 31 March to 1 January. A longer hole is one.
LONGEST_GAP_DAYS = 400


@dataclass(frozen=True)
class ConceptRatio:
    """Register and census on the same day.

    Parameters
    ----------
    as_of : the day of the census.
    census_persons : counted.
    register_persons : the register on that day, linear between `before` and `after`; unrounded.
    before, after : the register's dates around the census, both the census day where they agree.
    preliminary : the census figure is a 速報値.
    """

    as_of: date
    census_persons: Decimal
    register_persons: Decimal
    before: date
    after: date
    preliminary: bool = False

    @property
    def ratio(self) -> Decimal:
        """Register ÷ census."""
        return self.register_persons / self.census_persons


@dataclass(frozen=True)
class Bridge:
    """What turns a register figure into a bridged value.

    Parameters
    ----------
    latest : the ratio at the newest final census that has one.
    earlier : the one before it; None where there is but one, and then the drift is not known.
    since : the newest final census; only register dates after it are bridged.
    """

    latest: ConceptRatio
    earlier: ConceptRatio | None
    since: date

    @property
    def drift_pct(self) -> Decimal | None:
        """How far the ratio moved between the last two censuses, in per cent of the earlier one."""
        return abs(self.latest.ratio / self.earlier.ratio - 1) * 100 if self.earlier else None

    @property
    def half_width_pct(self) -> Decimal:
        """The half-width of the interval: the drift, and never less than `LEAST_HALF_WIDTH_PCT`."""
        return max(LEAST_HALF_WIDTH_PCT, self.drift_pct or Decimal(0))


def select_register(population: pd.DataFrame | None) -> pd.DataFrame:
    """Return the register's totals of all residents by date; those of Japanese nationals only are left out."""
    register = select_concept(population, "register")
    return register if register.empty else register[register["residents"] == "all"].reset_index(drop=True)


def interpolate_register(register: pd.DataFrame, day: date) -> tuple[Decimal, date, date] | None:
    """Return the register on `day`, linear between its dates, and the two dates; None where `day` is not between.

    Parameters
    ----------
    register : one way of counting (`select_register`), by date.
    day : the day wanted; nothing is carried beyond the first or the last date, nor over a hole.
    """
    dates = list(register["as_of"])
    persons = [Decimal(int(value)) for value in register["population_persons"]]
    if day in dates:
        return persons[dates.index(day)], day, day
    for at, (before, after) in enumerate(pairwise(dates)):
        if before < day < after and (after - before).days <= LONGEST_GAP_DAYS:
            share = Decimal((day - before).days) / Decimal((after - before).days)
            return persons[at] + (persons[at + 1] - persons[at]) * share, before, after
    return None


def compute_ratios(population: pd.DataFrame | None) -> tuple[ConceptRatio, ...]:
    """Compute register ÷ census at every census that the register of all residents surrounds, oldest first."""
    register = select_register(population)
    ratios = []
    for row in select_concept(population, "census").itertuples():
        found = interpolate_register(register, row.as_of)
        # A ratio of nothing, or to nothing, divides no figure.
        if found and found[0] > 0 and row.population_persons > 0:
            census = Decimal(int(row.population_persons))
            ratios.append(ConceptRatio(row.as_of, census, *found, row.status == "preliminary"))
    return tuple(ratios)


def find_bridge(population: pd.DataFrame | None) -> Bridge | None:
    """Find the newest ratio at a final census; None where no final census has one."""
    final = [ratio for ratio in compute_ratios(population) if not ratio.preliminary]
    if not final:
        return None
    census = select_concept(population, "census")
    since = max(census.loc[census["status"] != "preliminary", "as_of"])
    return Bridge(final[-1], final[-2] if len(final) > 1 else None, since)


def bridge_register(population: pd.DataFrame | None) -> pd.DataFrame:
    """Bridge every register figure after the newest final census.

    Parameters
    ----------
    population : table population.csv.

    Returns
    -------
    columns as_of, register_persons, bridged_persons, low_persons, high_persons, source_id; persons, unrounded,
    on the census's basis at the register's own date. Empty without a ratio or without later dates.
    """
    columns = [
        "as_of",
        "register_persons",
        "bridged_persons",
        "low_persons",
        "high_persons",
        "source_id",
    ]
    bridge = find_bridge(population)
    if bridge is None:
        return pd.DataFrame(columns=columns)
    width = bridge.half_width_pct / 100
    rows = []
    for row in select_register(population).itertuples():
        if row.as_of > bridge.since:
            persons = Decimal(int(row.population_persons))
            bridged = persons / bridge.latest.ratio
            rows.append(
                (row.as_of, persons, bridged, bridged * (1 - width), bridged * (1 + width), row.source_id)
            )
    return pd.DataFrame(rows, columns=columns)
