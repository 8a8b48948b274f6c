"""Fixtures: the repository's data, and a small fictional country that a test may break."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from planbook.load.roots import DataRoot

# A shared machine is slow at times, and a test that fails must fail again: no deadline, the same examples.
settings.register_profile("planbook", deadline=None, derandomize=True)
settings.load_profile("planbook")

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def real_data() -> DataRoot:
    return DataRoot(REPOSITORY / "data")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with source documents and official statistics."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ with the source documents is not beside this checkout")
    return SHARED


PLAN_YML = """\
plan_id: 47999-strategy-1
title: {ja: 架空市総合戦略, en: Strategy of Kaku City}
short_title: {ja: 架空市 第1期, en: "Kaku, 1st"}
municipality: "47999"
kind: strategy
generation: gen1
status: adopted
coverage: full
coverage_note: {ja: 全文。, en: The full text.}
period: {start_fiscal_year: 2015, end_fiscal_year: 2019, as_written: 平成27年度～平成31年度, document: text, locator: L1}
adopted: 2015-10-01
updated: null
documents:
  - id: text
    file: kaku.txt
    publisher: 架空市
    title: 架空市総合戦略
    form: 文字
    form_en: text
    url: null
    updated: null
    retrieved: null
    sha256: {sha256}
    licence_id: quotation
outlook:
  targets:
    - {id: t1, year: 2040, population_persons: 9000, precision: 1, qualifier: exact, basis: census, edition: null,
       as_written: "2040年に9,000人", document: text, locator: L2}
"""
DOCUMENT = "計画期間 平成27年度～平成31年度\n2040年に9,000人\n基本目標1 しごとをつくる\n施策1 農業\n出生数 100人 120人\n"
GOALS = """\
as_written,document,locator,reading,cause,note,goal_id,parent_id,level,number,title,marks,edition
基本目標1 しごとをつくる,text,L3,,,,g1,,basic_goal,基本目標1,しごとをつくる,,
施策1 農業,text,L4,,,,g1-1,g1,measure,施策1,農業,,
"""
KPIS = """\
as_written,document,locator,reading,cause,note,kpi_id,goal_id,role,code,name,group,unit,type,direction,survey_n,on_track_rule,repeats,tolerance,statistic,department
出生数,text,L5,,,,k1,g1,target_indicator,,出生数,,人,annual_flow,up,,,,,,
"""
KPI_VALUES = """\
as_written,document,locator,reading,cause,note,kpi_id,kind,fiscal_year,as_of,state,value,unit,precision,source_id,years,respondents,published
100人,text,L5,,,,k1,baseline,2014,,number,100,人,1,,,,
120人,text,L5,,,,k1,target,2019,,number,120,人,1,,,,
"""
MUNICIPALITY_YML = """\
code: "47999"
name: {ja: 架空市, en: Kaku, kana: かくうし}
boundary: 2020年
"""
POPULATION = """\
concept,as_of,residents,population_persons,status,source_id,note
census,2010-10-01,all,11000,final,census-1980-2015-age5,
census,2015-10-01,all,10500,final,census-1980-2015-age5,
census,2020-10-01,all,10000,final,census-2020-ssdse,
register,2021-01-01,all,10050,final,juki-1995-2022,
"""
AGE_SEX = "age_kind,age_start,age_end,concept,as_of,sex,population_persons,source_id\n" + "".join(
    f"{kind},{start},{end},census,2020-10-01,{sex},{persons},census-2020-ssdse\n"
    for sex in ("female", "male")
    for kind, start, end, persons in (
        ("interval", 0, 15, 600),
        ("interval", 15, 65, 2900),
        ("open", 65, "", 1500),
    )
)
VITAL = "concept,measure,period_start,period_end,residents,persons,source_id,note\n" + "".join(
    f"register,{measure},{year}-01-01,{year}-12-31,all,{persons},juki-1995-2022,\n"
    for year in (2019, 2020)
    for measure, persons in (("births", 60), ("deaths", 130), ("in_migrants", 300), ("out_migrants", 340), ("other_change", -2))
)  # fmt: skip
PROJECTIONS = "age_kind,age_start,age_end,edition,variant,year,sex,population_persons,source_id\n" + "".join(
    f"total,,,ipss2023,standard,{year},total,{persons},ipss2023\n"
    for year, persons in ((2020, 10000), (2030, 9200), (2040, 8400), (2050, 7500))
)


class Country:
    """A data folder on disk that a test may change, one file at a time."""

    def __init__(self, path: Path):
        self.path = path
        self.root = DataRoot(path)
        self.plan = path / "plans" / "47999-strategy-1"
        self.municipality = path / "municipalities" / "47999-kaku"
        self.documents = path.parent / "documents"

    def replace(self, file: Path, old: str, new: str) -> None:
        """Replace a string that must be there, so that a test never tests nothing."""
        text = file.read_text(encoding="utf-8")
        assert old in text, (file.name, old)
        file.write_text(text.replace(old, new), encoding="utf-8", newline="")

    def rows(self, file: Path) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


@pytest.fixture
def country(tmp_path) -> Country:
    """A fictional city with one plan; the reference lists are the repository's."""
    import hashlib  # noqa: PLC0415

    made = Country(tmp_path / "data")
    for folder in (made.plan, made.municipality, made.documents):
        folder.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "data" / "reference", made.path / "reference")
    # Two of the 1,741 municipalities: reading them all in every test took most of its time.
    for name in ("municipalities", "peer_figures"):
        file = made.path / "reference" / f"{name}.csv"
        rows = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        file.write_text("".join(rows[:3]), encoding="utf-8")
    document = DOCUMENT.encode()
    (made.documents / "kaku.txt").write_bytes(document)
    plan = PLAN_YML.replace("{sha256}", hashlib.sha256(document).hexdigest())
    for folder, name, content in (
        (made.plan, "plan.yml", plan),
        (made.plan, "goals.csv", GOALS),
        (made.plan, "kpis.csv", KPIS),
        (made.plan, "kpi_values.csv", KPI_VALUES),
        (made.municipality, "municipality.yml", MUNICIPALITY_YML),
        (made.municipality, "population.csv", POPULATION),
        (made.municipality, "age_sex.csv", AGE_SEX),
        (made.municipality, "vital.csv", VITAL),
        (made.municipality, "projections.csv", PROJECTIONS),
    ):
        (folder / name).write_text(content, encoding="utf-8", newline="")
    return made
