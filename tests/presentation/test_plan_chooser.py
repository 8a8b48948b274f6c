"""Which plan a row belongs to: the list of plans to choose from, and the marks on rows, entries and data of charts."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from comparison_house import AIZUWAKAMATSU, ALL, KITAMOTO, NIHONMATSU, NINOHE, NINOHE_BASIC, compare, plan_of
from planbook.presentation.charts.chosen_rows import span
from planbook.presentation.comparison import (
    compare_path_views,
    compare_population_views,
    compare_target_views,
    overview_views,
)
from planbook.presentation.comparison.plan_chooser import chooser
from planbook.presentation.page import open_comparison
from planbook.presentation.recalculation import check_words
from planbook.presentation.recalculation.ledger import ledger_table, show_ledger
from planbook.presentation.tables import Column, data_table

BOTH_OF_NINOHE = f"{NINOHE_BASIC} {NINOHE}"
PLANS = [plan_of(plan_id) for plan_id in ALL]
#: What stands once a municipality, and what stands once a plan or target.
OF_PLACES = {
    "index": lambda: overview_views.view_index(PLANS, 2015),
    "population": lambda: overview_views.view_population(PLANS),
    "places": lambda: compare_population_views.view_places(compare(*ALL)),
    "structure": lambda: compare_population_views.view_structure(compare(*ALL)),
    "influences": lambda: compare_population_views.view_influences(compare(*ALL)),
    "movement": lambda: compare_population_views.view_movement(compare(*ALL)),
}
OF_PLANS = {
    "plans": lambda: overview_views.view_plans(PLANS),
    "timeline": lambda: overview_views.view_timeline(PLANS),
    "ambition": lambda: compare_target_views.view_ambition(compare(*ALL)),
    "pace": lambda: compare_target_views.view_pace(compare(*ALL)),
    "moves": lambda: compare_target_views.view_migration(compare(*ALL)),
    "precedents": lambda: compare_target_views.view_precedents(compare(*ALL)),
}


def page():
    return open_comparison(PLANS[0].reference, "overview")


def changed(which, /, **values):
    plan = plan_of(which)
    return replace(plan, file=plan.file.model_copy(update=values))


def choices(html):
    return json.loads(
        re.search(r'<script type="application/json" class="pb-choices">(.*?)</script>', html.markup)[1]
    )


def marks(markup):
    """Return the plans of each row of a table's body; None for a row without."""
    body = markup.split("<tbody>")[1]
    return [re.search(r'data-pb-plans="([^"]*)"', row) for row in re.findall(r"<tr[^>]*>", body)]


def plans_by_first_cell(view):
    rows = re.findall(r'<tr data-pb-plans="([^"]*)"[^>]*><th[^>]*>(.*?)</th>', view.table.html().markup)
    return {(name, ids) for ids, name in rows}


def chart_rows(view):
    return [row for rows in view.chart.to_dict()["datasets"].values() for row in rows]


# ------------------------------------------------------------------------------------------------------- the list


def test_the_list_is_in_the_order_of_the_codes_and_names_every_plan():
    listed = choices(chooser(page(), PLANS[::-1]))
    assert [choice["id"] for choice in listed] == sorted(ALL)
    assert listed[3]["label"] == "二本松市 第2期総合戦略"
    assert listed[3]["words"] == "福島県 二本松市 第2期二本松市まち・ひと・しごと創生総合戦略"


def test_plans_of_one_name_are_told_apart():
    plans = [plan_of(KITAMOTO), changed(KITAMOTO, plan_id="11233-strategy-9")]
    labels = [choice["label"] for choice in choices(chooser(page(), plans))]
    assert len(set(labels)) == 2


@pytest.mark.parametrize("plans", [[], PLANS[:1]])
def test_where_there_is_nothing_to_choose_there_is_no_list(plans):
    assert chooser(page(), plans).markup == ""


def test_the_list_shows_nothing_without_scripts_and_survives_any_title():
    html = chooser(page(), PLANS)
    assert html.plain() == ""
    title = plan_of(NINOHE).file.title.model_copy(update={"ja": "</script><b>計画"})
    markup = chooser(page(), [changed(NINOHE, title=title), plan_of(KITAMOTO)])
    assert markup.markup.count("</script>") == 1
    assert "</script><b>計画" in choices(markup)[0]["words"]


# ------------------------------------------------------------------------------------------------ marks of tables


def test_a_table_says_to_which_plans_its_rows_belong():
    frame = pd.DataFrame({"name": ["甲", "乙", "丙", "丁"], "plan_ids": ["a-1", "a-1 b+c", None, ""]})
    table = data_table(frame, [Column("name", "名称")], plans="plan_ids")
    assert [found and found[1] for found in marks(table.html().markup)] == ["a-1", "a-1 b+c", None, None]
    assert table.records()[0] == {"名称": "甲"}  # downloads keep their columns


def test_a_table_of_no_plans_has_no_marks():
    frame = pd.DataFrame({"name": ["甲"], "plan_ids": ["a-1"]})
    assert "data-pb-plans" not in data_table(frame, [Column("name", "名称")]).html().markup


def test_a_column_of_plans_that_the_frame_lacks_is_an_error():
    with pytest.raises(KeyError, match="plan_ids"):
        data_table(pd.DataFrame({"name": ["甲"]}), [Column("name", "名称")], plans="plan_ids")


def test_filters_and_plans_stand_side_by_side():
    frame = pd.DataFrame({"name": ["甲"], "kind": ["乙"], "plan_ids": ["a-1"]})
    table = data_table(frame, [Column("name", "名称")], {"種類": "kind"}, plans="plan_ids")
    row = re.search(r"<tbody>(<tr[^>]*>)", table.html().markup)[1]
    assert 'data-pb-plans="a-1"' in row
    assert "data-pb-words" in row


# --------------------------------------------------------------------------------------------- the pages' own views


@pytest.mark.parametrize("name", [*OF_PLACES, *OF_PLANS])
def test_every_row_of_a_comparison_belongs_to_plans(name):
    view = (OF_PLACES | OF_PLANS)[name]()
    found = marks(view.table.html().markup)
    assert found
    assert all(found)
    assert {plan for ids in found for plan in ids[1].split()} <= set(ALL)


@pytest.mark.parametrize("name", OF_PLACES)
def test_a_municipality_is_shown_while_any_of_its_plans_is_chosen(name):
    assert ("二戸市", BOTH_OF_NINOHE) in plans_by_first_cell(OF_PLACES[name]())


def test_a_target_belongs_to_its_plan_and_a_past_to_the_municipality():
    rows = plans_by_first_cell(OF_PLANS["pace"]())
    assert ("二戸市 第1期総合戦略", NINOHE) in rows
    assert ("会津若松市", AIZUWAKAMATSU) in rows
    assert ("二本松市 第2期総合戦略", NIHONMATSU) in rows


def test_the_rows_of_every_chart_say_it_too():
    views = [
        OF_PLACES["index"](),
        OF_PLACES["structure"](),
        OF_PLANS["timeline"](),
        OF_PLANS["ambition"](),
        OF_PLANS["pace"](),
    ]
    for view in [*views, compare_path_views.view_paths(compare(*ALL))]:
        rows = [row for row in chart_rows(view) if "zero" not in row]  # the line of zero is everybody's
        assert rows
        assert all(set(row["plan_ids"].split()) <= set(ALL) for row in rows)


def test_a_panel_belongs_to_all_plans_of_its_place_and_a_target_to_one():
    rows = [
        row for row in chart_rows(compare_path_views.view_paths(compare(*ALL))) if row["place"] == "二戸市"
    ]
    assert {row["plan_ids"] for row in rows if row["mark"] in ("line", "name", "year")} == {BOTH_OF_NINOHE}
    assert {row["plan_ids"] for row in rows if row["mark"] == "point"} == {NINOHE}


@pytest.mark.parametrize(("name", "rows"), [("timeline", 5), ("ambition", 3), ("pace", 5), ("structure", 8)])
def test_a_chart_names_the_field_that_makes_its_rows(name, rows):
    view = (OF_PLACES | OF_PLANS)[name]()
    spec = view.chart.to_dict()
    field = spec["usermeta"]["planbook"]["rows"]
    values = {row[field] for row in chart_rows(view) if field in row}
    assert len(values) == rows
    assert spec["height"] % rows == 0


def test_an_edited_height_is_the_charts_own_and_the_mark_stays():
    spec = OF_PLANS["timeline"]().chart.properties(height=480).to_dict()
    assert spec["height"] == 480
    assert spec["usermeta"] == {"planbook": {"rows": "lines"}}


def test_the_domain_of_a_scale_is_that_of_all_rows():
    assert span([3.5, float("nan"), 2.0]) == [2.0, 3.5]
    assert span([3.5, 2.0], zero=True) == [0.0, 3.5]
    assert span([-4.0], [-1.0], zero=True) == [-4.0, 0.0]


# --------------------------------------------------------------------------------------------------- the ledger


def test_entries_and_counts_of_the_recomputation_belong_to_their_plan():
    entries = check_words.gather_entries(PLANS[2:4])
    listed = show_ledger(page(), entries).markup
    assert len(re.findall(r"<li ", listed)) == len(entries)
    for plan in PLANS[2:4]:
        own = sum(entry.plan is plan for entry in entries)
        assert listed.count(f'data-pb-plans="{plan.plan_id}"') == own > 0
        assert ledger_table(entries).html().markup.count(f'data-pb-plans="{plan.plan_id}"') == own
    counts = check_words.count_table(PLANS, entries).html().markup
    assert [found[1] for found in marks(counts)] == list(ALL)
