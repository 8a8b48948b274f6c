"""``planbook check``: everything that is wrong with the data, at once."""

from __future__ import annotations

from pathlib import Path

import click

from planbook.command.bilingual import Command
from planbook.command.console import report_problems, say, warn
from planbook.command.exit_codes import DATA
from planbook.command.options import data_option
from planbook.vocabulary.catalogue import plain, text

_HELP = plain(
    "データを検査する\n"
    "\n"
    "data フォルダーのすべてのファイルを読み、規則に合わないところを挙げます。\n"
    "読めない表によって決まることは、その表を直してから挙げます。\n"
    "--sources を付けると、原文どおりの文字列が資料のその位置にあるかも確かめます。"
)
_EXAMPLES = (
    ("planbook check", plain("data フォルダーを検査する")),
    ("planbook check --sources ../documents", plain("資料の原文とも照合する")),
)


@click.command(cls=Command, help=_HELP, examples=_EXAMPLES)
@data_option
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=plain("資料のファイルがあるフォルダー"),
)
@click.pass_context
def check(ctx: click.Context, data: Path | None, sources: Path | None) -> None:
    """See ``_HELP``."""
    from planbook.load.contract import check_data  # noqa: PLC0415
    from planbook.load.documents import check_documents, count_as_written  # noqa: PLC0415
    from planbook.load.roots import find_data_root  # noqa: PLC0415

    root = find_data_root(data)
    problems = check_data(root)
    if sources:
        problems += check_documents(root, sources)
    report_problems(problems)
    plans, files = len(root.plan_ids()), len(root.all_inputs())
    if problems:
        warn(
            text(
                "{count}件の誤りがあります（計画{plans}件、ファイル{files}件）",
                count=len(problems),
                plans=plans,
                files=files,
            )
        )
        ctx.exit(DATA)
    say(text("誤りはありません（計画{plans}件、ファイル{files}件）", plans=plans, files=files))
    if sources:
        say(text("原文どおりの文字列{count}件が、資料のその位置にありました", count=count_as_written(root)))
