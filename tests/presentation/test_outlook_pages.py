"""The population page and the digest of data that lack something: every cell runs, and the page says what it lacks."""

from __future__ import annotations

import ast
import shutil

import nbformat
import pytest

from planbook.load.roots import DataRoot
from planbook.presentation.html import Html

CITY, NINOHE = "47999-strategy-1", "03213-strategy-1"


@pytest.fixture
def read_page(repository, tmp_path, monkeypatch):
    """Run the cells of a notebook in this process; return what a reader sees, by id of the cell.

    With `wanted`, of the cells that only show something those alone are run.
    """
    monkeypatch.setenv("PLANBOOK_OUTPUT", "book")
    monkeypatch.setenv("PLANBOOK_DOWNLOADS", str(tmp_path / "downloads"))

    def run(data, notebook: str, plan_id: str, *wanted: str) -> dict[str, str]:
        monkeypatch.setenv("PLANBOOK_DATA", str(data))
        shown, names = {}, {"plan_id": plan_id}
        for cell in nbformat.read(repository / "notebooks" / f"{notebook}.ipynb", as_version=4).cells:
            if cell.cell_type != "code" or "parameters" in cell.metadata.get("tags", []):
                continue
            tree = ast.parse(cell.source)
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            if wanted and not tree.body and cell.id not in wanted:
                continue
            exec(compile(tree, cell.id, "exec"), names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), cell.id, "eval"), names)
                shown[cell.id] = value.plain() if isinstance(value, Html) else str(value)
        return shown

    return run


@pytest.fixture
def ninohe(repository, tmp_path):
    """二戸市 and its strategy alone, to be spoilt."""
    source, target = DataRoot(repository / "data"), tmp_path / "data"
    shutil.copytree(source.path / "reference", target / "reference")
    for folder in (source.municipality_folder(NINOHE[:5]), source.plan_folder(NINOHE)):
        shutil.copytree(folder, target / folder.relative_to(source.path))
    return target


def replace_in(path, *pairs):
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8", newline="")


def aim_at(data, year, persons):
    replace_in(
        data / "plans" / NINOHE / "plan.yml",
        ("      year: 2045\n", f"      year: {year}\n"),
        ("population_persons: 20000", f"population_persons: {persons}"),
        ("人口 20,000人", f"人口 {persons:,}人"),
    )


@pytest.mark.parametrize("notebook", ["population", "digest"])
def test_the_fictional_city_has_pages_without_an_outlook(country, read_page, notebook):
    """Three broad ages and a projection every ten years: no scenario, one reason, and the rest of the page stands."""
    shown = read_page(country.path, notebook, CITY)
    if notebook == "population":
        assert "住民基本台帳の年齢別人口もない" in shown["outlook-missing"]
        assert "示せる数値がない" in shown["need-frontier"]
    assert "9,000" in "".join(shown.values())


@pytest.mark.parametrize("missing", ["projections", "age_sex", "population"])
def test_a_municipality_that_lacks_a_table_has_a_page(ninohe, read_page, missing):
    (path,) = (ninohe / "municipalities").glob(f"*/{missing}.csv")
    path.unlink()
    shown = read_page(ninohe, "population", NINOHE)
    assert ("シナリオ" in shown["outlook-missing"]) is (missing != "population")


def test_a_target_of_2060_is_said_to_lie_beyond_the_projection(ninohe, read_page):
    """Many visions aim at 2060, IPSS ends in 2050."""
    aim_at(ninohe, 2060, 18_000)
    shown = read_page(ninohe, "population", NINOHE, "need-words", "stated-words")
    assert "2025〜2050年の5年おき" in shown["need-words"]
    assert "計算していません" in shown["need-words"]
    assert shown["stated-words"].strip() == ""


@pytest.mark.parametrize("persons", [14_000, 9_000])
def test_of_a_target_below_the_projection_nothing_is_asked(ninohe, read_page, persons):
    """Far below it no shift of migration gives so few: that is no need for more than 5 % a year to move in."""
    aim_at(ninohe, 2045, persons)
    words = read_page(ninohe, "population", NINOHE, "need-words")["need-words"]
    assert "推計の率のままでできる計算" in words
    assert "5%" not in words
    assert "届きません" not in words


def test_of_a_target_out_of_reach_no_number_of_migrants_is_given(ninohe, read_page):
    aim_at(ninohe, 2045, 200_000)
    words = read_page(ninohe, "population", NINOHE, "need-words")["need-words"]
    assert "5%を超える転入超過が必要" in words
    assert "毎年あと" not in words


@pytest.mark.parametrize(
    ("start", "said", "not_said"),
    [
        (2019, "移動率をそのまま使いました", "縮小をあてました"),
        (2024, "この計算の前提", "移動率に、この版の説明"),
    ],
)
def test_the_note_on_adoption_says_what_was_done_with_the_edition_in_force(
    ninohe, read_page, start, said, not_said
):
    """IPSS 2013 let migration shrink, 2018 and 2023 did not; of 2023 the totals themselves are met."""
    replace_in(
        ninohe / "plans" / NINOHE / "plan.yml",
        ("start_fiscal_year: 2015", f"start_fiscal_year: {start}"),
        ("end_fiscal_year: 2019", f"end_fiscal_year: {start + 4}"),
        ("      relative_to: ipss2013\n", ""),
    )
    note = read_page(ninohe, "population", NINOHE, "stated-note")["stated-note"]
    assert said in note
    assert not_said not in note
