from __future__ import annotations

import json

import pytest

from planbook.run.parameters import check_parameters, parse_assignments, read_parameters
from planbook.vocabulary.errors import ParameterError

SOURCE = """\
plan_id: str = "07210-strategy-2"  # 計画のフォルダー名
horizon: int = 2045  # 何年まで
scale: float = 0.5
shown: bool = True
years: list = [2020, 2025]
since = 1995  # 型を書かない整数
"""


@pytest.fixture
def notebook(house):
    return house.notebook("page", parameters=SOURCE)


@pytest.fixture
def known(notebook):
    return read_parameters(notebook)


def test_name_type_default_and_help_are_read(known):
    assert list(known) == ["plan_id", "horizon", "scale", "shown", "years", "since"]
    assert (known["horizon"].type, known["horizon"].default, known["horizon"].help) == (
        "int",
        "2045",
        "何年まで",
    )
    assert known["since"].type == "int"


def test_a_notebook_without_the_cell_says_how_to_tag_one(house):
    with pytest.raises(ParameterError) as caught:
        read_parameters(house.notebook("bare", "1", parameters=None))
    assert "notebooks/bare.ipynb" in str(caught.value)
    assert "Cell Tags" in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        'plan_id: str = "a"  # 例 plan_id="a"',  # papermill skips a line with two equal signs
        'plan_id: str | None = "a"',  # papermill's pattern knows no |
    ],
)
def test_a_line_that_papermill_would_skip_is_refused_by_name(house, line):
    with pytest.raises(ParameterError) as caught:
        read_parameters(house.notebook("odd", parameters=line))
    assert "plan_id" in str(caught.value)


def test_a_cell_that_is_no_python_is_an_error_with_its_line(house):
    with pytest.raises(ParameterError) as caught:
        read_parameters(house.notebook("broken", parameters='plan_id: str = "a'))
    assert "1行目" in str(caught.value)


def test_a_file_that_is_no_notebook_is_named(house):
    path = house.places.notebooks / "text.ipynb"
    path.write_text("<<<<<<< HEAD")
    with pytest.raises(ParameterError) as caught:
        read_parameters(path)
    assert "notebooks/text.ipynb" in str(caught.value)


def test_an_unknown_name_lists_what_the_notebook_takes(notebook, known):
    with pytest.raises(ParameterError) as caught:
        check_parameters(notebook, known, {"plan": "x"})
    words = str(caught.value)
    assert "page.ipynb" in words
    assert "horizon: int = 2045  # 何年まで" in words


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("plan_id", 7210),
        ("horizon", "2045"),
        ("horizon", True),
        ("scale", "0.5"),
        ("shown", 1),
        ("years", "2020"),
    ],
)
def test_a_value_of_another_type_is_refused(notebook, known, name, value):
    with pytest.raises(ParameterError) as caught:
        check_parameters(notebook, known, {name: value})
    assert name in str(caught.value)


def test_values_of_the_right_type_pass(notebook, known):
    check_parameters(notebook, known, {"plan_id": "07210", "horizon": 2050, "scale": 1, "shown": False})


def test_words_become_values_of_their_type(notebook, known):
    words = ["plan_id=07210", "horizon=2050", "scale=1.5", "shown=no", "years=[2030]", "since=2000"]
    assert parse_assignments(notebook, known, words) == {
        "plan_id": "07210",
        "horizon": 2050,
        "scale": 1.5,
        "shown": False,
        "years": [2030],
        "since": 2000,
    }


def test_a_value_may_hold_an_equal_sign(notebook, known):
    assert parse_assignments(notebook, known, ["plan_id=a=b"]) == {"plan_id": "a=b"}


def test_every_bad_word_is_reported_at_once(notebook, known):
    with pytest.raises(ParameterError) as caught:
        parse_assignments(notebook, known, ["horizon=次", "scale=nan", "plan=x", "loose"])
    assert len(caught.value.problems) == 4


def test_a_code_in_an_untyped_parameter_keeps_its_zero(house):
    path = house.notebook("untyped", parameters="code = None")
    assert parse_assignments(path, read_parameters(path), ["code=07210"]) == {"code": "07210"}


def test_the_kernel_that_a_notebook_names_does_not_matter(house):
    path = house.notebook("foreign")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["metadata"] = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
    path.write_text(json.dumps(content), encoding="utf-8")
    assert list(read_parameters(path)) == ["plan_id"]
