"""``plan.yml``: what a plan is, which documents it was read from, and what it says of the future."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.schemas.fields import (
    Cause,
    DecimalNumber,
    FiscalYear,
    Id,
    IsoDate,
    LocatorText,
    MunicipalityCode,
    StrictModel,
    Text,
    Year,
    refuse,
)
from planbook.vocabulary.schemas.plan_tables import Basis, Qualifier

#: `file` is the name of the document's file.
_HOW_TO_HASH = plain(
    'Windowsなら certutil -hashfile "{file}" SHA256、macOSとLinuxなら shasum -a 256 "{file}" を、'
    "資料のフォルダーで実行し、表示された64桁を写してください"
)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Stated(StrictModel):
    """Something that a document states: the string as written, and where it stands."""

    as_written: Text = Field(description=plain("原文どおりの文字列。資料と照合される"))
    document: Id = Field(description=plain("documents のID"))
    locator: LocatorText = Field(description=plain("L12＝12行目、L12-14＝12〜14行目、p3＝3ページ"))
    reading: Text | None = Field(None, description=plain("文字起こしで崩れた箇所の、推定される正しい文字列"))
    cause: Cause | None = Field(
        None,
        description=plain("extraction＝文字起こし、source＝原文。読み替えがあれば必ず書く。なければ空"),
    )
    note: Text | None = Field(None, description=plain("入力した人の注意書き"))


class BilingualText(StrictModel):
    """A text in both languages."""

    ja: Text
    en: Text


class PlanPeriod(Stated):
    """The fiscal years that a plan covers."""

    start_fiscal_year: FiscalYear
    end_fiscal_year: FiscalYear

    @model_validator(mode="after")
    def _in_order(self):
        if self.start_fiscal_year > self.end_fiscal_year:
            raise refuse(
                message("計画期間の終わりが始めより前です"),
                allowed=message("start_fiscal_year ≦ end_fiscal_year"),
                remedy=message("二つの年度を入れかえるか、原文を確かめてください"),
            )
        return self


class Document(StrictModel):
    """A document at hand; it stays outside the repository, its hash is inside."""

    id: Id
    file: Text = Field(description=plain("資料フォルダーの中のファイル名"))
    publisher: Text
    title: Text
    form: Text = Field(description=plain("ウェブページ、PDFの文字など"))
    form_en: Text
    url: Text | None
    updated: IsoDate | None
    retrieved: IsoDate | None
    sha256: str = Field(
        description=plain(
            "資料のファイルのSHA-256。Windowsなら certutil -hashfile ファイル SHA256、macOSとLinuxなら shasum -a 256 ファイル"
        ),
        json_schema_extra={"remedy": _HOW_TO_HASH},
    )
    licence_id: Id
    note: Text | None = None

    @field_validator("sha256", mode="before")
    @classmethod
    def _is_hash(cls, value: object, info: ValidationInfo) -> str:
        """Refuse a hash that is missing or malformed, with the command that gives it for this file."""
        words = "" if value is None else str(value).strip()
        if _SHA256.fullmatch(words):
            return words
        what = message("ハッシュ値の形ではありません") if words else message("空です")
        raise refuse(
            what,
            allowed=message("16進数64桁（数字と英小文字 a〜f）"),
            remedy=Message(_HOW_TO_HASH, {"file": info.data.get("file") or "…"}),
        )


class Edition(Stated):
    """An edition of the plan or of a predecessor."""

    name: Text
    date: IsoDate | None
    reason: Text | None = None


class RelatedPlan(Stated):
    """A plan that this one follows, serves or belongs to."""

    relation: Literal["predecessor", "upper", "vision", "national", "sibling"]
    title: Text
    plan_id: Id | Text | None = None


class Reviewer(Stated):
    """A body that reviews the plan."""

    name: Text
    kind: Literal["internal", "external"]
    yearly: bool | None = Field(
        None, description=plain("毎年開くと書かれていれば true。書かれていなければ null")
    )
    publishes: bool | None = Field(
        None, description=plain("結果を公表すると書かれていれば true。書かれていなければ null")
    )
    scope: Text | None = Field(
        None,
        description=plain("計画の一部だけを評価すると書かれていれば、その対象を原文の語で。なければ null"),
    )


class Announced(Stated):
    """Something that the document says there is, without giving it itself."""

    subject: Literal["goals", "measures", "indicators", "results"] = Field(
        description=plain(
            "goals＝目標、measures＝施策、indicators＝数値目標やKPI、results＝効果検証の結果。資料にあると書かれ、一覧がないもの"
        )
    )


class PopulationTarget(Stated):
    """A population that the plan aims at."""

    id: Id
    year: Year | None = Field(description=plain("目標年。書かれていなければ null"))
    population_persons: DecimalNumber
    precision: DecimalNumber = Field(description=plain("丸めの単位。10万人程度なら 10000"))
    qualifier: Qualifier
    basis: Basis = Field(description=plain("人口の種類。書かれていなければ unknown"))
    edition: Id | None = Field(description=plain("目標を立てたときの将来推計の版。分からなければ null"))


class Assumption(Stated):
    """An assumption about the future that the plan states."""

    id: Id
    kind: Literal["tfr", "migration_scale", "migration_level"]
    value: DecimalNumber = Field(
        description=plain(
            "tfr＝合計特殊出生率、migration_scale＝純移動率にかける倍率、migration_level＝純移動率"
        )
    )
    by_year: Year | None = None
    age_from: int | None = None
    age_to: int | None = Field(None, description=plain("原文に書かれた上の年齢"))
    relative_to: Id | None = Field(None, description=plain("倍率の相手となる将来推計の版"))


class Outlook(StrictModel):
    """The population outlook: targets and the assumptions stated for them."""

    targets: tuple[PopulationTarget, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


class PlanFile(StrictModel):
    """``plan.yml``."""

    plan_id: Text
    title: BilingualText
    short_title: BilingualText = Field(description=plain("図と目次に使う短い名称"))
    municipality: MunicipalityCode
    kind: Id
    generation: Text = Field(description=plain("国の戦略の世代。themes.csv の generation"))
    status: Literal["draft", "adopted", "revised"] = Field(
        description=plain("draft＝案、adopted＝策定、revised＝改定")
    )
    coverage: Literal["full", "summary", "draft", "web"] = Field(
        description=plain(
            "手元の資料が計画のどこまでか。full＝全文、summary＝概要、draft＝案、web＝ウェブページ"
        )
    )
    coverage_note: BilingualText
    period: PlanPeriod
    adopted: IsoDate | None
    updated: IsoDate | None
    documents: tuple[Document, ...] = Field(min_length=1)
    editions: tuple[Edition, ...] = ()
    related: tuple[RelatedPlan, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()
    announced: tuple[Announced, ...] = ()
    outlook: Outlook
    on_track_rule: Id | None = Field(
        None,
        description=plain(
            "順調かどうかの判定基準（reference/on_track_rules.csv の rule）。指標ごとの指定がなければこれを使う。"
            "空なら国の方式（national）"
        ),
    )
    pages: dict[Literal["digest", "population", "kpis", "goals"], Text] = Field(
        {}, description=plain("この計画だけに使うノートブックの名前")
    )
