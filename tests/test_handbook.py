"""The headings of tables that CONTRIBUTING.md offers for copying are those that the program reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planbook.vocabulary.schemas import PLAN_TABLES

GUIDE = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    ["claims", "evaluations", "replies", "kpi_judgements", "kpi_evidence", "goal_themes", "goal_links"],
)
def test_a_heading_to_copy_has_the_columns_of_its_table(name):
    heading = ",".join(PLAN_TABLES[name].model_fields)
    assert re.search(rf"^\s*(?:{name}\.csv\s+)?{re.escape(heading)}$", GUIDE, re.MULTILINE), heading
