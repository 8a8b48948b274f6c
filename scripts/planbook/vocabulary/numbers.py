"""A number that a reader sees: value, unit, precision, date, concept and source together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.provenance import SourceRef
from planbook.vocabulary.rounding import format_number, to_decimal

#: How the field's own units print; any other unit is one that a document wrote, and prints as it is.
UNIT_FORMS = {
    "persons": plain("{value}人"),
    "persons_per_year": plain("年{value}人"),
    "percent": plain("{value}%"),
    "points": plain("{value}ポイント"),
    "years": plain("{value}年"),
    "items": plain("{value}件"),
    "goals": plain("{value}個"),
    "indicators": plain("{value}指標"),
    "series": plain("{value}系列"),
    "readings": plain("{value}通り"),
    "households": plain("{value}世帯"),
    "none": "{value}",
}

#: How the wording around a figure prints: 約, 以上, 未満 ….
QUALIFIER_FORMS = {
    "exact": "{value}",
    "about": plain("約{value}"),
    "at_least": plain("{value}以上"),
    "at_most": plain("{value}以下"),
    "less_than": plain("{value}未満"),
    "more_than": plain("{value}超"),
}


@dataclass(frozen=True)
class Number:
    """A number with everything that its reader may ask for.

    Parameters
    ----------
    value : unrounded.
    unit : a key of `UNIT_FORMS`, or a unit as a document writes it (万円, t-CO2/年).
    decimals : digits shown behind the point.
    sign : show + before a positive value: for changes and gaps.
    qualifier : the source's wording around the figure, a key of `QUALIFIER_FORMS`.
    as_of : what date it stands for, ISO; None where no date belongs to it.
    concept : census, register, projection …; None where it is no population.
    source : where it stands; None for a computed number.
    formula : the computation in figures, for a computed number.
    inputs : the numbers that it was computed from.
    """

    value: Decimal
    unit: str = "persons"
    decimals: int = 0
    sign: bool = False
    qualifier: str = "exact"
    as_of: str | None = None
    concept: str | None = None
    source: SourceRef | None = None
    formula: str | None = None
    inputs: tuple[Number, ...] = ()

    def __str__(self) -> str:
        figure = format_number(self.value, self.decimals, sign=self.sign)
        form = UNIT_FORMS.get(self.unit)
        shown = text(form, value=figure) if form else f"{figure}{self.unit}"
        return text(QUALIFIER_FORMS[self.qualifier], value=shown)

    def bare(self) -> str:
        """Return the figure alone, for a formula or a cell whose heading names the unit."""
        return format_number(self.value, self.decimals, sign=self.sign)


def number(value: object, unit: str = "persons", **rest) -> Number:
    """Make a `Number` from any finite number; NaN and None raise `InputError`, they are no numbers."""
    return Number(to_decimal(value), unit, **rest)


def difference(a: Number, b: Number, *, unit: str | None = None) -> Number:
    """Return a − b with its computation and both sources."""
    decimals = max(a.decimals, b.decimals)
    return Number(
        a.value - b.value,
        unit or a.unit,
        decimals,
        sign=True,
        qualifier=_joint(a, b),
        inputs=(a, b),
        formula=f"{a.bare()} − {_bracketed(b)} ＝ {format_number(a.value - b.value, decimals, sign=True)}",
    )


def change_pct(new: Number, old: Number) -> Number | None:
    """Return (new − old) / old in per cent, or None when old is zero or negative: no percentage exists then."""
    if old.value <= 0:
        return None
    value = (new.value - old.value) / old.value * 100
    shown = format_number(value, 1, sign=True)
    return Number(
        value,
        "percent",
        1,
        sign=True,
        qualifier=_joint(new, old),
        inputs=(new, old),
        formula=f"（{new.bare()} − {_bracketed(old)}）÷ {old.bare()} ＝ {shown}%",
    )


def per_year(a: Number, years: Decimal, reason: str) -> Number:
    """Return the change `a` as persons a year over `years`; `reason` names the span in words."""
    value = a.value / years
    shown_years = format_number(years, 0 if years == years.to_integral_value() else 2)
    return replace(
        a,
        value=value,
        unit="persons_per_year",
        decimals=0,
        sign=True,
        source=None,
        inputs=(a,),
        formula=f"{a.bare()} ÷ {shown_years}（{reason}）＝ {format_number(value, 0, sign=True)}",
    )


def _bracketed(n: Number) -> str:
    return f"（{n.bare()}）" if n.value < 0 else n.bare()


def _joint(a: Number, b: Number) -> str:
    """Call a computation from a rough figure rough; «at least» and the like do not survive a subtraction."""
    return "exact" if a.qualifier == b.qualifier == "exact" else "about"
