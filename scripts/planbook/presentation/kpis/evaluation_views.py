"""The yearly review (効果検証): who holds it by the plan's own words, what it found, and what was replied."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planbook.analysis.kpis.evaluations import Evaluation
from planbook.load.plan import Plan
from planbook.presentation.document_words import quote
from planbook.presentation.html import Html, escape
from planbook.presentation.kpis.kpi_values import goal_heading, series_name
from planbook.presentation.page import Page
from planbook.presentation.replies import REPLY_WORDS
from planbook.presentation.sources import locator_words
from planbook.presentation.tables import Column, data_table
from planbook.summary.kpis.kpi_facts import PlanKpis
from planbook.vocabulary.calendar_jp import format_fiscal_year
from planbook.vocabulary.catalogue import plain, text

#: The subject that claims.csv gives to statements on how results are reviewed and published.
REVIEW = "review-announced"
BODY_WORDS = {"internal": plain("庁内"), "external": plain("外部")}


def review_rules(page: Page, plan: Plan) -> Html:
    """Return what the documents say of how the plan is reviewed: bodies, rhythm, publication."""
    items = [_body_item(page, plan, body) for body in plan.file.reviewers]
    items += [
        page.words(
            "{quote}（{place}）",
            quote=quote(row.as_written),
            place=locator_words(plan.document_source(row)),
        )
        for row in _announced(plan)
    ]
    if not items:
        return page.say("効果検証のしかた（だれが、いつ、どう公表するか）は、この資料には掲載がありません。")
    return page.say("効果検証について、資料は次のように書いています。") + page.bullets(items)


def _announced(plan: Plan) -> list:
    claims = plan.frame("claims")
    return [] if claims is None else list(claims[claims["subject"] == REVIEW].itertuples())


def _body_item(page: Page, plan: Plan, body) -> Html:
    facts = [text(BODY_WORDS[body.kind])]
    if body.yearly:
        facts.append(text("毎年"))
    if body.publishes:
        facts.append(text("結果を公表"))
    if body.scope:
        facts.append(text("対象は「{scope}」", scope=body.scope))
    return page.words(
        "{name}（{facts}。{place}）",
        name=Html(f"<strong>{escape(body.name)}</strong>"),
        facts=text("、").join(facts),
        place=locator_words(plan.document_source(body)),
    )


def evaluation_table(page: Page, kpis: PlanKpis) -> Html:
    """Return every evaluation with its words and the department's reply; a sentence where there is none."""
    plan, rows = kpis.plan, kpis.evaluations
    if not rows:
        return page.note(
            "missing",
            text(
                "効果検証の結果は、この本のデータにまだありません。公表された結果を加えると、ここに評価の語、所見、所管課の見解が並びます。"
            ),
            title=text("効果検証の結果"),
        )
    names = {one.kpi_id: series_name(one) for one in kpis.series}
    frame = pd.DataFrame([_row(plan, row, names) for row in rows])
    columns = [
        Column("object", text("対象")),
        Column("year", text("対象年度")),
        Column("body", text("評価した組織")),
        Column("label", text("評価の語")),
        Column("next", text("今後の方針")),
        Column("words", text("所見")),
        Column("reply", text("所管課の見解")),
        Column("place", text("位置")),
    ]
    return page.figure(
        "evaluations",
        None,
        replace(
            data_table(frame, columns, {columns[1].title: "year", columns[2].title: "body"}), stacks=True
        ),
        caption=text("効果検証の評価と、所管課の見解"),
        alternative="",
        sources=tuple({row.document: plan.document_source(row) for row in rows}.values()),
    )


def _row(plan: Plan, row: Evaluation, names: dict[str, str]) -> dict[str, object]:
    return {
        "object": _object(plan, row, names),
        "year": format_fiscal_year(row.fiscal_year),
        "body": row.body,
        "label": row.label or text("語の掲載なし"),
        "next": row.next_step,
        "words": row.words,
        "reply": _reply(row),
        "place": locator_words(plan.document_source(row)),
    }


def _object(plan: Plan, row: Evaluation, names: dict[str, str]) -> str:
    if row.object_kind == "plan":
        return text("計画全体")
    return goal_heading(plan, row.object_id) if row.object_kind == "goal" else names[row.object_id]


def _reply(row: Evaluation) -> str:
    state = text(REPLY_WORDS[row.reply_state])
    if not row.reply:
        return state
    when = text("（{date}）", date=row.reply_date) if row.reply_date else ""
    return text("{state}{when}：{words}", state=state, when=when, words=row.reply)
