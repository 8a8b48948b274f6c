#!/usr/bin/env python3
"""Run the tests: ``python3 scripts/test.py [arguments of pytest]``.

Makes ``.venv`` when it is missing or outdated, then runs pytest in it, in the project's folder. Nothing
happens on import: the editable install puts this folder on the path, where ``import test`` may find it.
"""

import sys
from pathlib import Path


def main(arguments=None):
    """Run pytest in the project's environment and return its exit code."""
    # In the door itself, in syntax that old Pythons read: planbook's own modules need a new one.
    version = tuple(sys.version_info[:2])
    if not (3, 11) <= version < (3, 15):
        sys.stderr.write(
            "Python 3.11～3.14 が必要です（これは {0}.{1}）。例： python3.12 scripts/test.py\n"
            "Python 3.11 to 3.14 is needed (this is {0}.{1}). For example: python3.12 scripts/test.py\n"
            "Windows: py -3.12 scripts\\test.py\n".format(*version)
        )
        return 1
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from planbook import environment  # noqa: PLC0415 - only after the check above, and never on import

    arguments = sys.argv[1:] if arguments is None else list(arguments)
    return environment.run_in_environment(["-m", "pytest", *arguments], folder=environment.ROOT)


if __name__ == "__main__":
    sys.exit(main())
