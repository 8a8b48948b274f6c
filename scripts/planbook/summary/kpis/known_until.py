"""How far the data of a plan reaches: the day by which a page tells what is past.

The clock is no input of a page: the same data must give the same page. What is past due is told by the newest
day that the data itself speaks of.
"""

from __future__ import annotations

from datetime import date

from planbook.analysis.frames import list_records
from planbook.load.plan import Plan
from planbook.vocabulary.value_dates import days_of_value


def known_until(plan: Plan) -> date | None:
    """Return the newest day that observed figures, documents, reviews or replies are of; None without any."""
    found: list[date] = []
    for table, column in (("population", "as_of"), ("vital", "period_end")):
        found += [row[column] for row in list_records(plan.municipality.frame(table))]
    found += [_day(document.updated) for document in plan.file.documents if document.updated]
    for row in list_records(plan.frame("kpi_values")):
        if row["published"]:
            found.append(_day(row["published"]))
    for row in list_records(plan.frame("evaluations")):
        # A year is reviewed after it has ended.
        found.append(days_of_value(row["fiscal_year"], None)[1])
        found += [_day(row["reply_date"])] if row["reply_date"] else []
    found += [_day(row["date"]) for row in list_records(plan.frame("replies"))]
    return max(found, default=None)


def _day(iso: str) -> date:
    return days_of_value(None, iso)[1]
