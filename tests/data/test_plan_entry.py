"""The five plans as entered, against figures counted by hand in the documents."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY / "data"
SOURCES = REPOSITORY.parent / "shared" / "sources"

NIHONMATSU = "07210-strategy-2"
NINOHE = "03213-strategy-1"
AIZUWAKAMATSU = "07202-strategy-3"
NINOHE_COMPREHENSIVE = "03213-comprehensive-2"
KITAMOTO = "11233-strategy-2"
PLANS = (NIHONMATSU, NINOHE, AIZUWAKAMATSU, NINOHE_COMPREHENSIVE, KITAMOTO)

BOM = b"\xef\xbb\xbf"


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def plan_table(plan: str, name: str) -> list[dict[str, str]]:
    path = DATA / "plans" / plan / f"{name}.csv"
    return read_table(path) if path.exists() else []


def plan_file(plan: str) -> dict:
    return yaml.safe_load((DATA / "plans" / plan / "plan.yml").read_text(encoding="utf-8"))


def entered_files() -> list[Path]:
    tables = [DATA / "reference" / f"{name}.csv" for name in ("kinds", "levels", "themes")]
    return tables + [path for plan in PLANS for path in sorted((DATA / "plans" / plan).glob("*.*"))]


def fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def stated(node: object) -> list[dict]:
    """Every part of plan.yml that quotes its document."""
    if isinstance(node, dict):
        here = [node] if "as_written" in node else []
        return here + stated(list(node.values()))
    if isinstance(node, list):
        return [part for item in node for part in stated(item)]
    return []


def quotations(plan: str) -> list[tuple[str, dict]]:
    found = [("plan.yml", part) for part in stated(plan_file(plan))]
    for table in ("goals", "kpis", "kpi_values", "claims"):
        found += [(table, row) for row in plan_table(plan, table)]
    return found


def levels(plan: str) -> Counter:
    return Counter(row["level"] for row in plan_table(plan, "goals"))


def children(plan: str, level: str | None = None) -> Counter:
    """How many nodes hang under each node, of one level if named."""
    return Counter(
        row["parent_id"]
        for row in plan_table(plan, "goals")
        if row["parent_id"] and level in (None, row["level"])
    )


def claims(plan: str, **wanted: str) -> list[dict[str, str]]:
    return [
        row for row in plan_table(plan, "claims") if all(row[key] == value for key, value in wanted.items())
    ]


def claim(plan: str, claim_id: str) -> dict[str, str]:
    (found,) = claims(plan, claim_id=claim_id)
    return found


# ---------------------------------------------------------------- counted in the documents


def test_nihonmatsu_has_four_goals_and_seventeen_directions():
    assert levels(NIHONMATSU) == {"basic_goal": 4, "direction": 17}
    assert children(NIHONMATSU) == {"g1": 5, "g2": 4, "g3": 5, "g4": 3}


def test_ninohe_strategy_has_ten_measures_and_twenty_one_specific_measures():
    assert levels(NINOHE) == {
        "basic_goal": 4,
        "measure": 10,
        "concrete_measure": 21,
        "population_outlook": 2,
        "population_goal": 3,
    }
    measures = children(NINOHE, "measure")
    specific = Counter(
        row["parent_id"].split("-")[0]
        for row in plan_table(NINOHE, "goals")
        if row["level"] == "concrete_measure"
    )
    assert {goal: (measures[goal], specific[goal]) for goal in ("g1", "g2", "g3", "g4")} == {
        "g1": (2, 5),
        "g2": (3, 6),
        "g3": (2, 4),
        "g4": (3, 6),
    }


def test_aizuwakamatsu_has_four_goals_and_three_viewpoints():
    assert levels(AIZUWAKAMATSU) == {"basic_goal": 4, "viewpoint": 3, "future_vision": 1}


def test_ninohe_comprehensive_plan_has_thirty_items_and_thirty_five_initiatives():
    assert levels(NINOHE_COMPREHENSIVE) == {
        "future_vision": 2,
        "concept_pillar": 4,
        "viewpoint": 2,
        "new_viewpoint": 4,
        "common_policy": 2,
        "policy": 3,
        "foundation": 1,
        "section": 3,
        "measure_item": 30,
        "initiative": 35,
    }
    policy = Counter(
        row["goal_id"].split("-")[0]
        for row in plan_table(NINOHE_COMPREHENSIVE, "goals")
        if row["level"] == "measure_item"
    )
    assert policy == {"p1": 7, "p2": 4, "p3": 11, "base": 8}
    # Sub-heads of the foundation: 市民参画 2 items, 生活基盤 3, 地域経営 3.
    sections = {"base-s1": 2, "base-s2": 3, "base-s3": 3}
    assert {name: children(NINOHE_COMPREHENSIVE)[name] for name in sections} == sections


def test_ninohe_comprehensive_plan_has_five_starred_items():
    starred = [row["title"] for row in plan_table(NINOHE_COMPREHENSIVE, "goals") if row["marks"] == "★"]
    assert starred == ["うるし", "子育て", "歴史・伝統", "スポーツの振興", "民間力の活用"]


def test_kitamoto_has_four_goals_and_two_cross_cutting_goals():
    assert levels(KITAMOTO) == {"basic_goal": 4, "cross_goal": 2}


def test_kitamoto_has_sixteen_rows_eighteen_series_seventeen_unique():
    series = plan_table(KITAMOTO, "kpis")
    assert len(series) == 18
    assert {row["role"] for row in series} == {"target_indicator"}
    # A row of the document is a goal, a code and a name; groups (男性, 児童 …) share one.
    assert len({(row["goal_id"], row["code"], row["name"]) for row in series}) == 16
    assert [(row["kpi_id"], row["repeats"]) for row in series if row["repeats"]] == [("k3-2-repeat", "k3-2")]
    assert len({(row["code"], row["name"], row["group"]) for row in series}) == 17
    assert Counter(row["goal_id"] for row in series) == {"g1": 2, "g2": 2, "g3": 2, "g4": 6, "x1": 5, "x2": 1}


def test_kitamoto_has_twelve_numeric_pairs():
    values = plan_table(KITAMOTO, "kpi_values")
    assert len(values) == 36
    numeric: dict[str, set[str]] = {}
    for row in values:
        if row["state"] == "number":
            numeric.setdefault(row["kpi_id"], set()).add(row["kind"])
    assert sum(kinds == {"baseline", "target"} for kinds in numeric.values()) == 12
    assert Counter((row["kind"], row["state"]) for row in values) == {
        ("baseline", "number"): 16,
        ("baseline", "none"): 2,
        ("target", "number"): 13,
        ("target", "up"): 5,
    }


def test_kitamoto_base_years_stand_on_three_values_and_target_years_on_none():
    dated = {
        (row["kpi_id"], row["kind"]): row["fiscal_year"] or row["as_of"]
        for row in plan_table(KITAMOTO, "kpi_values")
        if row["fiscal_year"] or row["as_of"]
    }
    assert dated == {
        ("k5-1", "baseline"): "2018",
        ("k2-2-male", "baseline"): "2019",
        ("k2-2-female", "baseline"): "2019",
    }


def test_kitamoto_values_as_typed_from_the_tables():
    typed = {
        kpi: tuple(
            row["value"] + row["unit"]
            for row in plan_table(KITAMOTO, "kpi_values")
            if row["kpi_id"] == kpi and row["state"] == "number"
        )
        for kpi in (row["kpi_id"] for row in plan_table(KITAMOTO, "kpis"))
    }
    assert typed == {
        "k5-1": ("431.5万円", "438.3万円"),
        "k5-3": ("1.24倍",),
        "k6-3-1": ("3908件",),
        "k7-1": ("-40人", "0人"),
        "k1-1": (),
        "k7-2": ("340人", "380人"),
        "k2-2-male": ("18.43年", "19.00年"),
        "k2-2-female": ("20.72年", "21.50年"),
        "k3-2": ("34.2%",),
        "k4-1": ("57.6%", "60.3%"),
        "k4-3": ("272000t-CO2", "246500t-CO2/年"),
        "k4-6": ("0人", "0人/年"),
        "k1-4-children": ("48.6%", "60.0%"),
        "k1-4-students": ("26.2%", "60.0%"),
        "k3-1-1": ("1741人",),
        "k3-1-2": ("1件", "2件/年"),
        "k3-2-repeat": ("34.2%",),
        "k6-3-2": ("11件", "20件"),
    }


def test_ninohe_comprehensive_plan_names_eight_indicators_without_values():
    indicators = plan_table(NINOHE_COMPREHENSIVE, "kpis")
    assert Counter(row["goal_id"] for row in indicators) == {"p1": 2, "p2": 2, "p3": 2, "base": 2}
    assert {row["role"] for row in indicators} == {"indicator"}
    assert {row["direction"] for row in indicators} == {"undecided"}
    assert not plan_table(NINOHE_COMPREHENSIVE, "kpi_values")


def test_only_these_plans_have_indicator_tables():
    tables = {(path.parent.name, path.stem) for path in (DATA / "plans").glob("*/kpi*.csv")}
    assert {pair for pair in tables if pair[0] in PLANS} == {
        (NINOHE_COMPREHENSIVE, "kpis"),
        (KITAMOTO, "kpis"),
        (KITAMOTO, "kpi_values"),
        # what the book's editors add beside the documents
        (NINOHE_COMPREHENSIVE, "kpi_evidence"),
        (NINOHE_COMPREHENSIVE, "kpi_judgements"),
        (KITAMOTO, "kpi_evidence"),
        (KITAMOTO, "kpi_judgements"),
    }


@pytest.mark.parametrize(
    ("plan", "targets"),
    [
        (NIHONMATSU, [(2030, 50000, 1, "exact"), (2040, 45000, 1, "exact")]),
        (NINOHE, [(2045, 20000, 1, "exact")]),
        (AIZUWAKAMATSU, [(None, 100000, 10000, "about")]),
        (NINOHE_COMPREHENSIVE, []),
        (KITAMOTO, []),
    ],
)
def test_population_targets(plan, targets):
    outlook = plan_file(plan)["outlook"]
    assert [
        (t["year"], t["population_persons"], t["precision"], t["qualifier"]) for t in outlook["targets"]
    ] == targets
    assert {(t["basis"], t["edition"]) for t in outlook["targets"]} <= {("unknown", None)}


def test_only_ninohe_states_assumptions():
    assumptions = {a["id"]: a for a in plan_file(NINOHE)["outlook"]["assumptions"]}
    assert {name: (a["kind"], a["value"], a["by_year"]) for name, a in assumptions.items()} == {
        "tfr": ("tfr", 2.10, 2030),
        "migration-scale": ("migration_scale", 0.6, None),
        "migration-level-20-40": ("migration_level", 0, 2030),
    }
    assert assumptions["migration-scale"]["relative_to"] == "ipss2013"
    level = assumptions["migration-level-20-40"]
    assert (level["age_from"], level["age_to"]) == (20, 40)
    assert all(not plan_file(plan)["outlook"]["assumptions"] for plan in PLANS if plan != NINOHE)


def test_aizuwakamatsu_editions():
    editions = plan_file(AIZUWAKAMATSU)["editions"]
    assert [edition["date"] for edition in editions] == ["2015-04", "2015-10", "2019-12", "2020-03"]
    assert [bool(edition.get("reason")) for edition in editions] == [False, True, True, False]
    # The reasons are quoted too: each is also a claim, which the locator test opens.
    quoted = {row["as_written"] for row in claims(AIZUWAKAMATSU, kind="other")}
    assert {edition["reason"] for edition in editions if edition.get("reason")} <= quoted


@pytest.mark.parametrize(
    ("plan", "generation", "status", "coverage", "years"),
    [
        (NIHONMATSU, "gen2", "adopted", "web", (2021, 2025)),
        (NINOHE, "gen1", "adopted", "summary", (2015, 2019)),
        (AIZUWAKAMATSU, "digital", "adopted", "web", (2024, 2026)),
        (NINOHE_COMPREHENSIVE, "any", "adopted", "summary", (2021, 2025)),
        (KITAMOTO, "gen2", "draft", "summary", (2022, 2025)),
    ],
)
def test_what_each_document_is(plan, generation, status, coverage, years):
    read = plan_file(plan)
    assert read["plan_id"] == plan
    assert read["municipality"] == plan[:5]
    assert (read["generation"], read["status"], read["coverage"]) == (generation, status, coverage)
    assert (read["period"]["start_fiscal_year"], read["period"]["end_fiscal_year"]) == years


@pytest.mark.parametrize(
    ("plan", "kinds"), [(AIZUWAKAMATSU, ["internal", "external"]), (KITAMOTO, ["internal", "external"])]
)
def test_reviewers(plan, kinds):
    assert [reviewer["kind"] for reviewer in plan_file(plan)["reviewers"]] == kinds


# ---------------------------------------------------------------- what a check must later find


def test_nihonmatsu_states_a_decline_over_ten_years():
    assert (claim(NIHONMATSU, "pop-2005")["value"], claim(NIHONMATSU, "pop-2005")["as_of"]) == (
        "63095",
        "2005-12-01",
    )
    assert (claim(NIHONMATSU, "pop-2020")["value"], claim(NIHONMATSU, "pop-2020")["as_of"]) == (
        "54676",
        "2020-12-01",
    )
    assert claim(NIHONMATSU, "decline-pct")["value"] == "-13.3"
    assert claim(NIHONMATSU, "decline-years")["value"] == "10"
    for computed in ("decline-pct", "decline-years"):
        assert claim(NIHONMATSU, computed)["follows_from"] == "pop-2005;pop-2020"
    outlook = claim(NIHONMATSU, "pop-2040")
    assert (outlook["value"], outlook["precision"], outlook["qualifier"]) == ("42000", "1000", "about")


@pytest.mark.parametrize(
    ("plan", "subject", "written"),
    [
        (
            NIHONMATSU,
            "grant-name",
            ["地域活性化・地域住民生活等緊急支援交付金", "地域活性化・地域住民等緊急支援交付金"],
        ),
        (
            NINOHE,
            "strategy-name",
            [
                "まち・ひと・しごと創生総合戦略",
                "まち・ひと・しごと総合戦略",
                "まち・ひと・しごと総合戦略",
                "まち・ひとしごと創生総合戦略",
            ],
        ),
        (AIZUWAKAMATSU, "upper-plan-name", ["第7次会津若松市総合計画", "会津若松市第7次総合計画"]),
        (
            KITAMOTO,
            "goal3-title",
            ["若い世代の出生・子育ての希望をかなえる", "若い世代の出産・子育ての希望をかなえる"],
        ),
    ],
)
def test_names_written_in_more_than_one_way(plan, subject, written):
    assert [row["as_written"] for row in claims(plan, kind="name", subject=subject)] == written


@pytest.mark.parametrize(
    ("plan", "pairs"),
    [
        (NIHONMATSU, ["2014(平成26)年", "2040年(令和22年)", "2030年(令和12年)", "2040年(令和22年)"]),
        (NINOHE, ["2045（Ｈ57）年", "2030年（Ｈ42）", "2030年（H42）"]),
    ],
)
def test_era_pairs(plan, pairs):
    assert [row["as_written"] for row in claims(plan, kind="era_pair")] == pairs


@pytest.mark.parametrize(
    ("plan", "durations"),
    [
        (NIHONMATSU, {"strategy1-years": "6", "plan-years-1": "5", "plan-years-2": "5"}),
        (NINOHE, {"plan-years": "5"}),
        (KITAMOTO, {"plan-years": "4"}),
    ],
)
def test_durations_name_the_period_they_follow_from(plan, durations):
    for claim_id, years in durations.items():
        row = claim(plan, claim_id)
        assert row["value"] == years
        assert claim(plan, row["follows_from"])["kind"] == "period"


def test_counts_that_a_text_states_are_the_counts_entered():
    """A claim `count.<level>` is about the nodes of that level: slips in entering them show here."""
    compared = 0
    for plan in PLANS:
        for row in claims(plan, kind="count"):
            if row["subject"].startswith("count."):
                level = row["subject"].removeprefix("count.")
                assert levels(plan)[level] == int(row["value"]), row["claim_id"]
                compared += 1
    assert compared == 10


# ---------------------------------------------------------------- the tables hold together


@pytest.mark.parametrize("path", entered_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_files_are_utf8_with_lf(path):
    raw = path.read_bytes()
    raw.decode("utf-8")
    assert raw.startswith(BOM) == (path.suffix == ".csv")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


@pytest.mark.parametrize(
    "path",
    [path for path in entered_files() if path.suffix == ".csv"],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_tables_are_rectangular(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert all(cell == cell.strip() for row in rows for cell in row)


@pytest.mark.parametrize("plan", PLANS)
def test_ids_are_unique_and_references_lead_somewhere(plan):
    goals = [row["goal_id"] for row in plan_table(plan, "goals")]
    kpis = [row["kpi_id"] for row in plan_table(plan, "kpis")]
    stated_claims = [row["claim_id"] for row in plan_table(plan, "claims")]
    documents = {document["id"] for document in plan_file(plan)["documents"]}
    for ids in (goals, kpis, stated_claims):
        assert len(ids) == len(set(ids))
    assert {row["parent_id"] for row in plan_table(plan, "goals")} - {""} <= set(goals)
    assert {row["goal_id"] for row in plan_table(plan, "kpis")} <= set(goals)
    assert {row["repeats"] for row in plan_table(plan, "kpis")} - {""} <= set(kpis)
    assert {row["kpi_id"] for row in plan_table(plan, "kpi_values")} <= set(kpis)
    for row in plan_table(plan, "claims"):
        assert set(filter(None, row["follows_from"].split(";"))) <= set(stated_claims)
    assert {part["document"] for _, part in quotations(plan)} == documents


@pytest.mark.parametrize("plan", PLANS)
def test_parents_come_before_their_children(plan):
    seen = {""}
    for row in plan_table(plan, "goals"):
        assert row["parent_id"] in seen, row["goal_id"]
        seen.add(row["goal_id"])


@pytest.mark.parametrize("plan", PLANS)
def test_titles_stand_in_what_was_written(plan):
    for row in plan_table(plan, "goals"):
        for part in (row["title"], row["number"], row["marks"]):
            assert fold(part) in fold(row["as_written"]), row["goal_id"]


@pytest.mark.parametrize("plan", PLANS)
def test_damaged_strings_have_a_cause(plan):
    for table, row in quotations(plan):
        if table != "plan.yml":
            assert row["cause"] in ("", "extraction", "source")
            assert row["cause"] or not row["reading"], row["as_written"]
            assert row["reading"] != row["as_written"]


@pytest.mark.parametrize("plan", PLANS)
def test_theme_evidence_is_in_the_title(plan):
    titles = {row["goal_id"]: row["title"] for row in plan_table(plan, "goals")}
    for row in plan_table(plan, "goal_themes"):
        assert row["evidence"] in titles[row["goal_id"]], row
        assert row["evidence"]


@pytest.mark.parametrize("plan", PLANS)
def test_every_goal_measure_and_action_has_a_theme_once(plan):
    role = {row["level"]: row["role"] for row in read_table(DATA / "reference" / "levels.csv")}
    wanted = {row["goal_id"] for row in plan_table(plan, "goals") if role[row["level"]] != "frame"}
    pairs = [(row["goal_id"], row["theme"]) for row in plan_table(plan, "goal_themes")]
    assert len(pairs) == len(set(pairs))
    assert wanted <= {goal for goal, _ in pairs}


def test_themes_are_confirmed_only_where_the_document_says_so():
    confirmed = {
        (plan, row["goal_id"], row["theme"])
        for plan in PLANS
        for row in plan_table(plan, "goal_themes")
        if row["confirmed"] == "yes"
    }
    # 二戸 line 77 and 会津若松 lines 25-26; at 会津若松 goal 3 is G4 and goal 4 is G3.
    assert confirmed == {(NINOHE, f"g{n}", f"G{n}") for n in (1, 2, 3, 4)} | {
        (AIZUWAKAMATSU, goal, theme)
        for goal, theme in (("g1", "G1"), ("g2", "G2"), ("g3", "G4"), ("g4", "G3"))
    }


def test_reference_lists_cover_what_the_plans_use():
    kinds = {row["kind"] for row in read_table(DATA / "reference" / "kinds.csv")}
    level_names = [row["level"] for row in read_table(DATA / "reference" / "levels.csv")]
    themes = [(row["theme"], row["generation"]) for row in read_table(DATA / "reference" / "themes.csv")]
    assert len(level_names) == len(set(level_names))
    assert len(themes) == len(set(themes))
    # Every theme has a generation-free name to fall back on.
    assert {theme for theme, generation in themes if generation == "any"} == {theme for theme, _ in themes}
    for plan in PLANS:
        assert plan_file(plan)["kind"] in kinds
        assert set(levels(plan)) <= set(level_names)
        assert {row["theme"] for row in plan_table(plan, "goal_themes")} <= {theme for theme, _ in themes}


# ---------------------------------------------------------------- against the documents themselves


@pytest.fixture
def sources() -> Path:
    if not SOURCES.is_dir():
        pytest.skip("the source documents stay outside the repository and are not beside this checkout")
    return SOURCES


@pytest.mark.parametrize("plan", PLANS)
def test_document_hashes(plan, sources):
    for document in plan_file(plan)["documents"]:
        content = (sources / document["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == document["sha256"], document["file"]


@pytest.mark.parametrize("plan", PLANS)
def test_every_string_stands_at_its_locator(plan, sources):
    lines = {
        document["id"]: (sources / document["file"]).read_text(encoding="utf-8").split("\n")
        for document in plan_file(plan)["documents"]
    }
    missing = []
    for table, part in quotations(plan):
        first, last = re.fullmatch(r"L(\d+)(?:-(\d+))?", part["locator"]).groups()
        place = "\n".join(lines[part["document"]][int(first) - 1 : int(last or first)])
        if fold(part["as_written"]) not in fold(place):
            missing.append(f"{table} {part['locator']}: {part['as_written']}")
    assert not missing
