"""The short lists that the other tables refer to."""

from __future__ import annotations

from typing import Literal

from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.schemas.fields import (
    Blank,
    Id,
    IsoDate,
    MunicipalityCode,
    Row,
    Text,
    Year,
    column,
)


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
