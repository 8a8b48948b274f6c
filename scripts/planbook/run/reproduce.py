"""The footer «このページを再現する»: how a page was made, and how to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from planbook.run.jobs import Job
from planbook.run.parameters import Parameter
from planbook.vocabulary.catalogue import plain, text

_HEADS = (plain("名前"), plain("値"), plain("説明"))
_STAMP = plain("内容の印：{stamp}（データ・ノートブック・プログラムが同じなら同じ）")


def write_footer(job: Job, parameters: Mapping[str, Parameter], stamp: str) -> str:
    """Return the footer as HTML without a blank line, which would end it in Markdown.

    Parameters
    ----------
    job : the page's job.
    parameters : the parameters that its notebook takes.
    stamp : the short form of the content stamp.
    """
    rows = [_row(job, parameter) for parameter in parameters.values()]
    heads = "".join(f'<th scope="col">{escape(text(head))}</th>' for head in _HEADS)
    return "\n".join(
        [
            '<details class="pb-reproduce">',
            f"<summary>{escape(text('このページを再現する'))}</summary>",
            f"<p>{escape(text('次のコマンドで、同じデータから同じページができます。'))}</p>",
            f"<pre><code>{escape(job.command)}</code></pre>",
            f'<div class="pb-scroll" tabindex="0" role="region" aria-label="{escape(text("パラメーター"))}">'
            '<table class="pb-table">',
            f"<caption>{escape(text('パラメーター'))}</caption>",
            f"<thead><tr>{heads}</tr></thead>",
            "<tbody>",
            *rows,
            "</tbody></table></div>",
            f"<p>{escape(text('ノートブック：{name}', name=f'notebooks/{job.notebook.name}'))}<br>",
            f"{escape(text(_STAMP, stamp=stamp))}</p>",
            "</details>",
        ]
    )


def _row(job: Job, parameter: Parameter) -> str:
    value = job.parameters.get(parameter.name)
    shown = parameter.default if parameter.name not in job.parameters else str(value)
    if parameter.name not in job.parameters and parameter.type == "str":
        shown = shown.strip("\"'")
    help_words = text(parameter.help) if parameter.help else ""
    return (
        f'<tr><th scope="row"><code>{escape(parameter.name)}</code></th>'
        f"<td><code>{escape(shown)}</code></td><td>{escape(help_words)}</td></tr>"
    )
