"""``--help``: at once, complete, in both languages, and on any console."""

from __future__ import annotations

import io
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from planbook.command.bilingual import Argument
from planbook.command.console import prepare_console, say
from planbook.command.exit_codes import EXIT_CODES
from planbook.command.main import COMMANDS, cli

HEAVY = ("pandas", "papermill", "nbformat", "pydantic", "yaml", "altair", "sphinx", "jupyter_client")


def command(name: str) -> click.Command:
    return cli.get_command(click.Context(cli), name)


def test_help_imports_nothing_heavy():
    script = (
        "import sys\nfrom planbook.command.main import cli\n"
        "try:\n    cli(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-X", "utf8", "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_has_examples_exit_codes_and_an_explanation_of_everything(name):
    words = CliRunner().invoke(cli, [name, "--help"] if name else ["--help"]).output
    codes = command(name).codes if name else EXIT_CODES
    assert set(codes) <= set(EXIT_CODES)
    for code, meaning in codes.items():
        assert f"{code:>3}  {meaning}" in words
    assert "例" in words
    assert "planbook " in words
    for param in command(name).params if name else cli.params:
        explanation = param.words if isinstance(param, Argument) else param.help
        assert explanation, param
        assert explanation in words


def test_japanese_comes_first_then_english(monkeypatch):
    english = {"データを検査する": "Check the data", "データのフォルダー": "", "例": "Examples"}
    original = command("check").help
    english[original] = "Check the data\n\nReads every file."
    monkeypatch.setattr("planbook.vocabulary.catalogue._translations", lambda language: english)
    words = CliRunner().invoke(cli, ["check", "--help"]).output
    assert words.index("データを検査する") < words.index("Check the data")
    assert "例 / Examples:" in words
    assert "      データを検査する\n" in CliRunner().invoke(cli, ["--help"]).output


def test_every_command_of_the_list_exists():
    assert cli.get_command(click.Context(cli), "nonsense") is None
    assert [command(name).name for name in COMMANDS] == list(COMMANDS)


def test_a_japanese_windows_console_gets_a_question_mark(monkeypatch):
    raw = io.BytesIO()
    console = io.TextIOWrapper(raw, encoding="cp932")
    monkeypatch.setattr("sys.stdout", console)
    prepare_console()
    say("人口 ↗ ✓")
    console.flush()
    assert raw.getvalue().decode("cp932").startswith("人口 ")


def test_a_console_that_is_no_stream_is_left_alone(monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    prepare_console()


def test_the_codes_are_documented_once():
    from planbook.command import exit_codes  # noqa: PLC0415

    for code in EXIT_CODES:
        assert f"\n{code} " in exit_codes.__doc__
