"""What the chapter on methods says of the recomputation: every rule, from the registry itself."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planbook.analysis.recalculation.rules import RULES
from planbook.load.roots import DataRoot
from planbook.presentation.tables import Column, data_table
from planbook.vocabulary.catalogue import text


def check_rules(_root: DataRoot, _: Any = None) -> str:
    """Return every rule of the recomputation with what it checks and how; the rules name no plan."""
    rows = [
        {"id": rule.id, "title": text(rule.title), "explanation": text(rule.explanation)}
        for rule in RULES.values()
    ]
    columns = [
        Column("id", text("規則")),
        Column("title", text("検算すること")),
        Column("explanation", text("やり方と許容の幅")),
    ]
    return data_table(pd.DataFrame(rows), columns).html(text("検算の規則")).markup
