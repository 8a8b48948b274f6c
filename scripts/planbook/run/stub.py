"""The page that stands where a page failed: what happened, and which command shows more."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from nbformat.v4 import new_markdown_cell

from planbook.run.headings import escape_markdown
from planbook.run.jobs import Job
from planbook.run.notebook_file import write_notebook
from planbook.vocabulary.catalogue import in_language, text


def write_stub(job: Job, failure: Mapping[str, object]) -> str:
    """Return the stub of a failed page as a notebook, so that links to the page hold.

    Parameters
    ----------
    job : the page's job.
    failure : reason and excerpt, from the page's record.
    """
    with in_language(job.language):
        own = text("{plan}：{page}", plan=job.heading, page=job.title) if job.heading else job.title
        lines = [
            '<div class="pb-failed">',
            f'<p class="pb-note-title">{escape(text("このページは作れませんでした"))}</p>',
            f"<p>{escape(' '.join(str(failure.get('reason', '')).split()))}</p>",
            f"<p>{escape(text('ほかのページは読めます。次のコマンドで詳しい原因が分かります。'))}</p>",
            f"<pre><code>{escape(job.command)}</code></pre>",
            *_details(str(failure.get("excerpt", ""))),
            "</div>",
        ]
    return write_notebook(
        [new_markdown_cell(f"# {escape_markdown(own)}"), new_markdown_cell("\n".join(lines))]
    )


def _details(excerpt: str) -> list[str]:
    if not excerpt:
        return []
    # A blank line would end the HTML block.
    lines = "&#10;".join(escape(line) for line in excerpt.splitlines())
    return [
        "<details>",
        f"<summary>{escape(text('エラーの記録'))}</summary>",
        f"<pre>{lines}</pre>",
        "</details>",
    ]
