"""A YAML file with every key of a model, what each means, and nothing filled in that is not known."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from planbook.vocabulary.catalogue import plain, text

_HEAD = plain("「#」の後ろは説明です。分からない項目は空のままにし、planbook check で確かめてください。")


def write_template(model: type[BaseModel], known: Mapping[str, str]) -> str:
    """Return a YAML template.

    Parameters
    ----------
    model : the model that the file is read with.
    known : values by dotted key (``title.ja``); everything else is left open.
    """
    return f"# {text(_HEAD)}\n" + "".join(_lines(model, known, "", 0))


def _lines(model: type[BaseModel], known: Mapping[str, str], above: str, depth: int) -> list[str]:
    lines = []
    for name, field in model.model_fields.items():
        key = f"{above}{name}"
        lines += _field_lines(name, field, known, key, depth)
    return lines


def _field_lines(name: str, field: FieldInfo, known: Mapping[str, str], key: str, depth: int) -> list[str]:
    indent = "  " * depth
    words = _explain(field)
    inner, is_list = _inner_model(field.annotation)
    if inner is None:
        return [f"{indent}{name}:{_value(field, known.get(key))}{words}\n"]
    inside = _lines(inner, known, f"{key}.", depth + (2 if is_list else 1))
    if is_list:
        # One entry to begin with; its first key carries the dash.
        inside[0] = f"{indent}  - {inside[0].lstrip()}"
    if is_list and not field.is_required():
        # Nothing is a valid answer; how an entry would look stands below it.
        shown = [f"{indent}#{line.removeprefix(indent)}" for line in inside]
        return [f"{indent}{name}: []{words}\n", *shown]
    return [f"{indent}{name}:{words}\n", *inside]


def _value(field: FieldInfo, known: str | None) -> str:
    if known is not None:
        # Quoted, because YAML would make a number of 07210.
        return f" {json.dumps(known, ensure_ascii=False)}"
    if field.is_required() or field.default is None:
        return ""
    return f" {json.dumps(field.default)}"


def _explain(field: FieldInfo) -> str:
    parts = [text(field.description)] if field.description else []
    allowed = _literals(field.annotation)
    if allowed:
        parts.append(" | ".join(allowed))
    if not field.is_required():
        parts.append(text("なくてもよい"))
    elif _takes_nothing(field.annotation):
        parts.append(text("分からなければ空のまま"))
    return f"  # {'。'.join(parts)}" if parts else ""


def _options(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)


def _takes_nothing(annotation: Any) -> bool:
    return type(None) in _options(annotation)


def _literals(annotation: Any) -> list[str]:
    return [
        str(value) for part in _options(annotation) if get_origin(part) is Literal for value in get_args(part)
    ]


def _inner_model(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    for part in _options(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part, False
        if get_origin(part) in (list, tuple):
            inner = get_args(part)[0]
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                return inner, True
    return None, False
