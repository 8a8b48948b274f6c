"""The digest: the answer in three sentences, the key figures, and what to read with care."""

from __future__ import annotations

from datetime import date

from planbook.analysis.kpis.listing import Counts, Listing, count_series, describe_listing
from planbook.load.plan import Plan
from planbook.presentation.html import Html, escape
from planbook.presentation.outlook.need_words import need_card, need_sentence
from planbook.presentation.outlook.outlook_words import short_scenario
from planbook.presentation.outlook.stated_words import short_stated
from planbook.presentation.page import Card, Page
from planbook.presentation.population.population_words import (
    coverage_words,
    edition_name,
    hindsight_words,
    pace_at_start_sentence,
    pace_sentence,
    past_sentence,
    target_sentence,
)
from planbook.presentation.recalculation.ledger import in_room, make_entries
from planbook.summary.kpis.plan_series import list_series
from planbook.summary.outlook.gather import Outlook
from planbook.summary.population_facts import PopulationFacts
from planbook.summary.recalculation.gather import gather_checks
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import current_language, text
from planbook.vocabulary.numbers import Number, number


def answer(page: Page, plan: Plan, facts: PopulationFacts, outlook: Outlook) -> list[Html]:
    """Compose the answer: what happened, what the plan aims at, and what that takes or what it lists."""
    return [
        past_sentence(page, plan, facts),
        target_sentence(page, plan, facts),
        need_sentence(page, plan, outlook) or pace_sentence(page, facts) or content_sentence(page, plan),
    ]


def indicator_counts(plan: Plan) -> Counts | None:
    """Count the indicators that the document lists; None when it lists none."""
    return _listed(plan)[1]


def _listed(plan: Plan) -> tuple[Listing, Counts | None]:
    """Tell whether the document lists indicators by name only or with values, and count them."""
    series = list_series(plan)
    return describe_listing(series), count_series(series) if series else None


def content_sentence(page: Page, plan: Plan) -> Html:
    """Say what goals and indicators the document lists."""
    goals = _goal_words(page, plan)
    listing, counts = _listed(plan)
    if counts is None:
        return page.words(
            "この資料には{goals}が載っています。数値目標やKPIの値は、この資料には掲載がありません。",
            goals=goals,
        )
    if listing == "names":
        return page.words(
            "この資料には{goals}と{n}が載っています。指標の値は、この資料には掲載がありません。",
            goals=goals,
            n=indicator_words(page, counts),
        )
    if counts.with_pair == 0:
        return page.words(
            "この資料には{goals}と{n}が載っています。当初値と目標値の両方が数値の指標は、この資料にはありません。{years}",
            goals=goals,
            n=indicator_words(page, counts),
            years=_target_year_words(page, counts),
        )
    return page.words(
        "この資料には{goals}と{n}が載り、そのうち{pairs}に当初値と目標値の両方が数値で示されています。{years}",
        goals=goals,
        n=indicator_words(page, counts),
        pairs=counted(counts.with_pair, "series", text("指標の表")),
        years=_target_year_words(page, counts),
    )


def indicator_words(page: Page, counts: Counts) -> Html:
    """Say how many indicators, and how many series when groups (男性・女性) make more of them."""
    indicators = counted(counts.indicators, "indicators", text("指標の表"))
    if counts.series == counts.indicators:
        return page.words("{n}", n=indicators)
    return page.words(
        "{n}（男女などの区分を分けて{series}）",
        n=indicators,
        series=counted(counts.series, "series", text("指標の表")),
    )


def _target_year_words(page: Page, counts: Counts) -> Html:
    if counts.with_target_year == 0:
        return page.words("この資料では、目標の年度がどの指標にも書かれていません。")
    if counts.with_target_year < counts.series:
        return page.words(
            "この資料に目標の年度が書かれているのは{n}です。",
            n=counted(counts.with_target_year, "series", text("指標の表")),
        )
    return Html("")


def _goal_words(page: Page, plan: Plan) -> Html:
    parts = [
        count_words(page, plan.reference.label("levels", level), count) for level, count in level_counts(plan)
    ]
    return Html(text("、").join(part.markup for part in parts))


def count_words(page: Page, noun: str, count: Number) -> Html:
    """Say a count with its counter: 4つの基本目標, but 17の基本的方向 (つ ends at nine)."""
    if count.value < 10:
        return page.words("{n}つの{noun}", n=count, noun=noun)
    return page.words("{n}の{noun}", n=count, noun=noun)


def counted(rows: int, unit: str, what: str) -> Number:
    """Return a count that says of itself what was counted: it stands in no document as a figure."""
    return number(rows, unit, formula=text("この資料に載っている行を数えた（{what}）", what=what))


def level_counts(plan: Plan) -> list[tuple[str, Number]]:
    """Count the nodes of the goal hierarchy by level, in file order; frames (視点 …) are left out."""
    goals = plan.frame("goals")
    counts = []
    for level in dict.fromkeys(goals["level"]):
        if plan.reference.row("levels", level).role != "frame":
            noun = plan.reference.label("levels", level)
            counts.append((level, counted(int((goals["level"] == level).sum()), "none", noun)))
    return counts


def key_figures(page: Page, plan: Plan, facts: PopulationFacts, outlook: Outlook) -> list[Card]:
    """Choose the figures that a reader looks for first."""
    period = plan.file.period
    cards = [
        Card(
            text("計画期間"),
            text(
                "{start}〜{end}", start=_short(period.start_fiscal_year), end=_short(period.end_fiscal_year)
            ),
            text("資料：{coverage}", coverage=coverage_words(plan.file)),
        )
    ]
    if facts.latest is not None:
        status = text("速報値") if facts.latest.preliminary else text("確定値")
        note = text("国勢調査 {date}（{status}）", date=facts.latest.as_of.isoformat(), status=status)
        cards.append(Card(text("最新の人口"), facts.latest.persons, note))
    for item in facts.targets:
        label = (
            text("目標 {year}年", year=item.target.year) if item.target.year else text("目標（年の記載なし）")
        )
        note: str | Html = ""
        if item.gap is not None:
            note = page.words("推計{projected}との差 {gap}", projected=item.projected, gap=item.gap)
        cards.append(Card(label, item.persons, note))
    if facts.projection and not any(item.gap for item in facts.targets):
        year, persons = facts.projection[-1]
        cards.append(Card(text("推計 {year}年", year=year), persons, edition_name(plan, facts.edition)))
    need = need_card(page, outlook)
    return [*cards, need] if need else cards


def _short(fiscal_year: int) -> str:
    return format_fiscal_year(fiscal_year, short=True)


def document_note(page: Page, plan: Plan) -> Html:
    """Say what the document at hand is and what it leaves out: the sentence that keeps the page fair."""
    note = plan.file.coverage_note
    return page.note(
        "info",
        note.en if current_language() == "en" else note.ja,
        title=text("手元の資料は「{coverage}」です", coverage=coverage_words(plan.file)),
    )


def findings(page: Page, plan: Plan, facts: PopulationFacts, outlook: Outlook) -> list[Html]:
    """List what to read with care: what is not written, and what the figures do not carry."""
    found = [*_expired_findings(page, plan, facts), *_target_findings(page, facts)]
    # What the target takes says more than scenarios do; without a target they are all there is of the future.
    ahead = short_stated(page, plan, outlook) if facts.targets else short_scenario(page, outlook)
    found += [ahead] if ahead is not None else []
    if any(item.target.basis == "unknown" for item in facts.targets):
        found.append(page.words("目標がどの統計の人口で数えられるかは、この資料に書かれていません。"))
    if not facts.targets:
        found.append(page.words("将来人口の目標は、この資料には掲載がありません。"))
    at_start = (pace_at_start_sentence(page, facts), hindsight_words(page, plan, facts))
    found += [words for words in at_start if words is not None]
    found += _indicator_findings(page, plan)
    found += _check_findings(page, plan)
    if facts.latest and facts.latest.preliminary:
        found.append(
            page.words(
                "{year}年の国勢調査人口は速報値で、確定値は変わることがあります。",
                year=facts.latest.as_of.year,
            )
        )
    return [*found, *_disturbed_findings(page, plan)]


def _disturbed_findings(page: Page, plan: Plan) -> list[Html]:
    """Name the disturbed years in one line; their reasons stand on the population page."""
    periods = plan.municipality.file.disturbed_periods
    if not periods:
        return []
    if len(periods) == 1:
        (period,) = periods
        return [
            page.words(
                "{start}〜{end}年の増減はふだんと違います（{reason}）。",
                start=period.start,
                end=period.end,
                reason=_reason(period),
            )
        ]
    years = text("、").join(text("{start}〜{end}年", start=p.start, end=p.end) for p in periods)
    return [
        page.words(
            "{years}の増減はふだんと違います（災害や感染症など。理由は人口のページにあります）。", years=years
        )
    ]


def _expired_findings(page: Page, plan: Plan, facts: PopulationFacts) -> list[Html]:
    """Say that the plan's period is over, measured by the newest census: a page depends on its data, not on the day."""
    end = plan.file.period.end_fiscal_year
    if facts.latest is None or facts.latest.as_of < date(end + 1, 4, 1):
        return []
    return [page.words("この計画の期間は{end}で終わっています。", end=format_fiscal_year(end))]


def _target_findings(page: Page, facts: PopulationFacts) -> list[Html]:
    found = []
    for item in facts.targets:
        if item.target.year is None:
            found.append(
                page.words(
                    "この資料には、人口の目標（{persons}）がいつのものか書かれていません。",
                    persons=item.persons,
                )
            )
        elif facts.latest and item.target.population_persons > facts.latest.persons.value:
            found.append(
                page.words(
                    "{year}年の目標（{persons}）は、{latest_year}年{status}の国勢調査人口（{latest}）より大きい数です。",
                    year=item.target.year,
                    persons=item.persons,
                    latest_year=facts.latest.as_of.year,
                    status=text("（速報）") if facts.latest.preliminary else "",
                    latest=facts.latest.persons,
                )
            )
    return found


def _reason(period) -> str:
    return period.reason_en if current_language() == "en" else period.reason


def _check_findings(page: Page, plan: Plan) -> list[Html]:
    """Name a slip in figures, and count what else the recomputation found; one line that leads to the ledger."""
    opened = in_room(make_entries(plan, gather_checks(plan)), "open")
    if not opened:
        return []
    # The page of the check is one floor above the prefecture's.
    link = Html(f'<a href="../../check.html">{escape(text("計画の検算"))}</a>')
    slip = next((entry for entry in opened if entry.is_slip_in_figures), None)
    if slip is not None:
        words = page.words(
            "{short}など、検算で確かめたいところが{n}か所あります（{link}）。",
            short=slip.short,
            n=len(opened),
            link=link,
        )
    else:
        words = page.words(
            "検算で確かめたいところ（表記や数え方の違いなど）が{n}か所あります（{link}）。",
            n=len(opened),
            link=link,
        )
    return [words]


def _indicator_findings(page: Page, plan: Plan) -> list[Html]:
    listing, counts = _listed(plan)
    if counts is None:
        return [page.words("数値目標とKPIの一覧は、この資料には掲載がありません。")]
    if listing == "names":
        return [page.words("指標は名称だけで、当初値と目標値はこの資料には掲載がありません。")]
    found = []
    if counts.with_pair == 0:
        found.append(page.words("当初値と目標値の両方が数値の指標は、この資料にはありません。"))
    without_year = counts.series - counts.with_target_year
    if without_year:
        found.append(
            page.words(
                "この資料に目標の年度が書かれていない指標が{n}あります。そのままでは進み具合を判定できません。",
                n=counted(without_year, "series", text("指標の表")),
            )
        )
    if counts.direction_only:
        found.append(
            page.words(
                "この資料では、目標が向き（↗ など）だけの指標が{n}あります。",
                n=counted(counts.direction_only, "series", text("指標の表")),
            )
        )
    return found
