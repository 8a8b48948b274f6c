"""The one script that draws charts, written once per book: Vega, Vega-Lite and vega-embed.

It is made from vl-convert's own copy, so that no page asks a host for it. Two things are done to it:
as generated it declares ``const _`` at top level, which collides with Sphinx's, so it is wrapped in a
function; and a guard keeps a page that names it twice from loading it twice.

vl-convert starts a JavaScript engine of its own, after which a forked child of the process hangs. Pages
are executed in forked children, so the engine is only ever started in a process that ends with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from planbook.vocabulary.errors import PlanbookError, Problem, message

ASSET_NAME = "vega.js"
# Their licence asks that copies say so.
NOTICE = (
    "/*! Vega, Vega-Lite and vega-embed: Copyright University of Washington Interactive Data Lab and"
    " contributors; BSD-3-Clause licence */\n"
)
GUARD_OPEN = "if(!window.vegaEmbed){(function(){"
GUARD_CLOSE = "\n})();}\n"
SOURCE_MAP_MARK = "//# sourceMappingURL="


def vega_lite_version(schema_version: str, known: list[str]) -> str:
    """Return the version of vl-convert's that Altair speaks.

    Parameters
    ----------
    schema_version : ``altair.SCHEMA_VERSION``, such as ``v6.4.1``.
    known : ``vl_convert.get_vegalite_versions()``.

    Raises
    ------
    PlanbookError : vl-convert does not have it; a chart drawn by another version warns on every page.
    """
    wanted = ".".join(schema_version.removeprefix("v").split(".")[:2])
    if wanted not in known:
        raise PlanbookError(
            Problem(
                message("図を描くスクリプトを作れません。AltairとVl-ConvertのVega-Liteの版が合いません。"),
                found=wanted,
                allowed=message("版：{versions}", versions=", ".join(known)),
                remedy=message(
                    "pyproject.tomlのaltairとvl-convert-pythonを、同じ版を持つものに揃えてください。"
                ),
            )
        )
    return wanted


def wrap_bundle(bundle: str) -> str:
    """Return `bundle` inside a function of its own that runs once per page."""
    lines = [line for line in bundle.splitlines() if not line.startswith(SOURCE_MAP_MARK)]
    return NOTICE + GUARD_OPEN + "\n".join(lines) + GUARD_CLOSE


def write_vega_asset(path: Path) -> Path:
    """Write the script to `path` (atomically, the same bytes every time) and return `path`.

    Raises
    ------
    PlanbookError : the process that makes it failed; carries what it said.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-P", "-m", __name__, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        what = message("図を描くスクリプトを作れません。")
        raise PlanbookError(Problem(what, file=path.name, found=done.stderr.strip()))
    return path


def _write_here(path: Path) -> None:
    import altair  # noqa: PLC0415 - only the child process needs these two
    import vl_convert  # noqa: PLC0415

    version = vega_lite_version(altair.SCHEMA_VERSION, vl_convert.get_vegalite_versions())
    script = wrap_bundle(vl_convert.javascript_bundle(vl_version=version))
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text(script, encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


if __name__ == "__main__":
    _write_here(Path(sys.argv[1]))
