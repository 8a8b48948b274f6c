"""Rules on names: one thing named in two ways, and an abbreviation beside its expansion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from planbook.analysis.findings import Place
from planbook.analysis.recalculation.causes import cause_of, differing
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.quotes import list_quotes
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.stated import Claim
from planbook.analysis.recalculation.statements import Statements
from planbook.analysis.recalculation.words import listed, quote, says, sentences
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.characters import fold
from planbook.vocabulary.claim_subjects import TITLE
from planbook.vocabulary.errors import Message, message

_EXPANDED = re.compile(r"(?<![A-Za-z])([A-Z]{2,8})[(（\[]((?:[A-Z][A-Za-z-]+[ 　]+)+[A-Z][A-Za-z-]+)")


@dataclass(frozen=True)
class Naming:
    """One place that names a thing; the fields are those of the row it stands in."""

    object_id: str
    written: str
    place: Place
    reading: str | None
    cause: str | None

    @property
    def key(self) -> str:
        """What is compared: width, dashes and white space do not make another name."""
        return fold(self.written).text.strip("「」")


@rule(
    "R13",
    plain("名称の書かれ方"),
    plain(
        "同じものの名称が二か所以上に書かれていれば、全角・半角と空白の違いをのぞいて同じかを比べ、違う文字を示します。"
        "比べるもとは、読み替えが示す名称、なければ最も多い書き方、同数なら先に書かれたほうです。目標の名称は、表や一覧と見出しの間でも比べます。"
    ),
    "words",
)
def check_names(statements: Statements) -> Iterator[Check]:
    """Compare the places that name one thing; one check a spelling that differs, or one for all alike."""
    for subject, namings in _groups(statements).items():
        if len(namings) < 2:
            continue
        spellings: dict[str, list[Naming]] = {}
        for naming in namings:
            spellings.setdefault(naming.key, []).append(naming)
        usual = _usual(namings, spellings)
        if len(spellings) == 1:
            places = tuple(naming.place for naming in namings)
            shown = message("{count}か所とも同じ名称です。", count=len(namings))
            yield Outcome("match", shown).of("R13", subject, says(namings[0].written), places)
        for key, members in spellings.items():
            if key != usual:
                yield _differing(members, spellings.get(usual, []))


def _groups(statements: Statements) -> dict[str, list[Naming]]:
    groups: dict[str, list[Naming]] = {}
    for subject, claims in statements.by_subject("name").items():
        namings = [_of_claim(claim) for claim in claims]
        keys = {naming.key for naming in namings}
        for goal in statements.goals:
            titled = subject == TITLE + goal.goal_id
            if titled or (fold(goal.title).text in keys and _alone(claims, goal.document, goal.locator)):
                namings.append(Naming(goal.goal_id, goal.title, goal.place, goal.reading, goal.cause))
        groups[subject] = namings
    return groups


def _alone(claims: list[Claim], document: str, locator: str) -> bool:
    """Tell whether no claim stands where the goal stands: one line is not two namings."""
    return all((claim.document, claim.locator) != (document, locator) for claim in claims)


def _of_claim(claim: Claim) -> Naming:
    return Naming(claim.claim_id, claim.as_written, claim.place, claim.reading, claim.cause)


def _usual(namings: list[Naming], spellings: dict[str, list[Naming]]) -> str:
    readings = Counter(
        key for n in namings if n.reading and (key := fold(n.reading).text.strip("「」")) in spellings
    )
    if readings:
        return readings.most_common(1)[0][0]
    return max(spellings, key=lambda key: len(spellings[key]))


def _differing(members: list[Naming], usual: list[Naming]) -> Check:
    first, other = members[0], usual[0]
    places = (other.place, *(naming.place for naming in members))
    reading = first.reading
    outcome = differing(
        describe_difference(first.key, other.key),
        sentences(_meaning(first, reading), _mend(first.cause)),
        "wording",
        cause_of(first),
    )
    return outcome.of("R13", first.object_id, says(other.written, first.written), places)


def _meaning(first: Naming, reading: str | None) -> Message:
    if reading is not None:
        return message("{reading}のこととみられます。", reading=quote(reading))
    return message("同じものを指すとみられますが、どちらの書き方が正しいかは、この資料からは分かりません。")


def _mend(cause: str | None) -> Message | None:
    if cause == "extraction":
        return None
    return message("名称をそろえると、読み手と検索に同じものと分かります。")


def describe_difference(written: str, usual: str) -> Message:
    """Say in which characters a name differs from the usual one: what is missing, added, replaced, or another order."""
    if written != usual and sorted(written) == sorted(usual):
        return message("語の並びが違います：{a}と{b}", a=quote(usual), b=quote(written))
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, usual, written, autojunk=False).get_opcodes():
        if kind == "delete":
            parts.append(message("{words}がない", words=quote(usual[a:b])))
        elif kind == "insert":
            parts.append(message("{words}が加わっている", words=quote(written[c:d])))
        elif kind == "replace":
            parts.append(message("{a}が{b}になっている", a=quote(usual[a:b]), b=quote(written[c:d])))
    return message("違い：{parts}", parts=listed(parts))


@rule(
    "R18",
    plain("略語と展開"),
    plain(
        "「KPI(Key Performance Indicator)」のように英字の略語に展開が添えられていれば、頭文字が略語と同じかを確かめます。"
        "違っていて、原文か文字起こしかが記録されていないものは、検算不能とします。"
    ),
    "words",
)
def check_abbreviations(statements: Statements) -> Iterator[Check]:
    """Compare the initials of an expansion with the abbreviation before it."""
    for quoted in list_quotes(statements):
        for found in _EXPANDED.finditer(fold(quoted.written, drop_spaces=False).text):
            short, words = found[1], found[2]
            initials = "".join(word[0] for word in words.split())
            shown = message("{words}の頭文字は{initials}です。", words=words, initials=initials)
            if initials == short:
                outcome = Outcome("match", shown)
            else:
                reading = message("略語と展開のどちらかの誤記とみられます。")
                outcome = differing(shown, reading, "slip", quoted.cause)
            yield outcome.of("R18", quoted.object_id, says(found[0]), (quoted.place,))
