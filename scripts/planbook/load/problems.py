"""Turn what pydantic found into problems with file, row, column and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from planbook.vocabulary.errors import Message, Problem, message


def problems_of(
    error: ValidationError, model: type[BaseModel], file: str, place: Mapping[str, object] | None = None
) -> list[Problem]:
    """List the problems of one model (a YAML file) or one row (a table)."""
    return [
        _problem(entry, model, file, dict(place or {}))
        for entry in error.errors(include_url=False)
        # A list whose items are all faulty is «too short» as well: the items say it better.
        if not (entry["type"] == "too_short" and entry.get("input"))
    ]


def _problem(
    entry: Mapping[str, Any], model: type[BaseModel], file: str, place: dict[str, object]
) -> Problem:
    context = entry.get("ctx", {})
    location = [part for part in entry["loc"] if part != "[key]"]
    name = context.get("column") or ".".join(str(part) for part in location)
    if name:
        place["column" if "row" in place else "key"] = name
    found = None if entry["type"] == "missing" or _is_whole_model(entry) else _shown(entry.get("input"))
    if entry["type"] == "planbook":
        return Problem(context["what"], file, place, found, context["allowed"], context["remedy"])
    what, allowed, remedy = _standard(entry, model, location)
    return Problem(what, file, place, found, allowed, remedy)


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
        return message("必要な項目がありません"), None, message("項目を書き加えてください")
    if kind == "extra_forbidden":
        known = _known_keys(model, location)
        close = get_close_matches(str(location[-1]), known, 1)
        remedy = (
            message("「{close}」の書き誤りなら直してください", close=close[0])
            if close
            else message("この項目を消すか、名前を確かめてください")
        )
        return message("知らない項目です"), message("{known}", known="、".join(known)), remedy
    if kind == "literal_error":
        allowed = context["expected"].replace("'", "").replace(" or ", ", ")
        return (
            message("使えない語です"),
            message("{known}", known=allowed),
            message("使える語のどれかを書いてください"),
        )
    if kind == "string_pattern_mismatch":
        return message("形が違います"), message("{known}", known=context["pattern"]), None
    if entry.get("input") in (None, ""):
        return message("空です"), message("空でない値"), message("書き入れてください")
    return (
        message("値の型が違います（{detail}）", detail=entry["msg"]),
        None,
        message("book の「データ」の項目一覧で型を確かめてください"),
    )


def _known_keys(model: type[BaseModel], location: list[Any]) -> list[str]:
    """List the keys allowed where the unknown one stands, walking down the nested models."""
    current: Any = model
    for part in location[:-1]:
        if isinstance(part, int):
            continue
        field = current.model_fields.get(part) if isinstance(current, type) else None
        nested = _models_in(field.annotation) if field else []
        if not nested:
            return []
        current = nested[0]
    return list(current.model_fields)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
