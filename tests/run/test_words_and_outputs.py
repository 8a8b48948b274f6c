"""Blocks of Markdown, outputs of cells, paths that are hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_output

from planbook.run.failure import Curtain, make_curtain, shorten_traceback
from planbook.run.outputs import clean_outputs, take_warnings
from planbook.run.words import block_message, split_blocks, translate_markdown
from planbook.vocabulary import catalogue

MARKDOWN = "# 題\n\n一つ目の段落。\n続き。\n\n```\nコード\n\n# まだコード\n```\n\n- 項目\n\n\n:::{note}\n中\n\n身\n:::\n"


def test_blocks_end_at_blank_lines_outside_fences():
    assert split_blocks(MARKDOWN) == [
        "# 題",
        "一つ目の段落。\n続き。",
        "```\nコード\n\n# まだコード\n```",
        "- 項目",
        ":::{note}\n中\n\n身\n:::",
    ]


def test_the_signs_of_a_heading_are_no_words():
    assert block_message("## 見出し") == ("## ", "見出し")
    assert block_message("#見出しではない") == ("", "#見出しではない")


def test_translation_keeps_the_layout(monkeypatch):
    english = {"題": "Title", "- 項目": "- Item"}
    monkeypatch.setattr(catalogue, "_translations", lambda language: english)
    with catalogue.in_language("en"):
        expected = MARKDOWN.replace("題", "Title").replace("- 項目", "- Item")
        assert translate_markdown(MARKDOWN) == expected
    assert translate_markdown(MARKDOWN) == MARKDOWN


@pytest.mark.parametrize("words", ["", "\n", "一つ", "一つ\n\n", "\n\n一つ", "```\n閉じない"])
def test_the_japanese_edition_is_the_text_itself(words, monkeypatch):
    monkeypatch.setattr(catalogue, "_translations", lambda language: {})
    with catalogue.in_language("en"):
        assert translate_markdown(words).strip() == words.strip()


def stream(name, text):
    return new_output("stream", name=name, text=text)


def test_streams_merge_across_what_went_to_standard_error():
    outputs = [stream("stdout", "a\n"), stream("stderr", "b\n"), stream("stdout", "c\n")]
    assert [output["text"] for output in clean_outputs(outputs, str)] == ["a\nc\n"]
    assert take_warnings(
        [stream("stderr", "\x1b[31m/var/cells/ipykernel_12/345.py:3: UserWarning: x\x1b[0m\n")]
    ) == ("UserWarning: x")


def test_addresses_in_memory_are_removed_from_plain_text():
    output = new_output("display_data", {"text/plain": "<a.B at 0x7f00>", "text/html": "<i>at 0x7f00></i>"})
    (kept,) = clean_outputs([output], str)
    assert kept["data"] == {"text/plain": "<a.B>", "text/html": "<i>at 0x7f00></i>"}


def test_folders_are_hidden_whole_names_only():
    hide = Curtain((("/srv/plans/data", "data"), ("/srv/plans", "")))
    assert (
        hide("/srv/plans/data/plans/x.csv /srv/plans/scripts/a.py /srv/plans")
        == "data/plans/x.csv scripts/a.py ."
    )
    assert hide("/srv/plansland /srv/plans.old") == "/srv/plansland /srv/plans.old"


def test_windows_folders_are_hidden_however_they_are_spelled():
    hide = Curtain((("C:\\Users\\me\\book", ""),))
    assert hide("C:\\Users\\me\\book\\scripts\\a.py") == "scripts\\a.py"
    assert hide("'C:\\\\Users\\\\me\\\\book\\\\a.py'") == "'a.py'"


def test_short_folders_are_no_curtain():
    folders = dict(make_curtain([(Path("/"), "root"), (Path("/srv"), "srv")]).folders)
    assert "/" not in folders
    assert "/srv" not in folders


def test_a_long_traceback_is_cut_at_its_beginning():
    lines = [f"line {n}" for n in range(100)]
    assert shorten_traceback(lines).splitlines() == ["…", *lines[-30:]]
