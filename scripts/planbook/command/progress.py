"""How a run is told at the console: a line a page, then what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planbook.command.console import say, warn
from planbook.run.runner import Progress, RunListener
from planbook.run.workshop import PageState
from planbook.vocabulary.catalogue import plain, text

_MOST_WARNINGS = 20


class ConsoleProgress:
    """Tells of a run as it goes on, and afterwards what went wrong in it."""

    def __init__(self, data: Path | None, build_dir: Path | None) -> None:
        self.listener = RunListener(begin=self._begin, page=self._page)
        # A page that is run again without them would be that of other data.
        folders = {"--data": data, "--build-dir": build_dir}
        self._options = [f'{name} "{folder}"' for name, folder in folders.items() if folder is not None]
        self._warnings: list[tuple[str, str]] = []

    def _begin(self, total: int, stale: int, width: int) -> None:
        if stale:
            words = plain("{total}ページのうち{stale}ページを実行します（同時に{width}）")
            say(text(words, total=total, stale=stale, width=width))
        else:
            say(text("{total}ページはどれも最新です。実行するものはありません", total=total))

    def _page(self, progress: Progress) -> None:
        record = progress.record
        line = text(
            "[{number}/{total}] {page}  {seconds}秒  {state}（{why}）",
            number=progress.number,
            total=progress.total,
            page=progress.job.path,
            seconds=record.seconds,
            state=text("失敗") if record.state == "failed" else text("できた"),
            why="、".join(progress.why) or "—",
        )
        say(line)
        if record.failure:
            warn(_indented(str(record.failure["reason"]), "    "))
        self._warnings += [(progress.job.path, words) for words in record.warnings]

    def report(self, states: Sequence[PageState]) -> None:
        """Write which pages failed with what, and what the cells of this run warned of."""
        told: set[tuple[str, ...]] = set()
        for state in states:
            if state.state == "failed":
                self._report_failure(state, told)
        if self._warnings:
            warn()
            warn(text("ページの実行中に出た警告（本には載りません）：{count}件", count=len(self._warnings)))
            for page, words in self._warnings[:_MOST_WARNINGS]:
                warn(_indented(f"{page} {words}", "  "))
            if len(self._warnings) > _MOST_WARNINGS:
                warn("  " + text("ほか{count}件", count=len(self._warnings) - _MOST_WARNINGS))

    def _report_failure(self, state: PageState, told: set[tuple[str, ...]]) -> None:
        warn()
        warn(text("失敗したページ：{page}", page=state.job.path))
        reason, excerpt = (str(state.record.failure.get(key) or "") for key in ("reason", "excerpt"))
        # The problems of a file begin with the sentence that is the reason.
        parts = (excerpt,) if excerpt.startswith(reason) else (reason, excerpt)
        if any(parts) and parts in told:  # one broken table stops every page of its plan
            parts = (text("上のページと同じ理由です"),)
        told.add(parts)
        for words in parts:
            if words:
                warn(_indented(words, "  "))
        warn(
            "  "
            + text("もう一度実行するには：{command}", command=" ".join([state.job.command, *self._options]))
        )


def _indented(words: str, indent: str) -> str:
    return indent + words.replace("\n", f"\n{indent}")
