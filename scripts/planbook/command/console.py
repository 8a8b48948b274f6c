"""Saying things to the person at the console, whatever characters the console has."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress

import click

from planbook.vocabulary.errors import Problem


def prepare_console() -> None:
    """Let characters that the console lacks become ``?`` instead of an exception.

    cp932, the console of a Japanese Windows, has no ↗ and no 〜 of the kind that plans use.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")


def say(words: str = "") -> None:
    """Write a line to standard output, at once."""
    click.echo(words)


def warn(words: str = "") -> None:
    """Write a line to standard error."""
    click.echo(words, err=True)


def report_problems(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, in Japanese and English, a blank line between them."""
    for problem in problems:
        warn(f"{problem}\n")
