"""Collect the sentences that readers see from code and notebooks, and keep the catalogue in step.

Babel's own extractor knows positional arguments only; captions are keywords here, and notebooks are
no Python files. So the sentences are found by the syntax tree, and Babel reads and writes the catalogue.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from planbook.vocabulary.catalogue import LOCALE_FOLDER

#: Calls whose first argument is a sentence; for `words` and `say` the method of a page.
SENTENCE_CALLS = {"text", "plain", "message", "words", "say"}
#: Keywords that hold a sentence, in calls of `show` and `table_or_note`.
SENTENCE_KEYWORDS = {"show": ("caption", "absent"), "table_or_note": ("caption", "absent")}


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and sentence for every sentence that Python source holds."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        candidates = node.args[:1] if name in SENTENCE_CALLS else []
        candidates += [k.value for k in node.keywords if k.arg in SENTENCE_KEYWORDS.get(name, ())]
        for candidate in candidates:
            if isinstance(candidate, ast.Constant) and isinstance(candidate.value, str) and candidate.value:
                yield candidate.lineno, candidate.value


def extract(root: Path) -> Catalog:
    """Collect every sentence of the package and of the notebooks under `root` into a catalogue."""
    catalogue = Catalog(locale="en", project="planbook", charset="utf-8", fuzzy=False)
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.rglob("*.py")):
        for _, sentence in sentences(path.read_text(encoding="utf-8")):
            catalogue.add(sentence, locations=[(path.relative_to(package.parent).as_posix(), 0)])
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        for sentence in notebook_sentences(path):
            catalogue.add(sentence, locations=[(f"notebooks/{path.name}", 0)])
    return catalogue


def notebook_sentences(path: Path) -> Iterator[str]:
    """Yield the sentences in the code cells of a notebook; its prose is translated block by block."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            for _, sentence in sentences("".join(cell["source"])):
                yield sentence


def read_catalogue(language: str = "en") -> Catalog:
    """Read the catalogue of a language as it is kept in the package."""
    with (LOCALE_FOLDER / language / "LC_MESSAGES" / "planbook.po").open("rb") as stream:
        return read_po(stream, locale=language)


def update_catalogue(root: Path, language: str = "en") -> tuple[int, int]:
    """Bring the catalogue of `language` in step with the code; return sentences and untranslated ones.

    Translations are kept by sentence; a changed sentence is a new one, never a guess at the old.
    """
    fresh = extract(root)
    old = {message.id: message.string for message in read_catalogue(language) if message.id}
    for message in fresh:
        if message.id and old.get(message.id):
            message.string = old[message.id]
    path = LOCALE_FOLDER / language / "LC_MESSAGES" / "planbook.po"
    with path.open("wb") as stream:
        # No header: it would hold the time of day, and the file would change with every run.
        write_po(stream, fresh, width=0, sort_output=True, omit_header=True, include_lineno=False)
    untranslated = sum(1 for message in fresh if message.id and not message.string)
    return len(fresh), untranslated
