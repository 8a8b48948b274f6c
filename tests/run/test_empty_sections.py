"""Sections with nothing to show are left out; prose, titles and anything that shows something stay."""

from __future__ import annotations

import nbformat
import pytest

from planbook.run.empty_sections import leave_out_empty


def words(source):
    return nbformat.v4.new_markdown_cell(source)


def code(*shown, kind="text/html"):
    outputs = [nbformat.v4.new_output("execute_result", {kind: one, "text/plain": one}) for one in shown]
    return nbformat.v4.new_code_cell("show()", outputs=outputs)


def left(*cells):
    return [
        cell.source.split("\n")[0] for cell in leave_out_empty(list(cells)) if cell.cell_type == "markdown"
    ]


def test_a_section_that_shows_nothing_is_left_out_with_its_prose():
    page = (
        words("# 題"),
        code("<p>答</p>"),
        words("## 空\n\n説明"),
        code(""),
        code("  "),
        words("## 出典"),
        code("<p>1</p>"),
    )
    assert left(*page) == ["# 題", "## 出典"]
    assert len(leave_out_empty(list(page))) == 4


@pytest.mark.parametrize(
    "cells",
    [
        (code("<p>図</p>"),),
        (code(""), code("<p>図</p>")),
        (),  # prose only
        (code(),),  # an import shows nothing and says nothing
        (code("", kind="image/png"),),
    ],
)
def test_what_shows_something_or_says_nothing_stays(cells):
    assert left(words("# 題"), words("## 節"), *cells) == ["# 題", "## 節"]


def test_a_stream_is_something():
    cell = nbformat.v4.new_code_cell(
        "print(1)", outputs=[nbformat.v4.new_output("stream", name="stdout", text="1")]
    )
    assert left(words("## 節"), cell) == ["## 節"]


def test_a_section_goes_with_its_last_subsection_only():
    page = (words("## 節"), code(""), words("### 小節"), code("<p>図</p>"), words("### 空"), code(""))
    assert left(*page) == ["## 節", "### 小節"]
    assert left(words("## 節"), code(""), words("### 空"), code("")) == []


def test_the_title_is_never_left_out():
    assert left(words("# 題"), code("")) == ["# 題"]
