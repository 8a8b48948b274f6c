"""Figures of indicators as readers see them: value with unit and year, planned change in its allowed form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from planbook.analysis.kpis.listing import Series, Value
from planbook.analysis.kpis.planned_change import PlannedChange, compute_planned_change, split_unit
from planbook.load.plan import Plan
from planbook.presentation.html import Html, escape
from planbook.presentation.page import Page
from planbook.vocabulary.calendar_jp import format_fiscal_year, parse_date, parse_year
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.errors import PlanbookError
from planbook.vocabulary.numbers import Number, change_pct, difference
from planbook.vocabulary.rounding import format_number
from planbook.vocabulary.units import in_words, per_in_words

STATE_WORDS = {
    "up": plain("↗（上向き）"),
    "down": plain("↘（下向き）"),
    "keep": plain("→（保つ）"),
    "none": plain("「-」（値なし）"),
    "unknown": plain("「…」（不詳）"),
    "suppressed": plain("「x」（秘匿）"),
}
# Refusals whose reason is a value that is not there: the list of what is missing says so already.
_MISSING = ("no_baseline", "no_target", "direction_only")
# The year stands in brackets behind the figure: 431.5万円 (H30).
_LAST_BRACKET = re.compile(r"[（(]([^（）()]+)[）)]\s*$")


def join(parts: Sequence[str]) -> str:
    """Return an enumeration in the language of the run."""
    return text("、").join(parts)


def run_on(sentences: Sequence[str]) -> str:
    """Return sentences one behind the other, with the space that the language of the run puts between them."""
    kept = [sentence for sentence in sentences if sentence]
    joined = kept[0] if kept else ""
    for sentence in kept[1:]:
        joined = text("{first}{second}", first=joined, second=sentence)
    return joined


def goal_heading(plan: Plan, goal_id: str | None) -> str:
    """Return a goal as a heading: its number and title as the document writes them."""
    if goal_id is None:
        return text("特定の目標に属さない指標")
    row = plan.frame("goals").set_index("goal_id").loc[goal_id]
    return " ".join(part for part in (row["number"], row["title"]) if not pd.isna(part))


def goal_label(plan: Plan, goal_id: str | None) -> str:
    """Return a goal as a short name: its number where it has one, else its title."""
    if goal_id is None:
        return text("どの目標にも属さない")
    row = plan.frame("goals").set_index("goal_id").loc[goal_id]
    return row["title"] if pd.isna(row["number"]) else row["number"]


def series_name(one: Series) -> str:
    """Return an indicator with its group: 65歳健康寿命（男性）."""
    return text("{name}（{group}）", name=one.name, group=one.group) if one.group else one.name


def coded_name(one: Series) -> str:
    """Return an indicator with its number in the document: 2-2 65歳健康寿命（男性）."""
    return " ".join(part for part in (one.code, series_name(one)) if part)


def unit_form(unit: str | None) -> str:
    """Return a unit as `Number` takes it, in the language of the run."""
    bare, yearly = split_unit(unit)
    if bare is None:
        return "none"
    if bare == "%":
        return "percent"
    # A unit follows its figure in both languages, so the words for an empty figure are the unit's own.
    return per_in_words(in_words("", bare), "年" if yearly else None)


def value_number(plan: Plan, one: Series, value: Value) -> Number:
    """Return a value as a `Number` that leads to its line of the document."""
    unit = unit_form(value.unit or one.unit)
    source = plan.value_source(value)
    return Number(value.value, unit, value.decimals, as_of=value.as_of, source=source)


def year_words(value: Value) -> str | None:
    """Return the year of a value as the document writes it, else in words; None where there is none."""
    if not value.is_dated:
        return None
    written = _LAST_BRACKET.search(value.as_written)
    if written and _is_time(written[1]):
        return written[1]
    if value.fiscal_year is not None:
        return format_fiscal_year(value.fiscal_year, short=True)
    return value.as_of


def _is_time(words: str) -> bool:
    """Tell whether words name a year or a date; (男性340) and (10人増) do not."""
    for parse in (parse_year, parse_date):
        try:
            parse(words)
        except PlanbookError:
            continue
        return True
    return False


def stacked_values(page: Page, plan: Plan, one: Series, actual: Value | None) -> Html:
    """Return baseline, target and latest actual, one a line: side by side they would not fit beside the judgement."""
    lines = [
        (text("当初"), value_cell(page, plan, one, one.baseline)),
        (text("目標"), value_cell(page, plan, one, one.target)),
    ]
    if actual is not None:
        lines.append((text("実績"), value_cell(page, plan, one, actual)))
    body = "<br>".join(f"<small>{escape(label)}</small> {value.markup}" for label, value in lines)
    return Html(f'<div class="pb-stack">{body}</div>')


def value_cell(page: Page, plan: Plan, one: Series, value: Value | None) -> Html:
    """Return a value for a table: the figure with its year, leading to its source; or why there is none."""
    if value is None:
        return Html(escape(text("掲載なし")))
    if not value.is_number:
        return Html(escape(text(STATE_WORDS[value.state])))
    year = year_words(value)
    # 1 for done and 0 for not are the table's own; the document has words.
    done = one.type == "yes_no"
    number = Html(escape(value.as_written) if done else page.sources.link(value_number(plan, one, value)))
    if year is None or (done and year in value.as_written):
        return number
    return page.words("{value}（{year}）", value=number, year=year)


@dataclass(frozen=True)
class ShownChange:
    """A planned change ready to be shown.

    Parameters
    ----------
    change : the computed change.
    number : the difference; None where there is none.
    share : the percentage; None where none is allowed.
    kept : the value that is to be kept; None otherwise.
    """

    change: PlannedChange
    number: Number | None = None
    share: Number | None = None
    kept: Number | None = None

    def text(self) -> str:
        """Return the change in words without links: +6.8万円（+1.6%）."""
        if self.kept is not None:
            return text("{value}を保つ", value=self.kept)
        if self.number is None:
            return self._no_number()
        if self.share is None:
            return str(self.number)
        return text("{change}（{share}）", change=self.number, share=self.share)

    def _no_number(self) -> str:
        return text("向きだけ（数値なし）") if self.change.form == "direction" else text("計算不能")

    def html(self, page: Page) -> Html:
        """Return the same words with links to the computation."""
        if self.kept is not None:
            return page.words("{value}を保つ", value=self.kept)
        if self.number is None:
            return Html(escape(self._no_number()))
        if self.share is None:
            return Html(page.sources.link(self.number))
        return page.words("{change}（{share}）", change=self.number, share=self.share)

    def reasons(self) -> str:
        """Return why something is not given and what to know beside it; empty when there is nothing."""
        return run_on([part for part in (self.change.reason, self.change.caution) if part])

    def form_reason(self) -> str:
        """Return why the change has this form; empty where a missing value is the reason, or there is none."""
        return "" if self.change.refusal in _MISSING else self.change.reason or ""


def compared_target(plan: Plan, one: Series, change: PlannedChange) -> Number:
    """Return the target that is held against the baseline: a total of several years as the yearly figure it comes to."""
    target = value_number(plan, one, one.target)
    if change.remark != "converted_to_yearly":
        return target
    years = one.target.years / (one.baseline.years or 1)
    value = target.value / years
    decimals = max(target.decimals, min(1, max(0, -value.normalize().as_tuple().exponent)))
    formula = f"{target.bare()} ÷ {format_number(years)} ＝ {format_number(value, decimals)}"
    return replace(target, value=value, decimals=decimals, source=None, formula=formula, inputs=(target,))


def show_change(plan: Plan, one: Series) -> ShownChange:
    """Return the planned change of a series with its numbers and their computation."""
    change = compute_planned_change(one)
    if change.difference is None:
        return ShownChange(change)
    base, target = value_number(plan, one, one.baseline), compared_target(plan, one, change)
    if change.form in ("maintain", "zero"):
        return ShownChange(change, kept=target)
    number = difference(target, base, unit="points" if change.form == "points" else unit_form(change.unit))
    return ShownChange(change, number, change_pct(target, base) if change.change_pct is not None else None)
