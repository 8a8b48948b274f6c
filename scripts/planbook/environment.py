"""The environment that the two doors run in: made once, checked in a moment, repaired when broken.

Standard library only: this module runs before any package is installed. For the same reason its messages
are bilingual here instead of in the catalogue, whose reader is one of those packages.

The environment is ``.venv``, made by the standard library's venv (one made by uv has no pip) and filled
from ``requirements.lock``, by uv where there is one, else by pip. A stamp inside it is written last and
removed first, so that a set-up that was killed never passes for a finished one:

- no stamp, or an interpreter that does not answer as the stamp says: made again from nothing;
- another lock, other dependencies or a package that is not as locked: installed again into it;
- otherwise nothing is done.

Inside a conda environment made from ``environment.yml`` that environment is used instead.
"""

from __future__ import annotations

import enum
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

try:
    import fcntl
except ImportError:  # Windows, where a file in use cannot be removed under its user anyway
    fcntl = None

ROOT = Path(__file__).resolve().parents[2]
LOCK = "requirements.lock"
VENV = ".venv"
STAMP = "planbook-environment.json"
# What the installed ``planbook`` command does; written out because ``python -P`` cannot run planbook.exe.
START_PLANBOOK = (
    "import sys; sys.argv[0] = 'planbook'; from planbook.command.main import main; sys.exit(main())"
)

_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)[ \t]*(;)?", re.MULTILINE)
# Run by the environment's own interpreter. It reads the names of folders, because opening the metadata
# of every package would take several times as long.
_PROBE = r"""
import importlib.util, json, os, re, sys, sysconfig
folders = sorted({sysconfig.get_path(key) for key in ("purelib", "platlib")})
names = [re.fullmatch(r"(.+?)-(.+)\.dist-info", name) for folder in folders for name in os.listdir(folder)]
spec = importlib.util.find_spec("planbook")
print(json.dumps({
    "python": sys.implementation.cache_tag,
    "folders": folders,
    "packages": {name[1]: name[2] for name in names if name},
    "planbook": spec.origin if spec else None,
}))
"""

_NO_VENV = """\
この Python には venv がありません。Debian・Ubuntu では、次のあとでもう一度：
This Python lacks venv. On Debian and Ubuntu, run again after:
  sudo apt-get install python3-venv"""
_NOT_REMOVED = """\
古い .venv を消せません（{reason}）。.venv を使っているプログラム（JupyterLab など）を閉じ、
.venv の外の Python でもう一度実行してください。
The old .venv cannot be removed ({reason}). Close the programs that use it (JupyterLab, for one),
then run again with a Python outside .venv."""
_NOT_MADE = """\
環境を作れませんでした（{step}、終了コード {code}）。原因はすぐ上の表示にあります。
The environment could not be made ({step}, exit code {code}). The reason stands just above.
直したら、同じコマンドをもう一度。 Once it is mended, run the same command again.
- 接続・プロキシ：HTTPS_PROXY を（独自の証明書なら PIP_CERT も）設定してください。
  Connection, proxy: set HTTPS_PROXY (and PIP_CERT for a certificate of your own).
- 閉じたネットワーク：外につながる同じ種類の機械（OS と Python が同じ）で
  Closed network: on a connected machine of the same kind (system and Python)
    python3 -m pip download --require-hashes -r requirements.lock -d wheelhouse
  wheelhouse を持ち込み、PIP_NO_INDEX=1 と PIP_FIND_LINKS（その完全なパス）を設定してください。
  Bring wheelhouse here; set PIP_NO_INDEX=1 and PIP_FIND_LINKS (its full path).
- ハッシュの不一致：届いたファイルが requirements.lock と違います。pip cache purge のあとでもう一度。
  変わらなければ配布元（ミラー）の管理者へ。requirements.lock は書き換えないでください。
  Hash mismatch: the file that came is not the locked one. Run again after pip cache purge; if that
  changes nothing, tell whoever runs the index or mirror. Do not edit requirements.lock."""
_OTHER_CONDA = """\
この conda 環境は environment.yml から作られていないので、.venv を使います。
This conda environment was not made from environment.yml: .venv is used instead."""
_CONDA_DIFFERS = """\
conda 環境が requirements.lock と{count}件違います。次のあとでもう一度：
The conda environment differs from requirements.lock in {count} packages; run again after:
  conda env update -f environment.yml
（入っている版、かっこ内は lock／installed version, locked one in brackets）
  {shown}"""


class SetupError(Exception):
    """The environment could not be made; the message is for the person at the console.

    Not a PlanbookError: that family speaks through the catalogue, whose reader is not installed yet.
    """


class State(enum.Enum):
    """What has to be done about ``.venv``."""

    READY = "nothing"
    OUTDATED = "install again into it"
    BROKEN = "make it from nothing"


def say(words: str, stream: TextIO | None = None) -> None:
    """Write a message and a line end; a console that lacks a character gets ``?`` instead of an error."""
    stream = stream or sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write((words + "\n").encode(encoding, "replace").decode(encoding))
    stream.flush()


# --- what is wanted, what is there -------------------------------------------------------------------


def read_pins(lock: Path) -> dict[str, set[str | None]]:
    """Return the versions that a lock file allows for each package, by normalised name.

    None is among them where a marker (``; sys_platform == ...``) may leave the package out on this machine.
    """
    pins: dict[str, set[str | None]] = {}
    for name, version, marker in _PIN.findall(lock.read_text(encoding="utf-8")):
        pins.setdefault(_normal_name(name), set()).update({version, None} if marker else {version})
    return pins


def _normal_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _normal_version(version: str | None) -> str | None:
    # A wheel may call itself 2026.01.04 where the lock says 2026.1.4.
    return version and re.sub(r"(?<![0-9A-Za-z])0+(?=[0-9])", "", version.replace("_", "-").lower())


def find_mismatches(pins: Mapping[str, set[str | None]], installed: Mapping[str, str]) -> list[str]:
    """Return ``name installed-version (locked version)`` for each package that is not there as locked."""
    present = {_normal_name(name): version for name, version in installed.items()}
    return [
        f"{name} {present.get(name, '-')} ({' / '.join(sorted(filter(None, versions)))})"
        for name, versions in sorted(pins.items())
        if _normal_version(present.get(name)) not in {_normal_version(version) for version in versions}
    ]


def fingerprint(root: Path) -> dict[str, str]:
    """Return hashes of what an environment is made from: the lock, and what pyproject.toml says of it.

    The settings of ruff and pytest are left out, because they change no environment.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [project.get("build-system"), project.get("project"), project.get("tool", {}).get("setuptools")]
    content = {"lock": (root / LOCK).read_bytes(), "project": json.dumps(parts, sort_keys=True).encode()}
    return {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}


def venv_python(venv: Path, system: str = os.name) -> Path:
    r"""Return the interpreter of a venv: ``bin/python``, or ``Scripts\python.exe`` on Windows."""
    return venv / "Scripts" / "python.exe" if system == "nt" else venv / "bin" / "python"


def probe(python: Path) -> dict | None:
    """Ask an interpreter for its version, its packages and where it finds planbook; None if it fails."""
    try:
        # -I: neither PYTHONPATH nor the current folder may lend it what it does not have itself.
        answer = subprocess.run(
            [str(python), "-I", "-X", "utf8", "-c", _PROBE], capture_output=True, check=True, timeout=60
        )
        return json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def is_installed_from(found: Mapping, root: Path) -> bool:
    """Tell whether the interpreter that gave `found` imports planbook from this checkout."""
    with suppress(OSError, TypeError):
        return Path(found["planbook"]).parent.samefile(root / "scripts" / "planbook")
    return False


def inspect_venv(root: Path) -> State:
    """Decide from the stamp, the interpreter and the packages what has to be done about ``.venv``."""
    stamp = _read_stamp(root)
    found = probe(venv_python(root / VENV)) if stamp else None
    # The folder counts: the commands in a venv name their interpreter by its full path.
    if not found or stamp.get("root") != str(root) or stamp.get("python") != found["python"]:
        return State.BROKEN
    pins = read_pins(root / LOCK)
    is_current = all(stamp.get(name) == value for name, value in fingerprint(root).items())
    is_whole = is_installed_from(found, root) and not find_mismatches(pins, found["packages"])
    return State.READY if is_current and is_whole else State.OUTDATED


def _read_stamp(root: Path) -> dict:
    with suppress(OSError, ValueError):
        stamp = json.loads((root / VENV / STAMP).read_text(encoding="utf-8"))
        return stamp if isinstance(stamp, dict) else {}
    return {}


# --- making it ---------------------------------------------------------------------------------------


def prepare_venv(root: Path) -> Path:
    """Make ``.venv`` whole where it is not, and return its interpreter.

    Raises
    ------
    SetupError : it cannot be made; the message says what to do.
    """
    if inspect_venv(root) is not State.READY:
        with _alone(root):
            # Asked again: the other door may have done the work while this one waited.
            state = inspect_venv(root)
            if state is not State.READY:
                _set_up(root, state)
    say("環境はそろっています。 The environment is up to date.")
    return venv_python(root / VENV)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let one set-up at a time write ``.venv``.

    The installers inherit the lock: where a door is killed, its pip goes on writing for a while, and the
    next door has to wait for that before it begins afresh.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        os.set_inheritable(handle, True)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("ほかの準備が終わるのを待っています。 Waiting for another set-up to finish.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            pass  # some network drives know no locks; the stamp still guards against half an environment
        yield
    finally:
        os.close(handle)


def _set_up(root: Path, state: State) -> None:
    python, stamp = venv_python(root / VENV), root / VENV / STAMP
    wanted, pins = fingerprint(root), read_pins(root / LOCK)
    dropped = sorted(set(_read_stamp(root).get("packages", [])) - set(pins))
    stamp.unlink(missing_ok=True)
    if state is State.BROKEN:
        _create_venv(root)
    say("パッケージを導入します（1～5分）。 Installing the packages (1 to 5 minutes).")
    install_packages(root, python, count=len(pins))
    if dropped and state is State.OUTDATED:
        _run([*_pip(python), "uninstall", "--quiet", "--yes", *dropped], root)
    install_project(root, python)
    found = probe(python)
    if not found or not is_installed_from(found, root):
        raise SetupError(_NOT_MADE.format(step="planbook", code=0))
    # uv writes no bytecode unless told, and PYTHONDONTWRITEBYTECODE would keep Python from ever writing
    # it: every start would take two to three times as long. Some packages ship files that do not compile,
    # on purpose, so the exit code says nothing.
    _run([str(python), "-I", "-m", "compileall", "-qq", "-j", "0", *found["folders"]], root)
    content = {**wanted, "python": found["python"], "root": str(root), "packages": sorted(pins)}
    stamp.with_suffix(".new").write_text(json.dumps(content, indent=1), encoding="utf-8")
    stamp.with_suffix(".new").replace(stamp)


def _create_venv(root: Path) -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise SetupError(_NO_VENV)
    venv = root / VENV
    say("環境（.venv）を作ります。 Making the environment (.venv).")
    try:
        if venv.is_symlink() or venv.is_file():
            venv.unlink()
        elif venv.exists():
            shutil.rmtree(venv)
    except OSError as error:
        raise SetupError(_NOT_REMOVED.format(reason=error.strerror)) from error
    # Where .venv's own python runs the door, that one is gone by now: the one it was made from makes it.
    base = getattr(sys, "_base_executable", None) or sys.executable
    code = _run([base, "-I", "-X", "utf8", "-m", "venv", "--prompt", "planbook", str(venv)], root)
    if code:
        raise SetupError(_NOT_MADE.format(step=VENV, code=code))


def choose_installers(python: Path, environ: Mapping[str, str]) -> list[list[str]]:
    """Return the commands that install the lock, to be tried in this order.

    uv comes first where it is on PATH, with pip behind it, because uv reads neither pip's settings file
    nor its variables: an internal mirror may be known to pip alone. Where pip's variables name one, uv is
    not asked at all; it would turn to the public index.
    """
    wanted = ["--require-hashes", "-r", LOCK]
    # Bytecode is compiled afterwards on all cores; pip would use one.
    commands = [[*_pip(python), "install", "--no-compile", *wanted]]
    uv = shutil.which("uv", path=environ.get("PATH"))
    if uv and not (environ.get("PIP_NO_INDEX") or environ.get("PIP_INDEX_URL")):
        # uv has UV_FIND_LINKS and UV_OFFLINE, but no variable for this option.
        no_index = ["--no-index"] if environ.get("UV_NO_INDEX") else []
        options = ["--quiet", "--compile-bytecode", "--python", str(python), *no_index]
        commands.insert(0, [uv, "pip", "install", *options, *wanted])
    return commands


def install_packages(root: Path, python: Path, count: int = 0) -> None:
    """Install ``requirements.lock`` into the environment of `python`, with hashes required."""
    code = 0
    for command in choose_installers(python, os.environ):
        code = _run(command, root, count)
        if code == 0:
            return
    raise SetupError(_NOT_MADE.format(step=LOCK, code=code))


def install_project(root: Path, python: Path) -> None:
    """Install planbook itself, editable; the lock holds everything that this needs."""
    # A call of its own: with hashes required, pip refuses a folder beside the lock.
    code = _run([*_pip(python), "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", "."], root)
    if code:
        raise SetupError(_NOT_MADE.format(step="planbook", code=code))


def _pip(python: Path) -> list[str]:
    return [str(python), "-I", "-X", "utf8", "-m", "pip", "--no-input", "--disable-pip-version-check"]


def _run(command: Sequence[str], root: Path, count: int = 0) -> int:
    """Run a step of the set-up and return its exit code; on a terminal, count pip's packages.

    What the step reports goes nowhere, its errors go to the console.
    """
    # PIP_USER: a settings file may ask for the user's own folder, which no venv accepts.
    environ = {**os.environ, "PYTHONUTF8": "1", "PIP_USER": "0"}
    counting, done = bool(count) and sys.stdout.isatty(), 0
    # close_fds: the lock of _alone is to be inherited.
    with subprocess.Popen(
        list(command), cwd=root, env=environ, stdout=subprocess.PIPE, close_fds=False
    ) as step:
        for line in step.stdout:
            if counting and line.startswith((b"Collecting ", b"Processing ")):
                done += 1
                sys.stdout.write(f"\r  {done} / {count} ")
                sys.stdout.flush()
        if done:
            sys.stdout.write("\n")
    return step.returncode


# --- conda -------------------------------------------------------------------------------------------


def prepare_conda(root: Path, environ: Mapping[str, str]) -> Path | None:
    """Return the interpreter of the active conda environment if it was made from environment.yml.

    It counts as such by its name, by an earlier door's editable install, or by holding every locked
    package; any other one (conda's ``base``, say) is left alone, and None is returned.

    Raises
    ------
    SetupError : it was made from environment.yml, but its packages are not the locked ones.
    """
    prefix = environ.get("CONDA_PREFIX")
    # An active environment says nothing yet of the Python that runs the door; this one is to be its own.
    is_active = bool(prefix) and Path(prefix).resolve() == Path(sys.prefix).resolve()
    found = probe(Path(sys.executable)) if is_active else None
    if not found:
        return None
    differing = find_mismatches(read_pins(root / LOCK), found["packages"])
    installed = is_installed_from(found, root)
    recipe = (root / "environment.yml").read_text(encoding="utf-8")
    if differing and not installed and f"name: {Path(prefix).name}" not in recipe.splitlines():
        say(_OTHER_CONDA)
        return None
    if differing:
        shown = "\n  ".join([*differing[:5], *(["..."] if differing[5:] else [])])
        raise SetupError(_CONDA_DIFFERS.format(count=len(differing), shown=shown))
    if not installed:
        install_project(root, Path(sys.executable))
    say("conda 環境を使います。 Using the conda environment.")
    return Path(sys.executable)


# --- running in it -----------------------------------------------------------------------------------


def child_environment(python: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for a child: its own commands first on PATH, UTF-8, no packages from elsewhere."""
    child = {name: value for name, value in environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    # cp932, the console's encoding on a Japanese Windows, lacks characters that plans use.
    child |= {"PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}
    child["PATH"] = os.pathsep.join(filter(None, [str(python.parent), environ.get("PATH")]))
    return child


def run_in_environment(arguments: Sequence[str], folder: Path | None = None, root: Path = ROOT) -> int:
    """Make the environment where needed, run its python with `arguments` and return the exit code.

    Parameters
    ----------
    arguments : what follows ``python -P``.
    folder : where the child runs; the caller's folder when None, so that relative paths mean there.
    root : the checkout.
    """
    try:
        python = prepare_conda(root, os.environ) or prepare_venv(root)
    except SetupError as error:
        say(str(error), sys.stderr)
        return 1
    except OSError as error:
        say(f"環境を作れませんでした。 The environment could not be made: {error}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("中断しました。 Stopped.", sys.stderr)
        return 130
    # -P: neither the current folder nor scripts/ may shadow a package by a file of the same name.
    command = [str(python), "-P", *arguments]
    with subprocess.Popen(command, cwd=folder, env=child_environment(python, os.environ)) as child:
        while True:
            # Ctrl-C reaches the child as well; it cleans up and says itself how it ended.
            with suppress(KeyboardInterrupt):
                code = child.wait()
                return code if code >= 0 else 128 - code
