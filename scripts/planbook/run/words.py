"""Authored Markdown in another language: block by block through the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planbook.vocabulary.catalogue import current_language, text

_FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})")
_HEADING = re.compile(r"(#{1,6}\s+)(.*)", re.DOTALL)


def split_blocks(words: str) -> list[str]:
    """Split Markdown at its blank lines; what stands between fences stays one block.

    The blocks, without the # signs of a heading (`block_message`), are the msgids of the catalogue.
    """
    return [block for block, _ in _blocks(words)]


def block_message(block: str) -> tuple[str, str]:
    """Return a block's # signs, which are not translated, and the rest, which is."""
    heading = _HEADING.match(block)
    return (heading[1], heading[2]) if heading else ("", block)


def translate_markdown(words: str) -> str:
    """Return Markdown in the current language; a block without a translation stays as it is."""
    if current_language() == "ja":
        return words
    parts = []
    for block, gap in _blocks(words):
        signs, rest = block_message(block)
        parts.append(signs + text(rest) + gap)
    return "".join(parts)


def _blocks(words: str) -> Iterator[tuple[str, str]]:
    """Yield each block with the line ends and blank lines that follow it."""
    lines: list[str] = []
    fence = ""
    gap = ""
    for line in words.splitlines(keepends=True):
        if not line.strip() and not fence:
            gap += line
            continue
        if gap and lines:
            yield _finish(lines, gap)
            lines = []
        gap = ""
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip() == mark[1] and mark[1].startswith(fence):
            fence = ""
        lines.append(line)
    if lines:
        yield _finish(lines, gap)


def _finish(lines: list[str], gap: str) -> tuple[str, str]:
    block = "".join(lines)
    bare = block.rstrip("\n")
    return bare, block[len(bare) :] + gap
