"""Read and validate one YAML file."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from planbook.load.problems import problems_of
from planbook.load.textfile import read_text
from planbook.vocabulary.errors import InputError, Problem, message

try:
    from yaml import CSafeLoader as _BaseLoader  # 8 times faster than the pure loader
except ImportError:  # a platform whose wheel lacks libyaml
    from yaml import SafeLoader as _BaseLoader

Model = TypeVar("Model", bound=BaseModel)


class _Loader(_BaseLoader):
    """A safe loader that refuses a repeated key; plain YAML keeps the last one and says nothing."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict:
    seen: dict[object, yaml.Node] = {}
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key: {key}", key_node.start_mark)
        seen[key] = key_node
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path, model: type[Model], shown: str) -> Model:
    """Read `path` as `model`; every problem of the file is reported at once."""
    text = read_text(path, shown)
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise InputError(_syntax_problem(error, text, shown)) from None
    if not isinstance(content, dict):
        raise InputError(
            Problem(
                message("項目と値の組になっていません"),
                file=shown,
                found=type(content).__name__,
                allowed=message("「項目: 値」の行"),
                remedy=message("planbook new で作られるひな形と比べてください"),
            )
        )
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise InputError(problems_of(error, model, shown, content=content)) from None


def _syntax_problem(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else None
    lines = text.splitlines()
    return Problem(
        message(
            "YAMLの書き方が正しくありません（{detail}）", detail=getattr(error, "problem", None) or str(error)
        ),
        file=shown,
        place={"line": line},
        found=lines[line - 1].strip() if line and line <= len(lines) else None,
        allowed=message("字下げは半角空白、「項目: 値」の : の後に半角空白"),
        remedy=message("その行と直前の行の、字下げ・引用符・コロンを確かめてください"),
    )
