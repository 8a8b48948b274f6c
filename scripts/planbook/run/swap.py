"""The finished book takes the place of the last one by rename; the old one is readable until then."""

from __future__ import annotations

from pathlib import Path

from planbook.run.faults import MachineError
from planbook.run.files import new_token, patiently, remove
from planbook.vocabulary.errors import Problem, message

_ASIDE = ".old-"


def swap_in(new: Path, site: Path) -> None:
    """Put folder `new` in place of `site`.

    Raises
    ------
    MachineError : some program holds the old book open and the system refuses; the old one is back.
    """
    aside = site.with_name(f"{site.name}{_ASIDE}{new_token()}")
    try:
        if site.exists():
            patiently(lambda: site.rename(aside))
        patiently(lambda: new.rename(site))
    except PermissionError as error:
        recover(site)
        raise MachineError(
            Problem(
                message("新しい本を置けません。前の本はそのまま読めます"),
                file=str(site),
                found=error.strerror,
                remedy=message("本のフォルダーを開いているプログラムを閉じて、もう一度実行してください"),
            )
        ) from error
    except OSError:
        recover(site)
        raise
    recover(site)


def recover(site: Path) -> None:
    """Mend what a build killed in the middle of a swap left: the old book comes back, or is removed.

    Between the two renames of a swap there is no book for a moment. Whoever starts next finds the old one
    aside and puts it back.
    """
    old = sorted(site.parent.glob(f"{site.name}{_ASIDE}*"), key=lambda path: path.stat().st_mtime_ns)
    if old and not site.exists():
        patiently(lambda: old[-1].rename(site))
        old.pop()
    for path in old:
        remove(path)
