"""The kinds of cell that the tables and YAML files are made of, each with its own remedy.

A validator here never repairs a value silently. It accepts the exact form, or refuses with the
form that the writer most likely meant (「令和7年」 → 2025, 「1.24倍」 → 1.24).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from planbook.vocabulary.calendar_jp import parse_date, parse_fiscal_year, parse_year
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.codes import parse_municipality_code
from planbook.vocabulary.errors import InputError, Message, message
from planbook.vocabulary.provenance import parse_locator
from planbook.vocabulary.quantities import parse_quantity
from planbook.vocabulary.rounding import plain_decimal

_ID = re.compile(r"[a-z][a-z0-9]*([-_.][a-z0-9]+)*\Z")
_FINDING = re.compile(r"[KR]\d\d[a-z]?/[a-z][a-z0-9]*([-_.][a-z0-9]+)*\Z", re.ASCII)
_DECIMAL = re.compile(r"-?\d+(\.\d+)?\Z", re.ASCII)
_INTEGER = re.compile(r"\d+\Z", re.ASCII)
_YEAR = re.compile(r"(1[6-9]|2[0-2])\d\d\Z", re.ASCII)
# 2025/10/1 is what a Japanese Excel makes of 2025-10-01 when it saves a CSV: same order, no ambiguity.
_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?\Z", re.ASCII)
# What Excel makes of 5-3: 5月3日, 5-Mar, 2025/5/3. The group is the month and the day in the order of the number.
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_EXCEL_DATE = re.compile(
    rf"(?:\d{{4}}[-/年])?(?P<month>\d{{1,2}})[-/月](?P<day>\d{{1,2}})日"
    rf"|\d{{4}}[-/](?P<month2>\d{{1,2}})[-/](?P<day2>\d{{1,2}})(?: 0?0:00(?::00)?)?"
    rf"|\d{{1,2}}-(?:{_MONTHS})(?:-\d{{2,4}})?|(?:{_MONTHS})-\d{{1,4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}",
    re.I,
)

Blank = None
#: Where damage of a quoted string comes from: the document, or the making of its text.
Cause = Literal["source", "extraction"]


def refuse(
    what: Message, *, allowed: Message, remedy: Message | None = None, column: str | None = None
) -> PydanticCustomError:
    """Make the error that a validator raises; the reader turns it into a `Problem` with its place."""
    context: dict[str, Any] = {"what": what, "allowed": allowed, "remedy": remedy, "column": column}
    return PydanticCustomError("planbook", "{what}", context)


def column(
    title: str, description: str, *, key: bool = False, refers_to: str | None = None, unit: str | None = None
) -> Any:
    """Declare a column or key: its Japanese title, meaning, unit, and what its values point to."""
    return Field(
        title=title,
        description=description,
        json_schema_extra={"key": key, "refers_to": refers_to, "unit": unit},
    )


def _guess(reader, raw: str) -> object | None:
    try:
        return reader(raw)
    except InputError:
        return None


def _as_text(raw: object) -> str:
    return raw.strip() if isinstance(raw, str) else str(raw)


def _text(raw: object) -> str:
    value = _as_text(raw)
    if not value or raw is None:
        raise refuse(message("空です"), allowed=message("文字列"), remedy=message("書き入れてください"))
    return value


def _id(raw: object) -> str:
    value = _text(raw)
    if not _ID.match(value):
        raise refuse(
            message("IDの形ではありません"),
            allowed=message("半角の英小文字で始まり、英小文字・数字・ハイフンからなる語。例 k5-1"),
            remedy=message("英字で始めてください（5-1 だけではExcelが日付に変えます）"),
        )
    return value


def _number_of_document(raw: object) -> str:
    value = _text(raw)
    found = _EXCEL_DATE.fullmatch(value)
    if not found:
        return value
    parts = [int(part) for part in found.groups() if part]
    raise refuse(
        message("番号の列に日付があります。Excelが番号を日付に変えたものではありませんか"),
        allowed=message("原文どおりの番号（例 5-3、(2)、基本目標1）"),
        remedy=message(
            "原文の番号が {number} なら、Excelで列の書式を文字列にしてから {number} と入力し直してください",
            number="-".join(map(str, parts)),
        )
        if parts
        else message("原文の番号を確かめ、Excelで列の書式を文字列にしてから入力し直してください"),
    )


def _finding_id(raw: object) -> str:
    value = _text(raw)
    if not _FINDING.match(value):
        raise refuse(
            message("指摘IDの形ではありません"),
            allowed=message("規則の符号、斜線、対象のID。例 K05/k6-3-1、R05/decline-years"),
            remedy=message("ページの指摘に添えられたIDをそのまま写してください"),
        )
    return value


def _id_list(raw: object) -> tuple[str, ...]:
    return tuple(_id(part) for part in _as_text(raw).split(";"))


def _decimal(raw: object) -> Decimal:
    value = _as_text(raw)
    if _DECIMAL.match(value):
        return Decimal(value)
    meant = _guess(parse_quantity, value)
    if meant is not None and meant.value is not None:
        remedy = (
            message(
                "{value} と書き、単位「{unit}」は単位の列に書いてください",
                value=plain_decimal(meant.value),
                unit=meant.unit,
            )
            if meant.unit
            else message("{value} と書いてください", value=plain_decimal(meant.value))
        )
    else:
        remedy = message(
            "数字で書いてください。数値がなければ空にします（値の状態の列がある表では、そこに none や unknown と書きます）"
        )
    raise refuse(
        message("数値の列に数値でないものがあります"),
        allowed=message("半角の数字と小数点、負なら半角の - 。桁区切りと単位は書かない。例 1.24、-40"),
        remedy=remedy,
    )


def _persons(raw: object) -> int:
    value = _as_text(raw)
    if _INTEGER.match(value):
        return int(value)
    meant = _guess(parse_quantity, value)
    number = meant.value if meant is not None else None
    if number is not None and number >= 0 and number == number.to_integral_value():
        remedy = message("{value} と書いてください", value=plain_decimal(number))
    else:
        remedy = message("0以上の整数を書き、値がない行は表から除いてください")
    raise refuse(
        message("0以上の整数ではありません"),
        allowed=message("半角の数字だけ。桁区切り・単位・小数・負の数は使えない。例 53557"),
        remedy=remedy,
    )


def _year(raw: object) -> int:
    value = _as_text(raw)
    if _YEAR.match(value):
        return int(value)
    meant = _guess(parse_year, value)
    raise refuse(
        message("西暦の年ではありません"),
        allowed=message("西暦4桁。例 2025"),
        remedy=message("{year} と書いてください", year=meant.year)
        if meant
        else message("西暦4桁で書いてください"),
    )


def _fiscal_year(raw: object) -> int:
    value = _as_text(raw)
    if _YEAR.match(value):
        return int(value)
    meant = _guess(parse_fiscal_year, value)
    raise refuse(
        message("年度（西暦）ではありません"),
        allowed=message("年度を西暦4桁で。令和7年度なら 2025"),
        remedy=message("{year} と書いてください", year=meant)
        if meant
        else message("西暦4桁で書いてください"),
    )


def _iso_date(raw: object) -> str:
    value = raw.isoformat() if isinstance(raw, date) else _as_text(raw)
    matched = _ISO.match(value)
    if matched:
        year, month, day = (int(part) if part else None for part in matched.groups())
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            raise refuse(
                message("暦にない日付です"),
                allowed=message("2025、2025-10、2025-10-01 の形"),
                remedy=message("原文の日付を確かめてください"),
            ) from None
        return "-".join(f"{part:0{width}d}" for part, width in ((year, 4), (month, 2), (day, 2)) if part)
    meant = _guess(parse_date, value)
    # A fiscal year is a span of two years' months: no date can be proposed for it.
    dated = meant is not None and meant.kind != "fiscal_year"
    raise refuse(
        message("日付の形ではありません"),
        allowed=message("西暦で 2025、2025-10、2025-10-01 の形"),
        remedy=message("{date} と書いてください", date=meant.iso)
        if dated
        else message("西暦の数字とハイフンで書いてください"),
    )


def _iso_day(raw: object) -> date:
    value = _iso_date(raw)
    if len(value) != len("2025-10-01"):
        raise refuse(
            message("年月日までありません"),
            allowed=message("2025-10-01 の形"),
            remedy=message("統計の基準日を月日まで書いてください（国勢調査は 10-01）"),
        )
    return date.fromisoformat(value)


def _yes_no(raw: object) -> bool:
    # YAML reads a bare yes as true; the CSV has the word.
    value = {True: "yes", False: "no"}.get(raw, raw) if isinstance(raw, bool) else _as_text(raw)
    if value not in ("yes", "no"):
        raise refuse(
            message("yes か no ではありません"),
            allowed=message("yes、no"),
            remedy=message("yes か no と書いてください"),
        )
    return value == "yes"


def _municipality_code(raw: object) -> str:
    if isinstance(raw, int):
        raise refuse(
            message("団体コードが数になっています"),
            allowed=message("5桁の文字列"),
            remedy=message('YAMLでは "07210" のように引用符で囲んでください'),
        )
    try:
        return parse_municipality_code(_as_text(raw), digits=5).code5
    except InputError as error:
        problem = error.problems[0]
        raise refuse(
            problem.what, allowed=problem.allowed or message("5桁の団体コード"), remedy=problem.remedy
        ) from None


def _locator(raw: object) -> str:
    value = _as_text(raw)
    try:
        parse_locator(value)
    except InputError as error:
        problem = error.problems[0]
        raise refuse(
            problem.what, allowed=problem.allowed or message("L12、L12-14、p3"), remedy=problem.remedy
        ) from None
    return value


Text = Annotated[str, BeforeValidator(_text)]
DocumentNumber = Annotated[str, BeforeValidator(_number_of_document)]
Id = Annotated[str, BeforeValidator(_id)]
FindingId = Annotated[str, BeforeValidator(_finding_id)]
IdList = Annotated[tuple[str, ...], BeforeValidator(_id_list)]
DecimalNumber = Annotated[Decimal, BeforeValidator(_decimal)]
Persons = Annotated[int, BeforeValidator(_persons)]
Year = Annotated[int, BeforeValidator(_year)]
FiscalYear = Annotated[int, BeforeValidator(_fiscal_year)]
IsoDate = Annotated[str, BeforeValidator(_iso_date)]
IsoDay = Annotated[date, BeforeValidator(_iso_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
MunicipalityCode = Annotated[str, BeforeValidator(_municipality_code)]
LocatorText = Annotated[str, BeforeValidator(_locator)]


class StrictModel(BaseModel):
    """A part of a YAML file: unknown keys are errors, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(BaseModel):
    """A row of a table: every column must be there, an unknown one is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AsWritten(Row):
    """A row taken from a document: the string as written, and where it stands."""

    as_written: Text = column(plain("原文"), plain("原文どおりの文字列。資料と照合される"))
    document: Id = column(plain("資料"), plain("plan.yml の documents のID"), refers_to="plan.documents")
    locator: LocatorText = column(plain("位置"), plain("L12＝12行目、L12-14＝12〜14行目、p3＝3ページ"))
    reading: Text | Blank = column(
        plain("読み替え"), plain("文字起こしで崩れた箇所の、推定される正しい文字列")
    )
    cause: Cause | Blank = column(
        plain("崩れの原因"),
        plain("extraction＝文字起こし、source＝原文。読み替えがあれば必ず書く。なければ空"),
    )
    note: Text | Blank = column(plain("備考"), plain("入力した人の注意書き"))
