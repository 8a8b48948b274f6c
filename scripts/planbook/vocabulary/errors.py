"""One family of errors. A message says where, what was found, what is allowed and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planbook.vocabulary.catalogue import current_language, in_language, plain, text

_WHERE = {
    "sheet": plain("シート「{sheet}」"),
    "row": plain("{row}行目"),
    "column": plain("列「{column}」"),
    "cell": plain("セル{cell}"),
    "key": plain("項目「{key}」"),
    "line": plain("{line}行目"),
}


@dataclass(frozen=True)
class Message:
    """A sentence of the catalogue with its values, not yet in any language."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = {key: str(value) for key, value in self.values.items()}
        if current_language() != "ja":  # lists in values are joined the Japanese way
            shown = {key: value.replace("、", ", ") for key, value in shown.items()}
        return text(self.msgid, **shown)


def message(msgid: str, /, **values: object) -> Message:
    """Make a `Message`; the msgid is Japanese and is collected for the catalogue."""
    return Message(msgid, values)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input.

    Parameters
    ----------
    what : the rule that is broken.
    file : path as the user knows it, relative to the data root where there is one.
    place : where in it: any of sheet, row (1-based line of the file as a spreadsheet shows it), column,
        cell, key (dotted path in YAML), line.
    found : the offending content as it stands.
    allowed : what would be accepted.
    remedy : what to do.
    """

    what: Message
    file: str = ""
    place: Mapping[str, object] = field(default_factory=dict)
    found: str | None = None
    allowed: Message | None = None
    remedy: Message | None = None

    def _lines(self) -> list[str]:
        where = " ".join(text(_WHERE[k], **{k: v}) for k, v in self.place.items() if v not in (None, ""))
        lines = [": ".join(part for part in (f"{self.file} {where}".strip(), str(self.what)) if part)]
        if self.found is not None:
            lines.append("  " + text("見つかったもの：{found}", found=self.found))
        if self.allowed is not None:
            lines.append("  " + text("使えるもの：{allowed}", allowed=self.allowed))
        if self.remedy is not None:
            lines.append("  " + text("直し方：{remedy}", remedy=self.remedy))
        return lines

    def in_words(self, language: str) -> str:
        """Return the problem in one language, several lines."""
        with in_language(language):
            return "\n".join(self._lines())

    def __str__(self) -> str:
        return self.in_words("ja") + "\n" + _indent(self.in_words("en"))


def _indent(words: str) -> str:
    return "\n".join("  | " + line for line in words.splitlines())


class PlanbookError(Exception):
    """Anything planbook refuses to go on with; carries every problem found, not the first one."""

    #: exit code of the command line for this error
    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self):
        # Errors travel between the runner's processes; the default would hand __init__ the joined text.
        return type(self), (self.problems,)


class InputError(PlanbookError):
    """A file, a table or a value of the data is not what its schema allows."""

    exit_code = 3


class ProvenanceError(PlanbookError):
    """A figure has no source, or its as-written string is not where its locator says."""

    exit_code = 3


class ParameterError(PlanbookError):
    """A notebook or a command was given a parameter that it does not know or cannot take."""

    exit_code = 2
