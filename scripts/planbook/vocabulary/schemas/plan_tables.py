"""The tables of a plan folder: one model per row."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import message
from planbook.vocabulary.quotations import normalise_for_match
from planbook.vocabulary.schemas.fields import (
    AsWritten,
    Blank,
    DecimalNumber,
    DocumentNumber,
    FindingId,
    FiscalYear,
    Id,
    IdList,
    IsoDate,
    LocatorText,
    Row,
    Text,
    YesNo,
    column,
    refuse,
)

KpiRole = Literal["target_indicator", "kpi", "indicator", "reference"]
KpiType = Literal[
    "level", "annual_flow", "cumulative", "rate", "index", "survey_share", "yes_no", "undecided"
]
Direction = Literal["up", "down", "keep", "undecided"]
ValueState = Literal["number", "up", "down", "keep", "none", "unknown", "suppressed"]
ValueKind = Literal["baseline", "target", "interim", "actual"]
ReplyState = Literal["unanswered", "answered", "corrected"]
Qualifier = Literal["exact", "about", "at_least", "at_most", "less_than", "more_than"]
ClaimKind = Literal[
    "population", "amount", "change_pct", "difference", "ratio", "share", "sum", "duration", "period", "era_pair",
    "date", "count", "name", "rate", "age_range", "wording", "other",
]  # fmt: skip
#: Lint codes that no rule can decide: a person judges, and says why.
JudgedCode = Literal["K07", "K13", "K17", "K18", "K19"]
Basis = Literal["census", "register", "monthly_estimate", "projection", "unknown"]


class GoalRow(AsWritten):
    """One node of the goal hierarchy: 柱, 基本目標, 施策, 主な取り組み …."""

    goal_id: Id = column(plain("目標ID"), plain("計画の中で一つだけの英数字の名前。例 g1、g1-2"), key=True)
    parent_id: Id | Blank = column(
        plain("親のID"), plain("一段上の目標のID。最上位なら空"), refers_to="goals.goal_id"
    )
    level: Id = column(
        plain("階層"), plain("柱・基本目標・施策などの階層"), refers_to="reference/levels.level"
    )
    number: DocumentNumber | Blank = column(plain("番号"), plain("原文どおりの番号。例 基本目標1、(2)"))
    title: Text = column(plain("名称"), plain("番号と印を除いた名称"))
    marks: Text | Blank = column(plain("印"), plain("★（特色を活かした取り組み）など原文の印"))
    edition: Text | Blank = column(
        plain("掲載版"), plain("この項目を載せている版。例 第2.1版。版の別がなければ空")
    )


class GoalThemeRow(Row):
    """A goal mapped to one national theme; a goal may have several rows."""

    goal_id: Id = column(plain("目標ID"), plain("goals.csv の目標ID"), key=True, refers_to="goals.goal_id")
    theme: Text = column(
        plain("テーマ"), plain("国の戦略のテーマの記号"), key=True, refers_to="reference/themes.theme"
    )
    evidence: Text = column(plain("根拠の語"), plain("名称の中の、対応の根拠となる語"))
    confirmed: YesNo = column(
        plain("確認"), plain("yes＝資料に書かれているか、計画を知る人が確かめた、no＝まだ")
    )
    note: Text | Blank = column(
        plain("備考"), plain("迷った点など。yes のときは、資料の行か、確かめた人（部署）と年月日を必ず書く")
    )


class GoalLinkRow(Row):
    """A goal of this plan that corresponds to one of an earlier plan, or of the plan above; many to many."""

    goal_id: Id = column(plain("目標ID"), plain("goals.csv の目標ID"), key=True, refers_to="goals.goal_id")
    other_plan_id: Text = column(
        plain("相手の計画"), plain("前の期の計画や上位の計画の計画ID。同じ data/plans にあるもの"), key=True
    )
    other_goal_id: Id = column(plain("相手の目標ID"), plain("相手の計画の goals.csv の目標ID"), key=True)
    evidence: Text | Blank = column(
        plain("根拠の語"), plain("目標の名称の中の、対応の根拠となる語。名称になければ空とし、備考に書く")
    )
    other_evidence: Text | Blank = column(
        plain("相手の根拠の語"),
        plain("相手の目標の名称の中の、対応の根拠となる語。名称になければ空とし、備考に書く"),
    )
    confirmed: YesNo = column(
        plain("確認"), plain("yes＝資料に書かれているか、計画を知る人が確かめた、no＝まだ")
    )
    note: Text | Blank = column(
        plain("備考"),
        plain("名称のほかに根拠があればその語と行、迷った点など。根拠の語が空のときと yes のときは必ず書く"),
    )


class KpiRow(AsWritten):
    """One indicator series (an indicator by group: 男性, 児童 …)."""

    kpi_id: Id = column(plain("指標ID"), plain("計画の中で一つだけの英数字の名前。例 k5-1"), key=True)
    goal_id: Id | Blank = column(
        plain("目標ID"), plain("属する目標。どれにも属さなければ空"), refers_to="goals.goal_id"
    )
    role: KpiRole = column(
        plain("役割"),
        plain("target_indicator＝数値目標、kpi＝KPI、indicator＝指標、reference＝参考指標（評価に使わない）"),
    )
    code: DocumentNumber | Blank = column(
        plain("原文の番号"), plain("原文に書かれた番号。施策番号のこともある")
    )
    name: Text = column(plain("指標名"), plain("原文どおりの指標名"))
    group: Text | Blank = column(plain("区分"), plain("男性、児童など、同じ指標の中の区分"))
    unit: Text | Blank = column(plain("単位"), plain("人、件、%、万円など。書かれていなければ空"))
    type: KpiType = column(
        plain("種別"),
        plain(
            "level＝ある時点の量、annual_flow＝年間の量、cumulative＝累計、rate＝率、index＝指数、"
            "survey_share＝アンケートの割合、yes_no＝実施の有無、undecided＝この資料からは決められない"
        ),
    )
    direction: Direction = column(
        plain("望ましい向き"), plain("up＝増やす、down＝減らす、keep＝保つ、undecided＝不明")
    )
    survey_n: DecimalNumber | Blank = column(
        plain("回答者数"), plain("アンケートの回答者数。分からなければ空"), unit=plain("人")
    )
    on_track_rule: Id | Blank = column(
        plain("順調の判定基準"),
        plain("この指標だけの判定基準。空なら plan.yml の on_track_rule、それもなければ国の方式"),
        refers_to="reference/on_track_rules.rule",
    )
    repeats: Id | Blank = column(
        plain("再掲元"), plain("再掲であれば、もとの指標ID"), refers_to="kpis.kpi_id"
    )
    tolerance: DecimalNumber | Blank = column(
        plain("許容幅"),
        plain("「維持」「↗」「↘」で、変わったとみなさない幅（指標の単位で）。計画が定めていなければ空"),
    )
    statistic: Id | Blank = column(
        plain("もとになる統計"),
        plain("値がいつ公表されるかを知るための統計。分からなければ空"),
        refers_to="reference/statistics.statistic",
    )
    department: Text | Blank = column(plain("所管課"), plain("指標を所管する部署。資料になければ空"))


class KpiValueRow(AsWritten):
    """One value of an indicator: baseline, target, interim target or actual.

    An actual that was taken from an official table has `source_id` in place of document and locator.
    """

    document: Id | Blank = column(
        plain("資料"),
        plain("plan.yml の documents のID。公的統計から取った実績なら空"),
        refers_to="plan.documents",
    )
    locator: LocatorText | Blank = column(
        plain("位置"), plain("L12＝12行目、p3＝3ページ。公的統計から取った実績なら空")
    )
    kpi_id: Id = column(plain("指標ID"), plain("kpis.csv の指標ID"), key=True, refers_to="kpis.kpi_id")
    kind: ValueKind = column(
        plain("値の種類"),
        plain("baseline＝当初値、target＝目標値、interim＝中間目標、actual＝実績"),
        key=True,
    )
    fiscal_year: FiscalYear | Blank = column(
        plain("年度"), plain("値の年度（西暦）。年・月日で示されるときは空"), key=True, unit=plain("年度")
    )
    as_of: IsoDate | Blank = column(
        plain("時点"), plain("値の時点。2025、2025-10、2025-10-01 の形"), key=True
    )
    state: ValueState = column(
        plain("値の状態"),
        plain(
            "number＝数値、up＝↗、down＝↘、keep＝→、none＝「-」（値なし）、unknown＝「…」（不詳）、"
            "suppressed＝「x」（秘匿）"
        ),
    )
    value: DecimalNumber | Blank = column(plain("値"), plain("数値。状態が number のときだけ"))
    unit: Text | Blank = column(plain("単位"), plain("この値に書かれた単位"))
    precision: DecimalNumber | Blank = column(plain("精度"), plain("丸めの単位。10の位までなら 10"))
    source_id: Id | Blank = column(
        plain("統計の出典"),
        plain("実績を公的統計から取ったときの出典"),
        refers_to="reference/sources.source_id",
    )
    years: DecimalNumber | Blank = column(
        plain("何年分の数か"),
        plain("1＝1年間の数、5＝5年間の累計。ある時点の量、または書かれていなければ空"),
        unit=plain("年"),
    )
    respondents: DecimalNumber | Blank = column(
        plain("回答者数"), plain("この値の調査の回答者数。分からなければ空"), unit=plain("人")
    )
    published: IsoDate | Blank = column(plain("公表"), plain("この値が公表された年月日。分からなければ空"))

    @model_validator(mode="after")
    def _has_a_place(self):
        located = self.document is not None and self.locator is not None
        if located or (self.source_id is not None and self.document is None and self.locator is None):
            return self
        raise refuse(
            message("値の出どころがありません"),
            allowed=message("資料のIDと位置の両方。公的統計から取った実績なら、その二つを空にして source_id"),
            remedy=message(
                "資料から写したなら document と locator を、統計から取ったなら source_id を書いてください"
            ),
            column="document" if self.document is None else "locator",
        )

    @model_validator(mode="after")
    def _value_fits_state(self):
        if self.state == "number" and self.value is None:
            raise refuse(
                message("状態が number なのに値がありません"),
                allowed=message(
                    "数値。または状態を none、unknown、suppressed、up、down、keep のどれかにする"
                ),
                remedy=message(
                    "値を書くか、原文が「-」なら状態を none にしてください。0 を入れないでください"
                ),
                column="value",
            )
        if self.state != "number" and self.value is not None:
            raise refuse(
                message("状態が数値でないのに値があります"),
                allowed=message("空"),
                remedy=message("値を消すか、状態を number にしてください"),
                column="value",
            )
        return self


class KpiJudgementRow(Row):
    """What a person has judged of an indicator, because no rule can: output or outcome, influence …."""

    kpi_id: Id = column(plain("指標ID"), plain("kpis.csv の指標ID"), key=True, refers_to="kpis.kpi_id")
    code: JudgedCode = column(
        plain("点検の符号"),
        plain("K07＝数え方、K13＝活動の量か成果か、K17＝名称と中身、K18＝市町村の力の及ぶ範囲、K19＝内訳"),
        key=True,
    )
    verdict: Literal["yes", "no", "undecided"] = column(
        plain("判断"), plain("yes＝あてはまる、no＝あてはまらない、undecided＝決められない")
    )
    reason: Text = column(plain("理由"), plain("そう判断した理由。ページにそのまま示される"))
    reason_en: Text = column(plain("理由（英語）"), plain("英語"))
    judged_by: Text = column(plain("判断した人"), plain("部署や役割。ページに示される"))
    judged_on: IsoDate = column(plain("判断の日付"), plain("2026-11-28 の形"))


class KpiEvidenceRow(Row):
    """An official series that tells something of an indicator without being its actual."""

    kpi_id: Id = column(plain("指標ID"), plain("kpis.csv の指標ID"), key=True, refers_to="kpis.kpi_id")
    table: Literal["vital", "population", "fertility"] = column(
        plain("表"), plain("市区町村のフォルダーの表の名前"), key=True
    )
    concept: Id | Blank = column(
        plain("統計の種類"), plain("その表の concept の語。fertility なら空"), key=True
    )
    measure: Id | Blank = column(plain("項目"), plain("その表の measure の語。population なら空"), key=True)
    relation: Text = column(
        plain("指標との関係"),
        plain("何が同じで、何が違うか、または確かめられないか。ページにそのまま示される"),
    )
    relation_en: Text = column(plain("指標との関係（英語）"), plain("英語"))


class ReplyRow(Row):
    """A department's reply to one finding; a finding without one is unanswered (未回答)."""

    finding: FindingId = column(
        plain("指摘ID"), plain("ページの指摘に添えられたID。例 K05/k6-3-1、R05/decline-years"), key=True
    )
    date: IsoDate = column(plain("日付"), plain("2026-11-28 の形"), key=True)
    department: Text = column(plain("所管課"), plain("答えた部署"))
    state: Literal["answered", "corrected"] = column(
        plain("状態"), plain("answered＝回答、corrected＝修正済（計画や資料を直した）")
    )
    words: Text = column(plain("見解"), plain("答えの要旨。ページにそのまま示される"))


class EvaluationRow(AsWritten):
    """One judgement of the yearly 効果検証 on a plan, a goal or an indicator."""

    evaluation_id: Id = column(plain("評価ID"), plain("計画の中で一つだけの英数字の名前"), key=True)
    fiscal_year: FiscalYear = column(plain("年度"), plain("評価の対象年度（西暦）"), unit=plain("年度"))
    body: Text = column(plain("評価した組織"), plain("庁内の会議、外部の有識者会議など"))
    object_kind: Literal["plan", "goal", "kpi"] = column(
        plain("対象の種類"), plain("plan、goal、kpi のどれか")
    )
    object_id: Id | Blank = column(plain("対象のID"), plain("目標IDか指標ID。計画全体なら空"))
    label: Text | Blank = column(
        plain("評価の語"), plain("「相当程度効果があった」など原文の語。語がなく所見だけなら空")
    )
    next_step: Text | Blank = column(
        plain("今後の方針"), plain("継続、発展、改善、中止、終了など原文の語。なければ空")
    )
    words: Text | Blank = column(plain("所見"), plain("評価の短い要旨"))
    reply: Text | Blank = column(plain("所管課の見解"), plain("担当部局の答え"))
    reply_state: ReplyState = column(
        plain("見解の状態"), plain("unanswered＝未回答、answered＝回答、corrected＝修正済")
    )
    reply_date: IsoDate | Blank = column(plain("見解の日付"), plain("2025-10-01 の形"))

    @model_validator(mode="after")
    def _reply_fits_state(self):
        if self.reply_state != "unanswered" and self.reply is None:
            raise refuse(
                message("見解の状態が {state} なのに、見解がありません", state=self.reply_state),
                allowed=message("担当部局の答え。まだ答えがなければ reply_state を unanswered にする"),
                remedy=message("見解を書くか、reply_state を unanswered にしてください"),
                column="reply",
            )
        if self.reply_state == "unanswered" and self.reply is not None:
            raise refuse(
                message("見解があるのに、見解の状態が unanswered（未回答）です"),
                allowed=message("answered＝回答、corrected＝修正済。未回答なら見解を空にする"),
                remedy=message("reply_state を answered か corrected に直すか、見解を消してください"),
                column="reply_state",
            )
        return self

    @model_validator(mode="after")
    def _label_is_written(self):
        quoted = [normalise_for_match(words) for words in (self.as_written, self.reading) if words]
        if self.label is None or any(normalise_for_match(self.label) in words for words in quoted):
            return self
        raise refuse(
            message("評価の語「{label}」が、原文にありません", label=self.label),
            allowed=message("as_written に含まれる語（空白と全角・半角の違いは問いません）"),
            remedy=message(
                "原文の語をそのまま写すか、その語を含むところまで as_written を広げてください。語がなければ空にします"
            ),
            column="label",
        )


class ClaimRow(AsWritten):
    """A figure that the text states, with what it is said to follow from, so that it can be recomputed."""

    claim_id: Id = column(plain("記述ID"), plain("計画の中で一つだけの英数字の名前"), key=True)
    kind: ClaimKind = column(
        plain("種類"),
        plain(
            "population＝人口、amount＝その他の量、change_pct＝増減率、difference＝差、ratio＝倍率、share＝構成比（割・%）、"
            "sum＝合計、duration＝年数、period＝期間、era_pair＝西暦と元号の併記、date＝日付、count＝個数、name＝名称、"
            "rate＝率、age_range＝年齢の範囲、wording＝言い回し、other＝その他"
        ),
    )
    subject: Id = column(plain("対象"), plain("何についての記述か。同じ量・同じ名称には同じ語を使う"))
    value: DecimalNumber | Blank = column(plain("値"), plain("数値。名称なら空"))
    unit: Text | Blank = column(plain("単位"), plain("人、%、年など"))
    precision: DecimalNumber | Blank = column(plain("精度"), plain("丸めの単位。約42,000 なら 1000"))
    qualifier: Qualifier | Blank = column(
        plain("程度の語"), plain("exact、about（約・程度）、at_least（以上）など")
    )
    as_of: IsoDate | Blank = column(plain("時点"), plain("値の時点"))
    period_start: IsoDate | Blank = column(plain("期間の始め"), plain("期間を述べるとき"))
    period_end: IsoDate | Blank = column(plain("期間の終わり"), plain("期間を述べるとき"))
    basis: Basis | Blank = column(
        plain("人口の種類"),
        plain(
            "census＝国勢調査、register＝住民基本台帳、monthly_estimate＝推計人口・現住人口、projection＝将来推計、unknown＝資料からは不明"
        ),
    )
    edition: Id | Blank = column(
        plain("推計の版"), plain("よった将来推計の版"), refers_to="reference/editions.edition"
    )
    follows_from: IdList | Blank = column(
        plain("計算のもと"),
        plain(
            "この値のもとになる記述IDを ; で区切って並べる。増減率・差・倍率は「前;後」の順、構成比は「部分;全体」の順、"
            "合計は足す数のすべて、個数は数えたもののすべて、年数は期間一つか前後の二つ"
        ),
        refers_to="claims.claim_id",
    )
