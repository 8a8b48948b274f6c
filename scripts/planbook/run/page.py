"""An executed notebook made into a page: headings, folded code, footer, and the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from planbook.run.empty_sections import leave_out_empty
from planbook.run.execute import INJECTED
from planbook.run.failure import Curtain
from planbook.run.headings import escape_markdown
from planbook.run.jobs import Job
from planbook.run.notebook_file import write_notebook
from planbook.run.outputs import clean_outputs, take_warnings
from planbook.run.parameters import TAG, Parameter
from planbook.run.reproduce import write_footer
from planbook.run.words import split_blocks, translate_markdown
from planbook.vocabulary.catalogue import in_language, text

_TITLE = re.compile(r"#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_OF_THE_RUN = {"papermill", "execution", "tags"}
_HIDING = {"hide-input", "remove-input", "hide-cell", "remove-cell"}


@dataclass(frozen=True)
class Page:
    """A page ready to be kept.

    Parameters
    ----------
    notebook : the page as text of an .ipynb file.
    warnings : what cells wrote to standard error, each led by its cell.
    """

    notebook: str
    warnings: tuple[str, ...]


def shape_page(
    executed: NotebookNode, job: Job, parameters: Mapping[str, Parameter], stamp: str, hide: Curtain
) -> Page:
    """Make a page of an executed notebook.

    Parameters
    ----------
    executed : the notebook, all its cells run.
    job : its job.
    parameters : the parameters it takes.
    stamp : the short content stamp, shown in the footer.
    hide : hides the machine's folders.
    """
    with in_language(job.language):
        cells, warnings = _shape_cells(executed.cells, hide)
        cells = leave_out_empty(cells)
        _write_title(cells, job)
        cells.append(nbformat.v4.new_markdown_cell(write_footer(job, parameters, stamp)))
    return Page(write_notebook(cells), tuple(warnings))


def _shape_cells(cells: list[NotebookNode], hide: Curtain) -> tuple[list[NotebookNode], list[str]]:
    shaped, warnings = [], []
    count = 0
    for cell in cells:
        tags = list(cell.metadata.get("tags", []))
        kept = {key: value for key, value in cell.metadata.items() if key not in _OF_THE_RUN}
        cell["metadata"] = nbformat.from_dict(kept)
        if cell.cell_type == "code":
            count += 1
            said = hide(take_warnings(cell.outputs))
            if said:
                number = count - (INJECTED in _seen(shaped))
                warnings.append(text("セル{cell}：{words}", cell=number, words=said))
            _shape_code(cell, tags, count, hide)
        else:
            cell["source"] = translate_markdown(cell.source)
        if tags:
            cell["metadata"]["tags"] = tags
        shaped.append(cell)
    return shaped, warnings


def _seen(cells: list[NotebookNode]) -> set[str]:
    return {tag for cell in cells for tag in cell.metadata.get("tags", [])}


def _shape_code(cell: NotebookNode, tags: list[str], count: int, hide: Curtain) -> None:
    if TAG in tags or INJECTED in tags:
        tags.append("remove-cell")
    elif not _HIDING.intersection(tags):
        # Folded, not gone: analysts learn from the page.
        tags.append("hide-input")
    cell["outputs"] = clean_outputs(cell.outputs, hide)
    cell["execution_count"] = count
    for output in cell["outputs"]:
        if output["output_type"] == "execute_result":
            output["execution_count"] = count


def _write_title(cells: list[NotebookNode], job: Job) -> None:
    """Put the plan's title into the first heading; else every plan's page would be called the same."""
    for cell in cells:
        # By blocks, so that a comment in a fenced example is not taken for the heading.
        blocks = split_blocks(cell.source) if cell.cell_type == "markdown" else []
        for found in filter(None, map(_TITLE.match, blocks)):
            lines = cell.source.splitlines(keepends=True)
            place = next(i for i, line in enumerate(lines) if line.startswith(found[0]))
            lines[place] = lines[place].replace(found[0], f"# {_full_title(job, found[1])}", 1)
            cell["source"] = "".join(lines)
            return
    cells.insert(0, nbformat.v4.new_markdown_cell(f"# {_full_title(job, job.title)}"))


def _full_title(job: Job, own: str) -> str:
    return text("{plan}：{page}", plan=escape_markdown(job.heading), page=own) if job.heading else own
