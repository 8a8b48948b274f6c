"""The types of notebook parameters: what annotation takes which value, and how a word becomes one."""

from __future__ import annotations

import ast
import math
import re

UNKNOWN = "object"
_TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}
_INTEGER = re.compile(r"[+-]?\d+\Z", re.ASCII)
_WORDS = {"true": True, "yes": True, "false": False, "no": False}


def type_of(annotation: str, default: str) -> str:
    """Return the type's name: the annotation, or that of the default value where papermill saw none."""
    if annotation and annotation != "None":
        return annotation
    try:
        value = ast.literal_eval(default)
    except (ValueError, SyntaxError):
        return UNKNOWN
    return UNKNOWN if value is None else type(value).__name__


def is_of_type(value: object, name: str) -> bool:
    """Tell whether a parameter of type `name` takes `value`; an unknown type takes anything."""
    wanted = _TYPES.get(_outer(name))
    if wanted is None:
        return True
    if isinstance(value, bool) and wanted is not bool:
        return False
    return isinstance(value, (int, float) if wanted is float else wanted)


def convert_text(written: str, name: str) -> object:
    """Return the value that a word on the command line means for type `name`; `ValueError` if none.

    A string stays the string it is: 07210 is a municipality code, and a guess would make it 7210.
    """
    outer = _outer(name)
    if outer == "str":
        return written
    word = written.strip()
    if outer == "int" and _INTEGER.match(word):
        return int(word)
    if outer == "float" and math.isfinite(number := float(word)):
        return number
    if outer == "bool" and word.lower() in _WORDS:
        return _WORDS[word.lower()]
    if outer in ("list", "dict", UNKNOWN) or outer not in _TYPES:
        return _literal(word, outer)
    raise ValueError(written)


def _literal(word: str, outer: str) -> object:
    try:
        value = ast.literal_eval(word)
    except (ValueError, SyntaxError):
        if outer in ("list", "dict"):
            raise ValueError(word) from None
        return word
    if not is_of_type(value, outer):
        raise ValueError(word)
    return value


def _outer(name: str) -> str:
    return name.partition("[")[0].strip()
