"""The errors of past projections: the tables that the book reads, and the files that they are made from."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, StringConstraints, model_validator

from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import message
from planbook.vocabulary.schemas.fields import (
    Blank,
    DecimalNumber,
    Id,
    MunicipalityCode,
    Persons,
    Row,
    Text,
    Year,
    column,
    refuse,
)

_SOURCES = "reference/sources.source_id"
#: Shares are stored with three digits behind the point: three of them may miss 100 by this much.
_ROUNDING_PCT = Decimal("0.002")

YearList = Annotated[tuple[Year, ...], BeforeValidator(lambda raw: tuple(str(raw).split(";")))]
SizeClass = Annotated[str, StringConstraints(pattern=r"^(all|-[0-9]+|[0-9]+-[0-9]*)$")]


class ErrorBandRow(Row):
    """How far projections by one method lay off the census, by years ahead and size of the population."""

    method: Id = column(
        plain("方法"), plain("ccr＝コーホート変化率法、ほかは editions.csv の推計の版"), key=True
    )
    horizon_years: Persons = column(plain("年数"), plain("基準年から何年先か"), key=True, unit=plain("年"))
    size_class: SizeClass = column(
        plain("人口規模"),
        plain(
            "基準年の人口。all＝全部、5000-10000＝5千人以上1万人未満、-5000＝5千人未満、100000-＝10万人以上"
        ),
        key=True,
    )
    n: Persons = column(plain("件数"), plain("基準年と市区町村の組の数"))
    bases: YearList = column(plain("基準年"), plain("検証に使った基準年。二つ以上なら ; で区切る"))
    q10_pct: DecimalNumber = column(
        plain("10%点"), plain("誤差（推計÷実績−1）の小さいほうから10%の値"), unit=plain("%")
    )
    q90_pct: DecimalNumber = column(plain("90%点"), plain("小さいほうから90%の値"), unit=plain("%"))
    median_absolute_pct: DecimalNumber = column(
        plain("絶対誤差の中央値"), plain("誤差の大きさの中央値"), unit=plain("%")
    )
    mape_pct: DecimalNumber = column(plain("平均絶対誤差"), plain("誤差の大きさの平均"), unit=plain("%"))
    malpe_pct: DecimalNumber = column(
        plain("平均誤差"), plain("符号のついた誤差の平均。正なら推計が実績より多い"), unit=plain("%")
    )
    n_without: Persons = column(
        plain("件数（除外後）"), plain("outlier_municipalities.csv の市区町村を除いた件数")
    )
    mape_without_pct: DecimalNumber | Blank = column(
        plain("平均絶対誤差（除外後）"), plain("同じ市区町村を除いた平均。残らなければ空"), unit=plain("%")
    )
    malpe_without_pct: DecimalNumber | Blank = column(
        plain("平均誤差（除外後）"), plain("同じ市区町村を除いた平均。残らなければ空"), unit=plain("%")
    )
    source_id: Id = column(plain("出典"), plain("もとになった統計または推計のID"), refers_to=_SOURCES)

    @model_validator(mode="after")
    def _in_order(self):
        if not -100 < self.q10_pct <= self.q90_pct:
            raise refuse(
                message("10%点が−100以下か、90%点より大きい値です"),
                allowed=message("−100 ＜ q10_pct ≦ q90_pct"),
                remedy=message("planbook backtest で表を作り直してください"),
                column="q10_pct",
            )
        return self


class BandCoverageRow(Row):
    """How often a census that the bands were not made from lay inside them."""

    horizon_years: Persons = column(plain("年数"), plain("基準年から何年先か"), key=True, unit=plain("年"))
    validation_year: Year = column(
        plain("確かめた年"), plain("幅を作るのに使っていない国勢調査の年"), key=True
    )
    n: Persons = column(plain("件数"), plain("市区町村の数"))
    inside_pct: DecimalNumber = column(plain("幅の中"), plain("実績が幅の中だった割合"), unit=plain("%"))
    above_pct: DecimalNumber = column(plain("幅より上"), plain("実績が幅より多かった割合"), unit=plain("%"))
    below_pct: DecimalNumber = column(plain("幅より下"), plain("実績が幅より少なかった割合"), unit=plain("%"))
    source_id: Id = column(plain("出典"), plain("確かめた国勢調査のID"), refers_to=_SOURCES)

    @model_validator(mode="after")
    def _add_up(self):
        total = self.inside_pct + self.above_pct + self.below_pct
        if abs(total - 100) > _ROUNDING_PCT:
            raise refuse(
                message("幅の中、上、下の割合の合計が100になりません"),
                allowed=message("合計100（端数の処理による{off}までの差はよい）", off=_ROUNDING_PCT),
                remedy=message("planbook backtest で表を作り直してください"),
                column="inside_pct",
            )
        return self


class OutlierRow(Row):
    """A municipality that the second pair of mean errors leaves out, by a rule on its census, not on its error."""

    code: MunicipalityCode = column(plain("団体コード"), plain("5桁"), key=True)
    reason: Literal["evacuated", "tiny", "temporary"] = column(
        plain("除く理由"),
        plain(
            "evacuated＝国勢調査の人口が5年で半分未満になった、tiny＝基準年のどれかで500人未満、temporary＝5年で25%以上増え、次の5年で25%以上減った"
        ),
    )
    reason_ja: Text = column(plain("説明"), plain("日本語"))
    reason_en: Text = column(plain("英語の説明"), plain("英語"))
    source_id: Id = column(plain("出典"), plain("人口の出典のID"), refers_to=_SOURCES)


class CensusTotalRow(Row):
    """A census total that only validates the bands: a file given to ``planbook backtest``."""

    code: MunicipalityCode = column(plain("団体コード"), plain("5桁"), key=True)
    year: Year = column(plain("年"), plain("国勢調査の年"), key=True, unit=plain("年"))
    total_persons: Persons = column(plain("人口"), plain("総数（年齢不詳を含む）"), unit=plain("人"))


class CodeChangeRow(Row):
    """A municipality whose code changed though its area did not: a file given to ``planbook backtest``."""

    old_code: MunicipalityCode = column(plain("前の団体コード"), plain("5桁"), key=True)
    new_code: MunicipalityCode = column(plain("今の団体コード"), plain("5桁"))


class PublishedProjectionRow(Row):
    """A published projection beside the census of its year: a file given to ``planbook backtest``."""

    code: MunicipalityCode = column(plain("団体コード"), plain("5桁"), key=True)
    edition: Id = column(
        plain("推計の版"), plain("editions.csv と sources.csv のID"), key=True, refers_to=_SOURCES
    )
    base_year: Year = column(plain("基準年"), plain("推計の基準の国勢調査の年"), unit=plain("年"))
    year: Year = column(plain("年"), plain("推計の年"), key=True, unit=plain("年"))
    projected_persons: Persons = column(plain("推計人口"), plain("公表された推計"), unit=plain("人"))
    base_persons: Persons = column(plain("基準人口"), plain("基準年の人口"), unit=plain("人"))
    actual_persons: Persons = column(plain("実績"), plain("同じ年の国勢調査の人口"), unit=plain("人"))

    @model_validator(mode="after")
    def _ahead(self):
        if self.year <= self.base_year:
            raise refuse(
                message("推計の年が基準年より後ではありません"),
                allowed=message("base_year ＜ year"),
                remedy=message("二つの年を入れかえていないかを確かめてください"),
                column="year",
            )
        return self
