"""Rules on when a figure is published: K16a, never within the plan; K16b, too late for the last review.

Both hold for a name alone, since they follow from the statistic behind it. That statistic is the project's
reading (column `statistic` of kpis.csv), so the sentences say 「…による場合」. A finding needs a date that is
late even with the short lag; what is only perhaps late is not flagged. K16a is the stronger one: where nothing
of the plan is published within it, K16b is not said too.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.analysis.kpis.calendar import ReleaseCalendar, compute_calendar, month_words
from planbook.analysis.kpis.lint_rules_base import Hit, LintContext, series_place
from planbook.analysis.kpis.series import Series
from planbook.vocabulary.bilingual import Bilingual
from planbook.vocabulary.errors import Message, message


def find_calendar(one: Series, context: LintContext) -> ReleaseCalendar | None:
    """Return the calendar of the statistic behind an indicator; None where no statistic is known."""
    if one.statistic is None:
        return None
    return compute_calendar(context.statistics[one.statistic], context.years)


def check_any_value(one: Series, _: Sequence[Series], context: LintContext) -> Hit | None:
    """K16a: no value of the plan's years is published before the plan ends."""
    calendar = find_calendar(one, context)
    if calendar is None or calendar.any_in_period != "no":
        return None
    return Hit(_under(calendar, _never_words(calendar)), (series_place(one),))


def check_last_value(one: Series, _: Sequence[Series], context: LintContext) -> Hit | None:
    """K16b: the last year's value is not published in time for the last review, though earlier ones are."""
    calendar = find_calendar(one, context)
    if calendar is None or calendar.any_in_period == "no" or calendar.last_in_review != "no":
        return None
    return Hit(_under(calendar, _late_words(calendar)), (series_place(one),))


def _never_words(calendar: ReleaseCalendar) -> Message:
    first = calendar.first
    if first is None:
        return message("計画期間に属する値がありません")
    if first.earliest is None:
        return message(
            "計画期間に属する最初の値は{reference}の値で、期間が終わるまでにまとまりません",
            reference=first.words,
        )
    return message(
        "計画期間に属する最初の値（{reference}）の公表は、早くても{month}で、期間が終わった後になります",
        reference=first.words,
        month=month_words(first.earliest),
    )


def _late_words(calendar: ReleaseCalendar) -> Message:
    last = calendar.last
    if last is None:
        return message(
            "最終年度の値がありません。計画期間に属する最後の値は{reference}の値です",
            reference=calendar.releases[-1].words,
        )
    return message(
        "最終年度の値（{reference}）の公表は、早くても{month}で、最後の検証が行われる{year}年度の終わりに間に合いません",
        reference=last.words,
        month=month_words(last.earliest or last.end),
        year=calendar.years.last + 1,
    )


def _under(calendar: ReleaseCalendar, words: Message) -> Message:
    row = calendar.statistic
    name = Bilingual(row.name_ja, row.name_en)
    if row.verified or row.lag_months_min is None:
        return message("「{statistic}」による場合、{words}", statistic=name, words=words)
    return message("「{statistic}」による場合、{words}（公表の時期は要確認）", statistic=name, words=words)
