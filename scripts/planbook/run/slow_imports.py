"""One import that costs more than all the others together, and that nothing here needs.

jsonschema, which papermill, Altair and Jupyter Book all import, takes up ``rfc3987_syntax`` where it is
installed (JupyterLab brings it along) to check addresses with characters outside ASCII. That package builds
a grammar when it is imported: 2.6 s of a processor, in every worker and every kernel. jsonschema goes
without it where it cannot be imported.
"""

from __future__ import annotations

import sys

_SLOW = "rfc3987_syntax"
#: The same as an expression, for processes that are started from here. It leaves no name behind.
SKIP = f"__import__('sys').modules.setdefault('{_SLOW}')"


def skip_slow_imports() -> None:
    """Let this process do without; what is imported already stays."""
    sys.modules.setdefault(_SLOW, None)
