"""Where the indicators stand: baseline, target, latest actual, progress and the mark with its rule, role by role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planbook.analysis.kpis.lint_codes import CODES
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis import kpi_values as shown
from planbook.presentation.kpis import progress_numbers as numbers
from planbook.presentation.kpis.kpi_words import ROLE_WORDS, state_of, universal_codes
from planbook.presentation.page import Page
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.kpis.kpi_facts import KpiFacts, PlanKpis
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.rounding import NO_VALUE


def standing_tables(page: Page, kpis: PlanKpis) -> Html:
    """Return one table a role (数値目標, KPI, 指標), with filters by goal and state; 参考指標 stand apart."""
    parts = []
    for role, word in ROLE_WORDS.items():
        group = [item for item in kpis.facts if item.series.role == role]
        if group and role != "reference":
            parts.append(_table(page, kpis, group).html(text(word)).markup)
    return Html("".join(parts))


def _table(page: Page, kpis: PlanKpis, group: Sequence[KpiFacts]) -> DataTable:
    skip = universal_codes(kpis)
    rows = [_row(page, kpis, item, skip) for item in group]
    columns = [Column("name", text("指標")), Column("values", text("当初値・目標値・直近の実績"))]
    filters = {text("目標"): "goal"}
    if kpis.with_actual:
        columns += [Column("progress", text("進み具合")), Column("mark", text("判定"))]
        filters[text("状態")] = "state"
    else:
        columns[-1] = Column("values", text("当初値・目標値"))
        columns.append(Column("planned", text("予定する変化")))
    columns.append(Column("notes", text("この資料にないこと・注意")))
    filters[text("指摘")] = "codes"
    return replace(data_table(pd.DataFrame(rows), columns, filters), stacks=True)


def _row(page: Page, kpis: PlanKpis, item: KpiFacts, skip: Sequence[str]) -> dict[str, object]:
    plan, one = kpis.plan, item.series
    # A repeated row counts once, where it stands first: here only that it is a repetition.
    named = [f.code for f in item.findings if f.code not in skip and (one.repeats is None or f.code == "K08")]
    codes = [CODES[code].word for code in named]
    return {
        "name": _name(shown.coded_name(one), shown.goal_label(plan, one.goal_id)),
        "goal": shown.goal_label(plan, one.goal_id),
        "values": shown.stacked_values(page, plan, one, item.progress.actual),
        "planned": shown.show_change(plan, one).html(page),
        "progress": progress_cell(page, kpis, item),
        "mark": mark_cell(kpis, item),
        "state": state_of(kpis, item),
        "codes": codes,
        "notes": _notes(kpis, item, codes),
    }


def _name(name: str, goal: str) -> Html:
    return Html(f'<div class="pb-name">{escape(name)}<br><small>{escape(goal)}</small></div>')


def progress_cell(page: Page, kpis: PlanKpis, item: KpiFacts) -> Html | str:
    """Return progress against time, or the pair of changes, or the verdict: what the form allows."""
    progress = item.progress
    if progress.actual is None:
        return NO_VALUE
    if progress.verdict is not None:
        return _verdict_words(page, kpis, item)
    if progress.form == "direction_only":
        change = numbers.change_number(kpis.plan, item)
        return page.words("当初値から{change}", change=change) if change is not None else NO_VALUE
    share, elapsed = numbers.progress_number(kpis.plan, item), numbers.elapsed_number(item)
    if share is None:
        return _pair_words(page, kpis, item)
    lines = [page.words("進捗率{share}", share=share)]
    if elapsed is not None:
        lines.append(page.words("経過率{elapsed}", elapsed=elapsed))
    return Html("<br>".join(line.markup for line in lines))


def _verdict_words(page: Page, kpis: PlanKpis, item: KpiFacts) -> Html | str:
    progress = item.progress
    change = None if progress.form == "yes_no" else numbers.change_number(kpis.plan, item)
    if change is None:
        return progress.verdict_words
    return page.words("{verdict}（当初値から{change}）", verdict=progress.verdict_words, change=change)


def _pair_words(page: Page, kpis: PlanKpis, item: KpiFacts) -> Html | str:
    change, planned = numbers.change_number(kpis.plan, item), numbers.planned_number(kpis.plan, item)
    if change is not None and planned is not None:
        return page.words("実績の変化{change}、計画の変化{planned}", change=change, planned=planned)
    gap = numbers.gap_number(kpis.plan, item)
    if gap is not None:
        return page.words("目標値との差{gap}", gap=gap)
    return item.progress.reason("progress_pct") or NO_VALUE


def mark_cell(kpis: PlanKpis, item: KpiFacts) -> Html:
    """Return the state with the rule that gave it: rules disagree, so no mark stands alone."""
    markup = escape(state_of(kpis, item))
    if item.judgement.kind == "class":
        small = [item.judgement.rule_name, *([item.progress.reading] if item.progress.reading else [])]
        markup += f"<br><small>{escape(text('、').join(small))}</small>"
    return Html(markup)


def _notes(kpis: PlanKpis, item: KpiFacts, codes: Sequence[str]) -> Html:
    words = [escape(shown.join(codes))] if codes else []
    margin = item.progress.margin_words
    if item.progress.actual is None:
        small = [shown.show_change(kpis.plan, item.series).form_reason()]
    else:
        # A verdict says by itself why there is no percentage.
        held_back = None if item.progress.verdict is not None else item.progress.reason("progress_pct")
        reasons = [item.judgement.reason_sentence, item.judgement.note_sentence, held_back]
        small = [*reasons, *item.progress.remark_sentences]
    small = list(
        dict.fromkeys(
            [*filter(None, small), *([text("{sentence}。", sentence=str(margin))] if margin else [])]
        )
    )
    words += [f"<small>{escape(shown.run_on(small))}</small>"] if small else []
    return Html(f'<div class="pb-remarks">{"<br>".join(words) or NO_VALUE}</div>')


def skipped_note(page: Page, kpis: PlanKpis) -> Html:
    """Say which codes every indicator has: they are left out of the rows."""
    skip = universal_codes(kpis)
    if not skip:
        return Html("")
    words = shown.join([text("「{word}」", word=CODES[code].word) for code in skip])
    return page.say("{gaps}は、どの指標にもあてはまるため、表の右端の列では省いています。", gaps=words)


def how_to_read(page: Page, kpis: PlanKpis) -> Html:
    """Say how to read the tables: forms of change, marks and their rule."""
    said = page.say(
        "当初値と目標値は資料のとおりで、数値から出典の行へ移れます。変化は、その指標で意味を持つ形だけで示します。"
        "割合どうしの差は「ポイント」、当初値が0以下のものは差だけ、同じ値なら「保つ」です。"
    )
    if not kpis.with_actual:
        return said + page.say(
            "実績がこの本のデータにまだないので、順調かどうかは、まだ判定できません。順調でないという意味ではありません。"
        )
    link = Html(f'<a href="../../methods.html#methods-on-track">{escape(text("方法"))}</a>')
    return said + page.say(
        "判定は、印の下に書いた基準によります。基準が違えば印も変わるので、下に、ほかの基準での印も並べます。基準の中身は{link}にあります。",
        link=link,
    )


def pace_table(page: Page, kpis: PlanKpis) -> DataTable:
    """Return gap, paces and projection of the indicators with an actual."""
    plan, rows = kpis.plan, []
    for item in kpis.with_actual:
        cells = {
            "gap": numbers.gap_number(plan, item),
            "required": numbers.pace_number(plan, item, "required"),
            "observed": numbers.pace_number(plan, item, "observed"),
            "projection": numbers.projection_number(plan, item),
        }
        links = {name: Html(page.sources.link(n) if n is not None else NO_VALUE) for name, n in cells.items()}
        rows.append({"name": shown.coded_name(item.series), **links})
    columns = [
        Column("name", text("指標")),
        Column("gap", text("目標までの残り"), 0),
        Column("required", text("必要な歩み（1年あたり）"), 0),
        Column("observed", text("これまでの歩み（1年あたり）"), 0),
        Column("projection", text("このまま進んだ場合"), 0),
    ]
    return replace(data_table(pd.DataFrame(rows), columns), stacks=True)


def rule_table(kpis: PlanKpis) -> DataTable:
    """Return the mark of every indicator with an actual under every rule: they disagree on the same figures."""
    items = kpis.with_actual
    rows = [
        {
            "name": shown.coded_name(item.series),
            **{rule: judged.mark or NO_VALUE for rule, judged in item.under_all.items()},
        }
        for item in items
    ]
    columns = [Column("name", text("指標"))]
    columns += [Column(rule, judged.rule_name) for rule, judged in items[0].under_all.items()]
    return replace(data_table(pd.DataFrame(rows), columns), stacks=True)
