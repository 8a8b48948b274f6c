"""``planbook status``: which page is up to date, which is not, and why."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from planbook.command.bilingual import Command
from planbook.command.console import say
from planbook.command.options import build_dir_option, data_option, places_of, plans_option
from planbook.vocabulary.catalogue import plain, text

_HELP = plain(
    "ページの状態を表示する\n"
    "\n"
    "次の planbook build でどのページが実行されるか、その理由、前に実行した日時と秒数を示します。\n"
    "何も実行せず、何も変えません。"
)
_EXAMPLES = (
    ("planbook status", plain("すべてのページの状態")),
    ('planbook status --plans "07210-*"', plain("選んだ計画のページの状態")),
)


@click.command(cls=Command, help=_HELP, examples=_EXAMPLES)
@plans_option
@data_option
@build_dir_option
def status(data: Path | None, build_dir: Path | None, plans: str) -> None:
    """See ``_HELP``."""
    from planbook.run.pipeline import find_jobs  # noqa: PLC0415
    from planbook.run.status import STATE_WORDS, make_status  # noqa: PLC0415

    workshop, jobs = find_jobs(places_of(data, build_dir), plans)
    states = workshop.look(jobs)
    table = make_status(states)
    for state, row in zip(states, table.rows, strict=True):
        why = [words for words in (*row.why, row.failure) if words]
        when = _last_run(workshop.store.record_path(state.job), state.record)
        say(f"{row.state_words}  {row.address}  {row.notebook}  {when}")
        if why and row.state != "missing":
            say(f"    {'、'.join(why)}")
    counts = table.counts()
    say("  ".join(f"{text(words)} {counts[name]}" for name, words in STATE_WORDS.items()))


def _last_run(path: Path, record) -> str:
    if record is None:
        return "—"
    when = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    return text("{when}（{seconds}秒）", when=when, seconds=record.seconds)
