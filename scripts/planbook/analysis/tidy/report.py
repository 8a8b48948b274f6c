"""Findings gathered by kind: every one counted, the first ones kept, so that a file of any size is reported."""

from __future__ import annotations

from dataclasses import dataclass, field

from planbook.analysis.tidy.faults import FAULTS, Fault
from planbook.analysis.tidy.rules import RULES, Severity
from planbook.load.tidy.contents import cell_name, column_letters
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.characters import shown
from planbook.vocabulary.errors import Message, Problem, message

#: How many findings of one kind on one sheet are kept in full.
KEPT = 5


@dataclass(frozen=True)
class Rows:
    """Whole rows of a sheet, counted from 0; one row where `last` is None."""

    first: int
    last: int | None = None


@dataclass(frozen=True)
class Columns:
    """A whole column of a sheet, counted from 0."""

    position: int


#: A cell (row and column from 0), the name of a range, whole rows, a whole column; empty for the sheet.
Place = tuple[int, int] | str | Rows | Columns


@dataclass(frozen=True)
class Group:
    """The findings of one kind on one sheet.

    Parameters
    ----------
    fault : what they are.
    severity : of the fault, or milder where the column only quotes.
    sheet : empty for a CSV and for the file as a whole.
    count : how many there are.
    problems : the first of them.
    """

    fault: Fault
    severity: Severity
    sheet: str
    count: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Report:
    """What the rules say about one file.

    Parameters
    ----------
    file : as the user knows it.
    groups : in the order of the rules, errors first within a rule.
    exempt : sheets of metadata, to which the rules for tables do not apply.
    tables : how many tables were found and checked; 0 for a file that could not be read.
    """

    file: str
    groups: tuple[Group, ...]
    exempt: tuple[str, ...] = ()
    tables: int = 0

    def count(self, severity: Severity) -> int:
        """Return how many findings there are of this severity."""
        return sum(group.count for group in self.groups if group.severity == severity)

    def problems(self, severity: Severity | None = None) -> list[Problem]:
        """Return the kept findings, of one severity or of both."""
        return [p for g in self.groups if severity in (None, g.severity) for p in g.problems]

    def rules(self, severity: Severity | None = None) -> list[str]:
        """Return the numbers of the rules with findings, in the published order."""
        found = {g.fault.rule for g in self.groups if severity in (None, g.severity)}
        return [rule for rule in RULES if rule in found]


@dataclass
class Collector:
    """Takes the findings of one file, and how many tables it has."""

    file: str
    kept: int = KEPT
    tables: int = 0
    _found: dict[tuple[str, Severity, str], list[Problem]] = field(default_factory=dict)
    _counts: dict[tuple[str, Severity, str], int] = field(default_factory=dict)

    def add(
        self, fault: str, sheet: str = "", place: Place = "", found: object = None,
        *, soft: bool = False, count: int | None = None,
    ) -> None:  # fmt: skip
        """Take a finding.

        Parameters
        ----------
        fault : a name of `FAULTS`.
        place : where on the sheet.
        found : what stands there; a `Message` is said in the reader's language, text is quoted.
        soft : the column quotes a document as written: a caution, whatever the fault.
        count : the number that the fault's words name, where they name one.
        """
        kind = FAULTS[fault]
        severity: Severity = "caution" if soft else kind.severity
        key = fault, severity, sheet
        self._counts[key] = self._counts.get(key, 0) + 1
        kept = self._found.setdefault(key, [])
        if len(kept) < self.kept:
            what = Message(kind.what, {} if count is None else {"count": count})
            kept.append(self._problem(kind, what, _place(sheet, place), found))

    def take(self, problem: Problem) -> None:
        """Take what a reader said about a file that cannot be checked."""
        key = "unreadable", "error", ""
        self._counts[key] = self._counts.get(key, 0) + 1
        self._found.setdefault(key, []).append(problem)

    def _problem(self, kind: Fault, what: Message, place: dict[str, object], found: object) -> Problem:
        text = shown(found) if isinstance(found, str) else None if found is None else found
        return Problem(
            what,
            self.file,
            place,
            text if text is None or isinstance(text, (str, Message)) else str(text),
            Message(kind.allowed),
            Message(kind.remedy),
        )

    def report(self, exempt: tuple[str, ...] = ()) -> Report:
        """Return everything taken so far."""
        order = {rule: position for position, rule in enumerate(RULES)}
        groups = [
            Group(FAULTS[fault], severity, sheet, self._counts[key], tuple(problems))
            for key, problems in self._found.items()
            for fault, severity, sheet in [key]
        ]
        # Sorting is stable: within a rule and a severity the order of the sheets and of the cells stays.
        groups.sort(key=lambda group: (order[group.fault.rule], group.severity == "caution"))
        return Report(self.file, tuple(groups), exempt, self.tables)


def _place(sheet: str, place: Place) -> dict[str, object]:
    """Return a place as `Problem` has it."""
    found: dict[str, object] = {"sheet": sheet} if sheet else {}
    if isinstance(place, Rows):
        first, last = place.first + 1, place.last
        found["row"] = first if last is None else message("{first}〜{last}", first=first, last=last + 1)
    elif isinstance(place, Columns):
        found["column"] = column_letters(place.position)
    elif place:
        found["cell"] = place if isinstance(place, str) else cell_name(*place)
    return found


def part_words(kind: str, detail: str) -> Message:
    """Return words for a `Thing` by its kind, or for something hidden: sheet, rows, columns."""
    return Message(_PARTS[kind], {"detail": detail})


_PARTS = {
    "chart": plain("グラフ（{detail}）"),
    "image": plain("画像（{detail}）"),
    "shape": plain("図形（{detail}）"),
    "embedded": plain("埋め込み（{detail}）"),
    "comment": plain("コメント（{detail}）"),
    "sheet": plain("隠れたシート（{detail}）"),
    "rows": plain("隠れた行 {detail}"),
    "columns": plain("隠れた列 {detail}"),
}
