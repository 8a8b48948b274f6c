"""``planbook tidy-check``: whether table files keep the rules for machine-readable statistics."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planbook.command.bilingual import Argument, Command, in_both
from planbook.command.console import say
from planbook.command.exit_codes import BUG, DATA, EXIT_CODES, MISUSED, OK, STOPPED
from planbook.vocabulary.catalogue import LANGUAGES, in_language, plain, text

if TYPE_CHECKING:
    from planbook.analysis.tidy.report import Group, Report
    from planbook.analysis.tidy.rules import Rule

_HELP = plain(
    "表のファイルが機械判読の規則に合うかを検査する\n"
    "\n"
    "総務省「統計表における機械判読可能なデータの表記方法の統一ルール」（2020年12月18日）の15項目に照らして、\n"
    "ExcelとCSVのどこをどう直すかを挙げます。ファイルは書きかえません。\n"
    "「誤り」は規則に合わないこと、「注意」は規則が禁じてはいないが機械が読み違えやすいことです。\n"
    "メタデータという名前のシートは対象にしません。"
)
_EXAMPLES = (
    ("planbook tidy-check 人口.xlsx", plain("一つのファイルを検査する")),
    ("planbook tidy-check build/book", plain("フォルダーのなかのExcelとCSVをすべて検査する")),
    ("planbook tidy-check --rules", plain("15項目の説明と直し方を読む")),
)
_CODES = {
    OK: plain("誤りがない（注意はあってもよい）"),
    MISUSED: plain("コマンドの使い方が違うか、検査するファイルがない"),
    DATA: plain("誤りが見つかったか、検査できないファイルがあった"),
    BUG: EXIT_CODES[BUG],
    STOPPED: EXIT_CODES[STOPPED],
}
_SHOWN = 3
_SEVERITIES = {"error": plain("誤り"), "caution": plain("注意")}


@click.command("tidy-check", cls=Command, help=_HELP, examples=_EXAMPLES, codes=_CODES)
@click.argument(
    "files",
    cls=Argument,
    words=plain("検査するファイルかフォルダー（いくつでも）"),
    nargs=-1,
    type=click.Path(path_type=Path),
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_SHOWN,
    show_default=True,
    help=plain("同じ種類の指摘を、シートごとにいくつまで示すか"),
)
@click.option("--rules", is_flag=True, help=plain("15項目の説明と直し方を表示し、検査はしない"))
@click.pass_context
def tidy_check(ctx: click.Context, files: tuple[Path, ...], limit: int, *, rules: bool) -> None:
    """See ``_HELP``."""
    from planbook.load.tidy.files import find_tables  # noqa: PLC0415

    if rules:
        _say_rules()
        return
    if not files:
        raise click.UsageError(text("検査するファイルかフォルダーを書いてください。"), ctx)
    paths = find_tables(files)
    if not paths:
        named = "、".join(str(path) for path in files)
        raise click.UsageError(
            text("フォルダーのなかに、ExcelもCSVもありません：{folders}", folders=named), ctx
        )
    errors = cautions = tables = 0
    for path in paths:
        report = _check(path, limit)
        _say_report(report)
        errors += report.count("error")
        cautions += report.count("caution")
        tables += report.tables
    _say(
        plain("ファイル{files}件を検査しました。誤り{errors}件、注意{cautions}件"),
        files=len(paths),
        errors=errors,
        cautions=cautions,
    )
    if tables:
        _say_person()
    if errors:
        ctx.exit(DATA)


def _check(path: Path, limit: int) -> Report:
    from planbook.analysis.tidy.check import check_contents, report_refusal  # noqa: PLC0415
    from planbook.load.tidy.files import read_table_file  # noqa: PLC0415
    from planbook.vocabulary.errors import InputError  # noqa: PLC0415

    try:
        return check_contents(read_table_file(path), limit)
    except InputError as refusal:
        return report_refusal(str(path), refusal)


def _say_report(report: Report) -> None:
    """Write the findings of a file by rule, its path once."""
    from planbook.analysis.tidy.rules import RULES  # noqa: PLC0415

    say(report.file)
    _say(
        plain("  誤り{errors}件、注意{cautions}件"),
        errors=report.count("error"),
        cautions=report.count("caution"),
    )
    for name in report.exempt:
        _say(plain("  シート「{sheet}」は説明のシートとして、検査の対象にしていません"), sheet=name)
    for number, groups in groupby(report.groups, key=lambda group: group.fault.rule):
        say()
        _say_rule_title(RULES[number])
        for group in groups:
            _say_group(group)
    say()


def _say_rule_title(rule: Rule) -> None:
    say(f"  {rule.id} " + " / ".join(in_both(rule.title)))


def _say_group(group: Group) -> None:
    severity = " / ".join(in_both(_SEVERITIES[group.severity]))
    for problem in group.problems:
        here = replace(problem, file="")  # its path stands above
        say("\n".join(f"    {line}" for line in f"[{severity}] {here}".splitlines()))
    rest = group.count - len(group.problems)
    if rest:
        _say(plain("    ほか{count}件"), count=rest)


def _say_person() -> None:
    """Say what the machine has left to a person."""
    from planbook.analysis.tidy.rules import ASK_A_PERSON, RULES  # noqa: PLC0415

    for rule in RULES.values():
        if rule.person:
            lines = []
            for language in LANGUAGES:
                with in_language(language):
                    lines.append(text(ASK_A_PERSON, what=text(rule.person)))
            say(f"  {rule.id} " + " / ".join(dict.fromkeys(lines)))


def _say_rules() -> None:
    from planbook.analysis.tidy.rules import RULES  # noqa: PLC0415

    for rule in RULES.values():
        _say_rule_title(rule)
        for msgid in (rule.explanation, rule.remedy):
            for words in in_both(msgid):
                say(f"      {words}")
    say()
    _say_person()


def _say(msgid: str, **values: object) -> None:
    """Write a sentence in Japanese, then in English."""
    lines = []
    for language in LANGUAGES:
        with in_language(language):
            lines.append(text(msgid, **values))
    for line in dict.fromkeys(lines):
        say(line)
