"""On-track rules: the limits of the published presets, and what comes before any rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from kpi_arithmetic_house import PERIOD_END, series, triple, value
from planbook.analysis.kpis.on_track import (
    NATIONAL,
    SPECIAL_MARKS,
    choose_rule,
    group_rules,
    judge,
    judge_under_all,
)
from planbook.analysis.kpis.progress_computation import compute_progress
from planbook.analysis.kpis.reasons import NOTES, REASONS
from planbook.load.reference import load_reference
from planbook.vocabulary.catalogue import in_language


@dataclass(frozen=True)
class Class:
    """A class of a rule that no table has."""

    mark: str
    measure: str
    at_least: Decimal | None = None
    position: str | None = None
    width_pct: Decimal | None = None
    rule: str = "own"
    rule_ja: str = "独自の方式"
    rule_en: str = "Own rule"
    verified: bool = False
    source: str = "試験"

    @property
    def mark_en(self) -> str:
        return self.mark.lower()


@pytest.fixture(scope="module")
def rules(real_data):
    return group_rules(load_reference(real_data).table("on_track_rules").rows)


def mark(rule, actual, *, year=2023, base=300, target=350, **fields):
    one = triple(base, target, actual, dates=("FY2020", "FY2025", f"FY{year}"), **fields)
    return judge(compute_progress(one, period_end=PERIOD_END), rule).mark


# ------------------------------------------------- the presets as they are published


def test_the_presets(rules):
    assert list(rules) == ["national", "tama", "nagano", "nagayo"]
    measures = {name: {row.measure for row in rows} for name, rows in rules.items()}
    assert measures == {
        "national": {"progress_minus_elapsed"}, "tama": {"pace_ratio"}, "nagano": {"pace_ratio"},
        "nagayo": {"position"},
    }  # fmt: skip
    assert [row.at_least for row in rules["tama"]] == [100, 60, None]
    assert [row.at_least for row in rules["nagano"]] == [100, 80, None]
    assert [row.at_least for row in rules["national"]] == [0, None]
    assert [(row.position, row.width_pct) for row in rules["nagayo"]] == [
        ("beyond_target", None), ("beyond_baseline", None), ("near_baseline", 10), ("behind_baseline", None)
    ]  # fmt: skip
    # two of the four could not be checked at their publishers, and say so
    assert {name for name, rows in rules.items() if not rows[0].verified} == {"national", "nagano"}


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025])
def test_a_city_compares_year_k_with_k_fifths_of_the_target(rules, year):
    # 300 → 350: the k-th year's share of the way is 10 k
    share = 10 * (year - 2020)
    tama = rules["tama"]
    marks = [
        mark(tama, 300 + Decimal(share) * percent / 100, year=year)
        for percent in (Decimal(100), Decimal("99.99"), Decimal(60), Decimal("59.99"), Decimal(-10))
    ]
    assert marks == [
        "着実に進んでいる",
        "概ね進んでいる",
        "概ね進んでいる",
        "改善や工夫が必要",
        "改善や工夫が必要",
    ]


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025])
def test_the_limits_of_the_national_and_the_prefecture_rule(rules, year):
    share = Decimal(10 * (year - 2020))
    just_under = Decimal("99.99") / 100
    assert [mark(rules["national"], 300 + share * part, year=year) for part in (1, just_under)] == ["A", "B"]
    parts = (Decimal(1), just_under, Decimal("0.8"), Decimal("0.7999"))
    assert [mark(rules["nagano"], 300 + share * part, year=year) for part in parts] == [
        "順調", "おおむね順調", "おおむね順調", "努力を要する"
    ]  # fmt: skip


def test_a_limit_is_met_where_neither_share_has_an_end(rules):
    # 7 of 21 on the way, 1 of 3 years: 0.333… = 0.333…
    one = triple(79, 100, 86, dates=("FY2020", "FY2023", "FY2021"))
    judged = judge_under_all(compute_progress(one, period_end=PERIOD_END), rules)
    assert [judged[name].rank for name in ("national", "tama", "nagano")] == [0, 0, 0]
    assert (judged["national"].value, judged["tama"].value) == (0, 100)


@pytest.mark.parametrize(
    ("actual", "town"),
    [("351", "S"), ("350", "S"), ("349.9", "A"), ("300.1", "A"), ("300", "B"), ("270", "B"), ("269.9", "C")],
)
def test_a_town_looks_at_the_position_alone(rules, actual, town):
    assert mark(rules["nagayo"], Decimal(actual)) == town


@pytest.mark.parametrize(
    ("actual", "town"),
    [("249", "S"), ("250", "S"), ("250.1", "A"), ("299.9", "A"), ("300", "B"), ("330", "B"), ("330.1", "C")],
)
def test_where_less_is_better_the_worse_side_is_above(rules, actual, town):
    assert mark(rules["nagayo"], Decimal(actual), target=250, direction="down") == town


def test_a_tenth_of_nothing_and_of_less_than_nothing(rules):
    nagayo = rules["nagayo"]
    assert [mark(nagayo, a, base=0, target=30) for a in (1, 0, -1)] == ["A", "B", "C"]
    below = judge(compute_progress(triple(-40, 0, -41), period_end=None), nagayo)
    assert (below.mark, below.reason) == ("N", "no_width")
    assert mark(nagayo, -40, base=-40, target=0) == "B"


# ------------------------------------------------- what comes before any rule


@pytest.mark.parametrize("rule", ["national", "tama", "nagano", "nagayo"])
@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (triple(300, 350, 335, dates=("FY2020", "-", "FY2023")), "no_target_date"),
        (triple(300, 350, 335, dates=("-", "FY2025", "FY2023")), "no_base_date"),
        (triple(300, 350, 335, dates=("FY2020", "FY2025", "-")), "no_actual"),
        (triple("-", 350, 360), "no_baseline"),
        (triple(300, "-", 335), "no_target"),
        (triple(300, 350, 335, dates=("FY2020", "FY2025", "FY2020")), "no_time_passed"),
        (triple(300, 300, 300, direction="keep"), "no_tolerance"),
        (triple(300, 250, 260, direction="up"), "direction_contradicts"),
    ],
)
def test_n_says_why(rules, rule, one, reason):
    judgement = judge(compute_progress(one, period_end=PERIOD_END), rules[rule])
    assert (judgement.kind, judgement.mark, judgement.reason, judgement.rank) == (
        "not_yet",
        "N",
        reason,
        None,
    )
    assert judgement.reason_sentence == REASONS[reason]
    assert judgement.mark_meaning == SPECIAL_MARKS["N"]


@pytest.mark.parametrize("rule", ["national", "tama", "nagano", "nagayo"])
@pytest.mark.parametrize("actual", ["335", "-"])
def test_an_arrow_is_outside_every_rule_and_no_later_actual_changes_that(rules, rule, actual):
    judgement = judge(compute_progress(triple(300, "↗", actual), period_end=PERIOD_END), rules[rule])
    assert (judgement.kind, judgement.mark, judgement.rank) == ("outside", "-", None)
    assert judgement.mark_meaning == "この基準の対象外"
    assert judgement.reason_sentence == "向きだけの目標には、この基準の区分がありません。"


def test_f_is_the_act_itself(rules):
    for actual in (0, 1):
        one = triple(0, 1, actual, type="yes_no")
        judgement = judge(compute_progress(one, period_end=None), rules["national"])
        assert (judgement.kind, judgement.mark, judgement.reason) == ("act", "F", None)
        assert judgement.mark_meaning == SPECIAL_MARKS["F"]


def test_a_reference_indicator_has_no_mark(rules):
    for one in (triple(300, 350, 335, role="reference"), triple(0, 1, 1, type="yes_no", role="reference")):
        judgement = judge(compute_progress(one, period_end=None), rules["national"])
        assert (judgement.kind, judgement.mark, judgement.reason) == ("none", None, "reference")


def test_a_percentage_that_is_withheld_from_readers_is_no_value_of_a_mark(rules):
    judged = judge_under_all(compute_progress(triple(-40, 0, -10), period_end=None), rules)
    assert {name: (j.rank, j.value) for name, j in judged.items()} == {
        "national": (0, None), "tama": (0, None), "nagano": (0, None), "nagayo": (1, None)
    }  # fmt: skip


def test_maintained_indicators_say_that_they_have_no_rate(rules):
    one = triple(5, 5, 4, direction="keep", tolerance=Decimal(0))
    judgement = judge(compute_progress(one, period_end=None), rules["tama"])
    assert (judgement.rank, judgement.classes, judgement.note) == (2, 3, "by_tolerance")
    assert judgement.note_sentence == NOTES["by_tolerance"]


def total(actual, base="12 @ FY2020 years=1", **fields):
    rows = [value("target", "100 @ FY2025 years=5"), value("actual", f"{actual} @ FY2023 years=3")]
    return series(*([value("baseline", base)] if base else []), *rows, type="cumulative", **fields)


@pytest.mark.parametrize(
    ("actual", "town"),
    # a year: 37/3 = 12.33 > 12; 36/3 = 12; 32.4/3 = 10.8 = 12 − 10 %; less
    [(100, "S"), (37, "A"), (36, "B"), ("32.4", "B"), ("32.3", "C")],
)
def test_the_position_of_a_total_is_that_of_its_yearly_flow(rules, actual, town):
    judgement = judge(compute_progress(total(actual), period_end=None), rules["nagayo"])
    assert judgement.mark == town
    assert judgement.note == (None if town == "S" else "by_yearly_flow")


def test_a_total_without_a_yearly_base_or_a_direction(rules):
    without = judge_under_all(compute_progress(total(50, base=None), period_end=None), rules)
    assert (without["national"].mark, without["nagayo"].reason) == ("B", "no_yearly_base")
    undecided = total(50, base=None, direction="undecided")
    assert judge(compute_progress(undecided, period_end=None), rules["national"]).reason == "no_direction"


# ------------------------------------------------- which rule


def test_the_indicators_rule_goes_before_the_plans_and_the_national_one():
    own = triple(1, 2, 1, on_track_rule="nagayo")
    assert [choose_rule(own, "tama"), choose_rule(triple(1, 2, 1), "tama"), choose_rule(triple(1, 2, 1))] == [
        "nagayo", "tama", NATIONAL
    ]  # fmt: skip


def test_the_rules_disagree_on_the_same_figures(rules):
    judged = judge_under_all(compute_progress(triple(300, 350, 318), period_end=None), rules)
    assert [j.mark for j in judged.values()] == ["B", "概ね進んでいる", "努力を要する", "A"]


def test_a_mark_names_its_rule_in_either_language(rules):
    judgement = judge(compute_progress(triple(300, 350, 335), period_end=None), rules["tama"])
    assert (judgement.mark, judgement.rule_name) == ("着実に進んでいる", "多摩市の方式（進捗率÷経過率）")
    with in_language("en"):
        assert (judgement.mark, judgement.rule_name) == (
            "Steady",
            "Rule of Tama City (progress ÷ time elapsed)",
        )


def test_a_rule_that_could_not_be_verified_says_so_wherever_it_is_named(rules):
    progress = compute_progress(triple(300, 350, 335), period_end=None)
    names = {name: judged.rule_name for name, judged in judge_under_all(progress, rules).items()}
    assert {name for name, words in names.items() if words.endswith("［要確認］")} == {"national", "nagano"}
    assert names["national"] == "国の成長戦略の方式［要確認］"


def test_a_rule_of_ones_own():
    points = [Class("良", "progress_minus_elapsed", Decimal(-5)), Class("否", "progress_minus_elapsed")]
    # 300 → 350 in three of five years: 327.5 is 55 %, five points behind
    assert [mark(points, Decimal(a)) for a in ("327.5", "327.4")] == ["良", "否"]
    two = [
        Class("到達", "position", position="beyond_target"),
        Class("未到達", "position", position="behind_baseline"),
    ]
    assert [mark(two, a) for a in (350, 349, 299)] == ["到達", "未到達", "未到達"]
