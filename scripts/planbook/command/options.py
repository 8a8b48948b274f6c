"""Options that several commands share, and the places they mean."""

from __future__ import annotations

from pathlib import Path

import click

from planbook.run.limits import Limits
from planbook.run.places import Places, find_places
from planbook.vocabulary.catalogue import plain

_Folder = click.Path(file_okay=False, path_type=Path)

data_option = click.option(
    "--data",
    type=_Folder,
    help=plain("データのフォルダー（なければ環境変数 PLANBOOK_DATA、それもなければ data）"),
)
build_dir_option = click.option(
    "--build-dir", type=_Folder, help=plain("できたものを置くフォルダー（なければ build）")
)
plans_option = click.option(
    "--plans",
    default="*",
    show_default=True,
    help=plain("計画の選び方。例 '07210-* 11233-*'（なければ全部）"),
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), help=plain("同時に実行するページの数（なければCPUの数）")
)
force_option = click.option("--force", is_flag=True, help=plain("変わっていないページも実行する"))
timeout_option = click.option(
    "--timeout",
    type=click.IntRange(min=1),
    help=plain("一つのセルの制限時間（秒）。ページ全体はその5倍。なければ120秒と600秒"),
)

PAGE_TO_CELL = 5


def places_of(data: Path | None, build_dir: Path | None = None) -> Places:
    """Return the places that the options mean."""
    return find_places(data, build_dir)


def limits_of(timeout: int | None) -> Limits:
    """Return the time limits that the option means."""
    return Limits(cell=timeout, page=timeout * PAGE_TO_CELL) if timeout else Limits()
