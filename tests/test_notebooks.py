"""Hygiene of the notebooks: an analyst edits them, papermill runs them, git compares them."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import nbformat
import papermill
import pytest

from planbook.run.pages import PAGES

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[dict]:
    return [
        cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"
    ]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def test_the_notebooks_of_all_pages_are_there():
    assert {page.notebook for page in PAGES} <= {path.stem for path in NOTEBOOKS}


@each
def test_it_is_a_valid_notebook_with_its_outputs_stripped(path):
    nbformat.validate(nbformat.read(path, as_version=4))
    assert [n for n, cell in enumerate(code_cells(path)) if cell["outputs"] or cell["execution_count"]] == []


@each
def test_it_holds_no_functions_classes_paths_or_downloads(path):
    for cell in code_cells(path):
        tree = ast.parse(source(cell))
        kinds = [type(node).__name__ for node in ast.walk(tree)]
        assert not {"FunctionDef", "ClassDef", "AsyncFunctionDef", "Lambda"} & set(kinds), source(cell)
        strings = [
            n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
        ]
        assert not [s for s in strings if "://" in s or s.endswith((".csv", ".yml", ".xlsx"))], source(cell)


@each
def test_its_cells_are_short(path):
    lengths = [len(source(cell).strip().splitlines()) for cell in code_cells(path)]
    assert max(lengths) <= 15
    assert sorted(lengths)[len(lengths) // 2] <= 6


@each
def test_its_one_parameters_cell_is_an_interface(path):
    cells = [cell for cell in code_cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(cells) == 1
    known = papermill.inspect_notebook(str(path))
    assert set(known) in ({"plan_id"}, {"plans"})
    for parameter in known.values():
        assert parameter["inferred_type_name"] == "str"
        assert parameter["help"], "the trailing comment tells what may be written"


@each
def test_numbers_in_prose_are_computed(path, real_data):
    """No figure of the data stands typed in a text cell: it would stay when the data changes."""
    import re  # noqa: PLC0415

    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = "\n".join(source(cell) for cell in cells if cell["cell_type"] == "markdown")
    assert re.findall(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?\s*[%％]", prose) == []


@each
def test_it_ends_with_its_sources(path):
    assert source(code_cells(path)[-1]).strip() == "page.source_list()"


@each
def test_one_heading_of_the_first_level(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    heads = [
        line
        for cell in cells
        if cell["cell_type"] == "markdown"
        for line in source(cell).splitlines()
        if line.startswith("# ")
    ]
    assert len(heads) == 1
    assert cells[0]["cell_type"] == "markdown"
