"""The short lists that the other tables refer to."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import message
from planbook.vocabulary.schemas.fields import (
    Blank,
    Id,
    IsoDate,
    MunicipalityCode,
    Persons,
    Row,
    Text,
    Year,
    column,
    refuse,
)

_SOURCES = "reference/sources.source_id"


class KindRow(Row):
    """A kind of plan."""

    kind: Id = column(plain("種類"), plain("計画IDに入る語"), key=True)
    name_ja: Text = column(plain("名称"), plain("日本語"))
    name_en: Text = column(plain("英語名"), plain("英語"))


class LevelRow(Row):
    """A level of a goal hierarchy."""

    level: Id = column(plain("階層"), plain("goals.csv の level に書く語"), key=True)
    name_ja: Text = column(plain("名称"), plain("日本語"))
    name_en: Text = column(plain("英語名"), plain("英語"))
    role: Literal["goal", "measure", "action", "frame"] = column(
        plain("働き"), plain("goal＝目標、measure＝施策、action＝取り組み、frame＝視点・共通政策など枠組み")
    )


class ThemeRow(Row):
    """A theme of the national strategy, worded by generation."""

    theme: Text = column(plain("テーマ"), plain("記号"), key=True)
    generation: Text = column(
        plain("世代"),
        plain("gen1＝第1期、gen2＝第2期、digital＝デジ田、gen20＝地方創生2.0、any＝共通"),
        key=True,
    )
    name_ja: Text = column(plain("名称"), plain("その世代の国の戦略での名称"))
    name_en: Text = column(plain("英語名"), plain("英語"))
    label_ja: Text = column(plain("短い名"), plain("図に使う短い名"))
    label_en: Text = column(plain("短い英語名"), plain("図に使う短い名"))


class ThemeWordsRow(Row):
    """A wording that a national strategy uses for a theme: what suggestions start from."""

    theme: Text = column(plain("テーマ"), plain("記号"), key=True, refers_to="reference/themes.theme")
    words: Text = column(plain("語句"), plain("国の戦略や基本方針での、目標や項目の名称"), key=True)
    source_id: Id = column(
        plain("出典ID"), plain("sources.csv のID"), refers_to="reference/sources.source_id"
    )


class EditionRow(Row):
    """An edition of a population projection."""

    edition: Id = column(plain("推計の版"), plain("記号"), key=True)
    name_ja: Text = column(plain("名称"), plain("日本語"))
    name_en: Text = column(plain("英語名"), plain("英語"))
    publisher: Text = column(plain("公表者"), plain("公表した機関"))
    published: IsoDate | Blank = column(plain("公表"), plain("公表の年月"))
    base_census_year: Year | Blank = column(
        plain("基準の国勢調査"), plain("基準となる国勢調査の年"), unit=plain("年")
    )
    series: Literal["ipss", "other"] = column(
        plain("系列"), plain("ipss＝国立社会保障・人口問題研究所の推計、other＝県などの推計")
    )


class OfficialSourceRow(Row):
    """A table of official statistics that figures were taken from."""

    source_id: Id = column(plain("出典ID"), plain("英数字の名前"), key=True)
    publisher: Text = column(plain("公表者"), plain("機関名"))
    publisher_en: Text = column(plain("公表者（英語）"), plain("機関名"))
    title: Text = column(plain("統計名"), plain("統計・資料の名称"))
    title_en: Text = column(plain("統計名（英語）"), plain("統計・資料の名称"))
    table: Text = column(plain("表"), plain("表の名称・番号・ファイル名"))
    as_of: Text = column(plain("時点"), plain("データの時点"))
    retrieved: IsoDate | Blank = column(plain("入手"), plain("入手した年月日"))
    licence_id: Id = column(
        plain("利用条件"), plain("licences.csv のID"), refers_to="reference/licences.licence_id"
    )
    note: Text | Blank = column(plain("備考"), plain("入手の経路、組替え、注意"))
    note_en: Text | Blank = column(plain("備考（英語）"), plain("入手の経路、組替え、注意"))


class LicenceRow(Row):
    """Terms of use, and the credit line they ask for."""

    licence_id: Id = column(plain("利用条件ID"), plain("英数字の名前"), key=True)
    name_ja: Text = column(plain("名称"), plain("日本語"))
    name_en: Text = column(plain("英語名"), plain("英語"))
    credit_ja: Text = column(plain("出典の書き方"), plain("{title} と {publisher} が置きかわる"))
    credit_en: Text = column(plain("出典の書き方（英語）"), plain("{title} と {publisher} が置きかわる"))
    note: Text | Blank = column(plain("備考"), plain("要確認など"))


class PrefectureRow(Row):
    """A prefecture."""

    prefecture: Text = column(plain("都道府県コード"), plain("2桁"), key=True)
    name_ja: Text = column(plain("名称"), plain("日本語"))
    name_en: Text = column(plain("英語名"), plain("英語"))


class MunicipalityNameRow(Row):
    """A municipality of the standard area code list."""

    code: MunicipalityCode = column(plain("団体コード"), plain("5桁"), key=True)
    prefecture: Text = column(plain("都道府県"), plain("名称"))
    name_ja: Text = column(plain("市区町村"), plain("名称"))
    name_kana: Text = column(plain("読み"), plain("ひらがな"))
    name_en: Text = column(plain("英語名"), plain("ローマ字"))


class PeerFigureRow(Row):
    """What the comparison of similar municipalities looks at: a row for every municipality of Japan."""

    code: MunicipalityCode = column(
        plain("団体コード"), plain("5桁"), key=True, refers_to="reference/municipalities.code"
    )
    census_2015_persons: Persons = column(
        plain("2015年の人口"), plain("国勢調査の総数（年齢不詳を含む）"), unit=plain("人")
    )
    census_2020_persons: Persons = column(
        plain("2020年の人口"), plain("国勢調査の総数（年齢不詳を含む）"), unit=plain("人")
    )
    age_0_14_2020_persons: Persons = column(
        plain("2020年の0〜14歳"), plain("国勢調査の原数値（年齢不詳を配っていない）"), unit=plain("人")
    )
    age_15_64_2020_persons: Persons = column(
        plain("2020年の15〜64歳"), plain("国勢調査の原数値（年齢不詳を配っていない）"), unit=plain("人")
    )
    age_65_over_2020_persons: Persons = column(
        plain("2020年の65歳以上"), plain("国勢調査の原数値（年齢不詳を配っていない）"), unit=plain("人")
    )
    ipss2023_2030_persons: Persons | Blank = column(
        plain("2030年の推計"), plain("社人研の令和5年推計の総数。公表がなければ空"), unit=plain("人")
    )
    ipss2023_2040_persons: Persons | Blank = column(
        plain("2040年の推計"), plain("社人研の令和5年推計の総数。公表がなければ空"), unit=plain("人")
    )
    ipss2023_2050_persons: Persons | Blank = column(
        plain("2050年の推計"), plain("社人研の令和5年推計の総数。公表がなければ空"), unit=plain("人")
    )
    census_2015_source_id: Id = column(plain("2015年の出典"), plain("国勢調査の出典のID"), refers_to=_SOURCES)
    census_2020_source_id: Id = column(plain("2020年の出典"), plain("国勢調査の出典のID"), refers_to=_SOURCES)
    ipss2023_source_id: Id | Blank = column(
        plain("推計の出典"), plain("推計の出典のID。推計がなければ空"), refers_to=_SOURCES
    )

    @property
    def known_age_2020_persons(self) -> int:
        """Persons whose age the census of 2020 knows."""
        return self.age_0_14_2020_persons + self.age_15_64_2020_persons + self.age_65_over_2020_persons

    @model_validator(mode="after")
    def _ages_within_total(self):
        if self.known_age_2020_persons > self.census_2020_persons:
            raise refuse(
                message("年齢3区分の合計が総数より大きい値です"),
                allowed=message("年齢3区分の合計 ≦ 総数（差は年齢不詳）"),
                remedy=message("公表された表で、写し間違いを確かめてください"),
                column="age_65_over_2020_persons",
            )
        return self

    @model_validator(mode="after")
    def _projection_whole(self):
        given = (
            self.ipss2023_2030_persons,
            self.ipss2023_2040_persons,
            self.ipss2023_2050_persons,
            self.ipss2023_source_id,
        )
        if len({value is None for value in given}) > 1:
            raise refuse(
                message("推計の値と出典の一部だけがあります"),
                allowed=message("三つの年の推計と出典がすべてあるか、すべて空"),
                remedy=message("公表された値を加えるか、公表がなければ四つとも空にしてください"),
                column="ipss2023_source_id",
            )
        return self
