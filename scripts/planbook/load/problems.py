"""Turn what pydantic found into problems with file, row, column and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, Problem, message

#: What pydantic wants, by the beginning of its error type.
_KINDS = {
    "string": plain("文字列（数字だけなら引用符で囲む）"),
    "int": plain("整数（例 15）"),
    "float": plain("数（例 1.5）"),
    "decimal": plain("数（例 1.5）"),
    "bool": plain("true か false"),
    "date": plain("日付（例 2025-10-01）"),
    "list": plain("「- 」で始まる行の並び、または [ ] で囲んだ並び"),
    "tuple": plain("「- 」で始まる行の並び、または [ ] で囲んだ並び"),
    "dict": plain("「項目: 値」の組"),
    "mapping": plain("「項目: 値」の組"),
    "model": plain("「項目: 値」の組"),
}


def problems_of(
    error: ValidationError,
    model: type[BaseModel],
    file: str,
    place: Mapping[str, object] | None = None,
    content: Mapping[str, Any] | None = None,
) -> list[Problem]:
    """List the problems of one model (a YAML file) or one row (a table).

    Parameters
    ----------
    content : what was validated, so that a document is named by its ID rather than by its position.
    """
    return [
        _problem(entry, model, file, dict(place or {}), content)
        for entry in error.errors(include_url=False)
        # A list whose items are all faulty is «too short» as well: the items say it better.
        if not (entry["type"] == "too_short" and entry.get("input"))
    ]


def _problem(
    entry: Mapping[str, Any],
    model: type[BaseModel],
    file: str,
    place: dict[str, object],
    content: Mapping[str, Any] | None,
) -> Problem:
    context = entry.get("ctx", {})
    location = [part for part in entry["loc"] if part != "[key]"]
    name = context.get("column") or ".".join(_names(location, content or {}))
    if name:
        place["column" if "row" in place else "key"] = name
    found = None if entry["type"] == "missing" or _is_whole_model(entry) else _shown(entry.get("input"))
    if entry["type"] == "planbook":
        return Problem(context["what"], file, place, found, context["allowed"], context["remedy"])
    what, allowed, remedy = _standard(entry, model, location)
    return Problem(what, file, place, found, allowed, remedy)


def _names(location: list[Any], content: Mapping[str, Any]) -> list[str]:
    """Return the parts of a dotted key; a document has its ID in place of its position, where it has one."""
    parts = [str(part) for part in location]
    if parts[:1] == ["documents"] and len(parts) > 1:
        try:
            name = content["documents"][location[1]]["id"]
        except (KeyError, IndexError, TypeError):
            return parts
        if isinstance(name, str) and name.strip():
            parts[1] = name.strip()
    return parts


def _is_whole_model(entry: Mapping[str, Any]) -> bool:
    return isinstance(entry.get("input"), (dict, BaseModel))


def _shown(value: object) -> str:
    shown = "" if value is None else str(value)
    return shown if len(shown) <= 80 else shown[:77] + "…"


def _standard(
    entry: Mapping[str, Any], model: type[BaseModel], location: list[Any]
) -> tuple[Message, Message | None, Message | None]:
    """Word pydantic's own errors; those it can raise here are few."""
    kind, context = entry["type"], entry.get("ctx", {})
    if kind == "missing":
        return message("必要な項目がありません"), None, _remedy_of_missing(entry, model, location)
    if kind == "extra_forbidden":
        return _unknown_key(model, location)
    if kind == "literal_error":
        allowed = context["expected"].replace("'", "").replace(" or ", ", ")
        return (
            message("使えない語です"),
            message("{known}", known=allowed),
            message("使える語のどれかを書いてください"),
        )
    if kind == "string_pattern_mismatch":
        return message("形が違います"), message("{known}", known=context["pattern"]), None
    if kind in ("too_short", "string_too_short") or entry.get("input") in (None, ""):
        return message("空です"), message("空でない値"), message("書き入れてください")
    expected = _KINDS.get(kind.split("_")[0])
    return (
        message("値の型が違います"),
        Message(expected) if expected else None,
        message("その形に直してください。形の例は planbook new が作るひな形にあります"),
    )


def _remedy_of_missing(entry: Mapping[str, Any], model: type[BaseModel], location: list[Any]) -> Message:
    """Return what to do about a missing key; one that is no plain typing has words of its own."""
    owner = _model_of(model, location)
    field = owner.model_fields.get(str(location[-1])) if owner else None
    words = (field.json_schema_extra or {}).get("remedy") if field else None
    if not words:
        return message("項目を書き加えてください")
    return Message(words, {"file": entry["input"].get("file") or "…"})


def _unknown_key(model: type[BaseModel], location: list[Any]) -> tuple[Message, Message, Message]:
    owner = _model_of(model, location)
    known = list(owner.model_fields) if owner else []
    close = get_close_matches(str(location[-1]), known, 1)
    remedy = (
        message("「{close}」の書き誤りなら直してください", close=close[0])
        if close
        else message("この項目を消すか、名前を確かめてください")
    )
    return message("知らない項目です"), message("{known}", known="、".join(known)), remedy


def _model_of(model: type[BaseModel], location: list[Any]) -> type[BaseModel] | None:
    """Return the model whose key the last part of `location` is, walking down the nested models."""
    current: Any = model
    for part in location[:-1]:
        if isinstance(part, int):
            continue
        field = current.model_fields.get(part) if isinstance(current, type) else None
        nested = _models_in(field.annotation) if field else []
        if not nested:
            return None
        current = nested[0]
    return current


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
