"""Strict parameters: what a notebook takes is read from its parameters cell, and nothing else is passed."""

from __future__ import annotations

import ast
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.run.parameter_types import convert_text, is_of_type, type_of
from planbook.vocabulary.errors import Message, ParameterError, Problem, message

if TYPE_CHECKING:
    from nbformat import NotebookNode

TAG = "parameters"


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook as its cell states it.

    Parameters
    ----------
    type : the annotation, or the type of the default value where there is none.
    default : the default value as Python source.
    help : the comment at the end of the line.
    """

    name: str
    type: str
    default: str
    help: str

    def __str__(self) -> str:
        return f"{self.name}: {self.type} = {self.default}" + (f"  # {self.help}" if self.help else "")


def open_notebook(path: Path) -> NotebookNode:
    """Open a notebook; `ParameterError` when it is not one."""
    import nbformat  # noqa: PLC0415 - slow to import

    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except (ValueError, nbformat.ValidationError, KeyError) as error:
        raise ParameterError(
            Problem(
                message("ノートブックとして読めません（{detail}）", detail=str(error).partition("\n")[0]),
                file=f"notebooks/{path.name}",
                remedy=message("JupyterLab で開いて保存し直すか、前の版に戻してください"),
            )
        ) from error
    # A notebook saved by another editor may name a kernel that this machine lacks; only Python runs here.
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def read_parameters(path: Path) -> dict[str, Parameter]:
    """Return the parameters of a notebook by name, in the order of its parameters cell.

    Raises
    ------
    ParameterError : no cell is tagged as the parameters cell, or one of its lines cannot be read.
    """
    import papermill  # noqa: PLC0415 - slow to import

    notebook = open_notebook(path)
    shown = f"notebooks/{path.name}"
    cell = next((c for c in notebook.cells if TAG in c.metadata.get("tags", [])), None)
    if cell is None:
        raise ParameterError(_no_cell(shown))
    # papermill warns of lines that it skips; they are refused below, by name.
    logging.getLogger("papermill").setLevel(logging.ERROR)
    found = papermill.inspect_notebook(notebook)
    unread = [name for name in _assigned_names(cell.source, shown) if name not in found]
    if unread:
        raise ParameterError([_unreadable(shown, name) for name in unread])
    return {name: _parameter(name, entry) for name, entry in found.items()}


def _parameter(name: str, entry: Mapping[str, str]) -> Parameter:
    kind = type_of(entry["inferred_type_name"], entry["default"])
    return Parameter(name, kind, entry["default"], entry["help"])


def _assigned_names(source: str, shown: str) -> list[str]:
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise ParameterError(
            Problem(
                message("パラメーターのセルがPythonとして読めません（{detail}）", detail=error.msg),
                file=shown,
                place={"line": error.lineno},
                found=(error.text or "").strip() or None,
                allowed=_LINE,
            )
        ) from error
    targets = [target for line in body if isinstance(line, ast.Assign) for target in line.targets]
    targets += [line.target for line in body if isinstance(line, ast.AnnAssign)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


_LINE = message('一行に一つの代入。例 plan_id: str = "07210-strategy-2"  # 計画ID')


def _no_cell(shown: str) -> Problem:
    return Problem(
        message("パラメーターのセルがありません"),
        file=shown,
        allowed=message("parameters というタグのついたセルが一つ"),
        remedy=message(
            "JupyterLab で代入のセルを選び、右上の歯車の Cell Tags に parameters を加えて保存してください"
        ),
    )


def _unreadable(shown: str, name: str) -> Problem:
    return Problem(
        message("パラメーター「{name}」の行を読み取れません", name=name),
        file=shown,
        allowed=_LINE,
        remedy=message(
            "型は str、int、float、bool、list、dict のどれかにし、説明の中に = を書かないでください"
        ),
    )


def check_parameters(path: Path, known: Mapping[str, Parameter], values: Mapping[str, object]) -> None:
    """Raise `ParameterError` for every value whose name or type the notebook does not take."""
    problems = [
        _unknown(path, name, known) if name not in known else _ill_typed(path, known[name], repr(value))
        for name, value in values.items()
        if name not in known or not is_of_type(value, known[name].type)
    ]
    if problems:
        raise ParameterError(problems)


def parse_assignments(path: Path, known: Mapping[str, Parameter], words: Iterable[str]) -> dict[str, object]:
    """Return the values that ``name=value`` words give, each converted to its parameter's type.

    Raises
    ------
    ParameterError : with every word that has no ``=``, names an unknown parameter, or does not convert.
    """
    values: dict[str, object] = {}
    problems = []
    for word in words:
        name, equals, written = word.partition("=")
        parameter = known.get(name.strip())
        if not equals or parameter is None:
            problems.append(_unknown(path, name if equals else word, known))
            continue
        try:
            values[parameter.name] = convert_text(written, parameter.type)
        except ValueError:
            problems.append(_ill_typed(path, parameter, written))
    if problems:
        raise ParameterError(problems)
    return values


def _unknown(path: Path, name: str, known: Mapping[str, Parameter]) -> Problem:
    return Problem(
        message("このノートブックに、そのパラメーターはありません"),
        file=f"notebooks/{path.name}",
        found=name,
        allowed=_listed(known.values()),
        remedy=message("-p 名前=値 の形で、上の名前を使ってください"),
    )


def _ill_typed(path: Path, parameter: Parameter, found: str) -> Problem:
    return Problem(
        message("パラメーターの値の型が違います"),
        file=f"notebooks/{path.name}",
        place={"key": parameter.name},
        found=found,
        allowed=_listed([parameter]),
        remedy=message("{type} として読める値を書いてください", type=parameter.type),
    )


def _listed(parameters: Iterable[Parameter]) -> Message:
    return message("{known}", known="".join(f"\n    {parameter}" for parameter in parameters) or "—")
