"""The reference tables that population projections draw on: survival, fertility, assumptions, households."""

from __future__ import annotations

from typing import Literal

from planbook.vocabulary.catalogue import plain
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
)
from planbook.vocabulary.schemas.municipality import Sex

_SOURCES = "reference/sources.source_id"


def verified_column():
    """Declare the column that says whether somebody checked the row at its source."""
    return column(
        plain("確認済み"), plain("yes＝公表元で確かめた、no＝要確認。noの値を使うページはその旨を示す")
    )


class LifeTableRow(Row):
    """A life table as mean yearly probabilities of dying in five-year bands."""

    sex: Sex = column(plain("性別"), plain("female＝女、male＝男"), key=True)
    age_start: Persons = column(plain("年齢（から）"), plain("5歳階級の下端"), unit=plain("歳"), key=True)
    annual_qx: DecimalNumber = column(
        plain("死亡確率"), plain("階級の各歳の、1年間の死亡確率の平均（0から1）")
    )
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to=_SOURCES)


class LifeExpectancyRow(Row):
    """Life expectancy at birth of a prefecture."""

    prefecture: Text = column(
        plain("都道府県"), plain("2桁のコード"), key=True, refers_to="reference/prefectures.prefecture"
    )
    year: Year = column(plain("年"), plain("都道府県別生命表の年"), key=True, unit=plain("年"))
    sex: Sex = column(plain("性別"), plain("female＝女、male＝男"), key=True)
    years: DecimalNumber = column(plain("平均寿命"), plain("0歳の平均余命"), unit=plain("年"))
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to=_SOURCES)


class MortalityPathRow(Row):
    """How the nation's mortality stands to the life table in five years to come."""

    period_start: Year = column(plain("期間の始め"), plain("5年間の始めの年（10月1日）"), key=True)
    sex: Sex = column(plain("性別"), plain("female＝女、male＝男"), key=True)
    hazard_factor: DecimalNumber = column(
        plain("死亡の強さの倍率"),
        plain("life_table の死亡の強さにかける数。60歳以上の生残が全国の推計に合うように求めた"),
    )
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to=_SOURCES)


class NationalFertilityRow(Row):
    """The nation's fertility rate and child–woman ratio: what turns one into the other."""

    year: Year = column(plain("年"), plain("10月1日現在の西暦年"), key=True, unit=plain("年"))
    basis: Literal["observed", "projected", "held"] = column(
        plain("実績・推計"),
        plain("observed＝国勢調査、projected＝将来推計、held＝最後の推計値を据え置いた"),
    )
    child_woman_ratio: DecimalNumber = column(
        plain("全国の子ども女性比"), plain("0〜4歳人口÷15〜49歳女性人口")
    )
    ratio_source_id: Id = column(plain("子ども女性比の出典"), plain("出典のID"), refers_to=_SOURCES)
    sex_ratio: DecimalNumber = column(plain("0〜4歳の性比"), plain("女100人に対する男の数"), unit=plain("人"))
    total_fertility_rate: DecimalNumber = column(plain("全国の合計特殊出生率"), plain("同じ年の値"))
    tfr_source_id: Id = column(plain("出生率の出典"), plain("出典のID"), refers_to=_SOURCES)
    verified: YesNo = verified_column()


class EditionAssumptionRow(Row):
    """What an edition assumed of migration, the year in which influences are judged, and what simulations assume."""

    edition: Id = column(plain("推計の版"), plain("記号"), key=True, refers_to="reference/editions.edition")
    judgement_year: Year = column(plain("判定年"), plain("影響度を判定する年"), unit=plain("年"))
    migration_multiplier: DecimalNumber | Blank = column(
        plain("移動率の倍率"), plain("観察された純移動率にかける倍率。縮小を見込まない版は空")
    )
    from_year: Year | Blank = column(plain("縮小の始め"), plain("この年まで倍率は1"))
    by_year: Year | Blank = column(plain("縮小の終わり"), plain("この年に終わる5年間から倍率のまま"))
    ramp: Literal["linear", "geometric"] | Blank = column(
        plain("縮小のしかた"), plain("linear＝同じ差で、geometric＝同じ率で（定率）。縮小を見込まない版は空")
    )
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to=_SOURCES)
    simulation_tfr: DecimalNumber = column(
        plain("シミュレーションの出生率"), plain("シミュレーション1と2で達する合計特殊出生率")
    )
    simulation_year: Year = column(
        plain("シミュレーションの到達年"), plain("その出生率に達する年"), unit=plain("年")
    )
    simulation_source_id: Id = column(plain("シミュレーションの出典"), plain("出典のID"), refers_to=_SOURCES)
    verified: YesNo = verified_column()


class FitErrorRow(Row):
    """How far a fit to totals and to the young lay off in what it was not fitted to, where all ages are published."""

    quantity: Literal["age_65_over", "women_20_39", "child_woman_ratio"] = column(
        plain("量"),
        plain("age_65_over＝65歳以上、women_20_39＝20〜39歳の女性、child_woman_ratio＝子ども女性比"),
        key=True,
    )
    n: Persons = column(plain("件数"), plain("試した市町村の数"))
    q10_pct: DecimalNumber = column(
        plain("10%点"), plain("違い（合わせた値÷公表値−1）の小さいほうから10%の値"), unit=plain("%")
    )
    q90_pct: DecimalNumber = column(plain("90%点"), plain("小さいほうから90%の値"), unit=plain("%"))
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to=_SOURCES)


class InfluenceClassRow(Row):
    """A class of 自然増減の影響度, 社会増減の影響度 or 人口減少段階."""

    influence: Literal["natural", "social", "depopulation"] = column(
        plain("影響度・段階"),
        plain(
            "natural＝自然増減の影響度、social＝社会増減の影響度、depopulation＝人口減少段階（65歳以上の減少率）"
        ),
        key=True,
    )
    level: Persons = column(plain("段階"), plain("1が最も小さい"), key=True)
    lower_limit_pct: DecimalNumber | Blank = column(
        plain("下限"), plain("この値以上。段階1は空"), unit=plain("%")
    )
    source_id: Id = column(plain("出典"), plain("出典のID"), refers_to=_SOURCES)
    verified: YesNo = verified_column()


class HouseholdTypeRow(Row):
    """One member of a type of household that may move in."""

    household: Id = column(plain("世帯の型"), plain("記号"), key=True)
    name_ja: Text = column(plain("名称"), plain("日本語"))
    name_en: Text = column(plain("英語名"), plain("英語"))
    sex: Sex = column(plain("性別"), plain("female＝女、male＝男"), key=True)
    age_start: Persons = column(plain("年齢（から）"), plain("5歳階級の下端"), unit=plain("歳"), key=True)
    persons: DecimalNumber = column(plain("人数"), plain("1世帯あたり"), unit=plain("人"))
