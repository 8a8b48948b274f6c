"""The codes under which a check names its findings: replies.csv answers to K05/k6-3-1 and R05/decline-years.

The checks themselves are `planbook.analysis.kpis.lint_codes.CODES` and the rules that
`planbook.analysis.recalculation.rules` registers; a test holds these lists against them.
"""

from __future__ import annotations

#: The lint of indicators.
KPI_CODES = tuple(
    code for n in range(1, 22) for code in (("K16a", "K16b") if n == 16 else (f"K{n:02d}",))
)  # fmt: skip
#: The recomputation. A number is never given again: R31 is a rule of loading now, see load/claim_rules.py.
RULE_IDS = tuple(f"R{n:02d}" for n in range(1, 36) if n != 31)
