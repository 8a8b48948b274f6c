"""The ages of a municipality by year: as the census published them, or brought to it from the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planbook.analysis.projection.base_ages import as_cohorts, bridge_ages, count_ages
from planbook.analysis.projection.cohorts import WIDTH, Cohorts
from planbook.load.municipality import Municipality


@dataclass(frozen=True)
class AgeHistory:
    """Persons by sex and five-year age at census dates, those of unknown age distributed.

    Parameters
    ----------
    census : by year, as published by five-year age.
    bridged : by year, 接続値: register ages scaled to a census of three broad ages.
    register_dates : the register's dates behind each bridged year.
    source_ids : of every year.
    """

    census: Mapping[int, Cohorts]
    bridged: Mapping[int, Cohorts]
    register_dates: Mapping[int, tuple[date, ...]]
    source_ids: Mapping[int, tuple[str, ...]]

    def at(self, year: int) -> Cohorts | None:
        """Return the ages of a year, published ones first."""
        return self.census.get(year) or self.bridged.get(year)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The intervals of five years with published ages at both ends."""
        return tuple((year, year + WIDTH) for year in sorted(self.census) if year + WIDTH in self.census)


def gather_ages(municipality: Municipality) -> AgeHistory:
    """Gather the ages of every census at 1 October of a fifth year."""
    frame = municipality.frame("age_sex")
    census: dict[int, Cohorts] = {}
    bridged: dict[int, Cohorts] = {}
    dates: dict[int, tuple[date, ...]] = {}
    sources: dict[int, tuple[str, ...]] = {}
    if frame is None:
        return AgeHistory(census, bridged, dates, sources)
    of_census = frame[frame["concept"] == "census"]
    register = tuple(dict.fromkeys(frame.loc[frame["concept"] == "register", "source_id"]))
    for day in sorted(set(of_census["as_of"])):
        count = count_ages(frame, "census", day)
        names = tuple(dict.fromkeys(of_census.loc[of_census["as_of"] == day, "source_id"]))
        if not count.broad:
            census[day.year], sources[day.year] = (
                as_cohorts(count.complete, day.year, municipality.code),
                names,
            )
        elif census:
            made = bridge_ages(frame, day, date(max(census), day.month, day.day))
            if made is not None:
                bridged[day.year] = as_cohorts(made[0], day.year, municipality.code)
                last = sources[max(census)]
                dates[day.year] = made[1]
                sources[day.year] = tuple(dict.fromkeys((*names, *last, *register)))
    return AgeHistory(census, bridged, dates, sources)
