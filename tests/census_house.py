"""Wide census files for tests: the same number of persons in every cell unless a test says otherwise."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

AGES = (*(f"{age}-{age + 4}" for age in range(0, 90, 5)), "90+")
HEADER = ("code", "municipality", "year", "sex", "total", *AGES, "age_unknown")

Rows = list[dict[str, object]]


def census_rows(cells: Mapping[tuple[str, int], int], unknown: int = 0) -> Rows:
    """Rows of a file: (code, year) → persons in each age and sex."""
    rows = []
    for (code, year), persons in cells.items():
        for sex, times in (("total", 2), ("female", 1), ("male", 1)):
            counts = dict.fromkeys(AGES, persons * times) | {"age_unknown": unknown * times}
            rows.append(
                {
                    "code": code,
                    "municipality": "架空",
                    "year": year,
                    "sex": sex,
                    "total": sum(counts.values()),
                    **counts,
                }
            )
    return rows


def write_rows(path: Path, rows: Rows, header=HEADER) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(header), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
