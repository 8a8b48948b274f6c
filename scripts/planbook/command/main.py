"""``planbook``: the commands, and how an error becomes words and an exit code.

What a command needs is imported when it runs: ``--help`` has to answer at once.
"""

from __future__ import annotations

import importlib
import platform
import traceback
from collections.abc import Mapping

import click

from planbook import __version__
from planbook.command.bilingual import Command, Group
from planbook.command.console import prepare_console, report_problems, warn
from planbook.command.exit_codes import BUG, MACHINE, MISUSED, STOPPED
from planbook.run.slow_imports import skip_slow_imports
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.errors import PlanbookError

#: Each is a module of this package with a command of the same name (a hyphen is an underscore there).
COMMANDS = (
    "build",
    "check",
    "run",
    "status",
    "new",
    "catalogue",
    "backtest",
    "bench",
    "tidy-check",
    "suggest",
)

_HELP = plain(
    "自治体の計画（人口ビジョン、総合戦略、総合計画）を、データとノートブックから再現できる一冊の本にします。\n"
    "変わったページだけを実行し、Jupyter Book で本を作り、できあがってから前の本と入れかえます。"
)
_EXAMPLES = (
    ("planbook build", plain("変わったページを実行し、本を作る")),
    ("planbook check", plain("データの誤りをすべて挙げる")),
    ("planbook run 07210-strategy-2 --page population", plain("一つのページだけを実行する")),
)


class _Commands(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> Command | None:
        if name not in COMMANDS:
            return None
        module_name = name.replace("-", "_")
        module = importlib.import_module(f"planbook.command.{module_name}")
        return getattr(module, module_name)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PlanbookError as error:
            report_problems(error.problems)
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            warn()
            warn(text("止めました。もう一度実行すれば、済んだところから続きます。"))
            ctx.exit(STOPPED)
        except OSError as error:
            from planbook.run.faults import machine_error  # noqa: PLC0415

            report_problems(machine_error(error).problems)
            ctx.exit(MACHINE)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception:
            traceback.print_exc()
            warn(_bug_report())
            ctx.exit(BUG)


@click.group(cls=_Commands, help=_HELP, examples=_EXAMPLES, context_settings={"max_content_width": 110})
@click.version_option(__version__, prog_name="planbook", help=plain("版を表示する"))
def cli() -> None:
    """See ``_HELP``: what the user reads comes from the catalogue."""
    skip_slow_imports()


def _bug_report() -> str:
    versions: Mapping[str, str] = {
        "planbook": __version__,
        "Python": platform.python_version(),
        "OS": platform.system(),
    }
    shown = ", ".join(f"{name} {version}" for name, version in versions.items())
    return text(
        "planbook の不具合です。上の記録と、実行したコマンド、次の行を添えて報告してください。\n  {versions}",
        versions=shown,
    )


def main() -> int:
    """Run the command line and return its exit code."""
    prepare_console()
    try:
        code = cli.main(prog_name="planbook", standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.Abort:
        code = STOPPED
    except click.ClickException as error:
        error.show()
        code = MISUSED
    return code if isinstance(code, int) else 0
