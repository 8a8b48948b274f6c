"""Writing a notebook file whose bytes depend on its cells alone."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode


def write_notebook(cells: list[NotebookNode]) -> str:
    """Return a notebook file of these cells, which are numbered; its metadata say nothing of the run."""
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number}"
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata["language_info"] = {"name": "python"}
    notebook["nbformat_minor"] = 5
    return nbformat.writes(notebook) + "\n"
