"""``planbook suggest``: candidates for the themes of goals and for their counterparts in another plan."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import click

from planbook.command.bilingual import Argument, Command
from planbook.command.console import say
from planbook.command.options import build_dir_option, data_option, places_of
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.errors import InputError, ParameterError, Problem, message

_HELP = plain(
    "テーマと、ほかの計画との対応の候補を書き出す\n"
    "\n"
    "項目の名称の文字の重なりから、国のテーマの候補（goal_themes.csv の形）と、--other に書いた計画との対応の候補\n"
    "（goal_links.csv の形）を、build/suggestions/計画ID/ に書きます。data には何も書きません。\n"
    "候補は外れることもあります。一行ずつ読み、正しい行だけを data の表に写し、人が確かめたら confirmed を yes にしてください。"
)
_EXAMPLES = (
    ("planbook suggest 07210-strategy-3", plain("テーマのまだない項目の候補を書き出す")),
    (
        "planbook suggest 07210-strategy-3 --other 07210-strategy-2",
        plain("前の期の計画との対応の候補も書き出す"),
    ),
)


@click.command(cls=Command, help=_HELP, examples=_EXAMPLES)
@click.argument("plan_id", cls=Argument, metavar="PLAN_ID", words=plain("候補を挙げる計画"))
@click.option("--other", metavar="PLAN_ID", help=plain("対応を調べる相手の計画（前の期、上位の計画など）"))
@click.option("--all", "everything", is_flag=True, help=plain("テーマを入力した項目にも候補を挙げる"))
@data_option
@build_dir_option
def suggest(
    plan_id: str, other: str | None, everything: bool, data: Path | None, build_dir: Path | None
) -> None:
    """See ``_HELP``."""
    from planbook.load.contract import plan_problems  # noqa: PLC0415
    from planbook.load.plan import load_plan  # noqa: PLC0415
    from planbook.load.roots import find_data_root  # noqa: PLC0415
    from planbook.run.files import write_atomic  # noqa: PLC0415
    from planbook.summary.goal_structure.plan_goals import gather_all_goals  # noqa: PLC0415
    from planbook.summary.goal_structure.plan_pairs import gather_named_pair  # noqa: PLC0415
    from planbook.summary.goal_structure.suggestion_rows import link_rows, theme_rows  # noqa: PLC0415
    from planbook.summary.goal_structure.theme_suggestions import index_examples, suggest_for  # noqa: PLC0415

    if other == plan_id:
        raise ParameterError(
            Problem(
                message("同じ計画どうしは比べられません"),
                found=f"--other {other}",
                allowed=message("{plan} と別の計画のID", plan=plan_id),
                remedy=message("--other に、前の期の計画や上位の計画のIDを書いてください"),
            )
        )
    places, root = places_of(data, build_dir), find_data_root(data)
    chosen = [name for name in (plan_id, other) if name]
    # A plan that breaks a rule has no hierarchy to read; those that were not asked for are left out.
    faults = {name: plan_problems(root, root.plan_folder(name)) for name in {*root.plan_ids(), *chosen}}
    if wrong := [problem for name in chosen for problem in faults[name]]:
        raise InputError(wrong)
    left_out = sorted(name for name, problems in faults.items() if problems)
    wanted = [load_plan(root, name) for name in chosen]
    others = [load_plan(root, name) for name in root.plan_ids() if not faults[name] and name not in chosen]
    goals = gather_all_goals([*wanted, *others])
    own = next(facts for facts in goals if facts.plan.plan_id == plan_id)
    found = suggest_for(own, index_examples(goals))
    tables = {"goal_themes": theme_rows(found, everything=everything)}
    if other:
        tables["goal_links"] = link_rows(gather_named_pair(goals, plan_id, other), plan_id)
    for name in left_out:
        say(text("データに誤りがあるので、例に使わなかった計画：{plan}", plan=name))
    for name, rows in tables.items():
        path = places.build / "suggestions" / plan_id / f"{name}.csv"
        write_atomic(path, _as_csv(name, rows))
        say(text("{n}件の候補を書きました：{path}", n=len(rows), path=path))
    if not tables["goal_themes"] and not everything:
        say(
            text("テーマの候補を挙げられる項目は残っていません。--all を付けると、入力した項目にも挙げます。")
        )


def _as_csv(table: str, rows: Sequence[dict[str, str]]) -> bytes:
    """Return rows with the columns of a plan's table, as Excel opens it."""
    from planbook.vocabulary.schemas import PLAN_TABLES  # noqa: PLC0415

    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(PLAN_TABLES[table].model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
