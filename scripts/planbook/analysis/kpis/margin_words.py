"""What chance may do to a change, in words that carry the figures."""

from __future__ import annotations

from planbook.analysis.kpis.amounts import Amount
from planbook.analysis.kpis.sampling import Margin
from planbook.vocabulary.errors import Message, message


def margin_amount(margin: Margin, unit: str | None) -> Amount:
    """Return the width as it prints: a survey's in ポイント with a digit, that of counts in their unit."""
    if margin.kind == "survey":
        return Amount(margin.width, unit, 1)
    return Amount(margin.width, unit, 0 if margin.width >= 10 else 1)


def word_margin(margin: Margin, unit: str | None) -> Message:
    """Say the margin, and of a survey the change that it finds with 80 % power; `unit` is that of differences."""
    width = margin_amount(margin, unit)
    if margin.detectable is None:
        return message("偶然の幅±{margin}", margin=width)
    return message(
        "標本誤差±{margin}。8割の見込みで見分けられる差は{detectable}から",
        margin=width,
        detectable=Amount(margin.detectable, unit, 1),
    )
