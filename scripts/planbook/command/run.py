"""``planbook run``: execute pages of one plan, or a comparison, without making the book."""

from __future__ import annotations

import click

from planbook.command.bilingual import Argument, Command
from planbook.command.console import say
from planbook.command.exit_codes import OK, PAGE_FAILED
from planbook.command.options import (
    build_dir_option,
    data_option,
    force_option,
    jobs_option,
    limits_of,
    places_of,
    timeout_option,
)
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.errors import ParameterError, Problem, message

_HELP = plain(
    "ページだけを実行する\n"
    "\n"
    "一つの計画のページ、または比較のページを実行し、できたノートブックの場所を示します。本は作りません。\n"
    "-p でパラメーターを変えると、本のページはそのままに、別の場所にできます。"
)
_EXAMPLES = (
    ("planbook run 07210-strategy-2", plain("一つの計画のすべてのページを実行する")),
    ("planbook run 07210-strategy-2 --page kpis", plain("一つのページを実行する")),
    ('planbook run overview -p "plans=07*"', plain("比較のページを、選んだ計画で実行する")),
)


@click.command(cls=Command, help=_HELP, examples=_EXAMPLES)
@click.argument(
    "target",
    cls=Argument,
    metavar="PLAN",
    words=plain("計画ID（例 07210-strategy-2）か、比較のページの名前（例 overview）"),
)
@click.option("--page", help=plain("計画のページの名前。例 digest、population、kpis、goals（なければ全部）"))
@click.option(
    "-p",
    "assignments",
    metavar="NAME=VALUE",
    multiple=True,
    help=plain("パラメーターを変える。何度でも書ける"),
)
@force_option
@data_option
@build_dir_option
@jobs_option
@timeout_option
@click.pass_context
def run(ctx: click.Context, target: str, page: str | None, assignments: tuple[str, ...], **how) -> None:
    """See ``_HELP``."""
    from planbook.command.progress import ConsoleProgress  # noqa: PLC0415
    from planbook.run.pipeline import find_jobs, run_pages  # noqa: PLC0415
    from planbook.run.runner import RunOptions  # noqa: PLC0415

    places = places_of(how["data"], how["build_dir"])
    _, every = find_jobs(places)
    jobs = choose_jobs(every, target, page)
    if assignments:
        jobs = [_with_assignments(jobs, assignments)]
    options = RunOptions(force=how["force"], limits=limits_of(how["timeout"]), width=how["jobs"] or 0)
    progress = ConsoleProgress(how["data"], how["build_dir"])
    workshop, states = run_pages(places, jobs, options, progress.listener, trial=bool(assignments))
    progress.report(states)
    for state in states:
        path = workshop.store.notebook(state.job, state.record)
        if path.is_file():
            # A failed page's notebook shows how far it came.
            say(text("ノートブック：{path}", path=path))
    ctx.exit(PAGE_FAILED if any(state.state == "failed" for state in states) else OK)


def choose_jobs(jobs: list, target: str, page: str | None) -> list:
    """Return the pages that the words of the command mean; `ParameterError` naming those there are."""
    plans = list(dict.fromkeys(job.plan_id for job in jobs if job.plan_id))
    compared = [job.page for job in jobs if job.plan_id is None]
    if target not in plans and target not in compared:
        raise ParameterError(
            Problem(
                message("その名前の計画も比較のページもありません"),
                found=target,
                allowed=message(
                    "計画 {plans}／比較 {pages}", plans="、".join(plans) or "—", pages="、".join(compared)
                ),
                remedy=message("名前を確かめるか、planbook new で計画のフォルダーを作ってください"),
            )
        )
    if target in compared:
        return [job for job in jobs if job.plan_id is None and job.page == target]
    own = [job for job in jobs if job.plan_id == target]
    chosen = [job for job in own if page in (None, job.page)]
    if not chosen:
        raise ParameterError(
            Problem(
                message("その名前のページはありません"),
                place={"key": "--page"},
                found=page,
                allowed=message("{known}", known="、".join(job.page for job in own)),
            )
        )
    return chosen


def _with_assignments(jobs: list, assignments: tuple[str, ...]):
    from planbook.run.jobs import require_notebook  # noqa: PLC0415
    from planbook.run.parameters import parse_assignments, read_parameters  # noqa: PLC0415

    if len(jobs) > 1:
        raise ParameterError(
            Problem(
                message("-p は一つのページに対して使います"),
                allowed=message("--page {known}", known="、".join(job.page for job in jobs)),
                remedy=message("--page でページを一つ選んでください"),
            )
        )
    (job,) = jobs
    require_notebook(job)
    known = read_parameters(job.notebook)
    values = parse_assignments(job.notebook, known, assignments)
    if job.plan_id and values.get("plan_id", job.plan_id) != job.plan_id:
        raise ParameterError(
            Problem(
                message("plan_id はコマンドの始めに書いた計画と違います"),
                found=str(values["plan_id"]),
                allowed=message("{plan}", plan=job.plan_id),
                remedy=message(
                    "計画を変えるには planbook run {plan} と書いてください", plan=values["plan_id"]
                ),
            )
        )
    return job.with_parameters(values)
