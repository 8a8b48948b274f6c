"""The page that recomputes the plans: rooms, ledger, replies, sentences and the download."""

from __future__ import annotations

import csv
import io

import pytest

from planbook.load.plan import load_plan
from planbook.presentation import digest_words
from planbook.presentation.page import open_comparison, open_page
from planbook.presentation.recalculation import check_words
from planbook.presentation.recalculation.ledger import in_room, ledger_table, room_of, show_ledger
from planbook.summary.outlook.gather import gather_outlook
from planbook.summary.population_facts import gather_population
from planbook.vocabulary.schemas import PLAN_TABLES

NIHONMATSU, POSTER = "07210-strategy-2", "03213-comprehensive-2"


@pytest.fixture(scope="module")
def plans(real_data):
    return [load_plan(real_data, plan_id) for plan_id in real_data.plan_ids()]


@pytest.fixture(scope="module")
def entries(plans):
    return check_words.gather_entries(plans)


@pytest.fixture
def page(plans):
    return open_comparison(plans[0].reference, "check")


def said(html):
    return html.plain().replace(" ", "")


def by_id(entries, plan_id):
    return {entry.check.id: entry for entry in entries if entry.plan.plan_id == plan_id}


def test_every_entry_has_one_room(entries):
    rooms = ("extraction", "hindsight", "agreed", "open", "unwritten")
    assert sum(len(in_room(entries, room)) for room in rooms) == len(entries)
    with pytest.raises(ValueError, match="allowed: extraction"):
        in_room(entries, "closed")


@pytest.mark.parametrize(
    ("plan_id", "check", "room"),
    [
        (NIHONMATSU, "R01/decline-pct", "agreed"),
        (NIHONMATSU, "R05/decline-years", "open"),
        (NIHONMATSU, "R29/decline-pct", "open"),
        (NIHONMATSU, "R30/pop-2040", "hindsight"),
        (POSTER, "R19/dream", "extraction"),
        ("03213-strategy-1", "R34/target-2045", "unwritten"),
        ("07202-strategy-3", "R32/decline-pct-2050", "agreed"),
        ("11233-strategy-2", "R13/goal3-title-2", "open"),
    ],
)
def test_what_belongs_where(entries, plan_id, check, room):
    assert room_of(by_id(entries, plan_id)[check]) == room


def test_the_one_slip_in_figures_is_named_first(page, entries):
    words = said(check_words.answer(page, entries))
    assert "うち数の誤記とみられるのは1か所です" in words
    assert "「10年間」（検算：2005年12月1日から2020年12月1日まで＝15年）" in words
    assert in_room(entries, "open")[0].check.id == "R05/decline-years"
    assert "計画の誤りではない" in words


def test_an_entry_shows_claim_recomputation_reading_place_reply_and_id(page, entries):
    words = said(show_ledger(page, [by_id(entries, NIHONMATSU)["R01/decline-pct"]]))
    for part in (
        "一致",
        "13.3%減少",
        "（54,676−63,095）÷63,095＝−13.34%",
        "12行目",
        "claims.csvの",
        "未回答",
        "R01/decline-pct",
    ):
        assert part in words


def test_damage_of_extraction_is_called_that_and_no_slip(page, entries):
    words = said(show_ledger(page, [by_id(entries, POSTER)["R19/dream"]]))
    assert "原因：抽出" in words
    assert "計画の誤りではありません" in words
    assert "誤記とみられる" not in words


def test_counts_stand_beside_the_kind_of_document(plans, entries):
    rows = {record["計画"]: record for record in check_words.count_table(plans, entries).records()}
    assert len(rows) == 5
    for record in rows.values():
        assert record["手元の資料"]
        verdicts = ("一致（か所）", "丸め差（か所）", "不一致（か所）", "検算不能（か所）")
        parts = [*verdicts, "取り出しによる（か所）"]
        assert sum(record[name] for name in parts) == record["検算（か所）"]
    # Whatever extraction did to the poster is not counted as its own.
    assert rows["二戸市 後期基本計画"]["不一致（か所）"] == 0


def test_the_page_never_uses_the_statutory_term_and_ranks_nobody(page, plans, entries):
    parts = [check_words.answer(page, entries), check_words.reply_note(page, entries)]
    parts += [
        check_words.ledger(page, entries, room)
        for room in ("open", "unwritten", "hindsight", "extraction", "agreed")
    ]
    words = "".join(said(part) for part in parts)
    assert "監査" not in words
    assert "順位" not in words
    assert "{" not in words


def test_the_download_has_one_statement_a_row_with_area_code(entries):
    records = ledger_table(entries).records()
    assert len(records) == len(entries)
    assert all(len(record["団体コード"]) == 5 for record in records)
    assert {record["判定"] for record in records} <= {"一致", "丸め差", "不一致", "検算不能"}


def test_no_plan_and_no_entry_are_said_plainly(page):
    assert "検算できる記述がありません" in said(check_words.answer(page, []))
    assert check_words.count_table([], []) is None
    assert "あてはまる記述はありません" in said(show_ledger(page, []))


# ------------------------------------------------- replies


def reply(country, *rows):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(PLAN_TABLES["replies"].model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict(zip(writer.fieldnames, row, strict=True)) for row in rows)
    (country.plan / "replies.csv").write_text(stream.getvalue(), encoding="utf-8", newline="")


def entries_of(country):
    return check_words.gather_entries([load_plan(country.root, country.plan.name)])


def test_a_reply_stands_beside_its_entry_and_says_where_the_data_lags(country):
    found = entries_of(country)
    asked = next(entry for entry in found if room_of(entry) in ("open", "unwritten", "hindsight"))
    reply(country, (asked.check.id, "2026-01-15", "企画課", "answered", "次の改定で直します。"))
    page = open_comparison(asked.plan.reference, "check")
    again = by_id(entries_of(country), country.plan.name)[asked.check.id]
    assert "回答（2026-01-15、企画課）：次の改定で直します。" in said(show_ledger(page, [again]))
    reply(country, (asked.check.id, "2026-03-01", "企画課", "corrected", "第2版で直しました。"))
    again = by_id(entries_of(country), country.plan.name)[asked.check.id]
    words = said(show_ledger(page, [again]))
    assert "修正済（2026-03-01、企画課）：第2版で直しました。" in words
    assert "この本のデータではまだ見つかる" in words


def test_a_reply_to_what_is_no_longer_found_stays_as_history(country):
    reply(country, ("R05/plan-years", "2026-03-01", "企画課", "corrected", "年数を直しました。"))
    found = entries_of(country)
    page = open_comparison(found[0].plan.reference, "check")
    assert "R05/plan-years：修正済（2026-03-01、企画課）：年数を直しました。" in said(
        check_words.mended_list(page, found)
    )


# ------------------------------------------------- the digest


def test_the_digest_names_the_slip_and_leads_to_the_ledger(plans):
    plan = next(plan for plan in plans if plan.plan_id == NIHONMATSU)
    page, facts = open_page(plan, "digest"), gather_population(plan)
    found = digest_words.findings(page, plan, facts, gather_outlook(plan))
    words = "".join(said(item) for item in found)
    assert (
        "「10年間」（検算：2005年12月1日から2020年12月1日まで＝15年）など、検算で確かめたいところが4か所"
        in words
    )
    assert any('href="../../check.html"' in item.markup for item in found)


def test_the_digest_holds_nothing_against_a_plan_for_extraction(plans):
    plan = next(plan for plan in plans if plan.plan_id == POSTER)
    page, facts = open_page(plan, "digest"), gather_population(plan)
    words = "".join(said(item) for item in digest_words.findings(page, plan, facts, gather_outlook(plan)))
    assert "検算" not in words
