"""``planbook build``: run what has changed and make the book."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from planbook.command.bilingual import Command
from planbook.command.console import report_problems, say, warn
from planbook.command.exit_codes import DATA, OK, PAGE_FAILED
from planbook.command.options import (
    build_dir_option,
    data_option,
    force_option,
    jobs_option,
    limits_of,
    places_of,
    plans_option,
    timeout_option,
)
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.errors import Problem

_HELP = plain(
    "本を作る\n"
    "\n"
    "データを検査し、データ・ノートブック・プログラムが変わったページだけを実行して、本を作ります。\n"
    "失敗したページがあっても、ほかのページは実行されます。失敗したページには理由が書かれます。\n"
    "途中で止めても、前にできた本はそのまま読めます。"
)
_EXAMPLES = (
    ("planbook build", plain("すべての計画の本を作る")),
    ('planbook build --plans "07210-* 11233-*"', plain("選んだ計画だけの本を作る")),
    ("planbook build --force --jobs 4", plain("すべてのページを4つずつ実行し直す")),
)


@click.command(cls=Command, help=_HELP, examples=_EXAMPLES)
@plans_option
@data_option
@build_dir_option
@jobs_option
@force_option
@click.option(
    "--keep-going/--fail-fast",
    default=True,
    help=plain("失敗したページがあっても続ける（初めから）／最初の失敗で止め、本は作らない"),
)
@timeout_option
@click.pass_context
def build(ctx: click.Context, data: Path | None, build_dir: Path | None, plans: str, **how) -> None:
    """See ``_HELP``."""
    from planbook.command.progress import ConsoleProgress  # noqa: PLC0415
    from planbook.run import pipeline  # noqa: PLC0415
    from planbook.run.runner import RunOptions  # noqa: PLC0415

    run = RunOptions(
        force=how["force"],
        fail_fast=not how["keep_going"],
        limits=limits_of(how["timeout"]),
        width=how["jobs"] or 0,
    )
    progress = ConsoleProgress(data, build_dir)
    listener = pipeline.Listener(
        problems=_tell_problems,
        run=progress.listener,
        book=lambda: say(text("本を作っています（Jupyter Book）…")),
    )
    report = pipeline.build(places_of(data, build_dir), pipeline.BuildOptions(plans, run), listener)
    progress.report(report.states)
    _tell_book(report)
    if report.problems:
        ctx.exit(DATA)
    failed = report.failed or report.book is None or report.book.failures
    ctx.exit(PAGE_FAILED if failed else OK)


def _tell_problems(problems: Sequence[Problem]) -> None:
    if problems:
        report_problems(problems)
        warn(text("データに{count}件の誤りがあります。その計画のページは作れません", count=len(problems)))


def _tell_book(report) -> None:
    for page in report.removed:
        say(text("計画かノートブックがなくなったページを除きました：{page}", page=page))
    say()
    if report.book is None:
        warn(text("失敗したページがあるので、本は作りませんでした（--fail-fast）"))
        return
    if report.book.failures:
        warn(text("作れなかった章の部品：{names}", names="、".join(report.book.failures)))
    if report.failed:
        warn(text("{count}ページが失敗しました。本にはその理由が書かれています", count=len(report.failed)))
    if report.book.unchanged:
        say(text("前の本から何も変わっていないので、作り直していません"))
    say(text("本ができています。次のファイルを開いてください："))
    say(str(report.book.index))
