"""What a reader should take from the comparison in five minutes: what is common, what differs, what to doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planbook.load.plan import Plan
from planbook.presentation.comparison.comparability import NO, YES, Item, list_items, make_table
from planbook.presentation.comparison.compare_goal_words import (
    lacking_words,
    unconfirmed_words,
    which_plans,
)
from planbook.presentation.comparison.compare_labels import plan_count, plan_labels
from planbook.presentation.comparison.goal_comparability import compare_counts, compare_themes
from planbook.presentation.comparison.overview_views import place_labels, places
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_values import join, run_on
from planbook.presentation.page import Page
from planbook.presentation.recalculation.ledger import Entry, in_room, nature_words
from planbook.presentation.tables import DataTable, plan_attribute
from planbook.summary.goal_structure.plan_goals import ANY_GENERATION, PlanGoals
from planbook.summary.population_facts import PopulationFacts, gather_population
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import plain, text

#: So many quotations stand for what differs in spelling or concept.
MOST_QUOTED = 2


def common_points(page: Page, plans: Sequence[Plan], goals: Sequence[PlanGoals]) -> Html:
    """List what the plans have in common and where they differ; nothing for fewer than two."""
    if len(plans) < 2:
        return Html("")
    makers = (_places, _periods, _themes, _numbering, _targets, _indicators)
    items = [words for make in makers if (words := make(page, plans, goals)) is not None]
    return page.bullets(items)


def _places(page: Page, plans: Sequence[Plan], _goals: Sequence[PlanGoals]) -> Html | None:
    """Say how large the municipalities are, and whether all of them shrank."""
    labels = place_labels(plans)
    held = [(labels[place.code], gather_population(plan)) for plan, place in places(plans)]
    held = [(name, facts) for name, facts in held if facts.latest is not None]
    if len(held) < 2:
        return None
    ordered = sorted(held, key=lambda item: item[1].latest.persons.value)
    (small, low), (large, high) = ordered[0], ordered[-1]
    changed = [facts for _, facts in held if facts.pace is not None]
    down = [facts for facts in changed if facts.pace.value < 0]
    trend = ""
    if changed and len(down) == len(changed) == len(held):
        trend = text("どの市区町村も、前回の国勢調査より減っています。")
    elif changed:
        trend = text(
            "前回の国勢調査と比べられる{total}市区町村のうち、減っているのは{n}市区町村です。",
            total=len(changed),
            n=len(down),
        )
    return page.words(
        "大きさが違います。{census}の人口は、{small}の{low}から{large}の{high}までです。{trend}",
        census=_census_words([facts for _, facts in held]),
        small=small,
        low=low.latest.persons,
        large=large,
        high=high.latest.persons,
        trend=trend,
    )


def _census_words(facts: Sequence[PopulationFacts]) -> str:
    """Name the census where all have the same newest one."""
    years = {one.latest.as_of.year for one in facts}
    if len(years) > 1:
        return text("それぞれの最新の国勢調査")
    if any(one.latest.preliminary for one in facts):
        return text("{year}年国勢調査（速報）", year=years.pop())
    return text("{year}年国勢調査", year=years.pop())


def _periods(page: Page, plans: Sequence[Plan], _goals: Sequence[PlanGoals]) -> Html:
    """Say how long the plans are, and in which years all of them hold."""
    spans = [(p.file.period.start_fiscal_year, p.file.period.end_fiscal_year) for p in plans]
    lengths = sorted({end - start + 1 for start, end in spans})
    first, last = max(start for start, _ in spans), min(end for _, end in spans)
    length = (
        text("計画期間はどれも{n}年間です", n=lengths[0])
        if len(lengths) == 1
        else text("計画期間は{low}年間から{high}年間です", low=lengths[0], high=lengths[-1])
    )
    if first > last:
        common = _most_shared_years(spans)
    elif first == last:
        common = text("どの計画の期間にも入るのは{year}だけです", year=format_fiscal_year(first, short=True))
    else:
        common = text(
            "どの計画の期間にも入るのは{first}から{last}までです",
            first=format_fiscal_year(first, short=True),
            last=format_fiscal_year(last, short=True),
        )
    return page.words("{length}。{common}。", length=length, common=common)


def _most_shared_years(spans: Sequence[tuple[int, int]]) -> str:
    """Say in which years most plans hold where no year is common to all."""
    counts = Counter(year for start, end in spans for year in range(start, end + 1))
    most = max(counts.values())
    if most < 2:
        return text("期間の重なる計画はありません")
    years = {year for year, n in counts.items() if n == most}
    runs = [
        (first, next(last for last in range(first, max(years) + 1) if last + 1 not in years))
        for first in sorted(years)
        if first - 1 not in years
    ]
    return text(
        "すべての計画に共通する年度はなく、最も多い{plans}が重なるのは{years}です",
        plans=plan_count(most),
        years=join([_run_words(first, last) for first, last in runs]),
    )


def _run_words(first: int, last: int) -> str:
    """Name a run of fiscal years by its ends; a single year by itself."""
    if first == last:
        return format_fiscal_year(first, short=True)
    return text(
        "{first}から{last}まで",
        first=format_fiscal_year(first, short=True),
        last=format_fiscal_year(last, short=True),
    )


def _themes(page: Page, plans: Sequence[Plan], goals: Sequence[PlanGoals]) -> Html | None:
    """Say whether all of them serve all national pillars."""
    held = [facts for facts in goals if facts.links and facts.pillars]
    if len(held) < 2:
        return None
    full = [facts for facts in held if set(facts.pillars) <= set(facts.present_themes)]
    if len(full) == len(plans):
        return page.words(
            "どの計画も、国の地方創生の柱のすべてに、あたる目標か施策を掲げています。{reserve}",
            reserve=unconfirmed_words(held),
        )
    lacking = run_on([unconfirmed_words(held), lacking_words(goals)])
    if not full:
        return page.words(
            "国の地方創生の柱のすべてに、あたる目標か施策を掲げている計画はありません。{lacking}",
            lacking=lacking,
        )
    return page.words(
        "国の地方創生の柱のすべてに、あたる目標か施策を掲げているのは{which}です。{lacking}",
        which=which_plans(full, goals),
        lacking=lacking,
    )


def _numbering(page: Page, _plans: Sequence[Plan], goals: Sequence[PlanGoals]) -> Html | None:
    found = [facts for facts in goals if facts.mismatches]
    own = [facts for facts in goals if facts.plan.file.generation == ANY_GENERATION]
    parts = []
    if found:
        parts.append(text("目標の番号が国の柱の順と違う計画（{which}）", which=which_plans(found, goals)))
    if own:
        parts.append(text("国の戦略の区分によらない計画（{which}）", which=which_plans(own, goals)))
    if not parts:
        return None
    return page.words(
        "目標の番号の付け方は違います。{parts}があり、番号どうしでは比べられません。", parts=join(parts)
    )


def _targets(page: Page, plans: Sequence[Plan], _goals: Sequence[PlanGoals]) -> Html:
    years = sorted({t.year for p in plans for t in p.file.outlook.targets if t.year is not None})
    dated = [p for p in plans if any(t.year for t in p.file.outlook.targets)]
    if not dated:
        return page.words("年のある人口の目標は、どの計画の資料にもありません。")
    if len(years) == 1:
        return page.words(
            "年のある人口の目標が載っているのは{n}で、目標の年は{year}年です。",
            n=plan_count(len(dated)),
            year=years[0],
        )
    return page.words(
        "年のある人口の目標が載っているのは{n}で、目標の年は{first}年から{last}年まであります。年の違う目標どうしは比べられないので、それぞれの年の推計と比べます。",
        n=plan_count(len(dated)),
        first=years[0],
        last=years[-1],
    )


def _indicators(page: Page, plans: Sequence[Plan], goals: Sequence[PlanGoals]) -> Html:
    listed = [facts for facts in goals if facts.series]
    valued = [facts for facts in listed if any(one.has_pair for one in facts.series)]
    announced = [facts for facts in goals if facts not in listed and _announces_indicators(facts)]
    elsewhere = (
        text(
            "{which}の資料には、数値目標やKPIを設定すると書かれていますが、一覧がありません。",
            which=which_plans(announced, goals),
        )
        if announced
        else ""
    )
    if not listed:
        return page.words(
            "指標は、どの計画の手元の資料にも掲載がありません。{elsewhere}計画にないとは限りません。",
            elsewhere=elsewhere,
        )
    values = (
        text("そのうち当初値と目標値の数値があるのは{n}です。", n=plan_count(len(valued)))
        if valued
        else text("当初値と目標値の数値があるものはありません。")
    )
    if len(listed) == len(plans):
        return page.words("指標は、どの計画の資料にも載っています。{values}", values=values)
    return page.words(
        "指標が載っているのは{which}です。{values}{elsewhere}ほかの計画に指標がないとは限りません。",
        which=which_plans(listed, goals),
        values=values,
        elsewhere=elsewhere,
    )


def _announces_indicators(facts: PlanGoals) -> bool:
    return any(item.subject == "indicators" for item in facts.plan.file.announced)


def doubts(page: Page, plans: Sequence[Plan], entries: Sequence[Entry]) -> Html:
    """List for each plan what to doubt before quoting it, each leading to the recomputation; a sentence without any."""
    labels = plan_labels(plans)
    items = []
    for plan in plans:
        own = [entry for entry in entries if entry.plan.plan_id == plan.plan_id]
        words = _doubt(page, labels[plan.plan_id], own, draft=plan.file.status == "draft")
        items.append(f"<li{plan_attribute(plan.plan_id)}>{words}</li>")
    if not items:
        return page.say("ならべる計画がありません。")
    return Html(f"<ul>{''.join(items)}</ul>")


def _doubt(page: Page, name: str, own: Sequence[Entry], *, draft: bool) -> Html:
    """Say what to look at in one plan; a draft may have changed before it was adopted."""
    remark = text("案なので、決定した計画で確かめてください。") if draft else ""
    if not own:
        return page.words("{plan}：検算できる記述がありません。{remark}", plan=name, remark=remark)
    opened = in_room(own, "open")
    slips = [entry for entry in opened if entry.is_slip_in_figures]
    others = [entry for entry in opened if entry not in slips]
    unwritten, hindsight = (len(in_room(own, room)) for room in ("unwritten", "hindsight"))
    parts = [_link(entry, entry.short) for entry in slips]
    if others:
        named = [_link(entry, _quoted(entry)) for entry in others[:MOST_QUOTED]]
        what = Html(text("、").join(named))
        counted_others = (
            page.words("{what}の{n}か所", what=what, n=len(others))
            if len(others) <= MOST_QUOTED
            else page.words("{what}など{n}か所", what=what, n=len(others))
        )
        # The slips named before are not among these.
        parts.append((page.words("ほかに{what}", what=counted_others) if slips else counted_others).markup)
    if unwritten:
        parts.append(page.words("この資料に書かれていないため決まらないことが{n}か所", n=unwritten).markup)
    if hindsight:
        parts.append(page.words("策定の後に分かったことが{n}か所", n=hindsight).markup)
    if not parts:
        return page.words(
            "{plan}：検算できたのは{n}か所で、合わないところはありませんでした。{extracted}{remark}",
            plan=name,
            n=len(own),
            extracted=_extracted_words(own),
            remark=remark,
        )
    listed = Html(text("、").join(parts))
    return page.words(
        "{plan}：{parts}。{extracted}{remark}",
        plan=name,
        parts=listed,
        extracted=_extracted_words(own),
        remark=remark,
    )


def _extracted_words(own: Sequence[Entry]) -> str:
    """Say how many places were read otherwise than they stand, because extraction damaged the text."""
    n = len(in_room(own, "extraction"))
    return text("文字の取り出しで崩れた{n}か所は、読み替えています。", n=n) if n else ""


def _quoted(entry: Entry) -> str:
    """Return the quoted string and what kind of difference it is about."""
    return text(
        "「{words}」（{nature}）", words=entry.check.places[0].as_written, nature=nature_words(entry.check)
    )


def _link(entry: Entry, words: str) -> str:
    return f'<a href="check.html#{escape(entry.anchor)}">{escape(words)}</a>'


def table_comparability(plans: Sequence[Plan], goals: Sequence[PlanGoals]) -> DataTable | None:
    """Return one row a thing that readers may want to compare; None with fewer than two plans."""
    if len(plans) < 2:
        return None
    items = list_items(plans)
    return make_table(
        [
            _compare_periods(plans),
            *items[:2],
            compare_themes(goals),
            compare_counts(goals),
            *items[2:],
            _compare_checks(),
        ]
    )


def _compare_periods(plans: Sequence[Plan]) -> Item:
    spans = {(p.file.period.start_fiscal_year, p.file.period.end_fiscal_year) for p in plans}
    reason = (
        text("どの計画の期間も同じ年度である。")
        if len(spans) == 1
        else text("期間はどの資料にも書かれている。始めと終わりの年度は計画により違う。")
    )
    return Item(plain("計画期間"), YES, reason)


def _compare_checks() -> Item:
    reason = text("多く書いてある資料ほど、検算できるところも、確かめたいところも多くなる。")
    return Item(plain("検算で見つかったところの数"), NO, reason)
