"""The id of a plan: ``<code>-<kind>-<number>``, at once a folder, an address and a key.

It is part of paths and URLs on every system, so nothing but small letters, digits and hyphens gets through.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from planbook.vocabulary.characters import require_text, shown
from planbook.vocabulary.errors import InputError, Message, Problem, message

_PLAN_ID = re.compile(r"([0-9]+)-([a-z]+(?:-[a-z]+)*)-([0-9]+)")
_CODE = re.compile(r"(?:0[1-9]|[1-3][0-9]|4[0-7])[0-9]{3}")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_NOT_ALLOWED = re.compile(r"[^a-z0-9-]")


@dataclass(frozen=True, order=True)
class PlanId:
    """A plan: municipality, kind, and generation or first year.

    Parameters
    ----------
    code : five-digit municipality code.
    kind : one of the kinds of data/reference.
    number : generation (第2期 → 2), or the first fiscal year of a plan that has none.
    """

    code: str
    kind: str
    number: int

    @property
    def prefecture(self) -> str:
        """The first two digits of the code, which begin the addresses of the plan's pages."""
        return self.code[:2]

    def __str__(self) -> str:
        return f"{self.code}-{self.kind}-{self.number}"


def looks_like_plan_id(text: str) -> bool:
    """Tell whether a folder name has the form of a plan id; its kind and code are checked elsewhere."""
    return bool(_PLAN_ID.fullmatch(text))


def parse_plan_id(text: str, kinds: Collection[str]) -> PlanId:
    """Read a plan id.

    Parameters
    ----------
    text : such as ``07210-strategy-2`` or ``03213-comprehensive-2021``.
    kinds : the kinds that exist; they are named in the error.

    Examples
    --------
    >>> parse_plan_id("07210-strategy-2", ["strategy"]).number
    2
    """
    found = _PLAN_ID.fullmatch(require_text(text))
    if not found:
        raise _refusal(
            text, kinds, _shape_fault(text), message("使える文字だけで、この形に書き直してください。")
        )
    code, kind, number = found.groups()
    if not _CODE.fullmatch(code):
        raise _refusal(text, kinds, *_code_fault(code))
    if kind not in kinds:
        close = get_close_matches(kind, list(kinds), n=1)
        remedy = (
            message("「{kind}」のつもりなら、そう書いてください。", kind=close[0])
            if close
            else message("種類の一覧から選んでください。新しい種類は data/reference の一覧に加えます。")
        )
        raise _refusal(text, kinds, message("計画の種類「{kind}」は一覧にありません。", kind=kind), remedy)
    if not _NUMBER.fullmatch(number):
        raise _refusal(
            text,
            kinds,
            message("番号「{number}」の形が違います。", number=number),
            message(
                "第何期かの数（2）か、期のない計画は最初の年度（2021）を、先頭に0を付けずに書いてください。"
            ),
        )
    return PlanId(code, kind, int(number))


def _shape_fault(text: str) -> Message:
    strange = _NOT_ALLOWED.search(text)
    if strange:
        return message(
            "計画IDの{position}文字目に使えない文字 {character} があります。",
            position=strange.start() + 1,
            character=shown(strange[0]),
        )
    return message("計画IDの形ではありません。")


def _code_fault(code: str) -> tuple[Message, Message]:
    restored = code.zfill(5)
    if len(code) == 4 and _CODE.fullmatch(restored):
        return (
            message("計画IDの市区町村コードは、先頭の0が失われています。"),
            message("{code} で始めてください。", code=restored),
        )
    return (
        message("計画IDの市区町村コードが5桁ではないか、先頭2桁が01～47ではありません。"),
        message("検査数字のない5桁のコードで始めてください。"),
    )


def _refusal(text: str, kinds: Collection[str], what: Message, remedy: Message) -> InputError:
    allowed = message(
        "<市区町村コード5桁>-<種類>-<番号>。文字は半角の a-z 0-9 - だけ。種類は {kinds}。例 07210-strategy-2",
        kinds=", ".join(sorted(kinds)),
    )
    return InputError(Problem(what=what, found=shown(text), allowed=allowed, remedy=remedy))
