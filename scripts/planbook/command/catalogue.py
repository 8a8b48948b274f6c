"""``planbook catalogue``: bring the English catalogue in step with the code."""

from __future__ import annotations

import click

from planbook.command.bilingual import Command
from planbook.command.console import say
from planbook.vocabulary.catalogue import plain, text

_HELP = plain(
    "訳文の一覧を更新する（開発者向け）\n"
    "\n"
    "プログラムとノートブックの日本語の文を集め、locale/en の planbook.po に足りない文を加え、使われない文を除きます。"
)
_EXAMPLES = (("planbook catalogue", plain("文を書きかえたあとに実行する")),)


@click.command(cls=Command, help=_HELP, examples=_EXAMPLES)
def catalogue() -> None:
    """See ``_HELP``."""
    from planbook.command.extraction import update_catalogue  # noqa: PLC0415
    from planbook.run.places import REPOSITORY  # noqa: PLC0415

    sentences, untranslated = update_catalogue(REPOSITORY)
    say(text("文{count}件、うち訳のないもの{untranslated}件", count=sentences, untranslated=untranslated))
