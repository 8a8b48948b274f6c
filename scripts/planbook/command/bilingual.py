"""Help in Japanese, then in English: a click command whose words come from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import click

from planbook.command.exit_codes import EXIT_CODES
from planbook.vocabulary.catalogue import in_language, plain, text

_LANGUAGES = ("ja", "en")
_HEADS = {
    "usage": plain("使い方"),
    "options": plain("オプション"),
    "commands": plain("コマンド"),
    "examples": plain("例"),
    "codes": plain("終了コード"),
}

_HELP_OPTION = plain("この説明を表示する")


def in_both(msgid: str) -> list[str]:
    """Return a text in Japanese and, where the catalogue has it, in English."""
    words = []
    for language in _LANGUAGES:
        with in_language(language):
            words.append(text(msgid))
    return list(dict.fromkeys(words))


def _head(name: str) -> str:
    return " / ".join(in_both(_HEADS[name])) + ":"


class _Bilingual:
    """The parts that commands and groups share.

    ``help`` is a msgid; ``examples`` are command lines, each with a msgid that says what it does;
    ``codes`` are the exit codes, each with a msgid: those of the build unless the command has its own.
    """

    help: str
    examples: Sequence[tuple[str, str]]
    codes: Mapping[int, str] = EXIT_CODES

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{_head('usage')} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write("\n")
        for words in in_both(self.help):
            _write_lines(formatter, words.splitlines(), 2)
            formatter.write("\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP_OPTION
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(_head("options") + "\n")
        for param in self.get_params(ctx):
            if isinstance(param, click.Option):
                names = " / ".join(param.opts + param.secondary_opts)
                metavar = "" if param.is_flag or param.count else f" {param.make_metavar(ctx)}"
                formatter.write(f"  {names}{metavar}\n")
                _write_lines(formatter, in_both(param.help or ""), 6)
            elif isinstance(param, Argument):
                formatter.write(f"  {param.make_metavar(ctx)}\n")
                _write_lines(formatter, in_both(param.words), 6)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(f"\n{_head('examples')}\n")
        for line, words in self.examples:
            formatter.write(f"  {line}\n")
            _write_lines(formatter, in_both(words), 6)
        formatter.write(f"\n{_head('codes')}\n")
        for code, words in self.codes.items():
            first, *others = in_both(words)
            formatter.write(f"  {code:>3}  {first}\n")
            _write_lines(formatter, others, 7)


def _write_lines(formatter: click.HelpFormatter, lines: Iterable[str], indent: int) -> None:
    for line in lines:
        formatter.write(f"{' ' * indent}{line}\n" if line else "\n")


class Argument(click.Argument):
    """An argument that says what it is."""

    def __init__(self, *args, words: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.words = words


class Command(_Bilingual, click.Command):
    """A command with bilingual help."""

    def __init__(
        self,
        *args,
        examples: Sequence[tuple[str, str]] = (),
        codes: Mapping[int, str] = EXIT_CODES,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.codes = codes

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first line of the help, in both languages."""
        return " / ".join(words.splitlines()[0] for words in in_both(self.help))


class Group(_Bilingual, click.Group):
    """A group whose help lists its commands in both languages."""

    command_class = Command

    def __init__(self, *args, examples: Sequence[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        formatter.write(f"\n{_head('commands')}\n")
        for name in self.list_commands(ctx):
            formatter.write(f"  {name}\n")
            words = in_both(self.get_command(ctx, name).help)
            _write_lines(formatter, [part.splitlines()[0] for part in words], 6)
