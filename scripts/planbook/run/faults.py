"""The errors of a run that are neither the data's nor a parameter's fault."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from planbook.vocabulary.errors import PlanbookError, Problem, message

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class BookError(PlanbookError):
    """The pages ran, but the book could not be made of them; the last good book stays."""

    exit_code = 4


class MachineError(PlanbookError):
    """The machine does not let the work be done: disk, rights, another build, a damaged environment."""

    exit_code = 5


def is_disk_full(error: BaseException) -> bool:
    """Tell whether `error` says that a disk or a quota is full."""
    return isinstance(error, OSError) and error.errno in _FULL


def machine_error(error: OSError) -> MachineError:
    """Return `error` as one that says what to do; a full disk is named as such."""
    if is_disk_full(error):
        what = message("ディスクがいっぱいです")
        remedy = message(
            "空きを作り、同じコマンドをもう一度実行してください。書きかけのファイルは残っていません"
        )
    else:
        what = message("ファイルを読み書きできません（{detail}）", detail=error.strerror or error)
        remedy = message("フォルダーの権限と、そのファイルを開いているプログラムを確かめてください")
    return MachineError(Problem(what, file=str(error.filename or ""), remedy=remedy))


@contextmanager
def machine_faults() -> Iterator[None]:
    """Turn an `OSError` of the block into a `MachineError`."""
    try:
        yield
    except OSError as error:
        raise machine_error(error) from error
