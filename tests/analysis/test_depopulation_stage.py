"""人口減少段階 against hand-made declines; age indices of projected years."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from planbook.analysis.depopulation_stage import classify_stages, compute_indices
from planbook.analysis.projection.influence import Thresholds
from planbook.vocabulary.errors import InputError

LIMITS = Thresholds((0, 10), "a-guide")


def frame(*rows):
    return pd.DataFrame(rows, columns=["year", "young", "working", "old"])


BASE = (2020, 100, 600, 300)


@pytest.mark.parametrize(
    ("row", "level"),
    [
        ((2030, 80, 500, 301), 1),
        ((2030, 80, 500, 300), 2),  # 維持: a decline of 0 % belongs to the second stage
        ((2030, 80, 500, 270.1), 2),  # 9.97 %
        ((2030, 80, 500, 270), 3),  # 10 % exactly
        ((2030, 80, 500, 0), 3),
    ],
)
def test_the_stage_follows_the_old(row, level):
    (stage,) = classify_stages(frame(BASE, row), LIMITS)
    assert (stage.outcome, stage.level) == ("stage", level)


def test_indices_are_against_the_base():
    (stage,) = classify_stages(frame(BASE, (2030, 80, 500, 270)), LIMITS)
    assert (stage.total_index, stage.old_index) == (85, 90)
    assert stage.under_65_index == pytest.approx(Decimal(580) / 700 * 100)


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ((2030, 100, 600, 300), "not_declining"),  # as many as before is no decline
        ((2030, 100, 650, 290), "not_declining"),
        ((2030, 110, 600, 280), "undefined"),  # only the old become fewer
        ((2030, None, 600, 300), "missing"),
    ],
)
def test_where_there_is_no_stage_the_reason_is_given(row, outcome):
    (stage,) = classify_stages(frame(BASE, row), LIMITS)
    assert (stage.outcome, stage.level) == (outcome, None)


def test_a_base_without_old_people_has_no_stage():
    (stage,) = classify_stages(frame((2020, 50, 50, 0), (2030, 40, 40, 5)), LIMITS)
    assert (stage.outcome, stage.old_index) == ("undefined", None)


def test_the_first_year_is_the_base_in_whatever_order_rows_come():
    stages = classify_stages(frame((2040, 60, 400, 260), (2030, 80, 500, 320), BASE), LIMITS)
    assert [(stage.year, stage.level) for stage in stages] == [(2030, 1), (2040, 3)]


def test_one_year_has_no_stage_and_bad_rows_are_refused():
    assert classify_stages(frame(BASE), LIMITS) == ()
    with pytest.raises(InputError, match="2つ以上"):
        classify_stages(frame(BASE, BASE), LIMITS)
    with pytest.raises(InputError, match=r"負(.|\n)*2030"):
        classify_stages(frame(BASE, (2030, -1, 5, 5)), LIMITS)


def test_indices_of_projected_years():
    indices = compute_indices(frame(BASE, (2030, 80.4, 499.6, 320)))
    assert list(indices["year"]) == [2020, 2030]
    assert indices["ageing_rate_pct"][0] == 30
    assert indices["aged_index"][1] == 64  # 320 / 500: persons are rounded as they are shown
    assert indices["dependency_index"][1] == 80


def test_a_zero_cell_has_no_index_and_a_missing_one_no_row():
    indices = compute_indices(frame((2020, 0, 500, 300), (2030, None, 5, 5)))
    assert list(indices["year"]) == [2020]
    assert indices["ageing_index"][0] is None
    assert compute_indices(frame()).empty
