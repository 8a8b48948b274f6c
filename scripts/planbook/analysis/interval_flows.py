"""The register's natural and social change between two days that are not the ends of its own periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd


@dataclass(frozen=True)
class IntervalFlows:
    """What the register booked between two days.

    Parameters
    ----------
    natural, social : persons, unrounded.
    residents : whom its periods counted, in their order: japanese, all.
    source_ids : the tables of its periods.
    """

    natural: Decimal
    social: Decimal
    residents: tuple[str, ...]
    source_ids: tuple[str, ...]


def sum_flows(flows: pd.DataFrame, start: date, end: date) -> IntervalFlows | None:
    """Sum natural and social change from `start` up to, but without, `end`.

    Parameters
    ----------
    flows : from `population.compute_flows`, by period; `residents` may change from one to the next.
    start, end : days.

    Returns
    -------
    None where the periods leave a day out, or a figure of one of them is missing.

    Notes
    -----
    A period that lies only partly inside counts by its days. Where two overlap, the days in common belong to the
    earlier one, so that no day counts twice.
    """
    reached = start
    natural = social = Decimal(0)
    residents: dict[str, None] = {}
    sources: dict[str, None] = {}
    for row in flows.itertuples():
        after = row.period_end + timedelta(days=1)
        if after <= reached or reached >= end:
            continue
        if row.period_start > reached or pd.isna(row.natural_change) or pd.isna(row.social_change):
            return None
        until = min(after, end)
        share = Decimal((until - reached).days) / Decimal((after - row.period_start).days)
        natural += share * row.natural_change
        social += share * row.social_change
        residents[row.residents] = sources[row.source_id] = None
        reached = until
    if reached < end:
        return None
    return IntervalFlows(natural, social, tuple(residents), tuple(sources))
