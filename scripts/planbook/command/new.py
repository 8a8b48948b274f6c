"""``planbook new``: the folder of a plan that a person fills in."""

from __future__ import annotations

from pathlib import Path

import click

from planbook.command.bilingual import Argument, Command
from planbook.command.console import say, warn
from planbook.command.options import data_option
from planbook.vocabulary.catalogue import plain, text

_HELP = plain(
    "計画のフォルダーを作る\n"
    "\n"
    "data/plans の下に、項目の説明が入った plan.yml と、見出しだけの CSV を作ります。\n"
    "すでにあるファイルには触れません。市区町村のフォルダーがなければ、--municipality で一緒に作れます。"
)
_EXAMPLES = (
    ("planbook new 07210-strategy-3", plain("二本松市の第3期総合戦略のフォルダーを作る")),
    ("planbook new 01202-strategy-2 --municipality", plain("市区町村のフォルダーも一緒に作る")),
)


@click.command(cls=Command, help=_HELP, examples=_EXAMPLES)
@click.argument(
    "plan_id", cls=Argument, metavar="PLAN_ID", words=plain("団体コード5桁-種類-番号。例 07210-strategy-2")
)
@click.option("--title", help=plain("計画の正式な名称"))
@click.option("--municipality", is_flag=True, help=plain("市区町村のフォルダーがなければ、それも作る"))
@data_option
def new(plan_id: str, title: str | None, municipality: bool, data: Path | None) -> None:
    """See ``_HELP``."""
    from planbook.command.scaffold import make_municipality, make_plan  # noqa: PLC0415
    from planbook.load.roots import find_data_root  # noqa: PLC0415

    root = find_data_root(data)
    folder = make_plan(root, plan_id, title)
    say(text("計画のフォルダーを作りました：{folder}", folder=folder))
    code = plan_id[:5]
    if code not in root.municipality_codes():
        if municipality:
            say(text("市区町村のフォルダーを作りました：{folder}", folder=make_municipality(root, code)))
        else:
            warn(text("市区町村 {code} のフォルダーがありません。", code=code))
            warn(
                text(
                    "必要なもの：municipality.yml と人口の表。planbook new に --municipality を付けると一緒に作れます。"
                )
            )
    for number, step in enumerate(_steps(plan_id), start=1):
        say(f"{number}. {step}")


def _steps(plan_id: str) -> list[str]:
    return [
        text("plan.yml の空いている項目を埋める（# の後ろに説明があります）"),
        text("goals.csv に目標を書く。使わない表（KPIのない計画の kpis.csv など）は消してよい"),
        text("planbook check で、足りないところと誤りを確かめる"),
        text("planbook run {plan} でページを作り、planbook build で本を作る", plan=plan_id),
    ]
