"""What the lint finds, with what would mend it: by kind for reading, one by one for the department."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planbook.analysis.kpis.lint import CODES, KpiFinding
from planbook.presentation.html import Html, escape, fold
from planbook.presentation.kpis.kpi_figures import document_sources
from planbook.presentation.kpis.kpi_values import goal_label, join, series_name
from planbook.presentation.kpis.kpi_words import NAMED, checklist, count_kpi_findings, share_words
from planbook.presentation.page import Page
from planbook.presentation.places import place_words
from planbook.presentation.replies import history, reply_cell
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.summary.kpis.kpi_facts import PlanKpis
from planbook.vocabulary.catalogue import plain, text

DECIDED_WORDS = {
    "rule": plain("規則による"),
    "person": plain("人の判断による"),
    "rule_or_person": plain("規則による。人の判断があればそれによる"),
}


def finding_list(page: Page, kpis: PlanKpis) -> Html:
    """Return each kind of finding: how many, why it matters, what would mend it; then what a person left open."""
    counts = count_kpi_findings(kpis)
    opening = checklist(page) if kpis.listing != "values" else Html("")
    if not counts:
        nothing = page.say("点検した項目に、指摘はありません。") if kpis.listing == "values" else Html("")
        return opening + nothing + _pending(page, kpis)
    items = [_kind(page, kpis, code, count) for code, count in counts.items()]
    return opening + page.bullets(items) + _pending(page, kpis) + history(page, kpis.answers, _about(kpis))


def _kind(page: Page, kpis: PlanKpis, code: str, count: int) -> Html:
    total = len(kpis.facts) if code == "K08" else len(kpis.counted)
    found = [f for item in kpis.facts for f in item.findings if f.code == code]
    concerned = list(dict.fromkeys(series_name(kpis.of(f.kpi_id).series) for f in found))
    names = text("（{names}）", names=join(concerned)) if count <= NAMED else ""
    return page.words(
        "{word}：{count}{names}。{explanation}{remedy}",
        word=Html(f"<strong>{escape(CODES[code].word)}</strong>"),
        count=share_words(count, total),
        names=names,
        explanation=CODES[code].explanation,
        remedy=Html(
            f'<br><strong class="pb-remedy">{escape(text("直し方"))}</strong> {escape(CODES[code].remedy)}'
        ),
    )


def _pending(page: Page, kpis: PlanKpis) -> Html:
    items = [
        page.words(
            "{name}：「{word}」にあたるか。{reason}",
            name=series_name(item.series),
            word=CODES[finding.code].word,
            reason=str(finding.detail or ""),
        )
        for item in kpis.facts
        for finding in item.pending
    ]
    return page.note("info", page.bullets(items), title=text("判断を保留しているもの")) if items else Html("")


def _about(kpis: PlanKpis):
    names = {one.kpi_id: series_name(one) for one in kpis.series}

    def label(finding: str) -> str:
        code, _, kpi_id = finding.partition("/")
        word = CODES[code].word if code in CODES else code
        return text("「{word}」{name}", word=word, name=names.get(kpi_id, kpi_id))

    return label


def finding_table(kpis: PlanKpis) -> DataTable | None:
    """Return every finding with figures, place, reply and id; None where nothing was found."""
    rows = [_row(kpis, finding) for item in kpis.facts for finding in item.findings]
    if not rows:
        return None
    columns = [
        Column("name", text("指標")),
        Column("goal", text("目標")),
        Column("word", text("指摘")),
        Column("detail", text("この資料では")),
        Column("remedy", text("直し方")),
        Column("place", text("位置")),
        Column("reply", text("所管課の見解")),
        Column("decided", text("決め方")),
        Column("id", text("指摘ID")),
    ]
    filters = {text("目標"): "goal", text("指摘"): "word"}
    return data_table(pd.DataFrame(rows), columns, filters)


def _row(kpis: PlanKpis, finding: KpiFinding) -> dict[str, object]:
    one, code = kpis.of(finding.kpi_id).series, CODES[finding.code]
    person = finding.judgement is not None
    return {
        "name": series_name(one),
        "goal": goal_label(kpis.plan, one.goal_id),
        "word": code.word,
        "detail": str(finding.detail) if finding.detail is not None else code.explanation,
        "remedy": code.remedy,
        "place": place_words(finding.places),
        "reply": reply_cell(kpis.answers[finding.id]),
        "decided": text(DECIDED_WORDS["person"]) if person else text(DECIDED_WORDS["rule"]),
        "id": finding.id,
    }


def finding_figure(page: Page, kpis: PlanKpis) -> Html:
    """Return the findings one by one, folded, with filters by goal and kind and with downloads."""
    table = finding_table(kpis)
    if table is None:
        return Html("")
    figure = page.figure(
        "findings",
        None,
        table,
        caption=text("指標の点検（一つずつ）"),
        alternative="",
        sources=document_sources(kpis.plan, kpis.series),
    )
    summary = text(
        "指摘を一つずつ見る（{kinds}種類、のべ{count}か所。位置、所管課の見解、ダウンロード）",
        kinds=table.frame["word"].nunique(),
        count=len(table.frame),
    )
    return reply_note(page, kpis) + fold(summary, figure)


def reply_note(page: Page, kpis: PlanKpis) -> Html:
    """Say how many findings have a reply; 未回答 only says that this book has none."""
    found = [kpis.answers[f.id] for item in kpis.facts for f in item.findings]
    again = len(found) - sum(count_kpi_findings(kpis).values())
    return page.say(
        "それぞれの指摘に、所管課の見解の欄があります。のべ{total}か所{again}のうち、見解が記録されているのは{n}か所です。"
        "「未回答」は、この本に見解の記録がないことを示すだけです。",
        total=len(found),
        again=text("（上で数えていない、再掲の行の{n}か所を含む）", n=again) if again else "",
        n=sum(answered.state != "unanswered" for answered in found),
    )


def code_rows() -> Sequence[dict[str, object]]:
    """Return every code with its words: what the chapter on methods prints."""
    return [
        {
            "code": code,
            "word": row.word,
            "explanation": row.explanation,
            "remedy": row.remedy,
            "decided": text(DECIDED_WORDS[row.decided_by]),
        }
        for code, row in CODES.items()
    ]
