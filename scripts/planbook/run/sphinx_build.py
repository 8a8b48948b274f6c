"""Running Jupyter Book on a stage: strictly, quietly, in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from planbook.run.failure import make_curtain, without_colours
from planbook.run.faults import BookError
from planbook.run.slow_imports import SKIP
from planbook.vocabulary.errors import Problem, message

# `python -m jupyter_book` does not exist; this is what its command does.
_START = f"{SKIP}; import sys; sys.argv[0] = 'jupyter-book'; from jupyter_book.cli.main import main; main()"
# -n: references must lead somewhere; -W: a warning is an error; --keep-going: all of them at once.
_STRICTLY = ("-n", "-W", "--keep-going", "-q")
_TROUBLE = re.compile(r"WARNING|ERROR|Error:|Exception|error:")
_MOST_LINES = 40


def build_html(stage: Path, work: Path) -> Path:
    """Build the stage into `work` and return the folder of the HTML.

    Raises
    ------
    BookError : Jupyter Book failed or warned; carries what it said.
    """
    work.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-P",
        "-c",
        _START,
        "build",
        str(stage),
        "--path-output",
        str(work),
        *_STRICTLY,
    ]
    log = work / "jupyter-book.log"
    with log.open("wb") as stream:
        code = _wait(
            subprocess.Popen(
                command,
                cwd=work,
                env=_environment(work),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        )
    html = work / "_build" / "html"
    if code or not (html / "index.html").is_file():
        said = without_colours(log.read_text(encoding="utf-8", errors="replace"))
        raise BookError(_problem(make_curtain([(stage, ""), (work, "work")])(said)))
    return html


def _wait(child: subprocess.Popen) -> int:
    try:
        return child.wait()
    except BaseException:
        child.kill()
        child.wait()
        raise


def _environment(work: Path) -> dict[str, str]:
    profile = str(work / "profile")
    foreign = ("PYTHON", "JUPYTER", "IPYTHON", "SPHINX")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONNOUSERSITE": "1",
        "IPYTHONDIR": profile,
        "JUPYTER_CONFIG_DIR": profile,
        "JUPYTER_DATA_DIR": profile,
        "JUPYTER_RUNTIME_DIR": profile,
        "JUPYTER_NO_CONFIG": "1",
    }


def _problem(said: str) -> Problem:
    lines = [line.rstrip() for line in said.splitlines() if line.strip()]
    trouble = [line for line in lines if _TROUBLE.search(line)]
    shown = (trouble or lines)[-_MOST_LINES:]
    return Problem(
        message("Jupyter Book が本を作れませんでした（警告も失敗とみなします）"),
        found="\n    " + "\n    ".join(shown) if shown else None,
        remedy=message("示された章かノートブックを直してください。前にできた本はそのまま残っています"),
    )
