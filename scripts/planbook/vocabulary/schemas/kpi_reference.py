"""Reference tables of indicators: when a statistic is published, and by which rule a path is called on track."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import message
from planbook.vocabulary.schemas.fields import (
    Blank,
    DecimalNumber,
    Id,
    Persons,
    Row,
    Text,
    Year,
    YesNo,
    column,
    refuse,
)


class StatisticRow(Row):
    """A statistic that indicators come from: how often it is made, and how late it is published.

    The calendar of when an indicator can be judged follows from these columns.
    """

    statistic: Id = column(plain("統計"), plain("英数字の名前"), key=True)
    name_ja: Text = column(plain("名称"), plain("日本語"))
    name_en: Text = column(plain("英語名"), plain("英語"))
    publisher_ja: Text = column(plain("公表者"), plain("日本語"))
    publisher_en: Text = column(plain("公表者（英語）"), plain("英語"))
    reference: Literal["fiscal_year", "calendar_year", "october_first", "five_years"] = column(
        plain("値の時点"),
        plain(
            "fiscal_year＝年度の値、calendar_year＝暦年の値、october_first＝10月1日の値、five_years＝5年分をまとめた値"
        ),
    )
    every_years: Persons = column(plain("何年ごとか"), plain("1＝毎年、5＝5年ごと"), unit=plain("年"))
    anchor_year: Year | Blank = column(
        plain("ある回の年"), plain("毎年でないとき、値のある年の一つ（5年分なら最後の年）"), unit=plain("年")
    )
    lag_months_min: Persons | Blank = column(
        plain("公表までの月数（短い場合）"),
        plain("値の時点の終わりから公表まで。分からなければ空"),
        unit=plain("か月"),
    )
    lag_months_max: Persons | Blank = column(
        plain("公表までの月数（長い場合）"),
        plain("値の時点の終わりから公表まで。分からなければ空"),
        unit=plain("か月"),
    )
    by_sex: YesNo = column(plain("男女別があるか"), plain("yes＝男女別に公表される、no＝されない"))
    is_mean: YesNo = column(plain("平均の値か"), plain("yes＝平均寿命などの平均、no＝数や率"))
    verified: YesNo = column(plain("公表元で確かめたか"), plain("yes＝確かめた、no＝要確認"))
    note: Text | Blank = column(plain("備考"), plain("根拠など"))
    note_en: Text | Blank = column(plain("備考（英語）"), plain("根拠など"))

    @model_validator(mode="after")
    def _dates_fit(self):
        lags = (self.lag_months_min, self.lag_months_max)
        if (lags[0] is None) != (lags[1] is None) or (lags[0] is not None and lags[0] > lags[1]):
            raise refuse(
                message("公表までの月数がそろっていません"),
                allowed=message("両方とも空、または短い場合≦長い場合"),
                remedy=message("一つの月数しか分からなければ、両方に同じ数を書いてください"),
                column="lag_months_min",
            )
        if self.every_years < 1 or (self.every_years > 1 and self.anchor_year is None):
            raise refuse(
                message("毎年でない統計に、ある回の年がありません"),
                allowed=message("every_years は1以上。2以上なら anchor_year も書く"),
                remedy=message("国勢調査なら 2020 のように、値のある年を一つ書いてください"),
                column="anchor_year",
            )
        return self


class OnTrackRow(Row):
    """One class of a rule that tells whether an indicator is on track; the classes of a rule from best to worst."""

    rule: Id = column(plain("判定基準"), plain("英数字の名前。例 national"), key=True)
    rule_ja: Text = column(plain("判定基準の名称"), plain("印のそばに示される"))
    rule_en: Text = column(plain("判定基準の名称（英語）"), plain("英語"))
    measure: Literal["progress_minus_elapsed", "pace_ratio", "position"] = column(
        plain("比べる量"),
        plain(
            "progress_minus_elapsed＝進捗率と経過率の差、pace_ratio＝進捗率÷経過率（百分率）、"
            "position＝実績が目標・当初値のどこにあるか"
        ),
    )
    mark: Text = column(plain("区分の印"), plain("A、順調など"), key=True)
    mark_en: Text = column(plain("区分の印（英語）"), plain("英語"))
    meaning_ja: Text = column(plain("印の意味"), plain("印のそばに示す短い言葉。例 経過に見合う進み"))
    meaning_en: Text = column(plain("印の意味（英語）"), plain("英語"))
    at_least: DecimalNumber | Blank = column(
        plain("下の境"), plain("比べる量がこの値以上。いちばん下の区分では空。position では使わない")
    )
    position: Literal["beyond_target", "beyond_baseline", "near_baseline", "behind_baseline"] | Blank = (
        column(
            plain("位置"),
            plain(
                "position のとき。beyond_target＝目標に届いた、beyond_baseline＝当初値より良い、"
                "near_baseline＝当初値と同水準、behind_baseline＝当初値より悪い"
            ),
        )
    )
    width_pct: DecimalNumber | Blank = column(
        plain("同水準の幅"), plain("near_baseline とする幅。当初値に対する割合"), unit=plain("%")
    )
    verified: YesNo = column(plain("公表元で確かめたか"), plain("yes＝確かめた、no＝要確認"))
    source: Text = column(plain("根拠"), plain("公表者と資料の名"))


class EvaluationLabelRow(Row):
    """A word of the scales by which a yearly review (効果検証) judges and decides what to do next."""

    scale: Literal["label", "next_step"] = column(
        plain("欄"), plain("label＝評価の語、next_step＝今後の方針"), key=True
    )
    words_ja: Text = column(plain("語"), plain("様式に書く語。良いほう、続けるほうから並べる"), key=True)
    words_en: Text = column(plain("語（英語）"), plain("英語"))
    verified: YesNo = column(plain("公表元で確かめたか"), plain("yes＝確かめた、no＝要確認"))
