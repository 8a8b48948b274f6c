"""Stages of population decline and indices of a projected series, as readers see them."""

from __future__ import annotations

import pandas as pd
import pytest

from planbook.analysis.projection.influence import Thresholds
from planbook.load.plan import load_plan
from planbook.presentation.page import open_page
from planbook.presentation.population import depopulation_views as views

LIMITS = Thresholds((0, 10), "a-guide")
PATH = ((2020, 100, 600, 300), (2030, 80, 500, 310), (2040, 60, 400, 290), (2050, 50, 300, 200))


def frame(*rows):
    return pd.DataFrame(rows, columns=["year", "young", "working", "old"])


@pytest.fixture
def page(country):
    return open_page(load_plan(country.root, "47999-strategy-1"), "population")


def speak(page, rows, *, verified=False):
    said = views.stage_paragraph(page, frame(*rows), "ある推計", LIMITS, verified=verified)
    return said.plain().replace(" ", "")


def test_stages_in_words(page):
    said = speak(page, PATH)
    # (50 + 300) / 700 = 50.0; 200 / 300 = 66.7
    assert (
        "2020年を100とすると、2050年の65歳未満は50.0、65歳以上は66.7で、第3段階（老年人口の減少）にあたります。"
        in said
    )
    assert (
        "2030年から第1段階（老年人口の増加）、2040年から第2段階（老年人口の維持・微減）、2050年から第3段階（老年人口の減少）です。"
        in said
    )
    assert said.endswith("65歳以上の減少率の0%、10%です（境は要確認）。")
    assert "要確認" not in speak(page, PATH, verified=True)


def test_a_growing_city_is_in_no_stage(page):
    said = speak(page, (PATH[0], (2030, 110, 600, 310)))
    assert said == "ある推計では、2030年の総人口は2020年より減らず、人口減少の段階にありません。"


def test_what_cannot_be_staged_says_why(page):
    assert "人口減少の段階を決められません" in speak(page, (PATH[0], (2030, 100, 600, 290)))
    assert "年齢3区分の値がありません" in speak(page, (PATH[0], (2030, None, 600, 290)))
    assert speak(page, PATH[:1]) == speak(page, ()) == ""


def test_tables():
    rows = views.table_stages(frame(*PATH), LIMITS).records()
    assert [row["年"] for row in rows] == [2030, 2040, 2050]
    assert [row["65歳以上（2020年＝100）"] for row in rows] == [103.3, 96.7, 66.7]
    assert rows[1]["人口減少段階"] == "第2段階（老年人口の維持・微減）"
    indices = views.table_indices(frame(*PATH)).records()
    assert indices[0]["高齢化率（%）"] == 30.0
    assert views.table_stages(frame(PATH[0]), LIMITS) is None
    assert views.table_stages(frame(), LIMITS) is None
    assert views.table_indices(frame((2020, None, 1, 1))) is None


def test_a_zero_cell_is_no_figure():
    rows = views.table_indices(frame((2020, 0, 500, 300))).records()
    assert rows[0]["老年化指数"] is None
    stage = views.table_stages(frame((2020, 10, 10, 0), (2030, 9, 9, 1)), LIMITS).records()[0]
    assert stage["65歳以上（2020年＝100）"] is None
    assert stage["人口減少段階"] == "どの段階にもあてはまらない"
