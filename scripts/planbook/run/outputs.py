"""Outputs of cells as a page keeps them: the same bytes for the same inputs, nothing of the machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from nbformat import NotebookNode

from planbook.run.failure import without_colours

_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+(?=>)")
_KERNEL_FILE = re.compile(r"^\S*ipykernel_\d+\S*?\.py:(\d+): ", re.MULTILINE)


def take_warnings(outputs: Iterable[NotebookNode]) -> str:
    """Return what a cell wrote to standard error: warnings are for the log, not a red box for readers."""
    words = "".join(o["text"] for o in outputs if o["output_type"] == "stream" and o["name"] == "stderr")
    return _KERNEL_FILE.sub("", without_colours(words)).strip()


def clean_outputs(outputs: Iterable[NotebookNode], hide: Callable[[str], str]) -> list[NotebookNode]:
    """Return a cell's outputs without standard error, streams merged, paths and addresses removed."""
    kept: list[NotebookNode] = []
    for output in outputs:
        if output["output_type"] == "stream":
            if output["name"] == "stderr":
                continue
            words = hide(output["text"])
            if kept and kept[-1]["output_type"] == "stream":
                kept[-1]["text"] += words
                continue
            output["text"] = words
        else:
            output["data"] = {kind: _clean(kind, data, hide) for kind, data in output.get("data", {}).items()}
            output.pop("transient", None)
        kept.append(output)
    return kept


def _clean(kind: str, data: object, hide: Callable[[str], str]) -> object:
    if not isinstance(data, str) or not kind.startswith("text/"):
        return data
    data = hide(data)
    # An object without a repr of its own prints where it lies in memory, another place every time.
    return _ADDRESS.sub("", data) if kind == "text/plain" else data
