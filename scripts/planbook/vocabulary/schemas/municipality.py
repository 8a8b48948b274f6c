"""The files of a municipality folder: one series a concept, each row with its source."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import message
from planbook.vocabulary.schemas.fields import (
    Blank,
    DecimalNumber,
    Id,
    IsoDate,
    IsoDay,
    MunicipalityCode,
    Persons,
    Row,
    StrictModel,
    Text,
    Year,
    column,
    refuse,
)

Concept = Literal["census", "register", "monthly_estimate"]
Sex = Literal["female", "male"]
SexOrTotal = Literal["female", "male", "total"]


class Name(StrictModel):
    """A name in Japanese and in Latin letters."""

    ja: Text
    en: Text
    kana: Text | None = None


class Merger(StrictModel):
    """A change of boundary: which codes became this municipality, and when."""

    date: IsoDate
    codes: tuple[MunicipalityCode, ...] = Field(min_length=1)
    note: Text | None = None


class DisturbedPeriod(StrictModel):
    """Years whose rates must not be taken for ordinary ones."""

    start: Year
    end: Year
    reason: Text
    reason_en: Text


class MunicipalityFile(StrictModel):
    """``municipality.yml``."""

    code: MunicipalityCode
    name: Name
    boundary: Text = Field(description=plain("系列をそろえた市域の時点"))
    mergers: tuple[Merger, ...] = ()
    disturbed_periods: tuple[DisturbedPeriod, ...] = ()


class AgeCell(Row):
    """An age group in three columns that Excel leaves alone (5-9 would become a date)."""

    age_kind: Literal["interval", "open", "unknown", "total"] = column(
        plain("年齢の形"),
        plain("interval＝年齢階級、open＝以上、unknown＝年齢不詳、total＝総数"),
        key=True,
    )
    age_start: Persons | Blank = column(
        plain("年齢（から）"), plain("階級の下端。含む"), unit=plain("歳"), key=True
    )
    age_end: Persons | Blank = column(
        plain("年齢（未満）"), plain("階級の上端。含まない。以上なら空"), unit=plain("歳")
    )

    @model_validator(mode="after")
    def _ages_fit_kind(self):
        given = (self.age_start is not None, self.age_end is not None)
        wanted = {"interval": (True, True), "open": (True, False)}.get(self.age_kind, (False, False))
        if given != wanted or (all(given) and self.age_start >= self.age_end):
            raise refuse(
                message("年齢の列が年齢の形と合いません"),
                allowed=message(
                    "interval は始めと終わり（始め＜終わり）、open は始めだけ、unknown と total はどちらも空"
                ),
                remedy=message("age_kind、age_start、age_end をそろえてください"),
                column="age_kind",
            )
        return self


class PopulationRow(Row):
    """Total population at one date by one concept."""

    concept: Concept = column(
        plain("人口の種類"),
        plain("census＝国勢調査、register＝住民基本台帳、monthly_estimate＝推計人口"),
        key=True,
    )
    as_of: IsoDay = column(plain("時点"), plain("2020-10-01 の形"), key=True)
    residents: Literal["all", "japanese"] = column(
        plain("対象"), plain("all＝外国人を含む、japanese＝日本人のみ"), key=True
    )
    population_persons: Persons = column(plain("人口"), plain("総数"), unit=plain("人"))
    status: Literal["final", "preliminary"] = column(
        plain("確定・速報"), plain("final＝確定値、preliminary＝速報値")
    )
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to="reference/sources.source_id")
    note: Text | Blank = column(plain("備考"), plain("組替えなど"))


class AgeSexRow(AgeCell):
    """Population by sex and age group at one date by one concept."""

    concept: Concept = column(plain("人口の種類"), plain("population.csv と同じ"), key=True)
    as_of: IsoDay = column(plain("時点"), plain("2020-10-01 の形"), key=True)
    sex: Sex = column(plain("性別"), plain("female＝女、male＝男"), key=True)
    population_persons: Persons = column(plain("人口"), plain("その性・年齢の人口"), unit=plain("人"))
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to="reference/sources.source_id")


class VitalRow(Row):
    """Births, deaths and moves of one period by one concept."""

    concept: Literal["register", "vital_statistics", "migration_report"] = column(
        plain("統計の種類"),
        plain(
            "register＝住民基本台帳、vital_statistics＝人口動態統計、migration_report＝住民基本台帳人口移動報告"
        ),
        key=True,
    )
    measure: Literal["births", "deaths", "in_migrants", "out_migrants", "other_change"] = column(
        plain("項目"),
        plain(
            "births＝出生、deaths＝死亡、in_migrants＝転入、out_migrants＝転出、other_change＝その他の増減（職権記載など）"
        ),
        key=True,
    )
    period_start: IsoDay = column(plain("期間の始め"), plain("2021-01-01 の形"), key=True)
    period_end: IsoDay = column(plain("期間の終わり"), plain("2021-12-31 の形"), key=True)
    residents: Literal["all", "japanese"] = column(
        plain("対象"), plain("all＝外国人を含む、japanese＝日本人のみ"), key=True
    )
    persons: DecimalNumber = column(
        plain("人数"), plain("件数。その他の増減は負のこともある"), unit=plain("人")
    )
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to="reference/sources.source_id")
    note: Text | Blank = column(plain("備考"), plain("注意点"))


class FertilityRow(Row):
    """Total fertility rate of a period, as published."""

    measure: Literal["tfr_bayes"] = column(
        plain("項目"), plain("tfr_bayes＝合計特殊出生率（ベイズ推定値）"), key=True
    )
    period_start: IsoDay = column(plain("期間の始め"), plain("2018-01-01 の形"), key=True)
    period_end: IsoDay = column(plain("期間の終わり"), plain("2022-12-31 の形"), key=True)
    births_per_woman: DecimalNumber = column(plain("合計特殊出生率"), plain("公表値"))
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to="reference/sources.source_id")


class ProjectionRow(AgeCell):
    """A published projection: edition, year, sex, age."""

    edition: Id = column(
        plain("推計の版"), plain("将来推計の版"), key=True, refers_to="reference/editions.edition"
    )
    variant: Literal["standard", "closed"] = column(
        plain("仮定"), plain("standard＝基本推計、closed＝封鎖人口（移動なし）"), key=True
    )
    year: Year = column(plain("年"), plain("10月1日現在の西暦年"), key=True, unit=plain("年"))
    sex: SexOrTotal = column(plain("性別"), plain("female＝女、male＝男、total＝男女計"), key=True)
    population_persons: Persons = column(plain("人口"), plain("将来の人口の推計値"), unit=plain("人"))
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to="reference/sources.source_id")
